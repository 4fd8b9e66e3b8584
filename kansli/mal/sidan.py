"""What every page of the goals begins and ends with: the year as it stands, and a change tried and saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from flask import abort, current_app, flash, request

from grund.forms import text as ren
from grund.session import get_session
from indikatorer.redigera import GarInte
from indikatorer.toml.fel import Vag
from kansli.arbetsmapp import Arbetsmapp
from kansli.aret import Aret
from kansli.forhandsvisning import Forhandsvisning, forhandsvisa
from kansli.inne import jag, nu
from kansli.mal import store as store_mal
from kansli.mal.forms import med_fel
from kansli.mal.malfil import FilFel
from kansli.mal.models import Malversion
from kansli.mal.planering import har_underlag, oppna_aret
from kansli.mal.redigering import nya_fel, sparr
from kansli.mal.store import Andring, Beslutat, Krock, Lage
from kansli.mal.varde import las_tabell
from kansli.publicering.slag import publiceras_nu
from kansli.sprak import gettext as _
from kansli.sprak import kand, mark, svenska

INTE_I_FORMULAR = mark("Det är skrivet på ett sätt i filen som bara går att ändra som text.")


@dataclass(frozen=True)
class Oppet:
    """The goals of a year, and the year itself. planerat: nothing of it has been measured yet."""

    lage: Lage
    aret: Aret
    planerat: bool

    @property
    def last(self) -> bool:
        """Whether the goals are only read."""
        return self.lage.beslut is not None


def mappen() -> Arbetsmapp:
    """Where the instance lies."""
    mapp: Arbetsmapp = current_app.extensions["kansli"].mapp
    return mapp


def oppna(ar: int) -> Oppet:
    """The goals of a year; a page that says so when there are none."""
    try:
        lage = store_mal.hamta(get_session(), nu(), mappen(), ar)
    except FilFel as fel:
        abort(413, fel.orsak)
    aret = None if lage is None else oppna_aret(mappen(), ar)
    if lage is None or aret is None:
        abort(404)
    return Oppet(lage, aret, not har_underlag(mappen(), ar))


def prova(o: Oppet, form: object, text: str) -> Forhandsvisning:
    """Try a text, and tell at the top of the form why it may not be saved, if it may not."""
    f = forhandsvisa(o.aret, text)
    efter = None if f.forberett is None else f.forberett.definitioner
    for skal in sparr(o.aret.forberett.definitioner, efter, o.lage.ar):
        form.form_errors.append(skal)  # type: ignore[attr-defined]  # wtforms has no types for it
    return f


def spara(
    o: Oppet, form: object, text: str, skal: str = "", beslut: str = "", datum: date | None = None
) -> Malversion | None:
    """Save a text as the next version; None, and told in the form, when it cannot be done.

    Somebody was first, the goals are decided, or a version is being made of what they say right now.
    """
    if publiceras_nu(get_session(), nu()):
        text = _("Bokslutet publiceras just nu. Vänta någon minut och spara igen.")
        form.form_errors.append(text)  # type: ignore[attr-defined]
        return None
    spara_ = store_mal.besluta if beslut else store_mal.spara
    fran = o.lage.version.nr
    andring = Andring(o.lage.ar, text, skal or ren(form.skal), fran, beslut, datum)  # type: ignore[attr-defined]
    try:
        return spara_(get_session(), nu(), jag(), mappen(), andring)
    except Krock as krock:
        vem = kand(krock.senaste.vem)
        fel = _("%(vem)s sparade just en annan version. Det du skrev står kvar: spara igen.", vem=vem)
    except Beslutat:
        fel = _("Målen är beslutade och går bara att läsa. Öppna dem igen om de ska ändras.")
    form.form_errors.append(fel)  # type: ignore[attr-defined]
    return None


def andra_tabell(o: Oppet, form: object, vag: Vag, skriv: Callable[[str], str]) -> str | None:
    """The text with a small change, on top of what others have saved; None, and told, when it cannot be made.

    vag: the table that is changed: when another has changed just that one too, it is shown before anything is saved.
    """
    bas = store_mal.version(get_session(), o.lage.ar, form.gjord_av())  # type: ignore[attr-defined]
    hennes = o.lage.version
    if bas is not None and bas.nr != hennes.nr:
        form.version.data = str(hennes.nr)  # type: ignore[attr-defined]
        if _tabell(bas.text, vag) != _tabell(hennes.text, vag):
            text = _(
                "%(vem)s har ändrat samma sak medan du skrev. Det du skrev står kvar: spara igen om det ska gälla.",
                vem=kand(hennes.vem),
            )
            form.form_errors.append(text)  # type: ignore[attr-defined]
            return None
        flash(_("%(vem)s sparade en annan ändring medan du skrev. Din är lagd ovanpå den.", vem=kand(hennes.vem)))
    try:
        return skriv(o.lage.text)
    except (KeyError, GarInte):
        form.form_errors.append(_(INTE_I_FORMULAR))  # type: ignore[attr-defined]
        return None


def visa_nya_fel(o: Oppet, form: object, f: Forhandsvisning, vag: Vag) -> None:
    """The faults that a change of a table brings, beside its fields."""
    inom = ".".join(map(str, vag)) + "."
    for d in nya_fel(o.aret.forberett.alla_diagnoser(), f.diagnoser):
        nyckel = d.falt.removeprefix(inom).split(".")[0] if d.falt.startswith(inom) else ""
        med_fel(form, nyckel, svenska(d.mening()))  # type: ignore[arg-type]


def knapp() -> str:
    """Which button was pressed."""
    return request.form.get("knapp", "")


def _tabell(text: str, vag: Vag) -> Mapping[str, object] | None:
    try:
        return {namn: post.unwrap() for namn, post in las_tabell(text, vag).items()}
    except (KeyError, GarInte):
        return None
