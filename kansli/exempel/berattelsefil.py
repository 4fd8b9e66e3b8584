"""The file of a good example: read as leniently as can be, written as the engine reads it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import tomlkit
from tomlkit.exceptions import TOMLKitError

from bokslut.text.exempel import dela_avsnitt
from grund.settings import ersatt_privat, skapa_mapp, synka_mapp
from indikatorer.berattelser import GRANS, Inledning, borjan, las_berattelse
from indikatorer.diagnos import Diagnos
from indikatorer.toml.source import las_toml

MAPP: Final = "exempel"
# The sections in their order, by the field of the form; "" is what stands before the first heading.
AVSNITT: Final = {"ingress": "", "bakgrund": "Bakgrund", "stod": "Stöd", "framgang": "Framgångsfaktorer"}
KONTROLL: Final = ("alder", "plats", "diagnos", "utbildning")
_FILNAMN: Final = re.compile(r"[\w][\w.-]{0,119}\.md")


@dataclass(frozen=True)
class Berattelsefil:
    """A file of the folder of examples. namn: of the file. mapp: where it lies."""

    ar: int
    namn: str
    mapp: Path

    @property
    def fil(self) -> str:
        """The file from the underlag, as history names it."""
        return f"{MAPP}/{self.namn}"

    @property
    def stig(self) -> Path:
        """Where it lies."""
        return self.mapp / self.namn

    def las(self) -> str | None:
        """What stands in it; None when it is not there."""
        if not self.stig.is_file():
            return None
        return self.stig.read_bytes().decode("utf-8-sig", errors="replace").replace("\r\n", "\n")

    def skriv(self, text: str) -> None:
        """Write it whole or not at all; "" takes it away."""
        skapa_mapp(self.mapp)
        if text:
            ersatt_privat(self.stig, text.encode())
        else:
            self.stig.unlink(missing_ok=True)
        synka_mapp(self.mapp)


@dataclass(frozen=True)
class Berattelse:
    """What a file holds, as far as it can be read. fel: what the engine does not take. avsnitt: by the form's fields.

    uppgifter: the front matter as written, also what is wrong in it.
    """

    text: str
    uppgifter: Mapping[str, Any] = field(default_factory=dict)
    inledning: Inledning | None = None
    fel: tuple[Diagnos, ...] = ()
    avsnitt: Mapping[str, str] = field(default_factory=dict)

    @property
    def kropp(self) -> str:
        """The story itself."""
        return self.text[borjan(self.text) :].strip() if self.inledning is not None else self.text.strip()


def hitta(mapp: Path, ar: int, namn: str) -> Berattelsefil | None:
    """The file of a name; None when no file can be called so."""
    return Berattelsefil(ar, namn, mapp) if _FILNAMN.fullmatch(namn) else None


def nytt_namn(mapp: Path, titel: str) -> str:
    """A name for a new file, after its title, that no other has."""
    slat = unicodedata.normalize("NFKD", titel.casefold()).encode("ascii", "ignore").decode()
    stam = re.sub(r"[^a-z0-9]+", "-", slat).strip("-")[:60] or "exempel"
    namn = (f"{stam}{'' if nr == 1 else f'-{nr}'}.md" for nr in range(1, 10_000))
    return next(n for n in namn if not (mapp / n).exists())


def tolka(fil: str, text: str) -> Berattelse:
    """A file's content, also when something is wrong with it."""
    inledning, dok, fel = las_berattelse(fil, text)
    if inledning is None and not text.startswith(GRANS):
        return Berattelse(text, fel=fel, avsnitt=_avsnitt(text))
    try:
        kropp = text[borjan(text) :]
    except ValueError:
        kropp = text[len(GRANS) :]
    return Berattelse(text, dict(dok.data), inledning, tuple(fel), _avsnitt(kropp))


def _avsnitt(kropp: str) -> dict[str, str]:
    """The sections by the form's fields; what stands twice is put together."""
    per_rubrik = {rubrik: falt for falt, rubrik in AVSNITT.items()}
    ut = dict.fromkeys(AVSNITT, "")
    for rubrik, text in dela_avsnitt(kropp.replace("\r\n", "\n").strip()):
        falt = per_rubrik[rubrik]
        ut[falt] = f"{ut[falt]}\n\n{text}".strip()
    return ut


def skriv_kropp(avsnitt: Mapping[str, str]) -> str:
    """The sections under their headings; those that are empty are left out."""
    delar = (
        f"## {rubrik}\n\n{avsnitt[falt].strip()}" if rubrik else avsnitt[falt].strip()
        for falt, rubrik in AVSNITT.items()
        if avsnitt.get(falt, "").strip()
    )
    return "\n\n".join(delar)


def skriv(tidigare: str, uppgifter: Mapping[str, Any], kropp: str) -> str:
    """The whole file: the front matter with these values, comments and other keys kept, and the story below it."""
    dok = _huvud(tidigare)
    for nyckel, varde in uppgifter.items():
        if varde is None:
            dok.pop(nyckel, None)
        else:
            dok[nyckel] = varde
    return f"{GRANS}\n{tomlkit.dumps(dok).strip()}\n{GRANS}\n{kropp.strip()}\n"


def _huvud(tidigare: str) -> tomlkit.TOMLDocument:
    """The front matter there is; an empty one where it cannot be read as it stands."""
    slut = tidigare.find(f"\n{GRANS}", len(GRANS))
    if not tidigare.startswith(GRANS) or slut < 0:
        return tomlkit.document()
    try:
        return tomlkit.parse(tidigare[len(GRANS) : slut + 1])
    except TOMLKitError:
        dok = tomlkit.document()
        dok.update(las_toml("", tidigare[len(GRANS) : slut + 1]).data)
        return dok


def avidentifierad(klar: bool) -> Any:
    """What the front matter says of the checklist: all of it gone through, or None for none of it."""
    if not klar:
        return None
    rad = tomlkit.inline_table()
    rad.update(dict.fromkeys(KONTROLL, True))
    return rad
