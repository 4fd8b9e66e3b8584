"""Every figure that a bokslut shows, so that a text can be held against them.

Only what is shown is here: a hidden figure is as unknown to the check as to a reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from bokslut import ordval, tal
from bokslut.text.levande import anrop_for
from bokslut.text.talfynd import Slag, hitta_tal
from indikatorer.resultat import Resultat, Utvardering


@dataclass(frozen=True, slots=True)
class Siffra:
    """A figure. varde: as it is shown, without sign. exakt: unrounded, where more decimals may be written.

    vad: where it stands, in words. indikator: id, None for what belongs to the whole. anrop: what calls it, "" if
    nothing does. ar: the year that it is about. hela: for a share that is said as a pair, the whole.
    """

    slag: Slag
    varde: Fraction
    visat: str
    vad: str
    indikator: str | None
    ar: int
    anrop: str = ""
    exakt: Fraction | None = None
    decimaler: int = 0
    par: tuple[int, int] | None = None


def kanda_siffror(u: Utvardering) -> list[Siffra]:
    """The figures of the year, its own first, and of the years before."""
    ut: list[Siffra] = []
    for ar in (u, *u.aldre):
        for r in ar.resultat():
            ut += _Ur(r, ar, arets=ar is u).alla()
        ut += _av_helheten(ar)
    for r in u.resultat():
        ut += _av_foregaende(r, u)
    return ut


def _vad(r: Resultat, u: Utvardering) -> str:
    kallas = u.kallas()
    grupp = f" ({kallas.get(r.grupp, r.grupp)})" if r.grupp else ""
    return f"{r.nummer or r.id} {r.titel}{grupp}"


@lru_cache(maxsize=4096)
def _visad(text: str) -> tuple[tuple[Slag, Fraction, int], ...]:
    """What a shown text holds: "78 %" is 78 percent."""
    return tuple((f.slag, f.varde, f.decimaler) for f in hitta_tal(text))


@dataclass(frozen=True, slots=True)
class _Ur:
    """Makes the figures of one result. arets: whether it can be called, as only this year's can."""

    r: Resultat
    u: Utvardering
    arets: bool

    def siffra(self, slag: Slag, varde: Fraction | int, visat: str, funktion: str = "", **mer: Any) -> Siffra:
        vad = _vad(self.r, self.u) if self.arets else f"{_vad(self.r, self.u)}, {self.u.ar}"
        anrop = anrop_for(self.r, self.u, funktion) if funktion and self.arets else ""
        return Siffra(slag, abs(Fraction(varde)), visat, vad, self.r.id, self.u.ar, anrop, **mer)

    def alla(self) -> Iterator[Siffra]:
        yield from self.egna()
        yield from self.granser()
        yield from self.kring()
        yield from self.delar()

    def egna(self) -> Iterator[Siffra]:
        """The value as it is shown, and the counts behind it."""
        r = self.r
        if r.varde is not None:
            for slag, varde, decimaler in _visad(r.visat):
                yield self.siffra(slag, varde, r.visat, "tal", exakt=abs(r.varde), decimaler=decimaler)
        if isinstance(r.taljare, int) and isinstance(r.namnare, int) and r.namnare:
            yield self.par(r.taljare, r.namnare, f"{tal.antal(r.taljare)} av {tal.antal(r.namnare)}", "andel")
            yield self.siffra(Slag.ANTAL, r.taljare, tal.antal(r.taljare), "antal_ord")
            yield self.siffra(Slag.ANTAL, r.namnare, tal.antal(r.namnare))

    def par(self, taljare: int, namnare: int, visat: str, funktion: str = "") -> Siffra:
        return self.siffra(Slag.DEL, Fraction(100 * taljare, namnare), visat, funktion, par=(taljare, namnare))

    def granser(self) -> Iterator[Siffra]:
        for grans in (g for g in (self.r.gron, self.r.gul) if g is not None):
            annat = Slag.PROCENT if "%" in grans.text else Slag.ANTAL
            slag = Slag.ENHETER if "procentenhet" in grans.text else annat
            yield from (self.siffra(slag, t, f"målet {grans.text}") for t in (grans.lag, grans.hog) if t is not None)

    def kring(self) -> Iterator[Siffra]:
        """The interval, the response rate, and how many left the question out."""
        r = self.r
        slag = Slag.ENHETER if r.regel == "skillnad" else Slag.PROCENT
        for ande in r.intervall or ():
            yield self.siffra(slag, tal.heltal(ande), "en av osäkerhetens gränser")
        if r.svarsfrekvens is not None:
            yield self.siffra(Slag.PROCENT, tal.heltal(r.svarsfrekvens), tal.procent(r.svarsfrekvens))
        if r.bortfall:
            yield self.siffra(Slag.ANTAL, r.bortfall, tal.antal(r.bortfall))

    def delar(self) -> Iterator[Siffra]:
        """The parts of splits, and of a difference between women and men."""
        kon = [(k, d.taljare, d.namnare, tal.procent(d.varde)) for k, d in (self.r.delar or {}).items()]
        uppdelat = [(d.del_, d.taljare, d.namnare, d.visat) for d in self.r.uppdelning]
        for namn, taljare, namnare, visat in (*kon, *uppdelat):
            if taljare is not None and namnare:
                hel = f"{ordval.KON_ORD.get(namn, namn).lower()} {visat}"
                yield from (self.siffra(slag, varde, hel, decimaler=dec) for slag, varde, dec in _visad(visat))
                yield self.par(taljare, namnare, hel)
                yield self.siffra(Slag.ANTAL, taljare, hel)
                yield self.siffra(Slag.ANTAL, namnare, hel)


def _av_foregaende(r: Resultat, u: Utvardering) -> Iterator[Siffra]:
    """Last year's value, and how far this year's is from it; the second only where the two compare."""
    f = r.foregaende
    if f is None or f.varde is None:
        return
    for slag, varde, decimaler in _visad(f.visat):
        anrop = anrop_for(r, u, "fore")
        vad = f"{_vad(r, u)}, {f.ar}"
        yield Siffra(slag, varde, f.visat, vad, r.id, f.ar, anrop, abs(f.varde), decimaler)
        for nu_slag, nu, _ in _visad(r.visat) if r.varde is not None and not f.brott else ():
            if nu_slag == slag:
                enhet = Slag.ENHETER if slag is Slag.PROCENT else slag
                yield Siffra(enhet, abs(nu - varde), f"ändringen sedan {f.ar}", _vad(r, u), r.id, u.ar)
        if r.varde is not None and f.varde and not f.brott:
            yield Siffra(Slag.GANGER, r.varde / f.varde, f"från {f.visat} till {r.visat}", _vad(r, u), r.id, u.ar)


def _av_helheten(u: Utvardering) -> Iterator[Siffra]:
    yield from _ur_tabellerna(u)
    for s in u.serier:
        vad = f"helårspersoner, {s.omrade} {s.period}"
        for slag, varde, dec in _visad(s.visat) if s.andel is not None else ():
            yield Siffra(slag, varde, s.visat, vad, None, u.ar, decimaler=dec)
    for k in u.kallor:
        for antal in (k.population_antal, k.utdelade, k.antal):
            if antal is not None:
                yield Siffra(Slag.ANTAL, Fraction(antal), tal.antal(antal), f"{k.kallas}, {k.period}", None, u.ar)
        if k.svarsfrekvens is not None:
            visat, vad = tal.procent(k.svarsfrekvens), f"svarsfrekvensen, {k.kallas}"
            yield Siffra(Slag.PROCENT, Fraction(tal.heltal(k.svarsfrekvens)), visat, vad, None, u.ar)
    yield from _raknade(u)


def _ur_tabellerna(u: Utvardering) -> Iterator[Siffra]:
    for c in u.tabeller:
        vad = f"deltagartabellen för {c.enhet or 'hela förbundet'} {u.ar}"
        if c.antal is not None:
            yield Siffra(Slag.ANTAL, Fraction(c.antal), c.visat, vad, None, u.ar)
        if c.procent is not None:
            varde, visat = Fraction(tal.heltal(c.procent)), tal.procent(c.procent)
            yield Siffra(Slag.PROCENT, varde, visat, vad, None, u.ar, exakt=c.procent)


def _raknade(u: Utvardering) -> Iterator[Siffra]:
    """How many results there are, reach their goal, and lie in each area; how many goals, areas and stories."""

    def antal(varde: int, vad: str) -> Siffra:
        return Siffra(Slag.ANTAL, Fraction(varde), tal.antal(varde), f"{vad} {u.ar}", None, u.ar)

    for namn, resultat in (("hela bokslutet", u.resultat()), *((o.titel, o.resultat()) for o in u.malomraden)):
        koder = [ordval.signal_kod(r.signal) for r in resultat]
        nar, bedomda = koder.count("gron"), sum(k in ("gron", "gul", "rod") for k in koder)
        yield antal(len(resultat), f"antalet resultat i {namn}")
        yield antal(bedomda, f"antalet bedömda resultat i {namn}")
        for kod in ("gron", "gul", "rod", "gra"):
            yield antal(koder.count(kod), f"antalet resultat i {namn} med signalen {ordval.SIGNAL_NAMN[kod].lower()}")
        if bedomda:
            andel, visat = Fraction(100 * nar, bedomda), f"{nar} av {bedomda}"
            yield Siffra(Slag.DEL, andel, visat, namn, None, u.ar, par=(nar, bedomda))
    yield antal(len(u.malomraden), "antalet målområden")
    yield antal(sum(len(o.mal) for o in u.malomraden), "antalet mål")
    yield antal(len({r.id for r in u.resultat()}), "antalet indikatorer")
    yield antal(len(u.berattelser), "antalet goda exempel")
    yield antal(len({s.omrade for s in u.serier}), "antalet områden i statistiken")
    yield antal(len({c.enhet for c in u.tabeller if c.enhet}), "antalet enheter")
    yield antal(u.minsta_grupp, "den minsta grupp som visas")


def i_ordning(siffror: Iterable[Siffra], ar: int) -> list[Siffra]:
    """This year's figures first, and those that can be called before those that cannot."""
    return sorted(siffror, key=lambda s: (s.ar != ar, not s.anrop))
