"""Participant tables at random, with a few in some cells, and what röjandevakten hides of them. For tests and bench."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final, NamedTuple

import numpy as np

from indikatorer.counts import KodadKolumn, KodadTabell
from indikatorer.flode import AVBROTT, KON, POSITIVA, rakna_tabeller
from indikatorer.skydd.angripare import Angripare, Brist
from indikatorer.skydd.bevis import bevisa
from indikatorer.skydd.cellskydd import omojligt_utfall, samla_celler
from indikatorer.skydd.doljning import valj
from indikatorer.skydd.intyg import Nyckel
from indikatorer.skydd.publicerat import Publicerat, Samlare

# enhet, kon, ny, avslutad, utfall, antal
Rad = tuple[str, str, str, str, str, int]
KOLUMNER: Final = ("enhet", "kon", "ny", "avslutad", "utfall")
MINSTA: Final = 5
# (enhet, row, kön), "" for all.
Cell = tuple[str, str, str]


class Skyddat(NamedTuple):
    """antal: the cells as they are. dolda: those that are hidden. bevisat: whether whole numbers show it to be safe."""

    publicerat: Publicerat
    antal: dict[Cell, int]
    dolda: frozenset[Cell]
    brister: tuple[Brist, ...]
    bevisat: bool


def register(rader: Sequence[Rad]) -> KodadTabell:
    """The rows as the engine codes them."""
    kolumner = {}
    for nr, namn in enumerate(KOLUMNER):
        etiketter = ("", *sorted({str(rad[nr]) for rad in rader} - {""}))
        koder = np.array([etiketter.index(str(rad[nr])) for rad in rader], dtype=np.int32)
        kolumner[namn] = KodadKolumn(koder, etiketter)
    return KodadTabell(len(rader), kolumner, np.array([rad[5] for rad in rader], dtype=np.int64))


def publicera(rader: Sequence[Rad]) -> Publicerat:
    """Everything told of these rows, when the tables are all that is published."""
    tabell = register(rader)
    celler = rakna_tabeller(tabell, 0, skyddad=False)
    samlare = Samlare(MINSTA)
    samlare.alltid.add(samlare.tal(sum(rad[5] for rad in rader), ()))
    samla_celler(samlare, tabell, celler)
    tomma = [(((namn, frozenset({0})),),) for namn in ("enhet", "kon")]
    return samlare.klar(tabell, ("enhet", "kon"), [*tomma, *omojligt_utfall(tabell)])


def skydda(rader: Sequence[Rad]) -> Skyddat:
    """What is hidden of the tables."""
    p = publicera(rader)
    angripare = Angripare(p)
    val = valj(p, angripare)
    antal = {_cell(u.nyckel): int(p.varden[u.tal[0]]) for u in p.uppgifter}
    bevisat = not p.skyddade or bevisa(p, angripare, val.dolda) is not None
    return Skyddat(p, antal, frozenset(_cell(d.nyckel) for d in val.dolda), val.brister, bevisat)


def _cell(nyckel: Nyckel) -> Cell:
    _, enhet, rad, kon = nyckel
    return enhet, rad, kon


def slumpa(fro: int, enheter_: int = 3, utfall_: int = 2) -> list[Rad]:
    """Two or more enheter of unequal size, two or more outcomes, both genders; many counts are under five."""
    slump = Random(fro)
    enheter = [f"Enhet {n}" for n in range(slump.randint(2, enheter_))]
    utfall = [*slump.sample(POSITIVA, slump.randint(1, utfall_)), slump.choice(AVBROTT)]
    rader: list[Rad] = []
    for enhet in enheter:
        mest = slump.choice((3, 9, 30))
        for kon in KON:
            rader += [(enhet, kon, "nej", "ja", u, slump.randint(0, mest)) for u in utfall]
            rader += [
                (enhet, kon, "nej", "nej", "", slump.randint(0, 40)),
                (enhet, kon, "ja", "nej", "", slump.randint(0, 9)),
            ]
    return rader
