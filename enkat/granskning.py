"""Who has reviewed each translation: translations/granskning.toml."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from enkat.felplats import fel_i
from indikatorer.diagnos import Diagnos, Niva
from indikatorer.schema import Modell, las_modell
from indikatorer.toml.source import TomlDokument, las_bytes, las_toml
from indikatorer.underlag import fel_okand


class Granskning(Modell):
    """The state of one language. granskad_av: a name, "" while nobody has. datum: when, as 2026-03-31.

    texter: `sprak.textsumma` of what was reviewed; a text that is changed has not been read by anyone.
    undantag: why the förbundschef lets it be used without a review; shown on the method page. "" when not so.
    """

    granskad_av: str = ""
    datum: str = ""
    texter: str = ""
    undantag: str = ""

    def granskad(self, textsumma: str) -> bool:
        """Whether somebody has reviewed the very texts that there are now."""
        return bool(self.granskad_av.strip() and _ar_datum(self.datum)) and self.texter == textsumma

    def godkand(self, textsumma: str) -> bool:
        """Whether a live round may offer it."""
        return self.granskad(textsumma) or bool(self.undantag.strip())


def las_granskning(fil: str, data: bytes, summor: Mapping[str, str]) -> tuple[Mapping[str, Granskning], list[Diagnos]]:
    """The state of each language by its code, and every fault. What is faulty or absent counts as not reviewed.

    summor: `sprak.textsumma` of each language that there is, by its code.
    """
    avkodad = las_bytes(fil, data)
    dok = las_toml(fil, avkodad.text)
    fel = [*avkodad.diagnoser, *dok.diagnoser]
    lasta = {}
    for kod, ra in dok.data.items():
        if kod not in summor:
            fel.append(fel_okand(dok, (kod,), "språk", kod, list(summor)))
            continue
        granskning, nya = las_modell(Granskning, dok, (kod,), ra if isinstance(ra, Mapping) else {})
        fel += nya
        if granskning is None or nya:
            continue
        lasta[kod] = granskning
        if granskning.granskad_av and not _ar_datum(granskning.datum):
            regel = "ska vara dagen då översättningen granskades, som 2026-03-31"
            fann = f"”{granskning.datum}”" if granskning.datum else ""
            fel.append(fel_i(dok, (kod, "datum"), "fel-datum", fann, regel, "Skriv datumet."))
        elif granskning.granskad_av and not granskning.granskad(summor[kod]):
            fel.append(_foraldrad(dok, kod, granskning, summor[kod]))
    return lasta, fel


def _foraldrad(dok: TomlDokument, kod: str, granskning: Granskning, textsumma: str) -> Diagnos:
    vag = (kod, "texter") if granskning.texter else (kod, "granskad_av")
    regel = f"gäller inte de texter som finns nu, så {kod} erbjuds inte i en riktig omgång"
    atgard = f'När {kod} är genomläst som det är nu: skriv texter = "{textsumma}", och datumet.'
    fann = f"Granskningen av {granskning.granskad_av}"
    return fel_i(dok, vag, "granskning-foraldrad", fann, regel, atgard, niva=Niva.VARNING)


def _ar_datum(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
