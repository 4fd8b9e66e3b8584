"""The versions of a year as they lie on the disk, and what lies beside them: the way to the newest, and the notice.

A version is never changed. The notice that a newer one exists is text in its sealed pages that its own style sheet
hides; `versioner.css`, outside the seal, shows it in those versions that have been corrected. See docs/beslut/0005.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bokslut.mallar import rendera
from bokslut.publicering.godkannande import ROLLER
from bokslut.publicering.kontrollsumma import sha256
from bokslut.publicering.manifest import MANIFEST, Manifest, ManifestFel, las, las_begransat
from grund.settings import synka_mapp

RESULTAT: Final = "resultat.json"
STORST_RESULTAT: Final = 50_000_000
_NYCKLAR: Final = {
    "indikatorer": ("id", "grupp", "nummer", "titel", "visat", "signal"),
    "tabeller": ("tabell", "enhet", "utfall", "kon", "visat"),
}
_NAMN: Final = re.compile(r"v([1-9]\d{0,3})")


@dataclass(frozen=True, slots=True)
class Version:
    """A version folder with a manifest that can be read. summa: of the manifest itself."""

    mapp: Path
    manifest: Manifest
    summa: str


def las_version(mapp: Path) -> Version:
    """A version folder.

    Raises:
        ManifestFel: its manifest cannot be used.
    """
    return Version(mapp, las(mapp), sha256((mapp / MANIFEST).read_bytes()))


def versionsmappar(ar_mapp: Path) -> list[Path]:
    """The version folders of a year, oldest first; none when nothing has been published."""
    mappar = ar_mapp.iterdir() if ar_mapp.is_dir() else ()
    funna = {int(m[1]): mapp for mapp in mappar if (m := _NAMN.fullmatch(mapp.name)) and mapp.is_dir()}
    return [funna[nr] for nr in sorted(funna)]


def fjolarets_mapp(ar_mapp: Path) -> Path:
    """Where the versions of the year before lie; it need not be there."""
    return ar_mapp.with_name(str(int(ar_mapp.name) - 1))


def las_resultat(mapp: Path) -> dict[str, Any]:
    """The published results of a version.

    Raises:
        ManifestFel: they cannot be read, or are not shaped as CONTRACT section 3 says.
    """
    return _tolka(mapp / RESULTAT, las_begransat(mapp / RESULTAT, STORST_RESULTAT))


def las_orort(mapp: Path) -> dict[str, Any]:
    """The published results of a version, when they are as its manifest says that they were sealed.

    Raises:
        ManifestFel: they are not, or they or the manifest cannot be read: nobody knows what the version told.
    """
    fil = mapp / RESULTAT
    data = las_begransat(fil, STORST_RESULTAT)
    resultat = _tolka(fil, data)
    if las(mapp).filer.get(RESULTAT) != sha256(data):
        regel = "är inte som den publicerades: kontrollsumman är inte den i manifestet."
        raise ManifestFel(fil, regel, "Hämta mappen från säkerhetskopian.")
    return resultat


def beside(versioner: Sequence[Version]) -> dict[str, bytes]:
    """The files beside the versions, oldest version first among these, by name."""
    data = {
        "senaste": versioner[-1].manifest,
        "versioner": [(v.manifest, v.summa) for v in versioner],
        "roller": ROLLER,
    }
    rattade = ", ".join(f".v{v.manifest.version} .rattad" for v in versioner[:-1])
    stil = "/* Visar i en rättad version att det finns en nyare. Ligger utanför det förseglade. */\n"
    sidor = {"versioner.html": rendera("versioner.html", **data), "index.html": rendera("pekare.html", **data)}
    # The notice first and the way last: a reader who is led to the new version never meets half of this.
    stilar = {"versioner.css": stil + (f"{rattade} {{ display: block; }}\n" if rattade else "")}
    return {namn: text.encode() for namn, text in (stilar | sidor).items()}


def peka_om(ar_mapp: Path, versioner: Sequence[Version]) -> None:
    """Lead readers to the newest version. Each file is the old one or the new one, whatever happens.

    Raises:
        OSError: a file cannot be written; those that could are in place.
    """
    for namn, data in beside(versioner).items():
        ersatt(ar_mapp / namn, data)
    synka_mapp(ar_mapp)


def ersatt(fil: Path, data: bytes) -> None:
    """Write a file that anyone may read, whole or not at all."""
    bredvid = fil.with_name(f".{fil.name}.{secrets.token_hex(4)}")
    try:
        with bredvid.open("xb") as strom:
            strom.write(data)
            strom.flush()
            os.fsync(strom.fileno())
        os.replace(bredvid, fil)
    finally:
        bredvid.unlink(missing_ok=True)


def _tolka(fil: Path, data: bytes) -> dict[str, Any]:
    try:
        innehall = json.loads(data)
        helt = all(_har(innehall[del_], nycklar) for del_, nycklar in _NYCKLAR.items())
    except (ValueError, KeyError, TypeError, RecursionError):
        helt = False
    if not helt:
        regel = "är inte de resultat som bokslut skriver."
        raise ManifestFel(fil, regel, "Hämta mappen på nytt därifrån den publicerades.")
    resultat: dict[str, Any] = innehall
    return resultat


def _har(rader: list[dict[str, object]], nycklar: tuple[str, ...]) -> bool:
    return all(isinstance(rad[nyckel], str | None) for rad in rader for nyckel in nycklar)
