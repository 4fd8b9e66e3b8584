"""The insatser, and who answers for them."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from grund.session import get_session
from insatser import store as store_insatser
from kansli.inne import jag, nu
from kansli.register import store as store_register
from kansli.register.bladet import bp
from kansli.register.forms import InsatsForm
from kansli.sprak import gettext as _


@bp.get("/insatser")
def insatser() -> ResponseReturnValue:
    """All of them."""
    session = get_session()
    konton = {konto.id: konto.namn for konto in store_register.insatsansvariga(session)}
    ansvariga = {
        insats_id: [konton[id_] for id_ in ids if id_ in konton]
        for insats_id, ids in store_insatser.ansvariga(session).items()
    }
    alla = store_insatser.insatser(session)
    return render_template("kansli/register/insatser.html", alla=alla, ansvariga=ansvariga)


@bp.route("/insatser/ny", methods=["GET", "POST"])
def insats_ny() -> ResponseReturnValue:
    """A new one."""
    return _spara(None, InsatsForm(_konton()))


@bp.route("/insatser/<int:insats_id>", methods=["GET", "POST"])
def insats_andra(insats_id: int) -> ResponseReturnValue:
    """Another name, enhet, or other people."""
    session = get_session()
    insats = store_insatser.hamta_insats(session, insats_id) or abort(404)
    form = InsatsForm(
        _konton(),
        namn=insats.namn,
        enhet=insats.enhet,
        aktiv="ja" if insats.aktiv else "nej",
        ansvariga=sorted(store_insatser.ansvariga(session).get(insats_id, ())),
    )
    return _spara(insats_id, form)


def _spara(insats_id: int | None, form: InsatsForm) -> ResponseReturnValue:
    session = get_session()
    insats = None if insats_id is None else store_insatser.hamta_insats(session, insats_id)
    if form.validate_on_submit():
        try:
            sparad = store_register.spara_insats(session, nu(), jag(), insats, form.falt(), form.ansvariga.data or [])
        except store_insatser.FinnsRedan:
            form.namn.errors = [_("Det finns redan en insats som heter så.")]
        else:
            flash(_("%(namn)s är sparad.", namn=sparad.namn))
            return redirect(url_for(".insatser"), 303)
    antal = 0 if insats_id is None else store_insatser.antal_deltagare(session, insats_id)
    sida = render_template("kansli/register/insats.html", form=form, insats=insats, antal=antal)
    return sida, 422 if form.errors else 200


def _konton() -> list[tuple[str, str]]:
    return [(konto.id, f"{konto.namn}, {konto.epost}") for konto in store_register.insatsansvariga(get_session())]
