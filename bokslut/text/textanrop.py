"""The live figures of a text: `{{ tal("3.1") }}` and its like, read by a small strict parser.

No template language ever sees what an author wrote. A text may hold the calls of ANROP, whose arguments are texts in
straight quotes, and no other braces; everything else in braces is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from indikatorer.diagnos import Diagnos, narmast
from indikatorer.toml.fel import Rader

# How many arguments each takes: fewest, most.
ANROP: Final = {"tal": (1, 2), "andel": (1, 2), "signal": (1, 2), "antal_ord": (1, 2), "fore": (1, 2), "eget": (2, 2)}

_TEXT: Final = r'"([^"{}\n]*)"'
_ANROP: Final = re.compile(rf"\{{\{{[ \t]*(\w+)[ \t]*\([ \t]*{_TEXT}(?:[ \t]*,[ \t]*{_TEXT})?[ \t]*\)[ \t]*\}}\}}")
# What somebody who meant a call may have written: up to its end, or to the end of the line.
_FORSOK: Final = re.compile(r"\{\{[^\n]{0,200}?\}\}|\{%[^\n]{0,200}?%\}|\{#[^\n]{0,200}?#\}|\{[^{}\n]{0,200}\}|[{}]+")
_LIKNANDE: Final = re.compile(r"\{+\s*(\w+)\s*\(\s*([^(){}]*?)\s*\)?\s*\}*")


@dataclass(frozen=True, slots=True)
class Anrop:
    """A call. argument: one or two texts. start, slut: where it stands, in characters of the text."""

    namn: str
    argument: tuple[str, ...]
    start: int
    slut: int


def skriv_anrop(namn: str, *argument: str) -> str:
    """A call as an author writes it."""
    return f"{{{{ {namn}({', '.join(f'{chr(34)}{a}{chr(34)}' for a in argument)}) }}}}"


def las_anrop(fil: str, text: str) -> tuple[list[Anrop], list[Diagnos]]:
    """Every call of a text, in order, and a fault for everything else in braces."""
    anrop, fel, rader, nasta = [], [], Rader(text), 0
    while (start := _forsta_klammer(text, nasta)) >= 0:
        traff = _ANROP.match(text, start)
        if traff is None:
            forsok = _FORSOK.match(text, start)
            nasta = forsok.end() if forsok else start + 1
            fel.append(_fel_klammer(fil, rader, text, start, nasta))
            continue
        nasta = traff.end()
        givna = tuple(a for a in traff.groups()[1:] if a is not None)
        fel += _fel_i_anrop(fil, rader, traff, givna)
        if traff[1] in ANROP:
            anrop.append(Anrop(traff[1], givna, traff.start(), traff.end()))
    felstallda = {d.plats.start for d in fel}
    return [a for a in anrop if a.start not in felstallda], fel


def _forsta_klammer(text: str, fran: int) -> int:
    traff = re.compile(r"[{}]").search(text, fran)
    return -1 if traff is None else traff.start()


def _fel_i_anrop(fil: str, rader: Rader, traff: re.Match[str], givna: tuple[str, ...]) -> Iterator[Diagnos]:
    namn, plats = traff[1], rader.plats(traff.start(), traff.end())
    if namn not in ANROP:
        kandidat = narmast(namn, ANROP)
        yield Diagnos(
            kod="okant-anrop",
            fil=fil,
            plats=plats,
            fann=f"”{namn}”",
            regel="är inget som en levande siffra kan hämtas med",
            atgard="" if kandidat else f"De som finns är {', '.join(ANROP)}.",
            kandidat=skriv_anrop(kandidat, *givna) if kandidat else None,
        )
    elif len(givna) < ANROP[namn][0]:
        ska = 'både talet och varifrån det kommer, som {{ eget("1 437", "årsredovisningen s. 8") }}'
        yield Diagnos("fel-antal-argument", fil, plats, f"”{traff[0]}”", f"ska ha {ska}", "Lägg till källan.")
    elif any(not a.strip() for a in givna):
        yield Diagnos("tomt-argument", fil, plats, f"”{traff[0]}”", "har en tom text", "Skriv något i den.")


def _fel_klammer(fil: str, rader: Rader, text: str, start: int, slut: int) -> Diagnos:
    skrivet = text[start : min(slut, start + 60)]
    kandidat = _vad_som_menades(text[start:slut])
    exempel = '{{ tal("3.1") }}'
    return Diagnos(
        kod="fel-i-klammer",
        fil=fil,
        plats=rader.plats(start, slut),
        fann=f"”{skrivet}{'…' if slut > start + 60 else ''}”",
        regel=f"är ingen levande siffra, men klamrar får bara användas till det, som {exempel}",
        atgard="" if kandidat else f"Skriv om det, eller ta bort klamrarna. Anropen är {', '.join(ANROP)}.",
        varfor="Texten är ingen mall: inget annat i den utförs.",
        kandidat=kandidat,
    )


def _vad_som_menades(skrivet: str) -> str | None:
    """The call that was meant, where only quotes, braces or the name are askew."""
    traff = _LIKNANDE.fullmatch(skrivet)
    namn = narmast(traff[1], ANROP) if traff else None
    if traff is None or namn is None:
        return None
    delar = [d.strip().strip("\"'”“’‘»«").strip() for d in traff[2].split(",")]
    fa, manga = ANROP[namn]
    rimliga = fa <= len(delar) <= manga and all(re.fullmatch(r"[\w .%,-]+", d) for d in delar)
    return skriv_anrop(namn, *delar) if rimliga else None
