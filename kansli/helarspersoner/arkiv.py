"""The office's answer as it came, kept in the instance with the day it was fetched, so that a figure can be traced."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from grund.settings import ersatt_privat, skapa_mapp
from insatser.helarsekvivalenter import RIKET, Manadstabell, Omrade, las_manader
from insatser.pxweb import las_kub
from kansli.arbetsmapp import Arbetsmapp

_MAPP: Final = "statistik"


@dataclass(frozen=True)
class Val:
    """What a förbund wants to see. kommuner: their codes. namn: what they are together, "" for no such row."""

    kommuner: tuple[str, ...] = ()
    namn: str = ""

    def omraden(self, tabell: Manadstabell) -> list[Omrade]:
        """The rows: each kommun, all of them together, and the whole country."""
        ut = [Omrade(tabell.namn.get(kod, kod), (kod,)) for kod in self.kommuner]
        if self.namn and len(self.kommuner) > 1:
            ut.append(Omrade(self.namn, self.kommuner))
        return [*ut, *([Omrade("Riket", (RIKET,))] if RIKET in tabell.namn else [])]


@dataclass(frozen=True)
class Hamtat:
    """Where an answer came from. hamtad: the moment, in ISO format. fran: an address, or the name of a file."""

    hamtad: str
    fran: str
    av: str

    @property
    def dag(self) -> str:
        """The day."""
        return self.hamtad[:10]


def spara(mapp: Arbetsmapp, ar: int, innehall: bytes, om: Hamtat, val: Val) -> None:
    """Keep an answer for a year, in the place of an earlier one."""
    rot = mapp.rot / _MAPP
    skapa_mapp(rot)
    ersatt_privat(_fil(mapp, ar, "svar"), innehall)
    text = json.dumps({"om": asdict(om), "val": asdict(val)}, ensure_ascii=False, indent=1)
    ersatt_privat(_fil(mapp, ar, "om"), text.encode())


def om(mapp: Arbetsmapp, ar: int) -> tuple[Hamtat, Val] | None:
    """Where a year's answer came from, and what was chosen; None when there is none."""
    fil = _fil(mapp, ar, "om")
    if not fil.exists() or not _fil(mapp, ar, "svar").exists():
        return None
    ra = json.loads(fil.read_text("utf-8"))
    return Hamtat(**ra["om"]), Val(tuple(ra["val"]["kommuner"]), ra["val"]["namn"])


def las(mapp: Arbetsmapp, ar: int, aldersgrupp: str) -> Manadstabell:
    """A year's answer, read again.

    Raises:
        PxwebFel: it is not what can be counted from.
    """
    fil = _fil(mapp, ar, "svar")
    return _las(fil, fil.stat().st_mtime_ns, aldersgrupp)


@lru_cache(maxsize=4)
def _las(fil: Path, _stampel: int, aldersgrupp: str) -> Manadstabell:
    """The file as it is since a moment; what is read once is read for every page until it changes."""
    return las_manader(las_kub(fil.read_bytes()), aldersgrupp)


def senaste_val(mapp: Arbetsmapp, ar: int) -> Val:
    """What to suggest: the year's own choice, else that of the latest year before it."""
    for tidigare in range(ar, ar - 10, -1):
        funnet = om(mapp, tidigare)
        if funnet is not None:
            return funnet[1]
    return Val()


def _fil(mapp: Arbetsmapp, ar: int, slag: str) -> Path:
    return mapp.rot / _MAPP / f"helarsekvivalenter-{ar}.{slag}.json"
