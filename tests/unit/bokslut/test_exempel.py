"""The shipped example, built with and without protection: what the protection takes away is nowhere in the site."""

import re
from pathlib import Path

import pytest

from bokslut import underlag
from bokslut.sidor import bygg
from indikatorer.evaluate import evaluate
from indikatorer.resultat import Orsak, Utvardering

ROOT = Path(__file__).parents[3]
TYP = {".html", ".json", ".csv", ".svg"}


@pytest.fixture(scope="module")
def umea() -> tuple[Utvardering, Utvardering]:
    """Umeå 2020 protected, and as it was printed."""
    forberett = underlag.las(ROOT / "config/indicators.toml", ROOT / "exempel/umea-2020")
    return evaluate(forberett, 5), evaluate(forberett, 0)


def test_what_protection_hides_is_in_no_file(umea: tuple[Utvardering, Utvardering], tmp_path: Path) -> None:
    skyddad, oskyddad = umea
    par = list(zip(skyddad.resultat(), oskyddad.resultat(), strict=True))
    hidden = [b for a, b in par if a.orsak is Orsak.SKYDDAD]
    assert len(hidden) == 9
    counts = {f"{r.taljare} av {r.namnare}" for r in hidden if r.namnare is not None}
    counts |= {f"{d.taljare} av {d.namnare}" for r in hidden for d in (r.delar or {}).values()}
    shown = {f"{a.taljare} av {a.namnare}" for a, _ in par if a.namnare is not None}
    shown |= {f"{u.taljare} av {u.namnare}" for a, _ in par for u in a.uppdelning if u.namnare is not None}
    assert counts - shown
    bygg(skyddad, tmp_path / "ut")
    for file in (f for f in (tmp_path / "ut").rglob("*") if f.suffix in TYP):
        text = file.read_text("utf-8")
        for count in counts - shown:
            assert not re.search(rf"(?<!\d){count}(?!\d)", text), (file.name, count)


def test_hidden_results_have_no_place_on_any_axis(umea: tuple[Utvardering, Utvardering], tmp_path: Path) -> None:
    bygg(umea[0], tmp_path / "ut")
    lines = (tmp_path / "ut/data/skillnad-5.csv").read_text("utf-8-sig").splitlines()[1:]
    assert len(lines) == 15
    assert {(line.split(";")[2], line.split(";")[3]) for line in lines} == {("..", "")}


def test_the_whole_site_is_built(umea: tuple[Utvardering, Utvardering], tmp_path: Path) -> None:
    bygge = bygg(umea[1], tmp_path / "ut")
    assert len(bygge.sidor) == 2 * 22
    assert "34 av 62 resultat når målet" in (tmp_path / "ut/index.html").read_text("utf-8")
