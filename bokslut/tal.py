"""Numbers as Swedish readers write them. Rounding is the engine's alone; this room only chooses the form."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from indikatorer.visning import avrunda, skriv_tal, visa

HART_BLANK: Final = "\u00a0"


def antal(tal: int) -> str:
    """A count: 1437 is "1 437"."""
    return skriv_tal(tal, 0)


def heltal(varde: Fraction | float) -> int:
    """Rounded to a whole number, half away from zero."""
    return int(avrunda(Fraction(varde)))


def procent(varde: Fraction | float) -> str:
    """A percent, whole: "31 %"."""
    return visa(Fraction(varde), "%", 0)


def procentenheter(varde: Fraction | float) -> str:
    """A distance in whole percentage points: "6 procentenheter"."""
    return visa(Fraction(varde), "procentenheter", 0)


def intervall(par: tuple[float, float], enhet: str = "%") -> str:
    """An interval in whole numbers: "68–86 %"; with "till" where a bound is below zero."""
    lag, hog = heltal(par[0]), heltal(par[1])
    streck = "–" if lag >= 0 else f"{HART_BLANK}till{HART_BLANK}"
    return f"{antal(lag)}{streck}{antal(hog)}{HART_BLANK}{enhet}"


def decimal(varde: Fraction | float | int | None) -> str:
    """A number for a Swedish spreadsheet: decimal comma, no separator of thousands, six decimals; empty for None."""
    if varde is None:
        return ""
    return f"{float(varde):.6f}".rstrip("0").rstrip(".").replace(".", ",")


def rakna_upp(ord_: list[str]) -> str:
    """A list in words: "a, b och c"."""
    return ord_[0] if len(ord_) == 1 else f"{', '.join(ord_[:-1])} och {ord_[-1]}" if ord_ else ""
