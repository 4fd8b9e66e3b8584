"""What enheter could be shown as one, and what each such choice would let a reader see: coarsen first, hide second.

Each try evaluates the year anew and chooses anew what to hide, so it takes as long as röjandevakten does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Final

import numpy as np

from indikatorer.berakning import Berakning
from indikatorer.counts import KodadTabell
from indikatorer.evaluate import berakna
from indikatorer.forberedelse import Forberett
from indikatorer.sammanslagning import KOLUMN, Sammanslagning
from indikatorer.skydd.bevis import namn
from indikatorer.skydd.insamling import samla
from indikatorer.skydd.intyg import Nyckel
from indikatorer.skydd.rojandevakt import oppna_celler, valj_dolda
from indikatorer.skydd.tidigare import kanda

# Of the smallest enheter every pair is tried, and so many groups at most in all.
MINSTA_ENHETER: Final = 3
FLEST: Final = 12
# No config may call a group this; it is only what a try is kept under.
_PROVAD: Final = "\0"


@dataclass(frozen=True, slots=True)
class Visat:
    """What is shown and hidden of all that is told of persons this year.

    varde: what all that is shown is worth to a reader, in hundredths of a cell. haller: nothing hidden can be found.
    """

    visas: frozenset[Nyckel]
    dolda: frozenset[Nyckel]
    varde: int
    haller: bool

    def antal(self, slag: str) -> tuple[int, int]:
        """How many are shown, and how many there are, of what a Nyckel begins with."""
        visas, dolda = (sum(n[0] == slag for n in alla) for alla in (self.visas, self.dolda))
        return visas, visas + dolda


@dataclass(frozen=True, slots=True)
class Provning:
    """What it would be to show `enheter` as one.

    vunna: hidden today, and shown then; a cell of the group counts when that of any of them is hidden. egna: cells told
    of one of them alone today, and no more. andra: what else is shown today and would be hidden.
    """

    enheter: tuple[str, ...]
    efter: Visat
    vunna: int
    egna: int
    andra: int


def visat(
    forberett: Forberett,
    minsta_grupp: int | None = None,
    enheter: Sequence[str] = (),
    tidigare: Sequence[Mapping[str, Any]] = (),
    fjol: Sequence[Mapping[str, Any]] = (),
) -> Visat:
    """What is shown this year. enheter: shown as one, beside what the config puts together; none is as it is today.

    tidigare, fjol: what is published already, as `skydda` takes it.

    Raises:
        UnderlagFel: there are faults.
    """
    b = _beraknad(_med(forberett, enheter), minsta_grupp)
    bevis = {} if enheter else forberett.bevis
    dolda, alla, haller = set[Nyckel](), dict[Nyckel, int](), True
    for kalla, p in samla(b, oppna_celler(b), tidigare, fjol).items():
        funna, brister, _ = valj_dolda(kanda(p, tidigare), bevis.get(namn(b.ar, kalla)))
        dolda |= {d.nyckel for d in funna}
        alla |= {u.nyckel: u.vikt for u in p.uppgifter}
        haller = haller and not brister
    varde = sum(vikt for nyckel, vikt in alla.items() if nyckel not in dolda)
    return Visat(frozenset(alla.keys() - dolda), frozenset(dolda), varde, haller)


def prova(
    forberett: Forberett,
    enheter: Sequence[str],
    fore: Visat,
    minsta_grupp: int | None = None,
    tidigare: Sequence[Mapping[str, Any]] = (),
    fjol: Sequence[Mapping[str, Any]] = (),
) -> Provning:
    """Try to show some enheter as one. fore: what is shown as it is today. tidigare, fjol: as in `visat`.

    Raises:
        UnderlagFel: there are faults.
    """
    efter = visat(forberett, minsta_grupp, enheter, tidigare, fjol)
    egna = {n for n in fore.visas if n[0] == "cell" and n[1] in enheter}
    vunna = [n for n in efter.visas if any(f in fore.dolda for f in _fore(n, enheter))]
    andra = (fore.visas - egna) & efter.dolda
    return Provning(tuple(enheter), efter, len(vunna), len(egna), len(andra))


def _fore(nyckel: Nyckel, enheter: Sequence[str]) -> list[Nyckel]:
    """What stands today in the place of something shown then."""
    i_gruppen = nyckel[0] == "cell" and nyckel[1] == _PROVAD
    return [(nyckel[0], enhet, *nyckel[2:]) for enhet in enheter] if i_gruppen else [nyckel]


def kandidater(forberett: Forberett, minsta_grupp: int | None = None) -> tuple[tuple[str, ...], ...]:
    """Groups worth trying, the smallest first: the smallest enheter, and those whose names begin with the same word.

    Enheter that the config puts together already are left as they are, and never all enheter are put together.
    """
    storlek = _storlekar(_beraknad(forberett, minsta_grupp))
    fria = sorted(storlek, key=lambda e: (storlek[e], e))
    serier = [fria, *(lista for lista in _samma_borjan(fria) if len(lista) > 1)]
    grupper = [frozenset(lista[:antal]) for lista in serier for antal in range(2, len(lista) + 1)]
    grupper += [frozenset(par) for par in combinations(fria[:MINSTA_ENHETER], 2)]
    valda = [g for g in dict.fromkeys(grupper) if len(g) < len(fria)]
    valda.sort(key=lambda g: (len(g), sum(storlek[e] for e in g), sorted(g)))
    return tuple(tuple(sorted(g)) for g in valda[:FLEST])


def _med(forberett: Forberett, enheter: Sequence[str]) -> Forberett:
    """This year alone, with these enheter as one."""
    d = forberett.definitioner
    if enheter:
        provad = Sammanslagning(namn=_PROVAD, enheter=tuple(enheter))
        d = replace(d, sla_ihop={**d.sla_ihop, _PROVAD: provad})
    return replace(forberett, definitioner=d, foregaende=None)


def _beraknad(forberett: Forberett, minsta_grupp: int | None) -> Berakning:
    return berakna(replace(forberett, foregaende=None), minsta_grupp)[1][0]


def _storlekar(b: Berakning) -> dict[str, int]:
    """Persons by enhet in the largest källa about persons, of the enheter that are shown on their own."""
    alla = (_per_enhet(tabell) for id_, tabell in b.tabeller() if b.data(id_).kalla.skydd == "personer")
    return max(alla, key=lambda per: sum(per.values()), default={})


def _per_enhet(tabell: KodadTabell) -> dict[str, int]:
    kolumn = tabell.kolumner.get(KOLUMN)
    if kolumn is None:
        return {}
    antal = np.bincount(kolumn.koder, tabell.antal, len(kolumn.etiketter)).astype(np.int64)
    ensamma = ((namn_, koder) for namn_, koder in kolumn.delar if namn_ not in kolumn.grupper)
    return {namn_: int(antal[sorted(koder)].sum()) for namn_, koder in ensamma}


def _samma_borjan(fria: Sequence[str]) -> list[list[str]]:
    """The enheter by the first word of their names."""
    per_ord: dict[str, list[str]] = {}
    for enhet in fria:
        per_ord.setdefault(enhet.split()[0].casefold(), []).append(enhet)
    return list(per_ord.values())
