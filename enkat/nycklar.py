"""A round's secrets: files of their own in the instance folder, never in the database, destroyed at the freeze.

`<round>.hemlighet` holds what the running server needs: keys for codes, receipts and forms. `<round>.nyckel` holds the
private key that opens the envelopes, bare or under a passphrase; the server never needs it before the freeze.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from grund.settings import forstor_fil, skapa_mapp, skriv_privat, synka_mapp

NYCKEL_BYTE: Final = 32
# Form keys that are still read after a newer one was made: open pages survive two changes of key.
FLEST_TILLSTANDSNYCKLAR: Final = 3
# RFC 9106, second recommended option: 64 MiB, three passes, four lanes.
_PASS, _BANOR, _MINNE_KIB = 3, 4, 64 * 1024
# Backup programs that honour it (borg, restic, tar --exclude-caches) pass the folder by.
_MARKE: Final = "CACHEDIR.TAG"
_MARKE_TEXT: Final = b"Signature: 8a477f597d28d172789f06886806bc55\n# Nycklar: ska aldrig med i en backup.\n"

Nyckelorsak = Literal["saknas", "losenfras", "skadad", "fel_nyckel"]
_ORD: Final = {
    "saknas": "Nyckelfilen finns inte. Återställ den från papperskopian.",
    "losenfras": "Lösenfrasen stämmer inte.",
    "skadad": "Nyckelfilen är skadad. Återställ den från papperskopian.",
    "fel_nyckel": "Nyckeln hör inte till den här omgången.",
}


class NyckelFel(RuntimeError):
    """A key that cannot be had. Holds nothing of it."""

    def __init__(self, orsak: Nyckelorsak) -> None:
        super().__init__(_ORD[orsak])
        self.orsak = orsak


@dataclass(frozen=True)
class Hemlighet:
    """The keys that the server uses while a round runs. tillstand: (id of four bytes, key), the newest first."""

    kod: bytes = field(repr=False)
    kvitto: bytes = field(repr=False)
    tillstand: tuple[tuple[bytes, bytes], ...] = field(repr=False)


@dataclass(frozen=True)
class Privat:
    """The private key of a round. nyckel_id: a name for it that tells nothing of it."""

    nyckel: bytes = field(repr=False)

    @property
    def publik(self) -> bytes:
        """The public key that envelopes are sealed to."""
        return X25519PrivateKey.from_private_bytes(self.nyckel).public_key().public_bytes_raw()

    @property
    def nyckel_id(self) -> str:
        """The name of the key pair."""
        return nyckel_id(self.publik)


def nyckel_id(publik: bytes) -> str:
    """The name of a key pair, from its public key."""
    return hashlib.sha256(b"bokslut nyckel\0" + publik).hexdigest()[:16]


def ny_privat() -> Privat:
    """A new key pair."""
    return Privat(X25519PrivateKey.generate().private_bytes_raw())


def ny_hemlighet(mapp: Path, omgang_id: str) -> Hemlighet:
    """Make and store the keys of a new round."""
    ny = Hemlighet(_slump(), _slump(), ((secrets.token_bytes(4), _slump()),))
    _markera(mapp)
    skriv_privat(_hemlig_fil(mapp, omgang_id), _hemlighet_som_text(ny))
    return ny


def las_hemlighet(mapp: Path, omgang_id: str) -> Hemlighet:
    """The keys of a round.

    Raises:
        NyckelFel: saknas; so it is for a round that is frozen.
    """
    ra = _las_json(_hemlig_fil(mapp, omgang_id))
    tillstand = tuple((bytes.fromhex(id_), bytes.fromhex(nyckel)) for id_, nyckel in ra["tillstand"])
    return Hemlighet(bytes.fromhex(ra["kod"]), bytes.fromhex(ra["kvitto"]), tillstand)


def byt_tillstandsnyckel(mapp: Path, omgang_id: str) -> Hemlighet:
    """Seal with a new key from now on; forms sealed with the two before it are still taken."""
    gammal = las_hemlighet(mapp, omgang_id)
    tillstand = ((secrets.token_bytes(4), _slump()), *gammal.tillstand)[:FLEST_TILLSTANDSNYCKLAR]
    ny = Hemlighet(gammal.kod, gammal.kvitto, tillstand)
    fil = _hemlig_fil(mapp, omgang_id)
    bredvid = fil.with_name(f"{fil.name}.ny")
    bredvid.unlink(missing_ok=True)
    skriv_privat(bredvid, _hemlighet_som_text(ny))
    bredvid.replace(fil)
    synka_mapp(mapp)
    return ny


def spara_privat(mapp: Path, omgang_id: str, privat: Privat, losenfras: str | None) -> None:
    """Store a private key, under a passphrase if there is one."""
    ra: dict[str, str] = {"omgang": omgang_id, "nyckel_id": privat.nyckel_id}
    if losenfras is None:
        ra["nyckel"] = privat.nyckel.hex()
    else:
        salt, iv = secrets.token_bytes(16), secrets.token_bytes(12)
        chiffer = AESGCM(_ur_losenfras(losenfras, salt)).encrypt(iv, privat.nyckel, _bundet(ra))
        ra |= {"salt": salt.hex(), "iv": iv.hex(), "chiffer": chiffer.hex()}
    _markera(mapp)
    skriv_privat(privat_fil(mapp, omgang_id), json.dumps(ra).encode())


def har_losenfras(mapp: Path, omgang_id: str) -> bool:
    """Whether the private key lies under a passphrase."""
    return "chiffer" in _las_json(privat_fil(mapp, omgang_id))


def las_privat(mapp: Path, omgang_id: str, losenfras: str | None = None) -> Privat:
    """The private key of a round.

    Raises:
        NyckelFel: saknas, losenfras (wrong or not given), skadad.
    """
    ra = _las_json(privat_fil(mapp, omgang_id))
    if "chiffer" not in ra:
        privat = Privat(bytes.fromhex(ra["nyckel"]))
    else:
        nyckel = _ur_losenfras(losenfras or "", bytes.fromhex(ra["salt"]))
        try:
            klartext = AESGCM(nyckel).decrypt(bytes.fromhex(ra["iv"]), bytes.fromhex(ra["chiffer"]), _bundet(ra))
        except InvalidTag:
            raise NyckelFel("losenfras") from None
        privat = Privat(klartext)
    if not hmac.compare_digest(privat.nyckel_id, ra["nyckel_id"]):
        raise NyckelFel("skadad")
    return privat


def forstor(mapp: Path, omgang_id: str) -> None:
    """Overwrite and remove every secret of a round; what is gone already is no fault."""
    forstor_privat(mapp, omgang_id)
    forstor_fil(_hemlig_fil(mapp, omgang_id))


def forstor_privat(mapp: Path, omgang_id: str) -> None:
    """The same for the private key alone."""
    forstor_fil(privat_fil(mapp, omgang_id))


def privat_fil(mapp: Path, omgang_id: str) -> Path:
    """Where the private key of a round lies."""
    return mapp / f"{omgang_id}.nyckel"


def _hemlig_fil(mapp: Path, omgang_id: str) -> Path:
    return mapp / f"{omgang_id}.hemlighet"


def _slump() -> bytes:
    return secrets.token_bytes(NYCKEL_BYTE)


def _markera(mapp: Path) -> None:
    skapa_mapp(mapp)
    if not (mapp / _MARKE).exists():
        skriv_privat(mapp / _MARKE, _MARKE_TEXT, behall=True)


def _hemlighet_som_text(h: Hemlighet) -> bytes:
    tillstand = [(id_.hex(), nyckel.hex()) for id_, nyckel in h.tillstand]
    return json.dumps({"kod": h.kod.hex(), "kvitto": h.kvitto.hex(), "tillstand": tillstand}).encode()


def _las_json(fil: Path) -> dict[str, Any]:
    try:
        ra: dict[str, Any] = json.loads(fil.read_bytes())
    except FileNotFoundError:
        raise NyckelFel("saknas") from None
    except ValueError:
        raise NyckelFel("skadad") from None
    return ra


def _ur_losenfras(losenfras: str, salt: bytes) -> bytes:
    harledning = Argon2id(salt=salt, length=NYCKEL_BYTE, iterations=_PASS, lanes=_BANOR, memory_cost=_MINNE_KIB)
    return harledning.derive(unicodedata.normalize("NFC", losenfras).encode())


def _bundet(ra: Mapping[str, str]) -> bytes:
    return f"bokslut nyckelfil\0{ra['omgang']}\0{ra['nyckel_id']}".encode()
