"""Measure everything, or only what is named: python -m bench [MODULE ...]."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Final

from bench import (
    enkat_last,
    enkat_sidor,
    forsta_sidan,
    fran_disk,
    kallstart,
    kansli,
    manga_indikatorer,
    rojande,
    tillganglighet,
    umea,
    ur_antal,
    webbplats,
)
from bench.matning import ROT
from bench.tabell import skriv

ALLA: Final = (
    fran_disk,
    manga_indikatorer,
    ur_antal,
    umea,
    rojande,
    kallstart,
    webbplats,
    forsta_sidan,
    enkat_sidor,
    enkat_last,
    kansli,
    tillganglighet,
)


def main(valda: list[str]) -> None:
    """Print the table, and how busy the machine was, since a busy one measures itself."""
    os.chdir(ROT)
    rader = []
    with tempfile.TemporaryDirectory(prefix="bokslut-bench-") as mapp:
        for modul in ALLA:
            namn = modul.__name__.removeprefix("bench.")
            if not valda or namn in valda:
                print(f"Mäter {namn} …", file=sys.stderr)
                rader += modul.mat(Path(mapp))
    print(skriv(rader))
    last = ", ".join(f"{tal:.1f}".replace(".", ",") for tal in os.getloadavg())
    print(f"\n{os.cpu_count()} kärnor. Maskinens last under de senaste 1, 5 och 15 minuterna: {last}.")


if __name__ == "__main__":
    main(sys.argv[1:])
