"""The difference between two texts, line by line, and word by word within lines that were changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final

LIKA: Final = "lika"
BORT: Final = "bort"
NYTT: Final = "nytt"
# Longer lines are shown whole: to compare them word by word takes time and tells nobody more.
_LANGST: Final = 4_000
# Unchanged lines around a change; the rest is left out.
_RUNT: Final = 2


@dataclass(frozen=True)
class Skillnadsrad:
    """A line. slag: "lika", "bort" or "nytt"; "hopp" for lines that are left out. bitar: (text, whether it changed)."""

    slag: str
    bitar: tuple[tuple[str, bool], ...]


def jamfor(fore: str, efter: str) -> list[Skillnadsrad]:
    """What was taken away and what came, with a little of what stands around it; nothing when they are the same."""
    gamla, nya = fore.split("\n"), efter.split("\n")
    ut: list[Skillnadsrad] = []
    for grupp in SequenceMatcher(None, gamla, nya).get_grouped_opcodes(_RUNT):
        if ut or grupp[0][1] > 0:
            ut.append(Skillnadsrad("hopp", ()))
        for vad, a1, a2, b1, b2 in grupp:
            if vad == "equal":
                ut += [_rad(LIKA, rad) for rad in gamla[a1:a2]]
            else:
                ut += _andrade(gamla[a1:a2], nya[b1:b2])
    return ut


def _andrade(gamla: Sequence[str], nya: Sequence[str]) -> Iterator[Skillnadsrad]:
    """Pairs of lines as long as there are pairs: each old line above its new one."""
    for gammal, ny in zip_longest(gamla, nya):
        if gammal is None or ny is None or len(gammal) + len(ny) > _LANGST:
            yield from (_rad(slag, rad, True) for slag, rad in ((BORT, gammal), (NYTT, ny)) if rad is not None)
            continue
        bort, nytt = _ord_for_ord(gammal, ny)
        yield Skillnadsrad(BORT, bort)
        yield Skillnadsrad(NYTT, nytt)


def _ord_for_ord(gammal: str, ny: str) -> tuple[tuple[tuple[str, bool], ...], tuple[tuple[str, bool], ...]]:
    a, b = (re.findall(r"\w+|\s+|[^\w\s]", rad) for rad in (gammal, ny))
    bort, nytt = [], []
    for vad, a1, a2, b1, b2 in SequenceMatcher(None, a, b).get_opcodes():
        bort += [("".join(a[a1:a2]), vad != "equal")] if a2 > a1 else []
        nytt += [("".join(b[b1:b2]), vad != "equal")] if b2 > b1 else []
    return tuple(bort), tuple(nytt)


def _rad(slag: str, text: str, andrad: bool = False) -> Skillnadsrad:
    return Skillnadsrad(slag, ((text, andrad),))
