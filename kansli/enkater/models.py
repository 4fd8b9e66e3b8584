"""The versions of the questionnaires. What is in force is the file in the instance; here stands what it has been."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from grund.db import Tidpunkt


class Enkatversion(SQLModel, table=True):
    """A questionnaire's whole file as somebody left it. nr: 1 and up, for each questionnaire.

    konto_id: None for what was changed outside the staff's pages. vem: as that person was called then. orsak: why.
    """

    __tablename__ = "enkatversion"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("nr >= 1", name="enkatversion_nr"),
        CheckConstraint("length(orsak) BETWEEN 1 AND 300", name="enkatversion_orsak"),
    )

    enkat_id: str = Field(primary_key=True)
    nr: int = Field(primary_key=True)
    tid: datetime = Field(sa_type=Tidpunkt)
    konto_id: str | None = None
    vem: str
    orsak: str
    text: str
