"""A year as it stands right now: read from the instance, evaluated, and kept in memory until a file of it changes.

Every page of the staff that shows a figure asks here, so no two of them can differ.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from bokslut.bevisfil import Bevisfil
from bokslut.publicering.manifest import MANIFEST
from bokslut.publicering.tidigare import las_sagt
from bokslut.publicering.versioner import RESULTAT
from bokslut.text.texter import MAPP as TEXTER
from bokslut.text.textgranskning import Textlasare
from bokslut.underlag import hamta, las_config
from indikatorer.diagnos import Diagnos, UnderlagFel, ordnade
from indikatorer.forberedelse import Forberett, forbered
from indikatorer.resultat import Utvardering
from indikatorer.skydd.rojandevakt import bevis_i, skydda
from indikatorer.underlag import Underlag, las_underlag
from kansli.arbetsmapp import Arbetsmapp
from kansli.vantat import hamtare, med_vanliga

# Every file of a year, by path, time and size: what tells that something has changed.
Stampel = tuple[tuple[str, int, int], ...]

_FLEST: Final = 8  # years kept in memory


@dataclass(frozen=True)
class Inlast:
    """The underlag of a year as its files say it now, with the faults that reading them gave. ar, mapp: whose.

    stampel: of every file of the year but its goals: when those are changed nothing of this is read again.
    """

    mapp: Arbetsmapp
    ar: int
    stampel: Stampel

    @cached_property
    def med_vantat(self) -> tuple[Underlag, Sequence[Diagnos]]:
        """With what the year waits for in its place."""
        underlag, fel = las_underlag(self._fil, hamtare(self.mapp, self.ar))
        return med_vanliga(underlag), fel

    @cached_property
    def som_det_ar(self) -> tuple[Underlag, Sequence[Diagnos]]:
        """As `bokslut.underlag.las` reads it: what has not come in is a fault."""
        return las_underlag(self._fil, hamta)

    @property
    def _fil(self) -> str:
        return (self.mapp.underlag(self.ar) / "underlag.toml").as_posix()


@dataclass(frozen=True)
class Aret:
    """A year, read and checked. publicerat: the folder of its versions. stampel: of the files it was read from.

    inlast: its underlag; None for a year that is only planned.
    """

    ar: int
    forberett: Forberett
    publicerat: Path
    stampel: Stampel
    inlast: Inlast | None = field(default=None, repr=False)

    @cached_property
    def utvardering(self) -> Utvardering:
        """The results as they would be published today: protected, also against what is published already.

        What the faults of `forberett.fel()` touch is `fel_i_definitionen`; the rest is as it will be.

        Raises:
            ManifestFel: what is published already cannot be read, so nobody knows what that has told.
        """
        sagt = las_sagt(self.publicerat)
        return skydda(self.forberett, forhandsvisa=True, tidigare=sagt.tidigare, fjol=sagt.fjol)

    @cached_property
    def lasare(self) -> Textlasare:
        """Reads the texts of the year against these results, each once until it is changed."""
        return Textlasare(self.utvardering)


_minne: dict[tuple[Path, int], Aret] = {}
_las: Final = threading.Lock()
_laser: Final = threading.Lock()


def las_aret(mapp: Arbetsmapp, ar: int) -> Aret | None:
    """The year; None when it has no goals yet.

    Raises:
        UnderlagFel: the goals' file cannot be read far enough to know its year.
    """
    if not mapp.mal(ar).is_file():
        return None
    stampel = stampla(mapp, ar)
    with _laser if _kant(mapp, ar, stampel) is None else nullcontext():  # two who ask at the same time read it once
        return _kant(mapp, ar, stampel) or _las_in(mapp, ar, stampel)


def _kant(mapp: Arbetsmapp, ar: int, stampel: Stampel) -> Aret | None:
    """The year as it is known, when no file of it has changed."""
    with _las:
        kant = _minne.get((mapp.rot, ar))
    return kant if kant is not None and kant.stampel == stampel else None


def _las_in(mapp: Arbetsmapp, ar: int, stampel: Stampel) -> Aret:
    with _las:
        fore = _minne.get((mapp.rot, ar))
    inlast = _inlast(mapp, ar, stampel, fore)
    forberett = _forbered(mapp, inlast)
    nytt = Aret(ar, med_bevis(forberett, fore), mapp.publicerat / str(ar), stampel, inlast)
    with _las:
        _minne.pop((mapp.rot, ar), None)
        _minne[mapp.rot, ar] = nytt
        while len(_minne) > _FLEST:
            del _minne[next(iter(_minne))]
    return nytt


def _inlast(mapp: Arbetsmapp, ar: int, stampel: Stampel, fore: Aret | None) -> Inlast:
    """The underlag of the year; the one that was read before, when no file of it has changed."""
    utom_malen = tuple(rad for rad in stampel if rad[0] != str(mapp.mal(ar)))
    kant = None if fore is None else fore.inlast
    return kant if kant is not None and kant.stampel == utom_malen else Inlast(mapp, ar, utom_malen)


def _forbered(mapp: Arbetsmapp, inlast: Inlast) -> Forberett:
    """As `bokslut.underlag.las`, with what the year waits for in its place."""
    definitioner, fel = las_config(mapp.mal(inlast.ar))
    underlag, fler = inlast.med_vantat
    if definitioner is None:
        raise UnderlagFel(ordnade([*fel, *fler]))
    return replace(forbered(definitioner, underlag, [*fel, *fler]), bevis=Bevisfil(mapp.underlag(inlast.ar)))


def fel_att_publicera(mapp: Arbetsmapp, aret: Aret) -> tuple[Diagnos, ...]:
    """The faults of goals and underlag when nothing is waited for: nothing is published of what has not come in."""
    definitioner, fel = las_config(mapp.mal(aret.ar))
    underlag, fler = (None, []) if aret.inlast is None else aret.inlast.som_det_ar
    if definitioner is None or underlag is None:
        raise UnderlagFel(ordnade([*fel, *fler]))
    return tuple(forbered(definitioner, underlag, [*fel, *fler]).fel())


def med_bevis(forberett: Forberett, fore: Aret | None) -> Forberett:
    """The year with what was proven of it as it stood before: what no longer holds is proven anew, the rest saves time.

    So a saved change of a goal hides no other figures than it must, and is seen at once.
    """
    if fore is None or "utvardering" not in vars(fore):
        return forberett
    return replace(forberett, bevis={**forberett.bevis, **bevis_i(fore.utvardering)})


def stampla(mapp: Arbetsmapp, ar: int) -> Stampel:
    """The stamp of every file that a year, and the four before it, are read from.

    The texts are not among them: no figure is made of what somebody wrote about it.
    """
    return tuple(
        (str(fil), info.st_mtime_ns, info.st_size) for fil in sorted(_filer(mapp, ar)) for info in (fil.stat(),)
    )


def _filer(mapp: Arbetsmapp, ar: int) -> Iterator[Path]:
    yield mapp.mal(ar)
    yield from mapp.enkater.glob("*.toml")
    yield from (
        fil for namn in (MANIFEST, RESULTAT) for a in (ar - 1, ar) for fil in mapp.publicerat.glob(f"{a}/v*/{namn}")
    )
    for tidigare in range(ar - 4, ar + 1):
        yield from (fil for fil in mapp.underlag(tidigare).rglob("*") if _raknas(fil, mapp.underlag(tidigare)))


def _raknas(fil: Path, underlag: Path) -> bool:
    """Whether a file is one to go by, and not one that is being written beside its place."""
    return not fil.name.startswith(".") and underlag / TEXTER not in fil.parents and fil.is_file()
