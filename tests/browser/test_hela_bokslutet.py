"""Every page of the built example, as the command builds it: light, dark and forced colours, a phone and a screen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page

from kansli.cli import main

# tabeller.html is for Word: tables alone, as wide as they are.
LEVANDE = "() => document.querySelectorAll('.main-svg').length > 0"


@pytest.fixture(scope="module")
def plats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ut = tmp_path_factory.mktemp("bokslut") / "umea-2020"
    resultat = CliRunner().invoke(main, ["bygg", "--ut", str(ut)])
    assert resultat.exit_code == 0, resultat.output
    return ut


def open_up(page: Page) -> None:
    """Unfold all, draw also what a reader would scroll to, and wake the charts that do not wake by themselves."""
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.evaluate("document.querySelectorAll('.liten').forEach((d) => { d.style.contentVisibility = 'visible'; })")
    page.evaluate(
        "document.querySelectorAll('.vaxla').forEach((k) => { if (/intera/.test(k.textContent)) k.click(); })"
    )
    if page.locator(".vaxla").count():
        page.wait_for_function(LEVANDE)


@pytest.mark.uthallighet
@pytest.mark.parametrize("viewport", [(320, 640), (1280, 800)])
@pytest.mark.parametrize("farger", ["light", "dark", "forced"])
def test_no_page_of_the_bokslut_shuts_anyone_out(
    page: Page, plats: Path, axe: Callable[[Page], list[str]], farger: str, viewport: tuple[int, int]
) -> None:
    page.emulate_media(
        color_scheme="dark" if farger == "dark" else "light", forced_colors="active" if farger == "forced" else "none"
    )
    brister = {}
    for fil in sorted(plats.rglob("*.html")):
        page.goto(fil.as_uri())
        namn = fil.relative_to(plats).as_posix()
        brister[namn] = axe(page)
        open_up(page)
        brister[namn] += axe(page)
        if fil.name != "tabeller.html" and page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            brister[namn].append("it scrolls sideways")
    assert {namn: fel for namn, fel in brister.items() if fel} == {}
