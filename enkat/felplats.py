"""Telling a fault in a questionnaire at the place where it stands, as the engine tells its own."""

from __future__ import annotations

from indikatorer.diagnos import Diagnos, Fix, Niva
from indikatorer.toml.fel import Vag
from indikatorer.toml.source import TomlDokument


def fel_i(
    dok: TomlDokument,
    vag: Vag,
    kod: str,
    fann: str,
    regel: str,
    atgard: str,
    *,
    varfor: str = "",
    kandidat: str | None = None,
    forslag: str | None = None,
    vid_namn: bool = False,
    niva: Niva = Niva.FEL,
) -> Diagnos:
    """A fault at the value of a key, or at its name (also a header's) when vid_namn.

    kandidat: the nearest known name. forslag: TOML text that may stand in the place of what the fault is at.
    """
    plats = dok.plats_nyckel(vag) if vid_namn else dok.plats_varde(vag)
    fix = Fix(dok.fil, plats.start, plats.slut, forslag) if forslag is not None and dok.finns(vag) else None
    menade = f"”{kandidat}”" if kandidat else None
    falt = ".".join(map(str, vag))
    return Diagnos(kod, dok.fil, plats, fann, regel, atgard, varfor, menade, fix, falt, niva=niva)
