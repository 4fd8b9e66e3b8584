"""What lies between the names and values of TOML: spaces, comments, line endings; and the words the readers share."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final, NamedTuple, NoReturn

from indikatorer.toml.fel import Fellista, Vag, citat
from indikatorer.toml.slarv import (
    OSYNLIGA,
    STYRTECKEN,
    TYPOGRAFISKA,
    beskriv_tecken,
    rensa_osynligt,
    utan_styrtecken,
)

# Of parentheses in each other, and of parts in a dotted name.
MAX_DJUP: Final = 50

ANNAT: Final = re.escape("".join(OSYNLIGA))
TYPO: Final = re.escape(TYPOGRAFISKA)
_STYR: Final = re.escape(STYRTECKEN)
LUFT: Final = re.compile(r"[ \t]*+")
_OSYNLIGT: Final = re.compile(rf"[{ANNAT}][ \t{ANNAT}]*+")
_STYRTECKEN: Final = re.compile(rf"[{_STYR}](?:[^\r\n]*[{_STYR}])?")
_RADEN: Final = re.compile(r"[^\r\n]*+")
FORE_KOMMENTAR: Final = re.compile(r"(?:[^\r\n#/]|(?<![ \t])[#/]|/(?!/))*+")
BAR: Final = re.compile(r"[A-Za-z0-9_-]++")
ORD: Final = rf"[^\s{ANNAT}{TYPO}=:.\[\]{{}}\"'#,;]++"
PAR_FOLJER: Final = re.compile(rf"(?:{ORD}|\"[^\"\r\n]*+\")(?:\.{ORD})*+[ \t]*+=(?!=)")
_RUBRIK_FOLJER: Final = re.compile(
    r"\[\[?[ \t]*+[A-Za-z][\w-]*+(?:\.[\w-]++)*+[ \t]*+\]\]?[ \t]*+(?:#[^\r\n]*+)?(?=\r|\n|\Z)"
)
ENRADIG: Final = {
    '"': re.compile(r'"((?:[^"\\\r\n]++|\\[^\r\n])*+)"'),
    "'": re.compile(r"'([^'\r\n]*+)'"),
}


class Plan(Enum):
    """Where a value stands; that decides what ends it."""

    RAD = auto()
    LISTA = auto()
    KLAMMER = auto()


class Olaslig(Exception):
    """The rest of the line says nothing, and that is told. pos: where the line ends; reading goes on after it."""

    def __init__(self, pos: int) -> None:
        super().__init__(pos)
        self.pos = pos


class Namndel(NamedTuple):
    """One part of a dotted name and where it stands."""

    namn: str
    start: int
    slut: int


class Spann(NamedTuple):
    """Offsets of a name and of its value. For a table the value is its header, for an element both are the element."""

    nyckel_start: int
    nyckel_slut: int
    start: int
    slut: int


class Lasare:
    """Reads pieces of `text` at given offsets; each method returns what it read and the offset after it."""

    def __init__(self, text: str, fel: Fellista, spann: dict[Vag, Spann]) -> None:
        self.text = text
        self.fel = fel
        self.spann = spann
        self._djup = 0

    # --- between the tokens ---

    def luft(self, pos: int) -> int:
        """Past spaces and tabs, and past what only looks like them."""
        if self.text[pos : pos + 1] in (" ", "\t"):
            pos = till(LUFT, self.text, pos)
        if pos < len(self.text) and self.text[pos] in OSYNLIGA:
            slut = till(_OSYNLIGT, self.text, pos)
            kod, fann, atgard = beskriv_tecken(self.text[pos])
            self.fel.meld(kod, pos, slut, fann, ny=atgard, fix=(pos, slut, rensa_osynligt(self.text[pos:slut])))
            return slut
        return pos

    def ar_radslut(self, pos: int) -> bool:
        """Whether the line, or the text, ends here."""
        return self.text[pos : pos + 1] in ("", "\n", "\r")

    def nyrad(self, pos: int) -> int:
        """Past one line ending. A lone carriage return is one too, but has to be mended."""
        if self.text.startswith("\r\n", pos):
            return pos + 2
        if self.text.startswith("\r", pos):
            kod, fann, _ = beskriv_tecken("\r")
            self.fel.meld(kod, pos, pos + 1, fann, ny="Byt det mot en vanlig radbrytning.", fix=(pos, pos + 1, "\n"))
        return min(pos + 1, len(self.text))

    def radens_slut(self, pos: int) -> int:
        """The offset of the line ending."""
        return till(_RADEN, self.text, pos)

    def kommentar(self, pos: int) -> int:
        """Past a comment; also one that begins with // or ;."""
        if self.text[pos] != "#":
            slut = pos + (2 if self.text[pos] == "/" else 1)
            self.fel.meld("toml-kommentar", pos, slut, citat(self.text[pos:slut]), fix=(pos, slut, "#"))
        slut = self.radens_slut(pos)
        self.inga_styrtecken(pos, slut)
        return slut

    def ar_kommentar(self, pos: int) -> bool:
        """Whether a comment begins here, in TOML or as in other languages."""
        return self.text.startswith(("#", "//"), pos)

    def komma_for_mycket(self, pos: int) -> int:
        """Past commas (or semicolons) that separate nothing."""
        slut = pos
        while self.text[slut : slut + 1] == self.text[pos]:
            slut += 1
        self.fel.meld("toml-komma-for-mycket", pos, slut, citat(self.text[pos:slut]), fix=(pos, slut, ""))
        return slut

    def tomrum(self, pos: int) -> int:
        """Past spaces, line endings and comments inside a list."""
        while True:
            pos = self.luft(pos)
            if self.ar_kommentar(pos):
                pos = self.kommentar(pos)
            elif pos < len(self.text) and self.text[pos] in "\r\n":
                pos = self.nyrad(pos)
            else:
                return pos

    def inga_styrtecken(self, start: int, slut: int) -> bool:
        """Tell of control characters; one fault for all of them, so that a line of junk stays one fault."""
        traff = _STYRTECKEN.search(self.text, start, slut)
        if traff is None:
            return True
        kod, fann, atgard = beskriv_tecken(traff[0][0])
        fix = (*traff.span(), utan_styrtecken(traff[0]))
        self.fel.meld(kod, traff.start(), traff.start() + 1, fann, ny=atgard, fix=fix)
        return False

    def inga_styrtecken_i_rader(self, start: int, slut: int) -> bool:
        rena = True
        while start < slut:
            rad = min(self.radens_slut(start), slut)
            rena = self.inga_styrtecken(start, rad) and rena
            start = rad + 1
        return rena

    def olaslig(self, pos: int, kod: str, fann: str | None = None) -> NoReturn:
        """Tell that nothing can be made of the rest of the line, and leave it."""
        slut = self.radens_slut(pos)
        skrivet = citat(self.text[pos:slut]) if fann is None else fann
        if kod == "toml-element-saknas":
            skrivet = citat(self.text[pos])
        self.fel.meld(kod, pos, max(slut, pos), skrivet if pos < slut or fann else "Raden", trasig=True)
        raise Olaslig(slut)


def ny_sats_vid(text: str, pos: int, *, mitt_i: bool = False) -> bool:
    """Whether a pair or a header begins here, first on its line unless mitt_i.

    Whatever was open before it was then meant to be closed.
    """
    if not (PAR_FOLJER.match(text, pos) or _RUBRIK_FOLJER.match(text, pos)):
        return False
    return mitt_i or not text[text.rfind("\n", 0, pos) + 1 : pos].strip()


def till(monster: re.Pattern[str], text: str, pos: int) -> int:
    """Where a match that begins at pos ends; pos itself when there is none."""
    traff = monster.match(text, pos)
    return pos if traff is None else traff.end()
