"""A chart as a static drawing in two widths: the whole answer without a script, from a phone to paper.

The narrow drawing puts each label above its marks, the wide one beside them. Sizes are real pixels: the narrow one
is drawn so that 340 px shown at 300 still has text of 11 px.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Final

from bokslut import tal
from bokslut.diagram import penna, svg_ar, svg_marken, words
from bokslut.diagram.spec import ChartSpec, Diagramtyp, Rad
from bokslut.fras import fogad, fras
from bokslut.sprak import SVENSKA, Sprak

SMAL: Final = 340
BRED: Final = 700
# For paper: what a wide drawing gains goes to the labels, so that it becomes lower.
PAPPER: Final = 860
_BRYTER: Final = 500
_STOR: Final = 14.0
_LITEN: Final = 13.0
_KOLUMN: Final = {
    Diagramtyp.SIGNALTAVLA: 34.0,
    Diagramtyp.UTFALL: 42.0,
    Diagramtyp.SERIE: 66.0,
    Diagramtyp.SKILLNAD: 158.0,
}


@dataclass(frozen=True, slots=True)
class _Ram:
    """Where things lie: the label's width, the ends of the axis, and the right edge of each column of figures."""

    bredd: int
    smal: bool
    indrag: float
    etikett: float
    x0: float
    x1: float
    kolumner: tuple[float, ...]


def draw(spec: ChartSpec, bredd: int, sprak: Sprak = SVENSKA) -> str:
    """The chart as an <svg> element, `bredd` pixels wide. sprak: that its texts are in already (`Sprak.diagram`)."""
    if spec.typ is Diagramtyp.AR:
        delar, y = svg_ar.rita(spec, bredd, sprak)
        return _hylle(spec, bredd, _noter(spec, bredd, y, delar) + 8, "".join(delar), sprak)
    ram = _ram(spec, bredd)
    delar, y = _forklaring(spec, ram, sprak)
    y += _kolumnhuvud(spec, ram, y, delar)
    for rad in spec.rader:
        y = _rad(spec, ram, rad, y, delar, sprak)
    y = _noter(spec, bredd, _axel(spec, ram, y, delar, sprak), delar)
    return _hylle(spec, bredd, y + 8, "".join(delar), sprak)


def _noter(spec: ChartSpec, bredd: int, y: float, delar: list[str]) -> float:
    """The notes below; gives the y of the last line."""
    for not_ in spec.fotnoter:
        for bit in penna.rader(not_, bredd - 4, _LITEN):
            y += 18
            delar.append(penna.text(2, y, bit, _LITEN, "svag"))
    return y


def _hylle(spec: ChartSpec, bredd: int, hojd: float, innehall: str, sprak: Sprak) -> str:
    slag = "smal" if bredd < _BRYTER else "bred"
    namn = f"d-{spec.id}-{slag}"
    lang = ' lang="sv"' if sprak.lang(spec.titel) else ""
    titel = f'<title id="{namn}-t"{lang}>{escape(spec.titel)}</title>'
    return (
        f'<svg class="{slag}" viewBox="0 0 {bredd} {penna.tal(hojd)}" width="{bredd}" '
        f'height="{penna.tal(hojd)}" role="img" aria-labelledby="{namn}-t {namn}-d">'
        f'{titel}<desc id="{namn}-d">{escape(sprak.ren(words.describe(spec)))}</desc>'
        f"{innehall}</svg>"
    )


def _ram(spec: ChartSpec, bredd: int) -> _Ram:
    smal = bredd < _BRYTER
    antal = len(_siffror(spec, spec.rader[0])) if spec.rader else 0
    kolumn = _KOLUMN.get(spec.typ, 64.0)
    hoger = bredd - 2.0
    kolumner = tuple(hoger - kolumn * (antal - 1 - i) for i in range(antal))
    indrag = 24.0 if any(r.signal for r in spec.rader) else 0.0
    if smal:
        return _Ram(bredd, True, indrag, hoger - kolumn * antal - indrag - 6, 8, bredd - 8, kolumner)
    etikett = (262.0 if antal < 3 else 216.0) + (bredd - BRED) - indrag
    return _Ram(bredd, False, indrag, etikett, etikett + indrag + 22, hoger - kolumn * antal - 14, kolumner)


def _siffror(spec: ChartSpec, rad: Rad) -> list[str]:
    """The figures that stand in columns; the rest stand under the label or in the drawing itself."""
    visat = [f"{v.visat}*" if v.osaker else v.visat for v in rad.varden]
    if spec.typ is Diagramtyp.SKILLNAD:
        return visat[2:]
    if spec.typ in (Diagramtyp.ANDEL, Diagramtyp.KONSZON, Diagramtyp.INDEX):
        return visat[:1]
    return visat


def under(spec: ChartSpec, rad: Rad) -> str:
    """The small line: the signal in words, the goal, the interval, last year, women and men."""
    bitar = [rad.ord, rad.under]
    if spec.typ is Diagramtyp.ANDEL:
        bitar.append(rad.varden[0].anm)
        bitar.append(fogad(tal.visat("95\u00a0%"), ":\u00a0", rad.intervall_visat) if rad.intervall_visat else "")
        bitar.extend(
            fogad(s.namn.lower(), ": ", v.visat, *((" (", v.anm, ")") if v.anm else ()))
            for s, v in zip(spec.serier[1:], rad.varden[1:], strict=True)
            if v.visat
        )
    if spec.typ is Diagramtyp.SKILLNAD and rad.varden[0].tal is not None:
        kvinna, man = (v.visat for v in rad.varden[:2])
        bitar.append(fras("kvinnor {kvinna}, män {man}", kvinna=kvinna, man=man))
    if spec.typ is Diagramtyp.INDEX and rad.varden[1].visat:
        nadda, alla = (v.visat for v in rad.varden[1:3])
        bitar.append(fras("{nadda} av {alla} når målet", nadda=nadda, alla=alla))
    return fogad(*(b for b in bitar if b), skilje=", ")


def _forklaring(spec: ChartSpec, ram: _Ram, sprak: Sprak) -> tuple[list[str], float]:
    """The key: mark and name of each series that is drawn, flowing over as many lines as needed."""
    delar: list[str] = []
    if not spec.har_marken():
        return delar, 4.0
    x, y = 2.0, 16.0
    for serie in spec.serier:
        if spec.typ in (Diagramtyp.INDEX, Diagramtyp.KONSZON) or serie.klass == "skillnad":
            continue
        plats = 22 + penna.bredd(serie.namn, _LITEN) + 16
        if x > 2 and x + plats > ram.bredd:
            x, y = 2.0, y + 22
        delar.append(svg_marken.nyckel(spec, serie.klass, x + 8, y - 5))
        delar.append(penna.text(x + 22, y, serie.namn, _LITEN, lang=sprak.lang(serie.namn)))
        x += plats
    return delar, y + 10 if delar else 4.0


def _kolumnhuvud(spec: ChartSpec, ram: _Ram, y: float, delar: list[str]) -> float:
    if len(ram.kolumner) < 2:
        return 0
    for x, serie in zip(ram.kolumner, spec.serier, strict=True):
        delar.append(svg_marken.nyckel(spec, serie.klass, x - 9, y + 10))
    return 22


def _rad(spec: ChartSpec, ram: _Ram, rad: Rad, y: float, delar: list[str], sprak: Sprak) -> float:
    """One row; gives the y where the next begins."""
    delar.append(penna.linje(0, y, ram.bredd, y, "linje svagt"))
    etikett = penna.rader(rad.namn, ram.etikett, _STOR)
    smatt = sprak.ren(under(spec, rad))
    plats = ram.bredd - ram.indrag - 4 if ram.smal else ram.etikett
    liten = penna.rader(smatt, plats, _LITEN) if smatt else []
    bas = y + 22
    if rad.signal:
        delar.append(penna.signal(rad.signal, 10, bas - 5))
    for i, bit in enumerate(etikett):
        delar.append(penna.text(ram.indrag, bas + 18 * i, bit, _STOR, lang=sprak.lang(rad.namn)))
    fot = bas + 18 * (len(etikett) - 1)
    for i, bit in enumerate(liten):
        delar.append(penna.text(ram.indrag, fot + 18 + 17 * i, bit, _LITEN, "svag"))
    fot += 17 * len(liten) + 12
    ritas = spec.har_marken()
    mitt = fot + 13 if ram.smal and ritas else fot - 8 if ram.smal else (y + fot) / 2
    for x, siffra in zip(ram.kolumner, _siffror(spec, rad), strict=True):
        storlek, klass = (_STOR, "fet") if siffra[:1].isdigit() or siffra[:1] == "\u2212" else (_LITEN, "svag")
        delar.append(penna.text(x, bas if ram.smal else mitt + 5, siffra, storlek, klass, "end"))
    delar.extend(svg_marken.rita(spec, rad, _skala(spec, ram), mitt))
    return mitt + (20 if ritas else 8) if ram.smal else max(fot, y + 40)


def _skala(spec: ChartSpec, ram: _Ram) -> Callable[[float], float]:
    lag, hog = spec.axel
    return lambda varde: ram.x0 + (varde - lag) / ((hog - lag) or 1) * (ram.x1 - ram.x0)


def _axel(spec: ChartSpec, ram: _Ram, y: float, delar: list[str], sprak: Sprak) -> float:
    """The axis in words below, for charts that have one."""
    delar.append(penna.linje(0, y, ram.bredd, y, "linje svagt"))
    if spec.typ in (Diagramtyp.SIGNALTAVLA, Diagramtyp.UTFALL, Diagramtyp.INDEX) or not spec.har_marken():
        return y
    lag, hog = spec.axel
    skala = _skala(spec, ram)
    steg = [lag, *(spec.zon or ((lag + hog) / 2,)), hog]
    enhet = "\u00a0%" if spec.enhet == "%" else ""
    for i, varde in enumerate(steg):
        fast = "start" if i == 0 else "end" if i == len(steg) - 1 else "middle"
        text = sprak.ren(tal.visat(penna.tal(varde).replace(".", ",").replace("-", "\u2212") + enhet))
        delar.append(penna.text(skala(varde), y + 18, text, _LITEN, "svag", fast))
    return y + 24
