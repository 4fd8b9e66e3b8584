"""The staff's application: its pages, its guard, its cookies, and a page for everything that can go wrong."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from flask import Flask, Response, current_app, g, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy import Engine
from werkzeug.exceptions import HTTPException

from enkat.utskick.smtp import Epost
from grund.db import LagringFel
from grund.headers import init_headers
from grund.logg import skydda_loggar
from grund.session import init_session
from kansli import inne
from kansli.arbetsmapp import Arbetsmapp
from kansli.enkat_instans import visa_tid
from kansli.hem import views as views_hem
from kansli.jobb import views as views_jobb
from kansli.konto import brev as kontobrev
from kansli.konto import views as views_konto
from kansli.konto import views_personer
from kansli.logg import views as views_logg
from kansli.models import Konto
from kansli.roller import ROLLORD, Roll, far
from kansli.sprak import SPRAKEN, init_sprak, mark, valt

ROT: Final = Path(__file__).resolve().parent.parent
STORST_KROPP: Final = 1_000_000
# What to tell, by status: a heading and what to do.
FELSIDOR: Final = {
    400: (mark("Sidan gick inte att ta emot"), mark("Gå tillbaka, läs in sidan igen och gör om det du höll på med.")),
    401: (mark("Du är inte inloggad"), mark("Logga in och gör om det du höll på med. Inget har ändrats.")),
    403: (mark("Det här får din roll inte göra"), mark("Be förbundschefen om det ändå ska gå.")),
    404: (mark("Sidan finns inte"), mark("Den kan ha tagits bort, eller så är adressen felskriven.")),
    405: (mark("Så kan sidan inte användas"), mark("Gå tillbaka och använd sidans egna knappar.")),
    410: (mark("Länken gäller inte längre"), mark("Be om en ny.")),
    413: (
        mark("Det är för mycket på en gång"),
        mark("Dela upp det, eller ta bort det som inte behövs. Inget har ändrats."),
    ),
    429: (mark("Det har varit många försök"), mark("Vänta en stund och försök igen.")),
    500: (mark("Något gick fel hos oss"), mark("Inget har ändrats. Försök igen om en stund.")),
    503: (mark("Databasen svarar inte just nu"), mark("Inget har ändrats. Vänta en stund och läs in sidan igen.")),
}


# The menu, in its order; each sees what her role may open.
MENYN: Final = (
    ("hem.hem", mark("Hem")),
    ("personer.lista", mark("Personer")),
    ("logg.visa", mark("Logg")),
)


# Every subject's pages.
BLUEPRINTS: Final = (
    views_konto,
    views_personer,
    views_logg,
    views_hem,
    views_jobb,
)
# What long work is called, by its kind.
ARBETSORD: Final[dict[str, str]] = {}


@dataclass(frozen=True)
class Kanslirum:
    """What an installation brings. mapp: where its years lie.

    epost: None without a mail server, and then links are handed over by hand.
    """

    hemlighet: bytes
    forbund: str
    mapp: Arbetsmapp
    epost: Epost | None = None

    def bjud_in(self, konto: Konto, lank: str) -> bool:
        """Send an invitation; False when the one who invites must hand the link over."""
        return kontobrev.skicka_inbjudan(self.epost, self.forbund, konto, lank)

    def skicka_nytt_losen(self, konto: Konto, token: str) -> None:
        """Send a link to a new password. A letter that cannot be sent is not told: it would say who has an account."""
        lank = url_for("konto.inbjudan", token=token, _external=True)
        kontobrev.skicka_nytt_losen(self.epost, self.forbund, konto, lank)


def skapa_kansli(motor: Engine, rum: Kanslirum) -> Flask:
    """The staff's pages at /kansli, on a migrated database."""
    app = Flask("kansli", static_folder=None, template_folder=str(ROT / "templates"))
    app.config.update(
        SECRET_KEY=hmac.new(rum.hemlighet, b"kansli: kakor", hashlib.sha256).digest(),
        SESSION_COOKIE_NAME="bokslut_steg",
        SESSION_COOKIE_PATH="/kansli",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        MAX_CONTENT_LENGTH=STORST_KROPP,
        WTF_CSRF_TIME_LIMIT=None,
    )
    skydda_loggar()
    init_headers(app)
    init_session(app, motor)
    init_sprak(app)
    app.before_request(inne.vakta)
    CSRFProtect(app)
    app.extensions["kansli"] = rum
    for vy in BLUEPRINTS:
        app.register_blueprint(vy.bp)
    app.context_processor(_gemensamt)
    app.after_request(_spara_inget)
    app.register_error_handler(HTTPException, _felsida)
    app.register_error_handler(LagringFel, _utan_databas)
    app.add_template_filter(visa_tid, "tid")
    return app


def _gemensamt() -> dict[str, object]:
    """What every template may use."""
    vem = inne.inne()
    roll = None if vem is None else Roll(vem.konto.roll)
    return {
        "jag": None if vem is None else vem.konto,
        "rollord": ROLLORD,
        "menyn": MENYN,
        "forbund": current_app.extensions["kansli"].forbund,
        "far": lambda sida: far(roll, sida),
        "sprak": valt(),
        "spraken": SPRAKEN,
        "arbetsord": ARBETSORD,
    }


def _spara_inget(svar: Response) -> Response:
    """What staff see is not kept by the browser, nor by anything on the way."""
    svar.headers.setdefault("Cache-Control", "no-store")
    return svar


def _felsida(fel: HTTPException) -> ResponseReturnValue:
    if fel.code is not None and fel.code < 400:
        return fel
    if isinstance(fel, CSRFError):
        return _fel(400)
    return _fel(fel.code if fel.code in FELSIDOR else 500)


def _utan_databas(_: LagringFel) -> ResponseReturnValue:
    g.inne = None  # the page must not ask the database who reads it
    return _fel(503)


def _fel(status: int | None) -> ResponseReturnValue:
    status = status or 500
    rubrik, rad = FELSIDOR[status]
    return render_template("kansli/fel.html", rubrik=rubrik, rad=rad, status=status), status
