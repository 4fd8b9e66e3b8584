"""One paper as a form: its questions as they stand on it, and what was typed, read as a row of the template is."""

from __future__ import annotations

import csv
import io
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from enkat.formular import VILL_INTE_SVARA, Enkat, Fraga
from enkat.papper.inmatning import Inmatad, las_inmatning
from enkat.papper.inmatningsmall import ENHET, PAPPER, numrerade
from enkat.papper.papperskopia import ALFABET
from indikatorer.diagnos import Diagnos
from kansli.sprak import gettext as _
from kansli.sprak import svenska


@dataclass(frozen=True)
class Pappersfalt:
    """A question of the paper. alternativ: id and words; empty for a number or a date. valt: what was typed before."""

    nyckel: str
    nummer: int
    text: str
    typ: str
    alternativ: tuple[tuple[str, str], ...]
    valt: tuple[str, ...]
    fel: tuple[str, ...]

    @property
    def flera(self) -> bool:
        """Whether several boxes may be crossed."""
        return self.typ == "flera_val"


def nytt_namn() -> str:
    """A name for a paper that no other has: the same form, sent twice, is counted once."""
    return "".join(secrets.choice(ALFABET) for _nr in range(6)) + "-1"


def build_falt(enkat: Enkat, skrivet: Mapping[str, Sequence[str]], fel: Sequence[Diagnos]) -> list[Pappersfalt]:
    """The fields of a paper, with what was typed and what is wrong with it."""
    return [
        Pappersfalt(
            nyckel,
            nummer,
            _fragetext(fraga, nyckel),
            fraga.typ,
            _alternativ(enkat, fraga),
            tuple(skrivet.get(nyckel, ())),
            tuple(svenska(d.mening()) for d in fel if d.falt == nyckel),
        )
        for nummer, fraga, nyckel in numrerade(enkat)
    ]


def las_papper(
    enkat: Enkat, namn: str, enhet: str, skrivet: Mapping[str, Sequence[str]], enheter: Collection[str]
) -> tuple[list[Inmatad], list[Diagnos]]:
    """The paper, and all that is wrong with it; none when nothing was typed."""
    nycklar = [nyckel for _nr, _fraga, nyckel in numrerade(enkat)]
    ut = io.StringIO(newline="")
    skrivare = csv.writer(ut, delimiter=";")
    skrivare.writerow([PAPPER, ENHET, *nycklar])
    skrivare.writerow([namn, enhet, *(" ".join(skrivet.get(nyckel, ())) for nyckel in nycklar)])
    return las_inmatning(_("papperet"), ut.getvalue().encode(), enkat, enheter)


def _fragetext(fraga: Fraga, nyckel: str) -> str:
    rad = dict(fraga.rader).get(nyckel.partition(".")[2], "")
    return f"{fraga.text} {rad}".strip()


def _alternativ(enkat: Enkat, fraga: Fraga) -> tuple[tuple[str, str], ...]:
    skala = enkat.skala(fraga)
    if skala is None:
        return ()
    return (*zip(skala.svar, skala.text, strict=True), (VILL_INTE_SVARA, _("Vill inte svara")))
