"""Disclosure control of single results: what CONTRACT section 4 hides before anything is shown.

Primary protection only: each result and each split on its own, with what can be had from it by subtraction.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from indikatorer.beskrivning import Kalla
from indikatorer.resultat import Orsak
from indikatorer.utfall import Delning, Utfall
from indikatorer.visning import DOLD, talord

# From this response on, "everyone said no" says what each one said.
NASTAN_ALLA: Final = Fraction(9, 10)


@dataclass(frozen=True, slots=True)
class Skydd:
    """What decides the protection of one indicator's results in one källa.

    minsta: the smallest group, 0 for none. kanslig: whether the question is sensitive, or the rule nolltolerans.
    svarsandel: share of those asked, or of the population, that answered; None when neither is known.
    """

    minsta: int
    kalla: Kalla
    kanslig: bool
    svarsandel: Fraction | None

    def galler(self) -> bool:
        """Whether there is anyone to protect."""
        return self.minsta > 1 and self.kalla.skydd == "personer"

    def orsak(self, utfall: Utfall) -> Orsak | None:
        """Why the figures of a result must be hidden; None when they may be shown."""
        if not self.galler() or (utfall.varde is None and utfall.text is None):
            return None
        if self.kalla.typ == "enkat" and any(map(self.liten, _baser(utfall))):
            return Orsak.FOR_FA_SVAR
        hemlig = self.liten(utfall.rest) or any(self._avslojar(*par) for par in _par(utfall))
        return Orsak.SKYDDAD if hemlig else None

    def doljer_delning(self, utfall: Utfall, delning: Delning) -> bool:
        """Whether a split would show, or let one subtract, a group that is too small."""
        if not self.galler():
            return False
        delar = list(zip(delning.taljare.tolist(), delning.namnare.tolist(), strict=True))
        rest = (
            int(utfall.taljare or 0) - sum(taljare for taljare, _ in delar),
            int(utfall.namnare or 0) - sum(namnare for _, namnare in delar),
        )
        return (
            any(namnare < self.minsta for _, namnare in delar)
            or self.liten(rest[1])
            # What the whole leaves when the parts are taken away is a group too.
            or any(self._avslojar(*par) for par in (*delar, rest) if par[1])
        )

    def visat(self, utfall: Utfall, orsak: Orsak, nolltolerans: bool) -> str:
        """What stands in the place of a hidden figure."""
        if orsak is Orsak.SKYDDAD and nolltolerans and any(self.liten(n - t) for t, n in _par(utfall)):
            return f"färre än {talord(self.minsta)}"
        return DOLD

    def liten(self, antal: int) -> bool:
        """Whether so many persons are too few to show, and more than none."""
        return 0 < antal < self.minsta

    def _avslojar(self, taljare: int, namnare: int) -> bool:
        """Whether the counts of one group tell too much about a few in it."""
        fa = self.liten(taljare) or self.liten(namnare - taljare)
        if self.kalla.typ == "register":
            return fa or self.liten(namnare)
        if not self.kanslig:
            return False
        alla_lika = taljare in (0, namnare) and self.svarsandel is not None and self.svarsandel >= NASTAN_ALLA
        return fa or alla_lika


def _par(utfall: Utfall) -> list[tuple[int, int]]:
    """(taljare, namnare) of every group that the result is about."""
    if utfall.delar is not None:
        return [(d.taljare, d.namnare) for d in utfall.delar.values()]
    if utfall.namnare is not None:
        return [(int(utfall.taljare or 0), int(utfall.namnare))]
    # A count is its own base; a single answer (nulage) is one.
    antal = 1 if utfall.text is not None else int(utfall.taljare or 0)
    return [(antal, antal)]


def _baser(utfall: Utfall) -> list[int]:
    return [namnare for _, namnare in _par(utfall)]
