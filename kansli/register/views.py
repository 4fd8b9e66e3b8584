"""The rows of the register: the list, one row, a new one, its end, its removal."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grund.forms import text
from grund.session import get_session
from insatser import store as store_insatser
from insatser import store_lista
from insatser.urval import las_urval
from kansli.inne import jag, nu
from kansli.register import store as store_register
from kansli.register.bladet import bp
from kansli.register.forms import FALTORD, DeltagareForm, TaBortForm, ur_rad, version
from kansli.register.tilltrade import dagen, mina
from kansli.roller import Roll, far
from kansli.sprak import gettext as _
from kansli.sprak import ngettext


@bp.get("/start")
def start() -> ResponseReturnValue:
    """The rows for those who may see them, the protected sums for others."""
    return redirect(url_for(".lista" if far(Roll(jag().roll), "register.lista") else ".arsval"), 303)


@bp.get("")
def lista() -> ResponseReturnValue:
    """The rows one may see, filtered, sorted and paged by what the address says."""
    session, synliga = get_session(), mina(get_session(), jag())
    sida = store_lista.hamta_sida(session, las_urval(request.args), synliga)
    if sida.rader:
        store_register.logga_lasning(session, nu(), jag(), "deltagare-lista-last", _vilka(sida))
    return render_template(
        "kansli/register/lista.html",
        sida=sida,
        insatser=store_insatser.insatser(session, synliga),
        aren=store_lista.aren(session, synliga),
        idag=dagen(nu()),
    )


@bp.route("/ny", methods=["GET", "POST"])
def ny() -> ResponseReturnValue:
    """A new row."""
    session, synliga = get_session(), mina(get_session(), jag())
    valbara = _valbara(synliga)
    form = DeltagareForm(valbara, dagen(nu()), **_forslag(valbara))
    if form.validate_on_submit():
        try:
            deltagare = store_register.lagg_till(session, nu(), jag(), form.rad())
        except store_insatser.FinnsRedan:
            form.nummer.errors = [_upptaget(form)]
        else:
            flash(_("Deltagare nr %(nummer)s är sparad.", nummer=deltagare.nummer))
            return redirect(
                url_for(".ny", insats=deltagare.insats_id) if request.form.get("en_till") else url_for(".lista"), 303
            )
    return render_template("kansli/register/ny.html", form=form, insatser=valbara), 422 if form.errors else 200


@bp.route("/<int:nr>", methods=["GET", "POST"])
def visa(nr: int) -> ResponseReturnValue:
    """One row, and a change of it."""
    session, synliga = get_session(), mina(get_session(), jag())
    deltagare = store_insatser.hamta(session, nr, synliga) or abort(404)
    form = DeltagareForm(_valbara(synliga, deltagare.insats_id), dagen(nu()), **ur_rad(deltagare))
    annan = None
    if form.validate_on_submit():
        try:
            antal = store_register.andra(session, nu(), jag(), nr, version(form.version), form.rad())
        except store_insatser.FinnsRedan:
            form.nummer.errors = [_upptaget(form)]
        except store_insatser.AndradAvAnnan as fel:
            annan = fel.nu or abort(410)
            form.version.data = str(annan.version)
            form.form_errors.append(_("Någon annan har ändrat raden. Ditt är inte sparat än, men står kvar här."))
        else:
            flash(
                ngettext("%(num)s uppgift ändrad.", "%(num)s uppgifter ändrade.", antal)
                if antal
                else _("Inget var ändrat.")
            )
            return redirect(url_for(".visa", nr=nr), 303)
    namn = store_register.vem(session, deltagare.insats_id, deltagare.nummer)
    if request.method == "GET":
        store_register.logga_lasning(session, nu(), jag(), "deltagare-last", namn)
    sida = render_template(
        "kansli/register/visa.html",
        form=form,
        rad=deltagare,
        namn=namn,
        annan=None if annan is None else ur_rad(annan),
        faltord=FALTORD,
        idag=dagen(nu()),
    )
    return sida, 422 if form.errors else 200


@bp.route("/<int:nr>/ta-bort", methods=["GET", "POST"])
def ta_bort(nr: int) -> ResponseReturnValue:
    """Remove a row, with a reason."""
    session = get_session()
    deltagare = store_insatser.hamta(session, nr, mina(session, jag())) or abort(404)
    namn = store_register.vem(session, deltagare.insats_id, deltagare.nummer)
    form = TaBortForm(version=str(deltagare.version))
    if form.validate_on_submit():
        try:
            store_register.ta_bort(session, nu(), jag(), deltagare, version(form.version), text(form.skal))
        except store_insatser.AndradAvAnnan as fel:
            form.version.data = str((fel.nu or abort(410)).version)
            form.form_errors.append(_("Någon annan har ändrat raden. Titta på den innan du tar bort den."))
        else:
            flash(_("%(namn)s är borttagen.", namn=namn))
            return redirect(url_for(".lista"), 303)
    sida = render_template("kansli/register/ta_bort.html", form=form, rad=deltagare, namn=namn)
    return sida, 422 if form.errors else 200


def _valbara(synliga: store_insatser.Synliga, aven: int | None = None) -> list[tuple[int, str]]:
    """The insatser that take in people, and the one that a row is in already."""
    alla = store_insatser.insatser(get_session(), synliga)
    return [(int(i.id or 0), i.namn) for i in alla if i.aktiv or i.id == aven]


def _forslag(valbara: list[tuple[int, str]]) -> dict[str, str]:
    """The insats that the address names, or the only one there is, and its next number."""
    insats = request.args.get("insats", "") if len(valbara) != 1 else str(valbara[0][0])
    if insats not in {str(id_) for id_, _namn in valbara}:
        return {}
    return {"insats_id": insats, "nummer": str(store_insatser.nasta_nummer(get_session(), int(insats)))}


def _upptaget(form: DeltagareForm) -> str:
    nasta = store_insatser.nasta_nummer(get_session(), form.rad().insats_id)
    return _(
        "Nummer %(nummer)s finns redan i insatsen. Nästa lediga är %(nasta)s.", nummer=text(form.nummer), nasta=nasta
    )


def _vilka(sida: store_lista.Sida) -> str:
    """What a page of the list showed, coarsely."""
    namn = list(dict.fromkeys(insats for _rad, insats in sida.rader))
    return f"{len(sida.rader)} rader ur {', '.join(namn[:3])}{' m.fl.' if len(namn) > 3 else ''}"
