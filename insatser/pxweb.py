"""Reads what a statistics office's PxWeb answers: a table in json-stat2, with exact numbers.

Pure: bytes in, a cube out. Whoever answers is a stranger, so every part is checked before anything is counted by it.
Source: JSON-stat 2.0, the full format (class "dataset").
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, NoReturn

# What SCB gives in one answer at most, and more than a förbund needs.
HOGST_CELLER: Final = 150_000
HOGST_BYTE: Final = 20_000_000
_HOGST_DIMENSIONER: Final = 12
_HOGST_TAL: Final = 10**12


class PxwebFel(ValueError):
    """The answer is no table that we can read: in Swedish, what is wrong with it."""


@dataclass(frozen=True)
class Dimension:
    """A side of the table. koder: in order. texter: by code, as people read them. roll: time, geo, metric or ""."""

    id: str
    text: str
    koder: tuple[str, ...]
    texter: Mapping[str, str]
    roll: str = ""

    @cached_property
    def platser(self) -> Mapping[str, int]:
        """Where each code lies."""
        return {kod: nummer for nummer, kod in enumerate(self.koder)}


@dataclass(frozen=True)
class Kub:
    """A table. varden: every cell, in the order of the dimensions, the last one fastest; None where there is no figure.

    uppdaterad: when the office says that it was changed, as it writes it; "" when it does not say.
    """

    titel: str
    kalla: str
    uppdaterad: str
    dimensioner: tuple[Dimension, ...]
    varden: Sequence[Decimal | None]

    def dimension(self, roll: str, id_: str) -> Dimension | None:
        """The dimension with a role, else the one with that id, however its letters are written."""
        med_roll = [d for d in self.dimensioner if d.roll == roll and roll]
        return next((d for d in (*med_roll, *self.dimensioner) if d in med_roll or d.id.casefold() == id_), None)

    def varde(self, val: Mapping[str, str]) -> Decimal | None:
        """A cell. val: a code for each dimension, by id."""
        plats = 0
        for d in self.dimensioner:
            plats = plats * len(d.koder) + d.platser[val[d.id]]
        return self.varden[plats]


def las_kub(innehall: bytes) -> Kub:
    """The table of an answer.

    Raises:
        PxwebFel: it is not JSON, not json-stat2, larger than anything we ask for, or does not hold together.
    """
    if len(innehall) > HOGST_BYTE:
        raise PxwebFel(f"Filen är större än {HOGST_BYTE // 1_000_000} MB. Välj färre kommuner eller månader.")
    try:
        rot = json.loads(innehall, parse_float=Decimal, parse_int=_heltal, parse_constant=_inget_tal)
    except (ValueError, RecursionError) as fel:
        raise PxwebFel("Det är inte en JSON-fil. Välj formatet json-stat2 när du sparar tabellen.") from fel
    if not isinstance(rot, dict) or rot.get("class") != "dataset" or not str(rot.get("version", "")).startswith("2"):
        raise PxwebFel("Det är ingen tabell i formatet json-stat2. Välj det formatet när du sparar tabellen.")
    dimensioner = _dimensioner(rot)
    antal = math.prod(len(d.koder) for d in dimensioner)
    titel, kalla, uppdaterad = (_text(rot.get(namn)) for namn in ("label", "source", "updated"))
    return Kub(titel, kalla, uppdaterad, dimensioner, _varden(rot.get("value"), antal))


def _dimensioner(rot: Mapping[str, Any]) -> tuple[Dimension, ...]:
    ider, storlekar, alla = rot.get("id"), rot.get("size"), rot.get("dimension")
    if not isinstance(ider, list) or not isinstance(storlekar, list) or not isinstance(alla, dict):
        _trasig("id, size eller dimension saknas")
    if not 1 <= len(ider) <= _HOGST_DIMENSIONER or len(ider) != len(storlekar) or len(set(map(str, ider))) != len(ider):
        _trasig("id och size hör inte ihop")
    roller = rot.get("role")
    alla_roller = roller.items() if isinstance(roller, dict) else ()
    rollen = {str(id_): roll for roll, idn in alla_roller for id_ in _lista(idn)}
    ut = tuple(_dimension(id_, alla.get(id_), rollen.get(id_, "")) for id_ in map(str, ider))
    if any(type(n) is not int or n != len(d.koder) for d, n in zip(ut, storlekar, strict=True)):
        _trasig("size stämmer inte med kategorierna")
    if math.prod(len(d.koder) for d in ut) > HOGST_CELLER:
        raise PxwebFel(f"Tabellen har mer än {HOGST_CELLER} celler. Välj färre kommuner eller månader.")
    return ut


def _dimension(id_: str, ra: Any, roll: str) -> Dimension:
    kategori = ra.get("category") if isinstance(ra, dict) else None
    if not isinstance(kategori, dict):
        _trasig(f"{id_} saknar kategorier")
    texter = kategori.get("label")
    texter = {str(kod): _text(text) for kod, text in texter.items()} if isinstance(texter, dict) else {}
    koder = _koder(id_, kategori.get("index", list(texter)))
    return Dimension(id_, _text(ra.get("label")) or id_, koder, {kod: texter.get(kod) or kod for kod in koder}, roll)


def _koder(id_: str, index: Any) -> tuple[str, ...]:
    """The codes in order: a list of them, or each with its place."""
    if isinstance(index, dict):
        platser = list(index.values())
        if not all(type(p) is int for p in platser) or sorted(platser) != list(range(len(platser))):
            _trasig(f"{id_} har kategorier utan plats")
        index = sorted(index, key=index.__getitem__)
    koder = tuple(map(str, _lista(index)))
    if not koder or len(set(koder)) != len(koder):
        _trasig(f"{id_} har inga kategorier, eller en två gånger")
    return koder


def _varden(ra: Any, antal: int) -> Sequence[Decimal | None]:
    """Every cell; an answer may leave out the empty ones by giving each figure its place."""
    if isinstance(ra, dict):
        glesa = {int(plats): v for plats, v in ra.items() if plats.isascii() and plats.isdecimal() and len(plats) < 9}
        if len(glesa) != len(ra) or any(plats >= antal for plats in glesa):
            _trasig("value har celler utanför tabellen")
        ra = [glesa.get(plats) for plats in range(antal)]
    if not isinstance(ra, list) or len(ra) != antal:
        _trasig("value har inte en cell för varje kombination")
    return [_tal(v) for v in ra]


def _tal(varde: Any) -> Decimal | None:
    if varde is None:
        return None
    tal = None if isinstance(varde, bool) or not isinstance(varde, int | Decimal) else Decimal(varde)
    if tal is None or not abs(tal) < _HOGST_TAL:
        _trasig("value har något som inte är ett tal")
    return tal


def _heltal(text: str) -> int | Decimal:
    return int(text) if len(text) < 20 else Decimal(text)


def _inget_tal(text: str) -> NoReturn:
    raise ValueError(text)


def _lista(varde: Any) -> list[Any]:
    return varde if isinstance(varde, list) else []


def _text(varde: Any) -> str:
    return varde[:500] if isinstance(varde, str) else ""


def _trasig(vad: str) -> NoReturn:
    raise PxwebFel(f"Tabellen går inte att läsa: {vad}. Hämta den på nytt, i formatet json-stat2.")
