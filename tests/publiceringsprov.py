"""A kansli with a bokslut so small that it publishes in a moment, for the tests of texts, examples and publishing."""

from __future__ import annotations

import re
import shutil
import threading
from pathlib import Path

from flask.testing import FlaskClient
from sqlmodel import Session, col, select
from werkzeug.test import TestResponse

from kansli.arbetsmapp import Arbetsmapp
from kansli.models import Handelse
from tests.kansliprov import Prov, bygg, token
from tests.unit.bokslut.litet_underlag import Litet

AR = 2020


def bygg_litet(mapp: Path, ja: int = 90, nej: int = 10) -> Prov:
    """A kansli with the small bokslut as its year 2020. ja, nej: the answers; with mostly no the signal is red."""
    prov = bygg(mapp)
    litet = Litet(mapp / "litet")
    litet.svar(ja, nej)
    lagg_in(prov.mapp, litet)
    return prov


def lagg_in(mapp: Arbetsmapp, litet: Litet) -> None:
    mapp.mal(AR).parent.mkdir(parents=True)
    shutil.copy(litet.indikatorer, mapp.mal(AR))
    shutil.copytree(litet.underlag, mapp.underlag(AR))


def posta(klient: FlaskClient, sida: str, till: str = "", **falt: str | list[str]) -> TestResponse:
    """Post one of a page's forms as a browser does: with every hidden field of it. till: where, if not to the page."""
    svar = klient.get(sida)
    dolda = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*type="hidden"[^>]*value="([^"]*)"', svar.text))
    gomda = re.findall(r'<input[^>]*type="hidden"[^>]*?name="(\w+)"[^>]*?value="([^"]*)"', svar.text)
    data = {**dolda, **dict(gomda), "csrf_token": token(svar)} | falt
    return klient.post(till or sida, data=data)


def vanta_pa_arbetet() -> None:
    """Until the long work that has begun is over."""
    for trad in threading.enumerate():
        if trad.name.startswith("jobb-"):
            trad.join(120)
            assert not trad.is_alive()


def handelser(prov: Prov, vad: str) -> list[str]:
    """What the log tells of one kind of event, latest first, as "who: what it was done to: after"."""
    with Session(prov.motor) as session:
        rader = session.exec(select(Handelse).where(Handelse.vad == vad).order_by(col(Handelse.nr).desc())).all()
        return [f"{rad.vem}: {rad.pa}: {rad.efter}" for rad in rader]
