"""The value of a key, as it stands in the file and as it stands in a field of the form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Item

from indikatorer.redigera import Varde, hitta_tabell
from indikatorer.toml.fel import Vag
from indikatorer.toml.source import las_toml
from kansli.mal.falt import Sort
from kansli.sprak import gettext as _
from kansli.sprak import svenska

# What a field of the form holds.
Ifyllt = str | list[str]


class OlasligtVarde(ValueError):
    """A value that is to be written as in the file is no TOML. fel: what is wrong with it."""

    def __init__(self, fel: str) -> None:
        super().__init__(fel)
        self.fel = fel


def las_tabell(text: str, vag: Vag) -> Mapping[str, Item]:
    """The keys of a table of the config, as they are written.

    Raises:
        KeyError, GarInte: as in `redigera.andra_tabell`.
    """
    start, slut = hitta_tabell(text, vag)
    try:
        tabell: Any = tomlkit.parse(text[start:slut])
    except TOMLKitError:
        return {}
    for steg in vag:
        tabell = tabell[steg]
    # tomlkit gives true and false as they are.
    return {namn: post if isinstance(post, Item) else tomlkit.item(post) for namn, post in tabell.items()}


def som_ifyllt(sort: Sort, post: Item | None) -> Ifyllt | None:
    """What the field shall hold; None when it cannot hold the value, which is then shown as in the file."""
    tom: Ifyllt = [] if sort is Sort.FLERA else ""
    if post is None:
        return tom
    varde = post.unwrap()
    match sort:
        case Sort.TEXT | Sort.ETT if isinstance(varde, str) and "\n" not in varde:
            return varde
        case Sort.HELTAL if isinstance(varde, int) and not isinstance(varde, bool):
            return str(varde)
        case Sort.FLERA if _ar_texter(varde):
            return list(varde)
        case Sort.RADER if _ar_texter(varde):
            return "\n".join(varde)
        case Sort.URVAL if (
            isinstance(varde, dict) and all(map(_ar_delbart, varde.values())) and not any("=" in k for k in varde)
        ):
            return "\n".join(f"{kolumn} = {', '.join(varden)}" for kolumn, varden in varde.items())
        case Sort.TOML:
            return post.as_string().strip()
    return None


def som_toml(post: Item | None) -> str:
    """The value as in the file; "" when there is none."""
    return "" if post is None else post.as_string().strip()


def fran_ifyllt(sort: Sort, ifyllt: Ifyllt) -> Varde:
    """The value that a field says; None for an empty one.

    What does not fit is written as it was typed, for the engine to tell in its own words.

    Raises:
        OlasligtVarde: of a TOML field.
    """
    if isinstance(ifyllt, list):
        return [varde for varde in ifyllt if varde] or None
    text = ifyllt.strip().replace("\r\n", "\n")
    if not text:
        return None
    match sort:
        case Sort.HELTAL if text.isascii() and text.isdecimal() and len(text) < 10:
            return int(text)
        case Sort.RADER:
            return [rad.strip() for rad in text.split("\n") if rad.strip()]
        case Sort.URVAL:
            return _urval(text)
        case Sort.TOML:
            return _toml(text)
        case _:
            return text


def _urval(text: str) -> dict[str, list[str]]:
    urval = dict[str, list[str]]()
    for rad in filter(str.strip, text.split("\n")):
        kolumn, _tecken, varden = rad.partition("=")
        urval.setdefault(kolumn.strip(), []).extend(v.strip() for v in varden.split(",") if v.strip())
    return urval


def _toml(text: str) -> Item:
    fel = las_toml("", f"x = {text}\n").diagnoser
    if fel:
        raise OlasligtVarde(svenska(fel[0].mening()))
    try:
        dokument = tomlkit.parse(f"x = {text}\n")
    except TOMLKitError as brott:
        raise OlasligtVarde(_("Värdet ska skrivas som i filen, på en rad.")) from brott
    if list(dokument) != ["x"]:
        raise OlasligtVarde(_("Skriv bara ett värde, inte flera rader med nycklar."))
    post: Item = dokument["x"]
    return post


def _ar_texter(varde: object) -> bool:
    return isinstance(varde, list) and all(isinstance(v, str) and "\n" not in v for v in varde)


def _ar_delbart(varde: object) -> bool:
    """A list of texts that can stand with commas between them."""
    return _ar_texter(varde) and not any("," in v or v != v.strip() or not v for v in varde)  # type: ignore[attr-defined]
