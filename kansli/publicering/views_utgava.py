"""Published versions: who approved one, whether it is untouched, its pages behind the login, and its files as a zip."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Final

from flask import Blueprint, Response, abort, redirect, render_template, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from werkzeug.security import safe_join

from bokslut.oppna_data.adress import bas
from grund.headers import content_security_policy
from grund.session import get_session
from kansli.aret import las_aret
from kansli.inne import jag, nu
from kansli.publicering import arbeten, store
from kansli.publicering.forms import KnappForm
from kansli.publicering.slag import VERIFIERING
from kansli.publicering.utgivna import las_utgiven
from kansli.publicering.views import bestall, borja_arbete
from kansli.publicering.zipstrom import packa
from kansli.signaler.utkastet import las_utkastlage, med_band
from kansli.texter.oppna import mappen

bp = Blueprint("utgava", __name__, url_prefix="/kansli")
# The pages are read without their scripts: nothing that lies on the disk may act as the one who is logged in.
POLICY: Final = content_security_policy(script_src="'none'", form_action="'none'")


@bp.get("/publicering/<int:ar>/v<int:version>")
def visa(ar: int, version: int) -> ResponseReturnValue:
    """A version: who approved it, what it changed, where it lies."""
    mapp = mappen()
    utgiven = las_utgiven(mapp, ar, version) or abort(404)
    aret = las_aret(mapp, ar)
    return render_template(
        "kansli/publicering/utgava.html",
        ar=ar,
        v=utgiven,
        plats=mapp.publicerat / str(ar) / f"v{version}",
        adress="" if aret is None else bas(aret.utvardering, version),
        kontroll=store.verifiering(get_session(), ar, version),
        form=KnappForm(),
    )


@bp.post("/publicering/<int:ar>/v<int:version>/kontrollera")
def kontrollera(ar: int, version: int) -> ResponseReturnValue:
    """Verify every file and every figure."""
    las_utgiven(mappen(), ar, version) or abort(404)
    if not KnappForm().validate_on_submit():
        abort(400)
    b = bestall(ar, till=url_for(".visa", ar=ar, version=version))
    return borja_arbete(ar, VERIFIERING, lambda b: arbeten.verifiera_version(b, version), b)


@bp.get("/publicering/<int:ar>/v<int:version>.zip")
def hamta(ar: int, version: int) -> ResponseReturnValue:
    """The version for a web server, packed while it is sent."""
    utgiven = las_utgiven(mappen(), ar, version) or abort(404)
    if utgiven.version is None:
        abort(404)
    store.logga(get_session(), nu(), jag().id, "utgava-hamtad", f"{ar} v{version}", utgiven.version.summa)
    svar = Response(packa(utgiven.version), mimetype="application/zip")
    svar.headers["Content-Disposition"] = f'attachment; filename="socialt-bokslut-{ar}-v{version}.zip"'
    return svar


@bp.get("/publicerat/<int:ar>/", defaults={"fil": "index.html"})
@bp.get("/publicerat/<int:ar>/<path:fil>")
def sida(ar: int, fil: str) -> ResponseReturnValue:
    """A page of what is published, as the reader sees it."""
    return _fil(mappen().publicerat / str(ar), fil)


@bp.get("/utkast/<int:ar>/", defaults={"fil": "index.html"})
@bp.get("/utkast/<int:ar>/<path:fil>")
def utkast(ar: int, fil: str) -> ResponseReturnValue:
    """A page of the built draft, which says that it is one, and whether it is of what stands now."""
    svar = _fil(arbeten.utkastmapp(mappen(), ar), fil)
    lage, versioner = las_utkastlage(get_session(), mappen(), ar), url_for("publicering.visa", ar=ar)
    return med_band(svar, fil, lage, url_for("signaler.visa", ar=ar), versioner)


def _fil(mapp: Path, fil: str) -> ResponseReturnValue:
    """A file in a folder; what lies elsewhere, also by way of a link on the disk, is no page."""
    stig = _inne(mapp, fil) or abort(404)
    if stig.is_dir() and not fil.endswith("/"):
        return redirect(f"{fil.rpartition('/')[2]}/", 303)
    svar = send_from_directory(mapp, f"{fil}index.html" if fil.endswith("/") else fil)
    svar.headers["Content-Security-Policy"] = POLICY
    svar.headers["Cache-Control"] = "no-store"
    return svar


def _inne(mapp: Path, fil: str) -> Path | None:
    """Where a name lies, when that is in the folder, hidden from nobody, and a name that a file can have."""
    trygg = safe_join(str(mapp), fil)
    if trygg is None or any(del_.startswith(".") for del_ in PurePosixPath(fil).parts):
        return None
    with suppress(OSError, ValueError):
        stig = Path(trygg).resolve(strict=True)
        return stig if mapp.resolve() in (stig, *stig.parents) else None
    return None
