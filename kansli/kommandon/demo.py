"""The demo's survey: four open rounds with printed codes, made anew at every start in a folder of its own."""

from __future__ import annotations

import shutil
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from flask import Flask
from sqlmodel import Session

from enkat import nycklar, omgang, store_bunt
from enkat.koder import visa
from enkat.models import Omgang
from enkat.mottagning import Mottagning
from enkat.omgang import enkat_i
from enkat.papper.kodark import PER_BLAD, Kodark, skriv_kodark
from enkat.views_sida import Installning
from grund.db import migrera, open_db, skrivning
from grund.settings import Instans, skapa_mapp
from kansli.arbetsmapp import Arbetsmapp
from kansli.kommandon.demo_kansli import Person, oppna_kansli
from kansli.kommandon.demo_svar import indikatorer_for, lamna_in_pahittade, skriv_underlag

ENKATER: Final = ("deltagare", "personal", "styrgrupp", "styrelse")
ENHET: Final = "Exempelenheten"
FORBUND: Final = "Exempelförbundet"
PAHITTADE: Final = 11
ANTAL_KODER: Final = PAHITTADE + 1 + PER_BLAD
DAGAR: Final = 30


@dataclass(frozen=True)
class Oppet:
    """What the demo opened. kort: the printed cards. prova: for each questionnaire its titel and one code to type.

    kansli: the staff's pages, and personer those who can log in. pahittade: how many invented answers lie in each
    round. sedan: commands to type, in order, with what each of them does.
    """

    mottagning: Mottagning
    installning: Installning
    kansli: Flask
    personer: tuple[Person, ...]
    kort: tuple[Path, ...]
    prova: tuple[tuple[str, str], ...]
    pahittade: int
    sedan: tuple[tuple[str, str], ...]


def oppna(mapp: Path, config: Path, exempel: Path, adress: str) -> Oppet:
    """Open a round of each questionnaire, and the staff's pages.

    mapp: replaced. adress: where one answers, as the QR says it. config, exempel: the shipped goals and questionnaires,
    and the worked example.

    The answers of the demo are nobody's, so languages that no native reader has reviewed are offered too.
    """
    shutil.rmtree(mapp, ignore_errors=True)
    instans = Instans(mapp.absolute(), f"sqlite:///{(mapp / 'bokslut.db').absolute()}")
    skapa_mapp(instans.mapp)
    skapa_mapp(instans.nycklar)
    motor = open_db(instans.databas)
    migrera(motor)
    mottagning = Mottagning(motor, instans.nycklar)
    nu = datetime.now(UTC)
    kort, prova, omgangar = [], [], []
    skriv_underlag(mapp / "frysta" / str(nu.year))
    regler = tomllib.loads((config / "indicators.toml").read_text("utf-8"))
    for namn in ENKATER:
        rad, bunt, koder = _oppna_en(mottagning, config / "enkater" / f"{namn}.toml", nu)
        enkat = enkat_i(rad)
        lamna_in_pahittade(mottagning, mottagning.omgangar()[rad.id], koder[:PAHITTADE])
        prova.append((enkat.titel, visa(koder[PAHITTADE])))
        kort.append(mapp / f"kort-{namn}.pdf")
        with kort[-1].open("wb") as strom:
            skriv_kodark(strom, Kodark(adress, koder[PAHITTADE + 1 :], ENHET, bunt, enkat.titel))
        (mapp / f"{namn}.toml").write_text(indikatorer_for({enkat.kalla}, regler, FORBUND, nu.year), "utf-8")
        omgangar.append(rad.id)
    installning = Installning(
        forbund=f"{FORBUND} (demonstration med påhittade svar)", kontakt="exempel@example.org", krav_granskad=False
    )
    sedan = nasta_steg(mapp, omgangar[0], ENKATER[0], str(nu.year))
    kansli, personer = oppna_kansli(motor, Arbetsmapp(instans.mapp), config, exempel, FORBUND)
    return Oppet(mottagning, installning, kansli, tuple(personer), tuple(kort), tuple(prova), PAHITTADE, sedan)


def nasta_steg(mapp: Path, omgang_id: str, namn: str, period: str) -> tuple[tuple[str, str], ...]:
    """How to close a round and see its answers as a bokslut: commands as they are typed, and what each is for."""
    bokslut, instans = ".venv/bin/bokslut", f"BOKSLUT_INSTANS={mapp}"
    ur = f"--indikatorer {mapp / namn}.toml --underlag {mapp / 'frysta' / period}"
    sajt = mapp.parent / "mitt-bokslut"
    return (
        (f"{instans} {bokslut} enkat stang {omgang_id}", "stäng omgången"),
        (f"{instans} {bokslut} enkat frys {omgang_id}", "öppna urnan och frys svaren"),
        (f"{bokslut} utvardera {ur}", "räkna"),
        (f"{bokslut} bygg {ur} --ut {sajt}", "gör ett bokslut"),
        (f"{bokslut} starta {sajt} --port 8001", "titta på det"),
    )


def _oppna_en(mottagning: Mottagning, fil: Path, nu: datetime) -> tuple[Omgang, str, list[str]]:
    """Make a round, open it and print a batch: the round, the batch's name and the codes."""
    with Session(mottagning.motor, expire_on_commit=False) as session:
        ny = omgang.skapa(session, mottagning.nycklar, str(fil), fil.read_bytes(), str(nu.year), minsta_grupp=5)
        omgang.oppna(session, mottagning.nycklar, ny, nu, nu + timedelta(days=DAGAR))
        with skrivning(session):
            ny.nad_minuter = 0  # whoever tries the demo need not wait an hour between closing and freezing
            session.add(ny)
        hemlighet = nycklar.las_hemlighet(mottagning.nycklar, ny.id)
        bunt, koder = store_bunt.skapa_bunt(session, ny.id, hemlighet, ENHET, ANTAL_KODER)
        bunt_id = bunt.id
    mottagning.glom()
    return ny, bunt_id, koder
