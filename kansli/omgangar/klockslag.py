"""Day and time of day as staff type them, in Swedish time; one hour a year is not there, and one is there twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from enkat.omgang import SVENSK_TID
from kansli.enkat_instans import dagens_slut, svensk


class FinnsInte(ValueError):
    """The clocks are put forward past this time of day."""


def oppnar(dag: date, klockslag: time | None) -> datetime:
    """When people are let in: from the day's beginning, or from a time of day. Of two such hours the first.

    Raises:
        FinnsInte: there is no such time that day.
    """
    tid = datetime.combine(dag, klockslag or time())
    _krav_finns(tid)
    return svensk(tid)


def stanger(dag: date, klockslag: time | None) -> datetime:
    """When it closes: at the day's end, or at a time of day. Of two such hours the last, so that nobody is shut out.

    Raises:
        FinnsInte: there is no such time that day.
    """
    tid = datetime.combine(dag, klockslag or time())
    _krav_finns(tid)
    return dagens_slut(tid).replace(fold=1)


def _krav_finns(tid: datetime) -> None:
    if svensk(tid).astimezone(UTC).astimezone(SVENSK_TID).replace(tzinfo=None) != tid:
        raise FinnsInte(f"{tid:%H:%M}")
