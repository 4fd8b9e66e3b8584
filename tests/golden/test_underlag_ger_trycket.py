"""The example underlag gives the printed figures: counted straight from the CSV files, without the engine.

An oracle. It knows csv, tomllib and fractions, and nothing of how `indikatorer` reads or counts.
"""

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent
ROOT = GOLDEN.parents[1]
EXEMPEL = ROOT / "exempel"
UNDERLAG = EXEMPEL / "umea-2020"

Rad = dict[str, str]
Antal = tuple[int, int | None]  # taljare, namnare


def read_rows(name: str) -> list[Rad]:
    with (UNDERLAG / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_toml(path: Path) -> dict:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def read_berattelser() -> list[dict]:
    return [read_front_matter(path) for path in sorted((UNDERLAG / "exempel").glob("*.md"))]


def read_front_matter(path: Path) -> dict:
    return tomllib.loads(path.read_text(encoding="utf-8").split("+++")[1])


KALLOR = ("deltagarenkat", "personalenkat", "styrgruppsenkat", "styrelseenkat")
SVAR = {name: read_rows(name) for name in KALLOR}
DELTAGARE = read_rows("deltagare")
REPRESENTATION = read_rows("representation")
HELAR = {(rad["kommun"], rad["period"]): rad["andel"] for rad in read_rows("helarsekvivalenter")}
BERATTELSER = read_berattelser()
FALL = read_toml(GOLDEN / "umea_2020.toml")["fall"]
with (GOLDEN / "umea_2020_tabeller.csv").open(encoding="utf-8", newline="") as tabellfil:
    TABELLER = list(csv.DictReader(tabellfil))

# --- How each printed row is counted ------------------------------------------------------------

DEL = {"till_stor_del", "till_mycket_stor_del", "helt_och_hallet"}
OFTA = {"ofta", "for_det_mesta", "alltid"}
BRA = {"ganska_bra", "bra", "mycket_bra"}
JA, NEJ = {"ja"}, {"nej"}
INGET_SVAR = {"", "vill_inte_svara"}
POSITIV = {"arbete", "extratjanst", "studier", "fortsatt", "saknar_arbetsformaga"}
AVBROTT = {"avbrott_halsa", "avbrott_ovrigt"}

ENKATRADER = {  # printed id: (källa, fråga, the answers that count)
    "2.1.a": ("styrelseenkat", "strategi", JA),
    "2.1.b": ("styrgruppsenkat", "strategi", JA),
    "2.2.a": ("styrelseenkat", "underlag", DEL),
    "2.2.b": ("styrgruppsenkat", "underlag", DEL),
    "2.3.a": ("styrelseenkat", "forebyggande", DEL),
    "2.3.b": ("styrgruppsenkat", "forebyggande", DEL),
    "2.4": ("personalenkat", "rutiner", DEL),
    "2.6.a": ("deltagarenkat", "tillvarata_erfarenheter", DEL),
    "2.6.b": ("personalenkat", "tillvarata_synpunkter", DEL),
    "2.8": ("deltagarenkat", "person_eller_team", JA),
    "3.1": ("deltagarenkat", "stod_for_arbete", DEL),
    "3.2": ("deltagarenkat", "bestamma", DEL),
    "3.3": ("deltagarenkat", "livssituation", DEL),
    "4.1": ("personalenkat", "trivs", DEL),
    "4.2": ("personalenkat", "lyckas", DEL),
    "4.3": ("personalenkat", "lyssnar", OFTA),
    "4.4": ("personalenkat", "vet_vad_du_tillfor", OFTA),
    "4.5": ("personalenkat", "planering", OFTA),
    "4.6": ("personalenkat", "mer_redo", DEL),
    "4.7": ("personalenkat", "medskapare", DEL),
    "4.8": ("styrgruppsenkat", "dokumentation", JA),
    "4.9": ("styrgruppsenkat", "lokal_ledning", DEL),
    "4.10": ("personalenkat", "lokal_ledning", DEL),
    "4.11": ("personalenkat", "lokal_samverkan", DEL),
    "4.12": ("styrgruppsenkat", "regional_samverkan", DEL),
    "5.5": ("personalenkat", "likabehandling", JA),
    "5.6": ("deltagarenkat", "bemott", BRA),
    "5.15.a": ("deltagarenkat", "diskriminerad_kon", NEJ),
    "5.15.b": ("deltagarenkat", "diskriminerad_alder", NEJ),
    "5.15.c": ("deltagarenkat", "diskriminerad_etnicitet", NEJ),
    "5.15.d": ("deltagarenkat", "diskriminerad_religion", NEJ),
    "5.15.e": ("deltagarenkat", "diskriminerad_funktionsnedsattning", NEJ),
    "5.15.f": ("deltagarenkat", "diskriminerad_sexuell_laggning", NEJ),
    "5.15.g": ("deltagarenkat", "diskriminerad_konsidentitet", NEJ),
    "5.15.h": ("deltagarenkat", "diskriminerad_tillganglighet", NEJ),
}
REGISTERRADER = {  # printed id: (utfall in taljare, utfall in namnare)
    "1.1": (POSITIV, POSITIV | AVBROTT),
    "1.1.a": ({"arbete"}, POSITIV),
    "1.1.b": ({"studier"}, POSITIV),
    "1.1.c": ({"extratjanst"}, POSITIV),
    "1.1.d": ({"fortsatt"}, POSITIV),
    "1.1.e": ({"saknar_arbetsformaga"}, POSITIV),
    "1.1.f": ({"avbrott_halsa"}, POSITIV | AVBROTT),
    "1.1.g": ({"avbrott_ovrigt"}, POSITIV | AVBROTT),
}
KONSZONER: dict[str, tuple[str, list[Rad]]] = {  # printed id: (the gender shown, rows)
    "5.1": ("kvinna", DELTAGARE),
    "5.2": ("kvinna", [rad for rad in REPRESENTATION if rad["grupp"] == "personal"]),
    "5.3": ("kvinna", [rad for rad in REPRESENTATION if rad["grupp"] == "styrgrupper"]),
    "5.4": ("kvinna", [rad for rad in REPRESENTATION if rad["grupp"] == "styrelse"]),
    "5.7": ("man", [rad for rad in DELTAGARE if rad["utfall"] == "arbete"]),
    "5.8": ("man", [rad for rad in DELTAGARE if rad["utfall"] == "studier"]),
}
SKILLNADER = {"5.9": "3.1", "5.10": "3.2", "5.11": "3.3", "5.12": "5.6", "5.13": "3.4"}
GODA_EXEMPEL = ("1.3", "2.5", "2.7", "2.9", "2.10", "2.11")
KOMMUNER = {
    "1.2.a": "Vännäs",
    "1.2.b": "Robertsfors",
    "1.2.c": "Umeå",
    "1.2.d": "Vindeln",
    "1.2.e": "Bjurholm",
    "1.2.f": "Nordmaling",
}


def antal(rader: list[Rad], wanted: Callable[[Rad], bool] = lambda rad: True) -> int:
    return sum(int(rad["antal"]) for rad in rader if wanted(rad))


def count_enkat(tryckt: str, kon: str | None = None) -> Antal:
    """3.4 is every respondent who said yes to either statement; all others are shares of those who answered."""
    if tryckt == "3.4":
        rader = [rad for rad in SVAR["deltagarenkat"] if kon in (None, rad["kon"])]
        return sum("ja" in (rad["mer_redo"], rad["annan_losning"]) for rad in rader), len(rader)
    kalla, fraga, svar = ENKATRADER[tryckt]
    given = [rad[fraga] for rad in SVAR[kalla] if kon in (None, rad.get("kon")) and rad[fraga] not in INGET_SVAR]
    return sum(ett in svar for ett in given), len(given)


def count_register(tryckt: str) -> Antal:
    taljare, namnare = (antal_med(utfall) for utfall in REGISTERRADER[tryckt])
    return taljare, namnare


def antal_med(utfall: set[str]) -> int:
    return antal(DELTAGARE, lambda rad: rad["utfall"] in utfall)


def count_konszon(tryckt: str) -> Antal:
    kon, rader = KONSZONER[tryckt]
    return antal(rader, lambda rad: rad["kon"] == kon), antal(rader)


def count_goda_exempel(indikator: str) -> Antal:
    counted = [b for b in BERATTELSER if b["samtycke"] and b["publicerad"] and b["granskad_av"]]
    return sum(b["indikator"] == indikator for b in counted), None


def count_index() -> Antal:
    ingar = [*KONSZONER, *SKILLNADER]
    return sum(signal_of(fall) == "gron" for fall in FALL if fall["tryckt"] in ingar), len(ingar)


def count(fall: dict) -> Antal:
    tryckt = fall["tryckt"]
    if tryckt in REGISTERRADER:
        return count_register(tryckt)
    if tryckt in KONSZONER:
        return count_konszon(tryckt)
    if tryckt in GODA_EXEMPEL:
        return count_goda_exempel(fall["indikator"])
    return count_index() if tryckt == "5.14" else count_enkat(tryckt)


def whole(taljare: int, namnare: int | None) -> int:
    """Whole percent, halves up."""
    assert namnare
    return int(Fraction(100 * taljare, namnare) + Fraction(1, 2))


def difference(tryckt: str) -> int:
    """Women minus men, between whole percents, as the print does it."""
    return whole(*count_enkat(SKILLNADER[tryckt], "kvinna")) - whole(*count_enkat(SKILLNADER[tryckt], "man"))


def change(tryckt: str) -> Fraction:
    kommun = KOMMUNER[tryckt]
    return Fraction(HELAR[kommun, "2020H1"]) - Fraction(HELAR[kommun, "2019"])


def signal_of(fall: dict) -> str | None:
    """The signal of the printed rule, on exact numbers."""
    tryckt, krav = fall["tryckt"], fall.get("krav")
    if krav is None:
        return None
    if tryckt in KOMMUNER:
        return green_if(change(tryckt) < 0)
    if tryckt in SKILLNADER:
        return green_if(abs(difference(tryckt)) <= 20)
    taljare, namnare = count(fall)
    share = Fraction(100 * taljare, namnare) if namnare else Fraction(taljare)
    if krav == "samtliga":
        return green_if(share == 100)
    low, *high = [int(number) for number in re.findall(r"\d+", krav)]
    return green_if(low <= share and (not high or share <= high[0]))  # without annat, 40–60 holds for both or neither


def green_if(met: bool) -> str:
    return "gron" if met else "rod"


def shown(number: str, unit: str) -> str:
    return f"{number}\u00a0{unit}".replace("-", "\u2212").replace(".", ",")


def of_kind(*ids: str) -> list:
    return [pytest.param(fall, id=fall["tryckt"]) for fall in FALL if fall["tryckt"] in ids]


SHARES = of_kind(*ENKATRADER, "3.4", *REGISTERRADER, *KONSZONER, "5.14")


def test_every_printed_row_is_counted_once() -> None:
    counted = [*ENKATRADER, "3.4", *REGISTERRADER, *KONSZONER, *SKILLNADER, *GODA_EXEMPEL, *KOMMUNER, "5.14"]
    assert Counter(fall["tryckt"] for fall in FALL) == Counter(counted)
    assert len(FALL) == 68
    assert len({(fall["nummer"], fall.get("grupp")) for fall in FALL}) == 68


@pytest.mark.parametrize("fall", SHARES)
def test_share_has_the_printed_counts(fall: dict) -> None:
    taljare, namnare = count(fall)
    assert (taljare, namnare) == (fall["taljare"], fall["namnare"])
    assert fall["visat"] == shown(str(whole(taljare, namnare)), "%")
    differs = whole(taljare, namnare) != fall["publicerat"]
    assert differs == (fall["tryckt"] == "2.6.b"), "the only printed share that its own counts contradict"
    assert "avviker" in fall or not differs


@pytest.mark.parametrize("fall", of_kind(*SKILLNADER))
def test_difference_has_the_printed_women_and_the_derived_men(fall: dict) -> None:
    tryckt = fall["tryckt"]
    for kon in ("kvinna", "man"):
        assert list(count_enkat(SKILLNADER[tryckt], kon)) == fall[kon]
    assert abs(difference(tryckt)) == fall["publicerat"]
    assert fall["visat"] == shown(str(difference(tryckt)), "procentenheter")


@pytest.mark.parametrize("fall", of_kind(*KOMMUNER))
def test_change_is_the_printed_one(fall: dict) -> None:
    assert fall["grupp"] == KOMMUNER[fall["tryckt"]]
    assert change(fall["tryckt"]) == Fraction(str(fall["publicerat"]))
    assert fall["visat"] == shown(f"{fall['publicerat']:.1f}", "procentenheter")


@pytest.mark.parametrize("fall", of_kind(*GODA_EXEMPEL))
def test_good_examples_are_as_many_as_printed(fall: dict) -> None:
    assert count(fall) == (fall["taljare"], None)
    assert fall["publicerat"] == fall["taljare"]
    assert fall["visat"] == str(fall["taljare"])


@pytest.mark.parametrize("fall", of_kind(*(fall["tryckt"] for fall in FALL)))
def test_signal_follows_from_the_limit(fall: dict) -> None:
    assert signal_of(fall) == fall.get("signal")


def test_signals_are_34_green_28_red_and_6_without() -> None:
    assert Counter(fall.get("signal") for fall in FALL) == {"gron": 34, "rod": 28, None: 6}


@pytest.mark.parametrize("fall", of_kind(*(fall["tryckt"] for fall in FALL if "bortfall" in fall)))
def test_unanswered_are_as_many_as_printed(fall: dict) -> None:
    kalla, fraga, _ = ENKATRADER[fall["tryckt"]]
    assert sum(rad[fraga] in INGET_SVAR for rad in SVAR[kalla]) == fall["bortfall"]
    assert {rad[fraga] for rad in SVAR[kalla]} >= INGET_SVAR, "both kinds of no answer are there"


# --- Tables 1–8 ---------------------------------------------------------------------------------

IN_UTFALL: dict[str, Callable[[Rad], bool]] = {
    "deltagare": lambda rad: True,
    "nya": lambda rad: rad["ny"] == "ja",
    "avslutade": lambda rad: rad["avslutad"] == "ja",
    "positiv": lambda rad: rad["utfall"] in POSITIV,
}


def count_cell(cell: Rad, utfall: str, kon: str | None = None) -> int:
    wanted = IN_UTFALL.get(utfall, lambda rad: rad["utfall"] == utfall)
    rader = [rad for rad in DELTAGARE if cell["enhet"] in ("", rad["enhet"]) and kon in (None, rad["kon"])]
    return antal(rader, wanted)


@pytest.mark.parametrize("cell", [pytest.param(cell, id=f"{cell['tabell']}-{cell['utfall']}") for cell in TABELLER])
def test_table_cell_is_the_printed_one(cell: Rad) -> None:
    utfall = cell["utfall"]
    got = [str(count_cell(cell, utfall, kon)) for kon in ("kvinna", "man", None)]
    assert got == [cell["kvinna"], cell["man"], cell["totalt"]]
    if utfall in ("deltagare", "nya", "avslutade"):
        assert (cell["procent_tryckt"], cell["visat"]) == ("", "")
        return
    base = "positiv" if utfall in POSITIV else "avslutade"
    percent = whole(count_cell(cell, utfall), count_cell(cell, base))
    assert cell["visat"] == shown(str(percent), "%")
    assert bool(cell["avviker"]) == (str(percent) != cell["procent_tryckt"])


def test_tables_cover_every_enhet_in_the_order_of_the_register() -> None:
    enheter = list(dict.fromkeys(rad["enhet"] for rad in DELTAGARE))
    assert list(dict.fromkeys((cell["tabell"], cell["enhet"]) for cell in TABELLER)) == [
        (str(number), enhet) for number, enhet in enumerate(["", *enheter], start=1)
    ]


def test_an_outcome_that_a_table_leaves_out_is_nobody() -> None:
    printed = {(cell["enhet"], cell["utfall"]) for cell in TABELLER if cell["enhet"]}
    in_rows = {(rad["enhet"], rad["utfall"]) for rad in DELTAGARE if rad["utfall"]}
    assert in_rows <= printed


def test_the_finished_are_those_who_have_an_outcome() -> None:
    assert all((rad["avslutad"] == "ja") == bool(rad["utfall"]) for rad in DELTAGARE)


def test_only_vannas_deviates_in_the_tables() -> None:
    deviating = [(cell["enhet"], cell["utfall"]) for cell in TABELLER if cell["avviker"]]
    assert deviating == [("Samordningsteamet Vännäs", "arbete")]
