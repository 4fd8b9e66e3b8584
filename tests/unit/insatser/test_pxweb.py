"""json-stat2 as PxWeb answers it: every figure where it belongs, and every fault told."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insatser.pxweb import HOGST_BYTE, PxwebFel, las_kub
from tests.scbprov import som_byte, svar


def liten(**delar: Any) -> dict[str, Any]:
    """Two kommuner, two months."""
    return {
        "version": "2.0",
        "class": "dataset",
        "label": "Prov",
        "id": ["Region", "Tid"],
        "size": [2, 2],
        "dimension": {
            "Region": {"label": "region", "category": {"index": ["a", "b"], "label": {"a": "A-by", "b": "B-by"}}},
            "Tid": {"category": {"index": {"2020M02": 1, "2020M01": 0}}},
        },
        "value": [1, 2.5, None, 4],
    } | delar


def test_every_cell_is_where_its_codes_say() -> None:
    kub = las_kub(som_byte(liten()))
    celler = {(r, t): kub.varde({"Region": r, "Tid": t}) for r in "ab" for t in ("2020M01", "2020M02")}
    assert celler == {
        ("a", "2020M01"): 1,
        ("a", "2020M02"): Decimal("2.5"),
        ("b", "2020M01"): None,
        ("b", "2020M02"): 4,
    }
    assert kub.dimensioner[0].texter == {"a": "A-by", "b": "B-by"}
    assert kub.dimensioner[1].texter == {"2020M01": "2020M01", "2020M02": "2020M02"}


def test_a_figure_is_as_it_was_written() -> None:
    text = som_byte(liten()).replace(b"2.5", b"0.1000000000000000000000000001")
    assert las_kub(text).varden[1] == Decimal("0.1000000000000000000000000001")


def test_empty_cells_may_be_left_out() -> None:
    assert las_kub(som_byte(liten(value={"0": 1, "3": 4}))).varden == [1, None, None, 4]


def test_a_dimension_with_one_category_needs_no_places() -> None:
    dimension = {"Region": {"category": {"label": {"a": "A-by"}}}, "Tid": {"category": {"index": ["x", "y"]}}}
    kub = las_kub(som_byte(liten(size=[1, 2], dimension=dimension, value=[1, 2])))
    assert kub.varde({"Region": "a", "Tid": "y"}) == 2


def test_a_dimension_is_found_by_what_it_is_or_by_its_name() -> None:
    kub = las_kub(som_byte(svar()))
    assert [d.id for d in (kub.dimension("geo", "region"), kub.dimension("", "kon")) if d] == ["Region", "Kon"]
    utan = las_kub(som_byte(svar(role=None)))
    assert [d.id for d in (utan.dimension("geo", "region"), utan.dimension("time", "tid")) if d] == ["Region", "Tid"]
    assert utan.dimension("geo", "finns inte") is None


REGION = liten()["dimension"]["Region"]


@pytest.mark.parametrize(
    ("fel", "sagt"),
    [
        ({"class": "collection"}, "json-stat2"),
        ({"version": "1.2"}, "json-stat2"),
        ({"id": "Region"}, "id, size"),
        ({"id": ["Region", "Region"]}, "hör inte ihop"),
        ({"id": []}, "hör inte ihop"),
        ({"size": [2]}, "hör inte ihop"),
        ({"size": [2, 3]}, "size stämmer inte"),
        ({"size": [2, "2"]}, "size stämmer inte"),
        ({"size": [2, True]}, "size stämmer inte"),
        ({"dimension": {"Region": REGION}}, "Tid saknar"),
        ({"dimension": {"Region": REGION, "Tid": {"category": {"index": {}}}}}, "inga kategorier"),
        ({"dimension": {"Region": REGION, "Tid": {"category": {"index": ["x", "x"]}}}}, "två gånger"),
        ({"dimension": {"Region": REGION, "Tid": {"category": {"index": {"x": 0, "y": 7}}}}}, "utan plats"),
        ({"dimension": {"Region": REGION, "Tid": {"category": {"index": {"x": 0, "y": "1"}}}}}, "utan plats"),
        ({"value": [1, 2, 3]}, "en cell för varje"),
        ({"value": None}, "en cell för varje"),
        ({"value": {"9": 1}}, "utanför"),
        ({"value": {"-1": 1}}, "utanför"),
        ({"value": [1, 2, 3, "4"]}, "inte är ett tal"),
        ({"value": [1, 2, 3, True]}, "inte är ett tal"),
        ({"value": [1, 2, 3, 10**40]}, "inte är ett tal"),
        ({"value": [1, 2, 3, float("nan")]}, "JSON"),
        ({"value": [1, 2, 3, float("inf")]}, "JSON"),
    ],
    ids=str,
)
def test_what_does_not_hold_together_is_told(fel: dict[str, Any], sagt: str) -> None:
    with pytest.raises(PxwebFel, match=sagt):
        las_kub(som_byte(liten(**fel)))


@pytest.mark.parametrize(
    "innehall", [b"", b"kommun;andel\n", b"\xff\xfe", b"[" * 100_000, b"[]", b"7", b"null", b'{"class": "dataset"}']
)
def test_what_is_no_table_is_told(innehall: bytes) -> None:
    with pytest.raises(PxwebFel, match="json-stat2"):
        las_kub(innehall)


def test_a_file_larger_than_we_ask_for_is_not_read() -> None:
    with pytest.raises(PxwebFel, match="större än"):
        las_kub(b" " * (HOGST_BYTE + 1))


def test_a_table_with_more_cells_than_an_answer_has_is_not_laid_out() -> None:
    sida = {"category": {"index": [str(n) for n in range(400)]}}
    with pytest.raises(PxwebFel, match="150000 celler"):
        las_kub(som_byte(liten(size=[400, 400], dimension={"Region": sida, "Tid": sida}, value={})))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inre: st.lists(inre, max_size=3) | st.dictionaries(st.text(max_size=5), inre, max_size=3),
    max_leaves=10,
)


@given(st.sampled_from(["id", "size", "dimension", "value", "role", "label"]), JSON)
def test_whatever_stands_there_is_read_or_refused(nyckel: str, varde: Any) -> None:
    try:
        kub = las_kub(json.dumps(liten(**{nyckel: varde})).encode())
    except PxwebFel:
        return
    assert len(kub.varden) == 4


@given(JSON, JSON, JSON)
def test_whatever_stands_in_a_dimension_is_read_or_refused(index: Any, label: Any, roll: Any) -> None:
    tid = {"label": roll, "category": {"index": index, "label": label}}
    ra = liten(dimension={"Region": REGION, "Tid": tid}, role={"time": roll})
    try:
        las_kub(json.dumps(ra).encode())
    except PxwebFel:
        return
