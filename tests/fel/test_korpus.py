"""Every wrong input says exactly what is wrong, where, and what mends it; what only looks wrong is read."""

from collections import Counter

import pytest

from indikatorer.diagnos import Diagnos
from indikatorer.evaluate import evaluate
from indikatorer.resultat import som_json
from tests.fel.korpus import (
    CONFIG,
    GRUND,
    MEDDELANDEN,
    Fall,
    Vantat,
    alla_fall,
    fel_i,
    las,
    meddelanden,
    rad_efter,
    rattade,
)

FALL = alla_fall()
MED_FEL = [f for f in FALL if f.fel]
UTAN_FEL = [f for f in FALL if not f.fel]
MED_FIX = [f for f in FALL if any(v.efter is not None for v in f.fel)]
HELT_MED_FIX = [f for f in MED_FIX if all(v.efter is not None for v in f.fel)]
# Groups of codes that are told in this order; within a group by file and line.
ORDNING = (
    ("fil-saknas", "fel-sorts-fil", "inte-text", "tom-fil", "saknad-inledning", "toml-", "csv-"),
    ("saknad-nyckel", "okand-nyckel", "fel-typ", "fel-antal-varden", "tomt-varde", "tal-utanfor", "okant-val"),
    ("okand-", "okant-", "saknad-"),
    ("",),
    ("fel-svar", "fel-antal", "inte-tal", "dubbel-rad", "flera-i-samma-rad", "fler-svar-an-tillfragade"),
)


def namn(fall: Fall) -> str:
    return fall.namn


def som_vantat(fall: Fall, d: Diagnos) -> Vantat:
    efter = None if d.fix is None else rad_efter(fall.filer, d.fix)
    return Vantat(d.fil, d.plats.rad, d.plats.kolumn, d.kod, efter)


def grupp(kod: str) -> int:
    """Which group a code belongs to: a whole code in the last group, else the first that it begins as."""
    if kod in ORDNING[-1]:
        return len(ORDNING) - 1
    return next(n for n, borjan in enumerate(ORDNING) if kod.startswith(borjan))


def utan_plats(diagnoser: list[Diagnos]) -> Counter[tuple[str, ...]]:
    """The faults without their places, which a mend before them moves."""
    return Counter((d.fil, d.kod, d.falt, d.fann) for d in diagnoser)


@pytest.mark.parametrize("fall", FALL, ids=namn)
def test_all_faults_are_told_at_once_each_in_its_place_and_nothing_else(fall: Fall) -> None:
    assert tuple(som_vantat(fall, d) for d in fel_i(fall.filer)) == fall.fel


@pytest.mark.parametrize("fall", MED_FEL, ids=namn)
def test_the_most_fundamental_is_told_first(fall: Fall) -> None:
    grupper = [grupp(v.kod) for v in fall.fel]
    assert grupper == sorted(grupper)


@pytest.mark.parametrize("fall", MED_FEL, ids=namn)
def test_a_preview_leaves_out_what_a_fault_touches_and_nothing_else(fall: Fall) -> None:
    forberett, _ = las(fall.filer)
    if forberett is None:
        assert fall.paverkar == ()
        return
    resultat = evaluate(forberett, forhandsvisa=True).resultat()
    assert tuple(sorted({r.id for r in resultat if r.orsak == "fel_i_definitionen"})) == fall.paverkar
    assert all(r.varde is None for r in resultat if r.id in fall.paverkar)


@pytest.mark.parametrize("fall", MED_FIX, ids=namn)
def test_a_fix_makes_its_own_fault_go_away_and_brings_none_that_is_more_fundamental(fall: Fall) -> None:
    fore = fel_i(fall.filer)
    for d in fore:
        if d.fix is None:
            continue
        efter = fel_i(rattade(fall.filer, d.fix))
        nya = utan_plats(efter) - utan_plats(fore)
        assert utan_plats(fore) - utan_plats(efter) == utan_plats([d])
        assert all(grupp(kod) >= grupp(d.kod) for _, kod, *_ in nya)


@pytest.mark.parametrize("fall", HELT_MED_FIX, ids=namn)
def test_all_fixes_together_leave_nothing_to_mend(fall: Fall) -> None:
    assert fel_i(rattade(fall.filer, *(d.fix for d in fel_i(fall.filer) if d.fix is not None))) == []


@pytest.mark.parametrize("fall", UTAN_FEL, ids=namn)
def test_what_only_looks_wrong_is_read(fall: Fall) -> None:
    forberett, _ = las(fall.filer)
    assert forberett is not None
    utvardering = evaluate(forberett)
    if fall.lika:
        grunden, _ = las(GRUND)
        assert grunden is not None
        assert som_json(utvardering) == som_json(evaluate(grunden))
    else:
        assert {r.id: r.signal or "ingen" for r in utvardering.resultat()} == fall.signal


def test_the_corpus_is_as_large_as_was_promised() -> None:
    assert len(MED_FEL) >= 60
    assert len(MED_FIX) >= 40


@pytest.mark.parametrize("fall", MED_FEL, ids=namn)
def test_every_message_says_what_was_found_the_rule_and_what_to_do(fall: Fall) -> None:
    for d in fel_i(fall.filer):
        mening = d.mening()
        assert "\n" not in str(d)
        assert mening[0].isupper() or not mening[0].isalpha()
        assert mening.endswith((".", "?"))
        assert d.atgard or d.kandidat


def test_every_message_reads_as_it_did_when_it_was_last_read_aloud() -> None:
    """When the wording changes on purpose: python -m tests.fel.korpus, and read what changed."""
    assert meddelanden() == MEDDELANDEN.read_text("utf-8")


def test_the_base_itself_is_right() -> None:
    assert fel_i(GRUND) == []
    assert CONFIG in GRUND
