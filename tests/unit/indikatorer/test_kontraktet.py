"""The examples of CONTRACT section 2 and DESIGN section 4, word for word, evaluated; and what CONTRACT section 3 says of each."""

from typing import Any

import pytest

from indikatorer.underlag import las_underlag
from tests.unit.indikatorer.provunderlag import SKALOR, Prov, csv_text, kalla

NB, MINUS = "\u00a0", "\u2212"
NYCKLAR = (
    *("id", "nummer", "grupp", "regel", "titel", "taljare", "namnare", "varde", "visat", "krav", "mening", "signal"),
    *("orsak", "intervall", "osaker", "svarsfrekvens", "bortfall", "foregaende", "delar", "uppdelning", "anmarkningar"),
)
INGET = dict.fromkeys(("taljare", "namnare", "varde", "intervall", "osaker", "svarsfrekvens", "bortfall", "delar"))


def falt(r: dict[str, Any], **vantat: Any) -> None:
    """Hold a result against what is expected; a figure that is not named is expected to be null."""
    vantat = {"orsak": None, "foregaende": None, "grupp": None} | INGET | vantat
    assert {k: r[k] for k in vantat} == vantat


DELTAGARENKAT = kalla(
    "deltagarenkat", stod_for_arbete="del_6", mer_redo="ja_nej", annan_losning="ja_nej", diskriminerad_kon="ja_nej!"
)
DELTAGARE = kalla("deltagare", "register", utfall="utfall")


# --- kvot, nulage, progression, antal, forandring, goda_exempel ----------------------------------------------------------


def test_forbrukning_has_one_result_per_insats_in_the_order_of_the_file() -> None:
    config = """\
[indikator.forbrukning]                 # one result per insats
titel = "Förbrukningskvot"
regel = "kvot"
kalla = "budget"
taljare = "utfall"
namnare = "budget"
per = ["insats"]
gron = "mellan 85 och 100 %"
"""
    rader = csv_text(
        "insats,period,utfall,budget",
        "B,2020,900000,1000000",
        "A,2020K1,84999,50000",
        "A,2020K2,,50000",
        "C,2020,101,100",
        "D,2020,,100",
    )
    b, a, c, d = Prov(config, kalla("budget", "register"), {"budget.csv": rader}).alla()
    falt(b, grupp="B", taljare=900_000, namnare=1_000_000, varde=90.0, visat=f"90{NB}%", signal="gron")
    falt(a, grupp="A", taljare=84_999, namnare=100_000, varde=84.999, visat=f"84,999{NB}%", signal="rod")
    falt(c, grupp="C", taljare=101, namnare=100, varde=101.0, visat=f"101{NB}%", signal="rod")
    falt(d, grupp="D", visat="-", signal="gra", orsak="inte_matt")
    assert list(b) == list(NYCKLAR)


def test_i_fas_is_the_latest_answer_of_each_insats() -> None:
    config = """\
[indikator.i-fas]
titel = "Insatsen ligger i fas"
regel = "nulage"
kalla = "kvartalsrapporter"
fraga = "i_fas"
per = ["insats"]
gron = "ja"
gul = "ja, i stort sett"
"""
    rapporter = csv_text(
        "insats,period,i_fas",
        "A,2020K2,i_stort_sett",
        "A,2020K1,nej",
        "B,2020K1,nej",
        "C,2020K1,ja",
        "C,2020K2,",
        "D,2020K1,",
    )
    kvartal = kalla("kvartalsrapporter", "register", skydd="offentlig", i_fas="lage")
    a, b, c, d = Prov(config, kvartal, {"kvartalsrapporter.csv": rapporter}).alla(5)
    falt(a, grupp="A", visat="Ja, i stort sett", signal="gul", krav="ja")
    falt(b, grupp="B", visat="Nej", signal="rod")
    falt(c, grupp="C", visat="Ja", signal="gron")
    falt(d, grupp="D", visat="-", signal="gra", orsak="inte_matt")


def test_halsa_framat_counts_those_whose_last_measurement_is_higher_than_the_first() -> None:
    config = """\
[indikator.halsa-framat]                # persons with at least two measurements; favourable = the last is higher than the first
titel = "Hälsa och hantering av hälsa har stärkts"
regel = "progression"
kalla = "skattningar"
fraga = "halsa"
gron = "minst 50 %"
"""
    matningar = csv_text(
        "person,matning,halsa",
        *("a,1,delvis", "a,2,till_stor_del"),  # up
        *("b,10,delvis", "b,9,helt_och_hallet"),  # down: 10 comes after 9, whatever the order of the rows
        *("c,1,delvis", "c,2,inte_alls", "c,3,delvis"),  # as before
        "d,1,helt_och_hallet",  # once only
        *("e,1,", "e,2,inte_alls", "e,3,vill_inte_svara", "e,4,delvis"),  # up, of the answered ones
        *("f,1,delvis", "f,2,"),  # answered once only
    )
    (r,) = Prov(config, kalla("skattningar", "register", halsa="del_6"), {"skattningar.csv": matningar}).alla()
    falt(r, taljare=2, namnare=4, varde=50.0, visat=f"50{NB}%", signal="gron", krav="minst 50 %")


@pytest.mark.parametrize(("antal", "signal"), [((20, 9), "rod"), ((20, 10), "gron")])
def test_deltagare_per_ar_is_the_sum_of_antal_over_urval(antal: tuple[int, int], signal: str) -> None:
    config = """\
[indikator.deltagare-per-ar]
titel = "Deltagare som fått stöd"
regel = "antal"
kalla = "deltagare"
urval = { enhet = ["Samordningsteamet"] }
gron = "minst 30 per år"
"""
    rader = csv_text(
        "enhet,kon,utfall,antal",
        f"Samordningsteamet,kvinna,arbete,{antal[0]}",
        f"Samordningsteamet,,,{antal[1]}",
        "Torget,man,,99",
    )
    (r,) = Prov(config, DELTAGARE, {"deltagare.csv": rader}).alla()
    falt(r, taljare=sum(antal), varde=float(sum(antal)), visat=str(sum(antal)), signal=signal, krav="minst 30 per år")


HELARSPERSONER = """\
[indikator.helarspersoner]
nummer = "1.2"
regel = "forandring"                   # per kommun; 0.0 is not a decrease
kalla = "helarsekvivalenter"
per = ["kommun"]
urval = { kommun = ["Umeå", "Vännäs", "Vindeln", "Robertsfors", "Nordmaling", "Bjurholm"] }
perioder = ["2019", "2020H1"]          # as in the print; different in kind, so a warning is printed
gron = "lägre än året före"
"""


def test_helarspersoner_has_one_result_per_kommun_in_the_order_of_urval() -> None:
    serie = csv_text(
        "kommun,kommunkod,period,andel,status",
        *("Vännäs,2460,2019,10.3,saker", "Vännäs,2460,2020H1,9.5,saker"),
        *("Umeå,2480,2019,9.0,saker", "Umeå,2480,2020H1,9.0,osaker"),
        *("Vindeln,2404,2019,11.0,harledd", "Vindeln,2404,2020H1,,saknas"),
        *("Robertsfors,2409,2019,10,saker", "Robertsfors,2409,2020H1,11.25,saker"),
        *("Nordmaling,2401,2019,8.0,saker", "Bjurholm,2403,2019,8.0,saknas", "Bjurholm,2403,2020H1,7.9,saker"),
        *("Luleå,2580,2019,8.0,saker", "Luleå,2580,2020H1,7.0,saker"),
    )
    kallor = kalla("helarsekvivalenter", "statistik", skydd="offentlig")
    svar = Prov(HELARSPERSONER, kallor, {"helarsekvivalenter.csv": serie}).alla(5)
    umea, vannas, vindeln, robertsfors, nordmaling, bjurholm = svar
    falt(umea, grupp="Umeå", varde=0.0, visat=f"0,0{NB}procentenheter", signal="rod", nummer="1.2")
    falt(vannas, grupp="Vännäs", varde=-0.8, visat=f"{MINUS}0,8{NB}procentenheter", signal="gron")
    falt(robertsfors, grupp="Robertsfors", varde=1.25, visat=f"1,25{NB}procentenheter", signal="rod")
    for r, kommun in ((vindeln, "Vindeln"), (nordmaling, "Nordmaling"), (bjurholm, "Bjurholm")):
        falt(r, grupp=kommun, visat="-", signal="gra", orsak="inte_matt")
    assert vannas["anmarkningar"] == ["olika perioder"]
    assert len(umea["anmarkningar"]) == 2
    assert "osäkert" in umea["anmarkningar"][0]


def test_periods_of_one_kind_carry_no_remark_and_default_to_the_year_and_the_one_before() -> None:
    config = "".join(rad for rad in HELARSPERSONER.splitlines(True) if not rad.startswith(("perioder", "urval")))
    serie = csv_text("kommun;period;andel", "Umeå;2018;1,5", "Umeå;2019;10,3", "Umeå;2020;10,2")
    kallor = kalla("helarsekvivalenter", "statistik", skydd="offentlig")
    (r,) = Prov(config, kallor, {"helarsekvivalenter.csv": serie}).alla()
    falt(r, grupp="Umeå", varde=-0.1, visat=f"{MINUS}0,1{NB}procentenheter", signal="gron")
    assert r["anmarkningar"] == []


# --- Shares: parents, several källor, conditions ------------------------------------------------------------------------

UNDER = """\
[indikator.positiv-losning]
nummer = "1.1"
regel = "andel"
kalla = "deltagare"
urval = { avslutad = ["ja"] }
fraga = "utfall"
svar = ["arbete", "extratjanst", "studier", "fortsatt", "saknar_arbetsformaga"]
gron = "minst 90 %"

[indikator.till-arbete]                # a share of a share
nummer = "1.1.a"
under = "positiv-losning"              # parent; its numerator is this one's denominator
regel = "andel"
fraga = "utfall"
svar = ["arbete"]
gron = "minst 35 %"

[indikator.avbrott-halsa]               # a share without signal
titel = "Avbrott av hälsoskäl"
nummer = "1.1.f"
regel = "information"
under = "positiv-losning"
bas = "namnare"
fraga = "utfall"
svar = ["avbrott_halsa"]

[indikator.kon-arbete]
regel = "konszon"
under = "till-arbete"
redovisa = "man"
gron = "mellan 40 och 60 %"
"""


def test_a_share_under_another_counts_among_its_numerator_or_its_denominator() -> None:
    rader = csv_text(
        "enhet,kon,avslutad,utfall,antal",
        *("A,kvinna,ja,arbete,20", "A,man,ja,arbete,9", "A,annat,ja,arbete,1", "A,,ja,arbete,3"),
        *("A,kvinna,ja,studier,27", "A,man,ja,avbrott_halsa,30", "A,man,ja,avbrott_ovrigt,10", "A,man,nej,,50"),
        "A,man,nej,arbete,7",  # not finished: outside urval, and so outside the children too
    )
    alla = Prov(UNDER, DELTAGARE, {"deltagare.csv": rader}).alla(5)
    over, arbete, avbrott, kon = alla
    falt(over, taljare=60, namnare=100, varde=60.0, visat=f"60{NB}%", signal="rod", nummer="1.1")
    falt(arbete, taljare=33, namnare=60, varde=55.0, visat=f"55{NB}%", signal="gron", krav="minst 35 %")
    falt(avbrott, taljare=30, namnare=100, varde=30.0, visat=f"30{NB}%", signal=None, krav=None)
    falt(kon, taljare=9, namnare=30, varde=30.0, visat=f"30{NB}%", signal="rod")
    assert {r["id"]: r["titel"] for r in alla}["avbrott-halsa"] == "Avbrott av hälsoskäl"


def test_several_kallor_give_one_result_each_and_may_ask_different_questions() -> None:
    config = """\
[indikator.strategi]                   # one indicator, several groups: one result and one signal each
nummer = "2.1"
regel = "andel"
kallor = ["styrelseenkat", "styrgruppsenkat"]
fraga = "strategi"
svar = ["ja"]
gron = "minst 80 %"

[indikator.erfarenheter]
nummer = "2.6"
regel = "andel"
kallor = [{ kalla = "styrgruppsenkat", fraga = "dialog" }, { kalla = "styrelseenkat" }]
fraga = "strategi"
svar = ["ja"]
gron = "minst 80 %"
"""
    kallor = kalla("styrelseenkat", strategi="ja_nej") + kalla("styrgruppsenkat", strategi="ja_nej", dialog="ja_nej")
    filer = {
        "styrelseenkat.csv": csv_text("strategi", "ja * 9", "nej * 2"),
        "styrgruppsenkat.csv": csv_text("strategi,dialog", "ja,nej * 6", "nej,vill_inte_svara * 2", "ja,ja * 2"),
    }
    svar = [
        (r["id"], r["grupp"], r["nummer"], r["taljare"], r["namnare"], r["bortfall"], r["signal"])
        for r in Prov(config, kallor, filer).alla()
    ]
    assert svar == [
        ("strategi", "styrelseenkat", "2.1", 9, 11, 0, "gron"),
        ("strategi", "styrgruppsenkat", "2.1", 8, 10, 0, "gron"),
        ("erfarenheter", "styrgruppsenkat", "2.6", 2, 8, 2, "rod"),
        ("erfarenheter", "styrelseenkat", "2.6", 9, 11, 0, "gron"),
    ]


# mer_redo, annan_losning: 3 + 2 + 4 said yes to something; 5 said no to both; 6 left one out.
TVA = csv_text(
    "mer_redo,annan_losning",
    "ja,ja * 3",
    "ja,nej * 2",
    "nej,ja * 4",
    "nej,nej * 5",
    "ja, * 1",
    "nej,vill_inte_svara * 2",
    ",nej * 3",
)
JA = '[{ fraga = "mer_redo", svar = ["ja"] }, { fraga = "annan_losning", svar = ["ja"] }]'
NEJ = '[{ fraga = "mer_redo", svar = ["nej"] }]'


@pytest.mark.parametrize(
    ("taljare", "namnare", "vantat"),
    [
        (f"{{ nagon = {JA} }}", '"alla"', (10, 20, None)),
        (f"{{ nagon = {JA} }}", '"besvarat"', (9, 14, 6)),
        (f"{{ alla = {JA} }}", '"alla"', (3, 20, None)),
        (f"{{ alla = {JA} }}", '"besvarat"', (3, 14, 6)),
        (f"{{ alla = {JA} }}", f"{{ nagon = {JA} }}", (3, 10, 10)),
        (f"{{ nagon = {JA} }}", f"{{ alla = {NEJ} }}", (4, 11, 9)),
        (f"{{ nagon = {NEJ} }}", f"{{ alla = {JA} }}", (0, 3, 17)),
    ],
)
def test_conditions_are_held_against_one_respondents_answers(
    taljare: str, namnare: str, vantat: tuple[int, int, int | None]
) -> None:
    config = f"""\
[indikator.framtidstro]                # condition on one respondent's answers
nummer = "3.4"
regel = "andel"
kalla = "deltagarenkat"
taljare = {taljare}
namnare = {namnare}
gron = "minst 90 %"
"""
    fragor = kalla("deltagarenkat", mer_redo="ja_nej", annan_losning="ja_nej")
    r = Prov(config, fragor, {"deltagarenkat.csv": TVA}).ett()
    assert (r["taljare"], r["namnare"], r["bortfall"]) == vantat
    assert r["signal"] == "rod"


def test_raknas_inte_of_an_indicator_takes_the_place_of_the_standard() -> None:
    mall = '[indikator.x{0}]\nregel = "andel"\nkalla = "k"\nfraga = "f"\nsvar_minst = "till_stor_del"\n{1}\n'
    config = (
        mall.format(1, "")
        + mall.format(2, "raknas_inte = []")
        + mall.format(3, 'raknas_inte = ["inte_alls", "vet_inte"]')
    )
    svar = csv_text(
        "f", "till_stor_del * 3", "inte_alls * 4", "vill_inte_svara * 5", "vet_inte", " ", "helt_och_hallet"
    )
    alla = Prov(config, kalla("k", f="del_6"), {"k.csv": svar}).alla()
    assert [(r["taljare"], r["namnare"]) for r in alla] == [(4, 9), (4, 14), (4, 9)]


# --- konszon, skillnad, nolltolerans, index -------------------------------------------------------------------------------


def test_konsfordelning_counts_the_rows_of_urval_in_a_public_register() -> None:
    config = """\
[indikator.konsfordelning-styrelse]
nummer = "5.4"
regel = "konszon"                      # the share of each gender, limits inclusive
kalla = "representation"
urval = { grupp = ["styrelse"] }       # limits the rows of any rule
gron = "mellan 40 och 60 %"
"""
    rader = csv_text("grupp,kon,antal", "styrelse,kvinna,4", "styrelse,man,6", "personal,kvinna,80")
    (r,) = Prov(config, kalla("representation", "register", skydd="offentlig"), {"representation.csv": rader}).alla(5)
    falt(r, taljare=4, namnare=10, varde=40.0, visat=f"40{NB}%", signal="gron", nummer="5.4", krav="mellan 40 och 60 %")


SKILLNAD = """\
[indikator.stod-for-arbete]            # andel: a share of those who answered
nummer = "3.1"
regel = "andel"
kalla = "deltagarenkat"
fraga = "stod_for_arbete"
svar_minst = "till_stor_del"           # or svar = ["ja"]
titel = "Stöd att öka chansen till arbete"
gron = "minst 80 %"
dela_upp = ["kon", "enhet"]

[indikator.skillnad-stod]
nummer = "5.9"
regel = "skillnad"                     # between women and men
av = "stod-for-arbete"
gron = "högst 20 procentenheter"
raknad_pa = "avrundade"                # as in the print; the default is "exakta"
"""
ENKAT = kalla("deltagarenkat", uppgifter="utdelade = 200\npopulation_antal = 914", stod_for_arbete="del_6")
# 33 of 44 women, 30 of 37 men, 1 of 1 whose gender is not known; 3 did not answer.
SVAR = csv_text(
    "enhet,kon,stod_for_arbete",
    *("Öst,kvinna,till_stor_del * 20", "Väst,kvinna,helt_och_hallet * 13", "Väst,kvinna,delvis * 11"),
    *("Öst,man,till_mycket_stor_del * 30", "Väst,man,inte_alls * 7", "Öst,,till_stor_del"),
    *("Öst,man, * 2", "Väst,kvinna,vill_inte_svara"),
)


def test_stod_for_arbete_is_the_example_of_the_contract() -> None:
    r = Prov(SKILLNAD, ENKAT, {"deltagarenkat.csv": SVAR}).ett()
    assert list(r) == list(NYCKLAR)
    assert (r["taljare"], r["namnare"], r["varde"], r["visat"]) == (64, 82, 78.04878048780488, f"78{NB}%")
    assert (r["signal"], r["orsak"], r["osaker"], r["bortfall"], r["delar"]) == ("rod", None, True, 3, None)
    assert r["svarsfrekvens"] == 42.5
    assert (
        r["mening"]
        == "Minst 80 % av de i deltagarenkat ska svara ”Till stor del” eller mer på frågan ”Fråga stod_for_arbete?”."
    )
    kon, enhet = r["uppdelning"][:2], r["uppdelning"][2:]
    assert kon[0] == {
        "dimension": "kon", "del": "kvinna", "taljare": 33, "namnare": 44, "varde": 75.0, "visat": f"75{NB}%", "signal": "rod", "orsak": None,
    }  # fmt: skip
    assert (kon[1]["del"], kon[1]["taljare"], kon[1]["namnare"], kon[1]["signal"]) == ("man", 30, 37, "gron")
    assert [(d["dimension"], d["del"], d["taljare"], d["namnare"]) for d in enhet] == [
        ("enhet", "Öst", 51, 51),
        ("enhet", "Väst", 13, 31),
    ]


def test_skillnad_compares_women_and_men_and_leaves_taljare_to_delar() -> None:
    r = Prov(SKILLNAD, ENKAT, {"deltagarenkat.csv": SVAR}).alla()[1]
    kvinna = {"taljare": 33, "namnare": 44, "varde": 75.0}
    man = {"taljare": 30, "namnare": 37, "varde": 100 * 30 / 37}
    assert (r["taljare"], r["namnare"], r["delar"]) == (None, None, {"kvinna": kvinna, "man": man})
    assert (r["varde"], r["visat"], r["signal"], r["uppdelning"]) == (-6.0, f"{MINUS}6{NB}procentenheter", "gron", [])
    assert r["intervall"][0] < 75 - 100 * 30 / 37 < r["intervall"][1], "the interval is of the exact difference"
    assert (r["bortfall"], r["osaker"], r["grupp"]) == (3, True, None)
    exakt = Prov(SKILLNAD.replace("raknad_pa", "# "), ENKAT, {"deltagarenkat.csv": SVAR}).alla()[1]
    assert exakt["varde"] == pytest.approx(75 - 100 * 30 / 37)


def test_women_are_women_also_where_gender_is_declared_as_a_question_with_men_first() -> None:
    skalor = (
        SKALOR + '[skala.kon]\nsvar = ["man", "kvinna", "annat"]\ntext = ["Man", "Kvinna", "Annat"]\nordnad = false\n'
    )
    fragor = kalla("deltagarenkat", stod_for_arbete="del_6", kon="kon")
    a, s = Prov(SKILLNAD, fragor, {"deltagarenkat.csv": SVAR}, skalor=skalor).alla()
    assert [(d["del"], d["taljare"]) for d in a["uppdelning"][:2]] == [("kvinna", 33), ("man", 30)]
    assert (s["varde"], s["delar"]["kvinna"]["namnare"]) == (-6.0, 44)


def test_diskriminering_is_green_only_when_all_said_no() -> None:
    config = """\
[indikator.diskriminering-kon]
nummer = "5.15.a"
regel = "nolltolerans"                 # everyone who answered gave an allowed answer; 0 is not the same as not measured
kalla = "deltagarenkat"
fraga = "diskriminerad_kon"
svar = ["nej"]
gron = "samtliga"
"""
    fragor = kalla("deltagarenkat", diskriminerad_kon="ja_nej!")
    ja, nej = (
        Prov(config, fragor, {"deltagarenkat.csv": csv_text("diskriminerad_kon", *r)}).ett()
        for r in (("nej * 59", "ja"), ("nej * 60", "vill_inte_svara"))
    )
    falt(ja, taljare=59, namnare=60, varde=100 * 59 / 60, visat=f"98{NB}%", signal="rod", bortfall=0)
    falt(nej, taljare=60, namnare=60, varde=100.0, visat=f"100{NB}%", signal="gron", bortfall=1)


INDEX = """
[indikator.jamstalldhetsindex]
nummer = "5.14"
regel = "index"                        # share of the named indicators that are green; optional vikt per indicator
av = ["stod-*", "skillnad-*", "skillnad-stod"]
"""


def test_jamstalldhetsindex_counts_each_result_once_and_may_weigh_them() -> None:
    lika = Prov(SKILLNAD + INDEX, ENKAT, {"deltagarenkat.csv": SVAR}).alla()[2]
    falt(lika, taljare=1, namnare=2, varde=50.0, visat=f"50{NB}%", signal=None, krav=None)
    vikter = INDEX + 'vikt = { "skillnad-*" = 0.5, stod-for-arbete = "1,5" }\ngron = "minst 25 %"\n'
    vagt = Prov(SKILLNAD + vikter, ENKAT, {"deltagarenkat.csv": SVAR}).alla()[2]
    falt(vagt, taljare=0.5, namnare=2, varde=25.0, visat=f"25{NB}%", signal="gron", krav="minst 25 %")


def test_the_own_weight_of_a_member_goes_before_that_of_a_pattern() -> None:
    vikter = INDEX + 'vikt = { "*" = 7, stod-for-arbete = 3, "skillnad-*" = 9 }\n'
    vagt = Prov(SKILLNAD + vikter, ENKAT, {"deltagarenkat.csv": SVAR}).alla()[2]
    assert (vagt["taljare"], vagt["namnare"]) == (7, 10), "and the first pattern before the next"


def test_an_index_counts_the_signals_that_are_published() -> None:
    """What too few answered is grey: counting its colour would tell it."""
    fa = csv_text("enhet,kon,stod_for_arbete", "Öst,kvinna,delvis * 4")
    alla = Prov(SKILLNAD + INDEX, ENKAT, {"deltagarenkat.csv": fa}).alla(5)
    assert [r["signal"] for r in alla] == ["gra", "gra", None]
    falt(alla[2], visat="-", orsak="inte_matt", signal=None)


# --- Remarks and what a källa says of itself ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("uppgifter", "svarsfrekvens", "nastan"),
    [
        ("", None, False),
        ("utdelade = 100", 85.0, False),
        ("utdelade = 94", 100 * 85 / 94, True),
        ("population_antal = 90", None, True),
        ("population_antal = 914", None, False),
        ("utdelade = 85\npopulation_antal = 914", 100.0, False),  # all who were asked, but few were
        ("utdelade = 90\npopulation_antal = 91", 100 * 85 / 90, True),
    ],
)
def test_when_nearly_all_have_answered_the_interval_is_said_to_be_too_wide(
    uppgifter: str, svarsfrekvens: float | None, nastan: bool
) -> None:
    fragor = kalla("deltagarenkat", uppgifter=uppgifter + '\nanmarkning = "Påhittat."', stod_for_arbete="del_6")
    config = SKILLNAD.replace('"minst 80 %"', '"minst 80 %"\nanmarkning = "Egen."', 1)
    r = Prov(config, fragor, {"deltagarenkat.csv": SVAR}).ett()
    assert r["svarsfrekvens"] == svarsfrekvens
    assert r["anmarkningar"][:2] == ["Egen.", "Påhittat."]
    assert [a.startswith("Nästan alla") for a in r["anmarkningar"][2:]] == [True] * nastan


def test_the_document_has_the_form_of_the_contract() -> None:
    dok = Prov(SKILLNAD, ENKAT, {"deltagarenkat.csv": SVAR}).json()
    assert list(dok) == ["forbund", "ar", "indikatorer", "tabeller"]
    assert (dok["forbund"], dok["ar"], dok["tabeller"]) == ("Provförbundet", 2020, [])


def test_the_tables_count_what_the_register_holds() -> None:
    rader = csv_text(
        "enhet,kon,ny,avslutad,utfall,antal",
        "A,kvinna,ja,ja,arbete,20",
        "A,man,nej,ja,avbrott_halsa,10",
        "B,,nej,nej,,7",
        "B,kvinna,nej,ja,studier,5",
    )
    tabeller = Prov(UNDER, DELTAGARE, {"deltagare.csv": rader}).json(5)["tabeller"]
    rad = {(c["tabell"], c["utfall"], c["kon"]): c for c in tabeller}
    assert rad["1", "deltagare", None] == {
        "tabell": "1",
        "enhet": None,
        "utfall": "deltagare",
        "kon": None,
        "antal": 42,
        "procent": None,
        "visat": "42",
    }
    assert rad["1", "arbete", "kvinna"] == {
        "tabell": "1",
        "enhet": None,
        "utfall": "arbete",
        "kon": "kvinna",
        "antal": 20,
        "procent": None,
        "visat": "20",
    }
    assert rad["1", "positiv", None]["procent"] == 100 * 25 / 35
    assert rad["1", "arbete", None]["procent"] == 80.0
    assert rad["1", "avbrott_halsa", None]["procent"] == 100 * 10 / 35
    assert [(c["tabell"], c["enhet"]) for c in tabeller if c["utfall"] == "nya" and c["kon"] is None] == [
        ("1", None),
        ("2", "A"),
        ("3", "B"),
    ]


# --- What a definition may say before anybody has answered so ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("kolumn", "varde"), [("kon", "annat"), ("avslutad", "ja"), ("ny", "ja"), ("utfall", "studier")]
)
def test_urval_may_name_an_answer_that_nobody_gave_this_year(kolumn: str, varde: str) -> None:
    config = f'[indikator.x]\nregel = "andel"\nkalla = "deltagare"\nurval = {{ {kolumn} = ["{varde}"] }}\nfraga = "utfall"\nsvar = ["arbete"]\n'
    rader = csv_text("kon,ny,avslutad,utfall,antal", "kvinna,nej,nej,arbete,9")
    (r,) = Prov(config, DELTAGARE, {"deltagare.csv": rader}).alla()
    falt(r, visat="-", signal="gra", orsak="inte_matt")


FEL = {
    "svar-eller-svar-minst": '[indikator.x]\nregel = "andel"\nkallor = [{ kalla = "a", fraga = "f" }, { kalla = "b", fraga = "g" }]\ntaljare = { alla = [{ fraga = "f", svar = ["ja"] }] }\n',
    "gul-inte-svagare": '[indikator.x]\nregel = "andel"\nkalla = "a"\nfraga = "f"\nsvar = ["ja"]\ngron = "minst 80 %"\ngul = "högst 90 %"\n',
}


@pytest.mark.parametrize("kod", FEL)
def test_what_would_be_read_in_silence_is_told(kod: str) -> None:
    filer = {"a.csv": "f\nja\n", "b.csv": "f,g\nja,nej\n"}
    fel = Prov(FEL[kod], kalla("a", f="ja_nej") + kalla("b", f="ja_nej", g="ja_nej"), filer).forberett().fel()
    assert [d.kod for d in fel] == [kod]


def test_two_answers_with_the_same_words_are_told_for_no_sentence_can_tell_them_apart() -> None:
    prov = Prov("", kalla("a", f="ja_nej"), {"a.csv": "f\nja\n"}, skalor=SKALOR.replace('"Delvis"', '"inte alls"'))
    _, fel = las_underlag("nu/underlag.toml", prov.innehall("nu").get)
    assert [(d.kod, d.fann, d.falt) for d in fel] == [("dubbelt-varde", "”inte alls”", "skala.del_6.text.2")]
