"""Long work that changes the folder of frozen answers: one at a time, so that none writes over another's line."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlmodel import Session

from bokslut.bevisfil import glom_bevis
from bokslut.underlag import las
from enkat import store as store_enkat
from enkat.frysning import frys as frysning
from enkat.frysning import gallring
from enkat.frysning.underlagsfil import UnderlagsfilFel
from enkat.models import Omgang
from enkat.nycklar import NyckelFel, Privat
from enkat.omgang import OmgangFel, enkat_i
from grund.db import LagringFel
from indikatorer.diagnos import UnderlagFel
from kansli.arbetsmapp import Arbetsmapp
from kansli.jobb.besked import Besked, besked
from kansli.jobb.kor import Framsteg, Stopp, Utfall
from kansli.omgangar import store
from kansli.sprak import mark

T = TypeVar("T")
SLAG = "frysta-svar"
ORD = mark("Frysning, import eller gallring")
_KAN_RATTAS = (OmgangFel, NyckelFel, UnderlagsfilFel, UnderlagFel)
_LAGRING = {
    "upptagen": mark("Databasen är upptagen. Försök igen om en stund."),
    "full": mark("Det går inte att skriva i databasen: disken är full, eller så saknas rättigheter."),
    "okand": mark("Databasen svarar inte."),
}
_FORSOK, _PAUS_SEKUNDER = 10, 1.0


@dataclass(frozen=True)
class Frysjobb:
    """Freeze a round. privat: its key, kept in memory alone. sida: of the round; till: to go on to."""

    mapp: Arbetsmapp
    omgang_id: str
    konto_id: str
    trasiga: int
    sida: str
    till: str
    privat: Privat = field(repr=False)

    def __call__(self, sag: Framsteg) -> Utfall:
        """Open, sort, write; then destroy envelopes, codes and key."""
        sag(besked(mark("Öppnar kuverten och skriver de frysta svaren")), 10)
        rad = _las(sag.session, self.omgang_id)
        nycklar, ut = self.mapp.nycklar, self.mapp.underlag(rad.period)
        fryst = _prova(
            lambda: frysning.frys(sag.session, nycklar, rad, self.privat, ut, _nu(), self.trasiga), self.sida
        )
        sag(besked(mark("Antecknar")), 90)
        anteckna(sag.session, self.konto_id, "omgang-fryst", self.omgang_id)
        stadat = fryst.stadat or self._stada(sag)
        return self._klart(fryst.texter is not None, stadat), self.till

    def _klart(self, fritext: bool, stadat: bool) -> list[Besked]:
        sagt = [mark("Svaren är frysta och årets underlag. Kuvert, koder och nyckel är förstörda.")]
        if fritext:
            sagt.append(mark("Fritexten ligger för sig och har en egen gallringsdag."))
        sagt.append(mark("Förstör papperskopian av nyckeln, och skriv i diariet att det är gjort."))
        if stadat:
            return [besked(text) for text in sagt]
        ostadat = mark("Databasen är inte städad, för den var upptagen: kör bokslut enkat frys %(id)s.")
        return [*(besked(text) for text in sagt), besked(ostadat, id=self.omgang_id)]

    def _stada(self, sag: Framsteg) -> bool:
        """Others read in the database now and then; between them there is room to clean it."""
        sag(besked(mark("Städar databasen")), 95)
        for _ in range(_FORSOK):
            time.sleep(_PAUS_SEKUNDER)
            if stada(sag.session, self.mapp, self.omgang_id):
                return True
        return False


@dataclass(frozen=True)
class Gallringsjobb:
    """Dispose of the rows of a frozen round."""

    mapp: Arbetsmapp
    omgang_id: str
    konto_id: str
    sida: str

    def __call__(self, sag: Framsteg) -> Utfall:
        """The counts first, then the rows go."""
        sag(besked(mark("Räknar det som indikatorerna behöver")), 10)
        rad = _las(sag.session, self.omgang_id)
        underlag, mal = self.mapp.underlag(rad.period), self._mal(rad.period)
        glom = partial(glom_bevis, underlag)
        _prova(
            lambda: gallring.gallra(sag.session, rad, underlag, enkat_i(rad).kalla, las(mal, underlag), glom), self.sida
        )
        anteckna(sag.session, self.konto_id, "omgang-gallrad", self.omgang_id)
        return besked(mark("Raderna är borta. Antalen som indikatorerna använder är kvar.")), self.sida

    def _mal(self, period: str) -> Path:
        ar = period[:4]
        if not ar.isdecimal() or not self.mapp.mal(int(ar)).is_file():
            saknas = mark(
                "Det finns inga mål för %(ar)s, så ingen vet vilka antal som ska vara kvar. Inget har ändrats."
            )
            raise Stopp(besked(saknas, ar=ar), self.sida)
        return self.mapp.mal(int(ar))


def stada(session: Session, mapp: Arbetsmapp, omgang_id: str) -> bool:
    """Clean up after a freeze that could not be finished. False when somebody still has the database open."""
    return frysning.forstor_spar(session, mapp.nycklar, omgang_id)


def anteckna(session: Session, konto_id: str, vad: str, pa: str, efter: str = "") -> None:
    """A line in the log of what a job has done, in the name of the one who began it."""
    store.anteckna(session, _nu(), store.konto(session, konto_id), vad, pa, efter)


def _prova(gor: Callable[[], T], sida: str) -> T:
    try:
        return gor()
    except _KAN_RATTAS as fel:
        raise Stopp(str(fel), sida) from None
    except LagringFel as fel:
        raise Stopp(besked(_LAGRING[fel.orsak]), sida) from None


def _las(session: Session, omgang_id: str) -> Omgang:
    rad = store_enkat.las_omgang(session, omgang_id)
    if rad is None:
        raise Stopp(besked(mark("Omgången finns inte längre.")))
    return rad


def _nu() -> datetime:
    return datetime.now(UTC)
