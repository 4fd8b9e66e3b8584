"""A choice of what to hide with what shows that it is safe: kept, so that the same need not be searched for again.

Nothing in it is taken on trust. Each värld is held against what is told today, in whole numbers, and together they must
show that every protected count is safe from everybody. A proof of other figures, or one that somebody has edited, shows
nothing, and then the choice is made anew. So a kept proof can hide more than needed, and never less.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indikatorer.skydd.intyg import Dold
from indikatorer.skydd.publicerat import Publicerat
from indikatorer.skydd.vittnen import Vittnen


@dataclass(frozen=True, slots=True)
class Bevis:
    """varldar: persons in each of the smallest groups. It lies with the underlag and is as secret."""

    dolda: tuple[Dold, ...]
    varldar: tuple[tuple[int, ...], ...]


def namn(ar: int, kalla: str) -> str:
    """What the proof of a källa is kept under."""
    return f"{ar}/{kalla}"


def bevisa(p: Publicerat, vittnen: Vittnen, dolda: tuple[Dold, ...]) -> Bevis | None:
    """The proof of a choice, from the världar that were found while it was made; None when they do not show it."""
    vittnen.dolj(_nummer(p, dolda) or ())
    bevis = Bevis(dolda, tuple(vittnen.ett_urval()))
    return bevis if haller(p, bevis) else None


def haller(p: Publicerat, bevis: Bevis) -> bool:
    """Whether the choice hides what the rules demand, and its världar show that all of it is safe."""
    nummer, bredd = _nummer(p, bevis.dolda), p.atomer.tal.shape[1]
    if nummer is None or any(len(varld) != bredd for varld in bevis.varldar):
        return False
    if any(u.maste and n not in nummer for n, u in enumerate(p.uppgifter)):
        return False
    if any(annan not in nummer for n in nummer for annan in p.uppgifter[n].med):
        return False
    vittnen = Vittnen(p)
    vittnen.dolj(nummer)
    return all(vittnen.behall(np.array(v, dtype=np.int64)) for v in bevis.varldar) and vittnen.sakra()


def _nummer(p: Publicerat, dolda: tuple[Dold, ...]) -> frozenset[int] | None:
    """The uppgifter that are hidden; None when one of them is not told of at all."""
    platser = {u.nyckel: n for n, u in enumerate(p.uppgifter)}
    if any(d.nyckel not in platser for d in dolda):
        return None
    return frozenset(platser[d.nyckel] for d in dolda)
