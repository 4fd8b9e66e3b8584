"""From tables and statistics to charts of counts: what became of deltagare, and helårspersoner over the years."""

from __future__ import annotations

from collections.abc import Sequence

from bokslut import ordval, tal
from bokslut.diagram.spec import ChartSpec, Diagramtyp, Rad, Serie, Varde
from bokslut.fras import fogad, fras, stor
from indikatorer.resultat import Serievarde, Tabellcell


def utfall_totalt(celler: Sequence[Tabellcell], ar: int, minsta_grupp: int) -> ChartSpec:
    """How deltagare finished, women and men, in the first table."""
    rutnat = {(c.utfall, c.kon): c for c in celler if c.tabell == celler[0].tabell}
    rader = [
        Rad(ordval.UTFALL_KORT[u], tuple(_cell(rutnat.get((u, k))) for k in ("kvinna", "man", None)))
        for u in ordval.SLUTUTFALL
        if (u, None) in rutnat
    ]
    return ChartSpec(
        id="utfall",
        typ=Diagramtyp.UTFALL,
        titel=fras("Så slutade insatserna"),
        las=fras("En stapel per utfall, delad i kvinnor och män. Siffrorna är antal personer."),
        enhet="personer",
        kalla=fras("Källa: deltagarregistret {ar}.", ar=ar),
        serier=(Serie(fras("Kvinnor"), "kvinna"), Serie(fras("Män"), "man"), Serie(fras("Alla"), "alla")),
        rader=tuple(rader),
        axel=(0, _hogst(rader, 2)),
        ritade=2,
        fotnoter=_skydd(rader, minsta_grupp),
    )


def utfall_enheter(celler: Sequence[Tabellcell], ar: int, minsta_grupp: int) -> ChartSpec:
    """Positive solutions and drop-outs, enhet by enhet."""
    rutnat = {(c.enhet, c.utfall): c for c in celler if c.kon is None and c.enhet is not None}
    enheter = list(dict.fromkeys(c.enhet for c in celler if c.enhet is not None))
    utfall = [u for u in ("positiv", *ordval.AVBROTT) if any((e, u) in rutnat for e in enheter)]
    rader = [Rad(e, tuple(_cell(rutnat.get((e, u))) for u in (*utfall, "avslutade"))) for e in enheter]
    klasser = ("positiv", "avbrott1", "avbrott2")
    return ChartSpec(
        id="utfall-enheter",
        typ=Diagramtyp.UTFALL,
        titel=fras("Utfall per enhet"),
        las=fras("Stapelns längd är antalet som har avslutat, delat efter hur det slutade."),
        enhet="personer",
        kalla=fras("Källa: deltagarregistret {ar}.", ar=ar),
        serier=(
            *(Serie(ordval.UTFALL_KORT[u], k) for u, k in zip(utfall, klasser, strict=False)),
            Serie(fras("Alla"), "alla"),
        ),
        rader=tuple(rader),
        axel=(0, _hogst(rader, len(utfall))),
        ritade=len(utfall),
        fotnoter=(*_skydd(rader, minsta_grupp), *_blekt(rader)),
    )


def helarspersoner(serier: Sequence[Serievarde]) -> ChartSpec:
    """The first and the two latest periods of each area, on one line."""
    rutnat = {(s.omrade, s.period): s for s in serier}
    perioder = sorted({s.period for s in serier})
    valda = perioder if len(perioder) <= 3 else [perioder[0], *perioder[-2:]]
    rader = tuple(
        Rad(o, tuple(_serievarde(rutnat.get((o, p))) for p in valda)) for o in dict.fromkeys(s.omrade for s in serier)
    )
    tal_ = [v.tal for rad in rader for v in rad.varden if v.tal is not None]
    klasser = ("period3", "period2", "period1")[-len(valda) :]
    osakra = any(v.osaker for rad in rader for v in rad.varden)
    return ChartSpec(
        id="helarspersoner",
        typ=Diagramtyp.SERIE,
        titel=fras("Andel av befolkningen som försörjs med ersättning"),
        las=fras(
            "Varje rad är ett område. Den fyllda markeringen är senast. Ligger den till vänster har andelen minskat."
        ),
        enhet="%",
        kalla=fras("Källa: SCB, helårspersoner i procent av befolkningen 20–64 år."),
        serier=tuple(Serie(stor(ordval.period_text(p)), k) for p, k in zip(valda, klasser, strict=True)),
        rader=rader,
        axel=(min(tal_, default=0) // 2 * 2, -(-max(tal_, default=100) // 2) * 2),
        ritade=len(valda),
        fotnoter=(*((fras("* Osäker uppgift."),) if osakra else ()), *_olika_perioder(valda)),
    )


def _olika_perioder(perioder: Sequence[str]) -> tuple[str, ...]:
    """A warning when the two latest periods differ in kind."""
    if len({p[4:5] for p in perioder[-2:]}) < 2:
        return ()
    return (fras("De två senaste perioderna är olika långa, så jämför dem med försiktighet."),)


def _cell(c: Tabellcell | None) -> Varde:
    return Varde(None, "–") if c is None else Varde(c.antal, tal.visat(c.visat))


def _serievarde(s: Serievarde | None) -> Varde:
    if s is None or s.andel is None:
        return Varde(None, fras("saknas"))
    return Varde(float(s.andel), tal.visat(s.visat), ordval.STATUS_ORD.get(s.status, s.status), s.status == "osaker")


def _hogst(rader: Sequence[Rad], ritade: int) -> float:
    return max((max(sum(v.tal or 0 for v in r.varden[:ritade]), r.varden[-1].tal or 0) for r in rader), default=1) or 1


def _blekt(rader: Sequence[Rad]) -> tuple[str, ...]:
    """What bars with hidden parts leave out, so that nobody takes a short bar for a small enhet."""
    delvis = [r for r in rader if any(v.visat == ".." for v in r.varden[:-1])]
    blek = any(r.varden[-1].tal is not None for r in delvis)
    kort = any(r.varden[-1].tal is None for r in delvis)
    return (
        *((fras("Den bleka delen av en stapel är personer vars utfall inte visas."),) if blek else ()),
        *((fras("Där Alla inte visas kan enheten ha fler än stapeln visar."),) if kort else ()),
    )


def _skydd(rader: Sequence[Rad], minsta_grupp: int) -> tuple[str, ...]:
    dolda = any(v.visat == ".." for r in rader for v in r.varden)
    return (fogad(f"..{tal.HART_BLANK}", ordval.skyddstext(minsta_grupp)),) if dolda else ()
