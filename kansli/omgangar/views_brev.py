"""Letters about a round to staff and boards: addresses, preview, a test letter, and the sending."""

from __future__ import annotations

import smtplib
from typing import Any, Final

from flask import Blueprint, Response, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from enkat.biljett import Dorr
from enkat.omgang import SVENSK_TID, OmgangFel, enkat_i
from enkat.utskick import paminnelse
from enkat.utskick.adresslista import Adresslista, las_mottagare
from enkat.utskick.brev import Brevinnehall
from enkat.utskick.paminnelse import UtskickFel, ar_deltagarenkat
from enkat.utskick.smtp import Epost
from grund.forms import text
from grund.session import get_session
from kansli.inne import jag, nu
from kansli.jobb import kor
from kansli.jobb import store as store_jobb
from kansli.konto.forms import TomForm
from kansli.omgangar import brevjobb, provbrev, store
from kansli.omgangar.dorr import skriv_adress
from kansli.omgangar.forms_koder import AdressForm, BrevForm
from kansli.omgangar.sida import for_stort, formular, installning, klart, koppla, mapp, nycklar, omgang_i, tillat_stort
from kansli.omgangar.utskick import innehall, las_inklistrade, radord
from kansli.sprak import gettext as _
from kansli.sprak import mark, svenska

bp = Blueprint("brev", __name__, url_prefix="/kansli/omgangar/<omgang_id>")
koppla(bp)
tillat_stort(bp, "brev.adresser")
FLEST_FEL: Final = 50


@bp.route("/brev", methods=["GET", "POST"])
def skriv(omgang_id: str) -> ResponseReturnValue:
    """A letter: looked at, sent to oneself, or sent to everyone on the list."""
    rad, lista = _brevomgang(omgang_id), _lista(omgang_id)
    form = BrevForm(kontakt=installning().kontakt, svara_pa=installning().adress, slag=_slag(lista))
    brev, gor = None, request.form.get("gor", "visa")
    if form.validate_on_submit():
        brevet = _innehall(rad, form)
        if gor == "visa":
            brev = provbrev.visa(brevet, lista, form.slag.data)
        elif _epost() is None:
            form.form_errors.append(_("Det finns ingen e-postserver att skicka med. Fråga den som sköter servern."))
        else:
            svar = _prova(omgang_id, form, brevet, lista) if gor == "prov" else _skicka(rad, form, brevet, lista)
            if svar is not None:
                return svar
    return formular(
        "brev", form, omgang_i(omgang_id), brev=brev, antal=_antal(lista), har_epost=_epost() is not None, tom=TomForm()
    )


@bp.route("/adresser", methods=["GET", "POST"])
def adresser(omgang_id: str) -> ResponseReturnValue:
    """Add addresses: a file or a list that is pasted. With a fault in any, none is added."""
    rad, lista, form = _brevomgang(omgang_id), _lista(omgang_id), AdressForm()
    if form.validate_on_submit():
        fil, klistrat = request.files.get("fil"), str(form.klistrat.data or "")
        if fil is not None and fil.filename:
            mottagare, fel = las_mottagare(fil.filename, fil.read())
            form.klistrat.errors = radord(fel, _("Rad"))[:FLEST_FEL]
        else:
            mottagare, fel = las_inklistrade(klistrat)
            form.klistrat.errors = radord(fel, _("Adress"))[:FLEST_FEL]
        if not fel and not mottagare:
            form.klistrat.errors = [_("Klistra in minst en adress, eller välj en fil.")]
        if not form.klistrat.errors:
            nya = lista.lagg_till(mottagare)
            store.anteckna(get_session(), nu(), jag(), "omgang-adresser", omgang_id, f"{nya} nya")
            flash(_("%(antal)s nya adresser. De raderas när omgången stänger.", antal=nya))
            return redirect(url_for(".skriv", omgang_id=omgang_id), 303)
    return formular("adresser", form, rad, antal=_antal(lista))


@bp.post("/adresser/radera")
def radera(omgang_id: str) -> ResponseReturnValue:
    """Delete the list."""
    _brevomgang(omgang_id)
    if TomForm().validate_on_submit() and _lista(omgang_id).radera():
        store.anteckna(get_session(), nu(), jag(), "omgang-adresser-raderade", omgang_id)
    return klart(omgang_id, _("Listan med e-postadresser är raderad."))


@bp.errorhandler(413)
def for_stor(_fel: object) -> ResponseReturnValue:
    return for_stort()


def _brevomgang(omgang_id: str) -> Any:
    rad = omgang_i(omgang_id, "vantar", "oppen")
    if ar_deltagarenkat(enkat_i(rad)):
        rule, got = mark("brev skickas bara till personal och styrelser"), mark("det här är deltagarnas enkät")
        raise OmgangFel(omgang_id, rule, got, mark("Påminn på plats, muntligt eller med en affisch."))
    return rad


def _lista(omgang_id: str) -> Adresslista:
    return Adresslista(mapp().rot, omgang_id)


def _antal(lista: Adresslista) -> int:
    return lista.antal() if lista.finns() else 0


def _slag(lista: Adresslista) -> str:
    return "paminnelse" if lista.finns() and lista.senaste("inbjudan") is not None else "inbjudan"


def _epost() -> Epost | None:
    epost: Epost | None = current_app.extensions["kansli"].epost
    return epost


def _innehall(rad: Any, form: BrevForm) -> Brevinnehall:
    lank = skriv_adress(nycklar(), rad.id, text(form.svara_pa), Dorr("lank"))
    return innehall(rad, lank, installning().forbund, text(form.kontakt))


def _prova(omgang_id: str, form: BrevForm, brevet: Brevinnehall, lista: Adresslista) -> Response | None:
    epost = _epost()
    assert epost is not None
    try:
        provbrev.skicka(brevet, lista, form.slag.data, epost, jag().epost, nu())
    except (smtplib.SMTPException, OSError) as fel:
        form.form_errors.append(_("Provbrevet gick inte att skicka: %(fel)s", fel=str(fel)))
        return None
    flash(_("Ett provbrev är på väg till %(epost)s.", epost=jag().epost))
    return redirect(url_for(".skriv", omgang_id=omgang_id), 303)  # type: ignore[return-value]


def _skicka(rad: Any, form: BrevForm, brevet: Brevinnehall, lista: Adresslista) -> Response | None:
    if rad.oppnar > nu():
        form.form_errors.append(_("Omgången har inte öppnat än. Skicka när den är öppen, så att länken fungerar."))
        return None
    omgang_id, epost = rad.id, _epost()
    assert epost is not None
    try:
        utskick = paminnelse.planera(lista, enkat_i(rad), form.slag.data, nu().astimezone(SVENSK_TID).date())
    except UtskickFel as fel:
        form.form_errors.append(svenska(str(fel)))
        return None
    jobb = store_jobb.borja(get_session(), nu(), brevjobb.SLAG, jag().id, jag().namn)
    if jobb is None:
        form.form_errors.append(_("Ett utskick pågår redan. Vänta tills det är klart, under Arbeten."))
        return None
    till = url_for("omgangar.visa", omgang_id=omgang_id)
    arbete = brevjobb.Brevjobb(omgang_id, lista, utskick, brevet, epost, jag().id, till, bool(form.osakra_igen.data))
    jobb_id = jobb.id
    kor.starta(current_app.extensions["databas"], jobb, arbete)
    return redirect(url_for("jobb.visa", jobb_id=jobb_id), 303)  # type: ignore[return-value]
