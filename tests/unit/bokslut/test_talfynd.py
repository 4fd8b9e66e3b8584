"""What is a number in a Swedish text, and what is not."""

from fractions import Fraction

import pytest

from bokslut.text.talfynd import Slag, hitta_tal


def fynd(text: str) -> list[tuple[str, str, Fraction]]:
    return [(f.text, f.slag.value, f.varde) for f in hitta_tal(text, nummer=["3.1", "2.10", "5.15.c"])]


@pytest.mark.parametrize(
    ("text", "vantat"),
    [
        ("78 % svarade", [("78 %", "procent", Fraction(78))]),
        ("78\u00a0procent", [("78\u00a0procent", "procent", Fraction(78))]),
        ("åttio procent", [("åttio procent", "procent", Fraction(80))]),
        ("12,5 %", [("12,5 %", "procent", Fraction(25, 2))]),
        ("från 70 till 82 %", [("70", "procent", Fraction(70)), ("82 %", "procent", Fraction(82))]),
        ("40–60 procent", [("40", "procent", Fraction(40)), ("60 procent", "procent", Fraction(60))]),
        ("sex procentenheter", [("sex procentenheter", "procentenheter", Fraction(6))]),
        ("64 av 82", [("64 av 82", "del", Fraction(3200, 41))]),
        ("8 av 10", [("8 av 10", "del", Fraction(80))]),
        ("fem av de tolv", [("fem av de tolv", "del", Fraction(500, 12))]),
        ("två deltagare av tre", [("två deltagare av tre", "del", Fraction(200, 3))]),
        ("hälften", [("hälften", "del", Fraction(50))]),
        ("en tredjedel", [("en tredjedel", "del", Fraction(100, 3))]),
        ("tre fjärdedelar", [("tre fjärdedelar", "del", Fraction(75))]),
        ("var femte", [("var femte", "del", Fraction(20))]),
        ("varannan", [("varannan", "del", Fraction(50))]),
        ("dubbelt så många", [("dubbelt", "ganger", Fraction(2))]),
        ("har halverats", [("halverats", "ganger", Fraction(1, 2))]),
        ("1 437 deltagare", [("1 437", "antal", Fraction(1437))]),
        ("trettiotvå personer", [("trettiotvå", "antal", Fraction(32))]),
        ("ett tjugotal", [("tjugotal", "antal", Fraction(20))]),
        ("noll", [("noll", "antal", Fraction(0))]),
        ("bara en svarade", [("en", "antal", Fraction(1))]),
        ("ett enda svar", [("ett", "antal", Fraction(1))]),
        ("en av två", [("en av två", "del", Fraction(50))]),
        (
            "åttio procent av tvåhundra",
            [("åttio procent", "procent", Fraction(80)), ("tvåhundra", "antal", Fraction(200))],
        ),
        ("78procent", [("78procent", "procent", Fraction(78))]),
        ("2019 deltagare", [("2019", "antal", Fraction(2019))]),
    ],
)
def test_a_number_is_found_with_what_it_counts(text: str, vantat: list[tuple[str, str, Fraction]]) -> None:
    assert fynd(text) == vantat


@pytest.mark.parametrize(
    "text",
    [
        "År 2020, 2019–2020, 2020H1 och 1990-talet",
        "lagen (2003:1210), SFS 2003:1210 och prop. 2002/03:132",
        "styrelsen 2019-12-05 § 41 och 14 §§",
        "den 5 december 2019",
        "klockan 10.30 och kl. 9–12",
        "Se 3.1, 2.10 och 5.15.c.",
        "målområde 3, tabell 1, sida 14 och fråga 7",
        "COVID-19 och H1N1",
        "Ring 090-16 00 00 eller skriv till info2@exempel.se",
        "https://exempel.se/2020/78",
        "1. Först\n2. Sedan",
        "En bra idé och ett gott råd, och en del av det",
        "torg, sexig, treva, entreprenör, femte, tredje året, tior",
        "[läs mer](malomrade-3.html)",
    ],
)
def test_what_is_no_statement_is_let_be(text: str) -> None:
    assert fynd(text) == []


def test_a_number_is_found_where_it_stands_even_after_what_is_let_be() -> None:
    text = 'År 2020 {{ tal("3.1") }} och 81 %.'
    [f] = hitta_tal(text, [(8, 24)])
    assert (text[f.start : f.slut], f.slag) == ("81 %", Slag.PROCENT)


def test_a_nummer_that_no_indicator_has_is_a_number() -> None:
    assert [t for t, _, _ in fynd("enligt 3.9")] == ["3.9"]
