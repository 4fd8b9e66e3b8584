"""The page Jämför med andra: only what means the same, theirs as text, what they hide hidden, and why the rest is not."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bokslut.innehall import build_innehall
from bokslut.jamforelse.grannfil import Grannbokslut, las_grannbokslut
from bokslut.jamforelse.grannvy import Grannvy
from bokslut.sidor import bygg
from indikatorer.resultat import Utvardering, som_json


def granne(
    u: Utvardering, andra: dict[str, dict[str, Any]] | None = None, utan: tuple[str, ...] = (), **falt: Any
) -> Grannbokslut:
    """The same bokslut as another förbund's. andra: what it has instead, by id."""
    dokument = som_json(u) | {"forbund": "Grannen"} | falt
    dokument["indikatorer"] = [
        r | (andra or {}).get(r["id"], {}) for r in dokument["indikatorer"] if r["id"] not in utan
    ]
    return las_grannbokslut("granne.json", json.dumps(dokument).encode())


def vy(u: Utvardering, *andra: Grannbokslut) -> Grannvy:
    grannar = build_innehall(u, andra=andra).jamforelse.grannar
    assert grannar is not None
    return grannar


def rader(v: Grannvy, id_: str) -> list[tuple[str, float | None, str]]:
    for o in v.omraden:
        for i in o.indikatorer:
            if i.diagram.id == f"jamfor-{id_}":
                return [(r.namn, r.varden[0].tal, r.varden[0].visat) for r in i.diagram.rader]
    return []


def text(html: str) -> str:
    return " ".join(re.sub(r"<svg.*?</svg>|<script.*?</script>|<[^>]+>", " ", html, flags=re.DOTALL).split())


def test_without_others_there_is_no_page(utvardering: Utvardering, tmp_path: Path) -> None:
    assert build_innehall(utvardering).jamforelse.grannar is None
    bygg(utvardering, tmp_path / "ut")
    assert not (tmp_path / "ut/jamfor.html").exists()


def test_ours_comes_first_and_theirs_below_as_they_published_it(utvardering: Utvardering) -> None:
    b = granne(utvardering, {"i1-1": {"varde": 61.4, "visat": "61 %", "signal": "gron"}}, ar=2019)
    assert rader(vy(utvardering, b), "i1-1") == [
        ("Förbundet <&> 2020", pytest.approx(6400 / 82), "78\u00a0%"),
        ("Grannen 2019", 61.4, "61 %"),
    ]


@pytest.mark.parametrize(
    ("annat", "skal"),
    [
        ({"krav": "minst 70 %"}, "målen är olika: minst 80 % hos oss, minst 70 % hos dem"),
        ({"krav": None}, "målen är olika: minst 80 % hos oss, inget mål hos dem"),
        ({"regel": "progression"}, "räknas på olika sätt: andel hos oss, andel som har stärkts hos dem"),
        ({"regel": "egen"}, "räknas på olika sätt: andel hos oss, egen hos dem"),
        ({"orsak": "fel_i_definitionen"}, "definitionen är fel hos någon av oss"),
        ({"grupp": "Umeå"}, "gäller olika grupper, som olika kommuner eller källor"),
    ],
)
def test_what_does_not_mean_the_same_is_left_out_and_told_why(
    utvardering: Utvardering, annat: dict[str, Any], skal: str
) -> None:
    v = vy(utvardering, granne(utvardering, {"i1-1": annat}))
    assert rader(v, "i1-1") == []
    assert v.grannar[0].inte == (("1.1 Titel 1.1", skal),)
    assert v.grannar[0].jamforda == len(utvardering.resultat()) - 1


def test_what_only_one_has_is_counted(utvardering: Utvardering) -> None:
    b = granne(utvardering, utan=("i1-1", "i1-2"))
    assert (vy(utvardering, b).grannar[0].bara_vi, vy(utvardering, b).grannar[0].bara_de) == (2, 0)


@pytest.mark.parametrize("orsak", ["skyddad", "for_fa_svar"])
def test_what_they_hide_is_hidden_even_when_their_file_tells_it(
    utvardering: Utvardering, tmp_path: Path, orsak: str
) -> None:
    b = granne(utvardering, {"i1-1": {"varde": 33.25, "visat": "33,25 %", "orsak": orsak}})
    assert rader(vy(utvardering, b), "i1-1")[1] == ("Grannen 2020", None, "..")
    bygg(utvardering, tmp_path / "ut", andra=(b,))
    for fil in (tmp_path / "ut").rglob("*"):
        if fil.is_file() and fil.suffix in (".html", ".csv", ".json", ".svg"):
            assert "33,25" not in fil.read_text("utf-8")
            assert "33.25" not in fil.read_text("utf-8")


def test_their_words_for_few_are_kept(utvardering: Utvardering) -> None:
    b = granne(utvardering)
    assert rader(vy(utvardering, b), "i2-5")[1] == ("Grannen 2020", None, "färre än fem")


def test_what_we_hide_stays_hidden_beside_others(utvardering: Utvardering) -> None:
    b = granne(utvardering, {"i1-3": {"varde": 90.0, "visat": "90 %", "orsak": None}})
    assert rader(vy(utvardering, b), "i1-3") == [("Förbundet <&> 2020", None, ".."), ("Grannen 2020", 90.0, "90 %")]


def test_their_text_is_text(utvardering: Utvardering, tmp_path: Path) -> None:
    ont = '<img src=x onerror="alert(1)">{{ 7*7 }}</script>'
    b = granne(
        utvardering,
        {"i1-1": {"visat": ont[:60], "mening": ont, "titel": ont}, "i1-2": {"krav": ont, "regel": "=1+1"}},
        forbund=f"=SUM(A1) {ont}",
    )
    bygg(utvardering, tmp_path / "ut", andra=(b,))
    html = (tmp_path / "ut/jamfor.html").read_text("utf-8")
    assert "<img" not in html
    assert html.count("</script>") == html.count("<script")
    assert "&lt;img src=x" in html
    assert "49" not in text(html)
    assert "'=SUM(A1)" in (tmp_path / "ut/data/jamfor-i1-1.csv").read_text("utf-8-sig")
    assert "<img" not in (tmp_path / "ut/data/jamfor-i1-1.svg").read_text("utf-8")


def test_the_page_warns_of_other_groups_and_of_small_numbers(utvardering: Utvardering, tmp_path: Path) -> None:
    bygg(utvardering, tmp_path / "ut", andra=(granne(utvardering, ar=2019),))
    html = text((tmp_path / "ut/jamfor.html").read_text("utf-8"))
    assert "Förbunden möter olika människor" in html
    assert "kan vara slump" in html
    assert "Alla siffror är inte från 2020: 2019 finns också." in html


def test_another_wording_is_shown_beside(utvardering: Utvardering) -> None:
    v = vy(utvardering, granne(utvardering, {"i1-1": {"mening": "En annan mening."}}))
    noter = {i.diagram.id: i.noter for o in v.omraden for i in o.indikatorer}
    assert noter["jamfor-i1-1"] == ("Grannen 2020 beskriver sitt mål med andra ord: ”En annan mening.”",)
    assert noter["jamfor-i1-2"] == ()


def test_a_signed_figure_is_a_place_on_a_line_and_not_a_bar(utvardering: Utvardering) -> None:
    v = vy(utvardering, granne(utvardering, {"i2-3": {"varde": 31.0, "visat": "31\u00a0procentenheter"}}))
    spec = next(i.diagram for o in v.omraden for i in o.indikatorer if i.diagram.id == "jamfor-i2-3")
    assert spec.titel.endswith(", i procentenheter")
    assert [r.varden[0].visat for r in spec.rader] == ["−7", "31"]
    assert spec.axel == (-31, 31)


def test_two_others_stand_in_the_order_they_were_given(utvardering: Utvardering) -> None:
    b, c = granne(utvardering), granne(utvardering, forbund="Ännu en", utan=("i1-1",))
    assert [r[0] for r in rader(vy(utvardering, c, b), "i1-2")] == [
        "Förbundet <&> 2020",
        "Ännu en 2020",
        "Grannen 2020",
    ]
    assert [r[0] for r in rader(vy(utvardering, c, b), "i1-1")] == ["Förbundet <&> 2020", "Grannen 2020"]


def test_nothing_shared_is_said_in_words(utvardering: Utvardering, tmp_path: Path) -> None:
    b = granne(replace(utvardering), {r.id: {"regel": "egen"} for r in utvardering.resultat()})
    bygg(utvardering, tmp_path / "ut", andra=(b,))
    assert "Inget resultat går att jämföra." in text((tmp_path / "ut/jamfor.html").read_text("utf-8"))
