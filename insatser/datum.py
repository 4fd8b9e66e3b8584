"""Reads a day as people and spreadsheets write it, and counts months between two."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final

# Day 0 of Excel's calendar, which holds a leap day in 1900 that never was; days after it come out right.
_EXCEL_NOLL: Final = date(1899, 12, 30)
_EXCEL_SERIE: Final = range(20_000, 80_000)  # 1954 to 2119
_MANADER: Final = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_ISO: Final = re.compile(r"(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_DAG_FORST: Final = re.compile(r"(\d{1,2})([./-])\s?(\d{1,2})(?:[./-]\s?|\s)(\d{4})")
_ORD: Final = re.compile(r"(\d{1,2})\.?\s+([a-zåäö]{3,9})\.?,?\s+(\d{4})")
TVETYDIG: Final = "kan läsas på två sätt"
INGEN_DAG: Final = "är ingen dag"


class DatumFel(ValueError):
    """What is written is no day, or may be two: the text says which, in Swedish."""


def tolka_datum(varde: object) -> date:
    """The day that a cell or a field holds: a date, Excel's number of it, or a text.

    Raises:
        DatumFel: it is no day, or day and month could change places.
    """
    match varde:
        case datetime():
            return varde.date()
        case date():
            return varde
        case int() | float() if varde in _EXCEL_SERIE:
            return _EXCEL_NOLL + timedelta(days=int(varde))
        case float() if varde.is_integer():
            return _ur_text(str(int(varde)))
        case _:
            return _ur_text(str(varde).strip())


def manader(fran: date, till: date) -> int:
    """Whole months from one day to another: 15 January to 14 March is one."""
    return (till.year - fran.year) * 12 + till.month - fran.month - (till.day < fran.day)


def _ur_text(text: str) -> date:
    if text.isascii() and text.isdecimal() and int(text) in _EXCEL_SERIE:
        return _EXCEL_NOLL + timedelta(days=int(text))
    if (traff := _ISO.fullmatch(text)) is not None:
        return _dag(*traff.groups())
    if (traff := _ORD.fullmatch(text.casefold())) is not None and traff[2][:3] in _MANADER:
        return _dag(traff[3], str(_MANADER.index(traff[2][:3]) + 1), traff[1])
    if (traff := _DAG_FORST.fullmatch(text)) is not None:
        dag, skilje, manad, ar = traff.groups()
        # 3/4 is read as 4 March in some settings of Excel; 3.4 never is.
        if skilje != "." and int(dag) <= 12 and int(manad) <= 12 and dag != manad and " " not in text:
            raise DatumFel(TVETYDIG)
        return _dag(ar, manad, dag)
    raise DatumFel(INGEN_DAG)


def _dag(ar: str, manad: str, dag: str) -> date:
    try:
        return date(int(ar), int(manad), int(dag))
    except ValueError:
        raise DatumFel(INGEN_DAG) from None
