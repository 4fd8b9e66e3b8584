"""Brings many rows into the register at once: all of them or none, and the same file twice changes nothing."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, cast

from sqlalchemy import Column, Connection, CursorResult, Engine, Integer, MetaData, Table, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from insatser.models import FALTEN, Deltagare
from insatser.register import Rad, Radfel, granska
from insatser.store import AndradAvAnnan, nycklar

_BUNT: Final = 10_000
# Room for the pages of the indexes while they are written; with SQLite's own 2 MB it takes twice as long.
_MINNE_KB: Final = 131_072
_DUBBLETT: Final = "23505"  # what PostgreSQL calls a key that is there already
_TABELL: Final = cast(Table, Deltagare.__table__)  # type: ignore[attr-defined]  # SQLModel adds it
# Without the rules of the register, which are asked about when the rows are moved there. rad_id: of what is changed.
_MELLAN: Final = Table(
    "deltagare_pa_vag",
    MetaData(),
    Column("rad_id", Integer),
    *(Column(k.name, k.type) for k in _TABELL.columns if k.name != "id"),
    prefixes=["TEMPORARY"],
)


@dataclass(frozen=True)
class Skillnad:
    """What a file would do to the register. nya: rows that are not there. andrade: id, version and the row.

    krockar: rows, by their place, that do not go with what is there in the columns that the file lacks.
    """

    nya: Sequence[tuple[Any, ...]]
    andrade: Sequence[tuple[int, int, tuple[Any, ...]]]
    oforandrade: int
    krockar: Sequence[tuple[int, Radfel]] = ()


def jamfor(session: Session, rader: Sequence[tuple[Any, ...]], falten: Sequence[str], idag: date) -> Skillnad:
    """Hold rows, in the order of `FALTEN`, against what is there under the same insats and number.

    falten: the columns that the file has; what is stored in others stays.
    """
    finns = nycklar(session, {rad[0] for rad in rader})
    behall = [plats for plats, falt in enumerate(FALTEN) if falt not in (*falten, "insats_id")]
    nya, andrade, krockar, oforandrade = [], [], [], 0
    for nummer, rad in enumerate(rader):
        gammal = finns.get((rad[0], rad[1]))
        if gammal is None:
            nya.append(rad)
            continue
        ihop = _ihop(rad, gammal[2:], behall) if behall else rad
        if gammal[2:] == ihop:
            oforandrade += 1
        elif behall and (fel := granska(Rad(*ihop), idag)):
            krockar.append((nummer, fel[0]))
        else:
            andrade.append((gammal[0], gammal[1], ihop))
    return Skillnad(nya, andrade, oforandrade, krockar)


def _ihop(rad: tuple[Any, ...], gammal: tuple[Any, ...], behall: Sequence[int]) -> tuple[Any, ...]:
    ut = list(rad)
    for plats in behall:
        ut[plats] = gammal[plats]
    return tuple(ut)


@contextmanager
def utan_sopning() -> Iterator[None]:
    """Let nobody look for garbage while millions of cells are laid out: none of them is any, and all are looked at."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def mellanlagrat(motor: Engine, nu: datetime, skillnad: Skillnad) -> Iterator[Session]:
    """The rows in a table that only this connection sees, and a session on it: writing them there locks nothing."""
    with motor.connect() as anslutning:
        sqlite = anslutning.dialect.name == "sqlite"
        if sqlite:
            anslutning.exec_driver_sql(f"PRAGMA cache_size = -{_MINNE_KB}")
        _MELLAN.create(anslutning)
        _fyll(anslutning, [*_nya(skillnad, nu), *_andrade(skillnad, nu)])
        anslutning.commit()
        try:
            with Session(anslutning) as session:
                yield session
        finally:
            _MELLAN.drop(anslutning)
            if sqlite:
                anslutning.exec_driver_sql("PRAGMA cache_size = -2000")
            anslutning.commit()


def lagra(session: Session, skillnad: Skillnad) -> None:
    """Move what lies in between into the register, in the transaction of the caller: two statements, some seconds.

    Raises:
        AndradAvAnnan: a row of them was written by somebody else since they were compared.
    """
    namn = [*FALTEN, "version", "andrad"]
    nya = select(*(_MELLAN.c[n] for n in namn)).where(_MELLAN.c.rad_id.is_(None))
    try:
        session.execute(insert(_TABELL).from_select(namn, nya))
    except IntegrityError as fel:
        if "UNIQUE" not in str(fel.orig) and getattr(fel.orig, "sqlstate", "") != _DUBBLETT:
            raise
        raise AndradAvAnnan(None) from fel
    if not skillnad.andrade:
        return
    andra = update(_TABELL).where(_TABELL.c.id == _MELLAN.c.rad_id, _TABELL.c.version == _MELLAN.c.version - 1)
    andrade = session.execute(andra.values({n: _MELLAN.c[n] for n in namn}))
    if cast(CursorResult[Any], andrade).rowcount != len(skillnad.andrade):
        raise AndradAvAnnan(None)


def _fyll(anslutning: Connection, rader: Sequence[tuple[Any, ...]]) -> None:
    """Hand the rows to the driver as they are, which is four times as fast as by name."""
    dialekt = anslutning.dialect
    tecken = "?" if dialekt.name == "sqlite" else "%s"
    sql = f"INSERT INTO {_MELLAN.name} VALUES ({', '.join([tecken] * len(_MELLAN.columns))})"
    stallda = [kolumn.type.dialect_impl(dialekt).bind_processor(dialekt) for kolumn in _MELLAN.columns]
    for fran in range(0, len(rader), _BUNT):
        spalter = zip(*rader[fran : fran + _BUNT], strict=True)
        omsatta = [s if gor is None else _omsatt(s, gor) for gor, s in zip(stallda, spalter, strict=True)]
        anslutning.exec_driver_sql(sql, list(zip(*omsatta, strict=True)))


def _omsatt(spalt: Sequence[Any], gor: Callable[[Any], Any]) -> Iterator[Any]:
    """A column as the driver wants it; a day is turned into text once and not in every row that has it."""
    return map({varde: gor(varde) for varde in set(spalt)}.__getitem__, spalt)


def _nya(skillnad: Skillnad, nu: datetime) -> Iterator[tuple[Any, ...]]:
    """In the order of the table's columns. By insats and number, so that neighbours are written after each other."""
    for rad in sorted(skillnad.nya, key=lambda rad: rad[:2]):
        yield (None, *rad, 1, nu)


def _andrade(skillnad: Skillnad, nu: datetime) -> Iterator[tuple[Any, ...]]:
    for id_, version, rad in skillnad.andrade:
        yield (id_, *rad, version + 1, nu)
