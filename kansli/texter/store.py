"""The versions of texts in the database: who wrote what, and the file as it is written in the same moment."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from grund.db import skrivning
from kansli.logg import store as store_logg
from kansli.models import Konto
from kansli.texter.models import BORTTAGET, SKRIVET, Textversion

# Who changed a file that nobody here changed: somebody with the command line, or another program.
UTANFOR: Final = "Någon utanför kansliet"


class Fil(Protocol):
    """A file of a year that is written here."""

    @property
    def ar(self) -> int:
        """The year."""
        ...

    @property
    def fil(self) -> str:
        """The file from the year's underlag."""
        ...

    def las(self) -> str | None:
        """What stands in it; None when it is not there."""
        ...

    def skriv(self, text: str) -> None:
        """Write it whole or not at all; "" takes it away."""
        ...


@dataclass(frozen=True)
class Andring:
    """What is done to a file. grund: the sum of what the one who did it had before her.

    kod: of the log. fore, efter: what the log tells of it. med_text: whether the text itself is kept.
    """

    text: str
    grund: str
    kod: str
    slag: str = SKRIVET
    fore: str = ""
    efter: str = ""
    anteckning: str = ""
    med_text: bool = True


class Konflikt(Exception):
    """Somebody has changed the file since it was shown. text: as it stands now. senast: who wrote it."""

    def __init__(self, text: str, senast: Textversion | None) -> None:
        super().__init__("the file was changed by somebody else")
        self.text, self.senast = text, senast


def summa(text: str | None) -> str:
    """What tells whether a file is what it was; one that is not there is as one that is empty."""
    return hashlib.sha256((text or "").encode()).hexdigest()


def spara(session: Session, nu: datetime, konto: Konto, fil: Fil, andring: Andring) -> None:
    """Write a file, its version and its line in the log: all three or none.

    Raises:
        Konflikt: somebody else was before; nothing is changed.
        OSError: the file cannot be written; nothing is changed.
    """
    with skrivning(session):
        # The log comes first: it lets one writer at a time through, so that what is read here is what is written over.
        store_logg.skriv(session, nu, konto, andring.kod, f"{fil.ar} {fil.fil}", andring.fore, andring.efter)
        stod = fil.las()
        senast = senaste(session, fil.ar, fil.fil)
        if summa(stod) != andring.grund:
            raise Konflikt(stod or "", senast)
        if stod is not None and (senast is None or senast.summa != summa(stod)):
            senast = _lagg_till(session, nu, fil, None, Andring(stod, "", "", med_text=andring.med_text), senast)
        _lagg_till(session, nu, fil, konto, andring, senast)
        fil.skriv(andring.text)


def _lagg_till(
    session: Session, nu: datetime, fil: Fil, konto: Konto | None, andring: Andring, senast: Textversion | None
) -> Textversion:
    version = Textversion(
        ar=fil.ar,
        fil=fil.fil,
        nr=1 if senast is None else senast.nr + 1,
        slag=andring.slag if andring.text else BORTTAGET,
        text=andring.text if andring.med_text else None,
        summa=summa(andring.text),
        konto_id=None if konto is None else konto.id,
        vem=UTANFOR if konto is None else konto.namn,
        anteckning=andring.anteckning,
        tid=nu,
    )
    session.add(version)
    session.flush()
    return version


def senaste(session: Session, ar: int, fil: str) -> Textversion | None:
    """The latest version of a file; None when nobody has written it here."""
    return session.exec(_versioner(ar, fil).limit(1)).first()


def versioner(session: Session, ar: int, fil: str, hogst: int = 200) -> Sequence[Textversion]:
    """The versions of a file, the latest first."""
    return session.exec(_versioner(ar, fil).limit(hogst)).all()


def version(session: Session, ar: int, fil: str, nr: int) -> Textversion | None:
    """One version."""
    return session.get(Textversion, (ar, fil, nr))


def senaste_av_alla(session: Session, ar: int) -> dict[str, Textversion]:
    """The latest version of each file of a year, by the file."""
    rader = session.exec(select(Textversion).where(Textversion.ar == ar).order_by(col(Textversion.nr))).all()
    return {rad.fil: rad for rad in rader}


def skribenter(session: Session, ar: int, fil: str) -> list[Textversion]:
    """The writings of a file since it was last taken away: those who wrote them may not review it."""
    ut: list[Textversion] = []
    for rad in session.exec(_versioner(ar, fil)):
        if rad.slag == BORTTAGET:
            break
        ut += [rad] if rad.slag == SKRIVET else []
    return ut


def granskningar(session: Session, ar: int, fil: str) -> list[Textversion]:
    """What reviewers have said of a file, the latest first."""
    return [rad for rad in versioner(session, ar, fil) if rad.slag not in (SKRIVET, BORTTAGET)]


def _versioner(ar: int, fil: str) -> SelectOfScalar[Textversion]:
    return select(Textversion).where(Textversion.ar == ar, Textversion.fil == fil).order_by(col(Textversion.nr).desc())


def anteckna(session: Session, nu: datetime, konto: Konto, kod: str, pa: str, efter: str = "") -> None:
    """A line in the log of what was refused, or of what the database does not hold."""
    with skrivning(session):
        store_logg.skriv(session, nu, konto, kod, pa, "", efter)
