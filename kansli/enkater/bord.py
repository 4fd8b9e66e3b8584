"""A questionnaire on the desk: as it lies in its file, proved, with what locks it; and a change of it carried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlmodel import Session

from enkat.lasning import las_enkat
from enkat.models import Omgang
from enkat.omgang import OmgangFel, enkat_i
from enkat.packning import form
from indikatorer.diagnos import Diagnos
from kansli.arbetsmapp import Arbetsmapp
from kansli.enkater import filer, oversattning, store
from kansli.enkater.provning import Provad, nya_fel, prova_alla
from kansli.enkater.redigera import Andring, RedigeringFel
from kansli.models import Konto
from kansli.sprak import gettext as _
from kansli.sprak import svenska

# Another one's change that falls between reading and writing: the same change is made once more, on what there is now.
_FORSOK: Final = 3


@dataclass(frozen=True)
class Oppnad:
    """text: the file. alla: every questionnaire, proved. last_av: the open rounds that lock it."""

    mapp: Arbetsmapp
    id: str
    text: str
    alla: Mapping[str, Provad]
    last_av: Sequence[Omgang]

    @property
    def provad(self) -> Provad:
        """This one, proved."""
        return self.alla[self.id]

    def tabell(self, *vag: str) -> Mapping[str, Any] | None:
        """What stands in a table of the file, right or wrong; None when there is no such table."""
        gren: Any = self.provad.lasning.dok.data
        for steg in vag:
            gren = gren.get(steg) if isinstance(gren, Mapping) else None
        return gren if isinstance(gren, Mapping) else None

    def stampel(self, *vag: str) -> str:
        """What tells whether somebody has changed a table since a form of it was opened; of the file without vag."""
        return filer.summa(repr(self.tabell(*vag)) if vag else self.text)

    def skalor(self) -> dict[str, list[str]]:
        """Every scale of the installation by its id: the questionnaires that have it, this one first."""
        finns: dict[str, list[str]] = {}
        for enkat_id in (self.id, *(i for i in self.alla if i != self.id)):
            for skala in _tabeller(self.alla[enkat_id], "skala"):
                finns.setdefault(skala, []).append(enkat_id)
        return finns

    def fore(self, fraga_id: str | None) -> list[str]:
        """The questions before one, in their order; all of them before a new one."""
        ordning = list(_tabeller(self.provad, "fraga"))
        return ordning[: ordning.index(fraga_id)] if fraga_id in ordning else ordning


@dataclass(frozen=True)
class Utfall:
    """What became of a change. fel: the faults that it would bring. besked: what else stopped it, in words.

    foljde: the languages whose translations followed a spelling.
    """

    fel: Sequence[Diagnos] = ()
    besked: str = ""
    foljde: Sequence[str] = field(default=())

    @property
    def sparat(self) -> bool:
        """Whether it is stored."""
        return not self.fel and not self.besked


def oppna(session: Session, nu: datetime, mapp: Arbetsmapp, enkat_id: str) -> Oppnad | None:
    """A questionnaire; None when there is none by that id."""
    text = filer.las_text(mapp, enkat_id)
    if text is None:
        return None
    alla = prova_alla(mapp, filer.las_alla(mapp) | {enkat_id: text.encode()})
    return Oppnad(mapp, enkat_id, text, alla, store.lasande(session, enkat_id, nu))


def andra(
    session: Session,
    nu: datetime,
    konto: Konto,
    mapp: Arbetsmapp,
    andringar: Mapping[str, Andring],
    orsak: str,
    stavning: bool = False,
    kod: str = "enkat-andrad",
) -> Utfall:
    """Make a change in one questionnaire or several, if no rule stands in its way. stavning: only words are mended.

    Of open rounds a mended spelling changes the words too, and the translations follow.
    """
    for _forsok in range(_FORSOK):
        with suppress(store.AndradAvAnnan):
            return _andra(session, nu, konto, mapp, andringar, orsak, stavning, kod)
    return Utfall(besked=_("Flera sparar samtidigt just nu. Inget har ändrats. Försök igen."))


def _andra(
    session: Session,
    nu: datetime,
    konto: Konto,
    mapp: Arbetsmapp,
    andringar: Mapping[str, Andring],
    orsak: str,
    stavning: bool,
    kod: str,
) -> Utfall:
    alla = filer.las_alla(mapp)
    fore = {id_: filer.som_text(alla[id_]) for id_ in andringar}
    try:
        efter = {id_: andring(fore[id_]) for id_, andring in andringar.items()}
    except RedigeringFel as fel:
        return Utfall(besked=_(str(fel)))
    andrade = {id_: (fore[id_], efter[id_]) for id_ in andringar if fore[id_] != efter[id_]}
    if not andrade:
        return Utfall()
    fel_ = nya_fel(mapp, alla, alla | {id_: ny.encode() for id_, (_g, ny) in andrade.items()})
    if fel_:
        return Utfall(fel=fel_)
    oppna_ = {id_: store.lasande(session, id_, nu) for id_ in andrade}
    for id_, rundor in oppna_.items():
        if rundor and not stavning:
            return Utfall(besked=last_text(rundor))
        if stavning and (hinder := _provratta(rundor, andringar[id_])):
            return Utfall(besked=hinder)
    store.spara(session, nu, konto, mapp, dict(andrade), orsak, kod)
    try:
        for id_, rundor in oppna_.items():
            store.ratta(session, rundor, andringar[id_], orsak, nu)
    except OmgangFel as fel:
        return Utfall(besked=svenska(str(fel)))
    return Utfall(foljde=_folj(mapp, andrade) if stavning else ())


def _provratta(oppna_: Sequence[Omgang], andring: Andring) -> str:
    """Why a change is more than a spelling in some open round; "" when it is not."""
    for omgang in oppna_:
        try:
            ny = las_enkat(f"{omgang.enkat_id}.toml", andring(filer.som_text(omgang.kalltext)).encode())[0]
        except RedigeringFel:
            return _("Omgången %(id)s har en annan lydelse av enkäten, som inte har den här texten.", id=omgang.id)
        if ny is None or form(ny) != form(enkat_i(omgang)):
            return _("Omgången %(id)s är öppen. Då går bara stavningen i texterna att rätta.", id=omgang.id)
    return ""


def last_text(oppna_: Sequence[Omgang]) -> str:
    """Why a questionnaire is locked."""
    namn = ", ".join(o.id for o in oppna_)
    return _("Enkäten är låst, för en omgång av den är öppen: %(namn)s. Bara stavning kan rättas.", namn=namn)


def _folj(mapp: Arbetsmapp, andrade: Mapping[str, tuple[str, str]]) -> list[str]:
    foljde: list[str] = []
    for id_, texter in andrade.items():
        fore, efter = (las_enkat(f"{id_}.toml", text.encode())[0] for text in texter)
        if fore is not None and efter is not None:
            foljde += oversattning.for_over(mapp, fore, efter)
    return list(dict.fromkeys(foljde))


def _tabeller(provad: Provad, slag: str) -> Mapping[str, Any]:
    alla = provad.lasning.dok.data.get(slag, {})
    return {id_: falt for id_, falt in alla.items() if isinstance(falt, Mapping)} if isinstance(alla, Mapping) else {}
