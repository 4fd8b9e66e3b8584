"""Counts of the register over a year, from one index of which only the year's part is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple, TypeAlias

from sqlalchemy import BindParameter, ColumnElement, Integer, Select, String, cast, func, literal, union_all
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from insatser.koder import KON
from insatser.models import Deltagare
from insatser.register import FORDELNINGAR
from insatser.store import Synliga, insatser


class Rorelse(NamedTuple):
    """So many persons of an insats and a gender who came and left in the same months of a year.

    in_manad: 1 to 12; 0 for those who were there when it began. ut_manad: 0 for those who stayed. utfall: "" for them.
    Those who stayed may be told of in two parts, to be added: they with a last day after the year, and they with none.
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
    """One statement of six counts, each a stretch of the index: who left and who stayed, of those before and the new.

    Counted together they would be grouped by sorting every row of the year, which takes twice as long.
    """
    forsta, sista = date(ar, 1, 1), date(ar, 12, 31)
    start, slut = col(Deltagare.start), col(Deltagare.slut)
    utfallet: Any = col(Deltagare.utfall)
    nya: _Egna = {"i": _manad(start) if manader else literal(1)}
    gick: _Egna = {"u": _manad(slut)} if manader else {"u": literal(1), "utfallet": utfallet}
    kom: Sequence[tuple[Any, _Egna]] = (start < forsta, {}), (start.between(forsta, sista), nya)
    for_: Sequence[tuple[Any, _Egna]] = (slut.between(forsta, sista), gick), (slut.is_(None), {}), (slut > sista, {})
    inom = _inom(session, synliga)
    delar = [_grupp((*inom, ut, in_), {**nar, **efter}) for in_, nar in kom for ut, efter in for_]
    return [Rorelse._make(rad) for rad in session.execute(union_all(*delar))]


# What a count tells of those in it, beside insats and gender: when they came (i), left (u) and how it ended (utfallet).
_Egna: TypeAlias = Mapping[str, ColumnElement[Any]]
_FAST: Final[_Egna] = {"i": literal(0), "u": literal(0), "utfallet": literal("")}


def _grupp(villkor: Sequence[ColumnElement[bool]], egna: _Egna) -> Select[Any]:
    """Those who fit, counted; they were there before and stayed, unless egna says otherwise.

    What is the same for all of them is not grouped by, and then nothing is sorted.
    """
    ovriga = {namn: egna.get(namn, fast).label(namn) for namn, fast in _FAST.items()}
    grupper = (col(Deltagare.insats_id), col(Deltagare.kon))
    skilda = [ovriga[namn] for namn, uttryck in egna.items() if not isinstance(uttryck, BindParameter)]
    kolumner: Sequence[Any] = (*grupper, *ovriga.values(), func.count())
    return sa_select(*kolumner).where(*villkor).group_by(*grupper, *skilda)


def _manad(dag: Any) -> ColumnElement[int]:
    return cast(func.substr(cast(dag, String), 6, 2), Integer)


def pagaende(session: Session, dag: date, synliga: Synliga) -> Mapping[tuple[int, str], int]:
    """How many of each insats and gender take part at the end of a day, counted on its own and not from who came."""
    inom, slut, borjat = _inom(session, synliga), col(Deltagare.slut), col(Deltagare.start) <= dag
    grupper = (col(Deltagare.insats_id), col(Deltagare.kon))
    delar = [
        sa_select(*grupper, func.count()).where(*inom, kvar, borjat).group_by(*grupper)
        for kvar in (slut.is_(None), slut > dag)
    ]
    antal = Counter[tuple[int, str]]()
    for insats_id, kon, n in session.execute(union_all(*delar)):
        antal[insats_id, kon] += int(n)
    return antal


def fordelning(session: Session, ar: int, synliga: Synliga) -> Mapping[str, Mapping[tuple[int, str, str], int]]:
    """Of each field of `FORDELNINGAR`: how many of an insats, a gender and a code took part in a year."""
    start, slut = col(Deltagare.start), col(Deltagare.slut)
    villkor = (
        *_inom(session, synliga),
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


def _inom(session: Session, synliga: Synliga) -> Sequence[ColumnElement[bool]]:
    """The insatser, and every gender: named, so that the index is read from the day that the count is about."""
    return (
        col(Deltagare.insats_id).in_([int(i.id or 0) for i in insatser(session, synliga)]),
        col(Deltagare.kon).in_(list(KON)),
    )
