from fractions import Fraction

import pytest

from bokslut import tal


@pytest.mark.parametrize(
    ("varde", "text"),
    [(Fraction(25, 2), "13\u00a0%"), (Fraction(-25, 2), "−13\u00a0%"), (Fraction(0), "0\u00a0%"), (99.5, "100\u00a0%")],
)
def test_a_percent_is_whole_and_a_half_goes_away_from_zero(varde: Fraction | float, text: str) -> None:
    assert tal.procent(varde) == text


def test_thousands_are_parted_by_a_space_that_does_not_break() -> None:
    assert tal.antal(1437) == "1\u00a0437"


@pytest.mark.parametrize(
    ("par", "text"), [((67.9, 85.6), "68–86\u00a0%"), ((-11.2, 3.4), "−11\u00a0till\u00a03\u00a0%")]
)
def test_an_interval_below_zero_is_written_with_a_word(par: tuple[float, float], text: str) -> None:
    assert tal.intervall(par) == text


@pytest.mark.parametrize(("varde", "text"), [(None, ""), (46, "46"), (Fraction(1, 3), "0,333333"), (0, "0")])
def test_a_spreadsheet_gets_a_decimal_comma(varde: Fraction | int | None, text: str) -> None:
    assert tal.decimal(varde) == text


@pytest.mark.parametrize(("ord_", "text"), [([], ""), (["a"], "a"), (["a", "b", "c"], "a, b och c")])
def test_a_list_is_read_as_a_sentence(ord_: list[str], text: str) -> None:
    assert tal.rakna_upp(ord_) == text
