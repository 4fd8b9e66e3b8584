"""Hiding so much that no single sum gives a hidden count away."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indikatorer.evaluate import evaluate
from indikatorer.flode import _summor
from indikatorer.forberedelse import Forberett
from indikatorer.skydd.subtraktion import tack

SUMMOR = [["alla", "kvinna", "man"], ["alla", "nord", "syd"]]


def avslojade(summor: list[list[str]], dolda: set[str]) -> list[list[str]]:
    return [s for s in summor if sum(c in dolda for c in s) == 1]


def test_a_hidden_term_takes_the_smallest_other_term_with_it() -> None:
    antal = {"alla": 20, "kvinna": 3, "man": 17, "nord": 12, "syd": 8}
    assert tack(antal, SUMMOR, {"kvinna"}) == {"kvinna", "man"}


def test_a_count_published_elsewhere_is_hidden_only_when_nothing_else_is_left() -> None:
    antal = {"alla": 20, "kvinna": 3, "man": 17}
    assert tack(antal, SUMMOR[:1], {"kvinna"}, fasta={"man"}) == {"kvinna", "alla"}
    assert tack(antal, SUMMOR[:1], {"kvinna"}, fasta={"man", "alla"}) == {"kvinna", "man"}


def test_a_zero_is_the_last_to_be_hidden() -> None:
    antal = {"a": 9, "b": 3, "c": 0, "d": 6}
    assert tack(antal, [["a", "b", "c", "d"]], {"b"}) == {"b", "d"}


def test_nothing_is_hidden_where_nothing_must_be() -> None:
    assert tack({"alla": 20, "kvinna": 3, "man": 17}, SUMMOR, set()) == set()


@given(st.data())
def test_no_sum_is_left_with_one_unknown(data: st.DataObject) -> None:
    celler = {f"{rad}{spalt}": data.draw(st.integers(0, 12)) for rad, spalt in product("ABC", "xyz")}
    summor = [[f"{rad}{spalt}" for spalt in "xyz"] for rad in "ABC"] + [[f"{r}{s}" for r in "ABC"] for s in "xyz"]
    sma = {c for c, tal in celler.items() if 0 < tal < 5}
    dolda = tack(celler, summor, sma)
    assert sma <= dolda
    assert not avslojade(summor, dolda)


@pytest.fixture(scope="module")
def dolda_celler(umea: Forberett) -> set[tuple[int, str, str | None]]:
    return {(int(c.tabell) - 1, c.utfall, c.kon) for c in evaluate(umea).tabeller if c.antal is None}


def test_no_protected_cell_of_the_printed_tables_follows_from_one_sum(
    umea: Forberett, dolda_celler: set[tuple[int, str, str | None]]
) -> None:
    sma = {(int(c.tabell) - 1, c.utfall, c.kon) for c in evaluate(umea, 0).tabeller if c.antal and c.antal < 5}
    assert sma
    assert sma <= dolda_celler
    assert not [s for s in _summor(8) if sum(c in dolda_celler for c in s) == 1]


def test_the_whole_forbund_stays_visible(dolda_celler: set[tuple[int, str, str | None]]) -> None:
    assert not [c for c in dolda_celler if c[0] == 0]


def test_a_share_is_hidden_with_its_base_and_with_the_rest_of_it(umea: Forberett) -> None:
    celler = {(c.tabell, c.utfall): c for c in evaluate(umea).tabeller if c.kon is None}
    bjurholm = [c for (tabell, _), c in celler.items() if tabell == "6" and c.utfall not in ("deltagare", "nya")]
    assert {c.visat for c in bjurholm} == {".."}
    assert {c.procent for c in bjurholm} == {None}
