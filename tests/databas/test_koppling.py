"""Accounts and identity providers: what the database holds to, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Thread

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from grund.db import skrivning
from kansli.konto import store as store_konto
from kansli.konto import store_koppling
from kansli.models import Konto, Koppling

NU = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ISSUER = "https://login.exempel.se"


@pytest.fixture
def konto(session: Session) -> Konto:
    return store_konto.skapa(session, NU, None, "anna@exempel.se", "Anna", "kansli")[0]


def test_a_providers_person_is_one_account_and_an_account_one_person(session: Session, konto: Konto) -> None:
    bo = store_konto.skapa(session, NU, None, "bo@exempel.se", "Bo", "kansli")[0]
    assert store_koppling.hitta(session, NU, ISSUER, "s-1", "anna@exempel.se") == konto
    assert store_koppling.hitta(session, NU, ISSUER, "s-1", "bo@exempel.se") == konto, "the subject decides"
    assert store_koppling.hitta(session, NU, ISSUER, "s-2", "anna@exempel.se") == "annan-person"
    for rad in (f"('{bo.id}', '{ISSUER}', 's-1'", f"('{konto.id}', '{ISSUER}', 's-9'"):
        with pytest.raises(DBAPIError), skrivning(session):
            session.connection().execute(
                text(f"INSERT INTO konto_leverantor VALUES {rad}, '2026-11-22 12:00:00+00:00')")
            )


def test_a_person_who_is_gone_takes_her_tie_with_her(session: Session, konto: Konto) -> None:
    store_koppling.hitta(session, NU, ISSUER, "s-1", "anna@exempel.se")
    with skrivning(session):
        session.connection().execute(text("DELETE FROM konto"))
    session.expire_all()
    assert session.exec(select(Koppling)).all() == []
    assert store_koppling.hitta(session, NU, ISSUER, "s-1", None) == "utan-epost"


def test_two_first_log_ins_at_once_make_one_tie(motor: Engine, session: Session, konto: Konto) -> None:
    konto_id, svar = konto.id, []
    session.rollback()

    def prova(subject: str) -> None:
        with Session(motor) as egen:
            funnet = store_koppling.hitta(egen, NU, ISSUER, subject, "anna@exempel.se")
            svar.append(funnet if isinstance(funnet, str) else funnet.id)

    tradar = [Thread(target=prova, args=(f"s-{nr}",)) for nr in range(4)]
    for trad in tradar:
        trad.start()
    for trad in tradar:
        trad.join()
    assert sorted(svar) == sorted([konto_id, *["annan-person"] * 3])
