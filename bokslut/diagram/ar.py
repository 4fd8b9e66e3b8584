"""From a result over the years, or a kommun over the periods, to a small chart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import Final

from bokslut import ordval, tal
from bokslut.diagram.spec import ChartSpec, Diagramtyp, Rad, Serie, Varde
from bokslut.fras import fogad, fras, stor
from bokslut.jamforelse.arsserie import Arspunkt, Arsserie
from indikatorer.resultat import Brott, Orsak, Serievarde

LAS: Final = fras(
    "Punkten är årets värde, det tjocka strecket eller bandet är årets mål och den tunna lodräta linjen visar hur "
    "osäker siffran är. Där en streckad linje går mellan två år har något ändrats, så att åren inte går att jämföra "
    "rakt av."
)
_ENHETER: Final = ("procentenheter", "procentenhet")


def over_aren(id_: str, titel: str, serie: Arsserie, kalla: str) -> ChartSpec:
    """One result, year by year."""
    punkter, regel = serie.punkter, serie.nu.regel
    rader = tuple(_rad(p, regel) for p in punkter)
    enhet = _enhet(regel)
    return ChartSpec(
        id=id_,
        typ=Diagramtyp.AR,
        titel=fras("{titel}, i procentenheter", titel=titel) if enhet == "procentenheter" else titel,
        las=LAS,
        enhet=enhet,
        kalla=kalla,
        serier=(Serie(fras("Resultat"), "resultat"),),
        rader=rader,
        axel=_axel(rader, enhet),
        ritade=1,
        fotnoter=(*_mal(punkter), *(fogad(p.ar, ": ", brott_text(p), ".") for p in punkter if p.brott)),
    )


def brott_text(p: Arspunkt) -> str:
    """What changed since the year before, in words."""
    return tal.rakna_upp([ordval.BROTT_ORD[b] for b in p.brott])


def bruten(p: Arspunkt) -> bool:
    """Whether a year's figure does not compare with the year before's. A new goal alone leaves the figure as it was."""
    return any(b is not Brott.GRANS for b in p.brott)


def _rad(p: Arspunkt, regel: str) -> Rad:
    bitar = [brott_text(p), fras("osäkert") if p.osaker else "", p.saknas]
    return Rad(
        str(p.ar),
        (
            Varde(
                None if p.varde is None else float(p.varde),
                utan_enhet(p.visat),
                fogad(*(b for b in bitar if b), skilje=", "),
            ),
        ),
        signal="" if p.saknas else ordval.signal_kod(p.signal),
        ord="" if p.saknas else _ord(p),
        under="" if p.krav is None else tal.visat(p.krav),
        grans=_granser(p, regel),
        intervall=p.intervall,
        intervall_visat="" if p.intervall is None else tal.intervall(p.intervall),
        bruten=bruten(p),
    )


def _ord(p: Arspunkt) -> str:
    return fras("Inte mätt") if p.orsak is Orsak.INTE_MATT else ordval.signal_text(p.signal, p.orsak)


def utan_enhet(visat: str) -> str:
    """A figure without a unit that is too long for a small chart, whose title has it instead."""
    for enhet in _ENHETER:
        visat = visat.removesuffix(f"{tal.HART_BLANK}{enhet}")
    return tal.visat(visat)


def _granser(p: Arspunkt, regel: str) -> tuple[float, ...]:
    if p.gron is None:
        return ()
    granser = tuple(float(g) for g in (p.gron.lag, p.gron.hog) if g is not None)
    # A difference may go either way: the goal is a band around zero.
    return (-granser[0], granser[0]) if regel == "skillnad" and granser else granser


def _enhet(regel: str) -> str:
    if regel in ("skillnad", "forandring"):
        return "procentenheter"
    return "antal" if regel in ("antal", "goda_exempel") else "" if regel == "nulage" else "%"


def _axel(rader: Sequence[Rad], enhet: str) -> tuple[float, float]:
    """Shares from nothing to all; the rest as far as they reach, differences as far up as down."""
    varden = [v for r in rader for v in (*r.grans, *(r.intervall or ()))]
    varden += [v.tal for r in rader for v in r.varden if v.tal is not None]
    if enhet == "%":
        return (0, max([100.0, *varden]))
    hogst = max((abs(v) for v in varden), default=1) or 1
    steg = 10 if hogst > 10 else 2  # so that the middle is a whole number too
    hogst = -(-hogst // steg) * steg
    return (-hogst, hogst) if enhet == "procentenheter" else (0, hogst)


def _mal(punkter: Sequence[Arspunkt]) -> tuple[str, ...]:
    """The goals as they were: one sentence per stretch of years with the same goal."""
    med = [p for p in punkter if not p.saknas]
    strackor = [(krav, [p.ar for p in grupp]) for krav, grupp in groupby(med, key=lambda p: p.krav)]
    if len(strackor) == 1:
        return (fras("Mål: {krav}.", krav=tal.visat(strackor[0][0])),) if strackor[0][0] else ()
    return tuple(
        fras(
            "Mål {ar}: {krav}.",
            ar=f"{ar[0]}–{ar[-1]}" if len(ar) > 1 else ar[0],
            krav=tal.visat(krav) if krav else fras("inget mål"),
        )
        for krav, ar in strackor
    )


def kommuner(serier: Sequence[Serievarde]) -> tuple[tuple[str, ChartSpec], ...]:
    """Helårspersoner of each area over all periods, on one and the same axis: (area, chart)."""
    rutnat = {(s.omrade, s.period): s for s in serier}
    perioder = sorted({s.period for s in serier})
    alla = [float(s.andel) for s in serier if s.andel is not None]
    axel = (min(alla, default=0) // 4 * 4, -(-max(alla, default=100) // 4) * 4)
    omraden = dict.fromkeys(s.omrade for s in serier)
    return tuple((o, _kommun(f"helar-{i}", o, perioder, rutnat, axel)) for i, o in enumerate(omraden, 1))


def _kommun(
    id_: str, omrade: str, perioder: Sequence[str], rutnat: dict[tuple[str, str], Serievarde], axel: tuple[float, float]
) -> ChartSpec:
    rader = tuple(_periodrad(p, fore, rutnat.get((omrade, p))) for fore, p in pairwise(["", *perioder]))
    return ChartSpec(
        id=id_,
        typ=Diagramtyp.AR,
        titel=fras("{omrade}, i procent", omrade=omrade),
        las=fras("Ringen är en osäker uppgift. Där en streckad linje går mellan två perioder är de olika långa."),
        enhet="procent",
        kalla=fras("Källa: SCB, helårspersoner i procent av befolkningen 20–64 år."),
        serier=(Serie(fras("Andel"), "resultat"),),
        rader=rader,
        axel=axel,
        ritade=1,
        fotnoter=(fras("* Osäker uppgift."),) if any(r.varden[0].osaker for r in rader) else (),
    )


def _periodrad(period: str, fore: str, s: Serievarde | None) -> Rad:
    namn = stor(ordval.period_text(period))
    olika = bool(fore) and fore[4:5] != period[4:5]
    if s is None or s.andel is None:
        return Rad(namn, (Varde(None, "–", fras("saknas")),), bruten=olika)
    visat = tal.visat(s.visat.removesuffix(f"{tal.HART_BLANK}%"))
    anm = ordval.STATUS_ORD.get(s.status, s.status)
    return Rad(namn, (Varde(float(s.andel), visat, anm, s.status == "osaker"),), bruten=olika)
