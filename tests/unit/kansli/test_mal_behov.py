"""How many answers a signal needs is what the interval itself says, one answer earlier and one later."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

import pytest

from indikatorer.gransvarde import Grans, las_grans
from indikatorer.interval import newcombe, wilson
from indikatorer.resultat import Del, FardigaOrd, Resultat, Signal
from indikatorer.utfall import omfattar_grans
from kansli.mal.behov import behov, svar_for_andel


def grans(fras: str) -> Grans:
    las = las_grans(fras)
    assert las is not None
    return las


def resultat(**val: object) -> Resultat:
    grund = {
        "id": "x",
        "nummer": None,
        "grupp": None,
        "regel": "andel",
        "titel": "X",
        "taljare": 64,
        "namnare": 82,
        "visat": "78 %",
    }
    grund |= {
        "krav": "",
        "gron": grans("minst 80 %"),
        "gul": None,
        "signal": Signal.ROD,
        "orsak": None,
        "ord_": FardigaOrd("", ""),
    }
    return Resultat(**(grund | {"varde": Fraction(6400, 82), "intervall": wilson(64, 82)} | val))  # type: ignore[arg-type]


def osaker(p: Fraction, n: int, *granser: Grans) -> bool | None:
    """What the engine would say of the share p among n, where p·n need not be whole."""
    return omfattar_grans(wilson(float(p / 100 * n), n), *granser)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("procent", "fras"),
    [
        ("78.05", "minst 80 %"),
        ("85", "minst 80 %"),
        ("50", "minst 80 %"),
        ("3", "högst 10 %"),
        ("58", "mellan 40 och 60 %"),
        ("99.5", "minst 99 %"),
        ("33", "minst 32,5 %"),
    ],
)
def test_the_number_is_the_first_at_which_the_interval_leaves_the_limit(procent: str, fras: str) -> None:
    p, g = Fraction(procent), grans(fras)
    n = svar_for_andel(p, [g])
    assert n is not None
    assert not osaker(p, n, g)
    assert n == 1 or osaker(p, n - 1, g)


def test_yellow_counts_too() -> None:
    p, gron, gul = Fraction(71), grans("minst 80 %"), grans("minst 70 %")
    n = svar_for_andel(p, [gron, gul])
    assert n == svar_for_andel(p, [gul])
    assert n is not None
    assert n > (svar_for_andel(p, [gron]) or 0)


@pytest.mark.parametrize("procent", ["80", "80.001"])
def test_a_share_at_its_limit_can_never_be_told_from_it(procent: str) -> None:
    assert svar_for_andel(Fraction(procent), [grans("minst 80 %")]) is None


def test_a_result_tells_what_it_has_and_what_it_needs() -> None:
    b = behov(resultat())
    assert b is not None
    assert (b.har, b.behovs, b.racker()) == (82, 1615, False)
    # Without an interval, or a limit, there is nothing to be uncertain of.
    assert behov(resultat(intervall=None)) is None
    assert behov(resultat(gron=None)) is None


def test_a_difference_needs_as_many_as_newcombes_interval_says() -> None:
    delar = {"kvinna": Del(15, 20, Fraction(75)), "man": Del(8, 16, Fraction(50))}
    gron = grans("högst 20 procentenheter")
    b = behov(resultat(regel="skillnad", taljare=None, namnare=None, varde=Fraction(25), gron=gron, delar=delar))
    assert b is not None
    assert b.behovs is not None
    ganger = ceil(b.behovs / 36)
    storre = newcombe((15 * ganger, 20 * ganger), (8 * ganger, 16 * ganger))
    assert not omfattar_grans(storre, gron)
    mindre = newcombe((15 * (ganger - 2), 20 * (ganger - 2)), (8 * (ganger - 2), 16 * (ganger - 2)))
    assert omfattar_grans(mindre, gron)
    assert b.har == 36
