"""What is done with a round, each with its line in the staff's log in the same transaction; and what is shown of one.

The log says that something was done with a round, never with which codes, to which addresses or under which key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from enkat import nycklar, omgang, store, store_bunt
from enkat.lage import lage
from enkat.models import Bunt, Omgang
from enkat.omgang import OmgangFel, Oppnad
from enkat.store import las_last
from grund.db import skrivning
from kansli.enkat_instans import visa_tid
from kansli.logg.store import skriv
from kansli.models import Handelse, Konto
from kansli.omgangar.makulering import las_koder
from kansli.sprak import mark

SKAPAD = "omgang-skapad"
OPPNAD = "omgang-oppnad"
PAPPER_SPARAT = "omgang-papper-sparat"
_FLEST_RADER = 60


class BuntFinns(RuntimeError):
    """The form was sent once more: its codes are printed already, and cannot be shown again."""


@dataclass(frozen=True)
class Nytt:
    """A round to be made. fil, data: the questionnaire."""

    fil: str
    data: bytes
    period: str
    minsta_grupp: int
    population_antal: int | None = None
    utdelade: int | None = None
    provomgang: bool = False


@dataclass(frozen=True)
class NyBunt:
    """A batch to be printed. bunt_id: from the form, so that the same form prints once."""

    bunt_id: str
    enhet: str
    antal: int
    reserv: bool = False
    tillsammans: str | None = None


def alla(session: Session) -> list[Omgang]:
    """Every round, those of the latest period first."""
    return sorted(store.las_omgangar(session), key=lambda o: (o.period, o.id), reverse=True)


def hamta(session: Session, omgang_id: str) -> Omgang | None:
    """A round."""
    return store.las_omgang(session, omgang_id)


def buntar(session: Session, omgang_id: str) -> Sequence[Bunt]:
    """The batches of a round, by whom they are for. How many of their codes are used is not told here."""
    fraga = select(Bunt).where(Bunt.omgang_id == omgang_id)
    return session.exec(fraga.order_by(col(Bunt.beteckning), col(Bunt.reserv), col(Bunt.id))).all()


def bunt(session: Session, omgang_id: str, bunt_id: str) -> Bunt | None:
    """A batch of this round; None when it is another's."""
    funnen = session.get(Bunt, bunt_id)
    return funnen if funnen is not None and funnen.omgang_id == omgang_id else None


def handelser(session: Session, omgang_id: str) -> list[Handelse]:
    """Who has done what with a round of late, the latest first; not with an earlier one that had its name."""
    fraga = select(Handelse).where(Handelse.pa == omgang_id, col(Handelse.vad).startswith("omgang-"))
    rader = session.exec(fraga.order_by(col(Handelse.nr).desc()).limit(_FLEST_RADER)).all()
    skapad = next((nr for nr, rad in enumerate(rader) if rad.vad == SKAPAD), len(rader) - 1)
    return list(rader[: skapad + 1])


def papper_kvar(rader: Sequence[Handelse]) -> bool:
    """Whether the round was opened here and nobody has said that the paper copy is kept."""
    vad = {rad.vad for rad in rader}
    return OPPNAD in vad and PAPPER_SPARAT not in vad


def skapa(session: Session, nu: datetime, konto: Konto, mapp: Path, ny: Nytt) -> str:
    """Make a draft. mapp: the folder of keys. Returns its id.

    Raises:
        OmgangFel: the questionnaire is faulty or too large.
    """
    with skrivning(session):
        rad = omgang.skapa(
            session,
            mapp,
            ny.fil,
            ny.data,
            ny.period,
            minsta_grupp=ny.minsta_grupp,
            population_antal=ny.population_antal,
            utdelade=ny.utdelade,
            provomgang=ny.provomgang,
        )
        skriv(session, nu, konto, SKAPAD, rad.id, efter=f"{rad.enkat_id}, {rad.period}")
    return rad.id


def kopiera(
    session: Session, nu: datetime, konto: Konto, mapp: Path, forra_id: str, period: str, provomgang: bool
) -> str:
    """An earlier round once more. Returns the new one's id."""
    with skrivning(session):
        rad = omgang.kopiera(session, mapp, _finns(session, forra_id), period, provomgang)
        skriv(session, nu, konto, SKAPAD, rad.id, fore=forra_id, efter=f"{rad.enkat_id}, {rad.period}")
    return rad.id


def ange_antal(
    session: Session, nu: datetime, konto: Konto, omgang_id: str, population: int | None, utdelade: int | None
) -> None:
    """Say how many there are, and how many were asked where no batch says it.

    Raises:
        OmgangFel: it is frozen.
    """
    with skrivning(session):
        rad = las_last(session, omgang_id)
        if rad.lage not in ("utkast", "oppen"):
            raise OmgangFel(
                omgang_id, mark("antal anges före frysningen"), mark("den är fryst"), mark("Inget har ändrats.")
            )
        fore = f"population {_tal(rad.population_antal)}, utdelade {_tal(rad.utdelade)}"
        rad.population_antal, rad.utdelade = population, utdelade
        session.add(rad)
        efter = f"population {_tal(population)}, utdelade {_tal(utdelade)}"
        skriv(session, nu, konto, "omgang-antal", omgang_id, fore, efter)


def oppna(
    session: Session,
    nu: datetime,
    konto: Konto,
    mapp: Path,
    omgang_id: str,
    tider: tuple[datetime, datetime],
    fras: str,
) -> Oppnad:
    """Open a draft. tider: when it opens and closes. fras: the passphrase; "" for none.

    Raises:
        OmgangFel: it is no draft, or it would close before it opens.
    """
    with skrivning(session):
        oppnad = omgang.oppna(session, mapp, _finns(session, omgang_id), *tider, fras or None)
        skydd = "med lösenfras" if fras else "utan lösenfras"
        skriv(session, nu, konto, OPPNAD, omgang_id, efter=f"{visa_tid(tider[0])} – {visa_tid(tider[1])}, {skydd}")
    return oppnad


def forlang(session: Session, nu: datetime, konto: Konto, omgang_id: str, stanger: datetime) -> None:
    """Close later.

    Raises:
        OmgangFel: it is a draft, it is frozen, or the time has passed.
    """
    with skrivning(session):
        rad = _finns(session, omgang_id)
        fore = visa_tid(rad.stanger)
        omgang.forlang(session, rad, stanger, nu)
        skriv(session, nu, konto, "omgang-forlangd", omgang_id, fore, visa_tid(stanger))


def stang(session: Session, nu: datetime, konto: Konto, omgang_id: str) -> None:
    """Close now.

    Raises:
        OmgangFel: it is not open.
    """
    with skrivning(session):
        rad = _finns(session, omgang_id)
        fore = visa_tid(rad.stanger)
        omgang.stang(session, rad, nu)
        skriv(session, nu, konto, "omgang-stangd", omgang_id, fore, visa_tid(nu))


def kasta(session: Session, nu: datetime, konto: Konto, mapp: Path, omgang_id: str) -> None:
    """Throw away a trial or a draft.

    Raises:
        OmgangFel: it is a real round that has opened.
    """
    with skrivning(session):
        omgang.kasta(session, mapp, _finns(session, omgang_id), nu)
        skriv(session, nu, konto, "omgang-kastad", omgang_id)


def skapa_bunt(
    session: Session, nu: datetime, konto: Konto, mapp: Path, omgang_id: str, ny: NyBunt
) -> tuple[Bunt, list[str]]:
    """A batch and its codes, which nobody sees again.

    Raises:
        BuntFinns: the same form was sent before.
        NyckelFel: the round's keys are gone; so it is when it is frozen.
    """
    hemlighet = nycklar.las_hemlighet(mapp, omgang_id)
    with skrivning(session):
        las_last(session, omgang_id)  # PostgreSQL: the same form, sent twice at once, waits for itself
        if session.get(Bunt, ny.bunt_id) is not None:
            raise BuntFinns(ny.bunt_id)
        ny_bunt, koder = store_bunt.skapa_bunt(
            session, omgang_id, hemlighet, ny.enhet, ny.antal, ny.reserv, ny.tillsammans, ny.bunt_id
        )
        slag = "reserv, " if ny.reserv else ""
        skriv(session, nu, konto, "omgang-bunt", omgang_id, efter=f"{slag}{ny.antal} kort, {ny.enhet}, {ny.bunt_id}")
    return ny_bunt, koder


def makulera(
    session: Session, nu: datetime, konto: Konto, mapp: Path, omgang_id: str, skrivna: Sequence[str]
) -> tuple[int, int]:
    """Void codes. Returns how many were unspent, and how many there were.

    Raises:
        FelKod: one of them is none of this round's; nothing is voided.
        NyckelFel: the round's keys are gone.
    """
    hemlighet = nycklar.las_hemlighet(mapp, omgang_id)
    lasta = las_koder(skrivna, hemlighet)
    with skrivning(session):
        antal = store_bunt.makulera(session, hemlighet, lasta)
        skriv(session, nu, konto, "omgang-makulerat", omgang_id)
    return antal, len(set(lasta))


def makulera_bunt(session: Session, nu: datetime, konto: Konto, omgang_id: str, bunt_id: str) -> None:
    """Void all that is unspent in a batch. How many they were is not told: it would say how many have answered."""
    with skrivning(session):
        store_bunt.makulera_bunt(session, bunt_id)
        skriv(session, nu, konto, "omgang-bunt-makulerad", omgang_id, efter=bunt_id)


def ange_utdelade(session: Session, nu: datetime, konto: Konto, omgang_id: str, bunt_id: str, antal: int) -> None:
    """Say how many of a batch were handed out."""
    with skrivning(session):
        store_bunt.ange_utdelade(session, bunt_id, antal)
        skriv(session, nu, konto, "omgang-utdelade", omgang_id, efter=f"{bunt_id}: {antal}")


def anteckna(session: Session, nu: datetime, konto: Konto | None, vad: str, omgang_id: str, efter: str = "") -> None:
    """A line for what has no transaction of its own to stand in: a letter, a page with the key, a freeze.

    Of paper answers too: a line in their transaction would say when an envelope came into the urn.
    """
    with skrivning(session):
        skriv(session, nu, konto, vad, omgang_id, efter=efter)


def konto(session: Session, konto_id: str) -> Konto | None:
    """The account of the one who began a job, in the job's own session."""
    return session.get(Konto, konto_id)


def ar_oppen(session: Session, omgang_id: str, nu: datetime) -> bool:
    """Whether people are let in, as the database says it now."""
    session.rollback()
    session.expire_all()
    rad = store.las_omgang(session, omgang_id)
    return rad is not None and lage(rad, nu) == "oppen"


def _finns(session: Session, omgang_id: str) -> Omgang:
    rad = store.las_omgang(session, omgang_id)
    if rad is None:
        raise OmgangFel(omgang_id, mark("ska finnas"), mark("någon har kastat den"), mark("Inget har ändrats."))
    return rad


def _tal(antal: int | None) -> str:
    return "–" if antal is None else str(antal)
