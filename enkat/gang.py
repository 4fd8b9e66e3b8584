"""The road through a questionnaire: which page comes after which. Nothing here knows of a browser or a database.

Pages are numbered once for all, so that a form that was opened before an answer changed still means the same page:
0 before question 1, 1 the enhet, 2 and on the questions in the order of the file, last the check of the answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from enkat.formular import VILL_INTE_SVARA, Enkat, Fraga
from enkat.sealed_state import Tillstand
from enkat.svar import fel_i_svar, rensa

FORE: Final = 0
ENHET: Final = 1
FORSTA_FRAGAN: Final = 2


@dataclass(frozen=True)
class Vag:
    """A questionnaire as one person walks it. enheter: those to choose among, () when it is not asked."""

    enkat: Enkat
    enheter: tuple[str, ...] = ()

    @property
    def granska(self) -> int:
        """The page where the answers are checked."""
        return FORSTA_FRAGAN + len(self.enkat.fragor)

    def fraga(self, sida: int) -> Fraga | None:
        """The question on a page; None for the pages that have none."""
        return self.enkat.fragor[sida - FORSTA_FRAGAN] if FORSTA_FRAGAN <= sida < self.granska else None

    def fragesidor(self, t: Tillstand) -> list[int]:
        """The pages with a question that applies, in order."""
        synliga = {fraga.id for fraga in self.enkat.synliga(t.svar)}
        fragor = [nr for nr, fraga in enumerate(self.enkat.fragor, FORSTA_FRAGAN) if fraga.id in synliga]
        return ([ENHET] if self.enheter else []) + fragor

    def ar_besvarad(self, t: Tillstand, sida: int) -> bool:
        """Whether a page has got its answer."""
        fraga = self.fraga(sida)
        if fraga is None:
            return t.enhet is not None
        return fel_i_svar(self.enkat, fraga, givet(fraga, t.svar)) is None

    def obesvarade(self, t: Tillstand) -> list[int]:
        """The pages that still wait for an answer, in order."""
        return [sida for sida in self.fragesidor(t) if not self.ar_besvarad(t, sida)]

    def fram(self, t: Tillstand) -> Tillstand:
        """On to the next page; straight to the check when nothing is left to ask."""
        obesvarade = self.obesvarade(t)
        if not obesvarade and t.sida != FORE:
            return replace(t, sida=self.granska)
        return replace(t, sida=next((s for s in self.fragesidor(t) if s > t.sida), self.granska))

    def tillbaka(self, t: Tillstand) -> Tillstand:
        """Back to the page before."""
        return replace(t, sida=next((s for s in reversed(self.fragesidor(t)) if s < t.sida), FORE))

    def till(self, t: Tillstand, sida: int) -> Tillstand:
        """To a page of one's own choice; unchanged when there is no such page now."""
        return replace(t, sida=sida) if sida in (FORE, *self.fragesidor(t), self.granska) else t

    def forlopp(self, t: Tillstand) -> tuple[int, int]:
        """Where one is: number of the question, and how many there are."""
        sidor = self.fragesidor(t)
        return sum(s <= t.sida for s in sidor), len(sidor)


def givet(fraga: Fraga, svar: Mapping[str, str | tuple[str, ...]]) -> object:
    """The answer to a question as `fel_i_svar` wants it."""
    if fraga.typ != "matris":
        return svar.get(fraga.id)
    return {rad: svar.get(f"{fraga.id}.{rad}") for rad, _ in fraga.rader}


def med_svar(vag: Vag, t: Tillstand, fraga: Fraga, varde: object) -> Tillstand:
    """The state with an answer in it. What a person no longer is asked is forgotten, as is an answer that is none."""
    ovriga = {nyckel: svar for nyckel, svar in t.svar.items() if nyckel not in fraga.nycklar}
    return replace(t, svar=rensa(vag.enkat, {**ovriga, fraga.id: varde}))


def med_enhet(vag: Vag, t: Tillstand, varde: object) -> Tillstand | None:
    """The state with an enhet; None when it is not one of those to choose among."""
    if varde == VILL_INTE_SVARA:
        return replace(t, enhet="")
    return replace(t, enhet=str(varde)) if varde in vag.enheter else None
