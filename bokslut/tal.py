"""Numbers as Swedish readers write them. Rounding is the engine's alone; this room only chooses the form."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from bokslut.fras import Fras, fogad, fras
from indikatorer.visning import avrunda, skriv_tal, visa

HART_BLANK: Final = "\u00a0"


def visat(text: str) -> Fras:
    """A figure or a limit as the engine writes it, which other languages write in their way."""
    return Fras(text, lambda s: s.siffertext(text))


def antal(tal: int) -> Fras:
    """A count: 1437 is "1 437"."""
    return visat(skriv_tal(tal, 0))


def heltal(varde: Fraction | float) -> int:
    """Rounded to a whole number, half away from zero."""
    return int(avrunda(Fraction(varde)))


def procent(varde: Fraction | float) -> Fras:
    """A percent, whole: "31 %"."""
    return visat(visa(Fraction(varde), "%", 0))


def procentenheter(varde: Fraction | float) -> Fras:
    """A distance in whole percentage points: "6 procentenheter"."""
    return visat(visa(Fraction(varde), "procentenheter", 0))


def intervall(par: tuple[float, float], enhet: str = "%") -> Fras:
    """An interval in whole numbers: "68–86 %"; with "till" where a bound is below zero."""
    lag, hog = heltal(par[0]), heltal(par[1])
    streck = "–" if lag >= 0 else f"{HART_BLANK}till{HART_BLANK}"
    return visat(f"{antal(lag)}{streck}{antal(hog)}{HART_BLANK}{enhet}")


def decimal(varde: Fraction | float | int | None) -> str:
    """A number for a Swedish spreadsheet: decimal comma, no separator of thousands, six decimals; empty for None."""
    if varde is None:
        return ""
    return f"{float(varde):.6f}".rstrip("0").rstrip(".").replace(".", ",")


def rakna_upp(ord_: Sequence[str]) -> str:
    """A list in words: "a, b och c"."""
    if len(ord_) < 2:
        return ord_[0] if ord_ else ""
    return fras("{forst} och {sist}", forst=fogad(*ord_[:-1], skilje=", "), sist=ord_[-1])
