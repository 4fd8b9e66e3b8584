"""What a reviewer looks at: the story with what may point somebody out marked, and a checklist of four kinds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bokslut.publicering.godkannande import samma_person
from bokslut.text.berattelsegranskning import platsnamn
from bokslut.text.exempel import saknade_avsnitt
from bokslut.text.igenkanning import Ledtrad, hitta_ledtradar
from indikatorer.resultat import Utvardering
from kansli.exempel.berattelsefil import AVSNITT, KONTROLL, Berattelse
from kansli.models import Konto
from kansli.sprak import mark
from kansli.texter.models import Textversion

# The kinds of the checklist, and what to ask of each.
FRAGOR: Final = {
    "alder": (mark("Ålder"), mark("Går det att räkna ut hur gammal personen är?")),
    "plats": (mark("Plats"), mark("Står det var personen bor, arbetar eller får stöd?")),
    "diagnos": (mark("Diagnos"), mark("Står det vad personen har för sjukdom eller svårigheter?")),
    "utbildning": (mark("Utbildning och yrke"), mark("Står det vad personen har läst eller arbetat som?")),
}
NUMMER: Final = "nummer"


@dataclass(frozen=True)
class Del:
    """A part of a line. vad: what it may be, "" for what says nothing of anybody."""

    text: str
    vad: str = ""


@dataclass(frozen=True)
class Stycke:
    """A section of the story, as lines in parts. rubrik: "" for what stands before the first heading."""

    rubrik: str
    rader: tuple[tuple[Del, ...], ...]


@dataclass(frozen=True)
class Genomgang:
    """A story gone through. funna: what was found, by kind. nummer: numbers of identity and addresses."""

    stycken: tuple[Stycke, ...]
    funna: dict[str, tuple[str, ...]]
    nummer: tuple[str, ...]
    saknade: tuple[str, ...]


def ga_igenom(titel: str, b: Berattelse, u: Utvardering) -> Genomgang:
    """Look for what may point somebody out, in the heading and in every section.

    The unit that is told with the story, and that everybody may know, is no clue.
    """
    platser = platsnamn(u) - {str(b.uppgifter.get("enhet", ""))}
    delar = [("", titel), *((rubrik, b.avsnitt.get(falt, "")) for falt, rubrik in AVSNITT.items())]
    skrivna = [(rubrik, text, hitta_ledtradar(text, platser)) for rubrik, text in delar if text.strip()]
    alla = [led for _, _, leden in skrivna for led in leden]
    return Genomgang(
        stycken=tuple(Stycke(rubrik, tuple(_rader(text, leden))) for rubrik, text, leden in skrivna[1:]),
        funna={slag: _ord(alla, slag) for slag in KONTROLL},
        nummer=_ord(alla, NUMMER),
        saknade=tuple(map(str, saknade_avsnitt(b.kropp))),
    )


def _ord(leden: Sequence[Ledtrad], slag: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(led.text for led in leden if led.slag == slag))


def _rader(text: str, leden: Sequence[Ledtrad]) -> Iterator[tuple[Del, ...]]:
    """The lines that say something, each with its clues marked."""
    start = 0
    for rad in text.split("\n"):
        if rad.strip():
            slut = start + len(rad)
            yield tuple(_delar(rad, [(led, start) for led in leden if start <= led.start and led.slut <= slut]))
        start += len(rad) + 1


def _delar(rad: str, leden: Sequence[tuple[Ledtrad, int]]) -> Iterator[Del]:
    till = 0
    for led, fran in leden:
        if led.start - fran < till:
            continue
        yield Del(rad[till : led.start - fran])
        yield Del(rad[led.start - fran : led.slut - fran], led.vad)
        till = led.slut - fran
    yield Del(rad[till:])


def ar_skribent(konto: Konto, skrivet: Sequence[Textversion]) -> bool:
    """Whether somebody has written in a story, from this account or from another one in her name."""
    jag = samma_person(konto.namn)
    return any(v.konto_id == konto.id or (v.konto_id is not None and samma_person(v.vem) == jag) for v in skrivet)
