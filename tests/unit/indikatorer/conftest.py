"""What every test of the engine may ask for."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bokslut.underlag import las
from indikatorer.evaluate import evaluate
from indikatorer.forberedelse import Forberett
from indikatorer.resultat import Utvardering

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def umea() -> Forberett:
    """The shipped example, read and checked."""
    return las(ROOT / "config/indicators.toml", ROOT / "exempel/umea-2020")


@pytest.fixture(scope="session")
def umea_skyddat(umea: Forberett) -> Utvardering:
    """The shipped example with the shipped protection."""
    return evaluate(umea)


@pytest.fixture(scope="session")
def umea_oppet(umea: Forberett) -> Utvardering:
    """The shipped example as the print had it, without protection."""
    return evaluate(umea, minsta_grupp=0)


@pytest.fixture
def avskrift() -> Callable[[str, str], None]:
    """Hold a text against a file that somebody has read aloud; SKRIV_AVSKRIFT=1 writes a new one to be read."""

    def jamfor(fil: str, text: str) -> None:
        stig = Path(__file__).with_name(fil)
        if os.environ.get("SKRIV_AVSKRIFT"):
            stig.write_text(text, "utf-8", newline="\n")
        assert text == stig.read_text("utf-8")

    return jamfor
