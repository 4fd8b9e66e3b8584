"""The survey on a server of its own: the rounds of an instance at /e, and nothing else.

`bokslut enkat starta` serves it. Another WSGI server is given the factory: "kansli.enkat_server:skapa_app(proxyer=1)".
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Flask, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine, make_url
from werkzeug.middleware.proxy_fix import ProxyFix

from enkat import texter
from enkat.mottagning import Mottagning
from enkat.oversattningar import anvand
from enkat.sprak import SPRAK, gettext_for
from enkat.views import init_enkat
from enkat.views_sida import Installning, klar, visa_besked, visa_forsok_igen
from grund.db import LagringFel, ar_migrerad, open_db
from grund.headers import init_headers
from grund.settings import Instans, las_instans
from indikatorer.diagnos import UnderlagFel
from kansli.enkat_installning import EXEMPEL, FIL, las_installning
from kansli.enkat_instans import ORD_FOR_LAGRING

# Half a year: a browser that has been here over TLS does not come back without it.
HSTS: Final = "max-age=15552000"


class ServerFel(RuntimeError):
    """Why the survey cannot be served, as sentences for whoever starts it."""


def skapa_app(proxyer: int = 0) -> Flask:
    """The application of the environment's instance. proxyer: how many servers stand before it and tell who asks.

    No connection to the database is open when it returns, so that the process may be forked.

    Raises:
        ServerFel: the instance, its enkat.toml or its database is missing or not ready.
    """
    instans = las_instans()
    installning = installning_i(instans)
    motor = databas_i(instans)
    anvand(instans.oversattningar)
    app = Flask("bokslut", static_folder=None)
    init_headers(app)
    init_enkat(app, Mottagning(motor, instans.nycklar), installning)
    _init_sidor(app)
    _varm_upp(app, Mottagning(motor, instans.nycklar))
    motor.dispose()
    if proxyer:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxyer, x_proto=proxyer)  # type: ignore[method-assign]
    return app


def installning_i(instans: Instans) -> Installning:
    """What the installation's own file says.

    Raises:
        ServerFel: there is no instance, or its file is missing or faulty.
    """
    if not instans.mapp.is_dir():
        raise ServerFel(
            f"Mappen {instans.mapp} finns inte. Peka ut instansen med BOKSLUT_INSTANS, eller gör en ny genom att skapa"
            " en omgång: bokslut enkat skapa FIL --period ÅR"
        )
    try:
        return las_installning(instans.mapp)
    except FileNotFoundError:
        raise ServerFel(
            f"{instans.mapp / FIL} finns inte. Den säger den som svarar vilka ni är. Skriv den så här:\n\n{EXEMPEL}"
        ) from None
    except UnderlagFel as fel:
        raise ServerFel(str(fel)) from None


def databas_i(instans: Instans) -> Engine:
    """The database, which is neither made nor changed here: two workers, or two servers, may start at once.

    Raises:
        ServerFel: it is not there, or of another version of the program.
    """
    adress = make_url(instans.databas)
    if adress.get_backend_name() == "sqlite" and not Path(adress.database or "").is_file():
        raise ServerFel(
            f"Databasen {adress.database} finns inte. Skapa en omgång först: bokslut enkat skapa FIL --period ÅR"
        )
    motor = open_db(instans.databas)
    try:
        if not ar_migrerad(motor):
            raise ServerFel(
                "Databasen hör till en annan version av programmet. Ta en säkerhetskopia, och kör sedan bokslut enkat"
                " status, som för den framåt."
            )
    except LagringFel as fel:
        raise ServerFel(ORD_FOR_LAGRING[fel.orsak]) from None
    finally:
        motor.dispose()
    return motor


def _init_sidor(app: Flask) -> None:
    """What is said outside the survey's own addresses."""
    app.add_url_rule("/", "rot", lambda: redirect(url_for("enkat.start"), 303))
    app.register_error_handler(404, lambda _: klar(app.make_response(_finns_inte())))
    app.register_error_handler(500, lambda _: klar(app.make_response(visa_forsok_igen(500, texter.UPPTAGEN))))
    app.after_request(_krav_tls)


def _finns_inte() -> ResponseReturnValue:
    return visa_besked(404, texter.FINNS_INTE_RUBRIK, texter.FINNS_INTE, borja_om=True)


def _krav_tls(svar: Response) -> Response:
    """Whoever has come over TLS shall go on doing so."""
    if request.is_secure:
        svar.headers["Strict-Transport-Security"] = HSTS
    return svar


def _varm_upp(app: Flask, tillfallig: Mottagning) -> None:
    """Read what all workers can share before they part ways: words, pages, questionnaires. The keys are forgotten."""
    for sprak in SPRAK:
        gettext_for(sprak.kod)
    for mall in app.jinja_env.list_templates(filter_func=lambda namn: namn.startswith("enkat/")):
        app.jinja_env.get_template(mall)
    try:
        tillfallig.omgangar()
    except LagringFel as fel:
        raise ServerFel(ORD_FOR_LAGRING[fel.orsak]) from None
