"""The preview: the survey's own pages in a phone, in every language, from which nothing is stored."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import inspect, text
from sqlmodel import Session

from enkat import texter
from enkat.sprak import SPRAK, gettext_for
from kansli.enkater import filer
from kansli.roller import Roll
from tests.enkatprov import ALLA_SLAG, SVAR, Lasare
from tests.kansliprov import Prov, bygg

TELEFON = "/kansli/enkater/deltagare/telefon"


@pytest.fixture
def prov(tmp_path: Path) -> Iterator[Prov]:
    prov = bygg(tmp_path, exempel=True)
    yield prov
    prov.motor.dispose()


@pytest.fixture
def klient(prov: Prov) -> FlaskClient:
    return prov.person(Roll.GRANSKARE)


def dolda(html: str) -> dict[str, str]:
    las = Lasare()
    las.feed(html)
    return {a["name"]: a["value"] for tag, a in las.taggar if tag == "input" and a.get("type") == "hidden"}


def h1(html: str) -> str:
    las = Lasare()
    las.feed(html)
    return las.texter["h1"][0].strip()


def tryck(klient: FlaskClient, adress: str, html: str, gor: str = "nasta", **svar: object) -> tuple[int, str]:
    sida = klient.post(adress, data={**dolda(html), "gor": gor, **svar})
    return sida.status_code, sida.text


def rader(prov: Prov) -> dict[str, int]:
    """How many rows each table has."""
    with Session(prov.motor) as session:
        namn = inspect(prov.motor).get_table_names()
        return {n: session.execute(text(f'SELECT count(*) FROM "{n}"')).scalar_one() for n in namn}


@pytest.mark.parametrize("sprak", SPRAK, ids=lambda s: s.kod)
def test_every_page_is_shown_in_every_language_and_its_direction(klient: FlaskClient, sprak: object) -> None:
    kod, lang, dir_ = sprak.kod, sprak.lang, sprak.dir  # type: ignore[attr-defined]
    _ = gettext_for(kod)
    for sida in range(21):
        html = klient.get(f"{TELEFON}?sprak={kod}&sida={sida}").text
        assert f'<html lang="{lang}" dir="{dir_}">' in html
        assert _(texter.PROVOMGANG) in html
    assert h1(klient.get(f"{TELEFON}?sprak={kod}&sida=0").text) == _(texter.FORE_RUBRIK)
    assert h1(klient.get(f"{TELEFON}?sprak={kod}&sida=2").text) == _("Hur har du blivit bemött?")
    assert h1(klient.get(f"{TELEFON}?sprak={kod}&sida=20").text) == _(texter.GRANSKA_RUBRIK)


def test_one_walks_through_every_kind_of_question_to_a_receipt_and_nothing_is_stored(
    prov: Prov, klient: FlaskClient
) -> None:
    filer.fil_for(prov.mapp, "prov").write_text(ALLA_SLAG.lstrip(), "utf-8")
    adress, fore = "/kansli/enkater/prov/telefon", rader(prov)
    filerna = {fil: fil.stat().st_mtime_ns for fil in prov.mapp.rot.rglob("*") if fil.is_file()}
    html = tryck(klient, adress, klient.get(adress).text)[1]
    motta = []
    while 'value="skicka"' not in html:
        motta.append(h1(html))
        status, html = tryck(klient, adress, html, **SVAR[h1(html)])
        assert status == 200
    assert motta == list(SVAR)
    assert "Samtal" in html
    status, html = tryck(klient, adress, html, "skicka")
    assert (status, h1(html)) == (200, texter.MOTTAGET_RUBRIK)
    assert rader(prov) == fore
    assert {fil: fil.stat().st_mtime_ns for fil in prov.mapp.rot.rglob("*") if fil.is_file()} == filerna


def test_a_question_left_out_is_told_as_in_the_survey(klient: FlaskClient) -> None:
    html = klient.get(TELEFON + "?sida=2").text
    assert texter.FEL_SAKNAS.format(fraga="Hur har du blivit bemött?") in tryck(klient, TELEFON, html)[1]


def test_the_language_is_changed_in_the_phone_and_the_answer_stays(klient: FlaskClient) -> None:
    html = klient.get(TELEFON + "?sida=2").text
    html = tryck(klient, TELEFON, html, "sprak:so", svar="bra")[1]
    assert '<html lang="so"' in html
    assert re.search(r'value="bra" id="svar-\d" checked', html)


def test_sending_too_soon_leads_to_what_is_left(klient: FlaskClient) -> None:
    html = klient.get(TELEFON + "?sida=20").text
    assert h1(tryck(klient, TELEFON, html, "skicka")[1]) == "Hur har du blivit bemött?"


@pytest.mark.parametrize("sigill", ["", "x", "A" * 5000])
def test_a_form_that_cannot_be_read_begins_anew(klient: FlaskClient, sigill: str) -> None:
    svar = klient.post(TELEFON, data={"sigill": sigill, "s": "en", "gor": "nasta"})
    assert svar.status_code == 200
    assert h1(svar.text) == gettext_for("en")(texter.FORE_RUBRIK)


def test_the_question_of_enhet_is_asked_as_by_an_open_link(klient: FlaskClient) -> None:
    html = klient.get(TELEFON + "?lank=1&sida=1").text
    assert h1(html) == "Vilken verksamhet får du stöd av?"
    assert f'action="{TELEFON}?lank=1"' in html
    assert h1(klient.get(TELEFON + "?sida=1").text) == texter.FORE_RUBRIK


def test_only_our_own_pages_may_frame_the_phone_and_nothing_leads_out_of_it(klient: FlaskClient) -> None:
    svar = klient.get(TELEFON)
    policy = svar.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy
    assert "connect-src 'none'" in policy
    assert svar.headers["X-Robots-Tag"].startswith("noindex")
    assert svar.headers["Cache-Control"] == "no-store"
    assert "http" not in re.sub(r"<style>.*?</style>", "", svar.text, flags=re.S).replace("www.w3.org", "")
    ram = klient.get("/kansli/enkater/deltagare/forhandsvisa?sprak=ar&sida=3")
    assert "frame-src 'self'" in ram.headers["Content-Security-Policy"]
    assert "default-src 'none'" in ram.headers["Content-Security-Policy"]
    assert "frame-src" not in klient.get("/kansli/enkater").headers["Content-Security-Policy"]


def test_the_page_around_names_the_frame_and_lists_the_pages_in_the_language(klient: FlaskClient) -> None:
    sida = klient.get("/kansli/enkater/deltagare/forhandsvisa?sprak=ar&sida=3").text
    assert f'src="{TELEFON}?sprak=ar&amp;sida=3"' in sida
    assert 'title="Enkäten som på en telefon, på العربية"' in sida
    assert f'<option value="2" lang="ar">{gettext_for("ar")("Hur har du blivit bemött?")}</option>' in sida
    assert "Ingen har granskat språket än" in sida


@pytest.mark.parametrize("fraga", ["sprak=xx", "sida=-1", "sida=99999999", "sida=abc", "sprak=../..&sida=٣"])
def test_whatever_stands_in_the_address_is_a_page(klient: FlaskClient, fraga: str) -> None:
    assert klient.get(f"{TELEFON}?{fraga}").status_code == 200
    assert klient.get(f"/kansli/enkater/deltagare/forhandsvisa?{fraga}").status_code == 200


def test_the_page_is_as_light_as_in_the_survey(klient: FlaskClient) -> None:
    assert len(gzip.compress(klient.get(TELEFON + "?sida=4&sprak=ti").data, 6)) < 10_000
