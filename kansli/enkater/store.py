"""Saving a questionnaire: the file, its version and the line in the log, so that all of it happens or nothing does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import Table, func
from sqlmodel import Session, col, select

from enkat.formular import Enkat
from enkat.lage import lage
from enkat.lasning import las_enkat
from enkat.models import Omgang
from enkat.omgang import enkat_i, ratta_stavning
from enkat.store import las_omgangar
from grund.db import infoga_om_ny, skrivning
from grund.settings import ersatt_privat, skapa_mapp
from kansli.arbetsmapp import Arbetsmapp
from kansli.enkater import filer, oversattning
from kansli.enkater.models import Enkatversion
from kansli.enkater.oversattning import Rad, Sprakvy
from kansli.enkater.redigera import Andring
from kansli.logg.store import skriv as logga
from kansli.models import Konto

UTANFOR: Final = "Ändrad utanför kansliets sidor"
LANGST_I_LOGG: Final = 4000


class AndradAvAnnan(Exception):
    """Somebody has changed the same thing since the form was opened. Nothing was stored."""


def versioner(session: Session, enkat_id: str) -> Sequence[Enkatversion]:
    """The versions of a questionnaire, the latest first."""
    fraga = select(Enkatversion).where(Enkatversion.enkat_id == enkat_id).order_by(col(Enkatversion.nr).desc())
    return session.exec(fraga).all()


def version(session: Session, enkat_id: str, nr: int) -> Enkatversion | None:
    """One version."""
    return session.get(Enkatversion, (enkat_id, nr))


def omgangar(session: Session, enkat_id: str) -> list[Omgang]:
    """The rounds that a questionnaire has been asked in, or will be."""
    return [o for o in las_omgangar(session) if o.enkat_id == enkat_id]


def lasande(session: Session, enkat_id: str, nu: datetime) -> list[Omgang]:
    """The open rounds that lock a questionnaire. A trial locks nothing: it is there to find out what to change."""
    oppna = ("vantar", "oppen", "nad")
    return [o for o in omgangar(session, enkat_id) if not o.provomgang and lage(o, nu) in oppna]


def spara(
    session: Session,
    nu: datetime,
    konto: Konto,
    mapp: Arbetsmapp,
    andringar: Mapping[str, tuple[str | None, str | None]],
    orsak: str,
    kod: str = "enkat-andrad",
) -> None:
    """Write files and versions. andringar: by id, the file as the change began from it and as it shall be.

    None stands for no file.

    Raises:
        AndradAvAnnan: a file is not as the change began from it.
        LagringFel: the database is busy.
    """
    skapa_mapp(mapp.enkater)
    with skrivning(session):
        for enkat_id, (fore, efter) in andringar.items():
            fore_summa, efter_summa = (_avtryck(enkat_id, text) for text in (fore, efter))
            logga(session, nu, konto, kod, enkat_id, fore_summa, f"{efter_summa} {orsak}".strip())
            if filer.las_text(mapp, enkat_id) != fore:  # nobody else writes after the log's lock
                raise AndradAvAnnan
            _ny_version(session, nu, konto, enkat_id, fore, efter or "", orsak)
        for enkat_id, (_, efter) in andringar.items():
            fil = filer.fil_for(mapp, enkat_id)
            if efter is None:
                fil.unlink()
            else:
                ersatt_privat(fil, efter.encode())


def oversatt(
    session: Session, nu: datetime, konto: Konto, mapp: Arbetsmapp, kod: str, pa: str, nya: Sequence[tuple[Rad, str]]
) -> None:
    """Write translations. nya: each text with what it shall say. The log's lock lets one at a time write."""
    if not nya:
        return
    fore, efter = ("\n".join(ord_)[:LANGST_I_LOGG] for ord_ in zip(*((r.finns, ny) for r, ny in nya), strict=True))
    with skrivning(session):
        logga(session, nu, konto, "oversattning-andrad", f"{kod} {pa}", fore, efter)
        oversattning.skriv(mapp, kod, {(rad.doman, rad.text): ny for rad, ny in nya})


def granska(session: Session, nu: datetime, konto: Konto, mapp: Arbetsmapp, vy: Sprakvy, av: str, dag: date) -> None:
    """Note that somebody has read a language through, as it is now."""
    with skrivning(session):
        logga(session, nu, konto, "oversattning-granskad", vy.sprak.kod, vy.granskad_av, f"{av} {dag}")
        oversattning.satt_granskning(mapp, vy.sprak.kod, av, dag.isoformat(), vy.undantag)


def undanta(session: Session, nu: datetime, konto: Konto, mapp: Arbetsmapp, vy: Sprakvy, skal: str) -> None:
    """Note why a language is used though nobody has reviewed it; "" takes the exception away. A review stays."""
    av, dag = (vy.granskad_av, vy.datum) if vy.galler else ("", "")
    with skrivning(session):
        logga(session, nu, konto, "oversattning-undantag", vy.sprak.kod, vy.undantag, skal)
        oversattning.satt_granskning(mapp, vy.sprak.kod, av, dag, skal)


def ratta(session: Session, oppna: Sequence[Omgang], andring: Andring, orsak: str, nu: datetime) -> None:
    """Mend the spelling in open rounds; each notes the day, the reason and both fingerprints.

    Raises:
        OmgangFel: a round has closed meanwhile.
    """
    for omgang in oppna:
        ny = andring(filer.som_text(omgang.kalltext)).encode()
        last = las_enkat(f"{omgang.enkat_id}.toml", ny)[0]
        if last is not None and last.fingeravtryck != enkat_i(omgang).fingeravtryck:
            ratta_stavning(session, omgang, ny, orsak, nu)


def _ny_version(
    session: Session, nu: datetime, konto: Konto, enkat_id: str, fore: str | None, efter: str, orsak: str
) -> None:
    senaste = versioner(session, enkat_id)[:1]
    nr = session.exec(
        select(func.coalesce(func.max(Enkatversion.nr), 0)).where(Enkatversion.enkat_id == enkat_id)
    ).one()
    rader = []
    if fore is not None and (not senaste or senaste[0].text != fore):
        nr += 1
        rader.append({"nr": nr, "konto_id": None, "vem": "", "orsak": UTANFOR, "text": fore})
    rader.append({"nr": nr + 1, "konto_id": konto.id, "vem": konto.namn, "orsak": orsak, "text": efter})
    for rad in rader:
        if not infoga_om_ny(session, _tabell(), {"enkat_id": enkat_id, "tid": nu, **rad}):
            raise AndradAvAnnan


def _tabell() -> Table:
    return Enkatversion.__table__  # type: ignore[attr-defined,no-any-return]  # SQLModel adds it


def _avtryck(enkat_id: str, text: str | None) -> str:
    """The wording hash as the rounds note it, or of the file when it cannot be read."""
    if text is None:
        return ""
    enkat: Enkat | None = las_enkat(f"{enkat_id}.toml", text.encode())[0]
    return enkat.fingeravtryck[:16] if enkat is not None else filer.summa(text)
