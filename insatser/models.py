"""The tables of the register. No personnummer: a deltagare is a running number within an insats.

There is no field to write freely in. A name of an insats holds too few digits for a personnummer, by constraint.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import reduce
from typing import Any, ClassVar, Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlmodel import Field, SQLModel

from grund.db import Tidpunkt
from insatser.koder import ALDER, ANSTALLNING, FORE, HANDLINGSPLAN, KON, MED_OMFATTNING, TID, UTBILDNING, UTFALL

HOGSTA_NUMMER: Final = 999_999
FORSTA_DAG: Final = date(1990, 1, 1)
MINSTA_OMFATTNING: Final = 10
FLEST_SIFFROR: Final = 5
LANGSTA_NAMN: Final = 80
_UTFALL_ELLER_TOMT: Final = "coalesce(utfall, '')"  # a condition on nothing is neither true nor false, and lets all by


def _krav(namn: str, villkor: str) -> CheckConstraint:
    return CheckConstraint(villkor, name=namn)


def _nagot_av(kolumn: str, koder: Iterable[str]) -> str:
    """That a column holds one of the codes. Said with IN, SQLite takes four times as long to store a row."""
    return "(" + " OR ".join(f"{kolumn} = '{kod}'" for kod in koder) + ")"


def _fa_siffror(kolumn: str) -> str:
    """That a text has too few digits to be a personnummer, said so that both databases understand it."""
    utan = reduce(lambda uttryck, siffra: f"replace({uttryck}, '{siffra}', '')", "0123456789", kolumn)
    return f"length({kolumn}) - length({utan}) <= {FLEST_SIFFROR}"


def _namn(kolumn: str) -> str:
    return f"length(trim({kolumn})) BETWEEN 1 AND {LANGSTA_NAMN} AND {_fa_siffror(kolumn)}"


class Insats(SQLModel, table=True):
    """An activity that the förbund pays for. enhet: what its rows are counted under in the bokslut."""

    __tablename__ = "insats"
    __table_args__: ClassVar[Any] = (_krav("insats_namn", _namn("namn")), _krav("insats_enhet", _namn("enhet")))

    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True, autoincrement=True))
    namn: str = Field(unique=True)
    enhet: str
    aktiv: bool = True


class Insatsansvarig(SQLModel, table=True):
    """Who answers for an insats. konto_id: an account of the staff, a room that this one knows nothing of."""

    __tablename__ = "insatsansvarig"

    insats_id: int = Field(
        sa_column=Column(Integer, ForeignKey("insats.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    )
    konto_id: str = Field(sa_column=Column(String, primary_key=True, index=True))


class Deltagare(SQLModel, table=True):
    """One person's time in one insats. nummer: the insats's own running number, unique within it.

    start, slut: the first and the last day; slut and utfall are there together, when the person has left.
    anstallning: of utfall arbete. omfattning: percent of full time, of arbete and extratjanst.
    fore, tid, utbildning: at the start. plan_klar: when the handlingsplan was made.
    version: counts the changes, so that two who change at once are told apart.
    """

    __tablename__ = "deltagare"
    __table_args__: ClassVar[Any] = (
        UniqueConstraint("insats_id", "nummer", name="deltagare_en_gang"),
        _krav("deltagare_nummer", f"nummer BETWEEN 1 AND {HOGSTA_NUMMER}"),
        _krav("deltagare_kon", _nagot_av("kon", KON)),
        _krav("deltagare_alder", _nagot_av("alder", ALDER)),
        _krav("deltagare_utfall", _nagot_av("utfall", UTFALL)),
        _krav("deltagare_fore", _nagot_av("fore", FORE)),
        _krav("deltagare_tid", _nagot_av("tid", TID)),
        _krav("deltagare_utbildning", _nagot_av("utbildning", UTBILDNING)),
        _krav("deltagare_start", f"start >= '{FORSTA_DAG}'"),
        _krav("deltagare_slut", "slut >= start AND (slut IS NULL) = (utfall IS NULL)"),
        _krav(
            "deltagare_anstallning",
            f"anstallning IS NULL OR ({_nagot_av('anstallning', ANSTALLNING)} AND {_UTFALL_ELLER_TOMT} = 'arbete')",
        ),
        _krav(
            "deltagare_omfattning",
            f"omfattning IS NULL OR (omfattning BETWEEN {MINSTA_OMFATTNING} AND 100"
            f" AND {_nagot_av(_UTFALL_ELLER_TOMT, MED_OMFATTNING)})",
        ),
        _krav("deltagare_handlingsplan", _nagot_av("handlingsplan", HANDLINGSPLAN)),
        _krav("deltagare_plan_klar", "plan_klar IS NULL OR (plan_klar >= start AND handlingsplan = 'ja')"),
        _krav("deltagare_version", "version >= 1"),
        # All that flow and outcomes are counted from, so that no count has to look at the rows themselves. The last day
        # before the first: those who left before the year are then passed by, and those who have not lie together.
        Index("deltagare_att_rakna", "insats_id", "kon", "slut", "start", "utfall"),
        Index("deltagare_efter_start", "start"),
        Index("deltagare_efter_slut", "slut"),
    )

    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True, autoincrement=True))
    insats_id: int = Field(sa_column=Column(Integer, ForeignKey("insats.id"), nullable=False))
    nummer: int
    kon: str
    alder: str
    start: date
    slut: date | None = None
    utfall: str | None = None
    anstallning: str | None = None
    omfattning: int | None = None
    fore: str = "okant"
    tid: str = "okand"
    utbildning: str = "okand"
    handlingsplan: str = "okant"
    plan_klar: date | None = None
    version: int = 1
    andrad: datetime = Field(sa_type=Tidpunkt)


# What a person tells of a deltagare, in the order of the template and of what is sent out.
FALTEN: Final = (
    *("insats_id", "nummer", "kon", "alder", "start", "slut", "utfall", "anstallning", "omfattning"),
    *("fore", "tid", "utbildning", "handlingsplan", "plan_klar"),
)
