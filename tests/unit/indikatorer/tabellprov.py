"""Participant tables at random, with a few in some cells, and what röjandevakten hides of them."""

from collections.abc import Sequence
from itertools import product
from random import Random
from typing import NamedTuple

import numpy as np

from indikatorer.counts import KodadKolumn, KodadTabell
from indikatorer.flode import AVBROTT, BASER, KON, POSITIVA, RADER, rakna_tabeller
from indikatorer.skydd.angripare import Angripare, Brist
from indikatorer.skydd.cellskydd import omojligt_utfall, samla_celler
from indikatorer.skydd.doljning import valj
from indikatorer.skydd.publicerat import Publicerat, Samlare
from tests.unit.indikatorer.facit import Cell, Facit

# enhet, kon, ny, avslutad, utfall, antal
Rad = tuple[str, str, str, str, str, int]
KOLUMNER = ("enhet", "kon", "ny", "avslutad", "utfall")
MINSTA = 5


class Skyddat(NamedTuple):
    """antal: the cells as they are, by (enhet, row, kön). dolda: those that are hidden."""

    publicerat: Publicerat
    antal: dict[Cell, int]
    dolda: frozenset[Cell]
    brister: tuple[Brist, ...]


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
    val = valj(p, Angripare(p))
    antal: dict[Cell, int] = {u.nyckel[1:]: int(p.varden[u.tal[0]]) for u in p.uppgifter}
    return Skyddat(p, antal, frozenset(d.nyckel[1:] for d in val.dolda), val.brister)


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


def facit(antal: dict[Cell, int]) -> Facit:
    """All that a reader knows of how the cells hang together, written down one sum at a time."""
    enheter = sorted({c[0] for c in antal if c[0]})  # type: ignore[index]
    alla, konen = ["", *enheter], ["", *KON]
    summor: list[list[Cell]] = [[(e, r, k) for k in konen] for e, r in product(alla, RADER)]
    for e, k in product(alla, konen):
        summor.append([(e, r, k) for r in ("positiv", *POSITIVA)])
        summor.append([(e, r, k) for r in ("avslutade", "positiv", *AVBROTT)])
    summor += [[(e, r, k) for e in alla] for r, k in product(RADER, konen)]
    minst = [((e, "deltagare", k), (e, r, k)) for e, k in product(alla, konen) for r in ("nya", "avslutade")]
    return Facit(antal, summor, minst)


def att_skydda(antal: dict[Cell, int]) -> list[dict[Cell, int]]:
    """The small counts: in a cell, and of those in the base of a row who are not in the row."""
    former: list[dict[Cell, int]] = [{cell: 1} for cell in antal]
    for cell in antal:
        enhet, rad, kon = cell  # type: ignore[misc]
        if rad in BASER:
            former.append({(enhet, BASER[rad], kon): 1, cell: -1})
    return [f for f in former if 0 < sum(antal[c] * tecken for c, tecken in f.items()) < MINSTA]
