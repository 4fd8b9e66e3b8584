"""The English of the staff's pages: every text has one, it is in step with the pages, and it can be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir

from grund.i18n import las_po, ooversatta
from kansli.katalog import extrahera
from kansli.sprak import DOMAN, KATALOG

ROT = Path(__file__).parents[3]
HALLARE = re.compile(r"%\((\w+)\)s")


@pytest.fixture(scope="module")
def katalog() -> Catalog:
    return las_po(KATALOG, "en", DOMAN)


def former(text: Message) -> list[tuple[str, str]]:
    """(Swedish, English) of a text, a pair for each plural form."""
    if isinstance(text.id, str):
        return [(text.id, str(text.string))]
    return list(zip(text.id, text.string, strict=True))


def alla(katalog: Catalog) -> Iterator[tuple[str, str]]:
    for text in katalog:
        if text.id:
            yield from former(text)


def test_the_catalogue_has_exactly_the_texts_of_the_pages(katalog: Catalog) -> None:
    mall = {text.id for text in extrahera() if text.id}
    finns = {text.id for text in katalog if text.id}
    assert (sorted(map(str, mall - finns)), sorted(map(str, finns - mall))) == ([], [])


def test_every_text_has_its_english(katalog: Catalog) -> None:
    assert [text.id for text in ooversatta(katalog)] == []


def test_what_is_filled_in_is_filled_in_in_both(katalog: Catalog) -> None:
    fel = [
        (sv, en)
        for text in katalog
        if text.id
        for sv, en in former(text)
        # A singular may say the number in words.
        if not set(HALLARE.findall(sv)) <= set(HALLARE.findall(en)) <= set(HALLARE.findall("".join(text.id)))
    ]
    assert fel == []


def test_what_templates_say_can_be_shown() -> None:
    """A template fills in every text it looks up, so a percent sign of its own is written twice there."""
    monster = "kansli/**.html"
    rader = extract_from_dir(ROT / "templates", [(monster, "jinja2")], {monster: {"encoding": "utf-8"}})
    texter = [t for _, _, text, _, _ in rader for t in (text if isinstance(text, tuple) else (text,)) if t]
    assert texter
    assert [text for text in texter if "%" in HALLARE.sub("", text.replace("%%", ""))] == []


def test_a_sign_that_is_written_twice_is_so_in_both(katalog: Catalog) -> None:
    assert [(sv, en) for sv, en in alla(katalog) if sv.count("%%") != en.count("%%")] == []


def _andar(text: str) -> tuple[bool, bool, str]:
    sista = text.rstrip()[-1:]
    return text[:1] == " ", text[-1:] == " ", sista if sista and sista in ".:…?!" else ""


def test_spaces_at_the_ends_and_last_signs_are_kept(katalog: Catalog) -> None:
    """A text that is put beside another, or ends a sentence, does so in English too."""
    assert [(sv, en) for sv, en in alla(katalog) if en and _andar(sv) != _andar(en)] == []
