"""Answers as bytes whose number the questionnaire decides alone.

Every option is one byte and every number or date a slot of fixed width, so that neither a seal nor an envelope is
longer or shorter for what somebody answered, or for how much. Only free text varies; `sealed_state` pads it in steps.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from enkat.formular import VILL_INTE_SVARA, Enkat, Fraga, Svar

# A number or a date; VILL_INTE_SVARA has 15 characters and fits too.
FALT: Final = 16
# What is worked out from a questionnaire is kept for so many: it is asked for at every step.
FLEST_ENKATER: Final = 64
# A form of this many bytes tells questionnaires apart.
FORM: Final = 8
_TOMT, _VILL_INTE, _FORSTA = 0, 1, 2


class PackFel(ValueError):
    """Bytes that are not answers to this questionnaire, or an answer that it does not have. Holds no answer."""


class _Plats(NamedTuple):
    """One key of Svar: how it is written, and in how many bytes."""

    nyckel: str
    typ: str
    alternativ: tuple[str, ...]
    byte: int


@lru_cache(maxsize=FLEST_ENKATER)
def form(enkat: Enkat) -> bytes:
    """What decides where each answer lies: question ids, kinds, rows, options, conditions, in order. Texts do not."""
    delar = (f"{f.id} {f.typ} {f.nycklar} {enkat.alternativ(f)} {f.visas_om}" for f in enkat.fragor)
    return hashlib.sha256("\n".join(delar).encode()).digest()[:FORM]


@lru_cache(maxsize=FLEST_ENKATER)
def storlek(enkat: Enkat) -> int:
    """How many bytes the answers to a questionnaire take, free text apart."""
    return sum(plats.byte for plats in _platser(enkat))


def packa(enkat: Enkat, svar: Svar) -> bytes:
    """All answers but free text.

    Raises:
        PackFel: an answer has no place in the questionnaire.
    """
    return b"".join(_skriv(plats, svar.get(plats.nyckel)) for plats in _platser(enkat))


def packa_upp(enkat: Enkat, data: bytes) -> dict[str, str | tuple[str, ...]]:
    """The answers that `packa` wrote; questions without an answer are left out.

    Raises:
        PackFel: it was not for this questionnaire.
    """
    if len(data) != storlek(enkat):
        raise PackFel("wrong number of bytes")
    svar: dict[str, str | tuple[str, ...]] = {}
    start = 0
    for plats in _platser(enkat):
        varde = _las(plats, data[start : start + plats.byte])
        start += plats.byte
        if varde is not None:
            svar[plats.nyckel] = varde
    return svar


def packa_text(enkat: Enkat, svar: Mapping[str, object]) -> bytes:
    """Free text: for each such question two bytes of length, then UTF-8."""
    texter = (str(svar.get(fraga.id, "")).encode() for fraga in enkat.fragor if fraga.typ == "text")
    return b"".join(len(text).to_bytes(2, "big") + text for text in texter)


def packa_upp_text(enkat: Enkat, data: bytes) -> dict[str, str]:
    """What `packa_text` wrote, and whatever padding follows it."""
    svar, start = {}, 0
    for fraga in (fraga for fraga in enkat.fragor if fraga.typ == "text"):
        slut = start + 2 + int.from_bytes(data[start : start + 2], "big")
        text = data[start + 2 : slut]
        start = slut
        if text:
            svar[fraga.id] = text.decode()
    return svar


@lru_cache(maxsize=FLEST_ENKATER)
def _platser(enkat: Enkat) -> tuple[_Plats, ...]:
    return tuple(_alla_platser(enkat))


def _alla_platser(enkat: Enkat) -> Iterator[_Plats]:
    for fraga in enkat.fragor:
        alternativ = enkat.alternativ(fraga)
        if fraga.typ == "flera_val":
            yield _Plats(fraga.id, fraga.typ, alternativ, 1 + (len(alternativ) + 7) // 8)
        elif fraga.typ in ("tal", "datum"):
            yield _Plats(fraga.id, fraga.typ, (), FALT)
        elif fraga.typ != "text":
            yield from (_Plats(nyckel, fraga.typ, alternativ, _bredd(fraga, alternativ)) for nyckel in fraga.nycklar)


def _bredd(fraga: Fraga, alternativ: tuple[str, ...]) -> int:
    """One byte for an option; a scale that is longer than one byte can count takes two."""
    return 1 if len(alternativ) + _FORSTA <= 256 else 2


def _skriv(plats: _Plats, varde: str | tuple[str, ...] | None) -> bytes:
    if plats.typ in ("tal", "datum"):
        text = (varde if isinstance(varde, str) else "").encode()
        if len(text) > FALT:
            raise PackFel("too long")
        return text.ljust(FALT, b"\0")
    if plats.typ == "flera_val":
        return _skriv_flera(plats, varde)
    return _kod(plats, varde).to_bytes(plats.byte, "big")


def _kod(plats: _Plats, varde: str | tuple[str, ...] | None) -> int:
    if varde is None:
        return _TOMT
    if varde == VILL_INTE_SVARA:
        return _VILL_INTE
    if varde not in plats.alternativ:
        raise PackFel("no such option")
    return plats.alternativ.index(str(varde)) + _FORSTA


def _skriv_flera(plats: _Plats, varde: str | tuple[str, ...] | None) -> bytes:
    bredd = plats.byte - 1
    if not isinstance(varde, tuple):
        return bytes([_VILL_INTE if varde == VILL_INTE_SVARA else _TOMT]) + bytes(bredd)
    if not set(varde) <= set(plats.alternativ):
        raise PackFel("no such option")
    bitar = sum(1 << nummer for nummer, alternativ in enumerate(plats.alternativ) if alternativ in varde)
    return bytes([_FORSTA]) + bitar.to_bytes(bredd, "little")


def _las(plats: _Plats, data: bytes) -> str | tuple[str, ...] | None:
    if plats.typ in ("tal", "datum"):
        return data.rstrip(b"\0").decode() or None
    kod = data[0] if plats.typ == "flera_val" else int.from_bytes(data, "big")
    if kod in (_TOMT, _VILL_INTE):
        return VILL_INTE_SVARA if kod == _VILL_INTE else None
    if plats.typ == "flera_val":
        bitar = int.from_bytes(data[1:], "little")
        return tuple(alternativ for nummer, alternativ in enumerate(plats.alternativ) if bitar >> nummer & 1)
    if kod - _FORSTA >= len(plats.alternativ):
        raise PackFel("no such option")
    return plats.alternativ[kod - _FORSTA]
