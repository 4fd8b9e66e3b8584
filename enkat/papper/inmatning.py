"""Paper answers typed in by staff: read from the template, all faults at once, then sealed like any other answer.

Each row has a name of its own from the template (`inmatningsmall`). From it the form's nonce is made, so that a file
that is read twice, or again after an interruption, is counted once.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlmodel import Session

from enkat import fritext, urna
from enkat.formular import VILL_INTE_SVARA, Enkat, Fraga, Svar
from enkat.models import Omgang
from enkat.nycklar import Hemlighet
from enkat.papper.inmatningsmall import ENHET, PAPPER, VILL_INTE, numrerade
from enkat.papper.papperskopia import ALFABET
from enkat.sealed_state import NONCE, Tillstand
from enkat.store import Utfall, lamna_in
from enkat.svar import fel_i_svar, rensa
from indikatorer.diagnos import Diagnos, Niva, Plats, narmast
from indikatorer.tabell import Tabell, las_csv
from indikatorer.toml.source import las_bytes

_RUBRIK: Final = re.compile(r"\d+\.\s*([\w.]+)\s*:.*", re.DOTALL)
_NAMN: Final = re.compile(rf"[{ALFABET}]{{6}}-\d{{1,4}}")
_FLERA: Final = re.compile(r"[\s,+/]+")


@dataclass(frozen=True)
class Inmatad:
    """One paper, valid. namn: of its row in the template; rad: the line in the file."""

    namn: str
    rad: int
    enhet: str | None = field(repr=False)
    svar: Svar = field(repr=False)


def las_inmatning(
    fil: str, data: bytes, enkat: Enkat, enheter: Collection[str] = ()
) -> tuple[list[Inmatad], list[Diagnos]]:
    """The papers in a filled-in template, and all its faults. Rows where nothing is typed are not papers.

    enheter: those of the round; empty when the round knows none, and then none may be typed.
    """
    avkodad = las_bytes(fil, data)
    if avkodad.diagnoser:
        return [], list(avkodad.diagnoser)
    tabell, fel = las_csv(fil, avkodad.text)
    if tabell is None:
        return [], fel
    kolumner, fel = _kolumner(tabell, enkat)
    if fel:
        return [], fel
    lasare = _Lasare(tabell, enkat, kolumner, enheter)
    papper = [p for rad in range(tabell.rader) if (p := lasare.papper(rad)) is not None]
    return papper, lasare.fel


def mata_in(
    session: Session,
    omgang: Omgang,
    enkat: Enkat,
    hemlighet: Hemlighet,
    papper: Sequence[Inmatad],
    nu: datetime,
    slump: random.Random | None = None,
) -> Counter[Utfall]:
    """Seal each paper and put it in the urn, in an order that is not the file's. Counts what became of them.

    The same papers may be given again: those that are already there are counted as redan_mottaget.

    Raises:
        LagringFel: the database is busy, full or away; some may have been stored.
    """
    if omgang.publik_nyckel is None:
        return Counter({"stangd": len(papper)})
    ordning = list(papper)
    (slump or random.SystemRandom()).shuffle(ordning)
    utfall: Counter[Utfall] = Counter()
    for p in ordning:
        kuvert = urna.forsegla(enkat, p.svar, p.enhet, omgang.publik_nyckel, omgang.id)
        # Text on paper is not typed in; the envelope for it says no more than that somebody answered.
        tomt = fritext.forsegla(enkat, {}, omgang.publik_nyckel, omgang.id)
        utfall[lamna_in(session, _tillstand(omgang, enkat, p), kuvert, hemlighet, nu, tomt).utfall] += 1
    return utfall


def _tillstand(omgang: Omgang, enkat: Enkat, p: Inmatad) -> Tillstand:
    nonce = hashlib.sha256(f"papper\0{omgang.id}\0{p.namn}".encode()).digest()[:NONCE]
    return Tillstand(omgang.id, enkat.id, omgang.fingeravtryck, "sv", nonce, None, p.enhet, p.svar)


def _kolumner(tabell: Tabell, enkat: Enkat) -> tuple[dict[str, str], list[Diagnos]]:
    """Header by key. A header may be the key alone, or the template's long one, of which only the key counts."""
    kanda = [PAPPER, ENHET, *(nyckel for _, _, nyckel in numrerade(enkat))]
    kolumner: dict[str, str] = {}
    fel = []
    for rubrik in tabell.kolumner:
        traff = _RUBRIK.fullmatch(rubrik)
        nyckel = traff[1] if traff else rubrik
        if nyckel in kanda and nyckel not in kolumner:
            kolumner[nyckel] = rubrik
            continue
        kandidat = narmast(nyckel, kanda)
        regel = "är ingen kolumn i mallen" if nyckel not in kanda else "finns två gånger"
        atgard = "Använd mallens rubriker, eller ta bort kolumnen."
        fel.append(_fel_i_tabell("okand-kolumn", tabell, tabell.rubrik(rubrik), f"”{rubrik}”", regel, atgard, kandidat))
    for nyckel in kanda:
        if nyckel not in kolumner and nyckel != ENHET:
            regel = f"kolumnen {nyckel} saknas"
            fel.append(
                _fel_i_tabell(
                    "saknad-kolumn", tabell, tabell.rubrik(), "", regel, "Gör en ny mall och för över raderna."
                )
            )
    return kolumner, fel


def _fel_i_tabell(
    kod: str, tabell: Tabell, plats: Plats, fann: str, regel: str, atgard: str, kandidat: str | None = None
) -> Diagnos:
    return Diagnos(kod, tabell.fil, plats, fann, regel, atgard, kandidat=f"”{kandidat}”" if kandidat else None)


class _Lasare:
    """Reads rows and gathers their faults."""

    def __init__(self, tabell: Tabell, enkat: Enkat, kolumner: Mapping[str, str], enheter: Collection[str]) -> None:
        self.tabell, self.enkat, self.kolumner, self.enheter = tabell, enkat, kolumner, enheter
        self.fel: list[Diagnos] = []
        self.namn: set[str] = set()

    def papper(self, rad: int) -> Inmatad | None:
        """The paper of a row; None when the row is empty or faulty."""
        typade = {n: self._cell(rad, n) for _, _, n in numrerade(self.enkat)}
        if not any(typade.values()):
            return None
        antal_fel = len(self.fel)
        ra = {n: self._tolkat(rad, fraga, n, typade[n]) for _, fraga, n in numrerade(self.enkat) if typade[n]}
        namn, enhet = self._radnamn(rad), self._enhet(rad)
        if len(self.fel) > antal_fel:
            return None
        svar = rensa(self.enkat, ra)
        for nyckel in ra.keys() - svar.keys():
            self._dold(rad, nyckel)
        return Inmatad(namn, self.tabell.cell(rad, self.kolumner[PAPPER]).rad, enhet or None, svar)

    def _cell(self, rad: int, nyckel: str) -> str:
        if nyckel not in self.kolumner:
            return ""
        kolumn = self.tabell.kolumner[self.kolumner[nyckel]]
        return " ".join(kolumn.varden[int(kolumn.koder[rad])].split())

    def _radnamn(self, rad: int) -> str:
        namn = self._cell(rad, PAPPER)
        if _NAMN.fullmatch(namn) is None:
            regel = "ska vara radens namn i mallen, som ABC234-1, så att inget papper räknas två gånger"
            self._anmal("fel-papper", rad, PAPPER, namn, regel, "Behåll mallens namn, eller gör en ny mall.")
        elif namn in self.namn:
            self._anmal(
                "dubbelt-papper", rad, PAPPER, namn, "finns på två rader", "Ge varje papper en egen rad i mallen."
            )
        self.namn.add(namn)
        return namn

    def _enhet(self, rad: int) -> str:
        enhet = self._cell(rad, ENHET)
        if enhet in self.enheter or (not enhet and not self.enheter):
            return enhet
        lista = ", ".join(sorted(self.enheter))
        atgard = f"Enheterna är {lista}." if lista else "Töm cellen: omgången har inga enheter."
        self._anmal("okand-enhet", rad, ENHET, enhet, "är ingen enhet i omgången", atgard, narmast(enhet, self.enheter))
        return ""

    def _tolkat(self, rad: int, fraga: Fraga, nyckel: str, typat: str) -> str | tuple[str, ...]:
        delar = [self._svar(fraga, d) for d in (_FLERA.split(typat) if fraga.typ == "flera_val" else [typat])]
        varde = tuple(delar) if fraga.typ == "flera_val" else delar[0]
        matris = {nyckel.partition(".")[2]: varde} if fraga.typ == "matris" else None
        fel = self._fel_i_rad(fraga, varde) if matris is not None else fel_i_svar(self.enkat, fraga, varde)
        if fel is not None:
            regel = f"är inget svar på fråga {nyckel}" if fel != "motsager" else "är svar som inte går ihop"
            self._anmal("fel-svar", rad, nyckel, typat, regel, self._tillatna(fraga))
        return varde

    def _fel_i_rad(self, fraga: Fraga, varde: str | tuple[str, ...]) -> str | None:
        return None if varde in (*self.enkat.alternativ(fraga), VILL_INTE_SVARA) else "inte_ett_alternativ"

    def _svar(self, fraga: Fraga, typat: str) -> str:
        """An option's id from what was typed; what is none stays as it is, and is told."""
        skala = self.enkat.skala(fraga)
        if typat.casefold() in (VILL_INTE, VILL_INTE_SVARA, "vill inte svara"):
            return VILL_INTE_SVARA
        if skala is None:
            return typat
        if typat.isascii() and typat.isdigit() and 1 <= int(typat[:6]) <= len(skala.svar):
            return skala.svar[int(typat) - 1]
        ord_ = {text.casefold(): svar for svar, text in zip(skala.svar, skala.text, strict=True)}
        return ord_.get(typat.casefold(), typat.casefold() if typat.casefold() in skala.svar else typat)

    def _tillatna(self, fraga: Fraga) -> str:
        skala = self.enkat.skala(fraga)
        if skala is None:
            return "Skriv ett datum som 2026-03-31." if fraga.typ == "datum" else "Skriv ett heltal med siffror."
        return f"Skriv 1–{len(skala.svar)}, räknat uppifrån på papperet, eller {VILL_INTE} för Vill inte svara."

    def _dold(self, rad: int, nyckel: str) -> None:
        regel = "är svar på en fråga som inte gällde för den som svarade så på en tidigare fråga, och räknas inte"
        self._anmal("dold-fraga", rad, nyckel, self._cell(rad, nyckel), regel, "", niva=Niva.VARNING)

    def _anmal(
        self,
        kod: str,
        rad: int,
        nyckel: str,
        varde: str,
        regel: str,
        atgard: str,
        kandidat: str | None = None,
        niva: Niva = Niva.FEL,
    ) -> None:
        plats = self.tabell.cell(rad, self.kolumner[nyckel]) if nyckel in self.kolumner else self.tabell.rubrik()
        fann = f"”{varde}”" if varde else "En tom cell"
        mening = f"”{kandidat}”" if kandidat else None
        self.fel.append(
            Diagnos(kod, self.tabell.fil, plats, fann, regel, atgard, kandidat=mening, falt=nyckel, niva=niva)
        )
