"""The participant tables and the statistical series as the pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bokslut import ordval, tal
from bokslut.fras import fras, stor
from indikatorer.resultat import Serievarde, Tabellcell

KONEN = ("kvinna", "man", None)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell. skyddad: it is "..", and the page says why."""

    visat: str
    skyddad: bool = False
    anm: str = ""


@dataclass(frozen=True, slots=True)
class Tabellrad:
    """A row: its label, whether it is a part of the row above, and its cells."""

    namn: str
    indragen: bool
    celler: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Tabell:
    """A table. skyddade: how many of its cells are hidden."""

    id: str
    titel: str
    kolumner: tuple[str, ...]
    rader: tuple[Tabellrad, ...]
    skyddade: int = 0


def deltagartabeller(celler: Sequence[Tabellcell]) -> tuple[Tabell, ...]:
    """Tables 1–8: outcome by gender, with the percent of the row."""
    return tuple(
        _deltagartabell(nr, [c for c in celler if c.tabell == nr]) for nr in dict.fromkeys(c.tabell for c in celler)
    )


def _deltagartabell(nr: str, celler: Sequence[Tabellcell]) -> Tabell:
    rutnat = {(c.utfall, c.kon): c for c in celler}
    rader = []
    for utfall in dict.fromkeys(c.utfall for c in celler):
        namn = ordval.UTFALL_ORD.get(utfall, utfall.capitalize())
        rad = [_cell(rutnat.get((utfall, kon))) for kon in KONEN]
        rader.append(Tabellrad(namn, namn.startswith("varav"), (*rad, _procent(rutnat.get((utfall, None))))))
    return Tabell(
        id=f"tabell-{nr}",
        titel=celler[0].enhet or fras("Hela förbundet"),
        kolumner=(fras("Kvinnor"), fras("Män"), fras("Alla"), fras("Andel")),
        rader=tuple(rader),
        skyddade=sum(c.antal is None for c in celler),
    )


def _cell(c: Tabellcell | None) -> Cell:
    return Cell("–") if c is None else Cell(tal.visat(c.visat), c.antal is None)


def _procent(c: Tabellcell | None) -> Cell:
    if c is None or c.procent is None:
        return Cell("..", True) if c is not None and c.antal is None else Cell("")
    return Cell(tal.procent(c.procent))


def serietabell(serier: Sequence[Serievarde]) -> Tabell:
    """Areas down, periods across; what is missing is said to be missing."""
    rutnat = {(s.omrade, s.period): s for s in serier}
    perioder = sorted({s.period for s in serier})
    rader = tuple(
        Tabellrad(o, False, tuple(_seriecell(rutnat.get((o, p))) for p in perioder))
        for o in dict.fromkeys(s.omrade for s in serier)
    )
    rubriker = tuple(stor(ordval.period_text(p)) for p in perioder)
    return Tabell("serie", fras("Andel av befolkningen 20–64 år"), rubriker, rader)


def _seriecell(s: Serievarde | None) -> Cell:
    if s is None or s.andel is None:
        return Cell(fras("saknas"))
    return Cell(tal.visat(s.visat), anm=ordval.STATUS_ORD.get(s.status, s.status))
