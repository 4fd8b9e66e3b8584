"""What an upload holds between preview and confirmation comes back as it was, and the reading leaves the program as it was."""

from __future__ import annotations

import gc
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from insatser.importera_fil import FilFel
from insatser.importera_tolka import Last
from insatser.models import FALTEN
from kansli.arbetsmapp import Arbetsmapp
from kansli.register import forvaring, inlasning

NU = datetime(2026, 11, 22, 12, tzinfo=UTC)
SLUTADE: dict[str, Any] = {"slut": date(2026, 3, 1), "utfall": "arbete", "omfattning": 50}


def rad(nummer: int, **andrat: Any) -> tuple[Any, ...]:
    falt = {"insats_id": 1, "nummer": nummer, "kon": "annat", "alder": "okand", "start": date(2026, 1, nummer)} | andrat
    return tuple(falt.get(namn) for namn in FALTEN)


@pytest.mark.parametrize(
    "rader",
    [[], [rad(1)], [rad(1), rad(2, **SLUTADE), rad(3)], [rad(n % 28 + 1, **SLUTADE) for n in range(3000)]],
    ids=["none", "whole columns of nothing", "some of nothing", "many alike"],
)
def test_rows_come_back_as_they_were_read(tmp_path: Path, rader: list[tuple[Any, ...]]) -> None:
    mapp = Arbetsmapp(tmp_path)
    sparat = forvaring.spara(mapp, NU, "kim", "a.csv", Last(rader, [], FALTEN, [], 0), (0, 0, 0))
    assert forvaring.rader(mapp, sparat.id) == rader


def test_garbage_is_looked_for_again_after_a_file_that_could_not_be_read(tmp_path: Path) -> None:
    with pytest.raises(FilFel):
        inlasning.las(Session(), Arbetsmapp(tmp_path), NU, "kim", "a.csv", b"", {}, None)
    assert gc.isenabled()
