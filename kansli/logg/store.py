"""The log: who did what, when, and what it was before. Lines are added and read; nothing changes or removes one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import text
from sqlmodel import Session, col, select

from kansli.models import Handelse, Konto

# What stands in the place of the line before the first.
BORJAN: Final = "0" * 64
PROGRAMMET: Final = "programmet"
# What can happen, in words. A line keeps the code, so that the words may be bettered.
HANDELSER: Final[Mapping[str, str]] = {
    "konto-skapat": "Konto skapat",
    "konto-andrat": "Konto ändrat",
    "inbjudan-skickad": "Ny inbjudan",
    "nytt-losen-begart": "Nytt lösenord begärt",
    "nytt-losen-skickad": "Länk till nytt lösenord skickad",
    "losen-satt": "Lösenord valt",
    "andra-faktorn-satt": "App kopplad",
    "reservkoder-bytta": "Nya reservkoder",
    "reservkod-anvand": "Reservkod använd",
    "inloggad": "Inloggad",
    "utloggad": "Utloggad",
    "fel-losen": "Fel lösenord",
    "fel-kod": "Fel kod",
}
# Any number, the same for all: PostgreSQL lets one at a time add to the chain.
_LAS: Final = 0x626F6B73


def skriv(
    session: Session, nu: datetime, konto: Konto | None, vad: str, pa: str = "", fore: str = "", efter: str = ""
) -> None:
    """Add a line, in the transaction of the change that it tells of: both are stored or neither.

    konto: None for what the program does, and for attempts by someone unknown.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text(f"SELECT pg_advisory_xact_lock({_LAS})"))
    forra = session.exec(select(Handelse.kedja).order_by(col(Handelse.nr).desc()).limit(1)).first()
    rad = Handelse(
        tid=nu,
        konto_id=None if konto is None else konto.id,
        vem=PROGRAMMET if konto is None else konto.namn,
        roll="" if konto is None else konto.roll,
        vad=vad,
        pa=pa,
        fore=fore,
        efter=efter,
        kedja="",
    )
    rad.kedja = _lank(forra or BORJAN, rad)
    session.add(rad)
    session.flush()


def las(
    session: Session, sok: str = "", vad: str = "", fore_nr: int | None = None, hogst: int = 100
) -> Sequence[Handelse]:
    """The latest lines first. sok: part of who or what it was done to. fore_nr: only lines older than this one."""
    fraga = select(Handelse).order_by(col(Handelse.nr).desc()).limit(hogst)
    if sok:
        monster = f"%{sok}%"
        fraga = fraga.where(col(Handelse.vem).ilike(monster) | col(Handelse.pa).ilike(monster))
    if vad:
        fraga = fraga.where(Handelse.vad == vad)
    if fore_nr is not None:
        fraga = fraga.where(col(Handelse.nr) < fore_nr)
    return session.exec(fraga).all()


def sorter(session: Session) -> Sequence[str]:
    """The codes of what has happened, to choose among."""
    return session.exec(select(Handelse.vad).distinct().order_by(Handelse.vad)).all()


def bruten_vid(session: Session) -> int | None:
    """The number of the first line that does not follow from the one before it; None when the log is whole."""
    forra = BORJAN
    for rad in session.exec(select(Handelse).order_by(col(Handelse.nr))):
        if rad.kedja != _lank(forra, rad):
            return rad.nr
        forra = rad.kedja
    return None


def _lank(forra: str, rad: Handelse) -> str:
    """The link of a line: a hash of everything in it and of the line before."""
    tid = rad.tid.astimezone(UTC).isoformat(timespec="microseconds")
    delar = [forra, tid, rad.konto_id, rad.vem, rad.roll, rad.vad, rad.pa, rad.fore, rad.efter]
    return hashlib.sha256(json.dumps(delar, ensure_ascii=False).encode()).hexdigest()
