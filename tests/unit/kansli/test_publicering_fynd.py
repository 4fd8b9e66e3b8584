"""What the gate finds, in words for one who has never seen a file, with the page where it is mended."""

from __future__ import annotations

import pytest

from bokslut.grind.hinder import KODER, Hinder, hinder
from bokslut.underlag import las
from indikatorer.resultat import Utvardering
from indikatorer.skydd.rojandevakt import skydda
from kansli.publicering.fynd import I_ORD, av_data, gruppera, som_data
from kansli.roller import TILLTRADE
from tests.unit.bokslut.litet_underlag import Litet


@pytest.fixture(scope="module")
def u(tmp_path_factory: pytest.TempPathFactory) -> Utvardering:
    litet = Litet(tmp_path_factory.mktemp("fynd"))
    return skydda(las(litet.indikatorer, litet.underlag))


def forsta(u: Utvardering, h: Hinder) -> tuple[str, str, tuple[str, dict[str, object]] | None]:
    """The first finding: where, what, and the likeliest page."""
    fynd = gruppera([h], u, 2020, {"ett.md": "Ett steg i taget"})[0].fynd[0]
    return fynd.var, fynd.text, (fynd.platser[0][0], dict(fynd.platser[0][1])) if fynd.platser else None


@pytest.mark.parametrize(
    ("kod", "var", "visat", "plats"),
    [
        ("rod-utan-kommentar", "texter/kommentarer/stod.md", "1.1 Stöd som hjälper", ("texter.andra", "namn", "stod")),
        ("text-mot-siffra", "texter/forord.md:3", "Förord, rad 3", ("texter.andra", "namn", "forord")),
        ("fel-i-text", "texter/kommentarer/1.1.md:2", "1.1 Stöd som hjälper, rad 2", ("texter.andra", "namn", "1.1")),
        ("berattelse-ej-granskad", "ett.md", "Ett steg i taget", ("exempel.visa", "namn", "ett.md")),
        ("berattelse-kan-peka-ut", "exempel/ett.md:9", "Ett steg i taget", ("exempel.andra", "namn", "ett.md")),
        ("nara-gransen", "1.1 Stöd som hjälper", "1.1 Stöd som hjälper", ("texter.andra", "namn", "stod")),
        ("fel-i-definitionen", "1.1 Stöd som hjälper", "1.1 Stöd som hjälper", ("mal.andra", "id", "stod")),
        ("mal-utan-text", "stod", "stod", ("malomraden.mal", "id", "stod")),
        ("tidigare-version-andrad", "v2", "v2", ("utgava.visa", "version", 2)),
    ],
)
def test_each_finding_leads_to_where_it_is_mended(
    u: Utvardering, kod: str, var: str, visat: str, plats: tuple[str, str, object]
) -> None:
    sagt, _text, till = forsta(u, hinder(kod, var, "något", ""))
    assert sagt == visat
    assert till is not None
    assert (till[0], till[1][plats[1]]) == (plats[0], plats[2])


def test_no_finding_speaks_of_commands(u: Utvardering) -> None:
    for kod in KODER:
        if kod in I_ORD:
            rubrik, atgard = I_ORD[kod]
            assert rubrik
            assert "--" not in rubrik + atgard
            assert "bokslut " not in atgard


def test_the_rooms_pages_that_are_linked_to_exist(u: Utvardering) -> None:
    for kod in KODER:
        if kod in I_ORD:
            fynd = gruppera([hinder(kod, "ett.md", "x", "")], u, 2020, {})[0].fynd[0]
            egna = [
                sida for sida, _ in fynd.platser if sida.split(".")[0] in ("texter", "exempel", "publicering", "utgava")
            ]
            assert all(sida in TILLTRADE for sida in egna), kod


def test_findings_are_kept_and_come_back_and_one_of_an_unknown_kind_is_left_out() -> None:
    kvar = [hinder("pdf-saknas", "bokslut.pdf", "Ingen PDF.", "Gör en.")]
    assert av_data([*som_data(kvar), {"kod": "borttagen", "var": "", "text": "", "atgard": ""}]) == kvar
