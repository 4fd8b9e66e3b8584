"""Finds every number that a Swedish text states, in figures or words, and lets be what is no statement.

Let be: years, dates, times, paragraphs and laws, the nummer of indicators, numbers of lists, pages and tables,
telephone numbers, addresses, and names with a figure in them (COVID-19).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Final

from bokslut.text.rakneord import UNDER_HUNDRA, las_rakneord
from indikatorer.tal import antal_decimaler, las_tal


class Slag(StrEnum):
    """What a number counts."""

    PROCENT = "procent"
    ENHETER = "procentenheter"
    ANTAL = "antal"
    DEL = "del"
    GANGER = "ganger"


@dataclass(frozen=True, slots=True)
class Fynd:
    """A number in a text. varde: without sign; of a DEL the share in percent. par: (part, whole) where both are said.

    decimaler: as written. start, slut: in characters of the text.
    """

    slag: Slag
    varde: Fraction
    text: str
    start: int
    slut: int
    decimaler: int = 0
    par: tuple[int, int] | None = None


_MANADER: Final = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
_SIFFROR: Final = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d])(?:,\d+)?|\d+(?:[.,]\d+)?"
_ENTAL: Final = "|".join(sorted(UNDER_HUNDRA, key=len, reverse=True))
_ORD: Final = rf"(?:(?:{_ENTAL})?tusen)?(?:(?:{_ENTAL})?hundra)?(?:{_ENTAL})?"
# "en" and "ett" are articles, unless what stands around them counts.
_EN: Final = (
    r"(?:(?<=bara )|(?<=endast )|(?<=enbart )|(?<=minst )|(?<=högst ))e(?:n|tt)\b|\be(?:n|tt)(?= enda\b| procent)"
)
_ETT_TAL: Final = rf"(?:{_SIFFROR}|(?!e(?:n|tt)\b)(?=\w){_ORD}(?:tals?)?\b|{_EN})"
_ALLA_ORD: Final = rf"(?:{_SIFFROR}|(?=\w){_ORD}\b)"

_LAT_VARA: Final = (
    r"https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w-]{1,63}\.\w[\w.]*|\]\([^)\s]*\)",  # addresses
    r"(?m:^\s{0,3}\d{1,9}[.)](?=\s))",  # an ordered list
    r"\b0\d{1,3}[-/][ \u00a0\d]{5,12}\d\b",  # a telephone number
    r"\b(?:19|20|21)\d\d-\d\d-\d\d\b",
    rf"(?i:\b(?:den )?\d{{1,2}}(?:[–-]\d{{1,2}})? (?:{_MANADER})\b(?: (?:19|20|21)\d\d)?)",
    r"(?i:\b(?:klockan|kl\.?) ?\d{1,2}(?:[.:]\d\d)?(?:[–-]\d{1,2}(?:[.:]\d\d)?)?)",
    r"(?i:\b(?:lag(?:en)?|sfs|prop\.|förordning(?:en)?|dnr|bet\.|skr\.)\s*\(?(?:\d{4}[:/][\d/:]+)\)?)",
    r"\b(?:19|20)\d\d(?::\d+|/\d\d:\d+)",
    r"§§?\s*\d+(?:[–-]\d+)?\s?[a-z]?\b|\b\d+(?:[–-]\d+)?\s?[a-z]?\s?§§?|\b\d+\s?kap\.|\bkap\.\s?\d+",
    r"(?i:\b(?:mål|målområde|indikator|tabell|diagram|bild|figur|bilaga|kapitel|sida|sidan|sid\.|s\.|punkt|fråga|fas|steg|"
    r"version|artikel|nr|nummer)\s\d+(?:\.\d+)*(?:\.[a-z])?(?:[–-]\d+)?\b)(?!\s*(?:%|procent))",
    r"\b\d+\.\d+(?:\.\d+)?\.[a-z]\b",
    r"\b(?:19|20|21)\d\d(?:[–/-](?:(?:19|20|21)\d\d|\d\d))?(?:H[12]|Q[1-4]|-talet)?\b"
    r"(?![ \u00a0]?(?:%|procent|kr|deltagare|person|svar|kvinnor|män))",
    r"(?i:\b[a-zåäö]+-?\d+[\w-]*\b)|\b\d+(?!procent)[a-zåäöA-ZÅÄÖ]\w*",  # COVID-19, EN301, 3D
)


def hitta_tal(text: str, tysta: Iterable[tuple[int, int]] = (), nummer: Iterable[str] = ()) -> list[Fynd]:
    """Every number that the text states, in order.

    tysta: parts of the text to pass by, as (start, slut). nummer: the nummer of the indicators ("3.1").
    """
    return list(_hitta(text, tuple(tysta), tuple(nummer)))


@lru_cache(maxsize=512)
def _hitta(text: str, tysta: tuple[tuple[int, int], ...], nummer: tuple[str, ...]) -> tuple[Fynd, ...]:
    """The same text is searched once, however often the figures that it is held against change."""
    rest = _blanka(text, tysta)
    namn = "|".join(re.escape(n) for n in sorted(nummer, key=len, reverse=True) if n)
    monster = [rf"(?<![\d.,]){namn and f'(?:{namn})'}(?!,?\d|\.\d| ?%)"] if namn else []
    for m in (*_LAT_VARA[:1], *monster, *_LAT_VARA[1:]):
        rest = re.sub(m, lambda traff: "·" * len(traff[0]), rest)
    fynd: list[Fynd] = []
    for letare in (_par, _brak, _ganger, _enkla):
        nya = list(letare(rest))
        fynd += nya
        rest = _blanka(rest, [(f.start, f.slut) for f in nya])
    return tuple(sorted(fynd, key=lambda f: f.start))


def _blanka(text: str, delar: Iterable[tuple[int, int]]) -> str:
    """The text with these parts hidden, every other character in its place."""
    tecken = list(text)
    for start, slut in delar:
        tecken[start:slut] = "·" * len(tecken[start:slut])
    return "".join(tecken)


def tolka(text: str) -> Fraction | None:
    """The value of a number in figures or words."""
    ord_ = las_rakneord(re.sub(r"(?i)tals?$", "", text))
    return Fraction(ord_) if ord_ is not None else las_tal(text)


_PAR: Final = re.compile(
    rf"(?i)\b(?P<a>{_ALLA_ORD})(?: (?!procent)\w+)? av (?:de |totalt |sammanlagt )?"
    rf"(?P<b>{_ALLA_ORD})\b(?! ?(?:%|procent))"
)
_ORDNING: Final = ("tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde", "nionde", "tionde")
_VAR: Final = re.compile(rf"(?i)\b(?:var(?:t|je)? (?P<n>{'|'.join(_ORDNING)})|varannan|vartannat)\b")


def _par(text: str) -> Iterator[Fynd]:
    for t in _PAR.finditer(text):
        a, b = tolka(t["a"]), tolka(t["b"])
        if a is not None and b is not None and b > 0 and a.denominator == b.denominator == 1:
            yield Fynd(Slag.DEL, 100 * a / b, t[0], t.start(), t.end(), par=(int(a), int(b)))
    for t in _VAR.finditer(text):
        yield Fynd(
            Slag.DEL, Fraction(100, 3 + _ORDNING.index(t["n"].casefold()) if t["n"] else 2), t[0], t.start(), t.end()
        )


_NAMNARE: Final = {"tredje": 3, "fjärde": 4, "femte": 5, "sjätte": 6, "tion": 10}
_BRAK: Final = re.compile(
    rf"(?i)\b(?P<a>{_ENTAL}|\d+) (?P<b>tredje|fjärde|femte|sjätte|tion)de(?:l|lar)\b|\b(?:hälften|halva|halvparten)\b"
)


def _brak(text: str) -> Iterator[Fynd]:
    for t in _BRAK.finditer(text):
        a = tolka(t["a"]) if t["a"] else Fraction(1)
        varde = 100 * (a or Fraction(0)) / (_NAMNARE[t["b"].casefold()] if t["b"] else 2)
        yield Fynd(Slag.DEL, varde, t[0], t.start(), t.end())


_GANGER: Final = re.compile(
    r"(?i)\b(?:(?P<två>dubbelt|dubbla|dubblat\w*|fördubbl\w*)|(?P<tre>tredubb\w+|trefaldig\w*)|(?P<halv>halver\w+))\b"
)
_FAKTOR: Final = {"två": Fraction(2), "tre": Fraction(3), "halv": Fraction(1, 2)}


def _ganger(text: str) -> Iterator[Fynd]:
    for t in _GANGER.finditer(text):
        yield Fynd(Slag.GANGER, _FAKTOR[t.lastgroup or "två"], t[0], t.start(), t.end())


_ENHET: Final = r"(?P<e>[ \u00a0]?%|[ \u00a0]?procentenhet(?:er|en|erna)?\b|[ \u00a0]?procent(?:ig\w*)?\b)"
_ENKEL: Final = re.compile(rf"(?i)(?<![\w.,·])(?P<t>{_ETT_TAL})(?!(?!procent)\w)")
_EFTER: Final = re.compile(
    rf"(?i){_ENHET}|(?: ?[–-] ?| till | och | respektive | eller ){_ALLA_ORD}{_ENHET.replace('?P<e>', '?P<f>')}"
)


def _enkla(text: str) -> Iterator[Fynd]:
    for t in _ENKEL.finditer(text):
        varde = tolka(t["t"])
        if varde is None:
            continue
        efter = _EFTER.match(text, t.end())
        enhet = (efter["e"] or efter["f"]).strip().casefold() if efter else ""
        slag = Slag.ENHETER if enhet.startswith("procentenhet") else Slag.PROCENT if enhet else Slag.ANTAL
        slut = efter.end() if efter and efter["e"] else t.end()
        siffror = t["t"] if t["t"][0].isdigit() else ""
        yield Fynd(slag, varde, text[t.start() : slut], t.start(), slut, antal_decimaler(siffror))
