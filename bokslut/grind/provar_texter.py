"""The gate's check of the texts: what an author wrote against what was computed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bokslut.grind.hinder import Hinder, hinder
from bokslut.text.berattelsegranskning import granska_berattelser
from bokslut.text.texter import KOMMENTARER, MAPP, Texter
from bokslut.text.textgranskning import Textlasare, granska_texter, saknar_kommentar
from indikatorer.berattelser import las_berattelse
from indikatorer.diagnos import Diagnos, Niva
from indikatorer.forberedelse import Forberett
from indikatorer.resultat import Utvardering

# What the review of stories calls its warnings, and what the gate does.
_OM_BERATTELSER: Final = {"kan-peka-ut": "berattelse-kan-peka-ut", "ej-avidentifierad": "berattelse-ej-genomgangen"}


def granska_igenkanning(forberett: Forberett, u: Utvardering) -> Iterator[Hinder]:
    """What may point somebody out in the stories that are published."""
    visas = set()
    for data in forberett.underlag.kallor.values():
        for namn, text in data.texter.items():
            inledning, _, _ = las_berattelse(fil := f"{data.fil}/{namn}", text)
            if inledning is not None and inledning.far_visas():
                visas.add(fil)
    for d in granska_berattelser(forberett, u):
        if d.fil in visas and d.kod in _OM_BERATTELSER:
            yield hinder(_OM_BERATTELSER[d.kod], _var(d, _mapp(forberett)), d.mening(), "")


def granska_text(
    forberett: Forberett, texter: Texter, u: Utvardering, lasare: Textlasare | None = None
) -> Iterator[Hinder]:
    """Faulty texts, numbers that no figure bears out, and red results that nobody comments on.

    lasare: one that has read texts against this evaluation before.
    """
    underlag = _mapp(forberett)
    for d in granska_texter(texter, u, lasare):
        kod = "fel-i-text" if d.niva is Niva.FEL else "text-mot-siffra"
        yield hinder(kod, _var(d, underlag), d.mening(), "")
    for r in {r.id: r for r in reversed(saknar_kommentar(u, texter))}.values():
        fil = f"{MAPP}/{KOMMENTARER}/{r.id}.md"
        text = f"{r.nummer or r.id} {r.titel} är röd utan kommentar."
        yield hinder("rod-utan-kommentar", fil, text, "Skriv vad som ligger bakom och vad ni gör åt det.")


def _mapp(forberett: Forberett) -> Path:
    return Path(forberett.underlag.dok.fil).parent


def _var(d: Diagnos, underlag: Path) -> str:
    """Where, from the underlag: a warning that is let through is published, and no path of a machine with it."""
    return f"{os.path.relpath(d.fil, underlag)}:{d.plats.rad}"
