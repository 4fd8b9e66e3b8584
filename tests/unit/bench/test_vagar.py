from pathlib import Path

import pytest

from bench.svarsdata import skriv_underlag
from bench.vagar import VAGAR, facit


@pytest.fixture(scope="module")
def underlag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return skriv_underlag(tmp_path_factory.mktemp("bench") / "svar", rader=3_000, radgrupp=1_000)


@pytest.mark.parametrize("vag", [vag for vag in VAGAR if vag != "vårt"])
def test_what_is_compared_gives_the_same_counts_as_ours(vag: str, underlag: Path) -> None:
    ratt = facit(VAGAR["vårt"](underlag)[1])
    assert facit(VAGAR[vag](underlag)[1]) == ratt


def test_different_counts_are_told_apart() -> None:
    assert facit([("fraga_01", "", "", "", 1)]) != facit([("fraga_01", "", "", "", 2)])
