"""A kansli with people in it, for the tests of its pages; unit, web and browser tests share it."""

from __future__ import annotations

import re
import shutil
import tempfile
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pyotp
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine
from sqlmodel import Session
from werkzeug.test import Client, TestResponse

from grund.db import migrera, open_db
from grund.session import init_session
from kansli.arbetsmapp import Arbetsmapp
from kansli.inne import KAKA
from kansli.kanslirum import Kanslirum, skapa_kansli
from kansli.kommandon import demo_kansli
from kansli.konto import inloggning, losen
from kansli.konto import store as store_konto
from kansli.roller import Roll

ROT = Path(__file__).parents[1]
HEMLIGHET = b"h" * 32
LOSEN = "fyra gula bussar hoppar"
FORBUND = "Provförbundet"
# The same secret for all: what is tested is never that two people's differ, but that one's is asked for.
TOTP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass
class Prov:
    """The application, its database, and a client for each person."""

    motor: Engine
    app: Flask
    mapp: Arbetsmapp
    klienter: dict[str, FlaskClient] = field(default_factory=dict)

    def person(self, roll: Roll | str, namn: str = "") -> FlaskClient:
        """A client that is logged in with a role, as if through the login's pages."""
        namn = namn or str(roll)
        if namn not in self.klienter:
            self.klienter[namn] = self.slapp_in(self.skapa(roll, namn))
        return self.klienter[namn]

    def slapp_in(self, konto_id: str) -> FlaskClient:
        """A client with an open session; its browser is the one that test requests say they are."""
        klient, nu = self.app.test_client(), datetime.now(UTC)
        with self.app.test_request_context("/kansli", environ_base=klient.environ_base), Session(self.motor) as session:
            kaka = inloggning.oppna(session, nu, inloggning.Halvvags(konto_id, "", True, nu))
        klient.set_cookie(KAKA, kaka, path="/kansli", httponly=True)
        return klient

    def skapa(self, roll: Roll | str, namn: str) -> str:
        """An account with password and second factor. Returns its id."""
        nu = datetime.now(UTC)
        with Session(self.motor) as session:
            konto, token = store_konto.skapa(session, nu, None, f"{namn}@exempel.se", namn.title(), str(roll))
            store_konto.anvand_inbjudan(session, nu, token, losen.hasha(LOSEN))
            store_konto.satt_totp(session, nu, konto, losen.forsegla(HEMLIGHET, konto.id, TOTP), 0, [])
            return konto.id

    def logga_in(self, epost: str) -> FlaskClient:
        """Through both steps."""
        klient = self.app.test_client()
        assert skicka(klient, "/kansli/logga-in", epost=epost, losen=LOSEN).status_code == 303
        assert skicka(klient, "/kansli/logga-in/kod", kod=pyotp.TOTP(TOTP).now()).status_code == 303
        return klient


def bygg(mapp: Path, exempel: bool = False) -> Prov:
    """A kansli on a fresh database. Its passwords cost little: the tests log in hundreds of times.

    exempel: with the worked example as its years 2019 and 2020, goals for 2020.
    """
    losen.argon = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    shutil.copy(_migrerad(), mapp / "kansli.db")
    motor = open_db(f"sqlite:///{mapp / 'kansli.db'}")
    arbetsmapp = Arbetsmapp(mapp / "instans")
    if exempel:
        lagg_in_exemplet(arbetsmapp)
    return Prov(motor, _app(motor, Kanslirum(HEMLIGHET, FORBUND, arbetsmapp)), arbetsmapp)


def _app(motor: Engine, rum: Kanslirum) -> Flask:
    """The staff's pages with a database and an installation of their own; routes and templates are every test's."""
    monster = _monster()
    app = copy(monster)
    app.config, app.extensions, app.teardown_appcontext_funcs = copy(monster.config), {**monster.extensions}, []
    init_session(app, motor)
    app.extensions["kansli"] = rum
    app.testing = True
    return app


@cache
def _monster() -> Flask:
    """Made once for all tests of a process: to compile 150 routes takes longer than most of the tests."""
    return skapa_kansli(create_engine("sqlite://"), Kanslirum(HEMLIGHET, FORBUND, Arbetsmapp(Path())))


@cache
def _migrerad() -> Path:
    """A database with the tables and nothing in them, made once for all tests of a process."""
    fil = Path(tempfile.mkdtemp(prefix="kansliprov-")) / "mall.db"
    motor = open_db(f"sqlite:///{fil}")
    migrera(motor)
    motor.dispose()
    return fil


def lagg_in_exemplet(mapp: Arbetsmapp) -> None:
    """The worked example, in a copy that may be changed."""
    demo_kansli.lagg_in_exemplet(mapp, ROT / "config", ROT / "exempel")


def skicka(klient: Client, adress: str, **falt: str) -> TestResponse:
    """Post a page's form as a browser does: with the token that the page itself holds."""
    return klient.post(adress, data={"csrf_token": token(klient.get(adress)), **falt})


def token(svar: TestResponse) -> str:
    """The token in the first form of a page."""
    traff = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', svar.text)
    assert traff is not None, svar.text
    return traff[1]
