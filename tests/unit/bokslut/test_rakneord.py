"""Numbers in sentences: words to twelve, gender and number that agree, and words read back."""

import pytest

from bokslut.text.rakneord import CELL, RESULTAT, UNDER_HUNDRA, andel_av, antal_av, las_rakneord, par, rakneord


@pytest.mark.parametrize(
    ("antal", "utrum", "neutrum"),
    [
        (0, "noll", "noll"),
        (1, "en", "ett"),
        (2, "två", "två"),
        (12, "tolv", "tolv"),
        (13, "13", "13"),
        (1437, "1\u00a0437", "1\u00a0437"),
    ],
)
def test_a_number_is_a_word_up_to_twelve(antal: int, utrum: str, neutrum: str) -> None:
    assert (rakneord(antal), rakneord(antal, neutrum=True)) == (utrum, neutrum)


@pytest.mark.parametrize(
    ("antal", "resultat", "celler"),
    [
        (0, "inga resultat", "inga celler"),
        (1, "ett resultat", "en cell"),
        (2, "två resultat", "två celler"),
        (12, "tolv resultat", "tolv celler"),
        (13, "13 resultat", "13 celler"),
    ],
)
def test_a_noun_agrees_with_its_number(antal: int, resultat: str, celler: str) -> None:
    assert (antal_av(antal, RESULTAT), antal_av(antal, CELL)) == (resultat, celler)


@pytest.mark.parametrize(
    ("del_", "hela", "text"),
    [
        (0, 2, "inget av de två resultaten"),
        (1, 2, "ett av två resultat"),
        (2, 2, "båda resultaten"),
        (0, 5, "inget av de fem resultaten"),
        (5, 5, "alla fem resultaten"),
        (11, 12, "elva av tolv resultat"),
        (12, 12, "alla tolv resultaten"),
        (1, 13, "1 av 13 resultat"),
        (0, 13, "inget av de 13 resultaten"),
        (13, 13, "alla 13 resultaten"),
        (34, 62, "34 av 62 resultat"),
    ],
)
def test_a_share_of_a_whole_is_a_subject(del_: int, hela: int, text: str) -> None:
    assert andel_av(del_, hela, RESULTAT) == text


def test_a_share_takes_the_gender_of_its_noun() -> None:
    assert andel_av(0, 3, CELL) == "ingen av de tre cellerna"
    assert andel_av(1, 2, CELL) == "en av två celler"


@pytest.mark.parametrize("hela", range(2, 30))
def test_words_and_figures_are_never_mixed_in_a_pair(hela: int) -> None:
    for del_ in range(hela + 1):
        a, b = par(del_, hela).split(" av ")
        assert a.isdigit() == b.isdigit()


@pytest.mark.parametrize(
    ("ord_", "tal"),
    [
        ("noll", 0),
        ("Tolv", 12),
        ("sjutton", 17),
        ("trettiotvå", 32),
        ("åttio", 80),
        ("hundra", 100),
        ("tvåhundra", 200),
        ("trehundrafemtio", 350),
        ("tusen", 1000),
        ("tvåtusenfyrahundra", 2400),
    ],
)
def test_a_word_is_read_as_its_number(ord_: str, tal: int) -> None:
    assert las_rakneord(ord_) == tal


@pytest.mark.parametrize("ord_", ["", "torg", "tredje", "hundraen kronor", "entusiast", "treva", "sexig"])
def test_other_words_are_no_numbers(ord_: str) -> None:
    assert las_rakneord(ord_) is None


def test_every_number_under_a_hundred_has_a_word() -> None:
    assert set(UNDER_HUNDRA.values()) == set(range(100))
