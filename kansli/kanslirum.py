"""The staff's application: its pages, its guard, its cookies, and a page for everything that can go wrong."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final

from flask import Flask, Response, current_app, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from enkat.oversattningar import anvand
from enkat.utskick.smtp import Epost
from grund.db import LagringFel, oversatt
from grund.forms import FORMULARORD
from grund.headers import init_headers
from grund.logg import skydda_loggar
from grund.session import init_session
from kansli import inne
from kansli.arbetsmapp import Arbetsmapp
from kansli.enkat_instans import visa_tid
from kansli.enkater import views as views_enkater
from kansli.enkater import views_delar as views_enkatdelar
from kansli.enkater import views_fraga as views_enkatfraga
from kansli.enkater import views_oversattning, views_telefon
from kansli.exempel import views as views_exempel
from kansli.formularord import Formularord
from kansli.helarspersoner import hamtjobb
from kansli.helarspersoner import views as views_helarspersoner
from kansli.hem import views as views_hem
from kansli.hem.varm import init_varm
from kansli.jobb import views as views_jobb
from kansli.jobb.besked import i_ord
from kansli.konto import brev as kontobrev
from kansli.konto import views as views_konto
from kansli.konto import views_oidc, views_personer
from kansli.konto.leverantor import Leverantor
from kansli.logg import kontroll as loggkontroll
from kansli.logg import views as views_logg
from kansli.mal import views as views_mal
from kansli.mal import views_omraden as views_malomraden
from kansli.mal import views_versioner as views_malversioner
from kansli.mallar import views as views_mallar
from kansli.meny import build_meny
from kansli.models import Konto
from kansli.omgangar import brevjobb, frysjobb
from kansli.omgangar import views as views_omgangar
from kansli.omgangar import views_brev as views_omgangsbrev
from kansli.omgangar import views_dorrar as views_omgangsdorrar
from kansli.omgangar import views_frys as views_omgangsfrysning
from kansli.omgangar import views_import as views_enkatimport
from kansli.omgangar import views_inmatning as views_omgangsinmatning
from kansli.omgangar import views_koder as views_omgangskoder
from kansli.omgangar import views_oppna as views_omgangsoppning
from kansli.publicering import slag as publiceringsslag
from kansli.publicering import views as views_publicering
from kansli.publicering import views_godkann, views_utgava
from kansli.register import inlasning as registerarbete
from kansli.register import sidor as views_register
from kansli.roller import ROLLORD, Roll, far
from kansli.signaler import views as views_signaler
from kansli.sprak import SPRAKEN, init_sprak, mark, valt
from kansli.texter import views as views_texter

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


# Every subject's pages.
BLUEPRINTS: Final = (
    views_konto,
    views_oidc,
    views_personer,
    views_logg,
    views_helarspersoner,
    views_hem,
    views_signaler,
    views_jobb,
    views_mal,
    views_malomraden,
    views_malversioner,
    views_texter,
    views_exempel,
    views_publicering,
    views_godkann,
    views_utgava,
    views_enkater,
    views_enkatdelar,
    views_enkatfraga,
    views_telefon,
    views_oversattning,
    views_mallar,
    views_omgangar,
    views_omgangsbrev,
    views_omgangsdorrar,
    views_omgangsfrysning,
    views_enkatimport,
    views_omgangsinmatning,
    views_omgangskoder,
    views_omgangsoppning,
    views_register,
)
# What long work is called, by its kind.
ARBETSORD: Final[dict[str, str]] = {
    **loggkontroll.ARBETSORD,
    **hamtjobb.ARBETSORD,
    **publiceringsslag.ARBETSORD,
    **registerarbete.ARBETSORD,
    brevjobb.SLAG: brevjobb.ORD,
    frysjobb.SLAG: frysjobb.ORD,
}


@dataclass(frozen=True)
class Kanslirum:
    """What an installation brings. mapp: where its years lie.

    epost: None without a mail server, and then links are handed over by hand. leverantorer: identity providers, by id.
    """

    hemlighet: bytes
    forbund: str
    mapp: Arbetsmapp
    epost: Epost | None = None
    leverantorer: Mapping[str, Leverantor] = field(default_factory=dict)

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
        MAX_FORM_MEMORY_SIZE=STORST_KROPP,  # a year's goals as text are one field
        WTF_CSRF_TIME_LIMIT=None,
    )
    skydda_loggar()
    init_headers(app)
    init_session(app, motor)
    init_sprak(app)
    app.before_request(inne.vakta)
    # The phone of the preview stores nothing, and its form is the survey's own, which has no token.
    CSRFProtect(app).exempt(views_telefon.telefon)
    app.before_request(_anvand_oversattningar)
    app.extensions["kansli"] = rum
    app.extensions[FORMULARORD] = Formularord()
    for vy in BLUEPRINTS:
        app.register_blueprint(vy.bp)
    app.context_processor(_gemensamt)
    app.after_request(_spara_inget)
    init_varm(app)
    app.register_error_handler(HTTPException, _felsida)
    app.register_error_handler(LagringFel, _utan_databas)
    app.register_error_handler(DBAPIError, _kanske_upptagen)
    app.add_template_filter(visa_tid, "tid")
    app.add_template_filter(i_ord, "i_ord")
    return app


def _anvand_oversattningar() -> None:
    """The installation's own translations, as they are now."""
    anvand(current_app.extensions["kansli"].mapp.oversattningar)


def _gemensamt() -> dict[str, object]:
    """What every template may use."""
    vem = inne.inne()
    roll = None if vem is None else Roll(vem.konto.roll)
    return {
        "jag": None if vem is None else vem.konto,
        "rollord": ROLLORD,
        "leverantorer": current_app.extensions["kansli"].leverantorer.values(),
        "menyn": build_meny(lambda sida: far(roll, sida), request.endpoint or ""),
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


def _kanske_upptagen(fel: DBAPIError) -> ResponseReturnValue:
    """A database that is busy or away is told; everything else is a fault in the program."""
    try:
        with oversatt():
            raise fel
    except LagringFel as lagring:
        return _utan_databas(lagring)


def _utan_databas(_: LagringFel) -> ResponseReturnValue:
    """What was only to be read is asked for again in a while."""
    g.inne = None  # the page must not ask the database who reads it
    svar = make_response(_fel(503))
    if request.method == "GET":
        svar.headers["Refresh"] = "3"
    return svar


def _fel(status: int | None) -> ResponseReturnValue:
    status = status or 500
    rubrik, rad = FELSIDOR[status]
    return render_template("kansli/fel.html", rubrik=rubrik, rad=rad, status=status), status
