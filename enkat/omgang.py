"""A round's life: made from a questionnaire, opened, extended, closed. What time it is, the caller says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from enkat import nycklar, urna
from enkat.formular import Enkat
from enkat.lage import LAGE_I_ORD, Lage, lage
from enkat.lasning import las_enkat
from enkat.models import Omgang, Rattelse
from enkat.packning import form
from enkat.papper import papperskopia
from enkat.sealed_state import ryms
from enkat.store import las_last, tom_omgang
from grund.db import skrivning

SVENSK_TID: Final = ZoneInfo("Europe/Stockholm")
DAGAR_PER_MANAD: Final = 30.44


class OmgangFel(ValueError):
    """Something that cannot be done with a round. Its parts, joined, are what a person reads."""

    def __init__(self, where: str, rule: str, got: str, remedy: str) -> None:
        super().__init__(f"{where}: {rule}, men {got}. {remedy}")
        self.where, self.rule, self.got, self.remedy = where, rule, got, remedy


@dataclass(frozen=True)
class Oppnad:
    """An opened round, and its private key on paper: shown once, printed, and kept nowhere else."""

    omgang: Omgang
    papper: str = field(repr=False)


@lru_cache(maxsize=64)
def _las(enkat_id: str, kalltext: bytes) -> Enkat:
    enkat, diagnoser = las_enkat(f"{enkat_id}.toml", kalltext)
    if enkat is None:
        raise OmgangFel(f"{enkat_id}.toml", "ska vara utan fel", str(diagnoser[0]), "Kör bokslut kontrollera.")
    return enkat


def enkat_i(omgang: Omgang) -> Enkat:
    """The questionnaire of a round, as it was when the round was made: what becomes of the file does not matter."""
    return _las(omgang.enkat_id, omgang.kalltext)


def skapa(
    session: Session,
    mapp: Path,
    fil: str,
    data: bytes,
    period: str,
    *,
    minsta_grupp: int,
    population: str | None = None,
    population_antal: int | None = None,
    utdelade: int | None = None,
    provomgang: bool = False,
) -> Omgang:
    """A round as a draft, with the keys for its codes. mapp: the folder of keys. fil, data: the questionnaire.

    Raises:
        OmgangFel: the questionnaire is faulty or too large.
    """
    enkat = _las(Path(fil).stem, data)
    if not (ryms(enkat) and urna.ryms(enkat)):
        raise OmgangFel(fil, "ska rymmas i ett kuvert", "frågorna är för många", "Ta bort frågor.")
    with skrivning(session):
        omgang = Omgang(
            id=_ledigt_id(session, f"{enkat.id}-{_som_id(period)}{'-prov' if provomgang else ''}"),
            enkat_id=enkat.id,
            kalltext=data,
            fingeravtryck=enkat.fingeravtryck,
            period=period,
            population=enkat.population if population is None else population,
            population_antal=population_antal,
            utdelade=utdelade,
            minsta_grupp=minsta_grupp,
            provomgang=provomgang,
        )
        session.add(omgang)
        session.flush()  # the id is ours from here on, so a file by that name is a leftover
        nycklar.forstor(mapp, omgang.id)
        nycklar.ny_hemlighet(mapp, omgang.id)
    return omgang


def kopiera(session: Session, mapp: Path, forra: Omgang, period: str, provomgang: bool = False) -> Omgang:
    """Last year's round once more: same questionnaire, population and smallest group; new codes and a new key."""
    return skapa(
        session,
        mapp,
        f"{forra.enkat_id}.toml",
        forra.kalltext,
        period,
        minsta_grupp=forra.minsta_grupp,
        population=forra.population,
        provomgang=provomgang,
    )


def oppna(
    session: Session, mapp: Path, omgang: Omgang, oppnar: datetime, stanger: datetime, losenfras: str | None = None
) -> Oppnad:
    """Lock the questionnaire, make the key pair and let people in from `oppnar`.

    losenfras: the private key is stored under it; None: in a file that its owner reads.

    Raises:
        OmgangFel: it is no draft, or it would close before it opens.
    """
    _krav_lage(omgang, lage(omgang, oppnar), ("utkast",), "bara ett utkast kan öppnas")
    if stanger <= oppnar:
        raise OmgangFel(
            omgang.id, "ska stänga efter att den öppnar", f"den stänger {_tid(stanger)}", "Välj ett senare datum."
        )
    privat = nycklar.ny_privat()
    with skrivning(session):
        rad = las_last(session, omgang.id)
        _krav_lage(rad, lage(rad, oppnar), ("utkast",), "bara ett utkast kan öppnas")
        rad.lage, rad.oppnar, rad.stanger = "oppen", oppnar, stanger
        rad.publik_nyckel, rad.nyckel_id = privat.publik, privat.nyckel_id
        session.add(rad)
        session.flush()
        # The file before the commit: a round that is open has its key. One that an opening cut off left is of no use.
        nycklar.forstor_privat(mapp, rad.id)
        nycklar.spara_privat(mapp, rad.id, privat, losenfras)
    return Oppnad(rad, papperskopia.skriv(privat))


def forlang(session: Session, omgang: Omgang, stanger: datetime, nu: datetime) -> None:
    """Close later; also a round that has closed, as long as it is not frozen, opens again.

    Raises:
        OmgangFel: it is a draft, it is frozen, or the time has passed.
    """
    _krav_lage(omgang, lage(omgang, nu), ("vantar", "oppen", "nad", "stangd"), "bara en öppnad omgång kan förlängas")
    if stanger <= nu:
        raise OmgangFel(omgang.id, "ska stänga framåt i tiden", f"{_tid(stanger)} har varit", "Välj ett senare datum.")
    _andra_stangning(session, omgang.id, stanger)


def stang(session: Session, omgang: Omgang, nu: datetime) -> None:
    """Close now. Pages that are open are taken for another hour.

    Raises:
        OmgangFel: it is not open.
    """
    _krav_lage(omgang, lage(omgang, nu), ("oppen",), "bara en öppen omgång kan stängas")
    _andra_stangning(session, omgang.id, nu)


def ratta_stavning(session: Session, omgang: Omgang, data: bytes, orsak: str, nu: datetime) -> None:
    """Change words, not questions, while the round is open; noted with the day, the reason and both fingerprints.

    Raises:
        OmgangFel: the round is not open, nothing differs, or more than words does.
    """
    _krav_lage(omgang, lage(omgang, nu), ("vantar", "oppen", "nad"), "stavning rättas i en öppnad omgång")
    gammal, ny = enkat_i(omgang), _las(omgang.enkat_id, data)
    if form(gammal) != form(ny):
        remedy = "Frågor, svar och villkor ligger fast. Skapa en ny omgång för en ändrad enkät."
        raise OmgangFel(omgang.id, "får bara få ändrad text", "frågorna är andra", remedy)
    if gammal.fingeravtryck == ny.fingeravtryck:
        raise OmgangFel(omgang.id, "ska få en ny text", "inget skiljer", "Kontrollera att rätt fil är sparad.")
    with skrivning(session):
        rad = las_last(session, omgang.id)
        dag = nu.astimezone(SVENSK_TID).date()
        fore, efter = gammal.fingeravtryck, ny.fingeravtryck
        session.merge(Rattelse(omgang_id=rad.id, fore=fore, efter=efter, orsak=orsak, dag=dag))
        rad.kalltext, rad.fingeravtryck = data, efter
        session.add(rad)


def kasta(session: Session, mapp: Path, omgang: Omgang, nu: datetime) -> None:
    """Throw away a trial or a draft, with everything in it. A real round that has opened is frozen, never thrown away.

    Raises:
        OmgangFel: it is a real round.
    """
    if not omgang.provomgang:
        _krav_lage(omgang, lage(omgang, nu), ("utkast",), "bara en provomgång eller ett utkast kan kastas")
    omgang_id = omgang.id
    with skrivning(session):
        tom_omgang(session, omgang_id)
        session.delete(las_last(session, omgang_id))
    nycklar.forstor(mapp, omgang_id)


def gallras_senast(stanger: datetime, manader: int) -> date:
    """The day on which the rows are gone at the latest, as the page before question 1 promises."""
    return (stanger + timedelta(days=round(manader * DAGAR_PER_MANAD))).astimezone(SVENSK_TID).date()


def _andra_stangning(session: Session, omgang_id: str, stanger: datetime) -> None:
    with skrivning(session):
        rad = las_last(session, omgang_id)
        if rad.lage != "oppen":
            raise OmgangFel(omgang_id, "ska vara öppnad", "den har hunnit frysas", "Inget har ändrats.")
        rad.stanger = stanger
        session.add(rad)


def _krav_lage(omgang: Omgang, nu: Lage, tillatna: tuple[Lage, ...], rule: str) -> None:
    if nu not in tillatna:
        raise OmgangFel(omgang.id, rule, f"den {LAGE_I_ORD[nu]}", "Inget har ändrats.")


def _ledigt_id(session: Session, onskat: str) -> str:
    """The name, or the name with a number."""
    tagna = set(session.exec(select(Omgang.id).where(col(Omgang.id).startswith(onskat))))
    kandidater = (onskat, *(f"{onskat}-{nummer}" for nummer in range(2, len(tagna) + 3)))
    return next(namn for namn in kandidater if namn not in tagna)


def _som_id(text: str) -> str:
    rent = text.lower().translate(str.maketrans("åäö ", "aao-"))
    return re.sub(r"[^a-z0-9-]+", "", rent)[:30].strip("-") or "omgang"


def _tid(tid: datetime) -> str:
    return f"{tid.astimezone(SVENSK_TID):%Y-%m-%d %H:%M}"
