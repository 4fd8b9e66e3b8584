"""How long a questionnaire takes to answer, in each language."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Final

from enkat.formular import Enkat, Fraga
from enkat.sprak import Gettext, Sprak, gettext_for

# Words a minute, read silently by practised adults: the standardised texts of IReST (Trauzettel-Klosinski and Dietz,
# 2012). Lätt svenska is for those who read half as fast. Languages that were not measured there are given the speed
# of the nearest that was: dari Arabic's, ukrainska Russian's; somaliska and tigrinska the slowest measured.
ORD_PER_MINUT: Final[Mapping[str, int]] = {
    "sv": 199,
    "sv@latt": 100,
    "en": 228,
    "ar": 138,
    "fa_AF": 138,
    "so": 138,
    "ti": 138,
    "uk": 184,
}
# To decide and to touch the screen, beyond reading.
SEKUNDER: Final[Mapping[str, int]] = {
    "ja_nej": 3,
    "ett_val": 3,
    "skala": 4,
    "flera_val": 8,
    "tal": 8,
    "datum": 10,
    "text": 45,
    "matris": 4,  # for each row
}
_MENING: Final = re.compile(r"(?<=[.!?؟።፧])\s+")


def minuter(enkat: Enkat, sprak: Sprak) -> float:
    """The minutes that the longest way through takes. A sentence that has been met is recognised, not read again."""
    meningar = dict.fromkeys(_meningar(enkat, gettext_for(sprak.kod)))
    lasning = 60 * sum(len(m.split()) for m in meningar) / ORD_PER_MINUT[sprak.kod]
    return (lasning + sum(_sekunder(f) for f in enkat.fragor)) / 60


def hela_minuter(enkat: Enkat, sprak: Sprak) -> int:
    """The same as it is told to the respondent, after "ungefär"."""
    return max(1, math.floor(minuter(enkat, sprak) + 0.5))


def _meningar(enkat: Enkat, oversatt: Gettext) -> Iterator[str]:
    """Every sentence; of an answer its whole text."""
    for vag, text in enkat.texter():
        if vag[0] != "enhet":  # not asked of those who have a code
            yield from _MENING.split(oversatt(text))


def _sekunder(fraga: Fraga) -> int:
    return SEKUNDER[fraga.typ] * max(1, len(fraga.rader))
