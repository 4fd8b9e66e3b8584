"""The row of random table sets says what was hidden of them, and counts what can be found."""

from bench.rojande_slump import STORLEK, _atkomliga, farst, kor
from bench.slumptabeller import skydda, slumpa


def test_the_counts_are_of_all_table_sets_and_nothing_can_be_found() -> None:
    svar = kor(4)
    assert (svar["satser"], svar["losta"], svar["atkomliga"]) == (4, 4, 0)
    assert svar["skyddade"] > 20
    assert svar["minst"] <= svar["dolda"] <= svar["samst"] * svar["minst"]


def test_a_choice_that_is_not_proven_is_tried_by_a_new_attacker() -> None:
    sats = skydda(slumpa(0, *STORLEK))
    regler = frozenset(u.nyckel[1:] for u in sats.publicerat.uppgifter if u.maste)
    assert _atkomliga(sats._replace(bevisat=False)) == 0
    assert _atkomliga(sats._replace(bevisat=False, dolda=regler)) > 0


def test_the_fewest_is_never_more_than_what_was_hidden() -> None:
    for fro in range(3):
        sats = skydda(slumpa(fro, *STORLEK))
        minst = farst(sats)
        assert minst is not None
        assert minst <= len(sats.dolda)
