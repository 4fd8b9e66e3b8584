"""Intervals against statsmodels, which computes them its own way. CONTRACT: plain Wilson and Newcombe, z = 1.959964."""

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from indikatorer.gransvarde import las_grans
from indikatorer.interval import Z, newcombe, wilson
from indikatorer.utfall import omfattar_grans
from tests.unit.indikatorer.provunderlag import Prov, csv_text, kalla

# statsmodels takes the quantile itself, 1.95996398…; six decimals of it move an end by less than this.
NARA = 1e-6


def test_the_quantile_is_the_one_the_contract_writes() -> None:
    assert Z == 1.959964


@pytest.mark.parametrize("n", [1, 2, 3, 5, 11, 23, 82, 104, 914, 10_000, 1_000_000])
def test_a_share_has_the_interval_of_wilson(n: int) -> None:
    for k in sorted({0, 1, n // 3, n // 2, n - 1, n}):
        vantat = [100 * float(t) for t in proportion_confint(k, n, alpha=0.05, method="wilson")]
        assert wilson(k, n) == pytest.approx(vantat, abs=NARA * 100, rel=NARA)


def test_the_interval_of_none_begins_at_nothing_and_of_all_ends_at_the_whole() -> None:
    for n in (1, 2, 7, 82, 100_000):
        assert wilson(0, n)[0] == 0.0
        assert wilson(n, n)[1] == 100.0
        assert 0 < wilson(0, n)[1] == pytest.approx(100 - wilson(n, n)[0])


MANGA = [(k, n) for n in (1, 2, 5, 37, 44, 300) for k in sorted({0, 1, n // 2, n - 1, n})]


@pytest.mark.parametrize("forsta", MANGA)
def test_a_difference_has_the_interval_of_newcombe(forsta: tuple[int, int]) -> None:
    for andra in MANGA:
        par = confint_proportions_2indep(
            *forsta, *andra, method="newcomb", compare="diff", alpha=0.05, correction=False
        )
        assert newcombe(forsta, andra) == pytest.approx([100 * float(t) for t in par], abs=NARA * 100)


def test_the_contract_example_has_its_interval_to_the_decimals_that_agree() -> None:
    """CONTRACT prints 67.94671281 to 85.63012921, "rounded in the example": plain Wilson differs from the third digit on."""
    assert wilson(64, 82) == pytest.approx((67.94671281, 85.63012921), abs=0.01)
    assert wilson(64, 82) == pytest.approx((67.9479456754, 85.6392144212), abs=1e-9)


@pytest.mark.parametrize(
    ("intervall", "fraser", "vantat"),
    [
        ((70.0, 90.0), ["minst 80 %"], True),
        ((80.0, 90.0), ["minst 80 %"], True),  # ends included
        ((70.0, 80.0), ["minst 80 %"], True),
        ((80.0000001, 90.0), ["minst 80 %"], False),
        ((30.0, 41.0), ["mellan 40 och 60 %"], True),
        ((55.0, 90.0), ["mellan 40 och 60 %"], True),
        ((45.0, 55.0), ["mellan 40 och 60 %"], False),
        ((69.0, 75.0), ["minst 80 %", "minst 70 %"], True),
        ((69.0, 75.0), [], False),
        (None, ["minst 80 %"], None),
    ],
)
def test_uncertain_is_an_interval_that_holds_a_limit(
    intervall: tuple[float, float] | None, fraser: list[str], vantat: bool | None
) -> None:
    assert omfattar_grans(intervall, *map(las_grans, fraser)) is vantat


CONFIG = """[indikator.a]
regel = "andel"
kalla = "k"
fraga = "f"
svar = ["ja"]
gron = "minst 80 %"
dela_upp = ["kon"]

[indikator.s]
regel = "skillnad"
av = "a"
gron = "högst 20 procentenheter"

[indikator.z]
regel = "konszon"
kalla = "k"
gron = "mellan 40 och 60 %"

[indikator.n]
regel = "nolltolerans"
kalla = "k"
fraga = "f"
svar = ["ja"]
gron = "samtliga"
"""
RADER = csv_text("f,kon", "ja,kvinna * 33", "nej,kvinna * 11", "ja,man * 30", "nej,man * 7", "ja,")


@pytest.mark.parametrize(("typ", "finns"), [("enkat", True), ("register", False)])
def test_only_surveys_have_intervals_and_nolltolerans_never(typ: str, finns: bool) -> None:
    a, s, z, n = Prov(CONFIG, kalla("k", typ, f="ja_nej"), {"k.csv": RADER}).alla()
    assert [r["intervall"] is not None for r in (a, s, z, n)] == [finns, finns, finns, False]
    assert [r["osaker"] for r in (a, s, z, n)] == ([True, True, True, None] if finns else [None] * 4)
    if finns:
        assert a["intervall"] == pytest.approx(wilson(64, 82))
        assert s["intervall"] == pytest.approx(newcombe((33, 44), (30, 37)))
        assert s["intervall"][0] < -20 < 20 > s["intervall"][1], "the limit stands on both sides of nought"
        assert z["intervall"] == pytest.approx(wilson(44, 81))
