"""Every page of the staff as every role: what the table says is what happens, and no page is outside the table."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from werkzeug.routing import Rule

from kansli.roller import LASARE, LEDNING, ROLLBESKRIVNING, ROLLORD, TILLTRADE, Roll, far
from tests.kansliprov import Prov, bygg

# Something for every variable in an address; a page that finds nothing is still reached.
VARDEN = {
    "token": "x",
    "hash_": "x",
    "konto_id": "x",
    "jobb_id": "x",
    "namn": "kansli.css",
    "enkat_id": "x",
    "fraga_id": "x",
    "skala_id": "x",
    "versionsnr": "1",
    "sprakkod": "en",
    "mall_id": "x",
    "filform": "word",
    "omgang_id": "x",
    "bunt_id": "x",
    "ar": "2020",
    "version": "1",
    "nr": "1",
    "insats_id": "1",
    "id_": "x",
    "form": "csv",
    "id": "x",
    "fil": "index.html",
    "leverantor": "x",
}


@pytest.fixture(scope="module")
def prov(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prov]:
    prov = bygg(tmp_path_factory.mktemp("roller"))
    yield prov
    prov.motor.dispose()


def rutter(prov: Prov) -> Iterator[tuple[Rule, str]]:
    """(rule, address) of every page of the application."""
    bunden = prov.app.url_map.bind("localhost")
    for regel in prov.app.url_map.iter_rules():
        yield regel, bunden.build(regel.endpoint, {namn: VARDEN[namn] for namn in regel.arguments})


def test_every_page_is_in_the_table_and_every_line_is_a_page(prov: Prov) -> None:
    assert {r.endpoint for r in prov.app.url_map.iter_rules()} == set(TILLTRADE)


@pytest.mark.parametrize("roll", Roll)
def test_each_role_opens_what_the_table_says_and_nothing_else(prov: Prov, roll: Roll) -> None:
    klient = prov.person(roll)
    for regel, adress in rutter(prov):
        if regel.endpoint == "konto.logga_ut":
            continue
        for metod in sorted((regel.methods or set()) & {"GET", "POST"}):
            svar = klient.open(adress, method=metod, buffered=True)
            # Without a token a post that is let through stops at 400; one that is not stops at 403 before that.
            assert (svar.status_code == 403) == (not far(roll, regel.endpoint)), (roll, metod, adress, svar.status)


def test_one_who_is_not_logged_in_opens_only_the_way_in(prov: Prov) -> None:
    klient = prov.app.test_client()
    for regel, adress in rutter(prov):
        oppen = TILLTRADE[regel.endpoint] is None
        if "GET" in (regel.methods or ()):
            svar = klient.get(adress, buffered=True)
            hanvisad = svar.status_code == 303 and svar.location.startswith("/kansli/logga-in?till=")
            assert hanvisad != oppen, (adress, svar.status)
        else:
            assert klient.post(adress).status_code in ((400,) if oppen else (400, 401)), adress


def test_a_page_that_is_not_in_the_table_is_open_to_nobody() -> None:
    assert not any(far(roll, "hem.finns_inte") for roll in (*Roll, None))


def test_every_role_has_words_and_those_who_read_change_nothing() -> None:
    assert set(ROLLORD) == set(ROLLBESKRIVNING) == set(Roll)
    assert LEDNING < LASARE


def test_the_pages_of_the_program_carry_the_strict_headers(prov: Prov) -> None:
    svar = prov.app.test_client().get("/kansli/logga-in")
    assert "default-src 'none'" in svar.headers["Content-Security-Policy"]
    assert svar.headers["Cache-Control"] == "no-store"
    assert svar.headers["X-Content-Type-Options"] == "nosniff"
