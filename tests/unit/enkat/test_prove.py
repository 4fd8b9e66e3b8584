"""Wrong questionnaires: each fault by its code, at its line and column; and that the shipped ones have none."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bokslut.underlag import las
from enkat import sprak
from enkat.fragor import las_enkat
from enkat.granskning import las_granskning
from enkat.prove import hitta, prova, tider
from indikatorer.definition import las_definitioner
from indikatorer.diagnos import Niva, ratta
from indikatorer.forberedelse import Forberett
from tests.unit.enkat.provenkat import TOML, enkat

ROOT = Path(__file__).parents[3]
ENKATER = ROOT / "config/enkater"
SKALA_TRIVS = 'typ = "skala"\nskala = "trivsel"\ntext = "Hur trivs du?"'
KON = '[fraga.kon]\ntyp = "ett_val"\nskala = "kon"\ntext = "Vilket kön har du?"\n'

# (what stands in the right one, what stands instead, code, line, column)
FEL = [
    ("", "[fragor.ny]\n", "okand-nyckel", 1, 2),
    ('titel = "Prov"\n', "", "saknad-nyckel", 1, 2),
    ('titel = "Prov"', 'titel = ""', "tomt-varde", 2, 9),
    ('titel = "Prov"', 'tittel = "Prov"', "okand-nyckel", 2, 1),
    ('kalla = "prov"', "kalla = prov", "toml-citattecken-saknas", 4, 9),
    ('text = "Var?"', 'texten = "Var?"', "okand-nyckel", 8, 1),
    ('["daligt", "sadar", "bra"]', "[]", "tomt-varde", 11, 8),
    ('["daligt", "sadar", "bra"]', '["daligt", "bra"]', "skala-olika-langd", 12, 8),
    ('["daligt", "sadar", "bra"]', '["daligt", "bra", "bra"]', "dubbelt-varde", 11, 26),
    ('["daligt", "sadar", "bra"]', '["daligt", "sådär", "bra"]', "fel-id", 11, 19),
    ('["daligt", "sadar", "bra"]', '["daligt", "bra", "vill_inte_svara"]', "reserverat-id", 11, 26),
    ('["Dåligt", "Sådär", "Bra"]', '["Dåligt", "Bra", "Bra"]', "dubbelt-varde", 12, 26),
    ('bild = "ansikten"', 'bild = "ansikte"', "okant-val", 13, 8),
    ('svar = ["ja", "nej"]\ntext = ["Ja", "Nej"]', 'svar = ["ja"]\ntext = ["Ja"]', "skala-for-kort", 16, 8),
    ('svar = ["ja", "nej"]', 'svar = ["nej", "ja"]', "fel-ja-nej", 35, 8),
    ("[fraga.trivs]", "[fraga.Trivs]", "fel-id", 30, 8),
    ("[fraga.trivs]", "[fraga.enhet]", "reserverat-id", 30, 8),
    ("[fraga.trivs]", "[fraga.antal]", "reserverat-id", 30, 8),
    ("[fraga.borjade]", "[fraga.trivs]", "toml-dubbel-tabell", 53, 1),
    ('typ = "skala"', 'typ = "skalla"', "okant-val", 31, 7),
    ('skala = "trivsel"\ntext = "Hur t', 'text = "Hur t', "saknad-nyckel", 30, 8),
    ('skala = "trivsel"\ntext = "Hur t', 'skala = "trivsl"\ntext = "Hur t', "okand-skala", 32, 9),
    ('skala = "trivsel"\ntext = "Hur t', 'skala = "ja_nej"\ntext = "Hur t', "skala-utan-ordning", 32, 9),
    ('text = "Hur trivs du?"', 'text = "Hur trivs du?"\nhogst = 3', "nyckel-passar-inte", 34, 1),
    ('text = "Hur trivs du?"', 'text = "Hur trivs du?"\nkanslig = "ja"', "fel-typ", 34, 11),
    ('text = "Arbetar du?"', 'text = "Hur trivs du?"', "dubbelt-varde", 37, 8),
    ('"buss", "cykel", "inget"]', '"buss", "cykel", "annat"]', "flera-val-utan-inget", 42, 9),
    ('fraga = "arbetar"', 'fraga = "arbeta"', "okand-fraga", 44, 22),
    ('fraga = "arbetar"', 'fraga = "minuter"', "villkor-pa-senare", 44, 22),
    ('fraga = "arbetar"', 'fraga = "reser"', "villkor-pa-senare", 44, 22),
    ('fraga = "reser"', 'fraga = "stod"', "villkor-pa-senare", 51, 22),
    ('svar = ["ja"] }', 'svar = ["jaa"] }', "okant-svar", 44, 41),
    ('svar = ["ja"] }', "svar = [] }", "tomt-varde", 44, 40),
    ('svar = ["ja"] }', 'svar = ["ja", "nej", "vill_inte_svara"] }', "villkor-utan-verkan", 44, 40),
    ("minst = 0", "minst = 241", "atervandsgrand", 49, 9),
    ("minst = 0\n", "", "saknad-nyckel", 46, 8),
    (
        "[fraga.stod]\n",
        '[fraga.fler]\ntyp = "ja_nej"\ntext = "Fler?"\nvisas_om = { fraga = "borjade", svar = ["ja"] }\n\n[fraga.stod]\n',
        *("villkor-utan-svar", 60, 22),
    ),
    ('[fraga.stod.rader]\nrad_ett = "Från personalen"\nrad_tva = "Från chefen"\n', "", "saknad-nyckel", 57, 8),
    ("rad_tva", '"Rad två"', "fel-id", 64, 1),
    ("langst = 20", "langst = 9000", "tal-utanfor", 68, 10),
    ("manader = 12", "manader = 25", "tal-utanfor", 69, 25),
    ('mer?"\n', 'mer?"\nvisas_om = { fraga = "arbetar", svar = ["ja"] }\n', "fritext-villkorad", 71, 1),
    ("gallras_efter_manader = 12\n", "", "saknad-nyckel", 66, 8),
    ('"kvinna", "man", "annat"', '"man", "kvinna", "annat"', "fel-kon", 74, 9),
    ('[skala.ja_nej]\nsvar = ["ja", "nej"]\ntext = ["Ja", "Nej"]\nordnad = false\n', "", "okand-skala", 31, 8),
    (KON, "", "kon-saknas", 1, 2),
    ('kallas = "de svarande"', 'kallas = "de svarande"\nlast = "abc"', "last-brutet", 6, 8),
]


def fel_i(toml: str, fil: str = "prov.toml") -> list[tuple[str, int, int]]:
    return [(d.kod, d.plats.rad, d.plats.kolumn) for d in prova({fil: toml.encode()}, None, None) if _eget(d.kod)]


def _eget(kod: str) -> bool:
    return kod != "oversattning-saknas"  # the tiny one is in no catalogue


def test_the_right_one_has_no_fault() -> None:
    assert fel_i(TOML) == []


@pytest.mark.parametrize(("ratt", "fel", "kod", "rad", "kolumn"), FEL)
def test_a_fault_is_told_at_its_place_and_once(ratt: str, fel: str, kod: str, rad: int, kolumn: int) -> None:
    assert ratt in TOML
    assert fel_i(TOML.replace(ratt, fel, 1) if ratt else fel + TOML) == [(kod, rad, kolumn)]


@pytest.mark.parametrize("nummer", range(len(FEL)))
def test_only_a_warning_leaves_a_questionnaire_to_put_to_anyone(nummer: int) -> None:
    ratt, fel, kod, _, _ = FEL[nummer]
    last, diagnoser = las_enkat("prov.toml", (TOML.replace(ratt, fel, 1) if ratt else fel + TOML).encode())
    assert (last is None) == any(d.niva is Niva.FEL for d in diagnoser)
    assert last is not None or kod not in ("kon-saknas", "last-brutet", "villkor-utan-verkan", "flera-val-utan-inget")


@pytest.mark.parametrize(
    ("ratt", "fel"),
    [(r, f) for r, f, kod, _, _ in FEL if kod in ("okand-fraga", "okant-svar", "okant-val") or "trivsl" in f],
)
def test_what_is_nearly_right_is_mended(ratt: str, fel: str) -> None:
    fixar = [d.fix for d in prova({"prov.toml": TOML.replace(ratt, fel, 1).encode()}, None, None) if d.fix]
    assert ratta({"prov.toml": TOML.replace(ratt, fel, 1)}, fixar)["prov.toml"] == TOML


@pytest.mark.parametrize(
    ("data", "kod"),
    [
        (b"PK\x03\x04\x00\x00", "inte-text"),
        (b"", "saknad-nyckel"),
        (TOML[: TOML.index("[fraga.trivs]")].encode(), "inga-fragor"),
        (b"[enkat", "toml-hakparentes-saknas"),
        (b"fraga = 3\nskala = []\nenkat = 'x'\nenhet = 7", "fel-typ"),
        ("[enkat]\ntitel = ”Prov”".encode(), "toml-typografiska-citattecken"),
    ],
)
def test_any_bytes_are_read_and_told_about(data: bytes, kod: str) -> None:
    last, fel = las_enkat("prov.toml", data)
    assert last is None
    assert kod in {d.kod for d in fel}


def test_the_name_of_the_file_is_an_id() -> None:
    assert fel_i(TOML, "config/Min enkät.toml") == [("fel-id", 1, 1)]


def test_kon_may_be_left_out_for_a_reason() -> None:
    utan = TOML.replace(KON, "").replace("[enhet]", 'utan_kon = "gruppen är för liten"\n\n[enhet]')
    assert fel_i(utan) == []


def test_a_lock_that_holds_is_silent() -> None:
    assert fel_i(TOML.replace("[enhet]", f'last = "{enkat().instrument}"\n\n[enhet]')) == []


def test_a_long_questionnaire_is_told() -> None:
    lang = TOML.replace("[enhet]", "hogst_minuter = 1\n\n[enhet]")
    assert fel_i(lang) == [("tar-for-lang-tid", 7, 17)]


def test_two_questionnaires_must_not_be_mistaken_for_each_other() -> None:
    annan = TOML.replace('"Sådär"', '"Så där"')
    fel = prova({"prov.toml": TOML.encode(), "annan.toml": annan.encode()}, None, None)
    assert [(d.kod, d.fil, d.plats.rad) for d in fel if _eget(d.kod)] == [
        ("dubbel-kalla", "annan.toml", 4),
        ("dubbel-kallas", "annan.toml", 5),
        ("skala-skiljer", "annan.toml", 10),
    ]


# --- Against the indicators and the underlag ---


@pytest.fixture(scope="module")
def umea() -> Forberett:
    return las(ROOT / "config/indicators.toml", ROOT / "exempel/umea-2020")


@pytest.fixture(scope="module")
def prova_andrad(umea: Forberett) -> Callable[[str, str, str], list[tuple[str, str]]]:
    def prova_(fil: str, ratt: str, fel: str) -> list[tuple[str, str]]:
        text = (ENKATER / fil).read_text("utf-8")
        assert ratt in text
        filer = {fil: text.replace(ratt, fel).encode()}
        rader = text.replace(ratt, fel).split("\n")
        return [(d.kod, rader[d.plats.rad - 1]) for d in prova(filer, umea.definitioner, umea.underlag) if _eget(d.kod)]

    return prova_


def test_the_shipped_questionnaires_have_no_fault_and_no_warning(umea: Forberett) -> None:
    assert [str(d) for d in prova(hitta(ENKATER), umea.definitioner, umea.underlag)] == []


@pytest.mark.parametrize(
    ("fil", "ratt", "fel", "kod", "rad"),
    [
        ("deltagare.toml", "[fraga.bemott]", "[fraga.bemot]", "indikator-utan-fraga", "[fraga.bemot]"),
        (
            *("personal.toml", "[fraga.trivs]", "[fraga.arbetsgladje]"),
            *("indikator-utan-fraga", 'kalla = "personalenkat"'),
        ),
        ("styrelse.toml", "Använder ni upp", "Nyttjar ni upp", "ordalydelse-skiljer", "text = "),
        ("styrelse.toml", '"Delvis"', '"Till viss del"', "skala-skiljer", "text = ["),
        ("styrelse.toml", 'kalla = "styrelseenkat"', 'kalla = "deltagare"', "fel-sorts-kalla", "kalla ="),
        (
            *("deltagare.toml", 'typ = "ja_nej"\ntext = "Har du haft', 'typ = "datum"\ntext = "Har du haft'),
            *("fraga-utan-svar", 'typ = "datum"'),
        ),
        (
            *(
                "deltagare.toml",
                'text = "Har du fått vara',
                'visas_om = {fraga="bemott",svar=["bra"]}\ntext = "Har du fått vara',
            ),
            *("fraga-for-nagra", "visas_om = {fraga"),
        ),
        (
            *("deltagare.toml", "[fraga.kon]", "[fraga.aldersgrupp]"),
            *("kon-saknas", "[enkat]"),
        ),
        (
            *("deltagare.toml", "hogst_minuter = 4", 'hogst_minuter = 4\nutan_kon = "nej"'),
            *("", ""),
        ),
    ],
)
def test_an_indicator_that_is_not_fed_is_told(
    fil: str, ratt: str, fel: str, kod: str, rad: str, prova_andrad: Callable[[str, str, str], list[tuple[str, str]]]
) -> None:
    funna = prova_andrad(fil, ratt, fel)
    if not kod:
        assert funna == []
    else:
        assert [(k, r.startswith(rad)) for k, r in funna if k == kod] == [(kod, True)]


def test_an_option_that_is_counted_must_exist(
    prova_andrad: Callable[[str, str, str], list[tuple[str, str]]],
) -> None:
    funna = prova_andrad("deltagare.toml", '"till_stor_del"', '"mycket"')
    assert [k for k, _ in funna] == ["indikator-utan-svar", "skala-skiljer"]


def test_kon_is_needed_where_women_and_men_are_compared(
    prova_andrad: Callable[[str, str, str], list[tuple[str, str]]],
) -> None:
    text = (ENKATER / "deltagare.toml").read_text("utf-8")
    utan = text[text.index("[fraga.kon]") :]
    funna = prova_andrad("deltagare.toml", utan, "\n[enkat.x]\n")
    assert "kon-saknas" in [k for k, _ in funna]
    with_reason = text.replace(utan, "").replace("hogst_minuter = 4", 'utan_kon = "för få"\nhogst_minuter = 4')
    assert prova_andrad("deltagare.toml", text, with_reason) == [("kon-behovs", 'utan_kon = "för få"')]


def test_a_faulty_question_is_not_also_missing(
    prova_andrad: Callable[[str, str, str], list[tuple[str, str]]],
) -> None:
    funna = prova_andrad("deltagare.toml", "[fraga.bemott]                         # en", "[fraga.bemott]\nx = 1 # en")
    assert [k for k, _ in funna] == ["okand-nyckel"]


def test_a_column_to_select_by_must_exist(umea: Forberett) -> None:
    config = (ROOT / "config/indicators.toml").read_text("utf-8")
    config = config.replace('fraga = "bemott"', 'fraga = "bemott"\nurval = { alder = ["ung"], framtid = ["toppen"] }')
    definitioner, _ = las_definitioner("i.toml", config.encode())
    filer = {"deltagare.toml": (ENKATER / "deltagare.toml").read_bytes()}
    assert [d.kod for d in prova(filer, definitioner, None)] == ["indikator-utan-fraga", "indikator-utan-svar"]


def test_a_text_that_is_not_translated_is_told_for_each_language() -> None:
    text = (
        (ENKATER / "styrelse.toml").read_text("utf-8").replace("Vi vill veta hur förbundet", "Vi undrar hur förbundet")
    )
    fel = prova({"styrelse.toml": text.encode()}, None, None)
    assert [(d.kod, d.niva) for d in fel] == [("oversattning-saknas", Niva.VARNING)] * (len(sprak.SPRAK) - 1)
    assert {text.split("\n")[d.plats.rad - 1][:9] for d in fel} == {"ingress ="}


def test_the_time_it_takes_is_told_for_each_language() -> None:
    for fil, data in hitta(ENKATER).items():
        last, _ = las_enkat(fil, data)
        assert last is not None
        tid = tider(last)
        assert set(tid) == {s.kod for s in sprak.SPRAK}
        assert tid["sv"] <= last.huvud.hogst_minuter
        assert tid["sv@latt"] > tid["sv"]


@pytest.mark.parametrize(
    ("text", "koder"),
    [
        ("", []),
        ('[en]\ngranskad_av = "A. Svensson"\ndatum = "2026-03-31"\ntexter = "abc"', []),
        ('[en]\ngranskad_av = "A. Svensson"\ndatum = "2026-03-31"\ntexter = "abd"', ["granskning-foraldrad"]),
        ('[en]\ngranskad_av = "A. Svensson"\ndatum = "2026-03-31"', ["granskning-foraldrad"]),
        ('[en]\ngranskad_av = "A. Svensson"\ndatum = "31/3"', ["fel-datum"]),
        ('[en]\ngranskad_av = "A. Svensson"', ["fel-datum"]),
        ('[eng]\ngranskad_av = ""', ["okand-sprak"]),
        ("[en]\ngranskare = 1", ["okand-nyckel"]),
        ("en = 3", []),
    ],
)
def test_a_review_has_a_name_and_a_day(text: str, koder: list[str]) -> None:
    lasta, fel = las_granskning("granskning.toml", text.encode(), {"sv": "", "en": "abc"})
    assert [d.kod for d in fel] == koder
    assert [kod for kod, g in lasta.items() if g.godkand("abc")] == (["en"] if '"abc"' in text else [])
    assert all('skriv texter = "abc"' in str(d) for d in fel if d.kod == "granskning-foraldrad")


@settings(max_examples=80)
@given(
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200), st.sampled_from(["", "=", '"', "x = 1\n", "]", "\n"])))
)
def test_no_slip_of_the_hand_is_too_much(slag: list[tuple[int, int, str]]) -> None:
    rader = TOML.split("\n")
    for rad, kolumn, text in slag:
        rad %= len(rader)
        rader[rad] = rader[rad][: kolumn % 30] + text + rader[rad][kolumn % 30 + 3 :]
    text = "\n".join(rader)
    fel = prova({"prov.toml": text.encode()}, None, None)
    assert all(d.regel and 1 <= d.plats.rad <= text.count("\n") + 1 for d in fel)
