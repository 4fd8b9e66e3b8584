"""Logging in and out, invitations, and one's own account."""

from __future__ import annotations

from mimetypes import guess_type
from pathlib import Path
from typing import Final

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from grund.forms import BaseForm, text
from grund.session import get_session
from kansli.inne import egen_sida, inne, jag, nu, ta_kaka
from kansli.konto import inloggning, losen, store_koppling
from kansli.konto import store as store_konto
from kansli.konto.forms import GlomtForm, KodForm, LoggaInForm, LosenForm, TomForm
from kansli.konto.inloggning import Halvvags
from kansli.konto.qr import qr_svg
from kansli.konto.slapp_in import borja_om, slapp_in
from kansli.sprak import gettext as _
from kansli.sprak import valj

_STATISKT: Final = Path(__file__).resolve().parents[2] / "static"

bp = Blueprint("konto", __name__, url_prefix="/kansli")


# What a page of the staff is drawn with, and where it lies.
STIL: Final = {
    "bokslut.css": "bokslut",
    "ikon.svg": "bokslut",
    "kansli.css": "kansli",
    "forhandsvisning.js": "kansli",
}


@bp.get("/stil/<namn>")
def stil(namn: str) -> ResponseReturnValue:
    """A style sheet, the icon, or a script."""
    if namn not in STIL:
        abort(404)
    # Read whole: a browser that goes on before it has them all leaves no file open.
    svar = Response((_STATISKT / STIL[namn] / namn).read_bytes(), mimetype=guess_type(namn)[0])
    svar.cache_control.public, svar.cache_control.max_age = True, 3600
    svar.add_etag()
    return svar.make_conditional(request)


@bp.post("/sprak")
def byt_sprak() -> ResponseReturnValue:
    """Swedish or English."""
    if not TomForm().validate_on_submit():
        abort(400)
    valj(request.form.get("kod", ""))
    return redirect(egen_sida(request.form.get("till", "")) or url_for("hem.hem"), 303)


@bp.route("/logga-in", methods=["GET", "POST"])
def logga_in() -> ResponseReturnValue:
    """First step: address and password."""
    form = LoggaInForm(till=egen_sida(request.args.get("till", "")) or "")
    if form.validate_on_submit():
        svar = inloggning.prova_losen(get_session(), nu(), text(form.epost), text(form.losen))
        if isinstance(svar, Halvvags):
            borja_om()
            session["halvvags"] = svar.som_kaka(egen_sida(form.till.data or ""))
            return redirect(url_for(".andra_faktorn" if svar.har_faktor else ".ny_faktor"), 303)
        form.form_errors.append(svar)
    return _sida("logga_in", form)


@bp.route("/logga-in/kod", methods=["GET", "POST"])
def andra_faktorn() -> ResponseReturnValue:
    """Second step: the code."""
    halvvags = _halvvags()
    if halvvags is None or not halvvags.har_faktor:
        return redirect(url_for(".logga_in"), 303)
    form = KodForm()
    if form.validate_on_submit():
        fel = inloggning.prova_kod(get_session(), nu(), halvvags, text(form.kod))
        if fel is None:
            return slapp_in(halvvags, halvvags.till)
        form.form_errors.append(fel)
    return _sida("andra_faktorn", form)


@bp.route("/ny-faktor", methods=["GET", "POST"])
def ny_faktor() -> ResponseReturnValue:
    """Set up the second factor, which nobody is let in without."""
    halvvags = _halvvags()
    if halvvags is None or halvvags.har_faktor:
        return redirect(url_for(".logga_in"), 303)
    hemlig = session.setdefault("totp", losen.ny_totp())
    form = KodForm()
    if form.validate_on_submit():
        koder = inloggning.satt_faktor(get_session(), nu(), halvvags, hemlig, text(form.kod))
        if koder is not None:
            session["reservkoder"] = koder
            return slapp_in(halvvags, url_for(".reservkoder"))
        form.form_errors.append(
            _("Koden stämmer inte. Kontrollera att telefonens klocka går rätt och skriv den som syns nu.")
        )
    adress = losen.totp_adress(hemlig, halvvags.epost)
    return _sida("ny_faktor", form, qr=qr_svg(adress, _("QR-kod att skanna med appen")), hemlig=hemlig)


@bp.route("/inbjudan/<token>", methods=["GET", "POST"])
def inbjudan(token: str) -> ResponseReturnValue:
    """Choose a password, once."""
    konto = store_konto.inbjuden(get_session(), token, nu())
    if konto is None:
        return _sida("lank_slut", TomForm(), 410)
    form = LosenForm(konto.epost, konto.namn)
    if form.validate_on_submit():
        klart = store_konto.anvand_inbjudan(get_session(), nu(), token, losen.hasha(text(form.losen)))
        if klart is None:
            return _sida("lank_slut", TomForm(), 410)
        flash(_("Lösenordet är satt. Logga in med det."))
        return redirect(url_for(".logga_in"), 303)
    return _sida("inbjudan", form, konto=konto)


@bp.route("/glomt", methods=["GET", "POST"])
def glomt() -> ResponseReturnValue:
    """Ask for a link. The answer is the same whether there is an account or not."""
    form = GlomtForm()
    if form.validate_on_submit():
        epost = current_app.extensions["kansli"].skicka_nytt_losen
        fel = inloggning.begar_nytt_losen(get_session(), nu(), text(form.epost), epost)
        if fel is None:
            return _sida("lank_skickad", TomForm())
        form.form_errors.append(fel)
    return _sida("glomt", form)


@bp.post("/logga-ut")
def logga_ut() -> ResponseReturnValue:
    """End this session."""
    vem = inne()
    if vem is not None and TomForm().validate_on_submit():
        store_konto.avsluta(get_session(), nu(), vem.konto, vem.inloggning.hash_)
    borja_om()
    flash(_("Du är utloggad."))
    svar = make_response(redirect(url_for(".logga_in"), 303))
    ta_kaka(svar)
    return svar


@bp.get("/mitt-konto")
def mitt() -> ResponseReturnValue:
    """Where one is logged in, and what can be changed."""
    vem = inne()
    alla = store_konto.inloggningar(get_session(), jag())
    koppling = store_koppling.koppling(get_session(), jag())
    return _sida("mitt", TomForm(), alla=alla, denna=vem.inloggning.hash_ if vem else "", koppling=koppling)


@bp.post("/mitt-konto/avsluta/<hash_>")
def avsluta(hash_: str) -> ResponseReturnValue:
    """End one of one's own sessions."""
    if not TomForm().validate_on_submit():
        abort(400)
    store_konto.avsluta(get_session(), nu(), jag(), hash_)
    flash(_("Inloggningen är avslutad."))
    return redirect(url_for(".mitt"), 303)


@bp.route("/mitt-konto/reservkoder", methods=["GET", "POST"])
def reservkoder() -> ResponseReturnValue:
    """The codes, shown once when they are made."""
    form = TomForm()
    if form.validate_on_submit():
        session["reservkoder"] = losen.nya_reservkoder()
        store_konto.byt_reservkoder(get_session(), nu(), jag(), session["reservkoder"])
        return redirect(url_for(".reservkoder"), 303)
    return _sida("reservkoder", form, koder=session.pop("reservkoder", None))


def _halvvags() -> Halvvags | None:
    return Halvvags.ur_kaka(session.get("halvvags"), nu())


def _sida(mall: str, form: BaseForm, status: int | None = None, **data: object) -> ResponseReturnValue:
    return render_template(f"kansli/konto/{mall}.html", form=form, **data), status or (422 if form.errors else 200)
