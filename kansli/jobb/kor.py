"""Runs long work in a thread of the server, with a session of its own, while the browser is free to go."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Engine
from sqlmodel import Session

from grund.db import LagringFel
from kansli.jobb import store
from kansli.jobb.besked import FEL, Sagt, pa_svenska, spara
from kansli.jobb.models import Jobb

_PULS_SEKUNDER: Final = 10.0
_FORSOK: Final = 5


class Stopp(Exception):
    """The work cannot go on, and somebody can do something about it: besked says what.

    till: the page where it can be mended, "" for none.
    """

    def __init__(self, besked: Sagt, till: str = "") -> None:
        super().__init__(pa_svenska(besked))
        self.besked, self.till = besked, till


class Framsteg:
    """What the work tells while it goes on. session: a database session of its own, for nothing but the work."""

    def __init__(self, motor: Engine, jobb_id: str, session: Session) -> None:
        self._motor, self._id, self.session = motor, jobb_id, session

    def __call__(self, steg: Sagt, andel: int | None = None) -> None:
        """Tell what comes next, and how much is done in percent when that can be told."""
        with suppress(LagringFel), Session(self._motor) as egen:  # the work matters more than what is told of it
            store.sag(egen, datetime.now(UTC), self._id, spara(steg), andel)


# What came of the work, and the page to go on to ("" for none).
Utfall = tuple[Sagt, str]
# The work: told how to tell.
Arbete = Callable[[Framsteg], Utfall]


def starta(motor: Engine, jobb: Jobb, arbete: Arbete) -> threading.Thread:
    """Begin, and answer at once."""
    trad = threading.Thread(target=_kor, args=(motor, jobb.id, arbete), name=f"jobb-{jobb.slag}", daemon=True)
    trad.start()
    return trad


def _kor(motor: Engine, jobb_id: str, arbete: Arbete) -> None:
    """What nobody foresaw ends the thread and stands in the server's log; the page says that something went wrong."""
    over = threading.Event()
    puls = threading.Thread(target=_sla, args=(motor, jobb_id, over), daemon=True)
    puls.start()
    gick, besked, till = False, FEL, ""
    try:
        with Session(motor) as session:
            sagt, till = arbete(Framsteg(motor, jobb_id, session))
            gick, besked = True, spara(sagt)
    except Stopp as fel:
        besked, till = spara(fel.besked), fel.till
    finally:
        over.set()
        puls.join()
        _avsluta(motor, jobb_id, gick, besked, till)


def _avsluta(motor: Engine, jobb_id: str, gick: bool, besked: str, till: str) -> None:
    """Tell that it is over, also when others keep the database busy for a while."""
    for kvar in reversed(range(_FORSOK)):
        try:
            with Session(motor) as session:
                return store.avsluta(session, datetime.now(UTC), jobb_id, gick, besked, till)
        except LagringFel:
            if not kvar:
                raise


def _sla(motor: Engine, jobb_id: str, over: threading.Event) -> None:
    while not over.wait(_PULS_SEKUNDER):
        with suppress(LagringFel), Session(motor) as session:
            store.lev(session, datetime.now(UTC), jobb_id)
