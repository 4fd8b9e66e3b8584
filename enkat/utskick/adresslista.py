"""The e-mail addresses of one round of staff or boards: a file of its own, outside the database, deleted at close.

It knows who was written to. It does not know who has answered, and nothing in it can be held against an answer: the
link is the same for everyone. No address of a deltagare is ever put here (`paminnelse`).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from email.utils import parseaddr
from pathlib import Path
from typing import Final, Literal

from enkat.sprak import SPRAK
from grund.settings import skapa_mapp, skriv_privat
from indikatorer.diagnos import Diagnos, narmast
from indikatorer.tabell import Tabell, las_csv
from indikatorer.toml.source import las_bytes

Slag = Literal["inbjudan", "paminnelse"]
# kvar: not sent. pagar: handed over, and the reply was lost, so nobody knows. nekat: refused for good.
Lage = Literal["kvar", "pagar", "skickat", "nekat"]

_TABELLER: Final = """
CREATE TABLE IF NOT EXISTS hemlighet (varde BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS mottagare (epost TEXT PRIMARY KEY, sprak TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS utskick (nummer INTEGER PRIMARY KEY, slag TEXT NOT NULL, dag TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS leverans (
    utskick INTEGER NOT NULL REFERENCES utskick, epost TEXT NOT NULL REFERENCES mottagare,
    lage TEXT NOT NULL CHECK (lage IN ('kvar', 'pagar', 'skickat', 'nekat')),
    PRIMARY KEY (utskick, epost)) WITHOUT ROWID;
"""


@dataclass(frozen=True)
class Mottagare:
    """Someone to write to, in a language."""

    epost: str
    sprak: str


@dataclass(frozen=True)
class Utskick:
    """One letter to everyone. dag: the day it began to be sent."""

    nummer: int
    slag: Slag
    dag: date


class Adresslista:
    """The list of a round, in the folder utskick/ of the instance."""

    def __init__(self, mapp: Path, omgang_id: str) -> None:
        self.fil = mapp / "utskick" / f"{omgang_id}.db"

    def finns(self) -> bool:
        """Whether there is a list."""
        return self.fil.exists()

    def lagg_till(self, mottagare: Iterable[Mottagare]) -> int:
        """Add those who are not there yet. Returns how many they were."""
        if not self.finns():
            skapa_mapp(self.fil.parent)
            skriv_privat(self.fil, b"", behall=True)
        with self._oppen() as db:
            if db.execute("SELECT 1 FROM hemlighet").fetchone() is None:
                db.execute("INSERT INTO hemlighet VALUES (?)", (secrets.token_bytes(32),))
            fore = db.total_changes
            db.executemany("INSERT OR IGNORE INTO mottagare VALUES (?, ?)", [(m.epost, m.sprak) for m in mottagare])
            return db.total_changes - fore

    def antal(self) -> int:
        """How many there are."""
        with self._oppen() as db:
            return int(db.execute("SELECT count(*) FROM mottagare").fetchone()[0])

    def senaste(self, slag: Slag) -> Utskick | None:
        """The latest letter of a kind."""
        with self._oppen() as db:
            rad = db.execute(
                "SELECT nummer, dag FROM utskick WHERE slag = ? ORDER BY nummer DESC LIMIT 1", (slag,)
            ).fetchone()
        return None if rad is None else Utskick(rad[0], slag, date.fromisoformat(rad[1]))

    def nytt_utskick(self, slag: Slag, dag: date) -> Utskick:
        """Begin a letter."""
        with self._oppen() as db:
            nummer = db.execute("INSERT INTO utskick (slag, dag) VALUES (?, ?)", (slag, dag.isoformat())).lastrowid
        return Utskick(int(nummer or 0), slag, dag)

    def mottagare(self, utskick: Utskick, lage: Lage) -> list[Mottagare]:
        """Those who stand so with a letter; who was added since counts as kvar."""
        fraga = (
            "SELECT m.epost, m.sprak FROM mottagare m LEFT JOIN leverans l ON l.epost = m.epost AND l.utskick = ?"
            " WHERE coalesce(l.lage, 'kvar') = ? ORDER BY m.epost"
        )
        with self._oppen() as db:
            return [Mottagare(*rad) for rad in db.execute(fraga, (utskick.nummer, lage))]

    def anteckna(self, utskick: Utskick, epost: str, lage: Lage) -> None:
        """Note how a letter stands with someone. On disk when this returns."""
        with self._oppen() as db:
            db.execute("INSERT OR REPLACE INTO leverans VALUES (?, ?, ?)", (utskick.nummer, epost, lage))

    def meddelande_id(self, utskick: Utskick, epost: str, doman: str) -> str:
        """The Message-ID of a letter to someone: the same each time, so that a mail server sees that it is the same."""
        with self._oppen() as db:
            hemlighet: bytes = db.execute("SELECT varde FROM hemlighet").fetchone()[0]
        marke = hmac.digest(hemlighet, f"{utskick.nummer}\0{epost}".encode(), hashlib.sha256)
        return f"<{marke[:16].hex()}@{doman}>"

    def radera(self) -> bool:
        """Delete the list, overwritten first as far as the disk allows. False when there was none."""
        if not self.finns():
            return False
        langd = self.fil.stat().st_size
        with self.fil.open("r+b") as strom:
            strom.write(b"\0" * langd)
            strom.flush()
        self.fil.unlink()
        return True

    @contextmanager
    def _oppen(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.fil, timeout=5)) as db:
            db.execute("PRAGMA secure_delete = ON")
            db.execute("PRAGMA synchronous = FULL")
            db.executescript(_TABELLER)
            with db:
                yield db


def las_mottagare(fil: str, data: bytes) -> tuple[list[Mottagare], list[Diagnos]]:
    """Addresses from a CSV with the column epost and, if wished, sprak (else Swedish). All faults at once."""
    avkodad = las_bytes(fil, data)
    if avkodad.diagnoser:
        return [], list(avkodad.diagnoser)
    tabell, fel = las_csv(fil, avkodad.text)
    if tabell is None:
        return [], fel
    if "epost" not in tabell.kolumner:
        kandidat = narmast("epost", tabell.kolumner)
        atgard = f"Byt rubriken {kandidat} mot epost." if kandidat else "Lägg till kolumnen epost."
        return [], [Diagnos("saknad-kolumn", fil, tabell.rubrik(), "Rubrikraden", "saknar kolumnen epost", atgard)]
    lasta = [_las_rad(tabell, rad) for rad in range(tabell.rader)]
    fel = [d for _, diagnoser in lasta for d in diagnoser]
    return list(dict.fromkeys(m for m, _ in lasta if m is not None)), fel


def _las_rad(tabell: Tabell, rad: int) -> tuple[Mottagare | None, Sequence[Diagnos]]:
    epost, kod = _cell(tabell, rad, "epost").lower(), _cell(tabell, rad, "sprak") or SPRAK[0].kod
    fel = []
    if not _ar_adress(epost):
        regel, atgard = "är ingen e-postadress som går att skriva till", "Rätta adressen, eller ta bort raden."
        fel.append(Diagnos("fel-adress", tabell.fil, tabell.cell(rad, "epost"), f"”{epost}”", regel, atgard))
    if kod not in [s.kod for s in SPRAK]:
        regel, atgard = "är inget av språken", f"Språken är {', '.join(s.kod for s in SPRAK)}."
        fel.append(Diagnos("okant-sprak", tabell.fil, tabell.cell(rad, "sprak"), f"”{kod}”", regel, atgard))
    return (None if fel else Mottagare(epost, kod)), fel


def _cell(tabell: Tabell, rad: int, kolumn: str) -> str:
    if kolumn not in tabell.kolumner:
        return ""
    spalt = tabell.kolumner[kolumn]
    return spalt.varden[int(spalt.koder[rad])]


def _ar_adress(text: str) -> bool:
    """Whether it is one plain address; what surely is none is found here, the rest by the mail server."""
    namn, _, doman = text.rpartition("@")
    hel = parseaddr(text)[1] == text and text.isascii() and not set(text) & set(' ,;:<>()[]"\\')
    return hel and bool(namn) and "." in doman.strip(".") and not doman.startswith((".", "-")) and len(text) <= 254
