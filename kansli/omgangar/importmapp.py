"""Files that are about to be imported: kept for a day in the instance, out of every backup, and then overwritten."""

from __future__ import annotations

import json
import re
import secrets
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from enkat.inlasning.importera import las_tabell
from enkat.inlasning.tabell import Importtabell
from grund.settings import ersatt_privat, forstor_fil, skapa_mapp, skriv_privat

KVAR: Final = timedelta(hours=24)
_DATA, _UPPGIFT, _MAPPNING = "data", "uppgift.json", "mappning.toml"
_NAMN: Final = re.compile(r"[0-9a-f]{32}")
_FLEST_I_MINNET: Final = 3


@dataclass(frozen=True)
class Uppgift:
    """What was uploaded. enkat: the questionnaire that the answers belong to. borjade: ISO, in UTC."""

    fil: str
    enkat: str
    period: str
    borjade: str
    blad: str | None = None
    rubrikrader: tuple[int, ...] = ()


@dataclass(frozen=True)
class Uppladdad:
    """An upload that waits. namn: what its folder and its page are called."""

    mapp: Path
    uppgift: Uppgift

    @property
    def namn(self) -> str:
        """What it is called."""
        return self.mapp.name

    def data(self) -> bytes:
        """The file as it came."""
        return (self.mapp / _DATA).read_bytes()

    def mappning(self) -> bytes:
        """The mapping as it was last saved."""
        return (self.mapp / _MAPPNING).read_bytes()

    def spara_mappning(self, text: str) -> None:
        """Keep the mapping."""
        ersatt_privat(self.mapp / _MAPPNING, text.encode())

    def tabell(self) -> Importtabell:
        """The table. It was read without fault when it was uploaded."""
        with _las:
            kand = _minne.get(self.namn)
        if kand is not None:
            return kand
        u = self.uppgift
        tabell, _fel = las_tabell(u.fil, self.data(), u.blad, u.rubrikrader or None)
        assert tabell is not None
        return _minns(self.namn, tabell)

    def kasta(self) -> None:
        """Overwrite and remove everything."""
        with _las:
            _minne.pop(self.namn, None)
        for fil in list(self.mapp.iterdir()) if self.mapp.is_dir() else ():
            forstor_fil(fil)
        if self.mapp.is_dir():
            self.mapp.rmdir()


_minne: dict[str, Importtabell] = {}
_las: Final = threading.Lock()


def lagg(rot: Path, uppgift: Uppgift, data: bytes, tabell: Importtabell, mappning: str) -> Uppladdad:
    """Keep an upload that has been read. rot: the instance folder."""
    mapp = _rot(rot) / secrets.token_hex(16)
    skapa_mapp(mapp)
    skriv_privat(mapp / _DATA, data)
    skriv_privat(mapp / _MAPPNING, mappning.encode())
    skriv_privat(mapp / _UPPGIFT, json.dumps(asdict(uppgift), ensure_ascii=False).encode())
    _minns(mapp.name, tabell)
    return Uppladdad(mapp, uppgift)


def hamta(rot: Path, namn: str) -> Uppladdad | None:
    """An upload that still waits."""
    fil = _rot(rot) / namn / _UPPGIFT
    if _NAMN.fullmatch(namn) is None or not fil.is_file():
        return None
    ra = json.loads(fil.read_bytes())
    return Uppladdad(fil.parent, Uppgift(**(ra | {"rubrikrader": tuple(ra["rubrikrader"])})))


def vantande(rot: Path) -> Sequence[Uppladdad]:
    """Every upload that waits, the oldest first."""
    alla = [hamta(rot, mapp.name) for mapp in _rot(rot).glob("*")]
    return sorted((u for u in alla if u is not None), key=lambda u: u.uppgift.borjade)


def rensa(rot: Path, nu: datetime) -> None:
    """Remove what has waited for more than a day."""
    for uppladdad in vantande(rot):
        if datetime.fromisoformat(uppladdad.uppgift.borjade) < nu - KVAR:
            uppladdad.kasta()


def _rot(rot: Path) -> Path:
    return rot / "inlasning"


def _minns(namn: str, tabell: Importtabell) -> Importtabell:
    with _las:
        _minne[namn] = tabell
        while len(_minne) > _FLEST_I_MINNET:
            del _minne[next(iter(_minne))]
    return tabell
