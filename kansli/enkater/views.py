"""The questionnaires: the list, a new one, and one of them with all that is in it."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from enkat.fragekontroll import ar_id
from enkat.oversattningar import anvand
from enkat.sprak import KALLSPRAK
from enkat.tid import hela_minuter
from grund.forms import text
from grund.session import get_session
from kansli.arbetsmapp import Arbetsmapp
from kansli.enkater import filer, store
from kansli.enkater.bord import Oppnad, oppna
from kansli.enkater.forms import AndringForm, NyForm, rent
from kansli.enkater.listvy import build_enkatlista, indikatorer
from kansli.enkater.oversattning import sprakvyer
from kansli.enkater.redigera import satt
from kansli.enkater.vy import fragerader, skalrader
from kansli.inne import jag, nu
from kansli.sprak import gettext as _

bp = Blueprint("enkater", __name__, url_prefix="/kansli/enkater")
# Names that are addresses here, so that no questionnaire may have them.
UPPTAGNA: Final = ("ny", "borja")


def mappen() -> Arbetsmapp:
    """The instance, with its own translations in force."""
    mapp: Arbetsmapp = current_app.extensions["kansli"].mapp
    anvand(mapp.oversattningar)
    return mapp


def oppna_har(enkat_id: str) -> Oppnad:
    """The questionnaire of an address, or "there is no such page"."""
    return oppna(get_session(), nu(), mappen(), enkat_id) or abort(404)


@bp.get("")
def lista() -> ResponseReturnValue:
    lista = build_enkatlista(get_session(), mappen(), nu(), request.args)
    saknas = [id_ for id_ in filer.medfoljande() if not filer.fil_for(mappen(), id_).exists()]
    return render_template("kansli/enkater/lista.html", lista=lista, form=AndringForm(), saknas=saknas)


@bp.post("/borja")
def borja() -> ResponseReturnValue:
    """Copy the questionnaires that the program brings; one that is there already is left alone."""
    if not AndringForm().validate_on_submit():
        abort(400)
    nya = {
        id_: (None, innehall)
        for id_, innehall in filer.medfoljande().items()
        if not filer.fil_for(mappen(), id_).exists()
    }
    try:
        store.spara(get_session(), nu(), jag(), mappen(), nya, _("Följer med programmet"), "enkat-skapad")
    except store.AndradAvAnnan:
        flash(_("Någon annan lade till enkäter samtidigt. De finns i listan."))
    else:
        flash(_("%(antal)s enkäter är inlagda. De är dina att ändra.", antal=len(nya)))
    return redirect(url_for(".lista"), 303)


@bp.route("/ny", methods=["GET", "POST"])
def ny() -> ResponseReturnValue:
    """A questionnaire with nothing in it but the question about kön."""
    form = NyForm()
    if form.validate_on_submit() and _kan_heta(form):
        id_ = text(form.id)
        tomt = filer.GRUND.format_map(dict.fromkeys(("titel", "ingress", "kalla", "kallas", "population"), '""'))
        falt = {n: rent(form[n].data) for n in ("titel", "ingress", "kallas", "population")}
        innehall = satt(tomt, ("enkat",), {**falt, "kalla": id_})
        try:
            store.spara(get_session(), nu(), jag(), mappen(), {id_: (None, innehall)}, _("Ny enkät"), "enkat-skapad")
        except store.AndradAvAnnan:
            form.id.errors = [_("Det finns redan en enkät som heter så. Välj ett annat kort namn.")]
        else:
            flash(_("Enkäten är skapad. Lägg till den första frågan."))
            return redirect(url_for(".visa", enkat_id=id_), 303)
    return render_template("kansli/enkater/ny.html", form=form), 422 if form.errors else 200


def _kan_heta(form: NyForm) -> bool:
    if not ar_id(text(form.id)) or text(form.id) in UPPTAGNA:
        form.id.errors = [
            _("Kort namn: bara små bokstäver a–z, siffror och understreck, och en bokstav först. Inte ny eller borja.")
        ]
    elif filer.fil_for(mappen(), text(form.id)).exists():
        form.id.errors = [_("Det finns redan en enkät som heter så. Välj ett annat kort namn.")]
    return not form.id.errors


@bp.get("/<enkat_id>")
def visa(enkat_id: str) -> ResponseReturnValue:
    oppnad = oppna_har(enkat_id)
    enkat = oppnad.provad.enkat
    return render_template(
        "kansli/enkater/visa.html",
        form=AndringForm(),
        o=oppnad,
        p=oppnad.provad,
        fragor=fragerader(oppnad),
        skalor=skalrader(oppnad),
        minuter=None if enkat is None else hela_minuter(enkat, KALLSPRAK),
        indikatorer=indikatorer(oppnad.provad),
        spraken_=[] if enkat is None else sprakvyer([enkat]),
        omgangar=store.omgangar(get_session(), enkat_id),
    )
