"""The database: SQLite in one file, or PostgreSQL, opened so that what is stored stays and what is erased goes."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

from sqlalchemy import Connection, DateTime, Dialect, Engine, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.schema import Table
from sqlalchemy.types import TypeDecorator

from grund.settings import skapa_mapp

# How long a writer waits for another before the person is told to try again.
VANTA_SEKUNDER: Final = 5
MIGRERINGAR: Final = Path(__file__).with_name("migrations")
_SKRIVER: Final = "skriver"

Orsak = Literal["upptagen", "full", "okand"]

PRAGMAN: Final = (
    "journal_mode = WAL",
    "synchronous = FULL",  # with NORMAL a power cut may take back an answer whose receipt has been shown
    "foreign_keys = ON",
    f"busy_timeout = {VANTA_SEKUNDER * 1000}",
    "secure_delete = ON",  # what is erased is overwritten, also in free pages
    "journal_size_limit = 0",  # and the log is cut when it starts over, so that old pages do not linger in it
    "temp_store = MEMORY",
    "trusted_schema = OFF",
)

# SQLite's primary result codes, and PostgreSQL's SQLSTATE, that a person can do something about.
_UPPTAGEN: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, "55P03", "40P01", "40001", "57014", "53300"}
_FULL: Final = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, "53100", "53200", "25006"}


class LagringFel(RuntimeError):
    """Nothing could be stored, or nobody knows whether it was: the same submission may be sent again without harm.

    orsak: upptagen (others are writing; try again), full (no room, or no right to write), okand (the database is away).
    """

    def __init__(self, orsak: Orsak) -> None:
        super().__init__(f"storage: {orsak}")
        self.orsak = orsak


class Tidpunkt(TypeDecorator[datetime]):
    """A moment, stored in UTC and always with its zone; SQLite knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def open_db(url: str) -> Engine:
    """An engine for SQLite or PostgreSQL. Values are never part of an exception's text, whoever logs it."""
    adress = make_url(url)
    if adress.get_backend_name() == "sqlite":
        if adress.database not in (None, "", ":memory:"):
            _skapa_fil(Path(adress.database))
        motor = create_engine(adress, hide_parameters=True, connect_args={"timeout": VANTA_SEKUNDER})
        event.listen(motor, "connect", _stall_in_sqlite)
        event.listen(motor, "begin", _borja_sqlite)
        return motor
    val = f"-c lock_timeout={VANTA_SEKUNDER}s -c idle_in_transaction_session_timeout=60s"
    return create_engine(
        adress, hide_parameters=True, pool_pre_ping=True, connect_args={"options": val, "connect_timeout": 5}
    )


def _skapa_fil(fil: Path) -> None:
    """The file is made here, since SQLite would let everyone on the computer read it."""
    skapa_mapp(fil.absolute().parent)
    os.close(os.open(fil, os.O_RDWR | os.O_CREAT, 0o600))


def _stall_in_sqlite(anslutning: Any, _: object) -> None:
    anslutning.isolation_level = None  # the driver's own transactions cannot begin as IMMEDIATE
    for pragma in PRAGMAN:
        anslutning.execute(f"PRAGMA {pragma}").close()


def _borja_sqlite(anslutning: Connection) -> None:
    val = anslutning.get_execution_options()
    if val.get("isolation_level") != "AUTOCOMMIT":
        anslutning.exec_driver_sql("BEGIN IMMEDIATE" if val.get("bokslut_skriver") else "BEGIN")


@contextmanager
def skrivning(session: Session) -> Iterator[None]:
    """One write transaction: all of it is stored when the block ends, or nothing.

    What the session has read before is forgotten: a transaction that began by reading cannot always begin to write.
    Within another block of the same session it is a part of that one: a change and the line in the log that tells of
    it are stored together.

    Raises:
        LagringFel: the database is busy, full or away.
    """
    if session.info.get(_SKRIVER):
        yield
        return
    if session.in_transaction():
        session.rollback()
    klar = False
    session.info[_SKRIVER] = True
    try:
        with oversatt():
            session.connection(execution_options={"bokslut_skriver": True})
            yield
            session.commit()
            klar = True
    finally:
        session.info[_SKRIVER] = False
        if not klar:
            session.rollback()


@contextmanager
def oversatt() -> Iterator[None]:
    """Turn the driver's words for "not now" into a LagringFel; everything else is a fault in the program."""
    try:
        yield
    except DBAPIError as fel:
        orsak = _orsak(fel)
        if orsak is None:
            raise
        raise LagringFel(orsak) from fel


def _orsak(fel: DBAPIError) -> Orsak | None:
    kod = getattr(fel.orig, "sqlite_errorcode", None)
    marke = getattr(fel.orig, "sqlstate", None) if kod is None else kod & 0xFF
    if marke in _UPPTAGEN:
        return "upptagen"
    if marke in _FULL:
        return "full"
    borta = fel.connection_invalidated or (marke is None and type(fel.orig).__name__ == "OperationalError")
    return "okand" if borta or marke == sqlite3.SQLITE_CANTOPEN or str(marke)[:2] in ("08", "57") else None


def infoga_om_ny(session: Session, tabell: Table, varden: Mapping[str, object]) -> bool:
    """Insert a row unless its key is there; whether it was. Waits for one who is inserting the same key now."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    sats = insert(tabell).values(**varden).on_conflict_do_nothing().returning(*tabell.primary_key.columns)
    return session.execute(sats).first() is not None


def migrera(motor: Engine) -> None:
    """Bring the tables to what this version of the program needs; nothing happens when they are."""
    from alembic import command
    from alembic.config import Config

    installning = Config()
    installning.set_main_option("script_location", str(MIGRERINGAR))
    with motor.begin() as anslutning:
        installning.attributes["connection"] = anslutning
        command.upgrade(installning, "head")


def ar_migrerad(motor: Engine) -> bool:
    """Whether the tables are what this version of the program needs. Nothing is changed.

    Raises:
        LagringFel: the database is away.
    """
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with oversatt(), motor.connect() as anslutning:
        finns = MigrationContext.configure(anslutning).get_current_heads()
    return set(finns) == set(ScriptDirectory(str(MIGRERINGAR)).get_heads())


def stada(motor: Engine, tabeller: Sequence[str]) -> bool:
    """Write tables anew without what was erased, and empty the log. False when somebody else was in the way."""
    try:
        with oversatt(), motor.connect().execution_options(isolation_level="AUTOCOMMIT") as anslutning:
            if motor.dialect.name != "sqlite":
                for tabell in tabeller:
                    anslutning.execute(text(f"VACUUM (FULL, FREEZE) {tabell}"))
                return True
            anslutning.execute(text("VACUUM"))
            upptagen: int = anslutning.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()[0]
            return upptagen == 0
    except LagringFel as fel:
        if fel.orsak != "upptagen":
            raise
        return False
