"""Lists that can be searched, sorted and paged by their address alone, so that no script is needed for it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Generic, TypeVar

T = TypeVar("T")
PER_SIDA: Final = 50


@dataclass(frozen=True)
class Kolumn(Generic[T]):
    """A column. namn: in the address. rubrik: at its top. varde: what it is sorted by; None sorts last.

    sokbar: whether the search field looks in it.
    """

    namn: str
    rubrik: str
    varde: Callable[[T], Any]
    sokbar: bool = True


@dataclass(frozen=True)
class Lista(Generic[T]):
    """A list as it was asked for. rader: those on this page. antal: all that fit the search. alla: before it."""

    kolumner: Sequence[Kolumn[T]]
    rader: Sequence[T]
    antal: int
    alla: int
    sok: str
    sort: str
    fallande: bool
    sida: int
    sidor: int
    val: Mapping[str, str] = field(default_factory=dict)

    def adress(self, **andrat: object) -> dict[str, str]:
        """The arguments of the same list with something else: sort, fallande, sida, sok."""
        delar = {"sok": self.sok, "sort": self.sort, "fallande": "1" if self.fallande else "", **self.val}
        delar |= {namn: str(varde) for namn, varde in andrat.items()}
        return {namn: varde for namn, varde in delar.items() if varde}

    def vand(self, kolumn: str) -> dict[str, str]:
        """The arguments that a click on a column's heading leads to."""
        return self.adress(sort=kolumn, fallande="1" if self.sort == kolumn and not self.fallande else "")

    def ordning(self, kolumn: str) -> str | None:
        """What aria-sort says of a column; None when the list is not sorted by it."""
        return None if kolumn != self.sort else ("descending" if self.fallande else "ascending")


def build_lista(
    rader: Sequence[T],
    kolumner: Sequence[Kolumn[T]],
    fraga: Mapping[str, str],
    val: Mapping[str, str] | None = None,
    per_sida: int = PER_SIDA,
) -> Lista[T]:
    """A list from what stands in the address. fraga: its arguments. val: other choices that its links must keep.

    Without a known sort the rows stay in the order they came.
    """
    sok, sort, fallande = fraga.get("sok", "").strip()[:200], fraga.get("sort", ""), fraga.get("fallande") == "1"
    passar = [rad for rad in rader if _passar(rad, kolumner, sok)]
    kolumn = next((k for k in kolumner if k.namn == sort), None)
    if kolumn is not None:
        passar = _sorterade(passar, kolumn, fallande)
    sidor = max(1, -(-len(passar) // per_sida))
    sida = min(max(1, _heltal(fraga.get("sida", ""))), sidor)
    visas = passar[(sida - 1) * per_sida : sida * per_sida]
    ratt_sort = sort if kolumn is not None else ""
    return Lista(kolumner, visas, len(passar), len(rader), sok, ratt_sort, fallande, sida, sidor, val or {})


def _passar(rad: T, kolumner: Sequence[Kolumn[T]], sok: str) -> bool:
    """Whether every word of the search stands in some column."""
    if not sok:
        return True
    text = _jamforbar(" ".join(str(k.varde(rad) or "") for k in kolumner if k.sokbar))
    return all(ord_ in text for ord_ in _jamforbar(sok).split())


def _sorterade(rader: Sequence[T], kolumn: Kolumn[T], fallande: bool) -> list[T]:
    med = [rad for rad in rader if kolumn.varde(rad) is not None]
    utan = [rad for rad in rader if kolumn.varde(rad) is None]
    return [*sorted(med, key=lambda rad: sorteringsnyckel(kolumn.varde(rad)), reverse=fallande), *utan]


def sorteringsnyckel(varde: object) -> tuple[int, Any]:
    """What puts numbers in their order and words in the Swedish one, where å, ä and ö come last."""
    if isinstance(varde, bool | int | float):
        return 0, varde
    if isinstance(varde, datetime):
        return 1, varde.timestamp()
    # å, ä and ö follow z as {, | and } follow it in the table of signs.
    text = str(varde).casefold().translate({ord("å"): "{", ord("ä"): "|", ord("ö"): "}"})
    return 2, unicodedata.normalize("NFKD", text)


def _jamforbar(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _heltal(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 1
