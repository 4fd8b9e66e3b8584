"""Approving: the one who is logged in approves exactly the content that the page shows."""

from __future__ import annotations

from datetime import date
from typing import Final

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from bokslut import ordval
from bokslut.publicering import godkannande
from bokslut.publicering.godkannande import ROLLER, GodkannandeFel, Post
from bokslut.publicering.utgava import build_rattelser
from grund.session import get_session
from kansli.inne import jag, nu
from kansli.publicering import store
from kansli.publicering.arbeten import utkastmapp
from kansli.publicering.forms import GodkannForm
from kansli.publicering.slag import publiceras_nu
from kansli.publicering.utkastet import Utkastet
from kansli.publicering.views import oppna_utkast
from kansli.roller import Roll
from kansli.sprak import gettext as _
from kansli.sprak import svenska
from kansli.texter.oppna import mappen

bp = Blueprint("godkannande", __name__, url_prefix="/kansli/publicering")
# What a role is called in an approval.
_SOM: Final = {Roll.FORBUNDSCHEF: "forbundschef", Roll.GODKANNARE: "godkannare"}


@bp.route("/<int:ar>/godkann", methods=["GET", "POST"])
def godkann(ar: int) -> ResponseReturnValue:
    """Approve, with the decision of the board that it rests on."""
    u = oppna_utkast(ar) or abort(404)
    form = GodkannForm(_i_dag(), _krav_pa_beslut(u), beslutande="styrelsen", akt=u.akt)
    if form.validate_on_submit():
        form.form_errors += _hindrar(u, form.akt.data or "")
        if not form.form_errors and _anteckna(u, form):
            flash(_("Du har godkänt version %(version)s av bokslutet.", version=u.utkast.akt.version))
            return redirect(url_for("publicering.visa", ar=ar), 303)
        _logga_nekat(ar, form)
        form.akt.data = u.akt
    return _visa(u, form), 422 if form.errors else 200


def _visa(u: Utkastet, form: GodkannForm) -> str:
    utgava, sparat = u.utkast.utgava(), store.utkast(get_session(), u.aret.ar)
    koder = [ordval.signal_kod(r.signal) for r in u.utkast.utvardering.resultat()]
    return render_template(
        "kansli/publicering/godkann.html",
        ar=u.aret.ar,
        form=form,
        u=u,
        roll=ROLLER[_SOM[Roll(jag().roll)]],
        roller=ROLLER,
        antal={str(ordval.SIGNAL_NAMN[kod]): koder.count(kod) for kod in ordval.SIGNAL_NAMN if kod in koder},
        andringar=next(iter(build_rattelser(utgava, u.utkast.utvardering.kallas())), None)
        if u.utkast.rattelse
        else None,
        utkast_stammer=sparat is not None and sparat.stampel == u.akt and utkastmapp(mappen(), u.aret.ar).is_dir(),
        egen=any(_ar_jag(p) for p in u.giltiga),
        far_nu=not u.stoppande and not u.utkast.redan_publicerad(),
    )


def _hindrar(u: Utkastet, akt: str) -> list[str]:
    """Why this person cannot approve this now; nothing has been recorded."""
    if akt != u.akt:
        return [_("Något har ändrats sedan sidan visades, så inget är godkänt. Läs igenom det som gäller nu.")]
    if u.utkast.redan_publicerad():
        return [_("Inget har ändrats sedan den version som är publicerad. Det finns inget att godkänna.")]
    if u.stoppande:
        return [_("Något hindrar fortfarande publicering. Rätta det först, så behöver ingen godkänna två gånger.")]
    if any(h.kod == "rattelse-utan-skal" for h in u.hinder):
        return [_("Skriv först varför bokslutet rättas, så att de som godkänner vet det.")]
    if publiceras_nu(get_session(), nu()):
        return [_("Bokslutet publiceras just nu. Vänta tills det är klart.")]
    if store.har_godkant(get_session(), jag().id, u.akt) or any(_ar_jag(p) for p in u.giltiga):
        return [_("Du har redan godkänt det här innehållet. Samma person räknas en gång: be någon annan godkänna.")]
    return []


def _ar_jag(post: Post) -> bool:
    """Whether an approval is by a person of this name, from this account or from another."""
    return godkannande.samma_person(post.av) == godkannande.samma_person(jag().namn)


def _anteckna(u: Utkastet, form: GodkannForm) -> bool:
    """Add the approval and its line in the log: both or neither."""
    vem, akt = jag(), u.utkast.akt
    roll = _SOM[Roll(vem.roll)]
    try:
        with store.med_rad(get_session(), nu(), vem, f"{akt.ar} v{akt.version}", form.beslut(), u.akt):
            godkannande.lagg_till(mappen().godkannanden, akt, vem.namn, roll, form.beslut(), _i_dag())
    except GodkannandeFel as fel:
        form.form_errors.append(svenska(str(fel)))
    except OSError as fel:
        orsak = fel.strerror or str(fel)
        form.form_errors.append(_("Godkännandet gick inte att spara: %(orsak)s. Inget är godkänt.", orsak=orsak))
    return not form.errors


def _logga_nekat(ar: int, form: GodkannForm) -> None:
    varfor = " ".join(text for _id, text in form.fel())
    store.logga(get_session(), nu(), jag().id, "godkannande-nekat", str(ar), varfor[:500])


def _krav_pa_beslut(u: Utkastet) -> bool:
    """Whether this is the last approval that is needed, and nobody has told the decision yet."""
    return bool(u.giltiga) and not u.har_beslut


def _i_dag() -> date:
    return nu().astimezone().date()
