"""Measured values, and the processes that they are measured in."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

ROT: Final = Path(__file__).resolve().parent.parent
TRADAR: Final = 2
# Two threads each, whoever counts. DuckDB has its own setting.
MILJO: Final = {f"{namn}_NUM_THREADS": str(TRADAR) for namn in ("OMP", "OPENBLAS", "MKL")} | {
    "POLARS_MAX_THREADS": str(TRADAR)
}


@dataclass(frozen=True, slots=True)
class Matning:
    """Several measurements of the same thing, in `enhet`."""

    varden: tuple[float, ...]
    enhet: str

    @property
    def median(self) -> float:
        """The one that is compared; half of them were faster."""
        return median(self.varden)

    def __str__(self) -> str:
        """The median, and the least and the most where there are several."""
        spann = f" ({_kort(min(self.varden))}–{_kort(max(self.varden))})" if len(self.varden) > 1 else ""
        return f"{_kort(self.median)}{spann} {self.enhet}"


def _kort(tal: float) -> str:
    return f"{tal:.{0 if abs(tal) >= 100 else 1 if abs(tal) >= 10 else 2}f}".replace(".", ",")


def ms(sekunder: Sequence[float]) -> Matning:
    """Seconds as a Matning in milliseconds."""
    return Matning(tuple(1000 * s for s in sekunder), "ms")


def tid(kor: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    start = time.perf_counter()
    kor()
    return time.perf_counter() - start


def kor_modul(modul: str, *arg: str | Path) -> dict[str, Any]:
    """Run a module of bench in a process of its own; what it says as JSON, with the seconds from start to end."""
    kommando = [sys.executable, "-m", f"bench.{modul}", *map(str, arg)]
    start = time.perf_counter()
    svar = subprocess.run(kommando, cwd=ROT, env=os.environ | MILJO, check=True, stdout=subprocess.PIPE)
    return dict(json.loads(svar.stdout)) | {"hela": time.perf_counter() - start}


def hogsta_minne() -> float:
    """The most memory that this process has held, in MB.

    Linux tells it of the program itself; getrusage may tell of the process that started it, when that was larger.
    """
    status = Path("/proc/self/status")
    if status.exists():
        rad = next(r for r in status.read_text("utf-8").splitlines() if r.startswith("VmHWM:"))
        return int(rad.split()[1]) / 1024
    topp = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return topp / (1 << 20) if sys.platform == "darwin" else topp / 1024
