"""Who is logged in during a request, and what she may open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from flask import Response, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from grund.session import get_session
from kansli.konto import store as store_konto
from kansli.konto.losen import fingeravtryck
from kansli.models import Inloggning, Konto
from kansli.roller import Roll, far

KAKA: Final = "bokslut_kansli"
# Each names those after it too, so the first that is found is the right one.
_PROGRAM: Final = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEM: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Inne:
    """Who is here. konto: the account. inloggning: the session that the cookie opened."""

    konto: Konto
    inloggning: Inloggning


def nu() -> datetime:
    """The time of this request, the same wherever it is asked for."""
    if "nu" not in g:
        g.nu = datetime.now(UTC)
    tid: datetime = g.nu
    return tid


def hemlighet() -> bytes:
    """The installation's secret."""
    data: bytes = current_app.extensions["kansli"].hemlighet
    return data


def inne() -> Inne | None:
    """Who is logged in; None when nobody is."""
    if "inne" not in g:
        token = request.cookies.get(KAKA, "")
        funnen = store_konto.hamta_inloggning(get_session(), nu(), token, webblasare()) if token else None
        g.inne = None if funnen is None else Inne(funnen[1], funnen[0])
    vem: Inne | None = g.inne
    return vem


def jag() -> Konto:
    """The account of the one who is logged in; the guard has let nobody else through."""
    vem = inne()
    if vem is None:
        abort(403)
    return vem.konto


def vakta() -> ResponseReturnValue | None:
    """Let through only those whose role may open the page; asked before everything else, of every page."""
    if request.endpoint is None:
        return None  # no such page, which is told as it is
    vem = inne()
    roll = None if vem is None else Roll(vem.konto.roll)
    if far(roll, request.endpoint or ""):
        return None
    if roll is None and request.method == "GET":
        return redirect(url_for("konto.logga_in", till=request.full_path.rstrip("?")), 303)
    abort(401 if roll is None else 403)


def satt_kaka(svar: Response, token: str) -> None:
    """The cookie of a new session: for this site alone, out of reach for scripts, gone when the browser closes."""
    svar.set_cookie(KAKA, token, httponly=True, secure=request.is_secure, samesite="Lax", path="/kansli")


def ta_kaka(svar: Response) -> None:
    """Take the cookie away."""
    svar.delete_cookie(KAKA, path="/kansli", httponly=True, secure=request.is_secure, samesite="Lax")


def webblasare() -> str:
    """The browser of this request, as a keyed hash: a cookie that turns up in another one opens nothing."""
    return fingeravtryck(hemlighet(), f"webbläsare {request.user_agent.string}")


def webblasare_i_ord() -> str:
    """The browser as its owner knows it: "Firefox, Windows"; "" for one that we do not know."""
    namn = request.user_agent.string
    program = next((ord_ for tecken, ord_ in _PROGRAM if tecken in namn), "")
    system = next((ord_ for tecken, ord_ in _SYSTEM if tecken in namn), "")
    return ", ".join(filter(None, (program, system)))


def natet() -> str:
    """The network that a request comes from, coarse enough for a home and an office to be one."""
    adress = request.remote_addr or ""
    return ":".join(adress.split(":")[:4]) if ":" in adress else adress


def egen_sida(till: str) -> str | None:
    """A page of the staff's to go on to, or None: an address outside must not be reached by way of the login."""
    return till if re.fullmatch(r"/kansli(?:/[\w/.~-]*)?(?:\?[\w=&.~%-]*)?", till) else None
