"""The ways from a Parquet file to counts per question, option and part. Run alone: python -m bench.vagar WAY FOLDER.

The clock runs from a closed file to finished counts: imports are done, connections are open, and whoever wrote the file
has warmed the page cache.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import Final, TypeAlias

from bench import alternativ
from bench.alternativ import Antal
from bench.matning import hogsta_minne
from bench.svarsdata import FRAGOR, SVAR

Vag: TypeAlias = Callable[[Path], tuple[dict[str, float], Iterable[Antal]]]


def vart(mapp: Path) -> tuple[dict[str, float], Iterable[Antal]]:
    """The road that `bokslut utvardera` takes, and how long each stretch of it is."""
    import bokslut.parquet  # noqa: F401  (before the clock starts)
    from bokslut.underlag import hamta
    from indikatorer.counts import Matt, Raknare
    from indikatorer.kodning import koda
    from indikatorer.underlag import las_underlag

    tider = [time.perf_counter()]
    underlag, fel = las_underlag((mapp / "underlag.toml").as_posix(), hamta)
    tider.append(time.perf_counter())
    tabell, fler = koda(underlag.kallor["deltagarenkat"], underlag.beskrivning.skala, SVAR[-1:], 2020)
    assert tabell is not None, [*fel, *fler]
    tider.append(time.perf_counter())
    raknare = Raknare(tabell, ("kon", "enhet"))
    raknare.rakna_fragor(FRAGOR)
    svar = {(f, kod): Matt((), (), (((f, frozenset({kod})),),)) for f in FRAGOR for kod in range(len(SVAR) + 1)}
    antal = {nyckel: raknare.rakna(matt).taljare for nyckel, matt in svar.items()}
    tider.append(time.perf_counter())
    delar = [("", ""), *((d, e) for d in ("kon", "enhet") for e in tabell.kolumner[d].etiketter[1:])]
    steg = (b - a for a, b in pairwise(tider))
    matt = dict(zip(("läsning", "kodning", "räkning"), steg, strict=True)) | {"sekunder": tider[-1] - tider[0]}
    data = 1e-6 * sum(k.koder.nbytes for k in tabell.kolumner.values())
    return matt | {"data": data}, (
        (fraga, ("", *SVAR)[kod], *del_, n)
        for (fraga, kod), tal in antal.items()
        for del_, n in zip(delar, tal.tolist(), strict=True)
    )


VAGAR: Final[dict[str, Vag]] = {
    "vårt": vart,
    "DuckDB, en sats": alternativ.duckdb_union,
    "DuckDB, en sats per fråga": alternativ.duckdb_per_fraga,
    "Polars, scan_parquet": alternativ.polars_scan,
    "Polars, read_parquet": alternativ.polars_read,
    "pandas, groupby": alternativ.pandas_groupby,
}


def facit(antal: Iterable[Antal]) -> str:
    """What all ways must agree on. A part without a name (kön not stated) is no part, and 0 is no count."""
    finns = sorted((f, s, d, p, int(n)) for f, s, d, p, n in antal if n and (p or not d))
    return hashlib.sha256(json.dumps(finns).encode()).hexdigest()


if __name__ == "__main__":
    matt, antal = VAGAR[sys.argv[1]](Path(sys.argv[2]))
    topp = hogsta_minne()
    print(json.dumps(matt | {"topp": topp, "facit": facit(antal)}))
