"""Every page of the survey in every language, in all the ways that it is met: what axe finds, what is cut off, what is small.

`make test` looks at enough rows of the table that every two values meet; `make uthallighet` looks at all of them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby, product
from typing import Final, Literal, NamedTuple, TypeAlias

import pytest
from playwright.sync_api import Browser, Page, Route

from enkat.sprak import SPRAK
from tests.browser.conftest import Guard
from tests.browser.parvis import parvis
from tests.browser.skarmar import NAMN, Skarmar, bygg_skarmar

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


# Another page in the place of the one that is up, where no script has to run: axe is loaded already, half of what it costs.
BYT: Final = """(html) => { const ny = new DOMParser().parseFromString(html, "text/html");
  document.replaceChild(document.adoptNode(ny.documentElement), document.documentElement); }"""


@dataclass
class Scen:
    """A browser's window, and whatever page is put up in it."""

    page: Page
    skarmar: Skarmar
    uppe: Rad | None = None

    def visa(self, rad: Rad) -> None:
        """Put a page up, folded as it comes."""
        self.page.emulate_media(
            color_scheme="dark" if rad.farger == "mork" else "light",
            forced_colors="active" if rad.farger == "tvingade" else "none",
        )
        self.stall(rad.bredd)
        forra, self.uppe = self.uppe, rad
        if rad.skript or forra is None or forra.skript:
            self.page.goto(ADRESS)
        else:
            self.page.evaluate(BYT, self.html(rad))
        if rad.namn == "kiosk-varning" and rad.skript:
            self.page.evaluate("document.getElementById('kiosk').showModal()")

    def stall(self, bredd: int, hojd: int = 640) -> None:
        self.page.set_viewport_size({"width": bredd, "height": hojd})

    def html(self, rad: Rad) -> str:
        """The page as the server sent it, or without our scripts."""
        html = self.skarmar[rad.namn, rad.sprak].html
        return html if rad.skript else SKRIPT.sub("", html)

    def ge(self, route: Route) -> None:
        """Answer the browser as the server would."""
        assert self.uppe is not None
        policy = self.skarmar[self.uppe.namn, self.uppe.sprak].policy
        huvud = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy}
        route.fulfill(body=self.html(self.uppe), headers=huvud)


@pytest.fixture(scope="module")
def skarmar(tmp_path_factory: pytest.TempPathFactory) -> Skarmar:
    return bygg_skarmar(tmp_path_factory.mktemp("skarmar"))


@pytest.fixture(scope="module")
def scen(browser: Browser, skarmar: Skarmar) -> Iterator[Scen]:
    """One window for them all; what it asks for is only ever the page itself."""
    guard = Guard()
    with browser.new_context(locale="sv-SE", reduced_motion="reduce", service_workers="block") as fonster:
        guard.watch(fonster)
        scen = Scen(fonster.new_page(), skarmar)
        scen.page.add_init_script(ROST)
        scen.page.route(ADRESS, scen.ge)
        yield scen
    assert set(guard.asked) == {ADRESS}


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
I_SIDLED: Final = "() => document.documentElement.scrollWidth > innerWidth ? ['it scrolls sideways'] : []"
FORM: Final = f"() => [{UTANFOR}, {SMATT}, {I_SIDLED}].flatMap((vad) => vad())"
# With all unfolded. On a low window everything scrolls, the header too: it would cover half of it.
STORT: Final = f"""() => {{ document.querySelectorAll("details").forEach((d) => {{ d.open = true; }});
  const tacker = getComputedStyle(document.querySelector("header")).position !== "static";
  return [...({FORM})(), ...(tacker ? ["the header covers"] : [])]; }}"""


def ur_form(scen: Scen) -> list[str]:
    """What does not fit as the window is, and at 400 % of a common screen (1280 x 1024) with all unfolded."""
    assert scen.uppe is not None
    if scen.uppe.namn == "papper":  # it has the width of an A4
        return []
    fel = scen.page.evaluate(FORM)
    scen.stall(320, 256)
    return [*fel, *scen.page.evaluate(STORT)]


@pytest.mark.parametrize("namn", NAMN)
def test_no_page_shuts_anyone_out_in_any_two_circumstances(scen: Scen, axe: Axe, namn: str) -> None:
    brister = {}
    for rad in sorted(PAR[namn], key=lambda rad: rad.skript):
        scen.visa(rad)
        brister[rad] = axe(scen.page) + ur_form(scen)
    assert "\n".join(f"{rad}: {f}" for rad, fel in brister.items() for f in fel) == ""


@pytest.mark.uthallighet
@pytest.mark.parametrize("namn", NAMN)
@pytest.mark.parametrize("sprak", KODER)
def test_no_page_shuts_anyone_out_in_any_circumstances(scen: Scen, axe: Axe, namn: str, sprak: str) -> None:
    brister = {}
    for skript, bredd, farger in product((False, True), BREDDER, FARGER):
        rad = Rad(namn, sprak, skript, farger, bredd)
        scen.visa(rad)
        brister[rad] = axe(scen.page) + ur_form(scen) + axe(scen.page)
    assert "\n".join(f"{rad}: {f}" for rad, fel in brister.items() for f in fel) == ""


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
