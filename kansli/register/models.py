"""What a row of the register was before each change, for as long as the row is there.

The log is kept for ever and says that a row was changed, by whom, when and in which columns. What stood there is the
person's, and goes with the row: `docs/beslut/0009-loggen-och-gallringen.md`.
"""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer
from sqlmodel import Field, SQLModel

import kansli.models  # the table of the log must be known before one that points at it


class Andring(SQLModel, table=True):
    """The values of a change. handelse_nr: its line in the log. fore, efter: column by column, in words."""

    __tablename__ = "deltagare_andring"
    __table_args__: ClassVar[Any] = (CheckConstraint("fore <> efter", name="deltagare_andring_andrar"),)

    handelse_nr: int = Field(
        sa_column=Column(
            Integer,
            ForeignKey(f"{kansli.models.Handelse.__tablename__}.nr"),
            primary_key=True,
            autoincrement=False,
        )
    )
    deltagare_id: int = Field(
        sa_column=Column(Integer, ForeignKey("deltagare.id", ondelete="CASCADE"), nullable=False, index=True)
    )
    fore: str
    efter: str
