"""Helårspersoner of each area over all periods: uncertain and missing figures are marked, and all share one axis."""

import re
from pathlib import Path

import pytest

from bokslut.diagram import svg, table, words
from bokslut.diagram.ar import kommuner
from bokslut.diagram.spec import ChartSpec
from indikatorer.resultat import Utvardering


@pytest.fixture(scope="module")
def diagram(utvardering: Utvardering) -> dict[str, ChartSpec]:
    return dict(kommuner(utvardering.serier))


def test_every_area_has_every_period(diagram: dict[str, ChartSpec]) -> None:
    assert list(diagram) == ["Umeå", "Vännäs"]
    for spec in diagram.values():
        assert [r.namn for r in spec.rader] == ["2014", "2019", "Första halvåret 2020"]


def test_all_areas_share_one_axis(diagram: dict[str, ChartSpec]) -> None:
    assert {spec.axel for spec in diagram.values()} == {(8, 20)}


def test_what_is_missing_is_a_gap_with_its_reason(diagram: dict[str, ChartSpec]) -> None:
    forst = diagram["Umeå"].rader[0].varden[0]
    assert (forst.tal, forst.visat, forst.anm) == (None, "–", "saknas")
    assert words.describe(diagram["Umeå"]).startswith("2014: saknas; 2019: 10,3;")
    assert table.rows(diagram["Umeå"])[0] == ["2014", "– (saknas)"]


def test_an_uncertain_figure_is_a_ring_with_a_note(diagram: dict[str, ChartSpec]) -> None:
    ritad = svg.draw(diagram["Vännäs"], svg.SMAL)
    assert ritad.count('<circle class="period2"') == 1
    assert "14,1*" in ritad
    assert "* Osäker uppgift." in ritad
    assert table.rows(diagram["Vännäs"])[1] == ["2019", "14,1 (osäker uppgift)"]
    assert "Osäker" not in svg.draw(diagram["Umeå"], svg.SMAL)


def test_no_line_joins_a_year_and_half_a_year(diagram: dict[str, ChartSpec]) -> None:
    assert [r.bruten for r in diagram["Vännäs"].rader] == [False, False, True]
    assert diagram["Vännäs"].linjer() == ((0, 1),)
    assert diagram["Umeå"].linjer() == ()


def test_the_page_has_them_beside_the_whole_table(plats: Path) -> None:
    html = (plats / "helarspersoner.html").read_text("utf-8")
    assert re.findall(r'<h3 id="rubrik-helar-\d">(.*?)</h3>', html) == ["Umeå, i procent", "Vännäs, i procent"]
    assert 'id="serie-rubrik"' in html
    assert (plats / "data/helar-1.csv").is_file()
