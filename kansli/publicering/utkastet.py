"""The version to come, as it stands: what it is made of, who has approved it, and what stands in the way.

Worked out when something has changed and kept in memory until then, so that its pages open at once.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bokslut.grind.granska import granska_innehall
from bokslut.grind.hinder import Hinder
from bokslut.publicering import godkannande
from bokslut.publicering.godkannande import Post
from bokslut.publicering.kontrollsumma import salt_for
from bokslut.publicering.manifest import Rattelse
from bokslut.publicering.utkast import Utkast, build_utkast
from bokslut.text.texter import MAPP as TEXTER
from bokslut.underlag import las
from enkat.sprak import granskningsfiler
from indikatorer.diagnos import Diagnos
from kansli.arbetsmapp import Arbetsmapp
from kansli.aret import Aret, las_aret

_UTAN_SKAL: Final = "rattelse-utan-skal"
_FLEST: Final = 4


@dataclass(frozen=True)
class Utkastet:
    """utkast: the version to come. hinder: what stands in the way in its content, approvals apart.

    fel: faults of goals and underlag, none of which may be there.
    """

    aret: Aret
    utkast: Utkast
    hinder: tuple[Hinder, ...]
    fel: tuple[Diagnos, ...]

    @property
    def akt(self) -> str:
        """The sum of exactly what is approved."""
        return self.utkast.akt.summa()

    @property
    def giltiga(self) -> list[Post]:
        """Who has approved exactly this."""
        return godkannande.giltiga(self.utkast.poster, self.utkast.akt)

    @property
    def racker(self) -> bool:
        """Whether two persons have, and one of them with the board's decision."""
        givna = self.giltiga
        return godkannande.racker(givna) and any(godkannande.beslutsdatum(p.beslut) for p in givna)

    @property
    def har_beslut(self) -> bool:
        """Whether one of them has told what the board decided."""
        return any(godkannande.beslutsdatum(p.beslut) for p in self.giltiga)

    @property
    def inaktuella(self) -> list[tuple[Post, list[str]]]:
        """Who approved it as it was, and what has changed since."""
        return godkannande.inaktuella(self.utkast.poster, self.utkast.akt)

    @property
    def stoppande(self) -> int:
        """How many things must be mended before anybody approves."""
        return len(self.fel) + sum(h.blockerar for h in self.hinder if h.kod != _UTAN_SKAL)

    @property
    def varningar(self) -> int:
        """How many things somebody must answer for."""
        return sum(not h.blockerar for h in self.hinder)


_minne: dict[tuple[Path, int], tuple[object, Utkastet]] = {}
_las: Final = threading.Lock()


def las_utkastet(mapp: Arbetsmapp, ar: int, skal: str = "") -> Utkastet | None:
    """The version to come; None without goals, or when no underlag has come in.

    skal: why a published version is to be corrected.

    Raises:
        UnderlagFel: the goals' file cannot be read far enough.
        GodkannandeFel: the approvals have been changed by hand.
        SaltFel: the salt cannot be used.
    """
    aret = las_aret(mapp, ar)
    if aret is None or not (mapp.underlag(ar) / "underlag.toml").is_file():
        return None
    stampel = (aret.stampel, tuple(_stampel(_filer(mapp, ar))))
    with _las:
        kant = _minne.get((mapp.rot, ar))
    if kant is None or kant[0] != stampel:
        kant = (stampel, _bygg(mapp, aret))
        with _las:
            _minne.pop((mapp.rot, ar), None)
            _minne[mapp.rot, ar] = kant
            while len(_minne) > _FLEST:
                del _minne[next(iter(_minne))]
    return _med_dagens(kant[1], godkannande.las(mapp.godkannanden), skal)


def _bygg(mapp: Arbetsmapp, aret: Aret) -> Utkastet:
    salt = salt_for(mapp.underlag(aret.ar), mapp.rot)
    utkast = build_utkast(aret.forberett, mapp.publicerat / str(aret.ar), salt)
    # What the year still waits for is no fault while it is planned, but nothing is published of what has not come.
    strikt = las(mapp.mal(aret.ar), mapp.underlag(aret.ar))
    return Utkastet(aret, utkast, tuple(granska_innehall(utkast)), tuple(strikt.fel()))


def _med_dagens(grund: Utkastet, poster: tuple[Post, ...], skal: str) -> Utkastet:
    """With what changes without any file of the content changing: the approvals, and the reason of a correction."""
    rattelse = grund.utkast.rattelse
    if isinstance(rattelse, Rattelse) and skal:
        rattelse = rattelse.model_copy(update={"skal": " ".join(skal.split())})
    utkast = replace(grund.utkast, poster=poster, rattelse=rattelse)
    hinder = tuple(h for h in grund.hinder if h.kod != _UTAN_SKAL or not skal)
    return replace(grund, utkast=utkast, hinder=hinder)


def _filer(mapp: Arbetsmapp, ar: int) -> Iterator[Path]:
    """What the content is made of beside the year's own files: its texts, the review of languages, earlier versions."""
    yield from (mapp.underlag(ar) / TEXTER).rglob("*.md")
    yield from granskningsfiler()
    yield from (mapp.publicerat / str(ar)).glob("v*/**/*")


def _stampel(filer: Iterator[Path]) -> Iterator[tuple[str, int, int]]:
    for fil in sorted(filer):
        if fil.is_file():
            info = fil.stat()
            yield str(fil), info.st_mtime_ns, info.st_size
