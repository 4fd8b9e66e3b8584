"""A reader of English switches language on any page, from a disk and without a script, and wakes a chart."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bokslut.sidor import bygg
from tests.browser.lasare import shut_out
from tests.unit.bokslut import fem_ar


@pytest.fixture(scope="module")
def plats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ut = tmp_path_factory.mktemp("engelska") / "2020"
    bygg(fem_ar.utvarderat(), ut)
    return ut


def test_the_language_is_switched_and_back_on_the_same_page_without_a_script(browser: Browser, plats: Path) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto((plats / "over-aren.html").as_uri())
    page.get_by_role("link", name="In English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Over the years")
    page.get_by_role("link", name="På svenska").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Över åren")
    page.close()


def test_a_chart_comes_to_life_in_english(window: Page, plats: Path) -> None:
    window.goto((plats / "en/malomrade-omrade.html").as_uri())
    figur = window.locator("#diagram-andelar-1")
    figur.get_by_role("button", name="Show an interactive chart").click()
    expect(figur.locator(".main-svg").first).to_be_visible()
    expect(figur.locator(".levande").get_by_text("85%").first).to_be_visible()
    figur.get_by_role("button", name="Show the still picture").click()
    expect(figur.get_by_role("button", name="Show an interactive chart")).to_be_visible()


@pytest.mark.parametrize("namn", ["index", "malomrade-omrade", "over-aren", "enhet-norra", "metod", "data"])
def test_no_english_page_shuts_anyone_out(
    window: Page, plats: Path, axe: Callable[[Page], list[str]], namn: str
) -> None:
    assert shut_out(window, plats / f"en/{namn}.html", axe) == []
