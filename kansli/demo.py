"""The demo's survey: four open rounds with printed codes, made anew at every start in a folder of its own."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlmodel import Session

from enkat import nycklar, omgang, store_bunt
from enkat.kodark import Kodark, skriv_kodark
from enkat.koder import visa
from enkat.mottagning import Mottagning
from enkat.omgang import enkat_i
from enkat.views_sida import Installning
from grund.db import migrera, open_db
from grund.settings import Instans, skapa_mapp

ENKATER: Final = ("deltagare", "personal", "styrgrupp", "styrelse")
ENHET: Final = "Exempelenheten"
ANTAL_KODER: Final = 16
DAGAR: Final = 30


@dataclass(frozen=True)
class Oppet:
    """What the demo opened. kort: the printed cards. prova: for each questionnaire its titel and one code to type."""

    mottagning: Mottagning
    installning: Installning
    kort: tuple[Path, ...]
    prova: tuple[tuple[str, str], ...]


def oppna(mapp: Path, enkater: Path, forbund: str, adress: str) -> Oppet:
    """Open a round of each questionnaire. mapp: replaced. adress: where one answers, as the QR says it.

    The answers of the demo are nobody's, so languages that no native reader has reviewed are offered too.
    """
    shutil.rmtree(mapp, ignore_errors=True)
    instans = Instans(mapp.absolute(), f"sqlite:///{(mapp / 'bokslut.db').absolute()}")
    skapa_mapp(instans.mapp)
    skapa_mapp(instans.nycklar)
    motor = open_db(instans.databas)
    migrera(motor)
    nu = datetime.now(UTC)
    kort, prova = [], []
    with Session(motor) as session:
        for namn in ENKATER:
            fil = enkater / f"{namn}.toml"
            ny = omgang.skapa(session, instans.nycklar, str(fil), fil.read_bytes(), str(nu.year), minsta_grupp=5)
            omgang.oppna(session, instans.nycklar, ny, nu, nu + timedelta(days=DAGAR))
            hemlighet = nycklar.las_hemlighet(instans.nycklar, ny.id)
            bunt, koder = store_bunt.skapa_bunt(session, ny.id, hemlighet, ENHET, ANTAL_KODER)
            titel = enkat_i(ny).titel
            prova.append((titel, visa(koder[0])))
            kort.append(mapp / f"kort-{namn}.pdf")
            with kort[-1].open("wb") as strom:
                skriv_kodark(strom, Kodark(adress, koder[1:], ENHET, bunt.id, titel))
    mottagning = Mottagning(motor, instans.nycklar)
    installning = Installning(forbund=forbund, kontakt="exempel@example.org", krav_granskad=False)
    return Oppet(mottagning, installning, tuple(kort), tuple(prova))
