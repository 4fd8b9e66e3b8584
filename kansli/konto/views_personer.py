"""Who works here: invite, change role, close."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from grund.forms import text
from grund.session import get_session
from kansli.inne import jag, nu
from kansli.konto import store as store_konto
from kansli.konto.forms import PersonForm, RollForm
from kansli.roller import ROLLORD, Roll

bp = Blueprint("personer", __name__, url_prefix="/kansli/personer")


@bp.get("")
def lista() -> ResponseReturnValue:
    """Everyone with an account."""
    return render_template("kansli/personer/lista.html", alla=store_konto.alla(get_session()), rollord=ROLLORD)


@bp.route("/bjud-in", methods=["GET", "POST"])
def bjud_in() -> ResponseReturnValue:
    """Invite somebody by e-mail; without a mail server the link is shown, to be handed over."""
    form = PersonForm()
    if form.validate_on_submit():
        try:
            konto, token = store_konto.skapa(
                get_session(), nu(), jag(), text(form.epost), text(form.namn), text(form.roll)
            )
        except store_konto.FinnsRedan:
            form.epost.errors = [f"Det finns redan ett konto för {text(form.epost)}."]
        else:
            lank = url_for("konto.inbjudan", token=token, _external=True)
            skickat = current_app.extensions["kansli"].bjud_in(konto, lank)
            return render_template("kansli/personer/inbjuden.html", konto=konto, lank=None if skickat else lank)
    return render_template("kansli/personer/bjud_in.html", form=form), 422 if form.errors else 200


@bp.route("/<konto_id>", methods=["GET", "POST"])
def andra(konto_id: str) -> ResponseReturnValue:
    """Another role, or a closed account."""
    konto = store_konto.hamta(get_session(), konto_id) or abort(404)
    form = RollForm(roll=konto.roll, aktiv="ja" if konto.aktiv else "nej")
    if form.validate_on_submit():
        if konto.id == jag().id:
            form.form_errors.append("Du kan inte ändra ditt eget konto. Be en annan förbundschef, eller bjud in en.")
        else:
            store_konto.andra(get_session(), nu(), jag(), konto, text(form.roll), form.aktiv.data == "ja")
            flash(
                f"{konto.namn} är nu {ROLLORD[Roll(konto.roll)].lower()}"
                + ("." if konto.aktiv else ", och kontot är stängt.")
            )
            return redirect(url_for(".lista"), 303)
    return render_template("kansli/personer/andra.html", form=form, konto=konto), 422 if form.errors else 200
