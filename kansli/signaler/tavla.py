"""The board of a year: every result as the public pages explain it, and the trace that those who audit it follow."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bokslut.resultatvy import DOLDA, Resultatvy, Underlagsfakta, ankare, build_resultat, underlagsfakta
from bokslut.text.sammanfattning import nar_malet
from indikatorer.diagnos import Niva
from indikatorer.resultat import Kallfakta, Malomrade, Orsak, Resultat, Signal
from kansli.aret import Aret
from kansli.sprak import gettext as _
from kansli.sprak import mark, valt

# What the board can be limited to beside a signal.
OSAKRA, SKYDDADE, ANDRADE = "osakra", "skyddade", "andrade"
VALEN: Final = {
    "gron": mark("Når målet"),
    "gul": mark("Nära målet"),
    "rod": mark("Når inte målet"),
    "gra": mark("Inte bedömt"),
    "ingen": mark("Utan mål"),
    OSAKRA: mark("Osäkra"),
    SKYDDADE: mark("Med dolda siffror"),
    ANDRADE: mark("Ändrade sedan publiceringen"),
}
# Why a result is grey, and what would give it a colour.
ORSAKER: Final = {
    Orsak.FEL_I_DEFINITIONEN: (
        mark("Fel i målet eller underlaget"),
        mark("Det här går inte att räkna förrän felet är rättat."),
    ),
    Orsak.INTE_MATT: (
        mark("Inte mätt"),
        mark(
            "Källan har inga svar eller siffror för året än. De kommer när en omgång fryses eller en tabell läses in."
        ),
    ),
    Orsak.FOR_FA_SVAR: (
        mark("För få svar"),
        mark("Så få har svarat att siffran kunde röja någon. Fler svar behövs, eller en fråga till en större grupp."),
    ),
    Orsak.INGET_MAL: (
        mark("Inget mål"),
        mark("Indikatorn har ingen gräns för grönt. Sätt ett mål, eller gör den till en upplysning."),
    ),
    Orsak.SKYDDAD: (mark("Skyddad"), mark("Signalen kunde röja hur någon svarade.")),
}
# Which result of which indicator.
Vilket = tuple[str, str | None]


@dataclass(frozen=True)
class Medlem:
    """What an index counts: an indicator's result, and where it stands."""

    ankare: str
    namn: str
    signal: str
    ord: str


@dataclass(frozen=True)
class Rad:
    """A result. vy: as the public pages say it. spar: where its figures and its rule come from, as (term, text).

    medlemmar: of an index. fel: why it cannot be worked out. utan_kommentar: red, and nobody has said why.
    """

    id: str
    vy: Resultatvy
    orsak: Orsak | None
    spar: tuple[tuple[str, str], ...]
    medlemmar: tuple[Medlem, ...] = ()
    fel: tuple[str, ...] = ()
    andrad: bool = False
    utan_kommentar: bool = False

    def passar(self, val: str) -> bool:
        """Whether it is among what the board is limited to; "" is all."""
        egna = {OSAKRA: self.vy.osaker, SKYDDADE: self.vy.skyddad or bool(self.vy.dolda_delar), ANDRADE: self.andrad}
        return not val or egna.get(val, self.vy.signal == val)


@dataclass(frozen=True)
class Omrade:
    """An area. mal: each goal's text and results."""

    nummer: int
    titel: str
    mening: str
    mal: tuple[tuple[str, tuple[Rad, ...]], ...]

    @property
    def rader(self) -> tuple[Rad, ...]:
        """Its results."""
        return tuple(rad for _text, rader in self.mal for rad in rader)


@dataclass(frozen=True)
class Gra:
    """The grey results of one reason."""

    rubrik: str
    varfor: str
    rader: tuple[Rad, ...]


@dataclass(frozen=True)
class Tavla:
    """The board. antal: how many results each choice of VALEN holds, those with any."""

    omraden: tuple[Omrade, ...]
    antal: Mapping[str, int]
    signaler: Mapping[str, int]

    def gra(self) -> tuple[Gra, ...]:
        """The grey results by their reason, what can be mended first."""
        rader = [rad for o in self.omraden for rad in o.rader if rad.vy.signal == Signal.GRA]
        return tuple(
            Gra(_(rubrik), _(varfor), egna)
            for orsak, (rubrik, varfor) in ORSAKER.items()
            if (egna := tuple(rad for rad in rader if rad.orsak is orsak))
        )

    def begransad(self, val: str) -> tuple[Omrade, ...]:
        """The areas with the results of a choice; those without any are left out."""
        egna = [
            Omrade(o.nummer, o.titel, o.mening, tuple((t, v) for t, rr in o.mal if (v := _valda(rr, val))))
            for o in self.omraden
        ]
        return tuple(o for o in egna if o.mal)


_minne: dict[tuple[Path, str], tuple[Aret, object, Tavla]] = {}
_las: Final = threading.Lock()


def las_tavla(aret: Aret, rot: Path, andrade: frozenset[Vilket], roda: frozenset[str]) -> Tavla:
    """The board, kept in the language of the page until something of it changes. Arguments as `build_tavla`."""
    plats, av = (aret.publicerat, valt()), (andrade, roda)
    with _las:
        kant = _minne.get(plats)
    if kant is None or kant[0] is not aret or kant[1] != av:
        kant = (aret, av, build_tavla(aret, rot, andrade, roda))
        with _las:
            _minne[plats] = kant
    return kant[2]


def build_tavla(aret: Aret, rot: Path, andrade: frozenset[Vilket], roda: frozenset[str]) -> Tavla:
    """The board of a year. rot: the instance, which files are named from. andrade: what differs from what is published.

    roda: the red indicators without a comment.
    """
    bygg = _Byggare(aret, rot, andrade, roda)
    omraden = tuple(bygg.omrade(o) for o in aret.utvardering.malomraden)
    rader = [rad for o in omraden for rad in o.rader]
    antal = {val: hur for val in VALEN if (hur := sum(rad.passar(val) for rad in rader))}
    return Tavla(omraden, antal, Counter(rad.vy.signal for rad in rader))


def _valda(rader: Sequence[Rad], val: str) -> tuple[Rad, ...]:
    return tuple(rad for rad in rader if rad.passar(val))


class _Byggare:
    """Holds what every row needs."""

    def __init__(self, aret: Aret, rot: Path, andrade: frozenset[Vilket], roda: frozenset[str]) -> None:
        self._aret, self._rot, self._andrade, self._roda = aret, rot, andrade, roda
        self._fakta: Underlagsfakta = underlagsfakta(aret.utvardering)
        self._medlemmar = aret.forberett.definitioner.medlemmar(aret.ar)
        self._resultat: dict[str, list[Resultat]] = {}
        for r in aret.utvardering.resultat():
            self._resultat.setdefault(r.id, []).append(r)
        self._fel: dict[str, list[str]] = {}
        for d in aret.forberett.alla_diagnoser():
            if d.indikator is not None and d.niva is Niva.FEL:
                self._fel.setdefault(d.indikator, []).append(d.mening())

    def omrade(self, o: Malomrade) -> Omrade:
        resultat = o.resultat()
        domda = [r.signal for r in resultat if r.signal in (Signal.GRON, Signal.GUL, Signal.ROD)]
        mening = str(nar_malet(domda.count(Signal.GRON), len(domda)))
        mal = tuple((m.text, tuple(map(self.rad, m.resultat))) for m in o.mal)
        return Omrade(o.nummer, o.titel, f"{mening[:1].upper()}{mening[1:]}.", mal)

    def rad(self, r: Resultat) -> Rad:
        return Rad(
            id=r.id,
            vy=build_resultat(r, "", self._fakta),
            orsak=r.orsak,
            spar=tuple(self._spar(r)),
            medlemmar=tuple(self._ingar(r)) if r.regel == "index" else (),
            fel=tuple(self._fel.get(r.id, ())) if r.orsak is Orsak.FEL_I_DEFINITIONEN else (),
            andrad=(r.id, r.grupp) in self._andrade,
            utan_kommentar=r.id in self._roda and r.signal is Signal.ROD,
        )

    def _ingar(self, r: Resultat) -> Iterator[Medlem]:
        """What an index counts; of a hidden one nothing is told that its members do not tell themselves."""
        for id_ in self._medlemmar.get(r.id, ()):
            for egen in self._resultat.get(id_, ()):
                vy = build_resultat(egen, "", self._fakta)
                yield Medlem(ankare(egen), f"{vy.nummer} {vy.namn}".strip(), vy.signal, vy.ord)

    def _spar(self, r: Resultat) -> Iterator[tuple[str, str]]:
        """From the figure back to the table it was counted in, and to the line of the goals that says how."""
        dok = self._aret.forberett.definitioner.dok
        vag = ("indikator", r.id)
        if dok.finns(vag):
            rad = dok.plats_tabell(vag).rad
            yield _("Regeln står i"), _("%(fil)s, rad %(rad)s", fil=self._namn(dok.fil), rad=rad)
        data = self._aret.forberett.underlag.kallor.get(r.kalla or "")
        if data is not None:
            yield _("Räknat i"), self._namn(data.fil)
            yield from _om_kallan(self._fakta.kallor.get(data.id), dold=r.orsak in DOLDA)

    def _namn(self, fil: str) -> str:
        """A file as it is called from the instance's folder, never with where that lies."""
        stig = Path(fil)
        return stig.relative_to(self._rot).as_posix() if stig.is_relative_to(self._rot) else stig.name


def _om_kallan(k: Kallfakta | None, dold: bool) -> Iterator[tuple[str, str]]:
    if k is None:
        return
    yield _("Vilka det gäller"), k.population
    if k.antal is not None and not dold:
        yield _("Rader i källan"), str(k.antal)
