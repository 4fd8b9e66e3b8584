"""A källa whose rows have been disposed of: what is left are the counts that the indicators used, and they are enough.

A count is kept under what it counted, in the words of the answers, so that the same question gives the same figures
whatever the order of options or columns has become. What nobody counted before the rows went is not measured: zero.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from indikatorer.counts import KodadTabell, Matt, Raknare, Rakning, Uttryck
from indikatorer.tabell import Kolumn, Tabell

if TYPE_CHECKING:
    from indikatorer.berakning import Berakning

ANDELSE: Final = ".raknat.json"
HELA: Final = ""
# By what was counted: of the whole (under HELA) rows, namnare and taljare; of each split the same by part.
Tal: TypeAlias = Mapping[str, Mapping[str, Any]]


class GallratRaknare(Raknare):
    """The counter of such a källa: it looks up what a counter of rows would count."""

    def __init__(self, tabell: KodadTabell, tal: Tal, dimensioner: Sequence[str]) -> None:
        tomma = {namn: replace(kolumn, koder=kolumn.koder[:0]) for namn, kolumn in tabell.kolumner.items()}
        super().__init__(KodadTabell(0, tomma, None), dimensioner)
        self._gallrad, self._tal = tabell, tal

    def rakna(self, matt: Matt) -> Rakning:
        """The counts, or zeros where they were never made."""
        funna = self._tal.get(nyckel(matt, self._gallrad), {})
        delar = [np.asarray(funna.get(HELA, [[0], [0], [0]]), dtype=np.int64)]
        for dimension in self._delar:
            sparat: Mapping[str, Sequence[int]] = funna.get(dimension, {})
            kolumn = self._gallrad.kolumner[dimension]
            per_kod = np.array([sparat.get(etikett, (0, 0, 0)) for etikett in kolumn.etiketter], dtype=np.float64)
            delar.append(kolumn.per_del(per_kod.T).astype(np.int64))
        return Rakning(*np.hstack(delar))


def skriv(b: Berakning, kalla: str) -> bytes:
    """All counts that the indicators have asked of a källa, as what shall be kept of it.

    Raises:
        ValueError: the källa has no table, or stands for more than one person a row.
    """
    tabell, kodad = b.data(kalla).tabell, b.tabell(kalla)
    if tabell is None or kodad.antal is not None:
        raise ValueError(f"no rows to count in {kalla}")
    kolumner = {namn: _forekommande(kolumn) for namn, kolumn in tabell.kolumner.items()}
    tal = {
        nyckel(matt, kodad): _som_lista(b, kalla, rakning)
        for (egen, matt), rakning in sorted(b.raknade.items(), key=repr)
        if egen == kalla
    }
    innehall = {"rader": kodad.rader, "kolumner": kolumner, "tal": dict(sorted(tal.items()))}
    return json.dumps(innehall, ensure_ascii=False, indent=1).encode()


def raknare(tabell: KodadTabell, dimensioner: Sequence[str]) -> Raknare:
    """What counts a table: its rows, or what is left of them."""
    return Raknare(tabell, dimensioner) if tabell.raknat is None else GallratRaknare(tabell, tabell.raknat, dimensioner)


def las(fil: str, data: bytes) -> Tabell:
    """What `skriv` kept, as a table without rows."""
    ra: dict[str, Any] = json.loads(data)
    # Each value once, since a value that no row has does not count as one that the column has.
    kolumner = {
        namn: Kolumn(np.arange(len(varden), dtype=np.int32), tuple(varden)) for namn, varden in ra["kolumner"].items()
    }
    return Tabell(fil, ra["rader"], kolumner, raknat=ra["tal"])


def nyckel(matt: Matt, tabell: KodadTabell) -> str:
    """What a Matt counts, in words. An answer that no row has makes no difference, and is left out."""
    return json.dumps([_ord(uttryck, tabell) for uttryck in matt], ensure_ascii=False)


def _ord(uttryck: Uttryck, tabell: KodadTabell) -> list[list[list[object]]]:
    return sorted((sorted(_svar(tabell, namn, koder) for namn, koder in klausul) for klausul in uttryck), key=repr)


def _svar(tabell: KodadTabell, namn: str, koder: frozenset[int]) -> list[object]:
    kolumn = tabell.kolumner[namn]
    finns = np.unique(kolumn.koder).tolist()
    return [namn, sorted(kolumn.etiketter[kod] for kod in koder if kod in finns)]


def _forekommande(kolumn: Kolumn) -> list[str]:
    return [kolumn.varden[kod] for kod in sorted(set(kolumn.koder.tolist()))]


def _som_lista(b: Berakning, kalla: str, rakning: Rakning) -> dict[str, Any]:
    ut: dict[str, Any] = {HELA: [[int(tal[0])] for tal in rakning]}
    for dimension in b.dimensioner(kalla):
        plats, etiketter = b.delar(kalla, dimension)
        ut[dimension] = {e: [int(tal[plats][nr]) for tal in rakning] for nr, e in enumerate(etiketter)}
    return ut
