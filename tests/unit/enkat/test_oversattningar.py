"""An installation's own translations and reviews win over the program's, and are seen when a file changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from enkat import texter
from enkat.fragor import las_enkat
from enkat.oversattningar import anvand, egen_po, las_om
from enkat.sprak import SPRAK, erbjudna, gettext_for, granskning, ngettext_for, saknade, sprak, textsumma
from tests.unit.enkat.provenkat import enkat

DELTAGARE = Path(__file__).parents[3] / "config/enkater/deltagare.toml"


@pytest.fixture
def mapp(tmp_path: Path) -> Iterator[Path]:
    anvand(tmp_path)
    yield tmp_path
    anvand(None)


def skriv(mapp: Path, katalog: str, texter_: dict[str, str], doman: str = "enkater") -> None:
    po = Catalog(locale=katalog, domain=doman, fuzzy=False)
    for svensk, ny in texter_.items():
        po.add(svensk, ny)
    fil = egen_po(mapp, katalog, doman)
    fil.parent.mkdir(parents=True, exist_ok=True)
    with fil.open("wb") as ut:
        write_po(ut, po)
    las_om()


def test_an_own_text_wins_and_the_others_are_the_programs(mapp: Path) -> None:
    skriv(mapp, "en", {"Hur känner du inför framtiden?": "What about the future?"})
    assert gettext_for("en")("Hur känner du inför framtiden?") == "What about the future?"
    assert gettext_for("en")(texter.NASTA) == "Next"
    assert gettext_for("ar")("Hur känner du inför framtiden?") != "What about the future?"


def test_a_text_of_the_pages_can_be_changed_too_and_numbers_still_bend(mapp: Path) -> None:
    skriv(mapp, "ar", {texter.NASTA: "هيا"}, "messages")
    assert gettext_for("ar")(texter.NASTA) == "هيا"
    assert "دقيقتين" in ngettext_for("ar")(*texter.FORE_TID, 2).format(n=2)


def test_an_own_questionnaire_becomes_whole_in_a_language(mapp: Path) -> None:
    prov, engelska = enkat(), sprak("en")
    assert engelska is not None
    fore = saknade(prov, engelska)
    assert fore
    skriv(mapp, "en", {text: f"In English {nr}" for nr, text in enumerate(fore)})
    assert saknade(prov, engelska) == ()
    assert engelska in erbjudna(prov, krav_granskad=False)


def test_the_sum_that_a_review_holds_for_tells_of_own_texts(mapp: Path) -> None:
    fore, ukrainska = textsumma("en"), textsumma("uk")
    skriv(mapp, "en", {"Hur känner du inför framtiden?": "What about the future?"})
    assert textsumma("en") != fore
    assert textsumma("uk") == ukrainska
    anvand(None)
    assert textsumma("en") == fore


def test_an_own_text_that_is_the_programs_own_changes_no_sum(mapp: Path) -> None:
    fore, svensk = textsumma("en"), "Hur känner du inför framtiden?"
    skriv(mapp, "en", {svensk: gettext_for("en")(svensk)})
    assert textsumma("en") == fore


def test_an_own_review_opens_a_language_and_the_programs_file_is_not_touched(mapp: Path) -> None:
    prov = las_enkat(DELTAGARE.name, DELTAGARE.read_bytes())[0]
    assert prov is not None
    assert [s.kod for s in erbjudna(prov, krav_granskad=True)] == ["sv"]
    rader = f'[en]\ngranskad_av = "A. Svensson"\ndatum = "2026-03-31"\ntexter = "{textsumma("en")}"\n'
    (mapp / "granskning.toml").write_text(rader, "utf-8")
    assert [s.kod for s in erbjudna(prov, krav_granskad=True)] == ["sv"]  # nobody has looked again yet
    las_om()
    assert [s.kod for s in erbjudna(prov, krav_granskad=True)] == ["sv", "en"]
    assert set(granskning()) == {s.kod for s in SPRAK[1:]}
    skriv(mapp, "en", {"Hur känner du inför framtiden?": "What about the future?"})
    assert [s.kod for s in erbjudna(prov, krav_granskad=True)] == ["sv"]


def test_a_folder_that_is_not_there_is_no_fault(tmp_path: Path) -> None:
    anvand(tmp_path / "finns-inte")
    assert gettext_for("en")(texter.NASTA) == "Next"
    anvand(None)
