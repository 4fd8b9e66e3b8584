"""English figures and explanations: the same digits as the Swedish, in the English way."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from bokslut import engelska, tal
from bokslut.forklaring_en import tvasprakig
from bokslut.sprak import engelsk
from indikatorer.gransvarde import Granstyp, las_grans
from indikatorer.resultat import FardigaOrd, Orsak, Resultat, Signal
from tests.unit.bokslut.conftest import DELAR, NB, andel, resultat, zon


@pytest.mark.parametrize(
    ("svenska", "engelsk_"),
    [
        (f"78{NB}%", "78%"),
        (f"0,6{NB}procentenheter", f"0.6{NB}percentage points"),
        (f"−1{NB}procentenhet", f"−1{NB}percentage point"),
        (f"1{NB}437", "1,437"),
        (f"1{NB}437{NB}000,25", "1,437,000.25"),
        (f"68–86{NB}%", "68–86%"),
        (f"−33{NB}till{NB}13{NB}procentenheter", f"−33 to 13{NB}percentage points"),
        ("minst 80 %", "at least 80%"),
        ("högst 2,5 %", "at most 2.5%"),
        ("mellan 40 och 60 %", "between 40 and 60%"),
        ("högst 20 procentenheter", "at most 20 percentage points"),
        ("högst 1 procentenhet", "at most 1 percentage point"),
        ("minst 4 per år", "at least 4 per year"),
        ("minst 4", "at least 4"),
        ("samtliga", "all"),
        ("lägre än året före", "lower than the year before"),
        ("färre än fem", "fewer than five"),
        ("saknas", "missing"),
        ("..", ".."),
        ("–", "–"),
        ("", ""),
    ],
)
def test_a_figure_or_a_limit_is_written_in_the_english_way(svenska: str, engelsk_: str) -> None:
    assert engelska.siffertext(svenska) == ((engelsk_, False),)


@pytest.mark.parametrize("svar", ["Ja, i stort sett", f"till 80{NB}% klart", "1 av 2"])
def test_what_is_no_figure_stays_swedish_and_is_told_as_such(svar: str) -> None:
    assert engelska.siffertext(svar) == ((svar, True),)


def test_every_limit_that_the_engine_can_say_has_its_english() -> None:
    skrivna = {t: t.value.replace("N", "7").replace("A", "4").replace("B", "6") for t in Granstyp if t != "svar"}
    for typ, text in skrivna.items():
        grans = las_grans(text)
        assert grans is not None, typ
        assert not any(svensk for _, svensk in engelska.siffertext(grans.text)), typ


def i_ord(r: Resultat) -> str:
    return engelsk().ren(tvasprakig(r)).replace(NB, " ")


def med(r: Resultat, forklaring: str, **falt: Any) -> Resultat:
    return replace(r, ord_=FardigaOrd("Mening.", forklaring), **falt)


@pytest.mark.parametrize(
    ("r", "mening"),
    [
        (
            med(
                andel("1", 64, 82, "78", intervall=(67.9, 85.6), osaker=True),
                "64 av 82 svarade ”Ja. Målet är nått.” på frågan ”Hur?”. Målet är minst 80 %.",
            ),
            "64 of 82: svarade ”Ja. Målet är nått.” på frågan ”Hur?”. The goal is at least 80%. "
            "78% is 2 percentage points below the goal. With 82 answers the uncertainty is 68–86%, so chance could "
            "have given another signal.",
        ),
        (
            med(andel("1", 66, 82, "80"), "66 av 82 svarade ”Ja”. Målet är minst 80 %."),
            "66 of 82: svarade ”Ja”. The goal",
        ),
        (
            med(zon("1", 415, 914, "45", Signal.GRON), "415 av 914 är kvinnor, 45 %."),
            "415 of 914 are women, 45%. The goal is that both women and men are between 40 and 60%. Both are within",
        ),
        (
            med(zon("1", 83, 104, "80", Signal.ROD), "83 av 104 är män, 80 %."),
            "83 of 104 are men, 80%. The goal is that both women and men are between 40 and 60%. "
            "That is 20 percentage points outside the zone.",
        ),
        (
            resultat("1", "skillnad", varde=Fraction(-7), visat=f"−7{NB}procentenheter", delar=DELAR),
            "Women: 33 of 44 (75%). Men: 31 of 38 (82%). The men are 7 percentage points higher.",
        ),
        (
            resultat("1", "forandring", varde=Fraction("-0.8"), visat=f"−0,8{NB}procentenheter"),
            "The share fell by 0.8 percentage points.",
        ),
        (
            resultat("1", "goda_exempel", varde=Fraction(3), visat="3", krav="minst 1", signal=Signal.GRON),
            "The number of good examples is 3. The goal is at least 1, so the signal is green.",
        ),
        (
            resultat(
                "1", "kvot", taljare=Fraction(3, 2), namnare=1200, varde=Fraction(1, 8), visat=f"0,1{NB}%", krav=None
            ),
            "1.50 divided by 1,200 is 0.1%.",
        ),
        (resultat("1", "nulage", visat="Ja, i stort", signal=Signal.GRON), "The latest answer is ”Ja, i stort”."),
        (
            resultat("1", "andel", orsak=Orsak.SKYDDAD, visat="..", signal=Signal.ROD),
            "The figures are not shown, since they could point out somebody in a group of few. The signal is red.",
        ),
        (
            med(resultat("1", "andel", orsak=Orsak.FOR_FA_SVAR, visat=".."), "Färre än sju har svarat."),
            "Fewer than seven answered. Then neither figures nor signal are shown.",
        ),
        (resultat("1", "andel", orsak=Orsak.INTE_MATT), "There are no answers or data to compute from"),
        (resultat("1", "andel", orsak=Orsak.FEL_I_DEFINITIONEN), "The indicator cannot be computed"),
    ],
)
def test_a_result_is_explained_in_english(r: Resultat, mening: str) -> None:
    assert i_ord(r).startswith(mening)


def test_what_the_board_decided_stays_in_its_words() -> None:
    r = med(andel("1", 64, 82, "78"), "64 av 82 svarade ”Ja” på frågan ”Hur?”. Målet är minst 80 %.")
    assert '<span lang="sv">svarade ”Ja” på frågan ”Hur?”</span>' in str(engelsk().html(tvasprakig(r)))


def test_no_figure_is_rounded_twice() -> None:
    assert engelsk().ren(tal.procent(Fraction(705, 10))) == "71%"
    assert engelsk().ren(tal.intervall((67.9, 85.6))) == "68–86%"
