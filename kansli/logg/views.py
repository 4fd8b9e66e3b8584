"""What has been done, by whom."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from grund.session import get_session
from kansli.logg import store as store_logg

bp = Blueprint("logg", __name__, url_prefix="/kansli/logg")
SIDA = 100


@bp.get("")
def visa() -> ResponseReturnValue:
    """The lines, latest first, filtered by what the address says."""
    sok, vad = request.args.get("sok", "")[:100], request.args.get("vad", "")
    fore_nr = request.args.get("fore", type=int)
    rader = store_logg.las(get_session(), sok, vad, fore_nr, SIDA + 1)
    return render_template(
        "kansli/logg.html",
        rader=rader[:SIDA],
        aldre=rader[SIDA - 1].nr if len(rader) > SIDA else None,
        sok=sok,
        vad=vad,
        sorter=store_logg.sorter(get_session()),
        ord_=store_logg.HANDELSER,
        bruten=store_logg.bruten_vid(get_session()),
    )
