"""The web application: the rooms that have pages, put together."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

from bokslut.views import bp as bokslut_bp
from grund.headers import init_headers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from enkat.mottagning import Mottagning
    from enkat.views_sida import Installning


def create_app(mapp: Path, enkat: tuple[Mottagning, Installning] | None = None) -> Flask:
    """The application that shows the built site in `mapp`, and at /e the rounds of a survey if it is given any."""
    app = Flask(__name__, static_folder=None)
    app.config["BOKSLUT_MAPP"] = str(mapp.resolve())
    init_headers(app)
    if enkat is not None:
        # Imported here, since a site alone is served without the survey's libraries.
        from enkat.views import init_enkat

        init_enkat(app, *enkat)
    app.register_blueprint(bokslut_bp)
    return app


def med_kansli(publikt: Flask, kansli: Flask) -> WSGIApplication:
    """Both at one address, as the demo has them: /kansli is the staff's, all else is open to everyone."""

    def app(miljo: WSGIEnvironment, borja: StartResponse) -> Iterable[bytes]:
        stig = miljo.get("PATH_INFO", "")
        return (kansli if stig == "/kansli" or stig.startswith("/kansli/") else publikt)(miljo, borja)

    return app
