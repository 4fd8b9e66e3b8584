"""The goals over time: the first day, the next year, text, versions, two editors at once, and the board's decision."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select

from kansli.mal import malfil, store
from kansli.mal.models import Malbeslut
from kansli.models import Handelse
from kansli.roller import Roll
from tests.kansliprov import Prov, bygg, skicka
from tests.web.test_kansli_mal import STOD, falten, fil, fyll, mal, ren, skicka_vidare

TEXT = "/kansli/mal/2020/text"


@pytest.fixture
def prov(tmp_path: Path) -> Iterator[Prov]:
    prov = bygg(tmp_path, exempel=True)
    yield prov
    prov.motor.dispose()


@pytest.fixture
def tom(tmp_path: Path) -> Iterator[Prov]:
    prov = bygg(tmp_path)
    yield prov
    prov.motor.dispose()


@pytest.fixture
def chef(prov: Prov) -> FlaskClient:
    return prov.person(Roll.FORBUNDSCHEF)


def test_on_the_first_day_the_goals_begin_with_the_example(tom: Prov) -> None:
    chef = tom.person(Roll.FORBUNDSCHEF)
    assert chef.get("/kansli/mal").location.endswith("/kansli/mal/borja")
    assert "Ett färdigt exempel" in chef.get("/kansli/mal/borja").text
    assert skicka(chef, "/kansli/mal/borja", ar="2027", fran="mall").status_code == 303
    nytt = mal(tom, 2027)
    assert (nytt["bokslut"]["ar"], nytt["bokslut"]["forbund"]) == (2027, "Provförbundet")
    assert "beslut" not in nytt["bokslut"]
    sida = ren(chef.get("/kansli/mal/2027").text)
    assert "fel att rätta" not in sida
    assert "Inte mätt" in sida
    assert "Året har inget underlag ännu" in sida


def test_on_the_first_day_the_goals_begin_with_nothing_and_grow(tom: Prov) -> None:
    chef = tom.person(Roll.FORBUNDSCHEF)
    assert skicka(chef, "/kansli/mal/borja", ar="2027", fran="tomt").status_code == 303
    assert "Här finns inga mål ännu." in ren(chef.get("/kansli/mal/2027").text)
    assert "finns inget ännu" in ren(chef.get("/kansli/mal/2027/socialt-mal").text)
    skicka(chef, "/kansli/mal/2027/omrade", nummer="1", titel="Deltagarnytta", skal="Nytt", version="1")
    skicka(
        chef,
        "/kansli/mal/2027/socialt-mal",
        malomrade="deltagarnytta",
        text="Alla blir sedda.",
        skal="Nytt",
        version="2",
    )
    adress = "/kansli/mal/2027/indikator?regel=goda_exempel&mal=alla-blir-sedda"
    assert fyll(chef, adress, "spara", titel="Exempel", gron="minst 1").status_code == 303
    assert list(mal(tom, 2027)["indikator"]) == ["exempel"]


@pytest.mark.parametrize(
    ("ar", "fran", "fel"),
    [
        ("2020", "ar-2020", "Det finns redan mål för 2020"),
        ("12", "tomt", "mellan 1990 och 2100"),
        ("2030", "ar-1812", "går inte att kopiera"),
        ("2030", "påhitt", "går inte att kopiera"),
    ],
)
def test_a_year_that_cannot_begin_is_told_beside_its_field(
    chef: FlaskClient, prov: Prov, ar: str, fran: str, fel: str
) -> None:
    svar = skicka(chef, "/kansli/mal/borja", ar=ar, fran=fran)
    assert svar.status_code == 422
    assert fel in svar.text
    assert prov.mapp.ar() == [2020]


def test_next_year_has_this_years_goals_and_nothing_measured_but_last_years_values(
    prov: Prov, chef: FlaskClient
) -> None:
    assert skicka(chef, "/kansli/mal/borja", ar="2021", fran="ar-2020").status_code == 303
    fore, efter = fil(prov).splitlines(), fil(prov, 2021).splitlines()
    assert [rad for rad in efter if rad not in fore] == ["ar = 2021"]
    assert mal(prov, 2021)["indikator"] == mal(prov)["indikator"]
    sida = ren(chef.get("/kansli/mal/2021").text)
    assert "Inte mätt 2020: 78 %" in sida
    svar = fyll(chef, "/kansli/mal/2021/indikator/stod-for-arbete", "rakna", gron="minst 70 %")
    assert "2021 - Inte mätt" in ren(svar.text)
    assert "2020: 1 av 62 signaler ändras." in ren(svar.text)


def test_the_text_is_checked_as_the_form_is_and_stored_only_when_it_brings_no_fault(
    prov: Prov, chef: FlaskClient
) -> None:
    fore = fil(prov)
    fel = skicka(
        chef, TEXT, text=fore.replace('gron = "minst 90 %"', "gron = 0,9", 1), version="1", skal="Prov", knapp="spara"
    )
    assert fel.status_code == 422
    assert "gron = 0,9" in fel.text
    assert "Nytt. Rad " in ren(fel.text)
    assert fil(prov) == fore
    ratt = fore.replace('gron = "minst 90 %"', 'gron = "minst 89 %"', 1)
    assert (
        skicka(chef, TEXT, text=ratt.replace("\n", "\r\n"), version="1", skal="Prov", knapp="spara").status_code == 303
    )
    assert fil(prov) == ratt


def test_the_text_can_be_tried_without_being_saved(prov: Prov, chef: FlaskClient) -> None:
    nytt = fil(prov).replace('gron = "minst 80 %"', 'gron = "minst 70 %"')
    text = ren(skicka(chef, TEXT, text=nytt, version="1", knapp="rakna").text)
    assert "2020: 8 av 62 signaler ändras." in text
    assert 'Borttaget gron = "minst 80 %"' in text
    assert 'Tillagt gron = "minst 70 %"' in text
    assert 'gron = "minst 80 %"' in fil(prov)


@pytest.mark.parametrize(
    ("bort", "dit", "fel"),
    [("ar = 2020", "ar = 2024", "ska vara 2020"), ("minsta_grupp = 5", "minsta_grupp = 1", "minsta_grupp är lägst 5")],
)
def test_the_year_and_the_protection_do_not_change_by_the_way(
    prov: Prov, chef: FlaskClient, bort: str, dit: str, fel: str
) -> None:
    svar = skicka(chef, TEXT, text=fil(prov).replace(bort, dit, 1), version="1", skal="Prov", knapp="spara")
    assert svar.status_code == 422
    assert fel in ren(svar.text)
    assert bort in fil(prov)


def test_a_text_of_a_megabyte_is_a_clear_page_and_changes_nothing(prov: Prov, chef: FlaskClient) -> None:
    svar = skicka(chef, TEXT, text="# " + "x" * 1_100_000, version="1", skal="Prov", knapp="spara")
    assert svar.status_code == 413
    assert "Det är för mycket på en gång" in svar.text
    assert "x" * 50 not in fil(prov)


def test_a_text_of_most_of_a_megabyte_is_taken(prov: Prov, chef: FlaskClient) -> None:
    svar = skicka(chef, TEXT, text=fil(prov) + "# " + "x" * 800_000 + "\n", version="1", skal="Prov", knapp="spara")
    assert svar.status_code == 303
    assert len(fil(prov)) > 800_000


def test_a_file_of_more_than_a_megabyte_is_told_and_not_taken_in(prov: Prov, chef: FlaskClient) -> None:
    prov.mapp.mal(2020).write_text("# " + "x" * 1_100_000, "utf-8")
    assert chef.get("/kansli/mal/2020").status_code == 413


def test_a_broken_file_can_be_mended_as_text(prov: Prov, chef: FlaskClient) -> None:
    ratt = fil(prov)
    prov.mapp.mal(2020).write_text(ratt.replace("[bokslut]", "[bokslut", 1).replace("ar = 2020", "ar =", 1), "utf-8")
    assert chef.get("/kansli/mal/2020").status_code == 200
    assert "Rad " in ren(chef.get(TEXT).text)
    assert skicka(chef, TEXT, text=ratt, version="1", skal="Lagade filen", knapp="spara").status_code == 303
    assert fil(prov) == ratt


def test_versions_tell_who_when_and_why_and_what_differs(prov: Prov, chef: FlaskClient) -> None:
    fyll(chef, STOD, "spara", gron="minst 75 %", skal="Lägre först")
    lista = ren(chef.get("/kansli/mal/2020/versioner").text)
    assert "2 20" in lista
    assert "Forbundschef Lägre först" in lista
    skillnad = ren(chef.get("/kansli/mal/2020/skillnad").text)
    assert 'Borttaget gron = "minst 80 %"' in skillnad
    assert 'Tillagt gron = "minst 75 %"' in skillnad
    fil_ = chef.get("/kansli/mal/2020/versioner/1?fil=1")
    assert 'gron = "minst 75 %"' not in fil_.text
    assert "attachment" in fil_.headers["Content-Disposition"]
    assert "minst 80 %" in chef.get(f"{TEXT}?version=1").text
    assert chef.get("/kansli/mal/2020/versioner/9").status_code == 404
    assert chef.get("/kansli/mal/2020/skillnad?fore=8&efter=9").status_code == 404


def test_a_file_changed_from_outside_is_told_and_becomes_a_version(prov: Prov, chef: FlaskClient) -> None:
    chef.get("/kansli/mal/2020")
    prov.mapp.mal(2020).write_text(fil(prov).replace('gron = "minst 80 %"', 'gron = "minst 81 %"', 1), "utf-8")
    assert "Filen ändrades utanför kansliet. Ändringen är intagen som version 2." in ren(
        chef.get("/kansli/mal/2020").text
    )
    assert "någon utanför kansliet Filen ändrades utanför kansliet" in ren(chef.get("/kansli/mal/2020/versioner").text)


def test_another_ones_change_elsewhere_is_kept_and_told(prov: Prov, chef: FlaskClient) -> None:
    annan = prov.person(Roll.KANSLI)
    min_sida = chef.get(STOD).text
    fyll(annan, "/kansli/mal/2020/indikator/lyckas", "spara", gron="minst 60 %", skal="Hennes")
    assert skicka_vidare(chef, STOD, min_sida, "spara", gron="minst 75 %", skal="Min").status_code == 303
    efter = mal(prov)["indikator"]
    assert (efter["lyckas"]["gron"], efter["stod-for-arbete"]["gron"]) == ("minst 60 %", "minst 75 %")
    assert "Kansli sparade en annan ändring medan du skrev." in ren(chef.get("/kansli/mal/2020").text)


def test_the_second_of_two_who_edit_the_same_is_told_sees_both_and_loses_nothing(prov: Prov, chef: FlaskClient) -> None:
    annan = prov.person(Roll.KANSLI)
    min_sida = chef.get(STOD).text
    fyll(annan, STOD, "spara", gron="minst 60 %", anmarkning="Ny definition", skal="Hennes")
    svar = skicka_vidare(chef, STOD, min_sida, "spara", gron="minst 75 %", titel="Bra stöd", skal="Min")
    text = ren(svar.text)
    assert svar.status_code == 422
    assert "Kansli sparade samtidigt" in text
    assert "Kansli har skrivit ”minst 60 %” här. Det du skrev står kvar." in text
    assert "Det här är hämtat därifrån till formuläret: Anmärkning." in text
    falt = falten(svar.text)
    assert (falt["gron"], falt["titel"], falt["anmarkning"]) == ("minst 75 %", "Bra stöd", "Ny definition")
    assert mal(prov)["indikator"]["stod-for-arbete"]["gron"] == "minst 60 %"
    assert skicka_vidare(chef, STOD, svar.text, "spara").status_code == 303
    efter = mal(prov)["indikator"]["stod-for-arbete"]
    assert (efter["gron"], efter["titel"], efter["anmarkning"]) == ("minst 75 %", "Bra stöd", "Ny definition")


def test_what_another_has_taken_away_can_be_put_back(prov: Prov, chef: FlaskClient) -> None:
    annan = prov.person(Roll.KANSLI)
    adress = "/kansli/mal/2020/indikator/lyckas"
    min_sida = chef.get(adress).text
    skicka(annan, f"{adress}/avsluta", version="1", skal="Bort", knapp="ta_bort")
    svar = skicka_vidare(chef, adress, min_sida, "spara", gron="minst 66 %", skal="Min")
    assert svar.status_code == 422
    assert "Kansli har tagit bort indikatorn." in ren(svar.text)
    assert skicka_vidare(chef, adress, svar.text, "spara").status_code == 303
    assert mal(prov)["indikator"]["lyckas"]["gron"] == "minst 66 %"


def test_two_who_edit_the_text_see_what_differs_before_anything_is_replaced(prov: Prov, chef: FlaskClient) -> None:
    annan, fore = prov.person(Roll.KANSLI), fil(prov)
    fyll(annan, STOD, "spara", gron="minst 60 %", skal="Hennes")
    mitt = fore.replace("minst 35 %", "minst 34 %")
    svar = skicka(chef, TEXT, text=mitt, version="1", skal="Min", knapp="spara")
    text = ren(svar.text)
    assert svar.status_code == 422
    assert "Kansli har sparat version 2 medan du skrev." in text
    assert "minst 34 %" in text
    assert 'Borttaget gron = "minst 60 %"' in text
    assert mal(prov)["indikator"]["stod-for-arbete"]["gron"] == "minst 60 %"


def test_a_decision_of_the_board_locks_the_goals_and_is_printed(prov: Prov, chef: FlaskClient) -> None:
    falt = {"beslut": "styrelsen § 41", "datum": "2019-12-05", "skal": "Beslut", "version": "1"}
    assert skicka(chef, "/kansli/mal/2020/beslut", **falt).status_code == 303
    assert mal(prov)["bokslut"]["beslut"] == "styrelsen § 41, 2019-12-05"
    assert "styrelsen § 41, 2019-12-05" in ren(chef.get("/kansli/mal/2020/versioner").text)
    sida = chef.get("/kansli/mal/2020").text
    assert "Målen för 2020 är beslutade." in ren(sida)
    assert "Ny indikator" not in sida
    fore = fil(prov)
    for adress, post in (
        (STOD, {"gron": "minst 1 %", "knapp": "spara"}),
        (TEXT, {"text": fore.replace("80 %", "1 %"), "knapp": "spara"}),
        ("/kansli/mal/2020/omrade", {"nummer": "9", "titel": "Nytt"}),
        ("/kansli/mal/2020/indikator/lyckas/avsluta", {"knapp": "ta_bort"}),
    ):
        if adress == STOD:
            svar = fyll(chef, adress, "spara", gron="minst 1 %", skal="Smyg")
        else:
            svar = skicka_med(chef, adress, version="2", skal="Smyg", **post)
        assert svar.status_code == 422, adress
        assert "Målen är beslutade och går bara att läsa." in ren(svar.text), adress
    assert fil(prov) == fore


def skicka_med(klient: FlaskClient, adress: str, **falt: str) -> object:
    return skicka(klient, adress, **falt)


def test_decided_goals_are_opened_again_for_a_reason_that_is_kept(prov: Prov, chef: FlaskClient) -> None:
    skicka(chef, "/kansli/mal/2020/beslut", beslut="styrelsen § 41", datum="2019-12-05", skal="Beslut", version="1")
    assert skicka(chef, "/kansli/mal/2020/oppna", skal="").status_code == 422
    assert skicka(chef, "/kansli/mal/2020/oppna", skal="Styrelsen ändrade § 44").status_code == 303
    with Session(prov.motor) as session:
        rad = session.exec(select(Handelse).where(Handelse.vad == "mal-oppnade")).one()
        assert (rad.vem, rad.fore, rad.efter) == ("Forbundschef", "beslutade i version 2", "Styrelsen ändrade § 44")
        assert session.get(Malbeslut, 2020) is None
    assert fyll(chef, STOD, "spara", gron="minst 79 %", skal="Nu går det").status_code == 303


def test_a_year_that_begins_or_opens_while_it_is_published_changes_nothing_that_is(
    prov: Prov, chef: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither writes the goals of a year that has any, and what does is stopped."""
    skicka(chef, "/kansli/mal/2020/beslut", beslut="styrelsen § 41", datum="2019-12-05", skal="Beslut", version="1")
    fore = fil(prov)
    monkeypatch.setattr("kansli.mal.sidan.publiceras_nu", lambda *_: True)
    assert skicka(chef, "/kansli/mal/borja", ar="2020", fran="tomt").status_code == 422
    assert skicka(chef, "/kansli/mal/2020/oppna", skal="Styrelsen ändrade § 44").status_code == 303
    svar = fyll(chef, STOD, "spara", gron="minst 79 %", skal="Nu går det")
    assert svar.status_code == 422
    assert "Bokslutet publiceras just nu." in ren(svar.text)
    assert fil(prov) == fore


def test_a_decided_file_that_is_changed_from_outside_is_told(prov: Prov, chef: FlaskClient) -> None:
    skicka(chef, "/kansli/mal/2020/beslut", beslut="styrelsen § 41", datum="2019-12-05", skal="Beslut", version="1")
    prov.mapp.mal(2020).write_text(fil(prov).replace("minst 80 %", "minst 10 %"), "utf-8")
    assert "Filen har ändrats efter beslutet, utanför kansliet." in ren(chef.get("/kansli/mal/2020").text)


def test_two_who_save_at_the_same_moment_make_one_version_each_or_one_is_told(prov: Prov) -> None:
    """The second comes with the number that the first has just used."""
    from datetime import UTC, datetime

    from kansli.models import Konto

    nu = datetime.now(UTC)
    prov.skapa(Roll.KANSLI, "anna")
    with Session(prov.motor) as session:
        konto = session.exec(select(Konto)).one()
        lage = store.hamta(session, nu, prov.mapp, 2020)
        assert lage is not None
        andring = store.Andring(2020, lage.text + "# ett\n", "Ett", lage.version.nr)
        store.spara(session, nu, konto, prov.mapp, andring)
        with pytest.raises(store.Krock) as krock:
            store.spara(session, nu, konto, prov.mapp, store.Andring(2020, lage.text, "Två", 1))
        assert krock.value.senaste.skal == "Ett"
        assert malfil.las_text(prov.mapp.mal(2020)) == andring.text
