"""The log of the staff: nothing in it can be changed, and a change made behind the program's back shows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from grund.db import skrivning
from kansli.konto import store as store_konto
from kansli.logg import store as store_logg
from kansli.models import Konto

NU = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def konto(session: Session) -> Konto:
    return store_konto.skapa(session, NU, None, "anna@exempel.se", "Anna", "kansli")[0]


def skriv(session: Session, konto: Konto | None, antal: int) -> None:
    for nr in range(antal):
        with skrivning(session):
            store_logg.skriv(session, NU + timedelta(seconds=nr), konto, "prov", f"sak {nr}", "förut ”5”", "nu\n6")


def test_the_chain_of_what_the_program_wrote_is_whole(session: Session, konto: Konto) -> None:
    skriv(session, konto, 5)
    assert [rad.pa for rad in store_logg.las(session, hogst=2)] == ["sak 4", "sak 3"]
    assert [rad.vad for rad in store_logg.las(session, sok="ANNA@")] == ["konto-skapat"]
    assert store_logg.bruten_vid(session) is None


@pytest.mark.parametrize("sats", ["UPDATE handelse SET vem = 'Bo'", "DELETE FROM handelse WHERE nr = 2"])
def test_the_database_refuses_to_change_or_remove_a_line(session: Session, konto: Konto, sats: str) -> None:
    skriv(session, konto, 3)
    with pytest.raises(DBAPIError, match="loggen kan bara läggas till"), skrivning(session):
        session.connection().execute(text(sats))
    assert store_logg.bruten_vid(session) is None
    assert len(store_logg.las(session)) == 4


@pytest.mark.parametrize(
    ("sats", "bruten"),
    [
        ("UPDATE handelse SET efter = '7' WHERE nr = 2", 2),
        ("UPDATE handelse SET tid = '2026-11-21 12:00:00' WHERE nr = 3", 3),
        ("DELETE FROM handelse WHERE nr = 2", 3),
    ],
)
def test_what_is_changed_without_the_triggers_shows(session: Session, konto: Konto, sats: str, bruten: int) -> None:
    skriv(session, konto, 3)
    with skrivning(session):
        if session.get_bind().dialect.name == "sqlite":
            for namn in ("handelse_update", "handelse_delete"):
                session.connection().execute(text(f"DROP TRIGGER {namn}"))
        else:
            session.connection().execute(text("DROP TRIGGER handelse_andras ON handelse"))
        session.connection().execute(text(sats))
    session.expire_all()
    assert store_logg.bruten_vid(session) == bruten


def test_a_change_that_fails_leaves_no_line(session: Session, konto: Konto) -> None:
    with pytest.raises(store_konto.FinnsRedan):
        store_konto.skapa(session, NU, None, "Anna@exempel.se ", "Anna Två", "kansli")
    with pytest.raises(DBAPIError):
        store_konto.skapa(session, NU, None, "bo@exempel.se", "Bo", "kung")
    session.rollback()
    assert [rad.vad for rad in store_logg.las(session)] == ["konto-skapat"]


def test_lines_written_at_once_are_one_chain(motor: Engine, session: Session, konto: Konto) -> None:
    def skriv_tio() -> None:
        with Session(motor) as egen:
            skriv(egen, None, 10)

    tradar = [Thread(target=skriv_tio) for _ in range(4)]
    for trad in tradar:
        trad.start()
    for trad in tradar:
        trad.join()
    session.rollback()  # what it has read until now is from before
    assert len(store_logg.las(session, hogst=1000)) == 41
    assert store_logg.bruten_vid(session) is None


def test_a_code_of_the_app_is_used_once_also_when_two_try(motor: Engine, session: Session, konto: Konto) -> None:
    store_konto.satt_totp(session, NU, konto, b"x", 1, [])
    svar: list[bool] = []

    def prova() -> None:
        with Session(motor) as egen:
            svar.append(store_konto.anvand_totp(egen, konto, 7))

    tradar = [Thread(target=prova) for _ in range(4)]
    for trad in tradar:
        trad.start()
    for trad in tradar:
        trad.join()
    assert sorted(svar) == [False, False, False, True]
