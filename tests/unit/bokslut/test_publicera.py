"""Publishing: whole or not at all, the same bytes every time, and two persons behind it."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from bokslut.publicering import publicera
from bokslut.publicering.omrakning import rakna_om
from bokslut.publicering.publicera import SkrivFel, Stoppad
from bokslut.publicering.verifiera import verifiera_filer
from bokslut.publicering.versioner import las_version
from bokslut.underlag import las
from tests.unit.bokslut.litet_underlag import BERATTELSE, BESLUT, INDIKATORER, Litet, filer


@pytest.fixture
def litet(tmp_path: Path, snabb_pdf: None) -> Litet:
    return Litet(tmp_path)


def koder(fel: Stoppad) -> set[str]:
    return {h.kod for h in fel.hinder}


def dolda(mapp: Path) -> list[str]:
    return [f.name for f in mapp.iterdir() if f.name.startswith(".")]


def senaste(ar_mapp: Path) -> str:
    """Where index.html leads."""
    [adress] = re.findall(r'content="0; url=([^"]+)"', (ar_mapp / "index.html").read_text("utf-8"))
    assert (ar_mapp / adress).is_file()
    return adress.partition("/")[0]


class Text(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.ord: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.ord += data.split()


def text(fil: Path) -> str:
    return " ".join(Text(fil.read_text("utf-8")).ord)


def test_an_approved_bokslut_is_published_whole_and_led_to(litet: Litet) -> None:
    mapp = litet.publicerad()
    assert mapp == litet.publicerat / "2020" / "v1"
    assert senaste(mapp.parent) == "v1"
    assert verifiera_filer(mapp).avvikelser == ()
    assert dolda(mapp.parent) == []
    assert {"index.html", "andringar.html", "resultat.json", "manifest.json"} <= filer(mapp).keys()


def test_the_manifest_holds_what_it_was_made_of_and_no_path(litet: Litet) -> None:
    manifest = json.loads((litet.publicerad() / "manifest.json").read_text("utf-8"))
    slag = {u["namn"]: u["slag"] for u in manifest["underlag"]}
    assert slag == {
        "2020/enkat": "hmac-sha256",
        "2020/representation": "sha256",
        "2020/exempel": "hmac-sha256",
        "2020/underlag.toml": "hmac-sha256",
    }
    assert [(g["av"], g["beslut"]) for g in manifest["godkannanden"]] == [("Anna Ek", ""), ("Bo Al", BESLUT)]
    assert {"jinja2", "plotly", "nh3"} <= manifest["program"]["bibliotek"].keys()
    assert str(litet.rot) not in json.dumps(manifest)


def test_the_salt_is_published_nowhere(litet: Litet) -> None:
    mapp = litet.publicerad()
    salt = (litet.instans / "salt").read_bytes()
    allt = b"".join(filer(mapp.parent).values())
    assert len(salt) == 32
    assert salt not in allt
    assert salt.hex().encode() not in allt


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # WeasyPrint leaves the colour profile open
def test_the_same_input_gives_the_same_bytes_and_the_same_names(tmp_path: Path) -> None:
    litet = Litet(tmp_path)  # the real PDF too
    forsta = filer(litet.publicerad().parent)
    litet.publicerat = tmp_path / "igen"
    assert filer(litet.publicera().mapp.parent) == forsta


def test_publishing_again_without_a_change_makes_no_version(litet: Litet) -> None:
    fore = filer(litet.publicerad().parent)
    igen = litet.publicera()
    assert (igen.version, igen.ny) == (1, False)
    assert filer(litet.publicerat / "2020") == fore


def test_the_same_correction_asked_for_again_makes_no_version(litet: Litet) -> None:
    litet.rattad()
    igen = litet.publicera("Svaren var förväxlade.")
    assert (igen.version, igen.ny) == (2, False)


def test_another_reason_is_another_version_even_when_nothing_else_differs(litet: Litet) -> None:
    litet.publicerad()
    with pytest.raises(Stoppad) as fel:
        litet.publicera("Sidorna har fått ett nytt utseende.")
    assert koder(fel.value) == {"godkannande-saknas"}
    assert "version 2" in str(fel.value)


def test_one_person_is_not_two(litet: Litet) -> None:
    litet.godkann("Bo Al", "godkannare", BESLUT)
    with pytest.raises(Stoppad) as fel:
        litet.publicera()
    assert koder(fel.value) == {"godkannande-saknas"}
    assert dolda(litet.publicerat / "2020") == []


@pytest.mark.parametrize(
    ("fil", "gammalt", "nytt", "vad"),
    [
        ("indicators.toml", "minst 50 %", "minst 60 %", "reglerna"),
        ("underlag/enkat.csv", "90", "91", "underlaget 2020/enkat"),
        ("underlag/representation.csv", "man,6", "man,7", "underlaget 2020/representation"),
        ("underlag/underlag.toml", "120", "121", "underlaget 2020/underlag.toml"),
    ],
)
def test_a_changed_input_voids_the_approvals_and_says_what_was_changed(
    litet: Litet, fil: str, gammalt: str, nytt: str, vad: str
) -> None:
    litet.godkann_av_tva()
    litet.byt(litet.rot / fil, gammalt, nytt)
    with pytest.raises(Stoppad) as fel:
        litet.publicera()
    assert koder(fel.value) == {"godkannande-inaktuellt", "godkannande-saknas"}
    assert sum(vad in h.text for h in fel.value.hinder if h.kod == "godkannande-inaktuellt") == 2


def test_a_new_text_voids_the_approvals(litet: Litet) -> None:
    litet.godkann_av_tva()
    (litet.underlag / "texter").mkdir()
    (litet.underlag / "texter" / "forord.md").write_text("Välkommen.\n", "utf-8")
    with pytest.raises(Stoppad) as fel:
        litet.publicera()
    assert "texten forord.md" in str(fel.value)


def test_an_approval_of_a_version_does_not_approve_the_same_content_as_another(litet: Litet) -> None:
    litet.rattad()
    litet.svar(ja=90, nej=10)
    (litet.underlag / "texter" / "kommentarer" / "stod.md").unlink()
    with pytest.raises(Stoppad) as fel:
        litet.publicera("Den första var rätt.")
    assert "godkannande-saknas" in koder(fel.value)


def test_warnings_stop_until_somebody_answers_for_them(litet: Litet) -> None:
    litet.byt(litet.underlag / "underlag.toml", "utdelade = 120\n", "")
    litet.godkann_av_tva()
    with pytest.raises(Stoppad) as fel:
        litet.publicera()
    assert koder(fel.value) == {"svarsfrekvens-okand"}
    manifest = json.loads((litet.publicera(trots="Det är inte känt.").mapp / "manifest.json").read_text("utf-8"))
    assert manifest["overvagt"]["skal"] == "Det är inte känt."
    assert [v["kod"] for v in manifest["overvagt"]["varningar"]] == ["svarsfrekvens-okand"]


def test_a_warning_that_is_let_through_publishes_no_path(litet: Litet) -> None:
    litet.byt(litet.underlag / "exempel" / "ett.md", "Det gick bra.", "Kvinnan är 43 år.")
    litet.godkann_av_tva()
    manifest = (litet.publicera(trots="Hon vill att det står.").mapp / "manifest.json").read_text("utf-8")
    assert '"var": "exempel/ett.md:' in manifest
    assert str(litet.rot) not in manifest


def test_a_correction_is_a_new_version_that_tells_what_changed_and_why(litet: Litet) -> None:
    mapp = litet.rattad()
    sida = text(mapp / "andringar.html")
    assert senaste(mapp.parent) == mapp.name == "v2"
    assert "Varför: Svaren var förväxlade." in sida
    assert "1.1 Stöd som hjälper Också antalen, det oavrundade värdet" in sida
    assert "90 % Når målet 40 % Når inte målet" in sida
    assert "Svaren var förväxlade." in text(mapp.parent / "versioner.html")


def test_a_correction_without_a_reason_is_stopped(litet: Litet) -> None:
    litet.publicerad()
    litet.svar(ja=80, nej=20)
    litet.godkann_av_tva()
    with pytest.raises(Stoppad) as fel:
        litet.publicera()
    assert koder(fel.value) == {"rattelse-utan-skal"}


def test_a_corrected_version_keeps_every_byte_and_shows_the_notice(litet: Litet) -> None:
    fore = filer(litet.publicerad())
    litet.svar(ja=80, nej=20)
    litet.godkann_av_tva()
    ar_mapp = litet.publicera("Fel fil.").mapp.parent
    assert filer(ar_mapp / "v1") == fore
    assert "Det finns en rättad version" in text(ar_mapp / "v1" / "metod.html")
    assert '<html lang="sv" class="v1">' in fore["metod.html"].decode()
    assert ".v1 .rattad { display: block; }" in (ar_mapp / "versioner.css").read_text("utf-8")
    assert ".v2" not in (ar_mapp / "versioner.css").read_text("utf-8")


def test_a_third_version_tells_the_whole_history_latest_first(litet: Litet) -> None:
    litet.rattad()
    litet.svar(ja=39, nej=61)
    litet.godkann_av_tva()
    sida = text(litet.publicera("En till.").mapp / "andringar.html")
    assert sida.index("Version 3 rättar version 2") < sida.index("Version 2 rättar version 1")


def test_nothing_is_published_on_top_of_a_version_that_was_edited(litet: Litet) -> None:
    mapp = litet.publicerad()
    (mapp / "metod.html").chmod(0o644)
    (mapp / "metod.html").write_text("annat", "utf-8")
    litet.svar(ja=80, nej=20)
    litet.godkann_av_tva()
    with pytest.raises(Stoppad, match=r"metod\.html") as fel:
        litet.publicera("Fel fil.")
    assert "tidigare-version-andrad" in koder(fel.value)


@pytest.mark.parametrize("nummer", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_publishes_nothing_and_says_so(litet: Litet, monkeypatch: pytest.MonkeyPatch, nummer: int) -> None:
    fore = filer(litet.publicerad().parent)
    litet.svar(ja=80, nej=20)
    litet.godkann_av_tva()
    uppdrag = litet.uppdrag("Fel fil.")

    def full(_: int) -> None:
        raise OSError(nummer, os.strerror(nummer))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SkrivFel, match=r"Disken är full.*version 1 visas som förut\."):
        publicera.publicera(uppdrag)
    assert filer(litet.publicerat / "2020") == fore


def test_a_disk_that_fills_up_while_styles_are_copied_says_the_same(
    litet: Litet, monkeypatch: pytest.MonkeyPatch
) -> None:
    litet.godkann_av_tva()
    uppdrag = litet.uppdrag()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(SkrivFel, match="Disken är full"):
        publicera.publicera(uppdrag)


def test_a_disk_that_fills_up_while_pages_are_written_leaves_nothing(
    litet: Litet, monkeypatch: pytest.MonkeyPatch
) -> None:
    litet.godkann_av_tva()
    uppdrag, skrivna = litet.uppdrag(), []
    skriv = Path.write_text

    def full(self: Path, *args: str, **kw: str) -> int:
        skrivna.append(self)
        if len(skrivna) > 5:
            raise OSError(errno.ENOSPC, "No space left on device")
        return skriv(self, *args, **kw)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(SkrivFel, match=r"Disken är full.*ingen version har publicerats"):
        publicera.publicera(uppdrag)
    assert list((litet.publicerat / "2020").iterdir()) == []


def test_a_way_that_cannot_be_written_is_told_and_mended_by_the_next_run(
    litet: Litet, monkeypatch: pytest.MonkeyPatch
) -> None:
    litet.publicerad()
    litet.svar(ja=80, nej=20)
    litet.godkann_av_tva()
    with monkeypatch.context() as m:
        m.setattr(
            "bokslut.publicering.publicera.peka_om", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full"))
        )
        with pytest.raises(SkrivFel, match=r"Version 2 ligger på plats, men läsarna leds inte dit än"):
            litet.publicera("Fel fil.")
    assert senaste(litet.publicerat / "2020") == "v1"
    assert not litet.publicera().ny
    assert senaste(litet.publicerat / "2020") == "v2"


DOD = """
import os, signal, sys
from pathlib import Path
from bokslut.tryck import pdf
from bokslut.publicering.publicera import publicera
from tests.unit.bokslut.litet_underlag import Litet
litet = object.__new__(Litet)
litet.rot = rot = Path(sys.argv[1])
litet.indikatorer, litet.underlag = rot / "indicators.toml", rot / "underlag"
litet.publicerat, litet.instans = rot / "publicerat", rot / "instans"
litet.godkannanden = litet.instans / "godkannanden.jsonl"
def dor(steg):
    if steg.startswith(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
pdf.rita = lambda *_: (rot / "pdf").read_bytes()
publicera(litet.uppdrag("Fel fil."), dor)
"""
STEG = (
    "Granskar före publicering",
    "Skriver till disken",
    "Flyttar v2 på plats",
    "Visar vägen till den nya versionen",
    "aldrig",
)


def kor_till_dods(litet: Litet, steg: str) -> subprocess.CompletedProcess[str]:
    argument = [sys.executable, "-W", "ignore", "-c", DOD, str(litet.rot), steg]
    return subprocess.run(argument, capture_output=True, text=True, check=False)


def test_killed_at_any_step_the_old_version_is_served_and_the_next_run_finishes(litet: Litet, pdf_data: bytes) -> None:
    (litet.rot / "pdf").write_bytes(pdf_data)
    fore = filer(litet.publicerad())
    litet.svar(ja=80, nej=20)
    litet.godkann_av_tva()
    ar_mapp = litet.publicerat / "2020"
    for steg in STEG:
        ut = kor_till_dods(litet, steg)
        assert ut.returncode == (0 if steg == "aldrig" else -9), ut.stderr
        assert senaste(ar_mapp) == ("v2" if steg == "aldrig" else "v1")
        assert filer(ar_mapp / "v1") == fore
        versioner = [v for v in ar_mapp.glob("v[0-9]*") if v.is_dir()]
        assert [verifiera_filer(v).avvikelser for v in versioner] == [()] * len(versioner)
    assert sorted(f.name for f in ar_mapp.iterdir()) == ["index.html", "v1", "v2", "versioner.css", "versioner.html"]


def test_two_at_once_are_told_apart(litet: Litet) -> None:
    litet.publicerad()
    with publicera._ensam(litet.publicerat / "2020"), pytest.raises(SkrivFel, match="Någon annan publicerar"):
        litet.publicera()


def test_a_file_of_a_version_cannot_be_edited_by_mistake(litet: Litet) -> None:
    mapp = litet.publicerad()
    assert {f.stat().st_mode & 0o777 for f in mapp.rglob("*") if f.is_file()} == {0o444}
    assert mapp.stat().st_mode & 0o777 == 0o755


# What a version is made of, and what somebody makes of it in the seconds between the sum and the pages.
I_SISTA_STUND = {
    "underlag/texter/om.md": "Så här blev året, med ändringen.\n",
    "underlag/texter/forord.md": "Ett förord, med ändringen.\n",
    "underlag/exempel/ett.md": BERATTELSE.replace("Det gick bra.", "Det gick bra, med ändringen."),
    "underlag/enkat.csv": "stod,antal\nja,10\nnej,90\n",
    "underlag/representation.csv": "grupp,kon,antal\nstyrelse,kvinna,12\n",
    "indicators.toml": INDIKATORER.replace("Deltagarnytta", "Deltagarnytta, med ändringen"),
}


@pytest.mark.parametrize("namn", I_SISTA_STUND)
def test_what_was_approved_is_what_is_published_however_it_is_changed_meanwhile(
    litet: Litet, monkeypatch: pytest.MonkeyPatch, namn: str
) -> None:
    (litet.underlag / "texter").mkdir()
    (litet.underlag / "texter" / "om.md").write_text("Så här blev året.\n", "utf-8")
    litet.godkann_av_tva()
    fil, bygg_version = litet.rot / namn, publicera.bygg_version
    fore = fil.read_bytes() if fil.exists() else None

    def bygg_av_andrat(*delar: Any) -> None:
        fil.write_text(I_SISTA_STUND[namn], "utf-8")
        bygg_version(*delar)

    monkeypatch.setattr(publicera, "bygg_version", bygg_av_andrat)
    mapp = litet.publicera().mapp
    assert "med ändringen" not in "".join(text(sida) for sida in mapp.glob("*.html"))
    if fore is None:
        fil.unlink()
    else:
        fil.write_bytes(fore)
    assert rakna_om(las_version(mapp), las(litet.indikatorer, litet.underlag), litet.salt()).avvikelser == ()


def test_what_is_changed_between_the_reading_and_the_sum_is_not_published(litet: Litet) -> None:
    litet.godkann_av_tva()
    uppdrag = litet.uppdrag()
    litet.svar(ja=60, nej=40)
    with pytest.raises(Stoppad) as fel:
        publicera.publicera(uppdrag)
    assert "godkannande-inaktuellt" in koder(fel.value)
