"""Reads the values of TOML, and goes on where they are wrong.

Strict TOML 1.0 is read first; only what that cannot read is asked of toml_slarv. Every fault is told where it stands,
the value that was meant is used, and reading goes on after it: one pass, however many faults.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any, Final

from indikatorer.toml.fel import Vag, citat
from indikatorer.toml.lasare import (
    ANNAT,
    FORE_KOMMENTAR,
    LUFT,
    MAX_DJUP,
    ORD,
    PAR_FOLJER,
    Namndel,
    Plan,
    Spann,
    ny_sats_vid,
    till,
)
from indikatorer.toml.namn import Namnlasare
from indikatorer.toml.slarv import TYPOGRAFISKA, tolka_ord

_DATUM: Final = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})?)?"
    r"|[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?"
)
_STRIKT: Final = (
    rf"(true|false|{_DATUM}|0x[0-9A-Fa-f_]+|0o[0-7_]+|0b[01_]+|[+-]?(?:inf|nan)"
    r"|[+-]?(?:0|[1-9](?:_?[0-9])*+)(?:\.[0-9](?:_?[0-9])*+)?(?:[eE][+-]?[0-9](?:_?[0-9])*+)?)"
    "(?![\u00a0\u202f][0-9]{3})"  # thousands apart
)
_HELTAL: Final = re.compile(r"[+-]?[0-9]{1,18}")
_PAR_SLUT: Final = rf"|{ORD}[ \t]*+="
# In an inline table a comma after a number and before a lone number can only be a decimal comma.
_SKILJER: Final = r"(?:,(?![0-9]+[ \t]*[,}])|(?<![0-9]),)"
_DELARE: Final = rf"{ANNAT}]|//|\r|\n|\Z"
_VARDESLUT: Final = {
    Plan.RAD: re.compile(_STRIKT + rf"(?=[ \t]*+(?:[#;\]}}\[{_DELARE}|,(?![0-9]){_PAR_SLUT}))"),
    Plan.LISTA: re.compile(_STRIKT + rf"(?=[ \t]*+(?:[#,;\]}})\"'\[{{{_DELARE})|[ \t]++[+-]?[0-9](?![0-9]{{2}}))"),
    Plan.KLAMMER: re.compile(_STRIKT + rf"(?=[ \t]*+(?:[#;\]}})\[{{{_DELARE}|{_SKILJER}{_PAR_SLUT}))"),
}
_SLARVIGT: Final = {
    Plan.RAD: FORE_KOMMENTAR,
    Plan.LISTA: re.compile(r"[^\r\n,;\]#\"]*+\"?"),
    Plan.KLAMMER: re.compile(r"[0-9]++,[0-9]++(?=[ \t]*+[,}])|[^\r\n,}#\"]*+\"?"),
}


class Vardelasare(Namnlasare):
    """Reads values."""

    # --- values ---

    def varde(self, pos: int, vag: Vag, plan: Plan) -> tuple[Any, int]:
        """The value that begins here, which is not at the end of a line. Its parts are entered in `spann`.

        Returns None where the author wrote that there is no value.

        Raises:
            Olaslig: nothing here can be a value.
        """
        tecken = self.text[pos]
        if tecken in "\"'":
            return self._strang(pos, plan)
        if tecken in "[{":
            if self._djup >= MAX_DJUP:
                self.olaslig(pos, "toml-for-djupt", citat(self.text[pos : pos + 10]))
            self._djup += 1
            try:
                return self.lista(pos, vag) if tecken == "[" else self._klammer(pos, vag)
            finally:
                self._djup -= 1
        traff = _VARDESLUT[plan].match(self.text, pos)
        if traff is not None:
            ord_ = traff[1]
            if ord_ in ("true", "false"):
                return ord_ == "true", traff.end()
            if _HELTAL.fullmatch(ord_):
                return int(ord_), traff.end()
            try:
                return tomllib.loads(f"x = {ord_}")["x"], traff.end()
            except ValueError:  # a day or a number that does not exist
                pass
        return self._slarvigt(pos, vag, plan)

    def _slarvigt(self, pos: int, vag: Vag, plan: Plan) -> tuple[Any, int]:
        """A value that no TOML reader takes."""
        text = self.text
        if text[pos] in TYPOGRAFISKA:
            typo = self.typografisk(pos, plan)
            if typo is not None:
                return typo
        slut = till(_SLARVIGT[plan], text, pos)
        ord_ = text[pos:slut].rstrip(" \t;," if plan is Plan.RAD else " \t}" if plan is Plan.LISTA else " \t]")
        slut = pos + len(ord_)
        if not any(map(str.isalnum, ord_)):
            self.olaslig(pos, "toml-element-saknas" if text[pos] in ",;=]})" else "toml-syntax")
        tolkning = tolka_ord(ord_, str(vag[-1]), plan is Plan.LISTA)
        fix = (pos, slut, tolkning.skrivs)
        if tolkning.kod == "toml-null":
            fore = text.rfind("\n", 0, pos) + 1
            self.fel.meld(
                tolkning.kod, pos, slut, citat(ord_), trasig=True, fix=(fore, fore, "# ") if plan is Plan.RAD else None
            )
        else:
            self.fel.meld(tolkning.kod, pos, slut, citat(ord_), ny=tolkning.skrivs, fix=fix)
        return tolkning.varde, slut

    # --- lists and inline tables ---

    def lista(self, pos: int, vag: Vag, *, oppnad: bool = True) -> tuple[list[Any], int]:
        """A list. oppnad: False where its brackets are missing; it then ends with its line."""
        start, sist = pos, pos + oppnad
        varden: list[Any] = []
        pos = sist
        while True:
            pos = self.tomrum(pos) if oppnad else self.luft(pos)
            tecken = self.text[pos : pos + 1]
            if tecken == "]" or (not oppnad and (self.ar_radslut(pos) or self.ar_kommentar(pos))):
                return varden, pos + (tecken == "]")
            if tecken in (",", ";"):
                pos = self.komma_for_mycket(pos)
                continue
            if self._lista_slut(start, sist, pos):
                return varden, sist
            if tecken in "})":
                self.fel.meld("toml-fel-parentes", pos, pos + 1, citat(tecken), ny="]", fix=(pos, pos + 1, "]"))
                return varden, pos + 1
            element: Vag = (*vag, len(varden))
            varde, slut = self.varde(pos, element, Plan.LISTA)
            self.spann.setdefault(element, Spann(pos, slut, pos, slut))
            varden.append(varde)
            sist, pos = self._efter_element(pos, slut, oppnad)

    def _efter_element(self, start: int, sist: int, oppnad: bool) -> tuple[int, int]:
        """Past the comma after an element, or tell that it is missing.

        Returns where the list so far ends, and where to go on.
        """
        pos = self.tomrum(sist) if oppnad else self.luft(sist)
        tecken = self.text[pos : pos + 1]
        if tecken == ",":
            return pos + 1, pos + 1
        if tecken == ";":
            self.fel.meld("toml-semikolon", pos, pos + 1, citat(";"), ny="Skriv ett komma.", fix=(pos, pos + 1, ","))
            return pos + 1, pos + 1
        if tecken in ("]", "}", ")", "") or ny_sats_vid(self.text, pos):
            return sist, pos
        if not oppnad and (self.ar_radslut(pos) or self.ar_kommentar(pos)):
            return sist, pos
        self._komma_saknas(start, sist, pos)
        return sist, pos

    def _komma_saknas(self, start: int, sist: int, pos: int) -> None:
        skrivet = citat(self.text[start:sist])
        self.fel.meld("toml-komma-saknas", sist, max(pos, sist + 1), skrivet, fix=(sist, sist, ","))

    def _lista_slut(self, start: int, sist: int, pos: int) -> bool:
        if pos < len(self.text) and not ny_sats_vid(self.text, pos):
            return False
        self.fel.meld(
            "toml-hakparentes-saknas",
            sist,
            sist,
            f"Listan {citat(self.text[start:sist])}",
            vad="avslutande hakparentes",
            ny="] sist i listan",
            fix=(sist, sist, "]"),
        )
        return True

    def _klammer(self, start: int, vag: Vag) -> tuple[dict[str, Any], int]:
        """An inline table."""
        tabell: dict[str, Any] = {}
        oppna = {id(tabell)}
        sist = pos = start + 1
        bruten = False
        komma: int | None = None
        while True:
            pos = self.luft(pos)
            if self.ar_radslut(pos) or self.ar_kommentar(pos):
                if not self._klammer_fortsatter(start, pos, sist, komma is not None or not tabell):
                    return tabell, sist
                bruten = True
                pos = self.tomrum(pos)
            tecken = self.text[pos : pos + 1]
            if tecken == "}":
                self._klammer_slut(start, pos, bruten, komma)
                return tabell, pos + 1
            if tecken in (",", ";"):
                pos = self.komma_for_mycket(pos)
                continue
            if tecken in ("]", ")"):
                self.fel.meld("toml-fel-parentes", pos, pos + 1, citat(tecken), ny="}", fix=(pos, pos + 1, "}"))
                return tabell, pos + 1
            sist = self._klammerpar(pos, vag, tabell, oppna)
            pos, komma = self._efter_par(pos, sist)

    def _efter_par(self, start: int, sist: int) -> tuple[int, int | None]:
        """Past the comma after a pair of an inline table; and where that comma stands, None when there is none."""
        pos = self.luft(sist)
        tecken = self.text[pos : pos + 1]
        if tecken == ",":
            return pos + 1, pos
        if tecken == ";":
            self.fel.meld("toml-semikolon", pos, pos + 1, citat(";"), ny="Skriv ett komma.", fix=(pos, pos + 1, ","))
            return pos + 1, pos
        if PAR_FOLJER.match(self.text, pos):
            self._komma_saknas(start, sist, pos)
        elif tecken not in ("}", "]", ")", "", "\r", "\n", "#", "/"):
            self.olaslig(pos, "toml-text-efter-varde", citat(self.text[pos : self.radens_slut(pos)]))
        return pos, None

    def _klammer_fortsatter(self, start: int, pos: int, sist: int, vantar: bool) -> bool:
        """At a line ending in an inline table: whether more of it follows; if not, tell that } is missing."""
        nasta = self._titta(pos)
        if self.text[nasta : nasta + 1] == "}" or (vantar and PAR_FOLJER.match(self.text, nasta)):
            return True
        self.fel.meld("toml-klammer-saknas", sist, sist, citat(self.text[start:sist]), fix=(sist, sist, " }"))
        return False

    def _titta(self, pos: int) -> int:
        while True:
            nasta = till(LUFT, self.text, pos)
            if self.ar_kommentar(nasta):
                nasta = self.radens_slut(nasta)
            elif self.text[nasta : nasta + 1] in ("\r", "\n") and nasta < len(self.text):
                nasta += 1
            if nasta == pos:
                return pos
            pos = nasta

    def _klammer_slut(self, start: int, pos: int, bruten: bool, komma: int | None) -> None:
        if bruten:
            inre = self.text[start + 1 : pos]
            rader = [r.strip() for r in re.split(r"[\r\n]", inre)]
            ny = "{ " + " ".join(r for r in rader if r).rstrip(", ") + " }"
            rent = not any(t in inre for t in ("#", '"""', "'''", "//"))
            self.fel.meld(
                "toml-flera-rader",
                start,
                pos + 1,
                citat(self.text[start : pos + 1]),
                fix=(start, pos + 1, ny) if rent else None,
            )
        elif komma is not None:
            self.fel.meld("toml-komma-for-mycket", komma, komma + 1, citat(","), fix=(komma, komma + 1, ""))

    def _klammerpar(self, pos: int, vag: Vag, tabell: dict[str, Any], oppna: set[int]) -> int:
        """One pair of an inline table; returns where it ends. oppna: ids of the tables that a dotted name may enter."""
        if self.text[pos] == "=":
            self.olaslig(pos, "toml-nyckel-saknas", "")
        delar, pos = self.nyckel(pos)
        pos = self.luft(self.likhetstecken(delar, pos))
        if self.ar_radslut(pos) or self.text[pos] in ",}":
            namn = self.text[delar[0].start : delar[-1].slut]
            self.fel.meld("toml-varde-saknas", delar[0].start, pos, citat(namn), trasig=True)
            return pos
        for del_ in delar[:-1]:
            vag = (*vag, del_.namn)
            tabell = self._inre(tabell, del_, vag, oppna)
        sist = delar[-1]
        vag = (*vag, sist.namn)
        varde, slut = self.varde(pos, vag, Plan.KLAMMER)
        if sist.namn in tabell:
            self._dubbel(sist, vag)
        elif varde is not None:
            tabell[sist.namn] = varde
            self.spann.setdefault(vag, Spann(sist.start, sist.slut, pos, slut))
        return slut

    def _inre(self, tabell: dict[str, Any], del_: Namndel, vag: Vag, oppna: set[int]) -> dict[str, Any]:
        inre = tabell.get(del_.namn)
        if inre is None:
            tabell[del_.namn] = inre = {}
            oppna.add(id(inre))
            self.spann.setdefault(vag, Spann(del_.start, del_.slut, del_.start, del_.slut))
        if not isinstance(inre, dict) or id(inre) not in oppna:
            self._dubbel(del_, vag)
            return {}
        return inre

    def _dubbel(self, del_: Namndel, vag: Vag) -> None:
        rad = self.fel.rader.rad(self.spann[vag].nyckel_start) if vag in self.spann else 1
        self.fel.meld("toml-dubbel-nyckel", del_.start, del_.slut, citat(del_.namn), rad=rad)
