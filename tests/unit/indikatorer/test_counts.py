"""The packed counter against counting row by row in plain Python."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indikatorer import counts
from indikatorer.counts import KodadKolumn, KodadTabell, Matt, Raknare, Rakning, antal_rader

BAKGRUND = ("kon", "enhet", "ar")
FRAGOR = ("f", "g", "h")


@st.composite
def tabeller(draw: st.DrawFn) -> KodadTabell:
    """Some rows, or none; each row with or without a weight; background columns with few or many values."""
    rader = draw(st.integers(0, 60))
    kolumner = {}
    for namn in (*BAKGRUND, *FRAGOR):
        antal = draw(st.integers(1, 9))
        koder = draw(st.lists(st.integers(0, antal), min_size=rader, max_size=rader))
        typ = draw(st.sampled_from([np.int8, np.int32]))
        kolumner[namn] = KodadKolumn(np.array(koder, dtype=typ), ("", *(f"{namn}{i}" for i in range(1, antal + 1))))
    vikter = draw(st.none() | st.lists(st.integers(0, 10**9), min_size=rader, max_size=rader))
    return KodadTabell(rader, kolumner, None if vikter is None else np.array(vikter, dtype=np.int64))


@st.composite
def uttryck(draw: st.DrawFn, tabell: KodadTabell, kolumner: tuple[str, ...]) -> counts.Uttryck:
    """Clauses that all hold, each of columns of which one holds."""

    def ett() -> tuple[str, frozenset[int]]:
        namn = draw(st.sampled_from(kolumner))
        koder = st.frozensets(st.integers(0, len(tabell.kolumner[namn].etiketter) - 1))
        return namn, draw(koder)

    return tuple(tuple(ett() for _ in range(draw(st.integers(1, 3)))) for _ in range(draw(st.integers(0, 2))))


@st.composite
def fragor(draw: st.DrawFn) -> tuple[KodadTabell, Matt]:
    tabell = draw(tabeller())
    kolumner = draw(st.sampled_from([("f",), ("f", "g"), FRAGOR, ("f", "kon")]))
    namnare, taljare = draw(uttryck(tabell, kolumner)), draw(uttryck(tabell, kolumner))
    urval = draw(st.just(()) | uttryck(tabell, (*BAKGRUND, "f")))
    return tabell, Matt(urval, namnare, taljare)


def galler(uttryck: counts.Uttryck, tabell: KodadTabell, rad: int) -> bool:
    return all(any(int(tabell.kolumner[n].koder[rad]) in k for n, k in klausul) for klausul in uttryck)


def for_hand(tabell: KodadTabell, matt: Matt, dimensioner: tuple[str, ...]) -> dict[str, Counter[Any]]:
    """Row by row: how many in the whole, and in each part of each dimension, but in none where it is empty."""
    summor: dict[str, Counter[Any]] = {namn: Counter() for namn in Rakning._fields}
    for rad in range(tabell.rader):
        vikt = 1 if tabell.antal is None else int(tabell.antal[rad])
        delar = [(d, int(tabell.kolumner[d].koder[rad])) for d in dimensioner]
        for namn, villkor in zip(Rakning._fields, ((), matt.namnare, matt.namnare + matt.taljare), strict=True):
            if galler(matt.urval + villkor, tabell, rad):
                summor[namn].update(dict.fromkeys(["allt", *(d for d in delar if d[1])], vikt))
    return summor


def jamfor(tabell: KodadTabell, matt: Matt, dimensioner: tuple[str, ...], forbered: Callable[[Raknare], None]) -> None:
    raknare = Raknare(tabell, dimensioner)
    forbered(raknare)
    fick, vantat = raknare.rakna(matt), for_hand(tabell, matt, dimensioner)
    for namn in Rakning._fields:
        tal = getattr(fick, namn)
        assert int(tal[0]) == vantat[namn]["allt"]
        for d in dimensioner:
            delar = tal[raknare.delar(d)].tolist()
            assert delar == [vantat[namn][d, kod] for kod in range(1, len(tabell.kolumner[d].etiketter))]


GRANSER = {"as_shipped": {}, "small_chunks": {"BIT": 7}, "one_key_each": {"STORSTA_BAKGRUND": 3}}


@pytest.mark.parametrize("granser", GRANSER.values(), ids=GRANSER)
@pytest.mark.parametrize("dimensioner", [(), ("kon",), ("kon", "enhet"), ("ar", "kon", "enhet")])
def test_packed_counts_are_those_of_counting_row_by_row(
    granser: dict[str, int], dimensioner: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for namn, varde in granser.items():
        assert hasattr(counts, namn)
        monkeypatch.setattr(counts, namn, varde)

    @settings(max_examples=30, derandomize=True)
    @given(fragor(), st.booleans())
    def prova(par: tuple[KodadTabell, Matt], i_forvag: bool) -> None:
        jamfor(*par, dimensioner, lambda r: r.rakna_fragor(FRAGOR if i_forvag else ()))

    prova()


def stor(rader: int, storlekar: dict[str, int], vikter: bool) -> KodadTabell:
    slump = np.random.default_rng(2020)
    kolumner = {
        namn: KodadKolumn(slump.integers(0, n + 1, rader).astype(np.int8), ("", *map(str, range(1, n + 1))))
        for namn, n in storlekar.items()
    }
    return KodadTabell(rader, kolumner, slump.integers(0, 50, rader) if vikter else None)


@pytest.mark.parametrize("vikter", [False, True])
@pytest.mark.parametrize("ganger", [1, 2.5])
def test_a_table_of_many_chunks_counts_as_one(vikter: bool, ganger: float) -> None:
    """Across the border between chunks, both for one column and for two that meet in a condition."""
    tabell = stor(int(counts.BIT * ganger) + 1, {"kon": 4, "enhet": 80, "f": 6, "g": 6}, vikter)
    raknare = Raknare(tabell, ("kon", "enhet"))
    f, g, kon = (tabell.kolumner[n].koder for n in ("f", "g", "kon"))
    vikt = np.ones(tabell.rader, dtype=np.int64) if tabell.antal is None else tabell.antal
    ett = raknare.rakna(Matt((), ((("f", frozenset({1, 2, 3})),),), ((("f", frozenset({3})),),)))
    assert [int(t[0]) for t in ett] == [int(vikt[m].sum()) for m in (f >= 0, (f >= 1) & (f <= 3), f == 3)]
    assert ett.taljare[raknare.delar("kon")].tolist() == [int(vikt[(f == 3) & (kon == k)].sum()) for k in range(1, 5)]
    tva = raknare.rakna(Matt(((("kon", frozenset({2})),),), (), ((("f", frozenset({1})), ("g", frozenset({1}))),)))
    assert int(tva.taljare[0]) == int(vikt[(kon == 2) & ((f == 1) | (g == 1))].sum())
    assert antal_rader(tabell) == int(vikt.sum())


def test_dimensions_beyond_the_common_key_are_still_counted_each() -> None:
    """80 × 80 × 4 parts do not fit in one key of 4 096."""
    tabell = stor(5_000, {"kon": 4, "enhet": 80, "kommun": 80, "f": 6}, vikter=True)
    assert counts.STORSTA_BAKGRUND < 81 * 81 * 5
    matt = Matt((), ((("f", frozenset({1, 2, 3, 4, 5, 6})),),), ((("f", frozenset({6})),),))
    jamfor(tabell, matt, ("kon", "enhet", "kommun"), lambda r: None)


def test_conditions_on_more_columns_than_can_be_combined_judge_the_rows() -> None:
    tabell = stor(400, {"kon": 4, **{f"f{i}": 6 for i in range(9)}}, vikter=False)
    nagon = tuple((f"f{i}", frozenset({6})) for i in range(9))
    jamfor(tabell, Matt((), ((("f0", frozenset({1, 2, 6})),),), (nagon,)), ("kon",), lambda r: None)


def test_sums_beyond_what_a_small_number_holds_are_exact() -> None:
    tabell = stor(10, {"kon": 2, "f": 2}, vikter=False)
    stora = KodadTabell(10, tabell.kolumner, np.full(10, 3 * 10**14, dtype=np.int64))
    assert Raknare(stora, ("kon",)).rakna(Matt((), (), ())).rader[0] == 3 * 10**15


def test_an_unknown_value_has_no_code() -> None:
    kolumn = KodadKolumn(np.zeros(1, dtype=np.int8), ("", "ja", "nej"))
    assert kolumn.koder_for(("nej", "kanske", "")) == frozenset({2})
