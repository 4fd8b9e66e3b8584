"""Enheter that are shown as one: in tables, splits and stories, and never so that one of them can be had after all."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from bench.slumptabeller import MINSTA, Cell, Rad, slumpa
from indikatorer import gallrat
from indikatorer.definition import las_definitioner
from indikatorer.evaluate import evaluate, rakna
from indikatorer.forberedelse import forbered
from indikatorer.resultat import Sammanslagen, Utvardering, som_json
from indikatorer.skydd.forslag import kandidater, prova, visat
from indikatorer.skydd.rojandevakt import skydda
from tests.unit.indikatorer.facit import Facit
from tests.unit.indikatorer.provunderlag import HUVUD, Prov, csv_text, kalla
from tests.unit.indikatorer.tabellprov import samband

IHOP = '[sla_ihop.ab]\nnamn = "A och B"\nenheter = ["A", "B"]\n\n'
REGISTER = "enhet,kon,ny,avslutad,utfall,antal"
# A's three women in work are too few to show; together with B's they are not.
RADER = (
    "A,kvinna,nej,ja,arbete,3",
    "A,man,nej,ja,arbete,9",
    "B,kvinna,nej,ja,arbete,20",
    "B,man,nej,ja,studier,8",
    "C,kvinna,nej,ja,arbete,30",
    "C,man,nej,ja,arbete,30",
)
SVAR = csv_text("enhet,f", "A,ja * 3", "A,nej * 4", "B,ja * 9", "C,ja * 2", "C,nej * 10", ",ja * 6")
ANDEL = '[indikator.x]\nregel = "andel"\nkalla = "k"\nfraga = "f"\nsvar = ["ja"]\ngron = "minst 50 %"\ndela_upp = ["enhet"]\n'


def register(*rader: str, ihop: str = IHOP, config: str = "") -> Prov:
    filer = {"r.csv": csv_text(REGISTER, *rader)}
    return Prov(config, kalla("r", "register", utfall="utfall"), filer, huvud=HUVUD + ihop)


def enkat(ihop: str = IHOP, urval: str = "") -> Prov:
    return Prov(ANDEL + urval, kalla("k", f="ja_nej"), {"k.csv": SVAR}, huvud=HUVUD + ihop)


def celler(u: Utvardering, utfall: str) -> dict[tuple[str, str], int | None]:
    return {(c.enhet or "", c.kon or ""): c.antal for c in u.tabeller if c.utfall == utfall}


def delar(u: Utvardering) -> dict[str, tuple[int | None, int | None]]:
    (resultat,) = u.resultat()
    return {d.del_: (d.taljare, d.namnare) for d in resultat.uppdelning}


# --- What is shown ---------------------------------------------------------------------------------------------------


def test_a_group_has_one_table_where_the_first_of_it_stood() -> None:
    u = skydda(register(*RADER).forberett(), 5)
    assert list(dict.fromkeys((c.tabell, c.enhet) for c in u.tabeller)) == [("1", None), ("2", "A och B"), ("3", "C")]
    assert celler(u, "arbete")["A och B", "kvinna"] == 23
    assert celler(u, "deltagare")["A och B", ""] == 40


def test_what_is_too_little_alone_is_shown_together() -> None:
    var_for_sig = skydda(register(*RADER, ihop="").forberett(), 5)
    assert celler(var_for_sig, "arbete")["A", "kvinna"] is None
    tillsammans = skydda(register(*RADER).forberett(), 5)
    assert tillsammans.intyg is not None
    assert tillsammans.intyg.haller
    assert tillsammans.intyg.dolda_celler < (var_for_sig.intyg.dolda_celler if var_for_sig.intyg else 0)


@pytest.mark.parametrize("minsta", [0, 1])
def test_without_protection_each_enhet_stands_on_its_own(minsta: int) -> None:
    med, utan = (evaluate(register(*RADER, ihop=ihop).forberett(), minsta) for ihop in (IHOP, ""))
    assert som_json(med) == som_json(utan)
    assert [c.enhet for c in med.tabeller if (c.utfall, c.kon) == ("nya", None)] == [None, "A", "B", "C"]
    assert med.sammanslagna == ()


def test_a_split_adds_the_group_up_and_keeps_the_rest_apart() -> None:
    assert delar(enkat(ihop="").utvarderat(5)) == {"A": (3, 7), "B": (9, 9), "C": (2, 12)}
    u = enkat().utvarderat(5)
    assert delar(u) == {"A och B": (12, 16), "C": (2, 12)}
    assert u.resultat()[0].namnare == 34


def test_readers_and_programs_are_told_who_stands_together() -> None:
    u = enkat().utvarderat(5)
    assert u.sammanslagna == (Sammanslagen("A och B", ("A", "B")),)
    assert som_json(u)["sammanslagna"] == [{"namn": "A och B", "enheter": ["A", "B"]}]
    assert "sammanslagna" not in som_json(enkat(ihop="").utvarderat(5))


def test_earlier_years_are_put_together_in_the_same_way() -> None:
    nu = enkat()
    prov = Prov(nu.config, nu.kallor, nu.filer, huvud=nu.huvud, fore=Prov("", nu.kallor, nu.filer))
    (fore,) = skydda(prov.forberett(), 5).aldre
    assert delar(fore) == {"A och B": (12, 16), "C": (2, 12)}


def test_a_story_names_the_enhet_as_the_figures_do() -> None:
    text = '+++\ntitel = "T"\nindikator = "x"\nenhet = "B"\nsamtycke = true\ngranskad_av = "E"\npublicerad = true\n+++\nHej.'
    config = '[indikator.x]\nregel = "goda_exempel"\nkalla = "b"\ngron = "minst 1"\n'
    filer = {"b": {"ett.md": text.encode()}, "k.csv": SVAR}
    kallor = kalla("b", "berattelser", skydd="offentlig") + kalla("k", f="ja_nej")
    prov = Prov(config, kallor, filer, huvud=HUVUD + IHOP)
    assert [b.enhet for b in prov.utvarderat(5).berattelser] == ["A och B"]
    assert [b.enhet for b in prov.utvarderat(0).berattelser] == ["B"]


@pytest.mark.parametrize("minsta", [0, 5])
@pytest.mark.parametrize(("namn", "antal"), [('"A och B"', 40), ('"A", "B"', 40), ('"B"', 28)])
def test_an_urval_may_name_a_group_or_one_in_it(namn: str, antal: int, minsta: int) -> None:
    config = f'[indikator.y]\nregel = "antal"\nkalla = "r"\nurval = {{ enhet = [{namn}] }}\ngron = "minst 30"\n'
    u = evaluate(register(*RADER, config=config).forberett(), minsta)
    assert u.resultat()[0].taljare == antal


def test_an_indicator_about_one_of_them_is_part_of_what_the_attacker_knows() -> None:
    """B in work is told; were A and B in work told too, A's few would be had by subtraction."""
    config = '[indikator.y]\nregel = "antal"\nkalla = "r"\nurval = { enhet = ["B"], utfall = ["arbete"] }\n'
    rader = ("A,kvinna,nej,ja,arbete,3", *RADER[2:])
    u = skydda(register(*rader, config=config).forberett(), 5)
    assert u.intyg is not None
    assert u.intyg.haller
    assert u.resultat()[0].taljare is None or celler(u, "arbete")["A och B", ""] is None


# --- Versions that put together otherwise ----------------------------------------------------------------------------


def rattad(forst: str, sedan: str) -> Utvardering:
    forsta = skydda(register(*RADER, ihop=forst).forberett(), 5)
    return skydda(register(*RADER, ihop=sedan).forberett(), 5, tidigare=[som_json(forsta)])


def kanda(dokument: dict[str, Any], utfall: str, kon: str) -> dict[str, int]:
    return {
        c["enhet"] or "": c["antal"]
        for c in dokument["tabeller"]
        if (c["utfall"], c["kon"]) == (utfall, kon) and c["antal"] is not None
    }


def test_a_correction_that_puts_together_does_not_give_back_what_was_hidden() -> None:
    """Version 1 told B's women; with "A och B" in version 2 A's three would be had by subtraction."""
    forsta = kanda(som_json(skydda(register(*RADER, ihop="").forberett(), 5)), "arbete", "kvinna")
    assert set(forsta) >= {"B"}
    assert "A" not in forsta
    andra = rattad("", IHOP)
    assert andra.intyg is not None
    assert andra.intyg.haller
    nu = kanda(som_json(andra), "arbete", "kvinna")
    assert not ("B" in forsta and "A och B" in nu)


def test_nor_does_one_that_takes_apart() -> None:
    """Version 1 told "A och B"; with B in version 2 A's three would be had by subtraction."""
    andra = rattad(IHOP, "")
    assert andra.intyg is not None
    assert andra.intyg.haller
    nu = kanda(som_json(andra), "arbete", "kvinna")
    assert "B" not in nu


def test_what_a_split_told_of_enheter_is_remembered_too() -> None:
    """Version 1 told A and B together, version 2 would tell B: what is left is A's three."""
    svar = csv_text("enhet,f", "A,ja * 3", "B,ja * 9", "C,ja * 20", "D,nej * 20")
    forst, sedan = (
        Prov(ANDEL, kalla("k", f="ja_nej"), {"k.csv": svar}, huvud=HUVUD + ihop).forberett()
        for ihop in (IHOP, IHOP.replace('"B"]', '"C", "D"]'))
    )
    forsta = skydda(forst, 5)
    assert delar(forsta) == {"A och B": (12, 12), "C": (20, 20), "D": (0, 20)}
    assert delar(skydda(sedan, 5)) == {"A och B": (23, 43), "B": (9, 9)}
    andra = skydda(sedan, 5, tidigare=[som_json(forsta)])
    assert andra.intyg is not None
    assert andra.intyg.haller
    assert delar(andra) == {"A och B": (None, None), "B": (None, None)}


# --- Rows that have been disposed of ----------------------------------------------------------------------------------


@pytest.mark.parametrize("urval", ["", 'urval = { enhet = ["A och B"] }\n'])
@pytest.mark.parametrize("minsta", [0, 5])
def test_a_survey_without_its_rows_gives_the_same(urval: str, minsta: int) -> None:
    prov = enkat(urval=urval)
    kvar = gallrat.las("k", gallrat.skriv(rakna(prov.forberett()), "k"))
    gallrad = Prov(prov.config, prov.kallor, {"k.csv": kvar}, huvud=prov.huvud)
    assert som_json(gallrad.utvarderat(minsta)) == som_json(prov.utvarderat(minsta))
    assert som_json(skydda(gallrad.forberett(), minsta)) == som_json(skydda(prov.forberett(), minsta))


def test_what_was_kept_before_enheter_were_put_together_is_enough() -> None:
    kvar = gallrat.las("k", gallrat.skriv(rakna(enkat(ihop="").forberett()), "k"))
    senare = Prov(ANDEL, kalla("k", f="ja_nej"), {"k.csv": kvar}, huvud=HUVUD + IHOP)
    assert delar(senare.utvarderat(5)) == {"A och B": (12, 16), "C": (2, 12)}


# --- What may be written ----------------------------------------------------------------------------------------------


def fel(ihop: str) -> Iterator[str]:
    prov = enkat()
    definitioner, lasfel = las_definitioner("indicators.toml", (HUVUD + ihop).encode())
    assert definitioner is not None
    yield from (str(d) for d in forbered(definitioner, prov.underlag(), lasfel).diagnoser)


@pytest.mark.parametrize(
    ("ihop", "kod", "text"),
    [
        ('namn = "X"\nenheter = ["A", "Bb"]', "okand-enhet", "”Bb” är ingen enhet som finns."),
        ('namn = "X"\nenheter = ["A"]', "fel-antal-varden", "har 1 värde men ska ha minst 2"),
        ('namn = "X"\nenheter = ["A", "A"]', "enhet-i-tva-grupper", "står två gånger i samma grupp"),
        ('namn = "C"\nenheter = ["A", "B"]', "upptaget-namn", "”C” är namnet på en enhet"),
        ('namn = "A"\nenheter = ["A", "B"]', "upptaget-namn", "”A” är namnet på en enhet"),
        ('namn = ""\nenheter = ["A", "B"]', "tomt-varde", "ska ha ett innehåll"),
        ('namn = "X"\nenhet = ["A", "B"]', "okand-nyckel", "Menade du ”enheter”?"),
        ('enheter = ["A", "B"]', "saknad-nyckel", "ska ha nyckeln ”namn”"),
    ],
)
def test_what_makes_no_group_is_told(ihop: str, kod: str, text: str) -> None:
    (enda,) = fel(f"[sla_ihop.g]\n{ihop}\n")
    assert f" {kod} " in enda
    assert text in enda


def test_two_groups_share_neither_enhet_nor_name() -> None:
    tva = IHOP + '[sla_ihop.bc]\nnamn = "A och B"\nenheter = ["B", "C"]\n'
    forsta, andra = fel(tva)
    assert "enhet-i-tva-grupper ”B” är redan med i ”sla_ihop.ab”." in andra
    assert "upptaget-namn ”A och B” heter redan ”sla_ihop.ab”." in forsta


# --- Advice -----------------------------------------------------------------------------------------------------------


def test_small_enheter_are_tried_first_and_those_that_begin_alike_but_never_all() -> None:
    rader = [f"{e},kvinna,nej,ja,arbete,{n}" for e, n in (("Team A", 9), ("Team B", 40), ("Torget", 6), ("Öppet", 7))]
    assert kandidater(register(*rader, ihop="").forberett(), 5) == (
        ("Torget", "Öppet"),
        ("Team A", "Torget"),
        ("Team A", "Öppet"),
        ("Team A", "Team B"),
        ("Team A", "Torget", "Öppet"),
    )


def test_enheter_that_stand_together_already_are_left_so() -> None:
    rader = (*RADER, "D,kvinna,nej,ja,arbete,7", "E,kvinna,nej,ja,arbete,8")
    assert all(not {"A", "B", "A och B"} & set(g) for g in kandidater(register(*rader).forberett(), 5))
    assert ("D", "E") in kandidater(register(*rader).forberett(), 5)


def test_what_a_try_tells_is_what_the_config_would_give() -> None:
    utan = register(*RADER, ihop="").forberett()
    fore = visat(utan, 5)
    p = prova(utan, ("A", "B"), fore, 5)
    u = skydda(register(*RADER).forberett(), 5)
    assert u.intyg is not None
    assert p.efter.antal("cell") == (u.intyg.celler - u.intyg.dolda_celler, u.intyg.celler)
    assert p.egna == sum(c.antal is not None for c in skydda(utan, 5).tabeller if c.enhet in ("A", "B"))
    assert p.vunna > 0


def test_a_try_changes_nothing_of_what_it_tries() -> None:
    utan = register(*RADER, ihop="").forberett()
    fore = som_json(skydda(utan, 5))
    prova(utan, ("A", "B"), visat(utan, 5), 5)
    assert som_json(skydda(utan, 5)) == fore


# --- A second opinion ---------------------------------------------------------------------------------------------------


def som_prov(rader: list[Rad], ihop: bool) -> Prov:
    grupp = '[sla_ihop.g]\nnamn = "Ihop"\nenheter = ["Enhet 0", "Enhet 1"]\n\n' if ihop else ""
    return register(*(",".join(map(str, rad)) for rad in rader), ihop=grupp)


def med_gruppen(antal: dict[Cell, int]) -> Facit:
    """All that a reader of both versions knows: the cells of each enhet, those of the group, and how they add up."""
    grunden, minst = samband(dict(antal))
    ihop = {("Ihop", r, k): antal["Enhet 0", r, k] + antal["Enhet 1", r, k] for e, r, k in antal if not e}
    alla = antal | ihop
    summor = [[cell, ("Enhet 0", *cell[1:]), ("Enhet 1", *cell[1:])] for cell in ihop]
    return Facit(alla, [*grunden, *summor], minst)


def sedda(u: Utvardering) -> set[Cell]:
    return {(c.enhet or "", c.utfall, c.kon or "") for c in u.tabeller if c.antal is not None}


@pytest.mark.parametrize("forst_ihop", [False, True])
@pytest.mark.parametrize("fro", range(4))
def test_both_versions_together_tell_of_no_few_by_a_second_opinion(fro: int, forst_ihop: bool) -> None:
    rader = slumpa(fro, 3, 1)
    forst, sedan = (som_prov(rader, ihop).forberett() for ihop in (forst_ihop, not forst_ihop))
    forsta = skydda(forst, MINSTA)
    andra = skydda(sedan, MINSTA, tidigare=[som_json(forsta)])
    assert andra.intyg is not None
    assert andra.intyg.haller
    oppet = evaluate(som_prov(rader, False).forberett(), 0)
    antal = {(c.enhet or "", c.utfall, c.kon or ""): int(c.antal or 0) for c in oppet.tabeller}
    svar = med_gruppen(antal)
    dolda = set(svar.antal) - sedda(forsta) - sedda(andra)
    sma = [{cell: 1} for cell, n in antal.items() if 0 < n < MINSTA]
    for vad in Random(fro).sample(sma, min(6, len(sma))):
        assert svar.sakert(vad, dolda, MINSTA), vad
