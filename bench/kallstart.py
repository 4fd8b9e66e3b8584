"""How long the command takes from nothing: Python started, everything imported, Umeå evaluated, JSON written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from bench.matning import MILJO, ROT, Matning, tid
from bench.tabell import Rad

GANGER: Final = 10
HOGST_S: Final = 1.2
KOMMANDO: Final = (str(Path(sys.executable).with_name("bokslut")), "utvardera", "--json")
IMPORTER: Final = "import kansli.cli, bokslut.underlag, indikatorer.evaluate, indikatorer.resultat"
TOPP: Final = 5


def mat(mapp: Path) -> Iterator[Rad]:
    """The rows of the table. mapp is not used: the example lies in the project."""
    satser = {
        "allt": KOMMANDO,
        "tomt": (sys.executable, "-c", "pass"),
        "import": (sys.executable, "-c", IMPORTER),
        "pandas": (sys.executable, "-c", "import pandas"),
    }
    tider: dict[str, list[float]] = {namn: [] for namn in satser}
    for _ in range(GANGER):
        for namn, sats in satser.items():
            tider[namn].append(tid(partial(_kor, sats)))
    m = {namn: Matning(tuple(sekunder), "s") for namn, sekunder in tider.items()}
    delar = f"Python självt {m['tomt'].median:.2f} s, importerna {m['import'].median - m['tomt'].median:.2f} s, arbetet"
    yield Rad(
        "bokslut utvardera --json, kallstart",
        m["allt"],
        HOGST_S,
        (("python -c 'import pandas'", m["pandas"]),),
        anmarkning=f"{delar} {m['allt'].median - m['import'].median:.2f} s. Dyrast att importera: {_dyrast()}.",
    )


def _kor(sats: Sequence[str]) -> bytes:
    return subprocess.run(sats, cwd=ROT, env=os.environ | MILJO, check=True, capture_output=True).stderr


def _dyrast() -> str:
    """The packages that take longest to import, what each imports itself included."""
    rader = _kor((sys.executable, "-X", "importtime", "-c", IMPORTER)).decode()
    tider = re.findall(r"^import time:\s+\d+ \|\s+(\d+) \|\s+(\w+)$", rader, re.MULTILINE)
    topp = sorted(((int(mikro), namn) for mikro, namn in tider), reverse=True)[:TOPP]
    return ", ".join(f"{namn} {mikro / 1000:.0f} ms" for mikro, namn in topp)
