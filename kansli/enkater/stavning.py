"""The texts of a questionnaire by themselves, to mend the spelling of: nothing but words can change here."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from enkat.formular import Enkat
from kansli.enkater.oversattning import vad_ar
from kansli.enkater.redigera import RedigeringFel, satt
from kansli.sprak import mark

FINNS_INTE: Final = mark("Texten finns inte där den skulle vara. Inget har ändrats.")

Textvag = tuple[str | int, ...]


@dataclass(frozen=True)
class Stavningsrad:
    """A text. namn: of its field. vag: where it stands. vad: what it is, in words."""

    namn: str
    vag: Textvag
    vad: str
    text: str


def stavningsrader(enkat: Enkat) -> list[Stavningsrad]:
    """Every text once, in the order it is met."""
    vagar = dict(enkat.texter())
    return [Stavningsrad(f"t-{nr}", vag, vad_ar(enkat, vag), text) for nr, (vag, text) in enumerate(vagar.items())]


def rattad(text: str, nya: Mapping[Textvag, str]) -> str:
    """A file with texts in the place of others. nya: by the path of each.

    Raises:
        RedigeringFel: the file has no such text, or is written in a way that is too unlike the usual.
    """
    for vag, ny in nya.items():
        text = _rattad_en(text, vag, ny)
    return text


def _rattad_en(text: str, vag: Textvag, ny: str) -> str:
    data = tomllib.loads(text)
    try:
        match vag:
            case ("skala", str(id_), "text", int(nr)):
                ord_ = list(data["skala"][id_]["text"])
                ord_[nr] = ny
                return satt(text, ("skala", id_), {"text": ord_})
            case ("fraga", str(id_), "rader", str(rad)):
                return satt(text, ("fraga", id_), {"rader": {**data["fraga"][id_]["rader"], rad: ny}})
            case ("fraga", str(id_), str(nyckel)) if id_ in data["fraga"]:
                return satt(text, ("fraga", id_), {nyckel: ny})
            case (str(tabell), str(nyckel)) if tabell in data:
                return satt(text, (tabell,), {nyckel: ny})
    except (KeyError, IndexError):
        pass
    raise RedigeringFel(FINNS_INTE)
