"""The register's year: its sums, its flow with what does not go together, and its way into the bokslut."""

from __future__ import annotations

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bokslut.tabellvy import deltagartabeller
from enkat.frysning.underlagsfil import UnderlagsfilFel
from grund.session import get_session
from indikatorer.diagnos import UnderlagFel
from indikatorer.resultat import Utvardering
from insatser import koder, store_lista, store_rakna
from kansli.arbetsmapp import Arbetsmapp
from kansli.aret import las_aret
from kansli.inne import jag, nu
from kansli.register import aret as registeraret
from kansli.register import store as store_register
from kansli.register.bladet import bp
from kansli.register.forms import KnappForm
from kansli.register.tilltrade import dagen, mina
from kansli.roller import Roll, far
from kansli.sprak import gettext as _
from kansli.sprak import svenska

FORSTA_AR, SISTA_AR = 1990, 2100


@bp.get("/ar")
def arsval() -> ResponseReturnValue:
    """The latest year that has anything, as one may see it."""
    ar = request.args.get("ar", 0, int) or next(iter(_aren()), dagen(nu()).year)
    sida = "register.sammanstallning" if far(Roll(jag().roll), "register.sammanstallning") else "register.summor"
    return redirect(url_for(sida, ar=ar), 303)


@bp.get("/summor/<int:ar>")
def summor(ar: int) -> ResponseReturnValue:
    """The protected sums, for those who may not see rows: the same tables, hidden in the same way, as the bokslut's."""
    lasta = _skyddade(ar)
    return render_template(
        "kansli/register/summor.html",
        ar=ar,
        aren=_mapp().ar(),
        tabeller=deltagartabeller([] if lasta is None else lasta.tabeller),
        minsta=None if lasta is None else lasta.minsta_grupp,
        lamnat=registeraret.lamnat(_mapp(), ar),
    )


@bp.get("/sammanstallning/<int:ar>")
def sammanstallning(ar: int) -> ResponseReturnValue:
    """Real sums of the insatser one may see the rows of; the splits are shown for one insats at a time."""
    aret, insats_id = _aret(ar), request.args.get("insats", None, int)
    if insats_id is not None and insats_id not in aret.namn:
        abort(404)
    vald = insats_id or (next(iter(aret.namn)) if len(aret.namn) == 1 else None)
    summorna = registeraret.summor(get_session(), aret, vald, vald is not None)
    store_register.logga_lasning(get_session(), nu(), jag(), "deltagare-summor-lasta", str(ar))
    return render_template(
        "kansli/register/sammanstallning.html",
        ar=ar,
        aren=_aren(),
        aret=aret,
        vald=vald,
        summor=[s for s in summorna if vald is not None or s.insats == summorna[-1].insats],
        kon=koder.KON,
    )


@bp.get("/flode/<int:ar>")
def flode(ar: int) -> ResponseReturnValue:
    """Who came, left and stayed, and what does not go together."""
    session, synliga, aret = get_session(), mina(get_session(), jag()), _aret(ar, manader=True)
    ser_allt = far(Roll(jag().roll), "register.lamna")
    mot = registeraret.mot_underlaget(session, _mapp(), ar) if ser_allt else registeraret.MotUnderlaget()
    return render_template(
        "kansli/register/flode.html",
        ar=ar,
        aren=_aren(),
        aret=aret,
        konflikter=registeraret.konflikter(session, aret, synliga),
        mot=mot,
        ser_allt=ser_allt,
        stangda=store_rakna.kvar_i_stangda(session, synliga),
        kon=koder.KON,
        lamnat=registeraret.lamnat(_mapp(), ar),
    )


@bp.route("/lamna/<int:ar>", methods=["GET", "POST"])
def lamna(ar: int) -> ResponseReturnValue:
    """Hand the year over to the bokslut, as it is today."""
    aret, form = _aret(ar), KnappForm()
    if form.validate_on_submit() and aret.rorelser:
        try:
            antal = registeraret.lamna(_mapp(), aret, dagen(nu()))
        except UnderlagsfilFel as fel:
            form.form_errors.append(svenska(str(fel)))
        else:
            store_register.logga(get_session(), nu(), jag(), "register-lamnat", str(ar), f"{antal} deltagare")
            flash(_("Registret är lämnat till bokslutet %(ar)s: %(antal)s deltagare.", ar=ar, antal=antal))
            return redirect(url_for(".lamna", ar=ar), 303)
    sida = render_template(
        "kansli/register/lamna.html",
        ar=ar,
        aren=_aren(),
        aret=aret,
        form=form,
        tabell=aret.tabell(),
        lamnat=registeraret.lamnat(_mapp(), ar),
        har_mal=_mapp().mal(ar).is_file(),
        fore=ar >= dagen(nu()).year,
    )
    return sida, 422 if form.errors else 200


def _aret(ar: int, manader: bool = False) -> registeraret.Registeraret:
    if not FORSTA_AR <= ar <= SISTA_AR:
        abort(404)
    return registeraret.las_registeraret(get_session(), ar, mina(get_session(), jag()), manader)


def _aren() -> list[int]:
    """The years of the rows that one may see, or those that have goals."""
    egna = store_lista.aren(get_session(), mina(get_session(), jag()))
    return list(egna) or list(_mapp().ar())


def _skyddade(ar: int) -> Utvardering | None:
    try:
        aret = las_aret(_mapp(), ar)
    except UnderlagFel:
        return None
    return None if aret is None else aret.utvardering


def _mapp() -> Arbetsmapp:
    mapp: Arbetsmapp = current_app.extensions["kansli"].mapp
    return mapp
