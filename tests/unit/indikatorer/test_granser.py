"""Truth tables: what the signal, the shown figure and the reason are exactly at the limits."""

from fractions import Fraction
from typing import Any

import pytest

from indikatorer.gransvarde import las_grans
from indikatorer.visning import avrunda, skriv_tal, visa
from tests.unit.indikatorer.provunderlag import Prov, csv_text, kalla

NB, MINUS = "\u00a0", "\u2212"
FALT = ("taljare", "namnare", "varde", "visat", "signal", "orsak")


def andel(ja: int, nej: int, gron: str | None, regel: str = "andel", gul: str | None = None) -> dict[str, Any]:
    granser = "".join(f'{n} = "{g}"\n' for n, g in (("gron", gron), ("gul", gul)) if g)
    config = f'[indikator.x]\nregel = "{regel}"\nkalla = "register"\nfraga = "svar"\nsvar = ["ja"]\n{granser}'
    register = kalla("register", "register", svar="ja_nej")
    return Prov(config, register, {"register.csv": csv_text("svar,antal", f"ja,{ja}", f"nej,{nej}")}).ett()


@pytest.mark.parametrize(
    ("ja", "nej", "gron", "visat", "signal"),
    [
        (80, 20, "minst 80 %", "80", "gron"),
        (159, 41, "minst 80 %", "79,5", "rod"),  # 80 would say that the limit was reached
        (1999, 501, "minst 80 %", "79,96", "rod"),
        (79999, 20001, "minst 80 %", "79,999", "rod"),
        (795, 205, "minst 79,5 %", "80", "gron"),  # 79,5 on the limit: 80 does not contradict it
        (7949, 2051, "minst 79,5 %", "79", "rod"),
        (785, 215, "minst 78,6 %", "78,5", "rod"),
        (1, 199, "högst 0 %", "1", "rod"),  # half away from zero
        (1, 999, "högst 0 %", "0,1", "rod"),
        (0, 200, "högst 0 %", "0", "gron"),
        (20, 80, "högst 20 %", "20", "gron"),
        (201, 799, "högst 20 %", "20,1", "rod"),
        (2, 0, "minst 100 %", "100", "gron"),
        (199, 1, "minst 100 %", "99,5", "rod"),
        (0, 7, "minst 0 %", "0", "gron"),
        (2, 14, "minst 12,5 %", "13", "gron"),  # as in the print: 2 of 16 is 13 %
        (77, 27, "minst 80 %", "74", "rod"),
    ],
)
def test_a_share_at_its_limit(ja: int, nej: int, gron: str, visat: str, signal: str) -> None:
    r = andel(ja, nej, gron)
    assert (r["visat"], r["signal"], r["orsak"], r["krav"]) == (f"{visat}{NB}%", signal, None, gron)


@pytest.mark.parametrize(
    ("ja", "visat", "signal"), [(80, "80", "gron"), (79, "79", "gul"), (70, "70", "gul"), (69, "69", "rod")]
)
def test_yellow_begins_at_its_own_limit_and_ends_at_the_green(ja: int, visat: str, signal: str) -> None:
    r = andel(ja, 100 - ja, "minst 80 %", gul="minst 70 %")
    assert (r["visat"], r["signal"], r["krav"]) == (f"{visat}{NB}%", signal, "minst 80 %")


def test_a_figure_contradicts_neither_green_nor_yellow() -> None:
    assert andel(6996, 3004, "minst 80 %", gul="minst 70 %")["visat"] == f"69,96{NB}%"


@pytest.mark.parametrize(("ja", "nej", "signal"), [(5, 0, "gron"), (10_000, 1, "rod"), (0, 5, "rod")])
def test_nolltolerans_is_green_only_when_everyone_gave_an_allowed_answer(ja: int, nej: int, signal: str) -> None:
    r = andel(ja, nej, "samtliga", "nolltolerans")
    assert (r["signal"], r["intervall"], r["osaker"]) == (signal, None, None)


def test_one_in_ten_thousand_is_not_shown_as_a_hundred_percent() -> None:
    assert andel(9_999, 1, "samtliga", "nolltolerans")["visat"] == f"99,99{NB}%"


@pytest.mark.parametrize(
    ("kvinna", "man", "annat", "signal", "visat"),
    [
        (40, 60, 0, "gron", "40"),
        (60, 40, 0, "gron", "60"),
        (399, 601, 0, "rod", "39,9"),
        (61, 39, 0, "rod", "61"),
        (40, 59, 1, "gron", "40"),
        (41, 39, 20, "rod", "41"),  # women are in the zone, but "annat" pushes the men out
        (39, 41, 20, "rod", "39"),
        (40, 40, 20, "gron", "40"),
        (0, 0, 5, "rod", "0"),
    ],
)
def test_both_genders_must_lie_in_the_zone(kvinna: int, man: int, annat: int, signal: str, visat: str) -> None:
    config = '[indikator.x]\nregel = "konszon"\nkalla = "register"\ngron = "mellan 40 och 60 %"\n'
    rader = csv_text("kon,antal", f"kvinna,{kvinna}", f"man,{man}", f"annat,{annat}", "vill_inte_svara,7", ",7")
    r = Prov(config, kalla("register", "register"), {"register.csv": rader}).ett()
    assert (r["signal"], r["visat"], r["namnare"]) == (signal, f"{visat}{NB}%", kvinna + man + annat)


@pytest.mark.parametrize(
    ("kvinna", "man", "raknad_pa", "gron", "visat", "signal"),
    [
        ((4, 5), (3, 5), "exakta", "högst 20 procentenheter", "20", "gron"),  # False in floats
        ((3, 5), (4, 5), "exakta", "högst 20 procentenheter", f"{MINUS}20", "gron"),
        ((801, 1000), (600, 1000), "exakta", "högst 20 procentenheter", "20,1", "rod"),
        ((600, 1000), (801, 1000), "exakta", "högst 20 procentenheter", f"{MINUS}20,1", "rod"),
        ((801, 1000), (600, 1000), "avrundade", "högst 20 procentenheter", "20", "gron"),
        ((805, 1000), (600, 1000), "avrundade", "högst 20 procentenheter", "21", "rod"),
        ((1, 2), (1, 2), "exakta", "högst 0 procentenheter", "0", "gron"),
        ((51, 100), (50, 100), "exakta", "högst 1 procentenhet", "1", "gron"),
        ((101, 200), (100, 200), "exakta", "högst 0 procentenheter", "1", "rod"),
    ],
)
def test_a_difference_at_its_limit(
    kvinna: tuple[int, int], man: tuple[int, int], raknad_pa: str, gron: str, visat: str, signal: str
) -> None:
    config = f"""[indikator.a]
regel = "andel"
kalla = "register"
fraga = "svar"
svar = ["ja"]

[indikator.s]
regel = "skillnad"
av = "a"
gron = "{gron}"
raknad_pa = "{raknad_pa}"
"""
    rader = [
        f"{s},{kon},{a}" for kon, (t, n) in (("kvinna", kvinna), ("man", man)) for s, a in (("ja", t), ("nej", n - t))
    ]
    register = kalla("register", "register", svar="ja_nej")
    r = Prov(config, register, {"register.csv": csv_text("svar,kon,antal", *rader)}).alla()[1]
    enhet = "procentenhet" if visat == "1" else "procentenheter"
    assert (r["visat"], r["signal"]) == (f"{visat}{NB}{enhet}", signal)
    assert [r["delar"][k]["namnare"] for k in ("kvinna", "man")] == [kvinna[1], man[1]]


@pytest.mark.parametrize(
    ("fore", "efter", "gron", "visat", "signal"),
    [
        ("10.3", "10.3", "lägre än året före", "0,0", "rod"),
        ("10.3", "10.3", "högre än året före", "0,0", "rod"),
        ("10.3", "10.2", "lägre än året före", f"{MINUS}0,1", "gron"),
        ("10,3", "11", "högre än året före", "0,7", "gron"),
        ("10", "9", "lägre än året före", f"{MINUS}1", "gron"),
        ("0.30", "0.10", "lägre än året före", f"{MINUS}0,20", "gron"),
    ],
)
def test_no_change_is_neither_lower_nor_higher(fore: str, efter: str, gron: str, visat: str, signal: str) -> None:
    config = f'[indikator.x]\nregel = "forandring"\nkalla = "serie"\ngron = "{gron}"\n'
    text = csv_text("period;andel", f"2019;{fore}", f"2020;{efter}")
    r = Prov(config, kalla("serie", "statistik", skydd="offentlig"), {"serie.csv": text}).ett()
    enhet = "procentenhet" if visat == f"{MINUS}1" else "procentenheter"
    assert (r["visat"], r["signal"]) == (f"{visat}{NB}{enhet}", signal)


INTE_MATT = {
    "andel": 'kalla = "enkat"\nfraga = "svar"\nsvar = ["ja"]\ngron = "minst 80 %"',
    "nolltolerans": 'kalla = "enkat"\nfraga = "svar"\nsvar = ["ja"]\ngron = "samtliga"',
    "information": 'kalla = "enkat"\nfraga = "svar"\nsvar = ["ja"]',
    "konszon": 'kalla = "enkat"\ngron = "mellan 40 och 60 %"',
    "antal": 'kalla = "enkat"\ngron = "minst 1"',
    "progression": 'kalla = "matt"\nfraga = "f"\ngron = "minst 50 %"',
    "nulage": 'kalla = "matt"\nfraga = "f"\ngron = "ja"',
    "kvot": 'kalla = "pengar"\ntaljare = "utfall"\nnamnare = "budget"\ngron = "minst 80 %"',
    "forandring": 'kalla = "serie"\ngron = "lägre än året före"',
    "index": 'av = ["a*"]\ngron = "minst 80 %"',
    "skillnad": 'av = "a"\ngron = "högst 20 procentenheter"',
}
TOMMA = {
    "enkat.csv": csv_text("svar,kon"),
    "matt.csv": csv_text("person,matning,period,f"),
    "pengar.csv": csv_text("utfall,budget", "10,", "5,0"),
    "serie.csv": csv_text("period,andel", "2019,10.3", "2020,"),
}
KALLOR = (
    kalla("enkat", svar="ja_nej")
    + kalla("matt", "register", f="lage")
    + kalla("pengar", "register")
    + kalla("serie", "statistik", skydd="offentlig")
)
GRUND = '[indikator.a]\nregel = "andel"\nkalla = "enkat"\nfraga = "svar"\nsvar = ["ja"]\ngron = "minst 80 %"\n\n'


@pytest.mark.parametrize("regel", INTE_MATT)
@pytest.mark.parametrize("minsta", [0, 5])
def test_no_answers_is_not_measured_and_never_zero(regel: str, minsta: int) -> None:
    alla = Prov(f'{GRUND}[indikator.x]\nregel = "{regel}"\n{INTE_MATT[regel]}\n', KALLOR, TOMMA).alla(minsta)
    r = alla[1]
    vantat = None if regel == "information" else "gra"
    assert [r[f] for f in FALT] == [None, None, None, "-", vantat, "inte_matt"]
    assert [r[f] for f in ("intervall", "osaker", "delar", "foregaende")] == [None] * 4


def test_answers_that_do_not_count_are_no_answers() -> None:
    config = GRUND.rstrip() + '\nraknas_inte = ["nej", "vill_inte_svara"]\n'
    svar = csv_text("svar,kon", "nej,", ",man", "vill_inte_svara,")
    r = Prov(config, KALLOR, TOMMA | {"enkat.csv": svar}).ett()
    assert (r["orsak"], r["varde"], r["bortfall"]) == ("inte_matt", None, 3)


@pytest.mark.parametrize(
    "regel", ["andel", "nolltolerans", "konszon", "skillnad", "antal", "kvot", "forandring", "progression"]
)
def test_without_a_limit_the_figure_is_shown_and_the_signal_is_grey(regel: str) -> None:
    nycklar = "\n".join(rad for rad in INTE_MATT[regel].splitlines() if not rad.startswith("gron"))
    filer = {
        "enkat.csv": csv_text("svar,kon", "ja,kvinna * 3", "nej,kvinna", "ja,man"),
        "matt.csv": csv_text("person,matning,f", "p,1,nej", "p,2,ja"),
        "pengar.csv": csv_text("utfall,budget", "10,20"),
        "serie.csv": csv_text("period,andel", "2019,10.3", "2020,10.2"),
    }
    r = Prov(f'{GRUND}[indikator.x]\nregel = "{regel}"\n{nycklar}\n', KALLOR, filer).alla()[1]
    assert (r["signal"], r["orsak"], r["krav"]) == ("gra", "inget_mal", None)
    assert r["varde"] is not None
    assert r["visat"] not in ("-", "..")


def test_information_and_an_index_without_limit_have_no_signal_at_all() -> None:
    config = (
        GRUND
        + f'[indikator.i]\nregel = "information"\n{INTE_MATT["information"]}\n\n[indikator.x]\nregel = "index"\nav = ["a"]\n'
    )
    filer = TOMMA | {"enkat.csv": csv_text("svar,kon", "ja,kvinna")}
    for r in Prov(config, KALLOR, filer).alla()[1:]:
        assert (r["signal"], r["orsak"], r["krav"], r["varde"]) == (None, None, None, 100.0)


def test_an_index_of_nothing_judged_has_no_signal_and_no_figure() -> None:
    config = GRUND + '[indikator.x]\nregel = "index"\nav = ["a"]\n'
    r = Prov(config, KALLOR, TOMMA).alla()[1]
    assert [r[f] for f in FALT] == [None, None, None, "-", None, "inte_matt"]


@pytest.mark.parametrize(("antal", "signal"), [(0, "rod"), (1, "gron")])
def test_no_good_example_is_a_count_and_red(antal: int, signal: str) -> None:
    text = '+++\ntitel = "T"\nindikator = "x"\nsamtycke = true\ngranskad_av = "chefen"\npublicerad = true\n+++\nText.\n'
    config = '[indikator.x]\nregel = "goda_exempel"\nkalla = "b"\ngron = "minst 1"\n'
    filer = {"b": {f"{i}.md": text.encode() for i in range(antal)}}
    r = Prov(config, kalla("b", "berattelser", skydd="offentlig"), filer).ett(5)
    assert [r[f] for f in FALT] == [antal, None, float(antal), str(antal), signal, None]


@pytest.mark.parametrize(
    ("varde", "decimaler", "text"),
    [
        (Fraction(1, 2), 0, "1"),
        (Fraction(-1, 2), 0, f"{MINUS}1"),
        (Fraction(5, 2), 0, "3"),  # Python's round says 2
        (Fraction(-5, 2), 0, f"{MINUS}3"),
        (Fraction(-49, 100), 0, "0"),  # no minus before nothing
        (Fraction(1437), 0, f"1{NB}437"),
        (Fraction(-1234567), 0, f"{MINUS}1{NB}234{NB}567"),
        (Fraction(105, 100), 1, "1,1"),
        (Fraction(-5, 100), 1, f"{MINUS}0,1"),
        (Fraction(9995, 1000), 2, "10,00"),
    ],
)
def test_a_half_goes_away_from_zero(varde: Fraction, decimaler: int, text: str) -> None:
    assert skriv_tal(varde, decimaler) == text
    assert abs(avrunda(varde, decimaler) - varde) * 2 * 10**decimaler <= 1


def test_a_limit_that_everything_reaches_adds_no_decimals() -> None:
    assert visa(Fraction(2, 3), "%", 0, las_grans("minst 0 %")) == f"1{NB}%"


@pytest.mark.parametrize(
    ("gron", "gul", "svagare"),
    [
        ("minst 80 %", "minst 70 %", True),
        ("minst 80 %", "minst 80 %", False),
        ("minst 80 %", "minst 81 %", False),
        ("högst 20 %", "högst 30 %", True),
        ("minst 80 %", "högst 90 %", False),  # 95 % would be green and not yellow
        ("mellan 40 och 60 %", "mellan 35 och 60 %", True),
        ("mellan 40 och 60 %", "mellan 45 och 65 %", False),
        ("mellan 85 och 100 %", "minst 80 %", True),
        ("lägre än året före", "högre än året före", False),
        ("minst 30 per år", "minst 20", True),
    ],
)
def test_yellow_is_weaker_than_green_when_whatever_is_green_reaches_it_too(gron: str, gul: str, svagare: bool) -> None:
    grans, svag = las_grans(gron), las_grans(gul)
    assert grans is not None
    assert svag is not None
    assert svag.ar_svagare_an(grans) == svagare
