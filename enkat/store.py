"""Handing in, exactly once; and reading what a round is."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import Table, delete, func, insert
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from enkat import koder
from enkat.lage import tar_emot
from enkat.models import Bunt, Fritext, Kod, Kuvert, Kvitto, Makulerad, Omgang, Rattelse, Svarslage
from enkat.nycklar import Hemlighet
from enkat.papper.papperskopia import ALFABET
from enkat.sealed_state import Tillstand
from grund.db import infoga_om_ny, oversatt, skrivning

Utfall = Literal["mottaget", "redan_mottaget", "koden_anvand", "koden_makulerad", "stangd"]
Kodutfall = Literal["oanvand", "anvand", "makulerad", "stavning"]


@dataclass(frozen=True)
class Inlamning:
    """What became of a form. kvitto: the receipt, the same each time the same form comes; None when it was not stored.

    koden_anvand: an answer exists; koden_makulerad: the code was voided. This form was not stored.
    """

    utfall: Utfall
    kvitto: str | None = None


@dataclass(frozen=True)
class Kodsvar:
    """What a typed code is. omgang_id: the round that spells so, None when none does. enhet: when it may be used."""

    utfall: Kodutfall
    omgang_id: str | None = None
    enhet: str | None = None
    avtryck: bytes | None = field(default=None, repr=False)


def las_omgang(session: Session, omgang_id: str) -> Omgang | None:
    """A round."""
    with oversatt():
        return session.get(Omgang, omgang_id)


def las_omgangar(session: Session) -> list[Omgang]:
    """All rounds, by id."""
    with oversatt():
        return list(session.exec(select(Omgang).order_by(col(Omgang.id))))


def las_aldre_fingeravtryck(session: Session, omgang_id: str) -> frozenset[str]:
    """The fingerprints from before the spelling was corrected: open forms may still carry them."""
    with oversatt():
        return frozenset(session.exec(select(Rattelse.fore).where(Rattelse.omgang_id == omgang_id)))


def sok_kod(session: Session, kod: str, hemligheter: Mapping[str, Hemlighet]) -> Kodsvar:
    """Which round a code belongs to, and whether it may be used. hemligheter: of the rounds that may be meant.

    A code whose check digits are right, but that is neither unspent nor voided, has been spent: nothing else is kept
    of it. One in 997 of those that nobody has printed passes for such a one.
    """
    stavade = {id_: koder.avtryck(kod, h.kod) for id_, h in hemligheter.items() if koder.stavning_ok(kod, h.kod)}
    for omgang_id, avtryck in stavade.items():
        fraga = select(Bunt.enhet).join(Kod, col(Kod.bunt_id) == col(Bunt.id)).where(Kod.avtryck == avtryck)
        with oversatt():
            enhet = session.exec(fraga.where(Bunt.omgang_id == omgang_id)).first()
        if enhet is not None:
            return Kodsvar("oanvand", omgang_id, enhet, avtryck)
    for omgang_id, avtryck in stavade.items():
        if _ar_makulerad(session, avtryck):
            return Kodsvar("makulerad", omgang_id)
    return Kodsvar("anvand", next(iter(stavade))) if stavade else Kodsvar("stavning")


def lamna_in(
    session: Session, t: Tillstand, kuvert: bytes, hemlighet: Hemlighet, nu: datetime, fritext: bytes | None = None
) -> Inlamning:
    """Store an envelope once. The receipt comes first: whoever hands in the same form at the same time waits for it.

    fritext: the envelope with free text, which every hand-in has where the questionnaire asks for any.

    One transaction takes the code out of the unspent, puts the envelope in the urn and remembers the form. Nothing ties
    them together but that; what protects the answer is that the envelope cannot be opened.

    Raises:
        LagringFel: the database is busy, full or away. The same form may be handed in again.
    """
    avtryck = hmac.digest(hemlighet.kvitto, b"kvitto\0" + t.nonce, hashlib.sha256)
    kvitto = _kvitto(hemlighet, t.nonce)
    with skrivning(session):
        # PostgreSQL: the freeze waits for those who are handing in, and those who come after it see that it is frozen.
        omgang = _las_med_las(session, t.omgang_id)
        if not tar_emot(omgang, nu):
            # A form whose receipt was lost is told so also after the round has closed.
            fanns = session.get(Kvitto, (t.omgang_id, avtryck)) is not None
            return Inlamning("redan_mottaget", kvitto) if fanns else Inlamning("stangd")
        if not infoga_om_ny(session, _tabell(Kvitto), {"omgang_id": t.omgang_id, "avtryck": avtryck}):
            return Inlamning("redan_mottaget", kvitto)
        if t.kod_avtryck is not None and not _ta_bort_kod(session, t.kod_avtryck):
            session.rollback()
            return Inlamning("koden_makulerad" if _ar_makulerad(session, t.kod_avtryck) else "koden_anvand")
        for tabell, chiffer in ((Kuvert, kuvert), (Fritext, fritext)):
            if chiffer is not None:
                rad = {"omgang_id": t.omgang_id, "nyckel_id": omgang.nyckel_id, "chiffer": chiffer}
                session.execute(insert(_tabell(tabell)).values(id=secrets.token_bytes(16), **rad))
    return Inlamning("mottaget", kvitto)


def antal_kuvert(session: Session, omgang_id: str) -> int:
    """How many have answered. For the freeze; what staff see while a round is open comes from store_svarslage."""
    with oversatt():
        return session.exec(select(func.count()).select_from(Kuvert).where(Kuvert.omgang_id == omgang_id)).one()


def las_kuvert(session: Session, omgang_id: str) -> list[bytes]:
    """The ciphertexts of a round, in no order that tells anything."""
    with oversatt():
        fraga = select(Kuvert.chiffer).where(Kuvert.omgang_id == omgang_id).order_by(col(Kuvert.id))
        return list(session.exec(fraga))


def las_fritext(session: Session, omgang_id: str) -> list[bytes]:
    """The ciphertexts with free text, in no order that tells anything, and in none that the others have."""
    with oversatt():
        fraga = select(Fritext.chiffer).where(Fritext.omgang_id == omgang_id).order_by(col(Fritext.id))
        return list(session.exec(fraga))


def las_last(session: Session, omgang_id: str) -> Omgang:
    """A round that nobody else changes, or hands in to, until the caller's transaction has ended."""
    return session.exec(select(Omgang).where(Omgang.id == omgang_id).with_for_update()).one()


def tom_omgang(session: Session, omgang_id: str) -> None:
    """Erase what answering left behind: envelopes, receipts, codes, batches. Within the caller's transaction."""
    bunt_id = select(Bunt.id).where(Bunt.omgang_id == omgang_id)
    for kodtabell in (Kod, Makulerad):
        session.execute(delete(kodtabell).where(col(kodtabell.bunt_id).in_(bunt_id)))
    for tabell in (Kuvert, Fritext, Kvitto, Bunt, Svarslage):
        session.execute(delete(tabell).where(col(tabell.omgang_id) == omgang_id))


def _las_med_las(session: Session, omgang_id: str) -> Omgang:
    """A round that nobody freezes before this transaction has ended; without its questionnaire, which is long."""
    fraga = select(Omgang).where(Omgang.id == omgang_id).options(defer(cast(Any, Omgang.kalltext)))
    return session.exec(fraga.with_for_update(read=True)).one()


def _ta_bort_kod(session: Session, avtryck: bytes) -> bool:
    svar = cast("CursorResult[Any]", session.execute(delete(Kod).where(col(Kod.avtryck) == avtryck)))
    return svar.rowcount == 1


def _ar_makulerad(session: Session, avtryck: bytes) -> bool:
    with oversatt():
        return session.get(Makulerad, avtryck) is not None


def _kvitto(hemlighet: Hemlighet, nonce: bytes) -> str:
    """Eight signs that a person can read out; they tell nothing of the answer, and the database does not hold them."""
    tal = int.from_bytes(hmac.digest(hemlighet.kvitto, b"visa\0" + nonce, hashlib.sha256)[:5], "big")
    tecken = "".join(ALFABET[tal >> (5 * plats) & 31] for plats in range(8))
    return f"{tecken[:4]}-{tecken[4:]}"


def _tabell(modell: type[Any]) -> Table:
    return cast(Table, modell.__table__)
