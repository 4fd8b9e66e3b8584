"""A year as it stands right now: read from the instance, evaluated, and kept in memory until a file of it changes.

Every page of the staff that shows a figure asks here, so no two of them can differ.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from bokslut.bevisfil import Bevisfil
from bokslut.publicering.versioner import las_resultat, versionsmappar
from bokslut.text.texter import MAPP as TEXTER
from bokslut.underlag import las_config
from indikatorer.diagnos import UnderlagFel, ordnade
from indikatorer.forberedelse import Forberett, forbered
from indikatorer.resultat import Utvardering
from indikatorer.skydd.rojandevakt import bevis_i, skydda
from indikatorer.underlag import las_underlag
from kansli.arbetsmapp import Arbetsmapp
from kansli.vantat import hamtare, med_vanliga

# Every file of a year, by path, time and size: what tells that something has changed.
Stampel = tuple[tuple[str, int, int], ...]

_FLEST: Final = 8  # years kept in memory


@dataclass(frozen=True)
class Aret:
    """A year, read and checked. publicerat: the folder of its versions. stampel: of the files it was read from."""

    ar: int
    forberett: Forberett
    publicerat: Path
    stampel: Stampel

    @cached_property
    def utvardering(self) -> Utvardering:
        """The results as they would be published today: protected, also against what is published already.

        What the faults of `forberett.fel()` touch is `fel_i_definitionen`; the rest is as it will be.
        """
        tidigare = [las_resultat(mapp) for mapp in versionsmappar(self.publicerat)]
        return skydda(self.forberett, forhandsvisa=True, tidigare=tidigare)


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
    forberett = _forbered(mapp, ar)
    with _las:
        fore = _minne.get((mapp.rot, ar))
    nytt = Aret(ar, med_bevis(forberett, fore), mapp.publicerat / str(ar), stampel)
    with _las:
        _minne.pop((mapp.rot, ar), None)
        _minne[mapp.rot, ar] = nytt
        while len(_minne) > _FLEST:
            del _minne[next(iter(_minne))]
    return nytt


def _forbered(mapp: Arbetsmapp, ar: int) -> Forberett:
    """As `bokslut.underlag.las`, with what the year waits for in its place."""
    rot = mapp.underlag(ar)
    definitioner, fel = las_config(mapp.mal(ar))
    underlag, fler = las_underlag((rot / "underlag.toml").as_posix(), hamtare(mapp, ar))
    if definitioner is None:
        raise UnderlagFel(ordnade([*fel, *fler]))
    return replace(forbered(definitioner, med_vanliga(underlag), [*fel, *fler]), bevis=Bevisfil(rot))


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
    yield from mapp.publicerat.glob(f"{ar}/v*/manifest.json")
    for tidigare in range(ar - 4, ar + 1):
        yield from (fil for fil in mapp.underlag(tidigare).rglob("*") if _raknas(fil, mapp.underlag(tidigare)))


def _raknas(fil: Path, underlag: Path) -> bool:
    """Whether a file is one to go by, and not one that is being written beside its place."""
    return not fil.name.startswith(".") and underlag / TEXTER not in fil.parents and fil.is_file()
