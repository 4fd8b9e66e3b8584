"""Rows chosen and grouped by their values, for the rules that read single figures rather than count persons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indikatorer.counts import KodadTabell


def rader_i_urval(tabell: KodadTabell, urval: Mapping[str, Sequence[str]]) -> NDArray[np.int64]:
    """The numbers of the rows whose columns hold one of the values."""
    med = np.ones(tabell.rader, dtype=np.bool_)
    for namn, varden in urval.items():
        kolumn = tabell.kolumner[namn]
        med &= np.isin(kolumn.koder, list(kolumn.koder_for(tuple(varden))))
    return np.flatnonzero(med)


def grupper(
    tabell: KodadTabell, rader: NDArray[np.int64], per: Sequence[str], urval: Mapping[str, Sequence[str]]
) -> list[tuple[str | None, list[int]]]:
    """The rows of each value of the column in `per`, in the order that urval names them, else as they first occur.

    Without `per` one group, None, of all rows; an empty one too.
    """
    if not per:
        return [(None, rader.tolist())]
    kolumn = tabell.kolumner[per[0]]
    samlade: dict[str, list[int]] = {varde: [] for varde in urval.get(per[0], ()) if varde in kolumn.etiketter}
    for rad in rader.tolist():
        samlade.setdefault(kolumn.etiketter[kolumn.koder[rad]], []).append(rad)
    samlade.pop("", None)
    return list(samlade.items())


def varde(tabell: KodadTabell, kolumn: str, rad: int) -> str:
    """The text in a cell; "" when it is empty or the table lacks the column."""
    kodad = tabell.kolumner.get(kolumn)
    return "" if kodad is None else kodad.etiketter[kodad.koder[rad]]
