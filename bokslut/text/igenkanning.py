"""Looks for what may point out a person in a story: age, place, diagnosis, education, and numbers of identity.

A list can only help whoever reviews: what it finds may be harmless, and what it misses may not be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bokslut.text.rakneord import UNDER_HUNDRA

_TAL: Final = "|".join(sorted((o for o, n in UNDER_HUNDRA.items() if n > 12), key=len, reverse=True))
_ALLA_TAL: Final = "|".join(sorted(UNDER_HUNDRA, key=len, reverse=True))

_ALDER: Final = (
    rf"\b(?:\d{{1,3}}|(?:{_ALLA_TAL}))[- ]?år(?:ig(?:a|e|t)?|ing\w*|sålder\w*|sdag\w*)\b",
    rf"\b(?:\d{{2}}|(?:{_TAL})) år(?: gammal| gamla| fylld\w*)\b",
    rf"\b(?:är|var|blev|blir|fyllde|fyllt|fyller|vid) (?:\d{{2}}|(?:{_TAL}))(?: år\b|(?=[.,;]))",
    r"\b(?:född|föddes|årgång)(?: år)? (?:19|20)\d\d\b",
    r"\b(?:i|på) (?:\d0|(?:tjugo|trettio|fyrtio|femtio|sextio))[- ]?(?:års|årsåldern|talet)\w*\b",
    r"\b(?:tonåring\w*|pensionär\w*|medelålders)\b",
)
_DIAGNOS: Final = (
    r"\b(?:adhd|add|npf|asd|ptsd|kol|ocd|hiv|ms|als|kronisk trötthet)\b",
    r"\b(?:autis|asperger|depress|deprimer|bipolär|schizofren|psykos|psykot|ångest|utbränd|utmattning|fobi|anorexi|"
    r"bulimi|ätstörning|borderline|tvångssyndrom|självskad|självmord|suicid|epilep|diabet|cancer|tumör|stroke|reumat|"
    r"fibromyalg|artros|parkinson|demens|astma|migrän|whiplash|hjärtinfarkt|hjärnskad|synskad|hörselskad|dövblind|"
    r"missbruk|alkoholis|beroendesjuk|narkoman|opioid|dyslexi|utvecklingsstör|tourette|graviditet|diagnos)\w*",
    r"\bintellektuell funktionsnedsättning\w*",
)
_UTBILDNING: Final = (
    r"\b\w+(?:programmet|linjen|examen|legitimation|certifikat)\b",
    r"\b(?:[A-ZÅÄÖ][\wåäö]+ )?(?:universitet|högskola|folkhögskola)\w*",
    r"\b(?:undersköter|sjuksköter|barnsköter|tandsköter|läkare|psykolog|lärare|förskollärare|civilingenjör|ingenjör|"
    r"jurist|advokat|ekonom|socionom|elektriker|svetsare|snickare|rörmokare|målare|frisör|kock|bagare|mekaniker|"
    r"lastbilschaufför|busschaufför|piloter?|präst|polis|programmerare|arkitekt|fysioterapeut|sjukgymnast|fritidsledare|"
    r"väktare|murare|plåtslagare|veterinär|apotekare)(?:ska|skan|n|en|na|ns|s|or|er)?(?:utbildning\w*)?\b",
)
_NUMMER: Final = (
    r"\b(?:19|20)?\d{6}[-+]?\d{4}\b",
    r"\b0\d{1,3}[-/ ]\d[\d ]{4,9}\d\b",
    r"[\w.+-]{1,64}@[\w-]{1,63}\.\w+",
)
SLAG: Final = {
    "alder": ("en ålder", _ALDER),
    "diagnos": ("en diagnos eller sjukdom", _DIAGNOS),
    "utbildning": ("en utbildning eller ett yrke", _UTBILDNING),
    "nummer": ("ett personnummer, ett telefonnummer eller en adress", _NUMMER),
}
# "läkare" and the like are met by nearly everyone; they point out nobody unless they are the person's own.
_MOTS: Final = re.compile(r"(?i)\b(?:en|ett|med|till|av|hos|sin|sina|som) (?=läkare|psykolog|lärare|sjuksköterska)")


@dataclass(frozen=True, slots=True)
class Ledtrad:
    """Something that may point out a person. slag: "alder", "plats", "diagnos", "utbildning" or "nummer"."""

    slag: str
    vad: str
    text: str
    start: int
    slut: int


def hitta_ledtradar(text: str, platser: Iterable[str]) -> list[Ledtrad]:
    """What may point out a person in a story, in order. platser: names of places (kommuner, enheter)."""
    ut: dict[tuple[int, int], Ledtrad] = {}
    for ledtrad in (*_av_slag(text), *_platser(text, platser)):
        if not any(start <= ledtrad.start and ledtrad.slut <= slut for start, slut in ut):
            ut[ledtrad.start, ledtrad.slut] = ledtrad
    return sorted(ut.values(), key=lambda led: led.start)


@lru_cache(maxsize=256)
def _av_slag(text: str) -> tuple[Ledtrad, ...]:
    """What may point out a person whatever places there are; the same text is looked through once."""
    return tuple(_sok(text))


def _sok(text: str) -> Iterator[Ledtrad]:
    for slag, (vad, monster) in SLAG.items():
        for m in monster:
            for traff in re.finditer(f"(?i){m}", text):
                if not (slag == "utbildning" and _MOTS.search(text, max(0, traff.start() - 6), traff.end())):
                    yield Ledtrad(slag, vad, traff[0], traff.start(), traff.end())


def _platser(text: str, platser: Iterable[str]) -> Iterator[Ledtrad]:
    namn = "|".join(re.escape(p) for p in sorted(set(platser), key=len, reverse=True) if p)
    for traff in re.finditer(rf"\b(?:{namn})s?\b", text) if namn else ():
        yield Ledtrad("plats", "en plats", traff[0], traff.start(), traff.end())
