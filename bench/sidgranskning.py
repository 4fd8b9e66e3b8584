"""Every page of a built site in a browser: what axe-core finds, what is too wide, and whom the pages call."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

NAMN: Final = ("chromium", "chromium-browser", "google-chrome")
HOJD: Final = 800
# Tables alone, for Word: as wide as they are.
FOR_WORD: Final = "tabeller.html"
FARGER: Final = ("ljus", "mork", "tvingade")
# 320 CSS pixels: a small phone, and a screen of 1280 at 400 %.
SMAL: Final = 320
BREDDER: Final = (SMAL, 1280)
AXE: Final = "axe.run({resultTypes: ['violations']}).then((r) => r.violations.map((v) => v.id))"
# All unfolded, and drawn also where a reader has not scrolled to yet.
UTFALLT: Final = """() => { document.querySelectorAll("details").forEach((d) => { d.open = true; });
  document.querySelectorAll(".liten").forEach((d) => { d.style.contentVisibility = "visible"; }); }"""
# Every chart as it is when a reader has asked for it.
VACKT: Final = """() => document.querySelectorAll(".vaxla").forEach((k) => {
  if (!k.closest("figure").querySelector(".main-svg")) k.click(); })"""
LEVANDE: Final = """() => [...document.querySelectorAll("figure")].every((f) =>
  !f.querySelector(".vaxla") || f.querySelector(".main-svg"))"""


@dataclass
class Granskning:
    """What was found. axe: (page, rule, how it was met). i_sidled: too wide pages. utomstaende: others' addresses."""

    sidor: int = 0
    axe: list[tuple[str, str, str]] = field(default_factory=list)
    i_sidled: list[str] = field(default_factory=list)
    utomstaende: list[str] = field(default_factory=list)
    verktyg: dict[str, str] = field(default_factory=dict)


def hitta_chromium() -> str | None:
    """The first Chromium on PATH."""
    return next(filter(None, map(shutil.which, NAMN)), None)


def granska(
    chromium: str, mapp: Path, adress: str, farger: Sequence[str] = FARGER, bredder: Sequence[int] = BREDDER
) -> Granskning:
    """Visit every page of the site in `mapp`, as it is served at `adress`: folded, and with all unfolded and awake."""
    from axe_playwright_python.sync_playwright import Axe

    skript = Axe().axe_script
    sidor = sorted(f.relative_to(mapp).as_posix() for f in mapp.rglob("*.html"))
    ut = Granskning(sidor=len(sidor))
    with webblasare(chromium) as b:
        for farg, bredd in product(farger, bredder):
            print(f"Granskar {len(sidor)} sidor, {farg}, {bredd} bildpunkter …", file=sys.stderr)
            with _fonster(b, farg, bredd, ut) as flik:
                for sida in sidor:
                    flik.goto(f"{adress}{sida}")
                    flik.evaluate(skript)
                    _granska_sidan(flik, sida, f"{farg} {bredd}", ut)
                ut.verktyg = {"axe-core": flik.evaluate("axe.version"), "Chromium": b.version}
    return ut


@contextmanager
def webblasare(chromium: str) -> Iterator[Any]:
    """A browser that is closed afterwards."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        b = p.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield b
        b.close()


@contextmanager
def _fonster(b: Any, farg: str, bredd: int, ut: Granskning) -> Iterator[Any]:
    """A window that notes whatever is asked of anyone else, and stops it."""
    satt = {"color_scheme": "dark" if farg == "mork" else "light"}
    with b.new_context(viewport={"width": bredd, "height": HOJD}, reduced_motion="reduce", **satt) as fonster:
        fonster.on("request", lambda r: ut.utomstaende.append(r.url) if ar_utomstaende(r.url) else None)
        fonster.route(ar_utomstaende, lambda r: r.abort())
        flik = fonster.new_page()
        flik.emulate_media(forced_colors="active" if farg == "tvingade" else "none")
        yield flik


def ar_utomstaende(adress: str) -> bool:
    """Whether an address is anyone else's than this machine's."""
    delar = urlsplit(adress)
    return delar.scheme not in ("about", "blob", "data") and delar.hostname != "127.0.0.1"


def _granska_sidan(flik: Any, sida: str, hur: str, ut: Granskning) -> None:
    infallt = flik.evaluate(AXE)
    flik.evaluate(UTFALLT)
    flik.evaluate(VACKT)
    flik.wait_for_function(LEVANDE)
    ut.axe += [(sida, regel, hur) for regel in dict.fromkeys([*infallt, *flik.evaluate(AXE)])]
    if flik.viewport_size["width"] == SMAL and not sida.endswith(FOR_WORD) and sida not in ut.i_sidled:
        ut.i_sidled += [sida] if flik.evaluate("document.documentElement.scrollWidth > innerWidth") else []
