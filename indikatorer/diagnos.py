"""What is wrong, where, and how to mend it: one Diagnos per fault that an author can act on.

Everything in the engine that reads what people wrote returns its faults as a list of these, all at once,
and goes on as far as it can. Only what nobody outside can mend is raised as an exception.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher, get_close_matches
from enum import StrEnum
from functools import lru_cache
from typing import Final


class Niva(StrEnum):
    """How bad it is: a FEL stops the evaluation, a VARNING is only told."""

    FEL = "fel"
    VARNING = "varning"


@dataclass(frozen=True, slots=True)
class Plats:
    """A place in a text. rad, kolumn count from 1 in characters; start, slut are offsets from 0, slut excluded."""

    rad: int
    kolumn: int
    start: int
    slut: int


HELA_FILEN: Final = Plats(1, 1, 0, 0)

# Codes by how fundamental they are, told in this order; codes that are not here stand between the two.
_GRUNDLIGAST: Final = (
    ("fil-saknas", "fel-sorts-fil", "inte-text", "tom-fil", "saknad-inledning", "toml-", "csv-"),
    ("saknad-nyckel", "okand-nyckel", "fel-typ", "fel-antal-varden", "tomt-varde", "tal-utanfor", "okant-val"),
    ("okand-", "okant-", "saknad-"),
)
_SIST: Final = ("fel-svar", "fel-antal", "inte-tal", "dubbel-rad", "flera-i-samma-rad", "fler-svar-an-tillfragade")

# How alike two names must be for one to be suggested, and for a program to put it there.
NARA: Final = 0.68
SAKERT: Final = 0.8


@dataclass(frozen=True, slots=True)
class Fix:
    """An edit that a program can apply: put `text` in the place of characters start..slut of the file `fil`."""

    fil: str
    start: int
    slut: int
    text: str


@dataclass(frozen=True, slots=True)
class Diagnos:
    """One fault.

    kod: stable name for programs and tests, kebab-case ASCII ("okand-nyckel").
    fil: the file as the caller named it. plats: where in it.
    fann: what stands there, quoted as written; "" when the fault is that something is absent.
    regel: the rule that it breaks, in Swedish, readable after `fann` ("ska vara …").
    atgard: how to mend it, in Swedish, a full sentence.
    varfor: why the rule exists, when that is not plain; "" otherwise.
    kandidat: the nearest known name, when one is near.
    fix: an edit that makes exactly this fault go away, when a program can know it.
    falt: dotted key path ("indikator.stod-for-arbete.gron") or column name; what a form puts the message beside.
    indikator: id of the one indicator that cannot be evaluated; None when the fault concerns the whole file.
    """

    kod: str
    fil: str
    plats: Plats
    fann: str
    regel: str
    atgard: str
    varfor: str = ""
    kandidat: str | None = None
    fix: Fix | None = None
    falt: str = ""
    indikator: str | None = None
    niva: Niva = Niva.FEL

    def mening(self) -> str:
        """The fault in words, without its place: what was found, the rule, why, and how to mend it."""
        delar = [f"{self.fann} {self.regel}." if self.fann else f"{self.regel[:1].upper()}{self.regel[1:]}."]
        if self.varfor:
            delar.append(self.varfor)
        if self.kandidat is not None:
            delar.append(f"Menade du {self.kandidat}?")
        if self.atgard:
            delar.append(self.atgard)
        return " ".join(delar)

    def __str__(self) -> str:
        """CONTRACT section 3: `FIL:RAD:KOLUMN: KOD text`, on one line."""
        text = " ".join(self.mening().split())
        return f"{self.fil}:{self.plats.rad}:{self.plats.kolumn}: {self.kod} {text}"

    def for_indikator(self, indikator: str | None) -> Diagnos:
        """The same fault, charged to one indicator."""
        return replace(self, indikator=indikator)


class UnderlagFel(Exception):
    """The files cannot be evaluated. diagnoser: every fault found, most fundamental first."""

    def __init__(self, diagnoser: Sequence[Diagnos]) -> None:
        super().__init__("\n".join(map(str, diagnoser)))
        self.diagnoser = tuple(diagnoser)


def narmast(ord_: str, kanda: Iterable[str]) -> str | None:
    """The known name nearest to a mistyped one, or None when none is near. Case and å ä ö do not count."""
    jamforda = {_slat(k): k for k in reversed(list(kanda))}
    traffar = get_close_matches(_slat(ord_), jamforda, n=1, cutoff=NARA)
    return jamforda[traffar[0]] if traffar else None


def menar_samma(ord_: str, kant: str) -> bool:
    """Whether the two differ only in case, å ä ö, spaces, hyphens and the like: what a table may be mended with."""
    return _slat(ord_) == _slat(kant)


def sakert(ord_: str, kant: str) -> bool:
    """Whether a slip of the finger is the only likely reason for the difference: what a config may be mended with.

    Other digits are another name ("2020H1" is not "2020"), and a name is not mended to its opposite ("ohalsa").
    """
    a, b = _slat(ord_), _slat(kant)
    if a == b or [t for t in a if t.isdigit()] != [t for t in b if t.isdigit()] or a.endswith(b) or b.endswith(a):
        return a == b
    return SequenceMatcher(None, b, a, autojunk=False).ratio() >= (NARA if sorted(a) == sorted(b) else SAKERT)


def ordnade(diagnoser: Iterable[Diagnos]) -> tuple[Diagnos, ...]:
    """The faults, most fundamental first: what cannot be read, keys, names, how it hangs together, what rows say."""
    return tuple(sorted(diagnoser, key=lambda d: (_vikt(d.kod), d.fil, d.plats.rad, d.plats.kolumn)))


def _vikt(kod: str) -> int:
    mitten = len(_GRUNDLIGAST)
    return next((n for n, borjan in enumerate(_GRUNDLIGAST) if kod.startswith(borjan)), mitten + (kod in _SIST))


def utdrag(text: str, plats: Plats) -> str:
    """The line of the fault with a mark under it, for a terminal: two lines, each starting with a margin."""
    rader = text.split("\n")
    rad = rader[plats.rad - 1].rstrip("\r") if plats.rad <= len(rader) else ""
    langd = max(1, min(plats.slut - plats.start, len(rad) - plats.kolumn + 1))
    inledning = "".join("\t" if tecken == "\t" else " " for tecken in rad[: plats.kolumn - 1])
    return f"{plats.rad:>5} | {rad}\n      | {inledning}{'^' * langd}"


def ratta(texter: Mapping[str, str], fixar: Iterable[Fix]) -> dict[str, str]:
    """The texts with the edits applied, from the end of each file so that offsets hold."""
    resultat = dict(texter)
    upptaget: dict[str, int] = {}
    for fix in sorted(dict.fromkeys(fixar), key=lambda f: (f.fil, -f.start, -f.slut)):
        if fix.slut > upptaget.get(fix.fil, len(resultat[fix.fil]) + 1):
            continue
        text = resultat[fix.fil]
        resultat[fix.fil] = text[: fix.start] + fix.text + text[fix.slut :]
        upptaget[fix.fil] = fix.start
    return resultat


_SLATA: Final = str.maketrans("åäöé- ", "aaoe__")


@lru_cache(maxsize=1024)
def _slat(ord_: str) -> str:
    return ord_.strip().casefold().translate(_SLATA)
