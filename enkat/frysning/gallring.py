"""Disposal: the rows of a frozen round go, on the day that was declared; the counts that the indicators use stay."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from sqlmodel import Session

from enkat import fritext
from enkat.frysning import fryst_mapp
from enkat.frysning.underlagsfil import byt_fil
from enkat.models import Omgang
from enkat.omgang import OmgangFel
from enkat.store import las_last
from grund.db import skrivning
from grund.settings import forstor_fil
from indikatorer import gallrat
from indikatorer.evaluate import rakna
from indikatorer.forberedelse import Forberett
from indikatorer.skydd.bevis import namn as namn_pa_bevis

# Rules that count persons. Others read row by row, and there will be no rows.
RAKNANDE: Final = frozenset({"andel", "information", "nolltolerans", "konszon", "skillnad", "antal", "index"})


def gallra_fritext(mapp: Path, omgang_id: str, kalla: str) -> bool:
    """Erase the free texts of a round; how many there were stays. False when there are none to erase."""
    namn = fritext.kalla(kalla)
    uppgift = fryst_mapp.las_manifest(mapp).get(namn)
    if uppgift is None or uppgift["omgang"] != omgang_id or "gallrad" in uppgift:
        return False
    for fil in uppgift["filer"]:
        forstor_fil(mapp / fil)
    fryst_mapp.skriv(mapp, {}, namn, uppgift | {"gallrad": True}, fryst_mapp.las_underlag(mapp))
    return True


def gallra(
    session: Session, omgang: Omgang, mapp: Path, kalla: str, forberett: Forberett, glom: Callable[[str], None]
) -> None:
    """Replace the rows of a källa by its counts, and erase them. forberett: the folder of frozen sets, prepared.

    glom: erases a proof of what is hidden, by its name, wherever it is kept: it tells which figures are about few.
    The counts are whole on the disk before a row is touched, so it can be run again.

    Raises:
        OmgangFel: the round is not frozen into the folder, or an indicator needs rows.
        UnderlagFel: the underlag has faults.
    """
    uppgift = fryst_mapp.las_manifest(mapp).get(kalla)
    if omgang.lage != "fryst" or uppgift is None or uppgift["omgang"] != omgang.id:
        raise OmgangFel(omgang.id, "ska vara fryst i mappen", "den är inte det", f"Kontrollera {mapp}.")
    berakning = rakna(forberett)
    for indikator in berakning.definitioner.values():
        if kalla in indikator.kallor_(berakning.definitioner) and indikator.regel not in RAKNANDE:
            got = f"”{indikator.titel}” läser rad för rad"
            raise OmgangFel(omgang.id, "ska räknas av indikatorer om andelar", got, "Inget har ändrats.")
    fil = f"{kalla}{gallrat.ANDELSE}"
    underlag = byt_fil(fryst_mapp.las_underlag(mapp), kalla, fil)
    gamla = [namn for namn in uppgift["filer"] if namn != fil]
    fryst_mapp.skriv(mapp, {fil: gallrat.skriv(berakning, kalla)}, kalla, uppgift | {"gallrad": True}, underlag)
    glom(namn_pa_bevis(forberett.ar, kalla))
    for namn in gamla:
        forstor_fil(mapp / namn)
    omgang_id = omgang.id
    gallra_fritext(mapp, omgang_id, kalla)
    with skrivning(session):
        rad = las_last(session, omgang_id)
        rad.lage = "gallrad"
        session.add(rad)
