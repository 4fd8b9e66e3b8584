"""Counts of the register over a year, in one pass over one index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, String, case, cast, func, literal
from sqlmodel import Session, col, select

from insatser.models import Deltagare
from insatser.register import FORDELNINGAR
from insatser.store import Synliga, insatser


class Rorelse(NamedTuple):
    """So many persons of an insats and a gender who came and left in the same months of a year.

    in_manad: 1 to 12; 0 for those who were there when it began. ut_manad: 0 for those who stayed. utfall: "" for them.
    """

    insats_id: int
    kon: str
    in_manad: int
    ut_manad: int
    utfall: str
    antal: int


def rorelser(session: Session, ar: int, synliga: Synliga) -> Sequence[Rorelse]:
    """All who took part at any time of a year, by outcome. in_manad and ut_manad are 1 for any month of it."""
    return _rorelser(session, ar, synliga, manader=False)


def manadsrorelser(session: Session, ar: int, synliga: Synliga) -> Sequence[Rorelse]:
    """The same by month, without the outcome: together they would be ten times as many."""
    return _rorelser(session, ar, synliga, manader=True)


def _rorelser(session: Session, ar: int, synliga: Synliga, manader: bool) -> Sequence[Rorelse]:
    forsta, sista = date(ar, 1, 1), date(ar, 12, 31)
    start, slut = col(Deltagare.start), col(Deltagare.slut)
    kvar = slut.is_(None) | (slut > sista)
    in_manad = case((start < forsta, 0), else_=_manad(start) if manader else 1)
    ut_manad = case((kvar, 0), else_=_manad(slut) if manader else 1)
    utfall = literal("") if manader else case((kvar, ""), else_=func.coalesce(Deltagare.utfall, ""))
    kolumner = (
        *(col(Deltagare.insats_id), col(Deltagare.kon)),
        *(uttryck.label(namn) for namn, uttryck in (("i", in_manad), ("u", ut_manad), ("utfallet", utfall))),
    )
    fraga = (
        select(*kolumner, func.count())  # type: ignore[call-overload]  # more columns than its types know
        .where(_inom(session, synliga), start <= sista, slut.is_(None) | (slut >= forsta))
        .group_by(*kolumner)
        .order_by(*kolumner)
    )
    return [Rorelse(*rad) for rad in session.exec(fraga)]


def _manad(dag: Any) -> ColumnElement[int]:
    return cast(func.substr(cast(dag, String), 6, 2), Integer)


def pagaende(session: Session, dag: date, synliga: Synliga) -> Mapping[tuple[int, str], int]:
    """How many of each insats and gender take part at the end of a day, counted on its own and not from who came."""
    slut = col(Deltagare.slut)
    fraga = (
        select(Deltagare.insats_id, Deltagare.kon, func.count())
        .where(_inom(session, synliga), col(Deltagare.start) <= dag, slut.is_(None) | (slut > dag))
        .group_by(col(Deltagare.insats_id), col(Deltagare.kon))
    )
    return {(insats_id, kon): int(antal) for insats_id, kon, antal in session.exec(fraga)}


def fordelning(session: Session, ar: int, synliga: Synliga) -> Mapping[str, Mapping[tuple[int, str, str], int]]:
    """Of each field of `FORDELNINGAR`: how many of an insats, a gender and a code took part in a year."""
    start, slut = col(Deltagare.start), col(Deltagare.slut)
    villkor = (
        _inom(session, synliga),
        start <= date(ar, 12, 31),
        slut.is_(None) | (slut >= date(ar, 1, 1)),
    )
    kolumner = [col(getattr(Deltagare, namn)) for namn in FORDELNINGAR]
    grupper = (col(Deltagare.insats_id), col(Deltagare.kon), *kolumner)
    fraga = select(*grupper, func.count()).where(*villkor).group_by(*grupper)  # type: ignore[call-overload]
    ut: dict[str, dict[tuple[int, str, str], int]] = {namn: {} for namn in FORDELNINGAR}
    for insats_id, kon, *koder, antal in session.exec(fraga):
        for namn, kod in zip(FORDELNINGAR, koder, strict=True):
            nyckel = insats_id, kon, kod
            ut[namn][nyckel] = ut[namn].get(nyckel, 0) + int(antal)
    return ut


def kvar_i_stangda(session: Session, synliga: Synliga) -> Mapping[int, int]:
    """How many have not left an insats that is closed."""
    stangda = [int(i.id or 0) for i in insatser(session, synliga) if not i.aktiv]
    if not stangda:
        return {}
    fraga = select(Deltagare.insats_id, func.count()).where(
        col(Deltagare.insats_id).in_(stangda), col(Deltagare.slut).is_(None)
    )
    return {insats_id: int(antal) for insats_id, antal in session.exec(fraga.group_by(col(Deltagare.insats_id)))}


def _inom(session: Session, synliga: Synliga) -> ColumnElement[bool]:
    return col(Deltagare.insats_id).in_([int(i.id or 0) for i in insatser(session, synliga)])
