"""A reader of the example follows a live figure from the foreword to how it was counted, on any screen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bokslut import underlag
from bokslut.sidor import bygg
from bokslut.text.texter import las_texter
from indikatorer.evaluate import evaluate
from tests.browser.lasare import shut_out

ROOT = Path(__file__).parents[2]
SIDOR = ["index", "forord", "om", "malomrade-samverkan", "goda-exempel", "metod"]


@pytest.fixture(scope="module")
def plats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Umeå 2020 with its texts."""
    mapp = ROOT / "exempel/umea-2020"
    ut = tmp_path_factory.mktemp("bokslut") / "2020"
    bygg(evaluate(underlag.las(ROOT / "config/indicators.toml", mapp)), ut, texter=las_texter(mapp))
    return ut


@pytest.mark.parametrize("viewport", [(390, 844)])
def test_a_figure_in_the_foreword_leads_to_how_it_was_counted(window: Page, plats: Path) -> None:
    window.goto((plats / "forord.html").as_uri())
    window.get_by_role("link", name="80 av 82").click()
    rad = window.locator("#r-person-eller-team")
    expect(rad).to_be_in_viewport()
    expect(rad.get_by_text("80 av 82", exact=True).first).to_be_visible()


@pytest.mark.parametrize("viewport", [(320, 640), (1280, 800)])
def test_a_comment_stands_in_the_row_of_the_red_result(window: Page, plats: Path) -> None:
    window.goto((plats / "malomrade-samverkan.html").as_uri())
    rad = window.locator("#r-strategi-styrgruppsenkat")
    expect(rad.get_by_text("Styrelsen och styrgrupperna ser olika på saken")).to_be_visible()
    expect(window.get_by_text("Styrelsen och styrgrupperna ser olika på saken")).to_have_count(1)
    bredd = rad.locator(".kommentar").evaluate("(k) => k.getBoundingClientRect().width")
    assert bredd > 250


@pytest.mark.parametrize("namn", SIDOR)
def test_no_page_shuts_anyone_out(window: Page, plats: Path, axe: Callable[[Page], list[str]], namn: str) -> None:
    assert shut_out(window, plats / f"{namn}.html", axe) == []
