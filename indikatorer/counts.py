"""Counting: one packed pass over each column, and every indicator is read from the counts.

Rows are coded columns (`KodadTabell`). A question is counted once, for all its options and all parts of all splits, by
one `bincount` on a key that packs the option with the background columns. The result is a small matrix, options by
parts, so that one more indicator on a counted question costs one small product and no pass over rows. Columns that meet
in a condition are counted together in the same way, every combination of their options being one option.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from math import prod
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Koder: TypeAlias = NDArray[np.integer[Any]]
Tal: TypeAlias = NDArray[np.int64]

# A clause holds for a row when any of its columns has one of the codes; a condition is clauses that all hold.
Klausul: TypeAlias = tuple[tuple[str, frozenset[int]], ...]
Uttryck: TypeAlias = tuple[Klausul, ...]

# Background columns share one key while their combinations stay this few; beyond it each gets a pass of its own.
STORSTA_BAKGRUND: Final = 4096
# One column is counted by its codes while they make no more cells than this; else a few values can cost gigabytes.
STORSTA_TABELL: Final = 1 << 20
# Rows per pass: the key of a chunk stays in the processor's cache, and memory stays flat whatever the table's size.
BIT: Final = 1 << 17


@dataclass(frozen=True)
class KodadKolumn:
    """koder: one per row, 0 = empty. etiketter: the value of each code; etiketter[0] is "".

    grupper: values that have a name together, and their codes. ihop: whether they are shown under that name only. Codes
    are of single values all the same, so that what is told of one hangs together with what is told of its group.
    """

    koder: Koder
    etiketter: tuple[str, ...]
    grupper: Mapping[str, frozenset[int]] = field(default_factory=dict)
    ihop: bool = False

    @cached_property
    def delar(self) -> tuple[tuple[str, frozenset[int]], ...]:
        """What a split by the column shows, name and codes, in the order that they first occur. Empty is no part."""
        i_grupp = {kod: namn for namn, koder in self.grupper.items() for kod in koder} if self.ihop else {}
        delar: dict[str, set[int]] = {}
        for kod, etikett in enumerate(self.etiketter[1:], start=1):
            delar.setdefault(i_grupp.get(kod, etikett), set()).add(kod)
        return tuple((namn, frozenset(koder)) for namn, koder in delar.items())

    def per_del(self, per_kod: NDArray[np.float64]) -> NDArray[np.float64]:
        """Counts by code (last axis) as counts by part."""
        if len(self.delar) == len(self.etiketter) - 1:
            return per_kod[..., 1:]
        return np.stack([per_kod[..., sorted(koder)].sum(-1) for _, koder in self.delar], axis=-1)

    @cached_property
    def _kod(self) -> dict[str, frozenset[int]]:
        return {**self.grupper, **{etikett: frozenset({kod}) for kod, etikett in enumerate(self.etiketter) if kod}}

    @cached_property
    def _lasta(self) -> dict[tuple[str, ...], frozenset[int]]:
        """What `koder_for` has answered: many indicators ask the same of a column."""
        return {}

    def koder_for(self, varden: tuple[str, ...]) -> frozenset[int]:
        """The codes of these values; a value that no row can have gives none."""
        if varden not in self._lasta:
            self._lasta[varden] = frozenset[int]().union(*(self._kod[v] for v in varden if v in self._kod))
        return self._lasta[varden]

    def koder_utom(self, varden: tuple[str, ...]) -> frozenset[int]:
        """The codes of all other values, but not of empty."""
        return self._ifyllda - self.koder_for(varden)

    @cached_property
    def _ifyllda(self) -> frozenset[int]:
        return frozenset(range(1, len(self.etiketter)))


@dataclass(frozen=True, slots=True)
class KodadTabell:
    """A källa ready to count. antal: how many persons or answers each row stands for; None when every row is one.

    raknat: the counts that are left when the rows have been disposed of (`gallrat`); None when the rows are there.
    """

    rader: int
    kolumner: Mapping[str, KodadKolumn]
    antal: NDArray[np.int64] | None
    raknat: Mapping[str, Any] | None = None


def antal_rader(tabell: KodadTabell) -> int:
    """How many persons or answers a table holds."""
    return tabell.rader if tabell.antal is None else int(tabell.antal.sum())


class Matt(NamedTuple):
    """What to count: rows within urval, of them those in namnare, of them those in taljare."""

    urval: Uttryck
    namnare: Uttryck
    taljare: Uttryck


class Rakning(NamedTuple):
    """Counts for the whole (first) and for every part of every dimension, in the counter's order of parts."""

    rader: Tal
    namnare: Tal
    taljare: Tal


class Raknare:
    """The counts of one källa.

    dimensioner: the columns it may be split by. Parts are numbered through all dimensions; number 0 is the whole.
    """

    def __init__(self, tabell: KodadTabell, dimensioner: Sequence[str]) -> None:
        self._tabell = tabell
        self._raknade: dict[tuple[str, ...], _Raknat] = {}
        self._delar: dict[str, slice] = {}
        self._antal_delar = 1
        for namn in dict.fromkeys(dimensioner):
            start, self._antal_delar = self._antal_delar, self._antal_delar + len(tabell.kolumner[namn].delar)
            self._delar[namn] = slice(start, self._antal_delar)
        self._grupper = [
            _Bakgrund(tabell, {n: self._delar[n] for n in namn}) for namn in _gruppera(tabell, self._delar)
        ]
        self._celler = max(grupp.celler for grupp in self._grupper)

    def delar(self, dimension: str) -> slice:
        """Where the parts of a dimension lie in a Rakning; in the order of the column's parts."""
        return self._delar[dimension]

    def rakna_fragor(self, kolumner: Iterable[str]) -> None:
        """Count these columns now, so that later calls only read."""
        for kolumn in kolumner:
            self._rakna_kolumner((kolumn,))

    def rakna(self, matt: Matt) -> Rakning:
        """The counts that a Matt asks for."""
        kolumner = _kolumner(matt)
        if len(kolumner) < 2:
            antal = prod(self._storlekar(kolumner))
            if antal * self._celler <= STORSTA_TABELL:
                return _las(self._rakna_kolumner(kolumner).delar, _klassa_koder(matt, antal))
        elif (svar := self._rakna_rutor(matt, kolumner)) is not None:
            return svar
        koder = {namn: self._tabell.kolumner[namn].koder for namn in kolumner}
        klasser = _klassa(matt, koder, self._storlekar(kolumner), self._tabell.rader)
        return _las(self._rakna_koder(klasser, len(_KLASSER)).delar, _KLASSER)

    def _rakna_rutor(self, matt: Matt, kolumner: tuple[str, ...]) -> Rakning | None:
        """The counts when columns meet: each combination of their codes is judged, and not each row.

        What is asked of background columns is judged on the cells of their key. None when the rows are fewer.
        """
        grupp = self._grupper[0] if len(self._grupper) == 1 else None
        utanfor = tuple(namn for namn in kolumner if grupp is None or namn not in grupp.delar)
        bakgrund = () if grupp is None or len(utanfor) == len(kolumner) else tuple(grupp.delar)
        if prod(self._storlekar(utanfor)) * self._celler > max(self._tabell.rader, STORSTA_BAKGRUND):
            return None
        storlekar = self._storlekar(utanfor + bakgrund)
        rutor = dict(zip(utanfor + bakgrund, _rutor(storlekar), strict=True))
        klasser = _klassa(matt, rutor, storlekar, prod(storlekar))
        raknat = self._rakna_kolumner(utanfor)
        if grupp is None or not bakgrund:
            return _las(raknat.delar, klasser)
        valda = [np.where(klasser >= klass, raknat.celler[0].ravel(), 0) for klass in _KLASSER[1:]]
        tal = np.empty((len(valda), self._antal_delar))
        grupp.summera(np.array([v.reshape(raknat.celler[0].shape).sum(0) for v in valda]), tal)
        return Rakning(*tal.astype(np.int64))

    def _storlekar(self, kolumner: Iterable[str]) -> list[int]:
        return [len(self._tabell.kolumner[namn].etiketter) for namn in kolumner]

    def _rakna_kolumner(self, namn: tuple[str, ...]) -> _Raknat:
        """The counts of every combination of these columns' codes, the last column's varying fastest."""
        if namn not in self._raknade:
            kolumner, storlekar = [self._tabell.kolumner[n] for n in namn], self._storlekar(namn)
            koder = kolumner[0].koder if kolumner else np.zeros(self._tabell.rader, dtype=np.int8)
            for kolumn, storlek in zip(kolumner[1:], storlekar[1:], strict=True):
                koder = koder * np.int32(storlek) + kolumn.koder
            self._raknade[namn] = self._rakna_koder(koder, prod(storlekar))
        return self._raknade[namn]

    def _rakna_koder(self, koder: Koder, antal_koder: int) -> _Raknat:
        celler = [grupp.rakna(koder, antal_koder, self._tabell.antal) for grupp in self._grupper]
        tal = np.empty((antal_koder, self._antal_delar))
        for grupp, egna in zip(self._grupper, celler, strict=True):
            grupp.summera(egna, tal)
        return _Raknat(celler, tal)


class _Raknat(NamedTuple):
    """Codes by the cells of each background key, and by parts. float64 holds whole numbers exactly up to 2**53."""

    celler: list[NDArray[np.float64]]
    delar: NDArray[np.float64]


class _Bakgrund:
    """Some background columns packed in one key, so that one pass counts all their combinations.

    delar: the columns, and where the parts of each lie among all parts.
    """

    def __init__(self, tabell: KodadTabell, delar: Mapping[str, slice]) -> None:
        self.delar = delar
        self._kolumner = [tabell.kolumner[namn] for namn in delar]
        self._storlekar = [len(tabell.kolumner[namn].etiketter) for namn in delar]
        self.celler = prod(self._storlekar)
        self._nyckel = np.zeros(tabell.rader, dtype=np.int32)
        for namn, storlek in zip(delar, self._storlekar, strict=True):
            self._nyckel = self._nyckel * np.int32(storlek) + tabell.kolumner[namn].koder

    def rakna(self, koder: Koder, antal_koder: int, vikter: NDArray[np.int64] | None) -> NDArray[np.float64]:
        """Codes by cells."""
        summa = np.zeros(antal_koder * self.celler)
        for start in range(0, len(koder), BIT):
            bit = slice(start, start + BIT)
            nyckel = koder[bit] * np.int32(self.celler) + self._nyckel[bit]
            summa += np.bincount(nyckel, None if vikter is None else vikter[bit], minlength=len(summa))
        return summa.reshape(antal_koder, self.celler)

    def summera(self, celler: NDArray[np.float64], tal: NDArray[np.float64]) -> None:
        """Fill in the whole and the parts of these columns in tal, from cells. An empty value is no part."""
        tal[:, 0] = np.add.reduce(celler, axis=1)
        rutor = celler.reshape(len(tal), *self._storlekar)
        axlar = range(1, rutor.ndim)
        for axel, kolumn, plats in zip(axlar, self._kolumner, self.delar.values(), strict=True):
            tal[:, plats] = kolumn.per_del(np.add.reduce(rutor, axis=tuple(a for a in axlar if a != axel)))


def _gruppera(tabell: KodadTabell, dimensioner: Iterable[str]) -> list[list[str]]:
    """Dimensions in groups whose combinations are few. At least one group, so that the whole is always counted."""
    grupper: list[list[str]] = [[]]
    celler = 1
    for namn in dimensioner:
        storlek = len(tabell.kolumner[namn].etiketter)
        if grupper[-1] and celler * storlek > STORSTA_BAKGRUND:
            grupper.append([])
            celler = 1
        grupper[-1].append(namn)
        celler *= storlek
    return grupper


def _kolumner(matt: Matt) -> tuple[str, ...]:
    """The columns that a Matt is about, always in the same order, so that what was counted is found again."""
    return tuple(sorted({namn for uttryck in matt for klausul in uttryck for namn, _ in klausul}))


# What a row, or a combination of codes, is: 0 outside urval, 1 within it, 2 also in namnare, 3 also in taljare.
_MASKER: Final = np.array([[0, 1, 1, 1], [0, 0, 1, 1], [0, 0, 0, 1]], dtype=np.float64)
_KLASSER: Final = range(4)


def _klassa_koder(matt: Matt, antal_koder: int) -> list[int]:
    """The class of each code, when all of a Matt is about one column. Most are, so no array is made for it."""
    kvar = frozenset(range(antal_koder))
    klasser = [0] * antal_koder
    for klass, uttryck in enumerate(matt, start=1):
        for klausul in uttryck:
            kvar &= frozenset.union(*(koder for _, koder in klausul))
        for kod in kvar:
            klasser[kod] = klass
    return klasser


def _klassa(matt: Matt, koder: Mapping[str, Koder], storlekar: Sequence[int], antal: int) -> NDArray[np.int8]:
    """The class of each of `antal` rows or combinations, whose codes are given by column."""
    antal_koder = dict(zip(koder, storlekar, strict=True))
    kvar = np.ones(antal, dtype=np.bool_)
    klasser = np.zeros(antal, dtype=np.int8)
    for uttryck in matt:
        for klausul in uttryck:
            nagon = [_mask(bland, antal_koder[namn])[koder[namn]] for namn, bland in klausul]
            kvar &= nagon[0] if len(nagon) == 1 else np.logical_or.reduce(nagon)
        klasser += kvar
    return klasser


@lru_cache(maxsize=1024)
def _mask(koder: frozenset[int], antal: int) -> NDArray[np.bool_]:
    """Which of `antal` codes are among these. The same few are asked for again and again, so nobody may change one."""
    mask = np.zeros(antal, dtype=np.bool_)
    mask[list(koder)] = True
    mask.flags.writeable = False
    return mask


def _rutor(storlekar: Sequence[int]) -> NDArray[np.intp]:
    """Every combination of codes of columns with these sizes: one row per column. Few combinations are kept."""
    fa = prod(storlekar) <= STORSTA_BAKGRUND
    return _fa_rutor(tuple(storlekar)) if fa else np.indices(storlekar).reshape(len(storlekar), -1)


@lru_cache(maxsize=64)
def _fa_rutor(storlekar: tuple[int, ...]) -> NDArray[np.intp]:
    rutor = np.indices(storlekar).reshape(len(storlekar), -1)
    rutor.flags.writeable = False
    return rutor


def _las(tabell: NDArray[np.float64], klasser: Sequence[int] | NDArray[np.int8]) -> Rakning:
    tal = (_MASKER.take(klasser, axis=1) @ tabell).astype(np.int64)
    return Rakning(tal[0], tal[1], tal[2])
