"""The attacker finds what can be found, and nothing that cannot; each case is small enough to count by hand."""

from collections.abc import Mapping, Sequence
from itertools import product

import pytest

from indikatorer.counts import Uttryck
from indikatorer.gransvarde import las_grans
from indikatorer.resultat import Signal
from indikatorer.skydd.angripare import Angripare
from indikatorer.skydd.publicerat import Publicerat, Samlare


def klausul(**koder: int) -> Uttryck:
    return tuple(((kolumn, frozenset({kod})),) for kolumn, kod in koder.items())


def tabell(antal: Mapping[tuple[int, ...], int], minsta: int = 5) -> tuple[Samlare, dict[tuple[int, ...], int]]:
    """Cells with all their margins, where code 0 is "all"; each is told on its own, and the small are protected."""
    samlare = Samlare(minsta)
    axlar = [range(max(c[nr] for c in antal) + 1) for nr in range(len(next(iter(antal))))]
    tal = {}
    for plats in product(*axlar):
        varde = sum(a for c, a in antal.items() if all(p in (0, k) for p, k in zip(plats, c, strict=True)))
        uttryck = klausul(**{f"k{nr}": kod for nr, kod in enumerate(plats) if kod})
        tal[plats] = samlare.tal(varde, uttryck)
        liten = 0 < varde < minsta
        samlare.uppgift(("cell", *map(str, plats)), (tal[plats],), 100, liten)
        if liten:
            samlare.skydda(tal[plats], ("cell", *map(str, plats)), "antal")
    return samlare, tal


def klar(samlare: Samlare, axlar: int) -> Publicerat:
    kolumner = [f"k{nr}" for nr in range(axlar)]
    return samlare.klar(None, kolumner, [(((k, frozenset({0})),),) for k in kolumner])


def dolda(p: Publicerat, *platser: Sequence[int]) -> set[int]:
    nycklar = {("cell", *map(str, plats)) for plats in platser}
    return {nr for nr, u in enumerate(p.uppgifter) if u.nyckel in nycklar}


def test_the_only_hidden_count_of_a_sum_is_found_exactly() -> None:
    samlare, tal = tabell({(1,): 3, (2,): 20, (3,): 30})
    (ned, upp) = Angripare(klar(samlare, 1)).granska(dolda(klar(samlare, 1), (1,)))[::-1]
    assert (upp.grans, ned.grans) == (3, 3)
    assert set(upp.av) <= set(tal.values()) - {tal[1,]}


RUTA = {(1, 1): 1, (1, 2): 2, (1, 3): 20, (2, 1): 20, (2, 2): 20, (2, 3): 20}


def test_four_hidden_in_a_square_pass_subtraction_and_are_found_all_the_same() -> None:
    """No sum has a single unknown; but the two hidden in the first row are three together, so none of them is five."""
    p = klar(tabell(RUTA)[0], 2)
    brister = Angripare(p).granska(dolda(p, (1, 1), (1, 2), (2, 1), (2, 2)))
    assert {b.grans for b in brister if b.hogsta} == {3}


def test_one_who_is_counted_knows_more_than_others() -> None:
    """1 and 4 are hidden of 5. Anybody can believe 5 and 0; one of the four cannot."""
    samlare, _ = tabell({(1,): 1, (2,): 4})
    p = klar(samlare, 1)
    (brist,) = Angripare(p).granska(dolda(p, (1,), (2,)))[:1]
    assert (brist.grans, brist.egen) == (4, p.uppgifter[2].tal[0])
    samlare, _ = tabell({(1,): 1, (2,): 5})
    p = klar(samlare, 1)
    assert Angripare(p).granska(dolda(p, (1,), (2,))) == []


def test_with_everything_hidden_nothing_is_found() -> None:
    p = klar(tabell(RUTA)[0], 2)
    assert Angripare(p).granska(range(len(p.uppgifter))) == []


@pytest.mark.parametrize(("signal", "hogsta"), [("minst 80 %", False), ("minst 20 %", True)])
def test_a_signal_beside_hidden_figures_is_known(signal: str, hogsta: bool) -> None:
    """Of 6 with a known base, 4 yes is red under 80 %, and green over 20 %: a reader can rule out 5, or 1."""
    grans = las_grans(signal)
    assert grans is not None
    samlare = Samlare(5)
    bas, traff = samlare.tal(6, ()), samlare.tal(4, klausul(f=1))
    samlare.uppgift(("resultat", "x", ""), (traff,), 1, True)
    samlare.alltid.add(bas)
    samlare.skydda(traff, ("resultat", "x", ""), "antal")
    assert Angripare(samlare.klar(None, (), ())).granska({0}) == []
    samlare.kvot(traff, bas, grans)
    brister = Angripare(samlare.klar(None, (), ())).granska({0})
    assert [(b.hogsta, b.grans) for b in brister] == [(True, 4) if not hogsta else (False, 2)]


def test_farre_an_fem_may_be_known_to_be_fewer_than_five_and_no_more() -> None:
    samlare = Samlare(5)
    ovriga = samlare.tal(1, klausul(f=1))
    samlare.uppgift(("resultat", "x", ""), (samlare.tal(60, ()),), 1, True)
    samlare.skydda(ovriga, ("resultat", "x", ""), "ovriga", sagt=True)
    samlare.mellan(ovriga, 1, 4)
    assert Angripare(samlare.klar(None, (), ())).granska({0}) == []
    samlare.mellan(ovriga, 1, 3)
    assert [b.grans for b in Angripare(samlare.klar(None, (), ())).granska({0})] == [3]


@pytest.mark.parametrize(("granser", "lagst"), [(20, []), (0, [False])])
def test_the_signal_of_a_difference_is_known(granser: int, lagst: list[bool]) -> None:
    """Ten women, ten men, and two yes of each. A difference of at most 0 points says that as many of each said yes."""
    grans = las_grans(f"högst {granser} procentenheter")
    assert grans is not None
    samlare = Samlare(5)
    fyra = [samlare.tal(n, klausul(kon=kon) + extra) for kon in (1, 2) for n, extra in ((2, klausul(f=1)), (10, ()))]
    samlare.uppgift(("resultat", "s", ""), (fyra[0], fyra[2]), 1, True)
    samlare.alltid |= {fyra[1], fyra[3], samlare.tal(4, klausul(f=1)), samlare.tal(20, ())}
    samlare.skydda(fyra[0], ("resultat", "s", ""), "antal")
    samlare.skillnad((fyra[0], fyra[1], fyra[2], fyra[3]), Signal.GRON, [grans], False)
    brister = Angripare(samlare.klar(None, ("kon",), ())).granska({0})
    # Four said yes, so five is out of reach whatever the signal; one is so only when both must be two.
    assert [b.hogsta for b in brister if not b.hogsta] == lagst


def test_that_people_are_whole_is_known_too() -> None:
    """a + b + d, b + c + d and a + c + d are six each, so d is even; and it is said to be five at most: so four."""
    samlare = Samlare(5)
    for koder in ({1, 2, 4}, {2, 3, 4}, {1, 3, 4}):
        samlare.alltid.add(samlare.tal(6, ((("f", frozenset(koder)),),)))
    d = samlare.tal(4, klausul(f=4))
    samlare.uppgift(("resultat", "d", ""), (d,), 1, True)
    samlare.skydda(d, ("resultat", "d", ""), "antal")
    fore = Angripare(samlare.klar(None, (), ())).granska({0})
    assert [b.hogsta for b in fore] == [False], "one of them knows that they are two or more"
    samlare.mellan(d, 0, 5)
    efter = Angripare(samlare.klar(None, (), ())).granska({0})
    assert (True, None) in [(b.hogsta, b.grans) for b in efter], "with fractions five is possible"
