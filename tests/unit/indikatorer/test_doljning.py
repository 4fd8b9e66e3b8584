"""What is hidden is enough, by a second opinion, and no more than it must be."""

from dataclasses import replace
from itertools import combinations
from random import Random

import pytest

from bench.slumptabeller import MINSTA, Skyddat, skydda, slumpa
from indikatorer.skydd.angripare import Angripare
from indikatorer.skydd.doljning import billigast, valj
from indikatorer.skydd.intyg import Skal
from tests.unit.indikatorer.facit import Cell, Facit
from tests.unit.indikatorer.tabellprov import att_skydda, facit
from tests.unit.indikatorer.test_angripare import RUTA, klar, tabell

FRON = range(200)
# Of each random table the second opinion tries so many small counts, drawn anew for each: to try all takes minutes.
PROVADE = 2
STORLEK = (2, 1)


@pytest.fixture(scope="module")
def slumpade() -> list[Skyddat]:
    return [skydda(slumpa(fro, *STORLEK)) for fro in FRON]


def test_of_200_random_tables_no_small_count_can_be_found(slumpade: list[Skyddat]) -> None:
    provade = 0
    for fro, s in enumerate(slumpade):
        dolda, svar, sma = s.dolda, facit(s.antal), att_skydda(s.antal)
        assert s.bevisat
        assert not s.brister
        for vad in Random(fro).sample(sma, min(PROVADE, len(sma))):
            provade += 1
            assert svar.sakert(vad, dolda, MINSTA), (fro, vad)
    assert provade > 300, "there is something to protect in the random tables"


def test_nor_by_someone_who_is_counted(slumpade: list[Skyddat]) -> None:
    for fro, s in enumerate(slumpade[:6]):
        vad = Random(fro).choice(att_skydda(s.antal))
        assert facit(s.antal).sakert(vad, s.dolda, MINSTA, med_egna=True), (fro, vad)


def test_the_second_opinion_finds_what_the_rules_alone_leave_open(slumpade: list[Skyddat]) -> None:
    bara_regler = 0
    for s in slumpade[:15]:
        dolda = {u.nyckel[1:] for u in s.publicerat.uppgifter if u.maste}
        svar = facit(s.antal)
        bara_regler += sum(not svar.sakert(vad, dolda, MINSTA) for vad in att_skydda(s.antal)[:2])
    assert bara_regler > 8


def test_nothing_is_hidden_that_neither_rule_nor_attacker_asks_for(slumpade: list[Skyddat]) -> None:
    for s in slumpade[::20]:
        p = s.publicerat
        gomda = {nr for nr, u in enumerate(p.uppgifter) if u.nyckel[1:] in s.dolda}
        angripare = Angripare(p)
        onodiga = [nr for nr in gomda if not p.uppgifter[nr].maste and not angripare.granska(gomda - {nr})]
        assert onodiga == []


def permuterat(
    rader: list[tuple[str, str, str, str, str, int]], slump: Random
) -> list[tuple[str, str, str, str, str, int]]:
    ordning = list(rader)
    slump.shuffle(ordning)
    return ordning


@pytest.mark.parametrize("fro", range(0, 60, 12))
def test_the_order_of_rows_and_enheter_changes_nothing(fro: int, slumpade: list[Skyddat]) -> None:
    assert skydda(permuterat(slumpa(fro, *STORLEK), Random(fro))).dolda == slumpade[fro].dolda


def test_the_same_tables_hide_the_same(slumpade: list[Skyddat]) -> None:
    assert [skydda(slumpa(fro, *STORLEK)).dolda for fro in range(8)] == [s.dolda for s in slumpade[:8]]


def matt(antal: dict[tuple[int, ...], int]) -> tuple[int, int]:
    """How many are hidden of a table with margins, and the fewest that would do: all sets are tried by size."""
    p = klar(tabell(antal)[0], 2)
    celler: dict[Cell, int] = {tuple(map(int, u.nyckel[1:])): int(p.varden[u.tal[0]]) for u in p.uppgifter}
    rader, spalter = (range(1, max(c[axel] for c in antal) + 1) for axel in range(2))
    summor: list[list[Cell]] = [[(r, 0), *((r, s) for s in spalter)] for r in (0, *rader)]
    summor += [[(0, s), *((r, s) for r in rader)] for s in (0, *spalter)]
    svar = Facit(celler, summor)
    sma = [c for c, tal in celler.items() if 0 < tal < MINSTA]
    ovriga = [c for c in celler if c not in sma]

    def racker(fler: tuple[Cell, ...]) -> bool:
        return all(svar.sakert({c: 1}, [*sma, *fler], MINSTA, med_egna=True) for c in sma)

    minst = next(n for n in range(len(ovriga) + 1) if any(map(racker, combinations(ovriga, n))))
    return len(valj(p, Angripare(p)).dolda), len(sma) + minst


def slumpruta(fro: int) -> dict[tuple[int, ...], int]:
    slump = Random(fro)
    stora = [slump.randint(5, 30) for _ in range(9)]
    for plats in slump.sample(range(9), 2):
        stora[plats] = slump.randint(1, 4)
    return {(1 + nr // 3, 1 + nr % 3): tal for nr, tal in enumerate(stora)}


@pytest.mark.parametrize("antal", [RUTA, *map(slumpruta, range(3))])
def test_as_few_are_hidden_as_can_be(antal: dict[tuple[int, ...], int]) -> None:
    dolda, minst = matt(antal)
    assert dolda == minst


@pytest.mark.parametrize("antal", [RUTA, *map(slumpruta, range(3))])
def test_the_cheapest_there_is_is_what_trying_all_sets_gives(antal: dict[tuple[int, ...], int]) -> None:
    p = klar(tabell(antal)[0], 2)
    lika = replace(p, uppgifter=tuple(replace(u, vikt=1) for u in p.uppgifter))
    val = billigast(lika, Angripare(lika), lambda: False)
    assert val is not None
    assert (len(val.dolda), val.kostar, val.minst) == (matt(antal)[1],) * 3


def test_the_search_for_the_cheapest_can_be_given_up() -> None:
    p = klar(tabell(RUTA)[0], 2)
    assert billigast(p, Angripare(p), lambda: True) is None


def test_what_is_hidden_for_others_says_whom_and_by_what() -> None:
    p = klar(tabell({(1,): 3, (2,): 20, (3,): 30})[0], 1)
    dolda = {d.nyckel: d for d in valj(p, Angripare(p)).dolda}
    assert dolda["cell", "1"].skal is Skal.REGEL
    (annan,) = (d for d in dolda.values() if d.skal is Skal.SKYDDAR)
    assert annan.om == ("cell", "1")
    assert set(annan.av) == {u.nyckel for u in p.uppgifter} - set(dolda)


def test_what_cannot_be_protected_is_told() -> None:
    """The count is known from elsewhere: nothing that is hidden here helps."""
    samlare, tal = tabell({(1,): 3, (2,): 20})
    samlare.alltid |= {tal[0,], tal[2,]}
    p = klar(samlare, 1)
    brister = valj(p, Angripare(p)).brister
    assert {p.skyddade[b.skyddat].om for b in brister} == {("cell", "1")}
