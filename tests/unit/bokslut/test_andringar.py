"""What a correction changed, figure by figure."""

from __future__ import annotations

from typing import Any

import pytest

from bokslut.publicering.andringar import jamfor
from bokslut.publicering.manifest import Rattelse
from bokslut.publicering.utgava import Utgava, build_rattelser

RESULTAT: dict[str, Any] = {
    "id": "stod",
    "nummer": "1.1",
    "grupp": None,
    "titel": "Stöd",
    "visat": "78 %",
    "signal": "rod",
    "taljare": 78,
    "namnare": 100,
    "intervall": [68.0, 85.0],
}
CELL: dict[str, Any] = {"tabell": "1", "enhet": None, "utfall": "arbete", "kon": "kvinna", "visat": "20", "antal": 20}


def dok(*resultat: dict[str, Any], celler: tuple[dict[str, Any], ...] = (CELL,)) -> dict[str, Any]:
    return {"indikatorer": list(resultat), "tabeller": list(celler)}


def test_the_same_is_no_change() -> None:
    assert jamfor(dok(RESULTAT), dok(dict(RESULTAT))).antal() == 0


def test_counts_that_differ_under_the_same_shown_figure_are_told_in_words() -> None:
    [a] = jamfor(dok(RESULTAT), dok(RESULTAT | {"taljare": 79, "namnare": 101, "intervall": None})).indikatorer
    assert (a.fore, a.efter) == ("78 %", "78 %")
    assert a.annat == ("antalen", "osäkerheten")


@pytest.mark.parametrize(("fore", "efter"), [(True, False), (False, True)])
def test_a_result_that_came_or_went_has_one_side(fore: bool, efter: bool) -> None:
    annan = RESULTAT | {"id": "ny", "grupp": "Umeå"}
    [a] = jamfor(dok(RESULTAT, *[annan] * fore), dok(RESULTAT, *[annan] * efter)).indikatorer
    assert (a.id, a.grupp, a.fore is not None, a.efter is not None) == ("ny", "Umeå", fore, efter)


def test_a_figure_that_became_hidden_shows_what_readers_see() -> None:
    [a] = jamfor(dok(RESULTAT), dok(RESULTAT | {"visat": "..", "taljare": None})).indikatorer
    assert (a.fore, a.efter, a.annat) == ("78 %", "..", ("antalen",))


def test_a_cell_of_the_tables_is_told_apart_by_its_place() -> None:
    man = CELL | {"kon": "man"}
    [c] = jamfor(dok(celler=(CELL, man)), dok(celler=(CELL, man | {"visat": "21"}))).celler
    assert (c.kon, c.fore, c.efter) == ("man", "20", "21")


@pytest.mark.parametrize(
    ("grupp", "namn"),
    [("styrelseenkat", "Stöd (styrelsen)"), ("Umeå", "Stöd (Umeå)"), (None, "Stöd")],
)
def test_a_corrected_result_names_those_who_answered_as_readers_know_them(grupp: str | None, namn: str) -> None:
    r = RESULTAT | {"grupp": grupp}
    andrat = jamfor(dok(r), dok(r | {"visat": "80 %"}))
    rattelse = Rattelse(version=2, skal="Fel i filen", foregaende_manifest="0" * 64, andringar=andrat)
    [vy] = build_rattelser(Utgava(2, rattelser=(rattelse,)), {"styrelseenkat": "styrelsen"})
    assert [rad.namn for rad in vy.indikatorer] == [namn]
