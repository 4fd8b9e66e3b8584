"""The web application: the rooms that have pages, put together."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from bokslut.views import bp as bokslut_bp
from grund.headers import init_headers


def create_app(mapp: Path) -> Flask:
    """The application that shows the built site in `mapp`."""
    app = Flask(__name__, static_folder=None)
    app.config["BOKSLUT_MAPP"] = str(mapp.resolve())
    init_headers(app)
    app.register_blueprint(bokslut_bp)
    return app
