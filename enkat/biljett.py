"""Tickets: short sealed texts that may stand in an address, since they tell nobody but the server anything.

The address of an open link or a kiosk carries one that staff were given: a round's name, which can be guessed, opens
nothing. The address of a receipt carries another: what it says is in no log, and nobody can write one of their own.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Literal, cast, get_args

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from enkat.nycklar import Hemlighet

Ingang = Literal["lank", "kiosk"]
Utfall = Literal["mottaget", "redan_mottaget", "koden_anvand", "koden_makulerad", "stangd"]
_IV: Final = 12
_LANGST: Final = 400


@dataclass(frozen=True)
class Dorr:
    """A way in that needs no code. enhet: what its answers carry; None: each person is asked."""

    slag: Ingang
    enhet: str | None = None
    med_kod: bool = False


@dataclass(frozen=True)
class Kvittens:
    """What a person is told after "Skicka"."""

    utfall: Utfall
    kvitto: str = ""
    sprak: str = "sv"


def skriv_dorr(hemlighet: Hemlighet, omgang_id: str, dorr: Dorr) -> str:
    """The ticket of an open link or a kiosk."""
    enhet = "-" if dorr.enhet is None else "+" + dorr.enhet
    return _skriv(hemlighet, omgang_id, "dorr", f"{dorr.slag}\n{int(dorr.med_kod)}\n{enhet}")


def las_dorr(hemlighet: Hemlighet, omgang_id: str, text: str) -> Dorr | None:
    """The way in that a ticket opens; None when it is none."""
    delar = _las(hemlighet, omgang_id, "dorr", text)
    if delar is None or delar[0] not in get_args(Ingang):
        return None
    slag, med_kod, enhet = delar
    return Dorr(cast(Ingang, slag), enhet[1:] if enhet[:1] == "+" else None, med_kod == "1")


def skriv_kvittens(hemlighet: Hemlighet, omgang_id: str, k: Kvittens) -> str:
    """The ticket of a receipt."""
    return _skriv(hemlighet, omgang_id, "kvittens", f"{k.utfall}\n{k.kvitto}\n{k.sprak}")


def las_kvittens(hemlighet: Hemlighet, omgang_id: str, text: str) -> Kvittens | None:
    """What a receipt says; None when it is none."""
    delar = _las(hemlighet, omgang_id, "kvittens", text)
    if delar is None:
        return None
    utfall, kvitto, sprak = delar
    return Kvittens(cast(Utfall, utfall), kvitto, sprak)


def _skriv(hemlighet: Hemlighet, omgang_id: str, syfte: str, text: str) -> str:
    iv = secrets.token_bytes(_IV)
    chiffer = _nyckel(hemlighet, syfte).encrypt(iv, text.encode(), _bundet(omgang_id, syfte))
    return base64.urlsafe_b64encode(iv + chiffer).decode().rstrip("=")


def _las(hemlighet: Hemlighet, omgang_id: str, syfte: str, text: str) -> list[str] | None:
    try:
        data = base64.b64decode(text[:_LANGST] + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        klartext = _nyckel(hemlighet, syfte).decrypt(data[:_IV], data[_IV:], _bundet(omgang_id, syfte))
    except (binascii.Error, InvalidTag, ValueError):
        return None
    return klartext.decode().split("\n")


def _nyckel(hemlighet: Hemlighet, syfte: str) -> AESGCM:
    return AESGCM(hmac.digest(hemlighet.kvitto, f"biljett\0{syfte}".encode(), sha256))


def _bundet(omgang_id: str, syfte: str) -> bytes:
    return f"bokslut biljett\0{syfte}\0{omgang_id}".encode()
