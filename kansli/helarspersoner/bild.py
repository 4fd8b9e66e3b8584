"""What the page shows of a year's figures: each kommun, the two periods that compare, and what is missing and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indikatorer.diagnos import UnderlagFel
from indikatorer.regler.forandring import Forandring
from insatser.helarsekvivalenter import KALLA, Andel, Omrade, perioder, rakna
from kansli.arbetsmapp import Arbetsmapp
from kansli.aret import las_aret
from kansli.helarspersoner import arkiv
from kansli.helarspersoner.arkiv import Hamtat, Val


@dataclass(frozen=True)
class Rad:
    """An area. alla: its figures, by period. fore, nu: of the two periods that compare."""

    omrade: Omrade
    alla: Sequence[Andel]
    fore: Andel
    nu: Andel

    @property
    def skillnad(self) -> Decimal | None:
        """Percentage points; None when one of the two is missing."""
        return None if self.nu.andel is None or self.fore.andel is None else self.nu.andel - self.fore.andel


@dataclass(frozen=True)
class Avvikelse:
    """A goal that compares other periods than those that compare. forslag: the periods it could compare."""

    titel: str
    perioder: tuple[str, str]
    forslag: tuple[str, str]


@dataclass(frozen=True)
class Bild:
    """The page. jamforda: the two periods. perioder: all of them, in order. saknas: the figures that are missing."""

    om: Hamtat
    val: Val
    aldersgrupp: str
    jamforda: tuple[str, str]
    perioder: Sequence[str]
    rader: Sequence[Rad]
    andelar: Sequence[Andel]
    avvikelser: Sequence[Avvikelse]

    @property
    def saknas(self) -> list[Andel]:
        """What is missing among the figures that compare; earlier years are told in the table alone."""
        return [a for a in self.andelar if a.andel is None and a.period in self.jamforda]


def build_bild(mapp: Arbetsmapp, ar: int, aldersgrupp: str) -> Bild | None:
    """The page of a year; None when nothing has been fetched for it.

    Raises:
        PxwebFel: what was fetched is not what can be counted from.
    """
    funnet = arkiv.om(mapp, ar)
    if funnet is None:
        return None
    om, val = funnet
    tabell = arkiv.las(mapp, ar, aldersgrupp)
    omraden, jamforda = val.omraden(tabell), perioder(tabell, ar)
    andelar = rakna(tabell, omraden, ar)
    rader = [_rad(o, [a for a in andelar if a.omrade == o], jamforda) for o in omraden]
    alla = sorted({a.period for a in andelar})
    return Bild(om, val, tabell.aldersgrupp, jamforda, alla, rader, andelar, _avvikelser(mapp, ar, jamforda))


def _rad(omrade: Omrade, alla: Sequence[Andel], jamforda: tuple[str, str]) -> Rad:
    per = {a.period: a for a in alla}
    fore, nu = (per.get(p, Andel(omrade, p, None, f"{p} finns inte i tabellen")) for p in jamforda)
    return Rad(omrade, alla, fore, nu)


def _avvikelser(mapp: Arbetsmapp, ar: int, jamforda: tuple[str, str]) -> list[Avvikelse]:
    """The year's goals that would compare something else, or nothing."""
    try:
        aret = las_aret(mapp, ar)
    except UnderlagFel:
        return []
    if aret is None:
        return []
    alla = [
        i for i in aret.forberett.definitioner.indikatorer.values() if isinstance(i, Forandring) and i.kalla == KALLA
    ]
    egna = [(i.titel, i.perioder or (str(ar - 1), str(ar))) for i in alla]
    return [Avvikelse(titel, (fore, nu), jamforda) for titel, (fore, nu) in egna if (fore, nu) != jamforda]
