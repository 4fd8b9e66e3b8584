"""A question of a questionnaire: changed, added, moved, taken away."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from enkat.fragekontroll import RESERVERADE, ar_id
from grund.session import get_session
from kansli.enkater import redigera, store
from kansli.enkater.bord import Oppnad, Utfall, andra, last_text
from kansli.enkater.forms import AndringForm, FrageForm, fyll_fraga, rent, som_id
from kansli.enkater.redigera import Andring
from kansli.enkater.views import mappen, oppna_har
from kansli.enkater.vy import mojliga_villkor
from kansli.inne import jag, nu
from kansli.sprak import gettext as _
from kansli.sprak import svenska

bp = Blueprint("enkatfraga", __name__, url_prefix="/kansli/enkater")


@bp.route("/<enkat_id>/fraga/<fraga_id>", methods=["GET", "POST"])
def andra_fraga(enkat_id: str, fraga_id: str) -> ResponseReturnValue:
    o = oppna_har(enkat_id)
    falt = o.tabell("fraga", fraga_id)
    if falt is None:
        abort(404)
    form = _form(o, {**fyll_fraga(falt), "id": fraga_id, "version": o.stampel("fraga", fraga_id)})
    if form.validate_on_submit() and _id_ok(o, form, fraga_id):
        annan = "" if form.version.data == o.stampel("fraga", fraga_id) else _kedjan(form, o.stampel("fraga", fraga_id))
        utfall = Utfall(besked=annan) if annan else _genomfor(o, form, _andring(o, form, fraga_id))
        if _sparat(form, utfall, rent(form.id.data) or fraga_id):
            flash(_("Frågan är sparad."))
            return redirect(url_for("enkater.visa", enkat_id=enkat_id, _anchor=f"fraga-{rent(form.id.data)}"), 303)
    return _visa(o, form, fraga_id)


@bp.route("/<enkat_id>/ny-fraga", methods=["GET", "POST"])
def ny_fraga(enkat_id: str) -> ResponseReturnValue:
    o = oppna_har(enkat_id)
    form = _form(o, {"typ": "skala"})
    if form.validate_on_submit() and _id_ok(o, form, None):
        id_ = rent(form.id.data) or som_id(form.text.data or "")
        if _sparat(form, _genomfor(o, form, _tillagg(o, form, id_)), id_):
            flash(_("Frågan är tillagd."))
            return redirect(url_for("enkater.visa", enkat_id=enkat_id, _anchor=f"fraga-{id_}"), 303)
    return _visa(o, form, None)


@bp.post("/<enkat_id>/fraga/<fraga_id>/flytta")
def flytta(enkat_id: str, fraga_id: str) -> ResponseReturnValue:
    o, form = oppna_har(enkat_id), AndringForm()
    if o.tabell("fraga", fraga_id) is None:
        abort(404)
    if not form.validate_on_submit():
        abort(400)
    steg = -1 if request.form.get("till") == "upp" else 1
    utfall = _genomfor(o, form, lambda text: redigera.flytta(text, fraga_id, steg))
    if not utfall.sparat:
        flash(utfall.besked or svenska(" ".join(d.mening() for d in utfall.fel)))
    return redirect(url_for("enkater.visa", enkat_id=enkat_id, _anchor=f"fraga-{fraga_id}"), 303)


@bp.route("/<enkat_id>/fraga/<fraga_id>/ta-bort", methods=["GET", "POST"])
def ta_bort(enkat_id: str, fraga_id: str) -> ResponseReturnValue:
    """Take a question away, after having seen what counts on it."""
    o, form = oppna_har(enkat_id), AndringForm()
    falt = o.tabell("fraga", fraga_id)
    if falt is None:
        abort(404)
    if form.validate_on_submit():
        utfall = _genomfor(o, form, lambda text: redigera.ta_bort(text, "fraga", fraga_id))
        if _sparat(form, utfall, fraga_id):
            flash(_("Frågan är borttagen. Den finns kvar i enkätens tidigare versioner."))
            return redirect(url_for("enkater.visa", enkat_id=enkat_id), 303)
    sida = render_template(
        "kansli/enkater/ta_bort.html", form=form, o=o, falt=falt, matar=o.provad.matar.get(fraga_id, ())
    )
    return sida, 422 if form.errors else 200


def _form(o: Oppnad, data: dict[str, Any]) -> FrageForm:
    form = FrageForm(data=data)
    form.valj_bland(o.skalor())
    return form


def _visa(o: Oppnad, form: FrageForm, fraga_id: str | None) -> ResponseReturnValue:
    sida = render_template(
        "kansli/enkater/fraga.html",
        form=form,
        o=o,
        fraga_id=fraga_id,
        fast=fraga_id is not None and _anvands(o, fraga_id),
        grupper=mojliga_villkor(o, fraga_id),
        skalor={id_: (o.alla[enkater[0]].lasning.dok.data["skala"][id_]) for id_, enkater in o.skalor().items()},
        last=last_text(o.last_av) if o.last_av else "",
    )
    return sida, 422 if form.errors else 200


def _kedjan(form: FrageForm, stampel: str) -> str:
    """What one is told whose question somebody else has changed meanwhile; saving once more is then her own choice."""
    form.version.data = stampel
    return _(
        "Någon annan har ändrat frågan sedan du öppnade den. Inget är sparat, och det du skrev finns kvar här."
        " Jämför med hur frågan är nu, i en annan flik. Sparar du igen gäller det som står här."
    )


def _anvands(o: Oppnad, fraga_id: str) -> bool:
    """Whether a question's id has come into use: an indicator reads it, or a round has been made."""
    return fraga_id == "kon" or fraga_id in o.provad.matar or bool(store.omgangar(get_session(), o.id))


def _id_ok(o: Oppnad, form: FrageForm, fraga_id: str | None) -> bool:
    id_ = rent(form.id.data) or (fraga_id or som_id(form.text.data or ""))
    form.id.data = id_
    if not ar_id(id_) or id_ in RESERVERADE:
        form.id.errors = [
            _("Kort namn: bara små bokstäver a–z, siffror och understreck, en bokstav först, och inte %(tagna)s.",
              tagna=", ".join(RESERVERADE))
        ]  # fmt: skip
    elif id_ != fraga_id and o.tabell("fraga", id_) is not None:
        form.id.errors = [_("Kort namn: det finns redan en fråga som heter %(id)s.", id=id_)]
    elif fraga_id is not None and id_ != fraga_id and _anvands(o, fraga_id):
        form.id.errors = [_("Kort namn: %(id)s används redan i mål eller omgångar och ligger fast.", id=fraga_id)]
    return not form.id.errors


def _andring(o: Oppnad, form: FrageForm, fraga_id: str) -> Andring:
    falt, nytt = form.falt(), rent(form.id.data)

    def gor(text: str) -> str:
        text = _med_skala(o, text, str(falt["skala"] or ""))
        text = redigera.satt(text, ("fraga", fraga_id), falt)
        return text if nytt == fraga_id else redigera.byt_id(text, fraga_id, nytt)

    return gor


def _tillagg(o: Oppnad, form: FrageForm, id_: str) -> Andring:
    """A new question last, but before the one about kön where that is the last."""
    falt, ordning = form.falt(), o.fore(None)
    efter = ordning[-2] if len(ordning) > 1 and ordning[-1] == "kon" else ordning[-1] if ordning else None
    efter = None if ordning == ["kon"] else efter

    def gor(text: str) -> str:
        return redigera.lagg_till(_med_skala(o, text, str(falt["skala"] or "")), "fraga", id_, falt, efter)

    return gor


def _med_skala(o: Oppnad, text: str, skala: str) -> str:
    """With a scale of another questionnaire copied in, when the question is given one that this file lacks."""
    har = o.skalor().get(skala, [o.id])[0]
    if har == o.id:
        return text
    falt = o.alla[har].lasning.dok.data["skala"][skala]
    egna = list(o.tabell("skala") or {})
    return redigera.lagg_till(text, "skala", skala, falt, egna[-1] if egna else None)


def _genomfor(o: Oppnad, form: AndringForm, andring: Andring) -> Utfall:
    return andra(get_session(), nu(), jag(), mappen(), {o.id: andring}, form.skal)


def _sparat(form: AndringForm, utfall: Utfall, fraga_id: str) -> bool:
    """Whether it is stored; else the form says why not."""
    form.visa(utfall.fel, "fraga", fraga_id)
    if utfall.besked:
        form.form_errors.append(utfall.besked)
    return utfall.sparat
