"""The freeze: envelopes are opened in memory and become a table; then they and their key are destroyed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from enkat import fritext, nycklar, urna
from enkat.formular import Enkat
from enkat.frysning import fryst_mapp
from enkat.frysning.frysta_rader import Rader, gor_rader
from enkat.frysning.kallbeskrivning import underlag_kalla
from enkat.frysning.underlagsfil import har_kalla, lagg_till
from enkat.lage import LAGE_I_ORD, lage, sista
from enkat.models import Omgang
from enkat.nycklar import NyckelFel, Privat
from enkat.omgang import SVENSK_TID, OmgangFel, enkat_i
from enkat.packning import PackFel
from enkat.store import las_fritext, las_kuvert, las_last, tom_omgang
from enkat.store_bunt import rakna_buntar
from grund.db import skrivning, stada

T = TypeVar("T")

# The tables that are written anew, so that nothing of the round is left in pages that are free.
TOMDA: Final = ("kuvert", "fritext", "kvitto", "kod", "makulerad", "bunt")


@dataclass(frozen=True)
class Fryst:
    """What the freeze made. stadat: False when somebody else had the database open: clean it again.

    texter: how many free texts were frozen; None when the questionnaire asks for none, or so few answered that whoever
    knows them could tell who wrote what: then none is kept.
    """

    kalla: str
    svar: int
    utdelade: int | None
    sammanslagna: tuple[str, ...]
    stadat: bool
    texter: int | None = None


def frys(
    session: Session, mapp: Path, omgang: Omgang, privat: Privat, ut: Path, nu: datetime, trasiga_godtas: int = 0
) -> Fryst:
    """Freeze a closed round into the folder `ut`. mapp: the folder of keys, where the round's are destroyed.

    Cut off anywhere it can be run again: until the table is whole on the disk nothing is erased, and once it is nothing
    is read. trasiga_godtas: so many envelopes may be unreadable, and are counted in the manifest.

    Raises:
        OmgangFel: it is a trial, or not yet closed, or more envelopes are unreadable.
        NyckelFel: the key is another round's.
    """
    _krav(omgang, privat, nu)
    enkat, omgang_id = enkat_i(omgang), omgang.id
    krav_ledigt(ut, enkat, omgang_id)
    with skrivning(session):
        rad = las_last(session, omgang_id)
        _krav(rad, privat, nu)  # it may have been extended since
        kuvert, texter = las_kuvert(session, omgang_id), las_fritext(session, omgang_id)
        innehall = [i for c in kuvert if (i := _oppna(urna.oppna, enkat, c, privat, omgang_id)) is not None]
        skrivet = [s for c in texter if (s := _oppna(fritext.oppna, enkat, c, privat, omgang_id)) is not None]
        alla, trasiga = len(kuvert) + len(texter), len(kuvert) + len(texter) - len(innehall) - len(skrivet)
        if trasiga > trasiga_godtas:
            remedy = "Inget har ändrats. Kontrollera nyckeln, eller godta dem uttryckligen."
            raise OmgangFel(omgang_id, "varje kuvert ska gå att öppna", f"{trasiga} av {alla} går inte", remedy)
        rader = gor_rader(enkat, innehall, rad.minsta_grupp)
        utdelade = _utdelade(session, rad)
        antal_texter = _skriv_fritext(ut, enkat, rad, skrivet)
        _skriv(ut, enkat, rad, rader, utdelade, trasiga)
        tom_omgang(session, omgang_id)
        rad.lage, rad.utdelade = "fryst", utdelade
        session.add(rad)
    stadat = forstor_spar(session, mapp, omgang_id)
    return Fryst(enkat.kalla, len(rader.rader), utdelade, rader.sammanslagna, stadat, antal_texter)


def forstor_spar(session: Session, mapp: Path, omgang_id: str) -> bool:
    """Destroy a frozen round's keys, and what is left of its rows in the files. False when it must be run again."""
    nycklar.forstor(mapp, omgang_id)
    session.rollback()
    motor = session.get_bind()
    assert isinstance(motor, Engine)
    return stada(motor, TOMDA)


def krav_stangd(omgang: Omgang, nu: datetime) -> None:
    """A trial is never frozen, and nothing while somebody may have a page open.

    Raises:
        OmgangFel: it is not time.
    """
    if omgang.provomgang:
        remedy = "Provsvar blir aldrig underlag. Kasta den."
        raise OmgangFel(omgang.id, "ska inte vara en provomgång", "den är det", remedy)
    laget = lage(omgang, nu)
    if laget != "stangd":
        remedy = "Bara en stängd omgång kan frysas."
        if laget == "nad":
            remedy = f"Vänta till {sista(omgang).astimezone(SVENSK_TID):%H:%M}: någon kan ha enkäten öppen."
        raise OmgangFel(omgang.id, "ska vara stängd", f"den {LAGE_I_ORD[laget]}", remedy)


def _krav(omgang: Omgang, privat: Privat, nu: datetime) -> None:
    krav_stangd(omgang, nu)
    if omgang.nyckel_id != privat.nyckel_id:
        raise NyckelFel("fel_nyckel")


def krav_ledigt(ut: Path, enkat: Enkat, omgang_id: str) -> None:
    """A källa that is frozen is never written over: not last year's, and none that somebody else has put there.

    Raises:
        OmgangFel: the folder has it already.
    """
    uppgift = fryst_mapp.las_manifest(ut).get(enkat.kalla)
    finns = har_kalla(fryst_mapp.las_underlag(ut), enkat.kalla)
    if uppgift["omgang"] != omgang_id if uppgift is not None else finns:
        got = f"där finns redan källan ”{enkat.kalla}”"
        raise OmgangFel(omgang_id, f"ska frysas i en mapp utan den ({ut})", got, "Välj en mapp för det här året.")


def _oppna(
    oppna: Callable[[Enkat, bytes, Privat, str], T], enkat: Enkat, chiffer: bytes, privat: Privat, omgang_id: str
) -> T | None:
    try:
        return oppna(enkat, chiffer, privat, omgang_id)
    except (urna.KuvertFel, PackFel):
        return None


def _utdelade(session: Session, omgang: Omgang) -> int | None:
    """As kansli stated it, else what the batches say; None when neither does."""
    if omgang.utdelade is not None:
        return omgang.utdelade
    return sum(r.utdelade for r in rakna_buntar(session, omgang.id)) or None


def _skriv_fritext(ut: Path, enkat: Enkat, omgang: Omgang, skrivet: Sequence[tuple[fritext.Text, ...]]) -> int | None:
    """The texts in a file of their own, with the day that they go. Returns how many; None when there may be none."""
    dag = fritext.gallras(enkat, omgang.stanger)
    if dag is None or len(skrivet) < omgang.minsta_grupp:
        return None
    texter = [text for ens in skrivet for text in ens]
    uppgift: fryst_mapp.Uppgift = {
        "omgang": omgang.id,
        "enkat": enkat.id,
        "texter": len(texter),
        "gallras": dag.isoformat(),
    }
    filer = {fritext.fil(enkat.id): fritext.som_csv(enkat, texter)}
    fryst_mapp.skriv(ut, filer, fritext.kalla(enkat.kalla), uppgift, fryst_mapp.las_underlag(ut), fryst_mapp.BARA_AGARE)
    return len(texter)


def _skriv(ut: Path, enkat: Enkat, omgang: Omgang, rader: Rader, utdelade: int | None, trasiga: int) -> None:
    fil = f"{enkat.kalla}.parquet"
    stycke = underlag_kalla(enkat, fil, omgang.period, omgang.population_antal, utdelade)
    uppgift: fryst_mapp.Uppgift = {
        "omgang": omgang.id,
        "enkat": enkat.id,
        "fingeravtryck": omgang.fingeravtryck,
        "period": omgang.period,
        "svar": len(rader.rader),
        "utdelade": utdelade,
        "minsta_grupp": omgang.minsta_grupp,
        "sammanslagna_enheter": len(rader.sammanslagna),
        "olasliga_kuvert": trasiga,
    }
    underlag = lagg_till(fryst_mapp.las_underlag(ut), stycke)
    fryst_mapp.skriv(ut, {fil: fryst_mapp.parquet(rader)}, enkat.kalla, uppgift, underlag)
