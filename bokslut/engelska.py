"""How figures and limits are written in English, from the Swedish texts that show them: nothing is rounded twice.

"78 %" is "78%", "1 437" is "1,437" and "0,6" is "0.6". What is no figure, as an answer, stays Swedish.
"""

from __future__ import annotations

import re
from typing import Final

from bokslut.fras import Bitar

_TAL: Final = "[\u2212-]?\\d+(?:[\u00a0 ]\\d{3})*(?:,\\d+)?"
_ANTAL: Final = {
    "en": "one",
    "två": "two",
    "tre": "three",
    "fyra": "four",
    "fem": "five",
    "sex": "six",
    "sju": "seven",
    "åtta": "eight",
    "nio": "nine",
    "tio": "ten",
    "elva": "eleven",
    "tolv": "twelve",
}
_BLANK: Final = "[\u00a0 ]"
# A whole text, and what it is; {0} and {1} are its figures.
_MONSTER: Final = tuple(
    (re.compile(monster.replace("N", f"({_TAL})").replace("_", _BLANK)), engelska)
    for monster, engelska in (
        ("N", "{0}"),
        ("N_?%", "{0}%"),
        ("N_procentenheter", "{0}\u00a0percentage points"),
        ("N_procentenhet", "{0}\u00a0percentage point"),
        ("N_kronor", "SEK\u00a0{0}"),
        ("N–N_%", "{0}–{1}%"),
        ("N_till_N_%", "{0} to {1}%"),
        ("N–N_procentenheter", "{0}–{1}\u00a0percentage points"),
        ("N_till_N_procentenheter", "{0} to {1}\u00a0percentage points"),
        ("minst_N_?%", "at least {0}%"),
        ("högst_N_?%", "at most {0}%"),
        ("mellan_N_och_N_?%", "between {0} and {1}%"),
        ("högst_N_procentenheter", "at most {0} percentage points"),
        ("högst_N_procentenhet", "at most {0} percentage point"),
        ("minst_N", "at least {0}"),
        ("minst_N_per_år", "at least {0} per year"),
        ("samtliga", "all"),
        ("lägre_än_året_före", "lower than the year before"),
        ("högre_än_året_före", "higher than the year before"),
        ("saknas", "missing"),
    )
)
_FARRE: Final = re.compile(f"färre{_BLANK}än{_BLANK}(\\w+)")


def tal(text: str) -> str:
    """The digits of a figure as English has them: decimal point, and commas between thousands."""
    punkt = text.replace(",", ".")
    return re.sub(f"(?<=\\d){_BLANK}(?=\\d{{3}}(?!\\d))", ",", punkt)


def siffertext(text: str) -> Bitar:
    """A figure or a limit as the engine writes it."""
    for monster, engelska in _MONSTER:
        traff = monster.fullmatch(text)
        if traff is not None:
            return ((engelska.format(*map(tal, traff.groups())), False),)
    farre = _FARRE.fullmatch(text)
    if farre is not None:
        return ((f"fewer than {_ANTAL.get(farre[1], farre[1])}", False),)
    return ((text, any(t.isalpha() for t in text)),)
