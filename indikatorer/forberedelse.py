"""A year made ready: definitions and underlag held against each other, and every table coded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from indikatorer.berattelser import las_berattelse
from indikatorer.counts import KodadTabell, antal_rader
from indikatorer.definition import Definitioner, kontrollera
from indikatorer.diagnos import Diagnos, Niva, ordnade
from indikatorer.kodning import koda
from indikatorer.mening import skriv_mening
from indikatorer.toml.fel import Vag
from indikatorer.underlag import Underlag, fel_okand

if TYPE_CHECKING:
    from indikatorer.skydd.bevis import Bevis


@dataclass(frozen=True)
class Forberett:
    """A year that has been checked and coded. diagnoser: every fault of it, most fundamental first.

    bevis: choices of what to hide that were kept from before, by year and källa; they hold or are made anew.
    """

    definitioner: Definitioner
    underlag: Underlag
    ar: int
    kodade: Mapping[str, KodadTabell]
    diagnoser: tuple[Diagnos, ...]
    foregaende: Forberett | None
    bevis: Mapping[str, Bevis] = field(default_factory=dict, repr=False)

    def alla_diagnoser(self) -> list[Diagnos]:
        """The faults and warnings of this year and the ones before."""
        return [*self.diagnoser, *(self.foregaende.alla_diagnoser() if self.foregaende is not None else ())]

    def mening(self, indikator: str) -> str:
        """The sentence of an indicator this year."""
        sprak = self.definitioner.sprak(self.underlag, self.ar, self.definitioner.bokslut.minsta_grupp)
        return skriv_mening(self.definitioner.indikatorer[indikator], sprak)

    def fel(self) -> list[Diagnos]:
        """The faults that stop an evaluation."""
        return [d for d in self.alla_diagnoser() if d.niva is Niva.FEL]


def forbered(definitioner: Definitioner, underlag: Underlag, lasfel: Iterable[Diagnos] = ()) -> Forberett:
    """Check and code this year and the years before it. lasfel: the faults that reading the files already found."""
    return _forbered(definitioner, underlag, underlag.ar or definitioner.bokslut.ar, list(lasfel), forsta=True)


def _forbered(d: Definitioner, underlag: Underlag, ar: int, fel: list[Diagnos], forsta: bool) -> Forberett:
    # Earlier years are read as they were: a question that did not exist then is no fault of the config.
    if forsta:
        fel += kontrollera(d, underlag, ar)
    fel += list(_kontrollera_berattelser(d, underlag))
    kodade = {}
    for id_, data in underlag.kallor.items():
        kodad, nya = koda(data, underlag.beskrivning.skala, _raknas_inte(d), ar)
        fel += nya
        if kodad is not None:
            kodade[id_] = kodad
            fel += _fler_an_utdelade(underlag, id_, kodad)
    fore = underlag.foregaende
    foregaende = None if fore is None else _forbered(d, fore, fore.ar or ar - 1, [], forsta=False)
    return Forberett(d, underlag, ar, kodade, ordnade(fel), foregaende)


def _raknas_inte(d: Definitioner) -> tuple[str, ...]:
    """Every answer that any indicator leaves out: all questions accept them beside their scale."""
    alla = (svar for i in d.indikatorer.values() for svar in i.raknas_inte)
    return tuple(dict.fromkeys((*d.standard.raknas_inte, *alla)))


def _kontrollera_berattelser(d: Definitioner, underlag: Underlag) -> Iterator[Diagnos]:
    for data in underlag.kallor.values():
        for namn, text in data.texter.items():
            fil = f"{data.fil}/{namn}"
            berattelse, dok, fel = las_berattelse(fil, text)
            yield from fel
            if berattelse is None:
                continue
            taggar = (("indikator",), berattelse.indikator), *_lista("fler_indikatorer", berattelse.fler_indikatorer)
            for vag, namn_ in taggar:
                if namn_ not in (*d.indikatorer, *d.trasiga):
                    yield fel_okand(dok, vag, "indikator", namn_, list(d.indikatorer))
            for vag, namn_ in _lista("mal", berattelse.mal):
                if namn_ not in d.mal and not d.dok.finns(("mal", namn_)):
                    yield fel_okand(dok, vag, "mål", namn_, list(d.mal))


def _lista(nyckel: str, namn: Iterable[str]) -> Iterator[tuple[Vag, str]]:
    """Where each name of a list stands."""
    yield from (((nyckel, nr), n) for nr, n in enumerate(namn))


def _fler_an_utdelade(underlag: Underlag, id_: str, tabell: KodadTabell) -> Iterator[Diagnos]:
    kalla = underlag.beskrivning.kalla[id_]
    svar = antal_rader(tabell)
    for nyckel, hogst in (("utdelade", kalla.utdelade), ("population_antal", kalla.population_antal)):
        if hogst is not None and svar > hogst and kalla.typ == "enkat":
            vag = ("kalla", id_, nyckel)
            yield Diagnos(
                kod="fler-svar-an-tillfragade",
                fil=underlag.dok.fil,
                plats=underlag.dok.plats_varde(vag),
                fann=f"”{nyckel}” är {hogst} men",
                regel=f"det finns {svar} svar i {kalla.fil}",
                atgard="Rätta talet, eller kontrollera att rätt fil används.",
                falt=".".join(vag),
            )
