"""SCB's figures of a year: fetch or upload them, look at them, hand them over."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from enkat.frysning.underlagsfil import UnderlagsfilFel
from enkat.omgang import SVENSK_TID
from grund.forms import BaseForm
from grund.session import get_session
from insatser.helarsekvivalenter import las_manader
from insatser.pxweb import HOGST_BYTE, PxwebFel, las_kub
from kansli.arbetsmapp import Arbetsmapp
from kansli.helarspersoner import arkiv, hamtjobb, store
from kansli.helarspersoner.bild import build_bild
from kansli.helarspersoner.forms import FilForm, ValForm
from kansli.helarspersoner.installning import las_installning
from kansli.helarspersoner.lamna import lamnat
from kansli.inne import jag, nu
from kansli.jobb import kor
from kansli.jobb import store as store_jobb
from kansli.konto.forms import TomForm
from kansli.sprak import gettext as _
from kansli.sprak import svenska
from kansli.texter.oppna import mappen

bp = Blueprint("helarspersoner", __name__, url_prefix="/kansli/helarspersoner")
_RAM = 100_000


@bp.url_value_preprocessor
def slapp_in_filen(_andpunkt: str | None, _varden: dict[str, Any] | None) -> None:
    """Let the page of the upload, and no other, take a whole file; asked before anything reads what was sent."""
    if request.endpoint == "helarspersoner.ladda_upp":
        request.max_content_length = HOGST_BYTE + _RAM


@bp.get("")
def start() -> ResponseReturnValue:
    """The latest year with goals that is over; last year where there is none."""
    fore = nu().year - 1
    return redirect(url_for(".visa", ar=next((ar for ar in mappen().ar() if ar <= fore), fore)), 303)


@bp.get("/<int:ar>")
def visa(ar: int) -> ResponseReturnValue:
    """The figures as they were fetched, and how to fetch them."""
    return _sida(ar, ValForm.med(arkiv.senaste_val(_mapp(ar), ar), formdata=None))


@bp.post("/<int:ar>/hamta")
def hamta(ar: int) -> ResponseReturnValue:
    """Ask the statistics office, as long work."""
    form = ValForm()
    if not form.validate_on_submit():
        return _sida(ar, form)
    jobb = store_jobb.borja(get_session(), nu(), hamtjobb.SLAG, jag().id, jag().namn)
    if jobb is None:
        flash(_("En hämtning pågår redan. Vänta tills den är klar."))
        return redirect(url_for(".visa", ar=ar), 303)
    till, installning = url_for(".visa", ar=ar), las_installning(_mapp(ar).rot)
    arbete = hamtjobb.arbete(_mapp(ar), ar, form.valda(), installning, jag().id, till)
    kor.starta(current_app.extensions["databas"], jobb, arbete)
    return redirect(url_for("jobb.visa", jobb_id=jobb.id), 303)


@bp.route("/<int:ar>/fil", methods=["GET", "POST"])
def ladda_upp(ar: int) -> ResponseReturnValue:
    """A file instead."""
    form = FilForm.med(arkiv.senaste_val(_mapp(ar), ar))
    if form.validate_on_submit() and _ta_emot(ar, form):
        flash(_("Filen är läst. Se efter vad som saknas innan du lämnar uppgifterna till bokslutet."))
        return redirect(url_for(".visa", ar=ar), 303)
    return render_template("kansli/helarspersoner/fil.html", ar=ar, form=form), 422 if form.errors else 200


@bp.post("/<int:ar>/lamna")
def lamna(ar: int) -> ResponseReturnValue:
    """Hand the figures over to the year's bokslut."""
    mapp = _mapp(ar)
    bild = build_bild(mapp, ar, las_installning(mapp.rot).aldersgrupp)
    if not TomForm().validate_on_submit() or bild is None:
        abort(400)
    try:
        antal = store.lamna(get_session(), nu(), jag(), mapp, ar, bild, nu().astimezone(SVENSK_TID).date())
    except UnderlagsfilFel as fel:
        flash(svenska(str(fel)))
    else:
        flash(_("%(antal)s uppgifter är lämnade till bokslutet %(ar)s.", antal=antal, ar=ar))
    return redirect(url_for(".visa", ar=ar), 303)


def _mapp(ar: int) -> Arbetsmapp:
    if not 2000 <= ar <= 2200:
        abort(404)
    return mappen()


def _ta_emot(ar: int, form: FilForm) -> bool:
    """Keep an uploaded table, or say beside the field why it cannot be read."""
    innehall = form.fil.data.stream.read(HOGST_BYTE + 1)
    try:
        las_manader(las_kub(innehall), las_installning(_mapp(ar).rot).aldersgrupp)
    except PxwebFel as fel:
        form.fil.errors = [svenska(str(fel))]
        return False
    svar = innehall, str(form.fil.data.filename or "")[:200], "helarspersoner-uppladdade"
    store.ta_emot(get_session(), nu(), jag(), _mapp(ar), ar, svar, form.valda())
    return True


def _sida(ar: int, form: BaseForm) -> ResponseReturnValue:
    mapp, fel = _mapp(ar), ""
    try:
        bild = build_bild(mapp, ar, las_installning(mapp.rot).aldersgrupp)
    except PxwebFel as orsak:
        bild, fel = None, str(orsak)
    sidan = {"ar": ar, "aren": mapp.ar(), "bild": bild, "lasfel": fel, "lamnat": lamnat(mapp, ar), "form": form}
    return render_template("kansli/helarspersoner/visa.html", **sidan), 422 if form.errors else 200
