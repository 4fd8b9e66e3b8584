"""What a chart says, in one or two sentences: read aloud where it cannot be seen, and printed beneath its title."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from bokslut import tal
from bokslut.diagram.spec import ChartSpec, Diagramtyp, Rad
from bokslut.fras import flertal, fogad, fras


def describe(spec: ChartSpec) -> str:
    """The chart in words; its figures are the chart's own texts."""
    return _MENINGAR[spec.typ](spec) if spec.rader else fras("Det finns inga uppgifter att visa.")


def _signaltavla(spec: ChartSpec) -> str:
    gron = [s.klass for s in spec.serier].index("gron") if any(s.klass == "gron" for s in spec.serier) else None
    bedomda = [i for i, s in enumerate(spec.serier) if s.klass in ("gron", "gul", "rod")]
    bitar = []
    for rad in spec.rader:
        alla = int(sum(rad.varden[i].tal or 0 for i in bedomda))
        if alla:
            nar = rad.varden[gron].visat if gron is not None else "0"
            bitar.append(fras("{omrade} {nar} av {alla}", omrade=_utan_nummer(rad.namn), nar=nar, alla=alla))
    if not bitar:
        return fras("Inga resultat är bedömda.")
    return fras("Så många resultat når målet: {bitar}.", bitar=tal.rakna_upp(bitar))


def _andel(spec: ChartSpec) -> str:
    med = [r for r in spec.rader if r.varden[0].tal is not None]
    if not med:
        return fras("Siffrorna visas inte.")
    hogst, lagst = max(med, key=_forsta), min(med, key=_forsta)
    meningar = [_nar(spec.rader)]
    if hogst is lagst:
        meningar.append(fras("{namn} är {visat}.", namn=hogst.namn, visat=hogst.varden[0].visat))
    else:
        meningar.append(
            fras(
                "Högst är {hogst} ({h}), lägst {lagst} ({l}).",
                hogst=hogst.namn,
                h=hogst.varden[0].visat,
                lagst=lagst.namn,
                l=lagst.varden[0].visat,
            )
        )
    return _meningar(*meningar, _dolda(len(spec.rader) - len(med)))


def _konszon(spec: ChartSpec) -> str:
    ute = [r for r in spec.rader if r.signal == "rod"]
    inne = sum(r.signal == "gron" for r in spec.rader)
    zon = tal.visat(f"{spec.zon[0]:g}–{spec.zon[1]:g}\u00a0%") if spec.zon else ""
    mening = fras("{inne} av {alla} ligger i zonen {zon}.", inne=inne, alla=len(spec.rader), zon=zon)
    vilka = tal.rakna_upp([fogad(r.namn, " (", r.varden[0].visat, ")") for r in ute])
    return _meningar(mening, fras("Utanför ligger {vilka}.", vilka=vilka) if ute else "")


def _skillnad(spec: ChartSpec) -> str:
    med = [r for r in spec.rader if r.varden[2].tal is not None]
    if not med:
        return _meningar(_nar(spec.rader), fras("Siffrorna visas inte."))
    storst = max(med, key=lambda r: abs(r.varden[2].tal or 0))
    kvinna, man, skillnad = (v.visat for v in storst.varden)
    slut = _dolda(len(spec.rader) - len(med))
    text = fras(
        "Störst är skillnaden i {namn}: kvinnor {kvinna}, män {man}, {skillnad}.",
        namn=storst.namn,
        kvinna=kvinna,
        man=man,
        skillnad=skillnad,
    )
    return _meningar(_nar(spec.rader), text, slut)


def _utfall(spec: ChartSpec) -> str:
    med = [r for r in spec.rader if r.varden[-1].tal is not None]
    if not med:
        return fras("Siffrorna visas inte.")
    storst = max(med, key=lambda r: r.varden[-1].tal or 0)
    delar = [
        fogad(s.namn.lower(), " ", v.visat)
        for s, v in zip(spec.serier[:-1], storst.varden, strict=False)
        if v.tal is not None
    ]
    inom = fogad(" (", fogad(*delar, skilje=", "), ")") if delar else ""
    dolda = sum(v.visat == ".." for r in spec.rader for v in r.varden)
    flest = fogad(storst.namn, ", ", storst.varden[-1].visat, inom)
    return _meningar(fras("Flest: {flest}.", flest=flest), _dolda(dolda))


def _serie(spec: ChartSpec) -> str:
    if spec.ritade < 2:
        return fogad(fogad(*(fogad(r.namn, ": ", _arsvarde(r)) for r in spec.rader), skilje="; "), ".")
    fran, till = spec.serier[-2].namn.lower(), spec.serier[-1].namn.lower()
    par = [(r.namn, r.varden[-2].tal, r.varden[-1].tal) for r in spec.rader]
    kanda = [(n, a, b) for n, a, b in par if a is not None and b is not None]
    minskade = tal.rakna_upp([n for n, a, b in kanda if b < a])
    okade = tal.rakna_upp([n for n, a, b in kanda if b > a])
    samma = tal.rakna_upp([n for n, a, b in kanda if b == a])
    bitar = [
        *([fras("minskade andelen i {vilka}", vilka=minskade)] if minskade else []),
        *([fras("den ökade i {vilka}", vilka=okade)] if okade else []),
        *([fras("den var oförändrad i {vilka}", vilka=samma)] if samma else []),
    ]
    return fras("Från {fran} till {till} {vad}.", fran=fran, till=till, vad=fogad(*bitar, skilje="; "))


def _index(spec: ChartSpec) -> str:
    index, nadda, alla = spec.rader[0].varden
    if index.tal is None:
        return fras("Indexet kunde inte räknas.")
    return fras(
        "{nadda} av {alla} indikatorer når målet. Det ger index {index}.",
        nadda=nadda.visat,
        alla=alla.visat,
        index=index.visat,
    )


def _ar(spec: ChartSpec) -> str:
    """Every year's figure and judgement in order, then where the series is broken, and why."""
    bitar = [fogad(r.namn, ": ", _arsvarde(r)) for r in spec.rader]
    brott = [
        fras("{ar} går inte att jämföra rakt av med tiden före: {anm}.", ar=r.namn, anm=r.varden[0].anm)
        for r in spec.rader
        if r.bruten
    ]
    return _meningar(fogad(fogad(*bitar, skilje="; "), "."), *brott)


def _arsvarde(rad: Rad) -> str:
    varde = rad.varden[0]
    if varde.tal is None and varde.anm and not rad.ord:
        return varde.anm
    anm = "" if rad.bruten else varde.anm
    visat = fras("visas inte") if varde.visat == ".." else varde.visat
    return fogad(*(b for b in (visat, rad.ord.lower(), anm) if b), skilje=", ")


def _nar(rader: Sequence[Rad]) -> str:
    bedomda = [r for r in rader if r.signal in ("gron", "gul", "rod")]
    nar = sum(r.signal == "gron" for r in bedomda)
    if not bedomda:
        return ""
    if not nar and len(bedomda) > 1:
        return fras("Ingen av {alla} når målet.", alla=len(bedomda))
    if nar == len(bedomda) > 1:
        return fras("Alla {alla} når målet.", alla=nar)
    return fras("{nar} av {alla} når målet.", nar=nar, alla=len(bedomda))


def _dolda(antal: int) -> str:
    if not antal:
        return ""
    return flertal("{antal} uppgift visas inte.", "{antal} uppgifter visas inte.", antal, antal=antal)


def _meningar(*delar: str) -> str:
    return fogad(*(d for d in delar if d), skilje=" ")


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
    Diagramtyp.AR: _ar,
}
