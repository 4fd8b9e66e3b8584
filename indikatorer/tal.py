"""Numbers as people and spreadsheets write them, read exactly."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

_TAL: Final = re.compile(r"[+\-\u2212]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?|[+\-\u2212]?\d+(?:[.,]\d+)?")
# More digits than any sum of money or share has; a longer text is a slip, not a number.
LANGSTA_TAL: Final = 40


def las_tal(text: str) -> Fraction | None:
    """The exact value of "10,3", "10.3", "1 437" or "−0,8"; None when the text is no number."""
    if len(text) > LANGSTA_TAL or _TAL.fullmatch(text) is None:
        return None
    return Fraction(re.sub(r"[ \u00a0\u202f]", "", text).replace(",", ".").replace("\u2212", "-"))


def utan_enhet(varde: str) -> str | None:
    """The number that is written before a unit that changes nothing ("12 st", "10,4 %"); None when it is not so plain.

    "tkr" and "miljoner" are not among them: they change the number.
    """
    traff = re.fullmatch(r"(.*\d) ?(?:%|procent|st|st\.|personer|kr|kronor|:-)", varde)
    tal = None if traff is None else re.sub(r"[ \u00a0\u202f]", "", traff[1])
    return tal if tal is not None and las_tal(tal) is not None else None


def antal_decimaler(text: str) -> int:
    """How many decimals a number is written with."""
    delar = re.split(r"[.,]", text)
    return len(delar[1]) if len(delar) == 2 else 0


def skriv_exakt(tal: Fraction) -> str:
    """A number that has a finite decimal form, as Swedish writes it: "79,5". Others are a caller bug."""
    decimaler = next(d for d in range(LANGSTA_TAL) if (tal * 10**d).denominator == 1)
    return f"{float(tal):.{decimaler}f}".replace(".", ",")
