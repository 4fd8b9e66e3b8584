"""Reads TOML line by line into tables.

A clean line is read by one regular expression; what that does not know goes to toml_varden, which knows the whole
language and what people write in its place. Tables, and who may add to them, follow tomllib exactly.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Any, Final

from indikatorer.toml.fel import Fellista, Vag, citat
from indikatorer.toml.lasare import ANNAT, Namndel, Olaslig, Plan, Spann, ny_sats_vid, till
from indikatorer.toml.varden import Vardelasare

_STRANG: Final = r'"[^"\\\x00-\x08\x0a-\x1f\x7f]*+"'
_LUFT: Final = r"(?:[ \t]|\r?\n)*+"
_LISTA: Final = rf"\[{_LUFT}(?:{_STRANG}{_LUFT}(?:,{_LUFT}|(?=\])))*+\]"
_INRE: Final = rf"[A-Za-z0-9_-]++[ \t]*+=[ \t]*+(?:{_STRANG}|{_LISTA})[ \t]*+"
_KLAR_RAD: Final = re.compile(
    rf"""[ \t]*+(?:
        ([A-Za-z0-9_-]++)[ \t]*+=[ \t]*+(?:                     # 1 a bare name
            ({_STRANG})                                         # 2 a string without backslashes
          | ({_LISTA})                                          # 3 a list of such strings
          | (true|false)                                        # 4
          | (0|[1-9][0-9]{{0,17}})                              # 5 a whole number
          | (\{{[ \t]*+(?:{_INRE}(?:,[ \t]*+(?!\}})|(?=\}})))*+\}})  # 6 an inline table of 2 and 3
        )
      | \[([A-Za-z0-9_-]++(?:\.[A-Za-z0-9_-]++){{0,9}}+)\]        # 7 a header
    )?[ \t]*+(?:\#[^\x00-\x08\x0a-\x1f\x7f]*+)?(?:\r?\n|\Z)""",
    re.VERBOSE,
)
_SIST: Final = re.compile(rf";[ \t{ANNAT}]*+(?:#|\r|\n|\Z)")
_SLUTTECKEN: Final = re.compile(r"[\]})]++")
_ELEMENT: Final = re.compile(r'"([^"]*)"')
_INRE_PAR: Final = re.compile(rf'([A-Za-z0-9_-]++)[ \t]*+=[ \t]*+(?:"([^"]*)"|({_LISTA}))')
# What the faults of a table are charged to when its header could not be read.
_OKAND: Final[Vag] = ("?",)


class _Slag(Enum):
    """How a table came to be, which decides who may add to it. What has no Slag is a value, and closed."""

    UNDERFORSTADD = auto()  # [a.b] makes a
    RUBRIK = auto()  # [a]
    PUNKT = auto()  # a.b = 1 makes a
    LISTA = auto()  # [[a]]


class Satslasare:
    """One reading of one text, line by line."""

    def __init__(self, fil: str, text: str) -> None:
        self.text = text
        self.fel = Fellista(fil, text)
        self.data: dict[str, Any] = {}
        self.spann: dict[Vag, Spann] = {}
        self.tabeller: dict[Vag, Spann] = {}
        self._lasare = Vardelasare(text, self.fel, self.spann)
        self._slag = {id(self.data): _Slag.RUBRIK}
        self._losa: list[dict[str, Any]] = []
        self._nu = self.data
        self._vag: Vag = ()

    def las(self) -> None:
        """Read it all. The first branch is the one that almost every line takes, hence its plain looks."""
        text, spann, matcha = self.text, self.spann, _KLAR_RAD.match
        pos, slut = 0, len(text)
        while pos < slut:
            traff = matcha(text, pos)
            if traff is None or (traff[1] and traff[1] in self._nu):
                pos = self._sats(pos)
                continue
            pos = traff.end()
            sort = traff.lastindex
            if sort is None:
                continue
            if sort == 7:
                start, stopp = traff.span(7)
                self._rubrik(_delar(traff[7], start), False, start - 1, stopp + 1)
                continue
            namn, skrivet = traff[1], traff[sort]
            if sort == 2:
                self._nu[namn] = skrivet[1:-1]
            elif sort == 3:
                self._nu[namn] = _ELEMENT.findall(skrivet)
            elif sort == 6:
                par = _INRE_PAR.findall(skrivet)
                inre = {k: _ELEMENT.findall(lista) if lista else strang for k, strang, lista in par}
                if len(inre) < len(par):  # a name twice
                    pos = self._sats(traff.start())
                    continue
                self._nu[namn] = inre
            else:
                self._nu[namn] = skrivet == "true" if sort == 4 else int(skrivet)
            spann[(*self._vag, namn)] = Spann(*traff.span(1), *traff.span(sort))

    def _sats(self, pos: int) -> int:
        """One statement that is not plain, up to the beginning of the next."""
        lasare = self._lasare
        self.fel.vag = self._vag
        djup = len(self.fel.diagnoser)
        try:
            pos = lasare.luft(pos)
            if lasare.ar_radslut(pos):
                return lasare.nyrad(pos)
            if lasare.ar_kommentar(pos) or self.text[pos] == ";":
                return lasare.nyrad(lasare.kommentar(pos))
            if self.text[pos] == "[":
                return self._svans(self._las_rubrik(pos))
            return self._svans(self._par(pos))
        except Olaslig as hinder:
            assert len(self.fel.diagnoser) > djup
            return self._nasta_sats(hinder.pos, pos)
        finally:
            self.fel.vag = ()

    def _nasta_sats(self, slut: int, start: int) -> int:
        """Past the rest of a value that could not be read: the lines that begin like the inside of a list."""
        pos = self._lasare.nyrad(slut)
        if not re.search(r"[\[{]", self.text[start:slut]):
            return pos
        while pos < len(self.text) and re.match(r"[ \t]*+[\"'\]}]", self.text[pos : pos + 200]):
            if ny_sats_vid(self.text, pos):
                break
            pos = self._lasare.nyrad(self._lasare.radens_slut(pos))
        return pos

    # --- pairs ---

    def _par(self, start: int) -> int:
        lasare = self._lasare
        if self.text[start] == "=":
            slut = lasare.radens_slut(start)
            self.fel.meld("toml-nyckel-saknas", start, start + 1, "", trasig=True)
            raise Olaslig(slut)
        antal = len(self.fel.diagnoser)
        delar, pos = lasare.nyckel(start)
        vag: Vag = (*self._vag, *(d.namn for d in delar))
        self.fel.vag = vag
        try:
            pos = lasare.luft(lasare.likhetstecken(delar, pos))
        except Olaslig:  # no pair at all, so what its name looks like does not matter
            del self.fel.diagnoser[antal:-1]
            raise
        if lasare.ar_radslut(pos) or lasare.ar_kommentar(pos) or self.text[pos] in ",;":
            namn = self.text[start : delar[-1].slut]
            self.fel.meld("toml-varde-saknas", start, delar[-1].slut, citat(namn), trasig=True)
            return pos
        tabell = self._oppna(delar)
        varde, slut = self._varde(pos, vag)
        if tabell is not None and delar[-1].namn in tabell:
            self._dubbel_nyckel(delar, vag, tabell[delar[-1].namn] == varde and start, slut)
        elif tabell is not None and varde is not None:
            tabell[delar[-1].namn] = varde
            self.spann[vag] = Spann(delar[0].start if len(delar) == 1 else delar[-1].start, delar[-1].slut, pos, slut)
        return slut

    def _varde(self, pos: int, vag: Vag) -> tuple[Any, int]:
        """The value; several with commas between them are a list that has lost its brackets."""
        lasare = self._lasare
        varde, slut = lasare.varde(pos, vag, Plan.RAD)
        foljd = lasare.luft(slut)
        if self.text[foljd : foljd + 1] != "," or isinstance(varde, (dict, list)):
            return varde, foljd
        nasta = lasare.luft(foljd + 1)
        if lasare.ar_radslut(nasta) or lasare.ar_kommentar(nasta) or ny_sats_vid(self.text, nasta, mitt_i=True):
            return varde, foljd
        resten, slut = lasare.lista(nasta, vag, oppnad=False)
        skrivet = self.text[pos:slut].rstrip("] \t")
        ny = f"[{skrivet}]"
        self.fel.meld(
            "toml-hakparentes-saknas",
            pos,
            slut,
            citat(self.text[pos:slut]),
            vad="hakparenteser",
            ny=ny,
            fix=(pos, slut, ny),
        )
        return [varde, *resten], slut

    def _oppna(self, delar: list[Namndel]) -> dict[str, Any] | None:
        """The table that a dotted name puts its value in; None, and told, when that is closed."""
        tabell, vag = self._nu, self._vag
        for del_ in delar[:-1]:
            vag = (*vag, del_.namn)
            inre = tabell.get(del_.namn)
            if inre is None:
                tabell[del_.namn] = inre = {}
                self.spann[vag] = Spann(del_.start, del_.slut, del_.start, del_.slut)
            elif self._slag.get(id(inre)) not in (_Slag.UNDERFORSTADD, _Slag.PUNKT):
                self._stangd(vag, del_.start, delar[-1].slut)
                return None
            self._slag[id(inre)] = _Slag.PUNKT
            tabell = inre
        return tabell

    def _dubbel_nyckel(self, delar: list[Namndel], vag: Vag, lika_fran: int | bool, slut: int) -> None:
        """lika_fran: where the pair begins when it says the same as the first, so that its line can go; else False."""
        fix = None
        if lika_fran is not False:
            fore, efter = self.text.rfind("\n", 0, lika_fran) + 1, self._lasare.radens_slut(slut)
            rest = self.text[slut:efter].strip()
            if not self.text[fore:lika_fran].strip() and (not rest or rest.startswith("#")):
                fix = (fore, min(efter + 1 + self.text.startswith("\r\n", efter), len(self.text)), "")
        namn = self.text[delar[0].start : delar[-1].slut]
        self.fel.meld("toml-dubbel-nyckel", delar[0].start, delar[-1].slut, citat(namn), rad=self._rad(vag), fix=fix)

    # --- headers ---

    def _las_rubrik(self, start: int) -> int:
        self._nu, self._vag, self.fel.vag = (
            self._los_tabell(),
            _OKAND,
            (),
        )  # until the name is known, what follows belongs nowhere
        lasare, text = self._lasare, self.text
        lista = text.startswith("[[", start)
        pos = lasare.luft(start + 1 + lista)
        if text[pos : pos + 1] == "]":
            slut = pos + 1 + text.startswith("]]", pos)
            self.fel.meld("toml-tabellnamn-saknas", start, slut, citat(text[start:slut]), trasig=True)
            return slut
        delar, pos = lasare.nyckel(pos, i_rubrik=True)
        self.fel.vag = tuple(d.namn for d in delar)
        slut = pos
        while text[slut : slut + 1] == "]" and slut - pos < 1 + lista:
            slut += 1
        saknas = 1 + lista - (slut - pos)
        if saknas:
            fall = delar[-1].slut if slut == pos else slut
            self.fel.meld(
                "toml-hakparentes-saknas",
                start,
                max(fall, slut),
                citat(text[start : max(fall, slut)]),
                vad="avslutande hakparentes" if saknas == 1 else "avslutande hakparenteser",
                ny=f"{']' * saknas} efter namnet",
                fix=(fall, fall, "]" * saknas),
            )
        self._rubrik(delar, lista, start, slut)
        return slut

    def _rubrik(self, delar: list[Namndel], lista: bool, start: int, slut: int) -> None:
        """Open the table that a header names for the pairs below it; told, and they go nowhere, when it may not."""
        hit: dict[str, Any] = self.data
        vag: Vag = ()
        self._nu, self._vag = self._los_tabell(), tuple(d.namn for d in delar)
        for del_ in delar[:-1]:
            vag = (*vag, del_.namn)
            inre = hit.get(del_.namn)
            if inre is None:
                hit[del_.namn] = inre = {}
                self._slag[id(inre)] = _Slag.UNDERFORSTADD
                self.tabeller[vag] = Spann(del_.start, del_.slut, start, slut)
            slag = self._slag.get(id(inre))
            if slag is None:
                self.fel.vag = self._vag
                return self._stangd(vag, start, slut)
            if slag is _Slag.LISTA:
                vag, inre = (*vag, len(inre) - 1), inre[-1]
            hit = inre
        self._vag = (*vag, delar[-1].namn)
        self._oppna_rubrik(hit, delar[-1], lista, start, slut)

    def _oppna_rubrik(self, hit: dict[str, Any], del_: Namndel, lista: bool, start: int, slut: int) -> None:
        spann = Spann(del_.start, del_.slut, start, slut)
        finns = hit.get(del_.namn)
        slag = self._slag.get(id(finns))
        if finns is not None and slag is None:
            self.fel.vag = self._vag
            return self._stangd(self._vag, start, slut)
        if lista:
            if finns is None:
                hit[del_.namn] = finns = []
                self._slag[id(finns)] = _Slag.LISTA
                self.tabeller[self._vag] = spann
            elif slag is not _Slag.LISTA:
                return self._dubbel_tabell("toml-tabell-och-lista", start, slut, "enkla hakparenteser")
            self._vag = (*self._vag, len(finns))
            self._nu = {}
            finns.append(self._nu)
        elif slag is _Slag.LISTA:
            return self._dubbel_tabell("toml-tabell-och-lista", start, slut, "dubbla hakparenteser")
        elif slag in (_Slag.RUBRIK, _Slag.PUNKT):
            return self._dubbel_tabell("toml-dubbel-tabell", start, slut, "")
        else:
            self._nu = finns if finns is not None else {}
            hit[del_.namn] = self._nu
        self._slag[id(self._nu)] = _Slag.RUBRIK
        self.tabeller[self._vag] = spann
        return None

    def _los_tabell(self) -> dict[str, Any]:
        """A table for pairs that belong nowhere. Kept, for `_slag` knows tables by an id that must not be reused."""
        self._losa.append({})
        return self._losa[-1]

    def _dubbel_tabell(self, kod: str, start: int, slut: int, ny: str) -> None:
        self.fel.vag = self._vag
        skrivet = self.text[start:slut]
        fix = (start, slut, f"[{skrivet}]") if ny.startswith("dubbla") else None
        self.fel.meld(kod, start, slut, citat(skrivet), rad=self._rad(self._vag), ny=ny, fix=fix, trasig=True)

    def _stangd(self, vag: Vag, start: int, slut: int) -> None:
        """Tell that a table or pair would add to a value that is already whole."""
        namn = citat(".".join(map(str, vag)))
        skrivet = citat(self.text[start:slut])
        self.fel.meld("toml-nyckel-och-tabell", start, slut, skrivet, ny=namn, rad=self._rad(vag), trasig=True)

    def _rad(self, vag: Vag) -> int:
        spann = self.tabeller.get(vag) or self.spann.get(vag)
        return 1 if spann is None else self.fel.rader.rad(spann.start)

    # --- what follows on the same line ---

    def _svans(self, pos: int) -> int:
        """Past what stands after a header or a value; returns where the next statement begins."""
        lasare, text = self._lasare, self.text
        while True:
            pos = lasare.luft(pos)
            if lasare.ar_radslut(pos):
                return lasare.nyrad(pos)
            tecken = text[pos]
            if _SIST.match(text, pos):
                bort = (pos, pos + 1, "")
                self.fel.meld("toml-semikolon", pos, pos + 1, citat(";"), ny="Ta bort det.", fix=bort)
                pos += 1
            elif lasare.ar_kommentar(pos) or tecken == ";":
                pos = lasare.kommentar(pos)
            elif tecken == ",":
                pos = lasare.komma_for_mycket(pos)
            elif tecken in "]})":
                slut = till(_SLUTTECKEN, text, pos)
                self.fel.meld("toml-parentes-for-mycket", pos, slut, citat(text[pos:slut]), fix=(pos, slut, ""))
                pos = slut
            elif ny_sats_vid(text, pos, mitt_i=True):
                slut = lasare.radens_slut(pos)
                fore = pos
                while text[fore - 1] in " \t":
                    fore -= 1
                skrivet = citat(text[pos:slut])
                self.fel.meld("toml-flera-pa-raden", pos, slut, skrivet, ny=skrivet, fix=(fore, pos, "\n"))
                return pos
            else:
                slut = lasare.radens_slut(pos)
                self.fel.meld("toml-text-efter-varde", pos, slut, citat(text[pos:slut]), trasig=True)
                return lasare.nyrad(slut)


def _delar(namn: str, start: int) -> list[Namndel]:
    delar = []
    for del_ in namn.split("."):
        delar.append(Namndel(del_, start, start + len(del_)))
        start += len(del_) + 1
    return delar
