"""A program may change the config: tomlkit keeps every comment and the order, and the engine reads what it wrote."""

import difflib
import tomllib
from pathlib import Path
from typing import Any

import pytest
import tomlkit

from bokslut.underlag import hamta
from indikatorer.definition import las_definitioner
from indikatorer.evaluate import evaluate
from indikatorer.forberedelse import Forberett, forbered
from indikatorer.redigera import andra
from indikatorer.underlag import las_underlag

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "config/indicators.toml").read_text("utf-8")

INDIKATORER = tuple(tomllib.loads(TEXT)["indikator"])
ANDRINGAR: list[tuple[str, str, Any, str]] = [  # indicator, key, new value, signal
    ("stod-for-arbete", "gron", "minst 78 %", "gron"),
    ("stod-for-arbete", "gul", "minst 70 %", "gul"),  # a key that was not there
    ("framtidstro", "gron", "minst 75,5 %", "gron"),  # beside an array over several lines
    ("jamstalldhetsindex", "gron", "minst 90 %", "gron"),
    ("konsfordelning-till-arbete", "under", "till-studier", "gron"),
    ("positiv-losning", "svar", ["arbete", "studier"], "rod"),
]


def skillnad(efter: str) -> tuple[list[str], list[str]]:
    """The lines that went and those that came."""
    rader = list(difflib.unified_diff(TEXT.splitlines(), efter.splitlines(), lineterm="", n=0))[2:]
    return [r[1:] for r in rader if r[0] == "-"], [r[1:] for r in rader if r[0] == "+"]


def las(text: str) -> Forberett:
    definitioner, fel = las_definitioner("indicators.toml", text.encode())
    assert definitioner is not None
    underlag, fler = las_underlag((ROOT / "exempel/umea-2020/underlag.toml").as_posix(), hamta)
    return forbered(definitioner, underlag, [*fel, *fler])


def test_reading_and_writing_changes_no_character() -> None:
    assert tomlkit.dumps(tomlkit.parse(TEXT)) == TEXT


@pytest.mark.parametrize("indikator", [*INDIKATORER[::9], INDIKATORER[-1]])  # tomlkit is thorough, and slow
def test_a_changed_key_is_one_changed_line_and_a_new_key_one_new_line(indikator: str) -> None:
    gammal = tomllib.loads(TEXT)["indikator"][indikator]["regel"]
    borta, nya = skillnad(andra(TEXT, indikator, "regel", "provad"))
    assert (borta, nya) == ([f'regel = "{gammal}"'], ['regel = "provad"'])
    borta, nya = skillnad(andra(TEXT, indikator, "gul", "minst 1 %"))
    assert (borta, nya) == ([], ['gul = "minst 1 %"'])


def test_a_remark_after_a_value_stays_there() -> None:
    borta, nya = skillnad(andra(TEXT, "helarspersoner", "perioder", ["2018", "2019"]))
    assert borta == ['perioder = ["2019", "2020H1"]          # som i trycket: ett helt år mot ett halvt']
    assert nya == ['perioder = ["2018", "2019"]          # som i trycket: ett helt år mot ett halvt']


@pytest.mark.parametrize(("indikator", "nyckel", "varde", "signal"), ANDRINGAR)
def test_the_engine_reads_what_the_program_wrote(indikator: str, nyckel: str, varde: Any, signal: str) -> None:
    forberett = las(andra(TEXT, indikator, nyckel, varde))
    assert list(map(str, forberett.fel())) == []
    (r,) = [r for r in evaluate(forberett).resultat() if r.id == indikator]
    assert r.signal == signal
    skrivet = tomllib.loads(andra(TEXT, indikator, nyckel, varde))
    assert skrivet["indikator"][indikator].pop(nyckel) == varde
    orort = tomllib.loads(TEXT)
    orort["indikator"][indikator].pop(nyckel, None)
    assert skrivet == orort, "nothing else has another value"


def test_an_unknown_indicator_is_not_made() -> None:
    with pytest.raises(KeyError, match="finns-inte"):
        andra(TEXT, "finns-inte", "gron", "minst 1 %")


def test_a_new_indicator_may_be_added_and_one_taken_away() -> None:
    dok = tomlkit.parse(TEXT)
    tabeller: Any = dok["indikator"]
    ny = tomlkit.table()
    ny.update(
        {"titel": "Ny", "mal": "personcentrerat", "regel": "antal", "kalla": "deltagare", "gron": "minst 30 per år"}
    )
    tabeller["ny"] = ny
    del tabeller["goda-exempel-hinder"]
    definitioner, fel = las_definitioner("indicators.toml", tomlkit.dumps(dok).encode())
    assert definitioner is not None
    assert list(map(str, fel)) == []
    assert set(definitioner.indikatorer) == {*INDIKATORER, "ny"} - {"goda-exempel-hinder"}
