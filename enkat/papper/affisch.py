"""A poster with the QR of an open link or a kiosk, to put on a wall: one A4, in every language that fits the reader."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import BinaryIO, Final

import segno

from enkat import texter
from enkat.papper.kodark import ALLA_SPRAK
from enkat.papper.pdfark import BREDD, HOJD, dokument, rita_qr, stycke
from enkat.sprak import gettext_for

_KANT: Final = 20.0
_QR: Final = 105.0
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
    bredd = BREDD - 2 * _KANT
    with dokument(affisch.titel, skapad or datetime.now(UTC)) as pdf:
        pdf.add_page()
        pdf.set_xy(_KANT, 22)
        stycke(pdf, "sv", affisch.titel, bredd, 26, fet=True, mitt=True)
        if affisch.avsandare:
            pdf.set_xy(_KANT, pdf.get_y() + 2)
            stycke(pdf, "sv", affisch.avsandare, bredd, 14, mitt=True)
        y = pdf.get_y() + 4
        rita_qr(pdf, affisch.adress, (BREDD - _QR) / 2, y, _QR)
        pdf.set_y(y + _QR + 4)
        for kod in affisch.sprak:
            pdf.set_xy(_KANT, pdf.get_y() + 1.5)
            stycke(pdf, kod, gettext_for(kod)(texter.LAPP_SKANNA), bredd, 15, mitt=True)
        pdf.set_xy(_KANT, HOJD - 24)
        stycke(pdf, "sv", affisch.adress, bredd, 8, mitt=True)
        pdf.output(ut)


def som_png(adress: str) -> bytes:
    """The QR alone, as a picture to paste into something of one's own."""
    ut = io.BytesIO()
    segno.make_qr(adress, error="m").save(ut, kind="png", scale=_PNG_SKALA, border=4)
    return ut.getvalue()
