"""The file with a year's goals: read as text, and replaced whole or not at all."""

from __future__ import annotations

import hashlib
from pathlib import Path

from grund.settings import ersatt_privat, skapa_mapp
from indikatorer.toml.source import las_bytes
from kansli.mal.models import STORST_TEXT


class FilFel(Exception):
    """The file cannot be taken in: it is too large, or no text. orsak: what to tell, in Swedish."""

    def __init__(self, orsak: str) -> None:
        super().__init__(orsak)
        self.orsak = orsak


def las_text(fil: Path) -> str | None:
    """What the file holds; None when there is none.

    Raises:
        FilFel: it is larger than the goals of a year can be, or no text.
    """
    if not fil.is_file():
        return None
    if fil.stat().st_size > STORST_TEXT:
        raise FilFel("Filen är större än 1 MB, så den kan inte vara ett års mål.")
    avkodad = las_bytes(fil.as_posix(), fil.read_bytes())
    if avkodad.diagnoser:
        raise FilFel(avkodad.diagnoser[0].mening())
    return avkodad.text


def skriv_text(fil: Path, text: str) -> None:
    """Put the text in the place of what the file held."""
    skapa_mapp(fil.parent)
    ersatt_privat(fil, text.encode())


def fingeravtryck(text: str) -> str:
    """What tells two texts apart: SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()
