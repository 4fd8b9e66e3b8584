"""Changing a config by program: one table at a time, everything else of the text as it was, character for character.

A table is edited where it stands, alone, so that neither the rest of the file nor a fault in it matters.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, Final

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Item, Table

from indikatorer.toml.fel import Vag
from indikatorer.toml.source import TomlDokument, las_toml

# What may stand as the value of a key; None takes the key away.
Varde = str | int | bool | list[str] | dict[str, list[str]] | Item | None
_TABELLER: Final = ("malomrade", "mal", "indikator")
_ANMARKNING: Final = re.compile(r"[ \t]*#")


class GarInte(ValueError):
    """The table is written in a way that a program cannot change safely: as part of another, or with faults."""


def andra(text: str, indikator: str, nyckel: str, varde: str | int | bool | list[str]) -> str:
    """The config with one key of one indicator set. Comments, order and white space stay.

    Raises:
        KeyError: there is no such indicator.
    """
    dokument = tomlkit.parse(text)
    tabell = dokument.get("indikator", {}).get(indikator)
    if not isinstance(tabell, Table):
        raise KeyError(indikator)
    tabell[nyckel] = varde
    return tomlkit.dumps(dokument)


def andra_tabell(text: str, vag: Vag, varden: Mapping[str, Varde]) -> str:
    """The config with keys of one table set, or taken away; those that are not named stay as they are.

    Raises:
        KeyError: there is no such table.
        GarInte: it cannot be changed alone.
    """
    start, slut = hitta_tabell(text, vag)
    stycke = text[start:slut]
    try:
        dokument = tomlkit.parse(stycke)
    except TOMLKitError as fel:
        raise GarInte(".".join(map(str, vag))) from fel
    tabell: Any = dokument
    for steg in vag:
        tabell = tabell[steg]
    for nyckel, varde in varden.items():
        if varde is None:
            tabell.pop(nyckel, None)
        elif nyckel not in tabell or not _lika(tabell[nyckel], varde):
            tabell[nyckel] = _post(varde)
    nytt = tomlkit.dumps(dokument)
    return text[:start] + (nytt if stycke.endswith("\n") else nytt.removesuffix("\n")) + text[slut:]


def lagg_till_tabell(text: str, vag: Vag, varden: Mapping[str, Varde], efter: Vag | None = None) -> str:
    """The config with a new table, after another one or last."""
    dokument = tomlkit.document()
    inre = tomlkit.table()
    for nyckel, varde in varden.items():
        if varde is not None:
            inre[nyckel] = _post(varde)
    yttre = tomlkit.table(is_super_table=len(vag) > 1)
    yttre[str(vag[-1])] = inre
    dokument[str(vag[0])] = yttre if len(vag) > 1 else inre
    nytt = tomlkit.dumps(dokument).strip("\n")
    plats = len(text.rstrip()) if efter is None else hitta_tabell(text, efter)[1]
    fore, sedan = text[:plats].rstrip("\n"), text[plats:].removeprefix("\n" if efter is None else "")
    return (fore + "\n\n" if fore else "") + nytt + "\n" + sedan


def ta_bort_tabell(text: str, vag: Vag) -> str:
    """The config without a table and the remark that stands right above it.

    Raises:
        KeyError, GarInte: as in `andra_tabell`.
    """
    start, slut = hitta_tabell(text, vag)
    return text[:start] + text[slut:].lstrip("\n")


def byt_plats(text: str, forsta: Vag, andra: Vag) -> str:
    """The config with two tables in each other's place; what stands between them stays.

    Raises:
        KeyError, GarInte: as in `andra_tabell`.
    """
    (a, b), (c, d) = sorted((hitta_tabell(text, forsta), hitta_tabell(text, andra)))
    nytt = text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]
    if tomllib.loads(nytt) != tomllib.loads(text):
        raise GarInte(".".join(map(str, forsta)))
    return nytt


def hitta_tabell(text: str, vag: Vag) -> tuple[int, int]:
    """Where a table begins and ends, with the remark right above its header and whatever tables it holds.

    Raises:
        KeyError: there is no such table.
        GarInte: it stands within another table's lines.
    """
    dok = las_toml("", text)
    if not dok.finns(vag):
        raise KeyError(".".join(map(str, vag)))
    rubriker = sorted(_rubriker(dok).items())
    egna = [nr for nr, (_, v) in enumerate(rubriker) if v[: len(vag)] == vag]
    if not egna or egna != list(range(egna[0], egna[-1] + 1)):
        raise GarInte(".".join(map(str, vag)))
    start = _med_anmarkning(text, rubriker[egna[0]][0])
    sist = rubriker[egna[-1] + 1][0] if egna[-1] + 1 < len(rubriker) else len(text)
    return start, _utan_slut(text, start, sist)


def _rubriker(dok: TomlDokument) -> dict[int, Vag]:
    """Where each header line begins, and the path it names; the deepest when several begin there."""
    funna: dict[int, Vag] = {}
    for vag in _vagar(dok.data):
        start = dok.plats_tabell(vag).start
        rad = dok.text.rfind("\n", 0, start) + 1
        if dok.text[rad:].lstrip().startswith("[") and _namner(dok.text[rad:], vag):
            funna[rad] = vag
    return funna


def _namner(rad: str, vag: Vag) -> bool:
    """Whether a header line ends with the last name of a path."""
    huvud = rad.split("\n", 1)[0].split("]", 1)[0]
    return huvud.count(".") >= len(vag) - 1 and huvud.rstrip(" \"'").endswith(str(vag[-1]))


def _vagar(data: Mapping[str, Any]) -> Iterator[Vag]:
    for namn, varde in data.items():
        if not isinstance(varde, Mapping):
            continue
        yield (namn,)
        for inre, tabell in varde.items():
            if isinstance(tabell, Mapping):
                yield namn, inre
                yield from ((namn, inre, k) for k, v in tabell.items() if isinstance(v, Mapping))


def _med_anmarkning(text: str, start: int) -> int:
    """Where the remark begins that stands right above a line, unless it is the top of the file."""
    borjan = start
    while borjan:
        rad = text.rfind("\n", 0, borjan - 1) + 1
        if not _ANMARKNING.match(text, rad):
            break
        borjan = rad
    return start if borjan == 0 else borjan


def _utan_slut(text: str, start: int, slut: int) -> int:
    """The end of what a table holds: blank lines and remarks after it belong to what comes next."""
    rader = text[start:slut].splitlines(keepends=True)
    while rader and (not rader[-1].strip() or _ANMARKNING.match(rader[-1])):
        rader.pop()
    return start + sum(map(len, rader))


def _lika(fore: Item | bool, varde: Varde) -> bool:
    """Whether the file says this already; true is no 1, and then nothing of how it is written changes."""
    nytt = varde.unwrap() if isinstance(varde, Item) else varde
    gammalt = fore.unwrap() if isinstance(fore, Item) else fore  # tomlkit gives true and false as they are
    return type(gammalt) is type(nytt) and bool(gammalt == nytt)


def _post(varde: Varde) -> Item:
    if isinstance(varde, dict):
        rad = tomlkit.inline_table()
        rad.update(varde)
        return rad
    return varde if isinstance(varde, Item) else tomlkit.item(varde)
