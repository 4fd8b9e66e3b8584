"""An answer as SCB's PxWeb gives it, with invented figures, for the tests of helårspersoner; unit and web share it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

NAMN = {
    "2480": "Umeå",
    "2460": "Vännäs",
    "2404": "Vindeln",
    "2409": "Robertsfors",
    "2401": "Nordmaling",
    "2403": "Bjurholm",
    "00": "Riket",
}
INNEHALL = {"A1": "Sjukpenning", "A5": "Ekonomiskt bistånd", "A7": "Summa helårsekvivalenter", "A8": "Folkmängd"}
FOLK = dict.fromkeys(NAMN, 4_000) | {"2480": 80_000, "2460": 5_000, "00": 5_800_000}
# Percent in year 2019; each kommun's own.
ANDEL = dict.fromkeys(NAMN, 16.5) | {"2480": 10.3, "2460": 14.1, "00": 12.7}

# (kommun, year, month, text of what is counted, what it would be) -> what it is; None takes it away.
Andra = Callable[[str, int, int, str, float], float | None]


def manader(fran: int, till: int, sista: int = 12) -> list[str]:
    """Every month from January of a year to a month of another."""
    return [f"{ar}M{m:02}" for ar in range(fran, till + 1) for m in range(1, 13) if ar < till or m <= sista]


def svar(
    kommuner: Sequence[str] = ("2480", "2460", "00"),
    tider: Sequence[str] = (),
    andra: Andra = lambda _k, _a, _m, _v, tal: tal,
    **delar: Any,
) -> dict[str, Any]:
    """The answer as a dict, both genders and one age group."""
    tider = tider or manader(2019, 2020)
    sidor: dict[str, dict[str, str]] = {
        "Region": {kod: NAMN[kod] for kod in kommuner},
        "Kon": {"1": "män", "2": "kvinnor"},
        "Aldersgrupp": {"20-64": "20–64 år"},
        "ContentsCode": INNEHALL,
        "Tid": {tid: tid for tid in tider},
    }
    celler = [
        _cell(kommun, int(tid[:4]), int(tid[5:]), INNEHALL[vad], andra)
        for kommun, _kon, _alder, vad, tid in product(*sidor.values())
    ]
    return {
        "version": "2.0",
        "class": "dataset",
        "label": "Helårsekvivalenter",
        "source": "SCB",
        "updated": "2021-02-20T08:00:00Z",
        "id": list(sidor),
        "size": [len(sida) for sida in sidor.values()],
        "role": {"time": ["Tid"], "metric": ["ContentsCode"], "geo": ["Region"]},
        "dimension": {
            namn: {"label": namn, "category": {"index": {k: n for n, k in enumerate(sida)}, "label": sida}}
            for namn, sida in sidor.items()
        },
        "value": celler,
    } | delar


def som_byte(svaret: Any) -> bytes:
    return json.dumps(svaret).encode()


def _cell(kommun: str, ar: int, manad: int, vad: str, andra: Andra) -> float | None:
    """Half of the people are women. Every year after 2019 half a percentage point fewer are supported."""
    halva = FOLK[kommun] / 2
    andel = (ANDEL[kommun] - 0.5 * (ar - 2019)) / 100
    tal = {"Folkmängd": halva, "Summa helårsekvivalenter": round(halva * andel, 1)}.get(vad, 20.0)
    return andra(kommun, ar, manad, vad, tal)


@contextmanager
def statistikserver(ge: Callable[[dict[str, str]], tuple[int, bytes]]) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A server on this machine. ge: what it answers to the arguments of a question. Gives its address and what it saw."""
    sett: list[dict[str, str]] = []

    class Svarare(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Says nothing."""

        def do_GET(self) -> None:
            fraga = dict(parse_qsl(urlsplit(self.path).query))
            sett.append(fraga)
            kod, kropp = ge(fraga)
            self.send_response(kod)
            self.send_header("Content-Length", str(len(kropp)))
            self.end_headers()
            self.wfile.write(kropp)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Svarare)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/data", sett
    finally:
        server.shutdown()
        server.server_close()
