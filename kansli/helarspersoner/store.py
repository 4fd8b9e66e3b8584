"""What is done with a year's figures, each with its line in the log."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from grund.db import skrivning
from kansli.arbetsmapp import Arbetsmapp
from kansli.helarspersoner import arkiv
from kansli.helarspersoner.arkiv import Hamtat, Val
from kansli.helarspersoner.bild import Bild
from kansli.helarspersoner.lamna import lagg_i_underlaget
from kansli.logg import store as store_logg
from kansli.models import Konto


def ta_emot(
    session: Session, nu: datetime, av: Konto | None, mapp: Arbetsmapp, ar: int, svar: tuple[bytes, str, str], val: Val
) -> None:
    """Keep an answer that can be counted from. svar: its bytes, where it came from, and the log's code for how."""
    innehall, fran, vad = svar
    om = Hamtat(nu.isoformat(timespec="seconds"), fran, "" if av is None else av.namn)
    with skrivning(session):
        store_logg.skriv(session, nu, av, vad, str(ar), "", ", ".join(val.kommuner) or fran)
        arkiv.spara(mapp, ar, innehall, om, val)


def lamna(session: Session, nu: datetime, av: Konto, mapp: Arbetsmapp, ar: int, bild: Bild, dag: date) -> int:
    """Hand the figures over to the year's bokslut. Returns how many there are.

    Raises:
        UnderlagsfilFel: underlag.toml cannot take them.
    """
    with skrivning(session):
        antal = sum(a.andel is not None for a in bild.andelar)
        store_logg.skriv(session, nu, av, "helarspersoner-lamnade", str(ar), "", str(antal))
        lagg_i_underlaget(mapp, ar, bild, dag)
    return antal
