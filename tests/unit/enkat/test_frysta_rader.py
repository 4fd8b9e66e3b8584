from collections.abc import Callable

import pytest

from enkat.frysning import underlagsfil
from enkat.frysning.frysta_rader import sla_ihop
from enkat.frysning.underlagsfil import UnderlagsfilFel
from enkat.store_bunt import OVRIGA


@pytest.mark.parametrize(
    ("antal", "ihop"),
    [
        ({"A": 9, "B": 7}, {}),
        ({"A": 9, "B": 3, "C": 3}, {"B": OVRIGA, "C": OVRIGA}),
        ({"A": 9, "B": 7, "C": 3}, {"B": OVRIGA, "C": OVRIGA}),  # one alone takes the smallest with it
        ({"A": 9, "B": 3}, {"A": "", "B": ""}),  # and when that is everybody, nobody has an enhet
        ({"A": 2, "B": 1}, {"A": "", "B": ""}),
        ({"A": 9, OVRIGA: 6, "B": 2}, {"B": OVRIGA}),
        ({"A": 9, OVRIGA: 2, "B": 8}, {OVRIGA: OVRIGA, "B": OVRIGA}),
        ({"": 12, "A": 8}, {}),
        ({"": 2, "A": 8, "B": 7}, {"": OVRIGA, "B": OVRIGA}),
        ({"": 11}, {}),
        ({}, {}),
    ],
)
def test_no_enhet_has_fewer_answers_than_the_smallest_group(antal: dict[str, int], ihop: dict[str, str]) -> None:
    assert sla_ihop(antal, 5) == {enhet: ihop.get(enhet, enhet) for enhet in antal}


def test_without_a_smallest_group_every_enhet_stays() -> None:
    assert sla_ihop({"A": 1, "B": 1}, 0) == {"A": "A", "B": "B"}


NYTT = """
[skala.j]
svar = ["ja"]
text = ["Ja"]
[kalla.b]
typ = "enkat"
fil = "b.parquet"
[kalla.b.fraga.q]
skala = "j"
"""


def test_a_new_kalla_joins_what_stands_there() -> None:
    forsta = underlagsfil.lagg_till("# min\nar = 2026\n\n[kalla.a]\nfil = 'a.csv' # kvar\n", NYTT)
    assert forsta.startswith("# min\nar = 2026\n\n[kalla.a]\nfil = 'a.csv' # kvar\n")
    assert underlagsfil.lagg_till(forsta, NYTT).count("[kalla.b]") == 1
    assert underlagsfil.har_kalla(forsta, "a")
    assert underlagsfil.har_kalla(forsta, "b")
    assert 'fil = "b.raknat.json"' in underlagsfil.byt_fil(forsta, "b", "b.raknat.json")


@pytest.mark.parametrize(
    "gor",
    [
        lambda fil: underlagsfil.lagg_till(fil, NYTT),
        lambda fil: underlagsfil.har_kalla(fil, "b"),
        lambda fil: underlagsfil.byt_fil(fil, "b", "b.raknat.json"),
    ],
)
def test_a_file_that_somebody_has_broken_is_told_and_not_written_over(gor: Callable[[str], object]) -> None:
    with pytest.raises(UnderlagsfilFel, match=r"underlag.toml kan inte läsas.*line 2"):
        gor("[kalla.a]\nfil = \n")


def test_a_scale_with_other_options_is_not_written_over() -> None:
    with pytest.raises(UnderlagsfilFel, match="”j”"):
        underlagsfil.lagg_till('[skala.j]\nsvar = ["nej"]\ntext = ["Nej"]\n', NYTT)
