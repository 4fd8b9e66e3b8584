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
from kansli.logg import kedja
from kansli.logg import store as store_logg
from kansli.logg.store import Urval
from kansli.models import Konto

NU = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def konto(session: Session) -> Konto:
    return store_konto.skapa(session, NU, None, "anna@exempel.se", "Anna", "kansli")[0]


def bruten_vid(session: Session) -> int | None:
    return kedja.folj_fran_borjan(session, lambda *_: None).bruten


def skriv(session: Session, konto: Konto | None, antal: int) -> None:
    for nr in range(antal):
        with skrivning(session):
            store_logg.skriv(session, NU + timedelta(seconds=nr), konto, "prov", f"sak {nr}", "förut ”5”", "nu\n6")


def test_the_chain_of_what_the_program_wrote_is_whole(session: Session, konto: Konto) -> None:
    skriv(session, konto, 5)
    assert [rad.pa for rad in store_logg.las(session, hogst=2)] == ["sak 4", "sak 3"]
    assert [rad.vad for rad in store_logg.las(session, Urval("ANNA@"))] == ["konto-skapat"]
    assert bruten_vid(session) is None


@pytest.mark.parametrize("sats", ["UPDATE handelse SET vem = 'Bo'", "DELETE FROM handelse WHERE nr = 2"])
def test_the_database_refuses_to_change_or_remove_a_line(session: Session, konto: Konto, sats: str) -> None:
    skriv(session, konto, 3)
    with pytest.raises(DBAPIError, match="loggen kan bara läggas till"), skrivning(session):
        session.connection().execute(text(sats))
    assert bruten_vid(session) is None
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
    assert bruten_vid(session) == bruten


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
    assert bruten_vid(session) is None


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


@pytest.mark.parametrize(
    ("urval", "traffar"),
    [
        (Urval("5%"), ["sak 5%"]),
        (Urval("sak_"), ["sak_6"]),
        (Urval("\\"), ["sak\\7"]),
        (Urval("förut"), ["sak\\7", "sak_6", "sak 5%", "sak 50"]),
        (Urval("SAK 5", aldst=True), ["sak 50", "sak 5%"]),
        (Urval(vad="prov", bortom=3), ["sak 50"]),
        (Urval(vad="prov", bortom=3, aldst=True), ["sak_6", "sak\\7"]),
        (Urval(vad="prov", fran=NU + timedelta(seconds=2)), ["sak\\7", "sak_6"]),
        (Urval(vad="prov", till=NU + timedelta(seconds=2)), ["sak 5%", "sak 50"]),
        (Urval("finns inte"), []),
    ],
    ids=str,
)
def test_what_is_looked_for_is_looked_for_as_it_is(
    session: Session, konto: Konto, urval: Urval, traffar: list[str]
) -> None:
    for nr, pa in enumerate(("sak 50", "sak 5%", "sak_6", "sak\\7")):
        with skrivning(session):
            store_logg.skriv(session, NU + timedelta(seconds=nr), konto, "prov", pa, "förut")
    assert [rad.pa for rad in store_logg.las(session, urval)] == traffar


def andra_bakom_ryggen(session: Session, sats: str) -> None:
    with skrivning(session):
        if session.get_bind().dialect.name == "sqlite":
            for namn in ("handelse_update", "handelse_delete"):
                session.connection().execute(text(f"DROP TRIGGER IF EXISTS {namn}"))
        else:
            session.connection().execute(text("DROP TRIGGER IF EXISTS handelse_andras ON handelse"))
        session.connection().execute(text(sats))


def test_the_chain_is_followed_from_where_it_was_left(
    session: Session, konto: Konto, monkeypatch: pytest.MonkeyPatch
) -> None:
    skriv(session, konto, 9)
    lasta: list[int] = []
    rakna = store_logg.rakna_lank
    monkeypatch.setattr(store_logg, "rakna_lank", lambda forra, rad: lasta.append(rad.nr or 0) or rakna(forra, rad))
    assert [kedja.folj(session, 4).nr for _ in range(3)] == [4, 8, 10]
    assert (kedja.folj(session, 4).alla, lasta) == (True, list(range(1, 11)))
    skriv(session, konto, 1)
    assert (kedja.folj(session, 4).nr, lasta[10:]) == (11, [0, 11]), "once as it was written, once as it was followed"


@pytest.mark.parametrize(
    ("sats", "bruten"),
    [
        ("UPDATE handelse SET efter = '7' WHERE nr = 9", 9),
        ("UPDATE handelse SET kedja = repeat('0', 64) WHERE nr = 6", 6),
        ("DELETE FROM handelse WHERE nr >= 6", 6),
    ],
)
def test_what_is_changed_after_it_was_followed_shows_also_at_the_end(
    session: Session, konto: Konto, sats: str, bruten: int
) -> None:
    skriv(session, konto, 5)
    assert kedja.folj(session).alla
    if bruten == 9:
        skriv(session, konto, 4)
    if session.get_bind().dialect.name == "sqlite":
        sats = sats.replace("repeat('0', 64)", f"'{'0' * 64}'")
    andra_bakom_ryggen(session, sats)
    assert [kedja.folj(session).bruten for _ in range(2)] == [bruten, bruten]


def test_all_of_it_is_followed_anew_when_it_is_asked_for(session: Session, konto: Konto) -> None:
    skriv(session, konto, 5)
    assert kedja.folj(session).alla
    andra_bakom_ryggen(session, "UPDATE handelse SET efter = '7' WHERE nr = 2")
    assert kedja.folj(session).bruten is None, "what was found whole is not read again at every page"
    sagt: list[tuple[int, int]] = []
    assert kedja.folj_fran_borjan(session, lambda last, alla: sagt.append((last, alla))).bruten == 2
    assert sagt == [(6, 6)]
