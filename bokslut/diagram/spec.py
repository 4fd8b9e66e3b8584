"""What a chart says, before anyone decides how: rows and series with the figure and the text that shows it.

A spec is built from results that are already protected, so whatever reads it may show all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Diagramtyp(StrEnum):
    """The few kinds of chart that a bokslut needs."""

    SIGNALTAVLA = "signaltavla"
    ANDEL = "andel"
    KONSZON = "konszon"
    SKILLNAD = "skillnad"
    UTFALL = "utfall"
    SERIE = "serie"
    INDEX = "index"
    AR = "ar"


@dataclass(frozen=True, slots=True)
class Varde:
    """One figure. tal: its place on the axis, None when missing or hidden. visat: its text. anm: a mark on it.

    osaker: its source says that it is uncertain; it is drawn as a ring.
    """

    tal: float | None
    visat: str
    anm: str = ""
    osaker: bool = False


@dataclass(frozen=True, slots=True)
class Serie:
    """One series. klass: how it is coloured and drawn (gron, kvinna, fore …)."""

    namn: str
    klass: str


@dataclass(frozen=True, slots=True)
class Rad:
    """One row, with one Varde per series of the chart.

    namn: the label. ord: the signal's word. under: what is written small beside it (goal, last year, distance).
    grans: the limits as marks on the axis. intervall: 95 %, on the axis; `intervall_visat` is its text.
    bruten: this row does not compare with the one before it, so no line joins them.
    """

    namn: str
    varden: tuple[Varde, ...]
    signal: str = ""
    ord: str = ""
    under: str = ""
    grans: tuple[float, ...] = ()
    intervall: tuple[float, float] | None = None
    intervall_visat: str = ""
    bruten: bool = False


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """A chart. las: how to read it. enhet: the unit of the axis. axel: its ends. zon: a band to lie within.

    ritade: how many of the series are drawn as marks; the rest are figures beside the row (a sum, a difference).
    radnamn: what a row is, where the kind of chart does not say it.
    """

    id: str
    typ: Diagramtyp
    titel: str
    las: str
    enhet: str
    kalla: str
    serier: tuple[Serie, ...]
    rader: tuple[Rad, ...]
    axel: tuple[float, float]
    ritade: int
    zon: tuple[float, float] | None = None
    fotnoter: tuple[str, ...] = ()
    radnamn: str = ""

    def har_marken(self) -> bool:
        """Whether there is any mark to draw: with every figure hidden the rows stand alone."""
        return any(v.tal is not None for r in self.rader for v in r.varden)

    def odelat(self, rad: Rad) -> float:
        """What a row's sum holds beyond the parts that are shown; 0 where the sum is hidden or the parts make it up."""
        hela = rad.varden[-1].tal
        return 0 if hela is None else max(hela - sum(v.tal or 0 for v in rad.varden[: self.ritade]), 0)

    def linjer(self) -> tuple[tuple[int, int], ...]:
        """The neighbouring rows that a line may join, by number: both have a figure, and nothing broke between them."""
        finns = [r.varden[0].tal is not None for r in self.rader]
        return tuple((i - 1, i) for i, r in enumerate(self.rader) if i and finns[i - 1] and finns[i] and not r.bruten)
