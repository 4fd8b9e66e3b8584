"""95 % intervals for shares and for differences between shares.

Source: Wilson (1927), score interval without continuity correction; Newcombe (1998), method 10, for a difference
between two independent shares. Both are recommended for small groups by Brown, Cai and DasGupta (2001).
"""

from __future__ import annotations

from math import sqrt
from typing import Final

# The 97.5th percentile of the normal distribution, as CONTRACT section 3 writes it.
Z: Final = 1.959964


def wilson(taljare: int, namnare: int) -> tuple[float, float]:
    """The interval of the share taljare / namnare, in percent. namnare must be above 0."""
    andel = taljare / namnare
    z2 = Z * Z
    mitt = andel + z2 / (2 * namnare)
    halv = Z * sqrt(andel * (1 - andel) / namnare + z2 / (4 * namnare * namnare))
    skala = 1 + z2 / namnare
    # At 0 and 100 % the bound is exact; the formula misses it by a rounding error.
    lag = 0.0 if taljare == 0 else (mitt - halv) / skala
    hog = 1.0 if taljare == namnare else (mitt + halv) / skala
    return 100 * lag, 100 * hog


def newcombe(forsta: tuple[int, int], andra: tuple[int, int]) -> tuple[float, float]:
    """The interval of first share − second share, in percentage points. Each is (taljare, namnare), namnare above 0."""
    p1, p2 = 100 * forsta[0] / forsta[1], 100 * andra[0] / andra[1]
    lag1, hog1 = wilson(*forsta)
    lag2, hog2 = wilson(*andra)
    skillnad = p1 - p2
    return (
        skillnad - sqrt((p1 - lag1) ** 2 + (hog2 - p2) ** 2),
        skillnad + sqrt((hog1 - p1) ** 2 + (p2 - lag2) ** 2),
    )
