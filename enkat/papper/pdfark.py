"""A4 paper with QR and text in every script of the survey, as PDF: what cards with codes and posters are drawn with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Final

import segno
from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue, XPos, YPos
from fpdf.fonts import TTFFont

from enkat.sprak import sprak
from enkat.typsnitt import FILER, fil, skrift

BREDD: Final = 210.0
HOJD: Final = 297.0
# The height of a line for one point.
_RADHOJD: Final = 0.46


@contextmanager
def dokument(titel: str, skapad: datetime) -> Iterator[FPDF]:
    """A document, whose font files are closed when it is done with; fpdf2 itself closes them only when it writes."""
    pdf = _nytt_dokument(titel, skapad)
    try:
        yield pdf
    finally:
        for typsnitt in pdf.fonts.values():
            if isinstance(typsnitt, TTFFont):
                typsnitt.close()


def _nytt_dokument(titel: str, skapad: datetime) -> FPDF:
    pdf = FPDF(format="A4", unit="mm")
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.c_margin = 0
    pdf.set_creation_date(skapad)
    pdf.set_title(titel)
    pdf.set_lang("sv")
    for namn in FILER:
        pdf.add_font(namn, "", fil(namn))
        pdf.add_font(namn, "B", fil(namn, fet=True))
    pdf.set_fallback_fonts(["sans", "arab", "etiop"], exact_match=True)
    pdf.set_text_shaping(True)
    return pdf


def rita_qr(pdf: FPDF, text: str, x: float, y: float, sida: float) -> None:
    """A QR of `sida` mm with its quiet zone, as rectangles: one for each run of dark modules."""
    kod = segno.make_qr(text, error="m")
    modul = sida / (len(kod.matrix) + 2 * 4)
    pdf.set_fill_color(0)
    for rad, moduler in enumerate(kod.matrix):
        for start, slut in _svarta(moduler):
            pdf.rect(x + (4 + start) * modul, y + (4 + rad) * modul, (slut - start) * modul, modul, style="F")


def _svarta(moduler: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = None
    for plats, svart in enumerate([*moduler, 0]):
        if svart and start is None:
            start = plats
        elif not svart and start is not None:
            yield start, plats
            start = None


def stycke(
    pdf: FPDF,
    kod: str,
    text: str,
    bredd: float,
    storlek: float,
    fet: bool = False,
    mat: bool = False,
    mitt: bool = False,
) -> float:
    """Write, or only measure, a paragraph in the script and direction of its language. Returns its height in mm."""
    valt = sprak(kod)
    hoger = valt is not None and valt.dir == "rtl"
    pdf.set_font(skrift(kod), "B" if fet else "", storlek)
    fore = pdf.get_y()
    hojd = pdf.multi_cell(
        bredd,
        storlek * _RADHOJD,
        text,
        align=Align.C if mitt else Align.R if hoger else Align.L,
        new_x=XPos.LEFT,
        new_y=YPos.NEXT,
        dry_run=mat,
        output=MethodReturnValue.HEIGHT,
    )
    if not mat:
        return pdf.get_y() - fore
    return float(hojd) if isinstance(hojd, int | float) else 0.0
