"""Logging in by way of an identity provider: there, and back."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from flask import Blueprint, abort, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from grund.session import get_session
from kansli.inne import egen_sida, hemlighet, nu
from kansli.konto import oidc, store_koppling
from kansli.konto.forms import LoggaInForm
from kansli.konto.inloggning import BAKAT, HALVVAGS, halvvags_for
from kansli.konto.leverantor import Leverantor
from kansli.konto.slapp_in import borja_om, slapp_in
from kansli.sprak import gettext as _

_logg = logging.getLogger("bokslut")
_NYCKEL: Final = "oidc"

bp = Blueprint("oidc", __name__, url_prefix="/kansli/logga-in/via")


@bp.get("/<leverantor>")
def borja(leverantor: str) -> ResponseReturnValue:
    """To the provider, with a state that only this browser has."""
    lev = _leverantor(leverantor)
    state, till = secrets.token_urlsafe(32), egen_sida(request.args.get("till", ""))
    try:
        adress = oidc.adress_dit(lev, hemlighet(), state, _tillbaka(lev))
    except oidc.OidcFel as fel:
        return _nekad(lev, fel.orsak)
    session[_NYCKEL] = {"lev": lev.id, "state": state, "tid": nu().isoformat(), "till": till}
    return redirect(adress, 303)


@bp.get("/<leverantor>/svar")
def svar(leverantor: str) -> ResponseReturnValue:
    """Back from the provider; what this browser carried works once."""
    lev, buren = _leverantor(leverantor), session.pop(_NYCKEL, None)
    state = _state(lev, buren)
    if state is None:
        return _nekad(lev, "fel-state")
    try:
        om = oidc.intyga(lev, hemlighet(), nu(), state, request.args, _tillbaka(lev))
    except oidc.OidcFel as fel:
        if fel.orsak not in ("avbrutet", "svarar-inte", "fel-state"):
            store_koppling.neka(get_session(), nu(), lev.namn, fel.orsak)
        return _nekad(lev, fel.orsak)
    return _vidare(lev, om, buren["till"])


def _vidare(lev: Leverantor, om: oidc.Intygad, till: str | None) -> ResponseReturnValue:
    """In, or on to the second factor when the provider has not asked for one."""
    konto = store_koppling.hitta(get_session(), nu(), lev.issuer, om.subject, om.epost)
    if isinstance(konto, str):
        return _nekad(lev, konto)
    halvvags = halvvags_for(konto, nu())
    if om.tva_faktorer:
        return slapp_in(halvvags, till)
    borja_om()
    session["halvvags"] = halvvags.som_kaka(till)
    return redirect(url_for("konto.andra_faktorn" if halvvags.har_faktor else "konto.ny_faktor"), 303)


def _leverantor(id_: str) -> Leverantor:
    alla: Mapping[str, Leverantor] = current_app.extensions["kansli"].leverantorer
    return alla.get(id_) or abort(404)


def _tillbaka(lev: Leverantor) -> str:
    return url_for(".svar", leverantor=lev.id, _external=True)


def _state(lev: Leverantor, buren: Mapping[str, Any] | None) -> str | None:
    """What this browser began with, at this provider and not long ago; None when it did not."""
    if not buren or buren["lev"] != lev.id:
        return None
    borjade = datetime.fromisoformat(buren["tid"])
    return buren["state"] if borjade - BAKAT <= nu() < borjade + HALVVAGS else None


def _nekad(lev: Leverantor, orsak: str) -> ResponseReturnValue:
    """The log-in page again, with what happened and what to do; the password still works."""
    _logg.warning("log-in by provider %s refused: %s", lev.id, orsak)
    form = LoggaInForm(formdata=None, till="")
    form.form_errors.append(_i_ord(lev, orsak))
    return render_template("kansli/konto/logga_in.html", form=form), 502 if orsak == "svarar-inte" else 403


def _i_ord(lev: Leverantor, orsak: str) -> str:
    """Why, to the one who tried."""
    match orsak:
        case "avbrutet":
            return _("Inloggningen hos %(namn)s avbröts. Försök igen, eller logga in med lösenord.", namn=lev.namn)
        case "svarar-inte":
            return _(
                "%(namn)s svarar inte just nu. Försök igen om en stund, eller logga in med lösenord.", namn=lev.namn
            )
        case "fel-state":
            return _("Inloggningen tog för lång tid, eller påbörjades i en annan webbläsare. Börja om här.")
        case "utan-epost":
            return _(
                "%(namn)s har inte intygat någon e-postadress för dig, så vi vet inte vilket konto som är ditt."
                " Logga in med lösenord, eller be förbundschefen om hjälp.",
                namn=lev.namn,
            )
        case "inget-konto" | "annan-person":
            return _(
                "%(namn)s har intygat vem du är, men här finns inget öppet konto som hör till. Be förbundschefen"
                " bjuda in den adress du har där.",
                namn=lev.namn,
            )
    return _(
        "Svaret från %(namn)s gick inte att lita på, så du är inte inloggad. Försök igen. Händer det igen: säg till den"
        " som sköter servern.",
        namn=lev.namn,
    )
