"""A published version as its pages tell of it: which it is, who approved it, and what has been corrected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bokslut import ordval, tal
from bokslut.fras import fogad, fras
from bokslut.publicering.andringar import I_ORD, Cellandring, Indikatorandring
from bokslut.publicering.godkannande import ROLLER
from bokslut.publicering.manifest import Godkannande, Rattelse
from indikatorer.resultat import Signal

FANNS_INTE = fras("fanns inte")
BORTTAGEN = fras("borttagen")


@dataclass(frozen=True, slots=True)
class Utgava:
    """version: from 1. rattelser: oldest first, the last one made this version; none in version 1."""

    version: int
    godkannanden: tuple[Godkannande, ...] = ()
    rattelser: tuple[Rattelse, ...] = ()

    @property
    def datum(self) -> str:
        """The day of the last approval, "" when there is none: a version knows no other time."""
        return max((g.datum for g in self.godkannanden), default="")

    @property
    def beslut(self) -> str:
        """The decision that the version rests on; "" when nobody has named one."""
        return next((g.beslut for g in self.godkannanden if g.beslut), "")


@dataclass(frozen=True, slots=True)
class Sidavy:
    """One side of a change: the figure as shown, and its signal as code and word ("" for no signal)."""

    visat: str
    signal: str
    ord: str


@dataclass(frozen=True, slots=True)
class Andringsrad:
    """A result or a cell before and after. annat: what else changed, in words."""

    nummer: str
    namn: str
    fore: Sidavy
    efter: Sidavy
    annat: str


@dataclass(frozen=True, slots=True)
class Rattelsevy:
    """A correction, ready to show."""

    version: int
    skal: str
    indikatorer: tuple[Andringsrad, ...]
    celler: tuple[Andringsrad, ...]


def build_rattelser(utgava: Utgava, kallas: Mapping[str, str] = MappingProxyType({})) -> tuple[Rattelsevy, ...]:
    """The corrections, latest first. kallas: the name of each källa as its answers are called, by id."""
    return tuple(
        Rattelsevy(
            r.version,
            r.skal,
            tuple(_indikator(a, kallas) for a in r.andringar.indikatorer),
            tuple(map(_cell, r.andringar.celler)),
        )
        for r in reversed(utgava.rattelser)
    )


def build_godkannanden(utgava: Utgava) -> Iterator[str]:
    """Who approved it, one sentence each."""
    for g in utgava.godkannanden:
        beslut = fogad(" (", fras("beslut: {beslut}", beslut=g.beslut), ")") if g.beslut else ""
        yield fogad(g.av, ", ", ROLLER.get(g.roll, g.roll), ", ", g.datum, beslut)


def _indikator(a: Indikatorandring, kallas: Mapping[str, str]) -> Andringsrad:
    namn = f"{a.titel} ({kallas.get(a.grupp, a.grupp)})" if a.grupp else a.titel
    annat = fras("Också {vad} har ändrats.", vad=_upprakning(a.annat)) if a.annat else ""
    fore = _sida(a.fore, a.fore_signal, FANNS_INTE)
    return Andringsrad(a.nummer or "", namn, fore, _sida(a.efter, a.efter_signal, BORTTAGEN), annat)


def _cell(a: Cellandring) -> Andringsrad:
    vem = ordval.KON_ORD.get(a.kon or "", fras("Alla"))
    enhet = a.enhet or fras("Hela förbundet")
    namn = fogad(enhet, ": ", ordval.UTFALL_ORD.get(a.utfall, a.utfall), ", ", vem.lower())
    return Andringsrad("", namn, _sida(a.fore, None, FANNS_INTE), _sida(a.efter, None, BORTTAGEN), "")


def _sida(visat: str | None, signal: str | None, saknas: str) -> Sidavy:
    if signal is None or signal not in ordval.SIGNALER:
        return Sidavy(saknas if visat is None else tal.visat(visat), "", "")
    return Sidavy(tal.visat(visat or ""), signal, ordval.SIGNAL_ORD[Signal(signal).value])


def _upprakning(delar: tuple[str, ...]) -> str:
    """What a manifest tells in words, as we say it."""
    i_ord = {str(text): text for text in I_ORD.values()}
    return tal.rakna_upp([i_ord.get(d, d) for d in delar])
