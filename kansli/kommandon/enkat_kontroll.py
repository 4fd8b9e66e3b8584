"""What `bokslut kontrollera` says of the questionnaires: every fault in them, or how much each asks of a respondent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enkat.formular import Enkat
    from indikatorer.diagnos import Diagnos
    from indikatorer.forberedelse import Forberett


def mapp_for(indikatorer: Path, enkater: Path | None) -> Path | None:
    """The folder that was asked for, else the one beside the indicators; None when there is none there."""
    bredvid = indikatorer.parent / "enkater"
    return enkater or (bredvid if bredvid.is_dir() else None)


def prova_enkater(mapp: Path | None, forberett: Forberett) -> list[Diagnos]:
    """Every fault and warning of the questionnaires in a folder, held against indicators and underlag."""
    from enkat.oversattningar import anvand
    from enkat.prove import hitta, prova
    from grund.settings import las_instans
    from indikatorer.diagnos import HELA_FILEN, Diagnos

    if mapp is None:
        return []
    anvand(las_instans().oversattningar)
    filer = hitta(mapp)
    if not filer:
        regel = "mappen har ingen enkät, alltså ingen fil som slutar på .toml"
        return [Diagnos("fil-saknas", mapp.as_posix(), HELA_FILEN, "", regel, "Kontrollera sökvägen.")]
    return prova(filer, forberett.definitioner, forberett.underlag)


def beskriv_enkater(mapp: Path | None) -> Iterator[str]:
    """For each questionnaire without fault: what it is called, how many questions, and how long it takes."""
    from enkat.fragor import las_enkat
    from enkat.prove import hitta

    for fil, data in hitta(mapp).items() if mapp is not None else ():
        enkat = las_enkat(fil, data)[0]
        if enkat is not None:
            yield from _beskriv(fil, enkat)


def _beskriv(fil: str, enkat: Enkat) -> Iterator[str]:
    """The minutes as a respondent is told them, in Swedish and in every other language that it is whole in."""
    from enkat.prove import tider
    from enkat.sprak import KALLSPRAK, SPRAK
    from enkat.tid import hela_minuter

    hela = {s: hela_minuter(enkat, s) for s in SPRAK if s.kod in tider(enkat)}
    svenska = hela.pop(KALLSPRAK)
    ord_ = "minut" if svenska == 1 else "minuter"
    yield f"{fil}: ”{enkat.titel}”, {len(enkat.fragor)} frågor, ungefär {svenska} {ord_}"
    if hela:
        yield "    på andra språk: " + ", ".join(f"{s.namn} {minuter}" for s, minuter in hela.items())
