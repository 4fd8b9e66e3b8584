"""The register as files to take away. Rows are for those who lead, and each time is logged."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response, abort, current_app, request
from flask.typing import ResponseReturnValue

from grund.session import get_session
from indikatorer.diagnos import UnderlagFel
from insatser import exportera, store_lista
from insatser.urval import las_urval
from kansli.aret import las_aret
from kansli.inne import jag, nu
from kansli.register import aret as registeraret
from kansli.register import store as store_register
from kansli.register.bladet import bp
from kansli.register.tilltrade import dagen, mina
from kansli.register.views_import import EXCEL
from kansli.sprak import gettext as _

_CSV = "text/csv; charset=utf-8"
_SAV = "application/x-spss-sav"


@bp.get("/rader.<form>")
def rader(form: str) -> ResponseReturnValue:
    """The rows that the list shows, all pages of it."""
    session, idag = get_session(), dagen(nu())
    if form not in ("csv", "xlsx", "sav"):
        abort(404)
    urval = las_urval(request.args)
    alla = list(store_lista.alla_rader(session, urval, mina(session, jag())))
    vilka = ", ".join(f"{namn} {varde}" for namn, varde in urval.adress().items()) or "alla"
    store_register.logga(session, nu(), jag(), "deltagare-hamtade", vilka, f"{len(alla)} rader som {form}")
    namn = f"deltagare-{idag}.{form}"
    if form == "sav":
        return som_fil(exportera.som_sav(alla, idag), _SAV, namn)
    return _fil(namn, "Deltagare", exportera.RADRUBRIKER, exportera.i_ord(alla, idag))


@bp.get("/uppfoljning/<int:ar>.<form>")
def uppfoljning(ar: int, form: str) -> ResponseReturnValue:
    """Sums per insats and gender, for the national follow-up: real counts."""
    if form not in ("csv", "xlsx"):
        abort(404)
    session = get_session()
    aret = registeraret.las_registeraret(session, ar, mina(session, jag()))
    summor = registeraret.summor(session, aret, None, True)
    store_register.logga(session, nu(), jag(), "register-summor-hamtade", str(ar), form)
    not_ = _("Verkliga antal, också små. Lämna filen bara till den som ska ha den, och publicera den inte.")
    rader = exportera.summarader(ar, summor)
    return _fil(f"uppfoljning-{ar}.{form}", "Uppföljning", exportera.SUMMARUBRIKER, rader, not_)


@bp.get("/summor/<int:ar>.<form>")
def summor_fil(ar: int, form: str) -> ResponseReturnValue:
    """The protected sums, as the page shows them."""
    try:
        aret = las_aret(current_app.extensions["kansli"].mapp, ar)
    except UnderlagFel:
        aret = None
    if form not in ("csv", "xlsx") or aret is None:
        abort(404)
    rubriker = ("Tabell", "Enhet", "Utfall", "Kön", "Antal")
    rader = ((c.tabell, c.enhet or "", c.utfall, c.kon or "alla", c.visat) for c in aret.utvardering.tabeller)
    return _fil(f"summor-{ar}.{form}", "Summor", rubriker, rader)


def _fil(
    namn: str, blad: str, rubriker: Iterable[str], rader: Iterable[tuple[object, ...]], not_: str = ""
) -> Response:
    rubriker = list(rubriker)
    if namn.endswith(".xlsx"):
        return som_fil(exportera.som_xlsx(blad, rubriker, rader, not_), EXCEL, namn)
    return som_fil(b"".join(exportera.som_csv(rubriker, rader)), _CSV, namn)


def som_fil(data: bytes, typ: str, namn: str) -> Response:
    """A file to save, which nothing on the way keeps."""
    return Response(data, content_type=typ, headers={"Content-Disposition": f"attachment; filename={namn}"})
