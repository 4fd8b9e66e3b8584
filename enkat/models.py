"""The tables of the survey. Their keys and constraints are the promises to those who answer.

No table has a running number, and in SQLite none has a rowid: a table's order is that of random or hashed keys, never
that in which people answered. Nothing that an answer makes has a column for time, person, address, device or language.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any, ClassVar, Final

from sqlalchemy import CheckConstraint, Column, LargeBinary, MetaData
from sqlmodel import Field, SQLModel

from enkat.urna import ENHET_BYTE, FRITEXT_BYTE, KUVERT_BYTE
from grund.db import Tidpunkt

LAGEN: Final = ("utkast", "oppen", "fryst", "gallrad")
NAD_MINUTER: Final = 60
UTAN_RADNUMMER: Final[dict[str, Any]] = {"sqlite_with_rowid": False}


def _krav(namn: str, villkor: str) -> CheckConstraint:
    return CheckConstraint(villkor, name=namn)


def _byte(**val: Any) -> Any:
    return Field(sa_column=Column(LargeBinary, **val))


class Omgang(SQLModel, table=True):
    """A round: one questionnaire, one period, one key.

    kalltext: the questionnaire's file as it was, so that the round does not hang on it. utdelade: how many were asked,
    where no batch says it. publik_nyckel: from the opening on.
    """

    __tablename__ = "omgang"
    __table_args__: ClassVar[Any] = (
        _krav("omgang_lage", f"lage IN {LAGEN}"),
        _krav("omgang_id_langd", "length(id) BETWEEN 1 AND 80"),
        _krav("omgang_fingeravtryck", "length(fingeravtryck) = 64"),
        _krav(
            "omgang_antal", "coalesce(population_antal, 0) >= 0 AND coalesce(utdelade, 0) >= 0 AND minsta_grupp >= 0"
        ),
        _krav("omgang_nad", "nad_minuter BETWEEN 0 AND 1440"),
        _krav("omgang_tider", "stanger > oppnar"),
        _krav("omgang_nyckel", "length(publik_nyckel) = 32 AND length(nyckel_id) = 16"),
        _krav(
            "omgang_oppnad",
            "lage = 'utkast' OR (publik_nyckel IS NOT NULL AND nyckel_id IS NOT NULL"
            " AND oppnar IS NOT NULL AND stanger IS NOT NULL)",
        ),
        UTAN_RADNUMMER,
    )

    id: str = Field(primary_key=True)
    enkat_id: str
    kalltext: bytes = _byte(nullable=False)
    fingeravtryck: str
    period: str
    population: str
    population_antal: int | None = None
    utdelade: int | None = None
    minsta_grupp: int
    provomgang: bool = False
    lage: str = "utkast"
    oppnar: datetime | None = Field(default=None, sa_type=Tidpunkt)
    stanger: datetime | None = Field(default=None, sa_type=Tidpunkt)
    nad_minuter: int = NAD_MINUTER
    publik_nyckel: bytes | None = _byte(nullable=True, default=None)
    nyckel_id: str | None = None


class Rattelse(SQLModel, table=True):
    """A spelling corrected while the round was open: what the questionnaire was before, why, and on which day."""

    __tablename__ = "rattelse"
    __table_args__: ClassVar[Any] = (
        _krav("rattelse_fingeravtryck", "length(fore) = 64 AND length(efter) = 64 AND fore <> efter"),
        _krav("rattelse_orsak", "length(orsak) > 0"),
        UTAN_RADNUMMER,
    )

    omgang_id: str = Field(primary_key=True, foreign_key="omgang.id", ondelete="CASCADE")
    fore: str = Field(primary_key=True)
    efter: str
    orsak: str
    dag: date


class Bunt(SQLModel, table=True):
    """Codes printed together. enhet: what their answers will carry; beteckning: who is handed the pile, for printing.

    antal: printed. makulerade: of them, voided. utdelade: handed out, where kansli has counted; else all but a reserve.
    """

    __tablename__ = "bunt"
    __table_args__: ClassVar[Any] = (
        _krav("bunt_antal", "antal > 0 AND makulerade BETWEEN 0 AND antal"),
        _krav("bunt_utdelade", "utdelade BETWEEN 0 AND antal"),
        _krav("bunt_enhet", f"length(enhet) BETWEEN 1 AND {ENHET_BYTE}"),
        UTAN_RADNUMMER,
    )

    id: str = Field(primary_key=True, default_factory=lambda: secrets.token_hex(4))
    omgang_id: str = Field(foreign_key="omgang.id", ondelete="CASCADE", index=True)
    enhet: str
    beteckning: str
    antal: int
    makulerade: int = 0
    utdelade: int | None = None
    reserv: bool = False


class Kod(SQLModel, table=True):
    """A code that is not yet spent, as its keyed hash. A spent one leaves no trace but a count."""

    __tablename__ = "kod"
    __table_args__: ClassVar[Any] = (_krav("kod_avtryck", "length(avtryck) = 32"), UTAN_RADNUMMER)

    avtryck: bytes = _byte(primary_key=True)
    bunt_id: str = Field(foreign_key="bunt.id", ondelete="CASCADE", index=True)


class Makulerad(SQLModel, table=True):
    """A code that was voided before anyone used it, so that its holder can be told so. It never had an answer."""

    __tablename__ = "makulerad"
    __table_args__: ClassVar[Any] = (_krav("makulerad_avtryck", "length(avtryck) = 32"), UTAN_RADNUMMER)

    avtryck: bytes = _byte(primary_key=True)
    bunt_id: str = Field(foreign_key="bunt.id", ondelete="CASCADE", index=True)


class Kuvert(SQLModel, table=True):
    """The urn: a random id, round, key and a ciphertext of one size. Nothing else may ever stand here."""

    __tablename__ = "kuvert"
    __table_args__: ClassVar[Any] = (
        _krav("kuvert_id", "length(id) = 16"),
        _krav("kuvert_chiffer", f"length(chiffer) = {KUVERT_BYTE}"),
        UTAN_RADNUMMER,
    )

    id: bytes = _byte(primary_key=True)
    omgang_id: str = Field(foreign_key="omgang.id", ondelete="CASCADE", index=True)
    nyckel_id: str
    chiffer: bytes = _byte(nullable=False)


class Fritext(SQLModel, table=True):
    """The urn for free text: one envelope from each who hands in, of one size also when nothing was written."""

    __tablename__ = "fritext"
    __table_args__: ClassVar[Any] = (
        _krav("fritext_id", "length(id) = 16"),
        _krav("fritext_chiffer", f"length(chiffer) = {FRITEXT_BYTE}"),
        UTAN_RADNUMMER,
    )

    id: bytes = _byte(primary_key=True)
    omgang_id: str = Field(foreign_key="omgang.id", ondelete="CASCADE", index=True)
    nyckel_id: str
    chiffer: bytes = _byte(nullable=False)


class Kvitto(SQLModel, table=True):
    """A form that has been handed in, as the keyed hash of its nonce, so that the same form is not counted twice."""

    __tablename__ = "kvitto"
    __table_args__: ClassVar[Any] = (_krav("kvitto_avtryck", "length(avtryck) = 32"), UTAN_RADNUMMER)

    omgang_id: str = Field(primary_key=True, foreign_key="omgang.id", ondelete="CASCADE")
    avtryck: bytes = _byte(primary_key=True)


class Svarslage(SQLModel, table=True):
    """How many have answered, in steps of five, when somebody first asked that day. enhet "" is the whole round."""

    __tablename__ = "svarslage"
    __table_args__: ClassVar[Any] = (
        _krav("svarslage_steg", "svar >= 0 AND svar % 5 = 0"),
        _krav("svarslage_utdelade", "utdelade >= 10"),
        UTAN_RADNUMMER,
    )

    omgang_id: str = Field(primary_key=True, foreign_key="omgang.id", ondelete="CASCADE")
    enhet: str = Field(primary_key=True)
    dag: date
    svar: int
    utdelade: int


# The metadata that the migrations must give; only this room's tables stand in it while it is the only one with any.
METADATA: Final[MetaData] = SQLModel.metadata
