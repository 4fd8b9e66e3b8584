"""A table from another tool, as it was written: which texts stand in each column, and where; not what they mean.

CSV is read here, Excel by `exceltabell`. Rows that look the same are all kept: they are people.
"""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Final, Literal

import numpy as np

from indikatorer.diagnos import HELA_FILEN, Diagnos, Plats
from indikatorer.tabell import Kolumn
from indikatorer.toml.source import las_bytes

# What a cell was, when it was more than a text: a date, a formula whose result is not in the file, an error (#N/A).
Slag = Literal["datum", "formel", "felvarde"]
Cell = tuple[str, Slag | None]

STORST_BYTE: Final = 64 << 20
FLEST_KOLUMNER: Final = 2000
FLEST_RADER: Final = 1 << 20
_SOKS_RUBRIK: Final = 10
_LANGSTA_RUBRIK: Final = 1000


@dataclass(frozen=True)
class Importtabell:
    """Columns by header; of each the distinct texts and a code per row. radnummer: the line of each row in the file.

    slag: of a column, the texts that were more than text. blad: the sheet, in Excel. rubrikrader: the lines of header.
    """

    fil: str
    kolumner: Mapping[str, Kolumn]
    nummer: Mapping[str, int]
    radnummer: Sequence[int]
    slag: Mapping[str, Mapping[str, Slag]] = field(default_factory=dict)
    blad: str | None = None
    rubrikrader: Sequence[int] = (1,)

    @property
    def rader(self) -> int:
        """How many rows there are."""
        return len(self.radnummer)

    def plats(self, rad: int, kolumn: str) -> Plats:
        """Where a cell stands: its line, and the number of its column."""
        return Plats(self.radnummer[rad], self.nummer[kolumn], 0, 0)

    def plats_rubrik(self, kolumn: str) -> Plats:
        """Where a column begins."""
        return Plats(1, self.nummer[kolumn], 0, 0)


def bokstav(nummer: int) -> str:
    """A column's number as Excel shows it: 1 is A, 27 is AA."""
    text = ""
    while nummer:
        nummer, rest = divmod(nummer - 1, 26)
        text = chr(65 + rest) + text
    return text


def rensad(text: str) -> str:
    """A text as it is compared: hard spaces and several are one, none at the ends."""
    return " ".join(text.replace("\u00a0", " ").replace("\u200b", "").split())


def las_csv_tabell(
    fil: str, data: bytes, rubrikrader: Sequence[int] | None = None
) -> tuple[Importtabell | None, list[Diagnos]]:
    """Read CSV bytes in any encoding and with any separator that `indikatorer` understands."""
    if len(data) > STORST_BYTE:
        return None, [for_stor(fil)]
    avkodad = las_bytes(fil, data)
    if avkodad.diagnoser:
        return None, list(avkodad.diagnoser)
    if not avkodad.text.strip():
        return None, [Diagnos("tom-fil", fil, HELA_FILEN, "", "filen är tom", "Kontrollera att det är rätt fil.")]
    try:
        return bygg(fil, None, _csv_rader(avkodad.text), rubrikrader)
    except csv.Error as fel:
        regel = "går inte att läsa som en tabell"
        return None, [Diagnos("trasig-csv", fil, HELA_FILEN, f"Filen ({fel})", regel, "Spara om den från programmet.")]


def bygg(
    fil: str, blad: str | None, rader: Iterable[tuple[int, Sequence[Cell]]], rubrikrader: Sequence[int] | None
) -> tuple[Importtabell | None, list[Diagnos]]:
    """A table from cells. rader: line in the file and its cells. rubrikrader: the header's lines; None is a guess."""
    strom = iter(rader)
    forsta = list(islice(strom, _SOKS_RUBRIK))
    rubrikrader = rubrikrader or gissa_rubrikrader(forsta)
    rubriker = _rubriker([celler for nummer, celler in forsta if nummer in rubrikrader])
    if not rubriker:
        regel = f"har ingen rubrik på rad {' och '.join(map(str, rubrikrader))}"
        return None, [Diagnos("ingen-rubrik", fil, HELA_FILEN, "Tabellen", regel, "Ange rubrikrader i mappningen.")]
    if len(rubriker) > FLEST_KOLUMNER:
        return None, [for_stor(fil)]
    spalter = [_Spalt() for _ in rubriker]
    radnummer: list[int] = []
    breda: list[int] = []
    for nummer, celler in chain(forsta, strom):
        if nummer <= max(rubrikrader) or not any(text for text, _ in celler):
            continue
        if any(text for text, _ in celler[len(rubriker) :]):
            breda.append(nummer)
        if len(radnummer) >= FLEST_RADER:
            return None, [for_stor(fil)]
        radnummer.append(nummer)
        for plats, spalt in enumerate(spalter):
            spalt.lagg(celler[plats] if plats < len(celler) else ("", None))
    fel = [_fel_bredd(fil, breda, len(rubriker))] if breda else []
    fel += list(_fel_rubrik(fil, rubriker, spalter, max(rubrikrader)))
    namn = _unika(rubriker)
    med = [n for n, rubrik in enumerate(rubriker) if rubrik]
    return Importtabell(
        fil=fil,
        kolumner={namn[n]: spalter[n].kolumn() for n in med},
        nummer={namn[n]: n + 1 for n in med},
        radnummer=radnummer,
        slag={namn[n]: spalter[n].slag for n in med},
        blad=blad,
        rubrikrader=rubrikrader,
    ), fel


def gissa_rubrikrader(rader: Sequence[tuple[int, Sequence[Cell]]]) -> list[int]:
    """The first line with a text in most columns; or it and the line below, when it is merged over several of those."""
    bredd = max((_fyllda(celler) for _, celler in rader), default=0)
    for (nummer, celler), nasta in zip(rader, [*rader[1:], None], strict=True):
        if _fyllda(celler) >= max(1, 0.6 * bredd) or bredd < 2:
            return [nummer]
        luckor = _fyllda(celler) >= 2 and nasta is not None and _fyllda(nasta[1]) == bredd
        if luckor and nasta is not None:
            return [nummer, nasta[0]]
    return [1]


class _Spalt:
    """A column that is being read: a code per row, and the texts they stand for."""

    def __init__(self) -> None:
        self.index: dict[str, int] = {"": 0}
        self.koder = array("i")
        self.slag: dict[str, Slag] = {}

    def lagg(self, cell: Cell) -> None:
        """Take the next row's cell."""
        text, slag = rensad(cell[0]), cell[1]
        self.koder.append(self.index.setdefault(text, len(self.index)))
        if slag is not None:
            self.slag[text] = slag

    def kolumn(self) -> Kolumn:
        """The column, read to its end."""
        return Kolumn(
            np.frombuffer(self.koder, dtype=np.int32) if self.koder else np.zeros(0, np.int32), tuple(self.index)
        )


def _csv_rader(text: str) -> Iterator[tuple[int, Sequence[Cell]]]:
    forsta = text.split("\n", 1)[0]
    lasare = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=forsta.count))
    rad = 1
    for celler in lasare:
        yield rad, [(cell, None) for cell in celler]
        rad = lasare.line_num + 1


def _fyllda(celler: Sequence[Cell]) -> int:
    return sum(1 for text, _ in celler if text.strip())


def _rubriker(rader: Sequence[Sequence[Cell]]) -> list[str]:
    """A header per column; of several lines joined, a merged cell standing for all the columns it covers."""
    if not rader:
        return []
    bredd = max(len(celler) for celler in rader)
    delar: list[list[str]] = [[] for _ in range(bredd)]
    for plats, celler in enumerate(rader):
        sist = ""
        for n in range(bredd):
            text = rensad(celler[n][0])[:_LANGSTA_RUBRIK] if n < len(celler) else ""
            sist = text or (sist if plats < len(rader) - 1 else "")
            if sist:
                delar[n].append(sist)
    rubriker = [" / ".join(dict.fromkeys(d)) for d in delar]
    while rubriker and not rubriker[-1]:
        rubriker.pop()
    return rubriker


def _unika(rubriker: Sequence[str]) -> list[str]:
    """The headers with a number after those that come again, as other tools make them."""
    antal: dict[str, int] = {}
    namn = []
    for rubrik in rubriker:
        antal[rubrik] = antal.get(rubrik, 0) + 1
        namn.append(rubrik if antal[rubrik] == 1 else f"{rubrik} ({antal[rubrik]})")
    return namn


def _fel_rubrik(fil: str, rubriker: Sequence[str], spalter: Sequence[_Spalt], rad: int) -> Iterator[Diagnos]:
    for n, (rubrik, spalt) in enumerate(zip(rubriker, spalter, strict=True), start=1):
        if not rubrik and len(spalt.index) > 1:
            yield Diagnos(
                kod="kolumn-utan-rubrik",
                fil=fil,
                plats=Plats(rad, n, 0, 0),
                fann=f"Kolumn {bokstav(n)}",
                regel="har värden men ingen rubrik",
                atgard="Skriv en rubrik. Är rubriken sammanslagen över två rader: ange båda i rubrikrader, som [1, 2].",
            )


def _fel_bredd(fil: str, rader: Sequence[int], bredd: int) -> Diagnos:
    fann = sammanfattad(rader).capitalize()
    regel = f"har värden till höger om den sista rubriken (i kolumn {bokstav(bredd)})"
    atgard = "Skriv en rubrik ovanför, eller ange båda rubrikrader om den är sammanslagen. I CSV: sätt citattecken."
    return Diagnos("fel-antal-celler", fil, Plats(rader[0], bredd + 1, 0, 0), fann, regel, atgard)


def for_stor(fil: str) -> Diagnos:
    """The fault of a file that is larger than any survey."""
    atgard = "Ta bort kolumner och blad som inte behövs, eller dela filen."
    regel = f"är större än vad som tas emot ({STORST_BYTE >> 20} MB, {FLEST_RADER} rader, {FLEST_KOLUMNER} kolumner)"
    return Diagnos("for-stor-fil", fil, HELA_FILEN, "Filen", regel, atgard)


def sammanfattad(rader: Sequence[int], hogst: int = 5) -> str:
    """Line numbers in words: "rad 4, 7 och 9", "rad 4, 7, 9 och 12 till"."""
    if len(rader) == 1:
        return f"rad {rader[0]}"
    if len(rader) <= hogst:
        return f"rad {', '.join(map(str, rader[:-1]))} och {rader[-1]}"
    return f"rad {', '.join(map(str, rader[:hogst]))} och {len(rader) - hogst} till"
