"""A text as its author sees it: as it will read, what is wrong at which line, and the figures there are to put in."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from markupsafe import Markup

from bokslut.text.levande import Levande, anrop_for, sla_upp
from bokslut.text.textanrop import las_anrop
from bokslut.text.texter import MAPP, SLAG, Text, Texter, las_texter, tolka_texter
from bokslut.text.textgranskning import LastText, Textlasare, saknar_kommentar
from bokslut.text.textvy import som_html
from indikatorer.diagnos import Diagnos, Niva, ordnade
from indikatorer.resultat import Resultat, Utvardering
from kansli.aret import Aret
from kansli.texter.textfil import Textfil

# What keeps a text from being stored at all; everything else is told, and stops only a publication.
STOPPAR: Final = ("text-for-stor", "otillatet-tecken", "inte-text")
_LANK: Final = re.compile(r"<(/?)a\b[^>]*>")
# Characters that are shown on each side of what is wrong.
_RUNT: Final = 60
# The calls that a result may answer, and in what order they are offered.
FUNKTIONER: Final = ("tal", "andel", "antal_ord", "signal", "fore")


@dataclass(frozen=True)
class Bit:
    """A part of a line. markt: whether something is wrong there."""

    text: str
    markt: bool


@dataclass(frozen=True)
class Rad:
    """A line with something wrong in it. rad: its number from 1."""

    rad: int
    bitar: tuple[Bit, ...]
    fynd: tuple[Diagnos, ...]


@dataclass(frozen=True)
class Last:
    """A text read against the year. html: as it will read, cleaned. rader: the lines that something is wrong in.

    om_filen: what is wrong with the text as a whole. stopp: what keeps it from being stored.
    """

    html: Markup
    rader: tuple[Rad, ...]
    om_filen: tuple[Diagnos, ...]
    stopp: tuple[Diagnos, ...]
    levande: tuple[Levande, ...] = ()

    @property
    def fynd(self) -> tuple[Diagnos, ...]:
        """All that is wrong, those of the whole text first."""
        return (*self.om_filen, *(d for rad in self.rader for d in rad.fynd))


@dataclass(frozen=True)
class Siffra:
    """A live figure to put in a text. visas: what it says now."""

    vad: str
    anrop: str
    visas: str


def las(textfil: Textfil, text: str, lasare: Textlasare) -> Last:
    """Read what somebody has written, stored or not. lasare: of the year."""
    mapp = textfil.stig.parent if textfil.slag in SLAG else textfil.stig.parent.parent
    texter = tolka_texter(mapp.as_posix(), {textfil.i_mappen: text.encode()})
    stopp = tuple(d for d in texter.diagnoser if d.kod in STOPPAR)
    if stopp:
        return _last(text, Markup(""), stopp, stopp)
    lasta, fel = lasare.las(_med_grannar(texter, mapp))
    last = next((t for t in lasta if t.text.fil == texter.alla[0].fil), None)
    egna = [d for d in ordnade(fel) if d.fil == texter.alla[0].fil]
    html = Markup("") if last is None else _html(last)
    return replace(_last(text, html, egna, ()), levande=() if last is None else last.levande)


def _med_grannar(texter: Texter, mapp: Path) -> Texter:
    """The text, and those that it may link to; they need only be there."""
    grannar = [
        Text(slag, slag, f"{mapp.as_posix()}/{slag}.md", "x")
        for slag in SLAG
        if (mapp / f"{slag}.md").is_file() and slag not in [t.slag for t in texter.alla]
    ]
    return Texter((*texter.alla, *grannar), texter.diagnoser)


def _html(last: LastText) -> Markup:
    """As it will read; its links lead nowhere from here, since the pages that they lead to are not made yet."""
    html = som_html(last.text.text, last.levande, {}, 3)
    html = _LANK.sub(lambda t: "</span>" if t[1] else '<span class="lanken">', html)
    return Markup(html)  # som_html has cleaned it: nothing that an author wrote is a tag of its own


def _last(text: str, html: Markup, fynd: Sequence[Diagnos], stopp: Sequence[Diagnos]) -> Last:
    pa_rad = [d for d in fynd if d.plats.slut > d.plats.start]
    om_filen = tuple(d for d in fynd if d.plats.slut <= d.plats.start)
    return Last(html, tuple(_rader(text, pa_rad)), om_filen, tuple(stopp))


def _rader(text: str, fynd: Sequence[Diagnos]) -> Iterator[Rad]:
    rader = text.split("\n")
    for nr in sorted({d.plats.rad for d in fynd}):
        har = tuple(sorted((d for d in fynd if d.plats.rad == nr), key=lambda d: d.plats.kolumn))
        yield Rad(nr, tuple(_bitar(rader[nr - 1] if nr <= len(rader) else "", har)), har)


def _bitar(rad: str, fynd: Sequence[Diagnos]) -> Iterator[Bit]:
    till = 0
    for d in fynd:
        start, slut = d.plats.kolumn - 1, min(len(rad), d.plats.kolumn - 1 + d.plats.slut - d.plats.start)
        if start < till:
            continue
        yield Bit(_kortad(rad[till:start], fore=till > 0, efter=True), markt=False)
        yield Bit(rad[start:slut], markt=True)
        till = slut
    yield Bit(_kortad(rad[till:], fore=True, efter=False), markt=False)


def _kortad(text: str, fore: bool, efter: bool) -> str:
    """What stands between the marks, with so much of it as lies beside them."""
    if len(text) <= 2 * _RUNT:
        return text
    return f"{text[:_RUNT] if fore else ''} … {text[-_RUNT:] if efter else ''}"


def siffror(handlar_om: Sequence[Resultat], u: Utvardering) -> list[Siffra]:
    """The live figures that a text may hold: of the results that it is about, or else of all."""
    if handlar_om:
        return [s for r in handlar_om for s in _siffror(r, u)]
    with _las:
        kant = _alla_siffror.get("senast")
    if kant is None or kant[0] is not u:
        kant = (u, [s for r in u.resultat() for s in _siffror(r, u)])
        with _las:
            _alla_siffror["senast"] = kant
    return kant[1]


def _siffror(r: Resultat, u: Utvardering) -> Iterator[Siffra]:
    kallas = u.kallas()
    grupp = f" ({kallas.get(r.grupp, r.grupp)})" if r.grupp else ""
    for funktion in FUNKTIONER:
        anrop = anrop_for(r, u, funktion)
        hittade, fel = sla_upp("", anrop, las_anrop("", anrop)[0], u)
        if hittade and not fel:
            yield Siffra(f"{r.nummer or r.id} {r.titel}{grupp}", anrop, hittade[0].text)


@dataclass(frozen=True)
class Lagen:
    """The texts of a year. fynd: all that is wrong, by file. roda: ids of red indicators without a comment."""

    utvardering: Utvardering
    stampel: tuple[tuple[str, int, int], ...]
    fynd: Mapping[str, list[Diagnos]]
    roda: frozenset[str]


_minne: dict[Path, Lagen] = {}
_alla_siffror: dict[str, tuple[Utvardering, list[Siffra]]] = {}
_las: Final = threading.Lock()


def lagen(underlag: Path, aret: Aret) -> Lagen:
    """How the texts of a year stand; kept until one of them, or the year, changes."""
    u = aret.utvardering
    filer = sorted(fil for fil in (underlag / MAPP).rglob("*.md") if fil.is_file())
    stampel = tuple((str(fil), info.st_mtime_ns, info.st_size) for fil in filer for info in (fil.stat(),))
    with _las:
        kant = _minne.get(underlag)
    if kant is None or kant.utvardering is not u or kant.stampel != stampel:
        texter = las_texter(underlag)
        fynd: dict[str, list[Diagnos]] = {}
        for d in ordnade(aret.lasare.las(texter)[1]):
            fynd.setdefault(d.fil, []).append(d)
        kant = Lagen(u, stampel, fynd, frozenset(r.id for r in saknar_kommentar(u, texter)))
        with _las:
            _minne[underlag] = kant
    return kant


def stoppar(fynd: Sequence[Diagnos]) -> int:
    """How many of these keep the text from being shown at all."""
    return sum(d.niva is Niva.FEL for d in fynd)
