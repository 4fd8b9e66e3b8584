"""What a questionnaire asks, of whom, and what it takes for an answer."""

import dataclasses
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enkat.fragor import (
    FELKODER,
    VILL_INTE_SVARA,
    Enkat,
    Svar,
    fel_i_svar,
    kolumner,
    las_enkat,
    rensa,
    som_rad,
    underlag_kalla,
)
from enkat.texter import FEL_I_SVAR
from indikatorer.beskrivning import Beskrivning
from indikatorer.schema import las_modell
from indikatorer.toml.source import las_toml
from tests.unit.enkat.provenkat import TOML, enkat

ROOT = Path(__file__).parents[3]
PROV = enkat()
SKEPPADE = [
    last
    for fil in sorted((ROOT / "config/enkater").glob("*.toml"))
    if (last := las_enkat(fil.name, fil.read_bytes())[0]) is not None
]


def ids(synliga: tuple[object, ...]) -> list[str]:
    return [getattr(f, "id", "") for f in synliga]


@pytest.mark.parametrize(
    ("svar", "dolda"),
    [
        ({}, {"reser", "minuter"}),
        ({"arbetar": "nej"}, {"reser", "minuter"}),
        ({"arbetar": VILL_INTE_SVARA}, {"reser", "minuter"}),
        ({"arbetar": "ja"}, {"minuter"}),
        ({"arbetar": "ja", "reser": ("inget",)}, {"minuter"}),
        ({"arbetar": "ja", "reser": ("buss", "cykel")}, set()),
        ({"arbetar": "nej", "reser": ("buss",)}, {"reser", "minuter"}),  # a stale answer shows nothing
    ],
)
def test_a_question_is_shown_to_those_it_concerns(svar: Svar, dolda: set[str]) -> None:
    assert {f.id for f in PROV.fragor} - set(ids(PROV.synliga(svar))) == dolda


def test_who_has_not_answered_is_asked_what_those_are_asked_who_will_not() -> None:
    alla = enkat(TOML.replace('svar = ["ja"] }', 'svar = ["ja", "vill_inte_svara"] }'))
    assert "reser" in ids(alla.synliga({}))
    assert "reser" not in ids(alla.synliga({"arbetar": "nej"}))


@pytest.mark.parametrize(
    ("fraga", "varde", "kod"),
    [
        ("trivs", "bra", None),
        ("trivs", VILL_INTE_SVARA, None),
        ("trivs", None, "saknas"),
        ("trivs", "", "saknas"),
        ("trivs", "Bra", "inte_ett_alternativ"),
        ("trivs", ["bra"], "inte_ett_alternativ"),
        ("reser", [], "saknas"),
        ("reser", "buss", None),
        ("reser", ["buss", "cykel"], None),
        ("reser", [VILL_INTE_SVARA], None),
        ("reser", ["buss", VILL_INTE_SVARA], "motsager"),
        ("reser", ["buss", "inget"], "motsager"),
        ("reser", ["buss", "tåg"], "inte_ett_alternativ"),
        ("reser", 7, "saknas"),
        ("minuter", "0", None),
        ("minuter", " ٢٤٠ ", None),
        ("minuter", "241", "utanfor"),
        ("minuter", "−1", "utanfor"),
        ("minuter", "1,5", "inte_ett_tal"),
        ("minuter", "9" * 5000, "inte_ett_tal"),
        ("borjade", "2026-03-31", None),
        ("borjade", "۲۰۲۶-۰۳-۳۱", None),
        ("borjade", "2026-02-30", "inte_ett_datum"),
        ("borjade", "20260331", "inte_ett_datum"),
        ("borjade", "31/3 2026", "inte_ett_datum"),
        ("eget", "x" * 20, None),
        ("eget", "x" * 21, "for_langt"),
        ("eget", "  \u202e\x00 ", "saknas"),
        ("stod", {"rad_ett": "bra", "rad_tva": VILL_INTE_SVARA}, None),
        ("stod", {"rad_ett": "bra"}, "saknas"),
        ("stod", {"rad_ett": "bra", "rad_tva": "toppen"}, "inte_ett_alternativ"),
        ("stod", VILL_INTE_SVARA, None),
        ("stod", "bra", "saknas"),
    ],
)
def test_what_is_wrong_with_an_answer_is_told_by_a_code(fraga: str, varde: object, kod: str | None) -> None:
    assert fel_i_svar(PROV, PROV.fraga(fraga), varde) == kod


def test_every_code_has_a_sentence() -> None:
    assert set(FEL_I_SVAR) == set(FELKODER)


def test_answers_are_stored_in_one_form() -> None:
    ra = {
        "arbetar": "ja",
        "reser": ["cykel", "buss", "buss"],
        "minuter": " ۳۰",
        "borjade": "٢٠٢٦-٠٣-٣١",
        "eget": " Hej\r\n\u200bdå ",
        "stod": {"rad_ett": "bra", "rad_tva": "okänt"},
        "trivs": "okänt",
        "enhet": "Torget",
        "finns_inte": "ja",
    }
    assert rensa(PROV, ra) == {
        "arbetar": "ja",
        "reser": ("buss", "cykel"),
        "minuter": "30",
        "borjade": "2026-03-31",
        "eget": "Hej\ndå",
        "stod.rad_ett": "bra",
    }


VARDEN = st.one_of(
    st.none(),
    st.integers(),
    st.text(max_size=6),
    st.sampled_from(["ja", "nej", "bra", "buss", "inget", "kvinna", "5", "2026-03-31", VILL_INTE_SVARA]),
    st.lists(st.sampled_from(["buss", "cykel", "inget", VILL_INTE_SVARA, "x"]), max_size=4),
    st.dictionaries(st.sampled_from(["rad_ett", "rad_tva", "x"]), st.sampled_from(["bra", "x", VILL_INTE_SVARA])),
)
NYCKLAR = st.sampled_from([*(n for f in PROV.fragor for n in f.nycklar), "stod", "enhet", "x"])


@settings(max_examples=300)
@given(st.dictionaries(NYCKLAR, VARDEN))
def test_only_valid_answers_to_shown_questions_come_through(ra: dict[str, object]) -> None:
    svar = rensa(PROV, ra)
    visade = {nyckel: f for f in PROV.synliga(svar) for nyckel in f.nycklar}
    assert set(svar) <= set(visade)
    for nyckel, varde in svar.items():
        if visade[nyckel].typ == "matris":
            assert varde in (*PROV.alternativ(visade[nyckel]), VILL_INTE_SVARA)
        else:
            assert fel_i_svar(PROV, visade[nyckel], varde) is None
    assert rensa(PROV, dict(svar)) == svar
    assert set(som_rad(PROV, svar, "Torget")) == set(kolumner(PROV))


@pytest.mark.parametrize("skeppad", [PROV, *SKEPPADE], ids=lambda e: e.id)
def test_every_question_is_met_by_someone(skeppad: Enkat) -> None:
    styr = [skeppad.fraga(id_) for id_ in {f.visas_om.fraga for f in skeppad.fragor if f.visas_om}]
    val = product(*([(f.id, (a,)) for a in (*skeppad.alternativ(f), VILL_INTE_SVARA)] for f in styr))
    motta = {f.id for kombination in val for f in skeppad.synliga(dict(kombination))}
    assert motta == {f.id for f in skeppad.fragor}


@pytest.mark.parametrize(
    ("gammalt", "nytt"),
    [
        ("Hur trivs du?", "Hur mår du?"),
        ('"Sådär"', '"Så där"'),
        ('"sadar"', '"sa_dar"'),
        ("En liten enkät.", "En kort enkät."),
        ('titel = "Prov"', 'titel = "Provet"'),
        ('text = "Var?"', 'text = "Var då?"'),
        ('text = "Arbetar du?"', 'text = "Arbetar du?"\nhjalp = "Nu."'),
        ('"Från chefen"', '"Från din chef"'),
        ("hogst = 240", "hogst = 241"),
        ("langst = 20", "langst = 21"),
        ('bild = "ansikten"', 'bild = "staplar"'),
        ('svar = ["ja"] }', 'svar = ["nej"] }'),
    ],
)
def test_the_fingerprint_changes_with_whatever_a_respondent_meets(gammalt: str, nytt: str) -> None:
    assert gammalt in TOML
    assert enkat(TOML.replace(gammalt, nytt)).fingeravtryck != PROV.fingeravtryck


@pytest.mark.parametrize(
    ("gammalt", "nytt"),
    [
        ("[enkat]", "# En kommentar\n[enkat]"),
        ('kallas = "de svarande"', 'kallas = "deltagarna"'),
        ('kalla = "prov"', 'kalla = "annan"'),
        ("kanslig = true", "kanslig = false"),
        ("\n\n", "\n \n\n"),
    ],
)
def test_the_fingerprint_stays_when_nothing_met_is_changed(gammalt: str, nytt: str) -> None:
    assert gammalt in TOML
    assert enkat(TOML.replace(gammalt, nytt)).fingeravtryck == PROV.fingeravtryck


def test_the_fingerprint_changes_with_the_order() -> None:
    assert dataclasses.replace(PROV, fragor=PROV.fragor[::-1]).fingeravtryck != PROV.fingeravtryck


def test_help_belongs_to_the_form_and_not_to_the_instrument() -> None:
    med_hjalp = enkat(TOML.replace('text = "Arbetar du?"', 'text = "Arbetar du?"\nhjalp = "Nu."'))
    assert med_hjalp.instrument == PROV.instrument
    assert enkat(TOML.replace("Arbetar du?", "Har du arbete?")).instrument != PROV.instrument


def test_the_frozen_table_has_a_column_for_each_closed_answer() -> None:
    assert kolumner(PROV) == (
        *("enhet", "kon", "trivs", "arbetar", "reser.buss", "reser.cykel", "reser.inget"),
        *("minuter", "borjade", "stod.rad_ett", "stod.rad_tva"),
    )
    rad = som_rad(PROV, {"reser": ("cykel",), "kon": "annat", "eget": "Hej"}, "Torget")
    assert (rad["enhet"], rad["kon"], rad["reser.buss"], rad["reser.cykel"]) == ("Torget", "annat", "nej", "ja")
    assert rad["trivs"] == ""
    assert som_rad(PROV, {"reser": VILL_INTE_SVARA})["reser.buss"] == VILL_INTE_SVARA


def las_beskrivning(text: str) -> Beskrivning:
    dok = las_toml("underlag.toml", text)
    beskrivning, fel = las_modell(Beskrivning, dok, (), dok.data)
    assert beskrivning is not None
    assert [*dok.diagnoser, *fel] == []
    return beskrivning


def test_its_part_of_underlag_is_read_by_the_engine() -> None:
    text = underlag_kalla(enkat(TOML.replace("Hur trivs du?", r"Hur \"trivs\" du \\ där?")), "prov.parquet", "2026", 40)
    beskrivning = las_beskrivning(text)
    kalla = beskrivning.kalla["prov"]
    assert (kalla.fil, kalla.population_antal, kalla.utdelade) == ("prov.parquet", 40, None)
    assert kalla.fraga["trivs"].text == 'Hur "trivs" du \\ där?'
    assert kalla.fraga["arbetar"].kanslig
    assert kalla.fraga["stod.rad_ett"].text == "Hur har stödet varit? Från personalen"
    assert kalla.fraga["reser.inget"].skala == "ja_nej"
    assert set(kalla.fraga) < set(kolumner(PROV))
    assert "minuter" not in kalla.fraga


@pytest.mark.parametrize("skeppad", SKEPPADE, ids=lambda e: e.id)
def test_the_shipped_ones_ask_what_umea_asked(skeppad: Enkat) -> None:
    tryckt = las_beskrivning((ROOT / "exempel/umea-2020/underlag.toml").read_text("utf-8"))
    egen = las_beskrivning(underlag_kalla(skeppad, "x.parquet", "2020"))
    assert egen.kalla[skeppad.kalla].fraga == tryckt.kalla[skeppad.kalla].fraga
    assert egen.kalla[skeppad.kalla].kallas == tryckt.kalla[skeppad.kalla].kallas
    assert all(tryckt.skala[id_] == skala for id_, skala in egen.skala.items())


def test_four_questionnaires_are_shipped() -> None:
    assert [e.id for e in SKEPPADE] == ["deltagare", "personal", "styrelse", "styrgrupp"]
    assert [(e.fragor[-1].id, e.huvud.utan_kon) for e in SKEPPADE] == [("kon", "")] * 4
    assert [e.enhet is not None for e in SKEPPADE] == [True, True, False, False]
