"""The gate: every code is documented, and every code can occur."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pikepdf
import pytest

from bokslut.grind import granska
from bokslut.grind.hinder import KODER, Hinder
from bokslut.grind.provar_pdf import granska_pdf
from bokslut.grind.provar_resultat import granska_mal, granska_skydd
from bokslut.publicering import publicera, verifiera
from enkat.granskning import Granskning
from indikatorer.resultat import Mal, Malomrade, Resultat, Utvardering
from indikatorer.skydd.intyg import Atkomlig, Intyg
from tests.unit.bokslut.litet_underlag import Litet

DOKUMENT = Path(__file__).parents[3] / "docs" / "grind.md"


@pytest.fixture
def litet(tmp_path: Path, snabb_pdf: None) -> Litet:
    return Litet(tmp_path)


def koder(hinder: list[Hinder]) -> set[str]:
    return {h.kod for h in hinder}


def dokumenterade(rubrik: str) -> set[str]:
    [del_] = [d for d in DOKUMENT.read_text("utf-8").split("\n## ") if d.startswith(rubrik)]
    return set(re.findall(r"^\| `([a-z-]+)` \|", del_, re.M))


def test_every_code_is_documented_and_every_documented_code_exists() -> None:
    assert dokumenterade("Hindrar publicering") == {kod for kod, hindrar in KODER.items() if hindrar}
    assert dokumenterade("Varnar") == {kod for kod, hindrar in KODER.items() if not hindrar}
    assert dokumenterade("Vad `bokslut verifiera`") == set(verifiera.KODER)


def test_an_approved_bokslut_meets_nothing(litet: Litet) -> None:
    litet.godkann_av_tva()
    assert publicera.forhandsvisa(litet.uppdrag()) == []
    assert not litet.publicerat.exists()


def rod(litet: Litet) -> None:
    litet.svar(ja=10, nej=90)


def text(innehall: str) -> Callable[[Litet], None]:
    def skriv(litet: Litet) -> None:
        (litet.underlag / "texter").mkdir()
        (litet.underlag / "texter" / "forord.md").write_text(innehall, "utf-8")

    return skriv


def berattelse(gammalt: str, nytt: str) -> Callable[[Litet], None]:
    return lambda litet: litet.byt(litet.underlag / "exempel" / "ett.md", gammalt, nytt)


def regler(gammalt: str, nytt: str) -> Callable[[Litet], None]:
    return lambda litet: litet.byt(litet.indikatorer, gammalt, nytt)


def dok(gammalt: str, nytt: str) -> Callable[[Litet], None]:
    return lambda litet: litet.byt(litet.underlag / "underlag.toml", gammalt, nytt)


def vand(litet: Litet) -> None:
    litet.godkann()
    litet.svar(ja=91, nej=9)


def andrad(litet: Litet) -> None:
    fil = litet.publicerad() / "metod.html"
    fil.chmod(0o644)
    fil.write_text("annat", "utf-8")


def ny(litet: Litet) -> None:
    litet.publicerad()
    litet.svar(ja=91, nej=9)


@pytest.mark.parametrize(
    ("gor", "kod"),
    [
        (regler('fraga = "stod"', 'fraga = "stot"'), "fel-i-definitionen"),
        (regler("Deltagarna får det stöd de behöver.", "  "), "mal-utan-text"),
        (regler("minsta_grupp = 5", "minsta_grupp = 0"), "skydd-avstangt"),
        (rod, "rod-utan-kommentar"),
        (text("Se {{ tal('finns-inte') }}.\n"), "fel-i-text"),
        (text("Hela 73,5 procent är nöjda.\n"), "text-mot-siffra"),
        (berattelse("samtycke = true", "samtycke = false"), "berattelse-utan-samtycke"),
        (berattelse("Eva Lind", " "), "berattelse-ej-granskad"),
        (regler('regel = "goda_exempel"', 'till = 2019\nregel = "goda_exempel"'), "berattelse-utan-indikator"),
        (berattelse("Det gick bra.", "Kvinnan är 43 år."), "berattelse-kan-peka-ut"),
        (berattelse("alder = true", "alder = false"), "berattelse-ej-genomgangen"),
        (andrad, "tidigare-version-andrad"),
        (ny, "rattelse-utan-skal"),
        (lambda _: None, "godkannande-saknas"),
        (vand, "godkannande-inaktuellt"),
        (lambda litet: litet.godkann("Bo Al", "godkannare"), "beslut-saknas"),
        (lambda litet: litet.svar(ja=52, nej=48), "nara-gransen"),
        (dok("utdelade = 120\n", ""), "svarsfrekvens-okand"),
        (regler('kontakt = "bokslut@exempel.se"\n', ""), "kontakt-saknas"),
        (dok("[skala.ja_nej]", "pahittat = true\n[skala.ja_nej]"), "pahittade-svar"),
    ],
)
def test_each_code_can_occur(litet: Litet, gor: Callable[[Litet], object], kod: str) -> None:
    gor(litet)
    assert kod in koder(publicera.forhandsvisa(litet.uppdrag()))


def test_a_decision_is_asked_for_only_of_those_who_approved(litet: Litet) -> None:
    assert koder(publicera.forhandsvisa(litet.uppdrag())) == {"godkannande-saknas"}


def test_what_blocks_comes_first(litet: Litet) -> None:
    dok("utdelade = 120\n", "")(litet)
    ordning = [h.blockerar for h in publicera.forhandsvisa(litet.uppdrag())]
    assert ordning == sorted(ordning, reverse=True)
    assert set(ordning) == {True, False}


def test_a_draft_without_consent_stands_in_nobodys_way(litet: Litet) -> None:
    berattelse("samtycke = true", "samtycke = false")(litet)
    berattelse("publicerad = true", "publicerad = false")(litet)
    assert koder(publicera.forhandsvisa(litet.uppdrag())) & {"berattelse-utan-samtycke"} == set()


def test_an_unreviewed_language_that_may_be_used_is_told(litet: Litet, monkeypatch: pytest.MonkeyPatch) -> None:
    lagen = {"ar": Granskning(undantag="ingen granskare finns"), "so": Granskning()}
    monkeypatch.setattr(granska, "granskning", lambda: lagen)
    [h] = [h for h in publicera.forhandsvisa(litet.uppdrag()) if h.kod == "oversattning-ogranskad"]
    assert "ingen granskare finns" in h.text


@pytest.mark.parametrize(
    ("html", "kod"),
    [
        ('<script src="https://exempel.se/x.js"></script>', "tredje-part"),
        ('<a href="https://exempel.se">', "extern-lank"),
    ],
)
def test_what_a_page_fetches_is_looked_at(litet: Litet, monkeypatch: pytest.MonkeyPatch, html: str, kod: str) -> None:
    bygg = publicera.bygg

    def bygger(u: Utvardering, plats: Path, *resten: object, **val: object) -> None:
        bygg(u, plats, *resten, **val)
        (plats / "extra.html").write_text(html, "utf-8")

    monkeypatch.setattr(publicera, "bygg", bygger)
    assert kod in koder(publicera.forhandsvisa(litet.uppdrag()))


def med_resultat(u: Utvardering, r: Resultat) -> Utvardering:
    return replace(u, malomraden=(Malomrade("x", 1, "X", (Mal("m", "Mål.", (r,)),)),))


def test_a_figure_without_a_source_is_told(litet: Litet) -> None:
    u = litet.utkast().utvardering
    utan = replace(u.resultat()[0], kalla=None)
    assert koder(list(granska_mal(med_resultat(u, utan)))) == {"indikator-utan-kalla"}


def test_what_the_audit_says_is_heeded(litet: Litet) -> None:
    u = litet.utkast().utvardering
    assert u.intyg is not None
    funnet = replace(u.intyg, atkomliga=(Atkomlig(("resultat", "stod", ""), "antal", True, 3),))
    assert list(granska_skydd(u)) == []
    for intyg in (funnet, None):
        assert koder(list(granska_skydd(replace(u, intyg=intyg)))) == {"dold-cell-gar-att-rakna-ut"}


def med_pdf(mapp: Path, andra: Callable[[pikepdf.Pdf], None]) -> set[str]:
    with pikepdf.open(mapp / "bokslut.pdf", allow_overwriting_input=True) as pdf:
        andra(pdf)
        pdf.save(mapp / "bokslut.pdf")
    return koder(list(granska_pdf(mapp)))


def utan_sprak(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def utan_uppgifter(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Metadata


@pytest.mark.parametrize("andra", [utan_sprak, utan_uppgifter])
def test_a_pdf_that_lacks_what_readers_need_is_told(
    tmp_path: Path, pdf_data: bytes, andra: Callable[[pikepdf.Pdf], None]
) -> None:
    for namn in ("bokslut.pdf", "sammanfattning.pdf"):
        (tmp_path / namn).write_bytes(pdf_data)
    assert list(granska_pdf(tmp_path)) == []
    assert med_pdf(tmp_path, andra) == {"pdf-ogiltig"}


def test_a_pdf_that_is_missing_or_something_else_is_told(tmp_path: Path) -> None:
    (tmp_path / "bokslut.pdf").write_bytes(b"inte en pdf")
    assert [h.kod for h in granska_pdf(tmp_path)] == ["pdf-ogiltig", "pdf-saknas"]


@pytest.mark.parametrize(
    ("andring", "synlig"),
    [({"taljare": 3, "namnare": 4}, True), ({"taljare": 0, "namnare": 0}, False), ({"namnare": None}, False)],
)
def test_a_small_group_that_can_be_seen_is_told(litet: Litet, andring: dict[str, int], synlig: bool) -> None:
    u = litet.utkast().utvardering
    r = replace(u.resultat()[0], varde=Fraction(75), **andring)
    assert koder(list(granska_skydd(med_resultat(u, r)))) == ({"liten-cell-synlig"} if synlig else set())


def test_a_small_cell_of_the_participant_tables_is_told(litet: Litet, utvardering: Utvardering) -> None:
    register = replace(utvardering.kallor[0], id="deltagare", typ="register")
    celler = (replace(utvardering.tabeller[0], antal=4), replace(utvardering.tabeller[1], antal=5))
    intyg = Intyg(1, (), (), 2, 0)
    u = replace(utvardering, kallor=(register,), tabeller=celler, malomraden=(), intyg=intyg)
    assert [h.kod for h in granska_skydd(u)] == ["liten-cell-synlig"]
    assert list(granska_skydd(replace(u, kallor=(replace(register, skydd="offentlig"),)))) == []
