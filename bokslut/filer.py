"""Every file of a bokslut beside its pages: those that the page of data lists, and those that only machines ask for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bokslut import saknas
from bokslut.fras import fras
from bokslut.innehall import Innehall
from bokslut.jamforelse.jamforsidor import build_jamforfiler, build_jamforgrupper
from bokslut.oppna_data import adress, dcat, kort, resultatschema
from bokslut.oppna_data.filer_att_hamta import MAPP, Fil, Filgrupp, build_filer
from bokslut.publicering.utgava import Utgava
from bokslut.tryck import wordtabeller


def build_grupper(innehall: Innehall, utgava: Utgava | None, med_bilder: bool) -> tuple[Filgrupp, ...]:
    """The files to list: figures and charts, tables for Word, and what describes them to programs.

    med_bilder: the charts as PNG too, which takes as long as all the rest.
    """
    over_aren = build_jamforgrupper(innehall.jamforelse)
    grupper = (*build_filer(innehall, med_bilder), *over_aren, wordtabeller.build_wordtabeller(innehall))
    bas = _bas(innehall, utgava)
    plats = f"{MAPP}/resultat.schema.json"
    schema = Fil(plats, resultatschema.som_text(bas + plats if bas else ""))
    egna = [Filgrupp(fras("Beskrivning av resultat.json för program (JSON Schema)"), "", (schema,))]
    if bas:
        katalog = dcat.build_katalog(innehall.utvardering, grupper, bas, "" if utgava is None else utgava.datum)
        egna.append(Filgrupp(fras("Katalog för Sveriges dataportal (DCAT-AP-SE 3)"), "", katalog))
    return (*grupper, *egna)


def build_ovriga(innehall: Innehall, utgava: Utgava | None, sidor: Sequence[str]) -> tuple[Fil, ...]:
    """The files that no list names: those that stand beside their chart, the cards, robots.txt and the map of pages.

    sidor: the pages of one language; every language has them all.
    """
    vid_diagram = build_jamforfiler(innehall.jamforelse, innehall.utvardering)
    bas = _bas(innehall, utgava)
    korten = kort.build_kortfiler(innehall, kort.build_kort(innehall, bas))
    return (*vid_diagram, *korten, *adress.build_adressfiler(bas, sidor))


def build_sidans_data(innehall: Innehall, utgava: Utgava | None) -> dict[str, Any]:
    """What the page of data needs beside the files."""
    bas = _bas(innehall, utgava)
    korten = {k.resultat.ankare: k for k in kort.build_kort(innehall, bas)}
    return {"kort": korten, "adress": bas, "okand_adress": kort.OKAND_ADRESS, "saknas": saknas.FORKLARING}


def _bas(innehall: Innehall, utgava: Utgava | None) -> str:
    return adress.bas(innehall.utvardering, None if utgava is None else utgava.version)
