"""A person answers: with the test client, that is without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlmodel import Session

from enkat import fritext, nycklar, store, urna
from enkat.omgang import SVENSK_TID, enkat_i
from enkat.sidor import datum
from enkat.sprak import KALLSPRAK, SPRAK, ngettext_for
from enkat.store_bunt import makulera, skapa_bunt
from enkat.texter import FORE_TID
from enkat.tid import hela_minuter
from tests.enkatprov import SVAR, Prov, borja, bygg, lamna_in, page, skicka, svara_allt


@pytest.fixture
def prov(tmp_path: Path) -> Prov:
    return bygg(tmp_path)


@pytest.fixture
def klient(prov: Prov) -> FlaskClient:
    return prov.app.test_client()


@contextmanager
def satser(prov: Prov) -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    sedda: list[str] = []
    event.listen(prov.motor, "before_cursor_execute", lambda *delar: sedda.append(delar[2]))
    yield sedda


def oppnade(prov: Prov) -> list[urna.Innehall]:
    """What lies in the urn."""
    with Session(prov.motor) as session:
        rad = store.las_omgang(session, prov.omgang_id)
        assert rad is not None
        privat = nycklar.las_privat(prov.mapp / "nycklar", prov.omgang_id)
        return [urna.oppna(enkat_i(rad), k, privat, prov.omgang_id) for k in store.las_kuvert(session, prov.omgang_id)]


def test_what_a_person_answers_lies_in_the_urn_with_the_enhet_of_the_code(prov: Prov, klient: FlaskClient) -> None:
    kvitto = lamna_in(klient, svara_allt(klient, borja(klient, prov.koder[0])))
    assert kvitto.rubrik == "Tack! Vi har tagit emot dina svar"
    [innehall] = oppnade(prov)
    assert innehall.enhet == "Vuxentorget"
    assert innehall.svar == {
        "bemott": "bra", "redo": "nej", "varfor": "sadar", "fatt": ("samtal", "praktik"), "manader": "12",
        "nar": "2026-02-01", "tycker.lokalen": "bra", "tycker.tiderna": "vill_inte_svara", "kon": "kvinna",
    }  # fmt: skip


def test_a_step_asks_nothing_of_the_database(prov: Prov, klient: FlaskClient) -> None:
    sida = borja(klient, prov.koder[0])
    with satser(prov) as sedda:
        svara_allt(klient, sida)
        assert sedda == []


def test_nothing_is_written_before_skicka(prov: Prov, klient: FlaskClient) -> None:
    with satser(prov) as sedda:
        sida = svara_allt(klient, borja(klient, prov.koder[0]))
        assert not [sats for sats in sedda if not sats.startswith(("SELECT", "BEGIN", "PRAGMA"))]
        lamna_in(klient, sida)
        assert any(sats.startswith("INSERT") for sats in sedda)


def test_before_question_1_one_learns_what_one_has_a_right_to_know(prov: Prov, klient: FlaskClient) -> None:
    html = borja(klient, prov.koder[0]).html
    for ord_ in ("frivilligt", "personnummer", "färre än 5", "tas bort senast", "artikel 6.1", "imy.se", "Kim, 090"):
        assert ord_ in html


@pytest.mark.parametrize("enkat", ["deltagare", "styrelse"])
def test_before_question_1_one_learns_how_long_it_takes_in_every_language(tmp_path: Path, enkat: str) -> None:
    prov = bygg(tmp_path, enkat)
    for sprak in SPRAK:
        sida = borja(prov.app.test_client(), prov.koder[0], sprak.kod)
        minuter = hela_minuter(prov.mottagning.omgangar()[prov.omgang_id].enkat, sprak)
        mening = ngettext_for(sprak.kod)(*FORE_TID, minuter).format(n=minuter)
        assert sida.las.texter["strong"][0] == mening
        assert str(minuter) in mening or minuter == 1
        assert sprak.lang == "sv" or mening not in {t.format(n=minuter) for t in FORE_TID}
    assert prov.antal() == 0


def test_those_who_are_few_are_told_that_answers_are_put_together(prov: Prov, klient: FlaskClient) -> None:
    with Session(prov.motor) as session:
        _, [kod] = skapa_bunt(session, prov.omgang_id, prov.hemlighet, "Lilla teamet", 1)
    assert "Ni är få i din grupp" in borja(klient, kod).html
    assert "Ni är få i din grupp" not in borja(klient, prov.koder[0]).html


def test_back_keeps_the_answer_also_one_not_yet_confirmed(prov: Prov, klient: FlaskClient) -> None:
    andra = skicka(klient, skicka(klient, borja(klient, prov.koder[0])), svar="bra")
    forsta = skicka(klient, andra, "tillbaka", svar="ja")
    assert forsta.valda() == ["bra"]
    assert skicka(klient, forsta, svar="bra").valda() == ["ja"]


def test_another_language_keeps_page_and_answers(prov: Prov, klient: FlaskClient) -> None:
    sida = skicka(klient, borja(klient, prov.koder[0]))
    sida = skicka(klient, sida, "sprak:sv", svar="bra")
    assert (sida.rubrik, sida.valda()) == ("Hur har du blivit bemött?", ["bra"])


def test_a_question_that_no_longer_applies_is_neither_asked_nor_stored(prov: Prov, klient: FlaskClient) -> None:
    sida = svara_allt(klient, borja(klient, prov.koder[0]))
    assert "Hur känns det att inte vara redo?" in sida.html
    sida = skicka(klient, sida, "sida:3")
    assert sida.rubrik == "Är du redo?"
    sida = skicka(klient, sida, svar="ja")
    assert "Hur känns det" not in sida.html
    lamna_in(klient, sida)
    assert "varfor" not in oppnade(prov)[0].svar


def test_a_change_at_the_check_leads_back_to_the_check_by_way_of_new_questions(prov: Prov, klient: FlaskClient) -> None:
    svar = {**SVAR, "Är du redo?": {"svar": "ja"}}
    sida = skicka(klient, svara_allt(klient, borja(klient, prov.koder[0]), svar), "sida:3")
    sida = skicka(klient, sida, svar="nej")
    assert sida.rubrik == "Hur känns det att inte vara redo?"
    assert skicka(klient, sida, svar="bra").rubrik == "Titta igenom dina svar"


def test_vill_inte_svara_stands_on_every_question(prov: Prov, klient: FlaskClient) -> None:
    sida = skicka(klient, borja(klient, prov.koder[0]))
    while 'value="skicka"' not in sida.html:
        assert 'value="vill_inte_svara"' in sida.html
        alla = dict.fromkeys(("svar", "svar.lokalen", "svar.tiderna"), "vill_inte_svara")
        sida = skicka(klient, sida, **alla)
    assert lamna_in(klient, sida).status == 200
    assert set(oppnade(prov)[0].svar.values()) == {"vill_inte_svara"}


@pytest.mark.parametrize(
    ("fraga", "falt", "mening"),
    [
        ("Hur har du blivit bemött?", {}, "Välj ett svar på frågan ”Hur har du blivit bemött?”"),
        ("Hur har du blivit bemött?", {"svar": "toppen"}, "Välj ett av svaren som finns"),
        ("Vilket stöd har du fått?", {}, "Välj ett svar på frågan"),
        ("Vilket stöd har du fått?", {"svar": ["samtal", "inget"]}, "som inte går ihop"),
        ("Hur många månader?", {"svar": ""}, "Skriv ett svar på frågan"),
        ("Hur många månader?", {"svar": "tolv"}, "Skriv ett heltal"),
        ("Hur många månader?", {"svar": "121"}, "Skriv ett tal från 0 till 120"),
        ("Hur många månader?", {"svar": ["5", "vill_inte_svara"]}, "som inte går ihop"),
        ("När började du?", {"svar": "2026-02-30"}, "Skriv ett datum"),
        ("Vad tycker du om", {"svar.lokalen": "bra"}, "Välj ett svar på varje rad"),
        ("Något mer?", {"svar": "x" * 201}, "Korta ner svaret"),
    ],
)
def test_what_is_wrong_is_said_with_a_link_to_the_field(
    prov: Prov, klient: FlaskClient, fraga: str, falt: dict[str, object], mening: str
) -> None:
    sida = skicka(klient, borja(klient, prov.koder[0]))
    while sida.rubrik != fraga:
        sida = skicka(klient, sida, **SVAR[sida.rubrik])
    fel = skicka(klient, sida, **falt)
    assert (fel.status, fel.rubrik) == (422, fraga)
    assert fel.titel.startswith("Fel: ")
    assert mening in fel.html
    mal = next(attrs["href"] for tag, attrs in fel.las.taggar if tag == "a" and attrs["href"].startswith("#svar"))
    assert any(attrs.get("id") == mal[1:] for _, attrs in fel.las.taggar)
    if isinstance(falt.get("svar"), str) and falt["svar"] not in ("", "toppen"):
        assert str(falt["svar"]) in fel.html  # what was typed is still there
    assert skicka(klient, fel, **SVAR[fraga]).status == 200


def test_digits_of_any_script_are_taken(prov: Prov, klient: FlaskClient) -> None:
    arabiska = prov.koder[0].translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    sida = skicka(klient, borja(klient, f"{arabiska[:4]} {arabiska[4:8]}-{arabiska[8:]}"))
    while sida.rubrik != "Hur många månader?":
        sida = skicka(klient, sida, **SVAR[sida.rubrik])
    assert skicka(klient, sida, svar="١٢").status == 200


def test_the_state_in_the_form_is_small_and_says_nothing(prov: Prov, klient: FlaskClient) -> None:
    langd = set()
    sida = skicka(klient, borja(klient, prov.koder[0]))
    while 'value="skicka"' not in sida.html:
        langd.add(len(sida.falt("sigill")))
        sida = skicka(klient, sida, **SVAR[sida.rubrik])
    assert max(langd) <= 4096
    assert len(langd) == 1  # only free text makes it longer, in steps


def test_an_open_link_asks_for_the_enhet(prov: Prov, klient: FlaskClient) -> None:
    sida = page(klient.get(prov.dorr("lank")))
    sida = skicka(klient, skicka(klient, sida, "sprak:sv"))
    assert sida.rubrik == "Var är du?"
    assert skicka(klient, sida, svar="Månen").status == 422
    sida = skicka(klient, sida, svar="Ungdomstorget")
    while 'value="skicka"' not in sida.html:
        sida = skicka(klient, sida, **SVAR[sida.rubrik])
    assert lamna_in(klient, sida).status == 200
    assert oppnade(prov)[0].enhet == "Ungdomstorget"


def test_a_link_for_one_enhet_does_not_ask(prov: Prov, klient: FlaskClient) -> None:
    sida = skicka(klient, skicka(klient, page(klient.get(prov.dorr("lank", "Vuxentorget"))), "sprak:sv"))
    assert sida.rubrik == "Hur har du blivit bemött?"


def test_a_kiosk_goes_back_to_its_start(prov: Prov, klient: FlaskClient) -> None:
    adress = prov.dorr("kiosk", "Vuxentorget")
    start = page(klient.get(adress))
    sida = skicka(klient, start, "sprak:sv")
    assert sida.svar.headers["Cache-Control"] == "no-store"
    assert "<dialog" in sida.html
    kvitto = lamna_in(klient, svara_allt(klient, sida))
    assert "<dialog" in kvitto.html  # it asks before it clears the receipt, as on every page
    assert f'href="{adress}"' in kvitto.html


def test_a_kiosk_with_codes_asks_for_one(prov: Prov, klient: FlaskClient) -> None:
    adress = prov.dorr("kiosk", None, med_kod=True)
    sida = skicka(klient, page(klient.get(adress)), "sprak:sv")
    assert sida.rubrik == "Skriv din kod"
    sida = skicka(klient, sida, "borja", kod=prov.koder[0])
    assert (sida.rubrik, sida.till) == ("Innan du börjar", adress)
    lamna_in(klient, svara_allt(klient, sida))
    assert oppnade(prov)[0].enhet == "Vuxentorget"


def test_free_text_is_asked_for_with_a_warning_and_the_day_it_goes(prov: Prov, klient: FlaskClient) -> None:
    sida = skicka(klient, borja(klient, prov.koder[0]))
    while sida.rubrik != "Något mer?":
        sida = skicka(klient, sida, **SVAR[sida.rubrik])
    stanger = prov.mottagning.omgangar()[prov.omgang_id].omgang.stanger
    assert stanger is not None
    dag = datum((stanger + timedelta(days=365)).astimezone(SVENSK_TID).date(), KALLSPRAK)
    assert f"skild från dina andra svar. Den tas bort senast {dag}." in sida.html
    assert "Skriv inget som kan peka ut dig eller andra." in sida.html
    assert 'aria-describedby="hjalp"' in sida.html


def test_free_text_lies_in_an_envelope_of_its_own(prov: Prov, klient: FlaskClient) -> None:
    svar = {**SVAR, "Något mer?": {"svar": "Kaffet var gott."}}
    lamna_in(klient, svara_allt(klient, borja(klient, prov.koder[0]), svar))
    assert "Kaffet" not in repr(oppnade(prov)[0].svar)
    with Session(prov.motor) as session:
        [chiffer] = store.las_fritext(session, prov.omgang_id)
    oppen = prov.mottagning.omgangar()[prov.omgang_id]
    privat = nycklar.las_privat(prov.mapp / "nycklar", prov.omgang_id)
    assert fritext.oppna(oppen.enkat, chiffer, privat, oppen.id) == (("fritt", "Kaffet var gott."),)


def test_a_code_that_is_spent_is_told_apart_from_one_that_is_voided(prov: Prov, klient: FlaskClient) -> None:
    lamna_in(klient, svara_allt(klient, borja(klient, prov.koder[0])))
    pa_vag = svara_allt(klient, borja(klient, prov.koder[1]))
    with Session(prov.motor) as session:
        assert makulera(session, prov.hemlighet, prov.koder[1:2]) == 1
    anvand, makulerad = (borja(klient, kod) for kod in prov.koder[:2])
    assert (anvand.status, makulerad.status) == (422, 422)
    assert "Koden är redan använd." in anvand.html
    assert "Koden är makulerad och går inte att använda." in makulerad.html
    kvitto = lamna_in(klient, pa_vag)
    assert "Koden gäller inte längre. Det du skickade sparades inte." in kvitto.html
    assert prov.antal() == 1


def test_leaving_empties_the_cache_and_goes_where_the_installation_says(tmp_path: Path) -> None:
    prov = bygg(tmp_path, lamna_till="https://vader.example/")
    svar = prov.app.test_client().get("/e/lamna")
    assert (svar.status_code, svar.location) == (303, "https://vader.example/")
    assert svar.headers["Clear-Site-Data"] == '"cache"'
    assert svar.headers["Cache-Control"] == "no-store"


def test_a_receipt_leaves_nothing_behind(prov: Prov, klient: FlaskClient) -> None:
    kvitto = lamna_in(klient, svara_allt(klient, borja(klient, prov.koder[0])))
    assert kvitto.svar.headers["Cache-Control"] == "no-store"
    assert kvitto.svar.headers["Clear-Site-Data"] == '"cache"'


def test_sixty_sessions_from_one_address_in_ten_minutes_pass(prov: Prov, klient: FlaskClient) -> None:
    for _ in range(60):
        sida = borja(klient, prov.koder[0])
        for _ in range(20):
            assert klient.post(sida.till, data=sida.dolda()).status_code == 200


def test_every_page_of_every_questionnaire_is_small_in_every_language(tmp_path: Path) -> None:
    prov = bygg(tmp_path, "deltagare")
    klient = prov.app.test_client()
    for sprak in SPRAK:
        sida = borja(klient, prov.koder[0], sprak.kod)
        klient_sida = svara_allt(klient, sida, {})
        assert klient_sida.status == 200


def test_a_round_that_is_frozen_says_closed(prov: Prov, klient: FlaskClient) -> None:
    sida = borja(klient, prov.koder[0])
    prov.andra(lage="fryst")
    assert skicka(klient, sida).rubrik == "Enkäten är stängd"
