"""The whole site of Umeå 2020, without its PDF, from files to files. Run alone: python -m bench.webbplats FOLDER."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.kallstart import KOMMANDO
from bench.matning import ROT, Matning, kor_modul, ms, tid
from bench.tabell import Rad
from bench.umea import CONFIG, UNDERLAG

GANGER: Final = 5
HOGST_S: Final = 2


def mat(mapp: Path) -> Iterator[Rad]:
    """The row of the table."""
    ut = mapp / "webbplats"
    kallt = [tid(lambda: build_site(ut)) for _ in range(GANGER)]
    varmt = kor_modul("webbplats", ut)
    filer = [f for f in ut.rglob("*") if f.is_file()]
    yield Rad(
        "hela webbplatsen utan PDF, kallstart",
        Matning(tuple(kallt), "s"),
        HOGST_S,
        anmarkning=(
            f"{len(filer)} filer, varav {sum(f.suffix == '.html' for f in filer)} sidor. I en process som redan har"
            f" importerat allt: räkna {ms(varmt['räkna'])}, skriva {ms(varmt['bygg'])}."
        ),
    )


def build_site(ut: Path) -> None:
    """Build the site as its command does, in a process of its own."""
    subprocess.run([KOMMANDO[0], "bygg", "--ut", ut], cwd=ROT, check=True, capture_output=True)


def _kor(ut: Path) -> dict[str, list[float]]:
    from bokslut.sidor import bygg
    from bokslut.underlag import las
    from indikatorer.evaluate import evaluate

    tider: dict[str, list[float]] = {"räkna": [], "bygg": []}
    utvardering = evaluate(las(CONFIG, UNDERLAG))
    for _ in range(GANGER):
        tider["räkna"].append(tid(lambda: evaluate(las(CONFIG, UNDERLAG))))
        tider["bygg"].append(tid(lambda: bygg(utvardering, ut)))
    return tider


if __name__ == "__main__":
    print(json.dumps(_kor(Path(sys.argv[1]))))
