"""The database during one web request: opened when first asked for, closed when the answer has been made."""

from __future__ import annotations

from flask import Flask, current_app, g
from sqlalchemy import Engine
from sqlmodel import Session

_NAMN = "databas"


def init_session(app: Flask, motor: Engine) -> None:
    """Let this app's views read and write in a database."""
    app.extensions[_NAMN] = motor
    app.teardown_appcontext(_stang)


def get_session() -> Session:
    """The session of this request."""
    if "session" not in g:
        g.session = Session(current_app.extensions[_NAMN])
    session: Session = g.session
    return session


def _stang(_: BaseException | None) -> None:
    session: Session | None = g.pop("session", None)
    if session is not None:
        session.close()
