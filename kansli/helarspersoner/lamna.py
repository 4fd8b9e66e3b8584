"""Hands a year's figures over to its bokslut: the table and its part of underlag.toml; all else there stays."""

from __future__ import annotations

from datetime import date

from enkat.frysning import fryst_mapp
from enkat.frysning.underlagsfil import lagg_till
from insatser.helarsekvivalenter import KALLA, som_csv, som_toml
from kansli.arbetsmapp import Arbetsmapp
from kansli.helarspersoner.bild import Bild


def lagg_i_underlaget(mapp: Arbetsmapp, ar: int, bild: Bild, dag: date) -> None:
    """Put the figures in the year's underlag, in the place of earlier ones.

    Raises:
        UnderlagsfilFel: underlag.toml cannot take them.
    """
    till, fil = mapp.underlag(ar), f"{KALLA}-{dag.isoformat()}.csv"
    text = lagg_till(fryst_mapp.las_underlag(till), som_toml(bild.andelar, bild.aldersgrupp, fil, bild.om.dag))
    uppgift: fryst_mapp.Uppgift = {"omgang": "scb", "dag": dag.isoformat(), "antal": len(bild.andelar)}
    fryst_mapp.skriv(till, {fil: som_csv(bild.andelar).encode()}, KALLA, uppgift, text)


def lamnat(mapp: Arbetsmapp, ar: int) -> str | None:
    """The day that figures were last handed over; None when they have not been."""
    uppgift = fryst_mapp.las_manifest(mapp.underlag(ar)).get(KALLA)
    return None if uppgift is None else str(uppgift.get("dag", ""))
