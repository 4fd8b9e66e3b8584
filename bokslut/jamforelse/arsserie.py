"""One result followed back through the years, by the name that it had each year.

A figure is taken as it was protected that year. Nothing is added, subtracted or averaged over years: such a figure
could tell what a hidden one was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeAlias

from bokslut.fras import fras
from bokslut.resultatvy import DOLDA
from indikatorer.gransvarde import Grans
from indikatorer.resultat import Brott, Orsak, Resultat, Signal, Uppdelningsrad, Utvardering

HOGST_AR: Final = 5
INGET_UNDERLAG: Final[str] = fras("uppgifter saknas")
MATTES_INTE: Final[str] = fras("mättes inte")

Nyckel: TypeAlias = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Arspunkt:
    """A result in one year. saknas: why there is none, in words; "" where there is one, hidden or not measured too.

    varde, visat, signal, orsak, krav, gron, intervall, uppdelning: as in the Resultat of that year.
    brott: what changed since the underlag before it.
    """

    ar: int
    varde: Fraction | None = None
    visat: str = "–"
    signal: Signal | None = None
    orsak: Orsak | None = None
    krav: str | None = None
    gron: Grans | None = None
    intervall: tuple[float, float] | None = None
    osaker: bool = False
    uppdelning: tuple[Uppdelningsrad, ...] = ()
    brott: tuple[Brott, ...] = ()
    saknas: str = ""


@dataclass(frozen=True, slots=True)
class Arsserie:
    """A result of this year with what it was before: one point for every year in between, oldest first."""

    nu: Resultat
    punkter: tuple[Arspunkt, ...]


def folj(utvardering: Utvardering) -> tuple[Arsserie, ...]:
    """Every result of this year, followed back at most five years in all."""
    alla = {a.ar: a for a in (utvardering, *utvardering.aldre) if a.ar > utvardering.ar - HOGST_AR}
    per_ar = {ar: {(r.id, r.grupp): r for r in a.resultat()} for ar, a in alla.items()}
    ar = range(min(per_ar), utvardering.ar + 1)
    return tuple(Arsserie(r, _punkter(r, ar, per_ar)) for r in utvardering.resultat())


def _punkter(nu: Resultat, ar: range, per_ar: Mapping[int, Mapping[Nyckel, Resultat]]) -> tuple[Arspunkt, ...]:
    id_, senare, bakat = nu.id, None, []
    for i in reversed(ar):
        r = per_ar[i].get((id_, nu.grupp)) if i in per_ar else None
        if r is None:
            bakat.append(Arspunkt(i, saknas=MATTES_INTE if i in per_ar else INGET_UNDERLAG))
            continue
        bakat.append(_punkt(i, r, senare))
        senare = r
        if r.foregaende is not None and r.foregaende.id:
            id_ = r.foregaende.id
    return tuple(reversed(bakat))


def _punkt(ar: int, r: Resultat, senare: Resultat | None) -> Arspunkt:
    """The year's own figure, unless the year after hides it: then it is hidden here too, with its splits."""
    brott = () if r.foregaende is None else r.foregaende.brott
    efter = None if senare is None else senare.foregaende
    if efter is not None and efter.ar == ar and efter.orsak in DOLDA and r.orsak not in DOLDA:
        return Arspunkt(ar, None, efter.visat, efter.signal, efter.orsak, r.krav, r.gron, brott=brott)
    visat = "–" if r.visat == "-" else r.visat
    osaker = bool(r.osaker)
    return Arspunkt(ar, r.varde, visat, r.signal, r.orsak, r.krav, r.gron, r.intervall, osaker, r.uppdelning, brott)
