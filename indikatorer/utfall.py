"""What a rule computes, before protection: exact counts and the judgement on them. Never shown as it is.

`rojande` decides what of an Utfall may be shown, and `evaluate` makes the Resultat.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indikatorer.gransvarde import Grans, Granstyp
from indikatorer.resultat import Del, Orsak, Signal, Tal

# Signals in arrays are indices into this.
SIGNALER: Final = (Signal.GRON, Signal.GUL, Signal.ROD, Signal.GRA)
GRON, GUL, ROD, GRA = range(4)


class Delning(NamedTuple):
    """A split by one column. etiketter: its values; taljare, namnare, signaler: one whole number per value."""

    dimension: str
    etiketter: tuple[str, ...]
    taljare: NDArray[np.int64]
    namnare: NDArray[np.int64]
    signaler: NDArray[np.int8] | None


@dataclass(frozen=True, slots=True)
class Utfall:
    """One unprotected result.

    varde: in `enhet` ("%", "procentenheter", or "" for a count), exact. rader: rows within urval, for the
    non-response. rest: of namnare, those of neither gender, where the result compares the genders. text: what is shown
    when the result is no number. signal None: the rule gives none (information). decimaler: the fewest to show.
    """

    grupp: str | None
    kalla: str | None
    fraga: str | None = None
    taljare: Tal | None = None
    namnare: Tal | None = None
    varde: Fraction | None = None
    enhet: str = "%"
    decimaler: int = 0
    text: str | None = None
    signal: Signal | None = Signal.GRA
    orsak: Orsak | None = None
    rader: int | None = None
    rest: int = 0
    intervall: tuple[float, float] | None = None
    osaker: bool | None = None
    delar: Mapping[str, Del] | None = None
    delningar: tuple[Delning, ...] = ()
    anmarkningar: tuple[str, ...] = ()


def doma(varde: Fraction, gron: Grans | None, gul: Grans | None) -> tuple[Signal, Orsak | None]:
    """The signal of a value: green, else yellow, else red; grey when no limit is decided."""
    if gron is None:
        return Signal.GRA, Orsak.INGET_MAL
    if gron.nadd(varde):
        return Signal.GRON, None
    return (Signal.GUL if gul is not None and gul.nadd(varde) else Signal.ROD), None


def doma_andelar(
    taljare: NDArray[np.int64], namnare: NDArray[np.int64], gron: Grans | None, gul: Grans | None
) -> NDArray[np.int8] | None:
    """The signals of many shares at once, compared as whole numbers; GRA where namnare is 0. None without a limit."""
    if gron is None:
        return None
    signaler = np.empty(taljare.shape, dtype=np.int8)
    signaler.fill(ROD)
    if gul is not None:
        signaler[nar_andelar(taljare, namnare, gul)] = GUL
    signaler[nar_andelar(taljare, namnare, gron)] = GRON
    if np.count_nonzero(namnare) < namnare.size:
        signaler[namnare == 0] = GRA
    return signaler


def nar_andelar(taljare: NDArray[np.int64], namnare: NDArray[np.int64], grans: Grans) -> NDArray[np.bool_]:
    """Which of many shares reach a limit on shares."""
    if grans.typ is Granstyp.SAMTLIGA:
        return np.equal(taljare, namnare)
    villkor = []
    if grans.lag is not None:
        villkor.append(taljare * (100 * grans.lag.denominator) >= namnare * grans.lag.numerator)
    if grans.hog is not None:
        villkor.append(taljare * (100 * grans.hog.denominator) <= namnare * grans.hog.numerator)
    return villkor[0] if len(villkor) == 1 else np.logical_and.reduce(villkor)


def omfattar_grans(intervall: tuple[float, float] | None, *granser: Grans | None) -> bool | None:
    """`osaker`: whether an interval holds any bound of the limits, ends included; None without an interval."""
    if intervall is None:
        return None
    tal = [t.numerator / t.denominator for g in granser if g is not None for t in (g.lag, g.hog) if t is not None]
    return any(intervall[0] <= t <= intervall[1] for t in tal)
