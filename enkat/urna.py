"""Envelopes: answers sealed to the round's public key, all of one size, so that none tells anything but that it exists.

HPKE (RFC 9180, base mode) with X25519, HKDF-SHA-256 and AES-256-GCM. The server that seals cannot open what it sealed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from enkat.formular import Enkat, Svar
from enkat.nycklar import Privat, nyckel_id
from enkat.packning import FORM, PackFel, form, packa, packa_upp, storlek

# One row of SQLite holds about 1000 bytes without an overflow page, and PostgreSQL 2000 without a table beside.
KUVERT_BYTE: Final = 896
# More than what a form of 4 kB can carry (`sealed_state.STORST`), so whatever was written fits.
FRITEXT_BYTE: Final = 3072
ENHET_BYTE: Final = 80
_SVIT: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
TILLAGG: Final = 48
_SLAG: Final = "kuvert"
_RYMS: Final = KUVERT_BYTE - TILLAGG - FORM - 1 - ENHET_BYTE


class KuvertFel(ValueError):
    """An envelope that this key does not open, or that holds no answers to this questionnaire. Holds no answer."""


@dataclass(frozen=True)
class Innehall:
    """What lay in an envelope."""

    enhet: str | None = field(repr=False)
    svar: Svar = field(repr=False)


def ryms(enkat: Enkat) -> bool:
    """Whether the answers to a questionnaire fit in an envelope; their size hangs on the questionnaire alone."""
    return storlek(enkat) <= _RYMS


def forsegla(enkat: Enkat, svar: Svar, enhet: str | None, publik: bytes, omgang_id: str) -> bytes:
    """An envelope of KUVERT_BYTE bytes. Free text is left out: it does not belong with the closed answers.

    Raises:
        PackFel: the questionnaire or the enhet is too large, or an answer is not one of its.
    """
    namn = (enhet or "").encode()
    if not ryms(enkat) or len(namn) > ENHET_BYTE:
        raise PackFel("too large for an envelope")
    klartext = form(enkat) + bytes([len(namn)]) + namn.ljust(ENHET_BYTE, b"\0") + packa(enkat, svar)
    return slut(_SLAG, klartext, KUVERT_BYTE, publik, omgang_id)


def oppna(enkat: Enkat, chiffer: bytes, privat: Privat, omgang_id: str) -> Innehall:
    """What lies in an envelope of this round.

    Raises:
        KuvertFel: it cannot be opened, or not read.
    """
    klartext = bryt(_SLAG, chiffer, privat, omgang_id)
    if klartext[:FORM] != form(enkat):
        raise KuvertFel("another questionnaire")
    langd, namn, rest = (
        klartext[FORM],
        klartext[FORM + 1 : FORM + 1 + ENHET_BYTE],
        klartext[FORM + 1 + ENHET_BYTE :],
    )
    return Innehall(namn[:langd].decode() or None, packa_upp(enkat, rest[: storlek(enkat)]))


def slut(slag: str, klartext: bytes, storlek: int, publik: bytes, omgang_id: str) -> bytes:
    """An envelope of `storlek` bytes. slag: what kind, so that one cannot pass for another."""
    fyllt = klartext.ljust(storlek - TILLAGG, b"\0")
    bundet = _bundet(slag, omgang_id, nyckel_id(publik))
    return _SVIT.encrypt(fyllt, X25519PublicKey.from_public_bytes(publik), info=bundet)


def bryt(slag: str, chiffer: bytes, privat: Privat, omgang_id: str) -> bytes:
    """What lies in such an envelope, with its filling.

    Raises:
        KuvertFel: it cannot be opened.
    """
    nyckel = X25519PrivateKey.from_private_bytes(privat.nyckel)
    try:
        return _SVIT.decrypt(chiffer, nyckel, info=_bundet(slag, omgang_id, privat.nyckel_id))
    except (InvalidTag, ValueError):
        raise KuvertFel("does not open") from None


def _bundet(slag: str, omgang_id: str, nyckel: str) -> bytes:
    return f"bokslut {slag} 1\0{omgang_id}\0{nyckel}".encode()
