"""A table of raw text values as small integer codes: how CSV text and DataFrames enter the engine.

A Tabell knows what was written, not what it means: `underlag` holds it against questions and scales.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from indikatorer.diagnos import HELA_FILEN, Diagnos, Plats, menar_samma

if TYPE_CHECKING:
    import pandas as pd

# The line and the offset where a row begins.
Radlage: TypeAlias = tuple[int, int]
_RADBYTE: Final = re.compile(r"\r\n|\n|\r")

# Columns that CONTRACT section 1 names; another spelling of them would not be seen by anything.
NAMNGIVNA: Final = (
    *("enhet", "kon", "ny", "avslutad", "utfall", "antal", "grupp", "insats", "period", "budget"),
    *("person", "matning", "kommun", "kommunkod", "andel", "status"),
)
# Rows of the wrong length that are told one by one.
FLEST_RADER: Final = 10

Koder = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class Kolumn:
    """One column. koder: one whole number per row, an index into varden. varden: the distinct texts, "" is empty."""

    koder: Koder
    varden: tuple[str, ...]


@dataclass(frozen=True)
class Tabell:
    """A table as it was written. kolumner: by header name, in the order of the file. text: its CSV, or None."""

    fil: str
    rader: int
    kolumner: Mapping[str, Kolumn]
    text: str | None = field(default=None, repr=False)
    raknat: Mapping[str, Any] | None = field(default=None, repr=False)  # the counts that are left of it (`gallrat`)

    def forsta_rader(self, kolumn: str, varde: str, hogst: int) -> list[int]:
        """The first rows, at most `hogst`, that hold `varde` in `kolumn`; 0 is the first data row."""
        plats = self.kolumner[kolumn].varden.index(varde)
        traffar: list[int] = np.flatnonzero(self.kolumner[kolumn].koder == plats)[:hogst].tolist()
        return traffar

    def cell(self, rad: int, kolumn: str) -> Plats:
        """Where a cell stands in the text. Without a text: the row, and the column's number."""
        nummer = list(self.kolumner).index(kolumn)
        if self.text is None:
            return Plats(rad + 2, nummer + 1, 0, 0)
        return _cell(self.text, self._radlagen[rad + 1], nummer)

    def rubrik(self, kolumn: str | None = None) -> Plats:
        """Where a header, or the whole header line, stands."""
        if self.text is None:
            return HELA_FILEN
        if kolumn is not None:
            return _cell(self.text, self._radlagen[0], list(self.kolumner).index(kolumn))
        return _hela_raden(self.text, self._radlagen[0])

    @cached_property
    def _radlagen(self) -> list[Radlage]:
        return _radlagen(self.text or "")


def felskriven_rubrik(tabell: Tabell, namn: str) -> str | None:
    """The header that is written instead of a column that CONTRACT names ("Kön" for kon); None when there is none."""
    if namn in tabell.kolumner or namn not in NAMNGIVNA:
        return None
    return next((rubrik for rubrik in tabell.kolumner if menar_samma(rubrik, namn)), None)


def las_csv(fil: str, text: str) -> tuple[Tabell | None, list[Diagnos]]:
    """Read CSV text: comma, semicolon or tab, as the header line has most of; spaces around a value do not count.

    Returns the table and the faults; None when it has no header or rows of the wrong length.
    Rows and columns at the end that are wholly empty are skipped, as Excel leaves them there.
    """
    if not text.strip(' \t\r\n,;"'):
        return None, [_fel_tom(fil)]
    if text.count('"') % 2 and (oppet := _oppet_citattecken(fil, text)) is not None:
        return None, [oppet]
    try:
        rader = [rad for rad in csv.reader(io.StringIO(text, newline=""), delimiter=_avgransare(text)) if any(rad)]
    except csv.Error:
        return None, [_fel_stor_cell(fil)]
    rubriker, data = [r.strip() for r in rader[0]], rader[1:]
    bredd = _bredd(rubriker, data)
    fel = list(_fel_i_rubriker(fil, text, rubriker[:bredd]))
    if any(len(rad) != bredd for rad in data):
        fel += _fel_i_langd(fil, text, bredd, data)
        data = [rad[:bredd] for rad in data]
    if fel:
        return None, fel
    spalter = zip(*data, strict=True) if data else (() for _ in range(bredd))
    kolumner = {namn: _koda(spalt) for namn, spalt in zip(rubriker[:bredd], spalter, strict=True)}
    return Tabell(fil, len(data), kolumner, text), []


def tabell_av(fil: str, ram: pd.DataFrame) -> Tabell:
    """A Tabell of a DataFrame (one row per row of the table; text, category or whole-number columns; NA is empty)."""
    import pandas as pd

    kolumner = {}
    for namn in ram.columns:
        kategori = ram[namn] if isinstance(ram[namn].dtype, pd.CategoricalDtype) else ram[namn].astype("category")
        varden = ("", *(som_text(v) for v in kategori.cat.categories))
        # One code more than there are categories, so the narrow type that pandas chose may not hold it.
        koder: Koder = np.asarray(kategori.cat.codes, dtype=np.int16 if len(varden) < 1 << 15 else np.int32)
        kolumner[str(namn)] = Kolumn(koder + 1, varden)
    return Tabell(fil, len(ram), kolumner)


def som_text(varde: object) -> str:
    """A value of a typed column as text. 3.0 is what a DataFrame makes of a whole number beside an empty cell."""
    return str(int(varde)) if isinstance(varde, float) and varde.is_integer() else str(varde)


def _koda(spalt: Sequence[str]) -> Kolumn:
    index: dict[str, int] = {}
    skrivna = {text: index.setdefault(text.strip(), len(index)) for text in dict.fromkeys(spalt)}
    return Kolumn(np.fromiter(map(skrivna.__getitem__, spalt), np.int32, len(spalt)), tuple(index))


def _avgransare(text: str) -> str:
    rubrik = text.lstrip().split("\n", 1)[0]
    return max(",;\t", key=rubrik.count)


def _bredd(rubriker: Sequence[str], data: Sequence[Sequence[str]]) -> int:
    """How many columns there are, without those last ones that have neither header nor value."""
    bredd = len(rubriker)
    while bredd > 1 and not rubriker[bredd - 1] and not any("".join(rad[bredd - 1 :]).strip() for rad in data):
        bredd -= 1
    return bredd


def _fel_tom(fil: str) -> Diagnos:
    return Diagnos(
        kod="tom-fil",
        fil=fil,
        plats=HELA_FILEN,
        fann="",
        regel="filen är tom, men den ska ha en rubrikrad",
        atgard="Spara om filen med en rubrik för varje kolumn på första raden; en fil utan svar har bara rubrikraden.",
    )


def _fel_stor_cell(fil: str) -> Diagnos:
    atgard = "Kontrollera att det är rätt fil, och att varje citattecken som inleder ett värde också avslutas."
    return Diagnos("csv-for-stor-cell", fil, HELA_FILEN, "En cell", "är längre än något svar kan vara", atgard)


def _oppet_citattecken(fil: str, text: str) -> Diagnos | None:
    sist = None
    for traff in _celler(text, _avgransare(text)):
        if traff["slut"] == "":
            sist = traff.start()
    if sist is None:
        return None
    linje, start = max(lage for lage in _radlagen(text) if lage[1] <= sist)
    return Diagnos(
        kod="csv-citattecken",
        fil=fil,
        plats=_plats(text, (linje, start), sist, sist + 1),
        fann="Citattecknet",
        regel="avslutas aldrig, så resten av filen läses som ett enda värde",
        atgard="Sätt ett citattecken där värdet slutar, eller ta bort det första.",
    )


def _fel_i_rubriker(fil: str, text: str, rubriker: list[str]) -> Iterator[Diagnos]:
    for nummer, rubrik in enumerate(rubriker):
        if rubrik and rubrik not in rubriker[:nummer]:
            continue
        yield Diagnos(
            kod="csv-dubbel-kolumn" if rubrik else "csv-kolumn-utan-rubrik",
            fil=fil,
            plats=_cell(text, _radlagen(text)[0], nummer),
            fann=f"Kolumnen ”{rubrik}”" if rubrik else f"Kolumn {nummer + 1}",
            regel="finns två gånger i rubrikraden" if rubrik else "saknar rubrik",
            atgard="Ta bort kolumnen, eller ge den en egen rubrik.",
            falt=rubrik,
        )


def _fel_i_langd(fil: str, text: str, bredd: int, data: Sequence[Sequence[str]]) -> Iterator[Diagnos]:
    """Rows with fewer cells than the header, or with more that are not empty."""
    felaktiga = [nummer for nummer, rad in enumerate(data, start=1) if len(rad) < bredd or any(rad[bredd:])]
    lagen = _radlagen(text) if felaktiga else []
    fler = len(felaktiga) - FLEST_RADER
    for nummer in felaktiga[:FLEST_RADER]:
        varden = len(data[nummer - 1])
        atgard = (
            "Lägg till avgränsare för de värden som saknas."
            if varden < bredd
            else "Ta bort avgränsare som är för mycket, eller sätt citattecken om ett värde som innehåller avgränsaren."
        )
        sist = nummer == felaktiga[:FLEST_RADER][-1] and fler > 0
        yield Diagnos(
            kod="csv-antal-celler",
            fil=fil,
            plats=_hela_raden(text, lagen[nummer]),
            fann=f"Raden har {varden} {'värde' if varden == 1 else 'värden'} men",
            regel=f"ska ha {bredd}, ett för varje rubrik",
            atgard=f"{atgard} Det gäller {fler} rader till." if sist else atgard,
        )


def _celler(text: str, avgransare: str, start: int = 0) -> Iterator[re.Match[str]]:
    """The cells of the text, as a CSV reader parts them: a quote opens a value only at its beginning.

    Groups: 1 the cell as written; "slut" the closing quote ("" when there is none); "byte" what follows the cell.
    """
    d = re.escape(avgransare)
    monster = rf'("(?:[^"]|"")*(?P<slut>"|\Z)[^{d}\r\n]*|[^{d}\r\n]*)(?P<byte>{d}|\r\n|\n|\r|\Z)'
    for traff in re.compile(monster).finditer(text, start):
        yield traff
        if not traff["byte"]:
            return


def _radlagen(text: str) -> list[Radlage]:
    """Where each row that is not empty begins, the header first."""
    avgransare = _avgransare(text)
    lagen: list[Radlage] = []
    linje, start, innehall = 1, 0, False
    for traff in _celler(text, avgransare):
        innehall = innehall or traff[1] not in ("", '""')
        if traff["byte"] != avgransare:
            if innehall:
                lagen.append((linje, start))
            linje += len(_RADBYTE.findall(text, start, traff.end()))
            start, innehall = traff.end(), False
    return lagen


def _cell(text: str, lage: Radlage, kolumn: int) -> Plats:
    """The place of a cell of a row, without the spaces around it."""
    traff = next(islice(_celler(text, _avgransare(text), lage[1]), kolumn, None))
    start = traff.start() + len(traff[1]) - len(traff[1].lstrip(" "))
    return _plats(text, lage, start, max(start, traff.start() + len(traff[1].rstrip(" "))))


def _hela_raden(text: str, lage: Radlage) -> Plats:
    slut = _RADBYTE.search(text, lage[1])
    return _plats(text, lage, lage[1], len(text) if slut is None else slut.start())


def _plats(text: str, lage: Radlage, start: int, slut: int) -> Plats:
    """The place of characters in a row, whose quoted cells may hold line breaks."""
    linje, radbas = lage
    for byte in _RADBYTE.finditer(text, radbas, start):
        linje, radbas = linje + 1, byte.end()
    return Plats(linje, start - radbas + 1, start, slut)
