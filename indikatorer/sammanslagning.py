"""Enheter that are shown as one: the tables `[sla_ihop.…]` of a config. Coarsen first, hide second.

A group is shown under its own name in every split, table and story when protection is on. With minsta_grupp 0 each
enhet stands on its own, as it always did.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field

from indikatorer.counts import KodadTabell
from indikatorer.diagnos import Diagnos
from indikatorer.schema import Lista, Modell, Text
from indikatorer.toml.fel import Vag
from indikatorer.toml.source import TomlDokument
from indikatorer.underlag import Underlag, fel_okand

if TYPE_CHECKING:
    from indikatorer.resultat import Berattelse

KOLUMN: Final = "enhet"


class Sammanslagning(Modell):
    """namn: what the enheter are called together, wherever one of them would have been named."""

    namn: Text
    enheter: Annotated[tuple[Text, ...], Lista, Field(min_length=2)]


def sla_ihop(
    kodade: Mapping[str, KodadTabell], sammanslagningar: Mapping[str, Sammanslagning], ihop: bool
) -> Mapping[str, KodadTabell]:
    """The coded tables where groups have their names. ihop: whether their enheter are shown under those only."""
    grupper = {s.namn: s.enheter for s in sammanslagningar.values()}
    return {id_: _med_grupper(tabell, grupper, ihop) for id_, tabell in kodade.items()} if grupper else kodade


def _med_grupper(tabell: KodadTabell, grupper: Mapping[str, tuple[str, ...]], ihop: bool) -> KodadTabell:
    kolumn = tabell.kolumner.get(KOLUMN)
    if kolumn is None:
        return tabell
    koder = {namn: kolumn.koder_for(enheter) for namn, enheter in grupper.items()}
    med = replace(kolumn, grupper={namn: egna for namn, egna in koder.items() if egna}, ihop=ihop)
    return replace(tabell, kolumner={**tabell.kolumner, KOLUMN: med})


def visas_som(sammanslagningar: Mapping[str, Sammanslagning], b: Berattelse) -> Berattelse:
    """A story with its enhet as the figures name it."""
    namn = next((s.namn for s in sammanslagningar.values() if b.enhet in s.enheter), b.enhet)
    return replace(b, enhet=namn)


def kontrollera_sammanslagning(
    dok: TomlDokument, sammanslagningar: Mapping[str, Sammanslagning], underlag: Underlag
) -> Iterator[Diagnos]:
    """Every enhet exists in some källa of some year, and is in one group; every name is one that nothing else has."""
    finns = list(dict.fromkeys(_enheter(underlag)))
    tagna: dict[str, str] = {}
    namn: dict[str, str] = {}
    for id_, s in sammanslagningar.items():
        vag = ("sla_ihop", id_)
        for nummer, enhet in enumerate(s.enheter):
            plats = (*vag, "enheter", nummer)
            if enhet not in finns and not underlag.trasiga:
                yield fel_okand(dok, plats, "enhet", enhet, finns)
            elif enhet in tagna:
                yield _fel_tva_grupper(dok, plats, enhet, tagna[enhet], id_)
            tagna.setdefault(enhet, id_)
        if s.namn in finns or s.namn in namn:
            yield _fel_namn(dok, (*vag, "namn"), s.namn, namn.get(s.namn))
        namn.setdefault(s.namn, id_)


def _enheter(underlag: Underlag) -> Iterator[str]:
    """Every enhet of this year and the years before it, as they are written."""
    for data in underlag.kallor.values():
        if data.tabell is not None and KOLUMN in data.tabell.kolumner:
            yield from (v for v in data.tabell.kolumner[KOLUMN].varden if v)
    if underlag.foregaende is not None:
        yield from _enheter(underlag.foregaende)


def _fel_tva_grupper(dok: TomlDokument, vag: Vag, enhet: str, forst: str, har: str) -> Diagnos:
    return Diagnos(
        kod="enhet-i-tva-grupper",
        fil=dok.fil,
        plats=dok.plats_varde(vag),
        fann=f"”{enhet}”",
        regel="står två gånger i samma grupp" if forst == har else f"är redan med i ”sla_ihop.{forst}”",
        atgard="Ta bort den ena.",
        varfor="" if forst == har else "En enhet kan bara visas under ett namn.",
        falt=".".join(map(str, vag)),
    )


def _fel_namn(dok: TomlDokument, vag: Vag, namn: str, annan: str | None) -> Diagnos:
    return Diagnos(
        kod="upptaget-namn",
        fil=dok.fil,
        plats=dok.plats_varde(vag),
        fann=f"”{namn}”",
        regel="är namnet på en enhet" if annan is None else f"heter redan ”sla_ihop.{annan}”",
        atgard="Välj ett annat namn, till exempel enheternas namn efter varandra.",
        varfor="En läsare skulle inte veta vilken av dem en siffra gäller.",
        falt=".".join(map(str, vag)),
    )
