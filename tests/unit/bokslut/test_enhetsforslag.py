"""Enheter that are put together: what the kansli is advised, and that every page and file of the bokslut follows."""

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from bokslut.enhetsforslag import build_rad, gemensamt_namn, som_toml
from bokslut.sidor import bygg
from bokslut.text.berattelsegranskning import platsnamn
from bokslut.underlag import las
from indikatorer.resultat import som_json
from indikatorer.skydd.rojandevakt import skydda
from kansli.cli import main

UNDERLAG = """
[skala.utfall]
svar = ["arbete", "studier"]
text = ["Till arbete", "Till studier"]
ordnad = false

[kalla.deltagare]
typ = "register"
skydd = "personer"
kallas = "deltagarna"
fil = "deltagare.csv"
period = "2020"

[kalla.deltagare.fraga.utfall]
text = "Vad gick deltagaren vidare till?"
skala = "utfall"
"""
CONFIG = """
[bokslut]
forbund = "Provförbundet"
ar = 2020

[malomrade.nytta]
nummer = 1
titel = "Nytta"

[mal.vidare]
malomrade = "nytta"
text = "Deltagarna går vidare."

[indikator.arbete]
titel = "Till arbete"
mal = "vidare"
regel = "andel"
kalla = "deltagare"
fraga = "utfall"
svar = ["arbete"]
gron = "minst 50 %"
dela_upp = ["enhet"]

"""
DELTAGARE = """enhet,kon,ny,avslutad,utfall,antal
Teamet Norr,kvinna,nej,ja,arbete,3
Teamet Norr,man,nej,ja,studier,4
Teamet Söder,kvinna,nej,ja,arbete,4
Teamet Söder,man,nej,ja,studier,3
Torget,kvinna,nej,ja,arbete,30
Torget,kvinna,nej,ja,studier,20
Torget,man,nej,ja,arbete,30
Torget,man,nej,ja,studier,20
"""
VAGEN = "Vägen,kvinna,nej,ja,arbete,2\nVägen,man,nej,ja,studier,40\n"
GRUPP = '[sla_ihop.teamet-norr-och-soder]\nnamn = "Teamet Norr och Söder"\nenheter = ["Teamet Norr", "Teamet Söder"]\n'


@pytest.fixture
def filer(tmp_path: Path) -> Path:
    for namn, text in (("indicators.toml", CONFIG), ("underlag.toml", UNDERLAG), ("deltagare.csv", DELTAGARE)):
        (tmp_path / namn).write_text(text, "utf-8")
    return tmp_path


def lagg_till(filer: Path, toml: str) -> None:
    with (filer / "indicators.toml").open("a", encoding="utf-8") as fil:
        fil.write(toml)


def test_advice_says_what_is_won_and_lost_and_what_to_write(filer: Path) -> None:
    rad = build_rad(las(filer / "indicators.toml", filer))
    assert rad is not None
    assert rad.i_dag.endswith(" visas.")
    forst = rad.forslag[0]
    assert (forst.namn, forst.enheter) == ("Teamet Norr och Söder", ("Teamet Norr", "Teamet Söder"))
    assert forst.toml == GRUPP
    assert forst.vinst.endswith("tal som i dag är dolda skulle visas.")
    assert "om de två enheterna var för sig försvinner." in forst.forlust


def test_what_is_advised_is_what_comes_when_the_lines_are_written(filer: Path) -> None:
    rad = build_rad(las(filer / "indicators.toml", filer))
    assert rad is not None
    lagg_till(filer, rad.forslag[0].toml)
    sedan = build_rad(las(filer / "indicators.toml", filer))
    assert sedan is not None
    assert sedan.i_dag == rad.forslag[0].visas


def test_what_is_published_of_each_is_not_won_back_by_putting_them_together(filer: Path) -> None:
    """What the version told of each is known, so more of the two together must be hidden for the sake of the rest."""
    (filer / "deltagare.csv").write_text(DELTAGARE + VAGEN, "utf-8")
    forberett = las(filer / "indicators.toml", filer)
    v1 = [som_json(skydda(forberett))]
    utan, med = (build_rad(forberett, tidigare=sagt) for sagt in ((), v1))
    assert utan is not None
    assert med is not None
    (ensamt,), (egna,) = ([f for f in rad.forslag if f.toml == GRUPP] for rad in (utan, med))
    assert egna.visas != ensamt.visas
    lagg_till(filer, GRUPP)
    sedan = build_rad(las(filer / "indicators.toml", filer), tidigare=v1)
    assert sedan is not None
    assert sedan.i_dag == egna.visas


def test_the_most_that_is_kept_comes_first(filer: Path) -> None:
    (filer / "deltagare.csv").write_text(DELTAGARE + VAGEN, "utf-8")
    rad = build_rad(las(filer / "indicators.toml", filer))
    assert rad is not None
    assert len(rad.forslag) > 2
    bevarar = [f.bevarar_mer for f in rad.forslag]
    assert bevarar == sorted(bevarar, reverse=True)


def test_progress_names_what_is_tried_before_it_is(filer: Path) -> None:
    sagt: list[tuple[int, int, str]] = []
    build_rad(las(filer / "indicators.toml", filer), framsteg=lambda *steg: sagt.append(steg))
    assert [nr for nr, _, _ in sagt] == list(range(sagt[0][1]))
    assert sagt[0][2] == "Teamet Norr och Söder"


def test_where_nothing_is_hidden_there_is_nothing_to_win(filer: Path) -> None:
    (filer / "deltagare.csv").write_text(DELTAGARE.replace(",3\n", ",33\n").replace(",4\n", ",44\n"), "utf-8")
    rad = build_rad(las(filer / "indicators.toml", filer))
    assert rad is not None
    assert (rad.forslag, rad.slutsats) == (
        (),
        "Inget är dolt, så det finns inget att vinna på att slå ihop enheter.",
    )


def test_without_protection_there_is_no_advice(filer: Path) -> None:
    assert build_rad(las(filer / "indicators.toml", filer), minsta_grupp=0) is None


@pytest.mark.parametrize(
    ("enheter", "namn"),
    [
        (("Teamet Norr", "Teamet Söder"), "Teamet Norr och Söder"),
        (("Norr", "Söder", "Väst"), "Norr, Söder och Väst"),
        (("Team Norr A", "Team Norr B"), "Team Norr A och B"),
        (("Teamet", "Teamet Söder"), "Teamet och Teamet Söder"),
    ],
)
def test_a_name_says_what_they_share_once(enheter: tuple[str, ...], namn: str) -> None:
    assert gemensamt_namn(enheter) == namn


@pytest.mark.parametrize("namn", ['Kallat "Huset"', "Bak\\streck", "Å, ä och ö", "Med\x7ftecken"])
def test_the_lines_can_be_read_whatever_the_names_are(namn: str) -> None:
    (grupp,) = tomllib.loads(som_toml(namn, (namn, "B")))["sla_ihop"].values()
    assert grupp == {"namn": namn, "enheter": [namn, "B"]}


def test_the_command_prints_the_lines_and_tells_how_far_it_has_come(filer: Path) -> None:
    val = ["--indikatorer", str(filer / "indicators.toml"), "--underlag", str(filer)]
    svar = CliRunner().invoke(main, ["rojandevakt", *val, "--forslag"])
    assert svar.exit_code == 0
    assert all(f"       {rad}\n" in svar.stdout for rad in GRUPP.splitlines())
    assert "Prövar 1 av 3: Teamet Norr och Söder" in svar.stderr
    avstangt = CliRunner().invoke(main, ["rojandevakt", *val, "--forslag", "--minsta-grupp", "0"])
    assert avstangt.stdout.startswith("Skyddet är avstängt")


def test_every_page_and_file_names_the_group_and_none_of_those_in_it(filer: Path, tmp_path: Path) -> None:
    lagg_till(filer, GRUPP)
    u = skydda(las(filer / "indicators.toml", filer))
    bygg(u, tmp_path / "ut")
    ut = tmp_path / "ut"
    assert (ut / "enhet-teamet-norr-och-soder.html").is_file()
    sagt = "Teamet Norr och Söder är Teamet Norr och Teamet Söder tillsammans."
    for sida in ("deltagare.html", "metod.html", "enhet-teamet-norr-och-soder.html"):
        text = (ut / sida).read_text("utf-8")
        assert sagt in text
        assert "Teamet Söder<" not in text.replace(sagt, "")
    assert "Teamet Söder," not in (ut / "data/deltagare.csv").read_text("utf-8")
    resultat = json.loads((ut / "resultat.json").read_text("utf-8"))
    schema = json.loads((ut / "data/resultat.schema.json").read_text("utf-8"))
    assert [f.message for f in Draft202012Validator(schema).iter_errors(resultat)] == []
    assert [f.message for f in Draft202012Validator(schema).iter_errors(resultat | {"sammanslagna": ["A"]})]
    assert {c["enhet"] for c in resultat["tabeller"]} == {None, "Teamet Norr och Söder", "Torget"}
    assert [d["del"] for d in resultat["indikatorer"][0]["uppdelning"]] == ["Teamet Norr och Söder", "Torget"]


def test_a_reviewer_is_still_warned_of_the_place_that_an_enhet_is_named_for(filer: Path) -> None:
    lagg_till(filer, GRUPP)
    assert "Teamet Söder" in platsnamn(skydda(las(filer / "indicators.toml", filer)))
