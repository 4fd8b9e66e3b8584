"""Ways to answer that need no personal code: open link, kiosk, their posters, and the questionnaire on paper."""

from __future__ import annotations

import io
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from enkat import store_bunt
from enkat.biljett import Dorr
from enkat.omgang import enkat_i, gallras_senast
from enkat.papper import blankett as papper
from enkat.papper.affisch import Affisch, skriv_affisch, som_png
from grund.forms import text
from grund.session import get_session
from kansli.inne import jag, nu
from kansli.konto.qr import qr_svg
from kansli.omgangar import store
from kansli.omgangar.dorr import skriv_adress
from kansli.omgangar.forms_koder import AffischForm, BlankettForm, DorrForm
from kansli.omgangar.sida import formular, installning, koppla, nycklar, omgang_i, som_fil
from kansli.sprak import gettext as _
from kansli.sprak import svenska

bp = Blueprint("dorrar", __name__, url_prefix="/kansli/omgangar/<omgang_id>")
koppla(bp)


@bp.route("/lank", methods=["GET", "POST"])
def lank(omgang_id: str) -> ResponseReturnValue:
    """The address of an open link or a kiosk, as text, as QR, and as a poster or a picture to take home."""
    rad = omgang_i(omgang_id, "utkast", "vantar", "oppen", "nad")
    enheter = store_bunt.las_enheter(get_session(), omgang_id)
    form = DorrForm(enheter, svara_pa=installning().adress, slag="lank")
    if not form.validate_on_submit():
        return formular("lank", form, rad, enheter=enheter)
    dorr = Dorr(form.slag.data, text(form.enhet) or None, bool(form.med_kod.data))
    adress = skriv_adress(nycklar(), omgang_id, text(form.svara_pa), dorr)
    titel = enkat_i(rad).titel
    store.anteckna(get_session(), nu(), jag(), "omgang-lank", omgang_id, _i_ord(dorr))
    return render_template(
        "kansli/omgangar/lanken.html",
        rad=omgang_i(omgang_id),
        titel=titel,
        dorr=dorr,
        adress=adress,
        qr=qr_svg(adress, _("QR-kod till %(titel)s", titel=titel)),
    )


@bp.post("/affisch")
def affisch(omgang_id: str) -> ResponseReturnValue:
    """The poster, or the QR as a picture, of an address that the page before gave."""
    rad = omgang_i(omgang_id, "utkast", "vantar", "oppen", "nad")
    form = AffischForm(nycklar(), omgang_id)
    if not form.validate_on_submit():
        return formular("affisch", form, rad)
    adress = text(form.hela)
    if form.format.data == "png":
        return som_fil(som_png(adress), "image/png", f"qr-{omgang_id}.png")
    strom = io.BytesIO()
    skriv_affisch(strom, Affisch(adress, enkat_i(rad).titel, installning().forbund))
    return som_fil(strom.getvalue(), "application/pdf", f"affisch-{omgang_id}.pdf")


@bp.route("/pappersenkat", methods=["GET", "POST"])
def blankett(omgang_id: str) -> ResponseReturnValue:
    """The questionnaire on paper, in any language of the survey."""
    rad = omgang_i(omgang_id, "utkast", "vantar", "oppen", "nad")
    inst = installning()
    gallras = gallras_senast(rad.stanger, inst.gallras_manader) if rad.stanger is not None else None
    form = BlankettForm(kontakt=inst.kontakt, ombud=inst.ombud, gallras=gallras)
    if form.validate_on_submit():
        uppgifter = papper.Uppgifter(
            inst.forbund,
            text(form.kontakt),
            form.gallras.data or nu().date(),
            rad.minsta_grupp,
            text(form.ombud),
            bool(form.liten_grupp.data),
            text(form.retur),
        )
        try:
            return _blankett(rad, text(form.sprak), text(form.format), uppgifter)
        except papper.PangoSaknas as fel:
            form.format.errors = [svenska(str(fel))]
    return formular("blankett", form, rad)


def _blankett(rad: Any, sprak: str, format_: str, uppgifter: papper.Uppgifter) -> ResponseReturnValue:
    enkat, namn = enkat_i(rad), f"pappersenkat-{rad.enkat_id}-{sprak.replace('@', '-')}.{format_}"
    if format_ == "html":
        return som_fil(papper.som_html(enkat, sprak, uppgifter).encode(), "text/html; charset=utf-8", namn)
    return som_fil(papper.som_pdf(enkat, sprak, uppgifter), "application/pdf", namn)


def _i_ord(dorr: Dorr) -> str:
    delar = ["kiosk" if dorr.slag == "kiosk" else "öppen länk", dorr.enhet or "", "med kod" if dorr.med_kod else ""]
    return ", ".join(filter(None, delar))
