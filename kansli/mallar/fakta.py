"""What an installation is, as its draft documents tell it: read anew each time, so that nothing of it is stale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from enkat.formular import Enkat
from enkat.fritext import fragor
from enkat.sprak import KALLSPRAK
from enkat.tid import hela_minuter
from enkat.views_sida import Installning
from indikatorer.diagnos import UnderlagFel
from kansli.arbetsmapp import Arbetsmapp
from kansli.aret import las_aret
from kansli.enkat_installning import las_installning
from kansli.enkater import filer
from kansli.enkater.oversattning import sprakvyer
from kansli.enkater.provning import Provad, prova_alla

MINSTA_GRUPP: Final = 5


@dataclass(frozen=True)
class Enkatfakta:
    """A questionnaire. kansliga: its sensitive questions. fritext: those in own words, and the months they are kept."""

    titel: str
    population: str
    antal: int
    minuter: int
    kansliga: Sequence[str]
    fritext: Sequence[tuple[str, int]]
    fragar_kon: bool


@dataclass(frozen=True)
class Fakta:
    """The installation on a day. kontakt, ombud: "" when nobody has said. sprak: those that may be answered in."""

    forbund: str
    kontakt: str
    ombud: str
    minsta_grupp: int
    gallras_manader: int
    enkater: Sequence[Enkatfakta]
    sprak: Sequence[str]
    dag: date

    @property
    def kansliga(self) -> Sequence[str]:
        """Every sensitive question."""
        return [text for e in self.enkater for text in e.kansliga]

    @property
    def fritext(self) -> Sequence[tuple[str, int]]:
        """Every question that is answered in one's own words."""
        return [par for e in self.enkater for par in e.fritext]


def las_fakta(mapp: Arbetsmapp, forbund: str, dag: date) -> Fakta:
    """The facts as they are now."""
    installning = installning_eller_tom(mapp, forbund)
    enkater = [p.enkat for p in _provade(mapp) if p.enkat is not None]
    hela = [v.sprak.namn for v in sprakvyer(enkater) if v.erbjuds]
    return Fakta(
        forbund,
        installning.kontakt,
        installning.ombud,
        minsta_grupp(mapp),
        installning.gallras_manader,
        [_enkatfakta(e) for e in enkater],
        [KALLSPRAK.namn, *hela],
        dag,
    )


def installning_eller_tom(mapp: Arbetsmapp, forbund: str) -> Installning:
    """What the installation says of itself to those who answer; without a contact while its file is not written."""
    try:
        return las_installning(mapp.rot)
    except (FileNotFoundError, UnderlagFel):
        return Installning(forbund, "")


def minsta_grupp(mapp: Arbetsmapp) -> int:
    """As the goals of the latest year say; before there are goals, as the program is shipped."""
    for ar in mapp.ar()[:1]:
        try:
            aret = las_aret(mapp, ar)
        except UnderlagFel:
            return MINSTA_GRUPP
        return aret.forberett.definitioner.bokslut.minsta_grupp if aret is not None else MINSTA_GRUPP
    return MINSTA_GRUPP


def _provade(mapp: Arbetsmapp) -> Sequence[Provad]:
    return list(prova_alla(mapp, filer.las_alla(mapp)).values())


def _enkatfakta(enkat: Enkat) -> Enkatfakta:
    return Enkatfakta(
        enkat.titel,
        enkat.population,
        len(enkat.fragor),
        hela_minuter(enkat, KALLSPRAK),
        [f.text for f in enkat.fragor if f.kanslig],
        [(f.text, f.gallras_efter_manader or 0) for f in fragor(enkat)],
        any(f.id == "kon" for f in enkat.fragor),
    )
