"""The answers so far, sealed: they travel in the form, and nothing is stored before "Skicka".

A seal is AES-256-GCM under the round's own key. Outside the seal stand, in clear and authenticated, only what its
sender already knows: format, key id, round, length. Whatever is told apart is told from those, or after the seal was
found whole; there is nothing between to ask questions of. Its length is the same for every answer (`packning`), free
text apart, which is padded in steps.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from enkat.formular import Enkat
from enkat.nycklar import Hemlighet
from enkat.packning import FORM, PackFel, form, packa, packa_text, packa_upp, packa_upp_text, storlek

# What fits in a form field of 4 kB, as base64.
STORST: Final = 4096
TEXTSTEG: Final = 512
NONCE: Final = 16
_FORMAT: Final = b"\x01"
_NYCKEL, _OMGANG, _LANGD, _IV, _TAGG = 4, 8, 2, 12, 16
_HUVUD: Final = len(_FORMAT) + _NYCKEL + _OMGANG + _LANGD + _IV
_ENHET, _SPRAK, _AVTRYCK = 81, 17, 32

Sigillorsak = Literal["manipulerat", "avkortat", "annan_omgang", "annan_version", "utgangen_nyckel"]


class SigillBrutet(ValueError):
    """A form whose answers cannot be taken. orsak: why, for the view to say in the person's language."""

    def __init__(self, orsak: Sigillorsak) -> None:
        super().__init__(f"sealed state: {orsak}")
        self.orsak = orsak


class SigillFullt(ValueError):
    """More free text than a form can carry. Closed answers always fit (`ryms`)."""


@dataclass(frozen=True)
class Tillstand:
    """One person's form between two pages.

    nonce: random, the same from the first page to the receipt. kod_avtryck: the keyed hash of the code; None on an open
    link or a kiosk. enhet: what the code says, or the answer on an open link; None when nobody asked. sida: where they
    are.
    """

    omgang_id: str
    enkat_id: str
    fingeravtryck: str
    sprak: str
    nonce: bytes = field(repr=False)
    kod_avtryck: bytes | None = field(repr=False)
    enhet: str | None = field(repr=False)
    svar: Mapping[str, str | tuple[str, ...]] = field(repr=False)
    sida: int = 0


def ny_nonce() -> bytes:
    """What makes a form unlike all others."""
    return secrets.token_bytes(NONCE)


def ryms(enkat: Enkat) -> bool:
    """Whether the closed answers to a questionnaire fit in a form."""
    return _text_langd(_HUVUD + _fast(enkat) + _TAGG) <= STORST


def forsegla(t: Tillstand, hemlighet: Hemlighet, enkat: Enkat) -> str:
    """The state as text for a form field, url-safe.

    Raises:
        SigillFullt: the free text is too long.
    """
    nyckel_id, nyckel = hemlighet.tillstand[0]
    text = packa_text(enkat, t.svar)
    klartext = _packa(t, enkat) + text.ljust(-(-len(text) // TEXTSTEG) * TEXTSTEG, b"\0")
    iv = secrets.token_bytes(_IV)
    langd = len(klartext) + _TAGG
    if _text_langd(_HUVUD + langd) > STORST:
        raise SigillFullt
    huvud = _FORMAT + nyckel_id + _marke(t.omgang_id) + langd.to_bytes(_LANGD, "big") + iv
    return base64.urlsafe_b64encode(huvud + AESGCM(nyckel).encrypt(iv, klartext, _bundet(huvud, t.omgang_id))).decode()


def oppna(
    text: str, hemlighet: Hemlighet, omgang_id: str, enkat: Enkat, aldre: frozenset[str] = frozenset()
) -> Tillstand:
    """The state in a form of this round. aldre: fingerprints of earlier spellings of the questionnaire, still accepted.

    Raises:
        SigillBrutet: it is not one.
    """
    data = _avkoda(text)
    huvud, chiffer = data[:_HUVUD], data[_HUVUD:]
    if huvud[5:13] != _marke(omgang_id):
        raise SigillBrutet("annan_omgang")
    nyckel = dict(hemlighet.tillstand).get(huvud[1:5])
    if nyckel is None:
        raise SigillBrutet("utgangen_nyckel")
    try:
        klartext = AESGCM(nyckel).decrypt(huvud[-_IV:], chiffer, _bundet(huvud, omgang_id))
    except InvalidTag:
        raise SigillBrutet("manipulerat") from None
    return _packa_upp(klartext, omgang_id, enkat, aldre)


def _avkoda(text: str) -> bytes:
    if len(text) > STORST:
        raise SigillBrutet("manipulerat")
    try:
        # A text cut anywhere is still read as far as it goes, so that "cut" can be said.
        data = base64.b64decode(text[: len(text) // 4 * 4], altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise SigillBrutet("manipulerat") from None
    if data and data[:1] != _FORMAT:
        raise SigillBrutet("manipulerat")
    if len(data) < _HUVUD or len(data) - _HUVUD < int.from_bytes(data[13:15], "big"):
        raise SigillBrutet("avkortat")
    # One seal has one spelling: base64 leaves bits over in its last sign.
    if len(data) - _HUVUD > int.from_bytes(data[13:15], "big") or base64.urlsafe_b64encode(data).decode() != text:
        raise SigillBrutet("manipulerat")
    return data


def _text_langd(byte: int) -> int:
    return -(-byte // 3) * 4


def _marke(omgang_id: str) -> bytes:
    return hashlib.sha256(omgang_id.encode()).digest()[:_OMGANG]


def _bundet(huvud: bytes, omgang_id: str) -> bytes:
    return b"bokslut tillstand\0" + huvud + omgang_id.encode()


def _fast(enkat: Enkat) -> int:
    return _AVTRYCK + FORM + NONCE + 1 + _AVTRYCK + _ENHET + _SPRAK + 2 + storlek(enkat)


def _packa(t: Tillstand, enkat: Enkat) -> bytes:
    kod = b"\0" + bytes(_AVTRYCK) if t.kod_avtryck is None else b"\1" + t.kod_avtryck
    huvud = bytes.fromhex(t.fingeravtryck) + form(enkat) + t.nonce + kod
    return huvud + _falt(t.enhet, _ENHET) + _falt(t.sprak, _SPRAK) + t.sida.to_bytes(2, "big") + packa(enkat, t.svar)


def _packa_upp(data: bytes, omgang_id: str, enkat: Enkat, aldre: frozenset[str]) -> Tillstand:
    fingeravtryck = data[:_AVTRYCK].hex()
    if data[_AVTRYCK : _AVTRYCK + FORM] != form(enkat) or fingeravtryck not in {enkat.fingeravtryck, *aldre}:
        raise SigillBrutet("annan_version")
    bitar, start = [], _AVTRYCK + FORM
    for bredd in (NONCE, 1, _AVTRYCK, _ENHET, _SPRAK, 2, storlek(enkat)):
        bitar.append(data[start : start + bredd])
        start += bredd
    nonce, har_kod, kod, enhet, sprak, sida, slutna = bitar
    try:
        svar = {**packa_upp(enkat, slutna), **packa_upp_text(enkat, data[start:])}
    except PackFel:
        raise SigillBrutet("annan_version") from None
    kod_avtryck = kod if har_kod == b"\1" else None
    sidnummer = int.from_bytes(sida, "big")
    return Tillstand(
        omgang_id, enkat.id, fingeravtryck, _ur_falt(sprak) or "", nonce, kod_avtryck, _ur_falt(enhet), svar, sidnummer
    )


def _falt(text: str | None, bredd: int) -> bytes:
    """A short text in a fixed width: one byte more than its length, so that None is not ""."""
    data = b"" if text is None else text.encode()
    if len(data) >= bredd:
        raise ValueError("text too long for its slot")
    return bytes([0 if text is None else len(data) + 1]) + data.ljust(bredd - 1, b"\0")


def _ur_falt(data: bytes) -> str | None:
    return None if data[0] == 0 else data[1 : data[0]].decode()
