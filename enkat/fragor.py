"""The questionnaire, as the rest of the floor asks for it: read one, see which questions apply, judge the answers.

What it is: `formular`. From its file: `lasning`, `fragekontroll`. Answers: `svar`. To the engine: `kallbeskrivning`.
"""

from enkat.formular import (
    INGET,
    KON,
    VILL_INTE_SVARA,
    Enhetsfraga,
    Enkat,
    Fraga,
    Skala,
    Svar,
    Typ,
    VisasOm,
)
from enkat.frysning.kallbeskrivning import kolumner, som_rad, underlag_kalla
from enkat.lasning import las_enkat
from enkat.svar import FELKODER, fel_i_svar, rensa

__all__ = [
    "FELKODER",
    "INGET",
    "KON",
    "VILL_INTE_SVARA",
    "Enhetsfraga",
    "Enkat",
    "Fraga",
    "Skala",
    "Svar",
    "Typ",
    "VisasOm",
    "fel_i_svar",
    "kolumner",
    "las_enkat",
    "rensa",
    "som_rad",
    "underlag_kalla",
]
