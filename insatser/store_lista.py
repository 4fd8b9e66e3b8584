"""The list of the register: filtered, sorted and paged by the database, which never hands over more than a page.

Everything but the page's own rows is read from an index, so that two hundred thousand rows are no slower to leaf
through than two hundred (bench/register.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, String, cast, func
from sqlmodel import Session, col, select

from insatser.models import FALTEN, Deltagare
from insatser.store import Synliga, insatser
from insatser.urval import PER_SIDA, Urval

_BUNT: Final = 5_000


@dataclass(frozen=True)
class Sida:
    """A page of the list. rader: the row and its insats's name. antal: all that fit. alla: all that one may see."""

    urval: Urval
    rader: Sequence[tuple[Deltagare, str]]
    antal: int
    alla: int
    sidor: int


def hamta_sida(session: Session, urval: Urval, synliga: Synliga) -> Sida:
    """A page; the last one when the address asks for one beyond it."""
    namn = {int(i.id or 0): i.namn for i in insatser(session, synliga)}
    alla = sum(_antal(session, _inom(namn)).values())
    per_insats = _antal(session, _villkor(urval, namn))
    antal = sum(per_insats.values())
    sidor = max(1, -(-antal // PER_SIDA))
    urval = replace(urval, sida=min(urval.sida, sidor))
    if urval.sort in ("start", "slut"):
        ids = _efter_dag(session, urval, namn)
    else:
        ordning = [i for i in namn if i in per_insats]
        ids = _efter_insats(session, urval, per_insats, ordning[::-1] if urval.fallande else ordning)
    funna = {rad.id: rad for rad in session.exec(select(Deltagare).where(col(Deltagare.id).in_(ids)))}
    rader = [(rad, namn[rad.insats_id]) for id_ in ids if (rad := funna.get(id_)) is not None]
    return Sida(urval, rader, antal, alla, sidor)


def alla_rader(session: Session, urval: Urval, synliga: Synliga) -> Iterator[tuple[Any, ...]]:
    """Every row that is asked for, by insats and number: the insats's name, then its values as `FALTEN` has them."""
    namn = {int(i.id or 0): i.namn for i in insatser(session, synliga)}
    kolumner = [getattr(Deltagare, falt) for falt in FALTEN[1:]]
    for insats_id, text in namn.items():
        fraga = select(*kolumner).where(*_villkor(urval, [insats_id])).order_by(col(Deltagare.nummer))
        for rad in session.execute(fraga.execution_options(yield_per=_BUNT)):
            yield (text, *rad)


def aren(session: Session, synliga: Synliga) -> Sequence[int]:
    """The years that have rows, latest first."""
    inom = [] if synliga is None else _inom(sorted(synliga))
    # One at a time: each is then the first or the last of an index.
    granser = (func.min(Deltagare.start), func.max(Deltagare.start), func.max(Deltagare.slut))
    kanda = [dag.year for g in granser if (dag := session.exec(select(g).where(*inom)).one()) is not None]
    return range(max(kanda), min(kanda) - 1, -1) if kanda else []


def _antal(session: Session, villkor: Sequence[ColumnElement[bool]]) -> dict[int, int]:
    """How many rows of each insats."""
    fraga = select(Deltagare.insats_id, func.count()).where(*villkor).group_by(col(Deltagare.insats_id))
    return {insats_id: int(antal) for insats_id, antal in session.exec(fraga)}


def _efter_insats(
    session: Session, urval: Urval, per_insats: Mapping[int, int], ordning: Sequence[int]
) -> Sequence[int | None]:
    """The ids of a page by insats and number: only those insatser are read that the page is about."""
    hoppa, kvar = (urval.sida - 1) * PER_SIDA, PER_SIDA
    ids: list[int | None] = []
    for insats_id in ordning:
        if kvar == 0:
            break
        if hoppa >= per_insats[insats_id]:
            hoppa -= per_insats[insats_id]
            continue
        fraga = select(Deltagare.id).where(*_villkor(urval, [insats_id])).order_by(col(Deltagare.nummer))
        ids += session.exec(fraga.offset(hoppa).limit(kvar)).all()
        hoppa, kvar = 0, PER_SIDA - len(ids)
    return ids


def _efter_dag(session: Session, urval: Urval, namn: Mapping[int, str]) -> Sequence[int | None]:
    """The ids of a page by first or last day. Those who have not left come before the first who did."""
    begransat = urval.begransat() or len(namn) < len(insatser(session))
    dag: Any = col(Deltagare.start if urval.sort == "start" else Deltagare.slut)
    # As text: then the rows that fit are found in one index and sorted, and not looked up one by one along another.
    dag = cast(dag, String) if begransat else dag
    id_ = col(Deltagare.id)
    ordning = [dag.desc().nulls_last(), id_.desc()] if urval.fallande else [dag.asc().nulls_first(), id_.asc()]
    villkor = _villkor(urval, namn) if begransat else []
    fraga = select(Deltagare.id).where(*villkor).order_by(*ordning)
    return session.exec(fraga.offset((urval.sida - 1) * PER_SIDA).limit(PER_SIDA)).all()


def _inom(insatser: Iterator[int] | Sequence[int] | Mapping[int, str]) -> list[ColumnElement[bool]]:
    return [col(Deltagare.insats_id).in_(list(insatser))]


def _villkor(urval: Urval, insatser: Sequence[int] | Mapping[int, str]) -> list[ColumnElement[bool]]:
    inom = [i for i in insatser if urval.insats_id in (None, i)]
    villkor = _inom(inom)
    lika = {"nummer": urval.nummer, "kon": urval.kon, "utfall": urval.utfall}
    villkor += [col(getattr(Deltagare, namn)) == varde for namn, varde in lika.items() if varde]
    slut = col(Deltagare.slut)
    if urval.lage:
        villkor.append(slut.is_(None) if urval.lage == "pagar" else slut.is_not(None))
    if urval.ar is not None:
        villkor += [col(Deltagare.start) <= date(urval.ar, 12, 31), slut.is_(None) | (slut >= date(urval.ar, 1, 1))]
    return villkor
