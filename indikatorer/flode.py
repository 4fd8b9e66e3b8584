"""The participant tables: how many took part, came, left, and to what, per enhet and gender. CONTRACT section 3."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from indikatorer.counts import KodadTabell
from indikatorer.resultat import Tabellcell
from indikatorer.skydd.subtraktion import tack
from indikatorer.visning import DOLD, skriv_tal

POSITIVA: Final = ("arbete", "extratjanst", "studier", "fortsatt", "saknar_arbetsformaga")
AVBROTT: Final = ("avbrott_halsa", "avbrott_ovrigt")
RADER: Final = ("deltagare", "nya", "avslutade", "positiv", *POSITIVA, *AVBROTT)
# What each row is a share of; the first three rows are counts only.
BASER: Final = {"positiv": "avslutade", **dict.fromkeys(POSITIVA, "positiv"), **dict.fromkeys(AVBROTT, "avslutade")}
KOLUMNER: Final = ("enhet", "kon", "ny", "avslutad", "utfall")
KON: Final = ("kvinna", "man")


# (table from 0, row, kön or None for all)
Cell: TypeAlias = tuple[int, str, str | None]


def rakna_tabeller(tabell: KodadTabell, minsta_grupp: int, skyddad: bool) -> tuple[Tabellcell, ...]:
    """Table 1 for the whole, then one per enhet as they first occur; empty when a column is missing.

    With protection a count of 1 to minsta_grupp − 1 is hidden, and so many more that it cannot be had by subtraction
    within a row, a column or between the tables. A share is hidden with its count, its base or the rest of it.
    """
    if not all(k in tabell.kolumner for k in KOLUMNER):
        return ()
    kub = _packa(tabell)
    delar = tabell.kolumner["enhet"].delar
    enheter: Sequence[str | None] = (None, *(namn for namn, _ in delar))
    antal = _rakna(tabell, np.stack([kub.sum(0), *(kub[sorted(koder)].sum(0) for _, koder in delar)]))
    dolda = _dolda(antal, len(enheter), minsta_grupp) if skyddad and minsta_grupp > 1 else set()
    return tuple(_cell(cell, enheter[cell[0]], antal, dolda) for cell in antal)


def dolj(celler: Sequence[Tabellcell], dolda: Collection[tuple[str, str, str]]) -> tuple[Tabellcell, ...]:
    """Cells that are all shown, with some hidden: (enhet, row, kön), "" for all."""
    ut = []
    for c in celler:
        enhet, bas = c.enhet or "", BASER.get(c.utfall, "")
        if (enhet, c.utfall, c.kon or "") in dolda:
            ut.append(replace(c, antal=None, procent=None, visat=DOLD))
        else:
            ut.append(replace(c, procent=None) if (enhet, bas, "") in dolda else c)
    return tuple(ut)


def _packa(tabell: KodadTabell) -> NDArray[np.float64]:
    """Persons by enhet, kon, ny, avslutad and utfall, in one pass; float64 holds them exactly."""
    storlekar = [len(tabell.kolumner[k].etiketter) for k in KOLUMNER]
    nyckel = np.ravel_multi_index(tuple(tabell.kolumner[k].koder.astype(np.int64) for k in KOLUMNER), storlekar)
    antal = np.bincount(nyckel, tabell.antal, minlength=int(np.prod(storlekar)))
    return antal.astype(np.float64).reshape(storlekar)


def _rakna(tabell: KodadTabell, kub: NDArray[np.float64]) -> dict[Cell, int]:
    """The cells of all tables from persons by table, kon, ny, avslutad and utfall."""

    def kod(kolumn: str, *varden: str) -> list[int]:
        return sorted(tabell.kolumner[kolumn].koder_for(varden))

    per_utfall = kub.sum((2, 3))
    rader = {
        "deltagare": per_utfall.sum(2),
        "nya": kub[:, :, kod("ny", "ja")].sum((2, 3, 4)),
        "avslutade": kub[:, :, :, kod("avslutad", "ja")].sum((2, 3, 4)),
        "positiv": per_utfall[:, :, kod("utfall", *POSITIVA)].sum(2),
        **{u: per_utfall[:, :, kod("utfall", u)].sum(2) for u in (*POSITIVA, *AVBROTT)},
    }
    konskoder: dict[str | None, list[int]] = {kon: kod("kon", kon) for kon in KON}
    konskoder[None] = list(range(kub.shape[1]))
    spalter = {
        (rad, kon): per_kon[:, koder].sum(1).astype(np.int64).tolist()
        for rad, per_kon in rader.items()
        for kon, koder in konskoder.items()
    }
    return {(nummer, *cell): tal[nummer] for nummer in range(len(kub)) for cell, tal in spalter.items()}


def _dolda(antal: Mapping[Cell, int], tabeller: int, grans: int) -> set[Cell]:
    """The cells to hide. Table 1 is told in indicators too, so it is touched last."""

    def liten(tal: int) -> bool:
        return 0 < tal < grans

    sma = {cell for cell, tal in antal.items() if liten(tal)}
    for nummer, rad, _ in [cell for cell in antal if cell[2] is None]:
        alla, kvinna, man = (antal[nummer, rad, kon] for kon in (None, *KON))
        if liten(alla - kvinna - man):
            sma |= {(nummer, rad, kon) for kon in KON}
        if rad in BASER and liten(antal[nummer, BASER[rad], None] - alla):
            sma.add((nummer, rad, None))
    return tack(antal, _summor(tabeller), sma, {cell for cell in antal if cell[0] == 0})


def _summor(tabeller: int) -> list[list[Cell]]:
    """Every sum in the tables that a reader can see: across a row, down a column, and over the enheter."""
    summor: list[list[Cell]] = []
    for nummer in range(tabeller):
        summor += [[(nummer, rad, kon) for kon in (None, *KON)] for rad in RADER]
        for kon in (None, *KON):
            summor += [[(nummer, rad, kon) for rad in ("positiv", *POSITIVA)]]
            summor += [[(nummer, rad, kon) for rad in ("avslutade", "positiv", *AVBROTT)]]
    return summor + [[(nummer, rad, kon) for nummer in range(tabeller)] for rad in RADER for kon in (None, *KON)]


def _cell(cell: Cell, enhet: str | None, antal: Mapping[Cell, int], dolda: Collection[Cell]) -> Tabellcell:
    nummer, rad, kon = cell
    if cell in dolda:
        return Tabellcell(str(nummer + 1), enhet, rad, kon, None, None, DOLD)
    bas = (nummer, BASER[rad], None) if kon is None and rad in BASER else None
    # A share tells its base: count / share.
    procent = Fraction(100 * antal[cell], antal[bas]) if bas is not None and bas not in dolda and antal[bas] else None
    return Tabellcell(str(nummer + 1), enhet, rad, kon, antal[cell], procent, skriv_tal(antal[cell], 0))
