"""The table of long work."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from grund.db import Tidpunkt
from kansli.models import nytt_id

PAGAR: Final = "pagar"
KLART: Final = "klart"
STOPPAT: Final = "stoppat"


class Jobb(SQLModel, table=True):
    """A piece of long work. slag: a code. konto_id, vem: who began it.

    steg: what it does now, as besked.spara keeps it. andel: how much is done, in percent; None when nobody can tell.
    besked: when it is over, what came of it or what stopped it, kept likewise. till: the page to go on to.
    puls: when it was last heard of, so that what died with its server is seen to be dead.
    """

    __tablename__ = "jobb"
    __table_args__: ClassVar[Any] = (
        CheckConstraint(f"lage IN {(PAGAR, KLART, STOPPAT)}", name="jobb_lage"),
        CheckConstraint("andel BETWEEN 0 AND 100", name="jobb_andel"),
    )

    id: str = Field(primary_key=True, default_factory=nytt_id)
    slag: str
    konto_id: str
    vem: str
    lage: str = PAGAR
    steg: str = ""
    andel: int | None = None
    besked: str = ""
    till: str = ""
    borjade: datetime = Field(sa_type=Tidpunkt)
    puls: datetime = Field(sa_type=Tidpunkt)
