"""Publishing in the database: what examinations found, why a version is corrected, and the lines of the log."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from grund.db import skrivning
from kansli.logg import store as store_logg
from kansli.models import Handelse, Konto
from kansli.publicering.models import UTKAST, VERIFIERING, Granskat, Rattelseskal

GODKANT = "bokslut-godkant"


@dataclass(frozen=True)
class Sparat:
    """What an examination found. fynd: as `fynd.som_data`. stampel: of what was examined."""

    fynd: Sequence[Mapping[str, str]]
    stampel: str
    anmarkning: str
    vem: str
    tid: datetime


def utkast(session: Session, ar: int) -> Sparat | None:
    """What the last built draft of a year showed."""
    return _sparat(session.get(Granskat, (UTKAST, ar, 0)))


def verifiering(session: Session, ar: int, version: int) -> Sparat | None:
    """What the last verification of a version found."""
    return _sparat(session.get(Granskat, (VERIFIERING, ar, version)))


def _sparat(rad: Granskat | None) -> Sparat | None:
    return None if rad is None else Sparat(json.loads(rad.fynd), rad.stampel, rad.anmarkning, rad.vem, rad.tid)


def spara_utkast(
    session: Session, nu: datetime, konto_id: str, ar: int, stampel: str, fynd: Sequence[Mapping[str, str]]
) -> None:
    """Keep what a built draft showed, in the place of what was kept."""
    with skrivning(session):
        konto = session.get(Konto, konto_id)
        session.merge(Granskat(slag=UTKAST, ar=ar, version=0, **_delar(nu, konto, stampel, fynd)))
        store_logg.skriv(session, nu, konto, "bokslut-forhandsgranskat", str(ar), "", stampel)


def spara_verifiering(session: Session, nu: datetime, konto_id: str, plats: tuple[int, int], sparat: Sparat) -> None:
    """Keep what a verification found. plats: year and version."""
    ar, version = plats
    with skrivning(session):
        konto = session.get(Konto, konto_id)
        delar = _delar(nu, konto, sparat.stampel, sparat.fynd, sparat.anmarkning)
        session.merge(Granskat(slag=VERIFIERING, ar=ar, version=version, **delar))
        utfall = f"{len(sparat.fynd)} avvikelser"
        store_logg.skriv(session, nu, konto, "bokslut-verifierat", f"{ar} v{version}", "", utfall)


def _delar(
    nu: datetime, konto: Konto | None, stampel: str, fynd: Sequence[Mapping[str, str]], anmarkning: str = ""
) -> dict[str, Any]:
    return {
        "stampel": stampel,
        "fynd": json.dumps(list(fynd), ensure_ascii=False),
        "anmarkning": anmarkning,
        "vem": "" if konto is None else konto.namn,
        "tid": nu,
    }


def logga(session: Session, nu: datetime, konto_id: str, kod: str, pa: str, efter: str = "") -> None:
    """A line in the log of what was done on the disk, or refused."""
    with skrivning(session):
        store_logg.skriv(session, nu, session.get(Konto, konto_id), kod, pa, "", efter)


@contextmanager
def med_rad(session: Session, nu: datetime, konto: Konto, pa: str, beslut: str, akt: str) -> Iterator[None]:
    """An approval's line in the log, stored when the block that writes the approval has come to its end."""
    with skrivning(session):
        store_logg.skriv(session, nu, konto, GODKANT, pa, beslut, akt)
        yield


def har_godkant(session: Session, konto_id: str, akt: str) -> bool:
    """Whether this account has approved exactly this, under whatever name it had then."""
    fraga = select(Handelse.nr).where(Handelse.vad == GODKANT, Handelse.konto_id == konto_id, Handelse.efter == akt)
    return session.exec(fraga.limit(1)).first() is not None


def skal(session: Session, ar: int, version: int) -> Rattelseskal | None:
    """Why a version is to come."""
    return session.get(Rattelseskal, (ar, version))


def satt_skal(session: Session, nu: datetime, konto: Konto, plats: tuple[int, int], text: str) -> None:
    """Say why a version is to come; "" takes it back. plats: year and version."""
    ar, version = plats
    with skrivning(session):
        rad = session.get(Rattelseskal, plats)
        fore = "" if rad is None else rad.skal
        if rad is not None and not text:
            session.delete(rad)
        elif text:
            session.merge(Rattelseskal(ar=ar, version=version, skal=text, vem=konto.namn, tid=nu))
        store_logg.skriv(session, nu, konto, "rattelse-skal", f"{ar} v{version}", fore, text)
