"""The sums that say exactly what a bokslut was made of: rules, texts, underlag and figures.

Underlag about persons is summed under a secret salt, since a plain sum would let a reader test guesses about who
answered what. What is public has a plain sum, that anyone can make again.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from grund.settings import skapa_mapp, skriv_privat
from indikatorer import gallrat
from indikatorer.forberedelse import Forberett
from indikatorer.schema import Modell
from indikatorer.underlag import Kalldata

SALT: Final = "salt"
SALT_BYTE: Final = 32
TEXTER: Final = "texter"
UNDERLAG: Final = "underlag.toml"
SIFFROR: Final = "siffrorna"


class SaltFel(Exception):
    """The salt cannot be used; the text says why, in Swedish."""


class Underlagssumma(Modell):
    """The sum of one source. namn: year and källa ("2020/deltagare"), never a path. slag: how it was made."""

    namn: str
    skydd: str
    slag: Literal["hmac-sha256", "sha256"]
    summa: str


@dataclass(frozen=True, slots=True)
class Akt:
    """All that two persons approve: the year, the version to be, and the sums of what it is made of.

    regler: of the config. texter: by file. underlag: by source. siffror: of resultat.json as it is published. andra: of
    what other förbund have published, by file in the version. fjol: of resultat.json of each version of last year's
    bokslut, which decides what must be hidden of those who stayed.
    """

    ar: int
    version: int
    regler: str
    texter: Mapping[str, str]
    underlag: tuple[Underlagssumma, ...]
    siffror: str
    andra: Mapping[str, str] = field(default_factory=dict)
    fjol: Mapping[str, str] = field(default_factory=dict)

    def delar(self) -> dict[str, str]:
        """The sum of each part by its name, to tell which part has changed."""
        texter = {f"texten {namn}": summa for namn, summa in self.texter.items()}
        kallor = {f"underlaget {u.namn}": u.summa for u in self.underlag}
        andra = {f"jämförelsen {namn}": summa for namn, summa in self.andra.items()}
        fjol = {f"fjolårets bokslut {namn}": summa for namn, summa in self.fjol.items()}
        return {"reglerna": self.regler, SIFFROR: self.siffror} | texter | kallor | andra | fjol

    def summa(self) -> str:
        """One sum of it all."""
        return sha256(som_json([self.ar, self.version, self.delar()]).encode())


def build_akt(
    forberett: Forberett,
    texter: Mapping[str, bytes],
    resultat_json: str,
    version: int,
    salt: bytes,
    andra: Mapping[str, str] | None = None,
    fjol: Mapping[str, str] | None = None,
) -> Akt:
    """Sum everything that a version is made of.

    texter: as `las_textfiler` read them, and as they are shown: a file may be another a moment later. andra, fjol: the
        sums of what others, and last year's, have published.

    Raises:
        OSError: a file that was read a moment ago is gone.
    """
    return Akt(
        ar=forberett.ar,
        version=version,
        regler=sha256(Path(forberett.definitioner.dok.fil).read_bytes()),
        texter={namn: sha256(data) for namn, data in texter.items()},
        underlag=tuple(_underlag(forberett, salt)),
        siffror=sha256(resultat_json.encode()),
        andra=andra or {},
        fjol=fjol or {},
    )


def las_textfiler(underlag: Path) -> dict[str, bytes]:
    """The texts of a bokslut by name, in order: the Markdown in the folder texter beside underlag.toml."""
    mapp = underlag / TEXTER
    return {fil.relative_to(mapp).as_posix(): fil.read_bytes() for fil in sorted(mapp.rglob("*.md")) if fil.is_file()}


def gallrade(forberett: Forberett) -> set[str]:
    """The sources whose rows have been disposed of since they may have been summed, and what describes them."""
    namn = {f"{f.ar}/{id_}" for f in _aren(forberett) for id_, d in f.underlag.kallor.items() if _ar_gallrad(d)}
    return namn | {f"{n.partition('/')[0]}/{UNDERLAG}" for n in namn}


def salt_for(underlag: Path, instans: Path) -> bytes:
    """The salt of the frozen set when there is one there, else this installation's own, made at first use.

    Raises:
        SaltFel: what lies there is no salt.
    """
    fryst = underlag / SALT
    if fryst.is_file():
        return las_salt(fryst)
    fil = instans / SALT
    if not fil.exists():
        skapa_mapp(instans)
        skriv_privat(fil, secrets.token_bytes(SALT_BYTE), behall=True)
    return las_salt(fil)


def las_salt(fil: Path) -> bytes:
    """The salt in a file.

    Raises:
        SaltFel: it is not 256 bits, or cannot be read.
    """
    try:
        salt = fil.read_bytes()
    except OSError as fel:
        raise SaltFel(f"{fil}: saltet går inte att läsa: {fel.strerror}.") from None
    if len(salt) != SALT_BYTE:
        raise SaltFel(
            f"{fil}: ett salt ska vara {SALT_BYTE} byte, men filen har {len(salt)}. Hämta den från säkerhetskopian."
        )
    return salt


def saltkontroll(salt: bytes) -> str:
    """What tells a wrong salt from a changed underlag, and nothing about either."""
    return hmac.new(salt, b"bokslut: ratt salt", hashlib.sha256).hexdigest()


def sha256(data: bytes) -> str:
    """A plain sum, as text."""
    return hashlib.sha256(data).hexdigest()


def sha256_fil(fil: Path) -> str:
    """The plain sum of a file, however large."""
    with fil.open("rb") as strom:
        return hashlib.file_digest(strom, "sha256").hexdigest()


def som_json(innehall: Any) -> str:
    """The one way that something is written to be summed: sorted, without spaces."""
    return json.dumps(innehall, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _aren(forberett: Forberett) -> Iterator[Forberett]:
    ar: Forberett | None = forberett
    while ar is not None:
        yield ar
        ar = ar.foregaende


def _underlag(forberett: Forberett, salt: bytes) -> Iterator[Underlagssumma]:
    for ar in _aren(forberett):
        dok = Path(ar.underlag.dok.fil).read_bytes()
        yield Underlagssumma(namn=f"{ar.ar}/{UNDERLAG}", skydd="", slag="hmac-sha256", summa=_med_salt(salt, dok))
        for id_, data in sorted(ar.underlag.kallor.items()):
            yield _kalla(f"{ar.ar}/{id_}", data, salt)


def _kalla(namn: str, data: Kalldata, salt: bytes) -> Underlagssumma:
    """A folder of stories counts as secret: it also holds those that nobody has consented to publish."""
    skydd, fil = data.kalla.skydd, Path(data.fil)
    if skydd == "offentlig" and fil.is_file():
        return Underlagssumma(namn=namn, skydd=skydd, slag="sha256", summa=sha256_fil(fil))
    innehall = fil.read_bytes() if fil.is_file() else _mapp(fil)
    return Underlagssumma(namn=namn, skydd=skydd, slag="hmac-sha256", summa=_med_salt(salt, innehall))


def _mapp(mapp: Path) -> bytes:
    return som_json({f.name: sha256(f.read_bytes()) for f in mapp.glob("*.md") if f.is_file()}).encode()


def _med_salt(salt: bytes, data: bytes) -> str:
    return hmac.new(salt, data, hashlib.sha256).hexdigest()


def _ar_gallrad(data: Kalldata) -> bool:
    return data.fil.endswith(gallrat.ANDELSE)
