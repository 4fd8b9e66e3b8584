"""Batches of codes: printed, voided, kept in reserve."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, delete, func, insert, update
from sqlmodel import Session, col, select

from enkat import koder
from enkat.models import Bunt, Kod, Makulerad
from enkat.nycklar import Hemlighet
from grund.db import oversatt, skrivning

# An enhet where fewer than this were asked never has answers of its own.
MINSTA_ENHET: Final = 10
OVRIGA: Final = "Övriga enheter"
_PER_INSATTNING: Final = 400


@dataclass(frozen=True)
class Rakning:
    """A batch in figures. outnyttjade: not spent, not voided."""

    bunt: Bunt
    outnyttjade: int

    @property
    def svar(self) -> int:
        """How many of its codes have been used to answer."""
        return self.bunt.antal - self.outnyttjade - self.bunt.makulerade

    @property
    def utdelade(self) -> int:
        """How many were handed out: as counted, else all but a reserve."""
        if self.bunt.utdelade is not None:
            return self.bunt.utdelade
        return 0 if self.bunt.reserv else self.bunt.antal


def skapa_bunt(
    session: Session,
    omgang_id: str,
    hemlighet: Hemlighet,
    enhet: str,
    antal: int,
    reserv: bool = False,
    tillsammans: str | None = None,
    bunt_id: str | None = None,
) -> tuple[Bunt, list[str]]:
    """A new batch, and its codes: the only time that anyone sees them.

    tillsammans: the name of several enheter whose answers are never told apart. A first batch for fewer than
    MINSTA_ENHET goes to OVRIGA by itself, so that answers from a tiny enhet do not even carry its name.
    bunt_id: its name, where a form that is sent twice must not print twice; else a new one.
    """
    nya = koder.skapa(hemlighet.kod, antal)
    with skrivning(session):
        stor = antal >= MINSTA_ENHET and not reserv
        kand = tillsammans is not None or stor or _finns_enhet(session, omgang_id, enhet)
        bunt = Bunt(
            id=bunt_id or secrets.token_hex(4),
            omgang_id=omgang_id,
            enhet=tillsammans or (enhet if kand else OVRIGA),
            beteckning=enhet,
            antal=antal,
            reserv=reserv,
        )
        session.add(bunt)
        session.flush()
        # In the order of their hashes: the table then keeps none of the order in which they are printed.
        rader = [{"avtryck": a, "bunt_id": bunt.id} for a in sorted(koder.avtryck(k, hemlighet.kod) for k in nya)]
        for start in range(0, antal, _PER_INSATTNING):
            session.execute(insert(Kod), rader[start : start + _PER_INSATTNING])
    return bunt, nya


def makulera(session: Session, hemlighet: Hemlighet, lasta: Iterable[str]) -> int:
    """Void codes that lie on the table: lost and found, or left over. Returns how many of them were still unspent."""
    avtryck = [koder.avtryck(kod, hemlighet.kod) for kod in lasta]
    with skrivning(session):
        return _makulera(session, col(Kod.avtryck).in_(avtryck))


def makulera_bunt(session: Session, bunt_id: str) -> int:
    """Void all that is unspent in a batch: a pile that never came, or that was lost. Returns how many."""
    with skrivning(session):
        return _makulera(session, col(Kod.bunt_id) == bunt_id)


def ange_utdelade(session: Session, bunt_id: str, utdelade: int) -> None:
    """Say how many of a batch were handed out."""
    with skrivning(session):
        session.execute(update(Bunt).where(col(Bunt.id) == bunt_id).values(utdelade=utdelade))


def rakna_buntar(session: Session, omgang_id: str) -> list[Rakning]:
    """All batches of a round in figures. Not for staff while the round is open (store_svarslage)."""
    fraga = (
        select(Bunt, func.count(col(Kod.avtryck)))
        .join(Kod, col(Kod.bunt_id) == col(Bunt.id), isouter=True)
        .where(Bunt.omgang_id == omgang_id)
        .group_by(col(Bunt.id))
        .order_by(col(Bunt.beteckning), col(Bunt.reserv), col(Bunt.id))
    )
    with oversatt():
        return [Rakning(bunt, antal) for bunt, antal in session.exec(fraga)]


def las_enheter(session: Session, omgang_id: str) -> list[str]:
    """The enheter that answers of a round may carry, by name: what an open link offers."""
    with oversatt():
        fraga = select(Bunt.enhet).where(Bunt.omgang_id == omgang_id).distinct().order_by(col(Bunt.enhet))
        return list(session.exec(fraga))


def _makulera(session: Session, vilka: ColumnElement[bool]) -> int:
    """Move codes from the unspent to the voided, in the order of their hashes, and count them batch by batch."""
    borttagna = session.execute(delete(Kod).where(vilka).returning(col(Kod.avtryck), col(Kod.bunt_id)))
    rader = [{"avtryck": avtryck, "bunt_id": bunt_id} for avtryck, bunt_id in sorted(map(tuple, borttagna))]
    for start in range(0, len(rader), _PER_INSATTNING):
        session.execute(insert(Makulerad), rader[start : start + _PER_INSATTNING])
    for bunt_id, antal in sorted(Counter(rad["bunt_id"] for rad in rader).items()):
        nytt = col(Bunt.makulerade) + antal
        session.execute(update(Bunt).where(col(Bunt.id) == bunt_id).values(makulerade=nytt))
    return len(rader)


def _finns_enhet(session: Session, omgang_id: str, enhet: str) -> bool:
    fraga = select(Bunt.id).where(Bunt.omgang_id == omgang_id, Bunt.enhet == enhet, col(Bunt.reserv).is_(False))
    return session.exec(fraga).first() is not None
