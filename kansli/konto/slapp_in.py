"""The last step of every way in: a new session, in the place of whatever the browser carried before."""

from __future__ import annotations

from flask import make_response, redirect, session, url_for
from flask.typing import ResponseReturnValue

from grund.session import get_session
from kansli.inne import nu, satt_kaka
from kansli.konto import inloggning
from kansli.konto.inloggning import Halvvags
from kansli.sprak import valj, valt


def borja_om() -> None:
    """Forget what the browser carries, so that nothing of one person's comes with the next; the language stays."""
    sprak = valt()
    session.clear()
    valj(sprak)


def slapp_in(halvvags: Halvvags, till: str | None) -> ResponseReturnValue:
    """Let somebody in who has proved who she is. till: where to; None goes home.

    What she is to see once, the reserve codes, and her language are carried over; nothing else is.
    """
    koder = session.get("reservkoder")
    borja_om()
    if koder:
        session["reservkoder"] = koder
    svar = make_response(redirect(till or url_for("hem.hem"), 303))
    satt_kaka(svar, inloggning.oppna(get_session(), nu(), halvvags))
    return svar
