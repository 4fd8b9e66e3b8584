"""The texts of a year: the list, one as it reads with its history, and writing it."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grund.session import get_session
from kansli.aret import Aret
from kansli.inne import jag, nu
from kansli.lista import build_lista
from kansli.publicering.slag import publiceras_nu
from kansli.sprak import gettext as _
from kansli.sprak import mark, svenska
from kansli.texter import lasning, skillnad, store
from kansli.texter.forms import TextForm
from kansli.texter.lista_texter import LAGEN, build_textrader, kolumner, ovriga_fynd, signalord
from kansli.texter.oppna import mappen, oppna, till_senaste
from kansli.texter.textfil import TITLAR, Textfil, hitta

bp = Blueprint("texter", __name__, url_prefix="/kansli/texter")


@bp.get("")
def start() -> ResponseReturnValue:
    """The texts of the latest year."""
    return till_senaste("texter.lista", mark("Texter"))


@bp.get("/<int:ar>")
def lista(ar: int) -> ResponseReturnValue:
    """Every text that there is a place for, what must be written first."""
    aret, valt = oppna(ar), request.args.get("lage", "")
    rader = build_textrader(mappen(), aret, store.senaste_av_alla(get_session(), ar))
    antal = {kod: sum(rad.lage == kod for rad in rader) for kod in LAGEN}
    visas = [rad for rad in rader if valt not in LAGEN or rad.lage == valt]
    return render_template(
        "kansli/texter/lista.html",
        ar=ar,
        aren=mappen().ar(),
        lista=build_lista(visas, kolumner(), request.args, {"lage": valt} if valt in LAGEN else {}, per_sida=100),
        antal=antal,
        lagen=LAGEN,
        valt=valt,
        signalord=signalord,
        ovriga=ovriga_fynd(mappen(), aret),
    )


@bp.get("/<int:ar>/<namn>")
def visa(ar: int, namn: str) -> ResponseReturnValue:
    """A text as it reads today, and who has written it."""
    aret, textfil = _oppna(ar, namn)
    text = textfil.las() or ""
    return render_template(
        "kansli/texter/visa.html",
        last=lasning.las(textfil, text, aret.lasare),
        versioner=store.versioner(get_session(), ar, textfil.fil),
        summa=store.summa(text),
        **_om(textfil),
    )


@bp.route("/<int:ar>/<namn>/andra", methods=["GET", "POST"])
def andra(ar: int, namn: str) -> ResponseReturnValue:
    """Write a text, or look at how it would read without storing it."""
    aret, textfil = _oppna(ar, namn)
    form, andras = TextForm(), None
    if request.method == "GET":
        text = textfil.las() or ""
        form.grund.data, form.text.data = store.summa(text), _tidigare(ar, textfil) or text
    last = lasning.las(textfil, form.text.data or "", aret.lasare)
    if form.validate_on_submit() and "visa" not in request.form:
        form.text.errors = [svenska(d.mening()) for d in last.stopp]
        if publiceras_nu(get_session(), nu()):
            form.form_errors.append(_("Bokslutet publiceras just nu. Vänta någon minut och spara igen."))
        if not form.errors:
            try:
                return _spara(textfil, form)
            except store.Konflikt as fel:
                andras = _med_konflikt(form, fel)
            except OSError as fel:
                form.form_errors.append(_("Texten gick inte att spara: %(fel)s.", fel=fel.strerror or fel))
    return render_template(
        "kansli/texter/andra.html",
        form=form,
        last=last,
        andras=andras,
        siffror=lasning.siffror(textfil.handlar_om, aret.utvardering),
        **_om(textfil),
    ), 422 if form.errors else 200


@bp.get("/<int:ar>/<namn>/version/<int:nr>")
def version(ar: int, namn: str, nr: int) -> ResponseReturnValue:
    """What one version changed."""
    _aret, textfil = _oppna(ar, namn)
    denna = store.version(get_session(), ar, textfil.fil, nr) or abort(404)
    fore = store.version(get_session(), ar, textfil.fil, nr - 1)
    rader = skillnad.jamfor((fore.text or "") if fore else "", denna.text or "")
    return render_template("kansli/texter/version.html", version=denna, rader=rader, **_om(textfil))


def _oppna(ar: int, namn: str) -> tuple[Aret, Textfil]:
    aret = oppna(ar)
    return aret, hitta(mappen(), ar, namn, aret.utvardering) or abort(404)


def _om(textfil: Textfil) -> dict[str, object]:
    """What every page of a text tells of it."""
    titel = _(TITLAR[textfil.slag]) if textfil.slag in TITLAR else textfil.stig.name
    if textfil.handlar_om:
        titel = f"{textfil.handlar_om[0].nummer or ''} {textfil.handlar_om[0].titel}".strip()
    return {"ar": textfil.ar, "textfil": textfil, "titel": titel, "signalord": signalord}


def _tidigare(ar: int, textfil: Textfil) -> str | None:
    """The version that the address asks to begin from."""
    nr = request.args.get("version", type=int)
    gammal = None if nr is None else store.version(get_session(), ar, textfil.fil, nr)
    return None if gammal is None else gammal.text


def _spara(textfil: Textfil, form: TextForm) -> ResponseReturnValue:
    skriven, grund, stod = form.text.data or "", form.grund.data or "", textfil.las() or ""
    text = skriven if skriven.strip() else ""
    if store.summa(text) == grund == store.summa(stod):
        flash(_("Texten var redan så. Inget har ändrats."))
        return redirect(url_for(".visa", ar=textfil.ar, namn=textfil.namn), 303)
    fore, efter = (_("%(antal)s tecken", antal=len(t)) for t in (stod, text))
    kod = "text-sparad" if text else "text-borttagen"
    store.spara(get_session(), nu(), jag(), textfil, store.Andring(text, grund, kod, fore=fore, efter=efter))
    flash(_("Texten är sparad. Det som är publicerat ändras inte av det."))
    return redirect(url_for(".visa", ar=textfil.ar, namn=textfil.namn), 303)


def _med_konflikt(form: TextForm, fel: store.Konflikt) -> dict[str, object]:
    """Tell of the other's version beside one's own; saving once more means to go on from what one has seen."""
    vem = fel.senast.vem if fel.senast is not None and fel.senast.summa == store.summa(fel.text) else store.UTANFOR
    form.form_errors.append(
        _("%(vem)s sparade en annan version medan du skrev. Din text står kvar här och är inte sparad.", vem=vem)
    )
    form.grund.data = store.summa(fel.text)
    return {"vem": vem, "rader": skillnad.jamfor(fel.text, form.text.data or ""), "text": fel.text}
