"""Earlier years, and other tools' answers: upload, mapping, preview, and then the import as long work."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from enkat.frysning import fryst_mapp
from enkat.frysning.underlagsfil import UnderlagsfilFel, har_kalla
from enkat.inlasning import importera as imp
from enkat.inlasning.forslag import foresla
from enkat.inlasning.mappning import las_mappning
from grund.forms import text
from grund.session import get_session
from indikatorer.diagnos import Diagnos, Niva
from kansli.inne import jag, nu
from kansli.jobb import kor
from kansli.jobb import store as store_jobb
from kansli.konto.forms import TomForm
from kansli.omgangar import frysjobb, importmapp, kartan
from kansli.omgangar.forms_import import LasInForm, UppladdForm
from kansli.omgangar.importjobb import MINSTA_GRUPP, Importjobb
from kansli.omgangar.importmapp import Uppgift, Uppladdad
from kansli.omgangar.oversikt import enkatval, las_vald
from kansli.omgangar.sida import for_stort, koppla, mapp, tillat_stort
from kansli.omgangar.tillsist import signalsida
from kansli.sprak import gettext as _
from kansli.sprak import svenska

bp = Blueprint("enkatimport", __name__, url_prefix="/kansli/omgangar/import")
koppla(bp)
tillat_stort(bp, "enkatimport.ladda_upp", "enkatimport.mappning")
FLEST_FEL = 200


@bp.route("", methods=["GET", "POST"])
def ladda_upp() -> ResponseReturnValue:
    """The file. With a fault in it nothing is kept."""
    importmapp.rensa(mapp().rot, nu())
    val = enkatval(mapp())
    form, fel = UppladdForm(val), list[str]()
    if form.validate_on_submit():
        fil = request.files.get("fil")
        if fil is None or not fil.filename:
            fel = [_("Välj en fil med svar, CSV eller Excel.")]
        else:
            uppladdad, fel = _ta_emot(form, fil.filename, fil.read())
            if uppladdad is not None:
                return redirect(url_for(".mappning", token=uppladdad.namn), 303)
    return render_template(
        "kansli/omgangar/import.html", form=form, fel=fel, val=val, vantar=importmapp.vantande(mapp().rot)
    ), 422 if fel or form.errors else 200


@bp.route("/<token>", methods=["GET", "POST"])
def mappning(token: str) -> ResponseReturnValue:
    """What each column and each word means. Kept at every press, so nothing that was chosen is lost."""
    uppladdad = _hamta(token)
    enkat, tabell = las_vald(mapp(), uppladdad.uppgift.enkat), uppladdad.tabell()
    karta = kartan.komplett(kartan.las_karta(uppladdad.mappning()), tabell, enkat)
    form, fel = TomForm(), list[Diagnos]()
    if form.validate_on_submit():
        forut = set(karta.ord_)
        karta = kartan.komplett(_vald_karta(karta), tabell, enkat)
        skala, ordning = _numrering()
        if ordning is not None:
            karta = kartan.numrera(karta, tabell, enkat, skala, ordning)
        uppladdad.spara_mappning(karta.som_toml())
        last, fel = las_mappning("mappningen", uppladdad.mappning(), enkat)
        if last is not None and ordning is None and set(karta.ord_) <= forut:
            return redirect(url_for(".prova", token=token), 303)
        fel = [] if ordning is not None else fel
    return _visa_karta(uppladdad, enkat, karta, form, fel)


@bp.route("/<token>/prova", methods=["GET", "POST"])
def prova(token: str) -> ResponseReturnValue:
    """Everything that is wrong, all at once, and what the import would give; and the button that takes it in."""
    uppladdad = _hamta(token)
    enkat = las_vald(mapp(), uppladdad.uppgift.enkat)
    last, _fel = las_mappning("mappningen", uppladdad.mappning(), enkat)
    if last is None:
        return redirect(url_for(".mappning", token=token), 303)
    provad = imp.prova(uppladdad.tabell(), last, enkat, MINSTA_GRUPP)
    form, hinder, trasig = LasInForm(), "", ""
    try:
        hinder = _hinder(uppladdad.uppgift.period, enkat.kalla)
    except UnderlagsfilFel as fel:
        trasig = svenska(str(fel))
    if form.validate_on_submit() and not trasig and provad.rader is not None and hinder != "fryst":
        if provad.felrader and not form.utan_felaktiga.data:
            form.utan_felaktiga.errors = [_("Rätta raderna i filen, eller kryssa i att de ska lämnas utanför.")]
        elif hinder == "importerad" and not form.ersatt.data:
            form.ersatt.errors = [_("Perioden har redan en import. Kryssa i att den ska ersättas, eller avbryt.")]
        else:
            svar = _las_in(uppladdad, enkat, form)
            if svar is not None:
                return svar
            form.form_errors.append(_("Ett annat arbete med de frysta svaren pågår. Vänta tills det är klart."))
    if trasig:
        form.form_errors.append(trasig)
    stora = [d for d in provad.fel if d.niva is Niva.FEL]
    return render_template(
        "kansli/omgangar/import_prova.html",
        form=form,
        u=uppladdad,
        enkat=enkat,
        provad=provad,
        fel=stora[:FLEST_FEL],
        alla_fel=len(stora),
        varningar=[d for d in provad.fel if d.niva is not Niva.FEL][:FLEST_FEL],
        hinder=hinder,
    ), 422 if form.errors else 200


@bp.post("/<token>/kasta")
def kasta(token: str) -> ResponseReturnValue:
    """Give it up; the file is removed."""
    if TomForm().validate_on_submit():
        _hamta(token).kasta()
        flash(_("Importen är avbruten, och filen är borta härifrån."))
    return redirect(url_for(".ladda_upp"), 303)


@bp.errorhandler(413)
def for_stor(_fel: object) -> ResponseReturnValue:
    return for_stort()


def _ta_emot(form: UppladdForm, filnamn: str, data: bytes) -> tuple[Uppladdad | None, list[str]]:
    blad, rader = text(form.blad) or None, form.rader()
    enkat = las_vald(mapp(), text(form.enkat))
    tabell, fel = imp.las_tabell(filnamn, data, blad, rader or None)
    if tabell is None or fel:
        return None, [svenska(d.mening()) for d in fel]
    uppgift = Uppgift(
        filnamn, text(form.enkat), text(form.period), nu().isoformat(), tabell.blad, tuple(tabell.rubrikrader)
    )
    karta = foresla(tabell, enkat, uppgift.period)
    return importmapp.lagg(mapp().rot, uppgift, data, tabell, karta), []


def _hamta(token: str) -> Uppladdad:
    importmapp.rensa(mapp().rot, nu())
    return importmapp.hamta(mapp().rot, token) or abort(404)


def _vald_karta(karta: kartan.Karta) -> kartan.Karta:
    """What was chosen, in the place of what was there."""
    lista = request.form.getlist
    kolumner = dict(zip(lista("kol_rubrik"), lista("kol_mal"), strict=False))
    ord_ = zip(lista("ord_skala"), lista("ord_text"), lista("ord_svar"), strict=False)
    enheter = dict(zip(lista("enh_text"), (e.strip() for e in lista("enh_namn")), strict=False))
    return kartan.Karta(
        karta.huvud,
        {rubrik: kolumner.get(rubrik, mal) for rubrik, mal in karta.kolumner.items()},
        dict(karta.ord_) | {(skala, text_): svar for skala, text_, svar in ord_},
        {enhet: enheter.get(enhet) or enhet for enhet in karta.enheter},
    )


def _numrering() -> tuple[str, kartan.Ordning | None]:
    """The scale whose numbers a button asked to fill in, and which way."""
    gor, _tecken, skala = request.form.get("gor", "").partition(":")
    return skala, "samst" if gor == "samst" else "bast" if gor == "bast" else None


def _visa_karta(
    u: Uppladdad, enkat: Any, karta: kartan.Karta, form: TomForm, fel: list[Diagnos]
) -> ResponseReturnValue:
    tabell = u.tabell()
    ord_ = kartan.ordval(karta, tabell, enkat, fel)
    kanda = {f"kolumn.{r}" for r in tabell.kolumner} | {f"skala.{o.skala}.{o.text}" for o in ord_}
    return render_template(
        "kansli/omgangar/import_mappning.html",
        u=u,
        enkat=enkat,
        form=form,
        rader=tabell.rader,
        kolumner=kartan.kolumnval(karta, tabell, fel),
        ord_=ord_,
        enheter=karta.enheter,
        mal=kartan.malval(enkat),
        ovriga=[svenska(d.mening()) for d in fel if d.falt not in kanda],
        antal_fel=len(fel),
    ), 422 if fel else 200


def _hinder(period: str, kalla: str) -> str:
    """What the period already has of this källa: "fryst" is never replaced, "importerad" only when asked to."""
    ut = mapp().underlag(period)
    uppgift = fryst_mapp.las_manifest(ut).get(kalla)
    if uppgift is not None:
        return "importerad" if uppgift.get("importerad") else "fryst"
    return "fryst" if har_kalla(fryst_mapp.las_underlag(ut), kalla) else ""


def _las_in(u: Uppladdad, enkat: Any, form: LasInForm) -> ResponseReturnValue | None:
    jobb = store_jobb.borja(get_session(), nu(), frysjobb.SLAG, jag().id, jag().namn)
    if jobb is None:
        return None
    till = signalsida(mapp(), u.uppgift.period) or url_for("omgangar.lista")
    arbete = Importjobb(mapp(), u, enkat, jag().id, till, bool(form.utan_felaktiga.data), bool(form.ersatt.data))
    jobb_id = jobb.id
    kor.starta(current_app.extensions["databas"], jobb, arbete)
    return redirect(url_for("jobb.visa", jobb_id=jobb_id), 303)
