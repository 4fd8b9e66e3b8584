"""Other förbund beside us on paper: a result per row, a bokslut per column, as many tables as the width asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bokslut.diagram.spec import Rad
from bokslut.jamforelse.grannvy import Grannindikator, Grannomrade

# How many others a page has room for beside us.
_I_BREDD: Final = 3


@dataclass(frozen=True, slots=True)
class Granntabell:
    """A table. kolumner: the bokslut, ours first. rader: a result and a cell per column, None where not shared."""

    kolumner: tuple[str, ...]
    rader: tuple[tuple[Grannindikator, tuple[Rad | None, ...]], ...]


def build_granntabeller(omrade: Grannomrade, andra: Sequence[str]) -> Iterator[Granntabell]:
    """The tables of an area; none holds a result that only we have there. andra: the others, in order."""
    alla = [(v, _rutor(v, andra)) for v in omrade.indikatorer]
    for fran in range(0, len(andra), _I_BREDD):
        del_ = slice(fran, fran + _I_BREDD)
        rader = tuple((v, (vart, *deras[del_])) for v, (vart, deras) in alla if any(deras[del_]))
        if rader:
            yield Granntabell((alla[0][1][0].namn, *andra[del_]), rader)


def _rutor(v: Grannindikator, andra: Sequence[str]) -> tuple[Rad, list[Rad | None]]:
    """Our row of the chart, and that of each other: the chart has them in the same order, less those without."""
    vart, *kvar = v.diagram.rader
    deras = [kvar.pop(0) if kvar and kvar[0].namn == namn else None for namn in andra]
    return vart, deras
