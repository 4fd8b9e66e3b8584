"""How many have answered, so coarsely that nobody sees who has: steps of five, once a day, no enhet under ten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from sqlalchemy import Table, delete
from sqlmodel import Session, col, select

from enkat.models import Omgang, Svarslage
from enkat.store import antal_kuvert
from enkat.store_bunt import MINSTA_ENHET, rakna_buntar
from grund.db import infoga_om_ny, oversatt, skrivning

STEG: Final = 5
_TABELL: Final = cast(Table, Svarslage.__table__)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Visning:
    """What staff see. enhet: None for the whole round. svar: at least so many, in steps of five, on that day."""

    enhet: str | None
    svar: int
    utdelade: int
    dag: date


def las_svarslage(session: Session, omgang: Omgang, idag: date) -> list[Visning]:
    """The whole round first, then each enhet with at least ten handed out; counted once a day."""
    omgang_id, utdelade = omgang.id, omgang.utdelade
    sparat = _las(session, omgang_id, idag)
    if sparat is not None:
        return sparat
    with skrivning(session):
        gamla = (col(Svarslage.omgang_id) == omgang_id, col(Svarslage.dag) != idag)
        session.execute(delete(Svarslage).where(*gamla))
        for rad in _rakna(session, omgang_id, utdelade):
            # Two who look at once: the first one's figures stand, for both.
            infoga_om_ny(session, _TABELL, {"omgang_id": omgang_id, "dag": idag} | rad)
    return _las(session, omgang_id, idag) or []


def _las(session: Session, omgang_id: str, idag: date) -> list[Visning] | None:
    with oversatt():
        fraga = select(Svarslage).where(Svarslage.omgang_id == omgang_id).order_by(col(Svarslage.enhet))
        rader = session.exec(fraga).all()
    if not rader or any(r.dag != idag for r in rader):
        return None
    return [Visning(r.enhet or None, r.svar, r.utdelade, r.dag) for r in rader]


def _rakna(session: Session, omgang_id: str, utdelade: int | None) -> Iterator[dict[str, object]]:
    per_enhet: dict[str, tuple[int, int]] = {}
    for r in rakna_buntar(session, omgang_id):
        svar, fick = per_enhet.get(r.bunt.enhet, (0, 0))
        per_enhet[r.bunt.enhet] = (svar + r.svar, fick + r.utdelade)
    alla = utdelade if utdelade is not None else sum(fick for _, fick in per_enhet.values())
    per_enhet = {"": (antal_kuvert(session, omgang_id), alla)} | per_enhet
    for enhet, (svar, fick) in per_enhet.items():
        if fick >= MINSTA_ENHET:
            yield {"enhet": enhet, "svar": svar // STEG * STEG, "utdelade": fick}
