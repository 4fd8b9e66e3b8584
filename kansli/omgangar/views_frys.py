"""Freezing a round with its key, and disposing of what is frozen when its day has come."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, abort, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from enkat.frysning import frys as frysning
from enkat.frysning import gallring
from enkat.nycklar import NyckelFel, Privat
from enkat.omgang import SVENSK_TID, enkat_i, gallras_senast
from enkat.papper.papperskopia import PapperFel
from enkat.utskick.adresslista import Adresslista
from grund.session import get_session
from kansli.inne import jag, nu
from kansli.jobb import kor
from kansli.jobb import store as store_jobb
from kansli.konto.forms import TomForm
from kansli.omgangar import frysjobb, store
from kansli.omgangar.forms import BekraftaForm, FrysForm
from kansli.omgangar.nyckel import las_nyckel, nyckellage
from kansli.omgangar.sida import formular, installning, klart, koppla, mapp, nycklar, omgang_i
from kansli.omgangar.tillsist import signalsida
from kansli.sprak import gettext as _
from kansli.sprak import svenska

bp = Blueprint("frysning", __name__, url_prefix="/kansli/omgangar/<omgang_id>")
koppla(bp)


@bp.route("/frys", methods=["GET", "POST"])
def frys(omgang_id: str) -> ResponseReturnValue:
    """Freeze. The key is tried here, so that a wrong passphrase is told beside its field; then the work begins."""
    rad = omgang_i(omgang_id)
    frysning.krav_stangd(rad, nu())
    frysning.krav_ledigt(mapp().underlag(rad.period), enkat_i(rad), omgang_id)
    laget = nyckellage(nycklar(), omgang_id)
    form = FrysForm(hur="papper" if laget == "saknas" else "fil")
    if form.validate_on_submit() and (privat := _nyckel(rad, form)) is not None:
        Adresslista(mapp().rot, omgang_id).radera()
        sida = url_for("omgangar.visa", omgang_id=omgang_id)
        till = signalsida(mapp(), rad.period) or sida
        arbete = frysjobb.Frysjobb(mapp(), omgang_id, jag().id, form.trasiga.data or 0, sida, till, privat)
        svar = _starta(omgang_id, arbete, "omgang-frysning-borjad")
        if svar is not None:
            return svar
        form.form_errors.append(_upptaget())
    return formular("frys", form, omgang_i(omgang_id), laget=laget)


@bp.route("/stada", methods=["GET", "POST"])
def stada(omgang_id: str) -> ResponseReturnValue:
    """Finish a freeze that was cut off when all but the keys were gone."""
    omgang_i(omgang_id, "fryst")
    form = TomForm()
    if form.validate_on_submit():
        stadat = frysjobb.stada(get_session(), mapp(), omgang_id)
        if stadat:
            store.anteckna(get_session(), nu(), jag(), "omgang-stadad", omgang_id)
            return klart(omgang_id, _("Nycklarna är förstörda och databasen städad."))
        form.form_errors.append(_("Någon annan har databasen öppen just nu. Försök igen om en stund."))
    return formular("stada", form, omgang_i(omgang_id))


@bp.route("/gallra", methods=["GET", "POST"])
def gallra(omgang_id: str) -> ResponseReturnValue:
    """Dispose of the rows, from the day that those who answered were told."""
    rad = omgang_i(omgang_id, "fryst")
    dag = gallras_senast(rad.stanger, installning().gallras_manader)
    if _idag() < dag:
        return render_template("kansli/omgangar/for_tidigt.html", rad=rad, dag=dag), 409
    form = BekraftaForm()
    if form.validate_on_submit():
        sida = url_for("omgangar.visa", omgang_id=omgang_id)
        svar = _starta(omgang_id, frysjobb.Gallringsjobb(mapp(), omgang_id, jag().id, sida), "omgang-gallring-borjad")
        if svar is not None:
            return svar
        form.form_errors.append(_upptaget())
    return formular("gallra", form, omgang_i(omgang_id), dag=dag)


@bp.route("/gallra-fritext", methods=["GET", "POST"])
def gallra_fritext(omgang_id: str) -> ResponseReturnValue:
    """Dispose of the texts alone, which may go at any time after the freeze."""
    rad = omgang_i(omgang_id, "fryst", "gallrad")
    form = BekraftaForm()
    if form.validate_on_submit():
        if not gallring.gallra_fritext(mapp().underlag(rad.period), omgang_id, enkat_i(rad).kalla):
            abort(404)
        store.anteckna(get_session(), nu(), jag(), "omgang-fritext-gallrad", omgang_id)
        return klart(omgang_id, _("Fritexten är borta. De andra svaren är kvar."))
    return formular("gallra_fritext", form, rad)


def _nyckel(rad: Any, form: FrysForm) -> Privat | None:
    papper = str(form.papper.data or "") if form.hur.data == "papper" else None
    try:
        privat = las_nyckel(nycklar(), rad, str(form.losenfras.data or ""), papper)
    except PapperFel as fel:
        form.papper.errors = [svenska(str(fel))]
    except NyckelFel as fel:
        falt = form.papper if papper is not None else form.losenfras if fel.orsak == "losenfras" else form.hur
        falt.errors = [svenska(str(fel))]
    else:
        return privat
    return None


def _starta(omgang_id: str, arbete: kor.Arbete, vad: str) -> ResponseReturnValue | None:
    """Begin, and note who did; None while something of the kind goes on."""
    jobb = store_jobb.borja(get_session(), nu(), frysjobb.SLAG, jag().id, jag().namn)
    if jobb is None:
        return None
    jobb_id = jobb.id
    store.anteckna(get_session(), nu(), jag(), vad, omgang_id)
    kor.starta(current_app.extensions["databas"], jobb, arbete)
    return redirect(url_for("jobb.visa", jobb_id=jobb_id), 303)


def _idag() -> date:
    return nu().astimezone(SVENSK_TID).date()


def _upptaget() -> str:
    return _("Ett annat arbete med de frysta svaren pågår. Vänta tills det är klart, under Arbeten.")
