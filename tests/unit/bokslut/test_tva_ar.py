"""A bokslut knows what last year's told of those who stayed, and says which of its versions it went by."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bokslut.publicering.manifest import ManifestFel
from bokslut.publicering.omrakning import Omrakning, rakna_om
from bokslut.publicering.tidigare import las_sagt, las_tidigare
from bokslut.publicering.versioner import las_version
from bokslut.underlag import las
from indikatorer.resultat import som_json
from tests.unit.bokslut.litet_underlag import Litet, lagg_ut
from tests.unit.indikatorer.test_kvarvarande import FJOL, I_AR, aret

REGISTER = """
[skala.utfall]
svar = ["arbete", "studier"]
text = ["Arbete", "Studier"]
ordnad = false

[kalla.register]
typ = "register"
skydd = "personer"
kallas = "deltagarna i insatserna"
fil = "register.csv"
period = "2020"

[kalla.register.fraga.utfall]
text = "Vart gick du?"
skala = "utfall"
"""


@pytest.fixture
def litet(tmp_path: Path, snabb_pdf: None) -> Litet:
    litet = Litet(tmp_path)
    with (litet.underlag / "underlag.toml").open("a", encoding="utf-8") as fil:
        fil.write(REGISTER)
    rader = "\n".join(["enhet,kon,ny,avslutad,utfall,antal", *I_AR])
    (litet.underlag / "register.csv").write_text(rader + "\n", "utf-8")
    lagg_ut(litet.publicerat / "2019" / "v1", som_json(aret(*FJOL)))
    return litet


def dolda(mapp: Path) -> set[tuple[str, str, str]]:
    celler = json.loads((mapp / "resultat.json").read_bytes())["tabeller"]
    return {(c["enhet"] or "", c["utfall"], c["kon"] or "") for c in celler if c["antal"] is None}


def om(litet: Litet, mapp: Path) -> Omrakning:
    return rakna_om(las_version(mapp), las(litet.indikatorer, litet.underlag), litet.salt())


def test_what_last_year_hid_is_hidden_by_this_year_too(litet: Litet) -> None:
    mapp = litet.publicerad()
    assert {("A", "deltagare", "kvinna"), ("A", "nya", "kvinna")} & dolda(mapp)
    assert list(json.loads((mapp / "manifest.json").read_bytes())["fjol"]) == ["2019/v1"]


def test_without_a_bokslut_of_last_year_nothing_is_hidden_for_its_sake(litet: Litet) -> None:
    shutil.rmtree(litet.publicerat / "2019" / "v1")
    mapp = litet.publicerad()
    assert dolda(mapp) == set()
    assert json.loads((mapp / "manifest.json").read_bytes())["fjol"] == {}


def test_a_version_is_computed_again_by_what_was_known_when_it_came(litet: Litet) -> None:
    mapp = litet.publicerad()
    lagg_ut(litet.publicerat / "2019" / "v2", som_json(aret(*I_AR)))
    assert om(litet, mapp) == Omrakning((), ())


def test_last_years_bokslut_in_another_form_is_told(litet: Litet) -> None:
    mapp = litet.publicerad()
    (litet.publicerat / "2019" / "v1" / "resultat.json").write_text(json.dumps(som_json(aret(*I_AR))), "utf-8")
    (anmarkning,) = om(litet, mapp).anmarkningar
    assert anmarkning.startswith("Fjolårets bokslut 2019/v1 ligger inte bredvid")


def test_an_approval_is_of_what_was_known_of_last_year(litet: Litet) -> None:
    fore = litet.utkast().akt
    lagg_ut(litet.publicerat / "2019" / "v1", som_json(aret(*I_AR)))
    efter = litet.utkast().akt
    assert {namn for namn, summa in efter.delar().items() if fore.delar()[namn] != summa} >= {
        "fjolårets bokslut 2019/v1"
    }
    assert fore.summa() != efter.summa()


@pytest.mark.parametrize(
    ("fil", "skada", "vad"),
    [
        ("resultat.json", lambda text: "{", "är inte de resultat som bokslut skriver"),
        ("resultat.json", lambda text: text.replace('"antal": 20', '"antal": 21'), "är inte som den publicerades"),
        ("manifest.json", lambda text: "{}", "har inte format 1"),
        ("manifest.json", lambda text: text.replace('"resultat.json"', '"annat.json"'), "är inte som den publicerades"),
    ],
)
def test_last_years_bokslut_that_is_not_as_it_was_sealed_stops_the_publication(
    litet: Litet, fil: str, skada: Callable[[str], str], vad: str
) -> None:
    v1 = litet.publicerat / "2019" / "v1"
    text = (v1 / fil).read_text("utf-8")
    assert skada(text) != text
    (v1 / fil).write_text(skada(text), "utf-8")
    (h,) = litet.utkast().hinder
    assert (h.kod, h.var) == ("tidigare-version-andrad", "2019/v1")
    assert vad in h.text
    assert not las_tidigare(litet.publicerat / "2020").alla
    with pytest.raises(ManifestFel, match=vad):
        las_sagt(litet.publicerat / "2020")


def test_whoever_changes_this_years_results_by_hand_is_told_once(litet: Litet) -> None:
    mapp = litet.publicerad()
    for namn, gammalt in (("resultat.json", "Förbundet"), ("index.html", "Förbundet")):
        (mapp / namn).chmod(0o644)
        litet.byt(mapp / namn, gammalt, "Förbunden")
    fore = las_tidigare(litet.publicerat / "2020")
    assert sorted(h.text.partition(": ")[0].rpartition("/")[2] for h in fore.hinder) == ["index.html", "resultat.json"]
    assert (fore.versioner, fore.alla) == ((), False)
