"""A file for the register: the template, the upload, its preview with every fault, and the way in or out."""

from __future__ import annotations

from typing import Final

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grund.session import get_session
from insatser import store as store_insatser
from insatser.importera_fil import FLEST_RADER, STORST_BYTE, FilFel
from insatser.mall import skriv_mall
from kansli.arbetsmapp import Arbetsmapp
from kansli.inne import jag, nu
from kansli.jobb import store as store_jobb
from kansli.register import forvaring, inlasning
from kansli.register.bladet import bp
from kansli.register.forms import FilForm, KnappForm
from kansli.register.tilltrade import dagen, mina
from kansli.roller import LEDNING, Roll
from kansli.sprak import gettext as _
from kansli.sprak import svenska

EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FEL_PER_SIDA: Final = 50


@bp.get("/mall.xlsx")
def mall() -> ResponseReturnValue:
    """The template, with the insatser that one may write in."""
    namn = [i.namn for i in store_insatser.insatser(get_session(), mina(get_session(), jag()), bara_aktiva=True)]
    data = skriv_mall(namn, dagen(nu()))
    huvud = {"Content-Disposition": "attachment; filename=deltagare-mall.xlsx"}
    return Response(data, content_type=EXCEL, headers=huvud)


@bp.route("/las-in", methods=["GET", "POST"])
def importera() -> ResponseReturnValue:
    """Choose a file; a small one is read at once, a large one as long work."""
    session, mapp = get_session(), _mapp()
    forvaring.stada(mapp, nu())
    insatser = [(int(i.id or 0), i.namn) for i in store_insatser.insatser(session, mina(session, jag()))]
    form = FilForm(insatser)
    if form.validate_on_submit():
        data, filnamn = form.fil.data.read(), form.fil.data.filename
        form.fil.data.close()  # a large one lies in a file without a name, which is gone when it is closed
        skriv_i = {namn: id_ for id_, namn in insatser}
        try:
            if len(data) <= inlasning.DIREKT_BYTE or len(data) > STORST_BYTE:
                forvarat = inlasning.las(session, mapp, nu(), jag().id, filnamn, data, skriv_i, form.forvald())
                return redirect(url_for(".granska", id_=forvarat.id), 303)
        except FilFel as fel:
            form.fil.errors = [svenska(str(fel))]
        else:
            till = inlasning.adress_till_granskning()
            arbete = inlasning.lasarbete(mapp, jag().id, filnamn, data, skriv_i, form.forvald(), till)
            if (svar := inlasning.borja(inlasning.LASNING, arbete)) is not None:
                return svar
            form.form_errors.append(_("En annan fil läses just nu. Vänta tills den är klar och försök igen."))
    granser = {"mb": STORST_BYTE >> 20, "rader": FLEST_RADER}
    sida = render_template("kansli/register/importera.html", form=form, insatser=insatser, granser=granser)
    return sida, 422 if form.errors else 200


@bp.get("/las-in/<id_>")
def granska(id_: str) -> ResponseReturnValue:
    """What a file would do, and every fault in it."""
    forvarat = forvaring.hamta(_mapp(), nu(), id_, jag().id) or abort(410)
    sidor = max(1, -(-len(forvarat.fel) // FEL_PER_SIDA))
    sida = min(max(1, request.args.get("sida", 1, int)), sidor)
    visas = forvarat.fel[(sida - 1) * FEL_PER_SIDA : sida * FEL_PER_SIDA]
    return render_template(
        "kansli/register/granska.html", f_=forvarat, visas=visas, sida=sida, sidor=sidor, form=KnappForm()
    )


@bp.post("/las-in/<id_>")
def spara(id_: str) -> ResponseReturnValue:
    """Store the rows that are right, or forget the file. With faults one must say that they are left out."""
    forvarat = forvaring.hamta(_mapp(), nu(), id_, jag().id) or abort(410)
    if not KnappForm().validate_on_submit():
        abort(400)
    if request.form.get("gor") == "avbryt":
        forvaring.glom(_mapp(), id_)
        flash(_("Filen är glömd. Inget har sparats."))
        return redirect(url_for(".importera"), 303)
    if not forvarat.rader or (forvarat.felrader and request.form.get("utelamna") != "ja"):
        flash(_("Inget är sparat: säg att raderna med fel ska utelämnas, eller rätta dem i filen och läs in den igen."))
        return redirect(url_for(".granska", id_=id_), 303)
    konto = jag()
    get_session().expunge(konto)  # the work has a session of its own
    svar = inlasning.borja(inlasning.IMPORT, inlasning.spararbete(_mapp(), konto, forvarat, url_for(".lista")))
    if svar is None:
        flash(_("En annan fil sparas just nu. Vänta tills den är klar och försök igen."))
        return redirect(url_for(".granska", id_=id_), 303)
    return svar


@bp.get("/arbete/<jobb_id>")
def arbete(jobb_id: str) -> ResponseReturnValue:
    """How far one's own work has come, for those who may not see all work."""
    jobb = store_jobb.hamta(get_session(), nu(), jobb_id) or abort(404)
    if jobb.konto_id != jag().id and Roll(jag().roll) not in LEDNING:
        abort(404)
    svar = current_app.make_response(render_template("kansli/jobb/visa.html", jobb=jobb))
    if jobb.lage == "pagar":
        svar.headers["Refresh"] = f"2; url={url_for('.arbete', jobb_id=jobb_id)}"
    return svar


def _mapp() -> Arbetsmapp:
    mapp: Arbetsmapp = current_app.extensions["kansli"].mapp
    return mapp
