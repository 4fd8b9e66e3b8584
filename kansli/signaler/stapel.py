"""How many results have each signal, as words and as the parts of a bar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from bokslut.diagram import penna
from kansli.sprak import gettext as _
from kansli.sprak import mark

SIGNALORD: Final = {
    "gron": mark("Når målet"),
    "gul": mark("Nära målet"),
    "rod": mark("Når inte målet"),
    "gra": mark("Inte bedömt"),
    "ingen": mark("Utan mål"),
}


@dataclass(frozen=True)
class Bit:
    """One signal. x, bredd: where its part of the bar begins and how wide it is, of 100."""

    kod: str
    ord: str
    antal: int
    x: float
    bredd: float


def build_stapel(signaler: Mapping[str, int]) -> tuple[Bit, ...]:
    """The signals that there are, the best first. Figures without a goal are no part of it."""
    antal = {kod: signaler.get(kod, 0) for kod in SIGNALORD if kod != "ingen"}
    alla, x, ut = sum(antal.values()), 0.0, []
    for kod, hur_manga in antal.items():
        if hur_manga:
            bredd = 100 * hur_manga / alla
            ut.append(Bit(kod, _(SIGNALORD[kod]), hur_manga, round(x, 3), round(bredd, 3)))
            x += bredd
    return tuple(ut)


def signalformer() -> dict[str, Markup]:
    """The shape of each signal, to be drawn once per page."""
    return {kod: Markup(form) for kod, form in penna.FORMER.items()}  # the program's own drawings
