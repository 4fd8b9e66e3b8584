"""The survey's addresses. A step is POST and answers 200 with the next page; "Skicka" answers 303 with a receipt.

No cookie, nothing stored before "Skicka", and never a code in an address: a scanned one lies in the fragment, which the
browser keeps to itself until the page's own script has put it in the form.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flask import Blueprint, Flask, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from enkat import texter
from enkat.biljett import Kvittens, las_dorr, las_kvittens, skriv_kvittens
from enkat.forms import KodForm, SvarForm
from enkat.gang import FORE
from enkat.koder import KodFel
from enkat.mottagning import Mottagning, Oppen
from enkat.sealed_state import SigillBrutet, Tillstand
from enkat.svarssteg import Besok, Steg, ta_steg
from enkat.views_sida import (
    ROT,
    Enkatrum,
    Installning,
    dorren,
    dorrslag,
    far,
    klar,
    mottagning,
    oppna_dorr,
    rum,
    sprak_nu,
    tom_kropp,
    visa_besked,
    visa_forsok_igen,
    visa_kod,
    visa_kvitto,
    visa_start,
    visa_steg,
)
from grund.db import LagringFel
from grund.logg import skydda_loggar

bp = Blueprint("enkat", __name__, url_prefix="/e", template_folder=str(ROT / "templates"))


def init_enkat(app: Flask, mottagning: Mottagning, installning: Installning) -> None:
    """Let people answer in this app: its rounds are those of the reception."""
    skydda_loggar()
    app.extensions["enkat"] = Enkatrum(mottagning, installning)
    app.register_blueprint(bp)


@bp.before_request
def begransa() -> ResponseReturnValue | None:
    request.max_content_length = rum().installning.storst_kropp
    return None if far("steg") else visa_forsok_igen(429, texter.FOR_MANGA)


bp.after_request(klar)


@bp.get("")
def start() -> ResponseReturnValue:
    return visa_start(url_for(".las_kod"))


@bp.post("")
def las_kod() -> ResponseReturnValue:
    form = KodForm(request.form)
    if form.gor.data != "borja" and not form.skannad.data:
        return visa_kod(form.kod.data or "")
    return _med_kod(form, None)


@bp.get("/<omgang_id>")
def omgang(omgang_id: str) -> ResponseReturnValue:
    _finns(omgang_id)
    return redirect(url_for(".start"), 303)


@bp.post("/<omgang_id>")
def steg(omgang_id: str) -> ResponseReturnValue:
    return _steg(omgang_id, None)


@bp.get("/l/<omgang_id>/<biljett>", defaults={"slag": "lank"})
@bp.get("/kiosk/<omgang_id>/<biljett>", defaults={"slag": "kiosk"})
def dorr(slag: str, omgang_id: str, biljett: str) -> ResponseReturnValue:
    oppen = _finns(omgang_id)
    funnen = las_dorr(oppen.hemlighet, omgang_id, biljett)
    if funnen is None or funnen.slag != slag:
        abort(404)
    oppna_dorr(funnen)
    return _inte_oppen(oppen, _nu()) or visa_start(request.path, oppen)


@bp.post("/l/<omgang_id>/<biljett>", defaults={"slag": "lank"})
@bp.post("/kiosk/<omgang_id>/<biljett>", defaults={"slag": "kiosk"})
def dorrsteg(slag: str, omgang_id: str, biljett: str) -> ResponseReturnValue:
    oppen = mottagning().hitta(omgang_id)
    funnen = None if oppen is None else las_dorr(oppen.hemlighet, omgang_id, biljett)
    if oppen is not None and (funnen is None or funnen.slag != slag):
        abort(404)
    oppna_dorr(funnen)
    form = KodForm(request.form)
    if oppen is None or funnen is None or form.sigill.data:
        return _steg(omgang_id, biljett)
    if funnen.med_kod:
        return _med_kod(form, oppen) if form.gor.data == "borja" else visa_kod(form.kod.data or "")
    return _borja(oppen, oppen.ny(sprak_nu(oppen).kod, funnen, None))


@bp.get("/kvitto/<omgang_id>/<kvittens>")
@bp.get("/kiosk/<omgang_id>/<biljett>/kvitto/<kvittens>")
def kvitto(omgang_id: str, kvittens: str, biljett: str | None = None) -> ResponseReturnValue:
    oppen = mottagning().hitta(omgang_id)
    last = None if oppen is None else las_kvittens(oppen.hemlighet, omgang_id, kvittens)
    if last is None:
        return visa_besked(410, texter.STANGD_RUBRIK, texter.STANGD)
    kiosk = None if biljett is None else url_for(".dorr", slag="kiosk", omgang_id=omgang_id, biljett=biljett)
    return visa_kvitto(last, kiosk)


@bp.get("/lamna")
def lamna() -> ResponseReturnValue:
    svar = redirect(rum().installning.lamna_till, 303)
    svar.headers.update({"Clear-Site-Data": '"cache"', "Cache-Control": "no-store"})
    return svar


@bp.errorhandler(LagringFel)
def lagringsfel(_: LagringFel) -> ResponseReturnValue:
    return visa_forsok_igen(503, texter.UPPTAGEN)


@bp.errorhandler(SigillBrutet)
def brutet(fel: SigillBrutet) -> ResponseReturnValue:
    return visa_besked(400, texter.SIGILL_RUBRIK, texter.SIGILL[fel.orsak], borja_om=True)


@bp.errorhandler(404)
@bp.errorhandler(405)
def finns_inte(_: Exception) -> ResponseReturnValue:
    return visa_besked(404, texter.FINNS_INTE_RUBRIK, texter.FINNS_INTE, borja_om=True)


@bp.errorhandler(413)
def for_stort(_: Exception) -> ResponseReturnValue:
    tom_kropp()
    return visa_besked(413, texter.SIGILL_RUBRIK, texter.FOR_STORT, borja_om=True, med_form=False)


def _steg(omgang_id: str, biljett: str | None) -> ResponseReturnValue:
    """One press of a button on a page that carries a sealed state."""
    form = SvarForm(request.form)
    oppen = mottagning().hitta(omgang_id)
    if not form.sigill.data:
        return redirect(url_for(".start"), 303)
    if oppen is None:
        return visa_besked(410, texter.STANGD_RUBRIK, texter.STANGD_INTE_SPARAT)
    t = oppen.oppna(form.sigill.data)
    if form.gor.data == "skicka":
        return _skicka(oppen, t, biljett)
    if sparat := mottagning().kvitto(t):  # Back, and "send again" to the browser's question
        return _kvittera(oppen, Kvittens("redan_mottaget", sparat, t.sprak), biljett)
    if oppen.lage(_nu()) not in ("oppen", "nad"):
        return visa_besked(410, texter.STANGD_RUBRIK, texter.STANGD_INTE_SPARAT)
    return visa_steg(oppen, ta_steg(Besok(oppen, t, dorren()), form, request.form))


def _skicka(oppen: Oppen, t: Tillstand, biljett: str | None) -> ResponseReturnValue:
    """Hand in, unless something is still to be answered."""
    besok = Besok(oppen, t, dorren())
    if obesvarade := besok.vag.obesvarade(t):
        return visa_steg(oppen, Steg(replace(t, sida=obesvarade[0]), "saknas"))
    try:
        inlamning = mottagning().lamna_in(oppen, t)
    except LagringFel:
        return visa_steg(oppen, Steg(replace(t, sida=besok.vag.granska)), storning=texter.UPPTAGEN)
    return _kvittera(oppen, Kvittens(inlamning.utfall, inlamning.kvitto or "", t.sprak), biljett)


def _kvittera(oppen: Oppen, k: Kvittens, biljett: str | None) -> ResponseReturnValue:
    """Off to the receipt."""
    kvittens = skriv_kvittens(oppen.hemlighet, oppen.id, k)
    kiosk = biljett if dorrslag() == "kiosk" else None  # url_for leaves out what is None
    return redirect(url_for(".kvitto", omgang_id=oppen.id, kvittens=kvittens, biljett=kiosk), 303)


def _med_kod(form: KodForm, bara: Oppen | None) -> ResponseReturnValue:
    """Let in whoever has an unspent code of a round that is open."""
    skrivet = form.kod.data or form.skannad.data or ""
    if not skrivet.strip():
        return visa_kod("", texter.KOD_SAKNAS)
    if not far("kod"):
        return visa_forsok_igen(429, texter.FOR_MANGA)
    try:
        kod = mottagning().sok_kod(skrivet, None if bara is None else bara.id)
    except KodFel:
        return visa_kod(skrivet, texter.KOD_STAVNING)
    oppen = None if kod.omgang_id is None else mottagning().hitta(kod.omgang_id)
    if oppen is None:
        return visa_kod(skrivet, texter.KOD_STAVNING)
    if stangt := _inte_oppen(oppen, _nu()):
        return stangt
    if kod.utfall != "oanvand":
        return visa_kod(skrivet, texter.KOD_MAKULERAD if kod.utfall == "makulerad" else texter.KOD_ANVAND)
    return _borja(oppen, oppen.ny(sprak_nu(oppen).kod, None, kod))


def _borja(oppen: Oppen, t: Tillstand) -> ResponseReturnValue:
    """The page before question 1, for one who has just come in."""
    return _inte_oppen(oppen, _nu()) or visa_steg(oppen, Steg(replace(t, sida=FORE)))


def _inte_oppen(oppen: Oppen, nu: datetime) -> ResponseReturnValue | None:
    """What a newcomer is told when the round does not let anyone in."""
    match oppen.lage(nu):
        case "oppen":
            return None
        case "vantar":
            return visa_besked(403, texter.INTE_OPPEN_RUBRIK, texter.INTE_OPPEN, datum=oppen.omgang.oppnar)
    return visa_besked(410, texter.STANGD_RUBRIK, texter.STANGD)


def _finns(omgang_id: str) -> Oppen:
    return mottagning().hitta(omgang_id) or abort(404)


def _nu() -> datetime:
    return mottagning().klocka()


__all__ = ["Installning", "Mottagning", "bp", "init_enkat"]
