"""The kinds of long work that publishing has, and whether a version is being made right now."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlmodel import Session

from kansli.jobb import store as store_jobb
from kansli.sprak import mark

FORHANDSVISNING: Final = "forhandsvisning"
PUBLICERING: Final = "publicering"
VERIFIERING: Final = "verifiering"
ARBETSORD: Final = {
    FORHANDSVISNING: mark("Utkast av bokslutet"),
    PUBLICERING: mark("Publicering"),
    VERIFIERING: mark("Kontroll av en publicerad version"),
}


def publiceras_nu(session: Session, nu: datetime) -> bool:
    """Whether a version is being sealed: what it is made of must not be changed under it."""
    return any(jobb.slag == PUBLICERING for jobb in store_jobb.pagaende(session, nu))
