"""The table of what has been written: who wrote each version of a text, and when."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from grund.db import Tidpunkt

SKRIVET: Final = "skrivet"
GRANSKAT: Final = "granskat"
ATERLAMNAT: Final = "aterlamnat"
BORTTAGET: Final = "borttaget"
SLAG: Final = (SKRIVET, GRANSKAT, ATERLAMNAT, BORTTAGET)


class Textversion(SQLModel, table=True):
    """A version of a file of a year. fil: from its underlag ("texter/forord.md"). nr: from 1, one of each.

    text: the whole text; None for a good example, since what was taken away because it pointed somebody out must be
    gone. summa: of the file, as hex. konto_id: None for what was changed outside the staff's pages.
    anteckning: what the reviewer said.
    """

    __tablename__ = "textversion"
    __table_args__: ClassVar[Any] = (
        CheckConstraint(f"slag IN {SLAG}", name="textversion_slag"),
        CheckConstraint("nr >= 1 AND ar BETWEEN 2000 AND 2999", name="textversion_nr"),
        CheckConstraint("length(summa) = 64", name="textversion_summa"),
        CheckConstraint("text IS NULL OR fil LIKE 'texter/%'", name="textversion_utan_berattelser"),
    )

    ar: int = Field(primary_key=True)
    fil: str = Field(primary_key=True)
    nr: int = Field(primary_key=True)
    slag: str = SKRIVET
    text: str | None = None
    summa: str
    konto_id: str | None = None
    vem: str
    anteckning: str = ""
    tid: datetime = Field(sa_type=Tidpunkt)
