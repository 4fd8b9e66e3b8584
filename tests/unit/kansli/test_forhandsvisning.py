"""A preview tells what a change gives, and nothing of anybody that was not told already."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indikatorer.evaluate import evaluate
from indikatorer.redigera import andra_tabell, lagg_till_tabell
from indikatorer.resultat import Orsak, Resultat, Signal
from kansli.arbetsmapp import Arbetsmapp
from kansli.aret import Aret, las_aret
from kansli.forhandsvisning import Forhandsvisning, forhandsvisa
from tests.kansliprov import lagg_in_exemplet

DOLD = "mer-redo"


@pytest.fixture(scope="module")
def aret(tmp_path_factory: pytest.TempPathFactory) -> Aret:
    mapp = Arbetsmapp(tmp_path_factory.mktemp("instans"))
    lagg_in_exemplet(mapp)
    aret = las_aret(mapp, 2020)
    assert aret is not None
    return aret


def text(aret: Aret) -> str:
    return aret.forberett.definitioner.dok.text


def andra(aret: Aret, id_: str, **varden: object) -> Forhandsvisning:
    return forhandsvisa(aret, andra_tabell(text(aret), ("indikator", id_), varden))  # type: ignore[arg-type]


def ny(aret: Aret, **varden: object) -> Forhandsvisning:
    alla = {"titel": "Ny", "mal": "inflytande", "regel": "andel", "gron": "minst 50 %"} | varden
    return forhandsvisa(aret, lagg_till_tabell(text(aret), ("indikator", "ny"), alla))  # type: ignore[arg-type]


def ett(f: Forhandsvisning, id_: str = "ny", ar: int = 2020, grupp: str | None = None) -> Resultat:
    return f.efter[ar, id_, grupp]


def dolda(aret: Aret) -> Iterator[Resultat]:
    yield from (r for r in aret.utvardering.resultat() if r.orsak is Orsak.SKYDDAD)


def inget(r: Resultat) -> bool:
    """Whether nothing that was counted shows."""
    siffror = (r.taljare, r.namnare, r.varde, r.intervall, r.osaker, r.bortfall, r.delar)
    return all(s is None for s in siffror) and all(u.taljare is None and u.signal is None for u in r.uppdelning)


def test_the_saved_config_gives_what_the_year_shows(aret: Aret) -> None:
    f = forhandsvisa(aret, text(aret))
    assert f.andrade() == ()
    assert not f.hallna
    assert {n[1:]: (r.visat, r.signal, r.orsak, r.uppdelning) for n, r in f.efter.items() if n[0] == 2020} == {
        (r.id, r.grupp): (r.visat, r.signal, r.orsak, r.uppdelning) for r in aret.utvardering.resultat()
    }


def test_a_remark_changes_nothing(aret: Aret) -> None:
    f = forhandsvisa(aret, text(aret) + "# en kommentar\n")
    sparad = forhandsvisa(aret, text(aret))
    assert f.andrade() == ()
    assert f.efter == sparad.efter


def test_a_moved_limit_tells_which_signals_turn_this_year_and_before(aret: Aret) -> None:
    f = andra(aret, "stod-for-arbete", gron="minst 70 %")
    assert [(a.ar, a.id, a.fore, a.efter) for a in f.andrade()] == [
        (2020, "stod-for-arbete", Signal.ROD, Signal.GRON),
        (2019, "stod-for-arbete", Signal.ROD, Signal.GRON),
    ]
    assert f.antal_signaler(2020) == 62
    fore = ett(f, "stod-for-arbete").foregaende
    assert fore is not None
    assert (fore.visat, fore.signal) == ("74\xa0%", Signal.GRON)


def test_the_index_before_and_after_is_told(aret: Aret) -> None:
    f = andra(aret, "konsfordelning-till-studier", gron="mellan 49,9 och 50,1 %")
    assert [a.id for a in f.andrade(2020)] == ["konsfordelning-till-studier"]
    [(fore, efter)] = f.index()
    assert fore is not None
    assert efter is not None
    assert (fore.taljare, fore.namnare, efter.taljare, efter.namnare) == (10, 11, 9, 11)


def test_a_faulty_definition_is_told_and_turns_no_signal(aret: Aret) -> None:
    f = andra(aret, "stod-for-arbete", gron="80%")
    assert [d.kod for d in f.diagnoser] == ["grans-olaslig"]
    assert ett(f, "stod-for-arbete").orsak is Orsak.FEL_I_DEFINITIONEN
    assert "stod-for-arbete" not in {a.id for a in f.andrade()}


def test_a_text_without_a_year_is_told_and_gives_nothing(aret: Aret) -> None:
    f = forhandsvisa(aret, "[bokslut\n")
    assert f.diagnoser
    assert not f.efter
    assert f.forberett is None


@pytest.mark.parametrize("procent", [1, 25, 50, 75, 99])
def test_a_hidden_figure_cannot_be_found_by_moving_its_limit(aret: Aret, procent: int) -> None:
    """Else its value is found by halving: the signal of a hidden figure would answer seven questions."""
    provade = [r for r in dolda(aret) if r.gron is not None and r.regel != "nolltolerans"]
    assert len(provade) >= 4
    for r in provade:
        fras = f"högst {procent} procentenheter" if r.regel == "skillnad" else f"minst {procent} %"
        f = andra(aret, r.id, gron=fras)
        visat = ett(f, r.id, 2020, r.grupp)
        assert inget(visat)
        assert visat.signal is None
        assert (2020, r.id, r.grupp) in f.hallna
        assert r.id not in {a.id for a in f.andrade(2020)}


def test_an_index_does_not_tell_a_signal_that_is_held_back(aret: Aret) -> None:
    i_index = {i for m in aret.forberett.definitioner.medlemmar(2020).values() for i in m}
    r = next(r for r in dolda(aret) if r.id in i_index and r.regel == "skillnad")
    f = andra(aret, r.id, gron="högst 1 procentenheter")
    [(_, efter)] = f.index()
    assert efter is not None
    assert efter.varde is None
    assert efter.taljare is None


def test_a_copy_of_a_hidden_indicator_hides_the_same(aret: Aret) -> None:
    for r in dolda(aret):
        ra = tomllib.loads(text(aret))["indikator"][r.id]
        kopia = {k: v for k, v in ra.items() if k not in ("nummer", "titel")} | {"titel": "Kopia"}
        f = forhandsvisa(aret, lagg_till_tabell(text(aret), ("indikator", "kopia"), kopia))
        assert inget(ett(f, "kopia", 2020, r.grupp)), r.id


VAGAR_RUNT = {
    "one gender": {
        "kalla": "personalenkat",
        "fraga": "trivs",
        "svar_minst": "till_stor_del",
        "urval": {"kon": ["man"]},
    },
    "a sensitive question": {"kalla": "deltagarenkat", "fraga": "diskriminerad_kon", "svar": ["ja"]},
    "a register": {"kalla": "deltagare", "fraga": "utfall", "svar": ["avbrott_halsa"]},
    "an answer that is not counted": {
        "kalla": "personalenkat",
        "fraga": "trivs",
        "svar": ["inte_alls"],
        "raknas_inte": ["helt_och_hallet"],
    },
    "everyone, answered or not": {
        "kalla": "personalenkat",
        "fraga": "trivs",
        "svar_minst": "delvis",
        "namnare": "alla",
    },
    "a part of another": {"under": "trivs", "fraga": "lyckas", "svar_minst": "helt_och_hallet"},
    "how many": {"regel": "antal", "kalla": "deltagarenkat", "gron": "minst 3", "urval": {"kon": ["annat"]}},
    "sums of a register": {
        "regel": "kvot",
        "kalla": "deltagare",
        "taljare": "antal",
        "namnare": "antal",
        "per": ["enhet"],
    },
    "men and women": {"regel": "konszon", "kalla": "personalenkat", "gron": "mellan 40 och 60 %"},
}


@pytest.mark.parametrize("varden", VAGAR_RUNT.values(), ids=VAGAR_RUNT)
def test_a_new_way_to_count_people_is_held_back(aret: Aret, varden: dict[str, object]) -> None:
    """Each asks about a part of those who answered: one after another they would single somebody out."""
    f = ny(aret, **varden)
    provade = [(n, r) for n, r in f.efter.items() if n[1] == "ny"]
    assert provade
    for nyckel, r in provade:
        assert r.orsak is not Orsak.FEL_I_DEFINITIONEN, f.diagnoser
        assert inget(r)
        assert r.signal is None
        assert nyckel in f.hallna


def test_conditions_on_several_answers_of_one_person_are_held_back(aret: Aret) -> None:
    villkor = (
        'taljare = { alla = [{ fraga = "trivs", svar = ["inte_alls"] }, { fraga = "lyckas", svar = ["inte_alls"] }] }'
    )
    nytt = f'\n[indikator.ny]\ntitel = "Ny"\nmal = "inflytande"\nregel = "andel"\nkalla = "personalenkat"\n{villkor}\n'
    f = forhandsvisa(aret, text(aret) + nytt)
    assert inget(ett(f))
    assert (2020, "ny", None) in f.hallna


def test_a_share_of_all_who_answered_a_plain_question_is_shown_without_its_parts(aret: Aret) -> None:
    """All that such trials can ever tell is how many gave each answer, and CONTRACT section 4 shows that."""
    f = ny(aret, kalla="personalenkat", fraga="trivs", svar_minst="helt_och_hallet", dela_upp=["enhet"])
    r = ett(f)
    assert r.varde is not None
    assert r.signal is not None
    assert (2020, "ny", None) not in f.hallna
    assert r.uppdelning
    assert all(u.taljare is None and u.visat == ".." for u in r.uppdelning)


def test_a_sensitive_question_is_held_back_though_nothing_is_hidden_of_it(tmp_path: Path) -> None:
    mapp = Arbetsmapp(tmp_path)
    lagg_in_exemplet(mapp)
    fil = mapp.underlag(2020) / "underlag.toml"
    fil.write_text(
        fil.read_text("utf-8").replace(
            "[kalla.personalenkat.fraga.trivs]\n", "[kalla.personalenkat.fraga.trivs]\nkanslig = true\n"
        ),
        "utf-8",
    )
    kanslig = las_aret(mapp, 2020)
    assert kanslig is not None
    f = ny(kanslig, kalla="personalenkat", fraga="trivs", svar_minst="helt_och_hallet")
    assert inget(ett(f))
    assert (2020, "ny", None) in f.hallna


def med_mal(tmp_path: Path, mal: str) -> Aret:
    """The example with other goals."""
    mapp = Arbetsmapp(tmp_path)
    lagg_in_exemplet(mapp)
    mapp.mal(2020).write_text(mal, "utf-8")
    aret = las_aret(mapp, 2020)
    assert aret is not None
    return aret


TOMMA = '[bokslut]\nforbund = "X"\nar = 2020\nminsta_grupp = {}\n[standard]\nraknas_inte = ["vill_inte_svara"]\n' + (
    '[malomrade.a]\nnummer = 1\ntitel = "A"\n[mal.inflytande]\nmalomrade = "a"\ntext = "B"\n'
)


def test_a_register_is_held_back_though_no_goal_reads_it(tmp_path: Path) -> None:
    f = ny(med_mal(tmp_path, TOMMA.format(5)), kalla="deltagare", fraga="utfall", svar=["arbete"])
    assert inget(ett(f))
    assert (2020, "ny", None) in f.hallna


def test_too_few_answers_stay_too_few_when_the_trial_says_that_fewer_will_do(tmp_path: Path) -> None:
    aret = med_mal(tmp_path, TOMMA.format(200))
    vars(aret)["utvardering"] = evaluate(
        aret.forberett, forhandsvisa=True
    )  # there is no result to protect, and its tables take minutes
    varden = {"titel": "Ny", "mal": "inflytande", "regel": "andel", "kalla": "personalenkat", "fraga": "trivs"}
    nytt = lagg_till_tabell(TOMMA.format(0), ("indikator", "ny"), varden | {"svar": ["helt_och_hallet"]})  # type: ignore[arg-type]
    r = ett(forhandsvisa(aret, nytt))
    assert inget(r)
    assert r.orsak is Orsak.FOR_FA_SVAR


def test_a_new_share_is_held_back_when_the_trial_also_changes_whose_answers_count(aret: Aret) -> None:
    """With and without the one whose gender is not known: the difference is that person's answer."""
    ratt = ny(aret, kalla="deltagarenkat", fraga="stod_for_arbete", svar=["helt_och_hallet"])
    assert ett(ratt).varde is not None
    nytt = {"titel": "Ny", "mal": "inflytande", "regel": "andel", "gron": "minst 50 %", "kalla": "deltagarenkat"}
    nytt |= {"fraga": "stod_for_arbete", "svar": ["helt_och_hallet"]}  # type: ignore[dict-item]
    med = lagg_till_tabell(text(aret), ("indikator", "ny"), nytt)  # type: ignore[arg-type]
    f = forhandsvisa(aret, andra_tabell(med, ("indikator", "stod-for-arbete"), {"vid_liten_rest": "bas_kand_kon"}))
    assert inget(ett(f))
    assert (2020, "ny", None) in f.hallna


def test_public_figures_are_shown_however_they_are_counted(aret: Aret) -> None:
    f = ny(aret, regel="konszon", kalla="representation", urval={"grupp": ["styrelse"]}, gron="mellan 40 och 60 %")
    assert ett(f).varde is not None


def test_a_question_of_which_a_part_is_shown_is_not_shown_whole(aret: Aret) -> None:
    """A share of 30 of 34 that is shown, and one of all 34, tell of the four."""
    delen = {"kalla": "personalenkat", "fraga": "trivs", "svar_minst": "till_stor_del", "urval": {"kon": ["kvinna"]}}
    sparad = lagg_till_tabell(
        text(aret), ("indikator", "del"), {"titel": "Del", "mal": "inflytande", "regel": "andel"} | delen
    )
    f = forhandsvisa(aret, sparad)
    assert f.forberett is not None
    med_del = replace(aret, forberett=replace(f.forberett, bevis=aret.forberett.bevis))
    helheten = ny(med_del, kalla="personalenkat", fraga="trivs", svar_minst="helt_och_hallet")
    assert inget(ett(helheten))
    assert (2020, "ny", None) in helheten.hallna


@pytest.mark.parametrize("minsta", [0, 1, 2])
def test_a_trial_cannot_make_the_smallest_group_smaller(aret: Aret, minsta: int) -> None:
    f = forhandsvisa(aret, text(aret).replace("minsta_grupp = 5", f"minsta_grupp = {minsta}"))
    for r in dolda(aret):
        assert inget(ett(f, r.id, 2020, r.grupp))


@pytest.mark.parametrize(
    ("bort", "dit"),
    [
        ('vid_liten_rest = "dolj_uppdelning"', 'vid_liten_rest = "bas_kand_kon"'),
        ('raknas_inte = ["vill_inte_svara"]', "raknas_inte = []"),
    ],
)
def test_a_change_of_who_counts_for_all_shows_no_figure_of_persons_that_was_not_shown(
    aret: Aret, bort: str, dit: str
) -> None:
    """The difference between the two ways to count is a few people, and what they answered."""
    f = forhandsvisa(aret, text(aret).replace(bort, dit))
    sparade = {(2020, r.id, r.grupp): r for r in aret.utvardering.resultat()}
    for nyckel, r in f.efter.items():
        if nyckel[0] == 2020 and r.regel in ("andel", "skillnad", "nolltolerans", "information") and not inget(r):
            assert (r.taljare, r.namnare, r.delar) == (
                sparade[nyckel].taljare,
                sparade[nyckel].namnare,
                sparade[nyckel].delar,
            )


def test_earlier_years_are_protected_in_the_same_way(aret: Aret) -> None:
    aldre = aret.utvardering.aldre[0]
    for r in aldre.resultat():
        if r.orsak is not Orsak.SKYDDAD or r.regel == "nolltolerans" or r.gron is None:
            continue
        fras = "högst 3 procentenheter" if r.regel == "skillnad" else "minst 33 %"
        f = andra(aret, r.id, gron=fras)
        assert inget(ett(f, r.id, aldre.ar, r.grupp))
        assert (aldre.ar, r.id, r.grupp) in f.hallna
        nu = f.efter.get((2020, r.id, r.grupp))
        assert nu is None or nu.foregaende is None or nu.foregaende.varde is None


def test_the_year_stays_whatever_the_text_says(aret: Aret) -> None:
    f = forhandsvisa(aret, text(aret).replace("ar = 2020", "ar = 2018", 1))
    assert f.ar == 2020
    assert (2020, "stod-for-arbete", None) in f.efter
