"""What people really write where TOML wants a value or a name, and what they meant.

A table of small recognisers, asked in order. Each looks at one bare word or name; none of them knows where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

# Delimiters that Word, phones and web pages put in the place of " and '.
TYPOGRAFISKA: Final = "“”„‟«»″‘’‚‛‹›′`´"
# Not visible, or looking like a space, and not allowed outside a string.
STYRTECKEN: Final = "".join(chr(c) for c in range(32) if chr(c) not in "\t\n\r") + "\x7f"
_UTAN_BREDD: Final = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_MELLANRUM: Final = "\u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f\u3000\u0085\u2028\u2029"
OSYNLIGA: Final = frozenset(STYRTECKEN + _UTAN_BREDD + _MELLANRUM)

# A phrase like gron = ja is the answer "ja", not the truth value.
_TEXTNYCKLAR: Final = frozenset({"gron", "gul", "svar"})
_SANT: Final = {
    "true": True,
    "sant": True,
    "ja": True,
    "yes": True,
    "false": False,
    "falskt": False,
    "nej": False,
    "no": False,
}
_TAL: Final = re.compile(r"([+\-−–—]?)([0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+|[0-9]*)([.,]?)([0-9]*)")
_BAR: Final = re.compile(r"[A-Za-z0-9_-]+")
_UNDANTAG: Final = str.maketrans({"ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "ß": "ss", "đ": "d", "ł": "l"})


@dataclass(frozen=True, slots=True)
class Tolkning:
    """What a bare word was meant as. kod: the fault. varde: its value. skrivs: how it is written in TOML."""

    kod: str
    varde: Any
    skrivs: str


def tolka_ord(ord_: str, nyckel: str, i_lista: bool) -> Tolkning:
    """What a value without delimiters was meant as; in the last resort a text that lacks its quotes.

    ord_: the word or phrase as written, not empty. nyckel: the name it is given to.
    """
    for las in _IGENKANNARE:
        tolkning = las(ord_, nyckel, i_lista)
        if tolkning is not None:
            return tolkning
    text = ord_.strip("\"'" + TYPOGRAFISKA).strip()
    return Tolkning("toml-citattecken-saknas", text, skriv_text(text))


def _sant_falskt(ord_: str, nyckel: str, i_lista: bool) -> Tolkning | None:
    varde = _SANT.get(ord_.casefold())
    svensk = ord_.casefold() not in ("true", "false")
    if varde is None or (svensk and (i_lista or nyckel in _TEXTNYCKLAR)):
        return None
    return Tolkning("toml-sant-falskt", varde, str(varde).lower())


def _ingenting(ord_: str, nyckel: str, i_lista: bool) -> Tolkning | None:
    if i_lista or ord_.casefold() not in ("null", "none", "nil"):
        return None
    return Tolkning("toml-null", None, "")


def _tal(ord_: str, nyckel: str, i_lista: bool) -> Tolkning | None:
    traff = _TAL.fullmatch(ord_)
    if traff is None or len(ord_) > 30 or not (traff[2] or traff[4]):
        return None
    tecken, hel, skilje, brak = traff.groups()
    siffror = re.sub(r"\D", "", hel)
    if siffror.startswith("0") and len(siffror) > 1:
        return None if tecken or skilje else Tolkning("toml-inledande-nolla", ord_, f'"{ord_}"')
    minus = "" if tecken in ("", "+") else "-"
    skrivs = f"{minus}{siffror or '0'}" + (f".{brak or '0'}" if skilje else "")
    varde = float(skrivs) if skilje else int(skrivs)
    if skilje == "," and siffror and brak:
        return Tolkning("toml-decimalkomma", varde, skrivs)
    if siffror != hel:
        return Tolkning("toml-tusental", varde, skrivs)
    if skilje == "." and not (siffror and brak):
        return Tolkning("toml-decimaltal", varde, skrivs)
    if minus and tecken != "-":
        return Tolkning("toml-minustecken", varde, skrivs)
    return None


_IGENKANNARE: Final[tuple[Callable[[str, str, bool], Tolkning | None], ...]] = (_sant_falskt, _ingenting, _tal)


def tolka_namn(namn: str, mellanrum: str) -> Tolkning:
    """A name for what was written as one: å ä ö folded, spaces made `mellanrum`; else the same name in quotes."""
    ord_ = namn.split()
    vikt = mellanrum.join(map(vik, ord_))
    if not _BAR.fullmatch(vikt):
        return Tolkning("toml-nyckel-tecken", namn, skriv_text(namn))
    kod = "toml-nyckel-med-mellanslag" if len(ord_) > 1 else "toml-nyckel-med-prickar"
    return Tolkning(kod, vikt, vikt)


def vik(text: str) -> str:
    """The text in the letters that a name may have: grön → gron, idé → ide. What has no such letter stays."""
    delar = unicodedata.normalize("NFKD", text.translate(_UNDANTAG))
    return "".join(t for t in delar if not unicodedata.combining(t) and t not in OSYNLIGA)


def skriv_text(text: str) -> str:
    """The text as a TOML string on one line."""
    kant = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(t if t not in STYRTECKEN + "\r\n" else f"\\u{ord(t):04X}" for t in kant) + '"'


def dubbla_snedstreck(innehall: str) -> str:
    r"""The inside of a string with every lone backslash doubled; \" and \\ keep their meaning."""
    return re.sub(r'\\(["\\])|\\', lambda m: m[0] if m[1] else r"\\", innehall)


def rensa_osynligt(text: str) -> str:
    """The text with invisible characters taken away and odd spaces made plain."""
    return "".join(" " if t in _MELLANRUM else "" if t in OSYNLIGA else t for t in text)


def utan_styrtecken(text: str) -> str:
    """The text without control characters; tabs and line endings stay."""
    return "".join(t for t in text if t not in STYRTECKEN)


def beskriv_tecken(tecken: str) -> tuple[str, str, str]:
    """An invisible character in words: the kod, what was found, how to mend it."""
    nummer = f"(U+{ord(tecken):04X})"
    if tecken in STYRTECKEN or tecken in "\r\n":
        return "toml-styrtecken", f"Ett osynligt styrtecken {nummer}", "Ta bort tecknet."
    if tecken == "\u00a0":
        return "toml-osynligt-tecken", f"Ett hårt mellanslag {nummer}", "Byt det mot ett vanligt mellanslag."
    if tecken in _MELLANRUM:
        return "toml-osynligt-tecken", f"Ett ovanligt mellanslag {nummer}", "Byt det mot ett vanligt mellanslag."
    return "toml-osynligt-tecken", f"Ett osynligt tecken {nummer}", "Ta bort tecknet."
