"""Turns the columns of another tool into ours, text by text and not row by row, and tells all that is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from enkat.formular import VILL_INTE_SVARA, Enkat, Fraga
from enkat.frysning.kallbeskrivning import kolumner
from enkat.inlasning.mappning import Malkolumn, Mappning, kandidat, malkolumner, tolka
from enkat.inlasning.tabell import Importtabell, bokstav, sammanfattad
from enkat.svar import fel_i_svar
from indikatorer.diagnos import Diagnos, Niva, narmast

SLAG_REGEL: Final = {
    "datum": ("är ett datum i filen", "Excel gör om svar som 4-5 till datum. Skriv in svaret som text."),
    "formel": ("är en formel utan uträknat värde", "Öppna filen i Excel och spara den, eller klistra in som värden."),
    "felvarde": ("är ett felvärde", "Rätta formeln, eller skriv svaret."),
}

Spalt = np.ndarray[tuple[int], np.dtype[np.object_]]


class Tolkare:
    """Turns columns into ours, text by text and not row by row, and gathers what is wrong."""

    def __init__(self, tabell: Importtabell, mappning: Mappning, enkat: Enkat) -> None:
        self.tabell, self.mappning, self.enkat = tabell, mappning, enkat
        self.fel: list[Diagnos] = []
        self.trasig = np.zeros(tabell.rader, dtype=bool)

    def spalter(self) -> dict[str, Spalt]:
        """Our columns, each a text per row. Those that the file lacks are empty, and told."""
        mal = malkolumner(self.enkat)
        spalter: dict[str, Spalt] = {}
        for rubrik in self.tabell.kolumner:
            namn = self.mappning.kolumner[rubrik]
            if namn:
                spalter |= self._kolumn(rubrik, mal[namn])
        for namn in kolumner(self.enkat):
            if namn not in spalter:
                spalter[namn] = np.full(self.tabell.rader, "", dtype=object)
                if namn != "enhet":
                    self.fel.append(self._saknad(namn))
        return spalter

    def dolda(self, spalter: dict[str, Spalt]) -> None:
        """Take out answers to questions that did not apply, as when an answer of ours is frozen."""
        for fraga in self.enkat.fragor:
            villkor = fraga.visas_om
            if villkor is None or villkor.fraga not in self.mappning.kolumner.values():
                continue
            styrande = spalter.get(villkor.fraga)
            for namn in [n for n in spalter if n == fraga.id or n.startswith(f"{fraga.id}.")]:
                if styrande is not None:
                    self._dolj(spalter[namn], styrande, villkor.svar, namn)

    def _dolj(self, spalt: Spalt, styrande: Spalt, svar: Sequence[str], namn: str) -> None:
        # As in `formular.ar_synlig`: a question that was not answered counts as vill_inte_svara.
        givet = np.where(styrande == "", VILL_INTE_SVARA, styrande)
        bort = ~np.isin(givet, list(svar)) & (spalt != "")
        if bort.any():
            rader = [self.tabell.radnummer[int(i)] for i in np.flatnonzero(bort)]
            regel = f"har svar på {namn} fast frågan inte gällde dem; de svaren räknas inte"
            plats = self.tabell.plats(int(np.flatnonzero(bort)[0]), next(iter(self.tabell.kolumner)))
            fann = sammanfattad(rader).capitalize()
            self.fel.append(
                Diagnos("dold-fraga", self.tabell.fil, plats, fann, regel, "", falt=namn, niva=Niva.VARNING)
            )
            spalt[bort] = ""

    def _kolumn(self, rubrik: str, mal: Malkolumn) -> dict[str, Spalt]:
        kolumn, ord_ = self.tabell.kolumner[rubrik], self.mappning.ord_for(mal)
        finns = np.bincount(kolumn.koder, minlength=len(kolumn.varden)) > 0
        tolkade: list[Mapping[str, str]] = []
        for kod, text in enumerate(kolumn.varden):
            svar = self._varde(rubrik, mal, ord_, text) if finns[kod] else {}
            if svar is None:
                self._fel_varde(rubrik, mal, text, kod)
            tolkade.append(svar or {})
        if mal.namn == "enhet":
            self._snarlika([text for kod, text in enumerate(kolumn.varden) if finns[kod] and text], rubrik)
        namn = [f"{mal.namn}.{a}" for a in self.enkat.alternativ(mal.fraga)] if mal.flera and mal.fraga else [mal.namn]
        return {n: np.array([t.get(n, "") for t in tolkade], dtype=object)[kolumn.koder] for n in namn}

    def _varde(self, rubrik: str, mal: Malkolumn, ord_: Mapping[str, str], text: str) -> Mapping[str, str] | None:
        """Our columns' values for one text; None when it is none."""
        slag = self.tabell.slag.get(rubrik, {}).get(text)
        if text not in ord_ and slag is not None and not (slag == "datum" and mal.fraga and mal.fraga.typ == "datum"):
            return None
        if mal.flera and mal.fraga is not None:
            return self._flera(mal, mal.fraga, ord_, text)
        if mal.fraga is not None and mal.skala is None and text and text not in ord_:
            return self._fritt(mal, mal.fraga, text)
        svar = tolka(mal, ord_, text)
        return None if svar is None else {mal.namn: svar}

    def _flera(self, mal: Malkolumn, fraga: Fraga, ord_: Mapping[str, str], text: str) -> Mapping[str, str] | None:
        alternativ = self.enkat.alternativ(fraga)
        delar = [text] if text in ord_ else [d.strip() for d in text.split(self.mappning.huvud.fler_svar)]
        valda = [tolka(mal, ord_, d) for d in delar if d]
        if None in valda:
            return None
        kvar = tuple(v for v in valda if v)
        if kvar == (VILL_INTE_SVARA,):
            return {f"{fraga.id}.{a}": VILL_INTE_SVARA for a in alternativ}
        if kvar and fel_i_svar(self.enkat, fraga, kvar) is not None:
            return None
        return {f"{fraga.id}.{a}": ("ja" if a in kvar else "nej") if kvar else "" for a in alternativ}

    def _fritt(self, mal: Malkolumn, fraga: Fraga, text: str) -> Mapping[str, str] | None:
        """A number or a date."""
        if tolka(mal, {}, text) == VILL_INTE_SVARA:
            return {mal.namn: VILL_INTE_SVARA}
        kort = text[:10] if fraga.typ == "datum" else text
        return {mal.namn: kort} if fel_i_svar(self.enkat, fraga, kort) is None else None

    def _fel_varde(self, rubrik: str, mal: Malkolumn, text: str, kod: int) -> None:
        rader = np.flatnonzero(self.tabell.kolumner[rubrik].koder == kod)
        self.trasig[rader] = True
        slag = self.tabell.slag.get(rubrik, {}).get(text)
        regel = f"är inget svar på {mal.namn}"
        tabell = f"[skala.{mal.skala_id}]" if mal.skala_id else f"[svar.{mal.namn}]"
        atgard = f"Skriv under {tabell} i mappningen vad det betyder, eller rätta filen."
        if slag is not None:
            regel, atgard = SLAG_REGEL[slag]
        nara = kandidat(mal, text)
        var = f"i kolumn {bokstav(self.tabell.nummer[rubrik])} ({rubrik}), "
        var += sammanfattad([self.tabell.radnummer[int(r)] for r in rader])
        self.fel.append(
            Diagnos(
                kod="okant-svar" if slag is None else f"cell-{slag}",
                fil=self.tabell.fil,
                plats=self.tabell.plats(int(rader[0]), rubrik),
                fann=f"”{text}” {var},",
                regel=regel,
                atgard=atgard,
                kandidat=f"”{nara}”" if nara and slag is None else None,
                falt=mal.namn,
            )
        )

    def _snarlika(self, enheter: Sequence[str], rubrik: str) -> None:
        """Names of enheter that may be the same one, spelt twice."""
        for plats, enhet in enumerate(enheter):
            andra = narmast(enhet, enheter[:plats])
            if andra is not None and (andra.casefold() == enhet.casefold() or abs(len(andra) - len(enhet)) <= 2):
                regel = f"liknar ”{andra}”"
                atgard = "Är de samma enhet: skriv det under [enhet] i mappningen."
                var = self.tabell.plats_rubrik(rubrik)
                d = Diagnos(
                    "snarlik-enhet", self.tabell.fil, var, f"Enheten ”{enhet}”", regel, atgard, niva=Niva.VARNING
                )
                self.fel.append(d)

    def _saknad(self, namn: str) -> Diagnos:
        regel = "finns inte i filen, och blir obesvarad för alla"
        plats = self.mappning.dok.plats_nyckel(("kolumn",))
        atgard = "Ställdes frågan inte det året är det rätt så."
        return Diagnos(
            "fraga-saknas", self.mappning.dok.fil, plats, f"Frågan {namn}", regel, atgard, falt=namn, niva=Niva.VARNING
        )
