"""The smallest groups that anything told of a källa keeps apart, and every count told as a sum of them.

A count is a condition on a row (`Uttryck`). Totals, parts, shares of shares, the same figure told twice: all that a
reader knows of how counts hang together follows from which rows they count, so no relation is listed anywhere.

Columns that the källa is split by make the background: each combination of their values is a group. Other columns are
taken in blocks, a block being columns that meet in some count. Two blocks divide the same groups each in its own way;
nothing told says how they meet within one, so every division of one goes with every division of the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from indikatorer.counts import Klausul, Uttryck

# A count, or one count less another: terms with their sign.
Summa: TypeAlias = tuple[tuple[int, Uttryck], ...]
Tal: TypeAlias = NDArray[np.int64]
Sant: TypeAlias = NDArray[np.bool_]
# Which groups there are follows from what is told, and not from how many: two years of a few källor at a time.
_FLEST: Final = 16


@dataclass(frozen=True, slots=True)
class Atomer:
    """The smallest groups, as columns of two matrices of whole numbers.

    tal: one row per Summa; times the persons of each group it is the count. lika: rows that are always 0, as every
    block divides the same persons.
    """

    tal: Tal
    lika: Tal


def dela(
    summor: Sequence[Summa],
    bakgrund: Iterable[str],
    storlekar: Mapping[str, int],
    omojliga: Sequence[Uttryck] = (),
) -> Atomer:
    """The smallest groups for these counts.

    bakgrund: the columns that groups are made of. storlekar: codes by column. omojliga: what no row can be.
    """
    return _dela(tuple(summor), frozenset(bakgrund), tuple(sorted(storlekar.items())), tuple(omojliga))


@lru_cache(maxsize=_FLEST)
def _dela(
    summor: tuple[Summa, ...],
    vilka: frozenset[str],
    kolumner: tuple[tuple[str, int], ...],
    omojliga: tuple[Uttryck, ...],
) -> Atomer:
    """The same question has the same answer, and is asked whenever a year is: kept, and written to by nobody."""
    storlekar = dict(kolumner)
    sokta = dict.fromkeys(uttryck for summa in summor for _, uttryck in summa)
    alla = list(dict.fromkeys((*sokta, *omojliga)))
    klausuler = list(dict.fromkeys(klausul for uttryck in alla for klausul in uttryck))
    klasser = {k: _klasser(k, klausuler, storlekar[k]) for k in sorted({k for kl in klausuler for k, _ in kl})}
    bakgrund = [k for k in klasser if k in vilka]
    delare = _Delare(klausuler, klasser, set(omojliga))
    grupper = delare.grupper(bakgrund, [u for u in omojliga if _kolumner(u) <= set(bakgrund)])
    lika = list[tuple[int, Tal]]()
    platser, bredd = dict[Uttryck, tuple[int, Sant]](), 0
    for block in [set[str](), *_block(alla, set(bakgrund))]:
        egna = [u for u in alla if _kolumner(u) - set(bakgrund) and block and _kolumner(u) <= block | set(bakgrund)]
        egna = egna if block else [u for u in alla if _kolumner(u) <= set(bakgrund)]
        sanna, grupp = delare.dela(egna, sorted(block), grupper)
        platser |= {u: (bredd, sant) for u, sant in zip(egna, sanna, strict=True)}
        lika.append((bredd, grupp))
        bredd += len(grupp)
    tal = np.zeros((len(summor), bredd), dtype=np.int64)
    for rad, summa in zip(tal, summor, strict=True):
        for tecken, uttryck in summa:
            start, sant = platser[uttryck]
            rad[start : start + len(sant)] += tecken * sant
    atomer = Atomer(tal, _lika(lika, len(grupper), bredd))
    for matris in (atomer.tal, atomer.lika):
        matris.setflags(write=False)
    return atomer


def _kolumner(uttryck: Uttryck) -> set[str]:
    return {kolumn for klausul in uttryck for kolumn, _ in klausul}


def _block(alla: Iterable[Uttryck], bakgrund: set[str]) -> list[set[str]]:
    """Columns, the background apart, that meet in some count, directly or by way of others."""
    block: list[set[str]] = []
    for uttryck in alla:
        egna = _kolumner(uttryck) - bakgrund
        if egna:
            rorda = [b for b in block if b & egna]
            block = [b for b in block if not b & egna] + [egna.union(*rorda)]
    return sorted(block, key=sorted)


def _klasser(kolumn: str, klausuler: Sequence[Klausul], storlek: int) -> Sant:
    """Which clauses a column alone makes true: one row for all codes that no clause keeps apart."""
    sant = np.zeros((storlek, len(klausuler)), dtype=np.bool_)
    for nr, klausul in enumerate(klausuler):
        for namn, koder in klausul:
            if namn == kolumn:
                sant[list(koder), nr] = True
    return np.unique(sant, axis=0)


def _lika(block: Sequence[tuple[int, Tal]], antal_grupper: int, bredd: int) -> Tal:
    """Per group, what a block holds less what the first one, of whole groups, does."""
    rader = np.zeros(((len(block) - 1) * antal_grupper, bredd), dtype=np.int64)
    for nr, (start, grupp) in enumerate(block[1:]):
        rader[nr * antal_grupper + grupp, start + np.arange(len(grupp))] = 1
        rader[nr * antal_grupper + np.arange(antal_grupper), np.arange(antal_grupper)] = -1
    return rader


@dataclass(frozen=True, slots=True)
class _Delare:
    """Combines the classes of columns, and keeps apart no more combinations than the counts do."""

    klausuler: Sequence[Klausul]
    klasser: Mapping[str, Sant]
    omojliga: set[Uttryck]

    def grupper(self, bakgrund: Sequence[str], omojliga: Sequence[Uttryck]) -> Sant:
        """The groups that the background makes: which clauses it makes true in each."""
        sant = np.zeros((1, len(self.klausuler)), dtype=np.bool_)
        for kolumn in bakgrund:
            sant = _korsa(sant, self.klasser[kolumn])
        for uttryck in omojliga:
            sant = sant[~sant[:, [self.klausuler.index(k) for k in uttryck]].all(1)]
        return sant

    def dela(self, egna: Sequence[Uttryck], block: Sequence[str], grupper: Sant) -> tuple[Sant, Tal]:
        """Divide each group by the columns of a block.

        Returns which of `egna` (rows) each of the smallest groups (columns) meets, and the group that it is of.
        """
        nummer = {klausul: nr for nr, klausul in enumerate(self.klausuler)}
        ingar = np.zeros((len(egna), len(nummer)), dtype=np.bool_)
        for rad, uttryck in zip(ingar, egna, strict=True):
            rad[[nummer[k] for k in uttryck]] = True
        sant, grupp = grupper, np.arange(len(grupper), dtype=np.int64)
        for nr, kolumn in enumerate(block):
            klass = self.klasser[kolumn]
            sant, grupp = _korsa(sant, klass), np.repeat(grupp, len(klass))
            avgjorda = np.array([not any(k in block[nr + 1 :] for k, _ in kl) for kl in self.klausuler])
            # What cannot be met any more need not be told apart.
            lever = ((~sant & avgjorda) @ ingar.T) == 0
            sant &= (lever.astype(np.int64) @ ingar) > 0
            _, forsta = np.unique(np.column_stack([grupp, sant]), axis=0, return_index=True)
            sant, grupp = sant[forsta], grupp[forsta]
        meter = (~sant).astype(np.int64) @ ingar.T == 0
        mojliga = ~meter[:, [u in self.omojliga for u in egna]].any(1)
        return _slagna(meter[mojliga], grupp[mojliga])


def _korsa(sant: Sant, klass: Sant) -> Sant:
    """Every row of the one with every row of the other."""
    return np.repeat(sant, len(klass), axis=0) | np.tile(klass, (len(sant), 1))


def _slagna(meter: Sant, grupp: Tal) -> tuple[Sant, Tal]:
    """Those of one group that meet the same counts, as one."""
    rader = np.unique(np.column_stack([grupp, meter]), axis=0)
    return rader[:, 1:].T.astype(np.bool_), rader[:, 0].astype(np.int64)
