"""The tables of the goals: every version that was ever saved, and which years the board has decided."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, Final

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Integer, Text
from sqlmodel import Field, SQLModel

from grund.db import Tidpunkt

STORST_TEXT: Final = 1_000_000
LANGSTA_SKAL: Final = 500
# Who has changed a file that was not changed here.
UTIFRAN: Final = "någon utanför kansliet"


def _krav(namn: str, villkor: str) -> CheckConstraint:
    return CheckConstraint(villkor, name=namn)


class Malversion(SQLModel, table=True):
    """The goals of a year as they were saved once. Nothing changes a version.

    fingeravtryck: SHA-256 of text. vem: whose, as she was called then; konto_id None for a change from outside.
    beslut, beslutsdatum: the decision that the board took on it, when it has taken one.
    """

    __tablename__ = "mal_version"
    __table_args__: ClassVar[Any] = (
        _krav("mal_version_ar", "ar BETWEEN 1900 AND 2200"),
        _krav("mal_version_nr", "nr >= 1"),
        _krav("mal_version_text", f"length(text) <= {STORST_TEXT}"),
        _krav("mal_version_fingeravtryck", "length(fingeravtryck) = 64"),
        _krav("mal_version_skal", f"length(trim(skal)) BETWEEN 1 AND {LANGSTA_SKAL}"),
        _krav("mal_version_beslut", "(beslut = '') = (beslutsdatum IS NULL)"),
    )

    ar: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    nr: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    text: str = Field(sa_column=Column(Text, nullable=False))
    fingeravtryck: str
    tid: datetime = Field(sa_type=Tidpunkt)
    konto_id: str | None = None
    vem: str
    skal: str
    beslut: str = ""
    beslutsdatum: date | None = None


class Malbeslut(SQLModel, table=True):
    """A year whose goals are decided: nr is the version that holds. The row goes when the goals are opened again."""

    __tablename__ = "mal_beslut"
    __table_args__: ClassVar[Any] = (
        ForeignKeyConstraint(["ar", "nr"], ["mal_version.ar", "mal_version.nr"], name="mal_beslut_version"),
    )

    ar: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    nr: int
    tid: datetime = Field(sa_type=Tidpunkt)
    vem: str
