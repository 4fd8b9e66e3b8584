"""underlag.toml in the folder of the frozen sets: each frozen round adds its källa, and what stood there stays."""

from __future__ import annotations

import tomllib
from typing import cast

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Table


class UnderlagsfilFel(ValueError):
    """What stands in underlag.toml does not go together with the new källa."""


def lagg_till(befintlig: str, nytt: str) -> str:
    """The file with the scales and the källa of `nytt` added, all else kept. A källa of the same id is replaced.

    Raises:
        UnderlagsfilFel: a scale of that name has other options, or the file cannot be read.
    """
    dok, tillagg = _las(befintlig), tomlkit.parse(nytt)
    for id_, skala in _tabell(tillagg, "skala").items():
        finns = _tabell(dok, "skala").get(id_)
        if finns is None:
            _oppna(dok, "skala").append(id_, skala)
        elif finns.unwrap() != skala.unwrap():
            raise UnderlagsfilFel(f"Skalan ”{id_}” finns redan i underlag.toml, med andra svar. Byt namn på den ena.")
    kallor = _oppna(dok, "kalla")
    for id_, kalla in _tabell(tillagg, "kalla").items():
        kallor.pop(id_, None)
        kallor.append(id_, kalla)
    return tomlkit.dumps(dok)


def har_kalla(befintlig: str, kalla: str) -> bool:
    """Whether the file describes a källa of that id.

    Raises:
        UnderlagsfilFel: the file cannot be read.
    """
    try:
        return kalla in tomllib.loads(befintlig).get("kalla", {})
    except tomllib.TOMLDecodeError as fel:
        raise _olaslig(fel) from None


def byt_fil(befintlig: str, kalla: str, fil: str) -> str:
    """The file with another table for a källa.

    Raises:
        UnderlagsfilFel: the file cannot be read.
    """
    dok = _las(befintlig)
    _tabell(_tabell(dok, "kalla"), kalla)["fil"] = fil
    return tomlkit.dumps(dok)


def _las(text: str) -> TOMLDocument:
    try:
        return tomlkit.parse(text)
    except TOMLKitError as fel:
        raise _olaslig(fel) from None


def _olaslig(fel: Exception) -> UnderlagsfilFel:
    return UnderlagsfilFel(f"underlag.toml kan inte läsas. Rätta filen, och försök igen. Felet: {fel}")


def _tabell(dok: TOMLDocument | Table, namn: str) -> Table:
    return cast(Table, dok[namn]) if namn in dok else tomlkit.table()


def _oppna(dok: TOMLDocument, namn: str) -> Table:
    if namn not in dok:
        dok.append(namn, tomlkit.table(is_super_table=True))
    return _tabell(dok, namn)
