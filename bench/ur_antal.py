"""A hundred indicators, five splits, eight years, when the counts exist.

Run alone: python -m bench.ur_antal WHAT FOLDER.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bench.manga_indikatorer import HUVUD, KALLA
from bench.matning import TRADAR, kor_modul, ms, tid
from bench.svarsdata import ENHETER, FRAGOR, FRO, SKALA, skriv_underlag
from bench.tabell import Rad

if TYPE_CHECKING:
    from indikatorer.berakning import Berakning
    from indikatorer.forberedelse import Forberett
    from indikatorer.utfall import Utfall

AR: Final = range(2013, 2021)
RESPONDENTER: Final = 5_000
INDIKATORER: Final = 100
HOGST_MS: Final = 30
GUL_VAR: Final = 4
VARV: Final = 9
# A query takes a millisecond or two, so every so many of the 4 000 is run, and the time is scaled up. The step shares
# no factor with the number of splits, so that all of them are met.
VAR: Final = 21
BAKGRUND: Final = {
    "enhet": ENHETER,
    "kommun": tuple(f"kommun-{n}" for n in range(10)),
    "alder": ("16-24", "25-34", "35-44", "45-54", "55-"),
    "insats": tuple(f"insats-{n}" for n in range(12)),
}
DIMENSIONER: Final = ("kon", *BAKGRUND)


def mat(mapp: Path) -> Iterator[Rad]:
    """The row of the table."""
    mapp = mapp / "ur-antal"
    for ar in AR:
        fore = f'foregaende = "../{ar - 1}"' if ar > AR[0] else ""
        skriv_underlag(mapp / str(ar), RESPONDENTER, bakgrund=BAKGRUND, inledning=f"ar = {ar}\n{fore}", fro=FRO + ar)
    (mapp / "indicators.toml").write_text(HUVUD + "".join(map(_indikator, range(INDIKATORER))), "utf-8")
    egna, duckdb = (kor_modul("ur_antal", vad, mapp) for vad in ("vårt", "duckdb"))
    if egna["prov"] != duckdb["prov"]:
        raise AssertionError("DuckDB does not give the same counts, so its time says nothing.")
    yield Rad(
        f"{INDIKATORER} indikatorer × {len(DIMENSIONER)} uppdelningar × {len(AR)} år ur färdiga antal",
        ms(egna["signaler"][1:]),
        HOGST_MS,
        (("DuckDB, en fråga för varje", ms([duckdb["sekunder"]])),),
        anmarkning=(
            f"täljare, nämnare och signal för helheten och alla delar, i kolumner. Första varvet"
            f" {1000 * egna['signaler'][0]:.0f} ms. Att räkna {len(AR)} × {RESPONDENTER} svar dessförinnan:"
            f" {ms(egna['rakning'][1:])}. Var {GUL_VAR}:e har gul gräns. Av DuckDB:s frågor kördes var {VAR}:e, och"
            f" tiden är gånger {VAR}."
        ),
    )
    yield Rad(
        "… som färdiga Utfall",
        ms(egna["utfall"][1:]),
        HOGST_MS,
        anmarkning=f"med exakt värde, intervall och ett objekt för varje uppdelning ({egna['delar']} delar).",
    )


def _indikator(nummer: int) -> str:
    """Five for each question, each with an answer of its own that is good enough."""
    gul = f'gul = "minst {20 + nummer % 50} %"\n' if nummer % GUL_VAR == 0 else ""
    return (
        f'\n[indikator.i{nummer}]\ntitel = "Indikator {nummer}"\nmal = "allt"\nregel = "andel"\n{KALLA}\n'
        f'fraga = "{FRAGOR[nummer // 5]}"\nsvar_minst = "{SKALA[1 + nummer % 5]}"\n'
        f'gron = "minst {30 + nummer % 50} %"\n{gul}dela_upp = {json.dumps(DIMENSIONER)}\n'
    )


def _prov() -> list[tuple[int, int, str]]:
    """The year, indicator and split of each query that is run."""
    alla = [(ar, nummer, d) for ar in AR for nummer in range(INDIKATORER) for d in DIMENSIONER]
    return alla[::VAR]


def _vart(mapp: Path) -> dict[str, Any]:
    from bokslut.underlag import las

    forberett = las(mapp / "indicators.toml", mapp / str(AR[-1]))
    tider: dict[str, Any] = {"rakning": [], "utfall": [], "signaler": []}
    for _ in range(VARV + 1):
        ar = _berakningar(forberett)
        for vad, steg in (("rakning", _rakna), ("signaler", _signaler), ("utfall", _utfall)):
            tider[vad].append(tid(partial(list, map(steg, ar.values()))))
    utfall = [u for b in ar.values() for u in _utfall(b)]
    return tider | {
        "delar": sum(len(d.etiketter) for u in utfall for d in u.delningar),
        "prov": [_delarna(ar[nr], f"i{nummer}", dimension) for nr, nummer, dimension in _prov()],
    }


def _berakningar(forberett: Forberett | None) -> dict[int, Berakning]:
    from indikatorer.berakning import Berakning

    alla = {}
    while forberett is not None:
        giltiga = forberett.definitioner.giltiga(forberett.ar)
        alla[forberett.ar] = Berakning(forberett.ar, giltiga, {}, forberett.underlag, forberett.kodade)
        forberett = forberett.foregaende
    return alla


def _rakna(b: Berakning) -> Berakning:
    b.rakna_i_forvag()
    return b


def _utfall(b: Berakning) -> list[Utfall]:
    return [u for id_ in b.definitioner for u in b.utfall(id_)]


def _signaler(b: Berakning) -> object:
    """What a rule reads from the counts, before any of it is wrapped for those who present it."""
    from indikatorer.andelsregel import Andelsregel

    alla = [i for i in b.definitioner.values() if isinstance(i, Andelsregel)]
    matt = [(i, kalla, i.matt(b, kalla, fraga)) for i in alla for kalla, fraga in i.par(b.definitioner)]
    return [i.signaler(b, kalla, m, b.rakna(kalla, m)) for i, kalla, m in matt if m is not None]


def _delarna(b: Berakning, indikator: str, dimension: str) -> list[list[Any]]:
    delning = next(d for d in b.utfall(indikator)[0].delningar if d.dimension == dimension)
    tal = zip(delning.etiketter, delning.taljare.tolist(), delning.namnare.tolist(), strict=True)
    return sorted(map(list, tal))


def _duckdb(mapp: Path) -> dict[str, Any]:
    import duckdb

    con = duckdb.connect(config={"threads": TRADAR})
    for ar in AR:
        con.execute(f"create table svar{ar} as from '{mapp / str(ar) / 'svar.parquet'}'")
    prov = _prov()
    fragor = [_sql(*fraga) for fraga in prov]
    start = time.perf_counter()
    svar = [con.execute(sql).fetchall() for sql in fragor]
    sekunder = time.perf_counter() - start
    visas = [("kvinna", "man") if dimension == "kon" else BAKGRUND[dimension] for _, _, dimension in prov]
    return {
        "sekunder": sekunder * len(AR) * INDIKATORER * len(DIMENSIONER) / len(prov),
        "prov": [sorted(list(r[:3]) for r in rader if r[0] in v) for rader, v in zip(svar, visas, strict=True)],
    }


def _sql(ar: int, nummer: int, dimension: str) -> str:
    goda = ", ".join(f"'{s}'" for s in SKALA[1 + nummer % 5 :])
    return f"""with antal as (
        select {dimension} as del, count(*) filter (fraga in ({goda})) as taljare,
               count(*) filter (fraga <> 'vill_inte_svara') as namnare
        from (select {dimension}, {FRAGOR[nummer // 5]} as fraga from svar{ar}) group by all)
    select del, taljare, namnare, 100 * taljare >= {30 + nummer % 50} * namnare as gron from antal"""


if __name__ == "__main__":
    print(json.dumps((_vart if sys.argv[1] == "vårt" else _duckdb)(Path(sys.argv[2]))))
