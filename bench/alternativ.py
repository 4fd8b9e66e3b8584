"""What a practised user of DuckDB, Polars or pandas would write for the same counts.

Several ways were tried with each, once, and the fastest are kept. Left out: DuckDB with UNPIVOT, with one GROUPING SETS
over all questions, with histogram or with count(*) FILTER; Polars with unpivot, with Categorical, and question by
question. Most took two to ten times as long; GROUPING SETS and Categorical came close to those that are kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, TypeAlias

from bench.matning import TRADAR
from bench.svarsdata import FRAGOR

# One count: question, option ("" when empty), dimension ("" for the whole), part ("" when not stated), and how many.
Antal: TypeAlias = tuple[str, str, str, str, int]
Svar: TypeAlias = tuple[dict[str, float], Iterable[Antal]]

DIMENSIONER: Final = ("", "kon", "enhet")
PER_FRAGA: Final = "select '{f}' as fraga, {f} as svar, kon, enhet, count(*) as n from '{fil}' group by all"
DELAR: Final = """select fraga, svar, kon, enhet, grouping(kon, enhet) as niva, sum(n)::bigint from ({per_fraga})
group by grouping sets ((fraga, svar), (fraga, svar, kon), (fraga, svar, enhet))"""


def duckdb_union(mapp: Path) -> Svar:
    """One statement: each question grouped by itself, united, and summed to the parts."""
    fil = mapp / "svar.parquet"
    return _duckdb([DELAR.format(per_fraga=" union all ".join(PER_FRAGA.format(f=f, fil=fil) for f in FRAGOR))])


def duckdb_per_fraga(mapp: Path) -> Svar:
    """One statement a question."""
    fil = mapp / "svar.parquet"
    return _duckdb([DELAR.format(per_fraga=PER_FRAGA.format(f=f, fil=fil)) for f in FRAGOR])


def _duckdb(satser: list[str]) -> Svar:
    import duckdb

    con = duckdb.connect(config={"threads": TRADAR})
    start = time.perf_counter()
    rader = [rad for sats in satser for rad in con.execute(sats).fetchall()]
    sekunder = time.perf_counter() - start
    dimension = {3: "", 1: "kon", 2: "enhet"}  # grouping(kon, enhet): a bit for each that is summed over
    delar = ((f, svar, dimension[niva], kon or enhet, n) for f, svar, kon, enhet, niva, n in rader)
    return {"sekunder": sekunder}, _utan_null(delar)


def polars_scan(mapp: Path) -> Svar:
    """All questions as lazy queries on the file, collected together by the streaming engine."""
    import polars as pl

    return _polars(lambda: pl.scan_parquet(mapp / "svar.parquet"))


def polars_read(mapp: Path) -> Svar:
    """The file read whole first, then all questions collected together."""
    import polars as pl

    return _polars(lambda: pl.read_parquet(mapp / "svar.parquet").lazy())


def _polars(las: Callable[[], Any]) -> Svar:
    import polars as pl

    start = time.perf_counter()
    ram = las()
    fragor = [
        ram.group_by(pl.col(f).alias("svar"), "kon", "enhet").agg(n=pl.len()).with_columns(fraga=pl.lit(f))
        for f in FRAGOR
    ]
    alla = pl.concat(pl.collect_all(fragor, engine="streaming"))
    summor = {d: alla.group_by("fraga", "svar", *filter(None, [d])).agg(pl.col("n").sum()) for d in DIMENSIONER}
    sekunder = time.perf_counter() - start
    delar = ((r["fraga"], r["svar"], d, r.get(d), r["n"]) for d, s in summor.items() for r in s.iter_rows(named=True))
    return {"sekunder": sekunder}, _utan_null(delar)


def pandas_groupby(mapp: Path) -> Svar:
    """Text columns as categories, one groupby a question."""
    import pandas as pd
    import pyarrow.parquet as pq

    nycklar = ["svar", "kon", "enhet"]
    start = time.perf_counter()
    ram = pq.read_table(mapp / "svar.parquet", read_dictionary=["kon", "enhet", *FRAGOR]).to_pandas()
    grupper = {f: ram.groupby([f, "kon", "enhet"], dropna=False, observed=True).size() for f in FRAGOR}
    alla = pd.concat([s.rename_axis(nycklar).reset_index(name="n").assign(fraga=f) for f, s in grupper.items()])
    per_del = {d: alla.groupby(["fraga", "svar", *filter(None, [d])], dropna=False, observed=True) for d in DIMENSIONER}
    summor = {d: grupp["n"].sum().reset_index() for d, grupp in per_del.items()}
    sekunder = time.perf_counter() - start
    rader = ((d, r) for d, s in summor.items() for r in s.astype(object).where(s.notna(), None).to_dict("records"))
    return {"sekunder": sekunder}, _utan_null((r["fraga"], r["svar"], d, r.get(d), r["n"]) for d, r in rader)


def _utan_null(rader: Iterable[tuple[Any, ...]]) -> Iterator[Antal]:
    return ((fraga, svar or "", dimension, part or "", n) for fraga, svar, dimension, part, n in rader)
