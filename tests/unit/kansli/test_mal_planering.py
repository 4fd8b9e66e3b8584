"""A year before anything is measured: what there is to choose, and that nothing is said of it yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indikatorer.resultat import Orsak
from kansli.arbetsmapp import Arbetsmapp
from kansli.aret import Aret, las_aret
from kansli.mal.planering import har_underlag, oppna_aret
from kansli.mal.utbud import Utbud, Val
from tests.kansliprov import ROT, lagg_in_exemplet

ENKAT = """
[enkat]
titel = "Ny enkät"
ingress = "Till dig som är ny."
kalla = "nyenkat"
kallas = "de nya"
utan_kon = "prov"

[fraga.vantan]
typ = "ja_nej"
text = "Fick du vänta?"

[skala.ja_nej]
svar = ["ja", "nej"]
text = ["Ja", "Nej"]
ordnad = false
"""


@pytest.fixture
def mapp(tmp_path: Path) -> Arbetsmapp:
    mapp = Arbetsmapp(tmp_path / "instans")
    lagg_in_exemplet(mapp)
    return mapp


def planera(mapp: Arbetsmapp, ar: int) -> None:
    """The goals of the example for another year."""
    mapp.mal(ar).parent.mkdir(parents=True, exist_ok=True)
    mapp.mal(ar).write_text(
        (ROT / "config/indicators.toml").read_text("utf-8").replace("ar = 2020", f"ar = {ar}", 1), "utf-8"
    )


def test_a_measured_year_is_the_same_one_that_every_other_page_has(mapp: Arbetsmapp) -> None:
    assert oppna_aret(mapp, 2020) is las_aret(mapp, 2020)
    assert har_underlag(mapp, 2020)


def test_a_year_without_goals_is_none(mapp: Arbetsmapp) -> None:
    assert oppna_aret(mapp, 2021) is None


def test_next_year_is_checked_against_this_years_sources_and_has_no_faults(mapp: Arbetsmapp) -> None:
    planera(mapp, 2021)
    aret = oppna_aret(mapp, 2021)
    assert aret is not None
    assert aret.forberett.alla_diagnoser() == []
    resultat = {r.id: r for r in aret.utvardering.resultat() if r.regel not in ("goda_exempel", "index")}
    assert {r.orsak for r in resultat.values()} == {Orsak.INTE_MATT}
    fore = resultat["stod-for-arbete"].foregaende
    assert fore is not None
    assert (fore.ar, fore.visat) == (2020, "78\xa0%")


def test_what_is_hidden_this_year_is_hidden_beside_next_year_too(mapp: Arbetsmapp) -> None:
    planera(mapp, 2021)
    aret, nu = oppna_aret(mapp, 2021), las_aret(mapp, 2020)
    assert aret is not None
    assert nu is not None
    dolda = {(r.id, r.grupp) for r in nu.utvardering.resultat() if r.orsak is Orsak.SKYDDAD}
    assert dolda
    for r in aret.utvardering.resultat():
        if (r.id, r.grupp) in dolda:
            assert r.foregaende is not None
            assert r.foregaende.varde is None


def test_the_first_year_has_the_usual_sources_and_the_questionnaires_that_come_with_the_program(tmp_path: Path) -> None:
    tomt = Arbetsmapp(tmp_path)
    planera(tomt, 2027)
    aret = oppna_aret(tomt, 2027)
    assert aret is not None
    assert aret.forberett.alla_diagnoser() == []
    assert {"deltagarenkat", "deltagare", "helarsekvivalenter", "goda_exempel"} <= set(aret.forberett.underlag.kallor)


def test_a_question_that_only_a_questionnaire_has_can_be_chosen_with_its_answers(mapp: Arbetsmapp) -> None:
    planera(mapp, 2021)
    (mapp.enkater / "ny.toml").write_text(ENKAT, "utf-8")
    aret = oppna_aret(mapp, 2021)
    assert aret is not None
    valda = {"kalla": ["nyenkat"], "fraga": ["vantan"]}
    utbud = Utbud(aret.forberett, "andel", "", valda)
    assert Val("vantan", "Fick du vänta?") in utbud.val("fragor")
    assert utbud.val("svar") == [Val("ja", "Ja"), Val("nej", "Nej")]
    assert utbud.val("svar_minst") == []  # no answer is higher than another
    kallor = {v.varde for v in utbud.val("kallor")}
    assert "nyenkat" in kallor
    assert "goda_exempel" not in kallor


def test_goals_that_cannot_be_read_open_as_a_year_without_goals(mapp: Arbetsmapp) -> None:
    mapp.mal(2020).write_text("[bokslut\n", "utf-8")
    aret = oppna_aret(mapp, 2020)
    assert aret is not None
    assert aret.utvardering.resultat() == ()


def test_a_saved_change_is_proven_from_what_was_proven_before_and_hides_the_same(mapp: Arbetsmapp) -> None:
    fore = las_aret(mapp, 2020)
    assert fore is not None
    dolda = {(r.id, r.grupp) for r in fore.utvardering.resultat() if r.orsak is Orsak.SKYDDAD}
    fil = mapp.mal(2020)
    fil.write_text(fil.read_text("utf-8").replace("Deltagarnytta", "Nytta"), "utf-8")
    (mapp.underlag(2020) / "rojandevakt.json").unlink()
    efter = las_aret(mapp, 2020)
    assert efter is not None
    assert efter is not fore
    assert {n for n in efter.forberett.bevis if n.startswith("2020/")}
    assert {(r.id, r.grupp) for r in efter.utvardering.resultat() if r.orsak is Orsak.SKYDDAD} == dolda


@pytest.mark.parametrize(("las_in", "ar"), [(oppna_aret, 2020), (oppna_aret, 2021), (las_aret, 2020)])
def test_a_questionnaire_that_comes_and_changes_is_seen_at_once(
    mapp: Arbetsmapp, las_in: Callable[[Arbetsmapp, int], Aret | None], ar: int
) -> None:
    def kallor() -> set[str]:
        aret = las_in(mapp, ar)
        assert aret is not None
        return {k for k in aret.forberett.underlag.kallor if k.startswith("ny")}

    planera(mapp, 2021)
    assert kallor() == set()
    (mapp.enkater / "ny.toml").write_text(ENKAT, "utf-8")
    assert kallor() == {"nyenkat"}
    (mapp.enkater / "ny.toml").write_text(ENKAT.replace("nyenkat", "nyareenkat"), "utf-8")
    assert kallor() == {"nyareenkat"}


@pytest.mark.parametrize("ar", [2021, 2024])
def test_a_year_that_is_planned_after_an_older_one_follows_what_is_mended_in_that(mapp: Arbetsmapp, ar: int) -> None:
    """Four years back is as far as an underlag is looked for."""
    planera(mapp, ar)
    fore = oppna_aret(mapp, ar)
    assert fore is not None
    assert fore.forberett.underlag.foregaende is not None
    fil = mapp.underlag(2020) / "deltagarenkat.csv"
    rader = fil.read_text("utf-8").splitlines()
    fil.write_text("\n".join([*rader, rader[1], ""]), "utf-8")
    efter = oppna_aret(mapp, ar)
    assert efter is not None
    assert efter.forberett.underlag.foregaende != fore.forberett.underlag.foregaende


def test_a_measured_year_follows_what_is_mended_in_last_years_underlag(mapp: Arbetsmapp) -> None:
    def fore() -> str:
        aret = las_aret(mapp, 2020)
        assert aret is not None
        [r] = [r for r in aret.utvardering.resultat() if r.id == "stod-for-arbete" and r.grupp is None]
        assert r.foregaende is not None
        return r.foregaende.visat

    fil, innan = mapp.underlag(2019) / "deltagarenkat.csv", fore()
    rubrik, *svar = fil.read_text("utf-8").splitlines()
    fil.write_text("\n".join([rubrik, *svar, *(rad for rad in svar if "inte_alls" in rad), ""]), "utf-8")
    assert fore() != innan
