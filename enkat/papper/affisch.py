"""A poster with the QR of an open link or a kiosk, to put on a wall: one A4, in every language that fits the reader.

Who stands before it wants to know what it is, how to answer, and that it is safe to: each language says all three.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import BinaryIO, Final

import segno
from fpdf import FPDF

from enkat import texter
from enkat.papper.kodark import ALLA_SPRAK
from enkat.papper.pdfark import BREDD, HOJD, dokument, rita_qr, stycke
from enkat.sprak import KALLSPRAK, gettext_for, oversatta

_KANT: Final = 20.0
_PLATS: Final = BREDD - 2 * _KANT
_QR: Final = 92.0
_FOT: Final = HOJD - 20
_MELLANRUM: Final = 2.5
# Sizes tried for what the languages say, in points.
_STORLEKAR: Final = (14.0, 13.0, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0)
_PNG_SKALA: Final = 10


@dataclass(frozen=True)
class Affisch:
    """adress: what the QR holds, ticket and all. titel: the questionnaire's. avsandare: who asks; "" leaves it out."""

    adress: str = field(repr=False)
    titel: str
    avsandare: str = ""
    sprak: tuple[str, ...] = ALLA_SPRAK


def skriv_affisch(ut: BinaryIO, affisch: Affisch, skapad: datetime | None = None) -> None:
    """Write the poster as a PDF. skapad: given by tests, so that the same poster gives the same bytes."""
    with dokument(affisch.titel, skapad or datetime.now(UTC)) as pdf:
        pdf.add_page()
        pdf.set_xy(_KANT, 18)
        stycke(pdf, "sv", affisch.titel, _PLATS, 26, fet=True, mitt=True)
        if affisch.avsandare:
            pdf.set_xy(_KANT, pdf.get_y() + 2)
            stycke(pdf, "sv", affisch.avsandare, _PLATS, 14, mitt=True)
        y = pdf.get_y() + 2
        rita_qr(pdf, affisch.adress, (BREDD - _QR) / 2, y, _QR)
        _sag(pdf, affisch, y + _QR + 1)
        pdf.set_xy(_KANT, _FOT + 2)
        stycke(pdf, "sv", affisch.adress, _PLATS, 8, mitt=True)
        pdf.output(ut)


def _sag(pdf: FPDF, affisch: Affisch, y: float) -> None:
    """What each language says, as large as there is room for."""
    sprak = [(kod, list(_meningar(affisch, kod))) for kod in affisch.sprak]

    def hojd(storlek: float) -> float:
        delar = (stycke(pdf, kod, text, _PLATS, storlek, fet, mat=True) for kod, m in sprak for text, fet in m)
        return sum(delar) + _MELLANRUM * len(sprak)

    storlek = next((s for s in _STORLEKAR if hojd(s) <= _FOT - y), _STORLEKAR[-1])
    pdf.set_y(y)
    for kod, meningar in sprak:
        for text, fet in meningar:
            pdf.set_x(_KANT)
            stycke(pdf, kod, text, _PLATS, storlek, fet, mitt=True)
        pdf.set_y(pdf.get_y() + _MELLANRUM)


def _meningar(affisch: Affisch, kod: str) -> Iterator[tuple[str, bool]]:
    """The paragraphs of a language, and whether each is bold. The title in Swedish is the poster's own."""
    _, finns = gettext_for(kod), oversatta(kod)
    if affisch.titel in finns:
        yield _(affisch.titel), True
    yield _(texter.LAPP_SKANNA), False
    lofte = (texter.FRIVILLIGT_RUBRIK, texter.ANONYMT_RUBRIK)
    if kod == KALLSPRAK.kod or finns.issuperset(lofte):
        punkt = _(texter.LAPP_SKANNA)[-1]  # each script has its own full stop
        yield " ".join(f"{_(text)}{punkt}" for text in lofte), False


def som_png(adress: str) -> bytes:
    """The QR alone, as a picture to paste into something of one's own."""
    ut = io.BytesIO()
    segno.make_qr(adress, error="m").save(ut, kind="png", scale=_PNG_SKALA, border=4)
    return ut.getvalue()
