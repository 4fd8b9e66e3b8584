"""What has been uploaded, between preview and confirmation: private files that expire, and leave nothing behind.

Only rows that are right are kept, and of faults what the preview shows; no file is kept as it came.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from grund.settings import ersatt_privat, forstor_fil, skapa_mapp
from insatser.importera_tolka import Cellfel, Last
from insatser.models import FALTEN
from kansli.arbetsmapp import Arbetsmapp
from kansli.models import nytt_id

GALLER: Final = timedelta(hours=2)
FLEST_FEL: Final = 500
_MAPP: Final = "registerimport"


@dataclass(frozen=True)
class Forvarat:
    """An upload that has been read. rader: how many are right. fel: the first of `alla_fel`. felrader: rows with one.

    falten: the columns that the file has.

    nya, andrade, oforandrade: what the right rows would do to the register as it was then.
    """

    id: str
    konto_id: str
    filnamn: str
    skapat: str
    rader: int
    felrader: int
    alla_fel: int
    nya: int
    andrade: int
    oforandrade: int
    falten: Sequence[str]
    fel: Sequence[Cellfel]
    anmarkningar: Sequence[str]


def spara(
    mapp: Arbetsmapp, nu: datetime, konto_id: str, filnamn: str, last: Last, utslag: tuple[int, int, int]
) -> Forvarat:
    """Keep what was read, for the one who uploaded it. utslag: new, changed and unchanged."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    forvarat = Forvarat(
        nytt_id(),
        konto_id,
        filnamn[:120],
        nu.isoformat(),
        len(last.rader),
        last.felrader,
        len(last.fel),
        *utslag,
        last.falten,
        last.fel[:FLEST_FEL],
        last.anmarkningar,
    )
    spalter = list(zip(*last.rader, strict=True)) or [()] * len(FALTEN)
    ut = BytesIO()
    pq.write_table(pa.table([pa.array(spalt) for spalt in spalter], names=list(FALTEN)), ut)
    skapa_mapp(mapp.rot / _MAPP)
    ersatt_privat(_fil(mapp, forvarat.id, "parquet"), ut.getvalue())
    ersatt_privat(_fil(mapp, forvarat.id, "json"), json.dumps(asdict(forvarat), ensure_ascii=False).encode())
    return forvarat


def hamta(mapp: Arbetsmapp, nu: datetime, id_: str, konto_id: str) -> Forvarat | None:
    """What this account uploaded; None when it is gone, too old, or another's."""
    fil = _fil(mapp, id_, "json")
    if not id_.isalnum() or not fil.is_file():
        return None
    data = json.loads(fil.read_bytes())
    forvarat = Forvarat(**(data | {"fel": [Cellfel(**fel) for fel in data["fel"]]}))
    gammalt = not timedelta(0) <= nu - datetime.fromisoformat(forvarat.skapat) < GALLER
    return None if gammalt or forvarat.konto_id != konto_id else forvarat


def rader(mapp: Arbetsmapp, id_: str) -> list[tuple[Any, ...]]:
    """The rows that are right, in the order of `FALTEN`."""
    import pyarrow.parquet as pq

    tabell = pq.read_table(BytesIO(_fil(mapp, id_, "parquet").read_bytes())).combine_chunks()
    return list(zip(*(_spalt(spalt.chunk(0)) for spalt in tabell.columns), strict=True)) if tabell.num_rows else []


def _spalt(spalt: Any) -> Iterator[Any]:
    """A column of pyarrow's as Python has it: each value that occurs made once, and not in every row that has it."""
    olika = spalt.dictionary_encode("encode")
    return map(olika.dictionary.to_pylist().__getitem__, olika.indices.to_numpy().tolist())


def glom(mapp: Arbetsmapp, id_: str) -> None:
    """Remove what was kept."""
    for andelse in ("parquet", "json"):
        forstor_fil(_fil(mapp, id_, andelse))


def stada(mapp: Arbetsmapp, nu: datetime) -> None:
    """Remove what is too old; asked for each time somebody comes to import."""
    for fil in (mapp.rot / _MAPP).glob("*.*"):
        if abs(nu.timestamp() - fil.stat().st_mtime) >= GALLER.total_seconds():
            forstor_fil(fil)


def _fil(mapp: Arbetsmapp, id_: str, andelse: str) -> Path:
    return mapp.rot / _MAPP / f"{id_}.{andelse}"
