"""A round that is open takes up what the installation has translated and reviewed, without being started anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from enkat.oversattningar import anvand
from enkat.sprak import gettext_for, textsumma
from kansli.arbetsmapp import Arbetsmapp
from kansli.enkater import oversattning
from tests.enkatprov import Prov, borja, bygg, page, skicka

SVENSK = "Hur har du blivit bemött?"


@pytest.fixture
def mapp(tmp_path: Path) -> Iterator[Arbetsmapp]:
    mapp = Arbetsmapp(tmp_path / "instans")
    anvand(mapp.oversattningar)
    yield mapp
    anvand(None)


def forsta_fragan(prov: Prov, kod: str) -> str:
    klient = prov.app.test_client()
    return skicka(klient, borja(klient, kod, "en")).rubrik


def test_a_page_that_is_kept_is_made_anew_when_its_words_change(mapp: Arbetsmapp, tmp_path: Path) -> None:
    prov = bygg(tmp_path / "prov", "deltagare")
    assert forsta_fragan(prov, prov.koder[0]) == gettext_for("en")(SVENSK)
    oversattning.skriv(mapp, "en", {("enkater", SVENSK): "How were you met?", ("enkater", "Mycket bra"): "Superb"})
    assert forsta_fragan(prov, prov.koder[1]) == "How were you met?"
    klient = prov.app.test_client()
    assert "Superb" in skicka(klient, borja(klient, prov.koder[2], "en")).html
    prov.motor.dispose()


def test_another_process_sees_a_review_within_seconds(mapp: Arbetsmapp, tmp_path: Path) -> None:
    prov = bygg(tmp_path / "prov", "deltagare", provomgang=False)
    klient = prov.app.test_client()
    assert "sprak:en" not in page(klient.get("/e")).html
    fil = mapp.oversattningar / "granskning.toml"
    fil.parent.mkdir(parents=True)
    rader = f'[en]\ngranskad_av = "A. Svensson"\ndatum = "2026-03-31"\ntexter = "{textsumma("en")}"\n'
    fil.write_text(rader, "utf-8")
    prov.mottagning.glom()  # what happens by itself when the rounds have grown old
    assert "sprak:en" in page(klient.get("/e")).html
    prov.motor.dispose()
