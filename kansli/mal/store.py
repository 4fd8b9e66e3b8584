"""Versions of the goals: saved one after another, so that nothing that somebody has written is ever lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from grund.db import skrivning
from kansli.arbetsmapp import Arbetsmapp
from kansli.logg import store as store_logg
from kansli.mal.malfil import fingeravtryck, las_text, skriv_text
from kansli.mal.models import UTIFRAN, Malbeslut, Malversion
from kansli.models import Konto

SKAL_UTIFRAN = "Filen ändrades utanför kansliet"
SKAL_FORST = "Filen fanns när kansliet började användas"
# What a version says of itself when nobody has made it here.
UTIFRAN_ORD = {"vem": UTIFRAN, "skal": SKAL_UTIFRAN, "forst": SKAL_FORST}


class Krock(Exception):
    """Somebody has saved a version after the one that was being edited. senaste: hers."""

    def __init__(self, senaste: Malversion) -> None:
        super().__init__(senaste.nr)
        self.senaste = senaste


class Beslutat(Exception):
    """The board has decided the goals of the year, and nobody has opened them again."""


@dataclass(frozen=True)
class Lage:
    """The goals of a year as they stand: what the file holds is what the latest version holds."""

    version: Malversion
    beslut: Malbeslut | None

    @property
    def text(self) -> str:
        """The goals."""
        return self.version.text

    @property
    def ar(self) -> int:
        """The year."""
        return self.version.ar


@dataclass(frozen=True)
class Andring:
    """What to save. fran: the number of the version that it was made from; 0 for a new year."""

    ar: int
    text: str
    skal: str
    fran: int
    beslut: str = ""
    beslutsdatum: date | None = None


def hamta(session: Session, nu: datetime, mapp: Arbetsmapp, ar: int) -> Lage | None:
    """The goals of a year; None when it has none. A file that was changed from outside becomes a version first.

    Raises:
        FilFel: the file cannot be taken in.
    """
    text = las_text(mapp.mal(ar))
    if text is None:
        return None
    version = senaste(session, ar)
    if version is None or version.fingeravtryck != fingeravtryck(text):
        version = _ta_in(session, nu, ar, text)
    return Lage(version, session.get(Malbeslut, ar))


def senaste(session: Session, ar: int) -> Malversion | None:
    """The latest version of a year."""
    fraga = select(Malversion).where(Malversion.ar == ar).order_by(col(Malversion.nr).desc()).limit(1)
    return session.exec(fraga).first()


def versioner(session: Session, ar: int) -> Sequence[Malversion]:
    """Every version of a year, the latest first."""
    return session.exec(select(Malversion).where(Malversion.ar == ar).order_by(col(Malversion.nr).desc())).all()


def version(session: Session, ar: int, nr: int) -> Malversion | None:
    """One version."""
    return session.get(Malversion, (ar, nr))


def beslutade(session: Session) -> frozenset[int]:
    """The years whose goals the board has decided."""
    return frozenset(session.exec(select(Malbeslut.ar)).all())


def spara(session: Session, nu: datetime, konto: Konto, mapp: Arbetsmapp, andring: Andring) -> Malversion:
    """A new version, in the table and in the file.

    Raises:
        Krock: it was made from a version that is not the latest.
        Beslutat: the goals of the year are decided.
        LagringFel: nothing could be stored.
    """
    hamta(session, nu, mapp, andring.ar)  # what was changed from outside must be seen as a change of somebody's
    try:
        with skrivning(session):
            if session.get(Malbeslut, andring.ar) is not None:
                raise Beslutat
            ny = _lagg_till(session, nu, konto, andring)
            skriv_text(mapp.mal(andring.ar), andring.text)
    except IntegrityError:  # two saved at the same moment, and the other was first
        sist = senaste(session, andring.ar)
        if sist is None:
            raise
        raise Krock(sist) from None
    session.refresh(ny)
    return ny


def besluta(session: Session, nu: datetime, konto: Konto, mapp: Arbetsmapp, andring: Andring) -> Malversion:
    """The version that the board has decided: from now on the goals of the year are only read.

    Raises:
        Krock, Beslutat, LagringFel: as in `spara`.
    """
    with skrivning(session):
        ny = spara(session, nu, konto, mapp, andring)
        session.flush()
        session.add(Malbeslut(ar=andring.ar, nr=ny.nr, tid=nu, vem=konto.namn))
        store_logg.skriv(session, nu, konto, "mal-beslutade", f"mål {andring.ar}", "", f"{_kort(ny)}: {ny.beslut}")
    session.refresh(ny)
    return ny


def oppna(session: Session, nu: datetime, konto: Konto, ar: int, skal: str) -> None:
    """Let the decided goals of a year be changed again."""
    with skrivning(session):
        beslut = session.get(Malbeslut, ar)
        if beslut is None:
            return
        session.delete(beslut)
        store_logg.skriv(session, nu, konto, "mal-oppnade", f"mål {ar}", f"beslutade i version {beslut.nr}", skal)


def _ta_in(session: Session, nu: datetime, ar: int, text: str) -> Malversion:
    """What somebody wrote in the file, as a version of its own."""
    with skrivning(session):
        sist = senaste(session, ar)
        if sist is not None and sist.fingeravtryck == fingeravtryck(text):
            return sist  # another page of ours was first
        fran = 0 if sist is None else sist.nr
        skal = SKAL_UTIFRAN if sist is not None else SKAL_FORST
        ny = _lagg_till(session, nu, None, Andring(ar, text, skal, fran))
    session.refresh(ny)
    return ny


def _lagg_till(session: Session, nu: datetime, konto: Konto | None, andring: Andring) -> Malversion:
    fore = senaste(session, andring.ar)
    if fore is not None and fore.nr != andring.fran:
        raise Krock(fore)
    ny = Malversion(
        ar=andring.ar,
        nr=andring.fran + 1,
        text=andring.text,
        fingeravtryck=fingeravtryck(andring.text),
        tid=nu,
        konto_id=None if konto is None else konto.id,
        vem=UTIFRAN if konto is None else konto.namn,
        skal=andring.skal,
        beslut=andring.beslut,
        beslutsdatum=andring.beslutsdatum,
    )
    session.add(ny)
    session.flush()
    kod = "mal-utifran" if konto is None else "mal-sparade"
    store_logg.skriv(session, nu, konto, kod, f"mål {andring.ar}", _kort(fore), f"{_kort(ny)}: {ny.skal}")
    return ny


def _kort(version: Malversion | None) -> str:
    """A version in the log: with its fingerprint, so that a text that was changed on disk shows."""
    return "" if version is None else f"version {version.nr} ({version.fingeravtryck[:12]})"
