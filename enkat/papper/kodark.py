"""Sheets of cards with one-time codes: eight to an A4, or six where they speak many languages, to be cut apart.

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
from enkat.sprak import KALLSPRAK, SPRAK, gettext_for, oversatta

KOLUMNER: Final = 2
# Rows of cards on a sheet: the first that has room for what each language must say.
RADER: Final = (4, 3)
# A sheet of cards that speak every language.
PER_BLAD: Final = KOLUMNER * RADER[-1]
# Lätt svenska says the same as svenska here.
ALLA_SPRAK: Final = tuple(s.kod for s in SPRAK if s.kod != "sv@latt")

_HUVUD: Final = 13.0
_KANT: Final = 6.0  # what most printers cannot reach, and some air
_KORTBREDD: Final = BREDD / KOLUMNER
_LUFT: Final = 4.0
_QR: Final = 32.0
_MELLANRUM: Final = 0.5
# Sizes tried for the line in each language, in points.
_STORLEKAR: Final = (10.0, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5)
# What a language says: how to answer and what is promised, in full or without the address, or else how to answer.
_URVAL: Final = (
    (texter.LAPP_SKANNA, texter.LAPP_ADRESS, texter.LAPP_EN_GANG),
    (texter.LAPP_SKANNA, texter.LAPP_EN_GANG),
)
_MINST: Final = (texter.LAPP_SKANNA,)
# A promise that one cannot read is none.
_LASLIGT: Final = 7.5


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


class _Upplagg(NamedTuple):
    """How a sheet is laid out. rader: of cards; meningar: what is said beneath the QR, in `storlek` points."""

    rader: int
    meningar: tuple[_Rad, ...]
    storlek: float

    @property
    def hojd(self) -> float:
        """Of a card, in mm."""
        return (HOJD - _HUVUD - _KANT) / self.rader

    @property
    def per_blad(self) -> int:
        """Cards on a sheet."""
        return KOLUMNER * self.rader


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
    upplagg = _passa(tuple(_meningar(ark, urval) for urval in _URVAL), _meningar(ark, _MINST))
    per_blad = upplagg.per_blad
    with dokument(f"Koder: {ark.beteckning}", skapad) as pdf:
        for blad in range(0, len(koder), per_blad):
            pdf.add_page()
            _huvud(pdf, ark, f"Blad {blad // per_blad + 1} av {-(-len(koder) // per_blad)}")
            _klipplinjer(pdf, upplagg)
            for plats, kod in enumerate(koder[blad : blad + per_blad]):
                x, y = (plats % KOLUMNER) * _KORTBREDD, _HUVUD + (plats // KOLUMNER) * upplagg.hojd
                _kort(pdf, ark, kod, x, y)
                _sprakrader(pdf, upplagg, x + _LUFT + 2, y + _QR + _LUFT + 2)
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


def _klipplinjer(pdf: FPDF, upplagg: _Upplagg) -> None:
    pdf.set_draw_color(130)
    pdf.set_line_width(0.15)
    pdf.set_dash_pattern(dash=2, gap=1.5)
    for rad in range(upplagg.rader + 1):
        y = _HUVUD + rad * upplagg.hojd
        pdf.line(0, y, BREDD, y)
    pdf.line(BREDD / 2, _HUVUD, BREDD / 2, HOJD - _KANT)
    pdf.set_dash_pattern()


def _kort(pdf: FPDF, ark: Kodark, kod: str, x: float, y: float) -> None:
    """The upper part of a card: the QR, and beside it what it is, the digits and the address."""
    rita_qr(pdf, lank(ark.adress, kod), x + _LUFT, y + _LUFT - 1, _QR)
    vanster, bredd = x + _LUFT + _QR + 2, _KORTBREDD - 2 * _LUFT - _QR - 3
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
def _passa(urval: tuple[tuple[_Rad, ...], ...], minst: tuple[_Rad, ...]) -> _Upplagg:
    """The largest number of cards on which every language can say one of `urval` legibly; else what it must."""
    prov = [_Upplagg(rader, u, s) for rader in RADER for u in urval for s in _STORLEKAR if s >= _LASLIGT]
    prov += [_Upplagg(RADER[0], minst, s) for s in _STORLEKAR]
    with dokument("", datetime.now(UTC)) as pdf:
        pdf.add_page()  # a text can only be measured on a page
        return next((p for p in prov if _hojd(pdf, p) <= p.hojd - _QR - _LUFT - 3), prov[-1])


def _meningar(ark: Kodark, urval: Sequence[str]) -> tuple[_Rad, ...]:
    """A line for each language; two that say the same (one is not translated) are said once."""
    olika = {gettext_for(kod)(texter.LAPP_SKANNA): kod for kod in reversed(ark.sprak)}
    return tuple(_Rad(kod, _mening(kod, ark, urval)) for kod in olika.values())[::-1]


def _mening(kod: str, ark: Kodark, urval: Sequence[str]) -> str:
    """What a language says, less what stands beside the QR in it already, and what another language would say."""
    _, adress = gettext_for(kod), visad_adress(ark.adress)
    sagt = {texter.LAPP_EN_GANG} if kod == ark.sprak[0] else set()
    if kod != KALLSPRAK.kod:
        sagt |= set(urval) - oversatta(kod) - {texter.LAPP_SKANNA}
    return " ".join(_(text).format(adress=adress) for text in urval if text not in sagt)


def _hojd(pdf: FPDF, upplagg: _Upplagg) -> float:
    bredd = _KORTBREDD - 2 * _LUFT - 4
    return sum(
        stycke(pdf, rad.kod, rad.text, bredd, upplagg.storlek, mat=True) + _MELLANRUM for rad in upplagg.meningar
    )


def _sprakrader(pdf: FPDF, upplagg: _Upplagg, x: float, y: float) -> None:
    bredd = _KORTBREDD - 2 * _LUFT - 4
    for rad in upplagg.meningar:
        pdf.set_xy(x, y)
        y += stycke(pdf, rad.kod, rad.text, bredd, upplagg.storlek) + _MELLANRUM
