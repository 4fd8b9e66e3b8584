"""The engine gives the print: all 68 rows and every cell of tables 1–8, with protection switched off; nothing more, nothing less."""

import csv
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bokslut.underlag import hamta, las_config
from indikatorer.evaluate import evaluate
from indikatorer.forberedelse import forbered
from indikatorer.resultat import som_json
from indikatorer.underlag import Innehall, las_underlag

GOLDEN = Path(__file__).parent
ROOT = GOLDEN.parents[1]
UNDERLAG = (ROOT / "exempel/umea-2020/underlag.toml").as_posix()
FALL = tomllib.loads((GOLDEN / "umea_2020.toml").read_text("utf-8"))["fall"]
with (GOLDEN / "umea_2020_tabeller.csv").open(encoding="utf-8", newline="") as tabellfil:
    TABELLER = list(csv.DictReader(tabellfil))

# What the print and we may disagree on, and nothing else. The reasons stand in umea_2020.toml and in the table's file.
AVVIKER = ["2.6.b", "3.4", "5.13"]
SIFFROR = ("taljare", "namnare", "visat", "signal", "krav")


def utvardera(**byten: bytes) -> dict[str, Any]:
    """The document of the contract. byten: contents to take the place of files, by the name of the källa."""

    def las(fil: str) -> Innehall | None:
        stig = Path(fil)
        return byten.get(stig.stem, hamta(fil)) if stig.parent.name == "umea-2020" else hamta(fil)

    definitioner, fel = las_config(ROOT / "config/indicators.toml")
    assert definitioner is not None
    underlag, fler = las_underlag(UNDERLAG, las)
    return som_json(evaluate(forbered(definitioner, underlag, [*fel, *fler]), minsta_grupp=0))


@cache
def ours() -> dict[tuple[str, str | None], dict[str, Any]]:
    """Our results by (nummer, grupp), as the golden file names them."""
    return {(r["nummer"], r["grupp"]): r for r in utvardera()["indikatorer"]}


def rad(fall: dict[str, Any]) -> dict[str, Any]:
    return ours()[fall["nummer"], fall.get("grupp")]


def printed(fall: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(fall.get(f) for f in SIFFROR)


def given(fall: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(rad(fall)[f] for f in SIFFROR)


def table() -> str:
    """The print against ours, row by row; a row that differs is marked."""
    rader = [f"{'':2}{'rad':8}{'tryckt':>8}  {'vantat':46}{'vi'}"]
    for fall in FALL:
        vantat, fick = printed(fall), given(fall)
        rader.append(f"{'' if vantat == fick else '!':2}{fall['tryckt']:8}{fall['publicerat']:>8}  {vantat!s:46}{fick}")
    return "\n".join(rader)


def test_the_engine_gives_every_printed_row() -> None:
    assert [fall["tryckt"] for fall in FALL if printed(fall) != given(fall)] == [], "\n" + table()


def test_the_engine_gives_no_other_row() -> None:
    assert set(ours()) == {(fall["nummer"], fall.get("grupp")) for fall in FALL}
    assert len(ours()) == len(FALL) == 68
    assert [r["id"] for r in ours().values()] == [fall["indikator"] for fall in sorted(FALL, key=ordning)]


def ordning(fall: dict[str, Any]) -> int:
    return list(ours()).index((fall["nummer"], fall.get("grupp")))


@pytest.mark.parametrize("fall", [pytest.param(f, id=f["tryckt"]) for f in FALL if "kvinna" in f])
def test_a_difference_has_the_counts_of_both_genders(fall: dict[str, Any]) -> None:
    delar = rad(fall)["delar"]
    assert [[delar[kon]["taljare"], delar[kon]["namnare"]] for kon in ("kvinna", "man")] == [
        fall["kvinna"],
        fall["man"],
    ]
    assert abs(rad(fall)["varde"]) == fall["publicerat"]


@pytest.mark.parametrize("fall", [pytest.param(f, id=f["tryckt"]) for f in FALL if "bortfall" in f])
def test_the_unanswered_are_as_many_as_printed(fall: dict[str, Any]) -> None:
    assert rad(fall)["bortfall"] == fall["bortfall"]


def test_only_the_documented_rows_differ_from_the_print() -> None:
    """One shows another percent than the print; two follow the print where it says one thing and counts another."""

    def tal(fall: dict[str, Any]) -> float:
        return float(rad(fall)["visat"].split("\u00a0")[0].lstrip("\u2212").replace(",", "."))

    assert [f["tryckt"] for f in FALL if tal(f) != abs(f["publicerat"])] == AVVIKER[:1]
    assert [f["tryckt"] for f in FALL if "avviker" in f] == AVVIKER
    assert all(rad(f)["anmarkningar"] for f in FALL if "avviker" in f), "the reader is told"


@pytest.mark.parametrize("nummer", ["5.2", "5.3", "5.4", "5.9", "5.10", "5.11", "5.12", "5.13"])
def test_counts_that_the_print_does_not_give_carry_a_remark(nummer: str) -> None:
    assert any("Trycket anger" in a for a in ours()[nummer, None]["anmarkningar"])


def test_signals_and_index_are_those_of_the_print() -> None:
    assert Counter(r["signal"] for r in ours().values()) == {"gron": 34, "rod": 28, None: 6}
    index = ours()["5.14", None]
    assert (index["taljare"], index["namnare"], index["visat"], index["signal"]) == (10, 11, "91\u00a0%", None)


# --- Tables 1–8 -----------------------------------------------------------------------------------------------------------


@cache
def cells() -> dict[tuple[str, str, str | None], dict[str, Any]]:
    return {(c["tabell"], c["utfall"], c["kon"]): c for c in utvardera()["tabeller"]}


@pytest.mark.parametrize("rad", [pytest.param(r, id=f"{r['tabell']}-{r['utfall']}") for r in TABELLER])
def test_the_engine_gives_every_printed_cell(rad: dict[str, str]) -> None:
    kvinna, man, alla = (cells()[rad["tabell"], rad["utfall"], kon] for kon in ("kvinna", "man", None))
    assert [c["antal"] for c in (kvinna, man, alla)] == [int(rad[k]) for k in ("kvinna", "man", "totalt")]
    assert {c["enhet"] or "" for c in (kvinna, man, alla)} == {rad["enhet"]}
    assert (kvinna["procent"], man["procent"]) == (None, None)
    visat = "" if alla["procent"] is None else f"{int(alla['procent'] + 0.5)}\u00a0%"
    assert visat == rad["visat"]
    assert (visat.removesuffix("\u00a0%") != rad["procent_tryckt"]) == bool(rad["avviker"])


def test_the_engine_gives_no_other_cell_but_outcomes_that_were_nobody() -> None:
    """The print leaves out the rows of an enhet that nobody belongs to; we show them as 0."""
    tryckta = {(r["tabell"], r["utfall"]) for r in TABELLER}
    ovriga = [c for (tabell, utfall, _), c in cells().items() if (tabell, utfall) not in tryckta]
    assert {c["antal"] for c in ovriga} <= {0}
    assert {t for t, _, _ in cells()} == {t for t, _ in tryckta} == set("12345678")
    assert [(r["enhet"], r["utfall"]) for r in TABELLER if r["avviker"]] == [("Samordningsteamet Vännäs", "arbete")]


# --- The figures come from the rows -----------------------------------------------------------------------------------------


def test_one_answer_taken_away_changes_the_counts() -> None:
    rader = (ROOT / "exempel/umea-2020/deltagarenkat.csv").read_bytes().splitlines(keepends=True)
    utan = {r["nummer"]: r for r in utvardera(deltagarenkat=b"".join(rader[:-1]))["indikatorer"] if r["grupp"] is None}
    med = {nummer: r for (nummer, grupp), r in ours().items() if grupp is None}
    assert utan["3.1"]["namnare"] == med["3.1"]["namnare"] - 1
    assert {n for n in med if utan[n] != med[n]} >= {"2.8", "3.1", "3.2", "3.3", "3.4", "5.6"}
    assert {n for n in med if utan[n] != med[n]} <= {n for n, r in med.items() if r["nummer"][0] in "235"}


def test_one_person_taken_from_the_register_changes_the_counts() -> None:
    fil = (ROOT / "exempel/umea-2020/deltagare.csv").read_bytes()
    minus = fil.replace(b"Ungdomstorget,kvinna,nej,ja,arbete,11", b"Ungdomstorget,kvinna,nej,ja,arbete,10")
    assert minus != fil
    dok = utvardera(deltagare=minus)
    utan = {r["nummer"]: r["taljare"] for r in dok["indikatorer"]}
    assert (utan["1.1"], utan["1.1.a"], utan["5.1"]) == (149, 45, 414)
    assert next(c["antal"] for c in dok["tabeller"] if c["utfall"] == "arbete" and c["kon"] == "kvinna") == 19
