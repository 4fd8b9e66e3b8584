"""What a correction changed: two published resultat.json held against each other, figure by figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from bokslut.fras import fras
from indikatorer.schema import Modell

# Keys of a result that are shown as they are; what else differs is told by name.
_VISADE: Final = ("visat", "signal")
I_ORD: Final = {
    "taljare": fras("antalen"),
    "namnare": fras("antalen"),
    "varde": fras("det oavrundade värdet"),
    "krav": fras("målet"),
    "mening": fras("målets mening"),
    "titel": fras("rubriken"),
    "nummer": fras("numret"),
    "regel": fras("räknesättet"),
    "orsak": fras("skälet till att siffran saknas"),
    "intervall": fras("osäkerheten"),
    "osaker": fras("osäkerheten"),
    "svarsfrekvens": fras("svarsfrekvensen"),
    "bortfall": fras("bortfallet"),
    "foregaende": fras("förra årets värde"),
    "delar": fras("kvinnor och män"),
    "uppdelning": fras("uppdelningen"),
    "anmarkningar": fras("anmärkningarna"),
}


class Indikatorandring(Modell):
    """One result before and after. fore, efter: as shown; None where the result did not exist. annat: in words."""

    id: str
    nummer: str | None
    grupp: str | None
    titel: str
    fore: str | None
    efter: str | None
    fore_signal: str | None
    efter_signal: str | None
    annat: tuple[str, ...]


class Cellandring(Modell):
    """One cell of the participant tables before and after, as shown; None where there was no such cell."""

    tabell: str
    enhet: str | None
    utfall: str
    kon: str | None
    fore: str | None
    efter: str | None


class Andringar(Modell):
    """All that differs between two versions."""

    indikatorer: tuple[Indikatorandring, ...]
    celler: tuple[Cellandring, ...]

    def antal(self) -> int:
        """How many results and cells differ."""
        return len(self.indikatorer) + len(self.celler)


def jamfor(fore: Mapping[str, Any], efter: Mapping[str, Any]) -> Andringar:
    """The differences, in the order of the later document; what is gone comes last.

    fore, efter: documents of CONTRACT section 3 whose shape has been checked.
    """
    return Andringar(
        indikatorer=tuple(_indikatorer(fore["indikatorer"], efter["indikatorer"])),
        celler=tuple(_celler(fore["tabeller"], efter["tabeller"])),
    )


def skillnader(fore: Mapping[str, Any], efter: Mapping[str, Any]) -> list[str]:
    """The keys of a result that differ, in the order of the contract."""
    return [nyckel for nyckel in dict.fromkeys((*efter, *fore)) if fore.get(nyckel) != efter.get(nyckel)]


def _indikatorer(fore: Sequence[Mapping[str, Any]], efter: Sequence[Mapping[str, Any]]) -> Iterator[Indikatorandring]:
    gamla, nya = ({(r["id"], r["grupp"]): r for r in lista} for lista in (fore, efter))
    for plats in dict.fromkeys((*nya, *gamla)):
        gammal, ny = gamla.get(plats), nya.get(plats)
        if gammal != ny:
            yield _andring(gammal, ny)


def _andring(gammal: Mapping[str, Any] | None, ny: Mapping[str, Any] | None) -> Indikatorandring:
    finns: Mapping[str, Any] = ny or gammal or {}
    nycklar = skillnader(gammal, ny) if gammal and ny else []
    annat = dict.fromkeys(I_ORD.get(n, n) for n in nycklar if n not in _VISADE)
    return Indikatorandring(
        id=finns["id"],
        nummer=finns["nummer"],
        grupp=finns["grupp"],
        titel=finns["titel"],
        fore=None if gammal is None else gammal["visat"],
        efter=None if ny is None else ny["visat"],
        fore_signal=None if gammal is None else gammal["signal"],
        efter_signal=None if ny is None else ny["signal"],
        annat=tuple(annat),
    )


def _celler(fore: Sequence[Mapping[str, Any]], efter: Sequence[Mapping[str, Any]]) -> Iterator[Cellandring]:
    gamla, nya = ({_plats(c): c["visat"] for c in lista} for lista in (fore, efter))
    for plats in dict.fromkeys((*nya, *gamla)):
        if gamla.get(plats) != nya.get(plats):
            tabell, enhet, utfall, kon = plats
            yield Cellandring(
                tabell=tabell, enhet=enhet, utfall=utfall, kon=kon, fore=gamla.get(plats), efter=nya.get(plats)
            )


def _plats(cell: Mapping[str, Any]) -> tuple[str, str | None, str, str | None]:
    return cell["tabell"], cell["enhet"], cell["utfall"], cell["kon"]
