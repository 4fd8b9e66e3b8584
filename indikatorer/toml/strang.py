"""Reads the strings of TOML, and those whose quotes are missing, odd, or taken for something else."""

from __future__ import annotations

import re
import tomllib
from typing import Final

from indikatorer.toml.fel import citat, kort
from indikatorer.toml.lasare import ENRADIG, FORE_KOMMENTAR, TYPO, Lasare, Plan, ny_sats_vid, till
from indikatorer.toml.slarv import TYPOGRAFISKA, dubbla_snedstreck, skriv_text, utan_styrtecken

_FLERRADIG: Final = {
    '"': re.compile(r'"""((?:[^"\\]++|\\.|"{1,2}(?!"))*+)("{3,5})', re.DOTALL),
    "'": re.compile(r"'''((?:[^']++|'{1,2}(?!'))*+)('{3,5})"),
}
_FEL_ESCAPE: Final = re.compile(r"\\(?!.)|\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[^uU])?", re.DOTALL)
_GODA_ESCAPE: Final = frozenset('btnfr"\\')
# The key: whether it is alone on its line. At most a thousand characters, for an opening quote that is never closed
# must not read the rest of a huge line each time.
_TYPOGRAFISK: Final = {
    True: re.compile(rf"[{TYPO}\"']([^\r\n]{{0,1000}}?)[{TYPO}\"'](?=[ \t]*+(?:[,;]?[ \t]*+(?:#|//|\r|\n|\Z)))"),
    False: re.compile(rf"[{TYPO}\"']([^\r\n]{{0,1000}}?)[{TYPO}\"'](?=[ \t]*+(?:[,;\]}}#]|\r|\n|\Z))"),
}
_CITAT_INUTI: Final = re.compile(r'"([^#\r\n]*)"(?=[ \t]*+(?:#|\r|\n|\Z))')


class Stranglasare(Lasare):
    """Reads strings. `plan` says what may follow, which decides where one without an end was meant to end."""

    def _strang(self, pos: int, plan: Plan) -> tuple[str, int]:
        tecken = self.text[pos]
        if self.text.startswith(tecken * 3, pos):
            return self._flerradig(pos)
        if ENRADIG[tecken].match(self.text, pos) is None:
            return self._oavslutad(pos, plan)
        varde, slut = self.enradig(pos, plan)
        foljande = self.text[slut : slut + 1]
        if not foljande.isalnum():
            return varde, slut
        if plan is Plan.RAD:
            hela = _CITAT_INUTI.match(self.text, pos)
            if hela is not None and hela.end() > slut and tecken == '"':
                ny = skriv_text(hela[1])
                self.fel.meld("toml-citattecken-inuti", pos, hela.end(), citat(hela[1]), ny=ny, fix=(*hela.span(), ny))
                return hela[1], hela.end()
        elif varde.rstrip().endswith(","):  # ["a, "b"]: the quote that is missing stands before the comma
            innehall = varde.rstrip()[:-1].rstrip()
            slut = pos + 1 + len(innehall)
            if self.text[pos + 1 : slut] == innehall:
                self.fel.meld(
                    "toml-citattecken-oavslutat",
                    pos,
                    slut,
                    citat(innehall),
                    ny=skriv_text(innehall),
                    fix=(slut, slut, tecken),
                )
                return innehall, slut
        return varde, slut

    def enradig(self, pos: int, plan: Plan) -> tuple[str, int]:
        """A string on one line, whose closing quote is known to stand there."""
        traff = ENRADIG[self.text[pos]].match(self.text, pos)
        assert traff is not None
        slut, innehall = traff.end(), traff[1]
        if not self.inga_styrtecken(pos, slut):
            innehall = utan_styrtecken(innehall)
        if "\\" not in innehall or traff[0][0] == "'":
            return innehall, slut
        return self._med_snedstreck(pos, slut, innehall, '"'), slut

    def _med_snedstreck(self, pos: int, slut: int, innehall: str, tecken: str) -> str:
        """The value of a string with backslashes. Where one is wrong they are all taken as meant literally."""
        renad = utan_styrtecken(innehall.replace("\r\n", "\n")).replace("\r", "\n")
        try:
            return str(tomllib.loads(f"x = {tecken}{renad}{tecken}")["x"])
        except ValueError:
            pass
        ny = tecken + dubbla_snedstreck(innehall) + tecken
        forsta = next((m.start() for m in _FEL_ESCAPE.finditer(innehall) if not _ar_god_escape(m[0])), 0)
        plats = pos + len(tecken) + forsta
        self.fel.meld(
            "toml-omvant-snedstreck", plats, plats + 1, citat(innehall), ny="\\\\ i stället för \\", fix=(pos, slut, ny)
        )
        return innehall

    def _flerradig(self, pos: int) -> tuple[str, int]:
        text, tre = self.text, self.text[pos] * 3
        traff = _FLERRADIG[text[pos]].match(text, pos)
        if traff is None:
            return self._trippel_oavslutad(pos, tre)
        slut = traff.end()
        innehall = traff[1] + traff[2][3:]
        if not self.inga_styrtecken_i_rader(pos, slut):
            innehall = utan_styrtecken(innehall)
        ensam = re.compile(r"\r(?!\n)").search(text, pos, slut)
        if ensam is not None:
            self.nyrad(ensam.start())
        if "\\" in innehall and tre == '"""':
            return self._med_snedstreck(pos, slut, innehall, tre), slut
        vanlig = innehall.replace("\r\n", "\n")
        return vanlig[1:] if vanlig.startswith("\n") else vanlig, slut

    def _trippel_oavslutad(self, pos: int, tre: str) -> tuple[str, int]:
        """Guess that the text ends where the next pair or header begins."""
        slut, rad = len(self.text), self.radens_slut(pos)
        while rad < len(self.text):
            rad = self.radens_slut(nasta := min(rad + 1, len(self.text)))
            if ny_sats_vid(self.text, nasta):
                slut = nasta
                break
        hela = self.text[pos + 3 : slut].rstrip()
        slut, innehall = pos + 3 + len(hela), hela.rstrip(" \t\r\n\\")  # a backslash would take the quote for its own
        self.fel.meld(
            "toml-trippelcitat-oavslutat",
            pos,
            pos + 3,
            "Texten",
            ny=tre,
            trasig=True,
            fix=(pos + 3 + len(innehall), slut, tre),
        )
        return innehall.removeprefix("\n"), slut

    def typografisk(self, pos: int, plan: Plan) -> tuple[str, int] | None:
        """A string of which one quote or both are typographic; None when it has no end."""
        traff = _TYPOGRAFISK[plan is Plan.RAD].match(self.text, pos)
        if traff is None or not {traff[0][0], traff[0][-1]} & set(TYPOGRAFISKA):
            return None
        ny = skriv_text(traff[1])
        # Quoted as it stands: a second pair of quotes would make it unreadable.
        self.fel.meld("toml-typografiska-citattecken", pos, traff.end(), kort(traff[0]), ny=ny, fix=(*traff.span(), ny))
        return traff[1], traff.end()

    def _oavslutad(self, pos: int, plan: Plan) -> tuple[str, int]:
        """A string whose closing quote is missing, is of another kind, or is taken for a literal one."""
        text, tecken = self.text, self.text[pos]
        typo = self.typografisk(pos, plan)
        if typo is not None:
            return typo
        slut = till(FORE_KOMMENTAR, text, pos)
        rest = text[pos:slut].rstrip()
        if tecken == '"' and rest.endswith('\\"') and len(rest) > 2:
            ny = skriv_text(rest[1:-1])
            self.fel.meld(
                "toml-omvant-snedstreck",
                pos + len(rest) - 2,
                pos + len(rest) - 1,
                citat(rest[1:-1]),
                ny="\\\\ i stället för \\",
                fix=(pos, pos + len(rest), ny),
            )
            return rest[1:-1], pos + len(rest)
        innehall = rest[1:].rstrip(" \t;," if plan is Plan.RAD else " \t;,]})")
        slut = pos + 1 + len(innehall)
        ny = skriv_text(innehall) if tecken == '"' else f"'{innehall}'"
        self.inga_styrtecken(pos, slut)
        self.fel.meld(
            "toml-citattecken-oavslutat",
            pos,
            slut,
            citat(innehall),
            ny=ny,
            trasig=True,
            fix=(slut, slut, tecken) if "\\" not in innehall else (pos, slut, ny),
        )
        return innehall, slut


def _ar_god_escape(sekvens: str) -> bool:
    if len(sekvens) == 2:
        return sekvens[1] in _GODA_ESCAPE
    return len(sekvens) > 2 and not 0xD800 <= int(sekvens[2:], 16) < 0xE000 and int(sekvens[2:], 16) < 0x110000
