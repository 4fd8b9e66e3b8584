"""Gathers, källa by källa, everything that an evaluation tells of persons: results, splits, tables, signals, rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from indikatorer.andelsregel import Andelsregel
from indikatorer.berakning import Berakning
from indikatorer.counts import Klausul, KodadTabell, Matt, Uttryck
from indikatorer.flode import rakna_tabeller
from indikatorer.gransvarde import Grans, Granstyp
from indikatorer.indikator import Indikator
from indikatorer.regler.antal import Antal
from indikatorer.regler.konszon import Konszon
from indikatorer.regler.progression import Progression
from indikatorer.regler.skillnad import Skillnad
from indikatorer.resultat import Orsak, Signal, Tabellcell
from indikatorer.sammanslagning import KOLUMN
from indikatorer.skydd.cellskydd import omojligt_utfall, radens_uttryck, samla_celler, skydda_for_sig
from indikatorer.skydd.intyg import Nyckel
from indikatorer.skydd.kvarvarande import knyt_till_fjolaret
from indikatorer.skydd.publicerat import Publicerat, Samlare
from indikatorer.skydd.rojande import NASTAN_ALLA, Skydd
from indikatorer.skydd.tidigare import Enhetsminne
from indikatorer.utfall import Delning, Utfall

# What a reader loses, in hundredths of a cell: the figures of a result, and each part of a split.
VIKT_RESULTAT, VIKT_DEL = 600, 100
_DOMDA = (Signal.GRON, Signal.GUL, Signal.ROD)


def samla(
    b: Berakning,
    celler: Sequence[Tabellcell],
    tidigare: Sequence[Mapping[str, Any]] = (),
    fjol: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Publicerat]:
    """What is told of each källa about persons, what earlier versions told of enheter, and last year of who stayed.

    celler: the participant tables without protection. tidigare, fjol: documents as `som_json` gives them.
    """
    ut = {}
    for kalla, tabell in b.tabeller():
        if b.data(kalla).kalla.skydd == "personer" and b.minsta > 1:
            samlare, minne = Samlare(b.minsta), Enhetsminne(tabell, tidigare)
            if not b.for_fa_i(kalla):
                samlare.alltid.add(samlare.tal(_rader(tabell), ()))
            if celler and b.data(kalla).kalla.typ == "register" and _har_tabeller(tabell):
                samla_celler(samlare, tabell, celler)
                _minns_celler(samlare, b, kalla, minne)
                knyt_till_fjolaret(samlare, tabell, celler, fjol)
            insamlingar = [i for d in b.definitioner.values() for i in _samla_indikator(samlare, b, kalla, d, minne)]
            _skydda_for_sig(samlare, tabell, celler, insamlingar)
            bakgrund = {"kon", "enhet", *b.dimensioner(kalla)} & set(tabell.kolumner)
            omojliga = [*_tomma(b, kalla, tabell, sorted(bakgrund)), *omojligt_utfall(tabell)]
            ut[kalla] = samlare.klar(tabell, bakgrund, omojliga)
    return ut


def _rader(tabell: KodadTabell) -> int:
    return tabell.rader if tabell.antal is None else int(tabell.antal.sum())


def _har_tabeller(tabell: KodadTabell) -> bool:
    return {"enhet", "kon", "ny", "avslutad", "utfall"} <= set(tabell.kolumner)


def _tomma(b: Berakning, kalla: str, tabell: KodadTabell, bakgrund: Sequence[str]) -> Iterator[Uttryck]:
    """Values of the background that no row has: that there are none such, a reader may well know."""
    hela = next((r for (egen, m), r in b.raknade.items() if egen == kalla and not m.urval), None)
    for kolumn in bakgrund:
        kodad = tabell.kolumner[kolumn]
        if tabell.raknat is None:
            antal = np.bincount(kodad.koder, tabell.antal, len(kodad.etiketter))
            tomma = frozenset(np.flatnonzero(antal == 0).tolist())
        elif hela is not None and kolumn in b.dimensioner(kalla):
            delar = hela.rader[b.delar(kalla, kolumn)[0]]
            utan = [koder for (_, koder), n in zip(kodad.delar, delar.tolist(), strict=True) if not n]
            tomma = frozenset({0} if hela.rader[0] == delar.sum() else ()).union(*utan)
        else:
            continue
        if tomma:
            yield (((kolumn, tomma),),)


def _minns_celler(samlare: Samlare, b: Berakning, kalla: str, minne: Enhetsminne) -> None:
    for vilka, rad, kon, sagt in minne.celler():
        uttryck = (*radens_uttryck(b.tabell(kalla), rad, kon), vilka)
        antal = int(b.rakna(kalla, Matt(uttryck, (), ())).rader[0])
        if antal == sagt:
            samlare.alltid.add(samlare.tal(antal, uttryck))


def _skydda_for_sig(
    samlare: Samlare, tabell: KodadTabell, celler: Sequence[Tabellcell], insamlingar: Sequence[_Insamling]
) -> None:
    """Enheter that are shown as one, where something told is about some of them: what that leaves of the others."""
    kolumn = tabell.kolumner.get(KOLUMN)
    delar = () if kolumn is None or not kolumn.ihop else kolumn.grupper.values()
    delade = frozenset[int]().union(*(koder for koder in delar if samlare.skiljer(KOLUMN, koder)))
    if kolumn is None or not delade:
        return
    namn = {kolumn.etiketter[kod] for kod in delade}
    if celler and _har_tabeller(tabell):
        var_for_sig = replace(tabell, kolumner={**tabell.kolumner, KOLUMN: replace(kolumn, ihop=False)})
        egna = [c for c in rakna_tabeller(var_for_sig, 0, skyddad=False) if c.enhet in namn]
        skydda_for_sig(samlare, tabell, egna)
    for insamling in insamlingar:
        insamling.skydda_for_sig(sorted(delade))


def _samla_indikator(
    samlare: Samlare, b: Berakning, kalla: str, indikator: Indikator, minne: Enhetsminne
) -> Iterator[_Insamling]:
    skydd = b.skydd(indikator, kalla)
    if skydd is None:
        return
    for nummer, utfall in enumerate(b.utfall(indikator.id)):
        if utfall.kalla != kalla:
            continue
        insamling = _Insamling(samlare, b, kalla, indikator, utfall, skydd, minne)
        if isinstance(indikator, Andelsregel):
            insamling.andel(indikator.matt(b, *indikator.par(b.definitioner)[nummer]))
        elif isinstance(indikator, Skillnad):
            insamling.skillnad(indikator)
        elif isinstance(indikator, Antal):
            insamling.antal(indikator)
        elif isinstance(indikator, Progression):
            insamling.progression()
        yield insamling


class _Insamling:
    """One result of one indicator."""

    def __init__(
        self,
        samlare: Samlare,
        b: Berakning,
        kalla: str,
        indikator: Indikator,
        utfall: Utfall,
        skydd: Skydd,
        minne: Enhetsminne,
    ) -> None:
        self.s, self.b, self.kalla, self.indikator, self.utfall, self.skydd = (
            samlare,
            b,
            kalla,
            indikator,
            utfall,
            skydd,
        )
        self.minne = minne
        self.matt: Matt | None = None
        self.nyckel: Nyckel = ("resultat", indikator.id, utfall.grupp or "")
        self.orsak = skydd.orsak(utfall)
        self.register = skydd.kalla.typ == "register"

    def andel(self, matt: Matt | None) -> None:
        """A share, and its splits."""
        if matt is None:
            return
        self.matt = matt
        bas, traff = matt.urval + matt.namnare, matt.urval + matt.namnare + matt.taljare
        if self.utfall.namnare is None:
            if not self.b.for_fa_i(self.kalla):
                self.s.alltid.add(self.s.tal(0, bas))
            return
        t, n = int(self.utfall.taljare or 0), int(self.utfall.namnare)
        tal = [self.s.tal(t, traff), self.s.tal(n, bas)]
        if self.utfall.rader is not None:
            tal.append(self.s.tal(self.utfall.rader, matt.urval))
        delningar = [self._delning(d, bas, traff) for d in self.utfall.delningar]
        self.s.uppgift(self.nyckel, tal, VIKT_RESULTAT, self.orsak is not None, delningar)
        self._minns_delar(matt)
        self._skydda(self.nyckel, t, n, traff, bas, "antal")
        self._sagt(tal[1], t, n, traff, bas)
        self._signal(tal[0], tal[1])
        if isinstance(self.indikator, Konszon):
            self._andra_konet(self.indikator, tal[1], matt)

    def _minns_delar(self, matt: Matt) -> None:
        """What an earlier version told of enheter, and that has not been corrected since."""
        for vilka, *sagt in self.minne.delar(self.indikator.id, self.utfall.grupp or ""):
            nu = self.b.rakna(self.kalla, matt._replace(urval=(*matt.urval, vilka)))
            bas = (*matt.urval, vilka, *matt.namnare)
            for antal, da, uttryck in zip(
                (int(nu.taljare[0]), int(nu.namnare[0])), sagt, ((*bas, *matt.taljare), bas), strict=True
            ):
                if antal == da:
                    self.s.alltid.add(self.s.tal(antal, uttryck))

    def skydda_for_sig(self, koder: Sequence[int]) -> None:
        """Protect what a split by enhet would have told of each of these."""
        if self.matt is None or not any(d.dimension == KOLUMN for d in self.utfall.delningar):
            return
        for kod in koder:
            vilka: Klausul = ((KOLUMN, frozenset({kod})),)
            nu = self.b.rakna(self.kalla, self.matt._replace(urval=(*self.matt.urval, vilka)))
            bas = (*self.matt.urval, *self.matt.namnare, vilka)
            om: Nyckel = ("delning", *self.nyckel[1:], KOLUMN)
            self._skydda(om, int(nu.taljare[0]), int(nu.namnare[0]), (*bas, *self.matt.taljare), bas, "antal")

    def _delning(self, delning: Delning, bas: Uttryck, traff: Uttryck) -> Nyckel:
        nyckel: Nyckel = ("delning", *self.nyckel[1:], delning.dimension)
        klausuler = [self._klausul(delning.dimension, e) for e in delning.etiketter]
        par = list(zip(delning.taljare.tolist(), delning.namnare.tolist(), klausuler, strict=True))
        tal = [nr for t, n, kl in par for nr in (self.s.tal(t, (*traff, kl)), self.s.tal(n, (*bas, kl)))]
        dold = self.orsak is not None or self.skydd.doljer_delning(self.utfall, delning)
        self.s.uppgift(nyckel, tal, VIKT_DEL * len(par), dold)
        for t, n, kl in par:
            self._skydda(nyckel, t, n, (*traff, kl), (*bas, kl), "antal")
        rest = self._klausul_utom(delning.dimension, klausuler)
        rest_t = int(self.utfall.taljare or 0) - sum(t for t, _, _ in par)
        rest_n = int(self.utfall.namnare or 0) - sum(n for _, n, _ in par)
        self._skydda(nyckel, rest_t, rest_n, (*traff, rest), (*bas, rest), "rest")
        return nyckel

    def skillnad(self, indikator: Skillnad) -> None:
        """Women and men in another indicator."""
        av = self.b.definitioner.get(indikator.av)
        matt = av.matt(self.b, *av.par(self.b.definitioner)[0]) if isinstance(av, Andelsregel) else None
        if matt is None or self.utfall.delar is None or not isinstance(av, Andelsregel):
            return
        urval = matt.urval + tuple((self.b.klausul(self.kalla, k, v),) for k, v in indikator.urval.items())
        bas, traff = urval + matt.namnare, urval + matt.namnare + matt.taljare
        fyra: list[int] = []
        klausuler = []
        for kon, del_ in self.utfall.delar.items():
            kl = self._klausul("kon", kon)
            klausuler.append(kl)
            fyra += [self.s.tal(del_.taljare, (*traff, kl)), self.s.tal(del_.namnare, (*bas, kl))]
            self._skydda(self.nyckel, del_.taljare, del_.namnare, (*traff, kl), (*bas, kl), "antal")
        rest = self._klausul_utom("kon", klausuler)
        rakning = self.b.rakna(self.kalla, matt._replace(urval=urval))
        rest_t = int(rakning.taljare[0]) - sum(d.taljare for d in self.utfall.delar.values())
        self._skydda(self.nyckel, rest_t, self.utfall.rest, (*traff, rest), (*bas, rest), "rest")
        tal = list(fyra)
        if self.utfall.rader is not None:
            alla = self.utfall.rest + sum(d.namnare for d in self.utfall.delar.values())
            tal.append(self.s.tal(self.utfall.rader - alla, urval, bas))
        self.s.uppgift(self.nyckel, tal, VIKT_RESULTAT, self.orsak is not None)
        granser = [g for g in (indikator.gron, indikator.gul) if g is not None]
        if self.orsak is not Orsak.FOR_FA_SVAR and self.utfall.signal in _DOMDA:
            avrundade = indikator.raknad_pa == "avrundade"
            self.s.mellan(fyra[1], 1)
            self.s.mellan(fyra[3], 1)
            self.s.skillnad((fyra[0], fyra[1], fyra[2], fyra[3]), self.utfall.signal, granser, avrundade)

    def antal(self, indikator: Antal) -> None:
        """A count of its own."""
        antal = int(self.utfall.taljare or 0)
        if self.utfall.taljare is None:
            return
        urval = tuple((self.b.klausul(self.kalla, k, v),) for k, v in indikator.urval.items())
        tal = self.s.tal(antal, urval)
        self.s.uppgift(self.nyckel, (tal,), VIKT_RESULTAT, self.orsak is not None)
        if self.skydd.liten(antal):
            self._skydda_tal(tal, self.nyckel, "antal")
        if self.orsak is Orsak.FOR_FA_SVAR:
            self.s.mellan(tal, 1, self.s.minsta - 1)
        elif self.utfall.signal in _DOMDA:
            for grans in self._granser():
                self.s.kvot(tal, None, grans)

    def progression(self) -> None:
        """Persons with two measurements: nothing else told counts them, so they are a column of their own."""
        if self.utfall.namnare is None:
            return
        kolumn = f"progression {self.indikator.id}"
        bas: Uttryck = (((kolumn, frozenset({1, 2})),),)
        traff: Uttryck = (((kolumn, frozenset({2})),),)
        t, n = int(self.utfall.taljare or 0), int(self.utfall.namnare)
        tal = (self.s.tal(t, traff), self.s.tal(n, bas))
        self.s.uppgift(self.nyckel, tal, VIKT_RESULTAT, self.orsak is not None)
        self._skydda(self.nyckel, t, n, traff, bas, "antal")
        self._signal(*tal)

    def _klausul(self, kolumn: str, varde: str) -> Klausul:
        return (self.b.klausul(self.kalla, kolumn, (varde,)),)

    def _klausul_utom(self, kolumn: str, klausuler: Sequence[Klausul]) -> Klausul:
        """Every other value, none at all among them."""
        tagna = {kod for klausul in klausuler for _, koder in klausul for kod in koder}
        alla = range(len(self.b.tabell(self.kalla).kolumner[kolumn].etiketter))
        return ((kolumn, frozenset(alla) - tagna),)

    def _granser(self) -> list[Grans]:
        return [g for g in (self.indikator.gron, self.indikator.gul) if g is not None]

    def _skydda(self, om: Nyckel, t: int, n: int, traff: Uttryck, bas: Uttryck, vad: str) -> None:
        """What of a group nobody may find: that it is small, and where it matters how few in it answered what."""
        if self.skydd.liten(n):
            self._skydda_tal(self.s.tal(n, bas), om, vad)
        if not n or not (self.register or self.skydd.kanslig):
            return
        andel = self.skydd.svarsandel
        alla_lika = self.skydd.kanslig and not self.register and andel is not None and andel >= NASTAN_ALLA
        if self.skydd.liten(t) or (alla_lika and t == 0):
            self._skydda_tal(self.s.tal(t, traff), om, vad)
        if self.skydd.liten(n - t) or (alla_lika and t == n):
            sagt = om == self.nyckel and self._sager_farre(t, n)
            self.s.skydda(self.s.tal(n - t, bas, traff), om, "ovriga", sagt)

    def _skydda_tal(self, tal: int, om: Nyckel, vad: str) -> None:
        self.s.skydda(tal, om, vad, sagt=self.orsak is Orsak.FOR_FA_SVAR and om == self.nyckel)

    def _sager_farre(self, t: int, n: int) -> bool:
        """Whether "färre än fem" stands in the place of the figures."""
        nolltolerans = self.indikator.granser == frozenset({Granstyp.SAMTLIGA})
        return nolltolerans and self.orsak is Orsak.SKYDDAD and self.skydd.liten(n - t)

    def _sagt(self, namnare: int, t: int, n: int, traff: Uttryck, bas: Uttryck) -> None:
        """What words tell where figures are hidden."""
        if self.orsak is Orsak.FOR_FA_SVAR:
            self.s.mellan(namnare, 1, self.s.minsta - 1)
        elif self._sager_farre(t, n):
            self.s.mellan(self.s.tal(n - t, bas, traff), 1, self.s.minsta - 1)

    def _signal(self, taljare: int, namnare: int) -> None:
        """A judged share has someone in its base, and lies on a known side of each bound."""
        if self.orsak is Orsak.FOR_FA_SVAR or self.utfall.signal not in _DOMDA:
            return
        self.s.mellan(namnare, 1)
        for grans in self._granser():
            self.s.kvot(taljare, namnare, grans)

    def _andra_konet(self, indikator: Konszon, namnare: int, matt: Matt) -> None:
        """The signal of a konszon is about both genders."""
        kon = "man" if indikator.redovisa == "kvinna" else "kvinna"
        andra = matt._replace(taljare=(self._klausul("kon", kon),))
        antal = int(self.b.rakna(self.kalla, andra).taljare[0])
        self._signal(self.s.tal(antal, andra.urval + andra.namnare + andra.taljare), namnare)
