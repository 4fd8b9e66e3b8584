"""The page Över åren: every year of every result, as it was, with what broke in words and nothing that was hidden."""

import csv
import io
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bokslut.diagram import plotly_figure, svg, words
from bokslut.diagram.spec import ChartSpec
from bokslut.innehall import build_innehall
from bokslut.jamforelse.over_aren import OverAren
from bokslut.sidor import bygg
from indikatorer.resultat import Orsak, Resultat, Utvardering
from tests.unit.bokslut import fem_ar


@pytest.fixture(scope="module")
def fem() -> Utvardering:
    return fem_ar.utvarderat()


@pytest.fixture(scope="module")
def sida(fem: Utvardering) -> OverAren:
    over = build_innehall(fem).jamforelse.over_aren
    assert over is not None
    return over


@pytest.fixture(scope="module")
def plats(fem: Utvardering, tmp_path_factory: pytest.TempPathFactory) -> Path:
    ut = tmp_path_factory.mktemp("fem") / "2020"
    bygg(fem, ut)
    return ut


def diagram(sida: OverAren, id_: str) -> ChartSpec:
    return next(v.diagram for o in sida.omraden for v in o.vyer if v.diagram.id == f"ar-{id_}")


def figur(html: str, id_: str) -> str:
    return next(f for f in re.findall(r"<figure.*?</figure>", html, re.DOTALL) if f'id="rad-ar-{id_}"' in f)


def rad(html: str, id_: str) -> str:
    """The line that a result is folded to, with its words in one line."""
    return re.search(r"<summary>.*?</summary>", figur(html, id_), re.DOTALL)[0]  # type: ignore[index]


def ord_i(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_without_earlier_years_there_is_no_page_and_no_link_to_one(fem: Utvardering, tmp_path: Path) -> None:
    bygg(replace(fem, aldre=()), tmp_path / "ut")
    assert not (tmp_path / "ut/over-aren.html").exists()
    assert "over-aren" not in "".join(f.read_text("utf-8") for f in (tmp_path / "ut").glob("*.html"))


@pytest.mark.parametrize(
    ("id_", "linjer"),
    [
        ("stod", ((1, 2), (2, 3), (3, 4))),  # the scale broke in 2017; a new goal in 2018 did not
        ("lyssnar", ((1, 2), (3, 4))),
        ("plan", ((0, 1), (2, 3), (3, 4))),
        ("lika", ((0, 1), (3, 4))),  # 2018 is protected
        ("ny", ()),
    ],
)
def test_no_line_crosses_a_break_or_a_gap(sida: OverAren, id_: str, linjer: tuple[tuple[int, int], ...]) -> None:
    spec = diagram(sida, id_)
    assert spec.linjer() == linjer
    assert svg.draw(spec, svg.SMAL).count('class="kurva"') == len(linjer)
    levande = [s for s in plotly_figure.build(spec)["data"] if s["mode"] == "lines"]
    assert [s["x"] for s in levande] == [[spec.rader[i].namn for i in par] for par in linjer]


def test_a_break_is_marked_and_its_reason_is_in_words(sida: OverAren) -> None:
    spec = diagram(sida, "lyssnar")
    assert [r.namn for r in spec.rader if r.bruten] == ["2017", "2019"]
    ritad = svg.draw(spec, svg.SMAL)
    assert ritad.count('class="brott"') == 2
    assert "2017: svarsskalan har ändrats." in spec.fotnoter
    assert "2019: räknesättet har ändrats." in spec.fotnoter
    assert "2019 går inte att jämföra rakt av med tiden före: räknesättet har ändrats" in words.describe(spec)
    assert "2018: frågan har formulerats om." in diagram(sida, "plan").fotnoter


def test_a_goal_that_moved_is_drawn_and_told_as_it_was(sida: OverAren) -> None:
    spec = diagram(sida, "stod")
    assert [r.grans for r in spec.rader] == [(60,), (60,), (70,), (70,), (70,)]
    assert spec.fotnoter[:2] == ("Mål 2016–2017: minst 60 %.", "Mål 2018–2020: minst 70 %.")
    assert diagram(sida, "plan").fotnoter[0] == "Mål: minst 50 %."


def test_a_gap_says_why(sida: OverAren) -> None:
    assert words.describe(diagram(sida, "ny")).startswith("2016: mättes inte; 2017: mättes inte;")
    assert "mättes" in svg.draw(diagram(sida, "ny"), svg.SMAL)
    over = build_innehall(fem_ar.utvarderat(2016, 2017, 2019, 2020)).jamforelse.over_aren
    assert over is not None
    assert "2018: uppgifter saknas" in words.describe(diagram(over, "stod"))


def test_a_protected_year_has_its_signal_and_no_point(sida: OverAren) -> None:
    spec = diagram(sida, "lika")
    dold = spec.rader[2]
    assert (dold.varden[0].tal, dold.varden[0].visat, dold.ord) == (None, "färre än fem", "Når inte målet")
    assert svg.draw(spec, svg.SMAL).count('<circle class="resultat"') == 4


def test_a_small_chart_can_be_read_on_a_small_phone(sida: OverAren) -> None:
    for spec in (v.diagram for o in sida.omraden for v in o.vyer):
        rot = ElementTree.fromstring(svg.draw(spec, svg.SMAL))
        texter = list(rot.iter("text"))
        assert min(float(t.get("font-size", 0)) for t in texter) * 300 / svg.SMAL >= 11
        for t in texter:
            x, halv = float(t.get("x", 0)), svg_bredd("".join(t.itertext())) / 2
            if t.get("text-anchor") == "middle":
                assert x - halv >= 0
                assert x + halv <= svg.SMAL


def svg_bredd(text: str) -> float:
    """A little less than the drawing itself reckons with."""
    return 0.5 * 13 * len(text)


def test_every_row_of_the_year_leads_to_its_chart_and_back(plats: Path) -> None:
    omrade = (plats / "malomrade-omrade.html").read_text("utf-8")
    over = (plats / "over-aren.html").read_text("utf-8")
    for id_ in ("stod", "lyssnar", "plan", "ny", "lika", "skillnad"):
        assert f'href="over-aren.html#rad-ar-{id_}"' in omrade
        assert f'href="malomrade-omrade.html#r-{id_}"' in figur(over, id_)


def test_each_result_is_a_line_with_its_name_figure_and_signal(plats: Path) -> None:
    html = (plats / "over-aren.html").read_text("utf-8")
    assert ord_i(rad(html, "stod")) == "1.1 Stöd mot arbete 2020: 85 % Når målet"
    assert 'class="signal gron"' in rad(html, "stod")
    assert 'class="linjen"' in rad(html, "stod")
    assert "<text" not in rad(html, "stod")
    assert html.count("<details open") == 0


def test_a_line_hides_what_this_year_hides_and_says_why(fem: Utvardering, tmp_path: Path) -> None:
    def skyddad(r: Resultat) -> Resultat:
        return replace(r, taljare=None, namnare=None, varde=None, visat="..", intervall=None, orsak=Orsak.SKYDDAD)

    omraden = tuple(
        replace(o, mal=tuple(replace(m, resultat=tuple(map(skyddad, m.resultat))) for m in o.mal))
        for o in fem.malomraden
    )
    bygg(replace(fem, malomraden=omraden), tmp_path / "ut")
    html = (tmp_path / "ut/over-aren.html").read_text("utf-8")
    assert ord_i(rad(html, "stod")) == "1.1 Stöd mot arbete 2020: .. skyddad Når målet"
    assert 'title="Skyddad: siffran visas inte' in rad(html, "stod")


def test_the_place_to_link_to_lies_in_what_unfolds(plats: Path) -> None:
    """A browser opens what holds the target of a link, not what is the target."""
    html = figur((plats / "over-aren.html").read_text("utf-8"), "stod")
    assert re.search(r'<details>.*</summary>\s*<div[^>]* id="rad-ar-stod">.*</details>', html, re.DOTALL)


def test_what_is_no_longer_measured_is_told(plats: Path) -> None:
    assert "Mättes 2019 men inte 2020: 1.7 Frågades förr." in (plats / "over-aren.html").read_text("utf-8")


def test_a_difference_is_told_without_its_unit_under_a_title_that_has_it(sida: OverAren) -> None:
    spec = diagram(sida, "skillnad")
    assert spec.titel == "1.6 Skillnad i stöd, i procentenheter"
    assert [r.varden[0].visat for r in spec.rader] == ["–", "–", "0", "−9", "−10"]
    assert spec.rader[4].grans == (-20, 20)
    assert spec.axel[0] == -spec.axel[1] <= -20


def test_a_split_stands_year_by_year_and_is_hidden_whole(plats: Path) -> None:
    html = figur((plats / "over-aren.html").read_text("utf-8"), "stod")
    assert rader(html, "Norra") == ["60\u00a0%", "65\u00a0%", "60\u00a0%", "..", "85\u00a0%"]
    assert rader(html, "Lilla") == ["60\u00a0%", "65\u00a0%", "60\u00a0%", "..", "85\u00a0%"]
    assert rader(html, "Kvinnor")[3] == "73\u00a0%"


def rader(html: str, namn: str) -> list[str]:
    rad = re.search(rf'<th scope="row">{namn}</th>(.*?)</tr>', html, re.DOTALL)[1]  # type: ignore[index]
    celler = re.findall(r"<td[^>]*>(.*?)</td>", rad, re.DOTALL)
    return [re.sub(r"<span.*?</span>|<[^>]+>", "", c).strip() for c in celler]


def hide_one_part(u: Utvardering, dimension: str) -> Utvardering:
    """As if protection had hidden one part of a split this year and left the rest."""

    def utan(r: Resultat) -> Resultat:
        delar = tuple(
            replace(d, taljare=None, namnare=None, varde=None, visat="..", signal=None, orsak=Orsak.SKYDDAD)
            if d.dimension == dimension and d.del_ in ("Lilla", "man")
            else d
            for d in r.uppdelning
        )
        return replace(r, uppdelning=delar)

    return replace(
        u,
        malomraden=tuple(
            replace(o, mal=tuple(replace(m, resultat=tuple(map(utan, m.resultat))) for m in o.mal))
            for o in u.malomraden
        ),
    )


@pytest.mark.parametrize(("dimension", "synlig"), [("enhet", "Norra"), ("kon", "Kvinnor")])
def test_with_one_part_hidden_no_part_of_that_year_is_shown_anywhere(
    fem: Utvardering, tmp_path: Path, dimension: str, synlig: str
) -> None:
    bygg(hide_one_part(fem, dimension), tmp_path / "ut")
    html = figur((tmp_path / "ut/over-aren.html").read_text("utf-8"), "stod")
    assert rader(html, synlig)[-1] == ".."
    assert rader(html, synlig)[0] == "60\u00a0%"
    text = (tmp_path / "ut/data/over-aren-uppdelat.csv").read_text("utf-8-sig")
    i_ar = [r for r in csv.DictReader(io.StringIO(text), delimiter=";") if r["ar"] == "2020"]
    assert {(r["varde"], r["visat"], r["signal"]) for r in i_ar if r["dimension"] == dimension} == {("", "..", "")}
    assert all(r["varde"] for r in i_ar if r["dimension"] != dimension)
    if dimension == "enhet":
        egen = (tmp_path / "ut/enhet-lilla.html").read_text("utf-8")
        assert rader(egen, "<a[^>]*>1.1 Stöd mot arbete</a>")[-3] == ".."
        assert "diagram-enhet-lilla" not in egen


def test_the_files_hold_every_year_with_the_reason_for_what_is_missing(plats: Path) -> None:
    text = (plats / "data/over-aren.csv").read_text("utf-8-sig")
    rader_ = {(r["id"], r["ar"]): r for r in csv.DictReader(io.StringIO(text), delimiter=";")}
    assert len(rader_) == 6 * 5
    assert rader_["stod", "2018"]["brott"] == "grans"
    assert rader_["lika", "2018"] | {"varde": "", "saknas": "..", "signal": "rod"} == rader_["lika", "2018"]
    assert rader_["ny", "2016"] | {"orsak": "mattes_inte", "saknas": "."} == rader_["ny", "2016"]
    assert (plats / "data/ar-stod.csv").is_file()
    assert (plats / "data/ar-stod.svg").is_file()


def test_no_figure_is_computed_from_years_or_parts(fem: Utvardering, sida: OverAren) -> None:
    """Every figure of the page stands in an evaluation of its year."""
    kanda = {
        text for u in (fem, *fem.aldre) for r in u.resultat() for text in (r.visat, *(d.visat for d in r.uppdelning))
    }
    for v in (v for o in sida.omraden for v in o.vyer):
        for rad in v.diagram.rader:
            assert any(text.startswith(rad.varden[0].visat) for text in kanda) or rad.varden[0].visat == "–"
        for t in v.delningar:
            assert {c.visat for rad in t.rader for c in rad.celler} <= kanda | {"–"}
