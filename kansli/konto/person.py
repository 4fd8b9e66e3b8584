"""The person that a page of Personer is about, and what is said of her."""

from __future__ import annotations

from flask import abort, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from grund.session import get_session
from kansli.konto import store as store_konto
from kansli.konto.forms import TomForm
from kansli.models import Konto
from kansli.roller import ROLLORD, Roll
from kansli.sprak import gettext as _


def pa_knapp(konto_id: str) -> Konto:
    """The person that a button was about; the button's own token is asked for first."""
    if not TomForm().validate_on_submit():
        abort(400)
    return store_konto.hamta(get_session(), konto_id) or abort(404)


def visa_inbjuden(konto: Konto, token: str) -> ResponseReturnValue:
    """That an invitation is on its way, or the link to hand over when no letter could be sent."""
    lank = url_for("konto.inbjudan", token=token, _external=True)
    skickat = current_app.extensions["kansli"].bjud_in(konto, lank)
    return render_template("kansli/personer/inbjuden.html", konto=konto, lank=None if skickat else lank)


def andrad_i_ord(konto: Konto) -> str:
    """What somebody is now."""
    roll = _(ROLLORD[Roll(konto.roll)]).lower()
    if konto.aktiv:
        return _("%(namn)s är nu %(roll)s.", namn=konto.namn, roll=roll)
    return _("%(namn)s är nu %(roll)s, och kontot är stängt.", namn=konto.namn, roll=roll)


def eget_i_ord() -> str:
    """Why one's own account is left to others."""
    return _("Du kan inte ändra ditt eget konto. Be en annan förbundschef, eller bjud in en.")
