"""A result over the years as a line without words, to stand beside the same in figures: in a row, or in a cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bokslut.diagram import penna
from bokslut.diagram.spec import ChartSpec, Rad

BREDD: Final = 110.0
HOJD: Final = 34.0
_KANT: Final = 5.0


def draw(spec: ChartSpec) -> str:
    """The drawing, which nobody is read; "" where no year has a figure."""
    if not spec.har_marken():
        return ""
    return (
        f'<svg class="linjen" viewBox="0 0 {BREDD:.0f} {HOJD:.0f}" aria-hidden="true" focusable="false">'
        f"{delar(spec)}</svg>"
    )


def delar(spec: ChartSpec) -> str:
    """What is in it, with colours as classes."""
    return "".join(_delar(spec))


def _delar(spec: ChartSpec) -> Iterator[str]:
    """Goals first, then what broke, the intervals, the line, and the points above all."""
    steg = BREDD / len(spec.rader)
    plats = [(steg * (i + 0.5), rad) for i, rad in enumerate(spec.rader)]
    for x, rad in plats:
        yield from _mal(spec, rad, x - steg / 2, steg)
        if rad.bruten:
            yield penna.linje(x - steg / 2, 0, x - steg / 2, HOJD, "brott")
        if rad.intervall is not None:
            yield penna.linje(x, _y(spec, rad.intervall[0]), x, _y(spec, rad.intervall[1]), "linje")
    punkter = [(x, _y(spec, v)) if (v := rad.varden[0].tal) is not None else (x, 0.0) for x, rad in plats]
    for a, b in spec.linjer():
        yield penna.linje(*punkter[a], *punkter[b], "kurva")
    for (x, y), (_, rad) in zip(punkter, plats, strict=True):
        if rad.varden[0].tal is not None:
            yield penna.marke("resultat", x, y, 3.5)


def _y(spec: ChartSpec, varde: float) -> float:
    lag, hog = spec.axel
    del_ = (max(lag, min(hog, varde)) - lag) / ((hog - lag) or 1)
    return HOJD - _KANT - del_ * (HOJD - 2 * _KANT)


def _mal(spec: ChartSpec, rad: Rad, x: float, bredd: float) -> Iterator[str]:
    """The goal of that year: a stroke, or a band where it has two ends."""
    if len(rad.grans) == 2:
        topp, botten = _y(spec, rad.grans[1]), _y(spec, rad.grans[0])
        yield penna.ruta(x, topp, bredd, botten - topp, "band")
    elif rad.grans:
        yield penna.linje(x, _y(spec, rad.grans[0]), x + bredd, _y(spec, rad.grans[0]), "streck")
