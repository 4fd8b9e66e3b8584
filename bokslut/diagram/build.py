"""From results to charts of judgements: the signal board, shares, gender zones, differences and the index.

Nothing is counted here but signals: figures and their texts are taken from the results as they stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bokslut import ordval, tal
from bokslut.diagram.spec import ChartSpec, Diagramtyp, Rad, Serie, Varde
from bokslut.fras import fogad, fras
from indikatorer.resultat import Malomrade, Orsak, Resultat

_LAS: Final = fras("Stapeln är andelen. Strecket tvärs över är målet, den tunna linjen visar hur osäker siffran är.")
_LAS_FORE: Final = fras(
    "Stapeln är andelen. Strecket tvärs över är målet, den tunna linjen visar hur osäker siffran är och ringen är "
    "året före."
)
ANDELSREGLER = frozenset({"andel", "progression", "information", "kvot"})


@dataclass(frozen=True, slots=True)
class Sammanhang:
    """What a result does not say of itself. grupper: the name of each källa as its answers are called."""

    ar: int
    minsta_grupp: int
    grupper: Mapping[str, str]

    def namn(self, r: Resultat) -> str:
        """The label of a result: number, title and group."""
        grupp = "" if r.grupp is None else f": {self.grupper.get(r.grupp, r.grupp)}"
        return f"{r.nummer} {r.titel}{grupp}" if r.nummer else f"{r.titel}{grupp}"


def signaltavla(omraden: Sequence[Malomrade], ar: int) -> ChartSpec:
    """How many results reach their goal, area by area."""
    koder = {o.id: [ordval.signal_kod(r.signal) for r in o.resultat()] for o in omraden}
    finns = [k for k in ordval.SIGNAL_ORD if any(k in lista for lista in koder.values())]
    rader = tuple(
        Rad(f"{o.nummer}. {o.titel}", tuple(Varde(n, tal.antal(n)) for n in map(koder[o.id].count, finns)))
        for o in omraden
    )
    return ChartSpec(
        id="signaler",
        typ=Diagramtyp.SIGNALTAVLA,
        titel=fras("Signaler per målområde"),
        las=fras("Varje ruta är ett resultat. Siffrorna till höger säger hur många det är av varje slag."),
        enhet="resultat",
        kalla=fras("Socialt bokslut {ar}, alla resultat.", ar=ar),
        serier=tuple(Serie(ordval.SIGNAL_ORD[k], k) for k in finns),
        rader=rader,
        axel=(0, max((len(lista) for lista in koder.values()), default=1) or 1),
        ritade=len(finns),
    )


def andelar(id_: str, titel: str, resultat: Sequence[Resultat], sam: Sammanhang) -> ChartSpec:
    """Shares in percent with the limit, the interval and last year's value."""
    valda = [r for r in resultat if r.regel in ANDELSREGLER]
    fore = any(r.foregaende is not None for r in valda)
    serier = [Serie(fras("Resultat {ar}", ar=sam.ar), "resultat")] + (
        [Serie(fras("Året före"), "fore")] if fore else []
    )
    hogst = max((float(r.varde) for r in valda if r.varde is not None), default=100.0)
    return ChartSpec(
        id=id_,
        typ=Diagramtyp.ANDEL,
        titel=titel,
        las=_LAS_FORE if fore else _LAS,
        enhet="%",
        kalla=_kallor(valda, sam),
        serier=tuple(serier),
        rader=tuple(_andelsrad(r, sam, fore) for r in valda),
        axel=(0, max(100.0, hogst)),
        ritade=len(serier),
        fotnoter=_skydd(valda, sam),
    )


def konszoner(id_: str, resultat: Sequence[Resultat], sam: Sammanhang) -> ChartSpec:
    """The share of one gender against the zone that the goal allows."""
    valda = [r for r in resultat if r.regel == "konszon"]
    zoner = [(float(r.gron.lag), float(r.gron.hog)) for r in valda if r.gron and r.gron.lag and r.gron.hog]
    zon = zoner[0] if zoner else None
    return ChartSpec(
        id=id_,
        typ=Diagramtyp.KONSZON,
        titel=fras("Könsfördelning mot zonen"),
        las=fras("Det skuggade bandet är zonen. En markering i bandet betyder att båda könen har minst så stor del."),
        enhet="%",
        kalla=_kallor(valda, sam),
        serier=(Serie(fras("Andel {ar}", ar=sam.ar), "resultat"),),
        rader=tuple(_zonrad(r, sam) for r in valda),
        axel=(0, 100),
        ritade=1,
        zon=zon,
        fotnoter=_skydd(valda, sam),
    )


def skillnader(id_: str, resultat: Sequence[Resultat], sam: Sammanhang) -> ChartSpec:
    """Women's and men's shares, and the distance between them."""
    valda = [r for r in resultat if r.regel == "skillnad"]
    krav = tal.rakna_upp([tal.visat(k) for k in sorted({r.krav for r in valda if r.krav})])
    mal = [fras("Målet är {krav}.", krav=krav)] if krav else []
    band = fras("Ryms båda i det skuggade bandet är skillnaden inom gränsen.")
    las = fogad(fras("Cirkeln är kvinnor, kvadraten är män."), *mal, band, skilje=" ")
    varden = [float(d.varde) for r in valda for d in (r.delar or {}).values()]
    if not varden:
        dolt = fras("Signalen visas, siffrorna gör det inte.")
        las = fogad(fras("Varje rad jämför kvinnor och män."), *mal, dolt, skilje=" ")
    return ChartSpec(
        id=id_,
        typ=Diagramtyp.SKILLNAD,
        titel=fras("Skillnad mellan kvinnor och män"),
        las=las,
        enhet="%",
        kalla=_kallor(valda, sam),
        serier=(Serie(fras("Kvinnor"), "kvinna"), Serie(fras("Män"), "man"), Serie(fras("Skillnad"), "skillnad")),
        rader=tuple(_skillnadsrad(r, namn) for r, namn in zip(valda, _utan_gemensamt(valda, sam), strict=True)),
        axel=(max(0, (min(varden, default=10) - 10) // 10 * 10), 100),
        ritade=2,
        fotnoter=_skydd(valda, sam),
    )


def _utan_gemensamt(valda: Sequence[Resultat], sam: Sammanhang) -> list[str]:
    """The labels, without the words before a colon that all of them begin with."""
    if len(valda) < 2 or len({r.titel.partition(": ")[0] for r in valda}) > 1:
        return [sam.namn(r) for r in valda]
    slut = [r.titel.partition(": ")[2] or r.titel for r in valda]
    return [f"{r.nummer or ''} {t[:1].upper()}{t[1:]}".strip() for r, t in zip(valda, slut, strict=True)]


def index(id_: str, r: Resultat, sam: Sammanhang) -> ChartSpec:
    """The share of the named indicators that reach their goal."""
    nadda, alla = (None if t is None else float(t) for t in (r.taljare, r.namnare))
    return ChartSpec(
        id=id_,
        typ=Diagramtyp.INDEX,
        titel=r.titel,
        las=fras("Varje ruta är en av indikatorerna i indexet. Fyllda rutor är de som når sitt mål."),
        enhet="%",
        kalla=fras("Räknat på signalerna i bokslutet {ar}.", ar=sam.ar),
        serier=(Serie(fras("Index"), "resultat"), Serie(fras("Når målet"), "gron"), Serie(fras("Bedömda"), "ingen")),
        rader=(
            Rad(
                sam.namn(r),
                (
                    Varde(None if r.varde is None else float(r.varde), tal.visat(r.visat)),
                    Varde(nadda, "" if nadda is None else tal.visat(tal.decimal(nadda))),
                    Varde(alla, "" if alla is None else tal.visat(tal.decimal(alla))),
                ),
                signal=ordval.signal_kod(r.signal),
                ord="" if r.signal is None else ordval.signal_text(r.signal, r.orsak),
                under=_mal(r),
            ),
        ),
        axel=(0, 100),
        ritade=1,
        fotnoter=_skydd([r], sam),
    )


def _andelsrad(r: Resultat, sam: Sammanhang, fore: bool) -> Rad:
    varden = [_varde(r)]
    if fore:
        f = r.foregaende
        visat = "" if f is None else tal.visat(f.visat)
        varden.append(Varde(None if f is None or f.varde is None else float(f.varde), visat, _brott(r)))
    return Rad(
        sam.namn(r),
        tuple(varden),
        signal=ordval.signal_kod(r.signal),
        ord=ordval.signal_text(r.signal, r.orsak),
        under=_mal(r),
        grans=_granser(r),
        intervall=r.intervall,
        intervall_visat="" if r.intervall is None else tal.intervall(r.intervall),
    )


def _zonrad(r: Resultat, sam: Sammanhang) -> Rad:
    return Rad(
        sam.namn(r),
        (_varde(r),),
        signal=ordval.signal_kod(r.signal),
        ord=ordval.signal_text(r.signal, r.orsak),
        under=avstand(r),
        grans=_granser(r),
    )


def avstand(r: Resultat) -> str:
    """The distance to the nearest edge of the zone, in words."""
    if r.varde is None or r.gron is None or r.gron.lag is None or r.gron.hog is None:
        return ""
    lag, hog = r.gron.lag, r.gron.hog
    if r.varde in (lag, hog):
        return fras("precis på zonens gräns")
    if lag < r.varde < hog:
        return fras("{avstand} innanför zonens gräns", avstand=tal.procentenheter(min(r.varde - lag, hog - r.varde)))
    return fras("{avstand} utanför zonen", avstand=tal.procentenheter(max(lag - r.varde, r.varde - hog)))


def _skillnadsrad(r: Resultat, namn: str) -> Rad:
    delar = r.delar or {}
    kon = tuple(
        Varde(float(delar[k].varde), tal.procent(delar[k].varde)) if k in delar else Varde(None, "..")
        for k in ("kvinna", "man")
    )
    return Rad(
        namn,
        (*kon, _varde(r)),
        signal=ordval.signal_kod(r.signal),
        ord=ordval.signal_text(r.signal, r.orsak),
        under="" if r.delar else fras("visas inte"),
        grans=_granser(r),
    )


def _varde(r: Resultat) -> Varde:
    visat = tal.visat("–" if r.visat == "-" else r.visat)
    return Varde(None if r.varde is None else float(r.varde), visat, fras("osäkert") if r.osaker else "")


def _mal(r: Resultat) -> str:
    return "" if r.krav is None else fras("mål {krav}", krav=tal.visat(r.krav))


def _brott(r: Resultat) -> str:
    return "" if r.foregaende is None else tal.rakna_upp([ordval.BROTT_ORD[b] for b in r.foregaende.brott])


def _granser(r: Resultat) -> tuple[float, ...]:
    return tuple(float(g) for g in (r.gron.lag, r.gron.hog) if g is not None) if r.gron else ()


def _kallor(valda: Sequence[Resultat], sam: Sammanhang) -> str:
    svar = {r.kalla: r.namnare for r in valda if r.kalla}
    namn = [sam.grupper.get(k, k) for k in svar]
    if not namn:
        return fras("Källa: bokslutet {ar}.", ar=sam.ar)
    return fras("Källa: {kallor}, {ar}.", kallor=tal.rakna_upp([n.lower() for n in namn]), ar=sam.ar)


def _skydd(valda: Sequence[Resultat], sam: Sammanhang) -> tuple[str, ...]:
    dolda = any(r.orsak in (Orsak.SKYDDAD, Orsak.FOR_FA_SVAR) for r in valda)
    return (fogad(f"..{tal.HART_BLANK}", ordval.skyddstext(sam.minsta_grupp)),) if dolda else ()
