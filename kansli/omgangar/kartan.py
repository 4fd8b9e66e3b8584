"""The mapping as a form: a choice for each column, for each word that is no option, and a name for each enhet.

What is chosen becomes the same TOML that the command reads, and its faults come back beside the choices.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import tomlkit

from enkat.formular import VILL_INTE_SVARA, Enkat
from enkat.inlasning.forslag import hjalp, nummer
from enkat.inlasning.mappning import OBESTAMD, Malkolumn, malkolumner, tolka
from enkat.inlasning.tabell import Importtabell
from indikatorer.diagnos import Diagnos
from kansli.sprak import svenska

Ordning = Literal["samst", "bast"]
_EXEMPEL: Final = 4
FLEST_ORD: Final = 1000


@dataclass(frozen=True)
class Karta:
    """What has been chosen. kolumner: ours by header. ord_: option by (scale, text). enheter: name by the file's."""

    huvud: Mapping[str, Any]
    kolumner: Mapping[str, str]
    ord_: Mapping[tuple[str, str], str] = field(default_factory=dict)
    enheter: Mapping[str, str] = field(default_factory=dict)

    def som_toml(self) -> str:
        """The file that `enkat.inlasning` reads."""
        skalor: dict[str, dict[str, str]] = {}
        for (skala, text), svar in self.ord_.items():
            skalor.setdefault(skala, {})[text] = svar
        andrade = {text: namn for text, namn in self.enheter.items() if namn != text}
        delar: dict[str, Any] = {"import": dict(self.huvud), "kolumn": dict(self.kolumner)}
        delar |= {"skala": skalor} if skalor else {}
        delar |= {"enhet": andrade} if andrade else {}
        return tomlkit.dumps(delar)


@dataclass(frozen=True)
class Kolumnval:
    """A column of the file. varden: some of what stands in it."""

    nr: int
    rubrik: str
    valt: str
    varden: tuple[str, ...]
    fel: tuple[str, ...]


@dataclass(frozen=True)
class Ordval:
    """A word that is no option of its scale. val: id and words of each option. numrerat: a number of the scale."""

    skala: str
    text: str
    valt: str
    val: tuple[tuple[str, str], ...]
    hjalp: str
    numrerat: bool
    fel: tuple[str, ...]


def las_karta(toml: bytes) -> Karta:
    """A mapping that was proposed, or saved."""
    ra = tomllib.loads(toml.decode())
    ord_ = {(skala, text): svar for skala, lista in ra.get("skala", {}).items() for text, svar in lista.items()}
    return Karta(ra["import"], ra["kolumn"], ord_, ra.get("enhet", {}))


def komplett(karta: Karta, tabell: Importtabell, enkat: Enkat) -> Karta:
    """The same with every word that now has to be chosen for, and none that does not. A new one is undecided."""
    ord_ = {(m.skala_id or "", t): OBESTAMD for m, t in okanda(karta, tabell, enkat)}
    valda = {nyckel: karta.ord_.get(nyckel, standard) for nyckel, standard in ord_.items()}
    enheter = {text: karta.enheter.get(text, text) for text in _enheter(karta, tabell)}
    return Karta(
        karta.huvud, {rubrik: karta.kolumner.get(rubrik, OBESTAMD) for rubrik in tabell.kolumner}, valda, enheter
    )


def numrera(karta: Karta, tabell: Importtabell, enkat: Enkat, skala_id: str, ordning: Ordning) -> Karta:
    """The same with the numbers of a scale chosen: 1 is the worst, or 1 is the best."""
    nya = dict(karta.ord_)
    for mal, text in okanda(karta, tabell, enkat):
        tal = nummer(text, mal)
        if mal.skala_id == skala_id and mal.skala is not None and tal is not None:
            nya[skala_id, text] = mal.skala.svar[tal - 1 if ordning == "samst" else -tal]
    return Karta(karta.huvud, karta.kolumner, nya, karta.enheter)


def okanda(karta: Karta, tabell: Importtabell, enkat: Enkat) -> Iterator[tuple[Malkolumn, str]]:
    """Every text that stands in a column with a scale and is no option of it, once for each scale."""
    alla, sedda = malkolumner(enkat), set[tuple[str, str]]()
    for rubrik, namn in karta.kolumner.items():
        mal = alla.get(namn)
        if mal is None or mal.skala is None or rubrik not in tabell.kolumner:
            continue
        for text in _delar(tabell.kolumner[rubrik].varden, mal, str(karta.huvud.get("fler_svar", ";"))):
            nyckel = (mal.skala_id or "", text)
            if text in tabell.slag.get(rubrik, {}):
                continue  # a date, a formula or an error is told as what it is, row by row
            if text and nyckel not in sedda and tolka(mal, {}, text) is None and len(sedda) < FLEST_ORD:
                sedda.add(nyckel)
                yield mal, text


def kolumnval(karta: Karta, tabell: Importtabell, fel: Sequence[Diagnos]) -> list[Kolumnval]:
    """The columns to choose for."""
    return [
        Kolumnval(
            nr,
            rubrik,
            karta.kolumner.get(rubrik, OBESTAMD),
            tuple(v for v in kolumn.varden if v)[:_EXEMPEL],
            _vid(fel, f"kolumn.{rubrik}"),
        )
        for nr, (rubrik, kolumn) in enumerate(tabell.kolumner.items(), start=1)
    ]


def ordval(karta: Karta, tabell: Importtabell, enkat: Enkat, fel: Sequence[Diagnos]) -> list[Ordval]:
    """The words to choose for."""
    return [
        Ordval(
            mal.skala_id or "",
            text,
            karta.ord_.get((mal.skala_id or "", text), OBESTAMD),
            _alternativ(mal),
            hjalp(text, mal),
            nummer(text, mal) is not None,
            _vid(fel, f"skala.{mal.skala_id}.{text}"),
        )
        for mal, text in okanda(karta, tabell, enkat)
    ]


def malval(enkat: Enkat) -> list[tuple[str, str]]:
    """What a column can be: name and text, the enhet first."""
    return [(namn, mal.text) for namn, mal in malkolumner(enkat).items()]


def _delar(varden: Sequence[str], mal: Malkolumn, skilje: str) -> Iterator[str]:
    for text in varden:
        yield from (del_.strip() for del_ in text.split(skilje)) if mal.flera else (text,)


def _enheter(karta: Karta, tabell: Importtabell) -> list[str]:
    rubriker = [r for r, namn in karta.kolumner.items() if namn == "enhet" and r in tabell.kolumner]
    return list(dict.fromkeys(v for r in rubriker for v in tabell.kolumner[r].varden if v))


def _alternativ(mal: Malkolumn) -> tuple[tuple[str, str], ...]:
    assert mal.skala is not None
    return (*zip(mal.skala.svar, mal.skala.text, strict=True), (VILL_INTE_SVARA, "Vill inte svara"))


def _vid(fel: Sequence[Diagnos], falt: str) -> tuple[str, ...]:
    return tuple(svenska(d.mening()) for d in fel if d.falt == falt)
