"""What the pages tell about the källor themselves: how many answered, which questions, which series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indikatorer.counts import antal_rader
from indikatorer.resultat import Fragefakta, Kallfakta, Serievarde
from indikatorer.tabell import Tabell
from indikatorer.tal import antal_decimaler, las_tal
from indikatorer.underlag import Kalldata
from indikatorer.visning import visa

if TYPE_CHECKING:
    from indikatorer.berakning import Berakning


def kallfakta(data: Kalldata, b: Berakning) -> Kallfakta:
    """The källa in figures; antal None where there is no table, or too few of them."""
    kalla = data.kalla
    antal = antal_rader(b.tabell(data.id)) if b.har_tabell(data.id) and not b.for_fa_i(data.id) else None
    skalor = b.underlag.beskrivning.skala
    fragor = tuple(
        Fragefakta(id_, fraga.text, skalor[fraga.skala].text if fraga.skala in skalor else (), fraga.kanslig)
        for id_, fraga in kalla.fraga.items()
    )
    return Kallfakta(
        data.id,
        kalla.typ,
        kalla.skydd,
        kalla.kallas,
        kalla.period,
        kalla.population,
        kalla.population_antal,
        kalla.utdelade,
        antal,
        b.svarsfrekvens(data.id),
        kalla.anmarkning,
        fragor,
    )


def serievarden(data: Kalldata) -> list[Serievarde]:
    """The rows of a statistical källa with the columns kommun, period and andel; none of any other."""
    tabell = data.tabell
    if data.kalla.typ != "statistik" or tabell is None or not {"kommun", "period", "andel"} <= tabell.kolumner.keys():
        return []
    kolumner = [_kolumn(tabell, namn) for namn in ("kommun", "kommunkod", "period", "andel", "status")]
    return [_serievarde(*rad) for rad in zip(*kolumner, strict=True)]


def _kolumn(tabell: Tabell, namn: str) -> list[str]:
    if namn not in tabell.kolumner:
        return [""] * tabell.rader
    kolumn = tabell.kolumner[namn]
    return [kolumn.varden[kod] for kod in kolumn.koder.tolist()]


def _serievarde(kommun: str, kod: str, period: str, text: str, status: str) -> Serievarde:
    andel = None if status == "saknas" else las_tal(text)
    if andel is None:
        return Serievarde(kommun, kod, period, None, "saknas", "saknas")
    return Serievarde(kommun, kod, period, andel, status or "saker", visa(andel, "%", antal_decimaler(text)))
