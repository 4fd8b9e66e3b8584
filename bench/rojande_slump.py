"""200 random table sets with planted small cells: what can be found of them, and how many cells are hidden.

The exact optimum counts cells: every cell costs the same, and the search goes on until the cheapest choice is safe.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any, Final

from bench.matning import tid
from bench.slumptabeller import Skyddat, skydda, slumpa
from indikatorer.skydd.angripare import Angripare
from indikatorer.skydd.doljning import billigast

ANTAL: Final = 200
# Enheter and outcomes, at most: with more of them the exact optimum takes more than a minute.
STORLEK: Final = (2, 1)
SEKUNDER: Final = 60


def kor(antal: int = ANTAL) -> dict[str, Any]:
    """The counts of all table sets, the hidden cells of each that could be solved, and seconds."""
    satser: list[Skyddat] = []
    valja = tid(lambda: satser.extend(skydda(slumpa(fro, *STORLEK)) for fro in range(antal)))
    minst: list[int | None] = []
    losa = tid(lambda: minst.extend(map(farst, satser)))
    par = [(len(s.dolda), m) for s, m in zip(satser, minst, strict=True) if m is not None]
    return {
        "satser": len(satser),
        "skyddade": sum(len(s.publicerat.skyddade) for s in satser),
        "atkomliga": sum(map(_atkomliga, satser)),
        "losta": len(par),
        "dolda": sum(dolda for dolda, _ in par),
        "minst": sum(m for _, m in par),
        "samst": max(dolda / m for dolda, m in par if m),
        "valja": valja,
        "losa": losa,
    }


def farst(s: Skyddat) -> int | None:
    """The fewest cells that must be hidden; None where that is not known within the time."""
    lika = replace(s.publicerat, uppgifter=tuple(replace(u, vikt=1) for u in s.publicerat.uppgifter))
    slut = time.monotonic() + SEKUNDER
    val = billigast(lika, Angripare(lika), lambda: time.monotonic() > slut)
    return None if val is None else len(val.dolda)


def _atkomliga(s: Skyddat) -> int:
    """Protected counts that can be found. Where whole numbers do not show that all are safe, a new attacker looks."""
    if s.bevisat:
        return 0
    dolda = {nr for nr, u in enumerate(s.publicerat.uppgifter) if u.nyckel[1:] in s.dolda}
    return len({b.skyddat for b in Angripare(s.publicerat).granska(dolda)})
