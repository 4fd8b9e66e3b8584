"""The page Jämför med andra: our results beside those of other förbund, only where they mean the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bokslut import ordval, tal
from bokslut.diagram.ar import utan_enhet
from bokslut.diagram.spec import ChartSpec, Diagramtyp, Rad, Serie, Varde
from bokslut.fras import flertal, fras
from bokslut.jamforelse.grannfil import Grannbokslut, Grannresultat, dold, regel_text
from bokslut.resultatvy import Underlagsfakta, ankare
from indikatorer.resultat import Orsak, Resultat, Signal, Utvardering

SIDA = "jamfor.html"
# A signed figure is a place on a line, not the length of a bar.
_MED_TECKEN = ("skillnad", "forandring")


@dataclass(frozen=True, slots=True)
class Grannindikator:
    """One shared indicator: ours and theirs. noter: what to mind when reading, a sentence each."""

    ankare: str
    namn: str
    lank: str
    diagram: ChartSpec
    noter: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grannomrade:
    """An area and what can be compared in it."""

    titel: str
    indikatorer: tuple[Grannindikator, ...]


@dataclass(frozen=True, slots=True)
class Granne:
    """One of the others. jamforda: how many of our results they share. inte: (indicator, why it does not compare)."""

    namn: str
    jamforda: int
    inte: tuple[tuple[str, str], ...]
    bara_vi: int
    bara_de: int


@dataclass(frozen=True, slots=True)
class Grannvy:
    """The page. antal: how many results are compared with at least one other."""

    grannar: tuple[Granne, ...]
    omraden: tuple[Grannomrade, ...]
    antal: int


def build_grannar(
    u: Utvardering, andra: Sequence[Grannbokslut], fakta: Underlagsfakta, sidor: Mapping[str, str]
) -> Grannvy | None:
    """The page, or None when there is nobody to compare with. sidor: the page of each area, by id."""
    if not andra:
        return None
    deras = [(b, {(r.id, r.grupp): r for r in b.indikatorer}) for b in andra]
    omraden = []
    for o in u.malomraden:
        vyer = [
            _indikator(r, traffar, u, sidor[o.id], fakta) for r in o.resultat() if (traffar := list(_traffar(r, deras)))
        ]
        if vyer:
            omraden.append(Grannomrade(f"{o.nummer}. {o.titel}", tuple(vyer)))
    return Grannvy(
        grannar=tuple(_granne(u, b, per_nyckel) for b, per_nyckel in deras),
        omraden=tuple(omraden),
        antal=sum(len(o.indikatorer) for o in omraden),
    )


def _traffar(
    r: Resultat, deras: Sequence[tuple[Grannbokslut, Mapping[tuple[str, str | None], Grannresultat]]]
) -> Iterator[tuple[Grannbokslut, Grannresultat]]:
    for b, per_nyckel in deras:
        d = per_nyckel.get((r.id, r.grupp))
        if d is not None and not _hindrar(r, d):
            yield b, d


def _hindrar(r: Resultat, d: Grannresultat) -> str:
    """Why two results with one id do not compare; "" when they do."""
    if r.regel != d.regel:
        vi, de = regel_text(r.regel), regel_text(d.regel)
        return fras("räknas på olika sätt: {vi} hos oss, {de} hos dem", vi=vi, de=de)
    if r.krav != d.krav:
        vi, de = (tal.visat(krav) if krav else fras("inget mål") for krav in (r.krav, d.krav))
        return fras("målen är olika: {vi} hos oss, {de} hos dem", vi=vi, de=de)
    if Orsak.FEL_I_DEFINITIONEN in (r.orsak, d.orsak):
        return fras("definitionen är fel hos någon av oss")
    return ""


def _granne(u: Utvardering, b: Grannbokslut, per_nyckel: Mapping[tuple[str, str | None], Grannresultat]) -> Granne:
    vara = {(r.id, r.grupp): r for r in u.resultat()}
    delade = [(r, per_nyckel[nyckel]) for nyckel, r in vara.items() if nyckel in per_nyckel]
    inte = [(_namn(r), skal) for r, d in delade if (skal := _hindrar(r, d))]
    # A group of theirs (a kommun, an insats) is no group of ours though the indicator is the same.
    vara_id, deras_id = {id_ for id_, _ in vara}, {id_ for id_, _ in per_nyckel}
    delade_id = {r.id for r, _ in delade}
    andra_grupper = {r.id: r for r in vara.values() if r.id in deras_id - delade_id}
    inte += [(_namn(r), fras("gäller olika grupper, som olika kommuner eller källor")) for r in andra_grupper.values()]
    return Granne(
        b.namn,
        len(delade) - sum(bool(_hindrar(r, d)) for r, d in delade),
        tuple(inte),
        bara_vi=len(vara_id - deras_id),
        bara_de=len(deras_id - vara_id),
    )


def _namn(r: Resultat) -> str:
    return f"{r.nummer or ''} {r.titel}".strip()


def _indikator(
    r: Resultat,
    traffar: Sequence[tuple[Grannbokslut, Grannresultat]],
    u: Utvardering,
    sida: str,
    fakta: Underlagsfakta,
) -> Grannindikator:
    namn = fakta.sammanhang.namn(r)
    id_ = f"jamfor-{ankare(r).removeprefix('r-')}"
    return Grannindikator(
        ankare=f"rad-{id_}",
        namn=namn,
        lank=f"{sida}#{ankare(r)}",
        diagram=_diagram(id_, namn, r, traffar, u),
        noter=tuple(_noter(r, traffar, u)),
    )


def _diagram(
    id_: str, namn: str, r: Resultat, traffar: Sequence[tuple[Grannbokslut, Grannresultat]], u: Utvardering
) -> ChartSpec:
    oss = Rad(
        f"{u.forbund} {u.ar}",
        (Varde(None if r.varde is None else float(r.varde), utan_enhet("–" if r.visat == "-" else r.visat)),),
        ordval.signal_kod(r.signal),
        ordval.signal_text(r.signal, r.orsak),
    )
    rader = (oss, *(_deras(b, d) for b, d in traffar))
    grans = tuple(float(g) for g in (r.gron.lag, r.gron.hog) if g is not None) if r.gron else ()
    med_tecken = r.regel in _MED_TECKEN
    antal = r.regel in ("antal", "goda_exempel")
    serie = Serie(fras("Resultat"), "period1" if med_tecken else "resultat")
    return ChartSpec(
        id=id_,
        typ=Diagramtyp.SERIE if med_tecken else Diagramtyp.ANDEL,
        titel=fras("{titel}, i procentenheter", titel=namn) if med_tecken else namn,
        las=fras("Varje rad är ett förbund. Strecket tvärs över är målet.")
        if grans
        else fras("Varje rad är ett förbund."),
        enhet="procentenheter" if med_tecken else "antal" if antal else "%",
        kalla=flertal(
            "Källa: bokslutet {ar} och det andras publicerade resultat.",
            "Källa: bokslutet {ar} och de andras publicerade resultat.",
            len(traffar),
            ar=u.ar,
        ),
        serier=(serie,),
        rader=tuple(Rad(x.namn, x.varden, x.signal, x.ord, grans=() if med_tecken else grans) for x in rader),
        axel=_axel(rader, grans, r.regel),
        ritade=1,
        radnamn=fras("Förbund"),
        fotnoter=(fras("Mål: {krav}.", krav=tal.visat(r.krav)),) if r.krav else (),
    )


def _deras(b: Grannbokslut, d: Grannresultat) -> Rad:
    """Theirs, with what they hide hidden."""
    signal = None if d.signal is None else Signal(d.signal)
    orsak = None if d.orsak is None else Orsak(d.orsak)
    if dold(d):
        varde = Varde(
            None, tal.visat(d.visat) if d.regel == "nolltolerans" and d.visat.startswith("färre än") else ".."
        )
    else:
        varde = Varde(d.varde, utan_enhet("–" if d.visat == "-" else d.visat))
    return Rad(b.namn, (varde,), ordval.signal_kod(signal), ordval.signal_text(signal, orsak))


def _axel(rader: Sequence[Rad], grans: Sequence[float], regel: str) -> tuple[float, float]:
    tal_ = [v.tal for r in rader for v in r.varden if v.tal is not None]
    if regel in _MED_TECKEN:
        ut = max([abs(t) for t in (*tal_, *grans)], default=1) or 1
        hogst = -(-ut // 1)
        return (-hogst, hogst)
    if regel in ("antal", "goda_exempel"):
        return (0, max([*tal_, *grans, 1]))
    return (0, max([100.0, *tal_]))


def _noter(r: Resultat, traffar: Sequence[tuple[Grannbokslut, Grannresultat]], u: Utvardering) -> Iterator[str]:
    for b, d in traffar:
        if d.mening and d.mening != r.mening:
            yield fras("{forbund} beskriver sitt mål med andra ord: {mening}", forbund=b.namn, mening=f"”{d.mening}”")
    if ar := sorted({b.ar for b, _ in traffar} - {u.ar}):
        andra = tal.rakna_upp([str(a) for a in ar])
        yield fras("Alla siffror är inte från {ar}: {andra} finns också.", ar=u.ar, andra=andra)
