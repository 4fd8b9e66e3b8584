"""What the pages over years, per enhet and beside others show stands in the PDF too, figure for figure."""

import json
import logging
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from bokslut.innehall import build_innehall
from bokslut.jamforelse.grannfil import Grannbokslut, las_grannbokslut
from bokslut.jamforelse.grannvy import Grannomrade
from bokslut.sidor import bygg
from bokslut.tryck.arslinje import som_bakgrund
from bokslut.tryck.granntabell import build_granntabeller
from indikatorer.resultat import Tabellcell, Utvardering, som_json
from tests.unit.bokslut import fem_ar
from tests.unit.bokslut.test_pdf import fel, las_sidor, platt

GRANNAR = ("Allra först", "Bara utan stöd", "Cirkeln", "Dit åt")
KAPITEL = ("Över åren", "Enhet för enhet", "Jämför med andra")


@pytest.fixture(scope="module")
def fem() -> Utvardering:
    """Five years, and a table of participants for all and for one enhet."""
    celler = tuple(
        Tabellcell(t, e, u, k, a, None, ".." if a is None else str(a))
        for t, e, plus in (("1", None, 100), ("2", "Norra", 0))
        for u, tre in (("avslutade", (99 + plus, 111 + plus, 210 + 2 * plus)), ("avbrott_halsa", (9, None, None)))
        for k, a in zip(("kvinna", "man", None), tre, strict=True)
    )
    return replace(fem_ar.utvarderat(), tabeller=celler)


@pytest.fixture(scope="module")
def andra(fem: Utvardering) -> list[Grannbokslut]:
    return [granne(fem, namn, n) for n, namn in enumerate(GRANNAR)]


def granne(u: Utvardering, namn: str, nr: int) -> Grannbokslut:
    """The same bokslut with other figures; the second has no stod."""
    dokument = som_json(u) | {"forbund": namn, "ar": 2019}
    dokument["indikatorer"] = [
        r | ({"varde": 31.0 + nr, "visat": f"{31 + nr}\u00a0%"} if r["id"] == "plan" else {})
        for r in dokument["indikatorer"]
        if nr != 1 or r["id"] != "stod"
    ]
    return las_grannbokslut("granne.json", json.dumps(dokument).encode())


@pytest.fixture(scope="module")
def varningar() -> list[str]:
    return []


@pytest.fixture(scope="module")
def plats(
    fem: Utvardering, andra: list[Grannbokslut], varningar: list[str], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The site with its PDF; what WeasyPrint complained of on the way is kept."""

    class Minne(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            varningar.append(record.getMessage())

    ut = tmp_path_factory.mktemp("fem") / "2020"
    minne = Minne(logging.WARNING)
    logging.getLogger("weasyprint").addHandler(minne)
    try:
        bygg(fem, ut, andra=andra, med_pdf=True)
    finally:
        logging.getLogger("weasyprint").removeHandler(minne)
    return ut


@pytest.fixture(scope="module")
def kapitel(plats: Path) -> dict[str, str]:
    """The text of each chapter, without what stands at the edges of the page."""
    sidor = las_sidor(plats / "bokslut.pdf")
    med = {}
    for titel in (*KAPITEL, "Deltagare i siffror"):
        slut = re.compile(rf" \S+ {titel} \d+ \(\d+\)$")
        hela = " ".join(slut.sub("", s) for s in sidor if slut.search(s))
        med[titel] = re.sub(r"(\d–) (\d)", r"\1\2", hela)  # a line may end after a dash
    return med


def rader(html: str) -> Iterator[list[str]]:
    """The rows of the tables in a page, as texts."""
    for rad in re.findall(r"<tr.*?</tr>", html, re.DOTALL):
        if "<td" in rad:
            celler = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", rad, re.DOTALL)
            synligt = [re.sub(r'<svg.*?</svg>|<span class="dolt">.*?</span>', "", c, flags=re.DOTALL) for c in celler]
            yield [platt(unescape(re.sub(r"<[^>]+>", "", c))) for c in synligt]


def figurer(plats: Path, sida: str) -> Iterator[tuple[str, str]]:
    """Each small chart of a page: its title and its HTML."""
    for html in re.findall(r"<figure.*?</figure>", (plats / sida).read_text("utf-8"), re.DOTALL):
        titel = re.search(r"<h3[^>]*>(.*?)</h3>", html, re.DOTALL)
        assert titel is not None
        yield platt(unescape(re.sub(r"<[^>]+>", "", titel[1]))), html


def bitar(text: str, titlar: list[str]) -> dict[str, str]:
    """The text after each title, to the next one: the titles come in order."""
    platser, fran = [], 0
    for titel in titlar:
        fran = text.index(titel, fran)
        platser.append(fran)
        fran += len(titel)
    return {t: text[a:b] for t, a, b in zip(titlar, platser, [*platser[1:], len(text)], strict=True)}


def i_foljd(text: str, *delar: str) -> bool:
    """Whether the parts stand in the text, one after the other."""
    plats = 0
    for del_ in delar:
        if (nasta := text.find(del_, plats)) < 0:
            return False
        plats = nasta + len(del_)
    return True


def test_every_year_and_split_of_the_page_over_the_years_is_in_its_chapter(
    plats: Path, kapitel: dict[str, str]
) -> None:
    alla = list(figurer(plats, "over-aren.html"))
    assert len(alla) == 6
    tryckt = bitar(kapitel["Över åren"], [titel for titel, _ in alla])
    for titel, html in alla:
        av_ar = [r for r in rader(html) if re.fullmatch(r"\d{4}", r[0])]
        delar = [r for r in rader(html) if not re.fullmatch(r"\d{4}", r[0])]
        siffror = [re.sub(r" \(.*", "", r[1]) for r in av_ar]
        assert len(siffror) == 5
        assert i_foljd(tryckt[titel], *siffror), titel
        for r in av_ar:
            saker = re.search(r" \((.*)\)$", r[1])
            for cell in (*r[2:], *(saker[1].split(", ") if saker else ())):
                assert cell == "–" or cell in tryckt[titel], (titel, cell)
        for r in delar:
            assert " ".join(r) in tryckt[titel], (titel, r)
    assert "Norra 60 % 65 % 60 % .. 85 %" in kapitel["Över åren"]
    assert "Mättes 2019 men inte 2020: 1.7 Frågades förr." in kapitel["Över åren"]
    assert "2017: svarsskalan har ändrats." in tryckt["1.2 Lyssnar på mig"]


def test_a_year_has_its_interval_and_its_word_beneath(plats: Path, kapitel: dict[str, str]) -> None:
    celler = [r for _, html in figurer(plats, "over-aren.html") for r in rader(html) if r[0] == "2020" and "–" in r[2]]
    med = [r for r in celler if r[2] != "–" and len(r) == 5]
    assert med
    for r in med:
        assert i_foljd(kapitel["Över åren"], r[1].partition(" (")[0], f"({r[2]}) {r[3]}")


def test_every_figure_of_an_enhet_is_in_its_section(plats: Path, kapitel: dict[str, str]) -> None:
    tryckt = bitar(kapitel["Enhet för enhet"], ["Norra Deltagarna", "Lilla Svaren"])
    for fil, nyckel in (("enhet-norra.html", "Norra Deltagarna"), ("enhet-lilla.html", "Lilla Svaren")):
        html = (plats / fil).read_text("utf-8")
        egna = re.search(r'aria-labelledby="svaren".*?</section>', html, re.DOTALL)
        assert egna is not None
        for namn, *celler in rader(egna[0]):
            siffror = [re.match(r"\S+( %)?", c)[0] for c in celler[:-1]]  # type: ignore[index]
            assert i_foljd(tryckt[nyckel], namn, *siffror, celler[-1]), (fil, namn)
        assert "mål minst 70 %" in tryckt[nyckel]
        assert "2017: svarsskalan har ändrats." in tryckt[nyckel]


def test_the_participants_of_an_enhet_are_in_the_chapter_its_section_leads_to(
    plats: Path, kapitel: dict[str, str]
) -> None:
    html = (plats / "enhet-norra.html").read_text("utf-8").partition('aria-labelledby="deltagarna"')[2]
    hittade = list(rader(html))
    assert len(hittade) == 2
    egen = kapitel["Deltagare i siffror"].partition("Norra Utfall")[2]
    for namn, *celler, hela in hittade:
        assert " ".join((namn, *celler)) in egen
        assert hela in kapitel["Deltagare i siffror"].partition("Norra Utfall")[0]
    with pikepdf.open(plats / "bokslut.pdf") as pdf:
        lankar = {str(a.Dest) for p in pdf.pages for a in p.get("/Annots", []) if "/Dest" in a}
    assert {"deltagare--tabell-2", "over-aren", "malomrade-omrade--r-stod"} <= lankar


def test_every_figure_beside_others_is_in_its_chapter(plats: Path, kapitel: dict[str, str]) -> None:
    text = kapitel["Jämför med andra"]
    for titel, html in figurer(plats, "jamfor.html"):
        egna = "".join(re.findall(rf"{re.escape(titel)}.*?(?=1\.\d |$)", text))
        for _, visat, signal in rader(html):
            assert i_foljd(egna, visat, signal), (titel, visat)
    assert i_foljd(
        text, "Allra först 2019", "Bara utan stöd 2019", "Cirkeln 2019", "1.1 Stöd mot arbete", "jämförs inte"
    )
    assert i_foljd(text, "31 %", "32 %", "33 %", "Dit åt 2019", "34 %")
    for r in rader((plats / "jamfor.html").read_text("utf-8").partition("</table>")[0]):
        assert " ".join(r) in text


def test_a_signal_has_its_shape_beside_its_word_also_without_colour(
    fem: Utvardering, andra: list[Grannbokslut], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ritade: list[str] = []
    monkeypatch.setattr("bokslut.tryck.pdf.rita", lambda html, *_: ritade.append(html) or b"%PDF")
    bygg(fem, tmp_path / "ut", andra=andra, med_pdf=True)
    for id_ in ("over-aren", "enheter", "jamfor"):
        kapitlet = re.search(rf'<section class="kapitel" id="{id_}".*?</section>', ritade[0], re.DOTALL)
        assert kapitlet is not None
        rutor = re.findall(r'<td class="(gron|gul|rod|gra|ingen)">(.*?)</td>', kapitlet[0], re.DOTALL)
        assert len(rutor) >= 2
        for kod, cell in rutor:
            assert re.search(rf'<span class="ikon {kod}"></span>[A-ZÅÄÖ]', cell), (id_, cell)
        utan_form = re.sub(r'<td class="(?:gron|gul|rod|gra|ingen)">.*?</td>', "", kapitlet[0], flags=re.DOTALL)
        assert not re.search(r"<td[^>]*>[^<]*(?:Når målet|Når inte målet)", utan_form)


def test_five_years_leave_room_for_the_name_of_the_indicator(plats: Path) -> None:
    """A table of fixed columns gives the name what is left: it was once a word wide."""
    with pypdfium2.PdfDocument(plats / "bokslut.pdf") as pdf:
        sidor = [s.get_textpage().get_text_bounded() for s in pdf]
    (sida,) = (s for s in sidor if "Varje enhet bredvid hela förbundet" in s)
    assert sida.count("1.1 Stöd mot arbete") == 2


def test_they_are_chapters_that_keep_and_read_aloud_and_are_left_undrawn_nowhere(
    plats: Path, varningar: list[str]
) -> None:
    data = (plats / "bokslut.pdf").read_bytes()
    assert fel(data, "3a") + fel(data, "ua1") == []
    assert varningar == []
    with pikepdf.open(plats / "bokslut.pdf") as pdf, pdf.open_outline() as outline:
        barn = {post.title: [b.title for b in post.children] for post in outline.root}
    assert [k for k in barn if k in KAPITEL] == list(KAPITEL)
    assert barn["Enhet för enhet"] == ["Norra", "Lilla"]


def test_the_same_years_and_others_are_the_same_bytes(
    fem: Utvardering, andra: list[Grannbokslut], plats: Path, tmp_path: Path
) -> None:
    bygg(fem, tmp_path / "ut", andra=andra, med_pdf=True)
    assert (tmp_path / "ut/bokslut.pdf").read_bytes() == (plats / "bokslut.pdf").read_bytes()


def test_a_line_over_the_years_has_no_words_and_marks_what_broke(fem: Utvardering) -> None:
    over = build_innehall(fem).jamforelse.over_aren
    assert over is not None
    ritade = {v.diagram.id: som_bakgrund(v.diagram) for o in over.omraden for v in o.vyer}
    svg = {id_: b64decode(adress.partition(",")[2]).decode() for id_, adress in ritade.items()}
    assert all("<text" not in bild and "class=" not in bild for bild in svg.values())
    assert svg["ar-lyssnar"].count("stroke-dasharray") == 2
    assert (svg["ar-lika"].count("<circle"), svg["ar-stod"].count("<circle")) == (4, 5)
    dolt = next(v.diagram for o in over.omraden for v in o.vyer)
    dolt = replace(dolt, rader=tuple(replace(r, varden=(replace(r.varden[0], tal=None),)) for r in dolt.rader))
    assert som_bakgrund(dolt) == ""


def test_each_other_stands_in_its_own_column_whoever_is_missing(fem: Utvardering, andra: list[Grannbokslut]) -> None:
    vy = build_innehall(fem, andra=andra).jamforelse.grannar
    assert vy is not None
    (omrade,) = vy.omraden
    forst, sist = build_granntabeller(omrade, [g.namn for g in vy.grannar])
    assert [k.partition(" 20")[0] for k in forst.kolumner[1:]] == list(GRANNAR[:3])
    assert [k.partition(" 20")[0] for k in sist.kolumner[1:]] == [GRANNAR[3]]
    rutor = {v.namn: r for v, r in forst.rader}
    assert [r and r.namn for r in rutor["1.1 Stöd mot arbete"]][1:] == ["Allra först 2019", None, "Cirkeln 2019"]
    assert [r.varden[0].tal for r in rutor["1.3 Vi har en plan"][1:] if r] == [31, 32, 33]
    assert list(build_granntabeller(Grannomrade("Inget", ()), ["A"])) == []
