"""Babel's way into a questionnaire: every text of the file that is translated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import IO

from enkat.lasning import las_formular


def extract(
    fileobj: IO[bytes], keywords: Sequence[str], comment_tags: Sequence[str], options: Mapping[str, object]
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Give every text with its line and, for the translator, what it is ("deltagare: fraga.bemott.hjalp").

    A faulty file gives what could be read; its faults are told by `bokslut kontrollera`.
    """
    lasning = las_formular(getattr(fileobj, "name", "enkat.toml"), fileobj.read())
    if lasning.enkat is None:
        return
    for vag, text in lasning.enkat.texter():
        vad = f"{lasning.enkat.id}: {'.'.join(map(str, vag))}"
        yield lasning.dok.plats_varde(vag).rad, None, text, [vad]
