"""The gate's check of the PDF twin: that it is there, and holds what an archive and a screen reader ask for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf

from bokslut.grind.hinder import Hinder, hinder
from bokslut.tryck.pdf import BOKSLUT, SAMMANFATTNING


def granska_pdf(mapp: Path) -> Iterator[Hinder]:
    """Both documents of a built site. That they keep every rule of the standards is tested where they are made."""
    for namn in (BOKSLUT, SAMMANFATTNING):
        if not (mapp / namn).is_file():
            atgard = "Datorn saknar pango: på Debian och Ubuntu, apt install libpango-1.0-0 libpangoft2-1.0-0."
            yield hinder("pdf-saknas", namn, "Bokslutet har inte gjorts som PDF.", atgard)
            continue
        for brist in _brister(mapp / namn):
            atgard = "Uppdatera programmet, eller anmäl felet."
            yield hinder("pdf-ogiltig", namn, f"Dokumentet {brist}.", atgard)


def _brister(fil: Path) -> Iterator[str]:
    try:
        with pikepdf.open(fil) as pdf:
            with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as uppgifter:
                if uppgifter.pdfa_status != "3A":
                    yield "säger inte att det är gjort för arkiv (PDF/A-3a)"
                if uppgifter.get("pdfuaid:part") != "1":
                    yield "säger inte att det är tillgängligt (PDF/UA-1)"
            if "/StructTreeRoot" not in pdf.Root or "/Lang" not in pdf.Root:
                yield "saknar den struktur och det språk som uppläsning behöver"
    except pikepdf.PdfError:
        yield "går inte att öppna"
