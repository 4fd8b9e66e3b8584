"""What the commands about rounds share: the instance's database, the clock, and faults as one Swedish sentence each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from sqlmodel import Session

    from enkat.models import Omgang
    from grund.settings import Instans

ORD_FOR_LAGRING: Final = {
    "upptagen": "Databasen är upptagen. Försök igen om en stund.",
    "full": "Det går inte att skriva i databasen: disken är full, eller så saknas rättigheter.",
    "okand": "Databasen svarar inte.",
}


def nu() -> datetime:
    """What time it is."""
    return datetime.now(UTC)


@contextmanager
def oppna_session() -> Iterator[tuple[Session, Instans]]:
    """The database of this instance, and every fault that somebody can do something about as one Swedish sentence."""
    from sqlmodel import Session

    from enkat.frysning.underlagsfil import UnderlagsfilFel
    from enkat.koder import KodFel
    from enkat.nycklar import NyckelFel
    from enkat.omgang import OmgangFel
    from enkat.oversattningar import anvand
    from enkat.papper.papperskopia import PapperFel
    from grund.db import LagringFel, migrera, open_db
    from grund.settings import las_instans
    from indikatorer.diagnos import UnderlagFel

    instans = las_instans()
    motor = open_db(instans.databas)
    anvand(instans.oversattningar)
    try:
        migrera(motor)
        with Session(motor) as session:
            yield session, instans
    except LagringFel as fel:
        raise click.ClickException(ORD_FOR_LAGRING[fel.orsak]) from None
    except UnderlagFel as fel:
        raise click.ClickException("\n".join(map(str, fel.diagnoser))) from None
    except (KodFel, NyckelFel, OmgangFel, PapperFel, UnderlagsfilFel) as fel:
        raise click.ClickException(str(fel)) from None
    finally:
        motor.dispose()


def hamta(session: Session, omgang_id: str) -> Omgang:
    """A round, or a fault that names those there are."""
    from enkat import store

    rad = store.las_omgang(session, omgang_id)
    if rad is None:
        finns = ", ".join(o.id for o in store.las_omgangar(session)) or "inga"
        raise click.ClickException(f"Det finns ingen omgång ”{omgang_id}”. De som finns: {finns}.")
    return rad


def svensk(tid: datetime) -> datetime:
    """A time of day as it was typed, in Sweden."""
    from enkat.omgang import SVENSK_TID

    return tid.replace(tzinfo=SVENSK_TID)


def dagens_slut(tid: datetime) -> datetime:
    """A day without a time of day lasts until midnight."""
    return svensk(tid + timedelta(days=1) if (tid.hour, tid.minute) == (0, 0) else tid)


def visa_tid(tid: datetime | None) -> str:
    """A moment as people in Sweden say it."""
    from enkat.omgang import SVENSK_TID

    return "" if tid is None else f"{tid.astimezone(SVENSK_TID):%Y-%m-%d %H:%M}"
