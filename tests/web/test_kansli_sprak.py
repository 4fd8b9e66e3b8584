"""Two languages: every page changes with the choice, nothing of it stays Swedish, and the choice is kept."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pyotp
import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select

from grund.i18n import las_po
from kansli.inne import KAKA
from kansli.konto.store import FRIA_FORSOK
from kansli.logg.store import HANDELSER
from kansli.models import Konto
from kansli.roller import ROLLBESKRIVNING, ROLLORD, Roll
from kansli.sprak import DOMAN, KATALOG
from tests.kansliprov import LOSEN, TOTP, Prov, bygg, skicka, token
from tests.scbprov import som_byte, svar

# Swedish that is right on an English page: names, and the button to the other language.
NAMN = ("Provförbundet", "Umeå", "Vännäs", "Umeåregionen", "Bo Ström", "Svenska")


@pytest.fixture
def prov(tmp_path: Path) -> Iterator[Prov]:
    prov = bygg(tmp_path)
    yield prov
    prov.motor.dispose()


def valj(klient: FlaskClient, kod: str, sida: str = "/kansli/mitt-konto") -> None:
    falt = {"csrf_token": token(klient.get(sida)), "kod": kod, "till": sida}
    assert klient.post("/kansli/sprak", data=falt).location == sida


def synligt(sida: str) -> list[str]:
    """The pieces of text that a reader sees or hears."""
    kropp = re.sub(r"<(style|script|svg)\b.*?</\1>", "", sida, flags=re.S)
    etiketter = re.findall(r'(?:aria-label|placeholder|title)="([^"]*)"', kropp)
    return [html.unescape(t).strip() for t in (*re.split(r"<[^>]+>", kropp), *etiketter) if t.strip()]


def svenska(sida: str) -> list[str]:
    """The pieces that hold Swedish letters, but for names."""
    for namn in NAMN:
        sida = sida.replace(namn, "")
    return [t for t in synligt(sida) if re.search(r"[åäöÅÄÖ]", t)]


def konto_id(prov: Prov, epost: str) -> str:
    with Session(prov.motor) as session:
        return session.exec(select(Konto.id).where(Konto.epost == epost)).one()


@pytest.mark.parametrize(
    "sida",
    [
        "/kansli/mitt-konto",
        "/kansli/mitt-konto/reservkoder",
        "/kansli/personer",
        "/kansli/personer/bjud-in",
        "/kansli/logg",
        "/kansli/logg?sok=finns-inte",
        "/kansli/helarspersoner/2020",
        "/kansli/helarspersoner/2020/fil",
        "/kansli/arbete",
        "/kansli/finns-inte",
    ],
)
def test_a_page_has_nothing_swedish_in_english(prov: Prov, sida: str) -> None:
    chef = prov.person(Roll.FORBUNDSCHEF)
    assert svenska(chef.get(sida).text), "it has Swedish letters in Swedish, so the test can tell"
    valj(chef, "en")
    svaret = chef.get(sida)
    assert '<html lang="en">' in svaret.text
    assert svenska(svaret.text) == []


def test_the_page_of_figures_has_nothing_swedish_in_english_but_its_reasons(prov: Prov) -> None:
    chef = prov.person(Roll.FORBUNDSCHEF)
    falt = {"csrf_token": token(chef.get("/kansli/helarspersoner/2020/fil")), "kommuner": "2480", "namn": ""}
    fil = {"fil": (BytesIO(som_byte(svar(["2480"]))), "x.json")}
    chef.post("/kansli/helarspersoner/2020/fil", data={**falt, **fil}, content_type="multipart/form-data")
    valj(chef, "en")
    sida = chef.get("/kansli/helarspersoner/2020").text
    assert "2019 compared with 2020" in sida
    assert "10.3%" in sida
    assert svenska(sida) == []


def test_the_pages_of_a_person_have_nothing_swedish_in_english(prov: Prov) -> None:
    chef = prov.person(Roll.FORBUNDSCHEF)
    prov.skapa(Roll.INSATSANSVARIG, "bo")
    prov.logga_in("bo@exempel.se")
    valj(chef, "en")
    adress = f"/kansli/personer/{konto_id(prov, 'bo@exempel.se')}"
    sida = chef.get(adress).text
    assert "Intervention lead: sees and fills in their own interventions" in sida
    assert "Log out everywhere" in sida
    assert svenska(sida) == []
    svaret = chef.post(adress, data={"csrf_token": token(chef.get(adress)), "roll": "revisor", "aktiv": "nej"})
    assert "Bo is now auditor, and the account is closed." in chef.get(svaret.location).text


def test_the_way_in_has_nothing_swedish_in_english(prov: Prov) -> None:
    prov.skapa(Roll.KANSLI, "anna")
    klient = prov.app.test_client()
    valj(klient, "en", "/kansli/logga-in")
    assert svenska(klient.get("/kansli/logga-in").text) == []
    tomt = skicka(klient, "/kansli/logga-in", epost="", losen="")
    assert "Write your e-mail address." in tomt.text
    assert svenska(tomt.text) == []
    for sida in ("/kansli/glomt", "/kansli/inbjudan/x"):
        assert svenska(klient.get(sida).text) == []
    assert skicka(klient, "/kansli/logga-in", epost="anna@exempel.se", losen=LOSEN).status_code == 303
    assert svenska(klient.get("/kansli/logga-in/kod").text) == []
    fel = skicka(klient, "/kansli/logga-in/kod", kod="000000")
    assert "The code is not right, or it has been used." in fel.text
    assert skicka(klient, "/kansli/logga-in/kod", kod=pyotp.TOTP(TOTP).now()).status_code == 303
    assert '<html lang="en">' in klient.get("/kansli").text, "the choice outlives the log-in"


def test_one_who_must_wait_is_told_so_in_her_language(prov: Prov) -> None:
    klient = prov.app.test_client()
    valj(klient, "en", "/kansli/logga-in")
    for _ in range(FRIA_FORSOK + 1):
        svaret = skicka(klient, "/kansli/logga-in", epost="anna@exempel.se", losen="fel")
    assert "Wait a minute and try again." in svaret.text


def test_a_password_that_is_no_good_is_told_so_in_her_language(prov: Prov) -> None:
    chef = prov.person(Roll.FORBUNDSCHEF)
    inbjuden = skicka(chef, "/kansli/personer/bjud-in", namn="Ny", epost="ny@exempel.se", roll="revisor").text
    lank = re.search(r"/kansli/inbjudan/[\w-]+", inbjuden)
    assert lank is not None
    klient = prov.app.test_client()
    valj(klient, "en", lank[0])
    sida = skicka(klient, lank[0], losen="kort", igen="kort").text
    assert "The password has 4 characters. It should have at least 12." in sida
    assert svenska(sida) == []


def test_only_known_languages_can_be_chosen(prov: Prov) -> None:
    klient = prov.app.test_client()
    valj(klient, "../../etc", "/kansli/logga-in")
    assert '<html lang="sv">' in klient.get("/kansli/logga-in").text
    assert klient.post("/kansli/sprak", data={"kod": "en"}).status_code == 400
    assert klient.get_cookie(KAKA, path="/kansli") is None


def test_every_role_and_event_has_words_in_both(prov: Prov) -> None:
    katalog = las_po(KATALOG, "en", DOMAN)
    hela = {text.id for text in katalog if text.string}
    assert {*HANDELSER.values(), *ROLLORD.values(), *ROLLBESKRIVNING.values()} - hela == set()
