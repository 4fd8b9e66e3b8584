"""Coming in by way of an identity provider: a true one in a process of its own, and everything that may be wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select
from werkzeug.test import TestResponse

from kansli import inne
from kansli.konto import oidc
from kansli.konto import store as store_konto
from kansli.konto.leverantor import Leverantor
from kansli.logg import store as store_logg
from kansli.logg.store import Urval
from kansli.models import Konto, Koppling
from kansli.roller import Roll
from tests.kansliprov import LOSEN, TOTP, Prov, bygg, skicka, token
from tests.oidcprov import CLIENT_ID, CLIENT_SECRET, Provleverantor, leverantorsprocess

MFA = {"amr": ["pwd", "mfa"]}


@pytest.fixture(scope="module")
def process() -> Iterator[Provleverantor]:
    with leverantorsprocess() as process:
        yield process


@pytest.fixture(scope="module")
def annan() -> Iterator[Provleverantor]:
    with leverantorsprocess() as process:
        yield process


@pytest.fixture
def prov(tmp_path: Path, process: Provleverantor) -> Iterator[Prov]:
    process.aterstall()
    oidc.glom()
    prov = bygg(tmp_path)
    koppla(prov, leverantor(process))
    yield prov
    prov.motor.dispose()


def leverantor(process: Provleverantor, **andrat: Any) -> Leverantor:
    grund = Leverantor("umea", "Umeå kommun", process.issuer, CLIENT_ID, frozenset({"exempel.se"}), CLIENT_SECRET)
    return replace(grund, amr=("mfa",), **andrat)


def koppla(prov: Prov, *leverantorer: Leverantor) -> None:
    rum = prov.app.extensions["kansli"]
    prov.app.extensions["kansli"] = replace(rum, leverantorer={lev.id: lev for lev in leverantorer})


def bjud_in(prov: Prov, epost: str = "anna@exempel.se") -> str:
    """An account whose invitation has not been used: no password, no app."""
    with Session(prov.motor) as session:
        return store_konto.skapa(session, datetime.now(UTC), None, epost, "Anna Ek", "kansli")[0].id


def fram_och_tillbaka(klient: FlaskClient, process: Provleverantor) -> TestResponse:
    dit = klient.get("/kansli/logga-in/via/umea")
    assert dit.status_code == 303, dit.text
    return klient.get(process.logga_in(dit.location))


def nekad(svar: TestResponse, klient: FlaskClient, text: str) -> None:
    """Refused with a page that says why and what to do, and nobody is in."""
    assert (svar.status_code, text in svar.text) == (403, True), (svar.status, svar.text)
    assert 'href="#' not in svar.text.split("</section>")[0].split('class="felruta"')[1]
    assert klient.get("/kansli").status_code == 303
    assert klient.get_cookie(inne.KAKA, path="/kansli") is None


def orsaker(prov: Prov) -> list[str]:
    with Session(prov.motor) as session:
        return [rad.efter for rad in store_logg.las(session, Urval(vad="leverantor-nekad"))]


def test_an_invited_person_is_let_in_by_a_provider_that_asked_for_two_factors(
    prov: Prov, process: Provleverantor
) -> None:
    konto_id, klient = bjud_in(prov, "anna@exempel.se"), prov.app.test_client()
    assert "Logga in med Umeå kommun" in klient.get("/kansli/logga-in").text
    process.satt(pastaenden=MFA)
    svar = fram_och_tillbaka(klient, process)
    assert (svar.status_code, svar.location) == (303, "/kansli")
    assert "Anna Ek" in klient.get("/kansli").text
    with Session(prov.motor) as session:
        [rad] = session.exec(select(Koppling)).all()
        assert (rad.konto_id, rad.issuer, rad.subject) == (konto_id, process.issuer, "s-1")
        assert [r.vad for r in store_logg.las(session)][:2] == ["inloggad", "leverantor-kopplad"]


def test_what_is_sent_along_is_bound_to_this_browser_and_this_moment(prov: Prov, process: Provleverantor) -> None:
    bjud_in(prov)
    for _ in range(2):
        fram_och_tillbaka(prov.app.test_client(), process)
    ena, andra = process.sett()
    assert ena["scope"] == "openid email"
    assert all(ena[namn] != andra[namn] for namn in ("state", "nonce", "code_challenge"))
    kaka = prov.app.test_client().get("/kansli/logga-in/via/umea").headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax"} <= set(kaka.split("; "))


def test_without_a_second_factor_there_ours_is_asked_for(prov: Prov, process: Provleverantor) -> None:
    prov.skapa(Roll.KANSLI, "anna")
    klient = prov.app.test_client()
    process.satt(pastaenden={"amr": ["pwd"], "acr": "urn:stark"})
    assert fram_och_tillbaka(klient, process).location == "/kansli/logga-in/kod"
    assert klient.get("/kansli").status_code == 303, "not in yet"
    assert skicka(klient, "/kansli/logga-in/kod", kod=pyotp.TOTP(TOTP).now()).status_code == 303
    assert klient.get("/kansli").status_code == 200


def test_one_without_an_app_sets_one_up_first(prov: Prov, process: Provleverantor) -> None:
    bjud_in(prov)
    assert fram_och_tillbaka(prov.app.test_client(), process).location == "/kansli/ny-faktor"


def test_a_second_factor_is_believed_by_acr_too_and_asked_for(prov: Prov, process: Provleverantor) -> None:
    koppla(prov, leverantor(process, acr=("urn:stark",)))
    bjud_in(prov)
    process.satt(pastaenden={"acr": "urn:stark"})
    assert fram_och_tillbaka(prov.app.test_client(), process).location == "/kansli"
    assert process.sett()[-1]["acr_values"] == "urn:stark"


def test_what_the_installation_does_not_trust_is_no_second_factor(prov: Prov, process: Provleverantor) -> None:
    koppla(prov, replace(leverantor(process), amr=()))
    bjud_in(prov)
    process.satt(pastaenden=MFA | {"acr": "urn:stark"})
    assert fram_och_tillbaka(prov.app.test_client(), process).location == "/kansli/ny-faktor"


def test_one_comes_where_one_was_going_and_nowhere_else(prov: Prov, process: Provleverantor) -> None:
    bjud_in(prov)
    process.satt(pastaenden=MFA)
    for till, vart in (("/kansli/mitt-konto", "/kansli/mitt-konto"), ("https://ond.example", "/kansli")):
        klient = prov.app.test_client()
        dit = klient.get("/kansli/logga-in/via/umea", query_string={"till": till})
        assert klient.get(process.logga_in(dit.location)).location == vart


@pytest.mark.parametrize(
    ("pastaenden", "orsak"),
    [
        ({"nonce": "en annans"}, "token-invalid_claim"),
        ({"nonce": None}, "token-missing_claim"),
        ({"aud": "en annan"}, "token-invalid_claim"),
        ({"aud": ["en annan", "en till"]}, "token-invalid_claim"),
        ({"aud": [CLIENT_ID, "en annan"], "azp": "en annan"}, "token-invalid_claim"),
        ({"aud": None}, "token-missing_claim"),
        ({"iss": "https://ond.example"}, "token-invalid_claim"),
        ({"iss": None}, "token-missing_claim"),
        ({"exp_om": -3600}, "token-expired_token"),
        ({"exp": None}, "token-missing_claim"),
        ({"iat_om": 3600}, "token-invalid_claim"),
        ({"sub": None}, "token-missing_claim"),
        ({"sub": ""}, "token-invalid_claim"),
        ({"sub": 7}, "token-"),
        ({"sub": "x" * 256}, "token-utan-subjekt"),
    ],
    ids=lambda varde: str(varde)[:40],
)
def test_a_token_with_a_claim_that_is_wrong_opens_nothing(
    prov: Prov, process: Provleverantor, pastaenden: dict[str, Any], orsak: str
) -> None:
    bjud_in(prov)
    klient = prov.app.test_client()
    process.satt(pastaenden=MFA | pastaenden)
    nekad(fram_och_tillbaka(klient, process), klient, "gick inte att lita på")
    [last] = orsaker(prov)
    assert last.startswith(orsak)
    with Session(prov.motor) as session:
        assert session.exec(select(Koppling)).first() is None


@pytest.mark.parametrize("signatur", ["none", "HS256", "annans", "egen", "strunt"])
def test_a_token_that_the_provider_has_not_signed_opens_nothing(
    prov: Prov, process: Provleverantor, signatur: str
) -> None:
    bjud_in(prov)
    klient = prov.app.test_client()
    process.satt(signatur=signatur, pastaenden=MFA)
    nekad(fram_och_tillbaka(klient, process), klient, "gick inte att lita på")
    assert len(orsaker(prov)) == 1


def test_a_provider_that_changes_its_key_is_still_believed(prov: Prov, process: Provleverantor) -> None:
    bjud_in(prov)
    process.satt(pastaenden=MFA)
    assert fram_och_tillbaka(prov.app.test_client(), process).location == "/kansli"
    process.satt(ny_nyckel=True)
    assert fram_och_tillbaka(prov.app.test_client(), process).location == "/kansli"


def test_the_secret_goes_in_the_body_where_the_provider_takes_it(prov: Prov, process: Provleverantor) -> None:
    bjud_in(prov)
    process.satt(pastaenden=MFA, beskrivning={"token_endpoint_auth_methods_supported": ["client_secret_post"]})
    assert fram_och_tillbaka(prov.app.test_client(), process).location == "/kansli"


def test_a_wrong_secret_opens_nothing(prov: Prov, process: Provleverantor) -> None:
    bjud_in(prov)
    koppla(prov, replace(leverantor(process), hemlighet="fel"))
    klient = prov.app.test_client()
    nekad(fram_och_tillbaka(klient, process), klient, "gick inte att lita på")
    assert orsaker(prov) == ["koden-nekad"]


def test_an_answer_works_once(prov: Prov, process: Provleverantor) -> None:
    bjud_in(prov)
    process.satt(pastaenden=MFA)
    klient = prov.app.test_client()
    svaret = process.logga_in(klient.get("/kansli/logga-in/via/umea").location)
    kaka = klient.get_cookie("bokslut_steg", path="/kansli")
    assert kaka is not None
    assert klient.get(svaret).location == "/kansli"
    tjuv = prov.app.test_client()
    tjuv.set_cookie("bokslut_steg", kaka.value, path="/kansli")
    nekad(tjuv.get(svaret), tjuv, "gick inte att lita på")
    assert orsaker(prov) == ["koden-nekad"]
    igen = klient.get(svaret)
    assert (igen.status_code, "tog för lång tid" in igen.text) == (403, True)


def test_what_a_browser_began_with_is_spent_also_when_it_was_refused(prov: Prov, process: Provleverantor) -> None:
    bjud_in(prov)
    process.satt(pastaenden=MFA)
    klient = prov.app.test_client()
    svaret = process.logga_in(klient.get("/kansli/logga-in/via/umea").location)
    nekad(klient.get(svaret.replace("code=", "code=fel")), klient, "gick inte att lita på")
    nekad(klient.get(svaret), klient, "tog för lång tid")


def test_an_answer_that_another_browser_asked_for_opens_nothing(prov: Prov, process: Provleverantor) -> None:
    bjud_in(prov)
    process.satt(pastaenden=MFA)
    offer, angripare = prov.app.test_client(), prov.app.test_client()
    svaret = process.logga_in(angripare.get("/kansli/logga-in/via/umea").location)
    nekad(offer.get(svaret), offer, "en annan webbläsare")
    offer.get("/kansli/logga-in/via/umea")
    nekad(offer.get(svaret), offer, "en annan webbläsare")


@pytest.mark.parametrize("skift", [timedelta(minutes=11), -timedelta(minutes=5)], ids=["för sent", "klockan gick bak"])
def test_an_answer_that_comes_too_late_or_before_it_was_asked_for_opens_nothing(
    prov: Prov, process: Provleverantor, monkeypatch: pytest.MonkeyPatch, skift: timedelta
) -> None:
    bjud_in(prov)
    klient = prov.app.test_client()
    svaret = process.logga_in(klient.get("/kansli/logga-in/via/umea").location)

    class Klocka(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) + skift

    monkeypatch.setattr(inne, "datetime", Klocka)
    nekad(klient.get(svaret), klient, "tog för lång tid")


@pytest.mark.parametrize("iss", ["https://ond.example", None])
def test_an_answer_in_another_providers_name_is_refused_before_the_code_is_used(
    prov: Prov, process: Provleverantor, iss: str | None
) -> None:
    bjud_in(prov)
    klient = prov.app.test_client()
    process.satt(svar={"iss": iss}, pastaenden=MFA)
    svaret = process.logga_in(klient.get("/kansli/logga-in/via/umea").location)
    nekad(klient.get(svaret), klient, "gick inte att lita på")
    assert orsaker(prov) == ["fel-avsandare"]


def test_an_answer_of_one_provider_is_not_taken_for_anothers(
    prov: Prov, process: Provleverantor, annan: Provleverantor
) -> None:
    bjud_in(prov)
    koppla(prov, leverantor(process), leverantor(annan, id="ond"))
    klient = prov.app.test_client()
    svaret = annan.logga_in(klient.get("/kansli/logga-in/via/ond").location)
    nekad(klient.get(svaret.replace("/via/ond/", "/via/umea/")), klient, "en annan webbläsare")
    assert annan.issuer not in klient.get("/kansli/logga-in").text


def test_a_provider_that_describes_itself_as_another_is_not_used(prov: Prov, process: Provleverantor) -> None:
    process.satt(beskrivning={"issuer": "https://ond.example"})
    svar = prov.app.test_client().get("/kansli/logga-in/via/umea")
    assert (svar.status_code, "gick inte att lita på" in svar.text) == (403, True)


@pytest.mark.parametrize(
    "fel", [{"token_endpoint": "http://example.org/token"}, {"jwks_uri": "file:///etc/passwd"}, {"token_endpoint": 7}]
)
def test_a_provider_whose_addresses_can_be_listened_to_is_not_used(
    prov: Prov, process: Provleverantor, fel: dict[str, Any]
) -> None:
    process.satt(beskrivning=fel)
    svar = prov.app.test_client().get("/kansli/logga-in/via/umea")
    assert (svar.status_code, "gick inte att lita på" in svar.text) == (403, True)


@pytest.mark.parametrize("lage", [{"nere": True}, {"fyllnad": 2_000_000}], ids=str)
def test_a_provider_that_is_down_or_says_too_much_leaves_the_password_to_use(
    prov: Prov, process: Provleverantor, lage: dict[str, Any]
) -> None:
    process.satt(**lage)
    svar = prov.app.test_client().get("/kansli/logga-in/via/umea")
    assert (svar.status_code, "svarar inte just nu" in svar.text) == (502, True)
    assert 'name="losen"' in svar.text


def test_a_provider_that_is_not_there_leaves_the_password_to_use(prov: Prov, process: Provleverantor) -> None:
    koppla(prov, replace(leverantor(process), issuer="http://127.0.0.1:1"))
    assert prov.app.test_client().get("/kansli/logga-in/via/umea").status_code == 502


def test_one_who_changes_her_mind_is_told_so(prov: Prov, process: Provleverantor) -> None:
    klient = prov.app.test_client()
    process.satt(svar={"error": "access_denied", "code": None})
    nekad(fram_och_tillbaka(klient, process), klient, "avbröts")
    assert orsaker(prov) == []


@pytest.mark.parametrize(
    "pastaenden",
    [{"email_verified": False}, {"email_verified": None}, {"email_verified": "nej"}, {"email": None}, {"email": ["a"]}],
    ids=str,
)
def test_an_address_that_is_not_vouched_for_finds_no_account(
    prov: Prov, process: Provleverantor, pastaenden: dict[str, Any]
) -> None:
    bjud_in(prov)
    klient = prov.app.test_client()
    process.satt(pastaenden=MFA | pastaenden)
    nekad(fram_och_tillbaka(klient, process), klient, "inte intygat någon e-postadress")


def test_a_provider_vouches_only_for_its_own_domains(prov: Prov, process: Provleverantor) -> None:
    bjud_in(prov, "anna@regionen.se")
    klient = prov.app.test_client()
    process.satt(pastaenden=MFA | {"email": "anna@regionen.se"})
    nekad(fram_och_tillbaka(klient, process), klient, "inte intygat någon e-postadress")


def test_nobody_gets_an_account_by_it(prov: Prov, process: Provleverantor) -> None:
    klient = prov.app.test_client()
    process.satt(pastaenden=MFA)
    nekad(fram_och_tillbaka(klient, process), klient, "inget öppet konto")
    with Session(prov.motor) as session:
        assert session.exec(select(Konto)).first() is None
    assert orsaker(prov) == ["inget-konto"]


def test_a_closed_account_is_closed_this_way_too(prov: Prov, process: Provleverantor) -> None:
    konto_id = bjud_in(prov)
    process.satt(pastaenden=MFA)
    klient = prov.app.test_client()
    assert fram_och_tillbaka(klient, process).location == "/kansli"
    chef = prov.person(Roll.FORBUNDSCHEF)
    skicka(chef, f"/kansli/personer/{konto_id}", roll="kansli", aktiv="nej")
    assert klient.get("/kansli").status_code == 303, "the open session ends at once"
    ny = prov.app.test_client()
    nekad(fram_och_tillbaka(ny, process), ny, "inget öppet konto")


def test_the_providers_own_name_decides_once_it_is_known(prov: Prov, process: Provleverantor) -> None:
    konto_id = bjud_in(prov)
    process.satt(pastaenden=MFA)
    fram_och_tillbaka(prov.app.test_client(), process)
    process.satt(pastaenden=MFA | {"email": "anna.nytt@exempel.se", "email_verified": False})
    assert fram_och_tillbaka(prov.app.test_client(), process).location == "/kansli", "an address may change"
    tjuv = prov.app.test_client()
    process.satt(pastaenden=MFA | {"sub": "s-2"})
    nekad(fram_och_tillbaka(tjuv, process), tjuv, "inget öppet konto")
    assert orsaker(prov) == ["annan-person"]
    chef = prov.person(Roll.FORBUNDSCHEF)
    sidan = chef.get(f"/kansli/personer/{konto_id}")
    assert process.issuer in sidan.text
    skicka_knapp(chef, konto_id, "glom-leverantor")
    assert fram_och_tillbaka(tjuv, process).location == "/kansli", "the förbundschef has let her tie it anew"


def skicka_knapp(klient: FlaskClient, konto_id: str, knapp: str) -> TestResponse:
    falt = {"csrf_token": token(klient.get(f"/kansli/personer/{konto_id}"))}
    return klient.post(f"/kansli/personer/{konto_id}/{knapp}", data=falt)


def test_a_provider_cannot_take_over_an_account_that_another_vouches_for(
    prov: Prov, process: Provleverantor, annan: Provleverantor
) -> None:
    bjud_in(prov)
    koppla(prov, leverantor(process), leverantor(annan, id="ond"))
    process.satt(pastaenden=MFA)
    assert fram_och_tillbaka(prov.app.test_client(), process).location == "/kansli"
    annan.satt(pastaenden=MFA)
    klient = prov.app.test_client()
    nekad(klient.get(annan.logga_in(klient.get("/kansli/logga-in/via/ond").location)), klient, "inget öppet konto")


def test_a_provider_that_is_not_in_the_file_has_no_page(prov: Prov) -> None:
    for adress in ("/kansli/logga-in/via/finns-inte", "/kansli/logga-in/via/finns-inte/svar?code=x"):
        assert prov.app.test_client().get(adress).status_code == 404


def test_an_installation_without_a_provider_asks_for_the_password_alone(prov: Prov) -> None:
    koppla(prov)
    sida = prov.app.test_client().get("/kansli/logga-in").text
    assert "Eller med lösenord" not in sida


def test_the_password_stays_beside_it(prov: Prov, process: Provleverantor) -> None:
    prov.skapa(Roll.KANSLI, "anna")
    process.satt(pastaenden=MFA)
    assert fram_och_tillbaka(prov.app.test_client(), process).location == "/kansli"
    assert skicka(prov.app.test_client(), "/kansli/logga-in", epost="anna@exempel.se", losen=LOSEN).status_code == 303


def test_the_address_back_names_no_other_place(prov: Prov, process: Provleverantor) -> None:
    dit = prov.app.test_client().get("/kansli/logga-in/via/umea").location
    assert parse_qs(urlsplit(dit).query)["redirect_uri"] == ["http://localhost/kansli/logga-in/via/umea/svar"]
