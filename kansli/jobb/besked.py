"""What long work says: kept as a text of the catalogue with its values, and put in words when somebody reads it.

A plain text is Swedish in every language: what the engine says, and what earlier versions of the program kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from kansli.sprak import gettext, mark, svenska

_INLEDNING: Final = '{"rader": '


@dataclass(frozen=True)
class Besked:
    """A text that is marked for the catalogue, and what stands in its places: strings and numbers."""

    text: str
    varden: Mapping[str, str | int]

    def __str__(self) -> str:
        """In Swedish."""
        return self.text % self.varden if self.varden else self.text


# What work may say: one of them, or several on a line each.
Sagt = str | Besked | Sequence[str | Besked]


def besked(text: str, /, **varden: str | int) -> Besked:
    """A marked text with values in the place of its %(names)s."""
    return Besked(text, varden)


def spara(sagt: Sagt) -> str:
    """As it stands in the database; what is only Swedish as it is."""
    if isinstance(sagt, str):
        return sagt
    rader = [sagt] if isinstance(sagt, Besked) else sagt
    data = [rad if isinstance(rad, str) else [rad.text, dict(rad.varden)] for rad in rader if rad]
    return json.dumps({"rader": data}, ensure_ascii=False)


def pa_svenska(sagt: Sagt) -> str:
    """As the log keeps it."""
    rader = [sagt] if isinstance(sagt, str | Besked) else sagt
    return "\n".join(str(rad) for rad in rader if rad)


def i_ord(sparat: str) -> Markup:
    """What was kept, in the language of this request; each on a line."""
    return Markup("\n").join(_rader(sparat))


def _rader(sparat: str) -> Iterator[str]:
    if not sparat.startswith(_INLEDNING):
        yield svenska(sparat)
        return
    for rad in json.loads(sparat)["rader"]:
        yield svenska(rad) if isinstance(rad, str) else escape(gettext(rad[0], **rad[1]))


FEL: Final = spara(
    besked(mark("Något gick fel hos oss. Inget halvt har sparats: försök igen, och säg till om det händer igen."))
)
AVBRUTET: Final = spara(besked(mark("Servern startades om medan arbetet pågick. Inget halvt har sparats: gör om det.")))
