"""Other goals, tried: read from an address, held against the year, told where they go wrong, and never stored."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from werkzeug.datastructures import MultiDict

from indikatorer.resultat import Signal
from kansli.arbetsmapp import Arbetsmapp
from kansli.aret import Aret, las_aret
from kansli.signaler.tankom import Flytt, las_flyttar, prova, som_adress, val
from tests.kansliprov import lagg_in_exemplet


@pytest.fixture(scope="module")
def mapp(tmp_path_factory: pytest.TempPathFactory) -> Arbetsmapp:
    mapp = Arbetsmapp(tmp_path_factory.mktemp("tankom"))
    lagg_in_exemplet(mapp)
    return mapp


@pytest.fixture(scope="module")
def aret(mapp: Arbetsmapp) -> Aret:
    aret = las_aret(mapp, 2020)
    assert aret is not None
    return aret


def adress(*par: tuple[str, str]) -> MultiDict[str, str]:
    return MultiDict(list(par))


def test_rows_of_an_address_are_read_in_order_and_empty_ones_are_none() -> None:
    lasta = las_flyttar(
        adress(("i", "a"), ("i", ""), ("i", "b"), ("g", "minst 1 %"), ("g", "x"), ("g", " minst  2 % "))
    )
    assert lasta == (Flytt("a", "minst 1 %"), Flytt("b", "minst 2 %"))


def test_the_last_of_two_about_the_same_holds() -> None:
    assert las_flyttar(adress(("i", "a"), ("i", "a"), ("g", "1"), ("g", "2"))) == (Flytt("a", "2"),)


def test_an_address_holds_no_more_than_can_be_shown_and_nothing_that_cannot_be_seen() -> None:
    manga = las_flyttar(MultiDict([("i", f"i{nr}") for nr in range(500)]))
    assert len(manga) == 40
    assert las_flyttar(adress(("i", "a"), ("g", "m\x00\x7f\u202e" + "x" * 999)))[0].gron == "m " + "x" * 196


def test_what_is_read_is_what_the_address_says() -> None:
    flyttar = (Flytt("=minst 80 %", "minst 70 %", ""), Flytt("b&c", "lägre än 5 %", "gul"))
    assert las_flyttar(MultiDict(parse_qsl(som_adress(flyttar), keep_blank_values=True))) == flyttar
    assert som_adress(()) == ""


def test_a_target_moved_turns_the_signal_that_it_should_this_year_and_before(aret: Aret) -> None:
    tanke = prova(aret, [Flytt("stod-for-arbete", "minst 70 %")])
    assert tanke.utfall is not None
    andrade = {(a.ar, a.id): (a.fore, a.efter) for a in tanke.utfall.andrade()}
    assert andrade[2020, "stod-for-arbete"] == (Signal.ROD, Signal.GRON)
    assert set(andrade) == {(2020, "stod-for-arbete"), (2019, "stod-for-arbete")}
    assert not tanke.fel


def test_all_with_the_same_target_move_together_and_one_apart_wins(aret: Aret) -> None:
    alla = prova(aret, [Flytt("=minst 80 %", "minst 70 %")])
    utom = prova(aret, [Flytt("=minst 80 %", "minst 70 %"), Flytt("stod-for-arbete", "minst 80 %")])
    assert alla.utfall is not None
    assert utom.utfall is not None
    assert len(alla.flyttade) == len(utom.flyttade) == 22
    skillnad = {a.id for a in alla.utfall.andrade(2020)} - {a.id for a in utom.utfall.andrade(2020)}
    assert skillnad == {"stod-for-arbete"}


def test_a_longer_limit_moves_nothing_but_itself(aret: Aret) -> None:
    tanke = prova(aret, [Flytt("=minst 80 %", "minst 70,25 %"), Flytt("positiv-losning", "minst 5 %")])
    assert tanke.utfall is not None
    krav = {r.id: r.krav for n, r in tanke.utfall.efter.items() if n[0] == 2020}
    fore = {r.id: r.krav for r in aret.utvardering.resultat()}
    assert {krav[id_] for id_ in tanke.flyttade} == {"minst 70,25 %", "minst 5 %"}
    assert all(krav[id_] == fore[id_] for id_ in fore if id_ not in tanke.flyttade)


def test_what_is_counted_before_and_after_is_as_many(aret: Aret) -> None:
    tanke = prova(aret, [Flytt("=minst 80 %", "minst 70 %")])
    assert [ar for ar, _fore, _efter in tanke.per_ar()] == [2020, 2019]
    for ar, fore, efter in tanke.per_ar():
        assert sum(fore.values()) == sum(efter.values()), ar
        assert efter["gron"] > fore["gron"], ar


def test_a_yellow_limit_that_there_was_not_can_be_tried(aret: Aret) -> None:
    tanke = prova(aret, [Flytt("stod-for-arbete", "", "minst 70 %")])
    assert tanke.utfall is not None
    assert {a.id: a.efter for a in tanke.utfall.andrade(2020)} == {"stod-for-arbete": Signal.GUL}


@pytest.mark.parametrize(
    ("flytt", "sagt"),
    [
        (Flytt("stod-for-arbete", "80"), "minst N %"),
        (Flytt("stod-for-arbete", ""), "Skriv det mål"),
        (Flytt("finns-inte", "minst 1 %"), "inget sådant mål"),
        (Flytt("=minst 81 %", "minst 1 %"), "inget sådant mål"),
        (Flytt("stod-for-arbete", "minst 70 %", "minst 90 %"), "gul"),
        (Flytt("stod-for-arbete", '"\nregel = "index'), "minst N %"),
    ],
)
def test_what_cannot_be_tried_is_told_at_its_row_and_the_others_are_tried(aret: Aret, flytt: Flytt, sagt: str) -> None:
    tanke = prova(aret, [Flytt("positiv-losning", "minst 70 %"), flytt])
    assert list(tanke.fel) == [1]
    assert sagt in " ".join(tanke.fel[1])
    assert list(tanke.flyttade) == ["positiv-losning"]
    assert tanke.utfall is not None
    assert {a.id for a in tanke.utfall.andrade(2020)} == {"positiv-losning"}
    # The one that cannot be tried is as it was, and so is the index over it.
    assert tanke.utfall.efter[2020, "stod-for-arbete", None].signal is Signal.ROD
    assert tanke.utfall.antal_signaler(2020) == 62


def test_nothing_moved_is_nothing_tried(aret: Aret) -> None:
    tanke = prova(aret, [])
    assert tanke.utfall is None
    assert tanke.per_ar() == ()


def test_nothing_is_written_anywhere(mapp: Arbetsmapp, aret: Aret) -> None:
    fore = {fil: fil.read_bytes() for fil in mapp.rot.rglob("*") if fil.is_file()}
    prova(aret, [Flytt("=minst 80 %", "minst 70 %", "minst 60 %")])
    assert {fil: fil.read_bytes() for fil in mapp.rot.rglob("*") if fil.is_file()} == fore


def test_every_goal_with_a_limit_can_be_chosen_and_shared_limits_at_once(aret: Aret) -> None:
    flera, enskilda = val(aret.forberett.definitioner, 2020)
    assert flera[0] == ("=minst 80 %", "Alla med ”minst 80 %” (22)")
    assert ("stod-for-arbete", "3.1 Stöd att öka chansen till arbete: minst 80 %", "minst 80 %") in enskilda
    assert "minst 35 %" not in [vad.removeprefix("=") for vad, _ord in flera]
