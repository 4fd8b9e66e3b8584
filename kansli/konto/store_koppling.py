"""Accounts and the identity providers that vouch for them. Every write is one transaction with its line in the log."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, SQLModel, select

from grund.db import infoga_om_ny, skrivning
from kansli.konto.store import hamta_epost
from kansli.logg import store as store_logg
from kansli.models import Konto, Koppling


def koppling(session: Session, konto: Konto) -> Koppling | None:
    """The provider that vouches for somebody; None when none does."""
    return session.get(Koppling, konto.id)


def hitta(session: Session, nu: datetime, issuer: str, subject: str, epost: str | None) -> Konto | str:
    """The open account of a provider's person, tied to it the first time; else a code for why there is none.

    epost: the address that the provider says is hers. Once tied, the subject alone decides: addresses change hands.
    """
    with skrivning(session):
        redan = session.exec(select(Koppling).where(Koppling.issuer == issuer, Koppling.subject == subject)).first()
        konto = hamta_epost(session, epost) if redan is None and epost else None
        if redan is not None:
            konto = session.get(Konto, redan.konto_id)
        if konto is None or not konto.aktiv:
            svar = "utan-epost" if redan is None and epost is None else "inget-konto"
            store_logg.skriv(session, nu, None, "leverantor-nekad", epost or subject, "", svar)
            return svar
        if redan is None and not _knyt(session, nu, konto, issuer, subject):
            store_logg.skriv(session, nu, None, "leverantor-nekad", konto.epost, "", "annan-person")
            return "annan-person"
    session.refresh(konto)
    return konto


def _knyt(session: Session, nu: datetime, konto: Konto, issuer: str, subject: str) -> bool:
    """Tie an account to a provider's person; False when it is tied to another already."""
    rad = {"konto_id": konto.id, "issuer": issuer, "subject": subject, "kopplad": nu}
    if not infoga_om_ny(session, SQLModel.metadata.tables["konto_leverantor"], rad):
        return False
    store_logg.skriv(session, nu, konto, "leverantor-kopplad", konto.epost, "", issuer)
    return True


def neka(session: Session, nu: datetime, vem: str, orsak: str) -> None:
    """Log an answer of a provider's that was not believed."""
    with skrivning(session):
        store_logg.skriv(session, nu, None, "leverantor-nekad", vem, "", orsak)


def glom(session: Session, nu: datetime, av: Konto, konto: Konto) -> None:
    """Untie somebody: the next log-in by a provider, which may have a new name for her, ties her anew."""
    with skrivning(session):
        rad = session.get(Koppling, konto.id)
        if rad is not None:
            issuer = rad.issuer
            session.delete(rad)
            store_logg.skriv(session, nu, av, "leverantor-glomd", konto.epost, issuer, "")
