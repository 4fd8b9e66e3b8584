"""The site: every page of a bokslut as a static file that opens from a disk.

The site is written beside its place and moved there whole, so a reader never meets half of it. Nothing in it depends
on the clock or on the machine: the same evaluation gives the same bytes.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from bokslut import filer as alla_filer
from bokslut import matt, metod, ordval, tabellvy, tillganglighet
from bokslut.diagram import penna, plotly_figure, svg, svg_linje, table, words
from bokslut.diagram.spec import ChartSpec, Diagramtyp
from bokslut.fras import fogad, fras
from bokslut.innehall import Innehall, build_innehall
from bokslut.jamforelse.grannfil import Grannbokslut
from bokslut.jamforelse.jamforsidor import build_jamforsidor
from bokslut.mallar import miljo
from bokslut.oppna_data.filer_att_hamta import Fil, Filgrupp
from bokslut.publicering.manifest import programversion
from bokslut.publicering.utgava import Utgava, build_godkannanden, build_rattelser
from bokslut.sprak import SVENSKA, Sprak
from bokslut.sprak import alla as alla_sprak
from bokslut.text.texter import INGA, SLAG, Texter
from bokslut.tryck import pdf
from indikatorer.resultat import Utvardering

_STATISKT = Path(__file__).resolve().parent.parent / "static" / "bokslut"
_OM_TEXT: Final = {
    "forord": fras("Om året, från förbundet."),
    "om": fras("Varför bokslutet finns, hur det är gjort och för vem."),
}


@dataclass(frozen=True, slots=True)
class Sida:
    """A page. kort: its name in the menu, "" keeps it out. beskrivning: what it is about. data: for its template."""

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


def bygg(
    utvardering: Utvardering,
    ut: Path,
    framsteg: Callable[[str], None] | None = None,
    utgava: Utgava | None = None,
    texter: Texter = INGA,
    andra: Sequence[Grannbokslut] = (),
    med_pdf: bool = False,
    fler: Sequence[Filgrupp] = (),
) -> Bygge:
    """Write the whole site to `ut`, which is replaced.

    Args:
        utvardering: the evaluation to publish; already protected.
        ut: the folder of the site. Its parent must exist.
        framsteg: told, in Swedish, what is being done.
        utgava: the version, when the site is to be published as one.
        texter: what its authors wrote: foreword, about, comments.
        andra: what other förbund have published, to stand beside.
        med_pdf: make the PDF twin too, and each chart as PNG. Where pango is missing that is told, and there is no PDF.
        fler: other files to write and list.

    Raises:
        UnderlagFel: a text has a fault; nothing is written.
        OSError: the folder cannot be written (a fault to report; the old site is left as it was).
    """
    sag = framsteg or (lambda _: None)
    innehall = build_innehall(utvardering, texter, andra)
    grupper = (*alla_filer.build_grupper(innehall, utgava, med_pdf), *fler)
    if med_pdf:
        sag("Skriver bokslutet som PDF")
        grupper = (*_pdf(innehall, grupper, utgava, sag), *grupper)
    sidor = list(_sidor(innehall, grupper, utgava))
    adresser = tuple(f"{sprak.mapp}{s.fil}" for sprak in alla_sprak() for s in sidor)
    ovriga = alla_filer.build_ovriga(innehall, utgava, [s.fil for s in sidor])
    filer = (*(fil for grupp in grupper for fil in grupp.filer), *ovriga)
    tillfallig = Path(tempfile.mkdtemp(prefix=f".{ut.name}-", dir=ut.parent))
    try:
        _skriv(tillfallig, innehall, sidor, filer, sag, utgava)
        _byt_ut(tillfallig, ut)
    finally:
        shutil.rmtree(tillfallig, ignore_errors=True)
    return Bygge(ut, adresser, tuple(f.sokvag for f in filer))


def _skriv(
    mapp: Path,
    innehall: Innehall,
    sidor: list[Sida],
    filer: tuple[Fil, ...],
    sag: Callable[[str], None],
    utgava: Utgava | None,
) -> None:
    mapp.chmod(0o755)
    shutil.copytree(_STATISKT, mapp / "static" / "bokslut", copy_function=shutil.copyfile)
    for fil in filer:
        (mapp / fil.sokvag).parent.mkdir(exist_ok=True)
        (mapp / fil.sokvag).write_bytes(fil.data)
    for sprak in alla_sprak():
        (mapp / sprak.mapp).mkdir(exist_ok=True)
        gemensamt = _gemensamt(innehall, sidor, utgava, sprak)
        for sida in sidor:
            sag(f"Skriver {sprak.mapp}{sida.fil}")
            html = miljo(sprak).get_template(f"bokslut/{sida.mall}").render(gemensamt, sida=sida, **sida.data)
            (mapp / sprak.mapp / sida.fil).write_text(html, encoding="utf-8", newline="\n")


def _pdf(
    innehall: Innehall, grupper: tuple[Filgrupp, ...], utgava: Utgava | None, sag: Callable[[str], None]
) -> tuple[Filgrupp, ...]:
    sidor = list(_sidor(innehall, grupper, utgava))
    try:
        return pdf.build_pdf(_gemensamt(innehall, sidor, utgava), sidor, grupper)
    except pdf.PangoSaknas as fel:
        sag(str(fel))
        return ()


def _byt_ut(ny: Path, ut: Path) -> None:
    """Put the new site in place of the old by renaming both."""
    gammal = Path(tempfile.mkdtemp(prefix=f".{ut.name}-", dir=ut.parent))
    try:
        if ut.exists():
            os.replace(ut, gammal / "gammal")
        os.replace(ny, ut)
    finally:
        shutil.rmtree(gammal, ignore_errors=True)


def _sidor(i: Innehall, filer: tuple[Filgrupp, ...], utgava: Utgava | None) -> Iterator[Sida]:
    u = i.utvardering
    yield Sida(
        "index.html",
        "index.html",
        fras("Socialt bokslut"),
        fras("Översikt"),
        fras("{rubrik}. Socialt bokslut {ar} för {forbund}.", rubrik=i.rubrik, ar=u.ar, forbund=u.forbund),
        {},
    )
    for slag, titel in SLAG.items():
        if slag in i.texter.sidor:
            yield Sida(f"{slag}.html", "text.html", titel, titel, _OM_TEXT[slag], {"text": i.texter.sidor[slag]})
    if u.tabeller:
        tabeller = tabellvy.deltagartabeller(u.tabeller)
        text = fras("Hur många som deltog {ar}, hur många som avslutade och vad det ledde till.", ar=u.ar)
        text = fogad(text, *map(ordval.tillsammans, u.sammanslagna), skilje=" ")
        yield Sida(
            "deltagare.html",
            "deltagare.html",
            fras("Deltagare i siffror"),
            fras("Deltagare"),
            text,
            {"tabeller": tabeller},
        )
    if u.serier:
        tabell = tabellvy.serietabell(u.serier)
        text = fras("Så stor del av befolkningen försörjs med ersättning från det offentliga, kommun för kommun.")
        yield Sida(
            "helarspersoner.html",
            "helarspersoner.html",
            fras("Helårspersoner"),
            fras("Helårspersoner"),
            text,
            {"tabell_serie": tabell},
        )
    for o in i.omraden:
        yield Sida(
            o.sida,
            "malomrade.html",
            f"{o.nummer}. {o.titel}",
            o.titel,
            fras("{omrade}: {mening}", omrade=o.titel, mening=o.mening),
            {"omrade": o},
        )
    if i.exempel:
        text = fras("Berättelser om hur samverkan har hjälpt, utvalda och granskade.")
        yield Sida("goda-exempel.html", "goda-exempel.html", fras("Goda exempel"), fras("Goda exempel"), text, {})
    yield from (Sida(*delar) for delar in build_jamforsidor(i.jamforelse, u))
    text = fras("Frågor, skalor, källor, regler och hur enskilda personer skyddas.")
    yield Sida("metod.html", "metod.html", fras("Metod"), fras("Metod"), text, {"metod": metod.build_metod(u)})
    yield Sida(
        "data.html",
        "data.html",
        fras("Data att ladda ner"),
        fras("Data"),
        fras("Alla siffror och diagram som filer."),
        {"filgrupper": filer, **alla_filer.build_sidans_data(i, utgava)},
    )
    if utgava is not None:
        rattelser = build_rattelser(utgava, u.kallas())
        data = {"rattelser": rattelser, "godkannanden": list(build_godkannanden(utgava))}
        text = fras("Version {nr}: vem som har godkänt den, och vad som har rättats.", nr=utgava.version)
        yield Sida("andringar.html", "andringar.html", fras("Version och ändringar"), fras("Ändringar"), text, data)
    yield _tillganglighet(u, filer, utgava)


def _tillganglighet(u: Utvardering, filer: tuple[Filgrupp, ...], utgava: Utgava | None) -> Sida:
    med_pdf = any(fil.namn == pdf.BOKSLUT for grupp in filer for fil in grupp.filer)
    redogorelse = tillganglighet.build_redogorelse(
        matt.las(), programversion(), matt.avtryck(), u.utgivare.kontakt, utgava, med_pdf
    )
    return Sida(
        tillganglighet.SIDA,
        "tillganglighet.html",
        fras("Tillgänglighetsredogörelse"),
        fras("Tillgänglighet"),
        fras("Hur tillgänglig webbplatsen är, vad som är mätt och vart du vänder dig om något inte fungerar."),
        {"redogorelse": redogorelse},
    )


def _gemensamt(i: Innehall, sidor: list[Sida], utgava: Utgava | None, sprak: Sprak = SVENSKA) -> dict[str, Any]:
    """What every template may use. spraken: all languages of the pages."""
    egna = {"ordval": ordval, "rita": partial(_rita, sprak), "signalformer": _former(), "spraken": alla_sprak()}
    return {"i": i, "u": i.utvardering, "sidor": sidor, "utgava": utgava, **egna}


def _former() -> dict[str, Markup]:
    return {kod: Markup(form) for kod, form in penna.FORMER.items()}


def _rita(sprak: Sprak, spec: ChartSpec, med_bred: bool = True) -> dict[str, Any]:
    """A chart's forms, for the macro that places them. med_bred: also the drawing for wide screens."""
    spec = sprak.diagram(spec)
    figur = json.dumps(plotly_figure.build(spec, sprak), ensure_ascii=False, separators=(",", ":"))
    return {
        "smal": Markup(svg.draw(spec, svg.SMAL, sprak)),
        "bred": Markup(svg.draw(spec, svg.BRED, sprak)) if med_bred else "",
        "linje": Markup(svg_linje.draw(spec)) if spec.typ is Diagramtyp.AR else "",
        "figur": Markup(figur.replace("<", "\\u003c")) if spec.har_marken() else "",  # no tag can end the script
        "ord": words.describe(spec),
        "huvud": table.header(spec),
        "rader": table.rows(spec),
    }
