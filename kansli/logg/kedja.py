"""The chain of the log, followed a bit at a time: what has been found whole is not read again at every page.

What is remembered is remembered by the running program and never by the database, so one who writes there cannot say
that something has been checked.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session

from kansli.logg import store

# What a page has time for: some hundredths of a second.
PER_SIDA: Final = 2000
_BIT: Final = 5000


@dataclass(frozen=True)
class Kedja:
    """How far the log has been found whole. nr, lank: its last good line, 0 before the first.

    bruten: the number of the first line that does not follow from the one before it. alla: whether the end was reached.
    """

    nr: int = 0
    lank: str = store.BORJAN
    bruten: int | None = None
    alla: bool = False


_minne: Final[WeakKeyDictionary[Engine, Kedja]] = WeakKeyDictionary()
_las: Final = threading.Lock()


def folj(session: Session, hogst: int = PER_SIDA) -> Kedja:
    """Follow the chain from where it was left, so many lines at most."""
    motor = session.get_bind().engine
    with _las:
        kand = _minne.get(motor, Kedja())
    ny = _vidare(session, kand, hogst)
    with _las:
        if ny.nr >= _minne.get(motor, Kedja()).nr or ny.bruten is not None:
            _minne[motor] = replace(ny, bruten=None)
    return ny


def folj_fran_borjan(session: Session, sag: Callable[[int, int], None]) -> Kedja:
    """Follow all of it anew. sag: told how many lines of how many have been read."""
    kedja, alla = Kedja(), store.antal(session)
    last = 0
    while not kedja.alla and kedja.bruten is None:
        kedja = _vidare(session, kedja, _BIT)
        last = min(alla, last + _BIT)
        sag(last, alla)
    if kedja.bruten is None:
        with _las:
            _minne[session.get_bind().engine] = kedja
    return kedja


def _vidare(session: Session, kedja: Kedja, hogst: int) -> Kedja:
    """The next lines. The last good one must still be what it was: also a line that is taken from the end shows."""
    if kedja.nr and store.lank(session, kedja.nr) != kedja.lank:
        return replace(kedja, bruten=kedja.nr, alla=False)
    rader = store.efter(session, kedja.nr, hogst)
    for rad in rader:
        if rad.kedja != store.rakna_lank(kedja.lank, rad):
            return replace(kedja, bruten=rad.nr, alla=False)
        kedja = Kedja(rad.nr or 0, rad.kedja)
    return replace(kedja, alla=len(rader) < hogst)
