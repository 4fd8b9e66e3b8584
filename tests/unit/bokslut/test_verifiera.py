"""Verification: every way of changing a published version is found and named, and bad input is told in words."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bokslut.publicering import omrakning, verifiera
from bokslut.publicering.kontrollsumma import sha256
from bokslut.publicering.manifest import ManifestFel, las
from bokslut.publicering.omrakning import rakna_om
from bokslut.publicering.verifiera import (
    Avvikelse,
    valj_versioner,
    verifiera_filer,
    verifiera_summa,
    verifiera_vagvisning,
)
from bokslut.publicering.versioner import las_version
from bokslut.tryck import pdf
from bokslut.underlag import las as las_underlag
from indikatorer import gallrat
from indikatorer.evaluate import rakna
from tests.unit.bokslut.litet_underlag import Litet


@pytest.fixture(scope="module")
def forlaga(tmp_path_factory: pytest.TempPathFactory, pdf_data: bytes) -> Litet:
    """Two versions, published once for all tests here."""
    litet = Litet(tmp_path_factory.mktemp("litet"))
    with pytest.MonkeyPatch.context() as m:
        m.setattr(pdf, "rita", lambda *_: pdf_data)
        litet.rattad()
    return litet


@pytest.fixture
def litet(forlaga: Litet, tmp_path: Path, snabb_pdf: None) -> Litet:
    kopia = object.__new__(Litet)
    rot = Path(shutil.copytree(forlaga.rot, tmp_path / "kopia"))
    for fil in rot.rglob("*"):
        fil.chmod(0o755 if fil.is_dir() else 0o644)
    kopia.rot, kopia.indikatorer, kopia.underlag = rot, rot / "indicators.toml", rot / "underlag"
    kopia.publicerat, kopia.instans = rot / "publicerat", rot / "instans"
    return kopia


@pytest.fixture
def mapp(litet: Litet) -> Path:
    return litet.publicerat / "2020" / "v2"


def fynd(avvikelser: tuple[Avvikelse, ...] | list[Avvikelse]) -> list[tuple[str, str]]:
    return [(a.kod, a.var) for a in avvikelser]


def om(litet: Litet, mapp: Path, salt: bytes | None = None) -> omrakning.Omrakning:
    forberett = las_underlag(litet.indikatorer, litet.underlag)
    return rakna_om(las_version(mapp), forberett, litet.salt() if salt is None else salt)


def andra_manifest(mapp: Path, andra: Callable[[dict[str, Any]], object]) -> None:
    fil = mapp / "manifest.json"
    ra = json.loads(fil.read_text("utf-8"))
    andra(ra)
    fil.write_text(json.dumps(ra, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


def lanka(fil: Path, mal: Path) -> None:
    fil.unlink(missing_ok=True)
    fil.symlink_to(mal)


def test_both_versions_are_as_they_were_published(litet: Litet, mapp: Path) -> None:
    for version in valj_versioner(mapp.parent):
        assert verifiera_filer(version).avvikelser == ()
    assert om(litet, mapp) == omrakning.Omrakning((), ())


@pytest.mark.parametrize(
    ("andra", "kod", "var"),
    [
        (lambda m: (m / "metod.html").write_text("annat"), "fil-andrad", "metod.html"),
        (lambda m: (m / "data" / "resultat.csv").unlink(), "fil-saknas", "data/resultat.csv"),
        (lambda m: (m / "data" / "ny.html").write_text("x"), "fil-tillagd", "data/ny.html"),
        (lambda m: (m / ".dold").write_text("x"), "fil-tillagd", ".dold"),
        (lambda m: lanka(m / "metod.html", m / "index.html"), "inte-en-fil", "metod.html"),
        (lambda m: lanka(m / "ut", m.parent), "fil-tillagd", "ut"),
        (lambda m: ((m / "metod.html").unlink(), os.mkfifo(m / "metod.html")), "inte-en-fil", "metod.html"),
        (lambda m: ((m / "metod.html").unlink(), (m / "metod.html").mkdir()), "fil-saknas", "metod.html"),
    ],
    ids=["edited", "gone", "added", "hidden", "link", "link-to-folder", "pipe", "folder"],
)
def test_a_file_that_somebody_touched_is_named(mapp: Path, andra: Callable[[Path], object], kod: str, var: str) -> None:
    andra(mapp)
    assert fynd(verifiera_filer(mapp).avvikelser) == [(kod, var)]


def test_a_file_that_cannot_be_read_is_named(mapp: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nekad(fil: Path) -> str:
        if fil.name == "metod.html" and fil.parent.name != "en":
            raise PermissionError(13, "Permission denied", str(fil))
        return sha256(fil.read_bytes())

    monkeypatch.setattr(verifiera, "sha256_fil", nekad)
    assert fynd(verifiera_filer(mapp).avvikelser) == [("fil-olaslig", "metod.html")]


def byt_bada(mapp: Path, fil: str, gammalt: str, nytt: str) -> None:
    """Edit a file by hand, and the manifest so that it agrees."""
    text = (mapp / fil).read_text("utf-8")
    assert gammalt in text
    (mapp / fil).write_text(text.replace(gammalt, nytt), "utf-8")
    andra_manifest(mapp, lambda m: m["filer"].update({fil: sha256((mapp / fil).read_bytes())}))


def test_a_file_edited_together_with_the_manifest_is_found_by_the_sum_in_the_minutes(mapp: Path) -> None:
    summa = las_version(mapp).summa
    byt_bada(mapp, "metod.html", "Metod", "Metodik")
    version = verifiera_filer(mapp).version
    assert list(verifiera_summa(version, None)) == []
    assert fynd(list(verifiera_summa(version, summa))) == [("manifest-utbytt", "manifest.json")]


def test_the_sum_is_compared_however_it_is_written(mapp: Path) -> None:
    version = las_version(mapp)
    assert list(verifiera_summa(version, f" {version.summa[:32].upper()} {version.summa[32:]}\n")) == []


def test_a_page_edited_together_with_the_manifest_is_found_by_building_it_again(litet: Litet, mapp: Path) -> None:
    byt_bada(mapp, "malomrade-nytta.html", "40\u00a0%", "95\u00a0%")
    assert verifiera_filer(mapp).avvikelser == ()
    assert fynd(om(litet, mapp).avvikelser) == [("sida-skiljer", "malomrade-nytta.html")]


def test_a_figure_edited_together_with_the_manifest_contradicts_what_was_approved(litet: Litet, mapp: Path) -> None:
    byt_bada(mapp, "resultat.json", "40\u00a0%", "95\u00a0%")
    assert ("manifest-motsager-sig", "manifest.json") in fynd(verifiera_filer(mapp).avvikelser)
    texter = [a.text for a in om(litet, mapp).avvikelser if a.kod == "siffra-skiljer"]
    assert texter == ["visat är 95\u00a0% i bokslutet, men 40\u00a0% enligt underlaget."]


@pytest.mark.parametrize(
    "andra",
    [
        lambda m: m.update(regler="0" * 64),
        lambda m: m["underlag"].pop(),
        lambda m: m.update(godkannanden=m["godkannanden"][:1]),
        lambda m: m["godkannanden"][1].update(av="anna EK"),
        lambda m: m.update(rattelser=[]),
        lambda m: m.update(version=3),
    ],
    ids=["rules", "underlag", "one person", "same person", "no correction", "number"],
)
def test_a_manifest_edited_by_hand_contradicts_itself(mapp: Path, andra: Callable[[dict[str, Any]], object]) -> None:
    andra_manifest(mapp, andra)
    assert "manifest-motsager-sig" in {kod for kod, _ in fynd(verifiera_filer(mapp).avvikelser)}


def test_an_older_version_that_was_exchanged_whole_is_found_by_the_newer(mapp: Path) -> None:
    byt_bada(mapp.parent / "v1", "metod.html", "Metod", "Metodik")
    assert verifiera_filer(mapp.parent / "v1").avvikelser == ()
    assert fynd(verifiera_filer(mapp).avvikelser) == [("tidigare-version-utbytt", "v1/manifest.json")]


@pytest.mark.parametrize("namn", ["index.html", "versioner.html", "versioner.css"])
def test_what_leads_readers_is_looked_at_too(mapp: Path, namn: str) -> None:
    versioner = [las_version(v) for v in valj_versioner(mapp.parent)]
    assert list(verifiera_vagvisning(mapp.parent, versioner)) == []
    (mapp.parent / namn).write_text("annat", "utf-8")
    assert fynd(list(verifiera_vagvisning(mapp.parent, versioner))) == [("vagvisning-andrad", namn)]


@pytest.mark.parametrize(
    ("fil", "gammalt", "nytt", "vantat"),
    [
        ("indicators.toml", "minst 50 %", "minst 45 %", ("regler-andrade", "filen med indikatorer")),
        ("underlag/texter/kommentarer/stod.md", "vidare", "på", ("text-andrad", "texter/kommentarer/stod.md")),
        ("underlag/enkat.csv", "ja,40", "ja,41", ("underlag-andrat", "2020/enkat")),
        ("underlag/representation.csv", "man,6", "man,7", ("underlag-andrat", "2020/representation")),
        ("underlag/exempel/ett.md", "bra", "fint", ("underlag-andrat", "2020/exempel")),
        ("underlag/underlag.toml", "utdelade = 120", "utdelade = 130", ("underlag-andrat", "2020/underlag.toml")),
    ],
)
def test_with_underlag_each_part_that_is_another_is_named(
    litet: Litet, mapp: Path, fil: str, gammalt: str, nytt: str, vantat: tuple[str, str]
) -> None:
    litet.byt(litet.rot / fil, gammalt, nytt)
    assert vantat in fynd(om(litet, mapp).avvikelser)


def test_each_figure_that_comes_out_otherwise_is_named_with_both_values(litet: Litet, mapp: Path) -> None:
    litet.svar(ja=90, nej=10)
    texter = {a.text for a in om(litet, mapp).avvikelser if a.kod == "siffra-skiljer"}
    assert "taljare är 40 i bokslutet, men 90 enligt underlaget." in texter
    assert "visat är 40\u00a0% i bokslutet, men 90\u00a0% enligt underlaget." in texter
    assert "signal är rod i bokslutet, men gron enligt underlaget." in texter


def test_without_the_salt_the_figures_are_computed_and_the_rest_is_said(litet: Litet, mapp: Path) -> None:
    ut = om(litet, mapp, salt=bytes(32))
    assert ut.avvikelser == ()
    assert ["salt" in text for text in ut.anmarkningar] == [True]


def test_a_public_table_needs_no_salt(litet: Litet, mapp: Path) -> None:
    litet.byt(litet.underlag / "representation.csv", "man,6", "man,7")
    assert ("underlag-andrat", "2020/representation") in fynd(om(litet, mapp, salt=bytes(32)).avvikelser)


def test_another_program_computes_the_figures_and_says_that_no_page_was_built(
    litet: Litet, mapp: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    annat = omrakning.program().model_copy(update={"version": "9.9"})
    monkeypatch.setattr(omrakning, "program", lambda: annat)
    ut = om(litet, mapp)
    assert ut.avvikelser == ()
    assert ["Sidorna är inte byggda på nytt" in text for text in ut.anmarkningar] == [True]


def test_a_source_whose_rows_were_disposed_of_still_gives_the_figures(tmp_path: Path, snabb_pdf: None) -> None:
    litet = Litet(tmp_path)
    (litet.underlag / "enkat.csv").write_text("stod\n" + "ja\n" * 90 + "nej\n" * 10, "utf-8")
    mapp = litet.publicerad()
    kvar = gallrat.skriv(rakna(las_underlag(litet.indikatorer, litet.underlag)), "enkat")
    (litet.underlag / f"enkat{gallrat.ANDELSE}").write_bytes(kvar)
    litet.byt(litet.underlag / "underlag.toml", "enkat.csv", f"enkat{gallrat.ANDELSE}")
    ut = om(litet, mapp)
    assert ut.avvikelser == ()
    assert ["gallrats i 2020/enkat" in text for text in ut.anmarkningar] == [True]


def test_a_correction_without_the_version_before_it_says_what_that_means(litet: Litet, mapp: Path) -> None:
    shutil.rmtree(mapp.parent / "v1")
    assert ["Version 1 ligger inte bredvid" in text for text in om(litet, mapp).anmarkningar] == [True]


def skriv(text: str | bytes) -> Callable[[Path], object]:
    return lambda m: (m / "manifest.json").write_bytes(text if isinstance(text, bytes) else text.encode())


def med(andra: Callable[[dict[str, Any]], object]) -> Callable[[Path], object]:
    return lambda m: andra_manifest(m, andra)


def stor(mapp: Path) -> None:
    with (mapp / "manifest.json").open("wb") as fil:
        fil.truncate(100_000_000)


SUMMA = "0" * 64


@pytest.mark.parametrize(
    ("andra", "vad"),
    [
        (skriv("{"), "är ingen hel JSON-fil"),
        (skriv(b"\xff\xfe\x00"), "är ingen hel JSON-fil"),
        (skriv("[" * 200_000), "är ingen hel JSON-fil"),
        (skriv("[]"), "har inte den form"),
        (skriv("{}"), "har inte den form|har inte format 1"),
        (stor, "är 100 MB, och ska vara högst 5 MB"),
        (lambda m: (m / "manifest.json").unlink(), "finns inte"),
        (lambda m: lanka(m / "manifest.json", m / "index.html"), "är ingen vanlig fil"),
        (med(lambda m: m.update(format=2)), "har inte format 1"),
        (med(lambda m: m.update(filer=[])), "filer har inte den form"),
        (med(lambda m: m.update(version="2")), "version har inte den form"),
        (med(lambda m: m.update(ny=1)), "ny har inte den form"),
        (med(lambda m: m["filer"].update({"index.html": "kort"})), r"filer\.index\.html har inte den form"),
        (med(lambda m: m["filer"].update({"../../v1/index.html": SUMMA})), "utanför mappen"),
        (med(lambda m: m["filer"].update({"/etc/passwd": SUMMA})), "utanför mappen"),
        (med(lambda m: m["filer"].update({"data/../index.html": SUMMA})), "utanför mappen"),
        (med(lambda m: m["filer"].update({"C:\\x": SUMMA})), "utanför mappen"),
        (med(lambda m: m["filer"].update({"": SUMMA})), "utanför mappen"),
    ],
)
def test_a_manifest_that_cannot_be_used_is_told_in_words(mapp: Path, andra: Callable[[Path], object], vad: str) -> None:
    andra(mapp)
    with pytest.raises(ManifestFel, match=vad):
        las(mapp)


def test_a_name_that_would_move_the_terminal_is_shown_harmless(mapp: Path) -> None:
    andra_manifest(mapp, lambda m: m["filer"].update({"../\x1b[2J\u202e": SUMMA}))
    with pytest.raises(ManifestFel) as fel:
        las(mapp)
    assert str(fel.value).isprintable()


@pytest.mark.parametrize("namn", ["finns-inte", "manifest.json", "data"])
def test_what_is_no_published_folder_is_told_in_words(mapp: Path, namn: str) -> None:
    with pytest.raises(ManifestFel, match="Peka ut mappen för en version"):
        valj_versioner(mapp / namn)


def test_published_results_that_are_broken_are_told_in_words(litet: Litet, mapp: Path) -> None:
    for text in ("{", "[]", '{"indikatorer": [1], "tabeller": []}', '{"indikatorer": 1, "tabeller": []}', "[" * 99_999):
        (mapp / "resultat.json").write_text(text, "utf-8")
        with pytest.raises(ManifestFel, match=r"resultat\.json"):
            om(litet, mapp)
