"""The signals on a terminal: one line per result, by målområde. Colour is never alone; the word is always there."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bokslut.ordval import ORSAK_ORD
from indikatorer.resultat import Malomrade, Resultat, Signal, Utvardering

_ORD = {
    Signal.GRON: ("● grön", "green"),
    Signal.GUL: ("▲ gul", "yellow"),
    Signal.ROD: ("■ röd", "red"),
    Signal.GRA: ("○ grå", "dim"),
}


def skriv_tavla(utvardering: Utvardering) -> None:
    """Print the board."""
    konsol = Console(highlight=False)
    konsol.print(f"{utvardering.forbund}, {utvardering.ar}", style="bold")
    for omrade in utvardering.malomraden:
        konsol.print(_omrade(omrade))


def _omrade(omrade: Malomrade) -> Table:
    tabell = Table(title=f"{omrade.nummer}. {omrade.titel}", title_justify="left", box=None, padding=(0, 2, 0, 0))
    for rubrik in ("Nr", "Indikator", "Resultat", "Mål", "Signal"):
        tabell.add_column(rubrik, justify="right" if rubrik == "Resultat" else "left")
    for r in omrade.resultat():
        tabell.add_row(r.nummer or "", _namn(r), r.visat, r.krav or "", _signal(r))
    return tabell


def _namn(r: Resultat) -> str:
    return r.titel if r.grupp is None else f"{r.titel} ({r.grupp})"


def _signal(r: Resultat) -> Text:
    ord_, stil = ("–", "dim") if r.signal is None else _ORD[r.signal]
    return Text(f"{ord_} ({ORSAK_ORD[r.orsak].lower()})" if r.orsak else ord_, style=stil)
