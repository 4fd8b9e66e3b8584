"""The commands that publish, as a person at the terminal and a program meet them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kansli.cli import main
from tests.unit.bokslut.litet_underlag import BESLUT, Litet


@pytest.fixture
def litet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, snabb_pdf: None) -> Litet:
    monkeypatch.setenv("BOKSLUT_INSTANS", str(tmp_path / "instans"))
    return Litet(tmp_path)


def kor(litet: Litet, kommando: str, *argument: str) -> Result:
    alla = [kommando, "--indikatorer", str(litet.indikatorer), "--underlag", str(litet.underlag), *argument]
    if kommando != "verifiera":
        alla += ["--publicerat", str(litet.publicerat)]
    return CliRunner().invoke(main, alla, catch_exceptions=False)


def godkann(litet: Litet) -> None:
    assert kor(litet, "godkann", "--av", "Anna Ek", "--roll", "forbundschef", "--datum", "2021-03-15").exit_code == 0
    andra = ("--av", "Bo Al", "--roll", "godkannare", "--beslut", BESLUT, "--datum", "2021-03-15")
    assert kor(litet, "godkann", *andra).exit_code == 0


def publicera(litet: Litet, *argument: str) -> Path:
    svar = kor(litet, "publicera", *argument)
    assert (svar.exit_code, svar.stderr) == (0, "")
    return litet.publicerat / "2020" / "v1"


def summa(utskrift: str) -> str:
    [rad] = [rad.strip() for rad in utskrift.splitlines() if rad.startswith("    ")]
    return rad


def test_the_whole_way_from_approval_to_a_verified_version(litet: Litet) -> None:
    assert kor(litet, "publicera").exit_code == 1
    godkann(litet)
    svar = kor(litet, "publicera")
    v1 = str(litet.publicerat / "2020" / "v1")
    assert "Version 1 av socialt bokslut 2020 är publicerad" in svar.stdout
    egen = kor(litet, "verifiera", v1, "--summa", summa(svar.stdout))
    assert (egen.exit_code, egen.stderr) == (0, "")
    assert "Varje fil är som den publicerades, och varje siffra stämmer." in egen.stdout


def test_a_corrected_figure_gives_a_second_version_and_both_are_whole(litet: Litet) -> None:
    godkann(litet)
    publicera(litet)
    litet.svar(ja=80, nej=20)
    assert kor(litet, "verifiera", str(litet.publicerat / "2020" / "v1")).exit_code == 1
    godkann(litet)
    svar = kor(litet, "publicera", "--rattelse", "Fel fil.")
    assert "Version 2 av socialt bokslut 2020 är publicerad" in svar.stdout
    bada = CliRunner().invoke(main, ["verifiera", str(litet.publicerat / "2020")])
    assert bada.exit_code == 0
    assert bada.stdout.count("Varje fil är som den publicerades.") == 2


def test_a_preview_lists_everything_and_publishes_nothing(litet: Litet) -> None:
    litet.svar(ja=10, nej=90)
    svar = kor(litet, "publicera", "--forhandsvisa")
    assert svar.exit_code == 1
    assert {"rod-utan-kommentar", "godkannande-saknas"} <= set(svar.stderr.split())
    assert not litet.publicerat.exists()


def test_a_preview_without_anything_in_the_way_says_so(litet: Litet) -> None:
    godkann(litet)
    svar = kor(litet, "publicera", "--forhandsvisa")
    assert (svar.exit_code, svar.stderr) == (0, "")
    assert "Inget hindrar publicering." in svar.stdout


def test_many_warnings_of_a_kind_are_told_by_number_unless_all_are_asked_for(litet: Litet) -> None:
    for nr in range(8):
        fraga = litet.indikatorer.read_text("utf-8").split("[indikator.stod]")[1].split("[indikator.")[0]
        ny = fraga.replace('"1.1"', f'"2.{nr}"').replace("Stöd som hjälper", f"Stöd {nr}")
        litet.indikatorer.write_text(f"{litet.indikatorer.read_text('utf-8')}\n[indikator.s{nr}]{ny}", "utf-8")
    litet.svar(ja=52, nej=48)
    assert "… och 4 till" in kor(litet, "publicera", "--forhandsvisa").stderr
    assert kor(litet, "publicera", "--forhandsvisa", "--alla").stderr.count("nara-gransen") == 9


def test_the_same_person_twice_is_told_and_so_is_what_is_left(litet: Litet) -> None:
    forst = kor(litet, "godkann", "--av", "Anna Ek", "--roll", "forbundschef")
    igen = kor(litet, "godkann", "--av", "anna ek", "--roll", "godkannare")
    assert "Det behövs en person till" in forst.stdout
    assert (igen.exit_code, igen.stdout) == (2, "")
    assert igen.stderr.startswith("Anna Ek godkände det här innehållet")


def test_what_is_published_needs_no_approval(litet: Litet) -> None:
    godkann(litet)
    publicera(litet)
    svar = kor(litet, "godkann", "--av", "Cia Om", "--roll", "godkannare")
    assert svar.exit_code == 1
    assert "Inget har ändrats sedan version 1" in svar.stderr


def test_a_version_of_the_same_figures_needs_a_reason_and_says_that_none_changed(litet: Litet) -> None:
    godkann(litet)
    publicera(litet)
    for namn, roll in (("Anna Ek", "forbundschef"), ("Bo Al", "godkannare")):
        val = ("--av", namn, "--roll", roll, "--beslut", BESLUT, "--rattelse", "Nytt utseende.")
        assert kor(litet, "godkann", *val).exit_code == 0
    assert "Version 2" in kor(litet, "publicera", "--rattelse", "Nytt utseende.").stdout
    sida = (litet.publicerat / "2020" / "v2" / "andringar.html").read_text("utf-8")
    assert "Ingen siffra i resultaten har ändrats." in sida


@pytest.mark.parametrize("kommando", [("publicera",), ("godkann", "--av", "Anna Ek", "--roll", "forbundschef")])
def test_faulty_rules_are_told_as_everywhere_else(litet: Litet, kommando: tuple[str, ...]) -> None:
    litet.byt(litet.indikatorer, 'fraga = "stod"', 'fraga = "stot"')
    svar = kor(litet, *kommando)
    assert (svar.exit_code, svar.stdout) == (2, "")
    assert "indicators.toml:23:9: okand-fraga" in svar.stderr


def test_a_file_edited_by_hand_is_named_with_its_rule_and_what_to_do(litet: Litet) -> None:
    godkann(litet)
    v1 = publicera(litet)
    (v1 / "metod.html").chmod(0o644)
    (v1 / "metod.html").write_text("annat", "utf-8")
    svar = CliRunner().invoke(main, ["verifiera", str(v1)])
    assert svar.exit_code == 1
    assert "fil-andrad  metod.html: är inte som den publicerades" in svar.stderr
    assert "Jämför med säkerhetskopian" in svar.stderr


def test_another_sum_than_the_one_in_the_minutes_is_told(litet: Litet) -> None:
    godkann(litet)
    svar = CliRunner().invoke(main, ["verifiera", str(publicera(litet)), "--summa", "0" * 64])
    assert svar.exit_code == 1
    assert "manifest-utbytt" in svar.stderr


@pytest.mark.parametrize("katalog", ["finns-inte", "indicators.toml", "underlag"])
def test_what_cannot_be_verified_is_exit_2_and_one_sentence(litet: Litet, katalog: str) -> None:
    svar = CliRunner().invoke(main, ["verifiera", str(litet.rot / katalog)])
    assert (svar.exit_code, svar.stdout) == (2, "")
    assert len(svar.stderr.splitlines()) == 1


@pytest.mark.parametrize("innehall", [b"", b"kort", b"x" * 33])
def test_a_salt_that_is_none_is_told(litet: Litet, innehall: bytes) -> None:
    (litet.underlag / "salt").write_bytes(innehall)
    svar = kor(litet, "publicera")
    assert (svar.exit_code, svar.stdout) == (2, "")
    assert "ett salt ska vara 32 byte" in svar.stderr


def test_verifying_makes_no_salt(litet: Litet) -> None:
    godkann(litet)
    v1 = publicera(litet)
    (litet.instans / "salt").unlink()
    svar = kor(litet, "verifiera", str(v1))
    assert svar.exit_code == 0
    assert "det behövs det salt" in svar.stdout
    assert not (litet.instans / "salt").exists()


@pytest.fixture
def i_instans(litet: Litet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Litet:
    """The underlag lies frozen in an instance, and the commands run somewhere else."""
    (litet.instans / "frysta").mkdir(parents=True)
    litet.underlag = litet.underlag.rename(litet.instans / "frysta" / "2020")
    (tmp_path / "har").mkdir()
    monkeypatch.chdir(tmp_path / "har")
    litet.publicerat = litet.instans / "publicerat"
    return litet


def kor_utan_plats(litet: Litet, kommando: str, *argument: str) -> Result:
    alla = [kommando, "--indikatorer", str(litet.indikatorer), "--underlag", str(litet.underlag), *argument]
    return CliRunner().invoke(main, alla, catch_exceptions=False)


def godkann_utan_plats(litet: Litet) -> list[Result]:
    personer = (("Anna Ek", "forbundschef"), ("Bo Al", "godkannare"))
    return [
        kor_utan_plats(litet, "godkann", "--av", namn, "--roll", roll, "--beslut", BESLUT, "--datum", "2021-03-15")
        for namn, roll in personer
    ]


def test_an_instance_has_its_versions_in_one_place_whoever_publishes_them(i_instans: Litet) -> None:
    v1 = i_instans.publicerad()  # as the kansli does
    i_instans.svar(ja=80, nej=20)
    assert [svar.stdout.split(" av ")[0] for svar in godkann_utan_plats(i_instans)] == [
        "Anna Ek godkände version 2",
        "Bo Al godkände version 2",
    ]
    svar = kor_utan_plats(i_instans, "publicera", "--rattelse", "Fel fil.")
    assert svar.exit_code == 0
    assert f"Version 2 av socialt bokslut 2020 är publicerad i {v1.with_name('v2')}." in svar.stdout
    assert svar.stderr == f"Versionerna ligger i {i_instans.publicerat}, där kansliet också lägger dem.\n"
    assert not Path("publicerat").exists()


def test_an_underlag_in_no_instance_is_published_where_the_command_runs(
    litet: Litet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    godkann_utan_plats(litet)
    svar = kor_utan_plats(litet, "publicera")
    assert (svar.exit_code, svar.stderr) == (0, "")
    assert "är publicerad i publicerat/2020/v1." in svar.stdout


def test_a_folder_that_is_named_is_the_one(i_instans: Litet) -> None:
    godkann_utan_plats(i_instans)
    svar = kor_utan_plats(i_instans, "publicera", "--publicerat", "annan")
    assert (svar.exit_code, svar.stderr) == (0, "")
    assert "är publicerad i annan/2020/v1." in svar.stdout


@pytest.mark.parametrize("kommando", [("publicera",), ("godkann", "--av", "Cia Om", "--roll", "godkannare")])
def test_versions_in_the_other_place_are_not_numbered_anew(i_instans: Litet, kommando: tuple[str, ...]) -> None:
    i_instans.publicerad()
    i_instans.publicerat.rename("publicerat")
    svar = kor_utan_plats(i_instans, *kommando)
    assert (svar.exit_code, svar.stdout) == (2, "")
    assert svar.stderr.startswith("publicerat/2020: här finns versioner av 2020, men kansliet lägger instansens i ")
    assert "Ange --publicerat publicerat om nästa version ska ligga här" in svar.stderr
    assert not i_instans.publicerat.exists()
    assert kor_utan_plats(i_instans, "publicera", "--publicerat", "publicerat").exit_code == 0


def test_a_folder_that_cannot_be_written_is_told(litet: Litet) -> None:
    godkann(litet)
    litet.publicerat.mkdir()
    (litet.publicerat / "2020").write_text("en fil", "utf-8")
    svar = kor(litet, "publicera")
    assert svar.exit_code == 2
    assert svar.stderr.startswith(
        f"Det går inte att skriva {litet.publicerat / '2020'}: det ligger en fil i vägen. Inget"
    )
