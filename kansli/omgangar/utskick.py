"""What a letter about a round tells, and the addresses that somebody pastes: for the command and for the pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from markupsafe import Markup

from enkat.models import Omgang
from enkat.omgang import SVENSK_TID, enkat_i
from enkat.sprak import KALLSPRAK
from enkat.tid import hela_minuter
from enkat.utskick.adresslista import Mottagare, las_mottagare
from enkat.utskick.brev import Brevinnehall
from indikatorer.diagnos import Diagnos
from kansli.sprak import svenska

INKLISTRAT: Final = "det du klistrade in"
_SKILJER: Final = re.compile(r"[,;\s]+")


def innehall(omgang: Omgang, lank: str, forbund: str, kontakt: str) -> Brevinnehall:
    """The letter about a round that has been opened."""
    assert omgang.stanger is not None
    enkat = enkat_i(omgang)
    return Brevinnehall(enkat.titel, lank, forbund, kontakt, sista_dag(omgang.stanger), hela_minuter(enkat, KALLSPRAK))


def sista_dag(stanger: datetime) -> date:
    """The day to name: a round that closes at midnight has the day before as its last."""
    return (stanger.astimezone(SVENSK_TID) - timedelta(seconds=1)).date()


def las_inklistrade(text: str) -> tuple[list[Mottagare], list[Diagnos]]:
    """Addresses as they come out of a letter or a sheet: with commas, semicolons, spaces or lines between.

    A text that begins with the heading epost is read as the file it was copied from.
    """
    if text.lstrip("\ufeff \n\r\t").casefold().startswith("epost"):
        return las_mottagare(INKLISTRAT, text.strip().encode())
    adresser = [del_.strip("<>") for del_ in _SKILJER.split(text) if del_]
    rader = "\n".join(["epost", *(f'"{a.replace(chr(34), chr(34) * 2)}"' for a in adresser)])
    mottagare, fel = las_mottagare(INKLISTRAT, rader.encode())
    return mottagare, [replace(d, plats=replace(d.plats, rad=max(1, d.plats.rad - 1))) for d in fel]


def radord(fel: Sequence[Diagnos], enhet: str) -> list[str]:
    """Each fault in words with its number. enhet: what is counted, as "Rad" or "Adress"."""
    return [Markup("{} {}: {}").format(enhet, d.plats.rad, svenska(d.mening())) for d in fel]
