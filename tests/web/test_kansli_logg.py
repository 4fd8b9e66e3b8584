"""The log's page: searched, turned, checked, and in two languages."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session

from grund.db import skrivning
from kansli.logg import store as store_logg
from kansli.logg import views
from kansli.models import Handelse
from kansli.roller import Roll
from tests.kansliprov import Prov, bygg, token


@pytest.fixture
def prov(tmp_path: Path) -> Iterator[Prov]:
    prov = bygg(tmp_path)
    yield prov
    prov.motor.dispose()


def skriv(prov: Prov, antal: int, tid: datetime | None = None) -> None:
    with Session(prov.motor) as session, skrivning(session):
        for nr in range(antal):
            store_logg.skriv(session, tid or datetime.now(UTC), None, "losen-satt", f"person {nr}")


def paa(sida: str) -> list[str]:
    return re.findall(r"<td>(person \d+)</td>", sida)


def test_the_page_is_turned_both_ways(prov: Prov, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "SIDA", 2)
    chef = prov.person(Roll.FORBUNDSCHEF)
    skriv(prov, 5)
    sida = chef.get("/kansli/logg?vad=losen-satt&sok=person").text
    assert paa(sida) == ["person 4", "person 3"]
    nasta = re.search(r'rel="next" href="([^"]+)"', sida)
    assert nasta is not None
    assert paa(chef.get("/kansli/logg" + nasta[1].replace("&amp;", "&")).text) == ["person 2", "person 1"]
    vand = re.search(r'class="sortera" href="([^"]+)"', sida)
    assert vand is not None
    sida = chef.get("/kansli/logg" + vand[1].replace("&amp;", "&")).text
    assert paa(sida) == ["person 0", "person 1"]
    assert 'aria-sort="ascending"' in sida


def test_days_are_swedish_and_the_last_is_included(prov: Prov) -> None:
    chef = prov.person(Roll.FORBUNDSCHEF)
    skriv(prov, 1, datetime(2026, 6, 30, 22, 30, tzinfo=UTC))  # the first of July, half past midnight
    assert paa(chef.get("/kansli/logg?fran=2026-07-01&till=2026-07-01").text) == ["person 0"]
    assert paa(chef.get("/kansli/logg?till=2026-06-30").text) == []


@pytest.mark.parametrize(
    "fraga", ["fran=x", "till=2026-02-30", "bortom=å", "bortom=" + "9" * 40, "ordning=x", "fran=0001-01-01"]
)
def test_what_cannot_be_read_in_the_address_is_left_out(prov: Prov, fraga: str) -> None:
    chef = prov.person(Roll.FORBUNDSCHEF)
    skriv(prov, 1)
    assert paa(chef.get(f"/kansli/logg?{fraga}").text) == ["person 0"]


def test_nothing_that_fits_is_told_with_a_way_back(prov: Prov) -> None:
    sida = prov.person(Roll.FORBUNDSCHEF).get("/kansli/logg?sok=%25").text
    assert "Ingen rad passar." in sida
    assert 'href="/kansli/logg">Visa alla' in sida


def test_a_broken_chain_is_told_at_the_top(prov: Prov) -> None:
    chef = prov.person(Roll.FORBUNDSCHEF)
    assert "kedjan är hel" in chef.get("/kansli/logg").text
    skriv(prov, 2)
    with prov.motor.begin() as anslutning:
        anslutning.execute(text("DROP TRIGGER handelse_update"))
        anslutning.execute(text("UPDATE handelse SET pa = 'annat' WHERE pa = 'person 1'"))
    sida = chef.get("/kansli/logg").text
    assert re.search(r'role="alert"><p><strong>Kedjan är bruten vid rad \d+', sida)


@pytest.mark.parametrize("roll", [Roll.FORBUNDSCHEF, Roll.REVISOR])
def test_the_whole_log_is_checked_as_long_work(prov: Prov, roll: Roll) -> None:
    klient = prov.person(roll)
    skriv(prov, 3)
    svar = klient.post("/kansli/logg/kontrollera", data={"csrf_token": token(klient.get("/kansli/logg"))})
    assert svar.status_code == 303
    assert svar.location.startswith("/kansli/arbete/" if roll is Roll.FORBUNDSCHEF else "/kansli/logg")
    assert klient.get(svar.location).status_code == 200, "each comes to a page that her role may open"
    slut = time.monotonic() + 10
    while "Loggen kontrollerad" not in (
        sida := klient.get("/kansli/logg?vad=logg-kontrollerad").text.split("<tbody>")[-1]
    ):
        assert time.monotonic() < slut, sida
        time.sleep(0.05)
    assert "<td>hel</td>" in sida


def test_what_has_been_followed_once_is_not_followed_again(prov: Prov, monkeypatch: pytest.MonkeyPatch) -> None:
    chef, foljda = prov.person(Roll.FORBUNDSCHEF), 0

    def rakna(forra: str, rad: Handelse) -> str:
        nonlocal foljda
        foljda += 1
        return rakna_lank(forra, rad)

    skriv(prov, 300)
    chef.get("/kansli/logg")
    skriv(prov, 2)
    rakna_lank = store_logg.rakna_lank
    monkeypatch.setattr(store_logg, "rakna_lank", rakna)
    assert "kedjan är hel" in chef.get("/kansli/logg").text
    assert foljda == 2
