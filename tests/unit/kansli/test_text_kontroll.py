"""Texts and stories on the command line: warnings are told, faults stop, and nothing is written half."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kansli.cli import main


@pytest.fixture
def underlag(tmp_path: Path) -> Path:
    """The example, beside its year before, to change."""
    shutil.copytree("exempel/umea-2019", tmp_path / "umea-2019")
    return Path(shutil.copytree("exempel/umea-2020", tmp_path / "umea-2020"))


def kor(*argument: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in argument])


def test_a_number_that_does_not_agree_is_a_warning_with_its_line(underlag: Path) -> None:
    fil = underlag / "texter/kommentarer/stod-for-arbete.md"
    fil.write_text("Det blev bättre.\n\nNu är det 76 %.\n", "utf-8")
    svar = kor("kontrollera", "--underlag", underlag)
    rad, visad, markt = svar.stderr.splitlines()
    assert svar.exit_code == 0
    assert rad.startswith(f"{fil.as_posix()}:3:11: tal-fran-annan-indikator ”76 %”")
    assert 'Menade du {{ tal("3.1") }}?' in rad
    assert (visad, markt) == ("    3 | Nu är det 76 %.", "      |           ^^^^")


def test_a_fault_in_a_text_stops_kontrollera_and_bygg_and_nothing_is_written(underlag: Path, tmp_path: Path) -> None:
    (underlag / "texter/forord.md").write_text('Vi nådde {{ tal("99.9") }}.', "utf-8")
    assert kor("kontrollera", "--underlag", underlag).exit_code == 2
    svar = kor("bygg", "--underlag", underlag, "--ut", tmp_path / "ut")
    assert svar.exit_code == 2
    assert "forord.md:1:10: okand-indikator" in svar.stderr
    assert not (tmp_path / "ut").exists()


def test_a_story_that_may_point_out_somebody_is_a_warning(underlag: Path) -> None:
    fil = underlag / "exempel/1-3-1-inte-for-hoga-krav.md"
    fil.write_text(fil.read_text("utf-8").replace("Deltagaren hade", "En 43-årig man från Bjurholm hade"), "utf-8")
    svar = kor("kontrollera", "--underlag", underlag)
    assert svar.exit_code == 0
    assert [o for o in ("43-årig", "Bjurholm") if f"kan-peka-ut ”{o}”" in svar.stderr] == ["43-årig", "Bjurholm"]


def test_the_example_is_built_with_its_texts(tmp_path: Path) -> None:
    svar = kor("bygg", "--ut", tmp_path / "ut")
    assert (svar.exit_code, svar.stderr) == (0, "")
    assert (tmp_path / "ut/forord.html").is_file()
    assert (tmp_path / "ut/om.html").is_file()
