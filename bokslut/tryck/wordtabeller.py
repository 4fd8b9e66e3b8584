"""Every table of the bokslut as plain HTML tables: Word opens the file, and what is copied from it is a table there.

No style, no rounded corner, no merged cell: a table that is pasted takes the look of the document it comes to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bokslut import ordval, tabellvy
from bokslut.fras import fras
from bokslut.innehall import Innehall, Omradesvy
from bokslut.mallar import rendera
from bokslut.oppna_data.filer_att_hamta import MAPP, Fil, Filgrupp
from bokslut.resultatvy import Resultatvy
from bokslut.tabellvy import Tabell

_RESULTAT: Final = ("Socialt mål", "Indikator", "Resultat", "Antal", "Mål", "Signal")


@dataclass(frozen=True, slots=True)
class Enkeltabell:
    """A table: its first column names the row."""

    titel: str
    huvud: tuple[str, ...]
    rader: tuple[tuple[str, ...], ...]


def build_wordtabeller(innehall: Innehall) -> Filgrupp:
    """The file, as a group of its own on the page of data."""
    html = rendera("tabeller.html", i=innehall, u=innehall.utvardering, tabeller=list(tabeller(innehall)))
    return Filgrupp(fras("Alla tabeller, att klistra in i Word"), "", (Fil(f"{MAPP}/tabeller.html", html),))


def tabeller(i: Innehall) -> Iterator[Enkeltabell]:
    """The tables, in the order of the pages."""
    koder = [k for k in ordval.SIGNAL_ORD if k in i.signaler]
    rader = tuple((f"{o.nummer}. {o.titel}", *(str(_antal(o, k)) for k in koder)) for o in i.omraden)
    yield Enkeltabell("Signaler per målområde", ("Målområde", *(ordval.SIGNAL_ORD[k] for k in koder)), rader)
    for o in i.omraden:
        resultat = tuple(_rad(m.text, r) for m in o.mal for r in m.resultat)
        yield Enkeltabell(f"{o.nummer}. {o.titel}", _RESULTAT, resultat)
    for t in tabellvy.deltagartabeller(i.utvardering.tabeller):
        yield _ur(t, "Deltagare: ", "Utfall")
    if i.utvardering.serier:
        yield _ur(tabellvy.serietabell(i.utvardering.serier), "Helårspersoner: ", "Område")


def _antal(omrade: Omradesvy, kod: str) -> int:
    return sum(g.antal for g in omrade.grupper if g.signal == kod)


def _rad(mal: str, r: Resultatvy) -> tuple[str, ...]:
    osakert = " (osäkert)" if r.osaker else ""
    return (mal, f"{r.nummer} {r.namn}".strip(), r.visat, r.antal, r.krav, f"{r.ord}{osakert}")


def _ur(tabell: Tabell, fore: str, forsta: str) -> Enkeltabell:
    rader = tuple((r.namn, *(f"{c.visat} ({c.anm})" if c.anm else c.visat for c in r.celler)) for r in tabell.rader)
    return Enkeltabell(f"{fore}{tabell.titel}", (forsta, *tabell.kolumner), rader)
