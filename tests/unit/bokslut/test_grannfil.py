"""Another förbund's file is a stranger's: whatever is wrong with it is told in Swedish, and nothing of it is believed."""

import json
from typing import Any

import pytest

from bokslut.jamforelse.grannfil import HOGST_BYTE, Grannfel, las_grannbokslut, samma
from indikatorer.resultat import Utvardering, som_json

RESULTAT: dict[str, Any] = {
    "id": "stod",
    "nummer": "1.1",
    "grupp": None,
    "regel": "andel",
    "titel": "Stöd",
    "varde": 71.5,
    "visat": "72 %",
    "krav": "minst 80 %",
    "mening": "Minst 80 %.",
    "signal": "rod",
    "orsak": None,
}


def fil(**falt: Any) -> bytes:
    return json.dumps({"forbund": "Granne", "ar": 2020, "indikatorer": [RESULTAT], "tabeller": []} | falt).encode()


def med(**falt: Any) -> bytes:
    return fil(indikatorer=[RESULTAT | falt])


def fel(innehall: bytes) -> str:
    with pytest.raises(Grannfel) as f:
        las_grannbokslut("granne.json", innehall)
    assert str(f.value).startswith("granne.json: ")
    return str(f.value)


def test_a_published_file_is_read_as_it_is_written(utvardering: Utvardering) -> None:
    b = las_grannbokslut("egen", json.dumps(som_json(utvardering)).encode())
    assert (b.forbund, b.ar, len(b.indikatorer)) == ("Förbundet <&>", 2020, len(utvardering.resultat()))
    assert [r.visat for r in b.indikatorer] == [r.visat for r in utvardering.resultat()]


def test_keys_that_are_not_compared_may_hold_anything() -> None:
    assert las_grannbokslut("x", med(egen={"a": [1]}, taljare="hej")).indikatorer[0].varde == 71.5


@pytest.mark.parametrize("varde", [71, 71.5, None, 0])
def test_a_value_is_a_number_or_null(varde: float | None) -> None:
    assert las_grannbokslut("x", med(varde=varde)).indikatorer[0].varde == varde


@pytest.mark.parametrize(
    ("innehall", "text"),
    [
        (b"", "Filen är inte hel JSON: rad 1, kolumn 1."),
        (b'{"forbund": "A",', "Filen är inte hel JSON: rad 1, kolumn 17."),
        (b"<html>", "Filen är inte hel JSON"),
        (b"\xff\xfe\x00", "Filen är inte text i UTF-8 (byte 0)."),
        (b"[" * 100_000, "listor i listor"),
        (b'{"forbund": "A", "ar": ' + b"9" * 5000 + b"}", "ett tal har 5000 siffror"),
        (med(varde=float("nan")), "”NaN” är inget tal"),
        (b'{"ar": 1, "ar": 2}', "nyckeln ”ar” står två gånger"),
        (b"[]", "filen ska vara ett objekt"),
        (b"null", "filen ska vara ett objekt"),
        (b"{}", "forbund saknas; ar saknas; indikatorer saknas"),
        (fil(ar="2020"), "ar ska vara ett heltal"),
        (fil(ar=12), "ar har ett värde som inte är tillåtet"),
        (fil(forbund=""), "forbund är tom"),
        (fil(forbund="x" * 500), "forbund är för lång"),
        (fil(indikatorer={}), "indikatorer ska vara en lista"),
        (fil(indikatorer=[]), "indikatorer är tom"),
        (fil(indikatorer=[1]), "indikatorer[0] ska vara ett objekt"),
        (med(varde="71,5"), "indikatorer[0].varde ska vara ett tal eller null"),
        (med(varde=True), "indikatorer[0].varde ska vara ett tal eller null"),
        (med(varde=1e300), "indikatorer[0].varde har ett värde som inte är tillåtet"),
        (med(visat=72), "indikatorer[0].visat ska vara text"),
        (med(visat="7" * 61), "indikatorer[0].visat är för lång"),
        (med(signal="grön"), "indikatorer[0].signal har ett ord som inte finns i kontraktet"),
        (med(orsak="hemlig"), "indikatorer[0].orsak har ett ord som inte finns i kontraktet"),
        (fil(indikatorer=[RESULTAT, RESULTAT]), "fler än ett resultat för ”stod”"),
        (fil(indikatorer=[RESULTAT | {"grupp": "Umeå"}] * 2), "fler än ett resultat för ”stod” (Umeå)"),
        (b" " * (HOGST_BYTE + 1), "större än 10 MB"),
    ],
)  # fmt: skip
def test_a_fault_says_what_is_wrong_and_what_to_do(innehall: bytes, text: str) -> None:
    assert text in fel(innehall)
    assert "Be förbundet om filen resultat.json" in fel(innehall)


def test_many_faults_are_told_by_number() -> None:
    assert "och 39 fel till" in fel(fil(indikatorer=[{}, {}, {}, {"id": 1}]))


def test_a_fault_never_repeats_what_the_file_holds_at_length() -> None:
    assert len(fel(fil(indikatorer=["x" * 10_000] * 3000))) < 1000


def test_the_same_bokslut_twice_and_our_own_are_faults() -> None:
    b = las_grannbokslut("a", fil())
    assert [str(f) for f in samma([("a", b), ("b", b)], "Vi", 2020)] == [
        "b: Filen är samma bokslut (Granne 2020) som a. Ange varje bokslut en gång, och inte ert eget."
    ]
    assert "som det som byggs" in str(next(samma([("a", b)], "granne", 2020)))
    assert not list(samma([("a", b)], "granne", 2019))
