"""Passwords and the second factor: how they are made, checked, and kept so that a stolen database opens nothing."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import datetime
from functools import cache
from typing import Final

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kansli.sprak import gettext as _
from kansli.sprak import ngettext

MINST_TECKEN: Final = 12
# Argon2 takes its time in proportion to nothing but its cost; a novel as a password would only fill memory.
HOGST_TECKEN: Final = 200
RESERVKODER: Final = 8
UTGIVARE: Final = "Socialt bokslut"
# Five minutes of drift would let five codes work at once; half a minute each way is what phones need.
STEG_I_SEKUNDER: Final = 30
# The steps of two codes that are right at the same moment are at most this far apart.
STEG_ISAR: Final = 2
NONCE: Final = 12
_VANLIGA: Final = ("lösenord", "losenord", "password", "qwerty", "123456", "sommar", "vinter", "hemligt", "välkommen")

# Argon2id at the cost that RFC 9106 gives machines with little memory. Hashes carry their cost, so it can be raised.
argon = PasswordHasher()


def brist(losen: str, epost: str, namn: str) -> str | None:
    """What is wrong with a new password, as a sentence to the one who chose it; None when nothing is.

    Length and not being guessable are all that is asked. Source: NIST SP 800-63B, section 5.1.1.2.
    """
    if len(losen) < MINST_TECKEN:
        return ngettext(
            "Lösenordet har ett tecken. Det ska ha minst %(minst)s. Fyra ord i rad är lätta att minnas.",
            "Lösenordet har %(num)s tecken. Det ska ha minst %(minst)s. Fyra ord i rad är lätta att minnas.",
            len(losen),
            minst=MINST_TECKEN,
        )
    if len(losen) > HOGST_TECKEN:
        return _("Lösenordet har %(antal)s tecken. Det får ha högst %(hogst)s.", antal=len(losen), hogst=HOGST_TECKEN)
    if len(set(losen)) < 5:
        return _("Lösenordet upprepar samma tecken. Välj till exempel fyra ord i rad.")
    lag = losen.casefold()
    egna = [del_ for del_ in re.split(r"[\W_]+", f"{epost} {namn}".casefold()) if len(del_) > 3]
    gissat = next((ord_ for ord_ in (*_VANLIGA, *egna) if ord_ in lag and len(losen) - len(ord_) < 8), None)
    if gissat is None:
        return None
    return _("Lösenordet bygger på ”%(ord)s”, som är lätt att gissa. Välj fyra andra ord i rad.", ord=gissat)


def hasha(losen: str) -> str:
    """What is stored of a password."""
    return argon.hash(losen)


def stammer(hash_: str | None, losen: str) -> bool:
    """Whether it is the password. Takes as long when there is none to compare with."""
    try:
        argon.verify(hash_ or _ingens(argon), losen[:HOGST_TECKEN])
    except VerificationError:
        return False
    return hash_ is not None


@cache
def _ingens(argon: PasswordHasher) -> str:
    """What is verified when there is no such account, so that the answer takes as long as when there is."""
    return argon.hash(secrets.token_hex(16))


def fingeravtryck(hemlighet: bytes, vad: str) -> str:
    """A keyed hash: the same for the same thing on this installation, and nothing to anyone else."""
    return hmac.new(hemlighet, vad.encode(), hashlib.sha256).hexdigest()


def hash_av(token: str) -> str:
    """What is stored of a random token; its own entropy is protection enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def ny_token() -> str:
    """What a link or a cookie holds: 256 random bits."""
    return secrets.token_urlsafe(32)


def nya_reservkoder() -> list[str]:
    """Codes to print and keep, "7k3m-x9pt": 40 random bits each, read without mistaking one sign for another."""
    tecken = "23456789abcdefghjkmnpqrstvwxyz"
    koder = ("".join(secrets.choice(tecken) for _ in range(8)) for _ in range(RESERVKODER))
    return [f"{kod[:4]}-{kod[4:]}" for kod in koder]


def normera_reservkod(text: str) -> str:
    """A reserve code as it was typed, in its one form."""
    rent = re.sub(r"[^0-9a-z]", "", text.casefold())
    return f"{rent[:4]}-{rent[4:]}"


def ny_totp() -> str:
    """The secret of a second factor, in base32."""
    return pyotp.random_base32()


def totp_adress(hemlig: str, epost: str) -> str:
    """What the QR holds that an authenticator app scans."""
    return pyotp.TOTP(hemlig).provisioning_uri(name=epost, issuer_name=UTGIVARE)


def totp_steg(hemlig: str, kod: str, nu: datetime, senast: int | None) -> int | None:
    """The time step of a code: this one or one beside it, and later than the last that was used; else None."""
    siffror = "".join(str(int(t)) for t in kod if t.isdecimal())
    steg = int(nu.timestamp()) // STEG_I_SEKUNDER
    for provat in (steg, steg - 1, steg + 1):
        ratt = pyotp.TOTP(hemlig).at(provat * STEG_I_SEKUNDER)
        if hmac.compare_digest(ratt, siffror) and not forbrukat(senast, provat):
            return provat
    return None


def forbrukat(senast: int | None, steg: int) -> bool:
    """Whether a code of this step, or of a later one, has been used. senast: the last that was; None for none.

    A last step far ahead was used while the server's clock was: it must not shut somebody out until that time comes.
    """
    return senast is not None and steg <= senast <= steg + STEG_ISAR


def forsegla(hemlighet: bytes, konto_id: str, text: str) -> bytes:
    """Seal a secret so that only this installation, and only for this account, can read it."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(_nyckel(hemlighet)).encrypt(nonce, text.encode(), konto_id.encode())


def bryt(hemlighet: bytes, konto_id: str, forseglat: bytes) -> str | None:
    """The secret again; None when it was sealed elsewhere, or for another."""
    try:
        return AESGCM(_nyckel(hemlighet)).decrypt(forseglat[:NONCE], forseglat[NONCE:], konto_id.encode()).decode()
    except InvalidTag:
        return None


def _nyckel(hemlighet: bytes) -> bytes:
    return hmac.new(hemlighet, b"kansli: totp", hashlib.sha256).digest()
