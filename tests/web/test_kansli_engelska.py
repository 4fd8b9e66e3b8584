"""The English interface, page by page: what is Swedish there is what a förbund or the engine has written, and says so.

A reader's screen reader takes a text without `lang` for English (WCAG 3.1.2), so that is also how a text of ours that was
never translated is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import pytest
import wtforms

from indikatorer.regler import REGLER
from kansli import formularord
from tests.browser.kansliskarmar import SIDORNA, Kansliskarmar
from tests.kansliprov import skicka
from tests.web.test_kansli_mal import fyll, skicka_vidare

# Names, which are the same in both languages.
NAMN: Final = (
    "Provförbundet",
    "Umeåregionen",
    "Umeå",
    "Vännäs",
    "Uppföljning Finsam",
    "Exempelgranskare (påhittad)",
)
# An attribute and the words of a browser's own list can hold no mark, so a name of the förbund's stands there as it is.
UTAN_MARKE: Final = (r"Goals, indicators and results in .+", r"All with “.+” \(\d+\)")
_TOMMA: Final = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
_SAGS: Final = ("aria-label", "alt", "placeholder", "title")
_SVENSKT: Final = re.compile(r"[åäöÅÄÖ]|\b(och|inte|att|ska|eller|till|är|av|ett)\b")


class Text(HTMLParser):
    """The pieces of a page that are read as English. What stands in a box to write in is the writer's own."""

    def __init__(self) -> None:
        super().__init__()
        self.bitar: list[str] = []
        self._oppna: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note its language, and what it says by itself."""
        egna = {namn: varde or "" for namn, varde in attrs}
        sprak = egna.get("lang") or self._sprak()
        if tag not in _TOMMA:
            self._oppna.append((tag, sprak))
        if sprak == "en":
            self.bitar += [egna[namn] for namn in _SAGS if egna.get(namn)]

    def handle_endtag(self, tag: str) -> None:
        """Back to what it stands in."""
        while self._oppna and self._oppna.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """A title can hold no mark of its own."""
        tag = self._oppna[-1][0] if self._oppna else ""
        if data.strip() and self._sprak() == "en" and tag not in ("script", "style", "textarea", "title"):
            self.bitar.append(" ".join(data.split()))

    def _sprak(self) -> str:
        return self._oppna[-1][1] if self._oppna else "en"


@pytest.fixture(scope="module")
def skarmar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kansliskarmar]:
    skarmar = Kansliskarmar(tmp_path_factory.mktemp("engelska"))
    yield skarmar
    for rum in skarmar._rum.values():
        rum.motor.dispose()


def omarkt(sida: str) -> list[str]:
    """What is Swedish, and passes for English."""
    text = Text()
    text.feed(sida)
    kvar = [re.sub("|".join(map(re.escape, NAMN)), "", bit) for bit in text.bitar]
    return [bit for bit in kvar if _SVENSKT.search(bit) and not any(re.fullmatch(m, bit) for m in UTAN_MARKE)]


@pytest.mark.parametrize("namn", SIDORNA)
def test_no_swedish_passes_for_english(skarmar: Kansliskarmar, namn: str) -> None:
    sida = skarmar.hamta(namn, "en").text
    assert '<html lang="en">' in sida
    assert omarkt(sida) == []


def test_the_same_page_in_swedish_would_be_found() -> None:
    assert omarkt('<html lang="en"><p>Spara <b lang="sv">Öppna</b> <i title="Så">eller</i></p>') == ["Så", "eller"]


def test_a_page_in_swedish_says_nothing_of_a_language_but_its_own(skarmar: Kansliskarmar) -> None:
    sida = skarmar.hamta("litet:signaler", "sv").text
    assert '<span lang="sv">' not in sida


def test_what_a_field_says_of_itself_is_in_the_language_of_the_page(skarmar: Kansliskarmar) -> None:
    """The form library has words of its own, in English."""
    falt = {"namn": "x" * 400, "aktiv": "kanske"}
    fel = {
        sprak: re.findall(
            r'class="feltext"[^>]*>.*?</span>(.*?)</p>',
            skicka(skarmar.klient("litet", "forbundschef", sprak), "/kansli/register/insatser/ny", **falt).text,
        )
        for sprak in ("sv", "en")
    }
    assert fel["sv"] == ["Texten är för lång: högst 80 tecken får plats.", "Välj något i listan."]
    assert fel["en"] == [
        "The text is too long: there is room for at most 80 characters.",
        "Choose something in the list.",
    ]


def test_every_message_of_the_form_library_that_has_words_of_ours_is_one_it_gives() -> None:
    kod = "".join(fil.read_text("utf-8") for fil in Path(wtforms.__file__ or "").parent.rglob("*.py"))
    assert [text for text in formularord._ORD if text not in kod] == []


def test_a_fault_of_the_engine_is_marked_beside_the_field_and_at_the_top(skarmar: Kansliskarmar) -> None:
    klient = skarmar.klient("litet", "forbundschef", "en")
    sida = skicka(klient, skarmar.adress("litet:frys"), hur="papper", papper="A" * 9).text
    assert re.search(r'<li><a href="#papper"><span lang="sv">[^<]+</span></a>', sida)
    assert re.search(r'<span class="dolt">Fault: </span><span lang="sv">[^<]+</span></p>', sida)
    assert "&lt;span" not in sida


@pytest.mark.parametrize("regel", REGLER)
def test_the_form_of_every_rule_marks_what_is_swedish(skarmar: Kansliskarmar, regel: str) -> None:
    skarmar.rum("litet")
    sida = skarmar.klient("litet", "forbundschef", "en").get(f"/kansli/mal/2020/indikator?regel={regel}").text
    assert 'name="regel"' in sida
    assert omarkt(sida) == []


def test_a_list_says_which_of_its_lines_are_swedish_and_a_box_which_of_its_words(skarmar: Kansliskarmar) -> None:
    sida = skarmar.hamta("litet:indikator", "en").text
    assert re.search(r'<option lang="sv" selected value="\w+">1 Deltagarna får det stöd de behöver.</option>', sida)
    assert '<option value="bas_kand_kon">count only those whose gender is known</option>' in sida
    assert re.search(r'<label for="svar-\d"><span lang="sv">Ja</span></label>', sida)


def test_the_preview_of_an_indicator_says_it_in_english_and_marks_the_words_of_the_engine(
    skarmar: Kansliskarmar,
) -> None:
    klient, sidan = skarmar.klient("litet", "forbundschef", "en"), skarmar.adress("litet:indikator")
    svar, fel = (fyll(klient, sidan, "prova", gron=gron).text for gron in ("minst 40 %", "hej"))
    assert "Reaches the goal" in svar
    assert "2020: 1 of 3 signals change." in svar
    assert re.search(r'<a href="#gron"><span data-sags><span lang="sv">[^<]+</span></span></a>', fel)
    assert [omarkt(f'<html lang="en">{text}') for text in (svar, fel)] == [[], []]


def test_a_value_that_cannot_be_read_as_in_the_file_is_told_beside_its_field(skarmar: Kansliskarmar) -> None:
    klient, sidan = skarmar.klient("litet", "forbundschef", "en"), skarmar.adress("litet:indikator")
    sidor = [fyll(klient, sidan, "spara", taljare=text).text for text in ("{", "1\ny = 2")]
    assert re.search(r'Conditions on several answers: <span lang="sv">[^<]+</span></p>', sidor[0])
    assert "Conditions on several answers: Write only one value, not several lines with keys.</p>" in sidor[1]


def test_a_version_that_nobody_has_made_here_says_so_in_english(skarmar: Kansliskarmar) -> None:
    for namn in ("mal-versioner", "mal-version", "mal-skillnad"):
        sida = skarmar.hamta(f"litet:{namn}", "en").text
        assert "somebody outside the office" in sida
        assert "The file was there when the office began to be used" in sida


def test_two_who_change_the_same_are_told_in_english_what_the_other_has_written(skarmar: Kansliskarmar) -> None:
    klient, sidan = skarmar.klient("litet", "forbundschef", "en"), skarmar.adress("litet:indikator")
    min_, annans = klient.get(sidan).text, klient.get(sidan.replace("stod", "styrelsen")).text
    assert fyll(klient, sidan, "spara", titel="Rätt stöd", skal="Tydligare").status_code == 303
    krock = skicka_vidare(klient, sidan, min_, "spara", titel="Bra stöd", skal="Bättre")
    assert krock.status_code == 422
    assert 'Title: <span lang="sv">Forbundschef</span> wrote “<span lang="sv">Rätt stöd</span>”' in krock.text
    assert omarkt(krock.text) == []
    forst = skicka_vidare(klient, sidan.replace("stod", "styrelsen"), annans, "spara", titel="Styrelsen", skal="Kort")
    assert forst.status_code == 303
    assert 'role="status"><span lang="sv">Forbundschef</span> saved another change' in klient.get(forst.location).text


def test_a_round_that_is_in_another_state_says_so_in_english(skarmar: Kansliskarmar) -> None:
    sida = skarmar.hamta("litet:inte-nu", "en").text
    assert "prov-2026: it can be done when the round is frozen, but it is open. Nothing has changed." in sida
