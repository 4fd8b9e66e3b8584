"""Where this installation keeps what is its own: the instance folder, outside the program and outside every backup."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HEMLIGHET_BYTE: Final = 32


@dataclass(frozen=True)
class Instans:
    """mapp: the instance folder. databas: a SQLAlchemy URL; it holds a password when it is PostgreSQL's, so no repr."""

    mapp: Path
    databas: str

    def __repr__(self) -> str:
        return f"Instans({str(self.mapp)!r})"

    @property
    def nycklar(self) -> Path:
        """The folder of the rounds' keys. Never in the database, never in a backup."""
        return self.mapp / "nycklar"

    @property
    def oversattningar(self) -> Path:
        """The folder of the installation's own translations of the survey, and of who has reviewed them."""
        return self.mapp / "oversattningar"

    @property
    def hemlighet(self) -> Path:
        """The file with the secret that the staff's sessions are signed with."""
        return self.mapp / "hemlighet"


def las_instans(miljo: Mapping[str, str] = os.environ) -> Instans:
    """The instance of the environment: BOKSLUT_INSTANS (else ./instans) and BOKSLUT_DATABAS (else SQLite there)."""
    mapp = Path(miljo.get("BOKSLUT_INSTANS", "instans")).absolute()
    return Instans(mapp, miljo.get("BOKSLUT_DATABAS", f"sqlite:///{mapp / 'bokslut.db'}"))


def las_hemlighet(fil: Path) -> bytes:
    """The secret in a file that only its owner reads; made at first use, also when two workers ask at once."""
    if not fil.exists():
        skapa_mapp(fil.parent)
        skriv_privat(fil, secrets.token_bytes(HEMLIGHET_BYTE), behall=True)
    return fil.read_bytes()


def skapa_mapp(mapp: Path) -> None:
    """A folder that only its owner can look into."""
    mapp.mkdir(mode=0o700, parents=True, exist_ok=True)


def skriv_privat(fil: Path, data: bytes, behall: bool = False) -> None:
    """Write a file whole or not at all, readable by its owner alone. behall: an existing file wins over the new one.

    Raises:
        FileExistsError: never with behall; else when the file is there already, since a key is not written twice.
    """
    halvfardig = fil.with_name(f".{fil.name}.{secrets.token_hex(4)}")
    nummer = os.open(halvfardig, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(nummer, "wb") as strom:
            strom.write(data)
            strom.flush()
            os.fsync(strom.fileno())
        os.link(halvfardig, fil)
    except FileExistsError:
        if not behall:
            raise
    finally:
        halvfardig.unlink()
    synka_mapp(fil.parent)


def ersatt_privat(fil: Path, data: bytes) -> None:
    """Write a file whole or not at all, in the place of one that may be there, readable by its owner alone."""
    halvfardig = fil.with_name(f".{fil.name}.{secrets.token_hex(4)}")
    skriv_privat(halvfardig, data)
    os.replace(halvfardig, fil)
    synka_mapp(fil.parent)


def forstor_fil(fil: Path) -> None:
    """Overwrite a file and remove it; one that is gone is no fault. An SSD may keep what was overwritten."""
    if not fil.exists():
        return
    fil.chmod(0o600)
    with fil.open("r+b") as strom:
        strom.write(secrets.token_bytes(fil.stat().st_size))
        strom.flush()
        os.fsync(strom.fileno())
    fil.unlink()
    synka_mapp(fil.parent)


def synka_mapp(mapp: Path) -> None:
    """Make a new, renamed or removed name in a folder survive a power cut."""
    nummer = os.open(mapp, os.O_RDONLY)
    try:
        os.fsync(nummer)
    finally:
        os.close(nummer)
