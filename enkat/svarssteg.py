"""What the button did: from a state and what was sent to the state of the next page, and what is wrong, if anything."""

from __future__ import annotations

from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from enkat.biljett import Dorr
from enkat.forms import SKRIVS, SVAR, SvarForm, form_for
from enkat.formular import Fraga
from enkat.gang import FORE, Vag, med_enhet, med_svar
from enkat.mottagning import Oppen
from enkat.sealed_state import SigillFullt, Tillstand
from enkat.sprak import sprak
from enkat.svar import fel_i_svar


@dataclass(frozen=True)
class Steg:
    """The next page. fel: a code of fel_i_svar; varde: what was sent, to be shown again beside the fault."""

    t: Tillstand
    fel: str | None = None
    varde: object = None


@dataclass(frozen=True)
class Besok:
    """One person's form, opened. dorr: the way in, when it was no code."""

    oppen: Oppen
    t: Tillstand
    dorr: Dorr | None = None

    @property
    def vag(self) -> Vag:
        """The way through the questionnaire. The enhet is asked for when neither a code nor the door has said it."""
        okand = self.dorr is not None and self.dorr.enhet is None and self.t.kod_avtryck is None
        return Vag(self.oppen.enkat, self.oppen.enheter if okand and self.oppen.enkat.enhet is not None else ())


def ta_steg(besok: Besok, form: SvarForm, sant: MultiDict[str, str]) -> Steg:
    """Take the answer on the page, if it has one, and go where the button says."""
    vag, t = besok.vag, besok.t
    taget = _ta_svar(besok, sant)
    if form.valt_sprak is not None:
        kvar = taget.t if taget.fel is None else t
        nytt = form.valt_sprak if sprak(form.valt_sprak) is not None else t.sprak
        return Steg(replace(kvar, sprak=nytt), varde=taget.varde)
    if form.vald_sida is not None:
        return Steg(vag.till(t, form.vald_sida))
    if form.gor.data == "tillbaka":
        return Steg(vag.tillbaka(taget.t if taget.fel is None else t))
    return taget if taget.fel is not None else Steg(vag.fram(taget.t))


def _ta_svar(besok: Besok, sant: MultiDict[str, str]) -> Steg:
    vag, t = besok.vag, besok.t
    fraga = vag.fraga(t.sida)
    if fraga is not None:
        return _ta_fraga(besok, vag, fraga, sant)
    if t.sida == FORE or t.sida == vag.granska:
        return Steg(t)
    med = med_enhet(vag, t, sant.get(SVAR))
    return Steg(t, "saknas") if med is None else Steg(med)


def _ta_fraga(besok: Besok, vag: Vag, fraga: Fraga, sant: MultiDict[str, str]) -> Steg:
    varde = form_for(fraga)(sant).varde(fraga)
    motsager = fraga.typ in SKRIVS and isinstance(varde, list)
    if fel := "motsager" if motsager else fel_i_svar(vag.enkat, fraga, varde):
        return Steg(besok.t, fel, varde)
    nytt = med_svar(vag, besok.t, fraga, varde)
    if fraga.typ == "text":
        try:
            besok.oppen.forsegla(nytt)
        except SigillFullt:
            return Steg(besok.t, "for_langt", varde)
    return Steg(nytt)
