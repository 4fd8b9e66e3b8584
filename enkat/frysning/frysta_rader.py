"""From opened envelopes to rows: validated again, small enheter put together, in an order that tells no time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from enkat.formular import Enkat
from enkat.frysning.kallbeskrivning import kolumner, som_rad
from enkat.store_bunt import OVRIGA
from enkat.svar import rensa
from enkat.urna import Innehall


@dataclass(frozen=True)
class Rader:
    """The frozen table. rader: one per respondent, a text per column, "" where unanswered.

    sammanslagna: enheter that are now under OVRIGA, or under nothing when even together they were too few.
    """

    kolumner: tuple[str, ...]
    rader: tuple[tuple[str, ...], ...] = field(repr=False)
    sammanslagna: tuple[str, ...] = ()


def gor_rader(enkat: Enkat, innehall: Iterable[Innehall], minsta_grupp: int) -> Rader:
    """The rows of all envelopes, sorted by what they say."""
    namn = kolumner(enkat)
    rader = [som_rad(enkat, rensa(enkat, i.svar), i.enhet or "") for i in innehall]
    nya = sla_ihop(Counter(rad["enhet"] for rad in rader), minsta_grupp)
    for rad in rader:
        rad["enhet"] = nya[rad["enhet"]]
    sammanslagna = tuple(sorted(gammal for gammal, ny in nya.items() if gammal not in ("", ny)))
    return Rader(namn, tuple(sorted(tuple(rad[kolumn] for kolumn in namn) for rad in rader)), sammanslagna)


def sla_ihop(antal: Mapping[str, int], minsta: int) -> dict[str, str]:
    """The new name of each enhet, so that none has fewer than `minsta` answers: not those put together either.

    The smallest go first, and as few as possible; when all had to go, no row has an enhet. "" is no enhet.
    """
    ihop = {enhet for enhet, svar in antal.items() if 0 < svar < minsta}
    if OVRIGA in antal and ihop:
        ihop.add(OVRIGA)
    for enhet in _minst_forst(antal, ihop):
        if not ihop or sum(antal[e] for e in ihop) >= minsta:
            break
        ihop.add(enhet)
    namn = OVRIGA if sum(antal[e] for e in ihop) >= minsta and ihop != set(antal) else ""
    return {enhet: namn if enhet in ihop else enhet for enhet in antal}


def _minst_forst(antal: Mapping[str, int], utom: set[str]) -> Sequence[str]:
    return sorted(set(antal) - utom, key=lambda enhet: (antal[enhet], enhet))
