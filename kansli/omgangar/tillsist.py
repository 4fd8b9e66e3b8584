"""Where to go when a round is frozen: the signals of its year, when that page and that year are there."""

from __future__ import annotations

from flask import current_app, url_for

from kansli.arbetsmapp import Arbetsmapp

_SIDA = "signaler.visa"


def signalsida(mapp: Arbetsmapp, period: str) -> str:
    """The address of the year's signals; "" without goals for that year."""
    ar = period[:4]
    if not ar.isdecimal() or int(ar) not in mapp.ar() or _SIDA not in current_app.view_functions:
        return ""
    return url_for(_SIDA, ar=int(ar))
