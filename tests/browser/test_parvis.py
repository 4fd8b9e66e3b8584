"""The combinations that the screens are looked at in: no pair is forgotten, and no more rows than it takes."""

from itertools import combinations

import pytest

from tests.browser.parvis import alla_par, parvis


@pytest.mark.parametrize(
    "storlekar",
    [(2, 2), (3, 2), (2, 2, 2), (4, 3, 2), (2, 3, 4), (3, 3, 3, 3), (36, 8, 3, 2, 2), (2, 2, 2, 2, 2, 2, 2)],
)
def test_every_pair_of_values_meets(storlekar: tuple[int, ...]) -> None:
    faktorer = [[f"{nr}{varde}" for varde in range(antal)] for nr, antal in enumerate(storlekar)]
    rader = parvis(*faktorer)
    vantade = {(i, a, j, b) for i, j in combinations(range(len(faktorer)), 2) for a in faktorer[i] for b in faktorer[j]}
    assert alla_par(rader) == vantade
    assert all(rad[nr] in faktor for rad in rader for nr, faktor in enumerate(faktorer))


def test_two_large_factors_cost_their_product_and_the_small_ones_nothing() -> None:
    assert len(parvis(range(36), range(8), range(3), range(2), range(2))) == 36 * 8


def test_equal_factors_cost_little_more_than_two_of_them() -> None:
    assert len(parvis(*[range(3)] * 4)) <= 12
