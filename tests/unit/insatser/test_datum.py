from datetime import date, datetime

import pytest

from insatser.datum import INGEN_DAG, TVETYDIG, DatumFel, manader, tolka_datum

DAGEN = date(2026, 3, 31)


@pytest.mark.parametrize(
    "skrivet",
    [
        DAGEN,
        datetime(2026, 3, 31, 8, 0),  # noqa: DTZ001
        "2026-03-31",
        "20260331",
        20260331.0,
        "2026/03/31",
        "31.3.2026",
        "31/3/2026",
        "31/3 2026",
        "31 mars 2026",
        "31 mar. 2026",
        "2026-03-31 00:00:00",
        46112,
        46112.0,
        "46112",
    ],
)
def test_a_day_is_read_as_people_and_excel_write_it(skrivet: object) -> None:
    assert tolka_datum(skrivet) == DAGEN


@pytest.mark.parametrize("skrivet", ["2026-02-30", "32/1 2026", "snart", "12", 12, "31 foo 2026", True])
def test_what_is_no_day_is_told(skrivet: object) -> None:
    with pytest.raises(DatumFel, match=INGEN_DAG):
        tolka_datum(skrivet)


def test_a_day_that_may_be_two_is_not_guessed() -> None:
    with pytest.raises(DatumFel, match=TVETYDIG):
        tolka_datum("3/4/2026")
    assert tolka_datum("3.4.2026") == date(2026, 4, 3)


@pytest.mark.parametrize(
    ("fran", "till", "antal"),
    [("2026-01-15", "2026-03-14", 1), ("2026-01-15", "2026-03-15", 2), ("2025-12-31", "2026-01-01", 0)],
)
def test_months_are_whole(fran: str, till: str, antal: int) -> None:
    assert manader(date.fromisoformat(fran), date.fromisoformat(till)) == antal
