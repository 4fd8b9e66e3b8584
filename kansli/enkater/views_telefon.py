"""The preview: a phone on the screen, in any language, in which one can walk through the whole questionnaire."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from enkat.sprak import SPRAK, sprak
from enkat.views_sida import Installning
from grund.headers import content_security_policy
from kansli.enkater.oversattning import sprakvyer
from kansli.enkater.telefon import Telefon, policy, sidor
from kansli.enkater.views import mappen, oppna_har
from kansli.inne import hemlighet, nu
from kansli.mallar.fakta import installning_eller_tom, minsta_grupp
from kansli.sprak import gettext as _

bp = Blueprint("forhandsvisning", __name__, url_prefix="/kansli/enkater")


@bp.get("/<enkat_id>/forhandsvisa")
def visa(enkat_id: str) -> ResponseReturnValue:
    """The phone, the languages and the pages to step to."""
    o = oppna_har(enkat_id)
    if o.provad.enkat is None:
        return render_template("kansli/enkater/forhandsvisa.html", o=o, enkat=None), 422
    val = _val()
    vald = sprak(val["sprak"]) or SPRAK[0]
    svar = make_response(
        render_template(
            "kansli/enkater/forhandsvisa.html",
            o=o,
            enkat=o.provad.enkat,
            val=val,
            vald=vald,
            alla_sprak=SPRAK,
            brist=next((s for s in sprakvyer([o.provad.enkat]) if s.sprak == vald), None),
            sidor=sidor(o.provad.enkat, vald, bool(val["lank"])),
        )
    )
    svar.headers["Content-Security-Policy"] = content_security_policy(frame_src="'self'")
    return _undan(svar)


@bp.route("/<enkat_id>/telefon", methods=["GET", "POST"])
def telefon(enkat_id: str) -> ResponseReturnValue:
    """What the phone shows. A post needs no token: nothing is stored, and the form is sealed."""
    o, val = oppna_har(enkat_id), _val()
    if o.provad.enkat is None:
        abort(404)
    till = url_for(".telefon", enkat_id=enkat_id, lank=val["lank"] or None)
    apparat = Telefon(
        o.provad.enkat, _installning(), minsta_grupp(mappen()), nu(), hemlighet(), till, bool(val["lank"])
    )
    if request.method == "POST":
        mall, varden = apparat.steg(request.form)
    else:
        mall, varden = apparat.sida(int(val["sida"]), sprak(val["sprak"]) or SPRAK[0])
    svar = make_response(render_template(f"enkat/{mall}.html", **varden))
    svar.headers["Content-Security-Policy"] = policy()
    return _undan(svar)


def _val() -> dict[str, Any]:
    """What stands in the address, cleaned."""
    sida = request.args.get("sida", "0")
    return {
        "sprak": kod if (kod := request.args.get("sprak", "sv")) in {s.kod for s in SPRAK} else "sv",
        "sida": int(sida) if sida.isascii() and sida.isdecimal() and len(sida) < 5 else 0,
        "lank": "1" if request.args.get("lank") == "1" else "",
    }


def _undan(svar: Response) -> Response:
    """Kept off every search engine, should anyone ever let one in."""
    svar.headers["X-Robots-Tag"] = "noindex, nofollow"
    return svar


def _installning() -> Installning:
    """What the installation says of itself; a contact that it has not given is marked so that it shows."""
    installning = installning_eller_tom(mappen(), current_app.extensions["kansli"].forbund)
    return installning if installning.kontakt else replace(installning, kontakt=_("[kontakt saknas i enkat.toml]"))
