"""Readings that are kept by their very bytes: the same question has the same answer, and another one its own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bokslut.bevisfil import FIL, las_bevis, skriv_bevis
from bokslut.text.igenkanning import hitta_ledtradar
from bokslut.text.talfynd import hitta_tal
from bokslut.underlag import las_config
from indikatorer.counts import Uttryck
from indikatorer.skydd.atomer import Summa, dela
from indikatorer.skydd.bevis import Bevis
from tests.unit.bokslut.litet_underlag import INDIKATORER

KVINNA: Uttryck = ((("kon", frozenset({1})),),)
MAN: Uttryck = ((("kon", frozenset({2})),),)
JA: Uttryck = ((("svar", frozenset({1})),),)


def summor(*uttryck: Uttryck) -> list[Summa]:
    return [((1, u),) for u in uttryck]


def test_groups_follow_from_each_part_of_what_is_asked() -> None:
    grund = dela(summor(KVINNA, JA), ["kon"], {"kon": 3, "svar": 2})
    assert dela(summor(KVINNA, JA), ["kon"], {"kon": 3, "svar": 2}).tal is grund.tal
    andra = [
        dela(summor(KVINNA, MAN, JA), ["kon"], {"kon": 3, "svar": 2}),
        dela(summor(JA, KVINNA), ["kon"], {"kon": 3, "svar": 2}),
        dela(summor(KVINNA, JA), [], {"kon": 3, "svar": 2}),
        dela(summor(KVINNA, JA), ["kon"], {"kon": 2, "svar": 1 + 1}, [((("kon", frozenset({0})),),)]),
    ]
    assert not any(np.array_equal(annan.tal, grund.tal) for annan in andra)


def test_nobody_writes_in_groups_that_others_use() -> None:
    grund = dela(summor(KVINNA), ["kon"], {"kon": 3})
    with pytest.raises(ValueError, match="read-only"):
        grund.tal[0, 0] = 7


def test_a_changed_proof_is_read_anew_and_the_answer_is_each_readers_own(tmp_path: Path) -> None:
    skriv_bevis(tmp_path, {"2020/a": Bevis((), ((1, 2),))})
    forst = las_bevis(tmp_path)
    forst.clear()
    assert list(las_bevis(tmp_path)) == ["2020/a"]
    skriv_bevis(tmp_path, {"2020/a": Bevis((), ((2, 1),))})
    assert las_bevis(tmp_path)["2020/a"].varldar == ((2, 1),)
    (tmp_path / FIL).write_text("{", "utf-8")
    assert las_bevis(tmp_path) == {}


def test_changed_goals_are_read_anew_and_the_faults_are_each_readers_own(tmp_path: Path) -> None:
    fil = tmp_path / "indicators.toml"
    fil.write_text(INDIKATORER.replace("minst 50 %", "minst femtio"), "utf-8")
    _, fel = las_config(fil)
    assert fel != []
    fel.clear()
    assert las_config(fil)[1] != []
    fil.write_text(INDIKATORER, "utf-8")
    assert las_config(fil)[1] == []
    assert las_config(fil, INDIKATORER.replace("minst 50 %", "minst femtio"))[1] != []


def test_a_number_goes_by_what_is_passed_over_and_by_the_names_there_are() -> None:
    assert [f.text for f in hitta_tal("Se 3.1 och 12 %.")] == ["3.1", "12 %"]
    assert [f.text for f in hitta_tal("Se 3.1 och 12 %.", nummer=["3.1"])] == ["12 %"]
    assert [f.text for f in hitta_tal("Se 3.1 och 12 %.", [(11, 15)])] == ["3.1"]
    hitta_tal("Se 3.1 och 12 %.").clear()
    assert [f.text for f in hitta_tal("Se 3.1 och 12 %.")] == ["3.1", "12 %"]


def test_a_story_is_held_against_the_places_there_are_now() -> None:
    text = "Hon är 45 år och bor i Torget."
    assert [led.slag for led in hitta_ledtradar(text, [])] == ["alder"]
    assert [led.slag for led in hitta_ledtradar(text, ["Torget"])] == ["alder", "plats"]
