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
from tests.browser.lasare import OPPNA, shut_out
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


@pytest.mark.parametrize("namn", SIDOR)
def test_no_page_shuts_anyone_out(window: Page, plats: Path, axe: Callable[[Page], list[str]], namn: str) -> None:
    assert shut_out(window, plats / f"{namn}.html", axe) == []


@pytest.mark.parametrize("viewport", [(320, 640)])
@pytest.mark.parametrize("namn", ["over-aren", "jamfor", "helarspersoner"])
def test_a_small_chart_is_seen_and_its_text_is_eleven_pixels_or_more(window: Page, plats: Path, namn: str) -> None:
    window.goto((plats / f"{namn}.html").as_uri())
    window.evaluate(OPPNA)
    sizes = window.evaluate(
        """() => [...document.querySelectorAll('.liten svg.smal')].map((svg) =>
             svg.getBoundingClientRect().width / svg.viewBox.baseVal.width *
             Math.min(...[...svg.querySelectorAll('text')].map((t) => parseFloat(t.getAttribute('font-size')))))"""
    )
    assert len(sizes) > 0
    assert min(sizes) >= 11


@pytest.mark.parametrize("viewport", [(320, 640), (1280, 800)])
def test_no_two_texts_of_a_small_chart_meet(window: Page, plats: Path) -> None:
    for namn in ("over-aren", "jamfor", "helarspersoner"):
        window.goto((plats / f"{namn}.html").as_uri())
        window.evaluate(OPPNA)
        hits = window.evaluate(
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
    with browser.new_context(
        java_script_enabled=False, viewport={"width": 320, "height": 640}, reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        page.goto((plats / "malomrade-omrade.html").as_uri())
        page.locator("#r-stod").get_by_text("Så räknades det").click()
        page.locator("#r-stod").get_by_role("link", name="Se det över åren").click()
        chart = page.locator("#rad-ar-stod")
        expect(chart.locator("svg.smal")).to_be_visible()
        expect(page.locator("#rad-ar-lyssnar svg.smal")).to_be_hidden()
        expect(page.get_by_role("heading", name="1.1 Stöd mot arbete")).to_be_in_viewport(ratio=1)
        expect(chart.get_by_text("2017: svarsskalan har ändrats.")).to_be_visible()
        chart.get_by_text("Visa som tabell").click()
        expect(chart.get_by_role("region", name="Efter enhet")).to_be_visible()
        chart.get_by_role("link", name="Se hela resultatet 2020").click()
        expect(page).to_have_url((plats / "malomrade-omrade.html").as_uri() + "#r-stod")


@pytest.mark.parametrize("viewport", [(1280, 800)])
def test_a_small_chart_comes_to_life_on_a_tap_and_not_by_itself(page: Page, plats: Path) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto((plats / "over-aren.html").as_uri())
    page.wait_for_timeout(2000)
    expect(page.locator(".main-svg")).to_have_count(0)
    page.get_by_role("heading", name="1.2 Lyssnar på mig").click()
    chart = page.locator("#rad-ar-lyssnar")
    chart.get_by_text("Visa som tabell").click()
    chart.get_by_role("button", name="Visa interaktivt diagram").click()
    expect(chart.locator(".main-svg").first).to_be_visible()
    expect(chart.locator(".scatterlayer .js-line")).to_have_count(2)
    assert said == []


def test_a_result_over_the_years_is_unfolded_and_folded_from_the_keyboard(window: Page, plats: Path) -> None:
    window.goto((plats / "over-aren.html").as_uri())
    row = window.locator("summary").filter(has=window.get_by_role("heading", name="1.1 Stöd mot arbete"))
    expect(row).to_contain_text("Når målet")
    row.focus()
    window.keyboard.press("Enter")
    expect(window.locator("#rad-ar-stod svg.smal")).to_be_visible()
    window.keyboard.press("Enter")
    expect(window.locator("#rad-ar-stod svg.smal")).to_be_hidden()


def test_a_browser_that_opens_nothing_for_a_link_is_helped(window: Page, plats: Path) -> None:
    window.goto((plats / "over-aren.html").as_uri() + "#rad-ar-lika")
    window.evaluate("document.querySelector('details:has(#rad-ar-lika)').open = false")
    window.evaluate("dispatchEvent(new HashChangeEvent('hashchange'))")
    expect(window.locator("#rad-ar-lika svg.smal")).to_be_in_viewport()


@pytest.mark.parametrize("viewport", [(390, 844)])
def test_a_result_over_the_years_takes_no_more_of_a_phone_than_it_needs(window: Page, plats: Path) -> None:
    """It was more than four hundred pixels each, seventy of them on a page."""
    window.goto((plats / "over-aren.html").as_uri())
    heights = window.evaluate("[...document.querySelectorAll('.vikt')].map((v) => v.clientHeight)")
    assert len(heights) == 6
    assert max(heights) <= 140


def test_the_small_charts_are_on_paper_too(window: Page, plats: Path) -> None:
    window.goto((plats / "over-aren.html").as_uri())
    window.emulate_media(media="print")
    expect(window.locator("#rad-ar-stod svg.smal")).to_be_visible()
