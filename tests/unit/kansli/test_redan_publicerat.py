"""What a command shows can be put on the web, so it is protected against all that is published already."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bokslut.publicering.tidigare import las_sagt
from bokslut.underlag import las
from indikatorer.resultat import som_json
from indikatorer.skydd.rojandevakt import skydda
from kansli.cli import main
from tests.unit.bokslut.litet_underlag import Litet, lagg_ut
from tests.unit.bokslut.test_tva_ar import REGISTER
from tests.unit.indikatorer.test_kvarvarande import FJOL, I_AR, aret

RUBRIK = "enhet,kon,ny,avslutad,utfall,antal"
# The first version tells of the men who went on to study; alone, its correction would hide just them.
FORSTA = ("A,kvinna,nej,ja,arbete,3", "A,man,nej,ja,arbete,9", "B,kvinna,nej,ja,arbete,20", "B,man,nej,ja,studier,8")
RATTAD = (FORSTA[0], "A,man,nej,ja,arbete,3", *FORSTA[2:])
VISAR = ("utvardera", "rojandevakt", "kontrollera", "bygg")


def med_register(litet: Litet, *rader: str) -> None:
    (litet.underlag / "register.csv").write_text("\n".join([RUBRIK, *rader, ""]), "utf-8")


@pytest.fixture
def litet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, snabb_pdf: None) -> Litet:
    """A small bokslut with a register, and nothing published where the commands run."""
    litet = Litet(tmp_path / "litet")
    with (litet.underlag / "underlag.toml").open("a", encoding="utf-8") as fil:
        fil.write(REGISTER)
    (tmp_path / "har").mkdir()
    monkeypatch.chdir(tmp_path / "har")
    return litet


@pytest.fixture
def rattat(litet: Litet) -> Litet:
    """A version is published, and after that a row is corrected."""
    med_register(litet, *FORSTA)
    litet.publicerad()
    med_register(litet, *RATTAD)
    return litet


@pytest.fixture
def andra_aret(litet: Litet) -> Litet:
    """Last year's bokslut is published, and hides what this year's would tell alone."""
    med_register(litet, *I_AR)
    lagg_ut(litet.publicerat / "2019" / "v1", som_json(aret(*FJOL)))
    return litet


def kor(litet: Litet, kommando: str, *argument: str | Path) -> Result:
    alla = [kommando, "--indikatorer", litet.indikatorer, "--underlag", litet.underlag, *argument]
    ut = ["--ut", litet.rot / "ut"] if kommando == "bygg" else []
    return CliRunner().invoke(main, [str(a) for a in (*alla, *ut)], catch_exceptions=False)


def utvarderat(litet: Litet, *argument: str | Path) -> dict[str, Any]:
    svar = kor(litet, "utvardera", "--json", *argument)
    assert svar.exit_code == 0
    dokument: dict[str, Any] = json.loads(svar.stdout)
    return dokument


def skyddat(litet: Litet) -> dict[str, Any]:
    """The year as publishing protects it."""
    sagt = las_sagt(litet.publicerat / "2020")
    return som_json(skydda(las(litet.indikatorer, litet.underlag), tidigare=sagt.tidigare, fjol=sagt.fjol))


def dolda(dokument: dict[str, Any]) -> set[tuple[str, str, str]]:
    celler = dokument["tabeller"]
    return {(c["enhet"] or "", c["utfall"], c["kon"] or "") for c in celler if c["antal"] is None}


def test_what_an_earlier_version_told_is_not_counted_on_to_hide_anybody(rattat: Litet) -> None:
    ensamt, med = utvarderat(rattat), utvarderat(rattat, "--publicerat", rattat.publicerat)
    assert ("B", "studier", "man") in dolda(ensamt)
    assert ("B", "studier", "man") not in dolda(med)
    assert dolda(med) - dolda(ensamt), "others are hidden in its place"
    assert med == skyddat(rattat)


def test_what_last_years_bokslut_hides_is_hidden(andra_aret: Litet) -> None:
    assert dolda(utvarderat(andra_aret)) == set()
    med = utvarderat(andra_aret, "--publicerat", andra_aret.publicerat)
    assert {("A", "deltagare", "kvinna"), ("A", "nya", "kvinna")} & dolda(med)
    assert med == skyddat(andra_aret)


@pytest.mark.parametrize("fore", ["rattat", "andra_aret"])
def test_the_site_that_is_built_hides_the_same(fore: str, request: pytest.FixtureRequest) -> None:
    litet: Litet = request.getfixturevalue(fore)
    assert kor(litet, "bygg", "--publicerat", litet.publicerat).exit_code == 0
    byggt = json.loads((litet.rot / "ut" / "resultat.json").read_bytes())
    assert dolda(byggt) == dolda(skyddat(litet))


def test_the_certificate_is_of_what_is_hidden_then(andra_aret: Litet) -> None:
    assert "Inget tal i det här bokslutet behöver skyddas." in kor(andra_aret, "rojandevakt").stdout
    med = kor(andra_aret, "rojandevakt", "--publicerat", andra_aret.publicerat).stdout
    assert med.startswith("0 av ")
    assert "tabell 2, A" in med


@pytest.mark.parametrize("fore", ["rattat", "andra_aret"])
def test_advice_on_enheter_counts_what_would_be_hidden_then(fore: str, request: pytest.FixtureRequest) -> None:
    litet: Litet = request.getfixturevalue(fore)
    med = kor(litet, "rojandevakt", "--forslag", "--publicerat", litet.publicerat)
    celler = skyddat(litet)["tabeller"]
    visas, alla = sum(c["antal"] is not None for c in celler), len(celler)
    assert f"I dag: {visas} av {alla} tal i deltagartabellerna" in med.stdout
    assert "Skyddet räknar med det som redan är publicerat: " in med.stderr
    assert med.stdout != kor(litet, "rojandevakt", "--forslag").stdout


@pytest.mark.parametrize("kommando", [k for k in VISAR if k != "kontrollera"])
def test_it_is_said_which_versions_were_taken_into_account(andra_aret: Litet, kommando: str) -> None:
    utan, med = kor(andra_aret, kommando), kor(andra_aret, kommando, "--publicerat", andra_aret.publicerat)
    assert "publicerat" not in utan.stderr
    mapp = (andra_aret.publicerat / "2019" / "v1").as_posix()
    assert f"Skyddet räknar med det som redan är publicerat: {mapp}." in med.stderr.splitlines()


def test_the_folder_that_versions_are_published_in_is_found_without_being_named(
    andra_aret: Litet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(andra_aret.rot)
    assert utvarderat(andra_aret) == skyddat(andra_aret)
    assert kor(andra_aret, "utvardera").stderr.endswith("är publicerat: publicerat/2019/v1.\n")


def test_what_the_kansli_has_published_is_found_beside_the_underlag_of_its_instance(andra_aret: Litet) -> None:
    vantat = skyddat(andra_aret)
    instans = andra_aret.rot / "kansliets"
    (instans / "frysta").mkdir(parents=True)
    andra_aret.publicerat = andra_aret.publicerat.rename(instans / "publicerat")
    andra_aret.underlag = andra_aret.underlag.rename(instans / "frysta" / "2020")
    assert utvarderat(andra_aret) == vantat


def test_a_folder_that_is_not_there_is_no_folder_where_nothing_is_published(andra_aret: Litet) -> None:
    svar = kor(andra_aret, "bygg", "--publicerat", andra_aret.rot / "publicerad")
    assert svar.exit_code == 2
    assert not (andra_aret.rot / "ut").exists()


SKADOR: dict[str, Callable[[Path], object]] = {
    "resultaten är avklippta": lambda v1: (v1 / "resultat.json").write_text("{", "utf-8"),
    "resultaten är borta": lambda v1: (v1 / "resultat.json").unlink(),
    "resultaten är ändrade för hand": lambda v1: byt(v1 / "resultat.json"),
    "manifestet är borta": lambda v1: (v1 / "manifest.json").unlink(),
    "mappen är tom": lambda v1: (shutil.rmtree(v1), v1.mkdir()),
}


def byt(fil: Path) -> None:
    fil.chmod(0o644)
    fil.write_text(fil.read_text("utf-8").replace("90", "91"), "utf-8")


@pytest.mark.parametrize("skada", SKADOR)
def test_a_version_that_cannot_be_trusted_is_one_clear_error(rattat: Litet, skada: str) -> None:
    SKADOR[skada](rattat.publicerat / "2020" / "v1")
    for kommando in VISAR:
        svar = kor(rattat, kommando, "--publicerat", rattat.publicerat)
        forst, *resten = [rad for rad in svar.stderr.splitlines() if rad != "1 fel."]
        v1 = (rattat.publicerat / "2020" / "v1").as_posix()
        assert (svar.exit_code, resten) == (2, []), (kommando, svar.stderr)
        assert forst.startswith(f"{v1}:1:1: tidigare-version-andrad Versionen går inte att lita på: ")
        assert forst.endswith("hämta mappen från säkerhetskopian.")
        assert svar.stdout == "" or kommando == "bygg"
    assert not (rattat.rot / "ut").exists()


def sager_ifran_om_fjolaret(andra_aret: Litet) -> None:
    svar = kor(andra_aret, "utvardera", "--json", "--forhandsvisa", "--publicerat", andra_aret.publicerat)
    assert (svar.exit_code, svar.stdout) == (2, "")
    (rad,) = svar.stderr.splitlines()
    assert rad.startswith(f"{(andra_aret.publicerat / '2019/v1').as_posix()}:1:1: tidigare-version-andrad ")


@pytest.mark.parametrize("skada", [s for s in SKADOR if s != "resultaten är ändrade för hand"])
def test_last_years_version_that_cannot_be_read_is_one_too(andra_aret: Litet, skada: str) -> None:
    SKADOR[skada](andra_aret.publicerat / "2019" / "v1")
    sager_ifran_om_fjolaret(andra_aret)


def test_a_figure_of_last_year_that_was_changed_by_hand_is_one_too(andra_aret: Litet) -> None:
    fil = andra_aret.publicerat / "2019" / "v1" / "resultat.json"
    andra_aret.byt(fil, '"antal": 20', '"antal": 21')
    sager_ifran_om_fjolaret(andra_aret)


def test_without_protection_nothing_published_is_asked(rattat: Litet) -> None:
    SKADOR["mappen är tom"](rattat.publicerat / "2020" / "v1")
    svar = kor(rattat, "utvardera", "--json", "--minsta-grupp", "0", "--publicerat", rattat.publicerat)
    assert (svar.exit_code, svar.stderr) == (0, "")
