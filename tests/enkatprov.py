"""A small survey with every kind of question, in an app of its own: shared by the web tests and the browser's."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import Session
from werkzeug.test import TestResponse

from enkat import nycklar, omgang, store_bunt
from enkat.biljett import Dorr, skriv_dorr
from enkat.models import Omgang
from enkat.mottagning import Mottagning
from enkat.store import antal_kuvert, las_omgang
from enkat.views import Installning, init_enkat
from grund.db import migrera, open_db
from grund.headers import init_headers

ENKATER = Path(__file__).parent.parent / "config" / "enkater"
STORST_SIDA = 10_000
ALLA_SLAG = """
[enkat]
titel = "Prov"
ingress = "En enkät som provar allt."
kalla = "prov"
kallas = "de som provar"
hogst_minuter = 2

[enhet]
text = "Var är du?"

[skala.bra]
svar = ["daligt", "sadar", "bra"]
text = ["Dåligt", "Sådär", "Bra"]
bild = "ansikten"

[skala.ja_nej]
svar = ["ja", "nej"]
text = ["Ja", "Nej"]
bild = "ja_nej"
ordnad = false

[skala.stod]
svar = ["samtal", "praktik", "inget"]
text = ["Samtal", "Praktik", "Inget av detta"]
ordnad = false

[skala.kon]
svar = ["kvinna", "man", "annat"]
text = ["Kvinna", "Man", "Annat"]
ordnad = false

[fraga.bemott]
typ = "skala"
skala = "bra"
text = "Hur har du blivit bemött?"
hjalp = "Av oss alla."

[fraga.redo]
typ = "ja_nej"
text = "Är du redo?"

[fraga.varfor]
typ = "ett_val"
skala = "bra"
text = "Hur känns det att inte vara redo?"
visas_om = { fraga = "redo", svar = ["nej"] }

[fraga.fatt]
typ = "flera_val"
skala = "stod"
text = "Vilket stöd har du fått?"

[fraga.manader]
typ = "tal"
text = "Hur många månader?"
minst = 0
hogst = 120

[fraga.nar]
typ = "datum"
text = "När började du?"

[fraga.tycker]
typ = "matris"
skala = "bra"
text = "Vad tycker du om"
rader = { lokalen = "Lokalen", tiderna = "Tiderna" }

[fraga.fritt]
typ = "text"
text = "Något mer?"
langst = 200
gallras_efter_manader = 12

[fraga.kon]
typ = "ett_val"
skala = "kon"
text = "Vilket kön har du?"
"""
# One valid answer per question, as a browser sends it.
SVAR: Mapping[str, Mapping[str, Any]] = {
    "Hur har du blivit bemött?": {"svar": "bra"},
    "Är du redo?": {"svar": "nej"},
    "Hur känns det att inte vara redo?": {"svar": "sadar"},
    "Vilket stöd har du fått?": {"svar": ["samtal", "praktik"]},
    "Hur många månader?": {"svar": "12"},
    "När började du?": {"svar": "2026-02-01"},
    "Vad tycker du om": {"svar.lokalen": "bra", "svar.tiderna": "vill_inte_svara"},
    "Något mer?": {"svar": "Tack."},
    "Vilket kön har du?": {"svar": "kvinna"},
}


@dataclass
class Prov:
    """An app with one open round and twenty codes for each of two enheter."""

    mapp: Path
    app: Flask
    motor: Engine
    mottagning: Mottagning
    omgang_id: str
    koder: list[str] = field(repr=False)

    @property
    def hemlighet(self) -> nycklar.Hemlighet:
        return nycklar.las_hemlighet(self.mapp / "nycklar", self.omgang_id)

    def dorr(self, slag: str, enhet: str | None = None, med_kod: bool = False) -> str:
        biljett = skriv_dorr(self.hemlighet, self.omgang_id, Dorr(slag, enhet, med_kod))  # type: ignore[arg-type]
        return f"/e/{'l' if slag == 'lank' else slag}/{self.omgang_id}/{biljett}"

    def antal(self) -> int:
        with Session(self.motor) as session:
            return antal_kuvert(session, self.omgang_id)

    def andra(self, **falt: Any) -> Omgang:
        """Change the round in the database, as another process would, and let this one see it."""
        with Session(self.motor, expire_on_commit=False) as session:
            rad = las_omgang(session, self.omgang_id)
            assert rad is not None
            for namn, varde in falt.items():
                setattr(rad, namn, varde)
            session.add(rad)
            session.commit()
            self.mottagning.glom()
            return rad


def bygg(
    mapp: Path,
    enkat: str | None = None,
    provomgang: bool = True,
    databas: str | None = None,
    antal: int = 20,
    toml: str = ALLA_SLAG,
    **installning: Any,
) -> Prov:
    """enkat: the name of one in config/enkater; None: `toml`, the small one."""
    mapp.mkdir(exist_ok=True)
    motor = open_db(databas or f"sqlite:///{mapp / 'prov.db'}")
    migrera(motor)
    data = toml.encode() if enkat is None else (ENKATER / f"{enkat}.toml").read_bytes()
    nu = datetime.now(UTC)
    with Session(motor, expire_on_commit=False) as session:
        rad = omgang.skapa(
            session, mapp / "nycklar", f"{enkat or 'prov'}.toml", data, "2026", minsta_grupp=5, provomgang=provomgang
        )
        omgang.oppna(session, mapp / "nycklar", rad, nu - timedelta(hours=1), nu + timedelta(days=7))
        hemlighet = nycklar.las_hemlighet(mapp / "nycklar", rad.id)
        _, koder = store_bunt.skapa_bunt(session, rad.id, hemlighet, "Vuxentorget", antal)
        store_bunt.skapa_bunt(session, rad.id, hemlighet, "Ungdomstorget", 20)
        omgang_id = rad.id
    app = Flask("prov")
    app.testing = True
    init_headers(app)
    mottagning = Mottagning(motor, mapp / "nycklar")
    init_enkat(app, mottagning, Installning("Samordningsförbundet Prov", "Kim, 090-12 34 56", **installning))
    return Prov(mapp, app, motor, mottagning, omgang_id, koder)


class Lasare(HTMLParser):
    """Reads what a test asks about a page."""

    def __init__(self) -> None:
        super().__init__()
        self.taggar: list[tuple[str, dict[str, str]]] = []
        self.texter: dict[str, list[str]] = {}
        self._i: list[str] = []
        self._tomma = {"meta", "link", "input", "br", "progress", "path", "circle"}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.taggar.append((tag, {namn: varde or "" for namn, varde in attrs}))
        if tag not in self._tomma:
            self._i.append(tag)
            self.texter.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        while tag in self._i and self._i.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        for tag in set(self._i):
            self.texter[tag][-1] += data


@dataclass
class Sida:
    """A page as a person without JavaScript has it."""

    status: int
    html: str
    svar: TestResponse
    las: Lasare

    @property
    def titel(self) -> str:
        return self.las.texter["title"][0].strip()

    @property
    def rubrik(self) -> str:
        return self.las.texter["h1"][0].strip()

    @property
    def till(self) -> str:
        return next(attrs["action"] for tag, attrs in self.las.taggar if tag == "form")

    def falt(self, namn: str) -> str:
        """The value of the first field of a name."""
        return next(attrs.get("value", "") for tag, attrs in self.las.taggar if attrs.get("name") == namn)

    def dolda(self) -> dict[str, str]:
        """What the form sends without a press."""
        dolt = [attrs for tag, attrs in self.las.taggar if tag == "input" and attrs.get("type") == "hidden"]
        return {attrs["name"]: attrs.get("value", "") for attrs in dolt}

    def valda(self) -> list[str]:
        """The options that are chosen."""
        return [attrs["value"] for _, attrs in self.las.taggar if "checked" in attrs]


def page(svar: TestResponse) -> Sida:
    """A page, after what every page must be has been seen to."""
    rent = gzip.decompress(svar.data) if svar.headers.get("Content-Encoding") == "gzip" else svar.data
    html = rent.decode()
    las = Lasare()
    las.feed(html)
    packad = len(gzip.compress(rent, 6))
    assert packad <= STORST_SIDA, f"{packad} bytes compressed"
    assert "Set-Cookie" not in svar.headers
    assert svar.headers["Cache-Control"] in ("private, no-cache", "no-store")
    assert "unsafe" not in svar.headers["Content-Security-Policy"]
    html_attr = next(attrs for tag, attrs in las.taggar if tag == "html")
    assert html_attr["lang"] in ("sv", "en", "ar", "prs", "so", "ti", "uk")
    assert html_attr["dir"] == ("rtl" if html_attr["lang"] in ("ar", "prs") else "ltr")
    assert las.texter["title"][0].strip()
    assert len(las.texter["h1"]) == 1
    assert las.texter["h1"][0].strip()
    assert not re.search(r"\{\w*\}", "".join(las.texter["main"])), "a field was not filled in"
    assert not re.search(r"(?:src|srcset)=|url\(|@import", html), "a page is one request"
    _har_etiketter(las)
    return Sida(svar.status_code, html, svar, las)


def _har_etiketter(las: Lasare) -> None:
    """Every field is named: by a label around it, or by one that points at it."""
    pekade = {attrs["for"] for tag, attrs in las.taggar if tag == "label" and "for" in attrs}
    for nr, (tag, attrs) in enumerate(las.taggar):
        if tag in ("input", "textarea") and attrs.get("type") != "hidden":
            inuti = nr > 0 and las.taggar[nr - 1][0] == "label"
            assert attrs.get("id") in pekade or inuti, f"no label: {attrs}"
    ids = [attrs["id"] for _, attrs in las.taggar if "id" in attrs]
    assert len(ids) == len(set(ids)), "an id is used twice"
    for _, attrs in las.taggar:
        assert set(attrs.get("aria-describedby", "").split()) <= set(ids)


def skicka(klient: FlaskClient, sida: Sida, gor: str = "nasta", **falt: Any) -> Sida:
    """Press a button. falt: what is typed and chosen."""
    return page(klient.post(sida.till, data={**sida.dolda(), "gor": gor, **falt}))


def borja(klient: FlaskClient, kod: str, sprak: str = "sv") -> Sida:
    """To the page before question 1, by a scanned code."""
    start = page(klient.get("/e"))
    if "spraklista" not in start.html:
        return skicka(klient, start, "borja", kod=kod)
    return skicka(klient, start, f"sprak:{sprak}", skannad=kod)


def svara_allt(klient: FlaskClient, sida: Sida, svar: Mapping[str, Mapping[str, Any]] = SVAR) -> Sida:
    """From the page before question 1 to the check, with those answers and else "Vill inte svara"."""
    sida = skicka(klient, sida)
    while 'value="skicka"' not in sida.html:
        sida = skicka(klient, sida, **svar.get(sida.rubrik, {"svar": "vill_inte_svara"}))
        assert sida.status == 200, sida.titel
    return sida


def lamna_in(klient: FlaskClient, sida: Sida) -> Sida:
    """Press "Skicka" and follow to the receipt."""
    svar = klient.post(sida.till, data={**sida.dolda(), "gor": "skicka"})
    assert svar.status_code == 303, svar.get_data(as_text=True)
    return page(klient.get(svar.location))
