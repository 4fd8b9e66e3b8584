"""The marks of each kind of chart: what is drawn on the line of one row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from bokslut.diagram import penna
from bokslut.diagram.spec import ChartSpec, Diagramtyp, Rad

Skala: TypeAlias = Callable[[float], float]


def rita(spec: ChartSpec, rad: Rad, x: Skala, y: float) -> list[str]:
    """The marks of one row around the height y."""
    return _MARKEN[spec.typ](spec, rad, x, y)


def nyckel(spec: ChartSpec, klass: str, x: float, y: float) -> str:
    """The mark that stands for a series in the key and above its column."""
    if spec.typ is Diagramtyp.SIGNALTAVLA:
        return penna.signal(klass, x, y, 7)
    if klass == "resultat":
        return penna.ruta(x - 8, y - 5, 16, 10, "stapel", 2)
    return penna.marke(klass, x, y, 5.5)


def _spar(spec: ChartSpec, x: Skala, y: float, hojd: float = 16) -> str:
    return penna.ruta(x(spec.axel[0]), y - hojd / 2, x(spec.axel[1]) - x(spec.axel[0]), hojd, "spar", 2)


def _signaltavla(spec: ChartSpec, rad: Rad, x: Skala, y: float) -> list[str]:
    """One cell per result, in the order of the series, with the sign of its signal for those who see no colour."""
    delar: list[str] = []
    start = 0
    for serie, varde in zip(spec.serier, rad.varden, strict=True):
        for _ in range(int(varde.tal or 0)):
            delar.append(penna.ruta(x(start) + 1, y - 9, x(start + 1) - x(start) - 2, 18, serie.klass, 2))
            delar.append(penna.tecken(serie.klass, (x(start) + x(start + 1)) / 2, y))
            start += 1
    return delar


def _andel(spec: ChartSpec, rad: Rad, x: Skala, y: float) -> list[str]:
    """The bar, the interval as a line beneath it, the limit across both, last year as a ring."""
    delar = [_spar(spec, x, y - 3, 14)]
    resultat = rad.varden[0].tal
    if resultat is not None:
        delar.append(penna.ruta(x(spec.axel[0]), y - 10, x(resultat) - x(spec.axel[0]), 14, "stapel", 2))
    if rad.intervall is not None:
        lag, hog = (x(v) for v in rad.intervall)
        delar.append(penna.linje(lag, y + 10, hog, y + 10, "tunn"))
        delar += [penna.linje(v, y + 7, v, y + 13, "tunn") for v in (lag, hog)]
    for g in rad.grans:
        delar += [penna.linje(x(g), y - 10, x(g), y + 4, "halo"), penna.linje(x(g), y - 14, x(g), y + 14, "grans")]
    delar += [penna.marke("fore", x(v.tal), y - 3, 5) for v in rad.varden[1:] if v.tal is not None]
    return delar


def _konszon(spec: ChartSpec, rad: Rad, x: Skala, y: float) -> list[str]:
    delar = [_spar(spec, x, y, 18)]
    if spec.zon is not None:
        lag, hog = (x(v) for v in spec.zon)
        delar.append(penna.ruta(lag, y - 11, hog - lag, 22, "band"))
        delar += [penna.linje(v, y - 11, v, y + 11, "linje") for v in (lag, hog)]
    varde = rad.varden[0].tal
    if varde is not None:
        delar.append(penna.signal(rad.signal, x(varde), y, 9))
    return delar


def _skillnad(spec: ChartSpec, rad: Rad, x: Skala, y: float) -> list[str]:
    delar = [_spar(spec, x, y, 4)]
    kvinna, man = (v.tal for v in rad.varden[:2])
    if kvinna is None or man is None:
        return []
    for g in rad.grans:
        mitt, (lag, hog) = (kvinna + man) / 2, spec.axel
        fran, till = x(max(lag, mitt - g / 2)), x(min(hog, mitt + g / 2))
        delar.append(penna.ruta(fran, y - 11, till - fran, 22, "band", 3))
    delar.append(penna.linje(x(kvinna), y, x(man), y, "grans"))
    return [*delar, penna.marke("kvinna", x(kvinna), y, 7), penna.marke("man", x(man), y, 7)]


def _utfall(spec: ChartSpec, rad: Rad, x: Skala, y: float) -> list[str]:
    """Segments side by side, and pale at the end what is hidden of a sum that is shown: bars are as long as their sums.

    A hidden segment leaves no gap of its own to measure.
    """
    delar: list[str] = []
    start = 0.0
    for serie, varde in zip(spec.serier[: spec.ritade], rad.varden, strict=False):
        if varde.tal:
            delar.append(penna.ruta(x(start), y - 9, max(x(start + varde.tal) - x(start) - 1.5, 1), 18, serie.klass, 1))
            start += varde.tal
    delar.append(penna.ruta(x(start), y - 9, x(start + spec.odelat(rad)) - x(start), 18, "spar", 1))
    return delar


def _serie(spec: ChartSpec, rad: Rad, x: Skala, y: float) -> list[str]:
    delar = [_spar(spec, x, y, 4)]
    finns = [(s.klass, v.tal) for s, v in zip(spec.serier, rad.varden, strict=True) if v.tal is not None]
    if len(finns) > 1:
        delar.append(penna.linje(x(finns[-2][1]), y, x(finns[-1][1]), y, "grans"))
    return [*delar, *(penna.marke(klass, x(tal), y, 6.5) for klass, tal in finns)]


def _index(spec: ChartSpec, rad: Rad, x: Skala, y: float) -> list[str]:
    """One cell per indicator while they can be told apart, else a bar."""
    index, nadda, alla = (v.tal for v in rad.varden)
    if index is None:
        return []
    if nadda is None or alla is None or alla > 24 or nadda != int(nadda) or alla != int(alla):
        return [_spar(spec, x, y), penna.ruta(x(0), y - 8, x(index) - x(0), 16, "resultat", 2)]
    steg = (x(100) - x(0)) / alla
    return [
        penna.ruta(x(0) + i * steg + 1.5, y - 10, steg - 3, 20, "resultat" if i < nadda else "tom", 2)
        for i in range(int(alla))
    ]


_MARKEN: Final[dict[Diagramtyp, Callable[[ChartSpec, Rad, Skala, float], list[str]]]] = {
    Diagramtyp.SIGNALTAVLA: _signaltavla,
    Diagramtyp.ANDEL: _andel,
    Diagramtyp.KONSZON: _konszon,
    Diagramtyp.SKILLNAD: _skillnad,
    Diagramtyp.UTFALL: _utfall,
    Diagramtyp.SERIE: _serie,
    Diagramtyp.INDEX: _index,
}
