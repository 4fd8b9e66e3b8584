"""A year as it stands: read once, read anew when a file of it changes, and protected as it would be published."""

from __future__ import annotations

import shutil
from pathlib import Path

from indikatorer.resultat import Orsak, Utvardering, som_json
from kansli.arbetsmapp import Arbetsmapp
from kansli.aret import las_aret
from kansli.publicering.utkastet import las_utkastet
from tests.kansliprov import lagg_in_exemplet
from tests.unit.bokslut.litet_underlag import lagg_ut


def test_a_year_without_goals_is_none(tmp_path: Path) -> None:
    mapp = Arbetsmapp(tmp_path)
    assert las_aret(mapp, 2020) is None
    assert mapp.ar() == []


def test_a_year_is_read_anew_only_when_a_file_changes(tmp_path: Path) -> None:
    mapp = Arbetsmapp(tmp_path)
    lagg_in_exemplet(mapp)
    forst = las_aret(mapp, 2020)
    assert forst is not None
    assert mapp.ar() == [2020]
    assert las_aret(mapp, 2020) is forst
    fil = mapp.mal(2020)
    fil.write_text(fil.read_text("utf-8").replace('gron = "minst 35 %"', 'gron = "minst 36 %"', 1), "utf-8")
    sedan = las_aret(mapp, 2020)
    assert sedan is not None
    assert sedan is not forst
    krav = {r.id: r.krav for r in sedan.utvardering.resultat()}
    assert krav["till-arbete"] != {r.id: r.krav for r in forst.utvardering.resultat()}["till-arbete"]
    assert "36" in str(krav["till-arbete"])


def test_the_results_are_protected(tmp_path: Path) -> None:
    mapp = Arbetsmapp(tmp_path)
    lagg_in_exemplet(mapp)
    ar = las_aret(mapp, 2020)
    assert ar is not None
    assert any(r.orsak is not None and r.orsak.value == "skyddad" for r in ar.utvardering.resultat())


def test_a_survey_that_nobody_has_answered_yet_is_not_an_unknown_one(tmp_path: Path) -> None:
    mapp = Arbetsmapp(tmp_path)
    lagg_in_exemplet(mapp)
    shutil.rmtree(mapp.underlag(2020))
    ar = las_aret(mapp, 2020)
    assert ar is not None
    assert ar.forberett.fel() == []
    orsaker = {r.id: r.orsak for r in ar.utvardering.resultat()}
    assert orsaker["stod-for-arbete"] is Orsak.INTE_MATT
    assert orsaker["positiv-losning"] is Orsak.INTE_MATT
    assert orsaker["konsfordelning-styrelse"] is Orsak.INTE_MATT


def test_what_has_come_is_read_and_not_what_was_awaited(tmp_path: Path) -> None:
    mapp = Arbetsmapp(tmp_path)
    lagg_in_exemplet(mapp)
    ar = las_aret(mapp, 2020)
    assert ar is not None
    assert not ar.forberett.fel()
    assert {r.id: r.namnare for r in ar.utvardering.resultat()}["stod-for-arbete"] == 82


def test_an_underlag_that_cannot_be_read_is_told_as_it_is(tmp_path: Path) -> None:
    mapp = Arbetsmapp(tmp_path)
    lagg_in_exemplet(mapp)
    (mapp.underlag(2020) / "underlag.toml").write_text("[kalla.x\n", "utf-8")
    ar = las_aret(mapp, 2020)
    assert ar is not None
    assert any(d.fil.endswith("underlag.toml") for d in ar.forberett.fel())


def visat(u: Utvardering, enhet: str, kon: str) -> dict[str, int | None]:
    return {c.utfall: c.antal for c in u.tabeller if (c.enhet, c.kon) == (enhet, kon)}


def test_what_last_years_bokslut_hides_is_hidden_here_as_soon_as_it_is_published(tmp_path: Path) -> None:
    """It hides how many left; those who stayed would tell."""
    mapp = Arbetsmapp(tmp_path)
    lagg_in_exemplet(mapp)
    forst, fore = las_aret(mapp, 2020), las_utkastet(mapp, 2020)
    assert forst is not None
    assert fore is not None
    antal = visat(forst.utvardering, "Vuxentorget", "kvinna")
    deltagare, nya = antal["deltagare"], antal["nya"]
    assert deltagare is not None
    assert nya is not None
    celler = {"deltagare": deltagare - nya + 3, "avslutade": None}
    tabell = [
        {
            "tabell": "2",
            "enhet": "Vuxentorget",
            "utfall": rad,
            "kon": "kvinna",
            "antal": n,
            "procent": None,
            "visat": "",
        }
        for rad, n in celler.items()
    ]
    lagg_ut(mapp.publicerat / "2019" / "v1", som_json(forst.utvardering) | {"tabeller": tabell})
    sedan, efter = las_aret(mapp, 2020), las_utkastet(mapp, 2020)
    assert sedan is not None
    assert efter is not None
    nu = visat(sedan.utvardering, "Vuxentorget", "kvinna")
    assert None in (nu["deltagare"], nu["nya"])
    assert (list(fore.utkast.akt.fjol), list(efter.utkast.akt.fjol)) == ([], ["2019/v1"])
