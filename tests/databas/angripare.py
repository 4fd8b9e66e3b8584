"""The attacker of promise 2: has the database's files but not the round's private key; asks who said what.

It is given more than a thief would have: which code each person got, and the key that codes are hashed with. So it
knows in which transaction each person answered. What is left is to tell from its bytes what the answer was.
"""

import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

Rad = tuple[str, ...]


@dataclass
class Spar:
    """What the attacker has on one person. nar: order of answering. plats: where in the file.

    skrivet: the longest run of bytes that was new. fore, efter: all that the transaction touched, before and after it.
    """

    nar: int
    plats: int
    skrivet: bytes
    fore: bytes
    efter: bytes


def sqlite_spar(databas: Path, personer: Mapping[str, bytes]) -> dict[str, Spar]:
    """Follow the write-ahead log: the transaction in which a person's code vanished also wrote their answer."""
    bild, sidstorlek = databas.read_bytes(), 4096
    sidor = {nr + 1: bild[nr * sidstorlek : (nr + 1) * sidstorlek] for nr in range(len(bild) // sidstorlek)}
    spar: dict[str, Spar] = {}
    for nar, transaktion in enumerate(_transaktioner(databas.with_name(databas.name + "-wal").read_bytes())):
        fore = b"".join(sidor.get(nr, b"") for nr in transaktion)
        efter = b"".join(transaktion.values())
        for person, avtryck in personer.items():
            if avtryck in fore and avtryck not in efter:
                nya = ((nr, _nytt(sidor.get(nr, bytes(len(sida))), sida)) for nr, sida in transaktion.items())
                nr, (start, skrivet) = max(nya, key=lambda ny: len(ny[1][1]))
                spar[person] = Spar(nar, nr * sidstorlek + start, skrivet, fore, efter)
        sidor |= transaktion
    return spar


def _transaktioner(wal: bytes) -> Iterator[dict[int, bytes]]:
    """The pages that each transaction wrote. File format: sqlite.org/fileformat2, "The Write-Ahead Log"."""
    sidstorlek = struct.unpack(">I", wal[8:12])[0]
    sidor: dict[int, bytes] = {}
    for start in range(32, len(wal) - sidstorlek - 23, 24 + sidstorlek):
        nummer, storlek_efter = struct.unpack(">II", wal[start : start + 8])
        sidor[nummer] = wal[start + 24 : start + 24 + sidstorlek]
        if storlek_efter:
            yield sidor
            sidor = {}


def _nytt(gammal: bytes, ny: bytes) -> tuple[int, bytes]:
    """The longest run of bytes that differ, but for a few that happen to be the same; and where it begins."""
    skilda = np.flatnonzero(np.frombuffer(gammal, np.uint8) != np.frombuffer(ny, np.uint8))
    if not len(skilda):
        return 0, b""
    langst = max(np.split(skilda, np.flatnonzero(np.diff(skilda) > 4) + 1), key=len)
    return int(langst[0]), ny[langst[0] : langst[-1] + 1]


@dataclass(frozen=True)
class Tupel:
    """One row version of PostgreSQL, living or dead, as it lies in its file."""

    xmin: int
    xmax: int
    plats: int
    data: bytes


def postgres_tupler(fil: Path, fran: int) -> list[Tupel]:
    """Every row version from a page on, erased ones too. Format: the PostgreSQL manual, "Database Page Layout"."""
    tupler, bild = [], fil.read_bytes()
    for sidnummer in range(fran, len(bild) // 8192):
        sida = bild[sidnummer * 8192 : (sidnummer + 1) * 8192]
        lagre = struct.unpack("<H", sida[12:14])[0]
        for pekare in range(24, lagre, 4):
            varde = struct.unpack("<I", sida[pekare : pekare + 4])[0]
            start, langd = varde & 0x7FFF, varde >> 17
            if langd:
                xmin, xmax = struct.unpack("<II", sida[start : start + 8])
                tupler.append(Tupel(xmin, xmax, sidnummer * 8192 + pekare, sida[start + 23 : start + langd]))
    return tupler


def postgres_spar(koder: Path, svar: Path, personer: Mapping[str, bytes], sidor: int) -> dict[str, Spar]:
    """The transaction that erased a person's code (xmax) also inserted their answer (xmin). sidor: how many, last."""
    efter_xmin = {t.xmin: t for t in postgres_tupler(svar, max(0, svar.stat().st_size // 8192 - sidor))}
    spar = {}
    for t in postgres_tupler(koder, max(0, koder.stat().st_size // 8192 - sidor)):
        for person, avtryck in personer.items():
            if avtryck in t.data and t.xmax in efter_xmin:
                traff = efter_xmin[t.xmax]
                spar[person] = Spar(t.xmax, traff.plats, traff.data, b"", traff.data)
    return spar


def mellan(fore: Mapping[bytes, bytes], efter: Mapping[bytes, bytes]) -> Spar:
    """Two backups with one person between them: what the second has that the first has not. Both: key → row."""
    ny = b"".join(nyckel + rad for nyckel, rad in efter.items() if nyckel not in fore)
    return Spar(0, 0, ny, b"", ny)


def innehall(spar: Spar, rad: Rad) -> int:
    """How many parts of an answer came to stand in clear."""
    varden = [varde.encode() for varde in rad if len(varde) > 2]
    return sum(spar.efter.count(varde) > spar.fore.count(varde) for varde in varden)


# How to tell persons' answers apart when their bytes say nothing: by any order that could have been kept.
ORDNINGAR: dict[str, Callable[[Spar], object]] = {
    "tid": lambda s: s.nar,
    "plats": lambda s: s.plats,
    "bytes": lambda s: s.skrivet,
    "langd": lambda s: len(s.skrivet),
    "tyngd": lambda s: sum(b.bit_count() for b in s.skrivet),
}


def gissa(
    spar: Mapping[str, Spar], rader: Sequence[Rad], ordning: str, klart: Mapping[tuple[str, Rad], int]
) -> dict[str, Rad]:
    """Who said what: first by what stands in clear, then in the order given, against the order of the frozen rows."""
    kvar, gissning = list(rader), {}
    for person in sorted(spar, key=lambda p: (ORDNINGAR[ordning](spar[p]), p)):
        basta = max(kvar, key=lambda rad: klart[person, rad])
        gissning[person] = basta
        kvar.remove(basta)
    return gissning
