"""Which rows of the register somebody asks for, and in what order: as it stands in the address of the list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from insatser.koder import KON, UTFALL

PER_SIDA: Final = 50
LAGEN: Final = ("pagar", "slutat")
SORTER: Final = ("insats", "start", "slut")
_HOGSTA_SIDA: Final = 1_000_000


@dataclass(frozen=True)
class Urval:
    """What is asked for; "" and None are all. lage: pagar or slutat. ar: those who took part at any time of the year.

    sort: a name of SORTER; without one the rows come by insats and number.
    """

    insats_id: int | None = None
    kon: str = ""
    utfall: str = ""
    lage: str = ""
    ar: int | None = None
    nummer: int | None = None
    sort: str = ""
    fallande: bool = False
    sida: int = 1

    def adress(self, **andrat: object) -> dict[str, str]:
        """The arguments of the same list with something else."""
        delar: dict[str, object] = {
            "insats": self.insats_id,
            "kon": self.kon,
            "utfall": self.utfall,
            "lage": self.lage,
            "ar": self.ar,
            "nummer": self.nummer,
            "sort": self.sort,
            "fallande": "1" if self.fallande else "",
        }
        return {namn: str(varde) for namn, varde in (delar | andrat).items() if varde not in (None, "")}

    def vand(self, kolumn: str) -> dict[str, str]:
        """The arguments that a click on a column's heading leads to."""
        return self.adress(sort=kolumn, fallande="1" if self.sort == kolumn and not self.fallande else "")

    def ordning(self, kolumn: str) -> str | None:
        """What aria-sort says of a column; None when the list is not sorted by it."""
        return None if kolumn != self.sort else ("descending" if self.fallande else "ascending")

    def begransat(self) -> bool:
        """Whether anything but the order is asked for."""
        return any((self.insats_id, self.kon, self.utfall, self.lage, self.ar, self.nummer))


def las_urval(fraga: Mapping[str, str]) -> Urval:
    """What an address asks for; what nobody knows is as if it was not there."""
    return Urval(
        insats_id=_tal(fraga.get("insats", "")),
        kon=_kod(fraga.get("kon", ""), KON),
        utfall=_kod(fraga.get("utfall", ""), UTFALL),
        lage=fraga.get("lage", "") if fraga.get("lage", "") in LAGEN else "",
        ar=_tal(fraga.get("ar", ""), 9999),
        nummer=_tal(fraga.get("nummer", "").strip()),
        sort=fraga.get("sort", "") if fraga.get("sort", "") in SORTER else "",
        fallande=fraga.get("fallande") == "1",
        sida=_tal(fraga.get("sida", ""), _HOGSTA_SIDA) or 1,
    )


def _kod(text: str, koder: Mapping[str, str]) -> str:
    return text if text in koder else ""


def _tal(text: str, hogst: int = 999_999) -> int | None:
    """A whole number from 1 to `hogst`; None for all else."""
    tal = int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 0
    return tal if 1 <= tal <= hogst else None
