"""Reads a sheet of an .xlsx file as people left it: values, never formulas; with limits before and while unpacking."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from enkat.inlasning.tabell import STORST_BYTE, Cell, Importtabell, bygg, for_stor
from indikatorer.diagnos import HELA_FILEN, Diagnos, narmast

# What the parts of the file may be together when unpacked. A sheet of a million cells is about 50 MB.
STORST_UPPACKAD: Final = 512 << 20
_BIT: Final = 1 << 20
_FEL: Final = frozenset({"#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!", "#SPILL!", "#CALC!"})
OLE: Final = b"\xd0\xcf\x11\xe0"
_TRASIG: Final = (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, OSError, EOFError)


class ForStor(Exception):
    """The file unpacks to more than the limit."""


def las_excel(
    fil: str, data: bytes, blad: str | None = None, rubrikrader: Sequence[int] | None = None
) -> tuple[Importtabell | None, list[Diagnos]]:
    """Read a sheet. blad: its name, needed unless one visible sheet has content. Hidden ones are read only by name."""
    if data.startswith(OLE):
        return None, [_gammal(fil)]
    if len(data) > STORST_BYTE:
        return None, [for_stor(fil)]
    try:
        formler = granska_zip(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl says of styles and validation does not concern values
            bok = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            valt, fel = _valj_blad(fil, bok, blad)
            if valt is None:
                return None, fel
            med_formler = openpyxl.load_workbook(io.BytesIO(data), read_only=True) if formler else None
            rader = _rader(bok[valt], None if med_formler is None else med_formler[valt])
            return bygg(fil, valt, rader, rubrikrader)
    except ForStor:
        return None, [for_stor(fil)]
    except _TRASIG as orsak:
        fann = f"Filen ({type(orsak).__name__})"
        return None, [Diagnos("trasig-excelfil", fil, HELA_FILEN, fann, "går inte att läsa", "Spara om den i Excel.")]


def granska_zip(data: bytes) -> bool:
    """Whether any sheet holds a formula. Unpacks every part once, counting, and keeps nothing.

    Raises:
        ForStor: the parts say, or turn out, to be larger than the limit.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as arkiv:
        if sum(del_.file_size for del_ in arkiv.infolist()) > STORST_UPPACKAD:
            raise ForStor
        kvar, formler = STORST_UPPACKAD, False
        for del_ in arkiv.infolist():
            svans = b""
            with arkiv.open(del_) as strom:
                while bit := strom.read(_BIT):
                    kvar -= len(bit)
                    if kvar < 0:
                        raise ForStor
                    if del_.filename.startswith("xl/worksheets/"):
                        formler = formler or b"<f>" in svans + bit or b"<f " in svans + bit
                    svans = bit[-2:]
    return formler


def _valj_blad(fil: str, bok: Any, blad: str | None) -> tuple[str | None, list[Diagnos]]:
    namn = [b.title for b in bok.worksheets]
    synliga = [b.title for b in bok.worksheets if b.sheet_state == "visible"]
    if blad is not None:
        if blad in namn:
            return blad, []
        kandidat = narmast(blad, namn)
        atgard = f"Bladen är {', '.join(namn)}."
        fel = Diagnos("okant-blad", fil, HELA_FILEN, f"”{blad}”", "är inget blad i filen", atgard, kandidat=kandidat)
        return None, [fel]
    fyllda = [n for n in synliga if next(bok[n].iter_rows(values_only=True), None) is not None]
    if len(fyllda) == 1:
        return fyllda[0], []
    dolda = [n for n in namn if n not in synliga]
    atgard = f"Välj ett med blad = i mappningen. Synliga: {', '.join(fyllda) or 'inga'}."
    atgard += f" Dolda: {', '.join(dolda)}." if dolda else ""
    fann = f"Filen med {len(fyllda)} synliga blad"
    return None, [Diagnos("valj-blad", fil, HELA_FILEN, fann, "har inte ett enda blad att läsa", atgard)]


def _rader(varden: Any, formler: Any) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Line number and cells. formler: the same sheet with formulas in the place of results; None when it has none."""
    varden.reset_dimensions()  # what a sheet says of its own size is often wrong
    if formler is None:
        for nummer, rad in enumerate(varden.iter_rows(values_only=True), start=1):
            yield nummer, [_cell(v) for v in rad]
        return
    formler.reset_dimensions()
    par = zip(varden.iter_rows(values_only=True), formler.iter_rows(values_only=True), strict=True)
    for nummer, (rad, skrivet) in enumerate(par, start=1):
        yield nummer, [_cell(v, skrivet[n] if n < len(skrivet) else None) for n, v in enumerate(rad)]


def _cell(varde: object, skrivet: object = None) -> Cell:
    match varde:
        case None:
            formel = skrivet is not None and (not isinstance(skrivet, str) or skrivet.startswith("="))
            return (str(skrivet) if isinstance(skrivet, str) else "=…", "formel") if formel else ("", None)
        case bool():
            return ("SANT" if varde else "FALSKT"), None
        case datetime():
            bara_dag = varde.time() == time()
            return (varde.date().isoformat() if bara_dag else varde.isoformat(" ", "seconds")), "datum"
        case date() | time() | timedelta():
            return str(varde), "datum"
        case float() if varde.is_integer():
            return str(int(varde)), None
        case str() if varde in _FEL:
            return varde, "felvarde"
        case _:
            return str(varde), None


def _gammal(fil: str) -> Diagnos:
    regel = "är en äldre Excelfil (.xls) eller har lösenord"
    return Diagnos(
        "gammal-excelfil", fil, HELA_FILEN, "Filen", regel, "Öppna den i Excel och spara som .xlsx utan lösenord."
    )
