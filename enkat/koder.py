"""One-time codes: twelve random digits and three that tell a slip of the finger from a code that is spent.

The check digits are keyed with the round, so that a code of another round does not pass as one of this. They are a sum
modulo the prime 997 whose weights are all different and never 0: every single wrong digit and every two digits that
changed places are found, always; anything else slips through once in 997.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import Final, Literal

SLUMPSIFFROR: Final = 12
KONTROLLSIFFROR: Final = 3
LANGD: Final = SLUMPSIFFROR + KONTROLLSIFFROR
GRUPP: Final = 3
_PRIMTAL: Final = 997
# Dashes and points that people write between groups; all kinds of space and invisible marks go by their category.
_SKILJETECKEN: Final = frozenset(".·−_")
_SKILJEKATEGORIER: Final = frozenset({"Pd", "Zs", "Zl", "Zp", "Cf", "Cc"})

Kodorsak = Literal["tecken", "langd", "stavning"]
_ORD: Final = {
    "tecken": "Koden består bara av siffror.",
    "langd": f"Koden har {LANGD} siffror.",
    "stavning": "Stavningen stämmer inte. Kontrollera siffrorna.",
}


class KodFel(ValueError):
    """Something typed that cannot be a code of this round. Neither its text nor its parts hold what was typed."""

    def __init__(self, orsak: Kodorsak) -> None:
        super().__init__(_ORD[orsak])
        self.orsak = orsak


def skapa(nyckel: bytes, antal: int) -> list[str]:
    """New codes, no two alike. nyckel: the round's key for codes."""
    nya: dict[str, None] = {}
    vikter = _vikter(nyckel)
    while len(nya) < antal:
        siffror = f"{secrets.randbelow(10**SLUMPSIFFROR):0{SLUMPSIFFROR}}"
        nya[siffror + _kontrollsiffror(siffror, vikter)] = None
    return list(nya)


def las(text: str) -> str:
    """The digits that were typed or scanned, whatever script and grouping they came in.

    Raises:
        KodFel: tecken (something that is no digit), langd.
    """
    siffror = []
    for tecken in text[: 8 * LANGD]:
        varde = unicodedata.decimal(tecken, None)
        if varde is not None:
            siffror.append(str(varde))
        elif tecken not in _SKILJETECKEN and unicodedata.category(tecken) not in _SKILJEKATEGORIER:
            raise KodFel("tecken")
    if len(siffror) != LANGD or len(text) > 8 * LANGD:
        raise KodFel("langd")
    return "".join(siffror)


def stavning_ok(kod: str, nyckel: bytes) -> bool:
    """Whether the check digits are right in the round that the key belongs to; takes the same time either way."""
    return hmac.compare_digest(kod[SLUMPSIFFROR:], _kontrollsiffror(kod[:SLUMPSIFFROR], _vikter(nyckel)))


def avtryck(kod: str, nyckel: bytes) -> bytes:
    """What is stored in the place of a code. Without the key, nobody can tell which code it is by trying them all."""
    return hmac.digest(nyckel, b"kod\0" + kod.encode(), hashlib.sha256)


def visa(kod: str) -> str:
    """A code as it is printed, in groups."""
    return " ".join(kod[i : i + GRUPP] for i in range(0, LANGD, GRUPP))


def _kontrollsiffror(siffror: str, vikter_och_start: tuple[tuple[int, ...], int]) -> str:
    vikter, start = vikter_och_start
    summa = start + sum(vikt * int(siffra) for vikt, siffra in zip(vikter, siffror, strict=True))
    return f"{summa % _PRIMTAL:0{KONTROLLSIFFROR}}"


def _vikter(nyckel: bytes) -> tuple[tuple[int, ...], int]:
    """Twelve different weights of 1–996, and where the sum starts; the key alone decides them."""
    strom = _tal_ur(nyckel)
    start = next(strom)
    vikter = dict.fromkeys(islice((v for v in strom if v), 4 * SLUMPSIFFROR))
    return tuple(islice(vikter, SLUMPSIFFROR)), start


def _tal_ur(nyckel: bytes) -> Iterator[int]:
    nummer = 0
    while True:
        block = hmac.digest(nyckel, b"kontrollsiffror\0" + nummer.to_bytes(2, "big"), hashlib.sha512)
        yield from (int.from_bytes(block[i : i + 4], "big") % _PRIMTAL for i in range(0, len(block), 4))
        nummer += 1
