from dataclasses import replace

import pytest

from enkat.gang import ENHET, FORE, Vag, med_enhet, med_svar
from enkat.lasning import las_enkat
from enkat.sealed_state import Tillstand
from tests.enkatprov import ALLA_SLAG

ENKAT = las_enkat("prov.toml", ALLA_SLAG.encode())[0]
assert ENKAT is not None
BEMOTT, REDO, VARFOR, FATT = 2, 3, 4, 5


@pytest.fixture
def vag() -> Vag:
    assert ENKAT is not None
    return Vag(ENKAT)


@pytest.fixture
def t() -> Tillstand:
    return Tillstand("r", "prov", "0" * 64, "sv", b"n" * 16, None, None, {})


def ge(vag: Vag, t: Tillstand, sida: int, varde: object) -> Tillstand:
    fraga = vag.fraga(sida)
    assert fraga is not None
    return med_svar(vag, replace(t, sida=sida), fraga, varde)


def test_the_road_goes_past_a_question_that_does_not_apply(vag: Vag, t: Tillstand) -> None:
    assert vag.fram(t).sida == BEMOTT
    assert vag.fram(ge(vag, t, REDO, "ja")).sida == FATT
    assert vag.fram(ge(vag, t, REDO, "nej")).sida == VARFOR
    assert vag.tillbaka(replace(ge(vag, t, REDO, "ja"), sida=FATT)).sida == REDO


def test_back_from_the_first_question_leads_to_the_page_before_it(vag: Vag, t: Tillstand) -> None:
    assert vag.tillbaka(replace(t, sida=BEMOTT)).sida == FORE


def test_an_answer_to_a_question_that_no_longer_applies_is_forgotten(vag: Vag, t: Tillstand) -> None:
    med = ge(vag, ge(vag, t, REDO, "nej"), VARFOR, "bra")
    assert "varfor" in med.svar
    assert "varfor" not in ge(vag, med, REDO, "ja").svar


def test_when_all_is_answered_the_road_leads_to_the_check(vag: Vag, t: Tillstand) -> None:
    for fraga in vag.enkat.fragor:
        t = med_svar(vag, t, fraga, "vill_inte_svara")
    assert vag.obesvarade(t) == []
    assert vag.fram(replace(t, sida=BEMOTT)).sida == vag.granska
    assert vag.fram(replace(t, sida=FORE)).sida == BEMOTT


def test_one_cannot_go_to_a_page_that_does_not_apply(vag: Vag, t: Tillstand) -> None:
    med = ge(vag, t, REDO, "ja")
    assert vag.till(med, VARFOR) == med
    assert vag.till(med, ENHET) == med
    assert vag.till(med, 99) == med


def test_progress_counts_what_is_asked(vag: Vag, t: Tillstand) -> None:
    assert vag.forlopp(replace(t, sida=BEMOTT)) == (1, 8)  # not yet answered counts as "vill inte svara": not asked why
    assert vag.forlopp(replace(ge(vag, t, REDO, "nej"), sida=FATT))[0] == 4


def test_an_enhet_is_one_of_those_offered_or_none(t: Tillstand) -> None:
    assert ENKAT is not None
    vag = Vag(ENKAT, ("A", "B"))
    assert vag.fram(t).sida == ENHET
    assert med_enhet(vag, t, "C") is None
    assert [getattr(med_enhet(vag, t, v), "enhet", None) for v in ("A", "vill_inte_svara")] == ["A", ""]
