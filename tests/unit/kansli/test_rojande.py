"""The command that tells the kansli what is hidden, and why."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from indikatorer.forberedelse import Forberett
from indikatorer.resultat import Utvardering
from indikatorer.skydd import rojandevakt
from indikatorer.skydd.intyg import Atkomlig, Intyg
from kansli.cli import main
from kansli.kommandon import rojande as rojande_cli

ROOT = Path(__file__).parents[3]
UMEA = ["rojandevakt", "--indikatorer", f"{ROOT}/config/indicators.toml", "--underlag", f"{ROOT}/exempel/umea-2020"]


def test_it_prints_the_certificate_and_how_a_person_could_have_been_found() -> None:
    svar = CliRunner().invoke(main, UMEA)
    assert svar.exit_code == 0
    assert svar.stdout.startswith("0 av 119 dolda tal kan återskapas.\nI deltagartabellerna visas ")
    assert "hade man kunnat räkna ut" in svar.stdout
    assert "tabell 4, Samordningsteamet Nordmaling" in svar.stdout
    assert "skyddar" not in svar.stdout, "words, not codes"


def test_without_protection_it_says_that_nothing_is_tried() -> None:
    svar = CliRunner().invoke(main, [*UMEA, "--minsta-grupp", "0"])
    assert (svar.exit_code, svar.stdout) == (0, "Skyddet är avstängt, så ingenting är dolt och ingenting är prövat.\n")


def test_what_can_be_found_is_told_and_stops_a_script(monkeypatch: pytest.MonkeyPatch) -> None:
    riktig = rojandevakt.skydda

    def lacker(forberett: Forberett, *_: object, **__: object) -> Utvardering:
        brist = Atkomlig(("resultat", "stod-for-arbete", ""), "antal", True, 3)
        return replace(riktig(forberett, 0), intyg=Intyg(7, (brist,), (), 0, 0))

    monkeypatch.setattr(rojandevakt, "skydda", lacker)
    svar = CliRunner().invoke(main, UMEA)
    assert svar.exit_code == rojande_cli.ATKOMLIGT
    assert "1 av 7 dolda tal kan återskapas." in svar.stdout
    assert "”3.1 Stöd att öka chansen till arbete” kan en läsare veta är högst 3." in svar.stdout
