"""Advice on which enheter to show as one: what each choice would show and cost, and the lines to write."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bokslut import tal
from bokslut.resultatvy import slugg
from indikatorer.forberedelse import Forberett
from indikatorer.skydd.forslag import Provning, Visat, kandidater, prova, visat
from indikatorer.visning import talord

# How many have been tried, how many there are, and the name of the next.
Framsteg = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Forslag:
    """A choice in words. vinst: what would be shown. forlust: what it costs. toml: the lines of the config.

    bevarar_mer: whether more is told than today, all figures weighed together.
    """

    namn: str
    enheter: tuple[str, ...]
    visas: str
    vinst: str
    forlust: str
    toml: str
    bevarar_mer: bool


@dataclass(frozen=True, slots=True)
class Rad:
    """The whole advice. i_dag: what is shown now. forslag: those that can be protected, most kept first."""

    i_dag: str
    forslag: tuple[Forslag, ...]
    slutsats: str


def build_rad(
    forberett: Forberett,
    minsta_grupp: int | None = None,
    framsteg: Framsteg | None = None,
    tidigare: Sequence[Mapping[str, Any]] = (),
    fjol: Sequence[Mapping[str, Any]] = (),
) -> Rad | None:
    """Try the groups that are worth it; None when nothing is protected. It takes seconds a group.

    tidigare, fjol: what is published already, as `skydda` takes it.

    Raises:
        UnderlagFel: there are faults.
    """
    minsta = forberett.definitioner.bokslut.minsta_grupp if minsta_grupp is None else minsta_grupp
    if minsta < 2:
        return None
    fore = visat(forberett, minsta, (), tidigare, fjol)
    grupper = kandidater(forberett, minsta) if fore.dolda else ()
    provade = []
    for nummer, enheter in enumerate(grupper):
        if framsteg is not None:
            framsteg(nummer, len(grupper), gemensamt_namn(enheter))
        provade.append(prova(forberett, enheter, fore, minsta, tidigare, fjol))
    halla = sorted((p for p in provade if p.efter.haller), key=lambda p: -p.efter.varde)
    forslag = tuple(_forslag(p, fore) for p in halla)
    return Rad(_visas(fore), forslag, _slutsats(forslag, fore))


def gemensamt_namn(enheter: Sequence[str]) -> str:
    """Their names after one another; words that all begin with once: "Samordningsteamet Vindeln och Vännäs"."""
    ord_ = [enhet.split() for enhet in enheter]
    lika = 0
    while all(len(o) > lika + 1 for o in ord_) and len({o[lika] for o in ord_}) == 1:
        lika += 1
    return " ".join([*ord_[0][:lika], tal.rakna_upp([" ".join(o[lika:]) for o in ord_])])


def som_toml(namn: str, enheter: Sequence[str]) -> str:
    """The lines to write in the config."""
    # The first names are enough to tell one id from another, and short enough to read.
    id_ = slugg(gemensamt_namn(enheter[:2])) or "enheter"
    lista = ", ".join(_citerad(enhet) for enhet in enheter)
    return f"[sla_ihop.{id_}]\nnamn = {_citerad(namn)}\nenheter = [{lista}]\n"


def _citerad(text: str) -> str:
    """A text within quotation marks, as TOML reads it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _forslag(p: Provning, fore: Visat) -> Forslag:
    namn = gemensamt_namn(p.enheter)
    return Forslag(
        namn=namn,
        enheter=p.enheter,
        visas=_visas(p.efter),
        vinst=f"{_tal(p.vunna)} som i dag är {'dolt' if p.vunna == 1 else 'dolda'} skulle visas.",
        forlust=" ".join(_forlust(p)),
        toml=som_toml(namn, p.enheter),
        bevarar_mer=p.efter.varde > fore.varde,
    )


def _forlust(p: Provning) -> Iterator[str]:
    enheterna = f"de {talord(len(p.enheter))} enheterna"
    yield f"{_tal(p.egna)} om {enheterna} var för sig försvinner."
    if p.andra:
        yield f"{_tal(p.andra)} till döljs för att skydda de andra."


def _visas(v: Visat) -> str:
    """What is shown, in parts that there are any of."""
    delar = []
    for slag, vad in (("cell", "tal i deltagartabellerna"), ("delning", "uppdelningar"), ("resultat", "resultat")):
        visas, alla = v.antal(slag)
        if alla:
            # Rounded down: "100 %" must not be said where something is hidden.
            delar.append(f"{tal.antal(visas)} av {tal.antal(alla)} {vad} ({100 * visas // alla}\u00a0%)")
    return f"{tal.rakna_upp(delar)} visas." if delar else "Inget handlar om personer."


def _tal(antal: int) -> str:
    return "Inget tal" if not antal else "Ett tal" if antal == 1 else f"{tal.antal(antal)} tal"


def _slutsats(forslag: Sequence[Forslag], fore: Visat) -> str:
    if not fore.dolda:
        return "Inget är dolt, så det finns inget att vinna på att slå ihop enheter."
    if not forslag:
        return "Det finns inga enheter att slå ihop."
    if any(f.bevarar_mer for f in forslag):
        return "Det översta förslaget berättar mest för en läsare, allt sammanvägt."
    return (
        "Inget av förslagen berättar mer för en läsare än enheterna var för sig, allt sammanvägt. Slå ihop bara om det "
        "är viktigare att färre tal är dolda än att varje enhet har en egen tabell."
    )
