"""What `bokslut kontrollera` and `bygg` say of texts and stories, once the figures they speak of can be computed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bokslut.text.texter import Texter
    from indikatorer.diagnos import Diagnos
    from indikatorer.forberedelse import Forberett
    from indikatorer.resultat import Utvardering


def prova_texter(underlag: Path, forberett: Forberett) -> list[Diagnos]:
    """Every fault and warning of the texts and stories; none while faults elsewhere stop the evaluation."""
    from bokslut.text.texter import las_texter
    from indikatorer.skydd.rojandevakt import skydda

    if forberett.fel():
        return []
    return granska(las_texter(underlag), forberett, skydda(forberett))


def granska(texter: Texter, forberett: Forberett, utvardering: Utvardering) -> list[Diagnos]:
    """The same, held against an evaluation that is at hand."""
    from bokslut.text.berattelsegranskning import granska_berattelser
    from bokslut.text.textgranskning import granska_texter

    return [*granska_texter(texter, utvardering), *granska_berattelser(forberett, utvardering)]
