"""The method page: where the figures come from, the rules, and what is done so that nobody can be recognised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bokslut import ordval, tal
from indikatorer.resultat import Kallfakta, Utvardering

_ANTAL: Final = {"enkat": "Antal svar", "statistik": "Antal uppgifter", "berattelser": "Antal berättelser"}


@dataclass(frozen=True, slots=True)
class Fragevy:
    """A question and its options, in one line."""

    text: str
    svar: str
    kanslig: bool


@dataclass(frozen=True, slots=True)
class Kallvy:
    """A källa: what it is called, its facts as (term, text), and its questions."""

    id: str
    titel: str
    fakta: tuple[tuple[str, str], ...]
    fragor: tuple[Fragevy, ...]
    anmarkning: str


@dataclass(frozen=True, slots=True)
class Metod:
    """What the method page shows. regler: (number, title, sentences), one per indicator. dolda: hidden results."""

    kallor: tuple[Kallvy, ...]
    regler: tuple[tuple[str, str, tuple[str, ...]], ...]
    dolda: int
    dolda_celler: int
    celler: int


def build_metod(u: Utvardering) -> Metod:
    """The method of an evaluation."""
    regler: dict[tuple[str, str], dict[str, None]] = {}
    for r in u.resultat():
        regler.setdefault((r.nummer or "", r.titel), {})[r.mening] = None
    return Metod(
        kallor=tuple(_kalla(k) for k in u.kallor),
        regler=tuple((nr, titel, tuple(meningar)) for (nr, titel), meningar in regler.items()),
        dolda=sum(r.orsak == "skyddad" for r in u.resultat()),
        dolda_celler=sum(c.antal is None for c in u.tabeller),
        celler=len(u.tabeller),
    )


def _kalla(k: Kallfakta) -> Kallvy:
    par = [
        ("Slag", ordval.KALLTYP_ORD.get(k.typ, k.typ)),
        ("Period", ordval.period_text(k.period)),
        ("Vilka den gäller", k.population),
        ("Så många är de", "" if k.population_antal is None else tal.antal(k.population_antal)),
        ("Tillfrågade", _utdelade(k)),
        (_ANTAL.get(k.typ, "Antal"), "" if k.antal is None else tal.antal(k.antal)),
        ("Svarsfrekvens", _svarsfrekvens(k)),
        ("Skydd", "Offentliga uppgifter" if k.skydd == "offentlig" else "Uppgifter om personer"),
    ]
    titel = f"{k.kallas[:1].upper()}{k.kallas[1:]}"
    fragor = tuple(Fragevy(f.text, " · ".join(f.svar), f.kanslig) for f in k.fragor)
    return Kallvy(f"kalla-{k.id}", titel, tuple((t, v) for t, v in par if v), fragor, k.anmarkning)


def _utdelade(k: Kallfakta) -> str:
    if k.typ != "enkat":
        return ""
    return "Uppgift saknas" if k.utdelade is None else tal.antal(k.utdelade)


def _svarsfrekvens(k: Kallfakta) -> str:
    if k.typ != "enkat":
        return ""
    return "Kan inte räknas" if k.svarsfrekvens is None else tal.procent(k.svarsfrekvens)
