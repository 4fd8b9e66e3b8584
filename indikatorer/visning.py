"""How an exact figure is written for a reader. The only place that rounds.

CONTRACT section 3: half away from zero, U+00A0 before the unit, U+2212 for minus, no plus; decimals are added until the
figure does not contradict the signal.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indikatorer.gransvarde import Grans, Granstyp
from indikatorer.utfall import nar_andelar

DOLD: Final = ".."
SAKNAS: Final = "-"
_TALORD: Final = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


def avrunda(varde: Fraction, decimaler: int = 0) -> Fraction:
    """The nearest number with so many decimals; a half goes away from zero (Python's round goes to even)."""
    return Fraction(_enheter(varde, decimaler), 10**decimaler)


def skriv_tal(varde: Fraction | int, decimaler: int) -> str:
    """A number as it is, with so many decimals: "78", "−0,8", "1 437"."""
    return _skriv(_enheter(varde, decimaler), decimaler)


def visa(varde: Fraction, enhet: str, decimaler: int, *granser: Grans | None) -> str:
    """A value with its unit, with the fewest decimals, from `decimaler` up, that keep it on its side of every limit."""
    satta = [g for g in granser if g is not None]
    sidor = [_nadd(g, varde.numerator, varde.denominator) for g in satta]
    for antal in range(decimaler, decimaler + 12):
        enheter = _enheter(varde, antal)
        if [_nadd(g, enheter, 10**antal) for g in satta] == sidor:
            break
    text = _skriv(enheter, antal)
    if not enhet:
        return text
    if enhet == "procentenheter" and text.lstrip("\u2212") == "1":
        enhet = "procentenhet"
    return f"{text}\u00a0{enhet}"


def visa_andelar(
    taljare: NDArray[np.int64], namnare: NDArray[np.int64], granser: Iterable[Grans | None]
) -> list[str | None]:
    """Many shares at once, as `visa` writes each in whole percent; None where it takes decimals, or namnare is 0."""
    procent = (200 * taljare + namnare) // np.maximum(2 * namnare, 1)
    hundra = np.full_like(procent, 100)
    racker = namnare > 0
    for grans in granser:
        if grans is not None:
            racker &= nar_andelar(taljare, namnare, grans) == nar_andelar(procent, hundra, grans)
    return [f"{p}\u00a0%" if hela else None for p, hela in zip(procent.tolist(), racker.tolist(), strict=True)]


def _enheter(varde: Fraction | int, decimaler: int) -> int:
    """The rounded value in units of its last decimal; whole numbers only, since this runs for every figure shown."""
    taljare, namnare = varde.numerator, varde.denominator
    heltal: int = (abs(taljare) * 10**decimaler * 2 + namnare) // (2 * namnare)
    return heltal if taljare >= 0 else -heltal


def _skriv(enheter: int, decimaler: int) -> str:
    hela, rest = divmod(abs(enheter), 10**decimaler)
    text = f"{hela:,}".replace(",", "\u00a0")
    if decimaler:
        text += f",{rest:0{decimaler}d}"
    return f"\u2212{text}" if enheter < 0 else text


def _nadd(grans: Grans, taljare: int, namnare: int) -> bool:
    """A limit on a difference is on its size, whichever gender is ahead."""
    return grans.nadd_kvot(abs(taljare) if grans.typ is Granstyp.HOGST_ENHETER else taljare, namnare)


def talord(antal: int) -> str:
    """A small whole number in words; digits above twelve."""
    return _TALORD[antal] if antal < len(_TALORD) else str(antal)
