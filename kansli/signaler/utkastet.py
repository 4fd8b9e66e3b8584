"""The draft that those who decide read before anything is published: whether there is one, and of what it is made."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask import Response
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlmodel import Session

from bokslut.publicering.godkannande import GodkannandeFel
from bokslut.publicering.kontrollsumma import SaltFel
from bokslut.publicering.manifest import ManifestFel
from indikatorer.diagnos import UnderlagFel
from kansli.arbetsmapp import Arbetsmapp
from kansli.enkat_instans import visa_tid
from kansli.publicering import store
from kansli.publicering.arbeten import utkastmapp
from kansli.publicering.utkastet import las_utkastet
from kansli.sprak import gettext as _
from kansli.sprak import valt

_FORE: Final = b'<a class="hoppa"'
# What no draft has: the manifest, and what lies beside the versions of a year: their list and the way to the newest,
# and the notice that one is corrected.
_LANK: Final = re.compile(rb'href="((?:\.\./)*)(?:(versioner|index)\.html|manifest\.json)"')
_NOTISEN: Final = re.compile(rb'<link[^>]*href="(?:\.\./)+versioner\.css"[^>]*>')
_OLASLIGT: Final = (GodkannandeFel, SaltFel, ManifestFel, UnderlagFel, OSError)


@dataclass(frozen=True)
class Utkastlage:
    """finns: whether there is a draft to read. stammer: whether it is of exactly what stands now.

    tid, vem: when it was built and by whom; None and "" for one that nobody has told of.
    """

    finns: bool
    stammer: bool = False
    tid: datetime | None = None
    vem: str = ""


def las_utkastlage(session: Session, mapp: Arbetsmapp, ar: int) -> Utkastlage:
    """How the draft of a year stands. Where that cannot be told, it is of something else than what stands now."""
    if not utkastmapp(mapp, ar).is_dir():
        return Utkastlage(False)
    sparat = store.utkast(session, ar)
    if sparat is None:
        return Utkastlage(True)
    stammer = False
    with suppress(*_OLASLIGT):
        nu = las_utkastet(mapp, ar)
        stammer = nu is not None and nu.akt == sparat.stampel
    return Utkastlage(True, stammer, sparat.tid, sparat.vem)


def med_band(
    svar: ResponseReturnValue, fil: str, lage: Utkastlage, tillbaka: str, versioner: str
) -> ResponseReturnValue:
    """A page of the draft that says so at its top, and when it is of something older; other files are as they are.

    fil: the page, from the folder of the draft. versioner: the page of the staff that lists the versions there are;
    links to what only those have lead to it.
    The band is in the language of the staff's pages: those who read a draft are the staff and the board.
    """
    if isinstance(svar, Response) and svar.mimetype == "text/html" and svar.status_code == 200:
        svar.direct_passthrough = False
        band = f"{_bandet(lage, tillbaka)}".encode()
        sida = _NOTISEN.sub(b"", _LANK.sub(lambda t: _inom(t, fil.count("/"), versioner), svar.get_data()))
        svar.set_data(sida.replace(_FORE, band + _FORE, 1))
    return svar


def _inom(lank: re.Match[bytes], djup: int, versioner: str) -> bytes:
    """A link as it is when it stays among the pages of the draft, which a page lies so deep among."""
    inom = lank[2] is not None and lank[1].count(b"/") <= djup
    return lank[0] if inom else f'href="{versioner}"'.encode()


def _bandet(lage: Utkastlage, tillbaka: str) -> Markup:
    nar = _("Byggt %(tid)s av %(vem)s.", tid=visa_tid(lage.tid), vem=lage.vem) if lage.tid else ""
    andrat = "" if lage.stammer else _("Något har ändrats sedan dess, så det som publiceras blir ett annat.")
    rubrik, lank = _("Utkast. Det här är inte publicerat."), _("Tillbaka till signalerna")
    return Markup(
        '<aside class="notis" lang="{}" aria-label="{}"><p class="bredd"><strong>{}</strong> {} <a href="{}">{}</a></p>'
        "</aside>"
    ).format(valt(), _("Utkast"), rubrik, " ".join(filter(None, (nar, andrat))), tillbaka, lank)
