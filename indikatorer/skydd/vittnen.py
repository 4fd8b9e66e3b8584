"""Världar that fit all that is told, as witnesses: each is held against it in whole numbers, however it was found."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from indikatorer.skydd.publicerat import Publicerat, Skillnadssignal
from indikatorer.visning import avrunda

Tal = NDArray[np.int64]


class Vittnen:
    """What världar say of the protected counts of one källa, while some uppgifter are hidden."""

    def __init__(self, p: Publicerat) -> None:
        self.p = p
        self._olikheter = np.zeros((len(p.olikheter), p.atomer.tal.shape[1]), dtype=np.int64)
        for rad, olikhet in zip(self._olikheter, p.olikheter, strict=True):
            for koefficient, tal in olikhet.termer:
                rad += koefficient * p.atomer.tal[tal]
        self._lag = np.array([o.lag for o in p.olikheter], dtype=np.int64)
        self._hog = np.array([o.hog for o in p.olikheter], dtype=np.int64)
        self._syns = np.zeros(len(p.varden), dtype=np.bool_)
        # Every värld found: the persons in each smallest group, and what the counts are then.
        self._personer: Tal = np.zeros((0, p.atomer.tal.shape[1]), dtype=np.int64)
        self._varldar: Tal = np.zeros((0, len(p.varden)), dtype=np.int64)
        self._passar: NDArray[np.bool_] | None = None

    def dolj(self, dolda: Collection[int]) -> None:
        """From now on these uppgifter are hidden, and all others told."""
        self._syns = self.p.synliga(dolda)
        self._passar = None

    def behall(self, personer: Tal) -> bool:
        """Keep a värld, if it is one: whole, and fitting all that is told."""
        if not self._stammer(personer):
            return False
        passar = self._mojliga()
        self._personer = np.vstack([self._personer, personer])
        self._varldar = np.vstack([self._varldar, self.p.atomer.tal @ personer])
        self._passar = np.append(passar, True)
        return True

    def oprovade(self, nummer: int, hogsta: bool) -> list[int | None]:
        """Hidden counts with someone in them, that no värld found has together with this one low, or high, enough.

        None stands for an attacker who is in no hidden count.
        """
        varldar = self._varldar[self._racker(nummer, hogsta)]
        if not len(varldar):
            return [None]
        egna = self._egna()
        kvar: list[int | None] = egna[~(varldar[:, egna] >= 1).any(0)].tolist()
        return kvar

    def sakra(self) -> bool:
        """Whether every protected count is safe, from anybody, by the världar found."""
        return not any(self.oprovade(n, hogsta) for n in range(len(self.p.skyddade)) for hogsta in (True, False))

    def ett_urval(self) -> list[tuple[int, ...]]:
        """So few of the världar that they still show all that they show together, found greedily."""
        valda: list[int] = []
        egna = self._egna()
        for nummer in range(len(self.p.skyddade)):
            for hogsta in (True, False):
                valda += self._som_saknas(np.flatnonzero(self._racker(nummer, hogsta)), egna, valda)
        return [tuple(self._personer[i].tolist()) for i in valda]

    def _som_saknas(self, racker: Tal, egna: Tal, valda: Collection[int]) -> Iterator[int]:
        med = self._varldar[racker][:, egna] >= 1
        tackta = med[[i for i, nr in enumerate(racker.tolist()) if nr in valda]].any(0)
        behovs = not set(racker.tolist()) & set(valda)
        while len(racker) and (behovs or (med.any(0) & ~tackta).any()):
            bast = int((med & ~tackta).sum(1).argmax())
            tackta, behovs = tackta | med[bast], False
            yield int(racker[bast])

    def _racker(self, nummer: int, hogsta: bool) -> NDArray[np.bool_]:
        """Which världar fit what is told and have a protected count high, or low, enough."""
        skyddat = self.p.skyddade[nummer]
        varden = self._varldar[:, skyddat.tal]
        return self._mojliga() & (varden >= skyddat.hog if hogsta else varden <= skyddat.lag)

    def _mojliga(self) -> NDArray[np.bool_]:
        if self._passar is None:
            self._passar = (self._varldar[:, self._syns] == self.p.varden[self._syns]).all(1)
        return self._passar

    def _egna(self) -> Tal:
        """The hidden counts with someone in them: someone who may be the attacker."""
        return np.flatnonzero(~self._syns & (self.p.varden > 0))

    def _stammer(self, personer: Tal) -> bool:
        tal = self.p.atomer.tal @ personer
        olikheter = self._olikheter @ personer
        return bool(
            (personer >= 0).all()
            and (tal[self._syns] == self.p.varden[self._syns]).all()
            and not (self.p.atomer.lika @ personer).any()
            and ((self._lag <= olikheter) & (olikheter <= self._hog)).all()
            and all(_stammer_skillnad(s, tal) for s in self.p.skillnader)
        )


def _stammer_skillnad(signal: Skillnadssignal, tal: Tal) -> bool:
    kt, kn, mt, mn = (int(tal[nr]) for nr in signal.tal)
    if not kn or not mn:
        return False
    delar = [Fraction(100 * kt, kn), Fraction(100 * mt, mn)]
    kvinnor, man = map(avrunda, delar) if signal.avrundade else delar
    storlek = abs(kvinnor - man)
    return all(g.nadd(storlek) for g in signal.inom) and not any(g.nadd(storlek) for g in signal.over)
