"""How long work goes: a page that loads itself again until it is over, and needs no script for it."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from grund.session import get_session
from kansli.inne import nu
from kansli.jobb import store

bp = Blueprint("jobb", __name__, url_prefix="/kansli/arbete")
_OM_SEKUNDER = 2


@bp.get("")
def lista() -> ResponseReturnValue:
    """The latest."""
    return render_template("kansli/jobb/lista.html", alla=store.senaste(get_session(), nu()))


@bp.get("/<jobb_id>")
def visa(jobb_id: str) -> ResponseReturnValue:
    """One piece of work; the header asks again while it goes on, also in a browser without scripts."""
    jobb = store.hamta(get_session(), nu(), jobb_id) or abort(404)
    svar = make_response(render_template("kansli/jobb/visa.html", jobb=jobb))
    if jobb.lage == "pagar":
        svar.headers["Refresh"] = f"{_OM_SEKUNDER}; url={url_for('.visa', jobb_id=jobb_id)}"
    return svar
