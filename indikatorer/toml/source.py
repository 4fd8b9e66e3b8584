"""A TOML text as plain values, with the place of every name and value, and all its faults at once.

Reading is done in layers, each a module: toml_satser (lines and tables), toml_varden, toml_strang, toml_lasare
(names and what stands between); toml_slarv knows what people write instead, toml_fel how to tell them.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from indikatorer.diagnos import HELA_FILEN, Diagnos, Plats
from indikatorer.toml.fel import Fellista, ForMangaFel, Rader, Vag
from indikatorer.toml.lasare import Olaslig, Plan, Spann
from indikatorer.toml.satser import Satslasare
from indikatorer.toml.varden import Vardelasare


@dataclass(frozen=True, slots=True)
class Avkodad:
    """Bytes as text. kodning: "utf-8", "utf-8-sig", "utf-16" or "cp1252".

    diagnoser: empty, or the one that says that this is no text; then text is "".
    """

    text: str
    kodning: str
    diagnoser: tuple[Diagnos, ...] = ()


def las_bytes(fil: str, data: bytes) -> Avkodad:
    """The text of a TOML or CSV file: UTF-8, UTF-16 with a byte order mark, else Windows-1252.

    A byte order mark is taken away, so all offsets refer to the text without it. Line endings are kept as they are.
    """
    text, kodning = _avkoda(data)
    if text is not None and "\0" not in text:
        return Avkodad(text, kodning)
    excel = data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))
    office = "Det ser ut som en Excel- eller Wordfil: spara den som text (en tabell som CSV UTF-8)."
    atgard = office if excel else "Kontrollera att det är rätt fil."
    return Avkodad("", kodning, (Diagnos("inte-text", fil, HELA_FILEN, "Filen", "är ingen textfil", atgard),))


def _avkoda(data: bytes) -> tuple[str | None, str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        forsok = ["utf-16"]
    elif data.startswith(codecs.BOM_UTF8):
        forsok = ["utf-8-sig"]
    else:
        forsok = ["utf-8", "cp1252"]
    for kodning in forsok:
        with suppress(UnicodeDecodeError):
            return data.decode(kodning), kodning
    return None, forsok[-1]


@dataclass(frozen=True)
class TomlDokument:
    """A TOML text that has been read, with or without faults.

    data: the values, as tomllib gives them; where something is wrong, what was plainly meant, or nothing.
    diagnoser: every fault of the syntax, in the order of the text. Empty exactly when tomllib would take the text.
    trasiga: the paths where something stands that could not be read, or only by guessing; () when part of the
    file was skipped. See `trasig`.
    A path (vag) is a tuple of names, and of int for the elements of lists: ("indikator", "x", "svar", 0).
    """

    fil: str
    text: str
    data: Mapping[str, Any]
    diagnoser: tuple[Diagnos, ...]
    trasiga: frozenset[Vag]
    _spann: dict[Vag, Spann] = field(repr=False)
    _tabeller: dict[Vag, Spann] = field(repr=False)

    @cached_property
    def _rader(self) -> Rader:
        return Rader(self.text)

    def plats_nyckel(self, vag: Vag) -> Plats:
        """The place of a name; in a header, that part of it. For an element of a list: the element.

        A path that is missing gets the place of the nearest ancestor that exists: of a table its whole header,
        of another value its name. Nothing exists: the beginning of the file (as for every path of an empty file).
        """
        spann = self._sok(vag)
        if spann is not None:
            return self.plats(spann.nyckel_start, spann.nyckel_slut)
        if vag in self._tabeller:
            tabell = self._tabeller[vag]
            return self.plats(tabell.nyckel_start, tabell.nyckel_slut)
        return self._anfader(vag)

    def plats_varde(self, vag: Vag) -> Plats:
        """The place of a value, quotes and brackets included; of a table its header. Missing: as in `plats_nyckel`."""
        spann = self._sok(vag) or self._tabeller.get(vag)
        return self._anfader(vag) if spann is None else self.plats(spann.start, spann.slut)

    def plats_tabell(self, vag: Vag) -> Plats:
        """The place of the header, with its brackets, of the table that is the path or holds it.

        In no table: as in `plats_nyckel`.
        """
        for i in range(len(vag), 0, -1):
            if vag[:i] in self._tabeller:
                spann = self._tabeller[vag[:i]]
                return self.plats(spann.start, spann.slut)
        return self.plats_nyckel(vag)

    def trasig(self, vag: Vag) -> bool:
        """Whether the text at the path, or around it, is too faulty to complain of what is missing or odd there.

        True when the path is in `trasiga`, or lies in a value that is; and when it is missing from a table that is,
        for one of the lines there that cannot be read may be it. What was plainly meant (a phrase without quotes)
        is not trasig.
        """
        if not self.trasiga:
            return False
        kring = [vag[:i] for i in range(len(vag)) if vag[:i] in self.trasiga]
        return (
            vag in self.trasiga or any(del_ in self._spann for del_ in kring) or (bool(kring) and not self.finns(vag))
        )

    def finns(self, vag: Vag) -> bool:
        """Whether something stands at the path: a value, or a table, also one that is only part of a header."""
        return vag in self._tabeller or self._sok(vag) is not None

    def plats(self, start: int, slut: int) -> Plats:
        """The place of the characters start..slut of the text."""
        return self._rader.plats(start, slut)

    def _anfader(self, vag: Vag) -> Plats:
        for i in range(len(vag) - 1, 0, -1):
            if vag[:i] in self._tabeller:
                spann = self._tabeller[vag[:i]]
                return self.plats(spann.start, spann.slut)
            if vag[:i] in self._spann:
                return self.plats(self._spann[vag[:i]].nyckel_start, self._spann[vag[:i]].nyckel_slut)
        return HELA_FILEN

    def _sok(self, vag: Vag) -> Spann | None:
        """The entry of a path. What a list or inline table on a clean line holds is entered when it is asked for."""
        for i in range(len(vag) - 1, 0, -1):
            hel = self._spann.get(vag[:i])
            if hel is not None and vag not in self._spann and self.text[hel.start] in "[{":
                with suppress(Olaslig, ForMangaFel):
                    lasare = Vardelasare(self.text, Fellista(self.fil, self.text), self._spann)
                    lasare.varde(hel.start, vag[:i], Plan.RAD)
        return self._spann.get(vag)


def las_toml(fil: str, text: str) -> TomlDokument:
    """Read a TOML text as far as it can be read. fil: what the faults are to call it. An empty text is no fault."""
    lasning = Satslasare(fil, text)
    try:
        lasning.las()
    except ForMangaFel:
        lasning.fel.for_manga()
    # A place that was passed twice, in looking ahead, told its faults twice.
    diagnoser = {(d.kod, d.plats): d for d in sorted(lasning.fel.diagnoser, key=lambda d: d.plats.start)}
    trasiga = frozenset(lasning.fel.trasiga)
    return TomlDokument(fil, text, lasning.data, tuple(diagnoser.values()), trasiga, lasning.spann, lasning.tabeller)
