"""Last year's value, what breaks the comparison, and what is valid when. CONTRACT sections 1–3."""

from dataclasses import replace
from typing import Any

import pytest

from tests.unit.indikatorer.provunderlag import HUVUD, SKALOR, Prov, csv_text, kalla

NB = "\u00a0"
CONFIG = """\
[indikator.stod]
regel = "andel"
kalla = "enkat"
fraga = "f"
svar_minst = "till_stor_del"
gron = "minst 60 %"
"""
SVAR = csv_text("f,kon", "till_stor_del,kvinna * 6", "delvis,man * 4")
FJOL = csv_text("f,kon", "till_stor_del,kvinna * 3", "delvis,man * 5")
ENKAT = kalla("enkat", f="del_6")


def tva_ar(config: str = CONFIG, nu: str = ENKAT, fore: str = ENKAT, **falt: Any) -> Prov:
    """This year, and last year with other answers."""
    aldre = Prov(kallor=fore, filer={"enkat.csv": FJOL}, skalor=falt.pop("fore_skalor", SKALOR))
    return Prov(config, nu, {"enkat.csv": SVAR}, fore=falt.pop("aldre", aldre), **falt)


def test_last_years_value_is_told_with_its_own_signal() -> None:
    r = tva_ar().ett()
    assert (r["varde"], r["signal"]) == (60.0, "gron")
    assert r["foregaende"] == {"ar": 2019, "varde": 37.5, "visat": f"38{NB}%", "signal": "rod", "brott": []}


def test_without_an_underlag_for_it_there_is_no_last_year() -> None:
    assert Prov(CONFIG, ENKAT, {"enkat.csv": SVAR}).ett()["foregaende"] is None


def test_a_chain_of_years_tells_each_the_one_before_it() -> None:
    forst = Prov(kallor=ENKAT, filer={"enkat.csv": csv_text("f,kon", "delvis,man")}, skalor="ar = 2010\n" + SKALOR)
    mitten = Prov(kallor=ENKAT, filer={"enkat.csv": FJOL}, fore=forst)
    utvardering = tva_ar(aldre=mitten).utvarderat()
    assert [u.ar for u in (utvardering, *utvardering.aldre)] == [2020, 2019, 2010]
    fjol = utvardering.aldre[0].resultat()[0]
    assert (fjol.varde, fjol.foregaende and fjol.foregaende.ar, fjol.foregaende and fjol.foregaende.varde) == (
        37.5,
        2010,
        0,
    )
    assert utvardering.resultat()[0].foregaende is not None


def test_the_underlag_may_say_its_own_year() -> None:
    assert replace(tva_ar(), skalor="ar = 2024\n" + SKALOR).json()["ar"] == 2024


ANNAN_TEXT = ENKAT.replace("Fråga f?", "Frågan f, i nya ord?")
ANDRA_SVAR = SKALOR.replace('"Delvis"', '"Delvis, ungefär"')
FLER_SVAR = SKALOR.replace('"delvis", ', '"delvis", "ganska", ').replace('"Delvis", ', '"Delvis", "Ganska", ')
ERSATT = CONFIG.replace(".stod]", '.stod-2019]\nnummer = "1"\ntill = 2019')
NY = CONFIG.replace(".stod]", '.stod]\nnummer = "1"\nfran = 2020\nersatter = "stod-2019"')


def ersatt(**byten: str) -> str:
    """This year's definition, and last year's with other words in it."""
    gammal = ERSATT
    for ord_, nytt in byten.items():
        assert f"{ord_} = " in gammal
        gammal = "\n".join(f"{ord_} = {nytt}" if rad.startswith(f"{ord_} = ") else rad for rad in gammal.splitlines())
    return gammal + "\n\n" + NY


@pytest.mark.parametrize(
    ("prov", "brott"),
    [
        (tva_ar(fore=ANNAN_TEXT), ["ordalydelse"]),
        (tva_ar(nu=ENKAT + "fran = 2020\n"), ["ordalydelse"]),  # valid only from this year: not the same question
        (tva_ar(fore_skalor=ANDRA_SVAR), ["skala"]),
        (tva_ar(fore_skalor=FLER_SVAR), ["skala"]),
        (tva_ar(skalor=SKALOR.replace("[skala.del_6]", "[skala.del_6]\nfran = 2020")), ["skala"]),
        (tva_ar(fore=ANNAN_TEXT, fore_skalor=FLER_SVAR), ["ordalydelse", "skala"]),
        (tva_ar(ersatt()), []),
        (tva_ar(ersatt(svar_minst='"delvis"')), ["regel"]),
        (tva_ar(ersatt(gron='"minst 61 %"')), ["grans"]),
        (tva_ar(ersatt(gron='"minst 60 %"\ngul = "minst 50 %"')), ["grans"]),
        (tva_ar(ersatt(gron='"minst 60 %"\nurval = { kon = ["kvinna", "man"] }')), ["regel"]),
        (tva_ar(ersatt(gron='"minst 60 %"\nraknas_inte = []')), ["regel"]),
        (tva_ar(ersatt(gron='"högst 60 %"', svar_minst='"ganska"'), fore_skalor=FLER_SVAR), ["skala", "regel", "grans"]),
        (tva_ar(ersatt(titel='"En annan titel"') if "titel = " in ERSATT else ersatt()), []),
    ],
)  # fmt: skip
def test_what_changed_between_the_years_is_told(prov: Prov, brott: list[str]) -> None:
    r = prov.ett()
    assert r["id"] == "stod"
    assert r["foregaende"]["brott"] == brott
    assert r["foregaende"]["ar"] == 2019


def test_an_indicator_that_has_taken_over_is_compared_with_itself_from_the_second_year() -> None:
    config = ERSATT.replace("till = 2019", "till = 2018") + "\n\n" + NY.replace("fran = 2020", "fran = 2019")
    forst = Prov(kallor=ENKAT, filer={"enkat.csv": FJOL}, skalor="ar = 2018\n" + SKALOR)
    fjol = Prov(kallor=ENKAT, filer={"enkat.csv": FJOL}, fore=forst)
    nu = tva_ar(config, aldre=fjol).utvarderat()
    fore = [u.resultat()[0].foregaende for u in (nu, *nu.aldre)]
    assert [(f.ar, f.id) if f else None for f in fore] == [(2019, "stod"), (2018, "stod-2019"), None]


def test_a_break_in_a_question_breaks_what_is_built_on_it() -> None:
    byggt = (
        CONFIG
        + '\n[indikator.under]\nregel = "information"\nunder = "stod"\nfraga = "g"\nsvar = ["ja"]\n'
        + '\n[indikator.skillnad]\nregel = "skillnad"\nav = "stod"\ngron = "högst 20 procentenheter"\n'
    )
    nu, fore = (kalla("enkat", f="del_6", g="ja_nej").replace("Fråga f?", text) for text in ("Ny f?", "Fråga f?"))
    svar = csv_text("f,g,kon", "till_stor_del,ja,kvinna * 6", "delvis,nej,man * 4")
    prov = Prov(byggt, nu, {"enkat.csv": svar}, fore=Prov(kallor=fore, filer={"enkat.csv": svar}))
    assert [r["foregaende"]["brott"] for r in prov.alla()] == [["ordalydelse"]] * 3


def test_periods_of_its_own_choosing_are_a_break() -> None:
    config = '[indikator.x]\nregel = "forandring"\nkalla = "serie"\nper = ["kommun"]\nperioder = ["2018", "2019H1"]\n'
    serie = csv_text("kommun,period,andel", "Umeå,2018,10.0", "Umeå,2019H1,9.0")
    underlag = {"kallor": kalla("serie", "statistik", skydd="offentlig"), "filer": {"serie.csv": serie}}
    r = Prov(config, fore=Prov(**underlag), **underlag).ett()  # type: ignore[arg-type]
    assert r["foregaende"]["brott"] == ["period"]
    assert r["foregaende"]["varde"] == -1.0


def test_an_index_of_other_members_is_another_rule() -> None:
    mall = '\n[indikator.ny]\nregel = "antal"\nkalla = "enkat"\nfran = 2020\ngron = "minst 1"\n'
    config = CONFIG + mall + '\n[indikator.i]\nregel = "index"\nav = ["stod", "ny*"]\n'
    assert tva_ar(config).alla()[2]["foregaende"]["brott"] == ["regel"]
    assert tva_ar(config.replace("fran = 2020", "")).alla()[2]["foregaende"]["brott"] == []


@pytest.mark.parametrize(
    ("giltig", "finns"),
    [
        ("fran = 2021", False),
        ("fran = 2020", True),
        ("till = 2019", False),
        ("till = 2020", True),
        ("fran = 2019\ntill = 2021", True),
    ],
)
def test_an_indicator_is_there_the_years_it_is_valid(giltig: str, finns: bool) -> None:
    assert [r["id"] for r in tva_ar(CONFIG + giltig + "\n").alla()] == ["stod"] * finns


def test_an_indicator_new_this_year_has_no_last_year() -> None:
    assert tva_ar(CONFIG + "fran = 2020\n").ett()["foregaende"] is None


def test_a_question_not_yet_asked_is_not_measured() -> None:
    fragor = kalla("enkat", f="del_6", g="ja_nej") + "fran = 2021\n"
    config = (
        CONFIG + '\n[indikator.g]\nregel = "andel"\nkalla = "enkat"\nfraga = "g"\nsvar = ["ja"]\ngron = "minst 1 %"\n'
    )
    r = tva_ar(config, nu=fragor).alla()[1]
    assert (r["orsak"], r["signal"], r["varde"], r["bortfall"]) == ("inte_matt", "gra", None, None)


RESTEN = """
[indikator.skillnad]
regel = "skillnad"
av = "stod"
urval = { kon = ["kvinna", "man"] }
gron = "högst 20 procentenheter"

[indikator.zon]
regel = "konszon"
kalla = "enkat"
gron = "mellan 40 och 60 %"

[indikator.under]
regel = "andel"
under = "stod"
fraga = "f"
svar = ["helt_och_hallet"]
dela_upp = ["kon"]

[indikator.villkor]
regel = "andel"
kalla = "enkat"
taljare = { nagon = [{ fraga = "f", svar = ["delvis"] }] }
namnare = "alla"

[indikator.antal]
regel = "antal"
kalla = "enkat"
urval = { kon = ["man"] }

[indikator.nulage]
regel = "nulage"
kalla = "matt"
fraga = "i_fas"
per = ["person"]

[indikator.progression]
regel = "progression"
kalla = "matt"
fraga = "i_fas"
urval = { matning = ["1", "2"] }

[indikator.kvot]
regel = "kvot"
kalla = "matt"
taljare = "matning"
namnare = "period"
per = ["person"]

[indikator.forandring]
regel = "forandring"
kalla = "serie"
per = ["kommun"]
urval = { kommun = ["Umeå"] }

[indikator.exempel]
regel = "goda_exempel"
kalla = "exempel"
gron = "minst 1"

[indikator.index]
regel = "index"
av = ["*"]
"""
ALLA_KALLOR = (
    ENKAT
    + kalla("matt", "register", skydd="offentlig", i_fas="lage")
    + kalla("serie", "statistik", skydd="offentlig")
    + kalla("exempel", "berattelser", skydd="offentlig")
)
ALLA_FILER = {
    "enkat.csv": SVAR,
    "matt.csv": csv_text("person,matning,period,i_fas", "a,1,2020,nej", "a,2,2020,ja"),
    "serie.csv": csv_text("kommun,period,andel", "Umeå,2019,10.0", "Umeå,2020,9.0"),
    "exempel": {},
}
TOMT = {
    "no källa at all": Prov(kallor=kalla("annan", x="ja_nej"), filer={"annan.csv": "x\nja\n"}),
    "no rows": Prov(
        kallor=ALLA_KALLOR,
        filer={
            "enkat.csv": "f,kon\n",
            "matt.csv": "person,matning,period,i_fas\n",
            "serie.csv": "kommun,period,andel\n",
            "exempel": {},
        },
    ),
    "no such columns": Prov(
        kallor=kalla("enkat") + kalla("matt", "register") + kalla("serie", "statistik"),
        filer={"enkat.csv": "x\n1\n", "matt.csv": "x\n1\n", "serie.csv": "x\n1\n"},
    ),
    "columns that are no questions": Prov(
        kallor=kalla("enkat") + kalla("matt", "register") + kalla("serie", "statistik"),
        filer={k: v for k, v in ALLA_FILER.items() if k != "exempel"},
    ),
}


@pytest.mark.parametrize("fore", TOMT.values(), ids=TOMT)
@pytest.mark.parametrize("minsta", [0, 5])
def test_a_year_that_lacks_what_this_one_has_is_not_measured(fore: Prov, minsta: int) -> None:
    alla = Prov(CONFIG + RESTEN, ALLA_KALLOR, ALLA_FILER, fore=fore).alla(minsta)
    fjol = {r["id"]: r["foregaende"] for r in alla}
    assert len(fjol) == 12
    for id_ in ("stod", "skillnad", "under", "villkor", "progression"):
        assert fjol[id_] == {"ar": 2019, "varde": None, "visat": "-", "signal": "gra", "brott": []}
    for f in filter(None, fjol.values()):
        assert (f["varde"] is None) == (f["visat"] in ("-", "..")), f


def test_protection_holds_for_last_years_value_too() -> None:
    """8 answered this year's question, 3 last year's: its figure is hidden though this year's is shown."""
    fa = Prov(kallor=ENKAT, filer={"enkat.csv": csv_text("f,kon", "delvis,man * 3")})
    r = tva_ar(aldre=fa).ett(5)
    assert r["varde"] == 60.0
    assert r["foregaende"] == {"ar": 2019, "varde": None, "visat": "..", "signal": "gra", "brott": []}


def test_the_standard_may_be_silent() -> None:
    utan = HUVUD.replace('[standard]\nraknas_inte = ["vill_inte_svara"]\n', "")
    assert utan != HUVUD
    svar = csv_text("f,kon", "till_stor_del,man * 3", "inte_alls,man")
    assert Prov(CONFIG, ENKAT, {"enkat.csv": svar}, huvud=utan).ett()["varde"] == 75.0
