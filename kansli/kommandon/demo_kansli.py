"""The demo's staff: invented persons who log in, the worked example as earlier years, goals for the open rounds."""

from __future__ import annotations

import secrets
import shutil
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from flask import Flask
from sqlalchemy import Engine
from sqlmodel import Session

from grund.settings import las_hemlighet
from kansli.arbetsmapp import Arbetsmapp
from kansli.kanslirum import Kanslirum, skapa_kansli
from kansli.kommandon.demo_svar import indikatorer_for
from kansli.konto import losen
from kansli.konto import store as store_konto
from kansli.roller import Roll

# Nobody is called so: they are named for what they do.
PERSONER: Final = (
    ("Disa Demochef", "chef@example.org", Roll.FORBUNDSCHEF),
    ("Gun Demogodkännare", "godkannare@example.org", Roll.GODKANNARE),
    ("Rut Demorevisor", "revisor@example.org", Roll.REVISOR),
)
_VISADE_KODER: Final = 3


@dataclass(frozen=True)
class Person:
    """Somebody to log in as. koder: reserve codes, since nobody wants to set up an app for a demo; each works once."""

    epost: str
    roll: Roll
    losen: str
    koder: tuple[str, ...]


def oppna_kansli(
    motor: Engine, mapp: Arbetsmapp, config: Path, exempel: Path, forbund: str
) -> tuple[Flask, list[Person]]:
    """The staff's pages of a demo instance, and who may log in; passwords and codes are new at every start.

    config: the folder with indicators.toml and enkater/. exempel: the folder of the worked example's years.
    """
    ar = datetime.now(UTC).year
    lagg_in_exemplet(mapp, config, exempel)
    regler = tomllib.loads((config / "indicators.toml").read_text("utf-8"))
    mapp.mal(ar).write_text(indikatorer_for(_kallor(mapp), regler, forbund, ar), "utf-8")
    hemlighet = las_hemlighet(mapp.rot / "hemlighet")
    app = skapa_kansli(motor, Kanslirum(hemlighet, forbund, mapp))
    with Session(motor) as session:
        return app, [_person(session, hemlighet, *vem) for vem in PERSONER]


def lagg_in_exemplet(mapp: Arbetsmapp, config: Path, exempel: Path) -> None:
    """The worked example as an installation holds it: goals of 2020, the questionnaires, underlag of 2019 and 2020."""
    mapp.mal(2020).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(config / "indicators.toml", mapp.mal(2020))
    shutil.copytree(config / "enkater", mapp.enkater)
    for ar in (2019, 2020):
        shutil.copytree(exempel / f"umea-{ar}", mapp.underlag(ar))
    fil = mapp.underlag(2020) / "underlag.toml"
    fil.write_text(fil.read_text("utf-8").replace("../umea-2019", "../2019"), "utf-8")


def _kallor(mapp: Arbetsmapp) -> Collection[str]:
    return {tomllib.loads(fil.read_text("utf-8"))["enkat"]["kalla"] for fil in mapp.enkater.glob("*.toml")}


def _person(session: Session, hemlighet: bytes, namn: str, epost: str, roll: Roll) -> Person:
    nu, ord_, koder = datetime.now(UTC), secrets.token_urlsafe(9), losen.nya_reservkoder()
    konto, token = store_konto.skapa(session, nu, None, epost, namn, roll.value)
    store_konto.anvand_inbjudan(session, nu, token, losen.hasha(ord_))
    totp = losen.forsegla(hemlighet, konto.id, losen.ny_totp())
    store_konto.satt_totp(session, nu, konto, totp, 0, koder)
    return Person(epost, roll, ord_, tuple(koder[:_VISADE_KODER]))
