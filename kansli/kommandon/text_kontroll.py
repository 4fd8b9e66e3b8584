"""What `bokslut kontrollera` and `bygg` say of texts and stories, once the figures they speak of can be computed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kansli.kommandon.redan_publicerat import las_redan

if TYPE_CHECKING:
    from bokslut.text.texter import Texter
    from indikatorer.diagnos import Diagnos
    from indikatorer.forberedelse import Forberett
    from indikatorer.resultat import Utvardering


def prova_texter(underlag: Path, forberett: Forberett, publicerat: Path | None = None) -> list[Diagnos]:
    """Every fault and warning of the texts and stories; none while faults elsewhere stop the evaluation.

    publicerat: as `las_redan` takes it. A published version that cannot be trusted stops the evaluation too.
    """
    from bokslut.text.texter import las_texter
    from indikatorer.diagnos import UnderlagFel
    from indikatorer.skydd.rojandevakt import skydda

    if forberett.fel():
        return []
    try:
        redan = las_redan(forberett, underlag, publicerat)
    except UnderlagFel as fel:
        return list(fel.diagnoser)
    utvardering = skydda(forberett, tidigare=redan.tidigare, fjol=redan.fjol)
    return granska(las_texter(underlag), forberett, utvardering)


def granska(texter: Texter, forberett: Forberett, utvardering: Utvardering) -> list[Diagnos]:
    """The same, held against an evaluation that is at hand."""
    from bokslut.text.berattelsegranskning import granska_berattelser
    from bokslut.text.textgranskning import granska_texter

    return [*granska_texter(texter, utvardering), *granska_berattelser(forberett, utvardering)]
