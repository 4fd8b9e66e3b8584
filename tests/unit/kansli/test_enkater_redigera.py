"""A questionnaire's file is changed a piece at a time, and says what was meant; everything else stands as it was."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kansli.enkater.redigera import RedigeringFel, byt_id, flytta, lagg_till, satt, ta_bort

DELTAGARE = (Path(__file__).parents[3] / "config/enkater/deltagare.toml").read_text("utf-8")
LITEN = """# Först.
[enkat]
titel = "A"            # namnet

# En skala.
[skala.bra]
svar = ["nej", "ja"]
text = ["Nej", "Ja"]

# ---- Frågor ----

# Den första.
[fraga.ett]
typ = "skala"
skala = "bra"
text = "Ett?"          # lätt

[fraga.tva]
typ = "skala"
skala = "bra"
text = "Två?"
visas_om = { fraga = "ett", svar = ["ja"] }
"""


def kommentarer(text: str) -> list[str]:
    return sorted(rad.partition("#")[2] for rad in text.splitlines() if "#" in rad)


def test_a_value_is_put_in_the_place_of_the_one_before_and_its_comment_stays() -> None:
    assert satt(LITEN, ("fraga", "ett"), {"text": "Nytt?"}) == LITEN.replace('"Ett?"', '"Nytt?"')


def test_a_new_key_comes_last_in_its_table_and_not_after_the_comment_that_follows() -> None:
    ny = satt(LITEN, ("skala", "bra"), {"ordnad": False})
    assert ny == LITEN.replace('text = ["Nej", "Ja"]\n', 'text = ["Nej", "Ja"]\nordnad = false\n')


def test_a_key_is_taken_away_with_its_line() -> None:
    assert satt(LITEN, ("fraga", "tva"), {"visas_om": None}).endswith('text = "Två?"\n')


def test_nothing_changed_is_the_same_text() -> None:
    falt = tomllib.loads(DELTAGARE)["fraga"]["annan_losning"]
    assert satt(DELTAGARE, ("fraga", "annan_losning"), falt) == DELTAGARE


def test_a_table_under_its_own_heading_becomes_a_line() -> None:
    text = '[fraga.a]\ntyp = "ja_nej"\n\n[fraga.a.visas_om]\nfraga = "x"\nsvar = ["ja"]\n\n[fraga.b]\ntyp = "datum"\n'
    ny = satt(text, ("fraga", "a"), {"visas_om": {"fraga": "y", "svar": ["nej"]}})
    assert tomllib.loads(ny)["fraga"]["a"]["visas_om"] == {"fraga": "y", "svar": ["nej"]}
    assert list(tomllib.loads(ny)["fraga"]) == ["a", "b"]


def test_a_question_is_moved_with_the_comment_above_it_and_the_banner_stays() -> None:
    ny = flytta(LITEN, "ett", 1)
    assert list(tomllib.loads(ny)["fraga"]) == ["tva", "ett"]
    assert ny.index("# ---- Frågor ----") < ny.index("[fraga.tva]") < ny.index("# Den första.\n[fraga.ett]")
    assert flytta(ny, "ett", -1) == LITEN


@pytest.mark.parametrize(("id_", "steg"), [("ett", -1), ("tva", 1)])
def test_the_first_cannot_be_moved_up_nor_the_last_down(id_: str, steg: int) -> None:
    assert flytta(LITEN, id_, steg) == LITEN


def test_a_question_that_is_taken_away_takes_its_comment_along() -> None:
    ny = ta_bort(LITEN, "fraga", "ett")
    assert "Den första" not in ny
    assert "# ---- Frågor ----" in ny
    assert list(tomllib.loads(ny)["fraga"]) == ["tva"]


def test_a_table_by_itself_is_taken_away() -> None:
    assert "enhet" not in tomllib.loads(ta_bort(DELTAGARE, "enhet"))


def test_a_new_question_stands_after_the_one_that_was_named() -> None:
    ny = lagg_till(LITEN, "fraga", "mitt", {"typ": "datum", "text": "När?", "hjalp": None}, "ett")
    assert list(tomllib.loads(ny)["fraga"]) == ["ett", "mitt", "tva"]
    assert '[fraga.mitt]\ntyp = "datum"\ntext = "När?"\n\n[fraga.tva]' in ny


def test_the_first_question_of_all_is_added_last_in_the_file() -> None:
    ny = lagg_till('[enkat]\ntitel = "A"\n', "fraga", "ett", {"typ": "datum"}, None)
    assert ny == '[enkat]\ntitel = "A"\n\n[fraga.ett]\ntyp = "datum"\n'


def test_another_id_is_followed_by_the_conditions_that_name_it() -> None:
    ny = byt_id(LITEN, "ett", "forsta")
    assert ny == LITEN.replace("[fraga.ett]", "[fraga.forsta]").replace('fraga = "ett"', 'fraga = "forsta"')


@pytest.mark.parametrize("text", ["[enkat\n", 'titel = "a'])
def test_a_file_that_is_no_toml_is_left_alone(text: str) -> None:
    with pytest.raises(RedigeringFel, match="Rätta den som text"):
        satt(text, ("enkat",), {"titel": "B"})


def test_what_is_written_too_unlike_the_usual_is_said_to_be_so() -> None:
    text = '[fraga]\na.typ = "datum"\nb.typ = "datum"\n'
    with pytest.raises(RedigeringFel, match="Ändra den som text"):
        flytta(text, "a", 1)


DELAD = '[fraga.x]\ntyp = "ja_nej"\n\n[fraga.a]\nvisas_om.fraga = "x"\nvisas_om.svar = ["ja"]\ntyp = "datum"\n'
PA_RAD = '[skala]\na = { svar = ["ja"] }\nb = { svar = ["nej"] }\n'


@pytest.mark.parametrize(
    "gor",
    [
        lambda: satt(DELAD, ("fraga", "a"), {"visas_om": {"fraga": "x", "svar": ["nej"]}}),
        lambda: satt(DELAD, ("fraga", "a"), {"visas_om": None}),
        lambda: satt(PA_RAD, ("skala", "a"), {"text": ["Ja"]}),
        lambda: ta_bort(PA_RAD, "skala", "a"),
    ],
)
def test_a_change_that_would_say_anything_else_than_was_meant_is_not_made(gor: Callable[[], str]) -> None:
    with pytest.raises(RedigeringFel, match="Ändra den som text"):
        gor()


@given(st.text(max_size=40))
def test_whatever_is_typed_comes_back_and_no_comment_is_lost(skrivet: str) -> None:
    ny = satt(DELTAGARE, ("fraga", "annan_losning"), {"text": skrivet, "hjalp": skrivet})
    assert tomllib.loads(ny)["fraga"]["annan_losning"]["text"] == skrivet
    assert kommentarer(ny)[-5:] == kommentarer(DELTAGARE)[-5:] or "#" in skrivet


def test_every_question_of_a_real_questionnaire_can_be_moved_there_and_back() -> None:
    for id_ in list(tomllib.loads(DELTAGARE)["fraga"])[1:]:
        upp = flytta(DELTAGARE, id_, -1)
        assert kommentarer(upp) == kommentarer(DELTAGARE)
        assert flytta(upp, id_, 1) == DELTAGARE
