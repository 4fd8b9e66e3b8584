"""All that is told of one källa, as a reader who wants to find a person would write it down.

A `Publicerat` is made from true counts, and holds them; it never leaves the engine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indikatorer.counts import KodadTabell, Uttryck
from indikatorer.gransvarde import Grans, Granstyp
from indikatorer.resultat import Signal
from indikatorer.skydd.atomer import Atomer, Summa, dela
from indikatorer.skydd.intyg import Nyckel

INGEN_GRANS: Final = 1 << 40


@dataclass(frozen=True, slots=True)
class Uppgift:
    """What is shown or hidden as one. tal: the counts it tells. vikt: how much a reader loses when it is hidden.

    maste: the rules hide it. med: what must be hidden when this is (a result takes its splits with it).
    """

    nyckel: Nyckel
    tal: tuple[int, ...]
    vikt: int
    maste: bool
    med: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Skyddat:
    """A count that nobody may find: what a reader knows must let it be `lag` or less, and `hog` or more.

    om: what it is about. vad: "antal", "rest", "ovriga" (those of the base who are not counted) or "kvar" (those who
    stayed from last year: what its bokslut hides of them).
    """

    tal: int
    lag: int
    hog: int
    om: Nyckel
    vad: str


@dataclass(frozen=True, slots=True)
class Olikhet:
    """What is told without a figure, by a signal or in words: the sum of koefficient times tal lies in lag to hog."""

    termer: tuple[tuple[int, int], ...]
    lag: int
    hog: int


@dataclass(frozen=True, slots=True)
class Skillnadssignal:
    """What the signal of a skillnad says of four counts: women's and men's taljare and namnare.

    inom: the limits that the size of the difference keeps within; over: those that it exceeds.
    """

    tal: tuple[int, int, int, int]
    inom: tuple[Grans, ...]
    over: tuple[Grans, ...]
    avrundade: bool


@dataclass(frozen=True, slots=True)
class Publicerat:
    """Counts by number: the rows of atomer.tal, with their true varden.

    alltid: counts that are told whatever is hidden here. summor: counts of which the first is the sum of the others.
    """

    atomer: Atomer
    varden: NDArray[np.int64]
    uppgifter: tuple[Uppgift, ...]
    alltid: frozenset[int]
    skyddade: tuple[Skyddat, ...]
    olikheter: tuple[Olikhet, ...]
    skillnader: tuple[Skillnadssignal, ...]
    summor: tuple[tuple[int, ...], ...]

    def synliga(self, dolda: Collection[int]) -> NDArray[np.bool_]:
        """Which counts are told when these uppgifter are hidden."""
        syns = np.zeros(len(self.varden), dtype=np.bool_)
        syns[list(self.alltid)] = True
        for nummer, uppgift in enumerate(self.uppgifter):
            if nummer not in dolda:
                syns[list(uppgift.tal)] = True
        return syns


class Samlare:
    """Collects what is told of a källa, each count once however often it is told."""

    def __init__(self, minsta: int) -> None:
        self.minsta = minsta
        self.alltid: set[int] = set()
        self._summor: dict[Summa, int] = {}
        self._varden: list[int] = []
        self._uppgifter: dict[Nyckel, Uppgift] = {}
        self._skyddade: dict[int, Skyddat] = {}
        self._olikheter: list[Olikhet] = []
        self._skillnader: list[Skillnadssignal] = []
        self._likheter: list[tuple[int, ...]] = []

    def tal(self, varde: int, plus: Uttryck, *minus: Uttryck) -> int:
        """The number of a count; `minus` are taken from it."""
        summa: Summa = ((1, _ordnat(plus)), *((-1, _ordnat(u)) for u in minus))
        if summa not in self._summor:
            self._summor[summa] = len(self._varden)
            self._varden.append(varde)
        return self._summor[summa]

    def uppgift(self, nyckel: Nyckel, tal: Iterable[int], vikt: int, maste: bool, med: Iterable[Nyckel] = ()) -> None:
        """Something that is shown or hidden as one."""
        platser = {n: nr for nr, n in enumerate(self._uppgifter)}
        uppgift = Uppgift(nyckel, tuple(dict.fromkeys(tal)), vikt, maste, tuple(platser[n] for n in med))
        self._uppgifter[nyckel] = uppgift

    def skydda(self, tal: int, om: Nyckel, vad: str, sagt: bool = False) -> None:
        """Nobody may find this count. sagt: it is said that they are fewer than the smallest group, and no more."""
        hog = self.minsta - 1 if sagt else self.minsta
        tidigare = self._skyddade.get(tal)
        if tidigare is None or tidigare.hog > hog:
            self._skyddade[tal] = Skyddat(tal, 1, hog, om, vad)

    def skydda_mellan(self, tal: int, lag: int, hog: int, om: Nyckel, vad: str) -> None:
        """Nobody may find that this count is more than `lag`, nor that it is less than `hog`."""
        tidigare = self._skyddade.get(tal)
        if tidigare is not None:
            lag, hog, om, vad = min(lag, tidigare.lag), max(hog, tidigare.hog), tidigare.om, tidigare.vad
        self._skyddade[tal] = Skyddat(tal, lag, hog, om, vad)

    def mellan(self, tal: int, lag: int, hog: int = INGEN_GRANS) -> None:
        """That a count lies between two bounds is told."""
        self._olikheter.append(Olikhet(((1, tal),), lag, hog))

    def kvot(self, taljare: int, namnare: int | None, grans: Grans) -> None:
        """On which side of each bound of a limit a share, or a count, lies is told by its signal."""
        bas = 1 if namnare is None else self._varden[namnare]
        for olikhet in _sidor(taljare, namnare, self._varden[taljare], bas, grans):
            self._olikheter.append(olikhet)

    def skillnad(self, tal: tuple[int, int, int, int], signal: Signal, granser: Sequence[Grans], avr: bool) -> None:
        """What the signal of a skillnad tells. granser: green, and yellow if there is one."""
        natt = {Signal.GRON: 0, Signal.GUL: 1, Signal.ROD: 2}[signal]
        self._skillnader.append(Skillnadssignal(tal, tuple(granser[natt : natt + 1]), tuple(granser[:natt]), avr))

    def skiljer(self, kolumn: str, koder: frozenset[int]) -> bool:
        """Whether something told is about some of these values and not the others."""
        klausuler = (kl for summa in self._summor for _, uttryck in summa for kl in uttryck)
        delar = (egna & koder for kl in klausuler for namn, egna in kl if namn == kolumn)
        return any(del_ and del_ != koder for del_ in delar)

    def summa(self, tal: Sequence[int]) -> None:
        """That the first count is the sum of the others follows from what they count; saying so saves time."""
        self._likheter.append(tuple(tal))

    def klar(self, tabell: KodadTabell | None, bakgrund: Iterable[str], omojliga: Sequence[Uttryck]) -> Publicerat:
        """Everything collected. tabell: whose columns are counted; None when there are none but those made here."""
        storlekar = {} if tabell is None else {k: len(v.etiketter) for k, v in tabell.kolumner.items()}
        egna = {k: max(koder, default=0) + 1 for s in self._summor for _, u in s for kl in u for k, koder in kl}
        atomer = dela(list(self._summor), bakgrund, egna | storlekar, [_ordnat(u) for u in omojliga])
        # What nobody can be, as an outcome that no row has, everyone knows to be none.
        self.alltid |= set(np.flatnonzero(~atomer.tal.any(1)).tolist())
        return Publicerat(
            atomer,
            np.array(self._varden, dtype=np.int64),
            tuple(self._uppgifter.values()),
            frozenset(self.alltid),
            tuple(sorted(self._skyddade.values(), key=lambda s: s.tal)),
            tuple(dict.fromkeys(self._olikheter)),
            tuple(self._skillnader),
            tuple(self._likheter),
        )


def _ordnat(uttryck: Uttryck) -> Uttryck:
    """The same condition, however it was put together."""
    return tuple(sorted(set(uttryck), key=lambda kl: [(k, sorted(koder)) for k, koder in kl]))


def _sidor(taljare: int, namnare: int | None, t: int, n: int, grans: Grans) -> Iterable[Olikhet]:
    """Of shares, bounds are in percent; of counts (namnare None) in numbers."""
    if grans.typ is Granstyp.SAMTLIGA:
        if namnare is not None:
            yield Olikhet(((1, namnare), (-1, taljare)), *((0, 0) if t == n else (1, INGEN_GRANS)))
        return
    faktor = 1 if namnare is None else 100
    for tal, riktning in ((grans.lag, 1), (grans.hog, -1)):
        if tal is None:
            continue
        a, c = riktning * faktor * tal.denominator, riktning * tal.numerator
        termer = ((a, taljare),) if namnare is None else ((a, taljare), (-c, namnare))
        konstant = c if namnare is None else 0
        nadd = a * t - c * n >= 0
        yield Olikhet(termer, *((konstant, INGEN_GRANS) if nadd else (-INGEN_GRANS, konstant - 1)))
