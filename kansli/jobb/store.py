"""Long work in the database: begun, heard of, over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, col, select, update

from grund.db import oversatt
from kansli.jobb.besked import AVBRUTET
from kansli.jobb.models import KLART, PAGAR, STOPPAT, Jobb

# A worker tells that it lives far more often than this.
DOTT_EFTER: Final = timedelta(seconds=60)


def borja(session: Session, nu: datetime, slag: str, konto_id: str, vem: str) -> Jobb | None:
    """A new piece of work; None while one of its kind goes on."""
    if any(jobb.slag == slag for jobb in pagaende(session, nu)):
        return None
    jobb = Jobb(slag=slag, konto_id=konto_id, vem=vem, borjade=nu, puls=nu)
    session.add(jobb)
    session.commit()
    session.refresh(jobb)
    return jobb


def hamta(session: Session, nu: datetime, jobb_id: str) -> Jobb | None:
    """A piece of work as it stands."""
    _forklara_doda(session, nu)
    return session.get(Jobb, jobb_id)


def pagaende(session: Session, nu: datetime) -> Sequence[Jobb]:
    """What goes on now, the oldest first."""
    _forklara_doda(session, nu)
    return session.exec(select(Jobb).where(Jobb.lage == PAGAR).order_by(col(Jobb.borjade))).all()


def senaste(session: Session, nu: datetime, antal: int = 20) -> Sequence[Jobb]:
    """The latest, over or not."""
    _forklara_doda(session, nu)
    return session.exec(select(Jobb).order_by(col(Jobb.borjade).desc()).limit(antal)).all()


def sag(session: Session, nu: datetime, jobb_id: str, steg: str, andel: int | None) -> None:
    """Tell how far it has come."""
    _andra(session, jobb_id, steg=steg, andel=andel, puls=nu)


def lev(session: Session, nu: datetime, jobb_id: str) -> None:
    """Tell that it goes on."""
    _andra(session, jobb_id, puls=nu)


def avsluta(session: Session, nu: datetime, jobb_id: str, gick: bool, besked: str, till: str = "") -> None:
    """Tell what came of it; also of work that was taken for dead, as when the clock was put forward."""
    klart = {"andel": 100} if gick else {}
    _andra(session, jobb_id, lage=KLART if gick else STOPPAT, besked=besked, till=till, puls=nu, **klart)


def _andra(session: Session, jobb_id: str, **varden: object) -> None:
    """Raises LagringFel when the database is busy."""
    with oversatt():
        _skriv(session, jobb_id, varden)


def _skriv(session: Session, jobb_id: str, varden: Mapping[str, object]) -> None:
    session.exec(
        update(Jobb)
        .where(col(Jobb.id) == jobb_id, (col(Jobb.lage) == PAGAR) | (col(Jobb.besked) == AVBRUTET))
        .values(**varden)
    )
    session.commit()


def _forklara_doda(session: Session, nu: datetime) -> None:
    doda = col(Jobb.lage) == PAGAR, col(Jobb.puls) < nu - DOTT_EFTER
    if session.exec(select(Jobb.id).where(*doda).limit(1)).first() is not None:
        session.exec(update(Jobb).where(*doda).values(lage=STOPPAT, besked=AVBRUTET))
        session.commit()
