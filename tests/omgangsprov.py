"""A kansli with a round in it, for the tests of the rounds' pages; and somebody who answers."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from flask.testing import FlaskClient
from sqlmodel import Session, col, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from enkat import koder as enkatkoder
from enkat import nycklar, omgang, store, store_bunt
from enkat.models import Omgang
from grund.db import skrivning
from kansli.models import Handelse
from tests.databas.provenkat import INDIKATORER, TOML
from tests.databas.provenkat import Prov as Enkatprov
from tests.kansliprov import Prov, bygg, token

ADRESS = "https://exempel.se/e"
# Nobody else is written to as deltagare are not.
PERSONAL = (
    TOML.replace('kalla = "deltagarenkat"', 'kalla = "personalenkat"')
    .replace('kallas = "deltagarna"', 'kallas = "personalen"')
    .replace("deltagare under året", "personal under året")
)


def bygg_rum(mapp: Path, toml: str = TOML, namn: str = "prov") -> Prov:
    """A kansli with one questionnaire, goals for 2026, and what the installation says of itself."""
    prov = bygg(mapp)
    prov.mapp.enkater.mkdir(parents=True)
    (prov.mapp.enkater / f"{namn}.toml").write_text(toml, "utf-8")
    prov.mapp.mal(2026).parent.mkdir(parents=True)
    prov.mapp.mal(2026).write_text(INDIKATORER, "utf-8")
    rader = f'forbund = "Provförbundet"\nkontakt = "Kim, 090-12 34 56"\nadress = "{ADRESS}"\n'
    (prov.mapp.rot / "enkat.toml").write_text(rader, "utf-8")
    return prov


def utkast(
    prov: Prov, period: str = "2026", provomgang: bool = False, minsta_grupp: int = 5, namn: str = "prov"
) -> str:
    """A draft, made without the pages."""
    fil = prov.mapp.enkater / f"{namn}.toml"
    with Session(prov.motor) as session:
        return omgang.skapa(
            session,
            prov.mapp.nycklar,
            fil.name,
            fil.read_bytes(),
            period,
            minsta_grupp=minsta_grupp,
            provomgang=provomgang,
        ).id


def oppnad(prov: Prov, dagar: float = 14, losenfras: str | None = None, **val: object) -> tuple[str, str]:
    """An open round, and its key on paper; dagar: how long it is open from now."""
    omgang_id, nu = utkast(prov, **val), datetime.now(UTC)  # type: ignore[arg-type]
    with Session(prov.motor) as session:
        rad = store.las_omgang(session, omgang_id)
        assert rad is not None
        svar = omgang.oppna(
            session, prov.mapp.nycklar, rad, nu - timedelta(minutes=1), nu + timedelta(days=dagar), losenfras
        )
        return omgang_id, svar.papper


def stangd(prov: Prov, svar: int = 6, **val: object) -> tuple[str, str]:
    """A round that closed more than an hour ago, with answers in it, and its key on paper."""
    omgang_id, papper = oppnad(prov, **val)  # type: ignore[arg-type]
    svara(prov, omgang_id, bunt(prov, omgang_id, "Team A", 12)[:svar])
    flytta(prov, omgang_id, timedelta(hours=-2))
    return omgang_id, papper


def flytta(prov: Prov, omgang_id: str, fran_nu: timedelta, langd: timedelta = timedelta(days=14)) -> None:
    """Let a round close so long from now."""
    with Session(prov.motor) as session, skrivning(session):
        rad = store.las_last(session, omgang_id)
        rad.stanger = datetime.now(UTC) + fran_nu
        rad.oppnar = rad.stanger - langd
        session.add(rad)


def bunt(prov: Prov, omgang_id: str, enhet: str, antal: int) -> list[str]:
    """Printed codes."""
    with Session(prov.motor) as session:
        hemlighet = nycklar.las_hemlighet(prov.mapp.nycklar, omgang_id)
        return store_bunt.skapa_bunt(session, omgang_id, hemlighet, enhet, antal)[1]


def svara(prov: Prov, omgang_id: str, koder: list[str]) -> None:
    """Answer with each code, as the web does."""
    with Session(prov.motor) as session:
        rad = store.las_omgang(session, omgang_id)
        assert rad is not None
        mapp = prov.mapp.nycklar
        enkat = Enkatprov(prov.motor, session, mapp, rad, "", nycklar.las_hemlighet(mapp, omgang_id))
        for kod in koder:
            t = enkat.tillstand(enkatkoder.las(kod), {"stod": "helt", "redo": "ja", "kon": "kvinna"}, enhet="Team A")
            assert enkat.lamna_in(t, datetime.now(UTC)).utfall == "mottaget"


def hamta(prov: Prov, omgang_id: str) -> Omgang:
    """A round as the database has it."""
    with Session(prov.motor) as session:
        rad = store.las_omgang(session, omgang_id)
        assert rad is not None
        return rad


def antal_kuvert(prov: Prov, omgang_id: str) -> int:
    """How many answers lie in the urn."""
    with Session(prov.motor) as session:
        return store.antal_kuvert(session, omgang_id)


def logg(prov: Prov, vad: str = "", pa: str = "") -> list[Handelse]:
    """The lines of the staff's log, the latest first."""
    with Session(prov.motor) as session:
        alla = session.exec(select(Handelse).order_by(col(Handelse.nr).desc())).all()
        return [r for r in alla if vad in ("", r.vad) and pa in ("", r.pa)]


def ladda_upp(klient: FlaskClient, adress: str, data: bytes | str, namn: str = "svar.csv", **falt: str) -> TestResponse:
    """Post a page's form with a file, as a browser does."""
    fil = FileStorage(BytesIO(data.encode() if isinstance(data, str) else data), namn)
    granslinje, kropp = encode_multipart({"csrf_token": token(klient.get(adress)), "fil": fil, **falt})
    return klient.post(adress, data=kropp, content_type=f"multipart/form-data; boundary={granslinje}")


def vanta(klient: FlaskClient, svar: TestResponse, sekunder: float = 30) -> str:
    """Follow long work to its end: the text of its last page."""
    assert svar.status_code == 303, svar.text
    slut = time.monotonic() + sekunder
    while time.monotonic() < slut:
        sida = klient.get(svar.location)
        if "Refresh" not in sida.headers:
            return sida.text
        time.sleep(0.05)
    raise AssertionError(f"the work did not end in {sekunder} s")


def ren(html: str) -> str:
    """The words of a page, with one space between."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())
