"""Answers on paper, typed in by staff: one at a time in a form, or many in a file."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from enkat import nycklar as enkatnycklar
from enkat import store_bunt
from enkat.omgang import enkat_i
from enkat.papper import inmatning as papperet
from enkat.papper.inmatningsmall import mall as gor_mall
from grund.session import get_session
from indikatorer.diagnos import Diagnos, Niva
from kansli.inne import jag, nu
from kansli.konto.forms import TomForm
from kansli.omgangar import store
from kansli.omgangar.pappersform import build_falt, las_papper, nytt_namn
from kansli.omgangar.sida import for_stort, klart, koppla, nycklar, omgang_i, som_fil, tillat_stort
from kansli.omgangar.utskick import radord
from kansli.sprak import gettext as _
from kansli.sprak import svenska

bp = Blueprint("inmatning", __name__, url_prefix="/kansli/omgangar/<omgang_id>/papper")
koppla(bp)
tillat_stort(bp, "inmatning.fil")
FLEST_RADER = 500
FLEST_FEL = 100


@bp.route("", methods=["GET", "POST"])
def papper(omgang_id: str) -> ResponseReturnValue:
    """One paper. It is sealed like any other answer as soon as it is saved, and cannot be seen again."""
    rad = omgang_i(omgang_id, "oppen", "nad")
    enkat, enheter = enkat_i(rad), store_bunt.las_enheter(get_session(), omgang_id)
    form, skrivet, fel, allmant = TomForm(), request.form.to_dict(flat=False), list[Diagnos](), list[str]()
    namn, enhet = request.form.get("papper") or nytt_namn(), request.form.get("enhet", "")
    if form.validate_on_submit():
        lasta, fel = las_papper(enkat, namn, enhet, skrivet, enheter)
        if not lasta and not fel:
            allmant = [_("Inget är ifyllt. Ett papper utan svar behöver inte skrivas in.")]
        elif lasta and not _stoppar(fel):
            for varning in fel:
                flash(svenska(varning.mening()))
            _ta_emot(rad, enkat, lasta)
            return redirect(url_for(".papper", omgang_id=omgang_id, enhet=enhet), 303)
    enhet = enhet or request.args.get("enhet", "")
    falt = build_falt(enkat, skrivet, fel)
    allmant += [svenska(d.mening()) for d in fel if d.falt not in {f.nyckel for f in falt} | {"enhet"}]
    vid_enhet = [svenska(d.mening()) for d in fel if d.falt == "enhet"]
    return render_template(
        "kansli/omgangar/papper.html",
        form=form,
        rad=omgang_i(omgang_id),
        titel=enkat.titel,
        falt=falt,
        enheter=enheter,
        enhet=enhet,
        namn=namn,
        allmant=allmant,
        vid_enhet=vid_enhet,
    ), 422 if fel or allmant else 200


@bp.get("/mall")
def mall(omgang_id: str) -> ResponseReturnValue:
    """A file to type many papers into."""
    rad = omgang_i(omgang_id, "oppen", "nad")
    antal = min(max(1, request.args.get("antal", 30, type=int)), FLEST_RADER)
    text = gor_mall(enkat_i(rad), antal, store_bunt.las_enheter(get_session(), omgang_id))
    return som_fil(text.encode(), "text/csv; charset=utf-8", f"inmatning-{omgang_id}.csv")


@bp.route("/fil", methods=["GET", "POST"])
def fil(omgang_id: str) -> ResponseReturnValue:
    """The same file, filled in: all of it is taken, or nothing."""
    rad = omgang_i(omgang_id, "oppen", "nad")
    form, fel = TomForm(), list[str]()
    if form.validate_on_submit():
        uppladdad = request.files.get("fil")
        if uppladdad is None or not uppladdad.filename:
            fel = [_("Välj filen som du har fyllt i.")]
        else:
            enkat, enheter = enkat_i(rad), store_bunt.las_enheter(get_session(), omgang_id)
            lasta, diagnoser = papperet.las_inmatning(uppladdad.filename, uppladdad.read(), enkat, enheter)
            fel = radord([d for d in diagnoser if d.niva is Niva.FEL], _("Rad"))
            if not fel and not lasta:
                fel = [_("Ingen rad i filen är ifylld.")]
            if not fel:
                _ta_emot(rad, enkat, lasta)
                return klart(omgang_id, _("Förstör papperen och radera filen."))
    return render_template(
        "kansli/omgangar/pappersfil.html", form=form, rad=rad, fel=fel[:FLEST_FEL], alla=len(fel)
    ), 422 if fel else 200


@bp.errorhandler(413)
def for_stor(_fel: object) -> ResponseReturnValue:
    return for_stort()


def _stoppar(fel: list[Diagnos]) -> bool:
    return any(d.niva is Niva.FEL for d in fel)


def _ta_emot(rad: Any, enkat: Any, lasta: list[papperet.Inmatad]) -> None:
    """Seal the papers, and say what became of them. The line in the log is apart from them, and of no enhet."""
    omgang_id = rad.id
    hemlighet = enkatnycklar.las_hemlighet(nycklar(), omgang_id)
    utfall = papperet.mata_in(get_session(), rad, enkat, hemlighet, lasta, nu())
    if utfall["mottaget"]:
        store.anteckna(get_session(), nu(), jag(), "omgang-inmatat", omgang_id, f"{utfall['mottaget']} papper")
        flash(_("%(antal)s papper inmatade.", antal=utfall["mottaget"]))
    if utfall["redan_mottaget"]:
        flash(_("%(antal)s papper var redan inmatade och räknas en gång.", antal=utfall["redan_mottaget"]))
    if utfall["stangd"]:
        flash(
            _("%(antal)s papper togs inte emot: omgången stängde. Förläng den och försök igen.", antal=utfall["stangd"])
        )
