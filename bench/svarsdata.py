"""The answers that the measurements count: made up, the same every time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

SKALA: Final = ("inte_alls", "till_liten_del", "delvis", "till_stor_del", "till_mycket_stor_del", "helt_och_hallet")
SVAR: Final = (*SKALA, "vill_inte_svara")
FRAGOR: Final = tuple(f"fraga_{nummer:02d}" for nummer in range(1, 21))
KON: Final = ("kvinna", "man", "annat", "vill_inte_svara")
ENHETER: Final = tuple(f"enhet-{nummer:02d}" for nummer in range(80))
FRO: Final = 2020

BEGYNNELSE: Final = """[skala.del_6]
svar = [{svar}]
text = [{svar}]

[kalla.deltagarenkat]
typ = "enkat"
skydd = "personer"
kallas = "deltagarna"
fil = "svar.parquet"
period = "2020"
"""
FRAGA: Final = """
[kalla.deltagarenkat.fraga.{id}]
text = "Vad svarar du på {id}?"
skala = "del_6"
"""


def skriv_underlag(
    mapp: Path,
    rader: int,
    radgrupp: int | None = None,
    bakgrund: Mapping[str, Sequence[str]] | None = None,
    inledning: str = "",
    fro: int = FRO,
) -> Path:
    """Write an underlag with as many respondents. radgrupp: rows per row group, None for the writer's own choice.

    About one answer in seven is empty or vill_inte_svara, as is one kön in thirty; the text columns hold plain text.
    """
    mapp.mkdir(parents=True)
    slump = np.random.default_rng(fro)
    spalter = {"kon": _text(slump, KON, [55, 40, 2, 2, 1], rader)}
    for namn, varden in (bakgrund or {"enhet": ENHETER}).items():
        spalter[namn] = _text(slump, varden, [*[1] * len(varden), 0], rader)
    for fraga in FRAGOR:
        vikter = slump.dirichlet([4, 6, 9, 12, 9, 5, 3, 4])
        spalter[fraga] = _text(slump, SVAR, vikter.tolist(), rader)
    pq.write_table(pa.table(spalter), mapp / "svar.parquet", row_group_size=radgrupp)
    skala = ", ".join(f'"{s}"' for s in SKALA)
    fragor = "".join(FRAGA.format(id=fraga) for fraga in FRAGOR)
    (mapp / "underlag.toml").write_text(f"{inledning}\n{BEGYNNELSE.format(svar=skala)}{fragor}", "utf-8")
    return mapp


def _text(slump: np.random.Generator, varden: Sequence[str], vikter: Sequence[float], rader: int) -> pa.Array:
    """A column of text; the last weight is that of an empty cell."""
    andelar = np.array(vikter) / sum(vikter)
    koder = slump.choice(len(varden) + 1, rader, p=andelar).astype(np.int8)
    index = pa.array(koder, mask=koder == len(varden))
    return pa.DictionaryArray.from_arrays(index, pa.array(varden)).cast(pa.string())
