import pytest

from insatser.personnummer import maskera, ser_ut_som_personnummer


@pytest.mark.parametrize(
    "text",
    [
        "850312-1234",
        "8503121234",
        "198503121234",
        "19850312-1234",
        "19850312 1234",
        "850312+1234",
        "850372-1234",  # samordningsnummer: sixty added to the day
        "nr 850312-1234, ny",
        "20000229–1234",
        "850312 - 1234",
    ],
)
def test_what_looks_like_a_personnummer_is_found(text: str) -> None:
    assert ser_ut_som_personnummer(text)


@pytest.mark.parametrize(
    "text", ["17", "999999", "2026-03-31", "20260331", "851312-1234", "850332-1234", "070-123 45 67", "", "1234567890"]
)
def test_what_is_something_else_is_let_by(text: str) -> None:
    assert not ser_ut_som_personnummer(text)


def test_a_masked_text_shows_where_and_not_who() -> None:
    assert maskera("nr 850312-1234") == "nr ••••••-••••"
