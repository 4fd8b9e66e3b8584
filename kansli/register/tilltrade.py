"""Which insatser somebody may see: all for those who lead, one's own for those who answer for them, none for others."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from enkat.omgang import SVENSK_TID
from insatser import store as store_insatser
from insatser.store import Synliga
from kansli.models import Konto
from kansli.roller import LEDNING, Roll


def mina(session: Session, konto: Konto) -> Synliga:
    """The insatser of an account; None is all of them."""
    roll = Roll(konto.roll)
    if roll in LEDNING:
        return None
    return store_insatser.ansvarar_for(session, konto.id) if roll is Roll.INSATSANSVARIG else frozenset()


def dagen(nu: datetime) -> date:
    """The day it is in Sweden."""
    return nu.astimezone(SVENSK_TID).date()
