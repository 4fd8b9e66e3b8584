"""The Excel template: a sheet to fill in, with lists to choose from, and one that explains every column."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from insatser.exportera_text import ofarlig
from insatser.importera_fil import BLAD
from insatser.models import FALTEN, FORSTA_DAG, HOGSTA_NUMMER, MINSTA_OMFATTNING
from insatser.register import RUBRIKER
from insatser.rubriker import LISTOR

FORKLARING: Final = "Förklaring"
LISTBLAD: Final = "Listor"
_RADER: Final = 5_000  # rows that have lists to choose from; what is pasted below is read too
_MASTE: Final = ("insats_id", "nummer", "kon", "alder", "start")
_DATUM: Final = ("start", "slut", "plan_klar")
_ORD: Final = {
    "insats_id": "Välj i listan. Insatser läggs upp i programmet.",
    "nummer": f"Insatsens eget löpnummer, 1 till {HOGSTA_NUMMER}. Samma nummer nästa gång ändrar samma rad. Aldrig ett"
    " personnummer: raden tas då inte emot.",
    "kon": "Välj i listan. Okänt är ett svar; tomt är det inte.",
    "alder": "Ålder när insatsen började, i femårsgrupper.",
    "start": "Första dagen, som 2026-03-31.",
    "slut": "Sista dagen. Tomt så länge personen deltar.",
    "utfall": "Vad insatsen ledde till. Ska finnas när slutdatum finns, och bara då.",
    "anstallning": "Bara när utfallet är Till arbete.",
    "omfattning": f"Procent av heltid, {MINSTA_OMFATTNING} till 100. Bara vid arbete eller extratjänst.",
    "fore": "Vad personen gjorde när insatsen började. Tomt är okänt.",
    "tid": "Hur länge personen hade haft offentlig försörjning när insatsen började. Tomt är okänt.",
    "utbildning": "Högsta utbildning när insatsen började. Tomt är okänt.",
    "handlingsplan": "Om det finns en handlingsplan. Tomt är okänt.",
    "plan_klar": "Dagen då planen gjordes. Bara om det finns en plan.",
}


def skriv_mall(insatser: Sequence[str], idag: date) -> bytes:
    """The template as an .xlsx file. insatser: the names to choose among."""
    bok = Workbook()
    blad: Any = bok.active
    blad.title = BLAD
    _rubrikrad(blad, [RUBRIKER[falt] for falt in FALTEN])
    listor = bok.create_sheet(LISTBLAD)
    for plats, (falt, ord_) in enumerate(_listorna(insatser).items(), start=1):
        listor.cell(1, plats, RUBRIKER[falt]).font = Font(bold=True)
        for rad, text in enumerate(ord_, start=2):
            listor.cell(rad, plats, ofarlig(text))
        if ord_:
            bokstav = get_column_letter(plats)
            _lista(
                blad,
                falt,
                f"{quote_sheetname(LISTBLAD)}!${bokstav}$2:${bokstav}${len(ord_) + 1}",
            )
    for falt in _DATUM:
        _dagar(blad, falt, idag)
    _tal(blad, "nummer", 1, HOGSTA_NUMMER)
    _tal(blad, "omfattning", MINSTA_OMFATTNING, 100)
    _forklara(bok.create_sheet(FORKLARING))
    ut = BytesIO()
    bok.save(ut)
    return ut.getvalue()


def _listorna(insatser: Sequence[str]) -> dict[str, list[str]]:
    return {"insats_id": list(insatser)} | {falt: list(lista.values()) for falt, lista in LISTOR.items()}


def _rubrikrad(blad: Worksheet, rubriker: Sequence[str]) -> None:
    for plats, rubrik in enumerate(rubriker, start=1):
        cell = blad.cell(1, plats, rubrik)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="1F4E5F")
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        blad.column_dimensions[get_column_letter(plats)].width = max(14, len(rubrik) + 3)
    blad.row_dimensions[1].height = 32
    blad.freeze_panes = "A2"


def _omrade(falt: str) -> str:
    bokstav = get_column_letter(FALTEN.index(falt) + 1)
    return f"{bokstav}2:{bokstav}{_RADER}"


def _prova(blad: Worksheet, falt: str, regel: DataValidation) -> None:
    regel.errorTitle, regel.error = RUBRIKER[falt], _ORD[falt][:220]
    regel.promptTitle, regel.prompt = RUBRIKER[falt], _ORD[falt][:220]
    regel.showErrorMessage = regel.showInputMessage = True
    regel.add(_omrade(falt))
    blad.add_data_validation(regel)


def _lista(blad: Worksheet, falt: str, omrade: str) -> None:
    _prova(blad, falt, DataValidation(type="list", formula1=omrade, allow_blank=True))


def _dagar(blad: Worksheet, falt: str, idag: date) -> None:
    granser = [f"DATE({d.year},{d.month},{d.day})" for d in (FORSTA_DAG, date(idag.year + 1, 12, 31))]
    _prova(blad, falt, DataValidation(type="date", operator="between", formula1=granser[0], formula2=granser[1]))
    bokstav = get_column_letter(FALTEN.index(falt) + 1)
    for rad in range(2, 302):
        blad[f"{bokstav}{rad}"].number_format = "yyyy-mm-dd"


def _tal(blad: Worksheet, falt: str, lagst: int, hogst: int) -> None:
    _prova(blad, falt, DataValidation(type="whole", operator="between", formula1=str(lagst), formula2=str(hogst)))


def _forklara(blad: Worksheet) -> None:
    _rubrikrad(blad, ["Kolumn", "Måste fyllas i", "Vad som ska stå", "Val"])
    for rad, falt in enumerate(FALTEN, start=2):
        val = ", ".join(LISTOR[falt].values()) if falt in LISTOR else ""
        for plats, text in enumerate((RUBRIKER[falt], "Ja" if falt in _MASTE else "", _ORD[falt], val), start=1):
            blad.cell(rad, plats, text).alignment = Alignment(wrap_text=True, vertical="top")
    for bokstav, bredd in zip("ABCD", (26, 14, 60, 60), strict=True):
        blad.column_dimensions[bokstav].width = bredd
    rad = len(FALTEN) + 3
    blad.cell(rad, 1, "Månader räknas ut av programmet. Skriv inga namn och inga personnummer i filen.")
