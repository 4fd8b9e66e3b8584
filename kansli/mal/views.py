"""The goals of a year by målområde, and each indicator in a form with what it gives beside it."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grund.forms import text as ren
from grund.session import get_session
from indikatorer.redigera import GarInte, andra_tabell, byt_plats, ta_bort_tabell
from indikatorer.regler import REGLER
from kansli.inne import jag, nu
from kansli.mal import store as store_mal
from kansli.mal.falt import regler
from kansli.mal.forms import BorjaForm, FlyttForm, IndikatorForm, SkalForm
from kansli.mal.indikatorsida import PROVA, forsok, sida, svaret
from kansli.mal.planering import enkaterna
from kansli.mal.redigering import ifyllt_formular, nytt_formular, skickat_formular, skriv
from kansli.mal.sidan import andra_tabell as andra_pa_nytt
from kansli.mal.sidan import knapp, mappen, oppna, prova, spara, visa_nya_fel
from kansli.mal.starta import borja_ar, startval
from kansli.mal.visning import SIGNALFORMER, mening, omraden
from kansli.roller import LEDNING
from kansli.sprak import gettext as _
from kansli.sprak import mark

bp = Blueprint("mal", __name__, url_prefix="/kansli/mal")


@bp.app_context_processor
def _former() -> dict[str, object]:
    """The shapes of the signals, for pages that show any."""
    return {"signalformer": SIGNALFORMER}


@bp.get("", defaults={"ar": None})
@bp.get("/<int:ar>")
def lista(ar: int | None) -> ResponseReturnValue:
    """The goals of a year; without a year of the latest one, and on the first day how to begin."""
    if ar is None:
        aren = mappen().ar()
        if not aren and jag().roll not in LEDNING:  # one who only reads cannot begin a year
            return render_template("kansli/texter/inget_ar.html", rubrik=mark("Mål"))
        return redirect(url_for(".lista", ar=aren[0]), 303) if aren else redirect(url_for(".borja"), 303)
    o = oppna(ar)
    return render_template(
        "kansli/mal/lista.html",
        o=o,
        omraden=omraden(o.aret.forberett, o.aret.utvardering),
        fel=o.aret.forberett.fel(),
        aren=mappen().ar(),
        beslutade=store_mal.beslutade(get_session()),
        form=FlyttForm(formdata=None, version=str(o.lage.version.nr)),
    )


@bp.route("/borja", methods=["GET", "POST"])
def borja() -> ResponseReturnValue:
    """A year that has no goals yet: from last year, from the worked example, or empty."""
    val = startval(mappen())
    form = BorjaForm(ar=max(mappen().ar(), default=nu().year - 1) + 1, fran=val[0][0])
    form.fran.choices = list(val)
    if form.validate_on_submit() and borja_ar(form):
        flash(_("Målen för %(ar)s finns nu, och ingen har beslutat dem än.", ar=form.ar.data))
        return redirect(url_for(".lista", ar=form.ar.data), 303)
    svar = render_template("kansli/mal/borja.html", form=form, aren=mappen().ar(), enkater=enkaterna(mappen()))
    return svar, 422 if form.errors else 200


@bp.route("/<int:ar>/indikator", methods=["GET", "POST"])
def ny(ar: int) -> ResponseReturnValue:
    """A new indicator: first its rule, then its form."""
    o, regel = oppna(ar), request.values.get("regel", "")
    if regel not in REGLER:
        return render_template("kansli/mal/valj_regel.html", o=o, regelord=regler(), mal=request.args.get("mal", ""))
    if request.method == "GET":
        form = nytt_formular(regel, o.lage.version.nr, mal=request.args.get("mal", ""), skal=_("Ny indikator"))
        return sida(o, form, "", None)
    return _skickat(o, skickat_formular(request.form), None)


@bp.route("/<int:ar>/indikator/<id>", methods=["GET", "POST"])
def andra(ar: int, id: str) -> ResponseReturnValue:
    """An indicator in a form, with what it gives beside it."""
    o = oppna(ar)
    if request.method == "POST":
        return _skickat(o, skickat_formular(request.form), id)
    text = o.lage.text
    try:
        form = ifyllt_formular(text, id, o.lage.version.nr)
        buret = {namn: request.args[namn] for namn in ("gron", "gul") if request.args.get(namn) and namn in form}
        if buret:  # what was tried beside the signals; it is filled in here, and saved by nobody but the reader
            for namn, varde in buret.items():
                form[namn].data = varde
            text = skriv(form, text, id, ny=False) or text
            flash(_("Målet är ifyllt som du prövade det. Inget är sparat än."))
    except KeyError:
        abort(404)
    except GarInte:
        return redirect(url_for("malversioner.text", ar=ar), 303)
    return sida(o, form, id, prova(o, form, text))


def _skickat(o: object, form: IndikatorForm, id_: str | None) -> ResponseReturnValue:
    """What was sent: shown again with what it gives, or saved; to the page's own script only what it gives."""
    utfall = forsok(o, form, id_, knapp())  # type: ignore[arg-type]
    if utfall.sparad is not None:
        flash(_("Sparat som version %(nr)s.", nr=utfall.sparad.nr))
        return redirect(url_for(".lista", ar=utfall.sparad.ar, _anchor=utfall.id), 303)
    if knapp() == PROVA:
        return svaret(o, form, id_ or "", utfall)  # type: ignore[arg-type]
    return sida(o, form, id_ or "", utfall.f, utfall.sammanfogning)  # type: ignore[arg-type]


@bp.post("/<int:ar>/indikator/<id>/flytta")
def flytta(ar: int, id: str) -> ResponseReturnValue:
    """An indicator in the place of the one before or after it within its goal."""
    o, form = oppna(ar), FlyttForm()
    steg = 1 if request.form.get("at") == "ner" else -1
    rader = next(
        (
            m[2]
            for omrade in omraden(o.aret.forberett, o.aret.utvardering)
            for m in omrade[2]
            if id in {r.id for r in m[2]}
        ),
        [],
    )
    plats = next((nr for nr, r in enumerate(rader) if r.id == id), -1)
    if form.validate_on_submit() and plats >= 0 and 0 <= plats + steg < len(rader):
        text = byt_plats(o.lage.text, ("indikator", id), ("indikator", rader[plats + steg].id))
        skal = f"Flyttade ”{rader[plats].titel}” ett steg"
        if spara(o, form, text, skal) is None:
            flash(form.form_errors[-1])
    return redirect(url_for(".lista", ar=ar, _anchor=id), 303)


@bp.route("/<int:ar>/indikator/<id>/avsluta", methods=["GET", "POST"])
def avsluta(ar: int, id: str) -> ResponseReturnValue:
    """Retire an indicator from a year on, or take it away for good."""
    o = oppna(ar)
    if id not in o.aret.forberett.definitioner.dok.data.get("indikator", {}):
        abort(404)
    form = SkalForm(version=str(o.lage.version.nr), till=ar)
    vag = ("indikator", id)
    if form.validate_on_submit():
        bort = knapp() == "ta_bort"
        text = andra_pa_nytt(
            o, form, vag, lambda t: ta_bort_tabell(t, vag) if bort else andra_tabell(t, vag, {"till": form.till.data})
        )
        if text is not None:
            visa_nya_fel(o, form, prova(o, form, text), vag)
            if not form.errors and spara(o, form, text, ren(form.skal)) is not None:
                flash(
                    _("Indikatorn är borttagen.")
                    if bort
                    else _("Indikatorn gäller till och med %(till)s.", till=form.till.data)
                )
                return redirect(url_for(".lista", ar=ar), 303)
    i = o.aret.forberett.definitioner.indikatorer.get(id)
    svar = render_template("kansli/mal/avsluta.html", o=o, form=form, id=id, i=i, mening=mening(o.aret.forberett, id))
    return svar, 422 if form.errors else 200
