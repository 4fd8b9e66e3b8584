"""The register with two hundred thousand rows: how long an import takes, and the pages that show it.

`python -m bench.register` prints seconds and milliseconds; RADER=20000 for fewer rows. The import is what the pages do:
read the file, hold every row against the rules and the register, keep it for the preview, store it in one transaction.
The longest wait of somebody who stores a survey answer meanwhile is measured too.
"""

from __future__ import annotations

import csv
import io
import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeVar

from openpyxl import Workbook
from sqlalchemy import Engine, text
from sqlmodel import Session

from grund.db import LagringFel, skrivning
from insatser.importera_fil import BLAD
from insatser.koder import ALDER, FORE, HANDLINGSPLAN, KON, TID, UTBILDNING, UTFALL
from insatser.models import FALTEN, Insats
from insatser.register import RUBRIKER
from kansli.konto import store as store_konto
from kansli.register import forvaring, inlasning
from kansli.register import store as store_register
from tests.kansliprov import bygg

RADER: Final = int(os.environ.get("RADER", "200000"))
INSATSER: Final = 25
SIDOR: Final = (
    "/kansli/register",
    f"/kansli/register?sida={RADER // 50}",
    "/kansli/register?sort=start",
    f"/kansli/register?sort=slut&fallande=1&sida={RADER // 100}",
    "/kansli/register?ar=2023",
    "/kansli/register?ar=2023&sort=start&sida=500",
    "/kansli/register?kon=annat&lage=pagar",
    "/kansli/register?insats=3&utfall=studier&sort=slut",
    "/kansli/register?nummer=77",
    "/kansli/register/4711",
    "/kansli/register/sammanstallning/2023",
    "/kansli/register/sammanstallning/2023?insats=3",
    "/kansli/register/flode/2023",
    "/kansli/register/lamna/2023",
)
_VARV: Final = 20
T = TypeVar("T")


def main() -> None:
    """Measure, and print."""
    for slag, fil in (("csv", _csv), ("xlsx", _xlsx)):
        with TemporaryDirectory() as mapp:
            _import(Path(mapp), slag, fil())


def _import(mapp: Path, slag: str, data: bytes) -> None:
    prov = bygg(mapp)
    nu = datetime.now(UTC)
    konto_id = prov.skapa("kansli", "kim")
    with Session(prov.motor) as session:
        with skrivning(session):
            session.add_all([Insats(namn=_namn(nr), enhet=f"Enhet {nr // 3}") for nr in range(INSATSER)])
        konto = store_konto.hamta(session, konto_id)
        assert konto is not None
        session.expunge(konto)  # as the page does before the work begins
        insatser = {_namn(nr): nr + 1 for nr in range(INSATSER)}
        print(f"{slag}: {RADER} rader, {len(data) / 1e6:.1f} MB")
        forvarat, laste = _tid(
            lambda: inlasning.las(session, prov.mapp, nu, konto_id, f"a.{slag}", data, insatser, None)
        )
        print(f"  läsa och granska     {laste}  {forvarat.rader} rätta, {forvarat.felrader} med fel")
        with _Vantande(prov.motor) as vantat:
            rader = forvaring.rader(prov.mapp, forvarat.id)
            _, sparade = _tid(
                lambda: store_register.importera(
                    session, nu, konto, rader, forvarat.falten, nu.date(), forvarat.felrader
                )
            )
        print(f"  spara                {sparade}  någon annan väntade högst {max(vantat):.1f} s")
        print(f"  tillsammans          {laste + sparade}")
        igen, tid = _tid(lambda: inlasning.las(session, prov.mapp, nu, konto_id, f"a.{slag}", data, insatser, None))
        print(f"  samma fil igen       {tid}  {igen.nya} nya, {igen.andrade} ändrade, {igen.oforandrade} lika")
    if slag == "csv":
        _sidor(prov.person("forbundschef").get)
    prov.motor.dispose()


def _sidor(get: Callable[[str], Any]) -> None:
    for adress in SIDOR:
        tider = []
        for _ in range(_VARV):
            svar, tid = _tid(lambda a=adress: get(a))  # type: ignore[misc]
            assert svar.status_code == 200, (adress, svar.status_code)
            tider.append(tid)
        klocka, processor = (sorted(1000 * getattr(t, vad) for t in tider) for vad in ("klocka", "processor"))
        p95 = int(_VARV * 0.95) - 1
        print(f"  {adress:52} median {klocka[_VARV // 2]:4.0f}, p95 {klocka[p95]:4.0f} ms", end="")
        print(f"  (processor {processor[_VARV // 2]:4.0f}, {processor[p95]:4.0f} ms)")


class _Vantande:
    """Somebody who stores a small thing over and over, and how long each time took."""

    def __init__(self, motor: Engine) -> None:
        self._motor, self._slut, self.tider = motor, threading.Event(), [0.0]
        self._trad = threading.Thread(target=self._skriv, daemon=True)

    def __enter__(self) -> list[float]:
        self._trad.start()
        return self.tider

    def __exit__(self, *_: object) -> None:
        self._slut.set()
        self._trad.join()

    def _skriv(self) -> None:
        while not self._slut.wait(0.05):
            borjan = time.perf_counter()
            with suppress(LagringFel), Session(self._motor) as session, skrivning(session):
                session.connection().execute(text("UPDATE insats SET enhet = enhet WHERE id = 1"))
            self.tider.append(time.perf_counter() - borjan)


@dataclass(frozen=True)
class Tid:
    """Seconds on the clock, and of the processor: on a machine that does other things too they are far apart."""

    klocka: float
    processor: float

    def __str__(self) -> str:
        return f"{self.klocka:6.1f} s  (processor {self.processor:5.1f} s)"

    def __add__(self, annan: Tid) -> Tid:
        return Tid(self.klocka + annan.klocka, self.processor + annan.processor)


def _tid(arbete: Callable[[], T]) -> tuple[T, Tid]:
    klocka, processor = time.perf_counter(), time.process_time()
    ut = arbete()
    return ut, Tid(time.perf_counter() - klocka, time.process_time() - processor)


def _namn(nr: int) -> str:
    return f"Insats {chr(65 + nr)}"


def _rader() -> Iterator[list[Any]]:
    slump = random.Random(2026)
    listor = {"k": KON, "a": ALDER, "u": UTFALL, "f": FORE, "t": TID, "b": UTBILDNING}
    val = {namn: list(lista.values()) for namn, lista in listor.items()}
    for nr in range(RADER):
        start = date(2020, 1, 1) + timedelta(days=slump.randrange(2000))
        slut = start + timedelta(days=slump.randrange(500)) if slump.random() < 0.7 else None
        utfall = slump.choice(val["u"]) if slut is not None else None
        plan = slump.random() < 0.6
        yield [
            *(_namn(nr % INSATSER), nr // INSATSER + 1, slump.choice(val["k"]), slump.choice(val["a"]), start, slut),
            *(utfall, "Eget företag" if utfall == "Till arbete" else None, 50 if utfall == "Till arbete" else None),
            *(slump.choice(val["f"]), slump.choice(val["t"]), slump.choice(val["b"])),
            *(HANDLINGSPLAN["ja" if plan else "nej"], start + timedelta(days=20) if plan else None),
        ]


def _csv() -> bytes:
    ut = io.StringIO()
    skrivare = csv.writer(ut, delimiter=";")
    skrivare.writerow([RUBRIKER[falt] for falt in FALTEN])
    skrivare.writerows(_rader())
    return ut.getvalue().encode("cp1252")


def _xlsx() -> bytes:
    bok = Workbook(write_only=True)
    blad = bok.create_sheet(BLAD)
    blad.append([RUBRIKER[falt] for falt in FALTEN])
    for rad in _rader():
        blad.append(rad)
    ut = io.BytesIO()
    bok.save(ut)
    return ut.getvalue()


if __name__ == "__main__":
    main()
