"""Opening a round: the key is made, and its paper copy shown until somebody says that it is kept."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from enkat.nycklar import NyckelFel
from enkat.papper import papperskopia as papper
from grund.session import get_session
from kansli.inne import jag, nu
from kansli.konto.forms import TomForm
from kansli.omgangar import store
from kansli.omgangar.forms import OppnaForm, PapperskopiaForm
from kansli.omgangar.nyckel import las_nyckel, nyckellage
from kansli.omgangar.sida import formular, klart, koppla, nycklar, omgang_i
from kansli.sprak import gettext as _
from kansli.sprak import svenska

bp = Blueprint("oppning", __name__, url_prefix="/kansli/omgangar/<omgang_id>")
koppla(bp)


@bp.route("/oppna", methods=["GET", "POST"])
def oppna(omgang_id: str) -> ResponseReturnValue:
    """Lock the questionnaire and make the key. The answer is the key on paper, which stands in no address."""
    rad = omgang_i(omgang_id, "utkast")
    buntar = store.buntar(get_session(), omgang_id)
    form = OppnaForm(nu(), bool(buntar))
    if form.validate_on_submit() and form.oppnar is not None and form.stanger is not None:
        tider = (form.oppnar, form.stanger)
        fras = str(form.losenfras.data or "")
        oppnad = store.oppna(get_session(), nu(), jag(), nycklar(), omgang_id, tider, fras)
        return _visa_papper(omgang_id, oppnad.papper, bool(fras))
    return formular("oppna", form, rad, buntar=buntar)


@bp.route("/papperskopia", methods=["GET", "POST"])
def papperskopia(omgang_id: str) -> ResponseReturnValue:
    """The key on paper once more, as long as nobody has said that it is kept; then never again here."""
    rad = omgang_i(omgang_id, "vantar", "oppen", "nad", "stangd")
    if not store.papper_kvar(store.handelser(get_session(), omgang_id)):
        return render_template("kansli/omgangar/papper_sparat.html", rad=rad), 409
    form, laget = PapperskopiaForm(), nyckellage(nycklar(), omgang_id)
    if laget != "saknas" and form.validate_on_submit():
        try:
            privat = las_nyckel(nycklar(), rad, str(form.losenfras.data or ""), None)
        except NyckelFel as fel:
            form.losenfras.errors = [svenska(str(fel))]
        else:
            store.anteckna(get_session(), nu(), jag(), "omgang-papper-visat", omgang_id)
            return _visa_papper(omgang_id, papper.skriv(privat), laget == "losenfras")
    return formular("papperskopia", form, rad, laget=laget)


@bp.post("/papperskopia/sparad")
def sparad(omgang_id: str) -> ResponseReturnValue:
    """Somebody says that the paper is kept."""
    omgang_i(omgang_id, "vantar", "oppen", "nad", "stangd")
    if TomForm().validate_on_submit() and store.papper_kvar(store.handelser(get_session(), omgang_id)):
        store.anteckna(get_session(), nu(), jag(), store.PAPPER_SPARAT, omgang_id)
    return klart(omgang_id, _("Bra. Lägg papperet i ett förseglat kuvert, inte där datorn står."))


def _visa_papper(omgang_id: str, grupper: str, fras: bool) -> ResponseReturnValue:
    return formular("nyckeln", TomForm(), omgang_i(omgang_id), grupper=grupper, fras=fras)
