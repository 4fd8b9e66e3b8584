"""What differs between the year as it stands and its latest published version; worked out once per year and version."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bokslut.oppna_data.filer_att_hamta import resultat_json
from bokslut.publicering.andringar import Andringar, jamfor
from bokslut.publicering.versioner import las_resultat, versionsmappar
from kansli.aret import Aret


@dataclass(frozen=True)
class Jamfort:
    """version: the published one that the year is held against."""

    version: int
    andringar: Andringar

    @property
    def vilka(self) -> frozenset[tuple[str, str | None]]:
        """The results that differ."""
        return frozenset((a.id, a.grupp) for a in self.andringar.indikatorer)


_minne: dict[Path, tuple[Aret, Jamfort]] = {}
_las: Final = threading.Lock()


def jamfor_med_publicerat(aret: Aret) -> Jamfort | None:
    """The differences; None when nothing is published.

    Raises:
        ManifestFel: the published results cannot be read.
    """
    mappar = versionsmappar(aret.publicerat)
    if not mappar:
        return None
    with _las:
        kant = _minne.get(aret.publicerat)
    # A version that comes is a change of the year's files too, and then the year is another one.
    if kant is None or kant[0] is not aret:
        nytt = jamfor(las_resultat(mappar[-1]), json.loads(resultat_json(aret.utvardering)))
        kant = (aret, Jamfort(int(mappar[-1].name[1:]), nytt))
        with _las:
            _minne[aret.publicerat] = kant
    return kant[1]
