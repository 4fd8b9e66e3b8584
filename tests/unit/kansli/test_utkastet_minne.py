"""What is kept between pages is never older than what it was made of: each thing that it hangs on, changed."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bokslut.publicering import godkannande
from bokslut.publicering.manifest import ManifestFel
from bokslut.underlag import las_config
from enkat.oversattningar import GRANSKNING, anvand
from indikatorer.definition import Definitioner
from indikatorer.diagnos import Diagnos
from kansli.arbetsmapp import Arbetsmapp
from kansli.aret import las_aret
from kansli.enkater import oversattning
from kansli.publicering import utkastet
from kansli.publicering.utkastet import Utkastet, las_utkastet
from kansli.texter.lasning import lagen
from tests.publiceringsprov import lagg_in
from tests.unit.bokslut.litet_underlag import IDAG, Litet
from tests.unit.kansli.test_mal_planering import ENKAT

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


def vad(mapp: Arbetsmapp) -> tuple[dict[str, str], list[str]]:
    """All that the pages tell of: what is approved, part by part, and what stands in the way."""
    return dict(las(mapp).utkast.akt.delar()), koder(mapp)


def lika_lang(fil: Path, gammalt: str, nytt: str) -> None:
    assert len(gammalt) == len(nytt)
    byt(fil, gammalt, nytt)


def i_samma_stund(fil: Path, gammalt: str, nytt: str) -> None:
    """As a backup that is put back with its times, and a disk that only counts whole seconds."""
    info = fil.stat()
    byt(fil, gammalt, nytt)
    os.utime(fil, ns=(info.st_atime_ns, info.st_mtime_ns))


@pytest.mark.parametrize("fil", ["frysta/2020/enkat.csv", f"frysta/2020/{KOMMENTAR}", "publicerat/2020/v1/index.html"])
@pytest.mark.parametrize(("hur", "nytt"), [(lika_lang, "91"), (i_samma_stund, "9001")])
def test_a_change_is_seen_by_its_time_or_by_its_size_alone(
    mapp: Arbetsmapp, fil: str, hur: Callable[[Path, str, str], None], nytt: str
) -> None:
    skriv(mapp.underlag(2020) / KOMMENTAR, "Hela 90 % fick stöd.\n")
    fore = vad(mapp)
    hur(mapp.rot / fil, "90", nytt)
    assert vad(mapp) != fore


def test_a_published_file_within_a_folder_is_held_against_its_sum_too(mapp: Arbetsmapp) -> None:
    assert "tidigare-version-andrad" not in koder(mapp)
    skriv(mapp.publicerat / "2020" / "v1" / "data" / "resultat.csv", "x")
    assert "tidigare-version-andrad" in koder(mapp)


@pytest.mark.parametrize("fil", [KOMMENTAR, ".enkat.csv.1f2e"])
def test_a_saved_text_and_a_file_half_written_read_no_year_again(mapp: Arbetsmapp, fil: str) -> None:
    fore = las(mapp).aret
    skriv(mapp.underlag(2020) / fil, "Hela 90 % fick stöd.\n")
    assert las(mapp).aret is fore


def test_a_version_that_comes_makes_the_year_another(mapp: Arbetsmapp) -> None:
    fore = las(mapp).aret
    shutil.copytree(mapp.publicerat / "2020" / "v1", mapp.publicerat / "2020" / "v2")
    assert las_aret(mapp, 2020) is not fore


def test_a_broken_seal_is_seen_though_the_results_are_untouched(mapp: Arbetsmapp) -> None:
    fore = las(mapp).aret
    assert fore.utvardering.resultat() != ()
    _klipp_manifestet(mapp.publicerat / "2020" / "v1")
    efter = las_aret(mapp, 2020)
    assert efter is not None
    with pytest.raises(ManifestFel):
        _ = efter.utvardering


def test_an_approval_counts_at_once_and_only_while_nothing_changes(mapp: Arbetsmapp) -> None:
    assert las(mapp).giltiga == []
    godkannande.lagg_till(mapp.godkannanden, las(mapp).utkast.akt, "Anna Ek", "forbundschef", "", IDAG)
    assert [p.av for p in las(mapp).giltiga] == ["Anna Ek"]
    skriv(mapp.underlag(2020) / KOMMENTAR, "Vi arbetar vidare.\n")
    assert las(mapp).giltiga == []
    assert [p.av for p, _ in las(mapp).inaktuella] == ["Anna Ek"]


def test_a_reason_belongs_to_who_asks_and_is_not_kept(mapp: Arbetsmapp) -> None:
    byt(mapp.underlag(2020) / "enkat.csv", "ja,90", "ja,80")
    assert "rattelse-utan-skal" in koder(mapp)
    med = las_utkastet(mapp, 2020, "Svaren var\nförväxlade.")
    assert med is not None
    assert med.utkast.rattelse is not None
    assert med.utkast.rattelse.skal == "Svaren var förväxlade."
    assert "rattelse-utan-skal" not in [h.kod for h in med.hinder]
    assert "rattelse-utan-skal" in koder(mapp)


@pytest.fixture
def egna(mapp: Arbetsmapp) -> Iterator[Path]:
    """The installation's own translations, looked at anew as each page does."""
    yield mapp.oversattningar
    anvand(None)


def test_an_exception_from_the_review_of_a_language_is_told_until_it_is_withdrawn(mapp: Arbetsmapp, egna: Path) -> None:
    assert "oversattning-ogranskad" not in koder(mapp)
    skriv(egna / GRANSKNING, '[uk]\nundantag = "Styrelsen har beslutat det."\n')
    anvand(egna)
    assert "oversattning-ogranskad" in koder(mapp)
    (egna / GRANSKNING).unlink()
    anvand(egna)
    assert "oversattning-ogranskad" not in koder(mapp)


@pytest.mark.usefixtures("egna")
def test_a_translation_that_is_changed_after_its_review_is_told_at_once(mapp: Arbetsmapp) -> None:
    oversattning.satt_granskning(mapp, "uk", "Olha Koval", "2026-03-31", "Styrelsen har beslutat det.")
    assert "oversattning-ogranskad" not in koder(mapp)
    oversattning.skriv(mapp, "uk", {("messages", "Nästa"): "Щось інше"})
    assert "oversattning-ogranskad" in koder(mapp)


def test_texts_that_were_read_are_held_against_figures_that_come_later(mapp: Arbetsmapp) -> None:
    skriv(mapp.underlag(2020) / KOMMENTAR, "Hela 90 % fick stöd.\n")
    assert lagen(mapp.underlag(2020), las(mapp).aret).fynd == {}
    skriv(mapp.underlag(2020) / "enkat.csv", "stod,antal\nja,40\nnej,60\n")
    assert lagen(mapp.underlag(2020), las(mapp).aret).fynd != {}


def test_two_who_ask_at_the_same_time_read_the_year_once(mapp: Arbetsmapp, monkeypatch: pytest.MonkeyPatch) -> None:
    def sakta(fil: Path) -> tuple[Definitioner | None, list[Diagnos]]:
        time.sleep(0.2)
        return las_config(fil)

    monkeypatch.setattr("kansli.aret.las_config", sakta)
    byt(mapp.mal(2020), "minst 50 %", "minst 51 %")
    with ThreadPoolExecutor(2) as bada:
        ena, andra = bada.map(lambda _: las_aret(mapp, 2020), range(2))
    assert ena is andra


def test_a_text_that_is_given_another_name_is_told_by_that(mapp: Arbetsmapp) -> None:
    texter = mapp.underlag(2020) / "texter" / "kommentarer"
    skriv(texter / "stod.md", "Hela 77 % fick stöd.\n")
    assert [Path(fil).name for fil in lagen(mapp.underlag(2020), las(mapp).aret).fynd] == ["stod.md"]
    (texter / "stod.md").rename(texter / "styrelsen.md")
    assert [Path(fil).name for fil in lagen(mapp.underlag(2020), las(mapp).aret).fynd] == ["styrelsen.md"]


@pytest.mark.parametrize(("hur", "nytt"), [(lika_lang, "90"), (i_samma_stund, "90,0")])
def test_a_mended_text_has_no_finding_left(mapp: Arbetsmapp, hur: Callable[[Path, str, str], None], nytt: str) -> None:
    skriv(mapp.underlag(2020) / KOMMENTAR, "Hela 77 % fick stöd.\n")
    assert lagen(mapp.underlag(2020), las(mapp).aret).fynd != {}
    hur(mapp.underlag(2020) / KOMMENTAR, "77", nytt)
    assert lagen(mapp.underlag(2020), las(mapp).aret).fynd == {}


def test_what_the_year_waits_for_stops_a_publication_and_no_page(mapp: Arbetsmapp) -> None:
    skriv(mapp.enkater / "ny.toml", ENKAT)
    ny = '[indikator.vantan]\ntitel = "Väntan"\nmal = "stod"\nregel = "andel"\nkalla = "nyenkat"\nfraga = "vantan"\n'
    skriv(mapp.mal(2020), mapp.mal(2020).read_text("utf-8") + ny + 'svar = ["nej"]\ngron = "minst 50 %"\n')
    assert las(mapp).aret.forberett.fel() == []
    assert [d.indikator for d in las(mapp).fel] == ["vantan"]
