"""The survey's own server on a free port, a round of twelve questions in it, and what its processes take."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bench.kallstart import KOMMANDO
from bench.matning import ROT

ENKATER: Final = ROT / "config" / "enkater"
# The first eight that everybody is asked, three of one kind, and kön.
TOLV: Final = (
    "bemott",
    "person_eller_team",
    "stod_for_arbete",
    "bestamma",
    "tillvarata_erfarenheter",
    "livssituation",
    "mer_redo",
    "framtid",
    "diskriminerad_kon",
    "diskriminerad_alder",
    "diskriminerad_etnicitet",
    "kon",
)
PROCESSER, TRADAR = 2, 4
SOM_SIST: Final = ("--processer", str(PROCESSER), "--tradar", str(TRADAR))
_TICK: Final = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Instans:
    """A folder with one open round. koder: unspent."""

    mapp: Path
    omgang_id: str
    koder: list[str] = field(repr=False)

    @property
    def databas(self) -> Path:
        """The SQLite file."""
        return self.mapp / "bokslut.db"


def tolv_fragor() -> bytes:
    """The questionnaire for deltagare, cut to twelve questions."""
    huvud, *fragor = re.split(r"(?m)^(?=\[fraga\.)", (ENKATER / "deltagare.toml").read_text("utf-8"))
    kvar = [text for text in fragor if re.match(r"\[fraga\.(\w+)", text)[1] in TOLV]  # type: ignore[index]
    return "".join([huvud, *kvar]).encode()


def gor_instans(mapp: Path, antal: int) -> Instans:
    """A new instance with a round in which every language is offered, and so many codes."""
    from sqlmodel import Session

    from enkat import nycklar, omgang, store_bunt
    from grund.db import migrera, open_db

    mapp.mkdir(parents=True)
    motor, nu = open_db(f"sqlite:///{mapp / 'bokslut.db'}"), datetime.now(UTC)
    migrera(motor)
    with Session(motor, expire_on_commit=False) as session:
        rad = omgang.skapa(
            session, mapp / "nycklar", "deltagare.toml", tolv_fragor(), "2026", minsta_grupp=5, provomgang=True
        )
        omgang.oppna(session, mapp / "nycklar", rad, nu - timedelta(hours=1), nu + timedelta(days=1))
        hemlighet = nycklar.las_hemlighet(mapp / "nycklar", rad.id)
        koder = [
            kod
            for _ in range(-(-antal // 500))
            for kod in store_bunt.skapa_bunt(session, rad.id, hemlighet, "Vuxentorget", 500)[1]
        ]
    motor.dispose()
    (mapp / "enkat.toml").write_text(
        'forbund = "Samordningsförbundet Mätning"\nkontakt = "Kim, 090-12 34 56"\n', "utf-8"
    )
    return Instans(mapp, rad.id, koder)


@dataclass(frozen=True)
class Server:
    """A gunicorn that runs. adress: where it answers. pid: of the process that the others come from."""

    adress: str
    pid: int

    def processer(self) -> list[int]:
        """All its processes."""
        barn = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text("ascii").split()
        return [self.pid, *map(int, barn)]

    def cpu(self) -> float:
        """Seconds of CPU that they have taken, in the program and in the kernel on its behalf."""
        return sum(_cpu(pid) for pid in self.processer())

    def minne(self) -> float:
        """Proportional memory, MB: what is shared is counted once."""
        return sum(_pss(pid) for pid in self.processer()) / 1024


def _cpu(pid: int) -> float:
    falt = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(falt[11]) + int(falt[12])) / _TICK


def _pss(pid: int) -> int:
    rader = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    return next(int(rad.split()[1]) for rad in rader if rad.startswith("Pss:"))


@contextmanager
def enkatserver(mapp: Path) -> Iterator[Server]:
    """`bokslut enkat starta` with the instance in `mapp`."""
    val = ["enkat", "starta", "--port", "0", "--proxyer", "1", *SOM_SIST]
    with _server([str(KOMMANDO[0]), *val], {"BOKSLUT_INSTANS": str(mapp)}) as server:
        yield server


@contextmanager
def tom_server() -> Iterator[Server]:
    """A bare Flask page, served the same way."""
    with _server([sys.executable, "-m", "bench.enkat_tom"], {}) as server:
        yield server


@contextmanager
def _server(kommando: list[str], miljo: dict[str, str]) -> Iterator[Server]:
    process = subprocess.Popen(kommando, cwd=ROT, env=os.environ | miljo, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        rad = process.stdout.readline()
        adress = re.search(r"http://[\d.]+:\d+", rad)
        assert adress is not None, rad
        yield Server(adress[0], process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
