"""Reads the names of TOML, dotted or not, and the sign after them; and what people write instead."""

from __future__ import annotations

import re
from typing import Final

from indikatorer.toml.fel import citat
from indikatorer.toml.lasare import BAR, ENRADIG, MAX_DJUP, ORD, TYPO, Namndel, Olaslig, Plan, till
from indikatorer.toml.slarv import skriv_text, tolka_namn
from indikatorer.toml.strang import Stranglasare

_NAMN: Final = re.compile(ORD)
_NAMN_MED_MELLANRUM: Final = re.compile(rf"{ORD}(?:[ \t]++{ORD})++(?=[ \t]*+[=.:\]])")
_OPPET_NAMN: Final = re.compile(r"[\"']([^\"'=\r\n]{1,100}?)(?=[ \t]*+=)")
_VARDE_BORJAR: Final = re.compile(
    rf"[\"'{TYPO}\[{{0-9]|[+-][0-9]|(?:true|false|minst|högst|mellan|samtliga|lägre|högre)(?!\w)"
)
_NAMNCITAT: Final = re.compile(rf"[{TYPO}]([^\r\n=]{{1,200}}?)[{TYPO}\"'](?=[ \t]*+[=.:\]])")


class Namnlasare(Stranglasare):
    """Reads names."""

    def nyckel(self, pos: int, *, i_rubrik: bool = False) -> tuple[list[Namndel], int]:
        """A name, dotted or not, up to what follows it.

        Raises:
            Olaslig: nothing here can be a name.
        """
        delar: list[Namndel] = []
        while True:
            pos = self.luft(pos)
            if self.text[pos : pos + 1] == "." or (delar and self._namn_slut(pos)):
                pos = self._punkt(delar, pos)
                if self._namn_slut(pos):
                    return delar, pos
                continue
            if len(delar) >= MAX_DJUP:
                self.olaslig(pos, "toml-for-djupt", citat(self.text[delar[0].start : pos]))
            delar.append(self._namndel(pos, i_rubrik))
            pos = self.luft(delar[-1].slut)
            if self.text[pos : pos + 1] != ".":
                return delar, pos
            pos += 1

    def _namn_slut(self, pos: int) -> bool:
        return self.text[pos : pos + 1] in ("", "\r", "\n", "=", ":", "]")

    def _punkt(self, delar: list[Namndel], pos: int) -> int:
        """A dot with no name before or after it."""
        slut = pos
        while self.text[slut : slut + 1] in (".", " ") and slut < len(self.text):
            slut += 1
        start = delar[-1].slut if delar and slut == pos else pos
        if not delar and self._namn_slut(slut):
            self.olaslig(pos, "toml-syntax")
        fore = delar[-1].namn if delar else ""
        efter = till(BAR, self.text, slut)
        ny = fore + ("." if fore and efter > slut else "") + self.text[slut:efter]
        fran = delar[-1].start if delar else start
        slut_text = max(efter, slut)
        luft = " " if self.text[slut : slut + 1] in ("=", ":") else ""
        self.fel.meld(
            "toml-punkt", start, max(slut, start + 1), citat(self.text[fran:slut_text]), ny=ny, fix=(start, slut, luft)
        )
        return slut

    def _namndel(self, pos: int, i_rubrik: bool) -> Namndel:
        text = self.text
        tecken = text[pos : pos + 1]
        if tecken in ('"', "'") and tecken:
            if not text.startswith(tecken * 3, pos) and ENRADIG[tecken].match(text, pos):
                namn, slut = self.enradig(pos, Plan.RAD)
                return Namndel(namn, pos, slut)
            return self._oppet_namn(pos)
        typo = _NAMNCITAT.match(text, pos)
        if typo is not None:
            namn = typo[1]
            ny = namn if BAR.fullmatch(namn) else skriv_text(namn)
            self.fel.meld("toml-typografiska-citattecken", pos, typo.end(), typo[0], ny=ny, fix=(*typo.span(), ny))
            return Namndel(namn, pos, typo.end())
        traff = _NAMN_MED_MELLANRUM.match(text, pos) or _NAMN.match(text, pos)
        if traff is None:
            self.olaslig(pos, "toml-syntax")
        skrivet, slut = traff[0], traff.end()
        if BAR.fullmatch(skrivet):
            return Namndel(skrivet, pos, slut)
        tolkning = tolka_namn(skrivet, "-" if i_rubrik else "_")
        self.fel.meld(tolkning.kod, pos, slut, citat(skrivet), ny=tolkning.skrivs, fix=(pos, slut, tolkning.skrivs))
        return Namndel(tolkning.varde, pos, slut)

    def _oppet_namn(self, pos: int) -> Namndel:
        """A name in quotes, of which the second is missing."""
        traff = _OPPET_NAMN.match(self.text, pos)
        if traff is None or "\\" in traff[1]:
            self.olaslig(pos, "toml-syntax")
        slut, tecken = traff.end(), self.text[pos]
        self.fel.meld(
            "toml-citattecken-oavslutat",
            pos,
            slut,
            citat(traff[1]),
            ny=f"{tecken}{traff[1]}{tecken}",
            fix=(slut, slut, tecken),
        )
        return Namndel(traff[1], pos, slut)

    def likhetstecken(self, delar: list[Namndel], pos: int) -> int:
        """Past the sign between a name and its value, or what was typed for it.

        Raises:
            Olaslig: there is none, and what follows is no value either.
        """
        text, start = self.text, delar[0].start
        namn = text[start : delar[-1].slut]
        if text[pos : pos + 1] == "=":
            slut = pos + 1
            while text[slut : slut + 1] in ("=", ">") and slut < len(text):
                slut += 1
            if slut > pos + 1:
                self.fel.meld("toml-dubbelt-likhetstecken", pos, slut, citat(text[pos:slut]), fix=(pos, slut, "="))
            return slut
        if text[pos : pos + 1] == ":":
            slut = pos + (2 if text.startswith(":=", pos) else 1)
            ny = "=" if text[pos - 1 : pos] in (" ", "\t") else " ="
            self.fel.meld(
                "toml-kolon", pos, slut, f"{citat(text[pos:slut])} efter {citat(namn)}", ny=namn, fix=(pos, slut, ny)
            )
            return slut
        if _VARDE_BORJAR.match(text, pos):
            self.fel.meld("toml-likhetstecken-saknas", start, pos, citat(namn), ny=namn, fix=(pos, pos, "= "))
            return pos
        slut = self.radens_slut(pos)
        self.fel.meld("toml-likhetstecken-saknas", start, delar[-1].slut, citat(namn), ny=namn, trasig=True)
        raise Olaslig(slut)
