"""What a chart says, in one or two sentences: read aloud where it cannot be seen, and printed beneath its title."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from bokslut import tal
from bokslut.diagram.spec import ChartSpec, Diagramtyp, Rad


def describe(spec: ChartSpec) -> str:
    """The chart in words; its figures are the chart's own texts."""
    return _MENINGAR[spec.typ](spec) if spec.rader else "Det finns inga uppgifter att visa."


def _signaltavla(spec: ChartSpec) -> str:
    gron = [s.klass for s in spec.serier].index("gron") if any(s.klass == "gron" for s in spec.serier) else None
    bedomda = [i for i, s in enumerate(spec.serier) if s.klass in ("gron", "gul", "rod")]
    bitar = []
    for rad in spec.rader:
        alla = int(sum(rad.varden[i].tal or 0 for i in bedomda))
        if alla:
            bitar.append(f"{_utan_nummer(rad.namn)} {rad.varden[gron].visat if gron is not None else '0'} av {alla}")
    return f"Så många resultat når målet: {tal.rakna_upp(bitar)}." if bitar else "Inga resultat är bedömda."


def _andel(spec: ChartSpec) -> str:
    med = [r for r in spec.rader if r.varden[0].tal is not None]
    if not med:
        return "Siffrorna visas inte."
    hogst, lagst = max(med, key=_forsta), min(med, key=_forsta)
    meningar = [_nar(spec.rader)]
    if hogst is lagst:
        meningar.append(f"{hogst.namn} är {hogst.varden[0].visat}.")
    else:
        meningar.append(
            f"Högst är {hogst.namn} ({hogst.varden[0].visat}), lägst {lagst.namn} ({lagst.varden[0].visat})."
        )
    return " ".join(m for m in (*meningar, _dolda(len(spec.rader) - len(med))) if m)


def _konszon(spec: ChartSpec) -> str:
    ute = [r for r in spec.rader if r.signal == "rod"]
    inne = sum(r.signal == "gron" for r in spec.rader)
    zon = f"{spec.zon[0]:g}–{spec.zon[1]:g}\u00a0%" if spec.zon else ""
    mening = f"{inne} av {len(spec.rader)} ligger i zonen {zon}."
    if ute:
        mening += f" Utanför ligger {tal.rakna_upp([f'{r.namn} ({r.varden[0].visat})' for r in ute])}."
    return mening


def _skillnad(spec: ChartSpec) -> str:
    med = [r for r in spec.rader if r.varden[2].tal is not None]
    if not med:
        return f"{_nar(spec.rader)} Siffrorna visas inte."
    storst = max(med, key=lambda r: abs(r.varden[2].tal or 0))
    kvinna, man, skillnad = (v.visat for v in storst.varden)
    slut = _dolda(len(spec.rader) - len(med))
    text = f"{_nar(spec.rader)} Störst är skillnaden i {storst.namn}: kvinnor {kvinna}, män {man}, {skillnad}."
    return f"{text} {slut}".strip()


def _utfall(spec: ChartSpec) -> str:
    med = [r for r in spec.rader if r.varden[-1].tal is not None]
    if not med:
        return "Siffrorna visas inte."
    storst = max(med, key=lambda r: r.varden[-1].tal or 0)
    delar = [
        f"{s.namn.lower()} {v.visat}"
        for s, v in zip(spec.serier[:-1], storst.varden, strict=False)
        if v.tal is not None
    ]
    inom = f" ({', '.join(delar)})" if delar else ""
    dolda = sum(v.visat == ".." for r in spec.rader for v in r.varden)
    return f"Flest: {storst.namn}, {storst.varden[-1].visat}{inom}. {_dolda(dolda)}".strip()


def _serie(spec: ChartSpec) -> str:
    if spec.ritade < 2:
        return f"{spec.titel}, {spec.serier[-1].namn}."
    fran, till = spec.serier[-2].namn.lower(), spec.serier[-1].namn.lower()
    par = [(r.namn, r.varden[-2].tal, r.varden[-1].tal) for r in spec.rader]
    kanda = [(n, a, b) for n, a, b in par if a is not None and b is not None]
    grupper = (
        ("minskade andelen i", [n for n, a, b in kanda if b < a]),
        ("den ökade i", [n for n, a, b in kanda if b > a]),
        ("den var oförändrad i", [n for n, a, b in kanda if b == a]),
    )
    bitar = [f"{verb} {tal.rakna_upp(namn)}" for verb, namn in grupper if namn]
    return f"Från {fran} till {till} {'; '.join(bitar)}."


def _index(spec: ChartSpec) -> str:
    index, nadda, alla = spec.rader[0].varden
    if index.tal is None:
        return "Indexet kunde inte räknas."
    return f"{nadda.visat} av {alla.visat} indikatorer når målet. Det ger index {index.visat}."


def _nar(rader: Sequence[Rad]) -> str:
    bedomda = [r for r in rader if r.signal in ("gron", "gul", "rod")]
    nar = sum(r.signal == "gron" for r in bedomda)
    if not bedomda:
        return ""
    if not nar and len(bedomda) > 1:
        return f"Ingen av {len(bedomda)} når målet."
    if nar == len(bedomda) > 1:
        return f"Alla {nar} når målet."
    return f"{nar} av {len(bedomda)} når målet."


def _dolda(antal: int) -> str:
    return f"{antal} {'uppgift' if antal == 1 else 'uppgifter'} visas inte." if antal else ""


def _forsta(rad: Rad) -> float:
    return rad.varden[0].tal or 0


def _utan_nummer(namn: str) -> str:
    return namn.partition(". ")[2] or namn


_MENINGAR: Final[dict[Diagramtyp, Callable[[ChartSpec], str]]] = {
    Diagramtyp.SIGNALTAVLA: _signaltavla,
    Diagramtyp.ANDEL: _andel,
    Diagramtyp.KONSZON: _konszon,
    Diagramtyp.SKILLNAD: _skillnad,
    Diagramtyp.UTFALL: _utfall,
    Diagramtyp.SERIE: _serie,
    Diagramtyp.INDEX: _index,
}
