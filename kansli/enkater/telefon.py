"""A questionnaire as its respondents meet it, before there is any round: the survey's own pages, and nothing kept.

The pages, their words, their order and their faults are the survey's. What a round would bring is made up for the
moment: keys out of the installation's secret, and no database, so that "Skicka" leads to a receipt and nowhere else.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from enkat import stil, texter
from enkat.biljett import Dorr, Kvittens
from enkat.forms import SvarForm
from enkat.formular import Enkat
from enkat.fritext import gallras
from enkat.gang import ENHET, FORE, Vag
from enkat.models import Omgang
from enkat.mottagning import Oppen
from enkat.nycklar import Hemlighet
from enkat.omgang import SVENSK_TID
from enkat.sealed_state import SigillBrutet, Tillstand
from enkat.sidor import datum, fragevy, svarsrader, tid
from enkat.sprak import SPRAK, Sprak, gettext_for
from enkat.svarssteg import Besok, Steg, ta_steg
from enkat.views_sida import Installning

OMGANG: Final = "forhandsvisning"
ENHETER: Final = ("Enhet A", "Enhet B")
KVITTO: Final = "PROV"
# As long as a round usually is open, so that the day of disposal is about right.
OPPEN: Final = timedelta(days=30)


@dataclass(frozen=True)
class Telefon:
    """A phone that shows one questionnaire. till: where its forms are sent. lank: as by an open link."""

    enkat: Enkat
    installning: Installning
    minsta_grupp: int
    nu: datetime
    hemlighet: bytes
    till: str
    lank: bool = False

    def sida(self, sida: int, vald: Sprak) -> tuple[str, dict[str, Any]]:
        """A page with nothing answered, by its number (`enkat.gang`): its template and its values."""
        besok = self._besok(self._oppen().ny(vald.kod, None, None))
        finns = (FORE, *([ENHET] if besok.vag.enheter else []), *range(2, besok.vag.granska + 1))
        return self._visa(Steg(replace(besok.t, sida=sida if sida in finns else FORE)), vald)

    def steg(self, sant: MultiDict[str, str]) -> tuple[str, dict[str, Any]]:
        """The page that a press of a button leads to. A form from before the questionnaire changed begins anew."""
        form = SvarForm(sant)
        try:
            t = self._oppen().oppna(form.sigill.data or "")
        except SigillBrutet:
            return self.sida(FORE, _sprak(form.s.data))
        vald = _sprak(form.valt_sprak or t.sprak)
        besok = self._besok(t)
        if form.gor.data != "skicka":
            return self._visa(ta_steg(besok, form, sant), vald)
        if obesvarade := besok.vag.obesvarade(t):
            return self._visa(Steg(replace(t, sida=obesvarade[0]), "saknas"), vald)
        return "kvitto", self._ram(vald, "") | {"k": Kvittens("mottaget", KVITTO, vald.kod), "kiosk": None}

    def _visa(self, steg: Steg, vald: Sprak) -> tuple[str, dict[str, Any]]:
        oppen, t = self._oppen(), replace(steg.t, sprak=vald.kod)
        vag = self._besok(t).vag
        ram = self._ram(vald, oppen.forsegla(t))
        if t.sida == FORE:
            return "fore", ram | self._fore(vald)
        if t.sida == vag.granska:
            return "granska", ram | {"rader": svarsrader(vag, t, vald), "storning": ""}
        sista = gallras(self.enkat, self.nu + OPPEN)
        return "fraga", ram | {"vy": fragevy(vag, t, vald, steg.varde, steg.fel, sista), "enkat": self.enkat}

    def _ram(self, vald: Sprak, sigill: str) -> dict[str, Any]:
        """What every page has, as `enkat.views_sida` gives it; nothing in it leads out of the preview."""
        borjan: Callable[..., str] = lambda *_, **__: self.till  # noqa: E731
        return {
            "_": gettext_for(vald.kod),
            "t": texter,
            "vald": vald,
            "spraken": SPRAK if sigill else (),
            "forbund": self.installning.forbund,
            "stil": stil.stil(),
            "skript": lambda namn: stil.skript(namn) if namn == "las" else Markup(),
            "url_for": borjan,
            "kiosklage": None,
            "kiosk": None,
            "till": self.till,
            "sigill": sigill,
            "prov": True,
        }

    def _fore(self, vald: Sprak) -> dict[str, Any]:
        sista = self.nu + OPPEN + timedelta(days=round(self.installning.gallras_manader * 30.44))
        return {
            "enkat": self.enkat,
            "tid": tid(self.enkat, vald),
            "minsta_grupp": self.minsta_grupp,
            "liten_grupp": False,
            "gallras": datum(sista.astimezone(SVENSK_TID).date(), vald),
            "kontakt": self.installning.kontakt,
            "ombud": self.installning.ombud,
        }

    def _besok(self, t: Tillstand) -> Besok:
        return Besok(self._oppen(), t, Dorr("lank", None, False) if self.lank else None)

    def _oppen(self) -> Oppen:
        enheter = ENHETER if self.enkat.enhet is not None else ()
        omgang = Omgang(
            id=OMGANG,
            enkat_id=self.enkat.id,
            kalltext=b"",
            fingeravtryck=self.enkat.fingeravtryck,
            period="",
            population="",
            minsta_grupp=self.minsta_grupp,
        )
        return Oppen(omgang, self.enkat, self._nycklar(), frozenset(), enheter)

    def _nycklar(self) -> Hemlighet:
        nyckel = hmac.new(self.hemlighet, b"kansli: forhandsvisning", hashlib.sha256).digest()
        return Hemlighet(nyckel, nyckel, ((nyckel[:4], nyckel),))


def sidor(enkat: Enkat, vald: Sprak, lank: bool) -> list[tuple[int, str]]:
    """The pages to step to: number and name."""
    _ = gettext_for(vald.kod)
    vag = Vag(enkat, ENHETER if lank and enkat.enhet is not None else ())
    fragor = [(nr, _(f.text)) for nr, f in enumerate(enkat.fragor, 2)]
    enhet = [(ENHET, _(enkat.enhet.text))] if vag.enheter and enkat.enhet is not None else []
    return [(FORE, _(texter.FORE_RUBRIK)), *enhet, *fragor, (vag.granska, _(texter.GRANSKA_RUBRIK))]


def policy() -> str:
    """What the browser may load in the phone: as in the survey, but our own pages may frame it."""
    return stil.csp().replace("frame-ancestors 'none'", "frame-ancestors 'self'")


def _sprak(kod: str | None) -> Sprak:
    return next((s for s in SPRAK if s.kod == kod), SPRAK[0])
