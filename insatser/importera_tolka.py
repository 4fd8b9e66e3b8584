"""From the cells of a file to rows of the register, with every fault: line, column, what stands there, how to mend it.

A column is read by its distinct values, which are few; so a register of two hundred thousand rows is read in seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import itemgetter
from typing import Any, Final, NamedTuple, TypeAlias

from enkat.inlasning.tabell import bokstav
from indikatorer.diagnos import narmast
from insatser.datum import INGEN_DAG, DatumFel, tolka_datum
from insatser.importera_fil import Blad
from insatser.models import FALTEN, HOGSTA_NUMMER, MINSTA_OMFATTNING
from insatser.personnummer import maskera, ser_ut_som_personnummer
from insatser.register import RUBRIKER, Radfel, granska_dagar, granska_plan, granska_utfall
from insatser.rubriker import LISTOR, jamforbar, kod_for

# What may be left empty, and what it then means; gender and age must be told, if only as unknown.
TOMT: Final[Mapping[str, str | None]] = {
    "slut": None,
    "utfall": None,
    "anstallning": None,
    "omfattning": None,
    "fore": "okant",
    "tid": "okand",
    "utbildning": "okand",
    "handlingsplan": "okant",
    "plan_klar": None,
}
_DATUM: Final = ("start", "slut", "plan_klar")
_EXCELFEL: Final = ("#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!", "#SAKNAS!", "#VÄRDEFEL!")
_LANGST_VISAT: Final = 60


@dataclass(frozen=True, slots=True)
class Cellfel:
    """A fault in a file. rad: the line. kolumn: its letter, "" when the file lacks it. varde: what stands there."""

    rad: int
    kolumn: str
    rubrik: str
    varde: str
    orsak: str
    atgard: str


@dataclass
class Last:
    """What a file holds. rader: the rows that are right, in the order of `FALTEN`; radnummer: their lines.

    falten: the columns that the file has. fel: every fault, by line. felrader: how many rows have one.
    anmarkningar: what one should know, that is no fault.
    """

    rader: list[tuple[Any, ...]]
    radnummer: list[int]
    falten: Sequence[str]
    fel: list[Cellfel]
    felrader: int
    anmarkningar: list[str] = field(default_factory=list)


class _Brist(NamedTuple):
    """Why a value is none of its field's."""

    orsak: str
    atgard: str


# A value as it is stored, or why there is none.
_Tolkat: TypeAlias = Any
_Insatser: TypeAlias = Mapping[str, int]


def tolka(blad: Blad, insatser: Mapping[str, int], idag: date, forvald: int | None = None) -> Last:
    """Read all rows. insatser: the ids of those that one may write in, by name. forvald: that of rows without one."""
    nummer = [n for n, rad in enumerate(blad.rader) if (rad and rad[0]) or any(cell not in ("", None) for cell in rad)]
    rader = [blad.rader[n] for n in nummer]
    rad_i_fil = [n + blad.forsta for n in nummer]
    kanda = {jamforbar(namn): id_ for namn, id_ in insatser.items()}
    fel: list[Cellfel] = []
    spalter = {}
    for falt in FALTEN:
        spalter[falt], nya = _tolka_spalt(blad, falt, rader, rad_i_fil, kanda, forvald)
        fel += nya
    fel += _personnummer_utanfor(blad, rader, rad_i_fil)
    trasiga = {f.rad for f in fel}
    klara = list(zip(*(spalter[falt] for falt in FALTEN), strict=True))
    for rad, plats in zip(klara, rad_i_fil, strict=True):
        if plats not in trasiga:
            fel += [
                _cellfel(blad, plats, b.falt, _visa(rad[_PLATS[b.falt]]), _Brist(b.orsak, b.atgard))
                for b in _granska(rad, idag)
            ]
    fel += _dubbla(blad, klara, rad_i_fil, trasiga)
    trasiga = {f.rad for f in fel}
    ratta = [(rad, plats) for rad, plats in zip(klara, rad_i_fil, strict=True) if plats not in trasiga]
    fel.sort(key=_ordning)
    falten = [falt for falt in FALTEN if falt in blad.kolumner]
    return Last([r for r, _ in ratta], [p for _, p in ratta], falten, fel, len(trasiga), list(_anmarkningar(blad)))


def utelamna(last: Last, blad: Blad, krockar: Sequence[tuple[int, Radfel]]) -> None:
    """Turn rows that do not go with what is stored into faults."""
    for plats, radfel in krockar:
        brist = _Brist(f"{radfel.orsak}, som det står i registret", f"{radfel.atgard} Ta med kolumnen i filen.")
        last.fel.append(_cellfel(blad, last.radnummer[plats], radfel.falt, "", brist))
    bort = {plats for plats, _ in krockar}
    last.rader = [rad for plats, rad in enumerate(last.rader) if plats not in bort]
    last.radnummer = [rad for plats, rad in enumerate(last.radnummer) if plats not in bort]
    last.felrader += len(bort)
    last.fel.sort(key=_ordning)


def _ordning(fel: Cellfel) -> tuple[int, str]:
    return fel.rad, fel.kolumn


_PLATS: Final = {falt: plats for plats, falt in enumerate(FALTEN)}


def _tolka_spalt(
    blad: Blad,
    falt: str,
    rader: Sequence[Sequence[Any]],
    rad_i_fil: Sequence[int],
    insatser: _Insatser,
    forvald: int | None,
) -> tuple[list[_Tolkat], list[Cellfel]]:
    """The values of a column, and a fault for each cell that has none."""
    plats = blad.kolumner.get(falt)
    celler = [""] * len(rader) if plats is None else _celler(rader, plats)
    if bool in set(map(type, celler)):  # to a dictionary True is 1
        celler = [str(cell) if isinstance(cell, bool) else cell for cell in celler]
    tolkade = {cell: _tolka_cell(falt, cell, insatser, forvald) for cell in set(celler)}
    varden = list(map(tolkade.__getitem__, celler))
    fel = []
    if any(isinstance(varde, _Brist) for varde in tolkade.values()):
        for cell, varde, rad in zip(celler, varden, rad_i_fil, strict=True):
            if isinstance(varde, _Brist):
                fel.append(_cellfel(blad, rad, falt, _visa(cell), varde))
    return varden, fel


def _celler(rader: Sequence[Sequence[Any]], plats: int) -> list[Any]:
    """A column of the file; a row that ends before it has nothing there."""
    try:
        return list(map(itemgetter(plats), rader))
    except IndexError:
        return [rad[plats] if plats < len(rad) else "" for rad in rader]


def _tolka_cell(falt: str, cell: Any, insatser: _Insatser, forvald: int | None) -> _Tolkat:
    text = _text(cell)
    if not isinstance(cell, date) and ser_ut_som_personnummer(text):
        return _Brist(
            "ser ut som ett personnummer eller samordningsnummer",
            "Registret tar inte emot sådana. Ta bort det ur filen och använd ett eget löpnummer.",
        )
    if text in _EXCELFEL:
        return _Brist("är ett felvärde i Excel", "Rätta formeln, eller skriv värdet.")
    if text.startswith("="):
        return _Brist("är en formel", "Skriv värdet i stället för formeln.")
    if not text:
        return _tom(falt, forvald)
    if falt in LISTOR:
        kod = kod_for(falt, text)
        return _okant(falt, text) if kod is None else kod
    if falt in _DATUM:
        return _dag(cell)
    if falt == "insats_id":
        id_ = insatser.get(jamforbar(text))
        return _okand_insats(text, insatser) if id_ is None else id_
    return _nummer(cell) if falt == "nummer" else _omfattning(cell)


def _tom(falt: str, forvald: int | None) -> _Tolkat:
    if falt == "insats_id" and forvald is not None:
        return forvald
    if falt in TOMT:
        return TOMT[falt]
    atgard = "Skriv ett värde." if falt not in ("kon", "alder") else "Skriv ett värde, eller Okänt om ni inte vet."
    return _Brist("saknas", atgard)


def _okant(falt: str, text: str) -> _Brist:
    orden = list(LISTOR[falt].values())
    nara = narmast(text, orden)
    forslag = f"Menade du {nara}?" if nara is not None else f"Välj något av: {', '.join(orden)}."
    return _Brist("finns inte i listan", forslag)


def _okand_insats(text: str, insatser: _Insatser) -> _Brist:
    return _Brist(
        "är ingen insats som du kan skriva i",
        "Kontrollera namnet mot listan över insatser i mallen." if insatser else "Lägg först upp insatsen.",
    )


def _dag(cell: Any) -> _Tolkat:
    try:
        return tolka_datum(cell)
    except DatumFel as fel:
        vad = "är ingen dag" if str(fel) == INGEN_DAG else "kan vara två olika dagar"
        return _Brist(vad, "Skriv dagen som 2026-03-31.")


def _nummer(cell: Any) -> _Tolkat:
    tal = _tal(cell)
    if tal is None or tal != int(tal) or not 1 <= tal <= HOGSTA_NUMMER:
        return _Brist("är inget löpnummer", f"Skriv ett heltal från 1 till {HOGSTA_NUMMER}.")
    return int(tal)


def _omfattning(cell: Any) -> _Tolkat:
    """Percent of full time. A cell that Excel shows as 50 % holds 0,5."""
    tal = _tal(cell)
    if tal is not None and 0 < tal <= 1:
        tal *= 100
    if tal is None or tal != int(tal) or not MINSTA_OMFATTNING <= tal <= 100:
        return _Brist(
            "är ingen omfattning", f"Skriv ett heltal från {MINSTA_OMFATTNING} till 100, i procent av heltid."
        )
    return int(tal)


def _tal(cell: Any) -> float | None:
    """A number as it is written in Sweden: 50, "50,0", "50 %", "1 234"."""
    if isinstance(cell, int | float):
        return float(cell)
    text = _text(cell).removesuffix("%").replace(" ", "").replace("\u00a0", "").replace(",", ".")
    if not text.replace(".", "", 1).isascii() or not text.replace(".", "", 1).isdecimal() or len(text) > 12:
        return None
    return float(text)


def _granska(rad: tuple[Any, ...], idag: date) -> Iterator[Radfel]:
    start, slut, utfall = rad[4], rad[5], rad[6]
    yield from granska_dagar(start, slut, utfall, idag)
    if rad[7] is not None or rad[8] is not None:
        yield from granska_utfall(utfall, rad[7], rad[8])
    if rad[13] is not None:
        yield from granska_plan(start, rad[12], rad[13], idag)


def _dubbla(
    blad: Blad, klara: Sequence[tuple[Any, ...]], rad_i_fil: Sequence[int], trasiga: set[int]
) -> Iterator[Cellfel]:
    """The second and later rows of the same insats and number."""
    forst: dict[tuple[Any, Any], int] = {}
    for rad, plats in zip(klara, rad_i_fil, strict=True):
        if plats in trasiga:
            continue
        tidigare = forst.setdefault((rad[0], rad[1]), plats)
        if tidigare != plats:
            brist = _Brist(
                f"står redan på rad {tidigare} för samma insats", "Behåll den ena, eller ge den ett annat nummer."
            )
            yield _cellfel(blad, plats, "nummer", str(rad[1]), brist)


def _personnummer_utanfor(blad: Blad, rader: Sequence[Sequence[Any]], rad_i_fil: Sequence[int]) -> Iterator[Cellfel]:
    """Personnummer in columns that are not read: the file must not go round with them."""
    lasta = set(blad.kolumner.values())
    bredd = max((len(rad) for rad in rader), default=0)
    for plats in (p for p in range(bredd) if p not in lasta):
        farliga = {
            cell
            for cell in {rad[plats] for rad in rader if plats < len(rad)}
            if not isinstance(cell, date) and ser_ut_som_personnummer(_text(cell))
        }
        if not farliga:
            continue
        for rad, nummer in zip(rader, rad_i_fil, strict=True):
            if plats < len(rad) and rad[plats] in farliga:
                yield Cellfel(
                    nummer,
                    bokstav(plats + 1),
                    "",
                    maskera(_visa(rad[plats])),
                    "ser ut som ett personnummer eller samordningsnummer",
                    "Registret tar inte emot sådana. Ta bort kolumnen ur filen.",
                )


def _anmarkningar(blad: Blad) -> Iterator[str]:
    if blad.okanda:
        yield f"Kolumner som inte läses: {', '.join(blad.okanda)[:300]}."
    utelamnade = [RUBRIKER[f] for f in FALTEN if f not in blad.kolumner]
    if utelamnade:
        yield (
            f"Kolumner som filen inte har: {', '.join(utelamnade)}."
            " Det som redan står där i registret rörs inte, och på nya rader är de tomma."
        )
    if blad.sammanslagna:
        rader = ", ".join(map(str, blad.sammanslagna[:10]))
        yield f"Sammanslagna celler på rad {rader}: bara den första cellen har ett värde. Dela dem i Excel."
    if blad.tomma_formler:
        rader = ", ".join(str(rad) for rad, _ in sorted(blad.tomma_formler)[:10])
        yield f"Formler utan resultat på rad {rader}: de läses som tomma. Öppna filen i Excel, spara och försök igen."


def _cellfel(blad: Blad, rad: int, falt: str, varde: str, brist: _Brist) -> Cellfel:
    kolumn = bokstav(blad.kolumner[falt] + 1) if falt in blad.kolumner else ""
    return Cellfel(rad, kolumn, RUBRIKER[falt], varde, brist.orsak, brist.atgard)


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else " ".join(str(cell).replace("\u00a0", " ").split())


def _visa(cell: Any) -> str:
    """A value as it is shown beside its fault: short, and with a number in it only if it is no one's."""
    text = cell.date().isoformat() if isinstance(cell, datetime) else _text(cell)
    return maskera(text) if ser_ut_som_personnummer(text) and len(text) > 8 else text[:_LANGST_VISAT]
