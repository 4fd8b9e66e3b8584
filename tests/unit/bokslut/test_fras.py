"""Phrases: Swedish strings to whoever takes them so, and another language with what is Swedish in it marked."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from markupsafe import Markup

from bokslut import tal
from bokslut.fras import Fras, Oversatt, flertal, fogad, fras, stor
from bokslut.sprak import SVENSKA, Sprak, engelsk

OVERSATT = {
    "{antal} av {alla}": "{antal} of {alla}",
    "{antal} svar": "{antal} answer",
    "Målet": "The goal",
    "I {omrade} når {antal} målet.": "{antal} reached the goal in {omrade}.",
}


@pytest.fixture
def engelska() -> Sprak:
    """English with a few texts of its own."""
    return replace(
        engelsk(),
        gettext=lambda text: OVERSATT.get(text, text),
        ngettext=lambda en, _, antal: OVERSATT.get(en, en) + ("" if antal == 1 else "s"),
    )


def test_a_phrase_is_its_swedish_text() -> None:
    text = fras("{antal} av {alla}", antal=3, alla=5)
    assert text == "3 av 5"
    assert {text: 1}["3 av 5"] == 1
    assert f"<{text}>" == "<3 av 5>"
    assert SVENSKA.ren(text) is text
    assert SVENSKA.html(text) is text


@pytest.mark.parametrize(
    ("bygg", "svenska", "ren"),
    [
        (lambda: fras("{antal} av {alla}", antal=3, alla=5), "3 av 5", "3 of 5"),
        (lambda: fras("{antal} av {alla}", antal=fras("Målet"), alla="Umeå"), "Målet av Umeå", "The goal of Umeå"),
        (lambda: flertal("{antal} svar", "{antal} svar", 1, antal=1), "1 svar", "1 answer"),
        (lambda: flertal("{antal} svar", "{antal} svar", 2, antal=2), "2 svar", "2 answers"),
        (lambda: fogad(fras("Målet"), ": ", "Umeå"), "Målet: Umeå", "The goal: Umeå"),
        (lambda: fogad("a", fras("Målet"), "b", skilje=", "), "a, Målet, b", "a, The goal, b"),
        (lambda: fogad(), "", ""),
        (lambda: fras("Målet").lower(), "målet", "the goal"),
        (lambda: stor(fras("Målet").lower()), "Målet", "The goal"),
        (lambda: fras("Målet").lower().capitalize(), "Målet", "The goal"),
        (lambda: stor(fogad("umeå", fras("Målet"))), "UmeåMålet", "UmeåThe goal"),
        (lambda: fras("okänd {x}", x=tal.visat("1\u00a0437,5")), "okänd 1\u00a0437,5", "okänd 1,437.5"),
    ],
)
def test_a_phrase_is_said_in_another_language(
    bygg: Callable[[], Fras], svenska: str, ren: str, engelska: Sprak
) -> None:
    text = bygg()
    assert text == svenska
    assert engelska.ren(text) == ren


def test_what_is_swedish_in_another_language_is_marked_and_escaped(engelska: Sprak) -> None:
    text = fras("I {omrade} når {antal} målet.", omrade="<Umeå>", antal=fras("{antal} av {alla}", antal=3, alla=5))
    assert engelska.html(text) == '3 of 5 reached the goal in <span lang="sv">&lt;Umeå&gt;</span>.'
    assert engelska.ren(text) == "3 of 5 reached the goal in <Umeå>."


def test_small_letters_leave_what_the_forbund_wrote(engelska: Sprak) -> None:
    text = fras("{antal} av {alla}", antal="Umeå", alla=fras("Målet")).lower()
    assert engelska.ren(text) == "Umeå of the goal"


def test_a_text_of_the_forbund_is_marked_where_it_stands_alone(engelska: Sprak) -> None:
    assert engelska.sv("Delaktighet") == '<span lang="sv">Delaktighet</span>'
    assert engelska.sv("2020–2021") == "2020–2021"
    assert engelska.sv(fras("Målet")) == "The goal"
    assert engelska.sv(Oversatt("The goal")) == "The goal"
    assert engelska.sv(Markup("<b>klart</b>")) == "<b>klart</b>"
    assert SVENSKA.sv("Delaktighet") == "Delaktighet"


def test_a_drawing_tells_the_language_of_what_the_forbund_wrote(engelska: Sprak) -> None:
    assert engelska.lang("Umeå") == "sv"
    assert engelska.lang(engelska.ren(fras("Målet"))) == ""
    assert engelska.lang("2020") == ""
    assert SVENSKA.lang("Umeå") == ""
