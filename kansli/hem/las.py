"""Reads how the work stands, from the files of the years and from the database. Nothing is judged here."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlmodel import Session

from bokslut import ordval
from bokslut.publicering.godkannande import GodkannandeFel
from bokslut.publicering.kontrollsumma import SaltFel
from bokslut.publicering.manifest import ManifestFel
from bokslut.publicering.versioner import versionsmappar
from enkat.formular import Enkat
from enkat.lage import lage as omgangens_lage
from enkat.models import Omgang
from enkat.omgang import SVENSK_TID, enkat_i
from enkat.sprak import KALLSPRAK, SPRAK, granskning, saknade, textsumma
from indikatorer.diagnos import UnderlagFel
from indikatorer.resultat import Orsak
from insatser import store as store_insatser
from kansli.arbetsmapp import Arbetsmapp
from kansli.aret import Aret, Stampel, las_aret
from kansli.exempel.samling import alla as exemplen
from kansli.hem.lage import Arslage, Enkaten, Lage, Omgangen
from kansli.konto import store as store_konto
from kansli.mal import store as store_mal
from kansli.mal.planering import enkaterna
from kansli.models import Konto
from kansli.omgangar import store as store_omgangar
from kansli.publicering import store as store_publicering
from kansli.publicering.arbeten import utkastmapp
from kansli.publicering.utkastet import Utkastet, las_utkastet
from kansli.roller import LEDNING, Roll
from kansli.texter.lasning import lagen

# The years that anything is asked about: the one to come, this one, and the one to account for.
FLEST_AR: Final = 3
# What has a task of its own, and is not counted among what else stands in the way.
_EGNA: Final = frozenset(
    {"rod-utan-kommentar", "berattelse-utan-samtycke", "berattelse-ej-granskad", "rattelse-utan-skal"}
    | {"fel-i-definitionen", "godkannande-saknas", "godkannande-inaktuellt", "beslut-saknas"}
)
_FEL_I_VERSION: Final = (GodkannandeFel, SaltFel, ManifestFel, OSError)
_minne: dict[Path, tuple[Stampel, list[Enkat]]] = {}
_las: Final = threading.Lock()


def las_lage(session: Session, mapp: Arbetsmapp, nu: datetime, konto: Konto) -> Lage:
    """Everything, as the one who asks may know it: of insatser only her own, when she answers for some."""
    beslutade = store_mal.beslutade(session)
    enkater = _enkaterna(mapp)
    konton = [k for k in store_konto.alla(session) if k.aktiv]
    alla_insatser = store_insatser.insatser(session, bara_aktiva=True)
    egna = store_insatser.ansvarar_for(session, konto.id)
    return Lage(
        idag=nu.astimezone(SVENSK_TID).date(),
        aren=tuple(_aret(session, mapp, ar, ar in beslutade) for ar in mapp.ar()[:FLEST_AR]),
        omgangar=tuple(_omgang(session, o, nu, Roll(konto.roll)) for o in store_omgangar.alla(session)),
        enkater=tuple(Enkaten(e.id, e.titel, e.kalla) for e in enkater),
        sprak=tuple(_ogranskade(enkater)),
        personer=len(konton),
        godkannare=any(k.roll == Roll.GODKANNARE for k in konton),
        insatser=len(alla_insatser),
        egna_insatser=tuple(i.namn for i in alla_insatser if i.id in egna),
    )


def _aret(session: Session, mapp: Arbetsmapp, ar: int, beslutade: bool) -> Arslage:
    mappar = versionsmappar(mapp.publicerat / str(ar))
    publicerad = int(mappar[-1].name[1:]) if mappar else None
    try:
        aret = las_aret(mapp, ar)
        if aret is None:  # taken away since the folder was listed
            return Arslage(ar, beslutade=beslutade, publicerad=publicerad)
        return _med_siffror(session, mapp, aret, beslutade, publicerad)
    except UnderlagFel as fel:
        stopp = fel.diagnoser[0].mening()
    except _FEL_I_VERSION as fel:
        stopp = mapp.utan_rot(str(fel))
    return Arslage(ar, stopp=stopp, beslutade=beslutade, publicerad=publicerad)


def _med_siffror(session: Session, mapp: Arbetsmapp, aret: Aret, beslutade: bool, publicerad: int | None) -> Arslage:
    u = aret.utvardering
    utkastet = las_utkastet(mapp, aret.ar, _skal(session, aret.ar, publicerad))
    rattelse = None if utkastet is None else utkastet.utkast.rattelse
    koder = [h.kod for h in utkastet.hinder if h.blockerar] if utkastet is not None else []
    sparat = store_publicering.utkast(session, aret.ar)
    return Arslage(
        ar=aret.ar,
        fel=len(aret.forberett.fel()),
        beslutade=beslutade,
        har_underlag=utkastet is not None,
        signaler=Counter(ordval.signal_kod(r.signal) for r in u.resultat()),
        roda=len(lagen(mapp.underlag(aret.ar), aret).roda),
        inte_matta=len({r.id for r in u.resultat() if r.orsak is Orsak.INTE_MATT}),
        exempel=Counter(e.lage for e in exemplen(aret, mapp)),
        hinder=sum(kod not in _EGNA for kod in koder),
        godkanda=() if utkastet is None else tuple(p.av for p in utkastet.giltiga),
        inaktuella=() if utkastet is None else tuple(p.av for p, _vad in utkastet.inaktuella),
        racker=utkastet is not None and utkastet.racker,
        utkast=utkastmapp(mapp, aret.ar).is_dir(),
        inaktuellt_utkast=sparat is None or utkastet is None or sparat.stampel != utkastet.akt,
        publicerad=publicerad,
        andrade=0 if rattelse is None else rattelse.andringar.antal(),
        oforandrad=utkastet is not None and _oforandrad(utkastet),
        skal_saknas="rattelse-utan-skal" in koder,
    )


def _oforandrad(utkastet: Utkastet) -> bool:
    return utkastet.utkast.redan_publicerad() and not utkastet.fel


def _skal(session: Session, ar: int, publicerad: int | None) -> str:
    """Why the version to come is to come, when somebody has said."""
    rad = None if publicerad is None else store_publicering.skal(session, ar, publicerad + 1)
    return "" if rad is None else rad.skal


def _omgang(session: Session, o: Omgang, nu: datetime, roll: Roll) -> Omgangen:
    enkat, lage = enkat_i(o), omgangens_lage(o, nu)
    kvar = roll in LEDNING and lage not in ("utkast", "fryst", "gallrad")
    return Omgangen(
        id=o.id,
        titel=enkat.titel,
        kalla=enkat.kalla,
        ar=int(o.period[:4]) if o.period[:4].isdecimal() else None,
        lage=lage,
        stanger=None if o.stanger is None else o.stanger.astimezone(SVENSK_TID).date(),
        provomgang=o.provomgang,
        papper_kvar=kvar and store_omgangar.papper_kvar(store_omgangar.handelser(session, o.id)),
    )


def _enkaterna(mapp: Arbetsmapp) -> list[Enkat]:
    """The installation's own questionnaires that can be used, read anew when a file of theirs has changed."""
    filer = [(fil, fil.stat()) for fil in sorted(mapp.enkater.glob("*.toml"))]
    stampel = tuple((fil.as_posix(), info.st_mtime_ns, info.st_size) for fil, info in filer)
    with _las:
        kant = _minne.get(mapp.rot)
    if kant is None or kant[0] != stampel:
        kant = (stampel, enkaterna(mapp) if filer else [])
        with _las:
            _minne[mapp.rot] = kant
    return kant[1]


def _ogranskade(enkater: list[Enkat]) -> Iterator[str]:
    """The languages that some questionnaire is whole in and that wait for a reader alone, in their Swedish names."""
    provade = granskning()
    for s in SPRAK:
        lage = provade.get(s.kod)
        klar = lage is not None and lage.godkand(textsumma(s.kod))
        if s != KALLSPRAK and not klar and any(not saknade(e, s) for e in enkater):
            yield s.namn
