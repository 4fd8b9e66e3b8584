"""A reader opens the bokslut from a disk, follows a målområde, unfolds a figure and plays with a chart."""

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bokslut.sidor import bygg
from indikatorer.gransvarde import las_grans
from indikatorer.resultat import (
    FardigaOrd,
    Mal,
    Malomrade,
    Orsak,
    Resultat,
    Signal,
    Tabellcell,
    Uppdelningsrad,
    Utvardering,
)
from tests.browser.lasare import shut_out

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)
SIDOR = ["index", "deltagare", "malomrade-nytta", "malomrade-jamlik", "metod", "data"]


def resultat(nummer: str, regel: str, krav: str | None, signal: Signal | None, visat: str, **falt: Any) -> Resultat:
    tomt: dict[str, Any] = dict.fromkeys(("grupp", "taljare", "namnare", "varde", "gul", "orsak"))
    titel = f"Ett långt namn på indikatorn {nummer}, som organisationsutvecklingsarbetet har gett den"
    texter = {"titel": titel, "ord_": FardigaOrd("En mening.", f"Så blev {nummer}.")}
    gron = las_grans(krav) if krav else None
    fast: dict[str, Any] = {
        "id": f"i{nummer.replace('.', '-')}",
        "nummer": nummer,
        "regel": regel,
        "krav": krav,
        "signal": signal,
    }
    return Resultat(**{**tomt, **texter, **fast, "visat": visat, "gron": gron, **falt})


def andel(nummer: str, taljare: int) -> Resultat:
    signal = Signal.GRON if taljare >= 80 else Signal.ROD
    delar = ("kvinna", "Samordningsteamen i kranskommunerna")
    return resultat(
        nummer,
        "andel",
        "minst 80 %",
        signal,
        f"{taljare}\u00a0%",
        taljare=taljare,
        namnare=100,
        varde=Fraction(taljare),
        intervall=(taljare - 8.0, taljare + 8.0),
        osaker=True,
        uppdelning=tuple(
            Uppdelningsrad("enhet", del_, 39, 50, Fraction(78), "78\u00a0%", Signal.ROD, None) for del_ in delar
        ),
    )


@pytest.fixture(scope="module")
def plats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site: shares, a zone, a hidden difference, zero tolerance, an index and a participant table."""
    zon = resultat(
        "2.1", "konszon", "mellan 40 och 60 %", Signal.ROD, "80\u00a0%", varde=Fraction(80), taljare=80, namnare=100
    )
    dold = resultat("2.2", "skillnad", "högst 20 procentenheter", Signal.GRON, "..", orsak=Orsak.SKYDDAD)
    noll = tuple(
        resultat(f"2.{n}", "nolltolerans", "samtliga", Signal.ROD, "färre än fem", orsak=Orsak.SKYDDAD)
        for n in (3, 4, 5)
    )
    index = resultat("2.6", "index", None, None, "75\u00a0%", taljare=3, namnare=4, varde=Fraction(75))
    omraden = (
        Malomrade("nytta", 1, "Deltagarnytta", (Mal("m", "Ett mål.", (andel("1.1", 78), andel("1.2", 85))),)),
        Malomrade("jamlik", 2, "Jämlik samverkan", (Mal("n", "Ett annat mål.", (zon, dold, *noll, index)),)),
    )
    celler = tuple(
        Tabellcell(t, e, u, k, a, None, ".." if a is None else str(a))
        for t, e in (("1", None), ("2", "Vuxentorget"))
        for u, tre in (("avslutade", (99, 111, 210)), ("positiv", (90, 100, 190)), ("avbrott_halsa", (9, None, None)))
        for k, a in zip(("kvinna", "man", None), tre, strict=True)
    )
    ut = tmp_path_factory.mktemp("bokslut") / "2020"
    bygg(Utvardering("Förbundet", 2020, "styrelsen § 1", 5, omraden, celler), ut)
    return ut


@pytest.fixture(scope="module")
def server(plats: Path) -> Iterator[str]:
    """The site as a web server gives it, under the policy that it promises to obey."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", POLICY)
            super().end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=plats)) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()


def test_a_reader_goes_from_the_board_to_how_a_figure_was_counted(window: Page, plats: Path) -> None:
    window.goto((plats / "index.html").as_uri())
    expect(window.get_by_role("heading", level=1)).to_have_text("Två av sju resultat når målet")
    window.get_by_role("heading", name="Deltagarnytta").get_by_role("link").click()
    expect(window.get_by_role("heading", level=1)).to_have_text("Deltagarnytta")
    rad = window.locator("#r-i1-1")
    rad.get_by_text("Så räknades det").click()
    expect(rad.get_by_text("Så blev 1.1.")).to_be_visible()
    expect(rad.get_by_text("intervallet omfattar gränsen, så slumpen")).to_be_visible()


def test_a_link_to_a_result_opens_what_is_behind_it(window: Page, plats: Path) -> None:
    window.goto((plats / "malomrade-nytta.html").as_uri() + "#r-i1-2")
    expect(window.get_by_text("Så blev 1.2.")).to_be_visible()


def test_everything_can_be_read_without_script(browser: Browser, plats: Path) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        page.goto((plats / "index.html").as_uri())
        page.get_by_text("Innehåll", exact=True).click()
        page.get_by_role("link", name="Jämlik samverkan", exact=True).first.click()
        expect(page.locator("#diagram-konszon-2 svg.smal")).to_be_visible()
        expect(page.get_by_role("button", name="Visa interaktivt diagram")).to_have_count(0)
        page.get_by_text("Visa som tabell").first.click()
        expect(page.get_by_role("region", name="Tabell: Könsfördelning mot zonen")).to_be_visible()


def test_a_chart_comes_to_life_on_a_tap_from_a_disk(window: Page, plats: Path) -> None:
    window.goto((plats / "malomrade-nytta.html").as_uri())
    figur = window.locator("#diagram-andelar-1")
    figur.get_by_role("button", name="Visa interaktivt diagram").click()
    expect(figur.locator(".main-svg").first).to_be_visible()
    expect(figur.locator(".modebar")).to_have_count(0)
    expect(figur.locator(".duk")).to_be_hidden()
    figur.get_by_role("button", name="Visa stillbilden").click()
    expect(figur.locator(".duk")).to_be_visible()


@pytest.mark.parametrize("viewport", [(1280, 800)])
def test_on_a_wide_screen_charts_come_to_life_by_themselves(page: Page, plats: Path) -> None:
    page.goto((plats / "malomrade-nytta.html").as_uri())
    expect(page.locator("#diagram-andelar-1 .main-svg").first).to_be_visible()


@pytest.mark.parametrize("viewport", [(320, 640)])
def test_a_phone_fetches_no_library_until_asked(page: Page, plats: Path) -> None:
    page.goto((plats / "malomrade-nytta.html").as_uri())
    page.wait_for_timeout(2500)
    assert page.locator("script[src*=plotly]").count() == 0


@pytest.mark.parametrize("viewport", [(800, 800)])
def test_a_strict_policy_stops_nothing(page: Page, server: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{server}/malomrade-jamlik.html")
    for button in page.locator(".vaxla").all():
        button.click()
    expect(page.locator("#diagram-konszon-2 .main-svg").first).to_be_visible()
    assert said == []


@pytest.mark.parametrize("viewport", [(320, 640)])
def test_drawn_text_is_eleven_pixels_or_more_on_a_small_phone(window: Page, plats: Path) -> None:
    window.goto((plats / "malomrade-nytta.html").as_uri())
    smallest = window.evaluate(
        """() => Math.min(...[...document.querySelectorAll('svg.smal')].map((svg) =>
             svg.getBoundingClientRect().width / svg.viewBox.baseVal.width *
             Math.min(...[...svg.querySelectorAll('text')].map((t) => parseFloat(t.getAttribute('font-size'))))))"""
    )
    assert smallest >= 11


@pytest.mark.parametrize("namn", SIDOR)
def test_no_page_shuts_anyone_out(window: Page, plats: Path, axe: Callable[[Page], list[str]], namn: str) -> None:
    assert shut_out(window, plats / f"{namn}.html", axe) == []
