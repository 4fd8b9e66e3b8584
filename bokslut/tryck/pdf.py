"""The PDF twin of the bokslut: one file that is both PDF/A-3a (to be kept) and PDF/UA-1 (to be read by everyone).

WeasyPrint draws it and needs pango for that; where pango is missing the site is built without it. The same content
gives the same bytes with the same program, pango and fonts: no clock is read and no random number drawn.
"""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from bokslut.fras import fras
from bokslut.oppna_data.filer_att_hamta import Fil, Filgrupp
from bokslut.tryck import arkivform, dokument, styrelseblad

if TYPE_CHECKING:
    from bokslut.sidor import Sida


BOKSLUT: Final = "bokslut.pdf"
SAMMANFATTNING: Final = "sammanfattning.pdf"


class PangoSaknas(RuntimeError):
    """This machine cannot draw PDF. The site can be built without."""

    def __init__(self) -> None:
        super().__init__(
            "Datorn saknar pango, som behövs för att göra PDF. På Debian och Ubuntu: apt install libpango-1.0-0 "
            "libpangoft2-1.0-0 libharfbuzz-subset0. Webbplatsen byggs utan PDF."
        )


@dataclass(frozen=True, slots=True)
class Bilaga:
    """A file that lies within the document. vad: what it holds, in words."""

    namn: str
    vad: str
    data: bytes


def build_pdf(gemensamt: Mapping[str, Any], sidor: Sequence[Sida], grupper: Sequence[Filgrupp]) -> tuple[Filgrupp, ...]:
    """bokslut.pdf, with every CSV and resultat.json within it, and sammanfattning.pdf, one page for the board.

    Args:
        gemensamt: what every page of the site is given.
        sidor: the pages of the site, in order.
        grupper: the files of the site.

    Raises:
        PangoSaknas: the machine lacks what WeasyPrint draws with.
    """
    # No clock is read: what the documents tell of is finished with the year, so that is the day they carry.
    datum = date(gemensamt["u"].ar, 12, 31)
    bilagor = [Bilaga(f.namn, g.vad, f.data) for g in grupper for f in g.filer if _foljer_med(f)]
    hela = dokument.som_html(gemensamt, sidor, [(b.vad, b.namn) for b in bilagor], datum.isoformat())
    blad = styrelseblad.som_html(gemensamt["i"], datum.isoformat())
    return (
        Filgrupp(fras("Hela bokslutet, att skriva ut och spara"), "", (Fil(BOKSLUT, rita(hela, bilagor, datum)),)),
        Filgrupp(fras("En sida för styrelsens möte"), "", (Fil(SAMMANFATTNING, rita(blad, (), datum)),)),
    )


def _foljer_med(fil: Fil) -> bool:
    return fil.format == "CSV" or fil.namn == "resultat.json"


def rita(html: str, bilagor: Sequence[Bilaga], datum: date) -> bytes:
    """A document of ours as PDF/A-3a and PDF/UA-1.

    Raises:
        PangoSaknas: the machine lacks what WeasyPrint draws with.
    """
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except OSError as fel:
        raise PangoSaknas from fel
    # Nothing but our own style sheet, its fonts and drawings within the page may be read.
    hamtare = URLFetcher(allowed_protocols={"file", "data"}, fail_on_errors=True)
    skrivare = HTML(string=html, base_url=f"{dokument.STIL.as_uri()}/", url_fetcher=hamtare)
    with warnings.catch_warnings(), _utan_stadning():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves the file of a colour profile to be closed
        ritad: bytes = skrivare.write_pdf(pdf_variant="pdf/a-3a", pdf_tags=True)
    return arkivform.fullborda(ritad, bilagor, datum)


@contextmanager
def _utan_stadning() -> Iterator[None]:
    """Keep the search for garbage out: a document is a million objects that live to its end; looking takes a tenth."""
    pa = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if pa:
            gc.enable()
