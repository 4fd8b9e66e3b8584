"""What has been done, by whom."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grund.session import get_session
from kansli.inne import jag, nu
from kansli.jobb import kor
from kansli.jobb import store as store_jobb
from kansli.konto.forms import TomForm
from kansli.logg import kedja
from kansli.logg import store as store_logg
from kansli.logg.fraga import adress, las_urval
from kansli.logg.kontroll import SLAG, arbete
from kansli.register import store as store_register
from kansli.roller import Roll, far
from kansli.sprak import gettext as _

bp = Blueprint("logg", __name__, url_prefix="/kansli/logg")
SIDA = 100


@bp.get("")
def visa() -> ResponseReturnValue:
    """The lines, latest first, filtered by what the address says."""
    urval = las_urval(request.args)
    rader = store_logg.las(get_session(), urval, SIDA + 1)
    ser_rader = far(Roll(jag().roll), "register.visa")
    return render_template(
        "kansli/logg.html",
        rader=store_register.med_varden(get_session(), rader[:SIDA]) if ser_rader else rader[:SIDA],
        fler=adress(request.args, bortom=rader[SIDA - 1].nr) if len(rader) > SIDA else None,
        vand=adress(request.args, ordning="" if urval.aldst else "aldst"),
        urval=urval,
        fraga=request.args,
        sorter=sorted(store_logg.sorter(get_session()), key=lambda vad: _(store_logg.HANDELSER.get(vad, vad))),
        ord_=store_logg.HANDELSER,
        kedja=kedja.folj(get_session()),
        form=TomForm(),
    )


@bp.post("/kontrollera")
def kontrollera() -> ResponseReturnValue:
    """Follow the whole chain anew, as long as it takes."""
    if not TomForm().validate_on_submit():
        abort(400)
    jobb = store_jobb.borja(get_session(), nu(), SLAG, jag().id, jag().namn)
    if jobb is None:
        flash(_("Loggen kontrolleras redan. Läs in sidan igen om en stund."))
        return redirect(url_for(".visa"), 303)
    kor.starta(current_app.extensions["databas"], jobb, arbete(jag().id))
    if far(Roll(jag().roll), "jobb.visa"):
        return redirect(url_for("jobb.visa", jobb_id=jobb.id), 303)
    flash(_("Kontrollen har börjat. När den är klar står svaret överst i loggen."))
    return redirect(url_for(".visa"), 303)
