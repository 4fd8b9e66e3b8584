"""A questionnaire that somebody is answering: locked but for its spelling, which reaches the round and is noted."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select

from enkat import omgang
from enkat.models import Omgang, Rattelse
from enkat.omgang import enkat_i
from enkat.oversattningar import anvand
from enkat.sprak import gettext_for, granskning, textsumma
from kansli.enkater import filer, oversattning
from kansli.roller import Roll
from tests.kansliprov import Prov, bygg
from tests.web.test_kansli_enkater import ADRESS, FRAGA, andra, falten, loggen, text

SKRIVET = "Jag har hittat en annan lösning som passar mig"
RATTAT = "Jag har hittat en annan lösning, som passar mig"


@pytest.fixture
def prov(tmp_path: Path) -> Iterator[Prov]:
    prov = bygg(tmp_path, exempel=True)
    yield prov
    prov.motor.dispose()
    anvand(None)


@pytest.fixture
def klient(prov: Prov) -> FlaskClient:
    return prov.person(Roll.FORBUNDSCHEF)


def oppna(prov: Prov, provomgang: bool = False) -> str:
    """An open round of the questionnaire as it is."""
    nu, nycklar = datetime.now(UTC), prov.mapp.rot / "nycklar"
    with Session(prov.motor) as session:
        data = text(prov).encode()
        rad = omgang.skapa(session, nycklar, "deltagare.toml", data, "2026", minsta_grupp=5, provomgang=provomgang)
        omgang.oppna(session, nycklar, rad, nu - timedelta(hours=1), nu + timedelta(days=7))
        return rad.id


def stavningsfalt(sida: str, skrivet: str) -> str:
    return next(namn for namn, varde in falten(sida).items() if varde == skrivet)


def ratta(klient: FlaskClient, fran: str = SKRIVET, till: str = RATTAT) -> int:
    adress = ADRESS + "/deltagare/stavning"
    return andra(klient, adress, **{stavningsfalt(klient.get(adress).text, fran): till, "orsak": "Komma"})[0]


def test_an_open_round_locks_the_questionnaire_and_every_page_says_why(prov: Prov, klient: FlaskClient) -> None:
    omgang_id, fore = oppna(prov), filer.las_alla(prov.mapp)
    assert "Låst: en omgång är öppen" in klient.get(ADRESS).text
    sida = klient.get(ADRESS + "/deltagare").text
    assert omgang_id in sida
    assert "Stavfel går att rätta" in sida
    assert "Lägg till en fråga" not in sida
    for adress, falt in (
        (FRAGA, {"text": "Annat"}),
        (ADRESS + "/deltagare/ny-fraga", {"text": "Ny?", "typ": "ja_nej"}),
        (ADRESS + "/deltagare/huvud", {"titel": "Annat"}),
        (ADRESS + "/deltagare/skala/ja_nej", {"rader-0-text": "Jo"}),
        (ADRESS + "/personal/skala/ja_nej", {"rader-0-text": "Jo"}),  # shared with the one that is locked
        (ADRESS + "/deltagare/text", {"toml": text(prov) + "# x\n"}),
    ):
        status, svar = andra(klient, adress, **falt)
        assert status == 422, adress
        assert "Enkäten är låst, för en omgång av den är öppen" in svar
    assert filer.las_alla(prov.mapp) == fore
    assert andra(klient, ADRESS + "/personal/fraga/kon", text="Vad har du för kön?")[0] == 303


def test_a_trial_locks_nothing(prov: Prov, klient: FlaskClient) -> None:
    oppna(prov, provomgang=True)
    assert andra(klient, FRAGA, text="Annat")[0] == 303


def test_a_spelling_reaches_those_who_answer_now_and_is_noted_with_both_hashes(prov: Prov, klient: FlaskClient) -> None:
    omgang_id = oppna(prov)
    assert ratta(klient) == 303
    assert f'text = "{RATTAT}"' in text(prov)
    with Session(prov.motor) as session:
        rad = session.get(Omgang, omgang_id)
        [anteckning] = session.exec(select(Rattelse))
        assert rad is not None
        assert enkat_i(rad).fraga("annan_losning").text == RATTAT
        assert anteckning.efter == rad.fingeravtryck == enkat_i(rad).fingeravtryck
        assert anteckning.orsak == "Komma"
    [logg] = loggen(prov, "enkat-stavning")
    assert logg.efter == f"{anteckning.efter[:16]} Komma"
    assert logg.fore == anteckning.fore[:16]


def test_the_round_gets_the_spelling_and_not_what_else_has_been_changed_in_the_file(
    prov: Prov, klient: FlaskClient
) -> None:
    andrad = text(prov).replace('text = "Hur har du blivit bemött?"', 'text = "Hur var vi mot dig?"')
    omgang_id = oppna(prov)
    filer.fil_for(prov.mapp, "deltagare").write_text(andrad, "utf-8")
    assert ratta(klient) == 303
    with Session(prov.motor) as session:
        rad = session.get(Omgang, omgang_id)
        assert rad is not None
        assert enkat_i(rad).fraga("bemott").text == "Hur har du blivit bemött?"
        assert enkat_i(rad).fraga("annan_losning").text == RATTAT


def test_translations_and_reviews_follow_a_spelling(prov: Prov, klient: FlaskClient) -> None:
    engelska = gettext_for("en")(SKRIVET)
    oversattning.satt_granskning(prov.mapp, "en", "A. Svensson", "2026-03-31", "")
    oppna(prov)
    assert ratta(klient) == 303
    anvand(prov.mapp.oversattningar)
    assert gettext_for("en")(RATTAT) == engelska
    assert granskning()["en"].granskad(textsumma("en"))
    assert not granskning()["uk"].granskad(textsumma("uk"))
    assert "och 7 av 7" in klient.get(ADRESS).text


def test_a_review_that_did_not_hold_is_not_renewed_by_a_spelling(prov: Prov, klient: FlaskClient) -> None:
    oversattning.satt_granskning(prov.mapp, "en", "A. Svensson", "2026-03-31", "")
    oversattning.skriv(prov.mapp, "en", {("enkater", "Ja"): "Yeah"})
    assert ratta(klient) == 303
    assert not granskning()["en"].granskad(textsumma("en"))


def test_an_option_and_the_introduction_can_be_spelt_too(prov: Prov, klient: FlaskClient) -> None:
    oppna(prov)
    assert ratta(klient, "Mycket dåligt", "Mycket  dåligt!") == 303
    assert '"Mycket dåligt!", "Dåligt"' in text(prov)
    assert ratta(klient, "Enkät till dig som är deltagare", "Enkät till dig som deltar") == 303


def test_an_emptied_text_is_left_as_it_was(prov: Prov, klient: FlaskClient) -> None:
    fore = text(prov)
    assert ratta(klient, SKRIVET, "") == 303
    assert text(prov) == fore


def test_two_texts_that_become_the_same_are_refused(prov: Prov, klient: FlaskClient) -> None:
    oppna(prov)
    fore = text(prov)
    assert ratta(klient, SKRIVET, "Hur känner du inför framtiden?") == 422
    assert text(prov) == fore


def test_a_round_keeps_the_wording_it_was_made_with_and_the_page_says_so(prov: Prov, klient: FlaskClient) -> None:
    with Session(prov.motor) as session:
        omgang.skapa(session, prov.mapp.rot / "nycklar", "deltagare.toml", text(prov).encode(), "2026", minsta_grupp=5)
    assert "med en annan lydelse" not in klient.get(ADRESS + "/deltagare").text
    assert andra(klient, FRAGA, text="Annat")[0] == 303
    assert "med en annan lydelse" in klient.get(ADRESS + "/deltagare").text
