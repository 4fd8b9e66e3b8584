"""Files for the register's tests: the rows of a CSV and of an .xlsx, as people save them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

RUBRIKER = ("Insats", "Nummer", "Kön", "Ålder vid start", "Startdatum", "Slutdatum", "Utfall")
RATT = ("Nord", "1", "Kvinna", "20–24 år", "2026-01-05", "", "")


def csv(*rader: Sequence[str], rubriker: Sequence[str] = RUBRIKER, kod: str = "cp1252", tecken: str = ";") -> bytes:
    return "\r\n".join(tecken.join(rad) for rad in (rubriker, *rader)).encode(kod)


def xlsx(*rader: Sequence[Any], rubriker: Sequence[Any] = RUBRIKER, blad: str = "Deltagare") -> bytes:
    bok = Workbook()
    arket: Any = bok.active
    arket.title = blad
    for rad in (rubriker, *rader):
        arket.append(list(rad))
    return spara(bok)


def spara(bok: Workbook) -> bytes:
    ut = io.BytesIO()
    bok.save(ut)
    return ut.getvalue()


def byt_del(data: bytes, namn: str, ny: bytes) -> bytes:
    """The same file with another part."""
    ut = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as gammal, zipfile.ZipFile(ut, "w", zipfile.ZIP_DEFLATED) as arkiv:
        for del_ in gammal.namelist():
            arkiv.writestr(del_, ny if del_ == namn else gammal.read(del_))
    return ut.getvalue()
