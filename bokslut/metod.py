"""The method page: where the figures come from, the rules, and what is done so that nobody can be recognised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bokslut import ordval, tal
from bokslut.fras import fogad, fras
from bokslut.rojandevakt import Vakt, build_vakt
from indikatorer.resultat import Kallfakta, Sammanslagen, Utvardering

_ANTAL: Final = {
    "enkat": fras("Antal svar"),
    "statistik": fras("Antal uppgifter"),
    "berattelser": fras("Antal berättelser"),
}


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
    """What the method page shows. regler: (number, title, sentences), one per indicator. dolda: hidden results.

    vakt: the certificate; None where nothing is protected.
    """

    kallor: tuple[Kallvy, ...]
    regler: tuple[tuple[str, str, tuple[str, ...]], ...]
    dolda: int
    vakt: Vakt | None


def build_metod(u: Utvardering) -> Metod:
    """The method of an evaluation."""
    regler: dict[tuple[str, str], dict[str, None]] = {}
    for r in u.resultat():
        regler.setdefault((r.nummer or "", r.titel), {})[r.mening] = None
    return Metod(
        kallor=tuple(_kalla(k, u.sammanslagna) for k in u.kallor),
        regler=tuple((nr, titel, tuple(meningar)) for (nr, titel), meningar in regler.items()),
        dolda=sum(r.orsak == "skyddad" for r in u.resultat()),
        vakt=build_vakt(u),
    )


def _kalla(k: Kallfakta, sammanslagna: Sequence[Sammanslagen]) -> Kallvy:
    om_personer = k.skydd != "offentlig" and k.typ in ("enkat", "register")
    ihop = fogad(*map(ordval.tillsammans, sammanslagna if om_personer else ()), skilje=" ")
    par = [
        (fras("Slag"), ordval.KALLTYP_ORD.get(k.typ, k.typ)),
        (fras("Period"), ordval.period_text(k.period)),
        (fras("Vilka den gäller"), k.population),
        (fras("Så många är de"), "" if k.population_antal is None else tal.antal(k.population_antal)),
        (fras("Tillfrågade"), _utdelade(k)),
        (_ANTAL.get(k.typ, fras("Antal")), "" if k.antal is None else tal.antal(k.antal)),
        (fras("Svarsfrekvens"), _svarsfrekvens(k)),
        (fras("Skydd"), fras("Offentliga uppgifter") if k.skydd == "offentlig" else fras("Uppgifter om personer")),
        (fras("Redovisas tillsammans"), ihop),
    ]
    titel = f"{k.kallas[:1].upper()}{k.kallas[1:]}"
    fragor = tuple(Fragevy(f.text, " · ".join(f.svar), f.kanslig) for f in k.fragor)
    return Kallvy(f"kalla-{k.id}", titel, tuple((t, v) for t, v in par if v), fragor, k.anmarkning)


def _utdelade(k: Kallfakta) -> str:
    if k.typ != "enkat":
        return ""
    return fras("Uppgift saknas") if k.utdelade is None else tal.antal(k.utdelade)


def _svarsfrekvens(k: Kallfakta) -> str:
    if k.typ != "enkat":
        return ""
    return fras("Kan inte räknas") if k.svarsfrekvens is None else tal.procent(k.svarsfrekvens)
