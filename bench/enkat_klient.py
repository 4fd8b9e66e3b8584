"""Respondents on kept-alive connections, in a process of their own: python -m bench.enkat_klient HOST PORT WHAT.

WHAT: skicka (a whole survey), granska (all but "Skicka") or tom (as many requests, of one page). The codes, one a
line, come on stdin; on stdout one JSON: `ms` of each step, in the order they were taken, and the `kvitton` received.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import sys
import time
import zlib
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

SAMTIDIGA: Final = 16
SPRAK: Final = ("sv", "sv@latt", "en", "ar", "fa_AF", "so", "ti", "uk")
# To the start, into the round, past the page before question 1, twelve questions, "Skicka", the receipt.
STEG: Final = 17
DOLDA: Final = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
TILL: Final = re.compile(r'<form id="f" method="post" action="([^"]*)"')
VAL: Final = re.compile(r'name="(svar[\w.]*)" value="([^"]*)"')
KVITTO: Final = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")


@dataclass
class Sida:
    """An answer, unpacked."""

    status: int
    plats: str
    text: str


@dataclass
class Telefon:
    """One respondent's connection. adress: as the proxy would tell it."""

    strom: tuple[asyncio.StreamReader, asyncio.StreamWriter]
    adress: str
    ms: list[float] = field(default_factory=list)

    async def hamta(self, vag: str, falt: dict[str, str] | None = None) -> Sida:
        """Ask, and note how long the answer took to arrive whole."""
        kropp = b"" if falt is None else urlencode(falt).encode()
        huvud = f"{'GET' if falt is None else 'POST'} {vag} HTTP/1.1\r\nHost: enkat\r\nAccept-Encoding: gzip\r\n"
        huvud += f"X-Forwarded-For: {self.adress}\r\nX-Forwarded-Proto: https\r\n"
        if falt is not None:
            huvud += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(kropp)}\r\n"
        las, skriv = self.strom
        start = time.perf_counter()
        skriv.write(huvud.encode() + b"\r\n" + kropp)
        svar = (await las.readuntil(b"\r\n\r\n")).decode("latin-1")
        huvuden = {rad.partition(":")[0].lower(): rad.partition(":")[2].strip() for rad in svar.split("\r\n")[1:]}
        data = await las.readexactly(int(huvuden.get("content-length", 0)))
        self.ms.append(1000 * (time.perf_counter() - start))
        if huvuden.get("content-encoding") == "gzip":
            data = zlib.decompress(data, 31)
        return Sida(int(svar.split(" ", 2)[1]), huvuden.get("location", ""), data.decode())


async def svara(telefon: Telefon, kod: str, skicka: bool) -> str | None:
    """One person, from the start to the receipt, which is returned; or to the check of the answers."""
    sida = await telefon.hamta("/e")
    falt = {"gor": f"sprak:{random.choice(SPRAK)}", "skannad": kod}
    while True:
        till = TILL.search(sida.text)
        if sida.status != 200 or till is None:
            raise SystemExit(f"unexpected page: {sida.status}\n{sida.text}")
        if klar := 'name="gor" value="skicka"' in sida.text:
            if not skicka:
                return None
            falt = {"gor": "skicka"}
        sida = await telefon.hamta(till[1], dict(DOLDA.findall(sida.text)) | falt)
        if klar:
            kvitto = KVITTO.search((await telefon.hamta(sida.plats)).text)
            return kvitto[0] if kvitto is not None else None
        val = VAL.findall(sida.text)
        falt = {"gor": "nasta"} | {namn: random.choice([v for n, v in val if n == namn]) for namn in dict(val)}


async def fraga_tomt(telefon: Telefon) -> None:
    """As many requests of a bare page."""
    for _ in range(STEG):
        assert (await telefon.hamta("/e")).status == 200


async def main(vard: str, port: int, vad: str, koder: list[str]) -> dict[str, list[float] | list[str]]:
    """Sixteen at a time until every code is used."""
    telefoner, kvitton = [], []

    async def en_i_taget(nr: int) -> None:
        telefon = Telefon(await asyncio.open_connection(vard, port), f"192.0.2.{nr}")
        telefoner.append(telefon)
        while koder:
            kod = koder.pop()
            if vad == "tom":
                await fraga_tomt(telefon)
            elif kvitto := await svara(telefon, kod, vad == "skicka"):
                kvitton.append(kvitto)

    await asyncio.gather(*map(en_i_taget, range(SAMTIDIGA)))
    return {"ms": [ms for telefon in telefoner for ms in telefon.ms], "kvitton": kvitton}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.stdin.read().split()))))
