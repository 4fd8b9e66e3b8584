"""A backup of an instance in one file, without what would undo the promises to those who answered.

The rounds' keys are never in it, and not the addresses that letters go to, nor the staff's secret. The database is
copied while it is in use, compact: what has been erased does not come along. A copy is restored only where nothing is.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO, Final

from sqlalchemy import make_url

from grund.settings import Instans, skapa_mapp, skriv_privat, synka_mapp

DATABAS: Final = "bokslut.db"
INNEHALL: Final = "sakerhetskopia.json"
FORMAT: Final = 1
# What is never copied, by the first name of its path: keys, secrets, addresses, what awaits a confirmation.
UTESLUTNA: Final = ("nycklar", "hemlighet", "oidc", "utskick", "registerimport")
STORST: Final = 4 << 30


class KopiaFel(RuntimeError):
    """A backup that cannot be made or restored: why, and what to do, as a person reads it."""


def skriv_kopia(ut: BinaryIO, instans: Instans, nu: datetime) -> int:
    """Write a backup. Returns how many files it has, the database among them.

    Raises:
        KopiaFel: there is no database to copy, or it is PostgreSQL's.
    """
    databas = databasfil(instans)
    if not databas.is_file():
        raise KopiaFel(f"Det finns ingen databas i {instans.mapp}. Kontrollera BOKSLUT_INSTANS.")
    with TemporaryDirectory(dir=instans.mapp, prefix=".kopia") as tillfallig:
        kopia = Path(tillfallig) / DATABAS
        _kopiera_databas(databas, kopia)
        filer = {DATABAS: kopia} | dict(_filer(instans.mapp, databas))
        summor = {namn: _summa(fil) for namn, fil in filer.items()}
        huvud = {"format": FORMAT, "skapad": nu.isoformat(timespec="minutes"), "filer": summor}
        with tarfile.open(fileobj=ut, mode="w:gz") as arkiv:
            _lagg_till(arkiv, INNEHALL, json.dumps(huvud, ensure_ascii=False, indent=1).encode())
            for namn, fil in filer.items():
                _lagg_till(arkiv, namn, fil.read_bytes())
    return len(filer)


def aterstall_kopia(fil: Path, instans: Instans) -> list[str]:
    """Put back what is in a backup, all of it or nothing. Returns the names of its files.

    Raises:
        KopiaFel: it is no backup, it is damaged, or something of it is there already.
    """
    databas = databasfil(instans)
    innehall = las_kopia(fil)
    mal = {namn: databas if namn == DATABAS else instans.mapp / namn for namn in innehall}
    if finns := sorted(str(plats) for plats in mal.values() if plats.exists()):
        raise KopiaFel(f"Det finns redan något att skriva över: {', '.join(finns[:5])}. Välj en tom BOKSLUT_INSTANS.")
    skapa_mapp(instans.mapp)
    _prova_databas(innehall[DATABAS], instans.mapp)
    # The database last: without it, what is there is seen as nothing, and the command can be run again elsewhere.
    for namn in sorted(innehall, key=lambda n: n == DATABAS):
        skapa_mapp(mal[namn].parent)
        skriv_privat(mal[namn], innehall[namn])
    synka_mapp(instans.mapp)
    return sorted(innehall)


def las_kopia(fil: Path) -> dict[str, bytes]:
    """The files of a backup by name, each as it was when it was copied.

    Raises:
        KopiaFel: it is no backup, or it is damaged.
    """
    skadad = KopiaFel(f"{fil} är ingen säkerhetskopia från bokslut, eller så är den skadad. Ta en annan kopia.")
    try:
        with tarfile.open(fil, mode="r:gz") as arkiv:
            innehall = {m.name: _las(arkiv, m) for m in arkiv if _ar_vanlig(m)}
        huvud = json.loads(innehall.pop(INNEHALL))
    except (tarfile.TarError, OSError, EOFError, zlib.error, KeyError, ValueError):
        raise skadad from None
    summor = {namn: hashlib.sha256(data).hexdigest() for namn, data in innehall.items()}
    if not isinstance(huvud, Mapping) or huvud.get("format") != FORMAT or huvud.get("filer") != summor:
        raise skadad
    if DATABAS not in innehall:
        raise skadad
    return innehall


def databasfil(instans: Instans) -> Path:
    """The file of the database.

    Raises:
        KopiaFel: it is no file, since it is PostgreSQL's.
    """
    adress = make_url(instans.databas)
    if adress.get_backend_name() != "sqlite" or not adress.database:
        raise KopiaFel("Databasen är PostgreSQL. Kopiera den med pg_dump, och mappen frysta för sig.")
    return Path(adress.database)


def _kopiera_databas(fran: Path, till: Path) -> None:
    """Copy a database that may be in use, as it was at one moment, without its free pages."""
    with closing(sqlite3.connect(fran, timeout=30)) as anslutning:
        anslutning.execute("VACUUM INTO ?", (str(till),))


def _filer(mapp: Path, databas: Path) -> Iterator[tuple[str, Path]]:
    """What else lies in the instance, but for what must not be copied and what is half written."""
    utom = {databas.resolve().with_name(databas.name + slut) for slut in ("", "-wal", "-shm", "-journal")}
    for stig, mappar, namnen in os.walk(mapp):
        rot = Path(stig).relative_to(mapp)
        mappar[:] = sorted(m for m in mappar if not m.startswith(".") and (rot / m).parts[0] not in UTESLUTNA)
        for namn in sorted(namnen):
            fil = Path(stig) / namn
            utanfor = namn.startswith(".") or (rot / namn).parts[0] in UTESLUTNA or fil.resolve() in utom
            if not utanfor and fil.is_file() and not fil.is_symlink():
                yield (rot / namn).as_posix(), fil


def _summa(fil: Path) -> str:
    return hashlib.sha256(fil.read_bytes()).hexdigest()


def _lagg_till(arkiv: tarfile.TarFile, namn: str, data: bytes) -> None:
    uppgift = tarfile.TarInfo(namn)
    uppgift.size, uppgift.mode = len(data), 0o600
    arkiv.addfile(uppgift, io.BytesIO(data))


def _ar_vanlig(medlem: tarfile.TarInfo) -> bool:
    """Whether it may be put back: a file, at a path within the instance, that is never a key.

    Raises:
        ValueError: it may not.
    """
    delar = PurePosixPath(medlem.name)
    if not medlem.isreg() or delar.is_absolute() or ".." in delar.parts or delar.parts[0] in UTESLUTNA:
        raise ValueError(medlem.name)
    if medlem.size > STORST:
        raise ValueError(medlem.name)
    return True


def _las(arkiv: tarfile.TarFile, medlem: tarfile.TarInfo) -> bytes:
    strom = arkiv.extractfile(medlem)
    if strom is None:
        raise ValueError(medlem.name)
    return strom.read()


def _prova_databas(data: bytes, mapp: Path) -> None:
    with TemporaryDirectory(dir=mapp, prefix=".kopia") as tillfallig:
        fil = Path(tillfallig) / DATABAS
        fil.write_bytes(data)
        try:
            with closing(sqlite3.connect(fil)) as anslutning:
                hel = anslutning.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        except sqlite3.DatabaseError:
            hel = False
    if not hel:
        raise KopiaFel("Databasen i kopian är skadad. Ta en annan kopia.")
