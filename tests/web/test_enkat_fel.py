"""What goes wrong, by hand, by wire or by malice: a clear page, nothing lost, and the person knows what was stored."""

from __future__ import annotations

import http.client
import logging
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlmodel import Session
from werkzeug.serving import make_server

from enkat import store, store_bunt, views_sida
from enkat.lasning import las_enkat
from enkat.mottagning import Mottagning
from enkat.takt import Takt
from tests.enkatprov import ALLA_SLAG, SVAR, Prov, Sida, borja, bygg, lamna_in, page, skicka, svara_allt


@pytest.fixture
def prov(tmp_path: Path) -> Prov:
    return bygg(tmp_path)


@pytest.fixture
def klient(prov: Prov) -> FlaskClient:
    return prov.app.test_client()


def kodsida(klient: FlaskClient, kod: str) -> Sida:
    return page(klient.post("/e", data={"gor": "borja", "kod": kod, "s": "sv"}))


# --- The code ---


def test_a_mistyped_code_is_told_apart_from_a_spent_one(prov: Prov, klient: FlaskClient) -> None:
    kod = prov.koder[0]
    fel = kod[:3] + str((int(kod[3]) + 1) % 10) + kod[4:]
    sida = kodsida(klient, fel)
    assert (sida.status, sida.titel) == (422, "Fel: Skriv din kod")
    assert "Stavningen stämmer inte" in sida.html
    assert sida.falt("kod") == fel
    lamna_in(klient, svara_allt(klient, borja(klient, kod)))
    assert "Koden är redan använd." in kodsida(klient, kod).html


def test_a_voided_code_is_told(prov: Prov, klient: FlaskClient) -> None:
    with Session(prov.motor) as session:
        store_bunt.makulera(session, prov.hemlighet, prov.koder[:1])
    assert "Koden är makulerad och går inte att använda." in kodsida(klient, prov.koder[0]).html


@pytest.mark.parametrize("skrivet", ["", "   ", "123", "abc", "1" * 15, "9" * 500, "<b>", "‮123"])
def test_whatever_is_typed_gives_the_page_again(prov: Prov, klient: FlaskClient, skrivet: str) -> None:
    sida = kodsida(klient, skrivet)
    assert (sida.status, sida.rubrik) == (422, "Skriv din kod")
    assert "<b>" not in sida.html.replace("<bdi", "")


@pytest.mark.parametrize("monster", ["{} ", "{:.3}-", " {}"])
def test_spaces_and_hyphens_do_not_matter(prov: Prov, klient: FlaskClient, monster: str) -> None:
    kod = prov.koder[0]
    skrivet = "-".join(kod[i : i + 3] for i in range(0, 15, 3)) if "-" in monster else monster.format(kod)
    assert kodsida(klient, skrivet).rubrik == "Innan du börjar"


def test_a_code_never_stands_in_an_address_or_in_a_page(prov: Prov, klient: FlaskClient) -> None:
    kod = prov.koder[0]
    sida = borja(klient, kod)
    while 'value="skicka"' not in sida.html:
        assert kod not in sida.html
        assert kod not in sida.till
        sida = skicka(klient, sida, **SVAR.get(sida.rubrik, {}))
    svar = klient.post(sida.till, data={**sida.dolda(), "gor": "skicka"})
    assert kod not in svar.location
    assert klient.get(f"/e?kod={kod}").status_code == 200
    assert kod not in klient.get(f"/e?kod={kod}").get_data(as_text=True)


# --- Open and closed ---


def test_a_round_that_has_not_opened_says_when(prov: Prov, klient: FlaskClient) -> None:
    prov.andra(oppnar=datetime.now(UTC) + timedelta(days=2))
    sida = kodsida(klient, prov.koder[0])
    assert (sida.status, sida.rubrik) == (403, "Enkäten har inte öppnat än")
    assert re.search(r"Den öppnar \d", sida.html)


def test_a_closed_round_says_so_to_newcomers(prov: Prov, klient: FlaskClient) -> None:
    prov.andra(stanger=datetime.now(UTC) - timedelta(minutes=5))
    assert kodsida(klient, prov.koder[0]).rubrik == "Enkäten är stängd"
    assert page(klient.get(prov.dorr("lank"))).status == 410


def test_a_page_that_is_open_when_the_round_closes_has_an_hour(prov: Prov, klient: FlaskClient) -> None:
    sida = borja(klient, prov.koder[0])
    prov.andra(stanger=datetime.now(UTC) - timedelta(minutes=5))
    assert lamna_in(klient, svara_allt(klient, sida)).rubrik == "Tack! Vi har tagit emot dina svar"


def test_after_the_grace_one_learns_that_nothing_was_stored(prov: Prov, klient: FlaskClient) -> None:
    sida = svara_allt(klient, borja(klient, prov.koder[0]))
    prov.andra(stanger=datetime.now(UTC) - timedelta(hours=2), oppnar=datetime.now(UTC) - timedelta(hours=9))
    kvitto = lamna_in(klient, sida)
    assert kvitto.rubrik == "Enkäten är stängd"
    assert "Dina svar sparades inte" in kvitto.html
    assert skicka(klient, sida, "tillbaka").status == 410
    assert prov.antal() == 0


# --- The seal ---


@pytest.mark.parametrize(
    ("andra", "mening"),
    [
        (lambda s: s[:-3] + ("A" if s[-3] != "A" else "B") + s[-2:], "Något i sidan har ändrats"),
        (lambda s: s[: len(s) // 2], "En del av sidan kom inte fram"),
        (lambda s: "å" * 50, "Något i sidan har ändrats"),
        (lambda s: "A" * 5000, "Något i sidan har ändrats"),
        (lambda s: "x", "En del av sidan kom inte fram"),
    ],
)
def test_a_seal_that_was_touched_is_refused(prov: Prov, klient: FlaskClient, andra: object, mening: str) -> None:
    sida = skicka(klient, borja(klient, prov.koder[0]))
    brutet = skicka(klient, sida, svar="bra", sigill=andra(sida.falt("sigill")))  # type: ignore[operator]
    assert brutet.status == 400
    assert mening in brutet.html
    assert "Börja om" in brutet.html


def test_a_form_of_another_round_is_refused(prov: Prov, klient: FlaskClient, tmp_path: Path) -> None:
    annan = bygg(tmp_path / "annan", "styrelse")
    sigill = borja(annan.app.test_client(), annan.koder[0]).falt("sigill")
    sida = borja(klient, prov.koder[0])
    assert "Sidan hör till en annan enkät" in skicka(klient, sida, sigill=sigill).html


def test_a_form_of_another_version_is_refused(prov: Prov, klient: FlaskClient) -> None:
    sida = skicka(klient, borja(klient, prov.koder[0]))
    andrad = ALLA_SLAG.replace("Är du redo?", "Är du riktigt redo?")
    ny, _ = las_enkat("prov.toml", andrad.encode())
    assert ny is not None
    prov.andra(kalltext=andrad.encode(), fingeravtryck=ny.fingeravtryck)
    assert "Enkäten har ändrats" in skicka(klient, sida, svar="bra").html


def test_a_question_that_is_gone_while_the_round_is_open_does_not_crash(prov: Prov, klient: FlaskClient) -> None:
    sida = svara_allt(klient, borja(klient, prov.koder[0]))
    utan = re.sub(r"\[fraga\.manader\].*?(?=\[fraga\.nar\])", "", ALLA_SLAG, flags=re.S)
    ny, _ = las_enkat("prov.toml", utan.encode())
    assert ny is not None
    prov.andra(kalltext=utan.encode(), fingeravtryck=ny.fingeravtryck)
    assert "Enkäten har ändrats" in skicka(klient, sida, "skicka").html
    assert prov.antal() == 0


def test_an_older_form_sent_again_is_only_an_older_page(prov: Prov, klient: FlaskClient) -> None:
    forsta = skicka(klient, borja(klient, prov.koder[0]))
    skicka(klient, forsta, svar="bra")
    assert skicka(klient, forsta, svar="daligt").rubrik == "Är du redo?"


def test_a_page_number_that_does_not_exist_leaves_one_where_one_was(prov: Prov, klient: FlaskClient) -> None:
    sida = skicka(klient, borja(klient, prov.koder[0]))
    for gor in ("sida:999", "sida:-1", "sida:٣", "sida:", "sprak:xx", "", "hej"):
        assert skicka(klient, sida, gor).rubrik == sida.rubrik


def test_one_cannot_hand_in_before_all_is_answered(prov: Prov, klient: FlaskClient) -> None:
    sida = skicka(klient, borja(klient, prov.koder[0]), "skicka")
    assert (sida.status, sida.rubrik) == (422, "Hur har du blivit bemött?")
    assert prov.antal() == 0


# --- Exactly once ---


def test_a_double_click_stores_one_answer_and_says_so(prov: Prov, klient: FlaskClient) -> None:
    sida = svara_allt(klient, borja(klient, prov.koder[0]))
    forsta, andra = lamna_in(klient, sida), lamna_in(klient, sida)
    assert andra.rubrik == "Vi har redan tagit emot dina svar"
    kvitto = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")
    assert kvitto.findall(forsta.html) == kvitto.findall(andra.html) != []
    assert prov.antal() == 1


def test_two_tabs_with_one_code_store_the_first_and_tell_the_second(prov: Prov, klient: FlaskClient) -> None:
    flikar = [svara_allt(klient, borja(klient, prov.koder[0])) for _ in range(2)]
    assert lamna_in(klient, flikar[0]).rubrik == "Tack! Vi har tagit emot dina svar"
    assert lamna_in(klient, flikar[1]).rubrik == "Det här sparades inte"
    assert prov.antal() == 1


@pytest.mark.parametrize("efter", [True, False])
def test_a_server_that_dies_leaves_the_answer_stored_once_or_not_at_all(
    prov: Prov, klient: FlaskClient, monkeypatch: pytest.MonkeyPatch, efter: bool
) -> None:
    class Dodad(BaseException):
        pass

    sida = svara_allt(klient, borja(klient, prov.koder[0]))
    riktig = store.lamna_in

    def do(*delar: object) -> store.Inlamning:
        if efter:
            riktig(*delar)  # type: ignore[arg-type]
        raise Dodad

    monkeypatch.setattr(store, "lamna_in", do)
    with pytest.raises(Dodad):
        klient.post(sida.till, data={**sida.dolda(), "gor": "skicka"})
    monkeypatch.undo()
    rubrik = "Vi har redan tagit emot dina svar" if efter else "Tack! Vi har tagit emot dina svar"
    assert lamna_in(klient, sida).rubrik == rubrik
    assert prov.antal() == 1


# --- The database ---


@contextmanager
def last(prov: Prov) -> Iterator[None]:
    """Someone else writes meanwhile."""
    event.listen(prov.motor, "connect", lambda anslutning, _: anslutning.execute("PRAGMA busy_timeout = 50"))
    prov.motor.dispose()
    annan = sqlite3.connect(prov.mapp / "prov.db", isolation_level=None)
    annan.execute("BEGIN IMMEDIATE")
    yield
    annan.execute("ROLLBACK")
    annan.close()


def test_a_locked_database_keeps_the_answers_in_the_page(prov: Prov, klient: FlaskClient) -> None:
    sida = svara_allt(klient, borja(klient, prov.koder[0]))
    with last(prov):
        fel = skicka(klient, sida, "skicka")
    assert (fel.status, fel.titel) == (503, "Fel: Titta igenom dina svar")
    assert "Dina svar finns kvar på den här sidan" in fel.html
    assert lamna_in(klient, fel).rubrik == "Tack! Vi har tagit emot dina svar"
    assert prov.antal() == 1


def test_a_full_database_keeps_the_answers_in_the_page(prov: Prov, klient: FlaskClient) -> None:
    sida = svara_allt(klient, borja(klient, prov.koder[0]))

    def full(anslutning: sqlite3.Connection, _: object) -> None:
        anslutning.execute("PRAGMA max_page_count = 1")

    event.listen(prov.motor, "connect", full)
    prov.motor.dispose()
    for kod in prov.koder[1:]:  # until what is left of the last page is used up
        ny = svara_allt(klient, borja(klient, kod))
        if klient.post(ny.till, data={**ny.dolda(), "gor": "skicka"}).status_code == 503:
            break
    fel = skicka(klient, sida, "skicka")
    assert fel.status == 503
    assert "Dina svar finns kvar på den här sidan" in fel.html
    event.remove(prov.motor, "connect", full)
    prov.motor.dispose()
    assert lamna_in(klient, fel).rubrik == "Tack! Vi har tagit emot dina svar"


def test_a_database_that_is_away_stops_nobody_in_the_middle(
    prov: Prov, klient: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sida = skicka(klient, borja(klient, prov.koder[0]))
    (prov.mapp / "prov.db").rename(prov.mapp / "borta.db")
    prov.motor.dispose()
    (prov.mapp / "prov.db").mkdir()
    prov.mottagning.glom()
    assert skicka(klient, sida, svar="bra").status == 200
    nystartad = Mottagning(prov.motor, prov.mapp / "nycklar")
    monkeypatch.setattr(views_sida, "mottagning", lambda: nystartad)
    monkeypatch.setattr("enkat.views.mottagning", lambda: nystartad)
    fel = skicka(klient, sida, svar="bra")
    assert (fel.status, fel.rubrik) == (503, "Det gick inte att spara just nu")
    assert fel.falt("sigill") == sida.falt("sigill")
    assert fel.falt("svar") == "bra"
    (prov.mapp / "prov.db").rmdir()
    (prov.mapp / "borta.db").rename(prov.mapp / "prov.db")
    igen = page(klient.post(fel.till, data=fel.dolda()))
    assert igen.rubrik == "Är du redo?"


# --- The request ---


def test_a_body_of_a_megabyte_gives_a_page(klient: FlaskClient) -> None:
    svar = klient.post("/e", data={"kod": "1" * 1_000_000, "gor": "borja"}, headers={"Accept-Language": "sv"})
    sida = page(svar)
    assert sida.status == 413
    assert "för stort" in sida.html


def test_two_hundred_languages_are_read_without_ado(klient: FlaskClient) -> None:
    huvud = ",".join(f"x{n}-YY;q=0.{n % 10}" for n in range(200)) + ",sv"
    assert page(klient.get("/e", headers={"Accept-Language": huvud})).status == 200
    assert page(klient.get("/e", headers={"Accept-Language": ";;q=,,\0q=é;" * 500})).status == 200


@pytest.mark.parametrize(
    "stig", ["/e/finns-inte", "/e/l/prov-2026-prov/x", "/e/kiosk/x/y", "/e/kiosk/prov-2026-prov/AAAA"]
)
def test_an_address_that_leads_nowhere_gives_a_page(klient: FlaskClient, stig: str) -> None:
    assert page(klient.get(stig)).rubrik == "Sidan finns inte"


def test_the_ticket_of_a_link_opens_no_kiosk(prov: Prov, klient: FlaskClient) -> None:
    assert klient.get(prov.dorr("lank").replace("/l/", "/kiosk/")).status_code == 404


def test_a_receipt_cannot_be_made_up(klient: FlaskClient) -> None:
    assert page(klient.get("/e/kvitto/prov-2026-prov/bWVk")).status == 410


def test_too_many_get_a_page_with_all_they_sent(prov: Prov, klient: FlaskClient) -> None:
    sida = skicka(klient, borja(klient, prov.koder[0]))
    prov.app.extensions["enkat"].takter["steg"] = Takt(1, 600)
    assert skicka(klient, sida, svar="bra").status == 200
    for_manga = skicka(klient, sida, svar="bra")
    assert (for_manga.status, for_manga.svar.headers["Retry-After"]) == (429, "60")
    assert (for_manga.falt("sigill"), for_manga.falt("svar")) == (sida.falt("sigill"), "bra")
    prov.app.extensions["enkat"].takter["steg"] = Takt(9, 600)
    assert page(klient.post(for_manga.till, data=for_manga.dolda())).rubrik == "Är du redo?"


# --- A real server ---


@pytest.fixture
def server(prov: Prov) -> Iterator[http.client.HTTPConnection]:
    server = make_server("127.0.0.1", 0, prov.app, threaded=True)
    trad = threading.Thread(target=server.serve_forever)
    trad.start()
    yield http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    server.shutdown()
    trad.join()


def test_a_large_body_is_answered_with_the_page_not_with_a_cut_line(server: http.client.HTTPConnection) -> None:
    server.request("POST", "/e", b"kod=" + b"1" * 1_000_000, {"Content-Type": "application/x-www-form-urlencoded"})
    svar = server.getresponse()
    assert svar.status == 413
    assert "för stort" in svar.read().decode()


def test_the_access_log_holds_no_code(
    prov: Prov, server: http.client.HTTPConnection, caplog: pytest.LogCaptureFixture
) -> None:
    kod = prov.koder[0]
    with caplog.at_level(logging.INFO):
        for stig, kropp in (("/e", urlencode({"gor": "borja", "kod": kod})), (f"/e/{kod}", ""), (f"/e?kod={kod}", "")):
            huvud = {"Content-Type": "application/x-www-form-urlencoded"}
            server.request("POST" if kropp else "GET", stig, kropp or None, huvud)
            server.getresponse().read()
    assert len(caplog.records) >= 3
    assert kod not in caplog.text
    assert kod[:9] not in caplog.text
