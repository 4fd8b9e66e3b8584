"""Who works here: invite, change role, close."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grund.forms import text
from grund.session import get_session
from kansli.inne import jag, nu
from kansli.konto import store as store_konto
from kansli.konto import store_koppling
from kansli.konto.forms import PersonForm, RollForm
from kansli.konto.person import andrad_i_ord, eget_i_ord, pa_knapp, visa_inbjuden
from kansli.konto.personlista import build_personer
from kansli.sprak import gettext as _

bp = Blueprint("personer", __name__, url_prefix="/kansli/personer")


@bp.get("")
def lista() -> ResponseReturnValue:
    """Everyone with an account."""
    personer = build_personer(store_konto.alla(get_session()), request.args)
    return render_template("kansli/personer/lista.html", lista=personer)


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
            form.epost.errors = [_("Det finns redan ett konto för %(epost)s.", epost=text(form.epost))]
        else:
            return visa_inbjuden(konto, token)
    return render_template("kansli/personer/bjud_in.html", form=form), 422 if form.errors else 200


@bp.route("/<konto_id>", methods=["GET", "POST"])
def andra(konto_id: str) -> ResponseReturnValue:
    """Another role, or a closed account."""
    konto = store_konto.hamta(get_session(), konto_id) or abort(404)
    form = RollForm(roll=konto.roll, aktiv="ja" if konto.aktiv else "nej")
    if form.validate_on_submit():
        if konto.id == jag().id:
            form.form_errors.append(eget_i_ord())
        else:
            store_konto.andra(get_session(), nu(), jag(), konto, text(form.roll), form.aktiv.data == "ja")
            flash(andrad_i_ord(konto))
            return redirect(url_for(".lista"), 303)
    return render_template(
        "kansli/personer/andra.html",
        form=form,
        konto=konto,
        oppna=store_konto.inloggningar(get_session(), konto),
        koppling=store_koppling.koppling(get_session(), konto),
    ), 422 if form.errors else 200


@bp.post("/<konto_id>/avsluta")
def avsluta(konto_id: str) -> ResponseReturnValue:
    """End all that a person has open, as when a computer is stolen."""
    konto = pa_knapp(konto_id)
    store_konto.avsluta_alla(get_session(), nu(), jag(), konto)
    flash(_("%(namn)s är utloggad överallt.", namn=konto.namn))
    return redirect(url_for(".andra", konto_id=konto.id), 303)


@bp.post("/<konto_id>/bjud-in-igen")
def bjud_in_igen(konto_id: str) -> ResponseReturnValue:
    """A new invitation, for one who has lost what she logs in with."""
    konto = pa_knapp(konto_id)
    if not konto.aktiv or konto.id == jag().id:
        flash(eget_i_ord() if konto.aktiv else _("Kontot är stängt. Öppna det först."))
        return redirect(url_for(".andra", konto_id=konto.id), 303)
    return visa_inbjuden(konto, store_konto.bjud_in_igen(get_session(), nu(), jag(), konto))


@bp.post("/<konto_id>/glom-leverantor")
def glom_leverantor(konto_id: str) -> ResponseReturnValue:
    """Untie an account from the identity provider's person."""
    konto = pa_knapp(konto_id)
    store_koppling.glom(get_session(), nu(), jag(), konto)
    flash(_("Kopplingen är borttagen. Nästa inloggning den vägen gör en ny."))
    return redirect(url_for(".andra", konto_id=konto.id), 303)
