"""Hiding as many more counts as it takes, that no hidden one is the only unknown of a sum a reader can see.

This stops plain subtraction. That no protected count can be had from several sums together is not proven here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

C = TypeVar("C", bound=Hashable)


def tack(
    antal: Mapping[C, int], summor: Sequence[Sequence[C]], dolda: Iterable[C], fasta: Collection[C] = ()
) -> set[C]:
    """All the cells to hide.

    antal: the count of each cell. summor: groups of cells of which any one follows from the others (a total and its
    terms); cells that `antal` lacks are left out. dolda: those that must be hidden. fasta: those that are published
    elsewhere too, so hiding them here would hide nothing; taken only when nothing else is left.
    """
    gomda = set(dolda)
    grupper = [[c for c in summa if c in antal] for summa in summor]
    antal_grupper = Counter(c for grupp in grupper for c in set(grupp))
    andrat = True
    while andrat:
        andrat = False
        for grupp in grupper:
            if len(gomda.intersection(grupp)) != 1:
                continue
            kvar = [c for c in grupp if c not in gomda]
            if kvar:
                # Zeros hide nothing when a reader expects them, so they go last; then the smallest loss of information.
                gomda.add(min(kvar, key=lambda c: (c in fasta, antal[c] == 0, antal[c], antal_grupper[c])))
                andrat = True
    return gomda
