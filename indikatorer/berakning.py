"""One year being computed: what a rule may ask while it computes. Everything is counted once and kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from indikatorer.berattelser import publicerade
from indikatorer.counts import KodadTabell, Matt, Rakning, antal_rader
from indikatorer.gallrat import raknare
from indikatorer.indikator import Indikator, grunder
from indikatorer.resultat import Berattelse, Orsak, Signal
from indikatorer.skydd.rojande import Skydd
from indikatorer.utfall import Utfall

if TYPE_CHECKING:
    from indikatorer.beskrivning import Skala
    from indikatorer.underlag import Kalldata, Underlag

# A split as it is shown: its column, the names of its parts, and where they lie in a Rakning.
Visade: TypeAlias = tuple[str, tuple[str, ...], slice]


class Berakning:
    """The definitions and the coded underlag of one year.

    definitioner: the indicators that are valid this year and free from faults. kand_kon: (källa, fråga) whose figures
    are counted among those of known gender only (`vid_liten_rest`).
    """

    def __init__(
        self,
        ar: int,
        definitioner: Mapping[str, Indikator],
        medlemmar: Mapping[str, tuple[str, ...]],
        underlag: Underlag,
        kodade: Mapping[str, KodadTabell],
        minsta: int = 0,
    ) -> None:
        self.ar = ar
        self.minsta = minsta
        self.definitioner = definitioner
        self.underlag = underlag
        self.kand_kon: frozenset[tuple[str, str]] = frozenset()
        self._medlemmar = medlemmar
        self._kodade = kodade
        self._rader = {id_: antal_rader(tabell) for id_, tabell in kodade.items()}
        dimensioner = self._dimensioner()
        self._raknare = {id_: raknare(tabell, dimensioner[id_]) for id_, tabell in kodade.items()}
        # Everything that was counted, by källa: what must be kept when the rows are disposed of.
        self.raknade: dict[tuple[str, Matt], Rakning] = {}
        self._utfall: dict[str, list[Utfall]] = {}
        self._svarsandelar: dict[str, Fraction | None] = {}
        self._skydd: dict[tuple[str, str | None], Skydd | None] = {}
        self._visade_delar: dict[tuple[str, tuple[str, ...]], list[Visade]] = {}
        self._berattelser: dict[str, list[Berattelse]] = {}

    def _dimensioner(self) -> dict[str, list[str]]:
        """The columns that any indicator may split each källa by, of those that its table has."""
        alla: dict[str, dict[str, None]] = {kalla: {} for kalla in self._kodade}
        for indikator in self.definitioner.values():
            for kalla in indikator.kallor_(self.definitioner):
                if kalla in alla:
                    alla[kalla].update(dict.fromkeys(indikator.dimensioner()))
        return {kalla: [d for d in namn if d in self._kodade[kalla].kolumner] for kalla, namn in alla.items()}

    def utfall(self, indikator: str) -> list[Utfall]:
        """The results of an indicator, computed when first asked for; empty when it is not valid this year."""
        if indikator not in self._utfall:
            definition = self.definitioner.get(indikator)
            utfall = [] if definition is None else definition.utfall(self)
            # A källa that is new since that year has nothing to tell of it.
            kanda = self.underlag.kallor
            self._utfall[indikator] = [u if u.kalla in kanda else replace(u, kalla=None) for u in utfall]
        return self._utfall[indikator]

    def visade_signaler(self, indikator: str) -> list[Signal | None]:
        """The signals of its results as they are published: grey where too few have answered."""
        definition = self.definitioner.get(indikator)
        par = [] if definition is None else [(self.skydd(definition, u.kalla), u) for u in self.utfall(indikator)]
        return [
            Signal.GRA if skydd is not None and skydd.orsak(utfall) is Orsak.FOR_FA_SVAR else utfall.signal
            for skydd, utfall in par
        ]

    def skydd(self, indikator: Indikator, kalla: str | None) -> Skydd | None:
        """What decides the protection of its results in a källa; None when it is not about persons."""
        nyckel = indikator.id, kalla
        if nyckel not in self._skydd:
            self._skydd[nyckel] = self._berakna_skydd(indikator, kalla)
        return self._skydd[nyckel]

    def _berakna_skydd(self, indikator: Indikator, kalla: str | None) -> Skydd | None:
        if kalla is None or not indikator.raknar_personer:
            return None
        uppgift, alla = self.data(kalla).kalla, grunder(indikator, self.definitioner)
        kanslig = any(i.regel == "nolltolerans" for i in alla) or any(
            f in uppgift.fraga and uppgift.fraga[f].kanslig for i in alla for f in i.fragor_(kalla)
        )
        return Skydd(self.minsta, uppgift, kanslig, self.svarsandel(kalla))

    def medlemmar(self, indikator: str) -> tuple[str, ...]:
        """The ids that the `av` of an index names, wildcards resolved, in the order of the file."""
        return self._medlemmar.get(indikator, ())

    def rakna_i_forvag(self) -> None:
        """Count every question that any indicator reads, each källa in one go."""
        behov: dict[str, list[str]] = {}
        for indikator in self.definitioner.values():
            for kalla in indikator.kallor_(self.definitioner):
                behov.setdefault(kalla, []).extend(indikator.fragor_(kalla))
        for kalla, fragor in behov.items():
            if kalla in self._kodade:
                self._raknare[kalla].rakna_fragor(f for f in fragor if f in self._kodade[kalla].kolumner)

    def begransa_till_kand_kon(self, fragor: Iterable[tuple[str, str]]) -> None:
        """From now on these questions are counted among those of known gender; what was computed is forgotten."""
        self.kand_kon = frozenset(fragor)
        self._utfall.clear()

    def tabeller(self) -> Iterable[tuple[str, KodadTabell]]:
        """All coded tables, by källa."""
        return self._kodade.items()

    def svarsandel(self, kalla: str) -> Fraction | None:
        """Answers / those asked, else / the population; None when neither is known or the källa is no survey."""
        if kalla not in self._svarsandelar:
            self._svarsandelar[kalla] = self._berakna_svarsandel(kalla)
        return self._svarsandelar[kalla]

    def _berakna_svarsandel(self, kalla: str) -> Fraction | None:
        uppgift = self.data(kalla).kalla
        alla = uppgift.utdelade if uppgift.utdelade is not None else uppgift.population_antal
        if uppgift.typ != "enkat" or not alla or kalla not in self._kodade:
            return None
        return Fraction(self._rader[kalla], alla)

    def svarsfrekvens(self, kalla: str) -> Fraction | None:
        """Answers in percent of those asked; None when it is not known how many were asked."""
        uppgift = self.data(kalla).kalla
        andel = self.svarsandel(kalla)
        return None if uppgift.utdelade is None or andel is None or self.for_fa_i(kalla) else 100 * andel

    def tackning(self, kalla: str) -> Fraction | None:
        """Answers / the population that the källa is about, else / those asked; None when neither is known."""
        uppgift, andel = self.data(kalla).kalla, self.svarsandel(kalla)
        if andel is None or uppgift.utdelade is None or not uppgift.population_antal:
            return andel
        return andel * uppgift.utdelade / uppgift.population_antal

    def for_fa_i(self, kalla: str) -> bool:
        """Whether so few are in the källa at all that not even their number may be told."""
        if self.data(kalla).kalla.skydd != "personer" or kalla not in self._kodade:
            return False
        return 0 < self._rader[kalla] < self.minsta

    def berattelser(self, kalla: str) -> list[Berattelse]:
        """The good examples of a källa that may be shown; read once, for all indicators that count them."""
        if kalla not in self._berattelser:
            self._berattelser[kalla] = publicerade(self.data(kalla))
        return self._berattelser[kalla]

    def har_tabell(self, kalla: str) -> bool:
        """Whether the källa has a table this year."""
        return kalla in self._kodade

    def tabell(self, kalla: str) -> KodadTabell:
        """The coded table of a källa."""
        return self._kodade[kalla]

    def data(self, kalla: str) -> Kalldata:
        """A källa as it was read."""
        return self.underlag.kallor[kalla]

    def rakna(self, kalla: str, matt: Matt) -> Rakning:
        """Count in a källa."""
        rakning = self.raknade[kalla, matt] = self._raknare[kalla].rakna(matt)
        return rakning

    def dimensioner(self, kalla: str) -> list[str]:
        """The columns that a källa is split by."""
        return self._dimensioner()[kalla]

    def delar(self, kalla: str, dimension: str) -> tuple[slice, tuple[str, ...]]:
        """Where the parts of a split lie in a Rakning, and what they are called."""
        namn = tuple(namn for namn, _ in self._kodade[kalla].kolumner[dimension].delar)
        return self._raknare[kalla].delar(dimension), namn

    def visade_delar(self, kalla: str, dimensioner: tuple[str, ...]) -> list[Visade]:
        """The parts that the splits of a källa show, found once: of kon women and men, of others all."""
        nyckel = kalla, dimensioner
        if nyckel not in self._visade_delar:
            self._visade_delar[nyckel] = [self._visade(kalla, d) for d in dimensioner if self.har_kolumn(kalla, d)]
        return self._visade_delar[nyckel]

    def _visade(self, kalla: str, dimension: str) -> Visade:
        plats, etiketter = self.delar(kalla, dimension)
        antal = 2 if dimension == "kon" else len(etiketter)
        return dimension, etiketter[:antal], slice(plats.start, plats.start + antal)

    def har_kolumn(self, kalla: str, kolumn: str) -> bool:
        """Whether the table of a källa has this column this year."""
        return kalla in self._kodade and kolumn in self._kodade[kalla].kolumner

    def skala_for(self, kalla: str, fraga: str) -> Skala | None:
        """The scale of a question that is asked this year; None when the källa does not ask it."""
        uppgift = self.underlag.kallor[kalla].kalla.fraga.get(fraga) if kalla in self.underlag.kallor else None
        skala = None if uppgift is None else self.underlag.beskrivning.skala.get(uppgift.skala)
        return skala if self.har_kolumn(kalla, fraga) else None

    def har_svar(self, kalla: str, fraga: str, svar: Iterable[str]) -> bool:
        """Whether the question can be answered so this year: it is asked, and its scale has one of these."""
        skala = self.skala_for(kalla, fraga)
        return skala is not None and any(s in skala.svar for s in svar)

    def klausul(self, kalla: str, kolumn: str, varden: tuple[str, ...]) -> tuple[str, frozenset[int]]:
        """That a column has one of these values, as part of a condition."""
        return kolumn, self._kodade[kalla].kolumner[kolumn].koder_for(varden)

    def besvarad(self, kalla: str, kolumn: str, raknas_inte: tuple[str, ...]) -> tuple[str, frozenset[int]]:
        """That a column holds an answer, as part of a condition."""
        return kolumn, self._kodade[kalla].kolumner[kolumn].koder_utom(raknas_inte)
