"""The five forms of a chart hold the same figures, and the drawing is one that can be read."""

import csv
import io
import re
from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest

from bokslut.diagram import plotly_figure, svg, table, words
from bokslut.diagram.penna import fristaende
from bokslut.diagram.siffror import utfall_enheter
from bokslut.diagram.spec import ChartSpec, Diagramtyp, Rad, Varde
from bokslut.innehall import build_innehall
from indikatorer.resultat import Tabellcell, Utvardering

SMALLEST_SHOWN = 11  # pixels, on a phone of 320 px where the drawing gets at least 300
SIFFRA = re.compile(r"[−\d]\d*(?:,\d+)?")


@pytest.fixture(scope="session")
def diagram(utvardering: Utvardering) -> dict[str, ChartSpec]:
    """Every chart of a bokslut that has a year before it, the small ones too."""
    innehall = build_innehall(replace(utvardering, aldre=(replace(utvardering, ar=2019),)))
    return dict(innehall.diagram) | {spec.id: spec for spec in innehall.jamforelse.diagram()}


def shown(spec: ChartSpec) -> Counter[tuple[str, str]]:
    """Every figure of the chart: (row, text)."""
    return Counter((rad.namn, v.visat) for rad in spec.rader for v in rad.varden if v.visat)


def texts(drawing: str) -> list[str]:
    """The words that can be seen in a drawing, lines of one row joined."""
    root = ElementTree.fromstring(drawing)
    return ["".join(e.itertext()) for e in root.iter() if e.tag.rpartition("}")[2] == "text"]


def test_the_bokslut_has_every_kind_of_chart(diagram: dict[str, ChartSpec]) -> None:
    assert {spec.typ for spec in diagram.values()} == set(Diagramtyp)


@pytest.mark.parametrize("bredd", [svg.SMAL, svg.BRED])
def test_the_drawing_holds_every_figure(diagram: dict[str, ChartSpec], bredd: int) -> None:
    for spec in diagram.values():
        seen = " ".join(texts(svg.draw(spec, bredd)))
        for rad in spec.rader:
            for ord_ in rad.namn.split():
                assert ord_ in seen
            for varde in rad.varden:
                assert varde.visat in seen, (spec.id, rad.namn, varde)
            assert rad.intervall_visat in seen or spec.typ is Diagramtyp.AR  # drawn, and told in the table
            assert rad.ord in seen


def test_the_drawing_holds_no_other_figure_than_the_spec(diagram: dict[str, ChartSpec]) -> None:
    for spec in diagram.values():
        told = " ".join(
            [spec.titel, *spec.fotnoter, *(s.namn for s in spec.serier)]
            + [f"{r.namn} {r.under} {r.intervall_visat} {' '.join(v.visat for v in r.varden)}" for r in spec.rader]
        )
        lag, hog = spec.axel
        axis = {
            f"{x:g}".replace(".", ",").replace("-", "−") for x in (lag, hog, (lag + hog) / 2, *(spec.zon or ()), 95)
        }
        seen = set(SIFFRA.findall(" ".join(texts(svg.draw(spec, svg.BRED)))))
        assert seen <= set(SIFFRA.findall(told)) | axis, spec.id


def test_the_live_figure_holds_the_same_figures(diagram: dict[str, ChartSpec]) -> None:
    for spec in diagram.values():
        figur = plotly_figure.build(spec)
        series = figur["data"][: len(spec.serier)]
        namn, tal = ("x", "y") if spec.typ is Diagramtyp.AR else ("y", "x")  # years run to the right, rows down
        par = [(n, c[0]) for spar in series for n, c in zip(spar[namn], spar["customdata"], strict=True)]
        told = Counter((n, text) for n, text in par if text)
        assert told == shown(spec)
        for nr, spar in enumerate(series[: spec.ritade]):
            assert spar[tal] == [rad.varden[nr].tal for rad in spec.rader]
        for spar in series[spec.ritade :]:
            assert set(spar["x"]) == {None}


def test_the_live_figure_is_one_that_plotly_accepts(diagram: dict[str, ChartSpec]) -> None:
    for spec in diagram.values():
        figur = plotly_figure.build(spec)
        text = re.sub(r"var\(--[\w-]+\)", "#000000", repr((figur["data"], figur["layout"])))
        data, layout = eval(text, {}, {})
        go.Figure(data=data, layout={k: v for k, v in layout.items() if k != "template"})
        assert figur["layout"]["template"] is None
        assert figur["layout"]["separators"] == ", "
        assert {figur["config"][k] for k in ("displayModeBar", "showSendToCloud", "plotlyServerURL")} == {False, ""}


def test_the_file_holds_the_same_figures(diagram: dict[str, ChartSpec]) -> None:
    for spec in diagram.values():
        text = table.to_csv(spec)
        assert text.startswith("\ufeff")
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
        assert Counter((r["rad"], r["visat"]) for r in rows if r["visat"]) == shown(spec)
        tal = [None if not r["varde"] else float(r["varde"].replace(",", ".")) for r in rows]
        assert tal == [
            pytest.approx(v.tal, abs=1e-6) if v.tal is not None else None for r in spec.rader for v in r.varden
        ]


def test_the_table_holds_the_same_figures(diagram: dict[str, ChartSpec]) -> None:
    for spec in diagram.values():
        for rad, celler in zip(spec.rader, table.rows(spec), strict=True):
            assert len(celler) == len(table.header(spec))
            assert celler[0] == rad.namn
            for varde, cell in zip(rad.varden, celler[1:], strict=False):
                assert cell.startswith(varde.visat or "–")


def test_the_words_name_no_figure_that_the_chart_does_not_show(diagram: dict[str, ChartSpec]) -> None:
    for spec in diagram.values():
        told = " ".join(v.visat for r in spec.rader for v in r.varden) + " ".join(s.namn for s in spec.serier)
        told += " ".join(r.namn for r in spec.rader) + f"{spec.zon}"
        counts = {str(n) for n in range(len(spec.rader) + 1)}
        if spec.typ is Diagramtyp.SIGNALTAVLA:  # tells how many are judged, a sum of what it shows
            counts |= {str(int(sum(v.tal or 0 for v in r.varden[:2]))) for r in spec.rader}
        if spec.typ is Diagramtyp.UTFALL:  # tells how many figures are hidden
            counts |= {str(sum(v.visat == ".." for r in spec.rader for v in r.varden))}
        assert set(SIFFRA.findall(words.describe(spec))) <= set(SIFFRA.findall(told)) | counts, spec.id


@pytest.mark.parametrize(
    ("id_", "mening"),
    [
        ("signaler", "Så många resultat når målet: Deltagarnytta 4 av 6 och Jämlik samverkan 5 av 7."),
        ("konszon-2", "1 av 2 ligger i zonen 40–60\u00a0%. Utanför ligger 2.2 Titel 2.2 (80\u00a0%)."),
        ("index-2-1", "3 av 4 indikatorer når målet. Det ger index 75\u00a0%."),
        ("helarspersoner", "Från 2019 till första halvåret 2020 minskade andelen i Vännäs; den ökade i Umeå."),
        ("utfall", "Flest: Arbete, 46 (kvinnor 20, män 26). 2 uppgifter visas inte."),
    ],
)
def test_the_words_say_what_the_chart_says(diagram: dict[str, ChartSpec], id_: str, mening: str) -> None:
    assert words.describe(diagram[id_]) == mening


def _delvis(spec: ChartSpec, *varden: Varde) -> ChartSpec:
    """One enhet beside one whose parts are all shown: 20 + 26 = 46 persons."""
    hel = Rad("Hel", (Varde(20, "20"), Varde(26, "26"), Varde(46, "46")))
    return replace(spec, rader=(hel, Rad("Delvis", varden)), axel=(0, 46))


def _langder(spec: ChartSpec) -> dict[str, float]:
    """Where the bar of each row ends, by the height it lies at, in the order of the rows."""
    bitar = [e.attrib for e in ElementTree.fromstring(svg.draw(spec, svg.SMAL)).iter("rect") if e.get("height") == "18"]
    slut: dict[str, float] = {}
    for bit in bitar:
        slut[bit["y"]] = max(slut.get(bit["y"], 0), float(bit["x"]) + float(bit["width"]))
    return dict(zip((r.namn for r in spec.rader), slut.values(), strict=True))


@pytest.mark.parametrize("delar", [(Varde(7, "7"), Varde(None, "..")), (Varde(None, ".."), Varde(None, ".."))])
def test_a_bar_is_as_long_as_its_sum_also_where_parts_are_hidden(
    diagram: dict[str, ChartSpec], delar: tuple[Varde, Varde]
) -> None:
    spec = _delvis(diagram["utfall"], *delar, Varde(46, "46"))
    langder = _langder(spec)
    assert langder["Delvis"] == pytest.approx(langder["Hel"], abs=2)
    spar = [s for s in plotly_figure.build(spec)["data"] if s["type"] == "bar"]
    assert sum(s["x"][1] or 0 for s in spar) == 46


def test_a_bar_whose_sum_is_hidden_is_what_is_shown_of_it(diagram: dict[str, ChartSpec]) -> None:
    spec = _delvis(diagram["utfall"], Varde(23, "23"), Varde(None, ".."), Varde(None, ".."))
    langder = _langder(spec)
    assert langder["Delvis"] - 8 == pytest.approx((langder["Hel"] - 8) / 2, abs=2)
    assert len(plotly_figure.build(spec)["data"]) == len(plotly_figure.build(diagram["utfall"])["data"])


def test_a_chart_says_what_pale_and_short_bars_leave_out() -> None:
    def enhet(namn: str, positiv: int | None, avbrott: int | None, alla: int | None) -> list[Tabellcell]:
        antal = {"positiv": positiv, "avbrott_halsa": avbrott, "avslutade": alla}
        return [Tabellcell("1", namn, u, None, n, None, ".." if n is None else str(n)) for u, n in antal.items()]

    def noter(*celler: list[Tabellcell]) -> str:
        return " ".join(utfall_enheter([c for e in celler for c in e], 2020, 5).fotnoter)

    hel, blek, kort = enhet("A", 9, 8, 17), enhet("B", 9, None, 17), enhet("C", 9, None, None)
    assert noter(hel) == ""
    assert [ord_ in noter(hel, blek) for ord_ in ("bleka", "fler än stapeln")] == [True, False]
    assert [ord_ in noter(hel, kort) for ord_ in ("bleka", "fler än stapeln")] == [False, True]


def test_no_text_is_too_small_and_none_runs_out_of_the_drawing(diagram: dict[str, ChartSpec]) -> None:
    for spec in diagram.values():
        for bredd in (svg.SMAL, svg.BRED):
            root = ElementTree.fromstring(svg.draw(spec, bredd))
            assert float(root.get("width", 0)) == bredd
            sizes = [float(e.get("font-size", 0)) for e in root.iter("text")]
            assert min(sizes) * 300 / svg.SMAL >= SMALLEST_SHOWN
            assert all(0 <= float(e.get("x", -1)) <= bredd for e in root.iter("text"))
            assert all(float(e.get("y", 0)) <= float(root.get("height", 0)) for e in root.iter("text"))


def test_a_drawing_has_a_name_and_a_description(diagram: dict[str, ChartSpec]) -> None:
    for spec in diagram.values():
        root = ElementTree.fromstring(svg.draw(spec, svg.SMAL))
        names = {e.get("id"): "".join(e.itertext()) for e in root if e.tag in ("title", "desc")}
        assert root.get("role") == "img"
        assert (root.get("aria-labelledby") or "").split() == list(names)
        assert list(names.values()) == [spec.titel, words.describe(spec)]


def test_a_drawing_saved_as_a_file_has_its_colours_with_it(diagram: dict[str, ChartSpec]) -> None:
    for spec in diagram.values():
        saved = fristaende(svg.draw(spec, svg.BRED))
        ElementTree.fromstring(saved.encode())
        assert 'xmlns="http://www.w3.org/2000/svg"' in saved
        assert "class=" not in saved
        assert "style=" not in saved


def test_a_hidden_difference_is_a_row_with_its_signal_and_no_mark(diagram: dict[str, ChartSpec]) -> None:
    dold = next(r for r in diagram["skillnad-2"].rader if r.namn.startswith("2.4"))
    assert [(v.tal, v.visat) for v in dold.varden] == [(None, "..")] * 3
    assert (dold.ord, dold.under) == ("Når målet", "visas inte")


def test_a_spreadsheet_runs_no_text_as_a_formula() -> None:
    rad = table.write_csv([["=1+1", "+46", "-0,8", "−0,8", "@a"]]).removeprefix("\ufeff").strip().split(";")
    assert rad == ["'=1+1", "'+46", "-0,8", "−0,8", "'@a"]
