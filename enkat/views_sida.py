"""The survey's answers: each page with its language, its headers and its form."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any, Final

from flask import Response, current_app, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from enkat import stil, texter
from enkat.biljett import Dorr, Kvittens
from enkat.forms import SPRAK, SVAR
from enkat.fritext import gallras
from enkat.gang import FORE
from enkat.koder import LANGD
from enkat.mottagning import Mottagning, Oppen
from enkat.omgang import SVENSK_TID, gallras_senast
from enkat.sidminne import Sidminne
from enkat.sidor import datum as i_ord
from enkat.sidor import fragevy, svarsrader, tid
from enkat.sprak import KALLSPRAK, Sprak, gettext_for, sprak, textsumma, valj
from enkat.sprak import SPRAK as ALLA_SPRAK
from enkat.svarssteg import Besok, Steg
from enkat.takt import Takt
from grund.db import LagringFel

# Back works with no-cache, as long as nothing says no-store.
ROT: Final = Path(__file__).resolve().parent.parent
BEHALL: Final = "private, no-cache"
PACKAD: Final = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding, Accept-Language"}
PACKNING: Final = 4  # two thirds of the time of 6, for a few per cent more bytes
_LAST_BITAR, _BIT = 64, 65536


@dataclass(frozen=True)
class Installning:
    """What an installation decides. lamna_till: where "Lämna sidan snabbt" leads: a page that anyone could be reading.

    gallras_manader: after the close, when frozen rows are gone at the latest. krav_granskad: a language is offered in a
    live round only when its translation has been reviewed. kiosk_sekunder: how long a kiosk waits before it asks.
    adress: where one answers, for what staff print; None when nobody has said.
    """

    forbund: str
    kontakt: str
    ombud: str = ""
    lamna_till: str = "https://www.wikipedia.org/"
    gallras_manader: int = 24
    krav_granskad: bool = True
    kiosk_sekunder: int = 90
    kiosk_varnar: int = 30
    storst_kropp: int = 65536
    adress: str | None = None


def _takter() -> dict[str, Takt]:
    """A whole group behind one Wi-Fi: 60 persons in ten minutes, each with 30 steps and some tries at the code."""
    return {"steg": Takt(6000, 600), "kod": Takt(600, 600)}


@dataclass(frozen=True)
class Enkatrum:
    """What the room keeps in an app."""

    mottagning: Mottagning
    installning: Installning
    takter: dict[str, Takt] = field(default_factory=_takter)
    sidminne: Sidminne = field(default_factory=Sidminne)


def rum() -> Enkatrum:
    rummet: Enkatrum = current_app.extensions["enkat"]
    return rummet


def mottagning() -> Mottagning:
    return rum().mottagning


def far(vad: str) -> bool:
    """Whether this address may once more."""
    return rum().takter[vad].far(request.remote_addr or "", monotonic())


def oppna_dorr(dorr: Dorr | None) -> None:
    """Remember which way this person came in, for the rest of the request."""
    g.dorr = dorr


def dorren() -> Dorr | None:
    dorr: Dorr | None = g.get("dorr")
    return dorr


def spraken(oppen: Oppen | None) -> tuple[Sprak, ...]:
    """The languages to choose among; before the round is known, those that any round offers."""
    if oppen is not None:
        return mottagning().erbjudna(oppen, rum().installning.krav_granskad and not oppen.omgang.provomgang)
    alla = {s.kod for o in mottagning().omgangar().values() for s in spraken(o)}
    return tuple(s for s in ALLA_SPRAK if s.kod in alla) or (KALLSPRAK,)


def sprak_nu(oppen: Oppen | None = None, kod: str | None = None) -> Sprak:
    """The language of this page: the button pressed, the page before, or what the browser asks for."""
    finns = spraken(oppen)
    gor = request.form.get("gor", "")
    for onskat in (gor.removeprefix(SPRAK) if gor.startswith(SPRAK) else None, kod, request.form.get("s")):
        valt = sprak(onskat or "")
        if valt in finns:
            return valt
    return valj(request.headers.get("Accept-Language"), finns)


def adress(oppen: Oppen) -> str:
    """Where the form of a round is sent: the same door that its person came in by."""
    return request.path if dorren() is not None else url_for("enkat.steg", omgang_id=oppen.id)


def visa_start(till: str, oppen: Oppen | None = None) -> ResponseReturnValue:
    """The choice of language. With a single one there is nothing to choose."""
    finns = spraken(oppen)
    if len(finns) == 1 and dorren() is None:
        return visa_kod("")
    return _sida("start", 200, valj(request.headers.get("Accept-Language"), finns), oppen, till=till)


def visa_kod(skrivet: str, fel: str = "") -> ResponseReturnValue:
    """The page where the code is typed."""
    vald = sprak_nu()
    till = request.path if dorren() is not None else url_for("enkat.las_kod")
    return _sida("kod", 422 if fel else 200, vald, till=till, skrivet=skrivet, fel=fel, siffror=LANGD)


def visa_steg(oppen: Oppen, steg: Steg, storning: str = "") -> ResponseReturnValue:
    """The page that a state is on. storning: why the answers could not be handed in just now."""
    besok = Besok(oppen, steg.t, dorren())
    vald = sprak_nu(oppen, steg.t.sprak)
    t = steg.t
    falt: dict[str, Any] = {"till": adress(oppen), "sigill": oppen.forsegla(t), "prov": oppen.omgang.provomgang}
    if t.sida == FORE:
        return _sida("fore", 200, vald, oppen, **falt, **_fore(oppen, besok, vald))
    if t.sida == besok.vag.granska:
        rader = svarsrader(besok.vag, t, vald)
        return _sida("granska", 503 if storning else 200, vald, oppen, **falt, rader=rader, storning=storning)
    status, sista = 422 if steg.fel else 200, gallras(oppen.enkat, oppen.omgang.stanger)

    def fraga(sigill: str) -> str:
        vy = fragevy(besok.vag, t, vald, steg.varde, steg.fel, sista)
        return _rendera("fraga", vald, oppen, **falt | {"sigill": sigill}, vy=vy, enkat=oppen.enkat)

    if not _ar_orord(besok, steg):
        return _svar(fraga(falt["sigill"]), status)
    ord_ = (oppen.enkat.fingeravtryck, textsumma(vald.kod))
    nyckel = (oppen.id, ord_, t.sida, besok.vag.forlopp(t), vald, falt["till"], dorrslag(), sista)
    sida = rum().sidminne.hamta(nyckel, fraga)
    if not request.accept_encodings["gzip"]:
        return _svar(sida.med(falt["sigill"]), status)
    svar = _svar(sida.packad(falt["sigill"]), status)
    svar.headers.update(PACKAD)
    return svar


def _ar_orord(besok: Besok, steg: Steg) -> bool:
    """Whether a page is a question that this person has not yet answered in any way."""
    fraga = besok.vag.fraga(steg.t.sida)
    if fraga is None or steg.fel is not None or steg.varde is not None:
        return False
    return not any(nyckel in steg.t.svar for nyckel in fraga.nycklar)


def visa_kvitto(k: Kvittens, kiosk: str | None) -> ResponseReturnValue:
    """What became of the answers. Nothing of it stays in the browser, and nothing of what came before."""
    svar = make_response(_sida("kvitto", 200, sprak(k.sprak) or KALLSPRAK, k=k, kiosk=kiosk))
    svar.headers.update({"Cache-Control": "no-store", "Clear-Site-Data": '"cache"'})
    return svar


def visa_besked(
    status: int, rubrik: str, text: str, borja_om: bool = False, datum: datetime | None = None, med_form: bool = True
) -> ResponseReturnValue:
    """A page that says why one cannot go on. med_form: what was sent can be read."""
    vald = _sprak_vid_fel(med_form)
    nar = i_ord(datum.astimezone(SVENSK_TID).date(), vald) if datum is not None else ""
    om = request.path if dorren() is not None else url_for("enkat.start")
    return _sida("besked", status, vald, rubrik=rubrik, text=text, nar=nar, borja_om=om if borja_om else None)


def visa_forsok_igen(status: int, text: str) -> ResponseReturnValue:
    """The same request once more, at a press: all that was sent lies in the page."""
    rubrik = texter.FORSOK_IGEN if status == 429 else texter.UPPTAGEN_RUBRIK
    sant = [(n, v) for n, v in request.form.items(multi=True) if n in _FALT or n.startswith(SVAR)]
    svar = make_response(_sida("besked", status, _sprak_vid_fel(), rubrik=rubrik, text=text, nar="", sant=sant))
    svar.headers["Retry-After"] = "60" if status == 429 else "5"
    return svar


_FALT: Final = frozenset({"sigill", "s", "gor", "kod", "skannad"})


def klar(svar: Response) -> Response:
    """The headers of every page, and fewer bytes for a slow line."""
    svar.headers.setdefault("Cache-Control", BEHALL if dorrslag() != "kiosk" else "no-store")
    svar.headers.setdefault("Content-Security-Policy", stil.csp())
    packas = svar.mimetype == "text/html" and "Content-Encoding" not in svar.headers
    if packas and request.accept_encodings["gzip"] and not svar.is_streamed:
        svar.set_data(gzip.compress(svar.get_data(), PACKNING, mtime=0))
        svar.headers.update(PACKAD)
    return svar


def tom_kropp() -> None:
    """Read what was sent to its end, within reason: a browser that is cut off while it sends shows no page at all."""
    strom = request.environ["wsgi.input"]
    kvar = min(request.content_length or 0, _LAST_BITAR * _BIT)
    while kvar > 0 and (bit := strom.read(min(_BIT, kvar))):
        kvar -= len(bit)


def _sida(mall: str, status: int, vald: Sprak, oppen: Oppen | None = None, **falt: Any) -> Response:
    return _svar(_rendera(mall, vald, oppen, **falt), status, skickar=mall == "granska")


def _svar(html: str | bytes, status: int, skickar: bool = False) -> Response:
    svar = make_response(html, status)
    svar.headers["Content-Security-Policy"] = stil.csp(skickar)
    return svar


def _rendera(mall: str, vald: Sprak, oppen: Oppen | None = None, **falt: Any) -> str:
    installning = rum().installning
    kiosk = falt.get("kiosk") or (request.path if dorrslag() == "kiosk" else None)
    return render_template(
        f"enkat/{mall}.html",
        _=gettext_for(vald.kod),
        t=texter,
        vald=vald,
        spraken=spraken(oppen) if falt.get("till") else (),
        forbund=installning.forbund,
        stil=stil.stil(),
        skript=stil.skript,
        kiosklage=kiosk
        and {"sekunder": installning.kiosk_sekunder, "varnar": installning.kiosk_varnar, "start": kiosk},
        **falt,
    )


def _fore(oppen: Oppen, besok: Besok, vald: Sprak) -> dict[str, Any]:
    """What one is told before question 1."""
    installning, omgang = rum().installning, oppen.omgang
    stanger = omgang.stanger or mottagning().klocka()
    sista = gallras_senast(stanger, installning.gallras_manader)
    return {
        "enkat": oppen.enkat,
        "tid": tid(oppen.enkat, vald),
        "minsta_grupp": omgang.minsta_grupp,
        "liten_grupp": oppen.liten_grupp(besok.t.enhet),
        "gallras": i_ord(sista, vald),
        "kontakt": installning.kontakt,
        "ombud": installning.ombud,
    }


def _sprak_vid_fel(med_form: bool = True) -> Sprak:
    """The language of a page that tells of a failure; the rounds may be unreadable. med_form: the form is not."""
    onskat = sprak(request.form.get("s", "")) if med_form else None
    try:
        finns = spraken(None)
    except LagringFel:
        finns = (KALLSPRAK,)
    return onskat or valj(request.headers.get("Accept-Language"), finns)


def dorrslag() -> str | None:
    dorr = dorren()
    return None if dorr is None else dorr.slag
