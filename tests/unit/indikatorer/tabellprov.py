"""What a reader knows of the participant tables, written down by hand: a second opinion on what is hidden of them."""

from itertools import product

from bench.slumptabeller import MINSTA
from indikatorer.flode import AVBROTT, BASER, KON, POSITIVA, RADER
from tests.unit.indikatorer.facit import Cell, Facit


def facit(antal: dict[Cell, int]) -> Facit:
    """All that a reader knows of the cells."""
    return Facit(antal, *samband(antal))


def samband(antal: dict[Cell, int]) -> tuple[list[list[Cell]], list[tuple[Cell, Cell]]]:
    """How the cells hang together, written down one sum at a time; and which are never less than which."""
    enheter = sorted({c[0] for c in antal if c[0]})  # type: ignore[index]
    alla, konen = ["", *enheter], ["", *KON]
    summor: list[list[Cell]] = [[(e, r, k) for k in konen] for e, r in product(alla, RADER)]
    for e, k in product(alla, konen):
        summor.append([(e, r, k) for r in ("positiv", *POSITIVA)])
        summor.append([(e, r, k) for r in ("avslutade", "positiv", *AVBROTT)])
    summor += [[(e, r, k) for e in alla] for r, k in product(RADER, konen)]
    minst: list[tuple[Cell, Cell]] = [
        ((e, "deltagare", k), (e, r, k)) for e, k in product(alla, konen) for r in ("nya", "avslutade")
    ]
    return summor, minst


def att_skydda(antal: dict[Cell, int]) -> list[dict[Cell, int]]:
    """The small counts: in a cell, and of those in the base of a row who are not in the row."""
    former: list[dict[Cell, int]] = [{cell: 1} for cell in antal]
    for cell in antal:
        enhet, rad, kon = cell  # type: ignore[misc]
        if rad in BASER:
            former.append({(enhet, BASER[rad], kon): 1, cell: -1})
    return [f for f in former if 0 < sum(antal[c] * tecken for c, tecken in f.items()) < MINSTA]
