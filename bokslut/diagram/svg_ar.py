"""A small chart over the years: time runs to the right, and beneath each year stand its figure, signal and word.

A line joins two years only when nothing broke between them; a break is a dashed line, and a note says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from bokslut import tal
from bokslut.diagram import penna
from bokslut.diagram.spec import ChartSpec, Rad
from bokslut.sprak import SVENSKA, Sprak

Hojd: TypeAlias = Callable[[float], float]

_TOPP: Final = 10.0
_YTA: Final = 84.0
_TEXT: Final = 13.0
_RAD: Final = 16.0


def rita(spec: ChartSpec, bredd: int, sprak: Sprak = SVENSKA) -> tuple[list[str], float]:
    """The parts of the drawing, and where they end."""
    vanster = max(penna.bredd(text, _TEXT) for _, text in _steg(spec, sprak)) + 8 if spec.har_marken() else 0.0
    steg = (bredd - 4 - vanster) / max(len(spec.rader), 1)
    mitt = [vanster + steg * (i + 0.5) for i in range(len(spec.rader))]
    if not spec.har_marken():
        return _under(spec.rader, mitt, steg, 2.0)
    botten = _TOPP + _YTA
    lag, hog = spec.axel

    def y(varde: float) -> float:
        return botten - (varde - lag) / ((hog - lag) or 1) * _YTA

    delar = [*_axel(spec, vanster, bredd, y, sprak), *_marken(spec, mitt, steg, y)]
    under, slut = _under(spec.rader, mitt, steg, botten + 2)
    return [*delar, *under], slut


def _steg(spec: ChartSpec, sprak: Sprak) -> list[tuple[float, str]]:
    """The heights that are marked, and their words."""
    lag, hog = spec.axel
    enhet = "\u00a0%" if spec.enhet == "%" else ""
    steg = [(v, penna.tal(v).replace(".", ",").replace("-", "\u2212") + enhet) for v in (lag, (lag + hog) / 2, hog)]
    return [(v, sprak.ren(tal.visat(text))) for v, text in steg]


def _axel(spec: ChartSpec, vanster: float, bredd: int, y: Hojd, sprak: Sprak) -> Iterator[str]:
    for varde, text in _steg(spec, sprak):
        yield penna.linje(vanster, y(varde), bredd - 4, y(varde), "linje svagt")
        yield penna.text(vanster - 6, y(varde) + 4.5, text, _TEXT, "svag", "end")


def _marken(spec: ChartSpec, mitt: list[float], steg: float, y: Hojd) -> Iterator[str]:
    """Limits first, then what broke, the line, the intervals, and the points above all."""
    for x, rad in zip(mitt, spec.rader, strict=True):
        yield from _grans(rad, x - steg / 2 + 1, steg - 2, y)
        if rad.bruten:
            yield penna.linje(x - steg / 2, _TOPP - 6, x - steg / 2, _TOPP + _YTA, "brott")
    varden = [rad.varden[0].tal for rad in spec.rader]
    for a, b in spec.linjer():
        yield penna.linje(mitt[a], y(varden[a] or 0), mitt[b], y(varden[b] or 0), "kurva")
    for x, rad in zip(mitt, spec.rader, strict=True):
        if rad.intervall is not None:
            lag, hog = (max(spec.axel[0], min(spec.axel[1], v)) for v in rad.intervall)
            yield penna.linje(x, y(lag), x, y(hog), "tunn")
        if rad.varden[0].tal is not None:
            # A figure that is uncertain at its source is a ring.
            klass = "period2" if rad.varden[0].osaker else "resultat"
            yield penna.marke(klass, x, y(rad.varden[0].tal), 5.5)


def _grans(rad: Rad, x: float, bredd: float, y: Hojd) -> Iterator[str]:
    """The goal of that year: a stroke, or a band where it has two ends."""
    if len(rad.grans) == 2:
        yield penna.ruta(x, y(rad.grans[1]), bredd, y(rad.grans[0]) - y(rad.grans[1]), "band")
    for g in rad.grans[:1] if len(rad.grans) == 1 else ():
        yield penna.linje(x, y(g), x + bredd, y(g), "grans")


def _under(rader: tuple[Rad, ...], mitt: list[float], steg: float, y: float) -> tuple[list[str], float]:
    """What stands beneath each year; gives where it ends."""
    ar = [penna.rader(r.namn, steg - 4, _TEXT) for r in rader]
    visat = [penna.rader(_siffra(r), steg - 4, _TEXT) for r in rader]
    ord_ = [_ord(r, steg) for r in rader]
    kant = mitt[-1] + steg / 2 + 2 if mitt else 0
    y_visat = y + _RAD * max(map(len, ar), default=0) + 3
    y_signal = y_visat + _RAD * max(map(len, visat), default=0) + 15
    y_ord = y_signal + 6 if any(r.signal for r in rader) else y_signal - 14
    delar = []
    for x, rad, *texter in zip(mitt, rader, ar, visat, ord_, strict=True):
        siffra = "fet" if rad.varden[0].tal is not None else "svag"
        for bitar, topp, klass in zip(texter, (y, y_visat, y_ord), ("svag", siffra, "svag"), strict=True):
            delar += [
                penna.text(_inom(x, b, kant), topp + _RAD * (i + 1), b, _TEXT, klass, "middle")
                for i, b in enumerate(bitar)
            ]
        if rad.signal:
            delar.append(penna.signal(rad.signal, x, y_signal, 7))
    return delar, y_ord + _RAD * max(map(len, ord_), default=0) + 4


def _siffra(rad: Rad) -> str:
    varde = rad.varden[0]
    return f"{varde.visat}*" if varde.osaker else varde.visat


def _ord(rad: Rad, steg: float) -> list[str]:
    """The word of the signal; where there is none, why there is no figure, if the years lie so far apart."""
    if rad.ord or rad.varden[0].tal is not None or not rad.varden[0].anm:
        return penna.rader(rad.ord, steg - 4, _TEXT) if rad.ord else []
    skal = penna.rader(rad.varden[0].anm, steg - 4, _TEXT)
    return skal if all(penna.bredd(bit, _TEXT) < steg for bit in skal) else []


def _inom(x: float, text: str, kant: float) -> float:
    """The middle of a text, moved so that it ends before the edge."""
    return min(x, kant - penna.bredd(text, _TEXT) / 2)
