"""A day and a time of day as staff type them: Swedish time, also on the two days when the clock changes."""

from datetime import UTC, date, datetime, time

import pytest

from kansli.omgangar.klockslag import FinnsInte, oppnar, stanger

VAREN, HOSTEN = date(2027, 3, 28), date(2027, 10, 31)


def utc(tid: datetime) -> str:
    return f"{tid.astimezone(UTC):%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("dag", "tid", "vantat"),
    [
        (date(2027, 6, 1), None, "06-01 22:00"),
        (date(2027, 1, 1), None, "01-01 23:00"),
        (VAREN, None, "03-28 22:00"),
        (HOSTEN, None, "10-31 23:00"),
        (HOSTEN, time(2, 30), "10-31 01:30"),  # the second of the two
        (VAREN, time(3, 0), "03-28 01:00"),
    ],
)
def test_a_round_closes_when_the_swedish_day_or_hour_ends(dag: date, tid: time | None, vantat: str) -> None:
    assert utc(stanger(dag, tid)) == vantat


@pytest.mark.parametrize(
    ("dag", "tid", "vantat"),
    [(date(2027, 6, 1), None, "05-31 22:00"), (HOSTEN, time(2, 30), "10-31 00:30"), (VAREN, time(8), "03-28 06:00")],
)
def test_a_round_opens_when_the_swedish_day_or_hour_begins(dag: date, tid: time | None, vantat: str) -> None:
    assert utc(oppnar(dag, tid)) == vantat


@pytest.mark.parametrize("vad", [oppnar, stanger])
def test_an_hour_that_is_not_there_is_told(vad) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(FinnsInte, match="02:30"):
        vad(VAREN, time(2, 30))
