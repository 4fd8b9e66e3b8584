"""What must not move when the underlag is written in another way, and which way it may move when it changes."""

import io
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from indikatorer.underlag import Innehall
from tests.unit.indikatorer.provunderlag import SKALOR, Prov, kalla

SVAR = ("", "inte_alls", "delvis", "till_stor_del", "helt_och_hallet", "vill_inte_svara")
KON = ("", "kvinna", "man", "annat", "vill_inte_svara")
ENHETER = ("Väst", "Öst", "Torget 3")
RUBRIKER = ("enhet", "kon", "f", "g")

CONFIG = """\
[indikator.andel]
regel = "andel"
kalla = "enkat"
fraga = "f"
svar_minst = "till_stor_del"
gron = "minst 60 %"
gul = "minst 40 %"
dela_upp = ["kon", "enhet"]

[indikator.hogst]
regel = "andel"
kalla = "enkat"
fraga = "g"
svar = ["inte_alls", "delvis"]
gron = "högst 20 %"
dela_upp = ["enhet"]

[indikator.skillnad]
regel = "skillnad"
av = "andel"
gron = "högst 20 procentenheter"

[indikator.avrundad]
regel = "skillnad"
av = "hogst"
raknad_pa = "avrundade"
gron = "högst 20 procentenheter"

[indikator.zon]
regel = "konszon"
kalla = "enkat"
gron = "mellan 40 och 60 %"

[indikator.zon-under]
regel = "konszon"
under = "andel"
redovisa = "man"
gron = "mellan 40 och 60 %"

[indikator.under]
regel = "information"
under = "andel"
fraga = "g"
svar = ["helt_och_hallet"]

[indikator.alla-nej]
regel = "nolltolerans"
kalla = "enkat"
fraga = "g"
svar = ["inte_alls", "delvis", "till_stor_del"]
gron = "samtliga"

[indikator.antal]
regel = "antal"
kalla = "enkat"
urval = { enhet = ["Väst"] }
gron = "minst 3"

[indikator.index]
regel = "index"
av = ["andel", "hogst", "skillnad"]
gron = "minst 60 %"
"""
VILLKOR = """
[indikator.villkor]
regel = "andel"
kalla = "enkat"
taljare = { nagon = [{ fraga = "f", svar = ["delvis"] }, { fraga = "g", svar_minst = "till_stor_del" }] }
namnare = "alla"
gron = "minst 50 %"
"""
ENKAT = kalla("enkat", f="del_6", g="del_6")

Rad = tuple[str, ...]
RADER = st.lists(
    st.tuples(st.sampled_from(ENHETER), st.sampled_from(KON), st.sampled_from(SVAR), st.sampled_from(SVAR)), max_size=40
)


def text(rader: list[Rad], rubriker: Rad = RUBRIKER) -> str:
    return "\n".join(map(",".join, [rubriker, *rader])) + "\n"


def rakna(
    fil: Innehall | str, config: str = CONFIG + VILLKOR, minsta: int = 0, **falt: Any
) -> dict[str, dict[str, Any]]:
    """All results by id; the parts of a split in the order of their names, since no order is promised."""
    alla = {r["id"]: r for r in Prov(config, falt.pop("kallor", ENKAT), {"enkat.csv": fil}, **falt).alla(minsta)}
    for r in alla.values():
        r["uppdelning"].sort(key=lambda rad: (rad["dimension"], rad["del"]))
    return alla


# An enhet that nobody answers from cannot be picked by urval, so one row always has it.
def med_vast(rader: list[Rad]) -> list[Rad]:
    return [("Väst", "", "", ""), *rader]


@settings(max_examples=60, derandomize=True)
@given(RADER, st.sampled_from(ENHETER), st.sampled_from(KON))
def test_one_more_favourable_answer_never_worsens_a_share(rader: list[Rad], enhet: str, kon: str) -> None:
    fore = rakna(text(med_vast(rader)))
    efter = rakna(text([*med_vast(rader), (enhet, kon, "helt_och_hallet", "till_stor_del")]))
    ordning = ["rod", "gul", "gron"]
    if fore["andel"]["signal"] != "gra":
        assert ordning.index(efter["andel"]["signal"]) >= ordning.index(fore["andel"]["signal"])
        assert efter["andel"]["varde"] >= fore["andel"]["varde"]
    if fore["hogst"]["signal"] != "gra":
        assert efter["hogst"]["varde"] <= fore["hogst"]["varde"]
    assert efter["andel"]["namnare"] == (fore["andel"]["namnare"] or 0) + 1


def byt_kon(kon: str) -> str:
    return {"kvinna": "man", "man": "kvinna"}.get(kon, kon)


@settings(max_examples=80, derandomize=True)
@given(RADER, st.sampled_from([0, 3]))
def test_swapping_the_genders_turns_a_difference_and_leaves_its_signal(rader: list[Rad], minsta: int) -> None:
    fore = rakna(text(med_vast(rader)), minsta=minsta)
    efter = rakna(text([(e, byt_kon(k), *s) for e, k, *s in med_vast(rader)]), minsta=minsta)
    for id_ in ("skillnad", "avrundad"):
        a, b = fore[id_], efter[id_]
        assert (a["signal"], a["orsak"], a["osaker"], a["bortfall"]) == (
            b["signal"],
            b["orsak"],
            b["osaker"],
            b["bortfall"],
        )
        assert a["varde"] is b["varde"] is None or a["varde"] == -b["varde"]
        if a["delar"] is not None:
            assert (a["delar"]["kvinna"], a["delar"]["man"]) == (b["delar"]["man"], b["delar"]["kvinna"])
            assert abs(a["intervall"][0] + b["intervall"][1]) < 1e-9
    assert fore["zon"]["signal"] == efter["zon"]["signal"]
    assert fore["andel"]["varde"] == efter["andel"]["varde"]


NYA_NAMN = {"delvis": "zz", "till_stor_del": "a1", "inte_alls": "ja", "helt_och_hallet": "kvinna"}
NYA_TEXTER = {"Delvis": "Så där", "Till stor del": "Ja", "Inte alls": "Delvis", "Helt och hållet": "Nej”. Och"}


@settings(max_examples=40, derandomize=True)
@given(RADER)
def test_what_options_are_called_changes_no_figure(rader: list[Rad]) -> None:
    def byt(t: str, namn: dict[str, str]) -> str:
        for gammalt, nytt in namn.items():
            t = t.replace(f'"{gammalt}"', f'"{nytt}"')
        return t

    fore = rakna(text(med_vast(rader)))
    nya = [(e, k, *(NYA_NAMN.get(s, s) for s in svar)) for e, k, *svar in med_vast(rader)]
    efter = rakna(text(nya), byt(CONFIG + VILLKOR, NYA_NAMN), skalor=byt(SKALOR, NYA_NAMN | NYA_TEXTER))
    assert utan_ord(efter) == utan_ord(fore)


def utan_ord(alla: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {id_: {k: v for k, v in r.items() if k != "mening"} for id_, r in alla.items()}


@settings(max_examples=60, derandomize=True)
@given(RADER.flatmap(lambda r: st.tuples(st.just(r), st.permutations(r))), st.sampled_from([0, 3]))
def test_the_order_of_the_rows_means_nothing(par: tuple[list[Rad], list[Rad]], minsta: int) -> None:
    fore, efter = (rakna(text(med_vast(rader)), minsta=minsta) for rader in par)
    assert efter == fore


@settings(max_examples=60, derandomize=True)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(ENHETER),
            st.sampled_from(KON),
            st.sampled_from(SVAR),
            st.sampled_from(SVAR),
            st.integers(0, 4),
        ),
        max_size=25,
    ),
    st.sampled_from([0, 3]),
)
def test_a_row_that_stands_for_many_is_as_many_rows(rader: list[tuple[str, str, str, str, int]], minsta: int) -> None:
    samlade = [("Väst", "", "", "", "1"), *((*r[:4], str(r[4])) for r in rader)]
    delade = [("Väst", "", "", ""), *(r[:4] for r in rader for _ in range(r[4]))]
    fore = rakna(text(samlade, (*RUBRIKER, "antal")), CONFIG, minsta)
    efter = rakna(text(delade), CONFIG, minsta)
    kvar = {r[0] for r in delade}
    for r in fore.values():  # an enhet that only stands on rows of antal 0 is a part of no one
        r["uppdelning"] = [rad for rad in r["uppdelning"] if minsta or rad["dimension"] == "kon" or rad["del"] in kvar]
    if minsta and kvar != {"Väst", *(r[0] for r in rader)}:
        return
    assert efter == fore


@settings(max_examples=40, derandomize=True)
@given(RADER, st.booleans(), st.sampled_from([0, 3]))
def test_a_frame_and_a_text_are_two_doors_to_the_same_room(rader: list[Rad], kategorier: bool, minsta: int) -> None:
    skrivet = text(med_vast(rader))
    ram = pd.read_csv(
        io.StringIO(skrivet), dtype="category" if kategorier else "str", na_values=[""], keep_default_na=False
    )
    assert rakna(ram, minsta=minsta) == rakna(skrivet, minsta=minsta)


def test_a_frame_of_counts_may_hold_numbers() -> None:
    rader = [
        ("Väst", "kvinna", "delvis", "", 3),
        ("Öst", "man", "helt_och_hallet", "delvis", 0),
        ("Väst", "", "", "delvis", 2),
    ]
    ram = pd.DataFrame(rader, columns=[*RUBRIKER, "antal"])
    skrivet = text([(*r[:4], str(r[4])) for r in rader], (*RUBRIKER, "antal"))
    vantat = rakna(skrivet, CONFIG)
    assert rakna(ram, CONFIG) == vantat
    assert rakna(ram.astype({"antal": "float64"}), CONFIG) == vantat
    assert rakna(ram.astype({"antal": "Int64", "f": "string"}).replace({"g": {"": None}}), CONFIG) == vantat


def test_a_category_that_no_row_has_is_no_part_of_a_split() -> None:
    """As after a filter in pandas: the category lives on, its rows do not."""
    rader = [("Väst", "kvinna", "delvis", "delvis")] * 5 + [("Öst", "man", "delvis", "delvis")] * 5
    ram = pd.DataFrame([*rader, ("Stängd", "man", "", "")], columns=list(RUBRIKER)).astype("category").iloc[:10]
    assert rakna(ram, minsta=5) == rakna(text(rader), minsta=5)


@settings(max_examples=30, derandomize=True)
@given(RADER, st.sampled_from([0, 3]), st.permutations(range(11)))
def test_an_indicator_answers_alike_whichever_others_stand_beside_it(
    rader: list[Rad], minsta: int, ordning: list[int]
) -> None:
    block = [f"[indikator.{b}" for b in (CONFIG + VILLKOR).split("[indikator.")[1:]]
    alla = rakna(text(med_vast(rader)), minsta=minsta)
    omkastade = rakna(text(med_vast(rader)), "".join(f"{block[n]}\n" for n in ordning), minsta)
    assert utan_ord(omkastade) == utan_ord(alla)
    ensam = rakna(text(med_vast(rader)), block[0], minsta)
    assert ensam["andel"] == alla["andel"]
