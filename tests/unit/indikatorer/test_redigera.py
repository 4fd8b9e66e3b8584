"""A program may add, move and take away tables of a config: what it does not touch stays, character for character."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path

import pytest

from indikatorer.redigera import (
    GarInte,
    andra_tabell,
    byt_plats,
    hitta_tabell,
    lagg_till_tabell,
    ta_bort_tabell,
)

TEXT = (Path(__file__).parents[3] / "config/indicators.toml").read_text("utf-8")
DATA = tomllib.loads(TEXT)
IDS = tuple(DATA["indikator"])
LITEN = """[bokslut]
ar = 2020

# Den första.
[indikator.a]                          # vid rubriken
titel = "A"                            # vid värdet

# Hör ihop med b.
[indikator.b]
titel = "B"

[indikator.b.urval]
enhet = ["X"]
"""


def andrat(efter: str, fore: str = TEXT) -> tuple[list[str], list[str]]:
    """The lines that went and those that came."""
    rader = list(difflib.unified_diff(fore.splitlines(), efter.splitlines(), lineterm="", n=0))[2:]
    return [r[1:] for r in rader if r[0] == "-"], [r[1:] for r in rader if r[0] == "+"]


@pytest.mark.parametrize("sort", ["malomrade", "mal", "indikator"])
def test_every_table_is_found_with_all_that_it_holds(sort: str) -> None:
    for id_, tabell in DATA[sort].items():
        start, slut = hitta_tabell(TEXT, (sort, id_))
        assert tomllib.loads(TEXT[start:slut]) == {sort: {id_: tabell}}


def test_only_the_keys_that_are_named_change_and_remarks_stay() -> None:
    efter = andra_tabell(LITEN, ("indikator", "a"), {"titel": "Ny", "gron": "minst 1 %", "gul": None})
    assert andrat(efter, LITEN) == (
        ['titel = "A"                            # vid värdet'],
        ['titel = "Ny"                            # vid värdet', 'gron = "minst 1 %"'],
    )


def test_what_is_said_already_is_not_written_anew() -> None:
    urval = {"kommun": ["Vännäs", "Robertsfors", "Umeå", "Vindeln", "Bjurholm", "Nordmaling"]}
    assert andra_tabell(TEXT, ("indikator", "helarspersoner"), {"urval": urval, "fran": 2020}) == TEXT


def test_true_is_not_one() -> None:
    assert "x = 1" in andra_tabell("[mal.a]\nx = true\n", ("mal", "a"), {"x": 1})


def test_a_table_can_be_changed_where_another_is_broken() -> None:
    trasig = LITEN.replace('titel = "B"', "titel = B")
    assert 'titel = "Ny"' in andra_tabell(trasig, ("indikator", "a"), {"titel": "Ny"})


def test_a_new_table_stands_after_the_one_that_is_named_and_what_follows_stays() -> None:
    efter = lagg_till_tabell(LITEN, ("indikator", "ny"), {"titel": 'Med "citat"', "svar": ["ja"]}, ("indikator", "a"))
    assert list(tomllib.loads(efter)["indikator"]) == ["a", "ny", "b"]
    assert andrat(efter, LITEN) == ([], ["[indikator.ny]", 'titel = "Med \\"citat\\""', 'svar = ["ja"]', ""])
    assert tomllib.loads(lagg_till_tabell("", ("mal", "x"), {"text": "X"})) == {"mal": {"x": {"text": "X"}}}


def test_taking_away_takes_the_remark_above_and_the_tables_within() -> None:
    efter = ta_bort_tabell(LITEN, ("indikator", "b"))
    assert tomllib.loads(efter)["indikator"] == {"a": {"titel": "A"}}
    assert "Hör ihop" not in efter
    assert "Den första" in efter


def test_two_tables_change_places_with_their_remarks_and_back_again() -> None:
    efter = byt_plats(LITEN, ("indikator", "a"), ("indikator", "b"))
    assert list(tomllib.loads(efter)["indikator"]) == ["b", "a"]
    assert (
        efter.index("Hör ihop")
        < efter.index("[indikator.b]")
        < efter.index("Den första")
        < efter.index("[indikator.a]")
    )
    assert byt_plats(efter, ("indikator", "a"), ("indikator", "b")) == LITEN
    for a, b in zip(IDS[::7], IDS[3::7], strict=False):
        assert tomllib.loads(byt_plats(TEXT, ("indikator", a), ("indikator", b))) == DATA


def test_what_is_written_within_another_table_is_refused_and_not_guessed_at() -> None:
    with pytest.raises(GarInte):
        andra_tabell('[indikator]\na = { titel = "A" }\n', ("indikator", "a"), {"titel": "B"})
    with pytest.raises(KeyError):
        andra_tabell(TEXT, ("indikator", "finns-inte"), {"titel": "B"})
