"""Where a round is in its life. What the clock decides is computed from its times: no job has to run to close it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Literal

from enkat.models import Omgang

Lage = Literal["utkast", "vantar", "oppen", "nad", "stangd", "fryst", "gallrad"]

LAGE_I_ORD: Final = {
    "utkast": "är ett utkast",
    "vantar": "har ännu inte öppnat",
    "oppen": "är öppen",
    "nad": "tar ännu en stund emot sidor som redan är öppna",
    "stangd": "är stängd och väntar på att frysas",
    "fryst": "är fryst",
    "gallrad": "är gallrad",
}


def lage(omgang: Omgang, nu: datetime) -> Lage:
    """utkast → vantar → oppen → nad (open pages only) → stangd → fryst → gallrad."""
    match omgang.lage:
        case "utkast":
            return "utkast"
        case "fryst":
            return "fryst"
        case "gallrad":
            return "gallrad"
    if omgang.oppnar is None or omgang.stanger is None:
        raise AssertionError("an opened round has its times (constraint omgang_oppnad)")
    if nu < omgang.oppnar:
        return "vantar"
    if nu < omgang.stanger:
        return "oppen"
    return "nad" if nu < sista(omgang) else "stangd"


def slapper_in(omgang: Omgang, nu: datetime) -> bool:
    """Whether a new person may begin to answer."""
    return lage(omgang, nu) == "oppen"


def tar_emot(omgang: Omgang, nu: datetime) -> bool:
    """Whether a form that is open may be handed in."""
    return lage(omgang, nu) in ("oppen", "nad")


def sista(omgang: Omgang) -> datetime:
    """When the last open page is taken."""
    if omgang.stanger is None:
        raise AssertionError("a round that closes has been opened")
    return omgang.stanger + timedelta(minutes=omgang.nad_minuter)
