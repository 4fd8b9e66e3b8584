"""The page of one indicator: its form filled, tried, merged with what somebody else has saved, and saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import flash, make_response, render_template, request
from flask.typing import ResponseReturnValue

from grund.forms import text as ren
from grund.headers import content_security_policy
from grund.session import get_session
from indikatorer.redigera import GarInte
from indikatorer.regler import REGLER
from kansli.forhandsvisning import Forhandsvisning
from kansli.mal import store as store_mal
from kansli.mal.falt import REGELORD, Sort, hjalp
from kansli.mal.forms import IndikatorForm, med_fel
from kansli.mal.krock import Sammanfogning, sammanfoga
from kansli.mal.models import Malversion
from kansli.mal.redigering import forse_med_val, nya_fel, nytt_id, skriv, visa_fel
from kansli.mal.sidan import INTE_I_FORMULAR, Oppet, prova
from kansli.mal.sidan import spara as spara_version
from kansli.mal.visning import Provning, provning
from kansli.sprak import gettext as _
from kansli.sprak import kand

# The button that nobody sees: the page's own script presses it, and is answered with what stands beside the form.
PROVA: Final = "prova"
# The script may ask this server, and no other, what the form gives.
_POLICY: Final = content_security_policy(connect_src="'self'")


@dataclass(frozen=True)
class Utfall:
    """What came of a form that was sent. sparad: the version that it became, None when it is to be shown again."""

    id: str
    f: Forhandsvisning | None
    sammanfogning: Sammanfogning | None
    sparad: Malversion | None = None


def forsok(o: Oppet, form: IndikatorForm, id_: str | None, knapp: str) -> Utfall:
    """Try what was sent, and save it when that is asked for and nothing stands in the way. id_: None for a new one.

    One who only asks for the choices is not yet told what is missing.
    """
    spara, bara_val = knapp == "spara", knapp not in ("spara", "rakna", PROVA)
    giltig = form.validate() if spara else form.csrf_token.validate(form)
    finns = o.aret.forberett.definitioner.dok.data.get("indikator", {})
    egen = id_ or ren(form.id_) or nytt_id(ren(form["titel"]), finns)
    if id_ is None and egen in finns:
        med_fel(form, "id_", _("Det finns redan en indikator som heter %(id)s i filen.", id=egen))
    ihop, ny = (None, True) if id_ is None else _hinn_ikapp(o, form, id_)
    try:
        text = skriv(form, o.lage.text, egen, ny) if not (ny and egen in finns) else None
    except (KeyError, GarInte):
        form.form_errors.append(_(INTE_I_FORMULAR))
        text = None
    if text is None:
        return Utfall(egen, None, ihop)
    f = prova(o, form, text)
    if not bara_val:
        visa_fel(form, egen, f, nya_fel(o.aret.forberett.alla_diagnoser(), f.diagnoser))
    klar = spara and giltig and not form.errors and (ihop is None or not (ihop.krockar or ihop.hamtade))
    sparad = spara_version(o, form, text) if klar else None
    if sparad is not None and ihop is not None:
        flash(_("%(vem)s sparade en annan ändring medan du skrev. Din är lagd ovanpå den.", vem=kand(ihop.hennes.vem)))
    return Utfall(egen, f, ihop, sparad)


def _hinn_ikapp(o: Oppet, form: IndikatorForm, id_: str) -> tuple[Sammanfogning | None, bool]:
    """Take in what somebody saved meanwhile. Returns that, and whether the indicator has to be put back as new."""
    finns = id_ in o.aret.forberett.definitioner.dok.data.get("indikator", {})
    bas = store_mal.version(get_session(), o.lage.ar, form.gjord_av())
    if bas is None or bas.nr == o.lage.version.nr:
        return None, not finns
    try:
        return sammanfoga(form, id_, bas, o.lage.version), False
    except (KeyError, GarInte):
        form.version.data = str(o.lage.version.nr)
        form.form_errors.append(
            _(
                "%(vem)s har tagit bort indikatorn. Det du skrev står kvar: spara, så läggs den tillbaka.",
                vem=kand(o.lage.version.vem),
            )
        )
        return None, not finns


def sida(
    o: Oppet, form: IndikatorForm, id_: str, f: Forhandsvisning | None, ihop: Sammanfogning | None = None
) -> ResponseReturnValue:
    """The form, and beside it what it gives."""
    forse_med_val(form, o.aret.forberett if f is None or f.forberett is None else f.forberett, id_)
    regel = str(form.regel.data)
    sida_ = render_template(
        "kansli/mal/indikator.html",
        o=o,
        form=form,
        id=id_,
        p=_provning(o, f, id_),
        ihop=ihop,
        om_regeln=_(REGELORD[regel].vad) if regel in REGELORD else "",
        hjalp=lambda falt: hjalp(falt, regel),
        sort=Sort,
        burna=_burna(form, request.form),
    )
    svar = make_response(sida_, 422 if form.errors else 200)
    svar.headers["Content-Security-Policy"] = _POLICY
    return svar


def svaret(o: Oppet, form: IndikatorForm, id_: str, utfall: Utfall) -> str:
    """What stands beside the form, alone. A fault is a part of it, so it is a good answer too."""
    p, ihop = _provning(o, utfall.f, id_), utfall.sammanfogning
    return render_template("kansli/mal/_svaret.html", form=form, p=p, ihop=ihop)


def _provning(o: Oppet, f: Forhandsvisning | None, id_: str) -> Provning | None:
    """What is seen of a trial. id_: "" for an indicator that only the trial has."""
    return None if f is None else provning(f, id_ or _nyaste(f, o))


def _nyaste(f: Forhandsvisning, o: Oppet) -> str:
    """The indicator that only the tried config has."""
    if f.forberett is None:
        return ""
    kanda = o.aret.forberett.definitioner.dok.data.get("indikator", {})
    return next((id_ for id_, _ in f.forberett.definitioner.ra_indikatorer() if id_ not in kanda), "")


def _burna(form: IndikatorForm, skickat: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was typed in fields that this rule has not, so that it is there when one goes back to the other."""
    kanda = {namn for klass in REGLER.values() for namn in klass.model_fields}
    egna = {f.nyckel for f in form.falten}
    return [(namn, varde) for namn in skickat if namn in kanda - egna for varde in request.form.getlist(namn)]
