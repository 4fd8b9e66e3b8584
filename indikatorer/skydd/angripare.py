"""The attacker: one who knows everything that is told, and that people come in whole numbers, looks for a hidden count.

A *värld* is a number of persons in each of the smallest groups that fits all that is told. To a reader every världen
is as possible as the true one, so a count is safe when one has it low enough and one has it high enough. Each värld
that counts as proof is held against everything told in exact whole numbers: what the solver says is not taken on
trust (`vittnen`). Where it finds none, the rows with a price say what gave the count away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indikatorer.skydd.losare import OANDLIG, Losare, Svar
from indikatorer.skydd.publicerat import INGEN_GRANS, Publicerat, Skillnadssignal
from indikatorer.skydd.vittnen import Tal, Vittnen

_NARA: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Brist:
    """A protected count that a reader can know too well.

    skyddat: which. hogsta: whether it cannot be as high as it must, else not as low. grans: the most, or least, that it
    can be; None when nothing fits. av: the counts told that it follows from. egen: a hidden count that the reader is
    one of, when that is needed.
    """

    skyddat: int
    hogsta: bool
    grans: int | None
    av: tuple[int, ...]
    egen: int | None


class Angripare(Vittnen):
    """Plays the attacker against what is told of one källa."""

    def __init__(self, p: Publicerat) -> None:
        super().__init__(p)
        self._matris = np.concatenate([p.atomer.tal, p.atomer.lika, self._olikheter])
        self._lp = Losare(self._matris, *self._granser(), self._tak())
        self._mjuk, self._saknas = self._lp, np.zeros(0, dtype=np.int64)

    def granska(self, dolda: Collection[int]) -> list[Brist]:
        """Every way in which a protected count is not safe when these uppgifter are hidden."""
        self.borja(dolda)
        return [brist for nummer in range(len(self.p.skyddade)) for brist in self.brister(nummer)]

    def borja(self, dolda: Collection[int]) -> None:
        """From now on these uppgifter are hidden, and all others told."""
        self.dolj(dolda)
        self._mjuk, self._saknas = self._med_brist()

    def dolj(self, dolda: Collection[int]) -> None:
        """The same, when a few more are hidden than just now."""
        syns = self.p.synliga(dolda)
        for tal in np.flatnonzero(syns != self._syns).tolist():
            varde = float(self.p.varden[tal])
            bunden = (varde, varde) if syns[tal] else (-OANDLIG, OANDLIG)
            for losare in (self._lp, self._mjuk):
                losare.satt_rad(tal, *bunden)
        super().dolj(dolda)

    def brister(self, nummer: int) -> Iterator[Brist]:
        """What is wrong with one protected count: found by anybody, or by one of those counted, who knows it."""
        for hogsta in (True, False):
            if not self.oprovade(nummer, hogsta):
                continue
            if not self._sok_bred(nummer, hogsta) and (brist := self._sok(nummer, hogsta, None)) is not None:
                yield brist
                continue
            while oprovade := self.oprovade(nummer, hogsta):
                brist = self._sok(nummer, hogsta, oprovade[0])
                if brist is not None:
                    yield brist
                    break

    def _granser(self) -> tuple[Tal, Tal]:
        """The bounds of all rows, with what is told now."""
        lika = np.zeros(len(self.p.atomer.lika), dtype=np.int64)
        synliga = self._syns
        lag = np.where(synliga, self.p.varden, -INGEN_GRANS)
        hog = np.where(synliga, self.p.varden, INGEN_GRANS)
        return np.concatenate([lag, lika, self._lag]), np.concatenate([hog, lika, self._hog])

    def _med_brist(self) -> tuple[Losare, Tal]:
        """The same, with a variable for each hidden count with someone in it: whether it is empty. And its price."""
        egna = np.flatnonzero(~self._syns & (self.p.varden > 0))
        bredd = self._matris.shape[1]
        matris = np.zeros((len(self._matris) + len(egna), bredd + len(egna)), dtype=np.int64)
        matris[: len(self._matris), :bredd] = self._matris
        matris[len(self._matris) :, :bredd] = self.p.atomer.tal[egna]
        matris[len(self._matris) :, bredd:] = np.eye(len(egna), dtype=np.int64)
        lag, hog = self._granser()
        minst, utan = np.ones(len(egna), dtype=np.int64), np.full(len(egna), INGEN_GRANS)
        losare = Losare(matris, np.concatenate([lag, minst]), np.concatenate([hog, utan]), self._tak())
        return losare, np.repeat([0, 1], [bredd, len(egna)])

    def _tak(self) -> float:
        """More than anybody could believe of one group, so that nothing is without end."""
        return float(10 * (int(self.p.varden.max(initial=0)) + 100))

    def _sok_bred(self, nummer: int, hogsta: bool) -> bool:
        """Look for a värld that does for as many attackers as can be: one with someone in most hidden counts."""
        skyddat = self.p.skyddade[nummer]
        bunden = (skyddat.hog, OANDLIG) if hogsta else (-OANDLIG, skyddat.lag)
        self._mjuk.satt_rad(skyddat.tal, *bunden)
        svar = self._mjuk.minsta(self._saknas)
        self._mjuk.satt_rad(skyddat.tal, -OANDLIG, OANDLIG)
        return svar is not None and self._behall(svar.x[: self._matris.shape[1]])

    def _sok(self, nummer: int, hogsta: bool, egen: int | None) -> Brist | None:
        """Look for a värld where the count is low, or high, enough; None when there is one, and then it is kept."""
        skyddat = self.p.skyddade[nummer]
        if egen is not None:
            self._lp.satt_rad(egen, 1, OANDLIG)
        svar = self._lp.minsta(self.p.atomer.tal[skyddat.tal] * (-1 if hogsta else 1))
        if egen is not None:
            self._lp.satt_rad(egen, -OANDLIG, OANDLIG)
        if svar is None:
            return Brist(nummer, hogsta, None, (), egen)
        grans = floor(-svar.varde + _NARA) if hogsta else ceil(svar.varde - _NARA)
        if (grans < skyddat.hog) if hogsta else (grans > skyddat.lag):
            return Brist(nummer, hogsta, grans, self._foljer_av(svar), egen)
        if self._behall(svar.x) or self._sok_hel(skyddat.tal, hogsta, nummer, egen):
            return None
        return Brist(nummer, hogsta, None, (), egen)

    def _foljer_av(self, svar: Svar) -> tuple[int, ...]:
        priser = np.abs(svar.priser[: len(self.p.varden)])
        return tuple(np.flatnonzero(self._syns & (priser > _NARA)).tolist())

    def _behall(self, x: NDArray[np.float64]) -> bool:
        """Keep what the solver found, if it is a värld."""
        return self.behall(np.rint(x).astype(np.int64))

    def _sok_hel(self, tal: int, hogsta: bool, nummer: int, egen: int | None) -> bool:
        """Look in whole numbers, and then among världar where the bases of each skillnad are given."""
        skyddat = self.p.skyddade[nummer]
        lag, hog = (m.astype(np.float64) for m in self._granser())
        if egen is not None:
            lag[egen] = 1
        if hogsta:
            lag[tal] = skyddat.hog
        else:
            hog[tal] = skyddat.lag
        hel = Losare(self._matris, lag, hog, self._tak(), heltal=True)
        for mal in self._sorters_varldar():
            svar = hel.minsta(mal)
            if svar is None or self._behall(svar.x):
                return svar is not None
            laga = Losare(self._matris, lag, hog, self._tak(), heltal=True)
            self._krav_pa_skillnader(laga, np.rint(svar.x).astype(np.int64))
            svar = laga.minsta(np.zeros(self._matris.shape[1]))
            if svar is not None and self._behall(svar.x):
                return True
        return False

    def _sorters_varldar(self) -> Iterator[Tal]:
        """What to seek the least of: nothing; then, where a skillnad must be met, few who are neither, or not women."""
        yield np.zeros(self._matris.shape[1], dtype=np.int64)
        if self.p.skillnader:
            kvinnor, man = (self.p.atomer.tal[[s.tal[nr] for s in self.p.skillnader]].sum(0) for nr in (1, 3))
            yield from (-kvinnor - man, -kvinnor, -man)

    def _krav_pa_skillnader(self, losare: Losare, varld: Tal) -> None:
        """With the bases that they have in a värld, a signal of a skillnad is a sum of counts within bounds."""
        tal = self.p.atomer.tal @ varld
        for signal in self.p.skillnader:
            rader = self.p.atomer.tal[list(signal.tal)]
            kvinnor, man = int(tal[signal.tal[1]]), int(tal[signal.tal[3]])
            losare.lagg_till(rader[1], kvinnor, kvinnor)
            losare.lagg_till(rader[3], man, man)
            skillnad = man * rader[0] - kvinnor * rader[2]
            hogst, minst = _spann(signal)
            bas = Fraction(kvinnor * man, 100)
            if hogst is not None:
                losare.lagg_till(skillnad, ceil(-hogst * bas), floor(hogst * bas))
            if minst is not None:
                sant = self.p.varden[list(signal.tal)]
                tecken = 1 if sant[0] * sant[3] >= sant[2] * sant[1] else -1
                losare.lagg_till(tecken * skillnad, floor(minst * bas) + 1, OANDLIG)


def _spann(signal: Skillnadssignal) -> tuple[Fraction | None, Fraction | None]:
    """The most and the least that a difference can be. Of whole percents one more is left, as rounding may take it."""
    marginal = 1 if signal.avrundade else 0
    hogst = [max(g.hog - marginal, Fraction(0)) for g in signal.inom if g.hog is not None]
    minst = [g.hog + marginal for g in signal.over if g.hog is not None]
    return min(hogst, default=None), max(minst, default=None)
