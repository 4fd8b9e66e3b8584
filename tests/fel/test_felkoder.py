"""docs/felkoder.md explains every code that can be told, and no other."""

import ast
import re
from collections.abc import Iterator

import pytest

from enkat.inlasning.tolkning import SLAG_REGEL
from indikatorer.toml.fel import KODER
from indikatorer.underlag import okand_kod
from tests.fel.korpus import KATALOG, alla_fall

ROT = KATALOG.parents[1]
LISTA = ROT / "docs" / "felkoder.md"
KALLKOD = sorted([*(ROT / "indikatorer").rglob("*.py"), ROT / "bokslut" / "underlag.py"])
ENKATKOD = sorted((ROT / "enkat").rglob("*.py"))
# What reads the texts of a bokslut and its stories.
TEXTKOD = [
    ROT / "bokslut" / "text" / f"{namn}.py"
    for namn in (
        "texter",
        "textanrop",
        "levande",
        "textvy",
        "textgranskning",
        "siffergranskning",
        "berattelsegranskning",
    )
]
# Where each call says its code: the function, the position, the keyword.
ANROP = {
    "Diagnos": (0, "kod"),
    "fel": (2, "kod"),
    "PydanticCustomError": (0, "error_type"),
    "fel_i": (2, "kod"),
    "_fel": (2, "kod"),
    "_fel_i_tabell": (0, "kod"),
    "_anmal": (0, "kod"),
    "_Fel": (0, "kod"),
    "_diagnos": (0, "kod"),
    "_varning": (0, "kod"),
}
OKANDA = {"okand": 2, "fel_okand": 2}


def ur_koden() -> set[str]:
    """Every code that stands in the engine's sources, and those of the TOML reader."""
    return set(KODER) | {kod for fil in KALLKOD for kod in i_filen(ast.parse(fil.read_text("utf-8")))}


def ur_enkaten() -> set[str]:
    """Every code of the survey's: of questionnaires, and of the files that answers and addresses are read from."""
    lasta = {kod for fil in ENKATKOD for kod in i_filen(ast.parse(fil.read_text("utf-8")))}
    return lasta | {f"cell-{slag}" for slag in SLAG_REGEL}


def ur_texterna() -> set[str]:
    """Every code of the texts and the stories."""
    return {kod for fil in TEXTKOD for kod in i_filen(ast.parse(fil.read_text("utf-8")))}


def i_filen(trad: ast.Module) -> Iterator[str]:
    for nod in ast.walk(trad):
        if not isinstance(nod, ast.Call):
            continue
        namn = nod.func.attr if isinstance(nod.func, ast.Attribute) else getattr(nod.func, "id", "")
        if namn in ANROP:
            plats, ord_ = ANROP[namn]
            yield from (text.replace("_", "-") for text in texter(argument(nod, plats, ord_)))
        elif namn in OKANDA:
            yield from (okand_kod(vad) for vad in texter(argument(nod, OKANDA[namn], "vad")))


def argument(anrop: ast.Call, plats: int, ord_: str) -> ast.expr | None:
    namngivna = {a.arg: a.value for a in anrop.keywords}
    return namngivna.get(ord_) or (anrop.args[plats] if len(anrop.args) > plats else None)


def texter(uttryck: ast.expr | None) -> list[str]:
    """The text, or the two texts of a choice; none when it is computed."""
    if isinstance(uttryck, ast.IfExp):
        return texter(uttryck.body) + texter(uttryck.orelse)
    return [uttryck.value] if isinstance(uttryck, ast.Constant) and isinstance(uttryck.value, str) else []


def i_listan() -> list[str]:
    return re.findall(r"(?m)^\| `([a-z0-9-]+)` \|", LISTA.read_text("utf-8"))


def test_every_code_is_explained_once_and_no_other() -> None:
    assert sorted(i_listan()) == sorted(ur_koden() | ur_enkaten() | ur_texterna())


def test_every_code_has_a_meaning_that_is_a_sentence() -> None:
    rader = re.findall(r"(?m)^\| `[a-z0-9-]+` \| (.*) \|$", LISTA.read_text("utf-8"))
    assert len(rader) == len(i_listan())
    assert [rad for rad in rader if not re.fullmatch(r"[A-ZÅÄÖ”=].*[^. ]", rad)] == []


@pytest.mark.parametrize("kod", sorted(ur_koden() - KODER))
def test_every_code_of_ours_has_a_case_in_the_corpus(kod: str) -> None:
    """The reader of TOML has cases of its own (test_toml_slarv)."""
    utanfor = {"csv-for-stor-cell", "for-langt-led"}  # too large to be read with pleasure: test_ingen_krasch
    assert kod in utanfor or any(v.kod == kod for fall in alla_fall() for v in fall.fel)


@pytest.mark.parametrize("kod", sorted(ur_enkaten() - ur_koden()))
def test_every_code_of_the_survey_is_what_some_test_of_it_brings_about(kod: str) -> None:
    prov = (fil.read_text("utf-8") for fil in (ROT / "tests" / "unit" / "enkat").rglob("test_*.py"))
    assert any(f'"{kod}"' in text for text in prov)


@pytest.mark.parametrize("kod", sorted(ur_texterna() - ur_koden()))
def test_every_code_of_the_texts_is_what_some_test_of_them_brings_about(kod: str) -> None:
    prov = (fil.read_text("utf-8") for fil in (ROT / "tests" / "unit" / "bokslut").glob("test_*.py"))
    assert any(f'"{kod}"' in text for text in prov)
