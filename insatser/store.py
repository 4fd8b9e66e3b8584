"""Reads and writes insatser and the rows of their register. Whoever calls owns the transaction, and logs the change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from insatser.models import FALTEN, Deltagare, Insats, Insatsansvarig
from insatser.register import Rad

# The insatser that somebody may see; None is all of them.
Synliga: TypeAlias = frozenset[int] | None


class FinnsRedan(ValueError):
    """The insats has that number already, or there is an insats of that name."""


class AndradAvAnnan(RuntimeError):
    """Somebody changed or removed the row since it was read. nu: the row as it is, None when it is gone."""

    def __init__(self, nu: Deltagare | None) -> None:
        super().__init__("changed by another")
        self.nu = nu


def insatser(session: Session, synliga: Synliga = None, bara_aktiva: bool = False) -> Sequence[Insats]:
    """The insatser by name."""
    fraga = select(Insats).order_by(Insats.namn)
    if synliga is not None:
        fraga = fraga.where(col(Insats.id).in_(synliga))
    if bara_aktiva:
        fraga = fraga.where(col(Insats.aktiv))
    return session.exec(fraga).all()


def hamta_insats(session: Session, insats_id: int) -> Insats | None:
    """An insats."""
    return session.get(Insats, insats_id)


def spara_insats(session: Session, insats: Insats) -> None:
    """A new insats, or a change of one.

    Raises:
        FinnsRedan: another one has the name.
    """
    annan = session.exec(select(Insats.id).where(func.lower(Insats.namn) == insats.namn.lower())).first()
    if annan is not None and annan != insats.id:
        raise FinnsRedan(insats.namn)
    session.add(insats)
    session.flush()


def ansvariga(session: Session) -> Mapping[int, frozenset[str]]:
    """The accounts that answer for each insats."""
    ut: dict[int, set[str]] = {}
    for insats_id, konto_id in session.exec(select(Insatsansvarig.insats_id, Insatsansvarig.konto_id)):
        ut.setdefault(insats_id, set()).add(konto_id)
    return {insats_id: frozenset(konton) for insats_id, konton in ut.items()}


def satt_ansvariga(session: Session, insats_id: int, konton: Iterable[str]) -> None:
    """Those who answer for an insats from now on."""
    session.exec(delete(Insatsansvarig).where(col(Insatsansvarig.insats_id) == insats_id))
    session.add_all([Insatsansvarig(insats_id=insats_id, konto_id=konto) for konto in sorted(set(konton))])
    session.flush()


def ansvarar_for(session: Session, konto_id: str) -> frozenset[int]:
    """The insatser of an account."""
    return frozenset(session.exec(select(Insatsansvarig.insats_id).where(Insatsansvarig.konto_id == konto_id)))


def antal_deltagare(session: Session, insats_id: int) -> int:
    """How many rows an insats has."""
    fraga = select(func.count()).select_from(Deltagare).where(col(Deltagare.insats_id) == insats_id)
    return int(session.exec(fraga).one())


def nasta_nummer(session: Session, insats_id: int) -> int:
    """The number after the highest of an insats."""
    fraga = select(func.max(Deltagare.nummer)).where(Deltagare.insats_id == insats_id)
    return int(session.exec(fraga).one() or 0) + 1


def hamta(session: Session, deltagare_id: int, synliga: Synliga) -> Deltagare | None:
    """A row; None when there is none, or when it is of another's insats."""
    rad = session.get(Deltagare, deltagare_id)
    return rad if rad is not None and (synliga is None or rad.insats_id in synliga) else None


def finns(session: Session, insats_id: int, nummer: int, utom: int | None = None) -> bool:
    """Whether an insats has a number already. utom: a row that does not count."""
    fraga = select(Deltagare.id).where(Deltagare.insats_id == insats_id, Deltagare.nummer == nummer)
    return session.exec(fraga).first() not in (None, utom)


def lagg_till(session: Session, nu: datetime, rad: Rad) -> Deltagare:
    """A new row.

    Raises:
        FinnsRedan: the insats has that number.
    """
    if finns(session, rad.insats_id, rad.nummer):
        raise FinnsRedan(str(rad.nummer))
    deltagare = Deltagare(**_falt(rad), andrad=nu)
    session.add(deltagare)
    session.flush()
    return deltagare


def andra(session: Session, nu: datetime, deltagare_id: int, version: int, rad: Rad) -> dict[str, tuple[Any, Any]]:
    """Change a row that has not been changed since `version`. Returns what was changed: field, before and after.

    Raises:
        AndradAvAnnan: it has been, or it is gone.
        FinnsRedan: the insats has that number on another row.
    """
    deltagare = _last(session, deltagare_id, version)
    if finns(session, rad.insats_id, rad.nummer, deltagare_id):
        raise FinnsRedan(str(rad.nummer))
    nya = _falt(rad)
    andrat = {f: (getattr(deltagare, f), varde) for f, varde in nya.items() if getattr(deltagare, f) != varde}
    if andrat:
        for falt, (_, efter) in andrat.items():
            setattr(deltagare, falt, efter)
        deltagare.version, deltagare.andrad = version + 1, nu
        session.add(deltagare)
        session.flush()
    return andrat


def ta_bort(session: Session, deltagare_id: int, version: int) -> None:
    """Remove a row that has not been changed since `version`.

    Raises:
        AndradAvAnnan: it has been, or it is gone.
    """
    session.delete(_last(session, deltagare_id, version))
    session.flush()


def nycklar(session: Session, insatser: Collection[int]) -> dict[tuple[int, int], tuple[Any, ...]]:
    """All rows of some insatser by insats and number, each as its id, its version and its values."""
    kolumner = [getattr(Deltagare, falt) for falt in ("id", "version", *FALTEN)]
    rader = session.execute(select(*kolumner).where(col(Deltagare.insats_id).in_(insatser)))
    return {(rad[2], rad[3]): tuple(rad) for rad in rader}


def _last(session: Session, deltagare_id: int, version: int) -> Deltagare:
    rad = session.exec(select(Deltagare).where(Deltagare.id == deltagare_id).with_for_update()).first()
    if rad is None or rad.version != version:
        raise AndradAvAnnan(rad)
    return rad


def _falt(rad: Rad) -> dict[str, Any]:
    return dict(zip(FALTEN, rad.som_tupel(), strict=True))
