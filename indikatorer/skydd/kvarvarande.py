"""Those who stayed from one year to the next: last year's participants less who left are this year's less the new.

The tables of both years tell it, so what one of them hides the other may give back. Where the rows of the two years do
not fit together (somebody was corrected, or moved to another enhet) it leads a reader wrong, and nothing is assumed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from indikatorer.counts import KodadTabell
from indikatorer.resultat import Tabellcell
from indikatorer.sammanslagning import KOLUMN
from indikatorer.skydd.cellskydd import Plats, uttryck_for
from indikatorer.skydd.publicerat import Publicerat, Samlare, Skyddat

if TYPE_CHECKING:  # the attacker brings the solver along, and most evaluations have no use for it
    from indikatorer.skydd.angripare import Brist

KVAR: Final = "kvar"
# (enhet, kön), "" for all.
Vilka: TypeAlias = tuple[str, str]
# Last year's participants, and those of them who left; None where it was hidden.
Fjol: TypeAlias = tuple[int | None, int | None]


def knyt_till_fjolaret(
    samlare: Samlare, tabell: KodadTabell, celler: Sequence[Tabellcell], fjol: Sequence[Mapping[str, Any]]
) -> None:
    """Let the reader know last year's tables, and let nobody find what they hide.

    celler: this year's tables without protection. fjol: the versions of last year's bokslut, oldest first, as
    `som_json` gives them.
    """
    antal: dict[Plats, int] = {(c.enhet or "", c.utfall, c.kon or ""): int(c.antal or 0) for c in celler}
    sagt = _sagt(fjol, tabell)
    for enhet, kon in dict.fromkeys((enhet, kon) for enhet, _, kon in antal):
        if (enhet, kon) not in sagt:
            continue
        alla, nya = (enhet, "deltagare", kon), (enhet, "nya", kon)
        kvar = antal[alla] - antal[nya]
        tal = samlare.tal(kvar, uttryck_for(tabell, *alla), uttryck_for(tabell, *nya))
        if _ar_kant(sagt[enhet, kon], kvar):
            samlare.alltid.add(tal)
        elif spann := _maste_rymma(sagt[enhet, kon], kvar, samlare.minsta):
            samlare.skydda_mellan(tal, spann.lag, spann.hog, ("cell", *alla), KVAR)


def mildra(p: Publicerat, brister: Sequence[Brist]) -> Publicerat | None:
    """Ask less of what is wished for last year's sake, where all that can be hidden this year does not give it.

    What last year's bokslut tells is told: how far the others can be from the truth follows from that too, and is not
    counted here. None when nothing was asked too much.
    """
    stela = {b.skyddat: b for b in brister if p.skyddade[b.skyddat].vad == KVAR}
    if not stela:
        return None
    mildrade = (_mildrat(s, stela.get(nr)) for nr, s in enumerate(p.skyddade))
    return replace(p, skyddade=tuple(s for s in mildrade if s is not None))


def _mildrat(s: Skyddat, brist: Brist | None) -> Skyddat | None:
    """What is asked of a count, no more than can be given. None: nothing can be asked of it."""
    if brist is None:
        return s
    if brist.grans is None:
        return None
    return replace(s, hog=brist.grans) if brist.hogsta else replace(s, lag=brist.grans)


def _ar_kant(fjol: Fjol, kvar: int) -> bool:
    """Whether last year's tables tell how many stayed. When they tell another number the years do not fit together."""
    deltagare, avslutade = fjol
    return deltagare is not None and avslutade is not None and deltagare - avslutade == kvar


@dataclass(frozen=True, slots=True)
class Spann:
    """A count must be able to be `lag` or less, and `hog` or more."""

    lag: int
    hog: int


def _maste_rymma(fjol: Fjol, kvar: int, minsta: int) -> Spann | None:
    """How far what is known of those who stayed must reach, for last year's hidden counts to stay hidden.

    A hidden count of a few must be able to be one or none, and the smallest group; one that was hidden for the sake of
    others must be able to be as much less and more. None: nothing was hidden, or the years do not fit together.
    """
    deltagare, avslutade = fjol
    if deltagare is None and avslutade is None:
        return _omkring(kvar, minsta)
    if deltagare is not None and avslutade is not None:
        return None
    # The hidden count is `deltagare - kvar`, or `avslutade + kvar`.
    dold = deltagare - kvar if deltagare is not None else int(avslutade or 0) + kvar
    if dold < 0:
        return None
    if not 0 < dold < minsta:
        return _omkring(kvar, minsta)
    return Spann(deltagare - minsta, deltagare - 1) if deltagare is not None else _omkring(kvar, minsta)


def _omkring(kvar: int, minsta: int) -> Spann:
    return Spann(max(0, kvar - minsta + 1), kvar + minsta - 1)


def _sagt(fjol: Sequence[Mapping[str, Any]], tabell: KodadTabell) -> dict[Vilka, Fjol]:
    """What was told last year, by any version, of the enheter that are the same today."""
    celler: dict[Plats, int | None] = {}
    for dokument in fjol:
        for vilka, rad, antal in _celler(dokument, tabell):
            if antal is not None or (vilka[0], rad, vilka[1]) not in celler:
                celler[vilka[0], rad, vilka[1]] = antal
    return {
        (enhet, kon): (antal, celler[enhet, "avslutade", kon])
        for (enhet, rad, kon), antal in celler.items()
        if rad == "deltagare" and (enhet, "avslutade", kon) in celler
    }


def _celler(dokument: Mapping[str, Any], tabell: KodadTabell) -> Iterator[tuple[Vilka, str, int | None]]:
    kolumn = tabell.kolumner[KOLUMN]
    idag = {namn: {kolumn.etiketter[kod] for kod in koder} for namn, koder in kolumn.grupper.items()}
    da = {s["namn"]: set(s["enheter"]) for s in dokument.get("sammanslagna", ())}
    for c in dokument["tabeller"]:
        namn = c["enhet"] or ""
        if da.get(namn, {namn}) == idag.get(namn, {namn}):
            yield (namn, c["kon"] or ""), c["utfall"], c["antal"]
