"""The page Över åren: each result as a small chart, and its splits year by year, area by area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bokslut import ordval, tal
from bokslut.diagram import ar
from bokslut.diagram.spec import ChartSpec
from bokslut.fras import fras
from bokslut.jamforelse.arsserie import Arspunkt, Arsserie
from bokslut.resultatvy import DOLDA, Underlagsfakta, ankare, arsankare
from bokslut.tabellvy import Cell, Tabell, Tabellrad
from indikatorer.resultat import Malomrade, Uppdelningsrad, Utvardering


@dataclass(frozen=True, slots=True)
class Arsvy:
    """One result over the years. lank: where it stands this year. delningar: its splits, a table each.

    visat, skyddad, signal, ord: this year's figure, for the line that it is folded to.
    dolda: the splits that are hidden every year, in a sentence.
    """

    ankare: str
    namn: str
    lank: str
    diagram: ChartSpec
    visat: str
    skyddad: bool
    signal: str
    ord: str
    delningar: tuple[Tabell, ...]
    dolda: str


@dataclass(frozen=True, slots=True)
class Arsomrade:
    """An area of the page. borta: what was measured in earlier years and is not now."""

    nummer: int
    titel: str
    vyer: tuple[Arsvy, ...]
    borta: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OverAren:
    """The page. ar: the years shown, oldest first. serier: what it was made from, for the files."""

    ar: tuple[int, ...]
    omraden: tuple[Arsomrade, ...]
    serier: tuple[Arsserie, ...]


def build_over_aren(
    u: Utvardering, serier: tuple[Arsserie, ...], fakta: Underlagsfakta, sidor: Mapping[str, str]
) -> OverAren | None:
    """The page, or None without earlier years.

    serier: all results, followed back. sidor: the page of each area, by id.
    """
    if not u.aldre or not serier:
        return None
    per_nyckel = {(s.nu.id, s.nu.grupp): s for s in serier}
    omraden = tuple(
        Arsomrade(
            nummer=o.nummer,
            titel=o.titel,
            vyer=tuple(_vy(per_nyckel[r.id, r.grupp], sidor[o.id], fakta) for r in o.resultat()),
            borta=_borta(u, o),
        )
        for o in u.malomraden
        if o.resultat()
    )
    return OverAren(tuple(p.ar for p in serier[0].punkter), omraden, serier)


def _vy(serie: Arsserie, sida: str, fakta: Underlagsfakta) -> Arsvy:
    r = serie.nu
    namn = fakta.sammanhang.namn(r)
    fran, till = serie.punkter[0].ar, serie.punkter[-1].ar
    spec = ar.over_aren(arsankare(r), namn, serie, fras("Socialt bokslut {fran}–{till}.", fran=fran, till=till))
    delade = {d: delning_over_aren(serie, d) for d in _dimensioner(serie)}
    dolda = [ordval.DIMENSION_ORD.get(d, d).lower() for d, t in delade.items() if t is None]
    return Arsvy(
        ankare=f"rad-{spec.id}",
        namn=namn,
        lank=f"{sida}#{ankare(r)}",
        diagram=spec,
        visat=spec.rader[-1].varden[0].visat,
        skyddad=serie.punkter[-1].orsak in DOLDA,
        signal=spec.rader[-1].signal,
        ord=spec.rader[-1].ord,
        delningar=tuple(t for t in delade.values() if t is not None),
        dolda=_dolda(dolda),
    )


def _dolda(dimensioner: list[str]) -> str:
    if not dimensioner:
        return ""
    namn = tal.rakna_upp(dimensioner)
    return fras("Uppdelningen efter {namn} visas inte något år, eftersom den kan avslöja enskilda personer.", namn=namn)


def _dimensioner(serie: Arsserie) -> list[str]:
    return list(dict.fromkeys(u.dimension for p in reversed(serie.punkter) for u in p.uppdelning))


def delning_over_aren(serie: Arsserie, dimension: str) -> Tabell | None:
    """A split with its parts down and the years across; None when no year shows it."""
    per_ar = {p.ar: visade_delar(p, dimension) for p in serie.punkter}
    if not any(per_ar.values()):
        return None
    delar = list(
        dict.fromkeys(u.del_ for p in reversed(serie.punkter) for u in p.uppdelning if u.dimension == dimension)
    )
    rader = tuple(
        Tabellrad(del_namn(dimension, d), False, tuple(_cell(per_ar[p.ar], d) for p in serie.punkter)) for d in delar
    )
    namn = ordval.DIMENSION_ORD.get(dimension, dimension).lower()
    return Tabell(
        id=f"{arsankare(serie.nu)}-{dimension}",
        titel=fras("Efter {namn}", namn=namn),
        kolumner=tuple(str(p.ar) for p in serie.punkter),
        rader=rader,
    )


def visade_delar(p: Arspunkt, dimension: str) -> dict[str, Uppdelningsrad] | None:
    """The parts of a split in one year, by name; None when it is hidden.

    It shows whole or not at all: with one part left out, the others and the whole would tell what it was.
    """
    delar = [u for u in p.uppdelning if u.dimension == dimension]
    return None if any(u.orsak in DOLDA for u in delar) else {u.del_: u for u in delar}


def del_namn(dimension: str, del_: str) -> str:
    """The part as it is read."""
    return ordval.KON_ORD.get(del_, del_) if dimension == "kon" else del_


def _cell(delar: dict[str, Uppdelningsrad] | None, del_: str) -> Cell:
    if delar is None:
        return Cell("..", True)
    u = delar.get(del_)
    return Cell("–") if u is None else Cell(tal.visat(u.visat))


def _borta(u: Utvardering, o: Malomrade) -> tuple[str, ...]:
    """What the year before measured in an area and this year does not, under its own or another name."""
    if not u.aldre:
        return ()
    kvar = {x for r in u.resultat() for x in (r.id, r.foregaende.id if r.foregaende else "")}
    forr = next((a for a in u.aldre[0].malomraden if a.id == o.id), None)
    lista = () if forr is None else forr.resultat()
    return tuple(dict.fromkeys(f"{r.nummer or ''} {r.titel}".strip() for r in lista if r.id not in kvar))
