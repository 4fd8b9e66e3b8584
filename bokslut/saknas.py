"""Why a figure is missing, as a code of one or two signs that users of Swedish open data know from Kolada."""

from __future__ import annotations

from typing import Final

from bokslut.fras import fras
from indikatorer.resultat import Orsak

BORTFALL: Final = "-"
EJ_TILLAMPLIG: Final = "."
SEKRETESS: Final = ".."
FORKLARING: Final = {
    BORTFALL: fras("uppgiften saknas eller har inte samlats in"),
    EJ_TILLAMPLIG: fras("uppgiften finns inte för den här raden"),
    SEKRETESS: fras("uppgiften visas inte, för att ingen person ska kunna kännas igen"),
}
_DOLDA: Final = (Orsak.SKYDDAD, Orsak.FOR_FA_SVAR)


def kod(varde: object, orsak: Orsak | None = None) -> str:
    """The code of a result's value; "" when there is one."""
    if varde is not None:
        return ""
    return SEKRETESS if orsak in _DOLDA else BORTFALL if orsak is Orsak.INTE_MATT else EJ_TILLAMPLIG


def kod_for_visat(varde: object, visat: str) -> str:
    """The code of a figure, from the text that is shown in its place; "" when there is a figure."""
    if varde is not None:
        return ""
    if visat == ".." or visat.startswith("färre än"):
        return SEKRETESS
    return BORTFALL if visat in ("saknas", "-", "–") else EJ_TILLAMPLIG
