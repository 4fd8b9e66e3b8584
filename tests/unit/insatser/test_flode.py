from datetime import date

from insatser.arsunderlag import arstabell, som_csv, som_toml
from insatser.flode import build_flode, prova_aren, prova_registret, prova_underlaget
from insatser.sammanstalla import sammanstall
from insatser.store_rakna import Rorelse

# Three who were there: one woman left in March to work. Two came in March: a man left in April to studies.
RORELSER = [
    Rorelse(1, "kvinna", 0, 3, "arbete", 1),
    Rorelse(1, "kvinna", 0, 0, "", 2),
    Rorelse(1, "man", 3, 4, "studier", 1),
    Rorelse(1, "vill_inte_svara", 3, 0, "", 1),
]


def test_each_month_begins_where_the_last_ended() -> None:
    flode = build_flode(RORELSER)[1]
    assert (flode.ingaende, flode.nya, flode.avslutade, flode.pagaende, flode.deltagare) == (3, 2, 2, 3, 5)
    mars, april = flode.manader[2], flode.manader[3]
    assert (mars.ingaende, mars.kom, mars.slutade, mars.pagaende) == (3, 2, 1, 4)
    assert (april.ingaende, april.pagaende) == (4, 3)
    assert flode.manader[-1].pagaende == flode.pagaende
    assert flode.per_kon["kvinna"] == (3, 0, 1, 2)


def test_a_register_that_goes_together_has_no_conflict() -> None:
    fore, efter = {(1, "kvinna"): 3}, {(1, "kvinna"): 2, (1, "vill_inte_svara"): 1}
    assert list(prova_registret(build_flode(RORELSER), {1: "Nord"}, fore, efter)) == []


def test_a_count_that_does_not_is_told_with_both_figures() -> None:
    fore, efter = {(1, "kvinna"): 4}, {(1, "kvinna"): 2, (1, "vill_inte_svara"): 1}
    [konflikt] = prova_registret(build_flode(RORELSER), {1: "Nord"}, fore, efter)
    assert (konflikt.var, konflikt.vad, konflikt.antal_har, konflikt.antal_dar) == ("Nord, kvinna", "ingående", 3, 4)


def test_the_register_is_held_against_the_underlag_in_sums_genders_and_outcomes() -> None:
    tabell = arstabell(RORELSER, {1: "Nord"})
    assert list(prova_underlaget(tabell, tabell)) == []
    annan = dict(tabell)
    annan["Nord", "man", "ja", "ja", "arbete"] = annan.pop(("Nord", "man", "ja", "ja", "studier"))
    assert [(k.vad, k.skillnad) for k in prova_underlaget(tabell, annan)] == [
        ("till arbete", -1),
        ("till studier", 1),
    ]


def test_last_years_remaining_are_held_against_this_years_first() -> None:
    tabell = arstabell(RORELSER, {1: "Nord"})
    [konflikt] = prova_aren({("Nord", "man", "ja", "nej", ""): 4}, tabell, 2026)
    assert (konflikt.antal_har, konflikt.antal_dar, konflikt.har) == (4, 3, "underlaget 2025")


def test_the_years_table_is_written_as_the_engine_reads_it() -> None:
    tabell = arstabell(RORELSER, {1: "Nord"})
    assert som_csv(tabell).splitlines()[:3] == [
        "enhet,kon,ny,avslutad,utfall,antal",
        "Nord,kvinna,nej,ja,arbete,1",
        "Nord,kvinna,nej,nej,,2",
    ]
    assert "population_antal = 5" in som_toml(tabell, 2026, date(2026, 11, 22))


def test_all_insatser_together_are_the_sum_of_each() -> None:
    andra = [Rorelse(2, "man", 1, 0, "", 6)]
    alla = sammanstall({1: "Nord", 2: "Syd"}, build_flode([*RORELSER, *andra]), [*RORELSER, *andra], None)
    antal = {(s.insats, s.grupp): s.per_kon for s in alla}
    assert antal["Nord", "Alla under året"] == (3, 1, 0, 1)
    assert antal["Alla insatser", "Alla under året"] == (3, 7, 0, 1)
    assert antal["Alla insatser", "Positiv lösning"] == (1, 1, 0, 0)
