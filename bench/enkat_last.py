"""Sixteen respondents at once on the survey's own server, with SQLite: what a survey costs, and whether one is lost."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from bench.enkat_klient import SAMTIDIGA, STEG
from bench.enkat_server import PROCESSER, TRADAR, Instans, Server, enkatserver, gor_instans, tom_server
from bench.matning import ROT, Matning, ms
from bench.tabell import Rad

VARV, PER_VARV = 5, 96
HOGST_CPU_MS, HOGST_P95_MS, HOGST_MB = 30, 80, 300
SIDA: Final = 4096


def mat(mapp: Path) -> Iterator[Rad]:
    """The rows of the table."""
    if sys.platform != "linux":
        yield Rad("enkäten under last", None, anmarkning="inte mätt: processortid och minne läses ur Linux /proc.")
        return
    instans = gor_instans(mapp / "enkat-last", (VARV + 2) * PER_VARV)
    with enkatserver(instans.mapp) as server, tom_server() as tom:
        _kor(server, "skicka", _ta(instans)), _kor(tom, "tom", range(PER_VARV))  # the first ones warm both up
        varv = []
        for _ in range(VARV):
            varv.append((_kor(server, "skicka", _ta(instans)), _kor(tom, "tom", range(PER_VARV))))
        kuvert = _kuvert(instans)
        skrivet = _skrivet_fore_skicka(server, instans)
        minne = server.minne()
    svar, tomt = [s for s, _ in varv], [t for _, t in varv]
    yield Rad(
        "processortid per enkät, tolv frågor",
        ms([s["cpu"] for s in svar]),
        HOGST_CPU_MS,
        (("tom Flask-sida", ms([t["cpu"] for t in tomt])),),
        anmarkning=(
            f"gunicorn med {PROCESSER} processer och {TRADAR} trådar, SQLite, {SAMTIDIGA} svarar samtidigt, {STEG}"
            f" begäranden per enkät. Tom Flask-sida: lika många begäranden, serverade likadant, varv om varv."
        ),
    )
    yield _svarstid(svar)
    yield _forlorade(kuvert, svar)
    yield Rad(
        "skrivna sidor i databasen före ”Skicka”",
        Matning((skrivet,), "sidor"),
        0,
        anmarkning=f"{PER_VARV} personer till granskningen; databasfil, WAL och PRAGMA data_version före och efter.",
    )
    yield Rad("minne, alla processer (PSS)", Matning((minne,), "MB"), HOGST_MB)


def _ta(instans: Instans) -> list[str]:
    return [instans.koder.pop() for _ in range(PER_VARV)]


def _kor(server: Server, vad: str, koder: Any) -> dict[str, Any]:
    """One round in a process of its own: what the client saw, and `cpu` in seconds per code."""
    adress = urlsplit(server.adress)
    kommando = [sys.executable, "-m", "bench.enkat_klient", str(adress.hostname), str(adress.port), vad]
    fore, kodrader = server.cpu(), "\n".join(map(str, koder))
    klar = subprocess.run(
        kommando, cwd=ROT, env=os.environ, input=kodrader, check=True, stdout=subprocess.PIPE, text=True
    )
    return dict(json.loads(klar.stdout)) | {"cpu": (server.cpu() - fore) / len(koder)}


def _svarstid(svar: list[dict[str, Any]]) -> Rad:
    """The 95th percentile of each step; the slowest step counts."""
    per_steg = [sorted(tid for s in svar for tid in s["ms"][nr::STEG]) for nr in range(STEG)]
    p95 = [tider[int(0.95 * len(tider))] for tider in per_steg]
    varst = p95.index(max(p95)) + 1
    alla = sorted(tid for tider in per_steg for tid in tider)
    return Rad(
        "svarstid, det långsammaste stegets 95:e percentil",
        Matning((max(p95),), "ms"),
        HOGST_P95_MS,
        anmarkning=(
            f"Steg {varst} av {STEG}; ”Skicka” är steg {STEG - 1}: {p95[-2]:.0f} ms. Alla steg: median"
            f" {alla[len(alla) // 2]:.0f} ms, 95:e percentilen {alla[int(0.95 * len(alla))]:.0f} ms."
        ),
    )


def _kuvert(instans: Instans) -> int:
    with closing(sqlite3.connect(instans.databas)) as db:
        (antal,) = db.execute("SELECT count(*) FROM kuvert").fetchone()
    return int(antal)


def _forlorade(kuvert: int, svar: list[dict[str, Any]]) -> Rad:
    """Receipts that were shown against those who handed in, and against the envelopes in the urn."""
    kvitton = {kvitto for s in svar for kvitto in s["kvitton"]}
    saknas = abs((VARV + 1) * PER_VARV - kuvert) + VARV * PER_VARV - len(kvitton)
    return Rad(
        "förlorade svar",
        Matning((float(saknas),), "svar"),
        0,
        anmarkning=f"{len(kvitton)} olika kvitton i {VARV} varv; {kuvert} kuvert, varav {PER_VARV} från uppvärmningen.",
    )


def _skrivet_fore_skicka(server: Server, instans: Instans) -> float:
    """Pages that differ after everybody has come to the check of the answers. That it can see a write is tried too."""
    with closing(sqlite3.connect(instans.databas)) as db:
        fore = _avbild(db, instans)
        _kor(server, "granska", _ta(instans))
        efter = _avbild(db, instans)
        _kor(server, "skicka", [instans.koder.pop()])
        if _olika(efter, _avbild(db, instans)) == 0:
            raise AssertionError("the measurement is blind: a survey was handed in, and nothing seemed to be written")
    return _olika(fore, efter)


def _avbild(db: sqlite3.Connection, instans: Instans) -> list[object]:
    """What SQLite counts of others' commits, and a fingerprint of every page of the file and of its log."""
    filer = [instans.databas, instans.databas.with_name(f"{instans.databas.name}-wal")]
    data = b"".join(fil.read_bytes() for fil in filer if fil.exists())
    sidor = [sha256(data[nr : nr + SIDA]).digest() for nr in range(0, len(data), SIDA)]
    return [db.execute("PRAGMA data_version").fetchone()[0], *sidor]


def _olika(a: list[object], b: list[object]) -> float:
    return float(abs(len(a) - len(b)) + sum(x != y for x, y in zip(a, b, strict=False)))
