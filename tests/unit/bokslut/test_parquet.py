import datetime
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bokslut.parquet import las_parquet
from bokslut.underlag import hamta
from indikatorer.tabell import Tabell, tabell_av

TEXT = ["ja", None, "nej", "", "ja", "åäö"]
KOLUMNER: dict[str, Any] = {
    "text": TEXT,
    "lang_text": pa.array(TEXT, pa.large_string()),
    "vy": pa.array(TEXT, pa.string_view()),
    "kategori": pa.array(TEXT).dictionary_encode(),
    "heltal": [3, None, 1, 2, 3, 0],
    "decimaltal": [1.0, 2.5, None, float("nan"), -3.0, 1.0],
    "datum": [datetime.date(2020, 1, 31), None] * 3,
    "tomt": pa.nulls(6, pa.string()),
    "inget": pa.nulls(6),
}
SKRIVET = {
    **{namn: ["ja", "", "nej", "", "ja", "åäö"] for namn in ("text", "lang_text", "vy", "kategori")},
    "heltal": ["3", "", "1", "2", "3", "0"],
    "decimaltal": ["1", "2.5", "", "", "-3", "1"],
    "datum": ["2020-01-31", ""] * 3,
    "tomt": [""] * 6,
    "inget": [""] * 6,
}


def varden(tabell: Tabell) -> dict[str, list[str]]:
    return {namn: [k.varden[kod] for kod in k.koder] for namn, k in tabell.kolumner.items()}


@pytest.mark.parametrize("val", [{}, {"row_group_size": 2}, {"use_dictionary": False}], ids=str)
def test_every_kind_of_column_is_read_as_its_text(val: dict[str, Any], tmp_path: Path) -> None:
    pq.write_table(pa.table(KOLUMNER), tmp_path / "t.parquet", **val)
    assert varden(las_parquet(tmp_path / "t.parquet")) == SKRIVET


def test_a_file_without_rows_keeps_its_columns(tmp_path: Path) -> None:
    pq.write_table(pa.table(KOLUMNER).slice(0, 0), tmp_path / "t.parquet")
    tabell = las_parquet(tmp_path / "t.parquet")
    assert (tabell.rader, varden(tabell)) == (0, {namn: [] for namn in KOLUMNER})


def test_codes_go_on_across_row_groups_with_other_values(tmp_path: Path) -> None:
    skrivet = [f"person-{n}" for n in range(300)]
    pq.write_table(pa.table({"person": skrivet}), tmp_path / "t.parquet", row_group_size=100)
    assert varden(las_parquet(tmp_path / "t.parquet")) == {"person": skrivet}


def test_a_file_from_polars_is_read_like_its_data_frame(tmp_path: Path) -> None:
    ram = pl.DataFrame({"svar": ["ja", None, "nej"], "kon": pl.Series(["man", "kvinna", None], dtype=pl.Categorical)})
    ram.write_parquet(tmp_path / "t.parquet")
    hamtat = hamta((tmp_path / "t.parquet").as_posix())
    assert isinstance(hamtat, Tabell)
    assert varden(hamtat) == varden(tabell_av("t", ram.to_pandas()))
