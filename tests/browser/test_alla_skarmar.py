"""Every page of the survey in every language, in all the ways that it is met: what axe finds, what is cut off, what is small.

`make test` looks at enough rows of the table that every two values meet; `make uthallighet` looks at all of them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby, product
from typing import Final, Literal, NamedTuple, TypeAlias

import pytest
from playwright.sync_api import Page, Route

from enkat.sprak import SPRAK
from tests.browser.parvis import parvis
from tests.browser.skarmar import NAMN, Skarm, Skarmar, bygg_skarmar

Farger: TypeAlias = Literal["ljus", "mork", "tvingade"]
FARGER: Final[tuple[Farger, ...]] = ("ljus", "mork", "tvingade")
BREDDER: Final = (320, 1280)
KODER: Final = tuple(s.kod for s in SPRAK)
SKRIPT: Final = re.compile(r"<script>.*?</script>", re.S)
ADRESS: Final = "http://127.0.0.1:9/e"  # nobody listens there: the page is handed to the browser
# A phone with a voice in it for every language, so that the button for reading aloud is there to be looked at.
ROST: Final = """Object.defineProperty(window, "speechSynthesis", {value: {getVoices: () =>
["sv", "en", "ar", "fa", "so", "ti", "uk"].map((lang) => ({lang, localService: true})), cancel: () => {}}});"""


class Rad(NamedTuple):
    """A way to meet a page."""

    namn: str
    sprak: str
    skript: bool = True
    farger: Farger = "ljus"
    bredd: int = 320


PAR: Final = {
    namn: list(rader)
    for namn, rader in groupby(
        sorted(Rad(*r) for r in parvis(NAMN, KODER, (True, False), FARGER, BREDDER)), key=lambda rad: rad.namn
    )
}


@dataclass
class Scen:
    """A browser's window, and whatever page is put up in it."""

    page: Page
    skarmar: Skarmar
    uppe: Rad | None = None

    def visa(self, rad: Rad, hojd: int = 640) -> None:
        """Put a page up. Only another page or other scripts make the browser load anything."""
        self.page.emulate_media(
            color_scheme="dark" if rad.farger == "mork" else "light",
            forced_colors="active" if rad.farger == "tvingade" else "none",
        )
        self.page.set_viewport_size({"width": rad.bredd, "height": hojd})
        forra, self.uppe = self.uppe, rad
        if forra is None or forra[:3] != rad[:3]:
            self.page.goto(ADRESS)
            if rad.namn == "kiosk-varning" and rad.skript:
                self.page.evaluate("document.getElementById('kiosk').showModal()")

    def ge(self, route: Route) -> None:
        """Answer the browser: with the page as the server sent it, or without our scripts."""
        assert self.uppe is not None
        skarm: Skarm = self.skarmar[self.uppe.namn, self.uppe.sprak]
        huvud = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": skarm.policy}
        route.fulfill(body=skarm.html if self.uppe.skript else SKRIPT.sub("", skarm.html), headers=huvud)

    def oppna_allt(self) -> None:
        """Unfold what can be unfolded."""
        self.page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")


@pytest.fixture(scope="module")
def skarmar(tmp_path_factory: pytest.TempPathFactory) -> Skarmar:
    return bygg_skarmar(tmp_path_factory.mktemp("skarmar"))


@pytest.fixture
def scen(page: Page, skarmar: Skarmar) -> Scen:
    scen = Scen(page, skarmar)
    page.add_init_script(ROST)
    page.route(ADRESS, scen.ge)
    return scen


Axe: TypeAlias = Callable[[Page], list[str]]

# What sticks out of the window, and what has more text than room.
UTANFOR: Final = """() => [...document.querySelectorAll("body *")]
  .filter((e) => e.checkVisibility({visibilityProperty: true}) && !e.closest(".dolt, .hoppa, svg"))
  .filter((e) => getComputedStyle(e).display !== "inline")
  .filter((e) => { const r = e.getBoundingClientRect();
    return r.left < -0.5 || r.right > innerWidth + 0.5 || (e.clientWidth && e.scrollWidth > e.clientWidth + 1); })
  .map((e) => "cut off: " + e.outerHTML.slice(0, 80))"""
# What is pressed and is smaller than a finger. A link in the summary of errors stands in its sentence.
SMATT: Final = """() => [...document.querySelectorAll("a, button, summary, .kod, .skriv, textarea, label.val")]
  .filter((e) => e.checkVisibility() && !e.matches(".dolt, .hoppa, .fel a"))
  .map((e) => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
  .filter(([, r]) => r.height < 44 || r.width < 44).map(([e]) => "too small to touch: " + e)"""
I_SIDLED: Final = "document.documentElement.scrollWidth > innerWidth ? ['it scrolls sideways'] : []"
# On a low window everything scrolls, the header too: it would cover half of it.
TACKER: Final = "getComputedStyle(document.querySelector('header')).position === 'static' ? [] : ['the header covers']"


def ur_form(scen: Scen) -> list[str]:
    """What does not fit as the window is."""
    if scen.uppe is not None and scen.uppe.namn == "papper":  # it has the width of an A4
        return []
    return [fel for vad in (UTANFOR, SMATT, I_SIDLED) for fel in scen.page.evaluate(vad)]


def for_stort(scen: Scen, rad: Rad) -> list[str]:
    """What does not fit at 400 % of a common screen (1280 x 1024), with all unfolded."""
    scen.visa(rad._replace(bredd=320), hojd=256)
    scen.oppna_allt()
    return ur_form(scen) + (scen.page.evaluate(TACKER) if rad.namn != "papper" else [])


@pytest.mark.parametrize("namn", NAMN)
def test_no_page_shuts_anyone_out_in_any_two_circumstances(scen: Scen, axe: Axe, namn: str) -> None:
    brister = {}
    for rad in PAR[namn]:
        brister[rad] = for_stort(scen, rad)
        scen.visa(rad)
        brister[rad] += ur_form(scen) + axe(scen.page)
    assert {rad: fel for rad, fel in brister.items() if fel} == {}


@pytest.mark.uthallighet
@pytest.mark.parametrize("namn", NAMN)
@pytest.mark.parametrize("sprak", KODER)
def test_no_page_shuts_anyone_out_in_any_circumstances(scen: Scen, axe: Axe, namn: str, sprak: str) -> None:
    brister = {}
    for skript, bredd, farger in product((True, False), BREDDER, FARGER):
        rad = Rad(namn, sprak, skript, farger, bredd)
        scen.visa(rad)
        brister[rad] = ur_form(scen) + axe(scen.page)
        brister[rad] += for_stort(scen, rad) + axe(scen.page)
    assert {rad: fel for rad, fel in brister.items() if fel} == {}


# Where the first and the last figures of an example are drawn.
SIFFROR: Final = """() => { const rutor = [];
  const gang = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let n; (n = gang.nextNode());) {
    const nr = n.data.indexOf("2026-03-31");
    if (nr < 0) continue;
    rutor.push([[nr, nr + 4], [nr + 8, nr + 10]].map(([fran, till]) => {
      const r = document.createRange(); r.setStart(n, fran); r.setEnd(n, till); return r.getBoundingClientRect(); })); }
  return rutor.map(([ar, dag]) => ar.right < dag.left && ar.top === dag.top); }"""


@pytest.mark.parametrize("sprak", KODER)
def test_an_example_of_a_date_has_its_year_first_on_one_line_in_every_direction(scen: Scen, sprak: str) -> None:
    scen.visa(Rad("datum-fel", sprak))
    assert scen.page.evaluate(SIFFROR) == [True] * 3
