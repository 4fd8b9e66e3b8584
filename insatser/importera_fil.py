"""Opens a file for the register: which sheet, which header, and the cells as they are. Values, never formulas.

Excel is read by calamine, which takes two hundred thousand rows in seconds where openpyxl takes minutes. It lays a
sheet out whole in memory, so what a sheet says of its own size is held against a limit before.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

import python_calamine
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from enkat.inlasning.excel import OLE, ForStor, granska_zip
from enkat.inlasning.tabell import bokstav
from indikatorer.toml.source import las_bytes
from insatser.rubriker import falt_for

STORST_BYTE: Final = 32 << 20
FLEST_RADER: Final = 250_000
FLEST_KOLUMNER: Final = 60
BLAD: Final = "Deltagare"
_STORST_BLAD: Final = 400 << 20
_SOKS_RUBRIK: Final = 20
_FLEST_FORMLER: Final = 1_000
_HUVUD: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL: Final = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_FORMEL_UTAN_VARDE: Final = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*><f\b(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>'
)
_TRASIG: Final = (
    *(zipfile.BadZipFile, python_calamine.CalamineError, ParseError, DefusedXmlException),
    *(KeyError, ValueError, OSError, EOFError, NotImplementedError),
)


class FilFel(ValueError):
    """The file cannot be read as a register; the text says why and what to do, in Swedish."""


@dataclass(frozen=True)
class Blad:
    """A sheet with a header that is known. kolumner: the place of each field in a row. okanda: headers that are none.

    rader: the cells below the header. forsta: the line of the first of them in the file. tomma_formler: (line, column)
    of formulas without a result, which Excel has never computed. sammanslagna: lines with merged cells.
    """

    namn: str
    kolumner: dict[str, int]
    okanda: Sequence[str]
    rader: Sequence[Sequence[Any]]
    forsta: int
    tomma_formler: frozenset[tuple[int, int]] = frozenset()
    sammanslagna: Sequence[int] = field(default_factory=tuple)


def las_fil(namn: str, data: bytes) -> Blad:
    """The sheet of an .xlsx file, or a CSV file in any of the ways that Swedish Excel saves it.

    Raises:
        FilFel: it is too large, broken, of another kind, or has no header that is known.
    """
    if len(data) > STORST_BYTE:
        raise FilFel(_for_stor(f"{len(data) / 1_000_000:.0f} MB"))
    if not data.strip(b"\0 \r\n\t"):
        raise FilFel("Filen är tom. Kontrollera att det är rätt fil.")
    if data.startswith(OLE):
        raise FilFel(
            "Filen är en äldre Excelfil (.xls) eller har lösenord. Öppna den i Excel och spara som .xlsx utan lösenord."
        )
    return _las_excel(data) if data.startswith(b"PK") else _las_csv(namn, data)


def _las_csv(namn: str, data: bytes) -> Blad:
    avkodad = las_bytes(namn, data)
    if avkodad.diagnoser:
        raise FilFel("Filen går inte att läsa som text. Spara den från Excel som .xlsx eller CSV UTF-8.")
    forsta = avkodad.text.split("\n", 1)[0]
    try:
        lasare = csv.reader(io.StringIO(avkodad.text, newline=""), delimiter=max(",;\t", key=forsta.count))
        rader = list(lasare)
    except csv.Error as fel:
        raise FilFel("Filen går inte att läsa som en tabell. Spara om den som .xlsx.") from fel
    blad = _hitta_rubrik(namn, rader, 1)
    if blad is None:
        raise FilFel(_utan_rubrik([("filen", rader)]))
    return blad


def _las_excel(data: bytes) -> Blad:
    try:
        granska_zip(data)
        with zipfile.ZipFile(io.BytesIO(data)) as arkiv:
            delar = _bladens_delar(arkiv)
            bok = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
            synliga = [b.name for b in bok.sheets_metadata if b.visible is python_calamine.SheetVisibleEnum.Visible]
            return _valj_blad(arkiv, delar, bok, sorted(synliga, key=lambda n: n != BLAD))
    except ForStor as fel:
        raise FilFel(_for_stor("för stor när den packas upp")) from fel
    except FilFel:
        raise
    except _TRASIG as fel:
        raise FilFel(
            "Filen går inte att läsa som en Excelfil. Öppna den i Excel, spara som .xlsx och försök igen."
        ) from fel


def _valj_blad(
    arkiv: zipfile.ZipFile, delar: dict[str, str], bok: python_calamine.CalamineWorkbook, namn: Sequence[str]
) -> Blad:
    """The first visible sheet with a header that is known; the one named as in the template before the others."""
    provade: list[tuple[str, Sequence[Sequence[Any]]]] = []
    for blad in namn:
        if delar.get(blad) is None:
            continue
        xml = arkiv.read(delar[blad])
        _vaga(xml)
        sheet = bok.get_sheet_by_name(blad)
        rader = sheet.to_python(skip_empty_area=False)
        funnet = _hitta_rubrik(blad, rader, 1)
        if funnet is not None:
            return _med_formler(funnet, xml, sheet.merged_cell_ranges or [])
        provade.append((blad, rader))
    raise FilFel(_utan_rubrik(provade))


def _vaga(xml: bytes) -> None:
    """Refuse a sheet that would take more memory laid out than any register does.

    Raises:
        ForStor: it has cells far away, too many rows, or is written so that this cannot be told.
    """
    if len(xml) > _STORST_BLAD:
        raise ForStor
    vanliga = xml.count(b'<c r="')
    if xml.count(b"<c ") + xml.count(b"<c>") + xml.count(b":c ") + xml.count(b"<c\n") + xml.count(b"<c\t") != vanliga:
        raise FilFel("Bladet är skrivet på ett sätt som inte går att läsa. Öppna filen i Excel och spara om den.")
    for traff in re.finditer(
        rb'<c r="(?:[A-Z]*\d{7,}|[A-Z]*[3-9]\d{5}|[A-Z]*2[6-9]\d{4}|[B-Z][A-Z]+\d|[A-Z]{3,}\d)', xml
    ):
        raise FilFel(
            f"Bladet har en cell långt bort ({traff[0][6:].decode()} …). Högst {FLEST_RADER} rader och"
            f" {FLEST_KOLUMNER} kolumner tas emot. Ta bort tomma rader och kolumner i slutet."
        )


def _hitta_rubrik(namn: str, rader: Sequence[Sequence[Any]], forsta: int) -> Blad | None:
    """The sheet from the first line on which most of what must be told has a header."""
    for nummer, rad in enumerate(rader[:_SOKS_RUBRIK]):
        rubriker = [str(cell).strip() for cell in rad]
        falten = [falt_for(rubrik) for rubrik in rubriker]
        kolumner = {falt: plats for plats, falt in reversed(list(enumerate(falten))) if falt is not None}
        if len(kolumner) < 3 or not {"nummer", "start"} <= set(kolumner):
            continue
        if len(rader) - nummer - 1 > FLEST_RADER:
            raise FilFel(_for_stor(f"{len(rader)} rader"))
        dubbla = {falt for falt in kolumner if falten.count(falt) > 1}
        if dubbla:
            igen = ", ".join(sorted(r for r, f in zip(rubriker, falten, strict=True) if f in dubbla))
            raise FilFel(f"Samma kolumn finns två gånger: {igen}. Ta bort den ena.")
        okanda = [r for r, falt in zip(rubriker, falten, strict=True) if falt is None and r]
        return Blad(namn, kolumner, okanda, rader[nummer + 1 :], forsta + nummer + 1)
    return None


def _med_formler(blad: Blad, xml: bytes, sammanslagna: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> Blad:
    tomma = (
        frozenset(
            (int(t[2]), _nummer(t[1]))
            for _, t in zip(range(_FLEST_FORMLER), _FORMEL_UTAN_VARDE.finditer(xml), strict=False)
        )
        if b"<f" in xml
        else frozenset[tuple[int, int]]()
    )
    slagna = sorted({fran[0] + 1 for fran, _ in sammanslagna if fran[0] + 1 >= blad.forsta})
    return Blad(blad.namn, blad.kolumner, blad.okanda, blad.rader, blad.forsta, tomma, slagna)


def _nummer(bokstaver: bytes) -> int:
    """A column's place from 0."""
    tal = 0
    for tecken in bokstaver:
        tal = tal * 26 + tecken - 64
    return tal - 1


def _bladens_delar(arkiv: zipfile.ZipFile) -> dict[str, str]:
    """The part of the file that each sheet lies in, by its name."""
    bok, lankar = fromstring(arkiv.read("xl/workbook.xml")), fromstring(arkiv.read("xl/_rels/workbook.xml.rels"))
    mal = {str(lank.get("Id")): str(lank.get("Target")) for lank in lankar}
    return {namn: _del(mal[id_]) for namn, id_ in _blad(bok) if id_ in mal}


def _blad(bok: Element) -> Iterator[tuple[str, str]]:
    for blad in bok.iter(f"{_HUVUD}sheet"):
        yield str(blad.get("name")), str(blad.get(_REL))


def _del(mal: str) -> str:
    return mal.lstrip("/") if mal.startswith("/") else f"xl/{mal}"


def _for_stor(vad: str) -> str:
    return (
        f"Filen är för stor ({vad}). Högst {STORST_BYTE >> 20} MB och {FLEST_RADER} rader tas emot på en gång."
        " Ta bort blad och kolumner som inte behövs, eller dela den."
    )


def _utan_rubrik(provade: Sequence[tuple[str, Sequence[Sequence[Any]]]]) -> str:
    """What was looked at, so that one sees whether it is the wrong sheet or the wrong file."""
    rader = [
        f"{namn}: {', '.join(str(c) for c in rad[0][:6] if str(c).strip()) or 'tomt'}"
        for namn, alla in provade
        if (rad := [r for r in alla if any(str(c).strip() for c in r)][:1])
    ]
    sag = f" Det som finns: {'; '.join(rader)[:300]}." if rader else " Bladen är tomma."
    return f"Ingen rad med rubrikerna Nummer och Startdatum hittades.{sag} Använd mallen, med rubrikerna överst."


def kolumnnamn(blad: Blad, falt: str) -> str:
    """Where a field stands, as Excel says it: "kolumn C"."""
    return bokstav(blad.kolumner[falt] + 1) if falt in blad.kolumner else ""
