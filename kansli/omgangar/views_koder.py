"""Codes: printed as cards in a file that is streamed once, counted, voided."""

from __future__ import annotations

import io
from typing import Final

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from enkat import store_bunt
from enkat.lage import Lage
from enkat.omgang import enkat_i
from enkat.papper.kodark import ALLA_SPRAK, Kodark, skriv_kodark
from grund.forms import text
from grund.session import get_session
from kansli.inne import jag, nu
from kansli.omgangar import store
from kansli.omgangar.forms import BekraftaForm
from kansli.omgangar.forms_koder import KoderForm, MakuleraForm, UtdeladeForm
from kansli.omgangar.makulering import FelKod
from kansli.omgangar.sida import formular, installning, klart, koppla, nycklar, omgang_i, som_fil
from kansli.sprak import gettext as _

bp = Blueprint("koder", __name__, url_prefix="/kansli/omgangar/<omgang_id>")
koppla(bp)
FORE_FRYSNING: Final[tuple[Lage, ...]] = ("utkast", "vantar", "oppen", "nad", "stangd")


@bp.route("/koder", methods=["GET", "POST"])
def skriv_ut(omgang_id: str) -> ResponseReturnValue:
    """Cards for an enhet. The file is made in memory and sent; nothing keeps the codes."""
    rad = omgang_i(omgang_id, "utkast", "vantar", "oppen", "nad")
    form = KoderForm(svara_pa=installning().adress)
    if form.validate_on_submit():
        ny = store.NyBunt(
            text(form.bunt), text(form.enhet), form.antal.data or 0, form.reserv.data, text(form.tillsammans) or None
        )
        try:
            bunt, koder = store.skapa_bunt(get_session(), nu(), jag(), nycklar(), omgang_id, ny)
        except store.BuntFinns:
            return render_template("kansli/omgangar/bunt_finns.html", rad=rad, bunt_id=ny.bunt_id), 409
        sprak = tuple(form.sprak.data or ()) or ALLA_SPRAK
        ark = Kodark(text(form.svara_pa), koder, bunt.beteckning, bunt.id, enkat_i(omgang_i(omgang_id)).titel, sprak)
        strom = io.BytesIO()
        skriv_kodark(strom, ark)
        return som_fil(strom.getvalue(), "application/pdf", f"koder-{omgang_id}-{bunt.id}.pdf")
    buntar, enheter = store.buntar(get_session(), omgang_id), store_bunt.las_enheter(get_session(), omgang_id)
    return formular("koder", form, rad, buntar=buntar, enheter=enheter, ovriga=store_bunt.OVRIGA)


@bp.route("/makulera", methods=["GET", "POST"])
def makulera(omgang_id: str) -> ResponseReturnValue:
    """Void codes that lie on the table. One of another round stops them all."""
    rad = omgang_i(omgang_id, *FORE_FRYSNING)
    form = MakuleraForm()
    if form.validate_on_submit():
        try:
            antal, alla = store.makulera(get_session(), nu(), jag(), nycklar(), omgang_id, form.rader())
        except FelKod as fel:
            remedy = _("Den kan höra till en annan omgång. Inget är makulerat.")
            form.koder.errors = [_("Rad %(rad)s: %(fel)s", rad=fel.rad, fel=f"{fel} {remedy}")]
        else:
            return klart(omgang_id, _makulerat(antal, alla))
    return formular("makulera", form, rad, buntar=store.buntar(get_session(), omgang_id))


@bp.route("/bunt/<bunt_id>/makulera", methods=["GET", "POST"])
def makulera_bunt(omgang_id: str, bunt_id: str) -> ResponseReturnValue:
    """Void what is unspent of a pile that never came, or that was lost."""
    rad = omgang_i(omgang_id, *FORE_FRYSNING)
    bunt = store.bunt(get_session(), omgang_id, bunt_id) or abort(404)
    form = BekraftaForm()
    if form.validate_on_submit():
        store.makulera_bunt(get_session(), nu(), jag(), omgang_id, bunt_id)
        return klart(omgang_id, _("Allt som var oanvänt i bunten är makulerat."))
    return formular("makulera_bunt", form, rad, bunt=bunt)


@bp.route("/bunt/<bunt_id>/utdelade", methods=["GET", "POST"])
def utdelade(omgang_id: str, bunt_id: str) -> ResponseReturnValue:
    """How many of a batch were handed out."""
    rad = omgang_i(omgang_id, *FORE_FRYSNING)
    bunt = store.bunt(get_session(), omgang_id, bunt_id) or abort(404)
    form = UtdeladeForm(bunt.antal, antal=bunt.utdelade)
    if form.validate_on_submit():
        store.ange_utdelade(get_session(), nu(), jag(), omgang_id, bunt_id, form.antal.data or 0)
        return klart(omgang_id, _("Antalet utdelade är sparat."))
    return formular("utdelade", form, rad, bunt=bunt)


def _makulerat(antal: int, alla: int) -> str:
    """What became of the codes that were typed: whether a new one may be handed out in the place of each."""
    if antal == alla == 1:
        return _("Koden är makulerad. Ge personen ett kort ur en reservbunt, och räkna det som utdelat.")
    if antal == alla:
        return _("%(antal)s koder är makulerade.", antal=antal)
    if alla == 1:
        return _("Koden var redan använd eller makulerad. Ge inget nytt kort.")
    return _(
        "%(antal)s av %(alla)s koder makulerades. De andra var redan använda eller makulerade.", antal=antal, alla=alla
    )
