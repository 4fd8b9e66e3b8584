"""`bokslut enkat starta` as a process of its own: real HTTP on a free port, on SQLite and on PostgreSQL."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from sqlalchemy import text
from sqlmodel import Session

from enkat import nycklar, omgang, store_bunt
from enkat.store import antal_kuvert
from grund.db import open_db
from kansli.cli import main
from kansli.enkat_installning import FIL
from kansli.enkat_server import HSTS, ServerFel, skapa_app
from tests.databas.conftest import Databaser
from tests.databas.provenkat import TOML

KOMMANDO = [sys.executable, "-c", "from kansli.cli import main; main()", "enkat", "starta"]
INSTALLNING = 'forbund = "Samordningsförbundet Prov"\nkontakt = "Kim, 090-12 34 56"\n'
DOLDA = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


@dataclass
class Instans:
    """An instance with an open round. miljo: what points it out."""

    mapp: Path
    url: str
    koder: list[str] = field(repr=False)

    @property
    def miljo(self) -> dict[str, str]:
        return {"BOKSLUT_INSTANS": str(self.mapp), "BOKSLUT_DATABAS": self.url}

    def antal(self) -> int:
        motor = open_db(self.url)
        with Session(motor) as session:
            antal = antal_kuvert(session, "prov-2026")
        motor.dispose()
        return antal


@pytest.fixture
def instans(slag: str, databaser: Databaser, tmp_path: Path) -> Iterator[Instans]:
    url, mapp, nu = databaser.ny(slag), tmp_path / "instans", datetime.now(UTC)
    mapp.mkdir()
    (mapp / FIL).write_text(INSTALLNING, "utf-8")
    motor = open_db(url)
    with Session(motor, expire_on_commit=False) as session:
        rad = omgang.skapa(session, mapp / "nycklar", "prov.toml", TOML.encode(), "2026", minsta_grupp=5)
        omgang.oppna(session, mapp / "nycklar", rad, nu - timedelta(hours=1), nu + timedelta(days=1))
        hemlighet = nycklar.las_hemlighet(mapp / "nycklar", rad.id)
        _, koder = store_bunt.skapa_bunt(session, rad.id, hemlighet, "Vuxentorget", 20)
    motor.dispose()
    yield Instans(mapp, url, koder)
    databaser.slang(url)


@dataclass
class Server:
    """A process that serves. sagt: what it has written, once it has stopped."""

    process: subprocess.Popen[str]
    port: int
    sagt: str = ""

    def stoppa(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        ut, fel = self.process.communicate(timeout=30)
        self.sagt += ut + fel
        return self.process.returncode


@contextmanager
def startad(instans: Instans, *val: str) -> Iterator[Server]:
    kommando = [*KOMMANDO, "--port", "0", "--processer", "2", *val]
    process = subprocess.Popen(
        kommando, env=os.environ | instans.miljo, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        rad = process.stdout.readline()
        port = re.search(r"http://127\.0\.0\.1:(\d+)/e", rad)
        if port is None:
            pytest.fail(f"it did not start: {rad}{process.communicate(timeout=30)[1]}")
        yield Server(process, int(port[1]), rad)
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


@dataclass
class Svar:
    status: int
    huvuden: dict[str, str]
    text: str


def fraga(server: Server, vag: str, falt: dict[str, str] | None = None, **huvuden: str) -> Svar:
    """Ask on a connection of its own."""
    forbindelse = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    kropp = None if falt is None else urlencode(falt)
    huvuden |= {} if falt is None else {"Content-Type": "application/x-www-form-urlencoded"}
    forbindelse.request("GET" if falt is None else "POST", vag, kropp, huvuden)
    svar = forbindelse.getresponse()
    data = Svar(svar.status, {n.lower(): v for n, v in svar.getheaders()}, svar.read().decode())
    forbindelse.close()
    return data


def till_granskningen(server: Server, kod: str) -> tuple[str, dict[str, str]]:
    """The form of one who has answered everything."""
    sida = fraga(server, "/e", {"gor": "borja", "skannad": kod})
    while 'value="skicka"' not in sida.text:
        dolda = dict(DOLDA.findall(sida.text))
        sida = fraga(server, "/e/prov-2026", {**dolda, "gor": "nasta", "svar": "vill_inte_svara"})
        assert sida.status == 200, sida.text
    return "/e/prov-2026", {**dict(DOLDA.findall(sida.text)), "gor": "skicka"}


def test_a_survey_is_answered_over_real_http_and_lies_in_the_urn(instans: Instans) -> None:
    with startad(instans) as server:
        sida = fraga(server, "/e")
        assert (sida.status, "Samordningsförbundet Prov" in sida.text) == (200, True)
        assert "set-cookie" not in sida.huvuden
        kvitto = fraga(server, *till_granskningen(server, instans.koder[0]))
        assert kvitto.status == 303
        assert "Tack! Vi har tagit emot dina svar" in fraga(server, kvitto.huvuden["location"]).text
        assert fraga(server, "/").huvuden["location"] == "/e"
        annat = fraga(server, "/finns/inte")
        assert (annat.status, "Sidan finns inte" in annat.text) == (404, True)
        assert server.stoppa() == 0
    assert instans.antal() == 1


def test_what_is_being_handed_in_when_the_server_stops_is_stored(instans: Instans) -> None:
    with startad(instans) as server:
        vag, falt = till_granskningen(server, instans.koder[0])
        svar: list[Svar] = []
        with last(instans) as slapp:
            skickar = Thread(target=lambda: svar.append(fraga(server, vag, falt)))
            skickar.start()
            time.sleep(0.7)
            server.process.send_signal(signal.SIGTERM)
            time.sleep(0.7)
            assert not svar, "it is held by the lock"
            slapp()
        skickar.join(30)
        assert [s.status for s in svar] == [303]
        assert server.stoppa() == 0
    assert instans.antal() == 1


@contextmanager
def last(instans: Instans) -> Iterator[Callable[[], None]]:
    """Somebody else is writing, until the function is called."""
    motor = open_db(instans.url)
    with motor.connect() as anslutning:
        if motor.dialect.name == "sqlite":
            anslutning.execution_options(bokslut_skriver=True).begin()
        else:
            anslutning.execute(text("LOCK TABLE kuvert IN ACCESS EXCLUSIVE MODE"))
        yield anslutning.rollback
    motor.dispose()


def test_no_log_holds_an_address_or_a_code(instans: Instans) -> None:
    kod = instans.koder[0]
    with startad(instans) as server:
        fraga(server, f"/e?kod={kod}")
        fraga(server, f"/e/{kod}")
        for skrap in (f"GET /e/{kod} HTTP/7.7", f"KODEN {kod}"):
            with socket.create_connection(("127.0.0.1", server.port)) as uttag:
                uttag.sendall(f"{skrap}\r\n\r\n".encode())
                assert b"400" in uttag.recv(999)
        assert server.stoppa() == 0
    assert "Invalid" in server.sagt, "the log is on"
    efter_start = server.sagt.partition("\n")[2]
    assert kod not in efter_start
    assert "127.0.0.1" not in efter_start


# The database has no part in it, and two servers are started.
@pytest.mark.parametrize("slag", ["sqlite"], indirect=True)
def test_a_proxy_is_believed_only_when_it_is_counted(instans: Instans) -> None:
    tls = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https"}
    with startad(instans) as server:
        assert "strict-transport-security" not in fraga(server, "/e", **tls).huvuden
    with startad(instans, "--proxyer", "1") as server:
        assert fraga(server, "/e", **tls).huvuden["strict-transport-security"] == HSTS
        assert "strict-transport-security" not in fraga(server, "/e").huvuden


@pytest.fixture
def miljo(instans: Instans, monkeypatch: pytest.MonkeyPatch) -> Instans:
    """The instance is that of this process."""
    for namn, varde in instans.miljo.items():
        monkeypatch.setenv(namn, varde)
    return instans


@pytest.mark.parametrize(
    ("proxyer", "forwarded", "vem"),
    [(0, "192.0.2.7", "10.0.0.1"), (1, "192.0.2.7", "192.0.2.7"), (1, "6.6.6.6, 192.0.2.7", "192.0.2.7")],
)
@pytest.mark.usefixtures("miljo")
def test_who_asks_is_what_the_nearest_proxies_say(proxyer: int, forwarded: str, vem: str) -> None:
    app, sedda = skapa_app(proxyer), []
    rum = app.extensions["enkat"]
    rum.takter["steg"].far = lambda adress, nu: sedda.append(adress) or True
    app.test_client().get("/e", headers={"X-Forwarded-For": forwarded}, environ_base={"REMOTE_ADDR": "10.0.0.1"})
    rum.mottagning.motor.dispose()
    assert sedda == [vem]


@pytest.mark.usefixtures("miljo")
def test_the_application_may_be_forked() -> None:
    mottagning = skapa_app().extensions["enkat"].mottagning
    assert mottagning.motor.pool.checkedin() == 0, "no connection is shared"
    assert mottagning._minne == {}, "and no key of a round that may be frozen later"


def vagrar(instans: Instans, *val: str) -> str:
    """What it says when it does not start."""
    klar = CliRunner(env=instans.miljo).invoke(main, ["enkat", "starta", *(val or ("--port", "0"))])
    assert klar.exit_code == 1
    assert isinstance(klar.exception, SystemExit)
    return klar.stderr


def test_without_an_instance_it_says_how_to_point_one_out(instans: Instans) -> None:
    instans.mapp = instans.mapp / "annan"
    assert "finns inte. Peka ut instansen med BOKSLUT_INSTANS" in vagrar(instans)
    assert not instans.mapp.exists()


def test_without_its_file_it_shows_how_to_write_one(instans: Instans) -> None:
    (instans.mapp / FIL).unlink()
    sagt = vagrar(instans)
    assert "enkat.toml finns inte" in sagt
    assert 'kontakt = "' in sagt


def test_every_fault_in_the_file_is_told_at_its_place(instans: Instans) -> None:
    (instans.mapp / FIL).write_text(
        'forbund = "Prov"\nkontakt = ""\nombudd = "Li"\nlamna_till = "exempel.se"\n', "utf-8"
    )
    sagt = vagrar(instans)
    assert f"{FIL}:2:11: tomt-varde" in sagt
    assert "Menade du ”ombud”?" in sagt
    assert 'Skriv "https://exempel.se"' in sagt


def test_a_database_of_another_version_is_left_alone(instans: Instans) -> None:
    motor = open_db(instans.url)
    with motor.begin() as anslutning:
        anslutning.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert "Databasen hör till en annan version" in vagrar(instans)
    with motor.connect() as anslutning:
        assert anslutning.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0001"
    motor.dispose()


def test_a_database_that_does_not_exist_is_not_made(instans: Instans, tmp_path: Path) -> None:
    instans.url = f"sqlite:///{tmp_path / 'ingen.db'}"
    assert "ingen.db finns inte. Skapa en omgång först" in vagrar(instans)
    assert not (tmp_path / "ingen.db").exists()


def test_a_port_that_is_taken_is_told(instans: Instans) -> None:
    with socket.create_server(("127.0.0.1", 0)) as uttag:
        assert "porten är upptagen" in vagrar(instans, "--port", str(uttag.getsockname()[1]))


def test_a_missing_instance_stops_another_wsgi_server_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOKSLUT_INSTANS", str(tmp_path / "ingen"))
    with pytest.raises(ServerFel, match="BOKSLUT_INSTANS"):
        skapa_app()
