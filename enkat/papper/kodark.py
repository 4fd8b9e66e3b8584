"""Sheets of cards with one-time codes: eight to an A4, to be cut apart and handed out.

A card carries its code as QR and as digits, and nothing that tells which card it was: no number, and the order on the
sheets has nothing to do with the order in which the codes were made. The PDF is made in memory and written to a stream
once; no file is opened here, and nothing keeps the codes afterwards.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import BinaryIO, Final, NamedTuple

from fpdf import FPDF
from fpdf.enums import Align

from enkat import texter
from enkat.koder import visa
from enkat.papper.pdfark import BREDD, HOJD, dokument, rita_qr, stycke
from enkat.sprak import SPRAK, gettext_for

KOLUMNER: Final = 2
RADER: Final = 4
PER_BLAD: Final = KOLUMNER * RADER
# Lätt svenska says the same as svenska here.
ALLA_SPRAK: Final = tuple(s.kod for s in SPRAK if s.kod != "sv@latt")

_HUVUD: Final = 13.0
_KANT: Final = 6.0  # what most printers cannot reach, and some air
_KORT: Final = (BREDD / KOLUMNER, (HOJD - _HUVUD - _KANT) / RADER)
_LUFT: Final = 4.0
_QR: Final = 32.0
# Sizes tried for the line in each language, in points.
_STORLEKAR: Final = (10.0, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5)


@dataclass(frozen=True)
class Kodark:
    """A batch of codes to print. adress: where one answers, without the code ("https://exempel.se/e").

    beteckning: whom the pile is for; bunt: the batch's own name, so that a pile can be voided. sprak: which languages
    the cards speak, in order; the first is the large one.
    """

    adress: str
    koder: Sequence[str] = field(repr=False)
    beteckning: str
    bunt: str
    titel: str
    sprak: tuple[str, ...] = ALLA_SPRAK


class _Rad(NamedTuple):
    kod: str
    text: str


def lank(adress: str, kod: str) -> str:
    """What the QR says. The code is a fragment, which no browser sends to a server."""
    return f"{adress}#{kod}"


def visad_adress(adress: str) -> str:
    """The address as a person types it."""
    return adress.removeprefix("https://").removeprefix("http://")


def skriv_kodark(ut: BinaryIO, ark: Kodark, slump: random.Random | None = None, skapad: datetime | None = None) -> None:
    """Write the sheets as a PDF. slump, skapad: given by tests, so that the same codes give the same bytes."""
    koder = list(ark.koder)
    (slump or random.SystemRandom()).shuffle(koder)
    skapad = skapad or datetime.now(UTC)
    rader, storlek = _passa(_meningar(ark, hela=False), _meningar(ark, hela=True))
    with dokument(f"Koder: {ark.beteckning}", skapad) as pdf:
        for blad in range(0, len(koder), PER_BLAD):
            pdf.add_page()
            _huvud(pdf, ark, f"Blad {blad // PER_BLAD + 1} av {-(-len(koder) // PER_BLAD)}")
            _klipplinjer(pdf)
            for plats, kod in enumerate(koder[blad : blad + PER_BLAD]):
                x, y = (plats % KOLUMNER) * _KORT[0], _HUVUD + (plats // KOLUMNER) * _KORT[1]
                _kort(pdf, ark, kod, x, y)
                _sprakrader(pdf, rader, storlek, x + _LUFT + 2, y + _QR + _LUFT + 2)
        pdf.output(ut)


def _huvud(pdf: FPDF, ark: Kodark, blad: str) -> None:
    """The strip that is cut off: whose pile it is. It does not follow any card."""
    pdf.set_text_color(60)
    pdf.set_font("sans", "B", 10)
    pdf.set_xy(_KANT, 3)
    pdf.cell(120, 5, f"{ark.beteckning} · bunt {ark.bunt}")
    pdf.set_font("sans", "", 8)
    pdf.set_xy(BREDD - _KANT - 70, 3)
    pdf.cell(70, 5, blad, align=Align.R)
    pdf.set_xy(_KANT, 7.5)
    pdf.cell(150, 4, f"{ark.titel}. Klipp längs linjerna. Korten ligger i blandad ordning. Skriv inget på dem.")
    pdf.set_text_color(0)


def _klipplinjer(pdf: FPDF) -> None:
    pdf.set_draw_color(130)
    pdf.set_line_width(0.15)
    pdf.set_dash_pattern(dash=2, gap=1.5)
    for rad in range(RADER + 1):
        y = _HUVUD + rad * _KORT[1]
        pdf.line(0, y, BREDD, y)
    pdf.line(BREDD / 2, _HUVUD, BREDD / 2, _HUVUD + RADER * _KORT[1])
    pdf.set_dash_pattern()


def _kort(pdf: FPDF, ark: Kodark, kod: str, x: float, y: float) -> None:
    """The upper part of a card: the QR, and beside it what it is, the digits and the address."""
    rita_qr(pdf, lank(ark.adress, kod), x + _LUFT, y + _LUFT - 1, _QR)
    vanster, bredd = x + _LUFT + _QR + 2, _KORT[0] - 2 * _LUFT - _QR - 3
    _ = gettext_for(ark.sprak[0])
    pdf.set_xy(vanster, y + _LUFT + 2)
    stycke(pdf, ark.sprak[0], _(texter.LAPP_RUBRIK), bredd, 11, fet=True)
    pdf.set_xy(vanster, pdf.get_y() + 1.5)
    stycke(pdf, "sv", visa(kod), bredd, 15, fet=True)
    pdf.set_xy(vanster, pdf.get_y() + 1.5)
    stycke(pdf, "sv", visad_adress(ark.adress), bredd, _storst(pdf, visad_adress(ark.adress), bredd), fet=True)
    pdf.set_xy(vanster, pdf.get_y() + 1)
    stycke(pdf, ark.sprak[0], _(texter.LAPP_EN_GANG), bredd, 7.5)


def _storst(pdf: FPDF, text: str, bredd: float) -> float:
    """The size, of 11 points down to 7, at which a text that must not break fits on a line."""
    pdf.set_font("sans", "B", 10)
    return max(7.0, min(11.0, 10 * bredd / pdf.get_string_width(text) - 0.2))


@lru_cache(maxsize=16)
def _passa(utan: tuple[_Rad, ...], hela: tuple[_Rad, ...]) -> tuple[tuple[_Rad, ...], float]:
    """What each language says, and how large: all of it if there is room, else only how to scan."""
    hojd = _KORT[1] - _QR - _LUFT - 3
    prov = ((rader, s) for rader, sista in ((hela, 7.5), (utan, 0.0)) for s in _STORLEKAR if s >= sista)
    with dokument("", datetime.now(UTC)) as pdf:
        pdf.add_page()  # a text can only be measured on a page
        return next((p for p in prov if _hojd(pdf, *p) <= hojd), (utan, _STORLEKAR[-1]))


def _meningar(ark: Kodark, hela: bool) -> tuple[_Rad, ...]:
    """One for each language; two that say the same (one is not translated) are said once."""
    kod_for = {_mening(k, ark, hela): k for k in reversed(ark.sprak)}
    return tuple(_Rad(kod, text) for text, kod in kod_for.items())[::-1]


def _mening(kod: str, ark: Kodark, hela: bool) -> str:
    _ = gettext_for(kod)
    skanna, skriv = _(texter.LAPP_SKANNA), _(texter.LAPP_ADRESS).format(adress=visad_adress(ark.adress))
    return f"{skanna} {skriv}" if hela else skanna


def _hojd(pdf: FPDF, rader: Sequence[_Rad], storlek: float) -> float:
    bredd = _KORT[0] - 2 * _LUFT - 4
    return sum(stycke(pdf, rad.kod, rad.text, bredd, storlek, mat=True) + 0.5 for rad in rader)


def _sprakrader(pdf: FPDF, rader: Sequence[_Rad], storlek: float, x: float, y: float) -> None:
    bredd = _KORT[0] - 2 * _LUFT - 4
    for rad in rader:
        pdf.set_xy(x, y)
        y += stycke(pdf, rad.kod, rad.text, bredd, storlek) + 0.5
