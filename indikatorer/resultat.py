"""What the engine answers: figures that may be shown, already protected, each with its reason when it is missing.

Nothing here computes a share or judges it; `evaluate` does, and `rojande` has taken away what would reveal a person
before a Resultat exists. So whoever holds one may show all of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any, Protocol, TypeAlias

from indikatorer.gransvarde import Grans
from indikatorer.skydd.intyg import Intyg
from indikatorer.utgivare import OKAND as OKAND_UTGIVARE
from indikatorer.utgivare import Utgivare

Tal: TypeAlias = int | Fraction


class Signal(StrEnum):
    """The judgement. GRA: not judged, see the Orsak."""

    GRON = "gron"
    GUL = "gul"
    ROD = "rod"
    GRA = "gra"


class Orsak(StrEnum):
    """Why a result is grey, or its figures hidden."""

    FOR_FA_SVAR = "for_fa_svar"
    INTE_MATT = "inte_matt"
    INGET_MAL = "inget_mal"
    SKYDDAD = "skyddad"
    FEL_I_DEFINITIONEN = "fel_i_definitionen"


class Brott(StrEnum):
    """What changed since the year before, so that the two values do not compare without a mark."""

    ORDALYDELSE = "ordalydelse"
    SKALA = "skala"
    REGEL = "regel"
    GRANS = "grans"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Del:
    """One gender's share in a skillnad: counts of persons, varde in percent, unrounded."""

    taljare: int
    namnare: int
    varde: Fraction


@dataclass(frozen=True, slots=True)
class Uppdelningsrad:
    """One part of a split. All figures and the signal are None in a hidden split, and visat is "..".

    dimension: the column ("kon"). del_: its value ("kvinna"). varde: percent, unrounded.
    """

    dimension: str
    del_: str
    taljare: int | None
    namnare: int | None
    varde: Fraction | None
    visat: str
    signal: Signal | None
    orsak: Orsak | None


@dataclass(frozen=True, slots=True)
class Foregaende:
    """The same result the year before, protected on its own. brott: what changed since; empty means comparable.

    id: of the indicator that year, another one where this has replaced it; "" when not known.
    """

    ar: int
    varde: Fraction | None
    visat: str
    signal: Signal | None
    orsak: Orsak | None
    brott: tuple[Brott, ...]
    id: str = ""


class Ord(Protocol):
    """The words about a result, written when someone reads them: of earlier years nobody reads most."""

    def mening(self) -> str:
        """The definition as one sentence."""

    def forklaring(self, resultat: Resultat) -> str:
        """The shown result in words."""


@dataclass(frozen=True, slots=True)
class FardigaOrd:
    """Words that are written already."""

    meningen: str
    forklaringen: str

    def mening(self) -> str:
        return self.meningen

    def forklaring(self, resultat: Resultat) -> str:
        return self.forklaringen


@dataclass(frozen=True, slots=True)
class Resultat:
    """One result of one indicator, as it may be shown. CONTRACT section 3 says what each field means per rule.

    id, titel, regel, nummer: from the definition. grupp: källa id, kommun or insats where one indicator gives several
    results, else None. taljare, namnare: counts (kvot: kronor; a weighted index: weights). varde: percent, percentage
    points, or the count itself; exact. visat: the only rounded form, with its unit. krav: the green phrase.
    gron, gul: the limits as numbers, for drawing. intervall: 95 %, in percent or percentage points.
    svarsfrekvens: percent of those asked. bortfall: rows without an answer to this. ord_: gives mening and forklaring.
    Every figure is None where it is missing or hidden, and then orsak, or the rule, says why; never 0.
    """

    id: str
    nummer: str | None
    grupp: str | None
    regel: str
    titel: str
    taljare: Tal | None
    namnare: Tal | None
    varde: Fraction | None
    visat: str
    krav: str | None
    gron: Grans | None
    gul: Grans | None
    signal: Signal | None
    orsak: Orsak | None
    ord_: Ord = field(repr=False, compare=False)
    intervall: tuple[float, float] | None = None
    osaker: bool | None = None
    svarsfrekvens: Fraction | None = None
    bortfall: int | None = None
    foregaende: Foregaende | None = None
    delar: Mapping[str, Del] | None = None
    uppdelning: tuple[Uppdelningsrad, ...] = ()
    anmarkningar: tuple[str, ...] = ()
    kalla: str | None = None
    fraga: str | None = None

    @property
    def mening(self) -> str:
        """The definition as one sentence; empty when it is faulty."""
        return self.ord_.mening()

    @property
    def forklaring(self) -> str:
        """The result in words, made from what it shows and nothing else."""
        return self.ord_.forklaring(self)


@dataclass(frozen=True, slots=True)
class Tabellcell:
    """One cell of the participant tables. tabell: "1" is the whole förbund, then one per enhet.

    enhet: None in table 1. kon: "kvinna", "man", or None for all. antal: persons, None when hidden (visat "..").
    procent: only where kon is None and the row is a share, of those finished or with a positive outcome; unrounded.
    """

    tabell: str
    enhet: str | None
    utfall: str
    kon: str | None
    antal: int | None
    procent: Fraction | None
    visat: str


@dataclass(frozen=True, slots=True)
class Mal:
    """A social goal and what measures it, in the order of the file."""

    id: str
    text: str
    resultat: tuple[Resultat, ...]


@dataclass(frozen=True, slots=True)
class Malomrade:
    """An area of goals, as the bokslut presents it."""

    id: str
    nummer: int
    titel: str
    mal: tuple[Mal, ...]

    def resultat(self) -> tuple[Resultat, ...]:
        """All results of the area, goal by goal."""
        return tuple(r for mal in self.mal for r in mal.resultat)


@dataclass(frozen=True, slots=True)
class Fragefakta:
    """A question as it was put: its options in the order of the scale, worst first where the scale is ordered."""

    id: str
    text: str
    svar: tuple[str, ...]
    kanslig: bool


@dataclass(frozen=True, slots=True)
class Kallfakta:
    """What the method page says of a källa. antal: rows counted with their `antal`; None when that may not be shown.

    svarsfrekvens: percent of `utdelade`, None when that is not known. population_antal, utdelade: None when not stated.
    """

    id: str
    typ: str
    skydd: str
    kallas: str
    period: str
    population: str
    population_antal: int | None
    utdelade: int | None
    antal: int | None
    svarsfrekvens: Fraction | None
    anmarkning: str
    fragor: tuple[Fragefakta, ...]


@dataclass(frozen=True, slots=True)
class Serievarde:
    """One figure of a statistical series. andel: percent, exact as published; None when status is "saknas".

    omrade: kommun or region as written. status: saker, harledd, osaker or saknas. visat: "10,3 %" or "saknas".
    """

    omrade: str
    kod: str
    period: str
    andel: Fraction | None
    status: str
    visat: str


@dataclass(frozen=True, slots=True)
class Berattelse:
    """A good example that may be published: consented, reviewed and released. text: Markdown.

    fler_indikatorer, mal: what else it is tagged with, by id. granskad_av: who reviewed it.
    """

    titel: str
    indikator: str
    enhet: str
    text: str
    fler_indikatorer: tuple[str, ...] = ()
    mal: tuple[str, ...] = ()
    granskad_av: str = ""

    @property
    def indikatorer(self) -> tuple[str, ...]:
        """Every indicator that it is tagged with, its own first."""
        return tuple(dict.fromkeys((self.indikator, *self.fler_indikatorer)))


@dataclass(frozen=True, slots=True)
class Sammanslagen:
    """Enheter that are shown as one, under a name that they have together."""

    namn: str
    enheter: tuple[str, ...]


@dataclass(frozen=True)
class Utvardering:
    """Everything one evaluation gives, protected: what every page, file and command shows, and the only source of it.

    tabeller: the participant tables, empty without a register. serier: the statistical series, empty without one.
    aldre: the evaluations of earlier years that the underlag names, nearest first. pahittat: the answers are synthetic.
    sammanslagna: enheter that are shown as one; empty without protection.
    intyg: that nothing hidden can be found; None before that is tried, and without protection.
    """

    forbund: str
    ar: int
    beslut: str
    minsta_grupp: int
    malomraden: tuple[Malomrade, ...]
    tabeller: tuple[Tabellcell, ...] = ()
    kallor: tuple[Kallfakta, ...] = ()
    serier: tuple[Serievarde, ...] = ()
    berattelser: tuple[Berattelse, ...] = ()
    aldre: tuple[Utvardering, ...] = ()
    pahittat: bool = False
    utgivare: Utgivare = OKAND_UTGIVARE
    sammanslagna: tuple[Sammanslagen, ...] = ()
    intyg: Intyg | None = None

    def resultat(self) -> tuple[Resultat, ...]:
        """All results, area by area."""
        return self._alla

    def kallas(self) -> dict[str, str]:
        """What those who answer each källa are called, by its id: the words for the grupp of a result."""
        return {kalla.id: kalla.kallas for kalla in self.kallor}

    @cached_property
    def _alla(self) -> tuple[Resultat, ...]:
        return tuple(r for omrade in self.malomraden for r in omrade.resultat())


def som_json(utvardering: Utvardering) -> dict[str, Any]:
    """The document of CONTRACT section 3, ready for json.dumps: floats for fractions, null for what is missing."""
    ihop = [{"namn": s.namn, "enheter": list(s.enheter)} for s in utvardering.sammanslagna]
    return {
        "forbund": utvardering.forbund,
        "ar": utvardering.ar,
        "indikatorer": [_resultat(r) for r in utvardering.resultat()],
        "tabeller": [_cell(c) for c in utvardering.tabeller],
        **({"sammanslagna": ihop} if ihop else {}),
    }


def _resultat(r: Resultat) -> dict[str, Any]:
    return {
        "id": r.id,
        "nummer": r.nummer,
        "grupp": r.grupp,
        "regel": r.regel,
        "titel": r.titel,
        "taljare": _tal(r.taljare),
        "namnare": _tal(r.namnare),
        "varde": _decimal(r.varde),
        "visat": r.visat,
        "krav": r.krav,
        "mening": r.mening,
        "signal": r.signal,
        "orsak": r.orsak,
        "intervall": None if r.intervall is None else list(r.intervall),
        "osaker": r.osaker,
        "svarsfrekvens": _decimal(r.svarsfrekvens),
        "bortfall": r.bortfall,
        "foregaende": _foregaende(r.foregaende),
        "delar": None if r.delar is None else {kon: _del(d) for kon, d in r.delar.items()},
        "uppdelning": [_rad(u) for u in r.uppdelning],
        "anmarkningar": list(r.anmarkningar),
    }


def _rad(u: Uppdelningsrad) -> dict[str, Any]:
    return {
        "dimension": u.dimension,
        "del": u.del_,
        "taljare": u.taljare,
        "namnare": u.namnare,
        "varde": _decimal(u.varde),
        "visat": u.visat,
        "signal": u.signal,
        "orsak": u.orsak,
    }


def _del(d: Del) -> dict[str, Any]:
    return {"taljare": d.taljare, "namnare": d.namnare, "varde": _decimal(d.varde)}


def _foregaende(f: Foregaende | None) -> dict[str, Any] | None:
    if f is None:
        return None
    return {"ar": f.ar, "varde": _decimal(f.varde), "visat": f.visat, "signal": f.signal, "brott": list(f.brott)}


def _cell(c: Tabellcell) -> dict[str, Any]:
    return {
        "tabell": c.tabell,
        "enhet": c.enhet,
        "utfall": c.utfall,
        "kon": c.kon,
        "antal": c.antal,
        "procent": _decimal(c.procent),
        "visat": c.visat,
    }


def _decimal(varde: Fraction | None) -> float | None:
    return None if varde is None else varde.numerator / varde.denominator


def _tal(tal: Tal | None) -> int | float | None:
    if tal is None or isinstance(tal, int):
        return tal
    return tal.numerator if tal.denominator == 1 else float(tal)
