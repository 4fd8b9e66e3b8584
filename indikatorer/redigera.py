"""Changing a config by program: one key at a time, everything else of the text as it was."""

from __future__ import annotations

import tomlkit
from tomlkit.items import Table


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
