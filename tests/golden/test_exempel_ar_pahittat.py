"""The example is synthetic and says so, and the committed script writes it again byte for byte."""

import csv
import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from bokslut.text.texter import las_texter
from bokslut.text.textgranskning import granska_texter, saknar_kommentar
from bokslut.underlag import las
from indikatorer.evaluate import evaluate

ROOT = Path(__file__).parents[2]
EXEMPEL = ROOT / "exempel"
INGET_SVAR = {"", "vill_inte_svara"}

Rad = dict[str, str]


def read_rows(path: Path) -> list[Rad]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_toml(path: Path) -> dict:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_script_writes_the_committed_files_byte_for_byte(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-B", EXEMPEL / "skapa_umea.py", tmp_path], check=True, capture_output=True)
    written = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.csv")}
    committed = {path.relative_to(EXEMPEL): path.read_bytes() for path in EXEMPEL.glob("umea-*/*.csv")}
    assert sorted(written) == sorted(committed)
    assert all(written[path] == committed[path] for path in written)
    assert not any(b"\r" in content for content in committed.values())


@pytest.mark.parametrize("path", sorted(EXEMPEL.glob("umea-*/exempel/*.md")), ids=lambda path: path.stem)
def test_every_story_says_that_it_is_invented(path: Path) -> None:
    _, front, body = path.read_text(encoding="utf-8").split("+++")
    assert front.startswith("\n# Påhittad berättelse.")
    assert body.rstrip().endswith("*Berättelsen är påhittad.*")
    assert 80 <= len(re.findall(r"\w+", body)) <= 165
    known = read_toml(ROOT / "config" / "indicators.toml")["indikator"]
    assert tomllib.loads(front)["indikator"] in known


@pytest.mark.parametrize("mapp", ["umea-2020", "umea-2019"])
def test_every_underlag_says_that_its_rows_are_invented(mapp: str) -> None:
    text = (EXEMPEL / mapp / "underlag.toml").read_text(encoding="utf-8")
    comment = text.split("\n\n")[0].lower()
    assert "påhitta" in comment
    kallor = tomllib.loads(text)["kalla"].values()
    invented = [kalla for kalla in kallor if mapp == "umea-2019" or kalla["typ"] in ("enkat", "berattelser")]
    assert all("åhitta" in kalla["anmarkning"] for kalla in invented)
    assert "påhittade" in (EXEMPEL / "LAS-MIG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("mapp", ["umea-2020", "umea-2019"])
def test_every_answer_is_on_its_scale(mapp: str) -> None:
    underlag = read_toml(EXEMPEL / mapp / "underlag.toml")
    for name, kalla in underlag["kalla"].items():
        if kalla["typ"] not in ("enkat", "register"):
            continue
        rows = read_rows(EXEMPEL / mapp / kalla["fil"])
        for fraga, about in kalla.get("fraga", {}).items():
            allowed = {*underlag["skala"][about["skala"]]["svar"], *INGET_SVAR}
            assert {rad[fraga] for rad in rows} <= allowed, (name, fraga)


@pytest.mark.parametrize(
    "path", sorted(EXEMPEL.glob("umea-*/*enkat.csv")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_no_enhet_in_a_survey_is_small(path: Path) -> None:
    sizes = Counter(rad.get("enhet") for rad in read_rows(path))
    assert min(sizes.values()) >= 5


def count_per_part(ar: str, kolumn: str) -> Counter[tuple[str, str]]:
    """Deltagare with "nej" in `kolumn`, per enhet and kon."""
    parts: Counter[tuple[str, str]] = Counter()
    for rad in read_rows(EXEMPEL / f"umea-{ar}" / "deltagare.csv"):
        parts[rad["enhet"], rad["kon"]] += int(rad["antal"]) if rad[kolumn] == "nej" else 0
    return parts


def test_those_who_remain_in_2019_are_those_whom_2020_takes_over() -> None:
    assert count_per_part("2019", "avslutad") == count_per_part("2020", "ny")


@pytest.mark.parametrize("path", sorted(EXEMPEL.glob("umea-*/texter/**/*.md")), ids=lambda path: path.stem)
def test_every_text_says_that_it_is_invented(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "*Exempeltext" in text
    assert "påhitta" in text


def test_every_red_result_of_the_example_has_a_comment_and_every_number_agrees() -> None:
    mapp = EXEMPEL / "umea-2020"
    utvardering = evaluate(las(ROOT / "config" / "indicators.toml", mapp))
    texter = las_texter(mapp)
    assert granska_texter(texter, utvardering) == []
    assert saknar_kommentar(utvardering, texter) == []
