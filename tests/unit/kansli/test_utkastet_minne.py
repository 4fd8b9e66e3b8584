"""What is kept between pages is never older than what it was made of: each thing that it hangs on, changed."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kansli.arbetsmapp import Arbetsmapp
from kansli.aret import las_aret
from kansli.publicering import utkastet
from kansli.publicering.utkastet import Utkastet, las_utkastet
from kansli.texter.lasning import lagen
from tests.publiceringsprov import lagg_in
from tests.unit.bokslut.litet_underlag import Litet

KOMMENTAR = "texter/kommentarer/stod.md"


@pytest.fixture(scope="module")
def publicerat(tmp_path_factory: pytest.TempPathFactory) -> Litet:
    litet = Litet(tmp_path_factory.mktemp("publicerad"))
    litet.publicerad()
    return litet


@pytest.fixture
def mapp(publicerat: Litet, tmp_path: Path) -> Arbetsmapp:
    """The small bokslut with its first version published, read once."""
    mapp = Arbetsmapp(tmp_path)
    lagg_in(mapp, publicerat)
    shutil.copytree(publicerat.publicerat, mapp.publicerat)
    las(mapp)
    return mapp


def las(mapp: Arbetsmapp) -> Utkastet:
    u = las_utkastet(mapp, 2020)
    assert u is not None
    return u


def koder(mapp: Arbetsmapp) -> list[str]:
    return [h.kod for h in las(mapp).hinder]


def skriv(fil: Path, text: str) -> None:
    fil.parent.mkdir(parents=True, exist_ok=True)
    fil.write_text(text, "utf-8")


def byt(fil: Path, gammalt: str, nytt: str) -> None:
    text = fil.read_text("utf-8")
    assert gammalt in text
    fil.write_text(text.replace(gammalt, nytt), "utf-8")


def test_what_has_not_changed_is_the_same(mapp: Arbetsmapp) -> None:
    assert las(mapp).utkast.akt == las(mapp).utkast.akt
    assert las(mapp).aret is las(mapp).aret
    assert las(mapp).utkast.utvardering is las(mapp).aret.utvardering


@pytest.mark.parametrize(
    ("fil", "gammalt", "nytt", "del_"),
    [
        ("mal/2020.toml", "", "\n# En anmärkning.\n", "reglerna"),
        ("frysta/2020/enkat.csv", "ja,90", "ja,91", "underlaget 2020/enkat"),
        ("frysta/2020/underlag.toml", "utdelade = 120", "utdelade = 121", "underlaget 2020/underlag.toml"),
        ("frysta/2020/exempel/ett.md", "Det gick bra.", "Det gick mycket bra.", "underlaget 2020/exempel"),
    ],
)
def test_a_changed_file_changes_its_part_of_what_is_approved(
    mapp: Arbetsmapp, fil: str, gammalt: str, nytt: str, del_: str
) -> None:
    fore = las(mapp).utkast.akt.delar()
    stig = mapp.rot / fil
    byt(stig, gammalt, nytt) if gammalt else skriv(stig, stig.read_text("utf-8") + nytt)
    efter = las(mapp).utkast.akt.delar()
    assert fore[del_] != efter[del_]


def test_a_text_that_comes_changes_and_goes_is_seen_each_time(mapp: Arbetsmapp) -> None:
    fil = mapp.underlag(2020) / KOMMENTAR
    skriv(fil, "Hela 77 % fick stöd.\n")
    assert koder(mapp).count("text-mot-siffra") == 1
    skriv(fil, "Hela 77 % och 66 % fick stöd.\n")
    assert koder(mapp).count("text-mot-siffra") == 2
    skriv(fil, "Hela 90 % fick stöd.\n")
    assert "text-mot-siffra" not in koder(mapp)
    fil.unlink()
    assert "texten kommentarer/stod.md" not in las(mapp).utkast.akt.delar()


def test_a_text_is_held_against_the_figures_as_they_are_now(mapp: Arbetsmapp) -> None:
    """The same bytes of the text, other answers."""
    skriv(mapp.underlag(2020) / KOMMENTAR, "Hela 90 % fick stöd.\n")
    assert "text-mot-siffra" not in koder(mapp)
    skriv(mapp.underlag(2020) / "enkat.csv", "stod,antal\nja,40\nnej,60\n")
    assert "text-mot-siffra" in koder(mapp)
    aret = las(mapp).aret
    fynd = lagen(mapp.underlag(2020), aret).fynd
    assert [len(f) for fil, f in fynd.items() if fil.endswith(KOMMENTAR)] == [1]


def test_a_link_to_a_text_holds_only_while_that_text_is_there(mapp: Arbetsmapp) -> None:
    """The same bytes of the one text; it is the other that comes and goes."""
    skriv(mapp.underlag(2020) / KOMMENTAR, "Läs [förordet](forord.html).\n")
    assert "fel-i-text" in koder(mapp)
    skriv(mapp.underlag(2020) / "texter" / "forord.md", "Välkommen.\n")
    assert "fel-i-text" not in koder(mapp)
    (mapp.underlag(2020) / "texter" / "forord.md").unlink()
    assert "fel-i-text" in koder(mapp)


def test_a_fault_that_only_stops_a_publication_is_told_and_goes_when_it_is_mended(mapp: Arbetsmapp) -> None:
    tabell = mapp.underlag(2020) / "representation.csv"
    innehall = tabell.read_bytes()
    assert las(mapp).fel == ()
    tabell.unlink()
    assert [d.kod for d in las(mapp).fel] == ["fil-saknas"]
    tabell.write_bytes(innehall)
    assert las(mapp).fel == ()
    byt(mapp.mal(2020), 'regel = "andel"', 'regel = "andelen"')
    assert las(mapp).fel != ()


def _byt_sida(v1: Path) -> None:
    byt(v1 / "index.html", "</body>", "<p>Annat.</p></body>")


def _ta_bort_sida(v1: Path) -> None:
    (v1 / "metod.html").unlink()


def _lagg_till_fil(v1: Path) -> None:
    (v1 / "ny.txt").write_text("x", "utf-8")


def _klipp_manifestet(v1: Path) -> None:
    (v1 / "manifest.json").write_bytes(b"{")


@pytest.mark.parametrize("skada", [_byt_sida, _ta_bort_sida, _lagg_till_fil, _klipp_manifestet])
def test_a_published_file_that_is_touched_is_seen_and_so_that_it_is_put_back(
    mapp: Arbetsmapp, publicerat: Litet, skada: Callable[[Path], None]
) -> None:
    v1 = mapp.publicerat / "2020" / "v1"
    assert "tidigare-version-andrad" not in koder(mapp)
    skada(v1)
    assert "tidigare-version-andrad" in koder(mapp)
    shutil.rmtree(v1)
    shutil.copytree(publicerat.publicerat / "2020" / "v1", v1)
    assert "tidigare-version-andrad" not in koder(mapp)


def test_what_a_version_has_told_is_read_again_when_only_its_results_change(mapp: Arbetsmapp) -> None:
    """They decide what must be hidden beside them, so the year itself is another one."""
    fore = las(mapp).aret
    fil = mapp.publicerat / "2020" / "v1" / "resultat.json"
    resultat = json.loads(fil.read_bytes())
    resultat["indikatorer"][0]["visat"] = "12 %"
    skriv(fil, json.dumps(resultat))
    assert las(mapp).aret is not fore


def test_without_the_versions_the_next_one_is_the_first(mapp: Arbetsmapp) -> None:
    assert (las(mapp).utkast.akt.version, las(mapp).utkast.forra) == (2, 1)
    shutil.rmtree(mapp.publicerat / "2020")
    assert (las(mapp).utkast.akt.version, las(mapp).utkast.forra) == (1, 0)


def test_changed_goals_read_no_underlag_again_and_changed_underlag_does(mapp: Arbetsmapp) -> None:
    forst = las_aret(mapp, 2020)
    assert forst is not None
    byt(mapp.mal(2020), "minst 50 %", "minst 51 %")
    med_andra_mal = las_aret(mapp, 2020)
    assert med_andra_mal is not None
    assert med_andra_mal.inlast is forst.inlast
    assert "51" in str([r.krav for r in med_andra_mal.utvardering.resultat()])
    os.utime(mapp.underlag(2020) / "enkat.csv", ns=(1, 1))
    ater = las_aret(mapp, 2020)
    assert ater is not None
    assert ater.inlast is not forst.inlast


def test_an_unchanged_version_is_not_summed_again_for_a_saved_text(
    mapp: Arbetsmapp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(utkastet, "las_tidigare")
    skriv(mapp.underlag(2020) / KOMMENTAR, "Hela 77 % fick stöd.\n")
    assert "text-mot-siffra" in koder(mapp)
