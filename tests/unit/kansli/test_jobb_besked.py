"""What long work says is kept with its values, and read in the reader's own language; old rows are read as they were."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import g
from sqlalchemy import create_engine

from bokslut import sidor
from bokslut.publicering import publicera
from kansli import sprak
from kansli.arbetsmapp import Arbetsmapp
from kansli.jobb import besked as b
from kansli.kanslirum import Kanslirum, skapa_kansli
from kansli.publicering import arbeten
from kansli.sprak import gettext

RAD = b.besked("Rad %(last)s av %(alla)s", last=3, alla=9)


@pytest.fixture
def engelska(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sprak, "valt", lambda: "en")


def test_a_text_of_the_catalogue_is_in_the_language_of_whoever_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    sparat = b.spara(RAD)
    assert b.i_ord(sparat) == "Rad 3 av 9"
    monkeypatch.setattr(sprak, "valt", lambda: "en")
    assert b.i_ord(sparat) == "Row 3 of 9"


@pytest.mark.usefixtures("engelska")
def test_what_the_engine_says_is_marked_as_swedish_for_others() -> None:
    sagt = b.spara([b.besked("Fel i mål eller underlag:"), "mal.toml <3>: ”är” fel."])
    assert b.i_ord(sagt).split("\n") == [
        "Faults in goals or source data:",
        '<span lang="sv">mal.toml &lt;3&gt;: ”är” fel.</span>',
    ]


@pytest.mark.parametrize("gammal", ["Tre rader lästa.", "[bokslut] saknas", ""])
def test_a_row_that_an_earlier_version_wrote_is_read_as_it_was(gammal: str) -> None:
    assert b.i_ord(gammal).unescape() == gammal


@pytest.mark.usefixtures("engelska")
def test_a_message_that_the_catalogue_no_longer_has_is_read_in_swedish() -> None:
    assert b.i_ord(b.spara(b.besked("%(n)s borttagna ord", n=2))) == "2 borttagna ord"


def test_values_are_never_taken_for_markup_nor_for_places() -> None:
    sagt = b.besked("Skriver %(fil)s", fil="<b>100 %(s)")
    assert b.i_ord(b.spara(sagt)) == "Skriver &lt;b&gt;100 %(s)"


def test_the_steps_that_have_words_of_ours_are_those_that_the_engine_tells() -> None:
    kod = "".join(Path(m.__file__ or "").read_text("utf-8") for m in (publicera, sidor))
    assert [steg for steg in arbeten._MOTORNS if f'sag("{steg}")' not in kod] == []
    assert f'sag(f"{arbeten._SKRIVER}' in kod


def test_the_log_has_it_in_swedish_whoever_reads(engelska: None) -> None:
    assert gettext("Rad %(last)s av %(alla)s", last=3, alla=9) == "Row 3 of 9"
    assert b.pa_svenska([RAD, "", "Klart."]) == "Rad 3 av 9\nKlart."
    assert b.pa_svenska(RAD) == "Rad 3 av 9"


def test_a_word_of_a_template_is_marked_in_the_language_of_each_reader_and_not_of_the_first() -> None:
    app = skapa_kansli(create_engine("sqlite://"), Kanslirum(b"h" * 32, "Provförbundet", Arbetsmapp(Path())))
    mall = app.jinja_env.from_string('{{ "minst 70 %" | sv }}')
    for kod, vantat in (("sv", "minst 70 %"), ("en", '<span lang="sv">minst 70 %</span>'), ("sv", "minst 70 %")):
        with app.test_request_context():
            g.sprak = kod
            assert mall.render() == vantat
    with app.test_request_context():
        g.sprak = "en"
        assert app.jinja_env.from_string('{{ "högst 80 %" | sv }}').render() == '<span lang="sv">högst 80 %</span>'
