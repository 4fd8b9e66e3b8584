"""Long work: it goes on without its page, one of a kind at a time, and tells what came of it however it ends."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from kansli.jobb import kor, store
from kansli.jobb.besked import AVBRUTET, Sagt, besked, i_ord
from kansli.jobb.models import Jobb
from kansli.sprak import mark
from tests.kansliprov import Prov, bygg, token

NU = datetime.now(UTC)


@pytest.fixture
def prov(tmp_path: Path) -> Iterator[Prov]:
    prov = bygg(tmp_path)
    yield prov
    prov.motor.dispose()


def borja(prov: Prov, slag: str = "prov") -> Jobb:
    with Session(prov.motor) as session:
        jobb = store.borja(session, datetime.now(UTC), slag, "k1", "Kim")
        assert jobb is not None
        return jobb


def kor_klart(prov: Prov, arbete: kor.Arbete) -> Jobb:
    jobb = borja(prov)
    kor.starta(prov.motor, jobb, arbete).join()
    with Session(prov.motor) as session:
        klar = store.hamta(session, datetime.now(UTC), jobb.id)
        assert klar is not None
        return klar


def test_the_page_follows_the_work_and_then_shows_the_way_on(prov: Prov) -> None:
    klient, vidare, sagt = prov.person("kansli"), threading.Event(), threading.Event()

    def arbete(sag: kor.Framsteg) -> tuple[str, str]:
        sag("Läser raderna", 40)
        sagt.set()
        assert vidare.wait(10)
        return "Tre rader lästa.", "/kansli"

    jobb = borja(prov)
    trad = kor.starta(prov.motor, jobb, arbete)
    assert sagt.wait(10)
    sida = klient.get(f"/kansli/arbete/{jobb.id}")
    assert "Läser raderna" in sida.text
    assert 'value="40"' in sida.text
    assert sida.headers["Refresh"].startswith("2;")
    vidare.set()
    trad.join()
    sida = klient.get(f"/kansli/arbete/{jobb.id}")
    assert "Tre rader lästa." in sida.text
    assert 'href="/kansli">Fortsätt' in sida.text
    assert "Refresh" not in sida.headers


def test_what_somebody_can_mend_is_told(prov: Prov) -> None:
    def arbete(sag: kor.Framsteg) -> tuple[str, str]:
        raise kor.Stopp("Rad 3 saknar enhet.")

    jobb = kor_klart(prov, arbete)
    assert (jobb.lage, jobb.besked) == ("stoppat", "Rad 3 saknar enhet.")


def test_work_is_told_in_the_language_of_whoever_reads_it(prov: Prov) -> None:
    """Also when it was done before she chose another; the engine's own words stay Swedish, and are said to be."""
    fel = [besked(mark("Fel i mål eller underlag:")), "indikatorer.toml rad 3: ”gron” saknas."]

    def arbete(sag: kor.Framsteg) -> tuple[Sagt, str]:
        sag(besked(mark("Rad %(last)s av %(alla)s"), last=3, alla=9))
        raise kor.Stopp(fel)

    jobb, klient = kor_klart(prov, arbete), prov.person("kansli")
    svenska = klient.get(f"/kansli/arbete/{jobb.id}").text
    assert '<p class="behall-rader">Fel i mål eller underlag:\nindikatorer.toml rad 3: ”gron” saknas.</p>' in svenska
    klient.post("/kansli/sprak", data={"csrf_token": token(klient.get("/kansli/mitt-konto")), "kod": "en"})
    engelska = klient.get(f"/kansli/arbete/{jobb.id}").text
    assert "Faults in goals or source data:" in engelska
    assert '<span lang="sv">indikatorer.toml rad 3: ”gron” saknas.</span>' in engelska
    assert i_ord(jobb.steg) == "Rad 3 av 9"
    with Session(prov.motor) as session:
        pagar = store.borja(session, datetime.now(UTC), "annat", "k1", "Kim")
        assert pagar is not None
        store.sag(session, datetime.now(UTC), pagar.id, jobb.steg, 33)
        assert "Row 3 of 9 33%" in klient.get(f"/kansli/arbete/{pagar.id}").text


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_nobody_foresaw_is_told_without_its_words(prov: Prov) -> None:
    def arbete(sag: kor.Framsteg) -> tuple[str, str]:
        raise ValueError("hemligt")

    jobb = kor_klart(prov, arbete)
    assert jobb.lage == "stoppat"
    assert "hemligt" not in jobb.besked
    assert "fel hos oss" in jobb.besked


def test_one_of_a_kind_at_a_time(prov: Prov) -> None:
    borja(prov)
    with Session(prov.motor) as session:
        assert store.borja(session, datetime.now(UTC), "prov", "k2", "Bo") is None
        assert store.borja(session, datetime.now(UTC), "annat", "k2", "Bo") is not None


def test_work_that_died_with_its_server_is_told_and_may_be_done_again(prov: Prov) -> None:
    with Session(prov.motor) as session:
        jobb = store.borja(session, NU, "prov", "k1", "Kim")
        assert jobb is not None
        senare = NU + store.DOTT_EFTER + timedelta(seconds=1)
        dott = store.hamta(session, senare, jobb.id)
        assert dott is not None
        assert dott.lage == "stoppat"
        assert dott.besked == AVBRUTET
        adress = f"/kansli/arbete/{dott.id}"
        assert store.borja(session, senare, "prov", "k1", "Kim") is not None
    assert "Servern startades om" in prov.person("kansli").get(adress).text


def test_the_list_is_useful_when_nothing_has_been_done(prov: Prov) -> None:
    assert "Inget har gjorts än." in prov.person("kansli").get("/kansli/arbete").text
    assert prov.person("kansli").get("/kansli/arbete/finns-inte").status_code == 404


def las_databasen(*_: object) -> str:
    """As when a freeze cleans the file: nobody else may read it meanwhile."""
    fel = sqlite3.OperationalError("database is locked")
    fel.sqlite_errorcode = sqlite3.SQLITE_BUSY
    raise OperationalError("SELECT", {}, fel)


def test_a_busy_database_is_told_and_the_page_asks_again(prov: Prov, monkeypatch: pytest.MonkeyPatch) -> None:
    klient = prov.person("kansli")
    monkeypatch.setitem(prov.app.view_functions, "jobb.lista", las_databasen)
    svar = klient.get("/kansli/arbete")
    assert svar.status_code == 503
    assert svar.headers["Refresh"] == "3"
    assert "Databasen svarar inte just nu" in svar.text


def test_work_that_is_over_is_told_also_when_the_database_was_busy(prov: Prov, monkeypatch: pytest.MonkeyPatch) -> None:
    forsok = iter([las_databasen, las_databasen, store._skriv])
    monkeypatch.setattr(store, "_skriv", lambda *ord_: next(forsok)(*ord_))
    assert kor_klart(prov, lambda sag: ("Det gick.", "")).besked == "Det gick."


def test_work_that_was_taken_for_dead_tells_what_came_of_it_all_the_same(prov: Prov) -> None:
    """As when the clock of the server is put forward while it goes on."""
    with Session(prov.motor) as session:
        jobb = store.borja(session, NU, "prov", "k1", "Kim")
        assert jobb is not None
        assert store.pagaende(session, NU + timedelta(hours=1)) == []
        store.avsluta(session, NU, jobb.id, True, "Det gick.")
        session.refresh(jobb)
        assert (jobb.lage, jobb.besked) == ("klart", "Det gick.")
