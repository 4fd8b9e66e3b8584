"""The goals in the browser: listed, changed in a form with what it gives beside it, begun, retired and moved."""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, col, select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from kansli.mal.models import Malversion
from kansli.models import Handelse
from kansli.roller import Roll
from tests.kansliprov import Prov, bygg, skicka

LYCKAS = "/kansli/mal/2020/indikator/lyckas"
STOD = "/kansli/mal/2020/indikator/stod-for-arbete"


@pytest.fixture
def prov(tmp_path: Path) -> Iterator[Prov]:
    prov = bygg(tmp_path, exempel=True)
    yield prov
    prov.motor.dispose()


@pytest.fixture
def chef(prov: Prov) -> FlaskClient:
    return prov.person(Roll.FORBUNDSCHEF)


class _Formular(HTMLParser):
    """What a browser would send of the form of an indicator as it stands, but for its buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.inne = False
        self.skickas: MultiDict[str, str] = MultiDict()
        self.namn = ""
        self.text: list[str] | None = None

    def handle_starttag(self, tagg: str, attrs: list[tuple[str, str | None]]) -> None:
        a = dict(attrs)
        self.inne |= tagg == "form" and a.get("class") == "tvaspalt"
        namn, varde = a.get("name") or "", a.get("value") or ""
        if not self.inne:
            return
        if tagg in ("select", "textarea"):
            self.namn, self.text = namn, [] if tagg == "textarea" else None
            self.skickas.setdefault(namn, "")
        elif tagg == "option" and "selected" in a:
            self.skickas[self.namn] = varde
        elif tagg == "input" and (a.get("type") != "checkbox" or "checked" in a):
            self.skickas.add(namn, varde)

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def handle_endtag(self, tagg: str) -> None:
        if tagg == "textarea" and self.text is not None and self.inne:
            self.skickas[self.namn] = "".join(self.text).removeprefix("\r\n").removeprefix("\n")
        self.text = None if tagg == "textarea" else self.text
        self.inne &= tagg != "form"


def falten(sida: str) -> MultiDict[str, str]:
    """The fields of the form of an indicator."""
    formular = _Formular()
    formular.feed(sida)
    return formular.skickas


def fyll(klient: FlaskClient, adress: str, knapp: str, **andrat: Any) -> TestResponse:
    """Change some fields of a page's form and press a button; a list chooses several."""
    return skicka_vidare(klient, adress, klient.get(adress).text, knapp, **andrat)


def skicka_vidare(klient: FlaskClient, adress: str, sida: str, knapp: str, **andrat: Any) -> TestResponse:
    skickas = falten(sida)
    for namn, varde in andrat.items():
        skickas.setlist(namn, varde if isinstance(varde, list) else [varde])
    skickas["knapp"] = knapp
    return klient.post(adress, data=skickas)


def fil(prov: Prov, ar: int = 2020) -> str:
    return prov.mapp.mal(ar).read_text("utf-8")


def mal(prov: Prov, ar: int = 2020) -> dict[str, Any]:
    return tomllib.loads(fil(prov, ar))


def ren(sida: str) -> str:
    """The text of a page as it is read."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", sida)).split())


def test_the_list_has_every_indicator_under_its_goal_and_area_with_its_result(prov: Prov, chef: FlaskClient) -> None:
    sida = chef.get("/kansli/mal/2020")
    text = ren(sida.text)
    for id_, i in mal(prov)["indikator"].items():
        assert f'id="{id_}"' in sida.text
        assert i["titel"] in text
    assert text.index("1 Samhälls- och medlemsnytta") < text.index("2 Samverkan") < text.index("3 Deltagarnytta")
    assert "78 % 64 av 82 Når inte målet" in text
    assert "2019: 74 %" in text


def test_the_address_without_a_year_goes_to_the_latest_year(chef: FlaskClient) -> None:
    assert chef.get("/kansli/mal").location.endswith("/kansli/mal/2020")


def test_nothing_hidden_stands_in_the_list(prov: Prov, chef: FlaskClient) -> None:
    """Of the nine results that are hidden in the example each shows two dots or a word, and no counts."""
    sida = chef.get("/kansli/mal/2020").text
    rad = sida[
        sida.index(
            'id="nolltolerans-tillganglighet"'
            if 'id="nolltolerans-tillganglighet"' in sida
            else 'id="diskriminering-tillganglighet"'
        ) :
    ]
    rad = ren(rad[: rad.index("</li>")])
    assert "färre än fem" in rad
    assert not re.search(r"\d+ av \d+", rad)


def test_a_form_is_as_the_file_has_it_and_saving_it_unchanged_changes_nothing(prov: Prov, chef: FlaskClient) -> None:
    """For one indicator of each rule that the example uses, and one with conditions."""
    fore = mal(prov)
    for id_ in (*{i["regel"]: id_ for id_, i in fore["indikator"].items()}.values(), "framtidstro"):
        svar = fyll(chef, f"/kansli/mal/2020/indikator/{id_}", "spara", skal="Prov")
        assert svar.status_code == 303, (id_, ren(svar.text))
        assert mal(prov) == fore, id_


def test_a_changed_limit_is_one_changed_line_with_its_remarks_kept(prov: Prov, chef: FlaskClient) -> None:
    fore = fil(prov).splitlines()
    assert fyll(chef, STOD, "spara", gron="minst 75 %", skal="Styrelsen vill nå hit först").status_code == 303
    skilda = [(a, b) for a, b in zip(fore, fil(prov).splitlines(), strict=True) if a != b]
    assert skilda == [('gron = "minst 80 %"', 'gron = "minst 75 %"')]
    assert "Når målet" in ren(chef.get("/kansli/mal/2020").text).split("Stöd att öka chansen till arbete")[1][:300]


def test_the_preview_tells_result_sentence_need_signals_and_index_and_saves_nothing(
    prov: Prov, chef: FlaskClient
) -> None:
    fore = fil(prov)
    svar = fyll(chef, STOD, "rakna", gron="minst 70 %")
    text = ren(svar.text)
    assert svar.status_code == 200
    assert "Minst 70 % av deltagarna ska svara" in text
    assert "2020 78 % 64 av 82 Når målet Sparat: 78 % 64 av 82 Når inte målet" in text
    assert "Signalen kan bero på slumpen: 82 har svarat, och det behövs 125 när resultatet är 78 %." in text
    assert "2020: 1 av 62 signaler ändras." in text
    assert "2019: 1 av 56 signaler ändras." in text
    assert "5.14 Jämställdhetsindex 91 %, ändras inte" in text
    assert fil(prov) == fore


def test_a_preview_holds_back_what_moving_a_limit_would_tell(chef: FlaskClient) -> None:
    text = ren(fyll(chef, "/kansli/mal/2020/indikator/skillnad-stod", "rakna", gron="högst 3 procentenheter").text)
    assert "hålls inne visas när du har sparat" in text
    assert "2020: ingen av 62 signaler ändras. 1 signal visas först när du har sparat." in text
    assert "5.14 Jämställdhetsindex 91 % → blir visas när du har sparat" in text


def test_questions_and_answers_come_with_the_source_and_nothing_typed_is_lost(chef: FlaskClient) -> None:
    adress = "/kansli/mal/2020/indikator?regel=andel&mal=inflytande"
    ett = skicka_vidare(chef, adress, chef.get(adress).text, "visa", titel="Trivsel på jobbet", kalla="personalenkat")
    assert '<option lang="sv" value="trivs">' in ett.text
    assert "stod_for_arbete" not in ett.text
    tva = skicka_vidare(chef, adress, ett.text, "visa", fraga="trivs")
    assert 'value="till_mycket_stor_del"' in tva.text
    assert 'value="Trivsel på jobbet"' in tva.text
    tre = skicka_vidare(chef, adress, tva.text, "rakna", svar_minst="till_stor_del", gron="minst 80 %")
    assert "89 % 93 av 104 Når målet" in ren(tre.text)


def test_a_new_indicator_stands_last_in_its_goal_and_is_found_in_the_list(prov: Prov, chef: FlaskClient) -> None:
    varden = {"kalla": "personalenkat", "fraga": "trivs", "svar": ["helt_och_hallet"], "gron": "minst 50 %"}
    svar = fyll(
        chef, "/kansli/mal/2020/indikator?regel=andel&mal=inflytande", "spara", titel="Åker gärna hit", **varden
    )
    assert svar.status_code == 303, ren(svar.text)
    assert svar.location.endswith("/kansli/mal/2020#aker-garna-hit")
    assert (
        mal(prov)["indikator"]["aker-garna-hit"]
        == {"titel": "Åker gärna hit", "mal": "inflytande", "regel": "andel"} | varden
    )
    inom = [id_ for id_, i in mal(prov)["indikator"].items() if i.get("mal") == "inflytande"]
    assert inom[-1] == "aker-garna-hit"
    assert "Åker gärna hit" in chef.get("/kansli/mal/2020").text


@pytest.mark.parametrize(
    ("falt", "varde", "fel"),
    [
        ("gron", "80%", '”gron” är "80%" men ska vara ”högst N %” eller ”minst N %”. Skriv "minst 80 %".'),
        ("titel", "Strategi för uppföljning och utvärdering", "används redan av ”strategi”"),
        ("fran", "i fjol", '”fran” är "i fjol" men ska vara ett heltal, utan citattecken.'),
        ("kalla", "", "ska ha nyckeln ”kalla”, ”kallor” eller ”under”"),
        ("fraga", "finns_inte", "”finns_inte” är ingen fråga som finns."),
        ("gul", "minst 90 %", "ska vara lättare att nå än den gröna gränsen"),
    ],
)
def test_a_fault_stands_beside_its_field_in_the_words_of_the_engine(
    prov: Prov, chef: FlaskClient, falt: str, varde: str, fel: str
) -> None:
    fore = fil(prov)
    svar = fyll(chef, STOD, "spara", **{falt: varde, "skal": "Prov"})
    assert svar.status_code == 422
    assert "<title>Fel: " in svar.text
    ruta = re.search(rf'<div class="falt felaktigt">\s*<label for="{falt}">.*?</div>', svar.text, re.S)
    assert ruta is not None, ren(svar.text)
    assert fel in ren(ruta[0])
    assert fil(prov) == fore


def test_a_reason_is_asked_for_and_what_was_typed_stays(prov: Prov, chef: FlaskClient) -> None:
    svar = fyll(chef, STOD, "spara", gron="minst 61 %", skal="")
    assert svar.status_code == 422
    assert "Skriv varför du ändrar" in svar.text
    assert 'value="minst 61 %"' in svar.text
    assert "61" not in fil(prov)


def test_what_a_field_cannot_hold_is_kept_and_edited_as_in_the_file(prov: Prov, chef: FlaskClient) -> None:
    sida = chef.get("/kansli/mal/2020/indikator/framtidstro").text
    taljare = re.search(r'<textarea[^>]* id="taljare"[^>]*>(.*?)</textarea>', sida, re.S)
    assert taljare is not None
    assert "annan_losning" in taljare[1]
    nytt = '{ nagon = [{ fraga = "mer_redo", svar = ["ja"] }] }'
    assert fyll(chef, "/kansli/mal/2020/indikator/framtidstro", "spara", taljare=nytt, skal="Prov").status_code == 303
    assert mal(prov)["indikator"]["framtidstro"]["taljare"] == {"nagon": [{"fraga": "mer_redo", "svar": ["ja"]}]}
    svar = fyll(chef, "/kansli/mal/2020/indikator/framtidstro", "spara", taljare="{ nagon = [", skal="Prov")
    assert svar.status_code == 422
    assert "{ nagon = [" in html.unescape(svar.text)


def test_several_sources_with_their_own_questions_can_be_written_as_in_the_file(prov: Prov, chef: FlaskClient) -> None:
    adress = "/kansli/mal/2020/indikator/strategi"
    sida = falten(chef.get(adress).text)
    assert sorted(sida.getlist("kallor")) == ["styrelseenkat", "styrgruppsenkat"]
    som_text = chef.post(adress, data=MultiDict([*sida.items(multi=True), ("till_toml", "kallor")]))
    falt = falten(som_text.text)
    assert sorted(tomllib.loads(f"x = {falt['kallor']}")["x"]) == ["styrelseenkat", "styrgruppsenkat"]
    falt["kallor"] = '["styrelseenkat", { kalla = "styrgruppsenkat", fraga = "dokumentation" }]'
    svar = chef.post(adress, data=MultiDict([*falt.items(multi=True), ("knapp", "rakna")]))
    assert "styrgruppsenkat" in ren(svar.text)
    falt["kallor"] = '["styrelseenkat", { kalla = "styrgruppsenkat", fraga = "strategi" }]'
    falt["skal"], falt["knapp"] = "Prov", "spara"
    assert chef.post(adress, data=falt).status_code == 303
    assert mal(prov)["indikator"]["strategi"]["kallor"][1] == {"kalla": "styrgruppsenkat", "fraga": "strategi"}
    assert "styrgruppsenkat" in falten(chef.get(adress).text)["kallor"]


def test_another_rule_takes_its_own_fields_and_leaves_those_that_it_has_not(prov: Prov, chef: FlaskClient) -> None:
    bytt = fyll(chef, LYCKAS, "visa", regel="skillnad")
    assert 'id="av"' in bytt.text
    assert '<input type="hidden" name="svar_minst" value="till_stor_del">' in bytt.text
    svar = skicka_vidare(
        chef, LYCKAS, bytt.text, "spara", av="trivs", gron="högst 20 procentenheter", titel="Skillnad", skal="Prov"
    )
    assert svar.status_code == 303, ren(svar.text)
    nytt = mal(prov)["indikator"]["lyckas"]
    assert (nytt["regel"], nytt["av"]) == ("skillnad", "trivs")
    assert not {"kalla", "fraga", "svar_minst"} & set(nytt)


def test_order_is_changed_one_step_at_a_time_within_the_goal(prov: Prov, chef: FlaskClient) -> None:
    def ordning() -> list[str]:
        return [id_ for id_, i in mal(prov)["indikator"].items() if i.get("mal") == "strategi-for-uppfoljning"]

    fore, token = ordning(), {"at": "ner", "version": "1"}
    svar = skicka_till(chef, f"/kansli/mal/2020/indikator/{fore[0]}/flytta", "/kansli/mal/2020", token)
    assert svar.status_code == 303
    assert ordning() == [fore[1], fore[0], *fore[2:]]
    skicka_till(chef, f"/kansli/mal/2020/indikator/{fore[0]}/flytta", "/kansli/mal/2020", {"at": "upp", "version": "2"})
    assert ordning() == fore


def skicka_till(klient: FlaskClient, adress: str, sida: str, falt: dict[str, str]) -> TestResponse:
    """Post to an address with the token of another page."""
    traff = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', klient.get(sida).text)
    assert traff is not None
    return klient.post(adress, data={"csrf_token": traff[1], **falt})


def test_an_indicator_is_retired_from_a_year_or_taken_away(prov: Prov, chef: FlaskClient) -> None:
    adress = "/kansli/mal/2020/indikator/lyckas/avsluta"
    assert skicka(chef, adress, till="2019", version="1", skal="Mäts inte längre", knapp="avsluta").status_code == 303
    assert mal(prov)["indikator"]["lyckas"]["till"] == 2019
    assert "Gäller inte 2020" in ren(chef.get("/kansli/mal/2020").text)
    assert skicka(chef, adress, till="2019", version="2", skal="Fel från början", knapp="ta_bort").status_code == 303
    assert "lyckas" not in mal(prov)["indikator"]


def test_an_indicator_that_others_build_on_is_not_taken_away(prov: Prov, chef: FlaskClient) -> None:
    fore = fil(prov)
    svar = skicka(chef, "/kansli/mal/2020/indikator/positiv-losning/avsluta", version="1", skal="Bort", knapp="ta_bort")
    assert svar.status_code == 422
    assert "”positiv-losning” är ingen indikator som finns" in ren(svar.text)
    assert fil(prov) == fore


def test_areas_and_goals_are_added_changed_and_taken_away(prov: Prov, chef: FlaskClient) -> None:
    assert (
        skicka(chef, "/kansli/mal/2020/omrade", nummer="6", titel="Hållbarhet", skal="Nytt", version="1").status_code
        == 303
    )
    adress = "/kansli/mal/2020/socialt-mal"
    assert (
        skicka(chef, adress, malomrade="hallbarhet", text="Resorna minskar.", skal="Nytt", version="2").status_code
        == 303
    )
    assert mal(prov)["malomrade"]["hallbarhet"] == {"nummer": 6, "titel": "Hållbarhet"}
    assert mal(prov)["mal"]["resorna-minskar"] == {"malomrade": "hallbarhet", "text": "Resorna minskar."}
    assert "Resorna minskar." in chef.get("/kansli/mal/2020").text
    ett = f"{adress}/resorna-minskar"
    svar = skicka(chef, ett, malomrade="finns-inte", text="Färre resor.", skal="Ord", version="3", knapp="spara")
    assert svar.status_code == 422
    assert "är inget målområde som finns" in ren(svar.text)
    assert skicka(chef, ett, malomrade="hallbarhet", text="Färre resor.", skal="Ord", version="3").status_code == 303
    assert mal(prov)["mal"]["resorna-minskar"]["text"] == "Färre resor."
    assert (
        skicka(chef, ett, malomrade="hallbarhet", text="x", skal="Bort", version="4", knapp="ta_bort").status_code
        == 303
    )
    omrade = "/kansli/mal/2020/omrade/hallbarhet"
    assert skicka(chef, omrade, nummer="6", titel="H", skal="Bort", version="5", knapp="ta_bort").status_code == 303
    assert "hallbarhet" not in mal(prov)["malomrade"]


def test_every_change_is_a_version_and_a_line_in_the_log(prov: Prov, chef: FlaskClient) -> None:
    fyll(chef, STOD, "spara", gron="minst 75 %", skal="Lägre först")
    with Session(prov.motor) as session:
        versioner = session.exec(select(Malversion).order_by(col(Malversion.nr))).all()
        assert [(v.nr, v.vem, v.skal) for v in versioner] == [
            (1, "någon utanför kansliet", "Filen fanns när kansliet började användas"),
            (2, "Forbundschef", "Lägre först"),
        ]
        assert versioner[1].text == fil(prov)
        rad = session.exec(select(Handelse).where(Handelse.vad == "mal-sparade")).one()
        assert rad.pa == "mål 2020"
        assert rad.efter == f"version 2 ({versioner[1].fingeravtryck[:12]}): Lägre först"


@pytest.mark.parametrize("roll", [Roll.STYRELSE, Roll.REVISOR, Roll.GODKANNARE])
def test_those_who_read_see_everything_and_no_button(prov: Prov, roll: Roll) -> None:
    klient = prov.person(roll)
    sida = klient.get("/kansli/mal/2020").text
    assert "78\xa0%" in sida
    assert "Ny indikator" not in sida
    assert "/flytta" not in sida
    assert klient.get(STOD).status_code == 403
