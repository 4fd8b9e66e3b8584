"""The draft documents: the list, each as a page that prints, and as files."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from enkat.omgang import SVENSK_TID
from kansli.enkater.views import mappen
from kansli.inne import nu
from kansli.mallar.dokument import MALLAR, att_gora, cell, for_word, pa_sida
from kansli.mallar.fakta import Fakta, las_fakta

bp = Blueprint("mallar", __name__, url_prefix="/kansli/mallar")
FILER = {"word": ("html", "text/html; charset=utf-8"), "markdown": ("md", "text/markdown; charset=utf-8")}


@bp.get("")
def lista() -> ResponseReturnValue:
    fakta = _fakta()
    kvar = {id_: att_gora(_skriv(id_, fakta)) for id_ in MALLAR}
    return render_template("kansli/mallar/lista.html", mallar=MALLAR.values(), kvar=kvar)


@bp.get("/<mall_id>")
def visa(mall_id: str) -> ResponseReturnValue:
    mall = MALLAR.get(mall_id) or abort(404)
    text = _skriv(mall_id, _fakta())
    innehall = Markup(pa_sida(text))  # cleaned to a short list of tags, without attributes
    return render_template("kansli/mallar/visa.html", mall=mall, innehall=innehall, kvar=att_gora(text))


@bp.get("/<mall_id>/<filform>")
def hamta(mall_id: str, filform: str) -> ResponseReturnValue:
    mall = MALLAR.get(mall_id) or abort(404)
    andelse, typ = FILER.get(filform) or abort(404)
    text = _skriv(mall_id, _fakta())
    svar = Response(for_word(mall.namn, text) if filform == "word" else text, content_type=typ)
    svar.headers["Content-Disposition"] = f'attachment; filename="{mall_id}-utkast.{andelse}"'
    return svar


def _fakta() -> Fakta:
    return las_fakta(mappen(), current_app.extensions["kansli"].forbund, nu().astimezone(SVENSK_TID).date())


def _skriv(mall_id: str, fakta: Fakta) -> str:
    """A draft with the installation's facts. It stays in Swedish: it is what the förbund decides."""
    return render_template(f"kansli/mallar/{mall_id}.md", f=fakta, cell=cell)
