"""The register's year held together with the bokslut's: counted, compared with the underlag, and handed over to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from enkat.frysning import fryst_mapp
from enkat.frysning.underlagsfil import lagg_till
from indikatorer.counts import KodadTabell
from indikatorer.diagnos import UnderlagFel
from indikatorer.forberedelse import Forberett
from insatser import arsunderlag, flode, store, store_rakna
from insatser.flode import Arscell, Arstabell, Flode, Konflikt
from insatser.sammanstalla import Summa, sammanstall
from insatser.store import Synliga
from insatser.store_rakna import Rorelse
from kansli.arbetsmapp import Arbetsmapp
from kansli.aret import las_aret

_KOLUMNER = ("enhet", "kon", "ny", "avslutad", "utfall")


@dataclass(frozen=True)
class Registeraret:
    """A year of the register. namn: of the insatser one may see. floden: of those that had anyone."""

    ar: int
    namn: Mapping[int, str]
    enheter: Mapping[int, str]
    rorelser: Sequence[Rorelse]
    floden: Mapping[int, Flode]

    def tabell(self) -> Arstabell:
        """The year as the engine's tables count it."""
        return arsunderlag.arstabell(self.rorelser, self.enheter)


def las_registeraret(session: Session, ar: int, synliga: Synliga, manader: bool = False) -> Registeraret:
    """Count a year. manader: month by month, and then without outcomes."""
    alla = store.insatser(session, synliga)
    rakna = store_rakna.manadsrorelser if manader else store_rakna.rorelser
    rorelser = rakna(session, ar, synliga)
    namn = {int(i.id or 0): i.namn for i in alla}
    enheter = {int(i.id or 0): i.enhet for i in alla}
    return Registeraret(ar, namn, enheter, rorelser, flode.build_flode(rorelser))


def summor(session: Session, aret: Registeraret, insats_id: int | None, med_fordelning: bool) -> list[Summa]:
    """The sums of one insats, or of all."""
    namn = {id_: text for id_, text in aret.namn.items() if insats_id in (None, id_)}
    fordelning = store_rakna.fordelning(session, aret.ar, frozenset(namn)) if med_fordelning else None
    return sammanstall(namn, aret.floden, aret.rorelser, fordelning)


def konflikter(session: Session, aret: Registeraret, synliga: Synliga) -> list[Konflikt]:
    """What in the register does not go together."""
    fore = store_rakna.pagaende(session, date(aret.ar, 1, 1) - timedelta(days=1), synliga)
    efter = store_rakna.pagaende(session, date(aret.ar, 12, 31), synliga)
    return list(flode.prova_registret(aret.floden, aret.namn, fore, efter))


def i_underlaget(mapp: Arbetsmapp, ar: int) -> tuple[Arstabell | None, Arstabell | None]:
    """The participants of the year's underlag, and of the year before it; None where there are none to read."""
    try:
        aret = las_aret(mapp, ar)
    except UnderlagFel:
        return None, None
    if aret is None:
        return None, None
    return _deltagare(aret.forberett), _deltagare(aret.forberett.foregaende)


@dataclass(frozen=True)
class MotUnderlaget:
    """Where the participants of the underlag are not the register's, and not those that last year left.

    finns: whether the underlag has any.
    """

    finns: bool = False
    registret: Sequence[Konflikt] = ()
    aret_fore: Sequence[Konflikt] = ()


def mot_underlaget(session: Session, mapp: Arbetsmapp, ar: int) -> MotUnderlaget:
    """Hold all of the register against the underlag of the year, and that against the one before."""
    detta, forra = i_underlaget(mapp, ar)
    if detta is None:
        return MotUnderlaget()
    tabell = las_registeraret(session, ar, None).tabell()
    aret_fore = [] if forra is None else list(flode.prova_aren(forra, detta, ar))
    return MotUnderlaget(True, list(flode.prova_underlaget(tabell, detta)), aret_fore)


def lamna(mapp: Arbetsmapp, aret: Registeraret, dag: date) -> int:
    """Put the year's counts in the underlag, as they are this day. Returns how many persons they are.

    Raises:
        UnderlagsfilFel: underlag.toml has a scale of the same name with other outcomes.
    """
    tabell, till = aret.tabell(), mapp.underlag(aret.ar)
    text = lagg_till(fryst_mapp.las_underlag(till), arsunderlag.som_toml(tabell, aret.ar, dag))
    uppgift: fryst_mapp.Uppgift = {"omgang": "registret", "dag": dag.isoformat(), "antal": sum(tabell.values())}
    data = arsunderlag.som_csv(tabell).encode()
    fryst_mapp.skriv(till, {arsunderlag.filnamn(dag): data}, arsunderlag.KALLA, uppgift, text)
    return sum(tabell.values())


def lamnat(mapp: Arbetsmapp, ar: int) -> str | None:
    """The day that the register was last handed over to a year; None when it has not been."""
    uppgift = fryst_mapp.las_manifest(mapp.underlag(ar)).get(arsunderlag.KALLA)
    return None if uppgift is None else str(uppgift.get("dag", ""))


def _deltagare(forberett: Forberett | None) -> Arstabell | None:
    tabell = None if forberett is None else forberett.kodade.get(arsunderlag.KALLA)
    return None if tabell is None or tabell.raknat is not None else _arstabell(tabell)


def _arstabell(tabell: KodadTabell) -> Arstabell | None:
    """The counts of a table that the engine has read."""
    if not set(_KOLUMNER) <= set(tabell.kolumner):
        return None
    spalter = [[tabell.kolumner[k].etiketter[kod] for kod in tabell.kolumner[k].koder.tolist()] for k in _KOLUMNER]
    antal = [1] * tabell.rader if tabell.antal is None else tabell.antal.tolist()
    ut = Counter[Arscell]()
    for *cell, n in zip(*spalter, antal, strict=True):
        enhet, kon, ny, avslutad, utfall = (str(v or "") for v in cell)
        ut[enhet, kon, ny, avslutad, utfall] += int(n)
    return dict(ut)
