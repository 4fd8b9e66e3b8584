"""Which combinations to look at when there are too many to look at all: every pair of values meets at least once."""

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import Any, TypeAlias

# The place of a factor and one of its values, twice.
Par: TypeAlias = tuple[int, Any, int, Any]


def parvis(*faktorer: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Rows with one value per factor, so that any two values of two factors stand in some row together.

    The two largest factors are multiplied out, and the others are filled in with whatever is new in most pairs. As few
    rows as can be when two factors are much larger than the rest; else a few more.
    """
    ordning = sorted(range(len(faktorer)), key=lambda nr: -len(faktorer[nr]))
    rader = [dict(zip(ordning, varden, strict=False)) for varden in product(*(faktorer[nr] for nr in ordning[:2]))]
    for n, nr in enumerate(ordning[2:], 2):
        _fyll_i(
            rader, nr, faktorer[nr], {(k, v, nr, ny) for k in ordning[:n] for v in faktorer[k] for ny in faktorer[nr]}
        )
    return [tuple(rad.get(nr, varden[0]) for nr, varden in enumerate(faktorer)) for rad in rader]


def alla_par(rader: Sequence[Sequence[Any]]) -> set[Par]:
    """Every pair that stands in some row."""
    return {(i, rad[i], j, rad[j]) for rad in rader for i, j in combinations(range(len(rad)), 2)}


def _fyll_i(rader: list[dict[int, Any]], nr: int, varden: Sequence[Any], kvar: set[Par]) -> None:
    """Give every row a value of factor `nr`; rows are added for the pairs that no row had room for."""
    for plats, rad in enumerate(rader):
        vridna = [*varden[plats % len(varden) :], *varden[: plats % len(varden)]]
        rad[nr] = max(vridna, key=lambda ny: len(kvar & set(_med(rad, nr, ny))))
        kvar -= set(_med(rad, nr, rad[nr]))
    for k, v, _, ny in sorted(kvar, key=repr):
        ledig = next((rad for rad in rader if rad[nr] == ny and k not in rad), None)
        if ledig is None:
            rader.append(ledig := {nr: ny})
        ledig[k] = v


def _med(rad: dict[int, Any], nr: int, ny: Any) -> Iterator[Par]:
    """The pairs that a value would make with what the row has."""
    return ((k, v, nr, ny) for k, v in rad.items() if k != nr)
