"""Codes that somebody has before her and wants to void: read, and held against the round that they belong to."""

from __future__ import annotations

from collections.abc import Sequence

from enkat import koder
from enkat.koder import KodFel
from enkat.nycklar import Hemlighet


class FelKod(KodFel):
    """One of the codes is none of this round's. rad: which of them, from 1; what was typed is not in it."""

    def __init__(self, rad: int, fel: KodFel) -> None:
        super().__init__(fel.orsak)
        self.rad = rad


def las_koder(skrivna: Sequence[str], hemlighet: Hemlighet) -> list[str]:
    """The codes as digits.

    Raises:
        FelKod: one cannot be read, or its check digits belong to another round.
    """
    lasta = []
    for rad, text in enumerate(skrivna, start=1):
        try:
            last = koder.las(text)
            if not koder.stavning_ok(last, hemlighet.kod):
                raise KodFel("stavning")
        except KodFel as fel:
            raise FelKod(rad, fel) from None
        lasta.append(last)
    return lasta
