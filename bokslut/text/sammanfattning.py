"""The year in a few paragraphs, written from the evaluation alone: correct Swedish, and no claim beyond the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bokslut import tal
from bokslut.fras import Fras, flertal, fogad, fras, stor
from bokslut.text.rakneord import CELL, RESULTAT, STORST_I_ORD, andel_av, antal_av, par, rakneord
from indikatorer.interval import newcombe
from indikatorer.resultat import Brott, Kallfakta, Malomrade, Orsak, Resultat, Signal, Utvardering

# The rules whose values are shares of something, so that two years compare in percentage points.
_ANDELAR: Final = ("andel", "information", "progression", "kvot", "index")
_ANDRAT: Final = {
    Brott.ORDALYDELSE: fras("frågan"),
    Brott.SKALA: fras("skalan"),
    Brott.REGEL: fras("räknesättet"),
    Brott.PERIOD: fras("perioden"),
    Brott.GRANS: fras("målet"),
}
_BEDOMDA: Final = (Signal.GRON, Signal.GUL, Signal.ROD)


@dataclass(frozen=True, slots=True)
class Stycke:
    """A paragraph and its heading; plain text."""

    rubrik: str
    text: str


def sammanfatta(u: Utvardering) -> tuple[Stycke, ...]:
    """The paragraphs of a year: goals, change, answers, uncertainty, protection; those with something to say."""
    fore = u.aldre[0].ar if u.aldre else u.ar - 1
    stycken = (
        Stycke(fras("Målen"), fogad(*_malen(u), skilje=" ")),
        Stycke(fras("Sedan {ar}", ar=fore), fogad(*_andringar(u, fore), skilje=" ")),
        Stycke(fras("Svaren"), fogad(*_svaren(u.kallor), skilje=" ")),
        Stycke(fras("Osäkerhet"), fogad(*_osakerhet(u.resultat()), skilje=" ")),
        Stycke(fras("Skydd"), fogad(*_skydd(u), skilje=" ")),
    )
    return tuple(s for s in stycken if s.text)


def _bedomda(resultat: Sequence[Resultat]) -> tuple[int, int]:
    return sum(r.signal is Signal.GRON for r in resultat), sum(r.signal in _BEDOMDA for r in resultat)


def _malen(u: Utvardering) -> Iterator[str]:
    nar, alla = _bedomda(u.resultat())
    yield fogad(stor(nar_malet(nar, alla)), ".")
    if alla and len(u.malomraden) > 1:
        yield from (_i_omradet(o) for o in u.malomraden)
    nara = sum(r.signal is Signal.GUL for r in u.resultat())
    if nara:
        yield fras("{antal} är nära målet.", antal=stor(antal_av(nara, RESULTAT)))
    gra = sum(r.signal is Signal.GRA for r in u.resultat())
    if gra and alla:
        yield flertal("{antal} är inte bedömt.", "{antal} är inte bedömda.", gra, antal=stor(antal_av(gra, RESULTAT)))


def nar_malet(nar: int, alla: int) -> Fras:
    """How many of the judged results reach their goal: a clause without capital letter and full stop."""
    if alla == 0:
        return fras("inga resultat är bedömda ännu")
    if alla == 1:
        nadde, inte = fras("det enda bedömda resultatet når målet"), fras("det enda bedömda resultatet når inte målet")
        return nadde if nar else inte
    return fras("{antal} når målet", antal=andel_av(nar, alla, RESULTAT))


def _i_omradet(o: Malomrade) -> str:
    nar, alla = _bedomda(o.resultat())
    if alla == 0:
        return fras("I {omrade} är inget resultat bedömt.", omrade=o.titel)
    if alla == 1 and nar:
        return fras("I {omrade} når det enda bedömda resultatet målet.", omrade=o.titel)
    if alla == 1:
        return fras("I {omrade} når det enda bedömda resultatet inte målet.", omrade=o.titel)
    return fras("I {omrade} når {antal} målet.", omrade=o.titel, antal=andel_av(nar, alla, RESULTAT))


def _andringar(u: Utvardering, fore: int) -> Iterator[str]:
    """What crossed its goal, what moved most, and what cannot be compared."""
    med_fore = [r for r in u.resultat() if r.foregaende is not None and r.foregaende.ar == fore]
    if not med_fore:
        return
    jamforbara = [r for r in med_fore if r.foregaende is not None and not r.foregaende.brott]
    yield from _over_malet(jamforbara, fore, u.ar)
    yield from _mest(jamforbara, u)
    brutna = [r.foregaende.brott for r in med_fore if r.foregaende is not None and r.foregaende.brott]
    if brutna:
        yield fras(
            "{antal} går inte att jämföra, eftersom {vad} har ändrats.",
            antal=stor(antal_av(len(brutna), RESULTAT)),
            vad=_eller([ord_ for b, ord_ in _ANDRAT.items() if any(b in brott for brott in brutna)]),
        )


def _eller(ord_: Sequence[str]) -> str:
    if len(ord_) < 2:
        return ord_[0] if ord_ else ""
    return fras("{forst} eller {sist}", forst=fogad(*ord_[:-1], skilje=", "), sist=ord_[-1])


def _over_malet(jamforbara: Sequence[Resultat], fore: int, ar: int) -> Iterator[str]:
    par_ = [(r.foregaende.signal, r.signal) for r in jamforbara if r.foregaende is not None]
    bada = [(f, nu) for f, nu in par_ if f in _BEDOMDA and nu in _BEDOMDA]
    upp = sum(nu is Signal.GRON and f is not Signal.GRON for f, nu in bada)
    ned = sum(f is Signal.GRON and nu is not Signal.GRON for f, nu in bada)
    if upp:
        antal = stor(antal_av(upp, RESULTAT))
        yield fras("{antal} som inte nådde målet {fore} gör det {ar}.", antal=antal, fore=fore, ar=ar)
    if ned:
        antal = stor(antal_av(ned, RESULTAT))
        yield fras("{antal} som nådde målet {fore} gör det inte {ar}.", antal=antal, fore=fore, ar=ar)
    if bada and not upp and not ned:
        yield fras("Inget resultat som går att jämföra har passerat sitt mål sedan {fore}, åt något håll.", fore=fore)


def _mest(jamforbara: Sequence[Resultat], u: Utvardering) -> Iterator[str]:
    """The shares that rose and fell most, as far as the shown figures differ."""
    steg = [(_andring(r), r) for r in jamforbara if r.regel in _ANDELAR and _syns(r)]
    for tecken in (1, -1):
        storst = max((tecken * s for s, _ in steg), default=Fraction(0))
        if storst > 0:
            delar = [_fran_till(r, u) for s, r in steg if tecken * s == storst]
            vad = tal.rakna_upp(delar)
            okat, minskat = (
                fras("Mest har andelen ökat i {vad}.", vad=vad),
                fras("Mest har andelen minskat i {vad}.", vad=vad),
            )
            yield okat if tecken > 0 else minskat


def _syns(r: Resultat) -> bool:
    f = r.foregaende
    return f is not None and f.varde is not None and r.varde is not None and f.visat != r.visat


def _andring(r: Resultat) -> Fraction:
    f = r.foregaende
    return Fraction(0) if f is None or f.varde is None or r.varde is None else r.varde - f.varde


def _fran_till(r: Resultat, u: Utvardering) -> str:
    kallas = u.kallas()
    vad = f"”{r.titel}”" + (f" ({kallas.get(r.grupp, r.grupp)})" if r.grupp else "")
    fore, nu = (tal.visat(v) for v in (r.foregaende.visat if r.foregaende is not None else "", r.visat))
    text = fras("{vad}, från {fore} till {nu}", vad=vad, fore=fore, nu=nu)
    return fogad(text, ", ", fras("en skillnad som slumpen kan ha gett")) if _inom_slumpen(r, u) else text


def _inom_slumpen(r: Resultat, u: Utvardering) -> bool:
    """Whether the interval of the difference holds zero. Only answers are a matter of chance, not whole registers."""
    enkater = {k.id for k in u.kallor if k.typ == "enkat"}
    forra = next((a for a in u.aldre[0].resultat() if (a.id, a.grupp) == (r.id, r.grupp)), None) if u.aldre else None
    if r.kalla not in enkater or forra is None:
        return False
    antal = (r.taljare, r.namnare, forra.taljare, forra.namnare)
    nu_t, nu_n, da_t, da_n = (a if isinstance(a, int) else 0 for a in antal)
    if not nu_n or not da_n:
        return False
    lag, hog = newcombe((nu_t, nu_n), (da_t, da_n))
    return lag <= 0 <= hog


def _svaren(kallor: Sequence[Kallfakta]) -> Iterator[str]:
    enkater = [k for k in kallor if k.typ == "enkat"]
    kanda = [k for k in enkater if k.svarsfrekvens is not None]
    for k in kanda:
        antal = fogad(" (", par(k.antal, k.utdelade), ")") if k.antal is not None and k.utdelade else ""
        andel = fogad(tal.procent(k.svarsfrekvens or 0), antal)
        yield fras("Av {vilka} svarade {andel}.", vilka=k.kallas, andel=andel)
    okanda = [k for k in enkater if k.svarsfrekvens is None]
    if okanda:
        yield from _antal_svar([k for k in okanda if k.antal is not None])
        if kanda:
            yield fras(
                "Hur många som fick frågorna är inte känt för {vilka}, så svarsfrekvensen kan inte räknas.",
                vilka=_upprakna([k.kallas for k in okanda]),
            )
        else:
            yield fras("Hur många som fick frågorna är inte känt, så svarsfrekvensen kan inte räknas.")


def _antal_svar(kallor: Sequence[Kallfakta]) -> Iterator[str]:
    """How many answered, in figures for all where one takes figures."""
    antal = [k.antal or 0 for k in kallor]
    siffror = any(a > STORST_I_ORD for a in antal)
    ord_ = [tal.antal(a) if siffror else rakneord(a, neutrum=True) for a in antal]
    if kallor:
        delar = [
            flertal("{antal} svar från {vilka}", "{antal} svar från {vilka}", n, antal=o, vilka=k.kallas)
            for n, o, k in zip(antal, ord_, kallor, strict=True)
        ]
        yield fras("Enkäterna har gett {delar}.", delar=_upprakna(delar))


def _upprakna(delar: Sequence[str]) -> str:
    """A list in words; "samt" before the last where a part holds an "och" of its own."""
    if len(delar) > 1 and any(" och " in d for d in delar):
        return fras("{forst} samt {sist}", forst=fogad(*delar[:-1], skilje=", "), sist=delar[-1])
    return tal.rakna_upp(list(delar))


def _osakerhet(resultat: Sequence[Resultat]) -> Iterator[str]:
    antal = sum(bool(r.osaker) for r in resultat)
    if antal:
        i = antal_av(antal, RESULTAT)
        yield fras("I {antal} är svaren så få att slumpen kan ha avgjort signalen.", antal=i)
        yield flertal("Det är märkt osäkert.", "De är märkta osäkert.", antal)


def _skydd(u: Utvardering) -> Iterator[str]:
    """What is not shown, and why."""
    if not u.minsta_grupp:
        yield fras("Skyddet är avstängt i den här utgåvan, så även små tal visas. Den är till för kontroll.")
        return
    fa = rakneord(u.minsta_grupp)
    skyddade = sum(r.orsak is Orsak.SKYDDAD for r in u.resultat())
    if skyddade:
        yield fras(
            "I {antal} är siffrorna skyddade, eftersom de kan avslöja något om färre än {fa} personer.",
            antal=antal_av(skyddade, RESULTAT),
            fa=fa,
        )
        yield fras("Signalen visas ändå.")
    for_fa = sum(r.orsak is Orsak.FOR_FA_SVAR for r in u.resultat())
    if for_fa:
        antal = antal_av(for_fa, RESULTAT)
        yield fras("I {antal} har färre än {fa} svarat, så där visas varken siffra eller signal.", antal=antal, fa=fa)
    dolda = sum(c.antal is None for c in u.tabeller)
    if dolda:
        yield flertal(
            "I deltagartabellerna är {antal} dold, av sammanlagt {alla}.",
            "I deltagartabellerna är {antal} dolda, av sammanlagt {alla}.",
            dolda,
            antal=antal_av(dolda, CELL),
            alla=tal.antal(len(u.tabeller)),
        )
    if not skyddade and not for_fa and not dolda:
        yield fras("Inga siffror har behövt skyddas.")
