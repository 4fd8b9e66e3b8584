"""The staff's pages with the worked example: what each costs the server, and the first page after something is saved.

Alone: python -m bench.kansli. Every page that is reached by links from the first one is asked for fifteen times, one
address of each kind; then a text or a goal is saved before each of fifteen first pages. No thread warms anything here.
Last a limit is moved as many times, and what stands beside the form is asked for as the page's own script does.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from re import findall
from tempfile import TemporaryDirectory
from typing import Any, Final

from bench.matning import Matning, kor_modul
from bench.tabell import Rad

GANGER: Final = 15
HOGST_MS: Final = 100
HOGST_PROV_MS: Final = 200
# What is tried beside the links: goals that cannot be read as moved, and those that can.
UTOM_LANKARNA: Final = (
    "/kansli/signaler/2020/tank-om?i=%3Dminst+80+%25&g=minst+70+%25&gul=",
    "/kansli/signaler/2020/tank-om?i=%3Dminst+80+%25&g=minst+70&gul=",
    "/kansli/texter/2020",
    "/kansli/exempel/2020",
    "/kansli/omgangar/import",
)
# The pages that go by the files of a year; asked for first after something is saved.
FORSTA: Final = (
    "/kansli",
    "/kansli/publicering/2020",
    "/kansli/texter/2020",
    "/kansli/signaler/2020",
    "/kansli/mal/2020",
)
KOMMENTAR: Final = "texter/kommentarer/bench.md"
# What is tried: an indicator that a difference, an index and their signals build on, and those of the year before.
PROVAD: Final = "/kansli/mal/2020/indikator/stod-for-arbete"


def mat(mapp: Path) -> Iterator[Rad]:
    """The rows of the table: the slowest page of each sort."""
    mapp.joinpath("kansli").mkdir()
    svar = kor_modul("kansli", mapp / "kansli")
    for vad, namn in (
        ("sidor", "kansliets sidor"),
        ("text", "… efter en sparad text"),
        ("mal", "… efter ett ändrat mål"),
    ):
        p95 = {adress: _p95(tider) for adress, tider in svar[vad].items()}
        samst = max(p95, key=lambda adress: p95[adress][1])
        yield Rad(
            f"{namn}, den långsammaste (p95)",
            Matning((p95[samst][0],), "ms"),
            HOGST_MS,
            anmarkning=f"{samst}, {p95[samst][1]:.0f} ms processortid, av {len(p95)} sidor; {GANGER} gånger var.",
        )
    klocka, processor = _p95(svar["prov"][PROVAD])
    yield Rad(
        "… en ändrad indikator, förhandsvisad (p95)",
        Matning((klocka,), "ms"),
        HOGST_PROV_MS,
        anmarkning=f"{PROVAD}, {processor:.0f} ms processortid; {GANGER} gånger.",
    )


def _p95(tider: list[list[float]]) -> tuple[float, float]:
    """Milliseconds on the clock, and of the processor, that nineteen of twenty stay under."""
    klocka, processor = (sorted(1000 * t[i] for t in tider) for i in (0, 1))
    plats = -(-95 * len(tider) // 100) - 1
    return klocka[plats], processor[plats]


def _kor(mapp: Path) -> dict[str, dict[str, list[list[float]]]]:
    """Seconds on the clock and of the processor, for each address, of each sort."""
    from tests.kansliprov import bygg

    logging.disable(logging.WARNING)
    prov = bygg(mapp, exempel=True)
    get = prov.person("forbundschef").get
    adresser = sorted({*_sidor(prov), *UTOM_LANKARNA})
    ifyllt, post = _ifyllt(get(PROVAD).text), prov.person("forbundschef").post
    text, mal = prov.mapp.underlag(2020) / "texter" / "om.md", prov.mapp.mal(2020)
    ut = {
        "sidor": {adress: [_tid(get, adress) for _ in range(GANGER)] for adress in adresser},
        "text": {adress: [_efter(get, adress, text, nr) for nr in range(GANGER)] for adress in FORSTA},
        "mal": {adress: [_efter(get, adress, mal, nr) for nr in range(GANGER)] for adress in FORSTA},
        "prov": {
            PROVAD: [
                _tid(lambda adress, nr=nr: post(adress, data={**ifyllt, "gron": f"minst {60 + nr} %"}), PROVAD)
                for nr in range(GANGER)
            ]
        },
    }
    prov.motor.dispose()
    return ut


def _efter(get: Callable[..., Any], adress: str, fil: Path, nr: int) -> list[float]:
    """The first page after a file was saved with a limit, or a word, that it did not have before."""
    fore, efter = fil.read_text("utf-8"), ""
    if fil.suffix == ".toml":
        efter = fore.replace('gron = "minst 80 %"', f'gron = "minst {70 + nr % 9},{nr} %"', 1)
    fil.write_text(efter or f"{fore}\nOch {'mer ' * (nr + 1)}därtill.\n", "utf-8")
    ut = _tid(get, adress)
    fil.write_text(fore, "utf-8")
    get(adress)
    return ut


def _tid(get: Callable[..., Any], adress: str) -> list[float]:
    klocka, processor = time.perf_counter(), time.process_time()
    svar = get(adress)
    ut = [time.perf_counter() - klocka, time.process_time() - processor]
    assert svar.status_code in (200, 303, 422), (adress, svar.status)
    return ut


def _ifyllt(sida: str) -> dict[str, str]:
    """The form of the page, with one answer and all above it, as its script sends it."""
    dolda = dict(findall(r'name="(csrf_token|version)"[^>]*value="([^"]*)"', sida))
    valda = {"regel": "andel", "kalla": "deltagarenkat", "fraga": "stod_for_arbete", "svar_minst": "till_stor_del"}
    return dolda | valda | {"titel": "Stöd att öka chansen till arbete", "knapp": "prova"}


def _sidor(prov: Any) -> Iterator[str]:
    """An address of each page that links from the first one lead to, whatever else is in it."""
    get, bunden = prov.person("forbundschef").get, prov.app.url_map.bind("localhost")
    sedda, vantar = set[str](), ["/kansli"]
    while vantar:
        adress = vantar.pop(0)
        slag = bunden.match(adress, "GET")[0] if bunden.test(adress, "GET") else ""
        if not slag or slag in sedda or slag in ("konto.stil", "konto.logga_ut"):
            continue
        sedda.add(slag)
        svar = get(adress)
        vantar += [svar.location] if svar.status_code == 303 else []
        if svar.status_code == 200 and svar.mimetype == "text/html":
            lankar = findall(r'(?:href|action)="(/kansli[^"#?]*)', svar.text)
            vantar += [unescape(lank) for lank in lankar if "utkast/" not in lank]
        if svar.status_code == 200:
            yield adress


def _skriv(svar: dict[str, dict[str, list[list[float]]]]) -> None:
    for vad, sidor in svar.items():
        print(f"{vad:52} median    p95 ms  (processor)")
        for adress, tider in sorted(sidor.items(), key=lambda post: -_p95(post[1])[1]):
            mitt = [sorted(1000 * t[i] for t in tider)[len(tider) // 2] for i in (0, 1)]
            klocka, processor = _p95(tider)
            print(f"  {adress:50} {mitt[0]:6.0f} {klocka:6.0f}     ({mitt[1]:4.0f}, {processor:4.0f})")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(_kor(Path(sys.argv[1]))))
    else:
        with TemporaryDirectory(prefix="bokslut-bench-") as egen:
            _skriv(_kor(Path(egen)))
