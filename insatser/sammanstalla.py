"""The year in sums, per insats and gender: what the national follow-up asks for, and what the old register gave.

Uppföljning Finsam takes the number of participants per insats and gender. The rest, age, education, time on public
support, what one did before and left to, was lost with the old register and is kept here for the förbund itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from indikatorer.flode import AVBROTT, POSITIVA
from insatser.flode import Flode
from insatser.koder import ALDER, FORE, HANDLINGSPLAN, KON, TID, UTBILDNING, UTFALL
from insatser.register import FORDELNINGAR, RUBRIKER
from insatser.store_rakna import Rorelse

ALLA_INSATSER: Final = "Alla insatser"
_LISTOR: Final = {"alder": ALDER, "fore": FORE, "tid": TID, "utbildning": UTBILDNING, "handlingsplan": HANDLINGSPLAN}
_FLODESORD: Final = ("Ingående", "Nya", "Avslutade", "Pågående vid årets slut")

Fordelning = Mapping[str, Mapping[tuple[int, str, str], int]]


@dataclass(frozen=True)
class Summa:
    """A line: of an insats, a measure, and a group within it; persons of each gender in the order of `KON`."""

    insats: str
    matt: str
    grupp: str
    per_kon: tuple[int, ...]

    @property
    def alla(self) -> int:
        """All genders together."""
        return sum(self.per_kon)


def sammanstall(
    namn: Mapping[int, str],
    floden: Mapping[int, Flode],
    rorelser: Sequence[Rorelse],
    fordelning: Fordelning | None,
) -> list[Summa]:
    """All lines, each insats by name and last all of them together. fordelning: None leaves the splits out."""
    valda = [insats_id for insats_id in namn if insats_id in floden]
    utfallen = Counter[tuple[int, str, str]]()
    for r in rorelser:
        utfallen[r.insats_id, r.kon, r.utfall] += r.antal
    rader = [rad for i in valda for rad in _insats(namn[i], [i], floden, utfallen, fordelning)]
    if len(valda) > 1:
        rader += _insats(ALLA_INSATSER, valda, floden, utfallen, fordelning)
    return rader


def _insats(
    namn: str,
    valda: Sequence[int],
    floden: Mapping[int, Flode],
    utfallen: Mapping[tuple[int, str, str], int],
    fordelning: Fordelning | None,
) -> Iterator[Summa]:
    def per_kon(plats: Sequence[int]) -> tuple[int, ...]:
        return tuple(sum(floden[i].per_kon[kon][p] for i in valda for p in plats) for kon in KON)

    yield Summa(namn, "Deltagare", "Alla under året", per_kon((0, 1)))
    for plats, grupp in enumerate(_FLODESORD):
        yield Summa(namn, "Flöde", grupp, per_kon((plats,)))
    grupper = [("Positiv lösning", POSITIVA), *((UTFALL[u], (u,)) for u in (*POSITIVA, *AVBROTT))]
    for grupp, koder in grupper:
        antal = tuple(sum(utfallen[i, kon, kod] for i in valda for kod in koder) for kon in KON)
        yield Summa(namn, "Utfall efter", grupp, antal)
    if fordelning is not None:
        for falt in FORDELNINGAR:
            for kod, ord_ in _LISTOR[falt].items():
                antal = tuple(sum(fordelning[falt].get((i, kon, kod), 0) for i in valda) for kon in KON)
                yield Summa(namn, RUBRIKER[falt], ord_, antal)
