"""Helårsekvivalenter: shares of whole periods, and the traps of the source."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from typing import Any

import pytest

from insatser.helarsekvivalenter import Manadstabell, Omrade, las_manader, perioder, rakna, som_csv, som_toml
from insatser.pxweb import PxwebFel, las_kub
from tests.scbprov import manader, som_byte, svar

UMEA, VANNAS, RIKET = Omrade("Umeå", ("2480",)), Omrade("Vännäs", ("2460",)), Omrade("Riket", ("00",))
BADA = Omrade("Båda", ("2480", "2460"))


def tabell(**val: Any) -> Manadstabell:
    return las_manader(las_kub(som_byte(svar(**val))), "20-64")


def test_a_year_is_all_people_over_all_inhabitants() -> None:
    t = tabell()
    assert [t.andel(o, 2019, "").andel for o in (UMEA, VANNAS, RIKET)] == [Decimal(x) for x in ("10.3", "14.1", "12.7")]
    assert str(t.andel(UMEA, 2020, "").andel) == "9.8"
    # (80 000 × 10,3 + 5 000 × 14,1) / 85 000 = 10,52…, and the mean of the two shares would be 12,2
    assert t.andel(BADA, 2019, "").andel == Decimal("10.5")


def test_a_year_is_the_mean_of_its_months() -> None:
    t = tabell(andra=lambda _k, _a, m, v, tal: tal * 2 if v.startswith("Summa") and m <= 6 else tal)
    assert t.andel(UMEA, 2019, "").andel == Decimal("15.5"), "10,3 % × 1,5 = 15,45 %, half up"
    assert t.andel(UMEA, 2019, "H1").andel == Decimal("20.6")


@pytest.mark.parametrize(
    ("vad", "blev", "sagt"),
    [
        ("Ekonomiskt bistånd", 0.0, "ekonomiskt bistånd är noll i mars, vilket betyder att det saknas"),
        ("Ekonomiskt bistånd", None, "uppgift saknas för mars"),
        ("Summa helårsekvivalenter", None, "uppgift saknas för mars"),
        ("Summa helårsekvivalenter", 0.0, "uppgift saknas för mars"),
        ("Folkmängd", 0.0, "uppgift saknas för mars"),
    ],
)
def test_a_month_that_is_missing_makes_its_period_missing_and_no_other(vad: str, blev: float | None, sagt: str) -> None:
    def andra(kommun: str, ar: int, manad: int, v: str, tal: float) -> float | None:
        return blev if (kommun, ar, manad, v) == ("2460", 2020, 3, vad) else tal

    t = tabell(andra=andra)
    for omrade, vem in ((VANNAS, ""), (BADA, "Vännäs: ")):
        for del_ in ("", "H1"):
            saknad = t.andel(omrade, 2020, del_)
            assert (saknad.andel, saknad.varfor) == (None, vem + sagt)
    assert t.andel(VANNAS, 2019, "").andel == Decimal("14.1")
    assert t.andel(UMEA, 2020, "").andel == Decimal("9.8")


def test_one_gender_that_is_zero_is_a_figure() -> None:
    ra = svar()
    antal = len(manader(2019, 2020))
    bistand = ra["size"][3] * antal
    for kommun in range(3):
        start = kommun * 2 * bistand + antal
        ra["value"][start : start + antal] = [0] * antal  # the men of each kommun
    t = las_manader(las_kub(som_byte(ra)), "20-64")
    assert t.andel(VANNAS, 2020, "").andel == Decimal("13.6")


def test_months_are_told_in_words() -> None:
    t = tabell(tider=manader(2019, 2020, sista=9))
    assert t.andel(UMEA, 2020, "").varfor == "uppgift saknas för oktober–december"
    t = tabell(andra=lambda _k, a, m, _v, tal: None if a == 2020 and m in (2, 5) else tal)
    assert t.andel(UMEA, 2020, "").varfor == "uppgift saknas för februari och maj"


@pytest.mark.parametrize(
    ("sista", "vantat"), [(12, ("2019", "2020")), (11, ("2019H1", "2020H1")), (3, ("2019H1", "2020H1"))]
)
def test_the_periods_that_compare_are_of_one_kind(sista: int, vantat: tuple[str, str]) -> None:
    assert perioder(tabell(tider=manader(2018, 2020, sista)), 2020) == vantat


def test_months_where_nobody_has_told_of_ekonomiskt_bistand_are_not_out_yet() -> None:
    t = tabell(andra=lambda _k, a, m, v, tal: 0 if v == "Ekonomiskt bistånd" and a == 2020 and m > 8 else tal)
    assert perioder(t, 2020) == ("2019H1", "2020H1")


def test_the_table_has_whole_years_and_halves_only_where_they_compare() -> None:
    hela = rakna(tabell(tider=manader(2017, 2020)), [UMEA], 2020)
    assert [a.period for a in hela] == ["2017", "2018", "2019", "2020"]
    halva = rakna(tabell(tider=manader(2017, 2020, sista=7)), [UMEA], 2020)
    assert [a.period for a in halva] == ["2017", "2018", "2019", "2019H1", "2020H1"]
    senare = rakna(tabell(tider=manader(2017, 2021)), [UMEA], 2020)
    assert [a.period for a in senare] == ["2017", "2018", "2019", "2020"], "what comes after the year is not its own"


def test_the_table_is_written_as_an_underlag_has_it() -> None:
    t = tabell(andra=lambda k, a, m, _v, tal: None if (k, a, m) == ("2460", 2020, 1) else tal)
    andelar = rakna(t, [VANNAS, BADA], 2020)
    assert som_csv(andelar).splitlines() == [
        "kommun,kommunkod,period,andel,status",
        "Vännäs,2460,2019,14.1,saker",
        "Vännäs,2460,2020,,saknas",
        "Båda,,2019,10.5,saker",
        "Båda,,2020,,saknas",
    ]
    beskrivning = tomllib.loads(som_toml(andelar, t.aldersgrupp, "x.csv", "2021-02-20"))["kalla"]["helarsekvivalenter"]
    assert beskrivning["period"] == "2019–2020"
    assert beskrivning["population"] == "befolkningen 20–64 år"


def test_a_kommun_that_is_not_in_the_table_is_told() -> None:
    assert tabell().andel(Omrade("x", ("9999",)), 2020, "").varfor == "kommunen finns inte i tabellen"


def utan(sida: str, kod: str) -> dict[str, Any]:
    """The answer without a category."""
    ra = svar()
    nummer, kategori = ra["id"].index(sida), ra["dimension"][sida]["category"]
    plats = kategori["index"].pop(kod)
    kategori["index"] = {k: n for n, k in enumerate(kategori["index"])}
    block = 1
    for storlek in ra["size"][nummer + 1 :]:
        block *= storlek
    varv = block * ra["size"][nummer]
    ra["value"] = [v for n, v in enumerate(ra["value"]) if not plats * block <= n % varv < (plats + 1) * block]
    ra["size"][nummer] -= 1
    return ra


@pytest.mark.parametrize(
    ("ra", "sagt"),
    [
        (utan("ContentsCode", "A5"), "ekonomiskt bistånd"),
        (utan("ContentsCode", "A7"), "summa"),
        (utan("ContentsCode", "A8"), "folkmängd"),
        (utan("Kon", "1"), "ena könet"),
    ],
    ids=["bistand", "summa", "folk", "kon"],
)
def test_a_table_without_what_tells_what_is_missing_is_refused(ra: dict[str, Any], sagt: str) -> None:
    with pytest.raises(PxwebFel, match=sagt):
        las_manader(las_kub(som_byte(ra)), "20-64")


def test_another_age_group_is_not_taken_for_the_goals_own() -> None:
    with pytest.raises(PxwebFel, match="målen gäller 20-65"):
        las_manader(las_kub(som_byte(svar())), "20-65")


def test_a_table_of_years_is_refused() -> None:
    ra = svar(tider=["2019M01"])
    ra["dimension"]["Tid"]["category"] = {"index": ["2019"]}
    with pytest.raises(PxwebFel, match="ingen månad"):
        las_manader(las_kub(som_byte(ra)), "20-64")


def test_the_total_of_both_genders_is_taken_where_it_is() -> None:
    ra = svar()
    ra["dimension"]["Kon"]["category"]["label"] = {"1": "män", "2": "män och kvinnor totalt"}
    t = las_manader(las_kub(som_byte(ra)), "20-64")
    assert t.celler["2480", 2019, 1][1] == 40_000
