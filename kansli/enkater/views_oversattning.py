"""The translations: what is whole and what lacks, edited side by side with the Swedish, and who has reviewed them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from enkat.omgang import SVENSK_TID
from enkat.sprak import KALLSPRAK, Sprak, sprak, textsumma
from grund.forms import text
from grund.session import get_session
from kansli.enkater import filer, oversattning, store
from kansli.enkater.forms import AndringForm, GranskaForm, UndantagForm, texter_form
from kansli.enkater.oversattning import Rad, Sprakvy, sprakvyer
from kansli.enkater.provning import Provad, prova_alla
from kansli.enkater.views import mappen
from kansli.inne import jag, nu
from kansli.sprak import gettext as _

bp = Blueprint("oversattningar", __name__, url_prefix="/kansli/oversattningar")
# The pages' own texts, beside the questionnaires.
SIDORNA = "programmets-sidor"


@bp.get("")
def lista() -> ResponseReturnValue:
    """Every language: whole or not, questionnaire by questionnaire, and reviewed or not."""
    alla = list(_enkaterna().values())
    per_enkat = {p.id: {v.sprak.kod: v for v in sprakvyer([p.enkat])} for p in alla if p.enkat is not None}
    vyer = sprakvyer([p.enkat for p in alla if p.enkat is not None])
    return render_template("kansli/enkater/oversattningar.html", vyer=vyer, alla=alla, per_enkat=per_enkat)


@bp.route("/<sprakkod>", methods=["GET", "POST"])
def granska(sprakkod: str) -> ResponseReturnValue:
    """One language: what to read, and a form to say that it has been read, as it is now."""
    vald = _sprak(sprakkod)
    vy = _vy(sprakkod)
    form = GranskaForm(data={"granskad_av": jag().namn, "datum": _i_dag(), "version": textsumma(sprakkod)})
    if form.validate_on_submit() and _sprakets(form, sprakkod):
        dag = form.datum.data or _i_dag()
        store.granska(get_session(), nu(), jag(), mappen(), vy, text(form.granskad_av), dag)
        flash(_("%(sprak)s är granskat av %(namn)s.", sprak=vald.namn, namn=text(form.granskad_av)))
        return redirect(url_for(".lista"), 303)
    return _visa_sprak(vald, form, UndantagForm(formdata=None, undantag=vy.undantag))


@bp.post("/<sprakkod>/utan-granskning")
def undanta(sprakkod: str) -> ResponseReturnValue:
    """The written exception: the language is used without a review, which the method page tells."""
    vald, vy, form = _sprak(sprakkod), _vy(sprakkod), UndantagForm()
    if not form.validate_on_submit():
        return _visa_sprak(vald, GranskaForm(formdata=None, version=textsumma(sprakkod)), form)
    store.undanta(get_session(), nu(), jag(), mappen(), vy, text(form.undantag))
    flash(_("Undantaget är sparat.") if text(form.undantag) else _("Undantaget är borttaget."))
    return redirect(url_for(".granska", sprakkod=sprakkod), 303)


@bp.route("/<sprakkod>/<enkat_id>", methods=["GET", "POST"])
def andra(sprakkod: str, enkat_id: str) -> ResponseReturnValue:
    """Source to the left, translation to the right; only what was changed is written."""
    vald, provad = _sprak(sprakkod), _enkaterna().get(enkat_id)
    if enkat_id != SIDORNA and (provad is None or provad.enkat is None):
        abort(404)
    rader = _rader(provad, sprakkod)
    form = texter_form(list(rader))(data={n: r.finns for n, r in rader.items()})
    form.version.data = form.version.data or _stampel(rader)
    if form.validate_on_submit() and _ar_hela(form, rader):
        skrivet = {n: (form[n].data or "").strip().replace("\r\n", "\n") for n in rader}
        nya = [(r, skrivet[n]) for n, r in rader.items() if skrivet[n] != r.finns]
        store.oversatt(get_session(), nu(), jag(), mappen(), sprakkod, enkat_id, nya)
        flash(_("%(antal)s texter är sparade.", antal=len(nya)))
        return redirect(url_for(".granska", sprakkod=sprakkod), 303)
    sida = render_template(
        "kansli/enkater/oversatt.html", form=form, rader=rader, vald=vald, provad=provad, enkat_id=enkat_id
    )
    return sida, 422 if form.errors else 200


def _rader(provad: Provad | None, kod: str) -> dict[str, Rad]:
    """The texts by the name of their field, which is the same for the same text whatever else is added or removed."""
    if provad is None or provad.enkat is None:
        alla = oversattning.rader_i_granssnittet(kod)
    else:
        alla = oversattning.rader_i(provad.enkat, kod)
    return {f"t-{filer.summa(rad.text)}": rad for rad in alla}


def _stampel(rader: dict[str, Rad]) -> str:
    """The translations as the form showed them, each as a short sum, so that two who change different ones both may."""
    return " ".join(f"{namn}:{filer.summa(rad.finns)[:8]}" for namn, rad in rader.items())


def _ar_hela(form: AndringForm, rader: dict[str, Rad]) -> bool:
    """Whether all that was changed may be written: rightly made, and not changed by anyone else meanwhile."""
    visade = dict(par.split(":", 1) for par in (form.version.data or "").split() if ":" in par)
    for namn, rad in rader.items():
        falt = form[namn]
        skrivet = (falt.data or "").strip().replace("\r\n", "\n")
        sedd = visade.get(namn, filer.summa(rad.finns)[:8])
        if sedd == filer.summa(skrivet)[:8]:
            falt.data = rad.finns  # untouched here: what another has written meanwhile stays
        elif sedd != filer.summa(rad.finns)[:8] and skrivet != rad.finns:
            falt.errors = [_("”%(text)s”: någon annan har skrivit: %(annan)s", text=rad.text, annan=rad.finns)]
        elif skrivet and (brist := oversattning.brister(rad.text, skrivet)):
            falt.errors = [f"”{rad.text}”: {brist}"]
    form.version.data = _stampel(rader)
    return not form.errors


def _sprakets(form: GranskaForm, kod: str) -> bool:
    """Whether the language is still as it was when the page was read, and whole."""
    if form.version.data != textsumma(kod):
        form.version.data = textsumma(kod)
        form.form_errors.append(_("Någon har ändrat en text sedan du öppnade sidan. Läs igenom den en gång till."))
    if saknas := _vy(kod).saknas:
        form.form_errors.append(_("%(antal)s texter är inte översatta. Översätt dem först.", antal=saknas))
    return not form.errors


def _visa_sprak(vald: Sprak, form: GranskaForm, undantag: UndantagForm) -> ResponseReturnValue:
    alla = [p for p in _enkaterna().values() if p.enkat is not None]
    delar = {p.id: {v.sprak.kod: v for v in sprakvyer([p.enkat] if p.enkat else [])}[vald.kod] for p in alla}
    sida = render_template(
        "kansli/enkater/sprak.html", vald=vald, vy=_vy(vald.kod), form=form, undantag=undantag, alla=alla, delar=delar
    )
    return sida, 422 if form.errors or undantag.errors else 200


def _enkaterna() -> Mapping[str, Provad]:
    return prova_alla(mappen(), filer.las_alla(mappen()))


def _vy(kod: str) -> Sprakvy:
    alla = [p.enkat for p in _enkaterna().values() if p.enkat is not None]
    return next(v for v in sprakvyer(alla) if v.sprak.kod == kod)


def _sprak(kod: str) -> Sprak:
    vald = sprak(kod)
    return vald if vald is not None and vald != KALLSPRAK else abort(404)


def _i_dag() -> date:
    return nu().astimezone(SVENSK_TID).date()
