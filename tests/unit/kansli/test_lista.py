"""Lists by their address: what is searched, sorted and paged, and that a made-up address shows a list all the same."""

from __future__ import annotations

import pytest

from kansli.lista import Kolumn, Lista, build_lista

KOLUMNER = (Kolumn[tuple[str, int | None]]("namn", "Namn", lambda r: r[0]), Kolumn("antal", "Antal", lambda r: r[1]))
RADER = [("Öckerö", 3), ("Arvika", None), ("Åre", 12), ("Zinkgruvan", 2), ("Ängelholm", 1)]


def lista(**fraga: str) -> Lista[tuple[str, int | None]]:
    return build_lista(RADER, KOLUMNER, fraga, per_sida=2 if "sida" in fraga else 50)


def test_names_sort_as_in_swedish() -> None:
    assert [n for n, _ in lista(sort="namn").rader] == ["Arvika", "Zinkgruvan", "Åre", "Ängelholm", "Öckerö"]


@pytest.mark.parametrize(("fallande", "forst"), [("", 1), ("1", 12)])
def test_what_is_missing_comes_last_whichever_way(fallande: str, forst: int) -> None:
    rader = lista(sort="antal", fallande=fallande).rader
    assert rader[0][1] == forst
    assert rader[-1] == ("Arvika", None)


def test_every_word_of_the_search_must_fit() -> None:
    assert [n for n, _ in lista(sok="ö 3").rader] == ["Öckerö"]
    assert lista(sok="finns inte").antal == 0
    assert lista(sok="finns inte").alla == 5


@pytest.mark.parametrize("sida", ["0", "-1", "99", "x", "1e9", "²"])
def test_a_made_up_page_is_a_page(sida: str) -> None:
    assert 1 <= lista(sida=sida).sida <= 3
    assert lista(sida=sida).rader


def test_an_unknown_column_leaves_the_order_as_it_was() -> None:
    assert list(lista(sort="__class__").rader) == RADER


def test_a_heading_turns_the_order_and_keeps_the_search() -> None:
    en = lista(sok="a", sort="namn")
    assert en.vand("namn") == {"sok": "a", "sort": "namn", "fallande": "1"}
    assert en.vand("antal") == {"sok": "a", "sort": "antal"}
    assert en.ordning("namn") == "ascending"
