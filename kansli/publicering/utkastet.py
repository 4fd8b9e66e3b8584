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
from bokslut.publicering.manifest import MANIFEST, Rattelse
from bokslut.publicering.tidigare import Tidigare, las_tidigare
from bokslut.publicering.utkast import Utkast, build_av
from bokslut.publicering.versioner import RESULTAT
from bokslut.text.texter import MAPP as TEXTER
from bokslut.text.textgranskning import Textlasare
from enkat.oversattningar import egna
from enkat.sprak import granskningsfiler
from indikatorer.diagnos import Diagnos
from indikatorer.skydd.rojandevakt import skydda
from kansli.arbetsmapp import Arbetsmapp
from kansli.aret import Aret, Stampel, fel_att_publicera, las_aret

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


@dataclass(frozen=True)
class Stamplar:
    """Of what the content is made of beside the year's own files."""

    texter: Stampel
    versioner: Stampel


@dataclass(frozen=True)
class _Kant:
    """The version to come, and what it was worked out from. fore: the versions before it."""

    stamplar: Stamplar
    fore: Tidigare
    utkastet: Utkastet


_minne: dict[tuple[Path, int], _Kant] = {}
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
    stampel = Stamplar((*_stampel(_texter(mapp, ar)), *egna().stampel), tuple(_stampel(_versioner(mapp, ar))))
    with _las:
        kant = _minne.get((mapp.rot, ar))
    if kant is None or kant.utkastet.aret is not aret or kant.stamplar != stampel:
        kant = _bygg(mapp, aret, stampel, kant)
        with _las:
            _minne.pop((mapp.rot, ar), None)
            _minne[mapp.rot, ar] = kant
            while len(_minne) > _FLEST:
                del _minne[next(iter(_minne))]
    return _med_dagens(kant.utkastet, godkannande.las(mapp.godkannanden), skal)


def _bygg(mapp: Arbetsmapp, aret: Aret, stamplar: Stamplar, kant: _Kant | None) -> _Kant:
    """The version to come. kant: as it was before, of which what has not changed is not worked out again."""
    salt = salt_for(mapp.underlag(aret.ar), mapp.rot)
    if kant is not None and kant.stamplar.versioner == stamplar.versioner:
        fore = kant.fore
    else:
        fore = las_tidigare(mapp.publicerat / str(aret.ar))
    if fore.alla:
        # Then it is held against just what the year itself is, which every other page shows.
        utkast, lasare = build_av(aret.forberett, aret.utvardering, fore, salt), aret.lasare
    else:
        utkast = build_av(
            aret.forberett,
            skydda(aret.forberett, forhandsvisa=True, tidigare=fore.resultat, fjol=fore.fjol),
            fore,
            salt,
        )
        lasare = Textlasare(utkast.utvardering)
    fel = kant.utkastet.fel if kant is not None and kant.utkastet.aret is aret else fel_att_publicera(mapp, aret)
    return _Kant(stamplar, fore, Utkastet(aret, utkast, tuple(granska_innehall(utkast, lasare)), fel))


def _med_dagens(grund: Utkastet, poster: tuple[Post, ...], skal: str) -> Utkastet:
    """With what changes without any file of the content changing: the approvals, and the reason of a correction."""
    rattelse = grund.utkast.rattelse
    if isinstance(rattelse, Rattelse) and skal:
        rattelse = rattelse.model_copy(update={"skal": " ".join(skal.split())})
    utkast = replace(grund.utkast, poster=poster, rattelse=rattelse)
    hinder = tuple(h for h in grund.hinder if h.kod != _UTAN_SKAL or not skal)
    return replace(grund, utkast=utkast, hinder=hinder)


def _texter(mapp: Arbetsmapp, ar: int) -> Iterator[Path]:
    """The texts of the year, and the review of languages."""
    yield from (mapp.underlag(ar) / TEXTER).rglob("*.md")
    yield from granskningsfiler()


def _versioner(mapp: Arbetsmapp, ar: int) -> Iterator[Path]:
    """The earlier versions, every file, and the figures and seals of last year's."""
    yield from (mapp.publicerat / str(ar)).glob("v*/**/*")
    for namn in (MANIFEST, RESULTAT):
        yield from (mapp.publicerat / str(ar - 1)).glob(f"v*/{namn}")


def _stampel(filer: Iterator[Path]) -> Iterator[tuple[str, int, int]]:
    for fil in sorted(filer):
        if fil.is_file():
            info = fil.stat()
            yield str(fil), info.st_mtime_ns, info.st_size
