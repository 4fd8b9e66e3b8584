"""The participant tables as something that may be hidden cell by cell, and what in them nobody may find."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np

from indikatorer.counts import Klausul, KodadTabell, Uttryck
from indikatorer.flode import AVBROTT, BASER, KON, POSITIVA, RADER
from indikatorer.resultat import Tabellcell
from indikatorer.skydd.intyg import Nyckel
from indikatorer.skydd.publicerat import Samlare

# (enhet, row, kön), "" for all.
Plats: TypeAlias = tuple[str, str, str]
_SUMMOR = (("positiv", *POSITIVA), ("avslutade", "positiv", *AVBROTT))
# What a reader loses with a cell, in hundredths of one. Table 1 is what most come for.
VIKT, VIKT_ALLA, VIKT_HELA = 100, 110, 300


def cellnyckel(cell: Tabellcell) -> Nyckel:
    """What a cell is called among all that may be hidden."""
    return ("cell", cell.enhet or "", cell.utfall, cell.kon or "")


def samla_celler(samlare: Samlare, tabell: KodadTabell, celler: Sequence[Tabellcell]) -> None:
    """Collect the cells, as they are without protection."""
    antal = {(c.enhet or "", c.utfall, c.kon or ""): int(c.antal or 0) for c in celler}
    uttryck = {plats: uttryck_for(tabell, *plats) for plats in antal}
    # By name, so that the same tables in another order are protected in the same way.
    ordning = sorted(antal, key=lambda p: (p[0], RADER.index(p[1]), p[2]))
    tal = {plats: samlare.tal(antal[plats], uttryck[plats]) for plats in ordning}
    for plats in ordning:
        nyckel = ("cell", *plats)
        samlare.uppgift(nyckel, (tal[plats],), _vikt(plats), _maste(antal, plats, samlare.minsta))
    _skydda(samlare, ordning, antal, uttryck)
    _summor(samlare, tal)


def skydda_for_sig(samlare: Samlare, tabell: KodadTabell, celler: Sequence[Tabellcell]) -> None:
    """Protect the small counts of enheter that have no table of their own. celler: the tables they would have had."""
    antal = {(c.enhet or "", c.utfall, c.kon or ""): int(c.antal or 0) for c in celler}
    _skydda(samlare, list(antal), antal, {plats: uttryck_for(tabell, *plats) for plats in antal})


def _skydda(
    samlare: Samlare, ordning: Sequence[Plats], antal: Mapping[Plats, int], uttryck: Mapping[Plats, Uttryck]
) -> None:
    for plats in ordning:
        if 0 < antal[plats] < samlare.minsta:
            samlare.skydda(samlare.tal(antal[plats], uttryck[plats]), ("cell", *plats), "antal")
        _skydda_ovriga(samlare, plats, antal, uttryck)
    for enhet in sorted({p[0] for p in antal}):
        _skydda_rest(samlare, enhet, antal, uttryck)


def uttryck_for(tabell: KodadTabell, enhet: str, rad: str, kon: str) -> Uttryck:
    """Whom a cell counts. enhet, kon: "" for all."""
    vilka = (("enhet", tabell.kolumner["enhet"].koder_for((enhet,))),)
    return radens_uttryck(tabell, rad, kon) + ((vilka,) if enhet else ())


def radens_uttryck(tabell: KodadTabell, rad: str, kon: str) -> Uttryck:
    """Whom a row of a table counts, in any enhet. kon: "" for all."""

    def klausul(kolumn: str, *varden: str) -> Klausul:
        return ((kolumn, tabell.kolumner[kolumn].koder_for(varden)),)

    rader: dict[str, Uttryck] = {
        "deltagare": (),
        "nya": (klausul("ny", "ja"),),
        "avslutade": (klausul("avslutad", "ja"),),
        "positiv": (klausul("utfall", *POSITIVA),),
    }
    egen = rader.get(rad, (klausul("utfall", rad),))
    return egen + ((klausul("kon", kon),) if kon else ())


def _vikt(plats: Plats) -> int:
    enhet, _, kon = plats
    if not enhet:
        return VIKT_HELA
    return VIKT if kon else VIKT_ALLA


def _maste(antal: Mapping[Plats, int], plats: Plats, minsta: int) -> bool:
    """What the rules hide: a small count, a share of which few are left over, both genders beside a few others."""
    enhet, rad, kon = plats

    def liten(tal: int) -> bool:
        return 0 < tal < minsta

    if kon:
        return liten(antal[plats]) or liten(_rest(antal, enhet, rad))
    return liten(antal[plats]) or (rad in BASER and liten(antal[enhet, BASER[rad], ""] - antal[plats]))


def _rest(antal: Mapping[Plats, int], enhet: str, rad: str) -> int:
    return antal[enhet, rad, ""] - sum(antal[enhet, rad, kon] for kon in KON)


def _skydda_ovriga(samlare: Samlare, plats: Plats, antal: Mapping[Plats, int], u: Mapping[Plats, Uttryck]) -> None:
    """Those of the base who are not in the row: they left to something else."""
    enhet, rad, kon = plats
    if rad not in BASER:
        return
    bas = (enhet, BASER[rad], kon)
    ovriga = antal[bas] - antal[plats]
    if 0 < ovriga < samlare.minsta:
        samlare.skydda(samlare.tal(ovriga, u[bas], u[plats]), ("cell", *plats), "ovriga")


def _skydda_rest(samlare: Samlare, enhet: str, antal: Mapping[Plats, int], u: Mapping[Plats, Uttryck]) -> None:
    """Those who are neither woman nor man, where they are few."""
    for rad in RADER:
        rest = _rest(antal, enhet, rad)
        if 0 < rest < samlare.minsta:
            alla, *delar = (u[enhet, rad, kon] for kon in ("", *KON))
            samlare.skydda(samlare.tal(rest, alla, *delar), ("cell", enhet, rad, ""), "rest")


def _summor(samlare: Samlare, tal: Mapping[Plats, int]) -> None:
    enheter = sorted({enhet for enhet, _, _ in tal})
    for enhet in enheter:
        for rad in RADER:
            samlare.summa([tal[enhet, rad, kon] for kon in ("", *KON)])
        for kon in ("", *KON):
            for rader in _SUMMOR:
                samlare.summa([tal[enhet, rad, kon] for rad in rader])
    for rad in RADER:
        for kon in ("", *KON):
            samlare.summa([tal[enhet, rad, kon] for enhet in enheter])


def omojligt_utfall(tabell: KodadTabell) -> list[Uttryck]:
    """An outcome without having left, or the reverse, where no row is so: then a reader takes it that none can be."""
    if not {"avslutad", "utfall"} <= set(tabell.kolumner):
        return []
    avslutad, utfall = tabell.kolumner["avslutad"], tabell.kolumner["utfall"]
    ja, kanda = avslutad.koder_for(("ja",)), utfall.koder_for((*POSITIVA, *AVBROTT))
    nej = frozenset(range(len(avslutad.etiketter))) - ja
    okanda = frozenset(range(len(utfall.etiketter))) - kanda
    storlek = len(utfall.etiketter)
    nyckel = avslutad.koder.astype(np.int64) * storlek + utfall.koder
    antal = np.bincount(nyckel, tabell.antal, len(avslutad.etiketter) * storlek).reshape(-1, storlek)
    par = [(nej, kanda), (ja, okanda)]
    return [((("avslutad", a),), (("utfall", u),)) for a, u in par if not antal[np.ix_(sorted(a), sorted(u))].sum()]
