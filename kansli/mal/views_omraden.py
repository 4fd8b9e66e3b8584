"""Målområden and social goals: what the indicators are for."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from grund.forms import text as ren
from indikatorer.redigera import andra_tabell, lagg_till_tabell, ta_bort_tabell
from indikatorer.toml.fel import Vag
from kansli.mal.forms import SVENSKA, MalForm, OmradeForm
from kansli.mal.redigering import nytt_id
from kansli.mal.sidan import Oppet, knapp, oppna, prova, spara, visa_nya_fel
from kansli.mal.sidan import andra_tabell as andra_pa_nytt
from kansli.sprak import gettext as _

bp = Blueprint("malomraden", __name__, url_prefix="/kansli/mal")


@bp.route("/<int:ar>/omrade", methods=["GET", "POST"], defaults={"id": ""})
@bp.route("/<int:ar>/omrade/<id>", methods=["GET", "POST"])
def omrade(ar: int, id: str) -> ResponseReturnValue:
    """A målområde, new or changed."""
    o = oppna(ar)
    finns = o.aret.forberett.definitioner.malomraden
    if id and id not in finns:
        abort(404)
    varden = (
        {"nummer": finns[id].nummer, "titel": finns[id].titel}
        if id
        else {"nummer": _nasta(o), "skal": _("Nytt målområde")}
    )
    form = OmradeForm(version=str(o.lage.version.nr), **varden)
    tomt = bool(id) and not any(m.malomrade == id for m in o.aret.forberett.definitioner.mal.values())
    if form.validate_on_submit() and _spara(
        o, form, "malomrade", id, {"nummer": form.nummer.data or 0, "titel": ren(form.titel)}
    ):
        return redirect(url_for("mal.lista", ar=ar), 303)
    svar = render_template("kansli/mal/omrade.html", o=o, form=form, id=id, tomt=tomt)
    return svar, 422 if form.errors else 200


@bp.route("/<int:ar>/socialt-mal", methods=["GET", "POST"], defaults={"id": ""})
@bp.route("/<int:ar>/socialt-mal/<id>", methods=["GET", "POST"])
def mal(ar: int, id: str) -> ResponseReturnValue:
    """A social goal, new or changed."""
    o = oppna(ar)
    d = o.aret.forberett.definitioner
    if id and id not in d.mal:
        abort(404)
    varden = {"malomrade": d.mal[id].malomrade, "text": d.mal[id].text} if id else {"skal": _("Nytt mål")}
    form = MalForm(version=str(o.lage.version.nr), **varden)
    alla = sorted(d.malomraden.items(), key=lambda par: par[1].nummer)
    form.malomrade.choices = [SelectChoice(id_, f"{omr.nummer} {omr.titel}", SVENSKA) for id_, omr in alla]
    tomt = bool(id) and not any(i.mal == id for i in d.indikatorer.values())
    nytt = {"malomrade": form.malomrade.data, "text": " ".join(ren(form["text"]).split())}
    if form.validate_on_submit() and _spara(o, form, "mal", id, nytt):
        return redirect(url_for("mal.lista", ar=ar), 303)
    svar = render_template("kansli/mal/socialt_mal.html", o=o, form=form, id=id, tomt=tomt, finns_omraden=bool(alla))
    return svar, 422 if form.errors else 200


def _nasta(o: Oppet) -> int:
    return max((omrade.nummer for omrade in o.aret.forberett.definitioner.malomraden.values()), default=0) + 1


def _spara(o: Oppet, form: OmradeForm | MalForm, sort: str, id_: str, varden: dict[str, str | int]) -> bool:
    """Write the table, new, changed or taken away; False, and told in the form, when it cannot be done."""
    upptagna = o.aret.forberett.definitioner.dok.data.get(sort, {})
    egen = id_ or ren(form.id_) or nytt_id(str(varden.get("titel") or varden.get("text"))[:40], upptagna)
    vag: Vag = (sort, egen)
    if not id_ and egen in upptagna:
        form.id_.errors = [_("Det finns redan något som heter %(id)s i filen.", id=egen)]
        return False
    text = andra_pa_nytt(o, form, vag, lambda t: _skriv(t, vag, varden, bool(id_)))
    if text is None:
        return False
    visa_nya_fel(o, form, prova(o, form, text), vag)
    if form.errors or (ny := spara(o, form, text)) is None:
        return False
    flash(_("Sparat som version %(nr)s.", nr=ny.nr))
    return True


def _skriv(text: str, vag: Vag, varden: dict[str, str | int], finns: bool) -> str:
    if not finns:
        return lagg_till_tabell(text, vag, varden, None)
    return ta_bort_tabell(text, vag) if knapp() == "ta_bort" else andra_tabell(text, vag, varden)
