"""Every page of the staff, in all the ways that it is met: what axe finds, what is cut off, what is small, what prints.

`make test` looks at each page once, with colours, width and language in turn so that every two of them meet;
`make uthallighet` looks at all of them. What is pressed is as high as on the public pages, 44 px where WCAG 2.2 asks for
24, and as wide; a link is as wide as its words, but 24 px. A link in a sentence may be lower, as WCAG lets it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle, product
from typing import Final, Literal, NamedTuple, TypeAlias
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route

from kansli.roller import TILLTRADE, Roll, far
from tests.browser.kansliskarmar import SIDORNA, VARD, Kansliskarmar
from tests.browser.parvis import parvis

Farger: TypeAlias = Literal["ljus", "mork", "tvingade"]
FARGER: Final[tuple[Farger, ...]] = ("ljus", "mork", "tvingade")
BREDDER: Final = (360, 1280)
SPRAKEN: Final = ("sv", "en")
Axe: TypeAlias = Callable[[Page], list[str]]
# Files, styles and ways on, and what is another's page: of the bokslut, the survey, the identity provider.
INGA_SIDOR: Final = {
    *("konto.stil", "mallar.hamta", "inmatning.mall", "register.mall", "register.rader", "register.summor_fil"),
    *("register.uppfoljning", "utgava.hamta", "register.start", "register.arsval", "helarspersoner.start"),
    *("utgava.sida", "utgava.utkast", "forhandsvisning.telefon", "oidc.borja", "oidc.svar"),
}


class Rad(NamedTuple):
    """A way to meet a page."""

    namn: str
    sprak: str = "sv"
    farger: Farger = "ljus"
    bredd: int = 360


# Pages that say that it cannot be done.
AVVISADE: Final = {
    *("tomt:finns-inte", "litet:fel-roll", "litet:inbjudan-slut", "litet:inte-nu", "litet:for-tidigt", "litet:gallra"),
}
# Long pages of the worked example are looked at when there is time.
KORTA: Final = [namn for namn in SIDORNA if not namn.startswith("umea:")]
SATT: Final = parvis(FARGER, BREDDER, SPRAKEN)
RADER: Final = [
    Rad(namn, sprak, farger, bredd) for namn, (farger, bredd, sprak) in zip(KORTA, cycle(SATT), strict=False)
]

# What sticks out of the window or has more text than room; what can be scrolled by itself is axe's to look at.
UTANFOR: Final = """() => { const rullar = (e) => e && e !== document.documentElement &&
    (/auto|scroll/.test(getComputedStyle(e).overflowX) || rullar(e.parentElement));
  const gomd = (e) => e && (getComputedStyle(e).clipPath !== "none" || gomd(e.parentElement));
  return [...document.querySelectorAll("body *")]
  .filter((e) => e.checkVisibility({visibilityProperty: true}) && !e.closest(".dolt, .hoppa, svg"))
  .filter((e) => !e.matches("input, textarea, select, br, option") && getComputedStyle(e).display !== "inline")
  .filter((e) => !rullar(e) && !gomd(e))
  .filter((e) => { const r = e.getBoundingClientRect();
    return r.left < -0.5 || r.right > innerWidth + 0.5 || (e.clientWidth && e.scrollWidth > e.clientWidth + 1); })
  .map((e) => "cut off: " + e.outerHTML.slice(0, 90)); }"""
# What is pressed and is smaller than a finger. A choice is pressed by its label too; a link in a sentence is let by.
SMATT: Final = """() => { const ruta = (e) => e.getBoundingClientRect();
  const mening = (e) => e.matches("a") && getComputedStyle(e).display === "inline" &&
    e.parentElement.innerText.trim().length > e.innerText.trim().length;
  const hojd = (e) => Math.max(...[e, ...(e.labels && e.matches("[type=radio], [type=checkbox]") ? e.labels : [])].map((d) => ruta(d).height));
  const bredd = (e) => Math.max(...[e, ...(e.labels || [])].map((d) => ruta(d).width));
  return [...document.querySelectorAll("a, button, summary, input, select, textarea")]
  .filter((e) => e.checkVisibility() && !e.matches(".dolt, .hoppa, [type=hidden]") && !e.closest("svg") && !mening(e))
  .filter((e) => hojd(e) < 43.9 || bredd(e) < (e.matches("a") ? 24 : 43.9))
  .map((e) => "too small to touch: " + e.outerHTML.slice(0, 90)); }"""
I_SIDLED: Final = "document.documentElement.scrollWidth > innerWidth ? ['it scrolls sideways'] : []"
# What nobody can press on paper, and what hides a part of itself there.
PA_PAPPER: Final = """() => [...document.querySelectorAll("nav, button, .knapp, .knapplik, .kvittens, .hoppa, .kanslifot, input[type=search]")]
  .filter((e) => e.checkVisibility()).map((e) => "printed: " + e.outerHTML.slice(0, 90))"""
RUTOR: Final = """() => [...document.querySelectorAll(".rulla")]
  .filter((e) => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1).map((e) => "does not fit on paper: " + e.outerHTML.slice(0, 90))"""
# Another page in the place of the one that is up. Styles and axe are loaded already, which is most of what a page costs.
BYT: Final = """(html) => { const ny = new DOMParser().parseFromString(html, "text/html");
  document.title = ny.title; document.documentElement.lang = ny.documentElement.lang;
  document.body.replaceWith(document.importNode(ny.body, true)); }"""
A4: Final = {"width": 718, "height": 1000}  # 190 mm


@dataclass
class Scen:
    """A browser's window, and whatever page is put up in it."""

    page: Page
    skarmar: Kansliskarmar
    uppe: Rad | None = None

    def visa(self, rad: Rad) -> None:
        """Put a page up. Only the first one makes the browser load anything."""
        self.page.emulate_media(
            media="screen",
            color_scheme="dark" if rad.farger == "mork" else "light",
            forced_colors="active" if rad.farger == "tvingade" else "none",
        )
        self.page.set_viewport_size({"width": rad.bredd, "height": 740})
        forra, self.uppe = self.uppe, rad
        if forra is None:
            self.page.goto(f"{VARD}{self.skarmar.adress(rad.namn)}")
        elif forra[:2] != rad[:2]:
            self.page.evaluate(BYT, self.skarmar[rad.namn, rad.sprak].html)
        if forra is None or forra[:2] != rad[:2]:
            self.page.evaluate("document.querySelectorAll('main details').forEach((d) => { d.open = true; })")

    def ge(self, route: Route) -> None:
        """Answer the browser as the server would: with the page, its styles, or what stands in a frame of it."""
        assert self.uppe is not None
        vag, namn, sprak = urlsplit(route.request.url).path, self.uppe.namn, self.uppe.sprak
        if route.request.is_navigation_request() and route.request.frame == self.page.main_frame:
            skarm = self.skarmar[namn, sprak]
            huvud = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": skarm.policy}
            route.fulfill(body=skarm.html, headers=huvud)
            return
        sida = SIDORNA[namn]
        svar = self.skarmar.klient(sida.rum, sida.vem, sprak).get(vag, buffered=True)
        route.fulfill(status=svar.status_code, body=svar.data, headers=dict(svar.headers))

    def pa_papper(self) -> list[str]:
        """What is wrong with the page when it is printed."""
        self.page.emulate_media(media="print", color_scheme="light", forced_colors="none")
        self.page.set_viewport_size(A4)  # type: ignore[arg-type]
        return [fel for vad in (PA_PAPPER, RUTOR, UTANFOR) for fel in self.page.evaluate(vad)]


@pytest.fixture(scope="module")
def skarmar(tmp_path_factory: pytest.TempPathFactory) -> Kansliskarmar:
    return Kansliskarmar(tmp_path_factory.mktemp("kansliskarmar"))


@pytest.fixture
def scen(page: Page, skarmar: Kansliskarmar) -> Scen:
    scen = Scen(page, skarmar)
    page.route(f"{VARD}/**", scen.ge)
    return scen


def ur_form(page: Page) -> list[str]:
    """What does not fit as the window is."""
    return [fel for vad in (UTANFOR, SMATT, I_SIDLED) for fel in page.evaluate(vad)]


def test_no_page_of_the_staff_shuts_anyone_out(scen: Scen, axe: Axe) -> None:
    brister = {}
    for rad in RADER:
        scen.visa(rad)
        brister[rad] = ur_form(scen.page) + axe(scen.page) + scen.pa_papper()
    assert "\n".join(f"{rad}: {f}" for rad, fel in brister.items() for f in fel) == ""


@pytest.mark.uthallighet
@pytest.mark.parametrize("namn", SIDORNA)
def test_no_page_of_the_staff_shuts_anyone_out_in_any_circumstances(scen: Scen, axe: Axe, namn: str) -> None:
    brister = {}
    for sprak in SPRAKEN:
        for farger, bredd in product(FARGER, BREDDER):
            scen.visa(rad := Rad(namn, sprak, farger, bredd))
            brister[rad] = ur_form(scen.page) + axe(scen.page)
        for bredd in (1024, 1600):
            scen.visa(rad := Rad(namn, sprak, "ljus", bredd))
            brister[rad] = ur_form(scen.page)
        brister[rad] += scen.pa_papper()
    assert "\n".join(f"{rad}: {f}" for rad, fel in brister.items() for f in fel) == ""


@pytest.mark.parametrize("bredd", [320, 360])
def test_long_names_never_break_the_button_that_logs_out(scen: Scen, bredd: int) -> None:
    scen.visa(Rad("litet:mitt-konto", bredd=bredd))
    scen.page.evaluate(
        """() => { document.querySelector(".avsandare strong").textContent = "Samordningsförbundet Umeåregionen";
        document.querySelector(".ut a").textContent = "Ann-Christin Lindström-Bergqvist"; }"""
    )
    ruta = scen.page.locator(".ut button").bounding_box()
    assert ruta is not None
    assert 44 <= ruta["height"] < 50, "one line"
    assert ur_form(scen.page) == []


def test_every_page_that_a_forbundschef_can_open_is_looked_at(skarmar: Kansliskarmar) -> None:
    karta = skarmar.rum("litet").app.url_map
    bunden = karta.bind("127.0.0.1")
    sedda = {
        bunden.match(skarmar.adress(namn).partition("?")[0])[0] for namn in SIDORNA if not namn.endswith("finns-inte")
    }
    sidor = {
        r.endpoint for r in karta.iter_rules() if "GET" in (r.methods or ()) and far(Roll.FORBUNDSCHEF, r.endpoint)
    }
    assert sidor - sedda == INGA_SIDOR & set(TILLTRADE) - sedda


def test_the_pages_are_what_they_are_taken_for(skarmar: Kansliskarmar) -> None:
    """A page that leads on, or a form that takes what it should not, would be looked at in vain."""
    for namn in KORTA:
        svar, sida = skarmar.hamta(namn, "sv"), SIDORNA[namn]
        vantat = (422,) if sida.data else (403, 404, 409, 410) if namn in AVVISADE else (200,)
        assert svar.status_code in vantat, (namn, svar.status)
