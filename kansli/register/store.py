"""Changes of the register with their line in the log, in one transaction; and the log of who has read it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from grund.db import skrivning
from insatser import store as store_insatser
from insatser import store_import
from insatser.koder import SKAL
from insatser.models import Deltagare, Insats
from insatser.register import RUBRIKER, Rad
from kansli.logg import store as store_logg
from kansli.models import Handelse, Konto
from kansli.register.models import Andring
from kansli.roller import Roll

# Who opens the same thing again within this time is not written down again.
GLES: Final = timedelta(minutes=15)
_SENASTE: Final = 300


def vem(session: Session, insats_id: int, nummer: int) -> str:
    """A row as the log calls it: its insats and number."""
    insats = store_insatser.hamta_insats(session, insats_id)
    return f"{'' if insats is None else insats.namn} nr {nummer}"


def logga_lasning(session: Session, nu: datetime, konto: Konto, vad: str, pa: str) -> None:
    """Write down that somebody has seen rows, once in a quarter of an hour for the same thing."""
    senaste = select(Handelse.nr).order_by(col(Handelse.nr).desc()).limit(1)
    sista = session.exec(senaste).first() or 0
    sagd = select(Handelse.nr).where(
        col(Handelse.nr) > sista - _SENASTE,
        Handelse.konto_id == konto.id,
        Handelse.vad == vad,
        Handelse.pa == pa,
        col(Handelse.tid) > nu - GLES,
    )
    if session.exec(sagd.limit(1)).first() is None:
        with skrivning(session):
            store_logg.skriv(session, nu, konto, vad, pa)


def lagg_till(session: Session, nu: datetime, konto: Konto, rad: Rad) -> Deltagare:
    """A new row.

    Raises:
        FinnsRedan: the insats has that number.
    """
    with skrivning(session):
        deltagare = store_insatser.lagg_till(session, nu, rad)
        store_logg.skriv(session, nu, konto, "deltagare-ny", vem(session, rad.insats_id, rad.nummer))
    session.refresh(deltagare)
    return deltagare


def andra(session: Session, nu: datetime, konto: Konto, deltagare_id: int, version: int, rad: Rad) -> int:
    """Change a row. Returns how many fields were changed. What they were lies beside the log, and goes with the row.

    Raises:
        AndradAvAnnan, FinnsRedan: as `insatser.store.andra`.
    """
    with skrivning(session):
        andrat = store_insatser.andra(session, nu, deltagare_id, version, rad)
        if andrat:
            falten = ", ".join(RUBRIKER[falt].lower() for falt in andrat)
            pa = vem(session, rad.insats_id, rad.nummer)
            nr = store_logg.skriv(session, nu, konto, "deltagare-andrad", pa, "", falten)
            fore, efter = (_andringar(andrat, nr) for nr in (0, 1))
            session.add(Andring(handelse_nr=nr, deltagare_id=deltagare_id, fore=fore, efter=efter))
    return len(andrat)


def andringar(session: Session, nummer: Collection[int]) -> Mapping[int, tuple[str, str]]:
    """What was changed by some lines of the log, by their numbers: before and after, while the row is there."""
    rader = session.exec(select(Andring).where(col(Andring.handelse_nr).in_(nummer)))
    return {rad.handelse_nr: (rad.fore, rad.efter) for rad in rader}


def med_varden(session: Session, rader: Sequence[Handelse]) -> list[Handelse]:
    """Lines of the log, to be shown to those who may see rows: with what was changed in a row, while it is there."""
    varden = andringar(session, [rad.nr or 0 for rad in rader])
    visas = [Handelse(**rad.model_dump()) for rad in rader]
    for rad in visas:
        rad.fore, rad.efter = varden.get(rad.nr or 0, (rad.fore, rad.efter))
    return visas


def ta_bort(session: Session, nu: datetime, konto: Konto, deltagare: Deltagare, version: int, skal: str) -> None:
    """Remove a row. What it held does not go into the log, which is kept for ever.

    Raises:
        AndradAvAnnan: somebody changed it.
    """
    id_, insats_id, nummer = int(deltagare.id or 0), deltagare.insats_id, deltagare.nummer
    with skrivning(session):
        store_insatser.ta_bort(session, id_, version)
        pa = vem(session, insats_id, nummer)
        store_logg.skriv(session, nu, konto, "deltagare-borttagen", pa, "", SKAL[skal])


def spara_insats(
    session: Session,
    nu: datetime,
    konto: Konto,
    insats: Insats | None,
    falt: dict[str, Any],
    ansvariga: Collection[str],
) -> Insats:
    """A new insats (None), or a change of one, and who answers for it.

    Raises:
        FinnsRedan: another one has the name.
    """
    insats_id = None if insats is None else insats.id
    with skrivning(session):
        rad = Insats(namn="", enhet="") if insats_id is None else session.get_one(Insats, insats_id)
        fore = "" if insats_id is None else _beskriv(session, rad)
        for namn, varde in falt.items():
            setattr(rad, namn, varde)
        store_insatser.spara_insats(session, rad)
        store_insatser.satt_ansvariga(session, int(rad.id or 0), ansvariga)
        efter = _beskriv(session, rad)
        if fore != efter:
            vad = "insats-ny" if insats_id is None else "insats-andrad"
            store_logg.skriv(session, nu, konto, vad, rad.namn, fore, efter)
    session.refresh(rad)
    return rad


@store_import.utan_sopning()
def importera(
    session: Session,
    nu: datetime,
    konto: Konto,
    rader: Sequence[tuple[Any, ...]],
    falten: Sequence[str],
    idag: date,
    utelamnade: int,
) -> store_import.Skillnad:
    """Bring rows in, all or none. utelamnade: how many of the file were left out for their faults.

    The comparison is made before anything is locked, so that others can write meanwhile.

    Raises:
        AndradAvAnnan: somebody wrote a row of the file in between; nothing is stored, and it can be done again.
    """
    motor = session.get_bind()
    assert isinstance(motor, Engine), "work has a session of its own"
    skillnad = store_import.jamfor(session, rader, falten, idag)
    if skillnad.krockar:
        raise store_insatser.AndradAvAnnan(None)
    antal = f"{len(skillnad.nya)} nya, {len(skillnad.andrade)} ändrade, {skillnad.oforandrade} oförändrade"
    antal += f", {utelamnade} utelämnade" if utelamnade else ""
    session.rollback()  # a connection that has read must not stand in the way of the one that writes
    with store_import.mellanlagrat(motor, nu, skillnad) as egen, skrivning(egen):
        store_import.lagra(egen, skillnad)
        store_logg.skriv(egen, nu, konto, "deltagare-importerade", f"{len(rader)} rader", "", antal)
    return skillnad


def logga(session: Session, nu: datetime, konto: Konto, vad: str, pa: str, efter: str = "") -> None:
    """Write down something else that was done with the register."""
    with skrivning(session):
        store_logg.skriv(session, nu, konto, vad, pa, "", efter)


def insatsansvariga(session: Session) -> Sequence[Konto]:
    """The open accounts that may answer for insatser, by name."""
    fraga = select(Konto).where(Konto.roll == Roll.INSATSANSVARIG, col(Konto.aktiv)).order_by(Konto.namn)
    return session.exec(fraga).all()


def _andringar(andrat: dict[str, tuple[Any, Any]], nr: int) -> str:
    return ", ".join(f"{RUBRIKER[falt].lower()}: {'–' if par[nr] is None else par[nr]}" for falt, par in andrat.items())


def _beskriv(session: Session, insats: Insats) -> str:
    konton = store_insatser.ansvariga(session).get(int(insats.id or 0), frozenset())
    namn = session.exec(select(Konto.namn).where(col(Konto.id).in_(konton)).order_by(Konto.namn)).all()
    lage = "öppen" if insats.aktiv else "avslutad"
    return f"{insats.namn}, {insats.enhet}, {lage}, {', '.join(namn) or 'ingen ansvarig'}"
