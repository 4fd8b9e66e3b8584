"""Helårspersoner: fetched from a server of its own or out of a file, looked at, and handed over."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session
from werkzeug.test import TestResponse

from kansli.aret import las_aret
from kansli.helarspersoner import hamtjobb
from kansli.helarspersoner.installning import las_installning
from kansli.logg import store as store_logg
from kansli.logg.store import Urval
from kansli.roller import Roll
from tests.kansliprov import Prov, bygg, token
from tests.scbprov import NAMN, manader, som_byte, statistikserver, svar

SIDA = "/kansli/helarspersoner/2020"
VAL = {"kommuner": "2480, 2460", "namn": "Umeåregionen"}


@pytest.fixture
def prov(tmp_path: Path) -> Iterator[Prov]:
    prov = bygg(tmp_path, exempel=True)
    yield prov
    prov.motor.dispose()


@pytest.fixture
def chef(prov: Prov) -> FlaskClient:
    return prov.person(Roll.FORBUNDSCHEF)


def stall_in(prov: Prov, adress: str) -> None:
    """The instance's own statistik.toml."""
    text = f'[helarsekvivalenter]\nadress = "{adress}"\nfraga = {{ lang = "sv" }}\n'
    (prov.mapp.rot / "statistik.toml").write_text(text, "utf-8")


def hamta(klient: FlaskClient, **falt: str) -> str:
    """Fetch, wait for the work, and give the page it ends on."""
    data = {"csrf_token": token(klient.get(SIDA)), **VAL, **falt}
    dit = klient.post(f"{SIDA}/hamta", data=data)
    assert dit.status_code == 303, dit.text
    slut = time.monotonic() + 20
    while "Arbetet pågår" in (sida := klient.get(dit.location).text):
        assert time.monotonic() < slut
        time.sleep(0.05)
    return sida


def ladda_upp(klient: FlaskClient, innehall: bytes, **falt: str) -> TestResponse:
    data: dict[str, Any] = {"csrf_token": token(klient.get(f"{SIDA}/fil")), **VAL, **falt}
    data["fil"] = (io.BytesIO(innehall), "scb.json")
    return klient.post(f"{SIDA}/fil", data=data, content_type="multipart/form-data")


def rader(sida: str) -> list[list[str]]:
    """The rows of the first table."""
    kropp = sida.split("<tbody>")[1].split("</tbody>")[0]
    return [
        [re.sub(r"<[^>]+>", "", c) for c in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", rad)]
        for rad in kropp.split("<tr>")[1:]
    ]


def handelser(prov: Prov) -> list[str]:
    with Session(prov.motor) as session:
        return [r.vad for r in store_logg.las(session, Urval("2020")) if r.vad.startswith("helarspersoner")]


def test_the_first_time_the_page_says_what_it_is_for_and_how_to_begin(chef: FlaskClient) -> None:
    sida = chef.get(SIDA).text
    assert "Hämta från SCB" in sida
    assert "Ladda upp en fil" in sida
    assert "Lämna till bokslutet" not in sida


def test_figures_are_fetched_looked_at_and_handed_over(prov: Prov, chef: FlaskClient) -> None:
    with statistikserver(lambda _: (200, som_byte(svar(tider=manader(2018, 2020))))) as (adress, sett):
        stall_in(prov, adress)
        assert "Uppgifterna är hämtade" in hamta(chef)
    assert sett == [{"lang": "sv", "valueCodes[Region]": "2480,2460,00", "valueCodes[Tid]": "from(2014M01)"}]
    sida = chef.get(SIDA).text
    assert rader(sida) == [
        ["Umeå", "10,3 %", "9,8 %", "−0,5"],
        ["Vännäs", "14,1 %", "13,6 %", "−0,5"],
        ["Umeåregionen", "10,5 %", "10,0 %", "−0,5"],
        ["Riket", "12,7 %", "12,2 %", "−0,5"],
    ]
    assert "Inte lämnat till bokslutet än" in sida
    svaret = chef.post(f"{SIDA}/lamna", data={"csrf_token": token(chef.get(SIDA))})
    assert svaret.status_code == 303
    assert "12 uppgifter är lämnade till bokslutet 2020" in chef.get(SIDA).text
    underlag = (prov.mapp.underlag(2020) / "underlag.toml").read_text("utf-8")
    fil = re.search(r"helarsekvivalenter-[\d-]+\.csv", underlag)
    assert fil is not None
    assert "Vännäs,2460,2020,13.6,saker" in (prov.mapp.underlag(2020) / fil[0]).read_text("utf-8")
    assert "[kalla.deltagarenkat]" in underlag, "all else stays"
    assert handelser(prov) == ["helarspersoner-lamnade", "helarspersoner-hamtade"]


def test_what_is_handed_over_is_what_the_bokslut_judges(prov: Prov, chef: FlaskClient) -> None:
    mal = prov.mapp.mal(2020)
    text = mal.read_text("utf-8")
    assert 'perioder = ["2019", "2020H1"]' in text
    ladda_upp(chef, som_byte(svar(list(NAMN))), kommuner=" ".join(list(NAMN)[:-1]))
    sida = chef.get(SIDA).text
    assert "jämför 2019 med 2020H1. Ändra målet till 2019 och 2020." in sida, "periods of different kinds are told"
    mal.write_text(text.replace('perioder = ["2019", "2020H1"]', 'perioder = ["2019", "2020"]'), "utf-8")
    assert "Ändra målet" not in chef.get(SIDA).text
    chef.post(f"{SIDA}/lamna", data={"csrf_token": token(chef.get(SIDA))})
    aret = las_aret(prov.mapp, 2020)
    assert aret is not None
    signaler = {r.grupp: r.signal for r in aret.utvardering.resultat() if r.nummer == "1.2"}
    assert {grupp: str(signal) for grupp, signal in signaler.items()} == dict.fromkeys(list(NAMN.values())[:-1], "gron")


def test_while_the_year_is_not_out_its_first_half_is_compared_with_the_same_half(chef: FlaskClient) -> None:
    ladda_upp(chef, som_byte(svar(tider=manader(2019, 2020, sista=8))))
    sida = chef.get(SIDA).text
    assert "2019H1 jämfört med 2020H1" in sida
    assert "Hela 2020 är inte publicerat än" in sida
    assert rader(sida)[0] == ["Umeå", "10,3 %", "9,8 %", "−0,5"]


def test_a_zero_is_told_as_missing_with_its_month(chef: FlaskClient) -> None:
    def andra(kommun: str, ar: int, manad: int, vad: str, tal: float) -> float:
        return 0 if (kommun, ar, manad, vad) == ("2460", 2020, 3, "Ekonomiskt bistånd") else tal

    ladda_upp(chef, som_byte(svar(andra=andra)))
    sida = chef.get(SIDA).text
    assert rader(sida)[1] == ["Vännäs", "14,1 %", "saknas", "–"]
    assert rader(sida)[2] == ["Umeåregionen", "10,5 %", "saknas", "–"]
    assert "<strong>Vännäs 2020</strong>: ekonomiskt bistånd är noll i mars" in sida


def test_a_kommun_that_is_not_in_the_answer_is_told(chef: FlaskClient) -> None:
    ladda_upp(chef, som_byte(svar()), kommuner="2480 9999", namn="")
    assert "<strong>9999 2020</strong>: kommunen finns inte i tabellen" in chef.get(SIDA).text


def test_what_was_chosen_is_there_next_year(chef: FlaskClient) -> None:
    ladda_upp(chef, som_byte(svar()))
    sida = chef.get("/kansli/helarspersoner/2021").text
    assert 'value="2480, 2460"' in sida
    assert 'value="Umeåregionen"' in sida


@pytest.mark.parametrize(
    ("falt", "sagt"),
    [
        ({"kommuner": ""}, "Skriv kommunernas koder"),
        ({"kommuner": "Umeå"}, "”Umeå” är ingen kommunkod"),
        ({"kommuner": "24800"}, "”24800” är ingen kommunkod"),
        ({"kommuner": "00"}, "”00” är ingen kommunkod"),
        ({"kommuner": " ".join(str(n) for n in range(1000, 1041))}, "Högst 40 kommuner"),
        ({"namn": "x" * 81}, "högst 80 tecken"),
    ],
)
def test_a_choice_that_cannot_be_asked_for_is_told_beside_its_field(
    chef: FlaskClient, falt: dict[str, str], sagt: str
) -> None:
    data = {"csrf_token": token(chef.get(SIDA)), **VAL, **falt}
    svaret = chef.post(f"{SIDA}/hamta", data=data)
    assert (svaret.status_code, svaret.text.count(sagt)) == (422, 2)


@pytest.mark.parametrize(
    ("svaret", "sagt"),
    [
        ((500, b""), "SCB svarar med fel 500"),
        ((429, b""), "Vänta en minut"),
        ((400, b"{}"), "Kontrollera kommunkoderna"),
        ((200, b"<html>"), "inte en JSON-fil"),
        ((200, som_byte({"class": "dataset", "version": "2.0"})), "går inte att läsa"),
        ((302, b""), "SCB svarar med fel 302"),
    ],
    ids=str,
)
def test_an_answer_that_cannot_be_used_stops_the_work_and_changes_nothing(
    prov: Prov, chef: FlaskClient, svaret: tuple[int, bytes], sagt: str
) -> None:
    ladda_upp(chef, som_byte(svar()))
    fore = rader(chef.get(SIDA).text)
    with statistikserver(lambda _: svaret) as (adress, _):
        stall_in(prov, adress)
        sida = hamta(chef)
    assert "Arbetet stannade" in sida
    assert sagt in sida
    assert rader(chef.get(SIDA).text) == fore
    assert handelser(prov) == ["helarspersoner-uppladdade"]


def test_a_server_that_is_not_there_or_says_too_much_is_told(
    prov: Prov, chef: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    stall_in(prov, "http://127.0.0.1:1/data")
    assert "SCB svarar inte" in hamta(chef)
    monkeypatch.setattr(hamtjobb, "HOGST_BYTE", 1000)
    with statistikserver(lambda _: (200, b" " * 2000)) as (adress, _):
        stall_in(prov, adress)
        assert "för stort" in hamta(chef)


@pytest.mark.parametrize("innehall", [b"kommun;andel\n", b"PK\x03\x04", som_byte(svar())[:-5], b""])
def test_a_file_that_is_no_table_is_told_beside_its_field_and_what_was_typed_stays(
    prov: Prov, chef: FlaskClient, innehall: bytes
) -> None:
    svaret = ladda_upp(chef, innehall, namn="Mitt område")
    assert (svaret.status_code, 'value="Mitt område"' in svaret.text) == (422, True)
    assert 'id="fil-fel"' in svaret.text
    assert handelser(prov) == []


def test_a_form_without_a_file_says_so(chef: FlaskClient) -> None:
    data = {"csrf_token": token(chef.get(f"{SIDA}/fil")), **VAL}
    svaret = chef.post(f"{SIDA}/fil", data=data, content_type="multipart/form-data")
    assert (svaret.status_code, "Välj en fil." in svaret.text) == (422, True)


def test_nothing_is_handed_over_when_nothing_has_been_fetched(chef: FlaskClient) -> None:
    assert chef.post(f"{SIDA}/lamna", data={"csrf_token": token(chef.get(SIDA))}).status_code == 400


@pytest.mark.parametrize("ar", ["1999", "2201", "99999999999999999999"])
def test_a_year_that_is_none_has_no_page(chef: FlaskClient, ar: str) -> None:
    assert chef.get(f"/kansli/helarspersoner/{ar}").status_code == 404


def test_the_answer_is_kept_for_its_owner_alone(prov: Prov, chef: FlaskClient) -> None:
    ladda_upp(chef, som_byte(svar()))
    filer = list((prov.mapp.rot / "statistik").iterdir())
    assert len(filer) == 2
    assert {fil.stat().st_mode & 0o777 for fil in filer} == {0o600}


def test_the_address_that_comes_with_the_program_is_a_whole_one(tmp_path: Path) -> None:
    adress = las_installning(tmp_path).hela(("2480", "00"))
    assert adress.startswith("https://")
    assert "outputFormat=json-stat2" in adress
    assert "valueCodes%5BRegion%5D=2480%2C00" in adress


def test_the_figures_are_found_from_the_menu_the_register_and_home(chef: FlaskClient) -> None:
    start = "/kansli/helarspersoner"
    assert f'<a href="{start}">Helårspersoner</a>' in chef.get("/kansli/register").text.partition("<main")[0]
    assert f'href="{start}"' in chef.get("/kansli/register").text.partition("<main")[2]
    assert f'href="{SIDA}"' in chef.get("/kansli").text.partition("<main")[2]
    assert chef.get(start).location == SIDA
    assert re.search(rf'href="{start}" aria-current="true"', chef.get(SIDA).text)


def test_an_answer_that_is_fetched_again_is_the_one_that_is_shown(chef: FlaskClient) -> None:
    ladda_upp(chef, som_byte(svar()))
    assert rader(chef.get(SIDA).text)[0] == ["Umeå", "10,3 %", "9,8 %", "−0,5"]
    ladda_upp(chef, som_byte(svar(andra=lambda kommun, _ar, _m, _vad, tal: None if kommun == "2480" else tal)))
    assert rader(chef.get(SIDA).text)[0] == ["Umeå", "saknas", "saknas", "–"]
