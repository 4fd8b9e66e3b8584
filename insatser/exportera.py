"""The register as files: sums and rows, as CSV that Swedish Excel opens, as .xlsx, and as .sav with labels for SPSS.

pyreadstat writes the .sav: it is kept up, comes as wheels for all that we run on, and asks for nothing that is not
here already. The other way, a .sps syntax beside a CSV, leaves it to the reader to put the two together.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from insatser.datum import manader
from insatser.exportera_text import ofarlig
from insatser.koder import KON
from insatser.models import FALTEN
from insatser.register import RUBRIKER
from insatser.rubriker import LISTOR
from insatser.sammanstalla import Summa

SUMMARUBRIKER: Final = ("År", "Insats", "Mått", "Grupp", *KON.values(), "Alla")
RADRUBRIKER: Final = (*(RUBRIKER[falt] for falt in FALTEN), "Månader")
_DATUM: Final = ("start", "slut", "plan_klar")
_MANADER: Final = "manader"


def summarader(ar: int, summor: Iterable[Summa]) -> Iterator[tuple[Any, ...]]:
    """The lines of sums."""
    for summa in summor:
        yield (ar, summa.insats, summa.matt, summa.grupp, *summa.per_kon, summa.alla)


def i_ord(rader: Iterable[tuple[Any, ...]], idag: date) -> Iterator[tuple[Any, ...]]:
    """Rows in the order of `FALTEN`, the insats by name, in the words that people and the template use."""
    listor = [LISTOR.get(falt) for falt in FALTEN]
    start, slut = FALTEN.index("start"), FALTEN.index("slut")
    for rad in rader:
        ord_ = (
            varde if lista is None or varde is None else lista[varde] for varde, lista in zip(rad, listor, strict=True)
        )
        yield (*ord_, manader(rad[start], rad[slut] or idag))


def som_csv(rubriker: Sequence[str], rader: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """CSV with semicolons and a mark of its encoding, in pieces."""
    ut = io.StringIO()
    skrivare = csv.writer(ut, delimiter=";", lineterminator="\r\n")
    skrivare.writerow(rubriker)
    yield b"\xef\xbb\xbf"
    for nummer, rad in enumerate(rader):
        skrivare.writerow([_cell(varde) for varde in rad])
        if nummer % 1000 == 999:
            yield ut.getvalue().encode()
            ut.seek(0)
            ut.truncate()
    yield ut.getvalue().encode()


def som_xlsx(blad: str, rubriker: Sequence[str], rader: Iterable[Sequence[Any]], not_: str = "") -> bytes:
    """An .xlsx file with one sheet. not_: a line on a sheet of its own, about what the file is."""
    bok = Workbook(write_only=True)
    forsta: Any = bok.create_sheet(blad)
    forsta.freeze_panes = "A2"
    huvud = [WriteOnlyCell(forsta, rubrik) for rubrik in rubriker]
    for cell in huvud:
        cell.font = Font(bold=True)
    forsta.append(huvud)
    for rad in rader:
        forsta.append([ofarlig(varde) if isinstance(varde, str) else varde for varde in rad])
    if not_:
        bok.create_sheet("Om filen").append([not_])
    ut = io.BytesIO()
    bok.save(ut)
    return ut.getvalue()


def som_sav(rader: Iterable[tuple[Any, ...]], idag: date) -> bytes:
    """Rows in the order of `FALTEN`, the insats by name, as SPSS has them: codes as numbers, with their words."""
    import pandas as pd
    import pyreadstat

    start, slut = FALTEN.index("start"), FALTEN.index("slut")
    alla = [(*rad, manader(rad[start], rad[slut] or idag)) for rad in rader]
    # Not "insats_id": in the file it is the name.
    namn = ["insats", *FALTEN[1:], _MANADER]
    ram = pd.DataFrame(alla, columns=namn)
    etiketter: dict[str, dict[float, str]] = {}
    for falt, lista in LISTOR.items():
        nummer = {kod: float(n) for n, kod in enumerate(lista, start=1)}
        ram[falt] = ram[falt].map(nummer).astype("float64")
        etiketter[falt] = {nummer[kod]: ord_ for kod, ord_ in lista.items()}
    for falt in _DATUM:
        ram[falt] = pd.to_datetime(ram[falt]).astype("datetime64[ns]")  # as pyreadstat counts
    for falt in ("nummer", "omfattning", _MANADER):
        ram[falt] = ram[falt].astype("float64")
    rubriker = dict(zip(namn, RADRUBRIKER, strict=True))
    with TemporaryDirectory() as mapp:  # it writes to a path only; the folder is its owner's alone
        fil = Path(mapp) / "register.sav"
        pyreadstat.write_sav(
            ram,
            str(fil),
            file_label="Deltagare",
            column_labels=[rubriker[n] for n in namn],
            variable_value_labels=etiketter,
            variable_format=dict.fromkeys(_DATUM, "SDATE10"),
        )
        return fil.read_bytes()


def _cell(varde: Any) -> Any:
    return ofarlig(varde) if isinstance(varde, str) else ("" if varde is None else varde)
