"""The register in the browser: who sees what, what is logged, a file from preview to rows, a year to the bokslut."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session
from werkzeug.test import TestResponse

from grund.db import skrivning
from insatser import store as store_insatser
from insatser.models import Insats
from kansli.jobb.kor import Framsteg
from kansli.logg import store as store_logg
from kansli.register import forvaring, inlasning
from tests.kansliprov import Prov, bygg, skicka, token
from tests.unit.insatser.filer import RATT, csv, xlsx

RAD = {"insats_id": "1", "nummer": "1", "kon": "kvinna", "alder": "20_24", "start": "2020-03-01"}


@pytest.fixture
def prov(tmp_path: Path) -> Iterator[Prov]:
    prov = bygg(tmp_path)
    with Session(prov.motor) as session, skrivning(session):
        session.add_all([Insats(namn="Nord", enhet="Norra"), Insats(namn="Syd", enhet="Södra")])
    yield prov
    prov.motor.dispose()


def ansvarig(prov: Prov, insats_id: int = 1) -> FlaskClient:
    """An insatsansvarig of one insats."""
    konto_id = prov.skapa("insatsansvarig", f"ia{insats_id}")
    with Session(prov.motor) as session, skrivning(session):
        store_insatser.satt_ansvariga(session, insats_id, [konto_id])
    return prov.logga_in(f"ia{insats_id}@exempel.se")


def ny(klient: FlaskClient, **andrat: str) -> TestResponse:
    return skicka(klient, "/kansli/register/ny", **(RAD | andrat))


def handelser(prov: Prov, borjan: str = "") -> list[tuple[str, str]]:
    with Session(prov.motor) as session:
        return [(r.vad, r.pa) for r in store_logg.las(session) if r.vad.startswith(borjan)][::-1]


def ladda_upp(klient: FlaskClient, data: bytes, namn: str = "a.csv", **falt: str) -> TestResponse:
    adress = "/kansli/register/las-in"
    falt = {"csrf_token": token(klient.get(adress)), **falt}
    # Put together by hand: the client would leave a large body open in a file of its own.
    delar = [f'name="{n}"\r\n\r\n{varde}'.encode() for n, varde in falt.items()]
    delar.append(f'name="fil"; filename="{namn}"\r\n\r\n'.encode() + data)
    kropp = b"".join(b"--x\r\nContent-Disposition: form-data; " + del_ + b"\r\n" for del_ in delar) + b"--x--\r\n"
    return klient.post(adress, data=kropp, content_type="multipart/form-data; boundary=x")


def vanta(klient: FlaskClient, svar: TestResponse) -> TestResponse:
    """The page of a piece of work, once it is over."""
    for _ in range(600):
        sida = klient.get(svar.location)
        if "Refresh" not in sida.headers:
            return sida
        time.sleep(0.05)
    raise AssertionError("the work did not end")


def ord_pa(sida: TestResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", sida.text[sida.text.index("<main") :]).split())


def test_the_first_day_says_what_to_do(tmp_path: Path) -> None:
    prov = bygg(tmp_path)
    assert "Lägg upp en insats" in prov.person("kansli").get("/kansli/register").text
    assert "Be förbundschefen" in prov.person("insatsansvarig").get("/kansli/register").text
    prov.motor.dispose()


def test_a_row_is_entered_changed_ended_and_removed_and_each_is_logged(prov: Prov) -> None:
    klient = prov.person("kansli")
    assert ny(klient).status_code == 303
    assert "1 rad." in klient.get("/kansli/register").text
    slutat = {
        "slut": "2020-09-01",
        "utfall": "arbete",
        "anstallning": "eget_foretag",
        "omfattning": "50",
        "version": "1",
    }
    assert skicka(klient, "/kansli/register/1", **(RAD | slutat)).status_code == 303
    sida = klient.get("/kansli/register/1")
    assert "Deltog i 6 hela månader." in sida.text
    assert "4 uppgifter ändrade." in sida.text
    assert skicka(klient, "/kansli/register/1/ta-bort", version="2").status_code == 422
    assert skicka(klient, "/kansli/register/1/ta-bort", version="2", skal="misstag").status_code == 303
    assert klient.get("/kansli/register/1").status_code == 404
    vad = [vad for vad, _ in handelser(prov, "deltagare")]
    assert vad == ["deltagare-ny", "deltagare-lista-last", "deltagare-last", "deltagare-andrad", "deltagare-borttagen"]


def test_the_log_shows_what_a_row_was_to_those_who_see_rows_and_to_nobody_when_it_is_gone(prov: Prov) -> None:
    chef, revisor = prov.person("forbundschef"), prov.person("revisor")
    ny(chef)
    assert skicka(chef, "/kansli/register/1", **(RAD | {"kon": "man", "version": "1"})).status_code == 303
    adress = "/kansli/logg?vad=deltagare-andrad"
    assert "kön: kvinna kön: man" in ord_pa(chef.get(adress))
    assert "kön: " not in ord_pa(revisor.get(adress))
    assert skicka(chef, "/kansli/register/1/ta-bort", version="2", skal="begaran").status_code == 303
    for klient in (chef, revisor):
        sida = ord_pa(klient.get(adress))
        assert "kön: " not in sida
        assert "Deltagare ändrad Nord nr 1 kön" in sida


def test_faults_stand_beside_their_fields_and_nothing_typed_is_lost(prov: Prov) -> None:
    klient = prov.person("kansli")
    svar = ny(klient, slut="2020-01-01", omfattning="50", nummer="17")
    assert svar.status_code == 422
    assert "Slutdatum är före startdatumet 2020-03-01." in svar.text
    assert "Utfall saknas, men deltagaren har slutat." in svar.text
    assert 'value="17"' in svar.text
    assert re.search(r'id="utfall-fel"', svar.text)


def test_a_personnummer_is_refused_and_not_written_back(prov: Prov) -> None:
    svar = ny(prov.person("kansli"), nummer="850312-1234")
    assert svar.status_code == 422
    assert "ser ut som ett personnummer" in svar.text
    assert "850312" not in svar.text


def test_the_number_that_is_taken_says_which_is_free(prov: Prov) -> None:
    klient = prov.person("kansli")
    ny(klient)
    assert "Nummer 1 finns redan i insatsen. Nästa lediga är 2." in ny(klient).text
    assert re.search(r'name="nummer"[^>]*value="2"', klient.get("/kansli/register/ny?insats=1").text)


def test_an_insatsansvarig_sees_and_changes_only_her_own(prov: Prov) -> None:
    chef, klient = prov.person("forbundschef"), ansvarig(prov)
    ny(chef)
    ny(chef, insats_id="2", nummer="9")
    assert "Nord" in klient.get("/kansli/register").text
    assert "Syd" not in klient.get("/kansli/register").text
    for adress in ("/2", "/2/ta-bort", "/sammanstallning/2020?insats=2", "?insats=2"):
        svar = klient.get(f"/kansli/register{adress}")
        assert svar.status_code == 404 or ("Ingen rad passar" in svar.text and "nr 9" not in svar.text), adress
    for adress in ("/2", "/2/ta-bort"):
        data = RAD | {"csrf_token": token(klient.get("/kansli/register/1")), "skal": "misstag", "version": "1"}
        assert klient.post(f"/kansli/register{adress}", data=data).status_code == 404
    assert skicka(klient, "/kansli/register/1", **(RAD | {"insats_id": "2", "version": "1"})).status_code == 422
    assert ny(klient, insats_id="2").status_code == 422
    assert "Syd" not in klient.get("/kansli/register/flode/2020").text
    assert "Mot underlaget" not in klient.get("/kansli/register/flode/2020").text
    for adress in ("/rader.csv", "/uppfoljning/2020.csv", "/lamna/2020", "/insatser", "/summor/2020"):
        assert klient.get(f"/kansli/register{adress}").status_code == 403, adress


@pytest.mark.parametrize("roll", ["styrelse", "revisor"])
def test_those_who_read_see_protected_sums_and_no_row(tmp_path: Path, roll: str) -> None:
    prov = bygg(tmp_path, exempel=True)
    klient = prov.person(roll)
    for adress in (
        "",
        "/1",
        "/ny",
        "/las-in",
        "/rader.csv",
        "/sammanstallning/2020",
        "/flode/2020",
        "/uppfoljning/2020.csv",
    ):
        assert klient.get(f"/kansli/register{adress}").status_code == 403, adress
    sida = klient.get("/kansli/register/start", follow_redirects=True)
    assert sida.status_code == 200
    sida = klient.get("/kansli/register/summor/2020")
    celler = re.findall(r'<td class="tal">([^<]*)</td>', sida.text)
    assert ".." in celler
    assert not {"1", "2", "3", "4"} & set(celler)
    fil = klient.get("/kansli/register/summor/2020.csv").text
    assert {rad.split(";")[-1] for rad in fil.split()}.isdisjoint({"1", "2", "3", "4"})
    assert ".." in fil
    prov.motor.dispose()


def test_two_who_change_at_once_the_second_is_told_and_loses_nothing(prov: Prov) -> None:
    klient, annan = prov.person("kansli"), prov.person("forbundschef")
    ny(klient)
    skicka(annan, "/kansli/register/1", **(RAD | {"kon": "man", "version": "1"}))
    svar = skicka(klient, "/kansli/register/1", **(RAD | {"utbildning": "gymnasium", "version": "1"}))
    assert svar.status_code == 422
    assert "Någon annan har ändrat raden" in svar.text
    assert "Kön: Man" in ord_pa(svar)
    assert re.search(r'<option selected value="gymnasium">', svar.text)
    assert 'name="version" type="hidden" value="2"' in svar.text


def test_a_file_with_faults_shows_them_and_stores_nothing_until_they_are_left_out(prov: Prov) -> None:
    klient = prov.person("kansli")
    svar = ladda_upp(klient, csv(RATT, [*RATT[:1], "850312-1234", *RATT[2:]], ["Väst", "3", *RATT[2:]]))
    assert svar.status_code == 303
    sida = klient.get(svar.location)
    assert "2 rader har fel, 1 är rätt." in ord_pa(sida)
    assert "850312" not in sida.text
    assert "Ingen deltagare är registrerad" in klient.get("/kansli/register").text
    for fil in (prov.mapp.rot / "registerimport").iterdir():
        assert fil.stat().st_mode & 0o777 == 0o600
        assert b"850312" not in fil.read_bytes()
    nekad = skicka(klient, svar.location, gor="spara")
    assert "Inget är sparat" in klient.get(nekad.location).text
    sparad = skicka(klient, svar.location, gor="spara", utelamna="ja")
    assert "1 nya, 0 ändrade och 0 oförändrade rader." in vanta(klient, sparad).text
    assert "1 rad." in klient.get("/kansli/register").text
    assert list((prov.mapp.rot / "registerimport").iterdir()) == []
    assert klient.get(svar.location).status_code == 410
    igen = klient.get(ladda_upp(klient, csv(RATT)).location)
    assert "Det finns inget att läsa in" in igen.text


def test_a_regretted_file_is_gone_and_an_old_one_expires(prov: Prov) -> None:
    klient = prov.person("kansli")
    svar = ladda_upp(klient, csv(RATT))
    skicka(klient, svar.location, gor="avbryt")
    assert list((prov.mapp.rot / "registerimport").iterdir()) == []
    ladda_upp(klient, csv(RATT))
    forvaring.stada(prov.mapp, datetime.now(UTC) + forvaring.GALLER + timedelta(minutes=1))
    assert list((prov.mapp.rot / "registerimport").iterdir()) == []


def test_an_upload_is_its_own_persons(prov: Prov) -> None:
    svar = ladda_upp(prov.person("kansli"), csv(RATT))
    annan = prov.person("forbundschef")
    assert annan.get(svar.location).status_code == 410
    data = {"csrf_token": token(annan.get("/kansli/register/las-in")), "gor": "spara"}
    assert annan.post(svar.location, data=data).status_code == 410


def test_an_insatsansvarig_imports_into_her_own_and_sees_how_it_goes(prov: Prov) -> None:
    klient = ansvarig(prov)
    svar = ladda_upp(klient, xlsx(RATT, ["Syd", "2", *RATT[2:]]), "a.xlsx")
    sida = klient.get(svar.location)
    assert "är ingen insats som du kan skriva i" in sida.text
    arbete = skicka(klient, svar.location, gor="spara", utelamna="ja")
    assert "1 nya" in vanta(klient, arbete).text
    assert prov.person("insatsansvarig").get(arbete.location).status_code == 404


def test_a_large_file_is_read_as_work_with_steps(prov: Prov, monkeypatch: pytest.MonkeyPatch) -> None:
    steg: list[str] = []
    monkeypatch.setattr(inlasning, "DIREKT_BYTE", 10)
    monkeypatch.setattr(Framsteg, "__call__", lambda self, text, andel=None: steg.append(str(text)))
    klient = prov.person("kansli")
    sida = vanta(klient, ladda_upp(klient, csv(RATT)))
    assert "1 rader lästa, 0 med fel. Inget är sparat än." in sida.text
    lank = re.search(r'class="knapp" href="([^"]+)"', sida.text)
    assert lank is not None
    assert "1 rad, inga fel." in ord_pa(klient.get(lank[1]))
    assert steg == ["Läser filen", "Kontrollerar 1 rader", "Jämför med registret"]
    trasig = vanta(klient, ladda_upp(klient, b"PK\x03\x04" + b"x" * 100, "a.xlsx"))
    assert "går inte att läsa som en Excelfil" in trasig.text


def test_a_file_that_is_too_large_is_told_on_a_page(prov: Prov) -> None:
    klient = prov.person("kansli")
    svar = ladda_upp(klient, b"x" * 50_000_000)
    assert svar.status_code == 422
    assert "Filen är för stor (50 MB)" in svar.text
    assert ladda_upp(klient, b"x" * 70_000_000).status_code == 413
    data = {"csrf_token": token(klient.get("/kansli/register/ny")), "nummer": "1" * 2_000_000}
    assert klient.post("/kansli/register/ny", data=data).status_code == 413


def test_the_year_is_handed_over_and_the_bokslut_counts_it(tmp_path: Path) -> None:
    prov = bygg(tmp_path, exempel=True)
    klient = prov.person("forbundschef")
    skicka(klient, "/kansli/register/insatser/ny", namn="Nord", enhet="Norra", aktiv="ja")
    rader = [
        ["Nord", str(n), "Kvinna" if n % 2 else "Man", *RATT[3:4], "2020-02-01", "2020-08-01", "Till arbete"]
        for n in range(1, 41)
    ]
    svar = ladda_upp(klient, csv(*rader))
    vanta(klient, skicka(klient, svar.location, gor="spara"))
    flode = ord_pa(klient.get("/kansli/register/flode/2020"))
    assert "skiljer sig mellan registret och underlaget" in flode
    assert "Norra deltagare registret 40 underlaget 0 +40" in flode
    assert skicka(klient, "/kansli/register/lamna/2020").status_code == 303
    [fil] = prov.mapp.underlag(2020).glob("deltagare-*.csv")
    assert fil.read_text("utf-8").splitlines()[1] == "Norra,kvinna,ja,ja,arbete,20"
    assert "Underlaget till bokslutet är lika med registret." in klient.get("/kansli/register/flode/2020").text
    assert "Mot året före" in klient.get("/kansli/register/flode/2020").text
    summor = ord_pa(klient.get("/kansli/register/summor/2020"))
    assert "Hela förbundet" in summor
    assert "Norra" in summor
    assert ("register-lamnat", "2020") in handelser(prov)
    prov.motor.dispose()


def test_rows_leave_as_files_only_with_a_line_in_the_log(prov: Prov) -> None:
    klient = prov.person("kansli")
    ny(klient)
    for form in ("csv", "xlsx", "sav"):
        svar = klient.get(f"/kansli/register/rader.{form}?insats=1")
        assert (svar.status_code, svar.headers["Cache-Control"]) == (200, "no-store")
        assert "attachment" in svar.headers["Content-Disposition"]
    assert [pa for vad, pa in handelser(prov) if vad == "deltagare-hamtade"] == ["insats 1"] * 3
    assert "Nord;Deltagare;Alla under året;1;0;0;0;1" in klient.get("/kansli/register/uppfoljning/2020.csv").text
    assert klient.get("/kansli/register/rader.exe").status_code == 404


def test_every_page_of_the_register_has_one_heading_and_labels(prov: Prov) -> None:
    klient = prov.person("forbundschef")
    ny(klient)
    for adress in ("", "/ny", "/1", "/1/ta-bort", "/insatser", "/insatser/ny", "/insatser/1", "/las-in", "/sammanstallning/2020",
                   "/sammanstallning/2020?insats=1", "/flode/2020", "/lamna/2020", "/summor/2020"):  # fmt: skip
        text = klient.get(f"/kansli/register{adress}").text
        assert text.count("<h1") == 1, adress
        falten = set(re.findall(r'<(?:input|select)[^>]* id="([^"]+)"', text)) - {"csrf_token", "version"}
        assert falten <= set(re.findall(r'<label for="([^"]+)"', text)), adress
        assert "style=" not in text
