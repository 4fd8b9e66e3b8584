"""A reader of the example follows a live figure from the foreword to how it was counted, on any screen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bokslut import underlag
from bokslut.sidor import bygg
from bokslut.text.texter import las_texter
from indikatorer.evaluate import evaluate

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
def test_a_figure_in_the_foreword_leads_to_how_it_was_counted(page: Page, plats: Path) -> None:
    page.goto((plats / "forord.html").as_uri())
    page.get_by_role("link", name="80 av 82").click()
    rad = page.locator("#r-person-eller-team")
    expect(rad).to_be_in_viewport()
    expect(rad.get_by_text("80 av 82", exact=True).first).to_be_visible()


@pytest.mark.parametrize("viewport", [(320, 640), (1280, 800)])
def test_a_comment_stands_in_the_row_of_the_red_result(page: Page, plats: Path) -> None:
    page.goto((plats / "malomrade-samverkan.html").as_uri())
    rad = page.locator("#r-strategi-styrgruppsenkat")
    expect(rad.get_by_text("Styrelsen och styrgrupperna ser olika på saken")).to_be_visible()
    expect(page.get_by_text("Styrelsen och styrgrupperna ser olika på saken")).to_have_count(1)
    bredd = rad.locator(".kommentar").evaluate("(k) => k.getBoundingClientRect().width")
    assert bredd > 250


@pytest.mark.parametrize("viewport", [(320, 640), (390, 844), (768, 1024), (1280, 800)])
@pytest.mark.parametrize("namn", SIDOR)
def test_no_page_is_wider_than_the_screen(page: Page, plats: Path, namn: str) -> None:
    page.goto((plats / f"{namn}.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]  # type: ignore[index]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("namn", SIDOR)
def test_axe_finds_nothing_wrong(
    page: Page, plats: Path, axe: Callable[[Page], list[str]], namn: str, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto((plats / f"{namn}.html").as_uri())
    assert axe(page) == []
