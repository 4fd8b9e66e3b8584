"""The site: every page of a bokslut as a static file that opens from a disk.

The site is written beside its place and moved there whole, so a reader never meets half of it. Nothing in it depends
on the clock or on the machine: the same evaluation gives the same bytes.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bokslut import metod, ordval, tabellvy
from bokslut.diagram import penna, plotly_figure, svg, table, words
from bokslut.diagram.spec import ChartSpec
from bokslut.innehall import Innehall, build_innehall
from bokslut.oppna_data import Fil, Filgrupp, build_filer
from indikatorer.resultat import Utvardering

_ROT = Path(__file__).resolve().parent.parent
_STATISKT = _ROT / "static" / "bokslut"


@dataclass(frozen=True, slots=True)
class Sida:
    """A page. kort: its name in the menu. beskrivning: what it is about, in a sentence. data: for its template."""

    fil: str
    mall: str
    titel: str
    kort: str
    beskrivning: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bygge:
    """What was built: where, and which pages and files."""

    ut: Path
    sidor: tuple[str, ...]
    filer: tuple[str, ...]


def bygg(utvardering: Utvardering, ut: Path, framsteg: Callable[[str], None] | None = None) -> Bygge:
    """Write the whole site to `ut`, which is replaced.

    Args:
        utvardering: the evaluation to publish; already protected.
        ut: the folder of the site. Its parent must exist.
        framsteg: told, in Swedish, what is being done.

    Raises:
        OSError: the folder cannot be written (a fault to report; the old site is left as it was).
    """
    sag = framsteg or (lambda _: None)
    innehall = build_innehall(utvardering)
    filgrupper = build_filer(innehall)
    filer = tuple(fil for grupp in filgrupper for fil in grupp.filer)
    sidor = list(_sidor(innehall, filgrupper))
    tillfallig = Path(tempfile.mkdtemp(prefix=f".{ut.name}-", dir=ut.parent))
    try:
        _skriv(tillfallig, innehall, sidor, filer, sag)
        _byt_ut(tillfallig, ut)
    finally:
        shutil.rmtree(tillfallig, ignore_errors=True)
    return Bygge(ut, tuple(s.fil for s in sidor), tuple(f.sokvag for f in filer))


def _skriv(
    mapp: Path, innehall: Innehall, sidor: list[Sida], filer: tuple[Fil, ...], sag: Callable[[str], None]
) -> None:
    mapp.chmod(0o755)
    shutil.copytree(_STATISKT, mapp / "static" / "bokslut", copy_function=shutil.copyfile)
    (mapp / "data").mkdir()
    for fil in filer:
        (mapp / fil.sokvag).write_text(fil.innehall, encoding="utf-8", newline="")
    gemensamt = _gemensamt(innehall, sidor)
    for sida in sidor:
        sag(f"Skriver {sida.fil}")
        html = _miljo().get_template(f"bokslut/{sida.mall}").render(gemensamt, sida=sida, **sida.data)
        (mapp / sida.fil).write_text(html, encoding="utf-8", newline="\n")


def _byt_ut(ny: Path, ut: Path) -> None:
    """Put the new site in place of the old by renaming both."""
    gammal = Path(tempfile.mkdtemp(prefix=f".{ut.name}-", dir=ut.parent))
    try:
        if ut.exists():
            os.replace(ut, gammal / "gammal")
        os.replace(ny, ut)
    finally:
        shutil.rmtree(gammal, ignore_errors=True)


def _sidor(i: Innehall, filer: tuple[Filgrupp, ...]) -> Iterator[Sida]:
    u = i.utvardering
    yield Sida(
        "index.html",
        "index.html",
        "Socialt bokslut",
        "Översikt",
        f"{i.rubrik}. Socialt bokslut {u.ar} för {u.forbund}.",
        {},
    )
    if u.tabeller:
        tabeller = tabellvy.deltagartabeller(u.tabeller)
        text = f"Hur många som deltog {u.ar}, hur många som avslutade och vad det ledde till."
        yield Sida("deltagare.html", "deltagare.html", "Deltagare i siffror", "Deltagare", text, {"tabeller": tabeller})
    if u.serier:
        tabell = tabellvy.serietabell(u.serier)
        text = "Så stor del av befolkningen försörjs med ersättning från det offentliga, kommun för kommun."
        yield Sida(
            "helarspersoner.html",
            "helarspersoner.html",
            "Helårspersoner",
            "Helårspersoner",
            text,
            {"tabell_serie": tabell},
        )
    for o in i.omraden:
        yield Sida(o.sida, "malomrade.html", f"{o.nummer}. {o.titel}", o.titel, f"{o.titel}: {o.mening}", {"omrade": o})
    if i.exempel:
        text = "Berättelser om hur samverkan har hjälpt, utvalda och granskade."
        yield Sida("goda-exempel.html", "goda-exempel.html", "Goda exempel", "Goda exempel", text, {})
    text = "Frågor, skalor, källor, regler och hur enskilda personer skyddas."
    yield Sida("metod.html", "metod.html", "Metod", "Metod", text, {"metod": metod.build_metod(u)})
    yield Sida(
        "data.html",
        "data.html",
        "Data att ladda ner",
        "Data",
        "Alla siffror och diagram som filer.",
        {"filgrupper": filer},
    )


def _gemensamt(i: Innehall, sidor: list[Sida]) -> dict[str, Any]:
    """What every template may use."""
    return {"i": i, "u": i.utvardering, "sidor": sidor, "ordval": ordval, "rita": _rita, "signalformer": _former()}


def _former() -> dict[str, Markup]:
    return {kod: Markup(form) for kod, form in penna.FORMER.items()}


def _rita(spec: ChartSpec) -> dict[str, Any]:
    """A chart's five forms, for the macro that places them."""
    figur = json.dumps(plotly_figure.build(spec), ensure_ascii=False, separators=(",", ":"))
    return {
        "smal": Markup(svg.draw(spec, svg.SMAL)),
        "bred": Markup(svg.draw(spec, svg.BRED)),
        "figur": Markup(figur.replace("<", "\\u003c")) if spec.har_marken() else "",  # no tag can end the script
        "ord": words.describe(spec),
        "huvud": table.header(spec),
        "rader": table.rows(spec),
    }


@cache
def _miljo() -> Environment:
    return Environment(
        loader=FileSystemLoader(_ROT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
