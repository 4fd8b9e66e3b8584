"""A reader follows a result over five years, an enhet and another förbund: on a phone, in the dark, without scripts."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bokslut.jamforelse.grannfil import las_grannbokslut
from bokslut.sidor import bygg
from indikatorer.resultat import Serievarde, Tabellcell, som_json
from tests.unit.bokslut import fem_ar

SIDOR = ["over-aren", "enheter", "enhet-norra", "enhet-lilla", "jamfor", "helarspersoner", "malomrade-omrade"]


@pytest.fixture(scope="module")
def plats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five years, two enheter with a table each, seven periods of a kommun, and two others to compare with."""
    celler = tuple(
        Tabellcell(t, e, u, k, a, None, ".." if a is None else str(a))
        for t, e in (("1", None), ("2", "Norra"))
        for u, tre in (("avslutade", (99, 111, 210)), ("avbrott_halsa", (9, None, None)))
        for k, a in zip(("kvinna", "man", None), tre, strict=True)
    )
    perioder = (*map(str, range(2014, 2020)), "2020H1")
    serier = tuple(Serievarde("Umeå", "2480", p, None, "saknas", "saknas") for p in perioder[:2]) + tuple(
        Serievarde("Umeå", "2480", p, fem_ar.andel(10 + i), "osaker", f"{10 + i},5\u00a0%")
        for i, p in enumerate(perioder[2:])
    )
    u = replace(fem_ar.utvarderat(), tabeller=celler, serier=serier)
    andra = [
        las_grannbokslut(namn, json.dumps(som_json(u) | {"forbund": namn, "ar": ar}).encode())
        for namn, ar in (("Samordningsförbundet Norra Organisationsutvecklingen", 2020), ("Granne", 2019))
    ]
    ut = tmp_path_factory.mktemp("jamfor") / "2020"
    bygg(u, ut, andra=andra)
    return ut


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")


@pytest.mark.parametrize("viewport", [(320, 640), (390, 844), (768, 1024), (1280, 800)])
@pytest.mark.parametrize("namn", SIDOR)
def test_no_page_is_wider_than_the_screen(page: Page, plats: Path, namn: str) -> None:
    page.goto((plats / f"{namn}.html").as_uri())
    open_all(page)
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]  # type: ignore[index]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("namn", SIDOR)
def test_axe_finds_nothing_wrong(
    page: Page, plats: Path, axe: Callable[[Page], list[str]], namn: str, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto((plats / f"{namn}.html").as_uri())
    open_all(page)
    assert axe(page) == []


@pytest.mark.parametrize("viewport", [(320, 640)])
@pytest.mark.parametrize("namn", SIDOR)
def test_what_can_be_tapped_is_as_large_as_a_finger(page: Page, plats: Path, namn: str) -> None:
    page.goto((plats / f"{namn}.html").as_uri())
    open_all(page)
    small = page.evaluate(
        """() => [...document.querySelectorAll('a:not(.hoppa), button, summary')].filter((e) => e.checkVisibility())
             .map((e) => [e.textContent.trim().slice(0, 30), Math.round(e.getBoundingClientRect().height)])
             .filter(([text, height]) => height < 44)"""
    )
    assert small == []


@pytest.mark.parametrize("viewport", [(320, 640)])
@pytest.mark.parametrize("namn", ["over-aren", "jamfor", "helarspersoner"])
def test_a_small_chart_is_seen_and_its_text_is_eleven_pixels_or_more(page: Page, plats: Path, namn: str) -> None:
    page.goto((plats / f"{namn}.html").as_uri())
    sizes = page.evaluate(
        """() => [...document.querySelectorAll('.liten svg.smal')].map((svg) =>
             svg.getBoundingClientRect().width / svg.viewBox.baseVal.width *
             Math.min(...[...svg.querySelectorAll('text')].map((t) => parseFloat(t.getAttribute('font-size')))))"""
    )
    assert len(sizes) > 0
    assert min(sizes) >= 11


@pytest.mark.parametrize("viewport", [(320, 640), (1280, 800)])
def test_no_two_texts_of_a_small_chart_meet(page: Page, plats: Path) -> None:
    for namn in ("over-aren", "jamfor", "helarspersoner"):
        page.goto((plats / f"{namn}.html").as_uri())
        hits = page.evaluate(
            """() => [...document.querySelectorAll('.liten svg.smal')].flatMap((svg) => {
                 const r = [...svg.querySelectorAll('text')].map((t) => [t.textContent, t.getBoundingClientRect()]);
                 return r.flatMap(([a, p], i) => r.slice(i + 1).filter(([, q]) =>
                   p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 4 && q.top < p.bottom - 4)
                   .map(([b]) => [a, b]));
               })"""
        )
        assert hits == [], namn


def test_a_result_is_followed_from_this_year_to_the_others_and_back_without_script(
    browser: Browser, plats: Path
) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        page.goto((plats / "malomrade-omrade.html").as_uri())
        page.locator("#r-stod").get_by_text("Så räknades det").click()
        page.locator("#r-stod").get_by_role("link", name="Se det över åren").click()
        chart = page.locator("#rad-ar-stod")
        expect(chart.locator("svg.smal")).to_be_visible()
        expect(chart.get_by_text("2017: svarsskalan har ändrats.")).to_be_visible()
        chart.get_by_text("Visa som tabell").click()
        expect(chart.get_by_role("region", name="Efter enhet")).to_be_visible()
        chart.get_by_role("link", name="1.1 Stöd mot arbete", exact=True).click()
        expect(page).to_have_url((plats / "malomrade-omrade.html").as_uri() + "#r-stod")


@pytest.mark.parametrize("viewport", [(1280, 800)])
def test_a_small_chart_comes_to_life_on_a_tap_and_not_by_itself(page: Page, plats: Path) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto((plats / "over-aren.html").as_uri())
    page.wait_for_timeout(2000)
    expect(page.locator(".main-svg")).to_have_count(0)
    chart = page.locator("#rad-ar-lyssnar")
    chart.get_by_text("Visa som tabell").click()
    chart.get_by_role("button", name="Visa interaktivt diagram").click()
    expect(chart.locator(".main-svg").first).to_be_visible()
    expect(chart.locator(".scatterlayer .js-line")).to_have_count(2)
    assert said == []


def test_the_small_charts_are_on_paper_too(page: Page, plats: Path) -> None:
    page.goto((plats / "over-aren.html").as_uri())
    page.emulate_media(media="print")
    expect(page.locator("#rad-ar-stod svg.smal")).to_be_visible()
