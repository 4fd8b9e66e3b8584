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


def test_without_json_a_missing_signal_has_its_reason_in_words() -> None:
    rader = kor("utvardera", "--minsta-grupp", "12").stdout
    assert "(skyddad)" in rader
    assert "(för få" in rader
    assert "for_fa" not in rader


def test_kontrollera_says_that_all_is_well() -> None:
    svar = kor("kontrollera")
    assert (svar.exit_code, svar.stderr) == (0, "")
    assert svar.stdout.startswith("Allt stämmer: 59 indikatorer och 8 källor för 2020.\n")


def test_kontrollera_says_how_much_each_questionnaire_asks() -> None:
    svar = kor("kontrollera").stdout
    rad = "config/enkater/deltagare.toml: ”Enkät till dig som är deltagare”, 18 frågor, ungefär 3 minuter"
    assert rad in svar.splitlines()
    assert svar.count(" frågor, ungefär ") == 4
    assert svar.count("    på andra språk: Lätt svenska ") == 4


@pytest.fixture
def enkater(tmp_path: Path) -> Path:
    return Path(shutil.copytree("config/enkater", tmp_path / "mina"))


def test_a_faulty_questionnaire_is_told_as_the_engines_faults_are(enkater: Path) -> None:
    fil = enkater / "deltagare.toml"
    fil.write_text(fil.read_text("utf-8").replace("[fraga.bemott]    ", "[fraga.bemot]    "), "utf-8")
    svar = kor("kontrollera", "--enkater", enkater)
    rad, visad, markt = svar.stderr.splitlines()[:3]
    assert (svar.exit_code, svar.stdout) == (2, "")
    assert rad.startswith(f"{fil}:54:8: indikator-utan-fraga Indikatorn ”bemotande” räknar på frågan ”bemott”")
    assert (visad[:13], markt.strip()) == ("   54 | [frag", "|        ^^^^^")
    assert svar.stderr.splitlines()[-1] == "1 fel."


def test_what_a_program_can_mend_in_a_questionnaire_is_mended(enkater: Path) -> None:
    fil = enkater / "deltagare.toml"
    ratt = fil.read_text("utf-8")
    fil.write_text(ratt.replace('typ = "skala"', 'typ = "skalla"', 1), "utf-8")
    svar = kor("kontrollera", "--enkater", enkater, "--ratta")
    assert (svar.exit_code, fil.read_text("utf-8")) == (0, ratt)


def test_a_warning_about_a_questionnaire_stops_nothing(enkater: Path) -> None:
    fil = enkater / "styrelse.toml"
    fil.write_text(fil.read_text("utf-8").replace("Använder ni upp", "Nyttjar ni upp"), "utf-8")
    svar = kor("kontrollera", "--enkater", enkater)
    assert "ordalydelse-skiljer" in svar.stderr
    assert svar.exit_code == 0


def test_a_folder_without_questionnaires_is_told_and_indicators_need_none(config: Path, tmp_path: Path) -> None:
    svar = kor("kontrollera", "--enkater", tmp_path / "finns-inte")
    assert svar.exit_code == 2
    (tmp_path / "tom").mkdir()
    svar = kor("kontrollera", "--enkater", tmp_path / "tom")
    assert (svar.exit_code, "fil-saknas Mappen har ingen enkät" in svar.stderr) == (2, True)
    assert kor("kontrollera", "--indikatorer", config).stdout.count("\n") == 1


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


def granne(mapp: Path, **annat: object) -> Path:
    """The example as another förbund might have published it."""
    dokument = json.loads(kor("utvardera", "--json").stdout) | {"forbund": "Grannförbundet"} | annat
    fil = mapp / "granne.json"
    fil.write_text(json.dumps(dokument), "utf-8")
    return fil


def test_bygg_compares_with_the_others_that_are_named(tmp_path: Path) -> None:
    svar = kor("bygg", "--ut", tmp_path / "ut", "--jamfor", granne(tmp_path))
    assert svar.exit_code == 0
    assert "Jämför med Grannförbundet 2020." in svar.stdout
    assert "Grannförbundet 2020" in (tmp_path / "ut/jamfor.html").read_text("utf-8")


def test_bygg_builds_nothing_when_one_of_the_others_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "trasig.json").write_text('{"forbund": ', "utf-8")
    andra = [tmp_path / "trasig.json", tmp_path / "saknas.json", "http://exempel.invalid/resultat.json"]
    val = [a for fil in (granne(tmp_path), *andra) for a in ("--jamfor", fil)]
    svar = kor("bygg", "--ut", tmp_path / "ut", *val)
    assert svar.exit_code == 2
    fel = [rad.partition(": ")[2].partition(".")[0] for rad in svar.stderr.splitlines()]
    assert fel[-3:] == [
        "Filen är inte hel JSON: rad 1, kolumn 13",
        "Filen går inte att läsa (No such file or directory)",
        "Bara adresser som börjar med https:// hämtas, inte ”http://exempel",
    ]
    assert not (tmp_path / "ut").exists()
