"""The difference between two texts: lines, words within them, and what is left out."""

from __future__ import annotations

import time

import pytest

from kansli.texter.skillnad import Skillnadsrad, jamfor


def slag(rader: list[Skillnadsrad]) -> list[str]:
    return [rad.slag for rad in rader]


def test_nothing_differs_from_itself() -> None:
    assert jamfor("a\nb", "a\nb") == []


def test_a_changed_word_is_marked_and_the_rest_of_its_line_is_not() -> None:
    bort, nytt = jamfor("Hälften fick stöd.", "Hälften fick hjälp.")
    assert (bort.slag, nytt.slag) == ("bort", "nytt")
    assert [text for text, andrad in bort.bitar if andrad] == ["stöd"]
    assert [text for text, andrad in nytt.bitar if andrad] == ["hjälp"]
    assert "".join(text for text, _ in nytt.bitar) == "Hälften fick hjälp."


@pytest.mark.parametrize(
    ("fore", "efter", "vantat"),
    [
        ("", "ny", ["bort", "nytt"]),
        ("a", "a\nb", ["lika", "nytt"]),
        ("a\nb", "a", ["lika", "bort"]),
        ("\n".join("abcdefgh"), "\n".join("abcdefgX"), ["hopp", "lika", "lika", "bort", "nytt"]),
    ],
)
def test_lines_come_in_their_order_with_a_little_around_them(fore: str, efter: str, vantat: list[str]) -> None:
    assert slag(jamfor(fore, efter)) == vantat


def test_a_line_that_is_too_long_to_compare_is_shown_whole() -> None:
    bort, _nytt = jamfor("a " * 5000, "b " * 5000)
    assert len(bort.bitar) == 1


@pytest.mark.parametrize("text", ["\n" * 90_000, "ord " * 22_000, "rad\n" * 22_000, "x" * 90_000])
def test_a_text_as_large_as_can_be_is_compared_in_a_moment(text: str) -> None:
    borjan = time.thread_time()
    jamfor(text, text[: len(text) // 2] + "ändrat" + text[len(text) // 2 :])
    assert time.thread_time() - borjan < 5
