"""The list of rounds, the page of one, and its plain steps: make, copy, count, extend, close, throw away."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from enkat.utskick.adresslista import Adresslista
from grund.forms import text
from grund.session import get_session
from kansli.inne import jag, nu
from kansli.lista import build_lista
from kansli.logg.store import HANDELSER
from kansli.omgangar import store
from kansli.omgangar.bild import build_bild, glom_adresser
from kansli.omgangar.forms import AntalForm, BekraftaForm, ForlangForm, KopieraForm, NyForm
from kansli.omgangar.oversikt import VALEN, enkatval, hitta_fil, kolumner, nasta_period, rader
from kansli.omgangar.sida import formular, installning, klart, koppla, mapp, nycklar, omgang_i
from kansli.omgangar.tillsist import signalsida
from kansli.sprak import gettext as _

bp = Blueprint("omgangar", __name__, url_prefix="/kansli/omgangar")
koppla(bp)


@bp.get("")
def lista() -> ResponseReturnValue:
    """All rounds."""
    alla = store.alla(get_session())
    glom_adresser(mapp(), alla, nu())
    valt = request.args.get("lage", "")
    valda = [rad for rad in rader(alla, nu()) if not valt or rad.grupp == valt]
    lista = build_lista(valda, kolumner(), request.args, {"lage": valt})
    return render_template("kansli/omgangar/lista.html", lista=lista, finns=bool(alla), valt=valt, valen=VALEN)


@bp.route("/ny", methods=["GET", "POST"])
def ny() -> ResponseReturnValue:
    """Make a draft from a questionnaire."""
    val = enkatval(mapp())
    form = NyForm(val, enkat=request.args.get("enkat"), minsta_grupp=5, period=str(nu().year))
    if form.validate_on_submit():
        fil, data = hitta_fil(mapp(), text(form.enkat))
        nytt = store.Nytt(
            fil,
            data,
            text(form.period),
            form.minsta_grupp.data or 5,
            form.population_antal.data,
            form.utdelade.data,
            form.provomgang.data,
        )
        omgang_id = store.skapa(get_session(), nu(), jag(), nycklar(), nytt)
        return klart(omgang_id, _("Omgången är skapad som ett utkast. Ingen kan svara förrän den öppnas."))
    tidigare = store.alla(get_session())
    return render_template(
        "kansli/omgangar/ny.html", form=form, val=val, tidigare=tidigare
    ), 422 if form.errors else 200


@bp.get("/<omgang_id>")
def visa(omgang_id: str) -> ResponseReturnValue:
    """Where a round is, and what to do next."""
    rad = omgang_i(omgang_id)
    glom_adresser(mapp(), [rad], nu())
    bild = build_bild(get_session(), rad, mapp(), nu(), installning().gallras_manader)
    signaler = signalsida(mapp(), rad.period)
    return render_template("kansli/omgangar/visa.html", bild=bild, signaler=signaler, handelser_ord=HANDELSER)


@bp.route("/<omgang_id>/gor-om", methods=["GET", "POST"])
def kopiera(omgang_id: str) -> ResponseReturnValue:
    """The same round for another year."""
    rad = omgang_i(omgang_id)
    form = KopieraForm(period=nasta_period(rad.period))
    if form.validate_on_submit():
        nytt_id = store.kopiera(
            get_session(), nu(), jag(), nycklar(), omgang_id, text(form.period), form.provomgang.data
        )
        return klart(nytt_id, _("Omgången är skapad som ett utkast, med samma enkät. Skriv ut nya koder till den."))
    return formular("kopiera", form, rad)


@bp.route("/<omgang_id>/antal", methods=["GET", "POST"])
def antal(omgang_id: str) -> ResponseReturnValue:
    """How many there are, and how many were asked."""
    rad = omgang_i(omgang_id, "utkast", "vantar", "oppen", "nad", "stangd")
    form = AntalForm(population_antal=rad.population_antal, utdelade=rad.utdelade)
    if form.validate_on_submit():
        store.ange_antal(get_session(), nu(), jag(), omgang_id, form.population_antal.data, form.utdelade.data)
        return klart(omgang_id, _("Antalen är sparade."))
    return formular("antal", form, rad)


@bp.route("/<omgang_id>/forlang", methods=["GET", "POST"])
def forlang(omgang_id: str) -> ResponseReturnValue:
    """Close later."""
    rad = omgang_i(omgang_id, "vantar", "oppen", "nad", "stangd")
    form = ForlangForm(nu())
    if form.validate_on_submit() and form.stanger is not None:
        store.forlang(get_session(), nu(), jag(), omgang_id, form.stanger)
        return klart(omgang_id, _("Omgången är förlängd."))
    return formular("forlang", form, rad)


@bp.route("/<omgang_id>/stang", methods=["GET", "POST"])
def stang(omgang_id: str) -> ResponseReturnValue:
    """Close now; the addresses go at once."""
    rad = omgang_i(omgang_id, "oppen")
    form = BekraftaForm()
    if form.validate_on_submit():
        store.stang(get_session(), nu(), jag(), omgang_id)
        borta = Adresslista(mapp().rot, omgang_id).radera()
        return klart(
            omgang_id, _("Omgången är stängd.") + (_(" Listan med e-postadresser är raderad.") if borta else "")
        )
    return formular("stang", form, rad)


@bp.route("/<omgang_id>/kasta", methods=["GET", "POST"])
def kasta(omgang_id: str) -> ResponseReturnValue:
    """Throw away a draft or a trial."""
    rad = omgang_i(omgang_id)
    if rad.lage in ("fryst", "gallrad") or not (rad.provomgang or rad.lage == "utkast"):
        abort(404)
    form = BekraftaForm()
    if form.validate_on_submit():
        store.kasta(get_session(), nu(), jag(), nycklar(), omgang_id)
        Adresslista(mapp().rot, omgang_id).radera()
        flash(_("%(namn)s är borta.", namn=omgang_id))
        return redirect(url_for(".lista"), 303)
    return formular("kasta", form, rad)
