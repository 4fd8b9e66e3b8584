"""Ten million answers, from Parquet on disk to counts, against DuckDB, Polars and pandas."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any, Final

from bench.matning import Matning, kor_modul, ms
from bench.svarsdata import skriv_underlag
from bench.tabell import Rad
from bench.vagar import VAGAR

RESPONDENTER: Final = 500_000
VARV: Final = 7
# How the writer cut the file decides who can share the work between threads, so both ways that are common are measured.
RADGRUPPER: Final = {"en radgrupp (pyarrow)": None, "radgrupper om 122 880 (DuckDB)": 122_880}
JAMFORS: Final = tuple(namn for namn in VAGAR if namn.startswith(("DuckDB", "Polars")))
HOGST_MB: Final = 300


def mat(mapp: Path) -> Iterator[Rad]:
    """The rows of the table; the answers that are counted are written to a folder in `mapp`."""
    for nummer, (namn, radgrupp) in enumerate(RADGRUPPER.items()):
        underlag = skriv_underlag(mapp / f"svar-{nummer}", RESPONDENTER, radgrupp)
        korda = _kor(underlag)
        egna = korda.pop("vårt")
        yield Rad(
            f"10 miljoner svar, {namn}",
            ms([k["sekunder"] for k in egna]),
            alternativ=tuple((namn, ms([k["sekunder"] for k in k_])) for namn, k_ in korda.items()),
            maste_sla=JAMFORS,
            anmarkning=_anmarkning(egna, korda),
        )
        if not nummer:
            yield _minne(egna, korda)


def _kor(underlag: Path) -> dict[str, list[dict[str, Any]]]:
    """All ways in turn, round after round, so that what else the machine does hits them alike."""
    korda: dict[str, list[dict[str, Any]]] = {namn: [] for namn in VAGAR}
    for _ in range(VARV):
        for namn in VAGAR:
            korda[namn].append(kor_modul("vagar", namn, underlag))
    facit = {k["facit"] for alla in korda.values() for k in alla}
    if len(facit) != 1:
        raise AssertionError("The ways do not give the same counts, so their times say nothing.")
    return korda


def _minne(egna: list[dict[str, Any]], korda: dict[str, list[dict[str, Any]]]) -> Rad:
    data = egna[0]["data"]
    return Rad(
        "därav högsta minne utöver data",
        Matning(tuple(k["topp"] - data for k in egna), "MB"),
        HOGST_MB,
        tuple((namn, Matning(tuple(k["topp"] - data for k in alla), "MB")) for namn, alla in korda.items()),
        anmarkning=f"hela processen, med Python och bibliotek, minus de kodade kolumnernas {data:.0f} MB.",
    )


def _anmarkning(egna: list[dict[str, Any]], korda: dict[str, list[dict[str, Any]]]) -> str:
    steg = {s: 1000 * median(k[s] for k in egna) for s in ("läsning", "kodning", "räkning")}
    delar = ", ".join(f"{namn} {ms_:.0f} ms" for namn, ms_ in steg.items())
    hela = {namn: median(k["hela"] for k in alla) for namn, alla in {"vårt": egna, **korda}.items()}
    start = ", ".join(f"{namn} {sek:.2f} s" for namn, sek in hela.items()).replace(".", ",")
    return f"{delar}. Samma antal av alla, {VARV} varv. Med start av Python, import och kontroll av svaren: {start}."
