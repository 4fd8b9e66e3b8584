"""What the method page says of röjandevakten, and what it must not say."""

from dataclasses import replace
from pathlib import Path

import pytest

from bokslut.rojandevakt import build_vakt
from bokslut.sidor import bygg
from indikatorer.resultat import Utvardering
from indikatorer.skydd.intyg import Dold, Intyg, Skal

INTYG = Intyg(
    7,
    (),
    (
        Dold(("cell", "A", "arbete", "kvinna"), Skal.REGEL),
        Dold(
            ("cell", "A", "arbete", "man"),
            Skal.SKYDDAR,
            ("cell", "A", "arbete", "kvinna"),
            (("cell", "A", "arbete", ""),),
        ),
    ),
    33,
    2,
)


@pytest.fixture
def vaktad(utvardering: Utvardering) -> Utvardering:
    return replace(utvardering, intyg=INTYG)


def test_the_method_page_prints_the_certificate_and_what_protection_cost(vaktad: Utvardering, tmp_path: Path) -> None:
    bygg(vaktad, tmp_path / "ut")
    sida = (tmp_path / "ut/metod.html").read_text("utf-8")
    assert "0 av 7 dolda tal kan återskapas." in sida
    assert "I deltagartabellerna visas 31 av 33 tal (93\u00a0%)." in sida


def test_no_page_tells_which_figures_are_hidden_for_the_sake_of_others(vaktad: Utvardering, tmp_path: Path) -> None:
    """The rest would then be known to be few."""
    bygg(vaktad, tmp_path / "ut")
    vakt = build_vakt(vaktad)
    assert vakt is not None
    (rad,) = vakt.rader
    sidor = [fil.read_text("utf-8") for fil in (tmp_path / "ut").rglob("*") if fil.suffix in (".html", ".json", ".csv")]
    assert sidor
    assert [sida for sida in sidor if rad.skal in sida or rad.dold in sida] == []


def test_the_reason_is_a_sentence_that_names_what_and_by_what(vaktad: Utvardering) -> None:
    vakt = build_vakt(vaktad)
    assert vakt is not None
    (rad,) = vakt.rader
    assert rad.dold.startswith("”till arbete, män” (tabell ")
    assert rad.skal.startswith("Av den och ”till arbete, alla” (tabell ")
    assert "hade man kunnat räkna ut ”till arbete, kvinnor”" in rad.skal
    assert (vakt.regel, vakt.haller) == (1, True)


def test_without_protection_there_is_no_certificate(utvardering: Utvardering) -> None:
    assert build_vakt(replace(utvardering, intyg=None)) is None
