"""A result in words: every number in it is one that the result shows, and the words are right Swedish."""

import re
from collections.abc import Callable
from fractions import Fraction

import pytest

from indikatorer.resultat import Resultat, Utvardering
from indikatorer.visning import skriv_tal
from tests.unit.indikatorer.provunderlag import Prov, csv_text, kalla

NB, MINUS = "\u00a0", "\u2212"
TAL = re.compile(rf"{MINUS}?\d[\d{NB}]*(?:,\d+)?")


def tal(text: str) -> set[str]:
    """The numbers in a text, without those that stand within a quotation."""
    return {t.strip(NB) for t in TAL.findall(re.sub("”(?:[^”]|””)*”", "", text))}


def visade_tal(r: Resultat) -> set[str]:
    """Every number that the result itself shows, and the distances between its figure and its limits."""
    delar = list((r.delar or {}).values())
    hela = [
        r.taljare,
        r.namnare,
        *(t for d in delar for t in (d.taljare, d.namnare)),
        *([sum(d.namnare for d in delar)] if delar else []),
    ]
    kanda = {skriv_tal(Fraction(t), 0 if Fraction(t).denominator == 1 else 2) for t in hela if t is not None}
    kanda |= {skriv_tal(d.varde, 0) for d in delar} | {skriv_tal(Fraction(t), 0) for t in r.intervall or ()}
    kanda |= tal(f"{r.visat} {r.gron.text if r.gron else ''} {r.gul.text if r.gul else ''}")
    visat = Fraction(next(iter(tal(r.visat)), "0").replace(NB, "").replace(",", ".").replace(MINUS, "-"))
    granser = [g for grans in (r.gron,) if grans is not None for g in (grans.lag, grans.hog) if g is not None]
    avstand = [abs(visat - g) for g in granser]
    return (
        kanda
        | {skriv_tal(a, d) for a in avstand for d in range(4) if (a * 10**d).denominator == 1}
        | {visat_utan_tecken(r)}
    )


def visat_utan_tecken(r: Resultat) -> str:
    return next(iter(tal(r.visat)), "").removeprefix(MINUS)


@pytest.mark.parametrize("skydd", ["umea_skyddat", "umea_oppet"])
def test_every_number_in_an_explanation_is_one_that_the_result_shows(
    skydd: str, request: pytest.FixtureRequest
) -> None:
    utvardering: Utvardering = request.getfixturevalue(skydd)
    okanda = {
        r.nummer: fel
        for ar in (utvardering, *utvardering.aldre)
        for r in ar.resultat()
        if (fel := tal(r.forklaring) - visade_tal(r))
    }
    assert okanda == {}


def test_the_explanations_of_the_example_are_those_that_were_read_aloud(
    umea_skyddat: Utvardering, umea_oppet: Utvardering, avskrift: Callable[[str, str], None]
) -> None:
    """The nine that protection hides stand twice: as they are shipped, and as they are without protection."""
    skrivna = [
        f"{r.nummer} {r.grupp or ''}".strip()
        + f"  {r.forklaring}"
        + (f"\n  oskyddat: {o.forklaring}" if o.forklaring != r.forklaring else "")
        for r, o in zip(umea_skyddat.resultat(), umea_oppet.resultat(), strict=True)
    ]
    assert len(skrivna) == 68
    avskrift("forklaringar.txt", "\n\n".join(skrivna) + "\n")


def forklaring(regel: str, nycklar: str, rader: str, typ: str = "register", minsta: int = 0, **falt: str) -> str:
    config = f'[indikator.x]\nregel = "{regel}"\nkalla = "k"\n{nycklar}\n' if regel != "skillnad" else nycklar
    skydd = "offentlig" if typ == "statistik" else "personer"
    svar = Prov(config, kalla("k", typ, skydd=skydd, **falt), {"k.csv": rader}).utvarderat(minsta).resultat()
    return svar[-1].forklaring


JA = 'fraga = "f"\nsvar = ["ja"]\n'


@pytest.mark.parametrize(
    ("ja", "nej", "granser", "vantat"),
    [
        (82, 18, 'gron = "minst 80 %"', "Målet är minst 80 %. 82 % är 2 procentenheter över målet."),
        (81, 19, 'gron = "minst 80 %"', "Målet är minst 80 %. 81 % är 1 procentenhet över målet."),
        (80, 20, 'gron = "minst 80 %"', "Målet är minst 80 %. 80 % är precis på målet."),
        (803, 197, 'gron = "minst 80 %"', "Målet är minst 80 %. 80 % är precis på målet."),
        (1999, 501, 'gron = "minst 80 %"', "Målet är minst 80 %. 79,96 % är 0,04 procentenheter under målet."),
        (78, 22, 'gron = "minst 79,5 %"', "Målet är minst 79,5 %. 78 % är 1,5 procentenheter under målet."),
        (78, 22, 'gron = "minst 79,55 %"', "Målet är minst 79,55 %. 78 % är 1,55 procentenheter under målet."),
        (15, 85, 'gron = "högst 20 %"', "Målet är högst 20 %. 15 % är 5 procentenheter under målet."),
        (21, 79, 'gron = "högst 20 %"', "Målet är högst 20 %. 21 % är 1 procentenhet över målet."),
        (
            72,
            28,
            'gron = "minst 80 %"\ngul = "minst 70 %"',
            "Målet är minst 80 %. 72 % är 8 procentenheter under målet. Gränsen för gult, minst 70 %, är nådd.",
        ),
        (72, 28, "", "Inget mål är beslutat, så signalen är grå."),
    ],
)
def test_the_distance_to_the_limit_adds_up_with_the_figure(ja: int, nej: int, granser: str, vantat: str) -> None:
    text = forklaring("andel", JA + granser, csv_text("f,antal", f"ja,{ja}", f"nej,{nej}"), f="ja_nej")
    borjan = f"{skriv_tal(ja, 0)} av {skriv_tal(ja + nej, 0)} hade ”Ja” i uppgiften ”Fråga f?”. "
    assert text.replace(NB, " ") == (borjan + vantat).replace(NB, " ")


def test_information_is_told_without_a_goal() -> None:
    text = forklaring("information", JA, csv_text("f,antal", "ja,1", "nej,0"), f="ja_nej")
    assert text == "1 av 1 hade ”Ja” i uppgiften ”Fråga f?”."


@pytest.mark.parametrize(
    ("kvinna", "man", "annat", "redovisa", "vantat"),
    [
        (50, 50, 0, "kvinna", "50 av 100 är kvinnor, 50 %. Målet är att både kvinnor och män är mellan 40 och 60 %. Båda ligger i zonen."),
        (39, 61, 0, "kvinna", "39 av 100 är kvinnor, 39 %. Målet är att både kvinnor och män är mellan 40 och 60 %. Det är 1 procentenhet utanför zonen."),
        (77, 123, 0, "kvinna", "77 av 200 är kvinnor, 39 %. Målet är att både kvinnor och män är mellan 40 och 60 %. Det är 1 procentenhet utanför zonen."),
        (20, 80, 0, "man", "80 av 100 är män, 80 %. Målet är att både kvinnor och män är mellan 40 och 60 %. Det är 20 procentenheter utanför zonen."),
        (41, 39, 20, "kvinna", "41 av 100 är kvinnor, 41 %. Målet är att både kvinnor och män är mellan 40 och 60 %. Det andra könet ligger utanför zonen."),
    ],
)  # fmt: skip
def test_the_zone_says_who_is_outside_it(kvinna: int, man: int, annat: int, redovisa: str, vantat: str) -> None:
    rader = csv_text("kon,antal", f"kvinna,{kvinna}", f"man,{man}", f"annat,{annat}")
    text = forklaring("konszon", f'redovisa = "{redovisa}"\ngron = "mellan 40 och 60 %"', rader)
    assert text.replace(NB, " ") == vantat


SKILLNAD = f'[indikator.a]\nregel = "andel"\nkalla = "k"\n{JA}\n[indikator.s]\nregel = "skillnad"\nav = "a"\ngron = "högst 20 procentenheter"\n'


@pytest.mark.parametrize(
    ("kvinna", "man", "vem"),
    [
        ((8, 10), (5, 10), "Kvinnorna ligger 30 procentenheter högre."),
        ((5, 10), (8, 10), "Männen ligger 30 procentenheter högre."),
        ((51, 100), (50, 100), "Kvinnorna ligger 1 procentenhet högre."),
        ((5, 10), (5, 10), "Det är ingen skillnad."),
        ((501, 1000), (500, 1000), "Kvinnorna ligger mindre än en procentenhet högre."),
    ],
)
def test_a_difference_says_who_is_ahead(kvinna: tuple[int, int], man: tuple[int, int], vem: str) -> None:
    rader = [f"{k},{s},{a}" for k, (t, n) in (("kvinna", kvinna), ("man", man)) for s, a in (("ja", t), ("nej", n - t))]
    text = forklaring("skillnad", SKILLNAD, csv_text("kon,f,antal", *rader), f="ja_nej").replace(NB, " ")
    assert f" {vem} Målet är en skillnad på högst 20 procentenheter." in text
    assert text.startswith(f"Kvinnor {skriv_tal(kvinna[0], 0)} av {skriv_tal(kvinna[1], 0)} (".replace(NB, " "))


def test_a_difference_that_too_few_answered_says_among_whom() -> None:
    rader = csv_text("kon,f", "kvinna,ja * 3", "man,ja * 30")
    text = forklaring("skillnad", SKILLNAD, rader, "enkat", 5, f="ja_nej")
    assert text == "Färre än fem av kvinnorna eller av männen har svarat. Då visas varken siffror eller signal."


@pytest.mark.parametrize(("antal", "signal"), [(1, "röd"), (1437, "grön")])
def test_a_count_is_told_with_its_signal(antal: int, signal: str) -> None:
    text = forklaring("antal", 'gron = "minst 30 per år"', csv_text("kon,antal", f"man,{antal}"))
    assert text == f"Antalet är {skriv_tal(antal, 0)}. Målet är minst 30 per år, så signalen är {signal}."


def test_a_quota_keeps_the_words_of_its_columns() -> None:
    nycklar = 'taljare = "utfallSEK"\nnamnare = "budget"\ngron = "minst 85 %"'
    text = forklaring("kvot", nycklar, csv_text("utfallSEK;budget", "900,50;1000"))
    assert text == f"UtfallSEK 900,50 delat med budget 1{NB}000 är 90{NB}%. Målet är minst 85 %, så signalen är grön."


@pytest.mark.parametrize(
    ("efter", "vantat"), [("9.9", "sjönk med 0,1"), ("10.7", "steg med 0,7"), ("10.0", "var oförändrad")]
)
def test_a_change_says_which_way(efter: str, vantat: str) -> None:
    text = forklaring(
        "forandring", 'gron = "lägre än året före"', csv_text("period,andel", "2019,10.0", f"2020,{efter}"), "statistik"
    )
    assert text.startswith(f"Andelen {vantat}")
    assert text.endswith("Målet är att den ska vara lägre än året före.")


@pytest.mark.parametrize(
    ("regel", "nycklar", "typ", "minsta", "vantat"),
    [
        ("information", JA, "register", 5, "Siffrorna visas inte, för de skulle kunna peka ut någon i en grupp på färre än fem."),
        ("andel", JA + 'gron = "minst 80 %"', "register", 5, "Siffrorna visas inte, för de skulle kunna peka ut någon i en grupp på färre än fem. Signalen är röd."),
        ("andel", JA, "enkat", 5, "Färre än fem har svarat. Då visas varken siffror eller signal."),
        ("andel", JA.replace('"ja"', '"nej"') + 'raknas_inte = ["ja", "nej"]', "enkat", 5, "Det finns inga svar eller uppgifter att räkna på, så detta är inte mätt."),
    ],
)  # fmt: skip
def test_a_missing_figure_has_its_reason_in_words(regel: str, nycklar: str, typ: str, minsta: int, vantat: str) -> None:
    assert forklaring(regel, nycklar, csv_text("f,antal", "ja,2", "nej,1"), typ, minsta, f="ja_nej") == vantat


def test_the_uncertainty_is_told_with_the_number_of_answers() -> None:
    rader = csv_text("f,antal", "ja,64", "nej,18")
    text = forklaring("andel", JA + 'gron = "minst 80 %"', rader, "enkat", f="ja_nej").replace(NB, " ")
    assert text.endswith(
        "78 % är 2 procentenheter under målet. Med 82 svar är osäkerheten 68–86 %, så signalen hade kunnat bli en annan av en slump."
    )
