"""Who has reviewed each translation: translations/granskning.toml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from enkat.felplats import fel_i
from indikatorer.diagnos import Diagnos
from indikatorer.schema import Modell, las_modell
from indikatorer.toml_source import las_bytes, las_toml
from indikatorer.underlag import fel_okand


class Granskning(Modell):
    """The state of one language. granskad_av: a name, "" while nobody has. datum: when, as 2026-03-31.

    undantag: why the förbundschef lets it be used without a review; shown on the method page. "" when not so.
    """

    granskad_av: str = ""
    datum: str = ""
    undantag: str = ""

    def godkand(self) -> bool:
        """Whether a live round may offer it."""
        return bool(self.granskad_av.strip() and _ar_datum(self.datum)) or bool(self.undantag.strip())


def las_granskning(fil: str, data: bytes, koder: Sequence[str]) -> tuple[Mapping[str, Granskning], list[Diagnos]]:
    """The state of each language by its code, and every fault. What is faulty or absent counts as not reviewed."""
    avkodad = las_bytes(fil, data)
    dok = las_toml(fil, avkodad.text)
    fel = [*avkodad.diagnoser, *dok.diagnoser]
    lasta = {}
    for kod, ra in dok.data.items():
        if kod not in koder:
            fel.append(fel_okand(dok, (kod,), "språk", kod, list(koder)))
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
    return lasta, fel


def _ar_datum(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
