"""The command when something is wrong: exit 2, each fault a line on stderr, nothing on stdout, nothing written."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kansli.cli import main
from tests.fel.korpus import CONFIG, GRUND, KATALOG, Fall, las_fall, las_mapp

# CONTRACT section 3.
RAD = re.compile(r"(?P<fil>[^:]+):(?P<rad>\d+):(?P<kolumn>\d+): (?P<kod>[a-z][a-z0-9-]+) (?P<text>\S.*)")
URVAL = (
    "toml-prickar-i-nyckel",
    "toml-trasig-och-okand",
    "nyckel-okand-kravs",
    "nyckel-saknat-bokslut",
    "config-tom",
    "config-ej-text",
    "namn-kalla",
    "cirkel-av-tre",
    "grans-tal-utan-citattecken",
    "underlag-saknas",
    "underlag-fil-saknas",
    "underlag-foregaende-i-ring",
    "csv-tom-fil",
    "csv-excelfil",
    "csv-flera-fel",
    "berattelse-samtycke-ja",
)


@pytest.fixture
def fall(request: pytest.FixtureRequest, tmp_path: Path) -> Fall:
    """A case of the corpus, written to a folder of its own."""
    fallet = las_fall(KATALOG / request.param)
    skriv(tmp_path, dict(fallet.filer))
    return fallet


def skriv(mapp: Path, filer: dict[str, bytes]) -> None:
    for namn, data in filer.items():
        (mapp / namn).parent.mkdir(parents=True, exist_ok=True)
        (mapp / namn).write_bytes(data)


def kor(kommando: str, mapp: Path, *val: str, config: Path | None = None) -> Result:
    """Run a command on the files of a folder; an exception that got out is raised here."""
    argument = [kommando, "--indikatorer", str(config or mapp / CONFIG), "--underlag", str(mapp), *val]
    return CliRunner().invoke(main, argument, catch_exceptions=False)


@pytest.mark.parametrize("fall", URVAL, indirect=True)
def test_each_fault_is_a_line_of_its_own_and_nothing_else_is_said_or_written(fall: Fall, tmp_path: Path) -> None:
    fore = las_mapp(tmp_path)
    svar = kor("utvardera", tmp_path, "--json")
    rader = [RAD.fullmatch(rad) for rad in svar.stderr.splitlines()]
    platser = [(Path(r["fil"]).relative_to(tmp_path), int(r["rad"]), int(r["kolumn"]), r["kod"]) for r in rader if r]
    assert (svar.exit_code, svar.stdout) == (2, "")
    assert all(rader)
    assert platser == [(Path(v.fil), v.rad, v.kolumn, v.kod) for v in fall.fel]
    assert las_mapp(tmp_path) == fore


@pytest.mark.parametrize("fall", ["toml-prickar-i-nyckel", "csv-flera-fel"], indirect=True)
def test_a_site_is_not_built_from_what_is_wrong(fall: Fall, tmp_path: Path) -> None:
    svar = kor("bygg", tmp_path, "--ut", str(tmp_path / "ut"))
    assert svar.exit_code == 2
    assert not (tmp_path / "ut").exists()


@pytest.mark.parametrize(
    "fall", ["csv-flera-fel", "csv-kon-utanfor", "csv-inte-tal-kvot", "underlag-flera-fel", "namn-mal"], indirect=True
)
def test_a_preview_prints_the_results_that_are_not_affected(fall: Fall, tmp_path: Path) -> None:
    svar = kor("utvardera", tmp_path, "--json", "--forhandsvisa")
    resultat = json.loads(svar.stdout)["indikatorer"]
    fel = {r["id"] for r in resultat if r["orsak"] == "fel_i_definitionen"}
    assert svar.exit_code == 2
    assert len(svar.stderr.splitlines()) == len(fall.fel)
    assert fel == set(fall.paverkar)
    assert all((r["varde"] is None) == (r["id"] in fel) for r in resultat)


@pytest.mark.parametrize("fall", ["underlag-foregaende-saknas"], indirect=True)
def test_what_is_not_affected_is_what_it_would_have_been(fall: Fall, tmp_path: Path) -> None:
    med_fel = json.loads(kor("utvardera", tmp_path, "--json", "--forhandsvisa").stdout)
    skriv(tmp_path, {"underlag.toml": GRUND["underlag.toml"]})
    utan_fel = json.loads(kor("utvardera", tmp_path, "--json").stdout)
    assert med_fel["indikatorer"] == utan_fel["indikatorer"]


@pytest.mark.parametrize(
    "fall", ["toml-prickar-i-nyckel", "flera-fel-i-flera", "csv-rubriker-i-versaler"], indirect=True
)
def test_ratta_mends_the_files_and_checks_again(fall: Fall, tmp_path: Path) -> None:
    svar = kor("kontrollera", tmp_path, "--ratta")
    assert (svar.exit_code, kor("kontrollera", tmp_path).exit_code) == (0, 0)
    assert "Allt stämmer" in svar.stdout


def test_ratta_changes_the_faulty_places_alone_and_saves_utf8(tmp_path: Path) -> None:
    text = GRUND[CONFIG].decode("utf-8").replace('"minst 70 %"', "minst 70 %   # beslut § 41, på förslag")
    skriv(tmp_path, dict(GRUND) | {CONFIG: text.encode("cp1252")})
    assert kor("kontrollera", tmp_path, "--ratta").exit_code == 0
    ratt = GRUND[CONFIG].decode("utf-8").replace('"minst 70 %"', '"minst 70 %"   # beslut § 41, på förslag')
    assert (tmp_path / CONFIG).read_text("utf-8") == ratt


@pytest.mark.parametrize("fall", ["csv-kon-utanfor"], indirect=True)
def test_ratta_leaves_what_no_program_can_know(fall: Fall, tmp_path: Path) -> None:
    svar = kor("kontrollera", tmp_path, "--ratta")
    assert svar.exit_code == 2
    assert "3 rättade" in svar.stderr
    assert "”pojke” är inget svar" in svar.stderr
    assert "Bron,pojke,helt," in (tmp_path / "enkat.csv").read_text("utf-8")


@pytest.mark.parametrize("fall", ["cirkel-av-tva"], indirect=True)
def test_ratta_writes_no_file_that_it_cannot_mend(fall: Fall, tmp_path: Path) -> None:
    fore = {f: f.stat().st_mtime_ns for f in tmp_path.iterdir()}
    assert kor("kontrollera", tmp_path, "--ratta").exit_code == 2
    assert {f: f.stat().st_mtime_ns for f in tmp_path.iterdir()} == fore


@pytest.mark.parametrize("fall", ["csv-okant-svar"], indirect=True)
def test_kontrollera_shows_the_line_with_a_mark_under_the_fault(fall: Fall, tmp_path: Path) -> None:
    rader = kor("kontrollera", tmp_path).stderr.splitlines()
    assert rader[1:3] == ["    2 | Tåget,kvinna,Helt,ja", "      |              ^^^^"]
    assert rader[-1] == "3 fel."


@pytest.mark.parametrize(
    ("config", "sager"),
    [("finns-inte.toml", "filen med indikatorer finns inte"), (".", "är en mapp"), ("a" * 300, "finns inte")],
)
@pytest.mark.parametrize("kommando", ["utvardera", "kontrollera"])
def test_a_config_that_is_no_file_is_told(kommando: str, config: str, sager: str, tmp_path: Path) -> None:
    skriv(tmp_path, dict(GRUND))
    svar = kor(kommando, tmp_path, config=tmp_path / config)
    assert (svar.exit_code, svar.stdout) == (2, "")
    assert sager in svar.stderr.lower()
    assert all(RAD.fullmatch(rad) for rad in svar.stderr.splitlines() if not rad.endswith(" fel."))


@pytest.mark.parametrize("underlag", ["finns-inte", CONFIG])
def test_an_underlag_that_is_no_folder_is_told_once(underlag: str, tmp_path: Path) -> None:
    skriv(tmp_path, dict(GRUND))
    svar = kor("utvardera", tmp_path / underlag, config=tmp_path / CONFIG)
    assert svar.exit_code == 2
    assert [RAD.fullmatch(rad)["kod"] for rad in svar.stderr.splitlines()] == ["fil-saknas"]  # type: ignore[index]


@pytest.mark.parametrize("namn", ["långt" * 100 + ".csv", "\\u0000", "/", "..", "enkat.csv/x"])
def test_a_file_name_that_no_file_can_have_is_a_missing_file(namn: str, tmp_path: Path) -> None:
    text = GRUND["underlag.toml"].decode("utf-8").replace('fil = "budget.csv"', f'fil = "{namn}"')
    skriv(tmp_path, dict(GRUND) | {"underlag.toml": text.encode("utf-8")})
    svar = kor("utvardera", tmp_path)
    traff = RAD.fullmatch(svar.stderr.strip())
    assert svar.exit_code == 2
    assert traff is not None
    assert traff["kod"] in ("fil-saknas", "fel-sorts-fil")


def test_a_parquet_file_that_is_something_else_is_told(tmp_path: Path) -> None:
    text = GRUND["underlag.toml"].decode("utf-8").replace('"budget.csv"', '"budget.parquet"')
    skriv(tmp_path, dict(GRUND) | {"underlag.toml": text.encode("utf-8"), "budget.parquet": b"PAR1" + bytes(40)})
    svar = kor("utvardera", tmp_path)
    assert svar.exit_code == 2
    assert "inte-text" in svar.stderr


def test_a_fault_that_two_indicators_share_is_told_once(tmp_path: Path) -> None:
    text = GRUND[CONFIG].decode("utf-8")
    start, slut = text.index("[indikator.forbrukning]"), text.index("[indikator.index]")
    kopia = text[start:slut].replace("forbrukning]", "kopia]").replace('"2.3"', '"2.9"').replace("Förbrukning", "Kopia")
    budget = GRUND["budget.csv"].replace(b"1200000", "många".encode())
    skriv(tmp_path, dict(GRUND) | {CONFIG: (text + "\n" + kopia).encode("utf-8"), "budget.csv": budget})
    svar = kor("utvardera", tmp_path)
    assert len(svar.stderr.splitlines()) == 1
