"""Coming in, staying in and being kept out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from sqlmodel import Session, select
from werkzeug.test import TestResponse

from kansli import inne
from kansli.konto import store as store_konto
from kansli.logg import store as store_logg
from kansli.models import Inloggning, Konto
from kansli.roller import Roll
from tests.kansliprov import HEMLIGHET, LOSEN, TOTP, Prov, bygg, skicka, token


@pytest.fixture
def prov(tmp_path: Path) -> Iterator[Prov]:
    prov = bygg(tmp_path)
    yield prov
    prov.motor.dispose()


@pytest.fixture
def klockan(monkeypatch: pytest.MonkeyPatch) -> list[timedelta]:
    """What is put in here moves every clock of the pages."""
    framat = [timedelta(0)]

    class Klocka(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) + framat[0]

    monkeypatch.setattr(inne, "datetime", Klocka)
    return framat


def logg(prov: Prov) -> list[str]:
    with Session(prov.motor) as session:
        return [f"{rad.vad} {rad.pa}" for rad in store_logg.las(session)][::-1]


def test_an_invitation_a_password_and_an_app_let_one_in(prov: Prov) -> None:
    with Session(prov.motor) as session:
        _, lank = store_konto.skapa(session, datetime.now(UTC), None, "Ny@Exempel.se", "Ny Person", "kansli")
    klient = prov.app.test_client()
    assert skicka(klient, f"/kansli/inbjudan/{lank}", losen=LOSEN, igen=LOSEN).status_code == 303
    svar = skicka(klient, "/kansli/logga-in", epost=" NY@exempel.se ", losen=LOSEN)
    assert svar.location == "/kansli/ny-faktor"
    hemlig = re.search(r'class="nyckel">([^<]+)<', klient.get("/kansli/ny-faktor").text)
    assert hemlig is not None
    svar = skicka(klient, "/kansli/ny-faktor", kod=pyotp.TOTP(hemlig[1].replace(" ", "")).now())
    koder = re.findall(r"<code>(\w{4}-\w{4})</code>", klient.get(svar.location).text)
    assert len(koder) == 8
    assert "<code>" not in klient.get(svar.location).text, "the codes are shown once"
    assert klient.get("/kansli").status_code == 200
    assert logg(prov) == [
        "konto-skapat ny@exempel.se",
        "losen-satt ny@exempel.se",
        "andra-faktorn-satt ny@exempel.se",
        "inloggad ny@exempel.se",
    ]
    annan = prov.app.test_client()
    skicka(annan, "/kansli/logga-in", epost="ny@exempel.se", losen=LOSEN)
    assert skicka(annan, "/kansli/logga-in/kod", kod=koder[3].upper()).status_code == 303
    assert skicka(prov.app.test_client(), "/kansli/logga-in", epost="ny@exempel.se", losen=LOSEN).status_code == 303


def test_an_invitation_opens_once_and_not_after_its_time(prov: Prov, klockan: list[timedelta]) -> None:
    with Session(prov.motor) as session:
        konto, lank = store_konto.skapa(session, datetime.now(UTC), None, "ny@exempel.se", "Ny", "kansli")
        klient = prov.app.test_client()
        klockan[0] = timedelta(days=store_konto.INBJUDAN_DAGAR, minutes=1)
        assert klient.get(f"/kansli/inbjudan/{lank}").status_code == 410
        klockan[0] = timedelta(0)
        assert skicka(klient, f"/kansli/inbjudan/{lank}", losen=LOSEN, igen=LOSEN).status_code == 303
        assert klient.get(f"/kansli/inbjudan/{lank}").status_code == 410
        ny = store_konto.ny_inbjudan(session, datetime.now(UTC), None, konto, "inbjudan")
        nyare = store_konto.ny_inbjudan(session, datetime.now(UTC), None, konto, "inbjudan")
    assert [klient.get(f"/kansli/inbjudan/{t}").status_code for t in (ny, nyare)] == [410, 200]


def test_wrong_address_and_wrong_password_sound_the_same(prov: Prov) -> None:
    prov.skapa(Roll.KANSLI, "anna")
    svar = [
        skicka(prov.app.test_client(), "/kansli/logga-in", epost=epost, losen=losen)
        for epost, losen in (("anna@exempel.se", "fel lösenord här"), ("ingen@exempel.se", LOSEN))
    ]
    felen = {re.sub(r'value="[^"]*"', "", s.text) for s in svar}
    assert [s.status_code for s in svar] == [422, 422]
    assert len(felen) == 1
    assert "Adressen eller lösenordet stämmer inte" in felen.pop()


def test_guessing_is_slowed_for_the_account_wherever_it_comes_from(prov: Prov, klockan: list[timedelta]) -> None:
    prov.skapa(Roll.KANSLI, "anna")
    klient = prov.app.test_client()
    for nr in range(store_konto.FRIA_FORSOK):
        skicka(klient, "/kansli/logga-in", epost="anna@exempel.se", losen=f"fel lösenord {nr}")
    langt_bort = prov.app.test_client()
    langt_bort.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    svar = skicka(langt_bort, "/kansli/logga-in", epost="anna@exempel.se", losen=LOSEN)
    assert (svar.status_code, "Vänta en minut" in svar.text) == (422, True)
    klockan[0] = store_konto.FORSTA_VANTAN
    assert skicka(langt_bort, "/kansli/logga-in", epost="anna@exempel.se", losen=LOSEN).status_code == 303


def test_a_code_from_the_app_works_once(prov: Prov) -> None:
    prov.skapa(Roll.KANSLI, "anna")
    kod = pyotp.TOTP(TOTP).now()
    svar = []
    for klient in (prov.app.test_client(), prov.app.test_client()):
        skicka(klient, "/kansli/logga-in", epost="anna@exempel.se", losen=LOSEN)
        svar.append(skicka(klient, "/kansli/logga-in/kod", kod=kod).status_code)
    assert svar == [303, 422]


def test_the_second_step_alone_opens_nothing(prov: Prov) -> None:
    prov.skapa(Roll.KANSLI, "anna")
    klient = prov.app.test_client()
    assert klient.get("/kansli/logga-in/kod").location == "/kansli/logga-in"
    skicka(klient, "/kansli/logga-in", epost="anna@exempel.se", losen=LOSEN)
    assert klient.get("/kansli").status_code == 303
    assert klient.get("/kansli/ny-faktor").location == "/kansli/logga-in", "one who has an app cannot set another"


def test_a_stolen_cookie_opens_nothing_in_another_browser(prov: Prov) -> None:
    klient = prov.person(Roll.KANSLI)
    kaka = klient.get_cookie(inne.KAKA, path="/kansli")
    assert kaka is not None
    tjuv = prov.app.test_client()
    tjuv.set_cookie(inne.KAKA, kaka.value, path="/kansli")
    assert tjuv.get("/kansli", headers={"User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"}).status_code == 303
    assert klient.get("/kansli").status_code == 303, "and the session that was stolen has ended"


def test_the_cookie_is_for_this_site_alone(prov: Prov) -> None:
    prov.skapa(Roll.KANSLI, "anna")
    klient = prov.app.test_client()
    skicka(klient, "/kansli/logga-in", epost="anna@exempel.se", losen=LOSEN)
    sida = klient.get("/kansli/logga-in/kod", base_url="https://localhost")
    falt = {"csrf_token": token(sida), "kod": pyotp.TOTP(TOTP).now()}
    huvuden = {"Referer": "https://localhost/kansli/logga-in/kod"}
    svar = klient.post("/kansli/logga-in/kod", data=falt, base_url="https://localhost", headers=huvuden)
    kakan = next(k for k in svar.headers.getlist("Set-Cookie") if k.startswith(inne.KAKA))
    assert {"HttpOnly", "Secure", "SameSite=Lax", "Path=/kansli"} <= set(kakan.split("; ")[1:])
    assert "Max-Age" not in kakan


@pytest.mark.parametrize("vila", [store_konto.VILA, -timedelta(hours=1)], ids=["for lange sedan", "klockan gick bak"])
def test_a_session_ends_when_nothing_is_done_and_when_the_clock_is_turned(
    prov: Prov, klockan: list[timedelta], vila: timedelta
) -> None:
    klient = prov.person(Roll.KANSLI)
    assert klient.get("/kansli").status_code == 200
    klockan[0] = vila
    assert klient.get("/kansli").status_code == 303


def test_a_session_ends_after_a_day_however_much_is_done(prov: Prov, klockan: list[timedelta]) -> None:
    klient = prov.person(Roll.KANSLI)
    for _ in range(11):
        klockan[0] += timedelta(hours=1)
        assert klient.get("/kansli").status_code == 200
    klockan[0] += timedelta(hours=1)
    assert klient.get("/kansli").status_code == 303


def test_one_can_end_a_session_elsewhere_but_not_another_persons(prov: Prov) -> None:
    anna, bo = prov.person(Roll.KANSLI, "anna"), prov.person(Roll.KANSLI, "bo")
    with Session(prov.motor) as session:
        konton = {k.namn: k.id for k in session.exec(select(Konto))}
        oppna = {i.konto_id: i.hash_ for i in session.exec(select(Inloggning))}
    falt = {"csrf_token": token(anna.get("/kansli/mitt-konto"))}
    anna.post(f"/kansli/mitt-konto/avsluta/{oppna[konton['Bo']]}", data=falt)
    assert bo.get("/kansli").status_code == 200
    anna.post(f"/kansli/mitt-konto/avsluta/{oppna[konton['Anna']]}", data=falt)
    assert anna.get("/kansli").status_code == 303


def test_a_closed_account_is_out_at_once_and_stays_out(prov: Prov) -> None:
    chef, anna = prov.person(Roll.FORBUNDSCHEF), prov.person(Roll.KANSLI, "anna")
    with Session(prov.motor) as session:
        konto = store_konto.hamta_epost(session, "anna@exempel.se")
    assert konto is not None
    assert skicka(chef, f"/kansli/personer/{konto.id}", roll="kansli", aktiv="nej").status_code == 303
    assert anna.get("/kansli").status_code == 303
    assert skicka(prov.app.test_client(), "/kansli/logga-in", epost="anna@exempel.se", losen=LOSEN).status_code == 422
    assert "konto-andrat anna@exempel.se" in logg(prov)


def test_one_cannot_take_away_ones_own_role(prov: Prov) -> None:
    chef = prov.person(Roll.FORBUNDSCHEF)
    with Session(prov.motor) as session:
        konto = store_konto.hamta_epost(session, "forbundschef@exempel.se")
    assert konto is not None
    svar = skicka(chef, f"/kansli/personer/{konto.id}", roll="revisor", aktiv="ja")
    assert (svar.status_code, "ditt eget konto" in svar.text) == (422, True)


def test_a_person_without_mail_server_is_invited_by_a_link_that_is_shown_once(prov: Prov) -> None:
    chef = prov.person(Roll.FORBUNDSCHEF)
    svar = skicka(chef, "/kansli/personer/bjud-in", namn="Ny", epost="ny@exempel.se", roll="revisor")
    lank = re.search(r"/kansli/inbjudan/[\w-]+", svar.text)
    assert lank is not None
    assert prov.app.test_client().get(lank[0]).status_code == 200
    svar = skicka(chef, "/kansli/personer/bjud-in", namn="Ny", epost="NY@exempel.se", roll="revisor")
    assert (svar.status_code, "finns redan ett konto" in svar.text) == (422, True)


@pytest.mark.parametrize("till", ["https://ond.example", "//ond.example", "/annat", "/kansli\\ond", "/kansli/\n"])
def test_the_login_leads_nowhere_else(prov: Prov, till: str) -> None:
    assert inne.egen_sida(till) is None


def test_after_the_login_one_comes_where_one_was_going(prov: Prov) -> None:
    prov.skapa(Roll.REVISOR, "rut")
    klient = prov.app.test_client()
    vidare = klient.get("/kansli/logg?sok=anna").location
    assert vidare == "/kansli/logga-in?till=/kansli/logg?sok%3Danna"
    falt = {"csrf_token": token(klient.get(vidare)), "epost": "rut@exempel.se", "losen": LOSEN}
    klient.post(vidare, data={**falt, "till": "/kansli/logg?sok=anna"})
    assert skicka(klient, "/kansli/logga-in/kod", kod=pyotp.TOTP(TOTP).now()).location == "/kansli/logg?sok=anna"


def test_a_form_without_its_token_changes_nothing_and_says_so(prov: Prov) -> None:
    svar = prov.person(Roll.FORBUNDSCHEF).post("/kansli/personer/bjud-in", data={"epost": "x@exempel.se"})
    assert (svar.status_code, "läs in sidan igen" in svar.text) == (400, True)


def test_too_much_at_once_is_refused_with_a_page(prov: Prov) -> None:
    svar = prov.app.test_client().post("/kansli/logga-in", data={"epost": "x" * 2_000_000})
    assert (svar.status_code, "för mycket" in svar.text) == (413, True)


def test_everything_that_is_logged_has_words(prov: Prov) -> None:
    koder = {
        kod
        for fil in Path("kansli").rglob("*.py")
        for kod in re.findall(r'skriv\(session, nu, \w+, f?"([\w-]+)"', fil.read_text("utf-8"))
    }
    koder |= {
        kod
        for fil in Path("kansli").rglob("*.py")
        for kod in re.findall(r'misslyckades\(session, nu, \w+, "([\w-]+)"', fil.read_text("utf-8"))
    }
    assert koder - {"prov"} <= set(store_logg.HANDELSER)
    assert {"konto-skapat", "fel-losen"} <= koder


def konto(prov: Prov, namn: str) -> Konto:
    with Session(prov.motor) as session:
        funnet = store_konto.hamta_epost(session, f"{namn}@exempel.se")
    assert funnet is not None
    return funnet


def knapp(klient: FlaskClient, konto_id: str, vilken: str) -> TestResponse:
    """Press a button of a person's page."""
    falt = {"csrf_token": token(klient.get(f"/kansli/personer/{konto_id}"))}
    return klient.post(f"/kansli/personer/{konto_id}/{vilken}", data=falt)


def test_the_forbundschef_ends_another_persons_sessions_at_once(prov: Prov) -> None:
    chef, anna = prov.person(Roll.FORBUNDSCHEF), prov.person(Roll.KANSLI, "anna")
    vem = konto(prov, "anna")
    assert "Logga ut överallt" in chef.get(f"/kansli/personer/{vem.id}").text
    assert knapp(chef, vem.id, "avsluta").status_code == 303
    assert anna.get("/kansli").status_code == 303
    assert chef.get("/kansli").status_code == 200
    assert "inloggningar-avslutade anna@exempel.se" in logg(prov)
    assert "inte inloggad någonstans" in chef.get(f"/kansli/personer/{vem.id}").text


def test_one_who_has_lost_everything_is_invited_again(prov: Prov) -> None:
    chef, anna = prov.person(Roll.FORBUNDSCHEF), prov.person(Roll.KANSLI, "anna")
    svar = knapp(chef, konto(prov, "anna").id, "bjud-in-igen")
    lank = re.search(r"/kansli/inbjudan/[\w-]+", svar.text)
    assert lank is not None
    assert anna.get("/kansli").status_code == 303
    klient = prov.app.test_client()
    assert skicka(klient, "/kansli/logga-in", epost="anna@exempel.se", losen=LOSEN).status_code == 422, (
        "the old is gone"
    )
    skicka(klient, lank[0], losen="fem röda bilar tutar", igen="fem röda bilar tutar")
    svar = skicka(klient, "/kansli/logga-in", epost="anna@exempel.se", losen="fem röda bilar tutar")
    assert svar.location == "/kansli/ny-faktor", "and a new app is asked for"
    assert {"andra-faktorn-borttagen anna@exempel.se", "inbjudan-skickad anna@exempel.se"} <= set(logg(prov))


def test_one_does_not_invite_oneself_or_one_whose_account_is_closed(prov: Prov) -> None:
    chef = prov.person(Roll.FORBUNDSCHEF)
    prov.skapa(Roll.KANSLI, "anna")
    skicka(chef, f"/kansli/personer/{konto(prov, 'anna').id}", roll="kansli", aktiv="nej")
    for namn in ("anna", "forbundschef"):
        assert knapp(chef, konto(prov, namn).id, "bjud-in-igen").status_code == 303
    assert konto(prov, "forbundschef").losen is not None
    assert not any(rad.startswith("inbjudan-skickad") for rad in logg(prov))


@pytest.mark.parametrize("vilken", ["avsluta", "bjud-in-igen", "glom-leverantor"])
def test_a_button_without_its_token_does_nothing(prov: Prov, vilken: str) -> None:
    chef = prov.person(Roll.FORBUNDSCHEF)
    prov.skapa(Roll.KANSLI, "anna")
    assert chef.post(f"/kansli/personer/{konto(prov, 'anna').id}/{vilken}").status_code == 400


def test_a_person_who_is_gone_is_out_and_nothing_breaks(prov: Prov) -> None:
    anna, halvvags = prov.person(Roll.KANSLI, "anna"), prov.app.test_client()
    skicka(halvvags, "/kansli/logga-in", epost="anna@exempel.se", losen=LOSEN)
    with prov.motor.begin() as anslutning:
        anslutning.exec_driver_sql("DELETE FROM konto")
    for adress in ("/kansli", "/kansli/mitt-konto", "/kansli/arbete"):
        assert anna.get(adress).status_code == 303
    assert skicka(halvvags, "/kansli/logga-in/kod", kod=pyotp.TOTP(TOTP).now()).status_code == 422


def test_a_person_who_is_gone_before_her_app_is_set_up_is_not_let_in(prov: Prov) -> None:
    with Session(prov.motor) as session:
        _, lank = store_konto.skapa(session, datetime.now(UTC), None, "ny@exempel.se", "Ny", "kansli")
    klient = prov.app.test_client()
    skicka(klient, f"/kansli/inbjudan/{lank}", losen=LOSEN, igen=LOSEN)
    skicka(klient, "/kansli/logga-in", epost="ny@exempel.se", losen=LOSEN)
    hemlig = re.search(r'class="nyckel">([^<]+)<', klient.get("/kansli/ny-faktor").text)
    assert hemlig is not None
    with prov.motor.begin() as anslutning:
        anslutning.exec_driver_sql("DELETE FROM konto")
    svar = skicka(klient, "/kansli/ny-faktor", kod=pyotp.TOTP(hemlig[1].replace(" ", "")).now())
    assert svar.status_code == 422


def test_a_cookie_that_one_writes_oneself_gives_no_role(prov: Prov) -> None:
    anna = prov.person(Roll.INSATSANSVARIG, "anna")
    vem = konto(prov, "anna")
    falsk = {"roll": "forbundschef", "konto": vem.id, "halvvags": {"konto": vem.id, "faktor": False}}
    signerad = SecureCookieSessionInterface().get_signing_serializer(Flask("x"))
    assert signerad is None, "an application without a key signs nothing"
    for nyckel in ("gissad", "kansli", HEMLIGHET.hex()):
        app = Flask("ond")
        app.secret_key = nyckel
        kaka = SecureCookieSessionInterface().get_signing_serializer(app)
        assert kaka is not None
        anna.set_cookie("bokslut_steg", str(kaka.dumps(falsk)), path="/kansli")
        anna.set_cookie("roll", "forbundschef", path="/kansli")
        assert anna.get("/kansli/personer").status_code == 403
        okand = prov.app.test_client()
        okand.set_cookie("bokslut_steg", str(kaka.dumps(falsk)), path="/kansli")
        okand.set_cookie(inne.KAKA, vem.id, path="/kansli")
        assert okand.get("/kansli/ny-faktor").location == "/kansli/logga-in"
        assert okand.get("/kansli/personer").status_code == 303


@pytest.mark.parametrize("skift", [timedelta(days=400), -timedelta(days=400)], ids=["fram", "bak"])
def test_a_clock_that_is_turned_a_year_ends_sessions_and_lets_one_log_in_again(
    prov: Prov, klockan: list[timedelta], monkeypatch: pytest.MonkeyPatch, skift: timedelta
) -> None:
    klient = prov.person(Roll.KANSLI, "anna")
    assert klient.get("/kansli").status_code == 200
    for nu in (skift, timedelta(0)):
        klockan[0] = nu
        assert klient.get("/kansli").status_code == 303, "what was open is not open at another time"
        klient = prov.app.test_client()
        skicka(klient, "/kansli/logga-in", epost="anna@exempel.se", losen=LOSEN)
        kod = pyotp.TOTP(TOTP).at(datetime.now(UTC) + nu + timedelta(seconds=30))
        assert skicka(klient, "/kansli/logga-in/kod", kod=kod).status_code == 303
        assert klient.get("/kansli").status_code == 200


def test_the_first_step_is_not_kept_open_by_a_clock_that_is_set_back(prov: Prov, klockan: list[timedelta]) -> None:
    prov.skapa(Roll.KANSLI, "anna")
    klient = prov.app.test_client()
    klockan[0] = timedelta(days=1)
    skicka(klient, "/kansli/logga-in", epost="anna@exempel.se", losen=LOSEN)
    klockan[0] = timedelta(0)
    assert klient.get("/kansli/logga-in/kod").location == "/kansli/logga-in"


def test_nobody_waits_for_a_time_that_the_clock_once_showed(prov: Prov, klockan: list[timedelta]) -> None:
    prov.skapa(Roll.KANSLI, "anna")
    klient = prov.app.test_client()
    klockan[0] = timedelta(days=400)
    for nr in range(store_konto.FRIA_FORSOK + 1):
        skicka(klient, "/kansli/logga-in", epost="anna@exempel.se", losen=f"fel lösenord {nr}")
    klockan[0] = timedelta(0)
    assert skicka(klient, "/kansli/logga-in", epost="anna@exempel.se", losen=LOSEN).status_code == 303


def test_an_invitation_made_while_the_clock_was_ahead_does_not_live_until_then(
    prov: Prov, klockan: list[timedelta]
) -> None:
    with Session(prov.motor) as session:
        framtid = datetime.now(UTC) + timedelta(days=400)
        _, lank = store_konto.skapa(session, framtid, None, "ny@exempel.se", "Ny", "kansli")
    assert prov.app.test_client().get(f"/kansli/inbjudan/{lank}").status_code == 410
    klockan[0] = timedelta(days=400)
    assert prov.app.test_client().get(f"/kansli/inbjudan/{lank}").status_code == 200
