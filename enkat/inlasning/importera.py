"""Takes earlier years and other tools' answers into the folder of frozen sets, so that the first bokslut has a past.

Nothing is written before every row is right, or the person has chosen to leave the faulty ones out. The rows are
sorted, and an enhet with few answers is merged with others, as when a round of ours is frozen.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from enkat.formular import Enkat
from enkat.frysning import fryst_mapp
from enkat.frysning.frysta_rader import Rader, sla_ihop
from enkat.frysning.kallbeskrivning import kolumner, underlag_kalla
from enkat.frysning.underlagsfil import lagg_till
from enkat.inlasning.excel import las_excel
from enkat.inlasning.mappning import Mappning, saknade_kolumner
from enkat.inlasning.tabell import Importtabell, las_csv_tabell
from enkat.inlasning.tolkning import Spalt, Tolkare
from indikatorer.diagnos import Diagnos, Niva

Skrivet = Literal["ny", "oforandrad", "ersatt"]


class FinnsRedan(RuntimeError):
    """The folder has another set for this källa. Nothing was written."""

    def __init__(self, kalla: str, ersattbar: bool) -> None:
        remedy = "Kör om med --ersatt om den nya ska gälla." if ersattbar else "En fryst omgång ersätts aldrig."
        super().__init__(f"Mappen har redan svar för {kalla}. {remedy}")
        self.kalla, self.ersattbar = kalla, ersattbar


@dataclass(frozen=True)
class Provad:
    """What an import would give. rader: the table without the faulty rows; None when the file cannot be used at all.

    felrader: how many rows have a fault. fel: every fault and warning, by place.
    """

    fel: tuple[Diagnos, ...]
    antal: int = 0
    felrader: int = 0
    rader: Rader | None = field(default=None, repr=False)

    def felfri(self) -> bool:
        """Whether everything can be taken in."""
        return self.rader is not None and not self.felrader


def las_tabell(
    fil: str, data: bytes, blad: str | None = None, rubrikrader: Sequence[int] | None = None
) -> tuple[Importtabell | None, list[Diagnos]]:
    """Read .xlsx by what it is, not by what it is called; everything else as CSV."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return las_excel(fil, data, blad, rubrikrader)
    return las_csv_tabell(fil, data, rubrikrader)


def prova(tabell: Importtabell, mappning: Mappning, enkat: Enkat, minsta_grupp: int = 5) -> Provad:
    """Hold every cell against the mapping and the questionnaire."""
    fel = saknade_kolumner(mappning, tabell)
    if fel:
        return Provad(tuple(fel), tabell.rader)
    tolkare = Tolkare(tabell, mappning, enkat)
    spalter = tolkare.spalter()
    tolkare.dolda(spalter)
    kvar = np.flatnonzero(~tolkare.trasig)
    rader = _som_rader(kolumner(enkat), spalter, kvar, minsta_grupp)
    ordnade = sorted(tolkare.fel, key=lambda d: (d.niva is Niva.VARNING, d.plats.rad, d.plats.kolumn))
    return Provad(tuple(ordnade), tabell.rader, int(tolkare.trasig.sum()), rader)


def skriv(mapp: Path, provad: Provad, mappning: Mappning, enkat: Enkat, data: bytes, ersatt: bool = False) -> Skrivet:
    """Write table, manifest and underlag.toml. The same answers once more change nothing.

    data: the file that was read; its keyed sum goes into the manifest.

    Raises:
        FinnsRedan: there is another set, and it was not asked to be replaced, or is a frozen round.
        UnderlagsfilFel: a scale of the same name has other options in underlag.toml.
    """
    assert provad.rader is not None
    fil, huvud = f"{enkat.kalla}.parquet", mappning.huvud
    stycke = underlag_kalla(enkat, fil, huvud.period, huvud.population_antal, huvud.utdelade)
    underlag = lagg_till(fryst_mapp.las_underlag(mapp), stycke)
    tabell = fryst_mapp.parquet(provad.rader)
    fore = fryst_mapp.las_manifest(mapp).get(enkat.kalla)
    if fore is not None:
        lika = fore["filer"].get(fil) == fryst_mapp.summa(fryst_mapp.las_salt(mapp), tabell)
        samma = tomllib.loads(underlag) == tomllib.loads(fryst_mapp.las_underlag(mapp))
        if lika and samma and (mapp / fil).is_file():
            return "oforandrad"
        if not (ersatt and fore.get("importerad")):
            raise FinnsRedan(enkat.kalla, bool(fore.get("importerad")))
    mapp.mkdir(parents=True, exist_ok=True)
    uppgift: fryst_mapp.Uppgift = {
        "importerad": True,
        "enkat": enkat.id,
        "fingeravtryck": enkat.fingeravtryck,
        "period": huvud.period,
        "svar": len(provad.rader.rader),
        "utdelade": huvud.utdelade,
        "utelamnade_rader": provad.felrader,
        "sammanslagna_enheter": len(provad.rader.sammanslagna),
        "kalla_summa": fryst_mapp.summa(fryst_mapp.las_salt(mapp), data),
        "mappning": hashlib.sha256(mappning.dok.text.encode()).hexdigest(),
    }
    fryst_mapp.skriv(mapp, {fil: tabell}, enkat.kalla, uppgift, underlag)
    return "ny" if fore is None else "ersatt"


def _som_rader(namn: Sequence[str], spalter: Mapping[str, Spalt], kvar: NDArray[np.intp], minsta_grupp: int) -> Rader:
    valda = {n: spalter[n][kvar] for n in namn}
    nya = sla_ihop(Counter(valda["enhet"].tolist()), minsta_grupp)
    sammanslagna = tuple(sorted(gammal for gammal, ny in nya.items() if gammal not in ("", ny)))
    valda["enhet"] = np.array([nya[e] for e in valda["enhet"]], dtype=object)
    return Rader(tuple(namn), tuple(sorted(_rader([valda[n].tolist() for n in namn]))), sammanslagna)


def _rader(spalter: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    yield from zip(*spalter, strict=True)
