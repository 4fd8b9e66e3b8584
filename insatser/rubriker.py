"""What the columns and the values of a file may be called, so that one's own list comes in without being rewritten."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final

from insatser import koder
from insatser.register import RUBRIKER

# Other names of columns that people use; compared without case, spaces and signs.
_ANDRA_RUBRIKER: Final = {
    "insats_id": ("insats", "insatsens namn", "verksamhet"),
    "nummer": ("nr", "löpnummer", "deltagarnummer", "eget nummer", "id"),
    "kon": ("kön",),
    "alder": ("ålder", "åldersgrupp", "alder"),
    "start": ("start", "startdatum", "inskriven", "inskrivningsdatum", "påbörjad"),
    "slut": ("slut", "slutdatum", "avslutad", "avslutsdatum", "utskriven"),
    "utfall": ("utfall", "avslutsorsak", "resultat"),
    "anstallning": ("anställning", "anställningsform"),
    "omfattning": ("omfattning", "omfattning %", "omfattning i procent"),
    "fore": ("före", "sysselsättning vid start", "sysselsättning före"),
    "tid": ("tid i försörjning", "tid i offentlig försörjning", "försörjningstid"),
    "utbildning": ("utbildningsnivå", "högsta utbildning"),
    "handlingsplan": ("plan", "har handlingsplan"),
    "plan_klar": ("plandatum", "datum för plan", "plan klar datum"),
}
_ANDRA_VARDEN: Final[Mapping[str, Mapping[str, str]]] = {
    "kon": {
        "k": "kvinna",
        "kv": "kvinna",
        "m": "man",
        "okänt": "vill_inte_svara",
        "vill inte svara": "vill_inte_svara",
    },
    "alder": {"okänd": "okand", "okänt": "okand", "65+": "minst_65", "65–": "minst_65", "<20": "under_20"},
    "fore": {"okänt": "okant", "okänd": "okant"},
    "tid": {"okänd": "okand", "okänt": "okand", "10+": "minst_10", "<1": "under_1"},
    "utbildning": {"okänd": "okand", "okänt": "okand", "gymnasial": "gymnasium"},
    "handlingsplan": {"okänt": "okant", "j": "ja", "n": "nej", "x": "ja"},
    "utfall": {"arbete": "arbete", "extratjänst": "extratjanst", "avbrott": "avbrott_ovrigt"},
    "anstallning": {"utan stöd": "osubventionerad", "med stöd": "subventionerad", "lönebidrag": "subventionerad"},
}
LISTOR: Final[Mapping[str, Mapping[str, str]]] = {
    "kon": koder.KON,
    "alder": koder.ALDER,
    "utfall": koder.UTFALL,
    "anstallning": koder.ANSTALLNING,
    "fore": koder.FORE,
    "tid": koder.TID,
    "utbildning": koder.UTBILDNING,
    "handlingsplan": koder.HANDLINGSPLAN,
}


def jamforbar(text: str) -> str:
    """A text as it is compared: without case, with one kind of dash, and no spaces or points around what matters."""
    rak = re.sub(r"[‐‑‒–—−]", "-", unicodedata.normalize("NFC", text).casefold())
    return re.sub(r"[\s\u00a0\u200b_.:*']+", "", rak)


def falt_for(rubrik: str) -> str | None:
    """The field that a header is about; None when it is none that is known."""
    return _rubriker().get(jamforbar(rubrik))


def kod_for(falt: str, text: str) -> str | None:
    """The code that a text stands for in a field: its own, its words, or another way to say it; None for no code."""
    return _varden(falt).get(jamforbar(text))


@cache
def _rubriker() -> Mapping[str, str]:
    ut = {jamforbar(rubrik): falt for falt, rubrik in RUBRIKER.items()}
    ut |= {jamforbar(falt): falt for falt in RUBRIKER}
    return ut | {jamforbar(annan): falt for falt, andra in _ANDRA_RUBRIKER.items() for annan in andra}


@cache
def _varden(falt: str) -> Mapping[str, str]:
    ut = {jamforbar(kod): kod for kod in LISTOR[falt]}
    ut |= {jamforbar(ord_): kod for kod, ord_ in LISTOR[falt].items()}
    if falt == "alder":
        ut |= {jamforbar(ord_.removesuffix(" år")): kod for kod, ord_ in LISTOR[falt].items()}
    return ut | {jamforbar(annan): kod for annan, kod in _ANDRA_VARDEN.get(falt, {}).items()}
