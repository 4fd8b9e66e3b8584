"""The parser of live figures: exactly the calls there are, and everything else in braces a fault."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bokslut.text.textanrop import ANROP, las_anrop, skriv_anrop


@pytest.mark.parametrize(
    ("text", "namn", "argument"),
    [
        ('{{ tal("3.1") }}', "tal", ("3.1",)),
        ('{{tal("3.1")}}', "tal", ("3.1",)),
        ('{{ tal( "2.1" , "styrelseenkat" ) }}', "tal", ("2.1", "styrelseenkat")),
        ('{{ eget("1 437", "källa: s. 8") }}', "eget", ("1 437", "källa: s. 8")),
        ('{{ antal_ord("5.4") }}', "antal_ord", ("5.4",)),
    ],
)
def test_a_call_is_read_with_its_place(text: str, namn: str, argument: tuple[str, ...]) -> None:
    [anrop], fel = las_anrop("forord.md", f"Före {text} efter")
    assert not fel
    assert (anrop.namn, anrop.argument, anrop.start, anrop.slut) == (namn, argument, 5, 5 + len(text))


@pytest.mark.parametrize(
    ("text", "kod", "menade"),
    [
        ("{{ tal('3.1') }}", "fel-i-klammer", '{{ tal("3.1") }}'),
        ("{{ tal(”3.1”) }}", "fel-i-klammer", '{{ tal("3.1") }}'),
        ("{{ tal(3.1) }}", "fel-i-klammer", '{{ tal("3.1") }}'),
        ('{ tal("3.1") }', "fel-i-klammer", '{{ tal("3.1") }}'),
        ('{{ tall("3.1") }}', "okant-anrop", '{{ tal("3.1") }}'),
        ('{{ antalord("3.1") }}', "okant-anrop", '{{ antal_ord("3.1") }}'),
        ('{{ os_system("x") }}', "okant-anrop", None),
        ('{{ eget("5") }}', "fel-antal-argument", None),
        ('{{ eget("5", " ") }}', "tomt-argument", None),
        ("{{ 7*7 }}", "fel-i-klammer", None),
        ("{{ ''.__class__.__mro__ }}", "fel-i-klammer", None),
        ('{{ tal("3.1")|safe }}', "fel-i-klammer", None),
        ('{{ tal("3.1").__class__ }}', "fel-i-klammer", None),
        ('{{ tal(tal("3.1")) }}', "fel-i-klammer", None),
        ('{{ tal("3.1", "a", "b") }}', "fel-i-klammer", None),
        ("{% for x in y %}", "fel-i-klammer", None),
        ("{% include '/etc/passwd' %}", "fel-i-klammer", None),
        ("{# dold #}", "fel-i-klammer", None),
        ("{ensam}", "fel-i-klammer", None),
        ('{{ tal("3.1{x}") }}', "fel-i-klammer", None),
        ("{{", "fel-i-klammer", None),
        ("}}", "fel-i-klammer", None),
        ("${7*7}", "fel-i-klammer", None),
    ],
)
def test_everything_else_in_braces_is_a_fault(text: str, kod: str, menade: str | None) -> None:
    anrop, [fel] = las_anrop("forord.md", f"Rad\nFöre {text} efter")
    assert not anrop
    assert (fel.kod, fel.plats.rad) == (kod, 2)
    assert fel.kandidat == menade
    assert fel.regel
    assert fel.atgard or fel.kandidat


def test_a_call_over_two_lines_is_a_fault() -> None:
    anrop, fel = las_anrop("f", '{{ tal("3.1")\n}} {{ tal("3\n.1") }}')
    assert not anrop
    assert {f.kod for f in fel} == {"fel-i-klammer"}


def test_all_faults_are_told_at_once_and_good_calls_still_read() -> None:
    anrop, fel = las_anrop("f", '{{ tal("1") }} {{ x }} {{ tal("2") }} {y} {{ tla("3") }}')
    assert [a.argument for a in anrop] == [("1",), ("2",)]
    assert [f.kod for f in fel] == ["fel-i-klammer", "fel-i-klammer", "okant-anrop"]


@given(st.text(alphabet='{}%#"(), \nabtl3.1', max_size=60))
def test_no_text_makes_the_parser_fail_or_leaves_a_brace_untold(text: str) -> None:
    anrop, fel = las_anrop("f", text)
    tagna = [(a.start, a.slut) for a in anrop] + [(f.plats.start, f.plats.slut) for f in fel]
    assert all(any(s <= i < e for s, e in tagna) for i, t in enumerate(text) if t in "{}")
    assert all(a.namn in ANROP for a in anrop)


def test_a_call_that_is_written_is_read_back() -> None:
    [anrop], fel = las_anrop("f", skriv_anrop("tal", "2.1", "styrelseenkat"))
    assert (anrop.namn, anrop.argument, fel) == ("tal", ("2.1", "styrelseenkat"), [])
