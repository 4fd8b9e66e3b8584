"""Serves a built site as it lies on the disk: what a web server or CDN does in production, for a look at home."""

from __future__ import annotations

import gzip
from functools import lru_cache
from mimetypes import guess_type
from pathlib import Path, PurePosixPath
from typing import Final

from flask import Blueprint, abort, current_app, redirect, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from werkzeug.security import safe_join
from werkzeug.wrappers import Response

from bokslut.oppna_data.kort import MAPP as KORT_MAPP
from bokslut.oppna_data.kort import STIL_SUMMA
from grund.headers import content_security_policy

bp = Blueprint("bokslut", __name__)

PACKAS = ("text/", "application/json", "image/svg+xml")
# Nobody answers anything on these pages. A search engine's tool, run inside the page, asks the site for robots.txt.
POLICY: Final = content_security_policy(connect_src="'self'", form_action="'none'")
# A card is for others' pages, and holds its own style; nothing else may stand in a frame.
KORT_POLICY: Final = content_security_policy(
    frame_ancestors="*", style_src=f"'{STIL_SUMMA}'", script_src="'none'", form_action="'none'"
)


@bp.get("/", defaults={"fil": "index.html"})
@bp.get("/<path:fil>")
def show(fil: str) -> ResponseReturnValue:
    """A file of the site, or the first page of a folder; compressed when the reader takes that."""
    if _ar_mapp(fil):
        return redirect(url_for(".show", fil=f"{fil}/"), 308)
    svar = _svar(f"{fil}index.html" if fil.endswith("/") else fil)
    svar.headers["Content-Security-Policy"] = KORT_POLICY if _ar_kort(fil) else POLICY
    return svar


def _ar_mapp(fil: str) -> bool:
    stig = safe_join(current_app.config["BOKSLUT_MAPP"], fil)
    return not fil.endswith("/") and stig is not None and Path(stig).is_dir()


def _ar_kort(fil: str) -> bool:
    return PurePosixPath(fil).parent.name == KORT_MAPP


def _svar(fil: str) -> Response:
    mapp = current_app.config["BOKSLUT_MAPP"]
    stig = Path(safe_join(mapp, fil) or abort(404))
    typ = guess_type(stig.name)[0] or ""
    if not stig.is_file() or not typ.startswith(PACKAS) or not request.accept_encodings["gzip"]:
        return send_from_directory(mapp, fil, max_age=0)
    svar = Response(_packa(stig, stig.stat().st_mtime_ns), mimetype=typ)
    svar.headers.update({"Content-Encoding": "gzip", "Vary": "Accept-Encoding", "Cache-Control": "no-cache"})
    svar.add_etag()
    return svar.make_conditional(request)


@lru_cache(maxsize=256)
def _packa(stig: Path, andrad: int) -> bytes:
    """The file compressed. andrad: when it was last changed, so that a rebuilt file is packed anew."""
    return gzip.compress(stig.read_bytes(), mtime=0)
