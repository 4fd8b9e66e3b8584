"""The tables of publishing: what the last examination found, and why a published version is to be corrected."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from grund.db import Tidpunkt

UTKAST: Final = "utkast"
VERIFIERING: Final = "verifiering"
SLAG: Final = (UTKAST, VERIFIERING)


class Granskat(SQLModel, table=True):
    """The last examination of a kind. version: 0 for the draft. fynd: what was found, as JSON, a list of objects.

    stampel: what tells whether something has changed since, as hex: of what a draft is made of, or of a manifest.
    anmarkning: what could not be examined.
    """

    __tablename__ = "granskat"
    __table_args__: ClassVar[Any] = (
        CheckConstraint(f"slag IN {SLAG}", name="granskat_slag"),
        CheckConstraint("version >= 0 AND ar BETWEEN 2000 AND 2999", name="granskat_version"),
        CheckConstraint("length(stampel) = 64", name="granskat_stampel"),
    )

    slag: str = Field(primary_key=True)
    ar: int = Field(primary_key=True)
    version: int = Field(primary_key=True)
    stampel: str
    fynd: str
    anmarkning: str = ""
    vem: str
    tid: datetime = Field(sa_type=Tidpunkt)


class Rattelseskal(SQLModel, table=True):
    """Why a version is to come after one that is published. version: the one to come."""

    __tablename__ = "rattelseskal"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("version >= 2 AND ar BETWEEN 2000 AND 2999", name="rattelseskal_version"),
        CheckConstraint("length(trim(skal)) BETWEEN 1 AND 1000", name="rattelseskal_skal"),
    )

    ar: int = Field(primary_key=True)
    version: int = Field(primary_key=True)
    skal: str
    vem: str
    tid: datetime = Field(sa_type=Tidpunkt)
