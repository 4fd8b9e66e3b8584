"""How many answers a signal needs before chance alone is no likely reason for it.

With the share that is shown now, the fewest answers at which its interval no longer holds any limit. For a share that
is Wilson's interval turned round: it holds the limit g exactly when (p − g)² ≤ z² g (1 − g) / n.
Source: Wilson (1927), as in `indikatorer.interval`; for a difference, Newcombe (1998) with the proportions of today.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Final

from indikatorer.gransvarde import Grans
from indikatorer.interval import Z, newcombe
from indikatorer.resultat import Resultat
from indikatorer.utfall import omfattar_grans

# More than any förbund can have; then the answer is that no number of answers would do.
FLEST: Final = 1_000_000
# Wilson's formula meets the limit at a rounding error from where it should.
_NARA: Final = 1e-9


@dataclass(frozen=True)
class Behov:
    """How many answered, and how many would be needed; behovs None when no number would do."""

    har: int
    behovs: int | None

    def racker(self) -> bool:
        """Whether the signal can be trusted as it is."""
        return self.behovs is not None and self.har >= self.behovs


def behov(r: Resultat) -> Behov | None:
    """What a result needs; None when it has no interval, or no limit to be uncertain about."""
    granser = [g for g in (r.gron, r.gul) if g is not None]
    if r.intervall is None or r.varde is None or not granser:
        return None
    if r.delar is not None:
        tal = [(d.taljare, d.namnare) for d in r.delar.values()]
        return Behov(sum(n for _, n in tal), _for_skillnad(tal[0], tal[1], granser))
    if not isinstance(r.namnare, int):
        return None
    return Behov(r.namnare, svar_for_andel(r.varde, granser))


def svar_for_andel(varde: Fraction, granser: Iterable[Grans]) -> int | None:
    """The fewest answers at which the interval of a share holds none of the limits; None when none are enough."""
    p, flest = float(varde / 100), 1
    for grans in (g for gr in granser for g in (gr.lag, gr.hog) if g is not None):
        g = float(grans / 100)
        if abs(p - g) < _NARA:
            return None
        flest = max(flest, floor(Z * Z * g * (1 - g) / (p - g) ** 2 + _NARA) + 1)
    return flest if flest <= FLEST else None


def _for_skillnad(forsta: tuple[int, int], andra: tuple[int, int], granser: list[Grans]) -> int | None:
    """The fewest in all, with as large a part women and men as now, and the same shares."""
    alla = forsta[1] + andra[1]
    lag, hog = 1, FLEST
    if _osaker(forsta, andra, granser, hog / alla):
        return None
    while lag < hog:
        mitt = (lag + hog) // 2
        if _osaker(forsta, andra, granser, mitt / alla):
            lag = mitt + 1
        else:
            hog = mitt
    return lag


def _osaker(forsta: tuple[int, int], andra: tuple[int, int], granser: list[Grans], ganger: float) -> bool:
    # Newcombe's interval asks only for shares and sizes, which need not be whole.
    storre = [(t * ganger, n * ganger) for t, n in (forsta, andra)]
    lag, hog = newcombe(storre[0], storre[1])  # type: ignore[arg-type]
    return bool(omfattar_grans((lag, hog), *granser) or omfattar_grans((-hog, -lag), *granser))
