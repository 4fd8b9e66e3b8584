"""The PDF twin: two standards at once, the figures of the pages, the files within, and the same bytes every time."""

import io
import logging
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from types import ModuleType

import page
import pikepdf
import pypdfium2
import pytest
from pikepdf import Name

from bokslut.innehall import build_innehall
from bokslut.sidor import bygg
from bokslut.tryck import arkivform
from bokslut.underlag import las
from indikatorer.evaluate import evaluate
from indikatorer.resultat import Utvardering

FILER = ("bokslut.pdf", "sammanfattning.pdf")
ROT = Path(__file__).parents[3]
A4 = (595, 842)


@pytest.fixture(scope="module")
def tryckt(utvardering: Utvardering, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with its PDF."""
    ut = tmp_path_factory.mktemp("tryckt") / "2020"
    bygg(utvardering, ut, med_pdf=True)
    return ut


@pytest.fixture(scope="module")
def sidor(tryckt: Path) -> list[str]:
    return las_sidor(tryckt / "bokslut.pdf")


def las_sidor(fil: Path) -> list[str]:
    """The text of each page, in one line."""
    with pypdfium2.PdfDocument(fil) as pdf:
        return [platt(sida.get_textpage().get_text_bounded()) for sida in pdf]


def platt(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\ufffe", "-").replace("\u00ad", "")).strip()


def fel(data: bytes, profil: str) -> list[tuple[str, str]]:
    return [(f.rule_id, f.message) for f in page.validate_pdf_bytes(data, profile=profil).failures]


@pytest.mark.parametrize("fil", FILER)
@pytest.mark.parametrize("profil", ["3a", "ua1"])
def test_it_keeps_and_reads_aloud(tryckt: Path, fil: str, profil: str) -> None:
    assert fel((tryckt / fil).read_bytes(), profil) == []


def test_the_example_umea_holds_both_standards_too(tmp_path: Path) -> None:
    forberett = las(ROT / "config" / "indicators.toml", ROT / "exempel" / "umea-2020", None)
    u = evaluate(forberett, None)
    bygg(u, tmp_path / "ut", med_pdf=True)
    for fil in FILER:
        data = (tmp_path / "ut" / fil).read_bytes()
        assert fel(data, "3a") + fel(data, "ua1") == []
    (blad,) = las_sidor(tmp_path / "ut" / "sammanfattning.pdf")
    assert "(styrelsen och förbundschefen)" in blad
    assert [k.id for k in u.kallor if k.id != k.kallas and re.search(rf"\b{k.id}\b", blad)] == []


def test_the_validator_sees_what_is_missing(tryckt: Path, tmp_path: Path) -> None:
    with pikepdf.open(tryckt / "bokslut.pdf") as pdf:
        del pdf.Root.Metadata
        pdf.Root.ViewerPreferences.DisplayDocTitle = False
        pdf.save(tmp_path / "trasig.pdf")
    data = (tmp_path / "trasig.pdf").read_bytes()
    assert fel(data, "3a")
    assert fel(data, "ua1")


@pytest.mark.parametrize("fil", FILER)
def test_the_same_content_is_the_same_bytes(utvardering: Utvardering, tryckt: Path, tmp_path: Path, fil: str) -> None:
    bygg(utvardering, tmp_path / "ut", med_pdf=True)
    assert (tmp_path / "ut" / fil).read_bytes() == (tryckt / fil).read_bytes()


def test_every_link_leads_somewhere_and_nothing_is_left_undrawn(
    utvardering: Utvardering, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    monitor = logging.getLogger("weasyprint")
    monitor.addHandler(caplog.handler)
    try:
        bygg(utvardering, tmp_path / "ut", med_pdf=True)
    finally:
        monitor.removeHandler(caplog.handler)
    assert [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING] == []
    with pikepdf.open(tmp_path / "ut" / "bokslut.pdf") as pdf:
        lankar = [str(a.Dest) for p in pdf.pages for a in p.get("/Annots", []) if "/Dest" in a]
    assert {"deltagare", "malomrade-nytta", "malomrade-nytta--r-i1-1", "bilagor"} <= set(lankar)


def test_it_says_its_language_title_and_chapters(tryckt: Path) -> None:
    with pikepdf.open(tryckt / "bokslut.pdf") as pdf:
        assert str(pdf.Root.Lang) == "sv"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo.Title) == "Socialt bokslut 2020, Förbundet <&>"
        assert "/Filter" not in pdf.Root.Metadata
        with pdf.open_outline() as outline:
            rubriker = [post.title for post in outline.root]
    assert rubriker[0] == "Innehåll"
    assert {"Deltagare i siffror", "Deltagarnytta", "Jämlik samverkan", "Metod", "Filer i dokumentet"} <= set(rubriker)


def test_the_figures_lie_within_it_as_the_same_files(tryckt: Path) -> None:
    with pikepdf.open(tryckt / "bokslut.pdf") as pdf:
        namn = set(pdf.attachments)
        assert "resultat.json" in namn
        listade = re.findall(r'href="data/([\w.-]+\.csv)"', (tryckt / "data.html").read_text("utf-8"))
        assert namn == {"resultat.json", *listade}
        for n in namn:
            spec = pdf.attachments[n]
            assert spec.obj.AFRelationship == Name.Data
            fil = tryckt / "data" / n if (tryckt / "data" / n).exists() else tryckt / n
            assert spec.get_file().read_bytes() == fil.read_bytes()
            assert str(spec.get_file().obj.Params.ModDate) == "D:20201231000000Z"
        assert len(pdf.Root.AF) == len(namn)


def test_every_result_has_the_figure_of_its_page(utvardering: Utvardering, sidor: list[str]) -> None:
    text = " ".join(sidor)
    for o in build_innehall(utvardering).omraden:
        for m in o.mal:
            for r in m.resultat:
                namn = f"{r.nummer} {r.titel}{f', {r.grupp}' if r.grupp else ''}"
                plats = text.rindex(platt(f"{namn} {r.forklaring}"))
                rad = text[plats : plats + 900]
                assert platt(r.visat) in rad, r.nummer
                assert r.antal in rad
                assert r.ord in rad
                assert platt(r.krav) in rad


def test_every_cell_of_a_table_stands_in_it(utvardering: Utvardering, sidor: list[str]) -> None:
    text = " ".join(sidor)
    for c in utvardering.tabeller:
        assert platt(c.visat) in text
    assert "Avbrott av hälsoskäl 15 .. .. .." in text


def test_the_contents_name_the_page_where_a_chapter_begins(sidor: list[str]) -> None:
    innehall = sidor[1]
    for titel in ("Deltagare i siffror", "Helårspersoner", "Goda exempel", "Metod", "Filer i dokumentet"):
        nummer = re.search(rf"{titel}\D{{0,3}}(\d+)", innehall)
        assert nummer is not None
        assert titel in sidor[int(nummer[1]) - 1]
        assert f"{nummer[1]} ({len(sidor)})" in sidor[int(nummer[1]) - 1]


def test_no_page_is_empty_and_nothing_lies_outside_the_paper(tryckt: Path, sidor: list[str]) -> None:
    assert all(len(text) > 150 for text in sidor)
    with pypdfium2.PdfDocument(tryckt / "bokslut.pdf") as pdf:
        for sida in pdf:
            assert tuple(round(x) for x in sida.get_size()) == A4
            text = sida.get_textpage()
            lador = [text.get_charbox(n) for n in range(text.count_chars())]
            assert all(v > 40 and h < A4[0] - 20 and n > 20 and o < A4[1] - 20 for v, n, h, o in lador if h > v)


def test_every_drawing_is_told_in_words(utvardering: Utvardering, tryckt: Path) -> None:
    with pikepdf.open(tryckt / "bokslut.pdf") as pdf:
        alt = [str(nod.get("/Alt", "")) for nod in noder(pdf.Root.StructTreeRoot.K, "/Figure")]
    assert len(alt) >= len(build_innehall(utvardering).diagram) - 2
    assert all(len(text) > 25 for text in alt)
    assert any(text.startswith("Signaler per målområde. Så många resultat når målet") for text in alt)


def test_every_heading_cell_says_what_it_heads(tryckt: Path) -> None:
    with pikepdf.open(tryckt / "bokslut.pdf") as pdf:
        slag = [str(nod.A.Scope) for nod in noder(pdf.Root.StructTreeRoot.K, "/TH")]
    assert set(slag) == {"/Column", "/Row"}
    assert slag.count("/Row") > slag.count("/Column") > 20


def noder(nod: pikepdf.Object, slag: str) -> Iterator[pikepdf.Object]:
    if isinstance(nod, pikepdf.Array):
        for barn in nod:
            yield from noder(barn, slag)
    elif isinstance(nod, pikepdf.Dictionary) and "/S" in nod:
        if slag == nod.S:
            yield nod
        if "/K" in nod:
            yield from noder(nod.K, slag)


def test_the_page_for_the_board_counts_and_asks(utvardering: Utvardering, tryckt: Path) -> None:
    (blad,) = las_sidor(tryckt / "sammanfattning.pdf")
    innehall = build_innehall(utvardering)
    assert innehall.rubrik in blad
    for o in innehall.omraden:
        antal = {g.signal: g.antal for g in o.grupper}
        rad = " ".join(str(antal.get(k, 0)) for k in ("gron", "rod", "gra", "ingen"))
        assert f"{o.nummer}. {o.titel} {rad}" in blad
    roda = [r for o in innehall.omraden for m in o.mal for r in m.resultat if r.signal == "rod"]
    assert f"Vad ska göras åt de {len(roda)} resultat som inte når målet?" in blad
    assert "Ska bokslutet godkännas?" in blad


def test_the_page_of_data_offers_both(tryckt: Path, plats: Path) -> None:
    html = unescape((tryckt / "data.html").read_text("utf-8"))
    assert all(f'href="{fil}"' in html for fil in FILER)
    assert not any(f'href="{fil}"' in (plats / "data.html").read_text("utf-8") for fil in FILER)


def test_without_pango_the_site_is_built_and_the_package_is_named(
    utvardering: Utvardering, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class UtanPango(ModuleType):
        def __getattr__(self, namn: str) -> object:
            raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setitem(sys.modules, "weasyprint", UtanPango("weasyprint"))
    sagt: list[str] = []
    bygge = bygg(utvardering, tmp_path / "ut", sagt.append, med_pdf=True)
    assert any("apt install libpango-1.0-0" in rad for rad in sagt)
    assert (tmp_path / "ut" / "index.html").is_file()
    assert not [f for f in bygge.filer if f.endswith(".pdf")]


def test_what_an_author_writes_stays_text(utvardering: Utvardering, tmp_path: Path) -> None:
    b = replace(
        utvardering.berattelser[0], text='<img src="file:///etc/passwd"> ![x](file:///etc/passwd) id="x" href="y.html"'
    )
    bygg(replace(utvardering, berattelser=(b,)), tmp_path / "ut", med_pdf=True)
    assert fel((tmp_path / "ut" / "bokslut.pdf").read_bytes(), "ua1") == []
    assert 'id="x" href="y.html"' in " ".join(las_sidor(tmp_path / "ut" / "bokslut.pdf"))


def test_a_stream_that_ends_in_a_carriage_return_is_written_so_that_its_length_is_plain() -> None:
    data = b"q 10799 Q"  # zlib gives this a last byte that is one
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.Metadata = pdf.make_indirect(pikepdf.Stream(pdf, b"<rdf:RDF></rdf:RDF>"))
    pdf.Root.StructTreeRoot = pikepdf.Dictionary(K=pikepdf.Array())
    pdf.Root.Prov = pdf.make_indirect(pikepdf.Stream(pdf, data))
    ritad = io.BytesIO()
    pdf.save(ritad, compress_streams=True)
    assert b"\r\nendstream" in ritad.getvalue()
    fardig = arkivform.fullborda(ritad.getvalue(), (), date(2020, 12, 31))
    assert b"\r\nendstream" not in fardig
    with pikepdf.open(io.BytesIO(fardig)) as igen:
        assert igen.Root.Prov.read_bytes() == data
