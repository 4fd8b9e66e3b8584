"""The address of an open link or of a kiosk: what the commands and the pages give."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Final

from enkat import nycklar
from enkat.biljett import Dorr, Ingang, skriv_dorr
from enkat.urna import ENHET_BYTE
from kansli.sprak import gettext as _

# Where each kind of door is, as `enkat.views` has it.
VAG: Final[dict[Ingang, str]] = {"lank": "l", "kiosk": "kiosk"}


def fel_i_adress(adress: str) -> str | None:
    """What is wrong with where one answers, as a sentence; None when nothing is."""
    if adress.startswith(("https://", "http://")) and len(adress) > len("https://"):
        return None
    return _("Adressen ska börja med https://, men är ”%(adress)s”.", adress=adress)


def fel_i_enhet(enhet: str | None, kanda: Collection[str]) -> str | None:
    """What is wrong with the enhet of a door. kanda: those of the round; empty when it knows none."""
    if enhet is None:
        return None
    if len(enhet.encode()) > ENHET_BYTE or not enhet.strip():
        return _("Enhetens namn ska ha 1–%(antal)s tecken.", antal=ENHET_BYTE)
    if kanda and enhet not in kanda:
        return _("”%(enhet)s” är ingen enhet i omgången. De som finns: %(namn)s.", enhet=enhet, namn=", ".join(kanda))
    return None


def skriv_adress(mapp: Path, omgang_id: str, adress: str, dorr: Dorr) -> str:
    """The whole address. mapp: the folder of keys. adress: where one answers, as https://exempel.se/e.

    Raises:
        NyckelFel: the round is frozen, or its keys are gone.
    """
    biljett = skriv_dorr(nycklar.las_hemlighet(mapp, omgang_id), omgang_id, dorr)
    return f"{adress.rstrip('/')}/{VAG[dorr.slag]}/{omgang_id}/{biljett}"
