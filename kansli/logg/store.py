"""The log: who did what, when, and what it was before. Lines are added and read; nothing changes or removes one."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import func, or_, text
from sqlmodel import Session, col, select

from kansli.models import Handelse, Konto

# What stands in the place of the line before the first.
BORJAN: Final = "0" * 64
PROGRAMMET: Final = "programmet"
# What can happen, in words. A line keeps the code, so that the words may be bettered.
HANDELSER: Final[Mapping[str, str]] = {
    "konto-skapat": "Konto skapat",
    "konto-andrat": "Konto ändrat",
    "inbjudan-skickad": "Ny inbjudan",
    "nytt-losen-begart": "Nytt lösenord begärt",
    "nytt-losen-skickad": "Länk till nytt lösenord skickad",
    "losen-satt": "Lösenord valt",
    "andra-faktorn-satt": "App kopplad",
    "reservkoder-bytta": "Nya reservkoder",
    "reservkod-anvand": "Reservkod använd",
    "inloggad": "Inloggad",
    "utloggad": "Utloggad",
    "fel-losen": "Fel lösenord",
    "mal-sparade": "Mål ändrade",
    "mal-utifran": "Målens fil ändrad utanför kansliet",
    "mal-beslutade": "Mål beslutade",
    "mal-oppnade": "Beslutade mål öppnade igen",
    "fel-kod": "Fel kod",
    "andra-faktorn-borttagen": "App bortkopplad",
    "inloggningar-avslutade": "Inloggningar avslutade",
    "leverantor-kopplad": "Inloggning genom annan kopplad",
    "leverantor-glomd": "Inloggning genom annan glömd",
    "leverantor-nekad": "Inloggning genom annan nekad",
    "logg-kontrollerad": "Loggen kontrollerad",
    "helarspersoner-hamtade": "Helårspersoner hämtade",
    "helarspersoner-uppladdade": "Helårspersoner lästa ur fil",
    "helarspersoner-lamnade": "Helårspersoner lämnade till bokslutet",
    "text-sparad": "Text sparad",
    "text-borttagen": "Text borttagen",
    "exempel-sparat": "Gott exempel sparat",
    "exempel-granskat": "Gott exempel granskat",
    "exempel-aterlamnat": "Gott exempel lämnat tillbaka",
    "exempel-borttaget": "Gott exempel borttaget",
    "exempel-granskning-nekad": "Granskning av eget exempel nekad",
    "bokslut-forhandsgranskat": "Utkast av bokslutet gjort",
    "bokslut-godkant": "Bokslut godkänt",
    "godkannande-nekat": "Godkännande nekat",
    "rattelse-skal": "Skäl till rättelse skrivet",
    "publicering-stannade": "Publicering stannade",
    "bokslut-publicerat": "Bokslut publicerat",
    "bokslut-redan-publicerat": "Bokslut redan publicerat",
    "bokslut-verifierat": "Publicerad version kontrollerad",
    "utgava-hamtad": "Publicerad version hämtad",
    "omgang-skapad": "Omgång skapad",
    "omgang-antal": "Antal i omgång ändrade",
    "omgang-oppnad": "Omgång öppnad",
    "omgang-papper-visat": "Nyckelns papperskopia visad igen",
    "omgang-papper-sparat": "Nyckelns papperskopia sparad",
    "omgang-forlangd": "Omgång förlängd",
    "omgang-stangd": "Omgång stängd",
    "omgang-kastad": "Omgång kastad",
    "omgang-bunt": "Koder utskrivna",
    "omgang-makulerat": "Koder makulerade",
    "omgang-bunt-makulerad": "Bunt makulerad",
    "omgang-utdelade": "Antal utdelade angivet",
    "omgang-lank": "Länk eller kiosk gjord",
    "omgang-adresser": "Adresser tillagda",
    "omgang-adresser-raderade": "Adresslista raderad",
    "omgang-brev": "Brev skickade",
    "omgang-inmatat": "Svar på papper inskrivna",
    "omgang-frysning-borjad": "Frysning påbörjad",
    "omgang-fryst": "Omgång fryst",
    "omgang-stadad": "Omgång städad",
    "omgang-gallring-borjad": "Gallring påbörjad",
    "omgang-gallrad": "Omgång gallrad",
    "omgang-fritext-gallrad": "Fritext gallrad",
    "omgang-import": "Tidigare svar inlästa",
    "enkat-skapad": "Enkät inlagd",
    "enkat-andrad": "Enkät ändrad",
    "enkat-stavning": "Stavning rättad i enkät",
    "oversattning-andrad": "Översättning ändrad",
    "oversattning-granskad": "Språk granskat",
    "oversattning-undantag": "Undantag för språk",
    "deltagare-last": "Deltagare läst",
    "deltagare-lista-last": "Deltagarlista läst",
    "deltagare-summor-lasta": "Registrets summor lästa",
    "deltagare-ny": "Deltagare registrerad",
    "deltagare-andrad": "Deltagare ändrad",
    "deltagare-borttagen": "Deltagare borttagen",
    "deltagare-importerade": "Deltagare inlästa ur fil",
    "deltagare-hamtade": "Deltagare hämtade som fil",
    "register-summor-hamtade": "Registrets summor hämtade som fil",
    "register-lamnat": "Register lämnat till bokslutet",
    "insats-ny": "Insats upplagd",
    "insats-andrad": "Insats ändrad",
}


@dataclass(frozen=True)
class Urval:
    """Which lines. sok: part of who, of what it was done to, or of what it was or became. vad: a code.

    fran, till: moments, the last not included. bortom: only lines beyond this number, in the order that is asked for.
    """

    sok: str = ""
    vad: str = ""
    fran: datetime | None = None
    till: datetime | None = None
    aldst: bool = False
    bortom: int | None = None


ALLT: Final = Urval()
# Any number, the same for all: PostgreSQL lets one at a time add to the chain.
_LAS: Final = 0x626F6B73


def skriv(
    session: Session, nu: datetime, konto: Konto | None, vad: str, pa: str = "", fore: str = "", efter: str = ""
) -> int:
    """Add a line, in the transaction of the change that it tells of: both are stored or neither. Returns its number.

    konto: None for what the program does, and for attempts by someone unknown.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text(f"SELECT pg_advisory_xact_lock({_LAS})"))
    forra = session.exec(select(Handelse.kedja).order_by(col(Handelse.nr).desc()).limit(1)).first()
    rad = Handelse(
        tid=nu,
        konto_id=None if konto is None else konto.id,
        vem=PROGRAMMET if konto is None else konto.namn,
        roll="" if konto is None else konto.roll,
        vad=vad,
        pa=pa,
        fore=fore,
        efter=efter,
        kedja="",
    )
    rad.kedja = rakna_lank(forra or BORJAN, rad)
    session.add(rad)
    session.flush()
    return int(rad.nr or 0)


def las(session: Session, urval: Urval = ALLT, hogst: int = 100) -> Sequence[Handelse]:
    """The lines that fit, the latest first unless the oldest are asked for."""
    nr = col(Handelse.nr)
    fraga = select(Handelse).order_by(nr.asc() if urval.aldst else nr.desc()).limit(hogst)
    if urval.sok:
        # A % or _ that somebody types is looked for as it is.
        monster = "%" + re.sub(r"([\\%_])", r"\\\1", urval.sok) + "%"
        falt = (col(f) for f in (Handelse.vem, Handelse.pa, Handelse.fore, Handelse.efter))
        fraga = fraga.where(or_(*(f.ilike(monster, escape="\\") for f in falt)))
    if urval.vad:
        fraga = fraga.where(Handelse.vad == urval.vad)
    if urval.fran is not None:
        fraga = fraga.where(col(Handelse.tid) >= urval.fran)
    if urval.till is not None:
        fraga = fraga.where(col(Handelse.tid) < urval.till)
    if urval.bortom is not None:
        fraga = fraga.where(nr > urval.bortom if urval.aldst else nr < urval.bortom)
    return session.exec(fraga).all()


def sorter(session: Session) -> Sequence[str]:
    """The codes of what has happened, to choose among."""
    return session.exec(select(Handelse.vad).distinct().order_by(Handelse.vad)).all()


def antal(session: Session) -> int:
    """How many lines there are."""
    return session.exec(select(func.count()).select_from(Handelse)).one()


def efter(session: Session, nr: int, hogst: int) -> Sequence[Handelse]:
    """The lines after a number, in the order they were written. They are read from the database anew."""
    session.expire_all()
    return session.exec(select(Handelse).where(col(Handelse.nr) > nr).order_by(col(Handelse.nr)).limit(hogst)).all()


def lank(session: Session, nr: int) -> str | None:
    """The link that a line has; None when there is no such line."""
    return session.exec(select(Handelse.kedja).where(Handelse.nr == nr)).first()


def rakna_lank(forra: str, rad: Handelse) -> str:
    """The link of a line: a hash of everything in it and of the line before."""
    tid = rad.tid.astimezone(UTC).isoformat(timespec="microseconds")
    delar = [forra, tid, rad.konto_id, rad.vem, rad.roll, rad.vad, rad.pa, rad.fore, rad.efter]
    return hashlib.sha256(json.dumps(delar, ensure_ascii=False).encode()).hexdigest()
