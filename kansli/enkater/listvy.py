"""The list of questionnaires: for each, what a förbundschef asks of it at a glance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from enkat.sprak import KALLSPRAK
from enkat.tid import hela_minuter
from kansli.arbetsmapp import Arbetsmapp
from kansli.enkater import filer, store
from kansli.enkater.oversattning import Sprakvy, sprakvyer
from kansli.enkater.provning import Provad, prova_alla
from kansli.lista import Kolumn, Lista, build_lista
from kansli.sprak import gettext as _


@dataclass(frozen=True)
class Enkatrad:
    """A questionnaire in the list. minuter: None when it cannot be read. indikatorer: how many count its answers.

    last_av: ids of the open rounds that lock it.
    """

    provad: Provad
    minuter: int | None
    indikatorer: int
    sprak: Sequence[Sprakvy]
    last_av: Sequence[str]

    @property
    def hela(self) -> int:
        """How many languages besides Swedish are whole."""
        return sum(s.hel for s in self.sprak)

    @property
    def erbjuds(self) -> int:
        """How many of them a live round offers."""
        return sum(s.erbjuds for s in self.sprak)


def build_enkatlista(session: Session, mapp: Arbetsmapp, nu: datetime, fraga: Mapping[str, str]) -> Lista[Enkatrad]:
    """Every questionnaire of the installation. fraga: the arguments of the address."""
    rader = [_rad(session, provad, nu) for provad in prova_alla(mapp, filer.las_alla(mapp)).values()]
    kolumner = (
        Kolumn[Enkatrad]("titel", _("Enkät"), lambda r: r.provad.titel),
        Kolumn[Enkatrad]("fragor", _("Frågor"), lambda r: len(r.provad.enkat.fragor) if r.provad.enkat else None),
        Kolumn[Enkatrad]("minuter", _("Minuter"), lambda r: r.minuter),
        Kolumn[Enkatrad]("indikatorer", _("Indikatorer"), lambda r: r.indikatorer),
        Kolumn[Enkatrad]("sprak", _("Språk"), lambda r: r.hela),
        Kolumn[Enkatrad]("lage", _("Läge"), lambda r: len(r.provad.fel)),
    )
    return build_lista(rader, kolumner, fraga)


def indikatorer(provad: Provad) -> int:
    """How many indicators count the answers of a questionnaire."""
    return len({i.id for alla in provad.matar.values() for i in alla})


def _rad(session: Session, provad: Provad, nu: datetime) -> Enkatrad:
    enkat = provad.enkat
    return Enkatrad(
        provad,
        None if enkat is None else hela_minuter(enkat, KALLSPRAK),
        indikatorer(provad),
        () if enkat is None else sprakvyer([enkat]),
        [o.id for o in store.lasande(session, provad.id, nu)],
    )
