"""What more must be hidden, that nobody finds what the rules hide: the least loss that the attacker allows.

Known as the cell suppression problem. Each time the attacker finds a count too well, the counts it follows from make a
demand: one of them must be hidden too. The cheapest choice that meets all demands so far is tried, until the attacker
finds nothing. Every demand holds for any safe choice, so the one that is safe at last is also the cheapest there is.
Where that takes long, a safe choice that is nearly as cheap is taken, less what in it turns out not to be needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from indikatorer.skydd.angripare import Angripare, Brist
from indikatorer.skydd.intyg import Dold, Nyckel, Skal
from indikatorer.skydd.losare import OANDLIG, Losare
from indikatorer.skydd.publicerat import Publicerat

# Rounds that look for the cheapest only; then something so much dearer will do; and at last anything that is safe.
EXAKTA_VARV: Final = 4
NARA_NOG: Final = 1.03
FLEST_VARV: Final = 12


@dataclass(frozen=True, slots=True)
class Val:
    """What is hidden, and why. brister: what could not be protected whatever is hidden.

    kostar: what a reader loses, in hundredths of a cell. minst: what is proven to be lost whatever is chosen.
    """

    dolda: tuple[Dold, ...]
    brister: tuple[Brist, ...]
    kostar: int
    minst: int


@dataclass(frozen=True, slots=True)
class _Krav:
    """That the sum of variables times their coefficients is `minst` or more.

    om: what can be found otherwise, from the counts told in `av`; empty where it is about something else.
    bara_bast: whether a choice may be safe without, but then not the cheapest.
    """

    termer: Mapping[int, int]
    minst: int
    om: Nyckel = ()
    av: tuple[int, ...] = ()
    bara_bast: bool = False


def valj(p: Publicerat, angripare: Angripare) -> Val:
    """Choose what to hide."""
    urval = _Urval(p)
    for varv in range(FLEST_VARV):
        dolda = urval.billigast()
        forsok = urval.prova(angripare, dolda)
        if not forsok.brister:
            return urval.val(dolda, (), dolda)
        if forsok.hjalplosa:
            return urval.val(forsok.lagad, forsok.hjalplosa, dolda)
        if varv + 1 >= EXAKTA_VARV and urval.kostar(forsok.lagad) <= NARA_NOG * urval.kostar(dolda):
            break
    lagad = urval.rensa(angripare, urval.laga_helt(angripare, forsok.lagad))
    return urval.val(lagad, (), dolda)


def billigast(p: Publicerat, angripare: Angripare, ge_upp: Callable[[], bool]) -> Val | None:
    """The cheapest safe choice there is, however long it takes: what `valj` is measured against.

    ge_upp: asked between the rounds. None when it says so, or when something cannot be settled or protected.
    """
    urval = _Urval(p)
    while not ge_upp():
        dolda = urval.billigast()
        forsok = urval.prova(angripare, dolda)
        if not forsok.brister:
            return urval.val(dolda, (), dolda)
        if forsok.hjalplosa or any(b.grans is None for b in forsok.brister):
            return None
    return None


@dataclass(frozen=True, slots=True)
class _Forsok:
    """What the attacker found in a choice, and the choice with that mended. hjalplosa: what hiding does not help."""

    brister: tuple[Brist, ...]
    lagad: frozenset[int]
    hjalplosa: tuple[Brist, ...]


class _Urval:
    """The demands, and the cheapest uppgifter that meet them. A variable is 1 for what is hidden.

    Each uppgift has one, by its number; so has, after them, each count that several tell, hidden when all of them are.
    """

    def __init__(self, p: Publicerat) -> None:
        self.p = p
        self._i: dict[int, list[int]] = {}
        for nummer, uppgift in enumerate(p.uppgifter):
            for tal in uppgift.tal:
                self._i.setdefault(tal, []).append(nummer)
        self._flera = [tal for tal, i in self._i.items() if len(i) > 1 and tal not in p.alltid]
        self._variabel = {tal: i[0] for tal, i in self._i.items() if len(i) == 1 and tal not in p.alltid}
        self._variabel |= {tal: len(p.uppgifter) + nr for nr, tal in enumerate(self._flera)}
        self._krav = dict[tuple[frozenset[tuple[int, int]], int], _Krav]()
        for krav in (*self._regler(), *self._ur_summor()):
            self._lagg_till(krav)

    def billigast(self) -> frozenset[int]:
        """The cheapest that meets all demands."""
        antal = len(self.p.uppgifter)
        kostnad = np.zeros(antal + len(self._flera))
        kostnad[:antal] = [u.vikt for u in self.p.uppgifter]
        matris = np.zeros((len(self._krav), len(kostnad)))
        for rad, krav in zip(matris, self._krav.values(), strict=True):
            rad[list(krav.termer)] = list(krav.termer.values())
        minst = np.array([krav.minst for krav in self._krav.values()], dtype=np.float64)
        svar = Losare(matris, minst, np.full(len(minst), OANDLIG), 1, heltal=True).minsta(kostnad)
        assert svar is not None, "hiding everything meets every demand"
        return frozenset(np.flatnonzero(svar.x[:antal] > 0.5).tolist())

    def prova(self, angripare: Angripare, dolda: frozenset[int]) -> _Forsok:
        """Let the attacker try a choice. What it finds is mended at once, so that it goes on and finds more.

        Every fault it finds is a demand for the next choice.
        """
        angripare.borja(dolda)
        funna, hjalplosa = [], []
        for nummer in range(len(self.p.skyddade)):
            while (brist := next(angripare.brister(nummer), None)) is not None:
                funna.append(brist)
                krav = self._krav_av(brist, dolda)
                self._lagg_till(krav)
                if not krav.termer:
                    hjalplosa.append(brist)
                    break
                dolda |= self._uppgifter(min(krav.termer, key=lambda v: self._pris(v, dolda)))
                angripare.dolj(dolda)
        return _Forsok(tuple(funna), dolda, tuple(hjalplosa))

    def kostar(self, dolda: frozenset[int]) -> int:
        """What a reader loses by it."""
        return sum(self.p.uppgifter[n].vikt for n in dolda)

    def laga_helt(self, angripare: Angripare, dolda: frozenset[int]) -> frozenset[int]:
        """Whoever is in what was hidden last may know more than those before: mend until nothing is found."""
        while (forsok := self.prova(angripare, dolda)).brister:
            dolda = forsok.lagad
        return dolda

    def rensa(self, angripare: Angripare, dolda: frozenset[int]) -> frozenset[int]:
        """Show again what need not be hidden, the dearest first. What must stay so is a demand."""
        for nummer in sorted(dolda, key=lambda n: (-self.p.uppgifter[n].vikt, n)):
            utan = dolda - {nummer}
            if any(self._summa(krav, utan) < krav.minst for krav in self._krav.values() if not krav.bara_bast):
                continue
            angripare.dolj(utan)
            alla = range(len(self.p.skyddade))
            brist = next((b for n in alla for b in angripare.brister(n)), None)
            if brist is None:
                dolda = utan
            else:
                self._lagg_till(self._krav_av(brist, utan))
        return dolda

    def val(self, dolda: frozenset[int], brister: tuple[Brist, ...], billigast: frozenset[int]) -> Val:
        """A choice with its reasons. billigast: what meets all known demands, so that no safe choice costs less."""
        return Val(tuple(self._skal(dolda)), brister, self.kostar(dolda), self.kostar(billigast))

    def _skal(self, dolda: frozenset[int]) -> Iterator[Dold]:
        """Why each is hidden: by a rule, or for the first demand that is not met without it."""
        skyddade = {s.om for s in self.p.skyddade}
        # What would have told of those few is a better reason than what would have told of another hidden figure.
        i_ordning = sorted(self._krav.values(), key=lambda krav: krav.om not in skyddade)
        for nummer in sorted(dolda):
            nyckel = self.p.uppgifter[nummer].nyckel
            utan = dolda - {nummer}
            krav = next((k for k in i_ordning if self._summa(k, utan) < k.minst), None)
            if self.p.uppgifter[nummer].maste or krav is None:
                yield Dold(nyckel, Skal.REGEL)
            else:
                yield Dold(nyckel, Skal.SKYDDAR, krav.om, self._nycklar(krav.av, utan, nyckel))

    def _regler(self) -> Iterator[_Krav]:
        for tal in self._flera:
            yield from (_Krav({nummer: 1, self._variabel[tal]: -1}, 0) for nummer in self._i[tal])
        for nummer, uppgift in enumerate(self.p.uppgifter):
            if uppgift.maste:
                yield _Krav({nummer: 1}, 1)
            yield from (_Krav({annan: 1, nummer: -1}, 0) for annan in uppgift.med)

    def _ur_summor(self) -> Iterator[_Krav]:
        """What the attacker would soon find anyhow. What cannot be met is left for it to find."""
        nagra = set(np.flatnonzero(self.p.atomer.tal.any(1)).tolist())
        for alla in self.p.summor:
            summa = [tal for tal in alla if tal in nagra]
            rader = self.p.atomer.tal[summa]
            if len(set(summa)) == len(summa) > 1 and (rader[0] == rader[1:].sum(0)).all():
                yield from (krav for krav in self._ur_summa(summa) if sum(krav.termer.values()) >= krav.minst)

    def _ur_summa(self, summa: Sequence[int]) -> Iterator[_Krav]:
        skyddade = {s.tal: s for s in self.p.skyddade}
        for tal in summa:
            if tal in self._variabel and (tal in skyddade or not self._av_regel(tal)):
                yield self._inte_ensam(tal, summa)
            if tal in self._variabel and tal in skyddade and tal != summa[0]:
                yield self._ryms(tal, skyddade[tal].hog, summa)

    def _av_regel(self, tal: int) -> bool:
        return any(self.p.uppgifter[nummer].maste for nummer in self._i[tal])

    def _inte_ensam(self, tal: int, summa: Sequence[int]) -> _Krav:
        """The only count hidden of a sum is not hidden, so hiding it alone would be for nothing."""
        andra = {self._variabel[t]: 1 for t in summa if t != tal and t in self._variabel}
        return _Krav(andra | {self._variabel[tal]: -1}, 0, self._om(tal), tuple(summa), bara_bast=True)

    def _ryms(self, tal: int, hog: int, summa: Sequence[int]) -> _Krav:
        """Where a sum is told, a hidden term is at most what the hidden terms are together, less the one who asks."""
        total, *termer = summa
        behov = hog + 1 - int(self.p.varden[tal])
        varden = {self._variabel[t]: int(self.p.varden[t]) for t in termer if t != tal and t in self._variabel}
        krav = {variabel: min(varde, behov) for variabel, varde in varden.items() if varde}
        if total in self._variabel:
            krav[self._variabel[total]] = behov
        return _Krav(krav, behov, self._om(tal), tuple(summa))

    def _om(self, tal: int) -> Nyckel:
        return self.p.uppgifter[self._i[tal][0]].nyckel

    def _krav_av(self, brist: Brist, dolda: frozenset[int]) -> _Krav:
        """That one is hidden of what a count followed from. Where that is not known, one of all that is shown."""
        if brist.grans is None:
            return _Krav({n: 1 for n in range(len(self.p.uppgifter)) if n not in dolda}, 1)
        om = self.p.skyddade[brist.skyddat].om
        return _Krav({self._variabel[t]: 1 for t in brist.av if t in self._variabel}, 1, om, brist.av)

    def _lagg_till(self, krav: _Krav) -> bool:
        """Whether it is news, and can be met."""
        nyckel = (frozenset(krav.termer.items()), krav.minst)
        if nyckel in self._krav or not krav.termer:
            return False
        self._krav[nyckel] = krav
        return True

    def _uppgifter(self, variabel: int) -> frozenset[int]:
        """What is hidden with a variable."""
        antal = len(self.p.uppgifter)
        egna = [variabel] if variabel < antal else self._i[self._flera[variabel - antal]]
        return frozenset(egna).union(*(self.p.uppgifter[n].med for n in egna))

    def _pris(self, variabel: int, dolda: frozenset[int]) -> tuple[bool, int, int]:
        """What is lost with a variable. A count of nobody comes last: others mostly tell that they are none."""
        nya = [self.p.uppgifter[n] for n in self._uppgifter(variabel) - dolda]
        ingen = not any(self.p.varden[tal] for uppgift in nya for tal in uppgift.tal)
        return ingen, sum(uppgift.vikt for uppgift in nya), variabel

    def _summa(self, krav: _Krav, dolda: frozenset[int]) -> int:
        antal = len(self.p.uppgifter)
        return sum(
            koefficient
            for variabel, koefficient in krav.termer.items()
            if (variabel in dolda if variabel < antal else dolda.issuperset(self._i[self._flera[variabel - antal]]))
        )

    def _nycklar(self, av: Sequence[int], dolda: frozenset[int], utom: Nyckel) -> tuple[Nyckel, ...]:
        """What tells these counts when this is hidden: of each the first."""
        visar = (next((n for n in self._i.get(tal, ()) if n not in dolda), None) for tal in av)
        nycklar = dict.fromkeys(self.p.uppgifter[n].nyckel for n in visar if n is not None)
        return tuple(n for n in nycklar if n != utom)
