"""The reception: the rounds that people answer in, held in memory, so that a step asks no database.

A round is read again when it has grown old: a closing or an extension reaches every worker within `FARSK` seconds.
Handing in never trusts the memory: `store.lamna_in` reads the round in its own transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Final

from sqlalchemy import Engine
from sqlmodel import Session

from enkat import fritext, koder, sealed_state, store, store_bunt, urna
from enkat.biljett import Dorr
from enkat.formular import Enkat
from enkat.lage import Lage, lage
from enkat.models import Omgang
from enkat.nycklar import Hemlighet, NyckelFel, las_hemlighet
from enkat.omgang import enkat_i
from enkat.oversattningar import Egna, egna, las_om
from enkat.sealed_state import Tillstand
from enkat.sprak import Sprak, erbjudna
from enkat.svar import rensa
from grund.db import VANTA_SEKUNDER, LagringFel

FARSK: Final = 5.0
FLEST_MINNEN: Final = 2000


@dataclass(frozen=True)
class Oppen:
    """A round as the pages need it. aldre: fingerprints of earlier spellings. enheter: those that answers may carry."""

    omgang: Omgang
    enkat: Enkat
    hemlighet: Hemlighet = field(repr=False)
    aldre: frozenset[str]
    enheter: tuple[str, ...]

    @property
    def id(self) -> str:
        """The round's name."""
        return self.omgang.id

    def lage(self, nu: datetime) -> Lage:
        """Where the round is in its life."""
        return lage(self.omgang, nu)

    def liten_grupp(self, enhet: str | None) -> bool:
        """Whether the answers of an enhet are put together with others from the start."""
        return enhet == store_bunt.OVRIGA

    def oppna(self, sigill: str) -> Tillstand:
        """The state in a form. Raises sealed_state.SigillBrutet."""
        return sealed_state.oppna(sigill, self.hemlighet, self.id, self.enkat, self.aldre)

    def forsegla(self, t: Tillstand) -> str:
        """The state for a form. Raises sealed_state.SigillFullt."""
        return sealed_state.forsegla(t, self.hemlighet, self.enkat)

    def ny(self, sprak: str, dorr: Dorr | None, kod: store.Kodsvar | None) -> Tillstand:
        """The state of one who begins: through a door, or with a code."""
        enhet = kod.enhet if kod is not None else dorr.enhet if dorr is not None else None
        avtryck = None if kod is None else kod.avtryck
        fingeravtryck = self.enkat.fingeravtryck
        return Tillstand(self.id, self.enkat.id, fingeravtryck, sprak, sealed_state.ny_nonce(), avtryck, enhet, {})


@dataclass
class Mottagning:
    """Where people come in. nycklar: the folder of the rounds' keys. klocka: what time it is."""

    motor: Engine
    nycklar: Path
    klocka: Callable[[], datetime] = lambda: datetime.now(UTC)
    _minne: dict[str, Oppen] = field(default_factory=dict, repr=False)
    _sprak: dict[tuple[str, bool, Egna], tuple[Sprak, ...]] = field(default_factory=dict, repr=False)
    _inlamnade: dict[bytes, str] = field(default_factory=dict, repr=False)
    _last: float = field(default=float("-inf"), repr=False)
    _las: Lock = field(default_factory=Lock, repr=False)
    _tur: Lock = field(default_factory=Lock, repr=False)

    def hitta(self, omgang_id: str) -> Oppen | None:
        """A round that has been opened and is not yet frozen. Raises LagringFel."""
        return self.omgangar().get(omgang_id)

    def omgangar(self) -> dict[str, Oppen]:
        """All such rounds by name. One reads anew while the others go on with what there is. Raises LagringFel."""
        if self._ar_gammalt() and self._las.acquire(blocking=not self._minne):
            try:
                if self._ar_gammalt():
                    self._las_om()
            finally:
                self._las.release()
        return self._minne

    def _ar_gammalt(self) -> bool:
        return monotonic() - self._last > FARSK

    def _las_om(self) -> None:
        """Read anew; a database that is away for a moment stops nobody who is in the middle of a form."""
        las_om()
        try:
            self._minne = self._las_alla()
        except LagringFel:
            if not self._minne:
                raise
        self._last = monotonic()

    def glom(self) -> None:
        """Read the rounds again next time."""
        self._last = float("-inf")

    def erbjudna(self, oppen: Oppen, krav_granskad: bool) -> tuple[Sprak, ...]:
        """The languages that a round may be answered in."""
        vilken = (oppen.enkat.fingeravtryck, krav_granskad, egna())
        if vilken not in self._sprak:
            self._sprak[vilken] = erbjudna(oppen.enkat, krav_granskad)
        return self._sprak[vilken]

    def sok_kod(self, skrivet: str, bara: str | None = None) -> store.Kodsvar:
        """What a typed code is; bara: the only round it may belong to. Raises koder.KodFel, LagringFel."""
        kod = koder.las(skrivet)
        mojliga = {id_: o.hemlighet for id_, o in self.omgangar().items() if bara in (None, id_)}
        with Session(self.motor) as session:
            return store.sok_kod(session, kod, mojliga)

    def lamna_in(self, oppen: Oppen, t: Tillstand) -> store.Inlamning:
        """Seal the answers to the round's key and put them in the urn, once. Raises LagringFel."""
        publik = oppen.omgang.publik_nyckel
        if publik is None:
            raise AssertionError("an opened round has its key (constraint omgang_oppnad)")
        svar = rensa(oppen.enkat, t.svar)
        kuvert = urna.forsegla(oppen.enkat, svar, t.enhet or None, publik, oppen.id)
        text = fritext.forsegla(oppen.enkat, svar, publik, oppen.id)
        with self._i_tur(), Session(self.motor) as session:
            inlamning = store.lamna_in(session, t, kuvert, oppen.hemlighet, self.klocka(), text)
        if inlamning.kvitto is not None:
            self._minns(t.nonce, inlamning.kvitto)
        return inlamning

    @contextmanager
    def _i_tur(self) -> Iterator[None]:
        """Let the threads of this process write to SQLite in turn: at its file they would sleep, longer and longer.

        Raises:
            LagringFel: it took too long, since somebody else holds the database.
        """
        delas = self.motor.dialect.name != "sqlite"
        if not delas and not self._tur.acquire(timeout=VANTA_SEKUNDER):
            raise LagringFel("upptagen")
        try:
            yield
        finally:
            if not delas:
                self._tur.release()

    def kvitto(self, t: Tillstand) -> str | None:
        """The receipt of a form that this worker has handed in not long ago: its pages are not shown again."""
        return self._inlamnade.get(t.nonce)

    def _minns(self, nonce: bytes, kvitto: str) -> None:
        with self._las:
            self._inlamnade[nonce] = kvitto
            if len(self._inlamnade) > FLEST_MINNEN:
                del self._inlamnade[next(iter(self._inlamnade))]

    def _las_alla(self) -> dict[str, Oppen]:
        with Session(self.motor, expire_on_commit=False) as session:
            rader = [rad for rad in store.las_omgangar(session) if rad.lage == "oppen"]
            return {rad.id: oppen for rad in rader if (oppen := self._las_en(session, rad)) is not None}

    def _las_en(self, session: Session, rad: Omgang) -> Oppen | None:
        try:
            hemlighet = las_hemlighet(self.nycklar, rad.id)
        except NyckelFel:  # frozen by another process just now
            return None
        aldre = store.las_aldre_fingeravtryck(session, rad.id)
        enheter = tuple(store_bunt.las_enheter(session, rad.id))
        session.expunge(rad)
        return Oppen(rad, enkat_i(rad), hemlighet, aldre, enheter)
