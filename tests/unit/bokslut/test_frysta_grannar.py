"""What other förbund have published lies in our version as it was: approved, published and verified with the same bytes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bokslut.jamforelse.frysta_grannar import FrystGranne, frys
from bokslut.oppna_data.filer_att_hamta import resultat_json
from bokslut.publicering import godkannande, publicera
from bokslut.publicering.manifest import las
from bokslut.publicering.omrakning import rakna_om
from bokslut.publicering.publicera import Stoppad, Uppdrag
from bokslut.publicering.verifiera import verifiera_filer
from bokslut.publicering.versioner import las_version
from bokslut.underlag import las as las_underlag
from indikatorer.skydd.rojandevakt import skydda
from kansli.cli import main
from tests.unit.bokslut.litet_underlag import BESLUT, IDAG, Litet, filer

NAMN = "andra/01-grannen-2020.json"


@pytest.fixture
def litet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, snabb_pdf: None) -> Litet:
    monkeypatch.setenv("BOKSLUT_INSTANS", str(tmp_path / "instans"))
    return Litet(tmp_path)


def grannfil(litet: Litet, **resultat: Any) -> Path:
    """Our own results as another förbund might have published them. resultat: keys of the first."""
    dokument = json.loads(resultat_json(skydda(las_underlag(litet.indikatorer, litet.underlag))))
    dokument["forbund"] = "Grannen"
    dokument["indikatorer"][0] |= resultat
    fil = litet.rot / "granne.json"
    fil.write_text(json.dumps(dokument, ensure_ascii=False), "utf-8")
    return fil


def frysta(litet: Litet) -> tuple[FrystGranne, ...]:
    andra, fel = frys([str(grannfil(litet))], "Förbundet Exemplet", 2020)
    assert fel == []
    return andra


def uppdrag(litet: Litet, andra: tuple[FrystGranne, ...]) -> Uppdrag:
    return replace(litet.uppdrag(), andra=andra)


def godkann(litet: Litet, andra: tuple[FrystGranne, ...]) -> None:
    akt = uppdrag(litet, andra).utkast().akt
    for av, roll, beslut in (("Anna Ek", "forbundschef", ""), ("Bo Al", "godkannare", BESLUT)):
        godkannande.lagg_till(litet.godkannanden, akt, av, roll, beslut, IDAG)


def publicerad(litet: Litet) -> Path:
    andra = frysta(litet)
    godkann(litet, andra)
    return publicera.publicera(uppdrag(litet, andra)).mapp


def test_their_bytes_lie_in_the_version_sealed_and_listed(litet: Litet) -> None:
    mapp = publicerad(litet)
    assert (mapp / NAMN).read_bytes() == (litet.rot / "granne.json").read_bytes()
    manifest = las(mapp)
    assert manifest.andra == {NAMN: manifest.filer[NAMN]}
    assert "Grannen 2020" in (mapp / "jamfor.html").read_text("utf-8")
    assert f'href="{NAMN}"' in (mapp / "data.html").read_text("utf-8")


def test_the_same_others_give_the_same_bytes_and_no_new_version(tmp_path: Path, snabb_pdf: None) -> None:
    ett, tva = Litet(tmp_path / "ett"), Litet(tmp_path / "tva")
    (tva.instans).mkdir()
    (tva.instans / "salt").write_bytes(ett.salt())
    assert filer(publicerad(ett)) == filer(publicerad(tva))
    assert not publicera.publicera(uppdrag(ett, frysta(ett))).ny


def test_it_is_verified_without_asking_them_again(litet: Litet) -> None:
    mapp = publicerad(litet)
    (litet.rot / "granne.json").unlink()
    assert verifiera_filer(mapp).avvikelser == ()
    om = rakna_om(las_version(mapp), las_underlag(litet.indikatorer, litet.underlag), litet.salt())
    assert (om.avvikelser, om.anmarkningar) == ((), ())


@pytest.mark.parametrize("godkant_med", [True, False])
def test_what_was_approved_with_others_is_not_approved_without_or_the_reverse(litet: Litet, godkant_med: bool) -> None:
    andra = frysta(litet)
    godkann(litet, andra if godkant_med else ())
    with pytest.raises(Stoppad) as fel:
        publicera.publicera(uppdrag(litet, () if godkant_med else andra))
    texter = [h.text for h in fel.value.hinder if h.kod == "godkannande-inaktuellt"]
    assert len(texter) == 2
    assert all(f"jämförelsen {NAMN} ändrats" in text for text in texter)


def test_their_file_edited_together_with_the_manifest_is_found(litet: Litet) -> None:
    mapp = publicerad(litet)
    for fil in (mapp / NAMN, mapp / "manifest.json"):
        fil.chmod(0o644)
    (mapp / NAMN).write_text("{}", "utf-8")
    assert [(a.kod, a.var) for a in verifiera_filer(mapp).avvikelser] == [("fil-andrad", NAMN)]
    om = rakna_om(las_version(mapp), las_underlag(litet.indikatorer, litet.underlag), litet.salt())
    assert [(a.kod, a.var) for a in om.avvikelser] == [("fil-andrad", "andra/")]
    ra = json.loads((mapp / "manifest.json").read_text("utf-8"))
    ra["andra"][NAMN] = "0" * 64
    (mapp / "manifest.json").write_text(json.dumps(ra), "utf-8")
    fynd = [a for a in verifiera_filer(mapp).avvikelser if a.kod == "manifest-motsager-sig"]
    assert [a.text for a in fynd] == [
        "det som godkändes är inte det som manifestet räknar upp.",
        "jämförelserna som godkändes är inte de som ligger i versionen.",
    ]


@pytest.mark.parametrize("orsak", ["skyddad", "for_fa_svar"])
def test_a_file_that_still_holds_what_it_hides_is_not_handed_on(litet: Litet, orsak: str) -> None:
    """Beside the figures that we compare a file may hold others, and the whole file lies in our version."""
    hemlig = {"orsak": orsak, "visat": "..", "varde": None, "intervall": None, "bortfall": None, "namnare": None}
    _, inga = frys([str(grannfil(litet, **hemlig, taljare=None))], "Vi", 2020)
    assert inga == []
    _, fel = frys([str(grannfil(litet, **hemlig, taljare=3))], "Vi", 2020)
    assert [f.regel for f in fel] == [
        "Filen har kvar siffror i 1 resultat som den säger är dolda, som ”Stöd som hjälper”."
    ]


def test_all_faults_of_the_files_are_told_at_once(litet: Litet) -> None:
    fil = str(grannfil(litet))
    _, fel = frys([fil, str(litet.rot / "finns-inte.json"), fil], "Grannen", 2020)
    assert len(fel) >= 3


def test_the_whole_way_with_others_beside(litet: Litet) -> None:
    vanliga = ["--indikatorer", litet.indikatorer, "--underlag", litet.underlag]
    vanliga += ["--publicerat", litet.publicerat, "--jamfor", grannfil(litet)]

    def kor(*argument: object) -> str:
        svar = CliRunner().invoke(main, [str(a) for a in argument], catch_exceptions=False)
        assert svar.exit_code == 0, svar.output
        return svar.stdout

    kor("godkann", *vanliga, "--av", "Anna Ek", "--roll", "forbundschef")
    beslut = ("--beslut", BESLUT)
    assert "Jämför med Grannen 2020." in kor("godkann", *vanliga, "--av", "Bo Al", "--roll", "godkannare", *beslut)
    assert "Version 1 av socialt bokslut 2020 är publicerad" in kor("publicera", *vanliga)
    v1 = litet.publicerat / "2020" / "v1"
    assert "och varje siffra stämmer" in kor("verifiera", v1, *vanliga[:4])


def test_a_file_that_cannot_be_compared_with_publishes_nothing(litet: Litet) -> None:
    (litet.rot / "granne.json").write_text("[]", "utf-8")
    val = ["--indikatorer", str(litet.indikatorer), "--underlag", str(litet.underlag)]
    val += ["--publicerat", str(litet.publicerat), "--jamfor", str(litet.rot / "granne.json")]
    svar = CliRunner().invoke(main, ["publicera", *val], catch_exceptions=False)
    assert svar.exit_code == 2
    assert "granne.json" in svar.stderr
    assert not litet.publicerat.exists()
