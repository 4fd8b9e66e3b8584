"""The command line as a program and a person meet it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kansli.cli import main


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return Path(shutil.copy("config/indicators.toml", tmp_path / "indicators.toml"))


def kor(*argument: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in argument])


def test_utvardera_prints_one_json_document_and_nothing_else() -> None:
    svar = kor("utvardera", "--json")
    assert svar.exit_code == 0
    assert svar.stderr == ""
    assert len(json.loads(svar.stdout)["indikatorer"]) == 68


def test_minsta_grupp_overrides_the_config() -> None:
    dolda = json.loads(kor("utvardera", "--json").stdout)["indikatorer"]
    alla = json.loads(kor("utvardera", "--json", "--minsta-grupp", "0").stdout)["indikatorer"]
    assert sum(r["orsak"] == "skyddad" for r in dolda) == 9
    assert not any(r["orsak"] == "skyddad" for r in alla)


def test_without_json_every_signal_is_a_word() -> None:
    rader = kor("utvardera").stdout
    assert rader.count("● grön") == 34
    assert rader.count("■ röd") == 28


def test_kontrollera_says_that_all_is_well() -> None:
    svar = kor("kontrollera")
    assert (svar.exit_code, svar.stderr) == (0, "")
    assert svar.stdout.startswith("Allt stämmer: 59 indikatorer och 8 källor för 2020.\n")


def test_andra_writes_the_new_goal_and_keeps_the_comments(config: Path) -> None:
    fore = config.read_text("utf-8")
    svar = kor("andra", "--indikatorer", config, "stod-for-arbete", "gron", "minst 85 %")
    efter = config.read_text("utf-8")
    assert svar.exit_code == 0
    assert "Efter: Minst 85 % av deltagarna ska svara" in svar.stdout
    olika = [par for par in zip(fore.splitlines(), efter.splitlines(), strict=True) if par[0] != par[1]]
    assert olika == [('gron = "minst 80 %"', 'gron = "minst 85 %"')]


@pytest.mark.parametrize(("nyckel", "varde", "kod"), [("gron", "85", "grans-olaslig"), ("grön", "x", "okand-nyckel")])
def test_andra_refuses_what_would_bring_a_fault(config: Path, nyckel: str, varde: str, kod: str) -> None:
    fore = config.read_bytes()
    svar = kor("andra", "--indikatorer", config, "stod-for-arbete", nyckel, varde)
    assert svar.exit_code == 2
    assert kod in svar.stderr
    assert config.read_bytes() == fore


def test_andra_knows_no_such_indicator(config: Path) -> None:
    svar = kor("andra", "--indikatorer", config, "finns-inte", "gron", "minst 85 %")
    assert svar.exit_code == 1
    assert "Det finns ingen indikator ”finns-inte”." in svar.stderr


def test_bygg_builds_nothing_from_a_faulty_config(config: Path, tmp_path: Path) -> None:
    config.write_text(config.read_text("utf-8").replace('regel = "andel"', 'regel = "andell"', 1), "utf-8")
    svar = kor("bygg", "--indikatorer", config, "--ut", tmp_path / "ut")
    assert svar.exit_code == 2
    assert "okand-regel ”andell” är ingen regel som finns. Menade du ”andel”?" in svar.stderr
    assert not (tmp_path / "ut").exists()


def test_bygg_tells_each_step_and_where_to_look(tmp_path: Path) -> None:
    svar = kor("bygg", "--ut", tmp_path / "ut")
    assert svar.exit_code == 0
    assert "Räknade 68 resultat för 2020." in svar.stdout
    assert (tmp_path / "ut" / "index.html").is_file()
