"""What other goals would give: targets moved in the address of a page, tried, and never stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final
from urllib.parse import urlencode

import tomlkit
from werkzeug.datastructures import MultiDict

from bokslut import ordval
from indikatorer.definition import Definitioner
from indikatorer.diagnos import Niva, Plats
from indikatorer.redigera import GarInte, Varde, andra_tabell
from kansli.aret import Aret
from kansli.forhandsvisning import Forhandsvisning, forhandsvisa
from kansli.sprak import gettext as _
from kansli.sprak import svenska

# The names of a move in the address: which, the new green limit, the new yellow one.
VAD, GRON, GUL = "i", "g", "y"
# What stands before a limit that all indicators that have it are meant by.
ALLA_MED: Final = "="
FLEST: Final = 40
_LANGST: Final = 200


@dataclass(frozen=True)
class Flytt:
    """A target moved. vad: the id of an indicator, or "=minst 80 %" for all that have that one. gul: "" as it was."""

    vad: str
    gron: str
    gul: str = ""


@dataclass(frozen=True)
class Tanke:
    """What came of it. fel: why a move cannot be tried, by its place in the list.

    flyttade: the indicators that moved, by id. utfall: the preview; None when nothing is moved.
    """

    flyttar: tuple[Flytt, ...]
    fel: Mapping[int, tuple[str, ...]]
    flyttade: Mapping[str, Flytt]
    utfall: Forhandsvisning | None

    def per_ar(self) -> tuple[tuple[int, Mapping[str, int], Mapping[str, int]], ...]:
        """(year, signals before, signals after) of each year, the latest first. What is held back is in neither."""
        if self.utfall is None:
            return ()
        f = self.utfall
        return tuple((ar, _antal(f, f.fore, ar), _antal(f, f.efter, ar)) for ar in f.ar_med_resultat())


def _antal(f: Forhandsvisning, resultat: Mapping[tuple[int, str, str | None], object], ar: int) -> Mapping[str, int]:
    return Counter(
        ordval.signal_kod(getattr(r, "signal", None)) for n, r in resultat.items() if n[0] == ar and n not in f.hallna
    )


def las_flyttar(adress: MultiDict[str, str]) -> tuple[Flytt, ...]:
    """The moves of an address; a row where nothing is chosen is none, and the last of two about the same holds."""
    rader = zip_longest(*(adress.getlist(namn)[:FLEST] for namn in (VAD, GRON, GUL)), fillvalue="")
    lasta = [Flytt(*map(_ren, rad)) for rad in rader]
    return tuple({f.vad: f for f in lasta if f.vad}.values())


def _ren(text: str) -> str:
    """What was typed, without what nobody sees."""
    return " ".join("".join(tecken if tecken.isprintable() else " " for tecken in text[:_LANGST]).split())


def som_adress(flyttar: Sequence[Flytt]) -> str:
    """The arguments that say the same, as an address has them; "" without any."""
    return urlencode([(namn, varde) for f in flyttar for namn, varde in ((VAD, f.vad), (GRON, f.gron), (GUL, f.gul))])


def val(d: Definitioner, ar: int) -> tuple[list[tuple[str, str]], list[tuple[str, str, str]]]:
    """What can be moved: (value, words) of each limit that several have, and (id, words, limit) of each indicator."""
    med_mal = [(id_, i) for id_, i in d.giltiga(ar).items() if _fras(i)]
    antal = Counter(_fras(i) for _id, i in med_mal)
    flera = [
        (f"{ALLA_MED}{fras}", _("Alla med ”%(fras)s” (%(antal)s)", fras=fras, antal=hur))
        for fras, hur in antal.most_common()
        if hur > 1
    ]
    enskilda = [(id_, f"{i.nummer or ''} {i.titel}: {_fras(i)}".strip(), _fras(i)) for id_, i in med_mal]
    return flera, enskilda


def prova(aret: Aret, flyttar: Sequence[Flytt]) -> Tanke:
    """Try the moves on the goals as they are written. The last one about an indicator holds.

    A move that cannot be tried is told and left out; the others are tried all the same.
    """
    d, fel, ids = aret.forberett.definitioner, dict[int, tuple[str, ...]](), dict[str, int]()
    for nr, f in enumerate(flyttar):
        egna = tuple(_som_avses(d, aret.ar, f.vad))
        orsak = _hindrar(egna, f)
        if orsak:
            fel[nr] = (orsak,)
        else:
            ids |= dict.fromkeys(egna, nr)
    utfall, nya = _forsok(aret, {id_: flyttar[nr] for id_, nr in ids.items()})
    for id_, meningar in nya.items():
        fel[ids[id_]] = tuple(dict.fromkeys((*fel.get(ids[id_], ()), *meningar)))
    gick = {id_: flyttar[nr] for id_, nr in ids.items() if nr not in fel}
    if nya:
        utfall, _nya = _forsok(aret, gick)
    return Tanke(tuple(flyttar), fel, gick, utfall)


def _forsok(aret: Aret, flyttade: Mapping[str, Flytt]) -> tuple[Forhandsvisning | None, Mapping[str, list[str]]]:
    """What the moves give, None without any, and the faults that they gave, by id."""
    if not flyttade:
        return None, {}
    text, gar_inte = _flytta(aret.forberett.definitioner, flyttade)
    fel = {id_: [_("Målet står så i filen att det bara kan ändras i målen som text.")] for id_ in gar_inte}
    utfall = forhandsvisa(aret, text)
    fanns = {d.mening() for d in aret.forberett.alla_diagnoser()}
    for d in utfall.diagnoser:
        if d.indikator in flyttade and d.niva is Niva.FEL and d.mening() not in fanns:
            fel.setdefault(str(d.indikator), []).append(svenska(d.mening()))
    return utfall, fel


def _som_avses(d: Definitioner, ar: int, vad: str) -> Iterator[str]:
    for id_, i in d.giltiga(ar).items():
        if id_ == vad or (vad.startswith(ALLA_MED) and _fras(i) == vad.removeprefix(ALLA_MED)):
            yield id_


def _hindrar(ids: Sequence[str], flytt: Flytt) -> str:
    if not ids:
        return _("Det finns inget sådant mål längre. Välj ett annat.")
    return "" if flytt.gron or flytt.gul else _("Skriv det mål du vill pröva, till exempel ”minst 70 %”.")


def _flytta(d: Definitioner, flyttade: Mapping[str, Flytt]) -> tuple[str, list[str]]:
    """The goals' text with the limits moved, and the ids of those that stand so that it cannot be done.

    Limits that are written are changed where they stand, from the end, so that many take no longer than one.
    """
    byten, nya = list[tuple[Plats, str]](), dict[str, dict[str, Varde]]()
    for id_, flytt in flyttade.items():
        for namn, varde in (("gron", flytt.gron), ("gul", flytt.gul)):
            vag = ("indikator", id_, namn)
            if varde and d.dok.finns(vag):
                byten.append((d.dok.plats_varde(vag), tomlkit.string(varde).as_string()))
            elif varde:
                nya.setdefault(id_, {})[namn] = varde
    text, gar_inte = d.dok.text, list[str]()
    for plats, varde in sorted(byten, key=lambda b: -b[0].start):
        text = text[: plats.start] + varde + text[plats.slut :]
    for id_, varden in nya.items():
        try:
            text = andra_tabell(text, ("indikator", id_), varden)
        except (KeyError, GarInte):
            gar_inte.append(id_)
    return text, gar_inte


def _fras(indikator: object) -> str:
    """The green limit as it is written; "" without one."""
    grans = getattr(indikator, "gron", None)
    return "" if grans is None else str(getattr(grans, "text", grans))
