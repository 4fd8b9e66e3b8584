from datetime import date
from io import BytesIO
from pathlib import Path

import pyreadstat
import pytest
from openpyxl import load_workbook

from insatser.exportera import RADRUBRIKER, i_ord, som_csv, som_sav, som_xlsx
from insatser.exportera_text import ofarlig

IDAG = date(2026, 11, 22)
RADER = [
    ("Nord", 1, "kvinna", "20_24", date(2026, 1, 5), date(2026, 6, 5), "arbete", "eget_foretag", 50, "okant", "minst_10", "gymnasium", "ja", date(2026, 2, 1)),
    ("=Syd", 2, "vill_inte_svara", "okand", date(2026, 10, 1), None, None, None, None, "inget", "ingen", "okand", "nej", None),
]  # fmt: skip


@pytest.mark.parametrize("text", ["=1+1", "+46", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_compute_gets_an_apostrophe(text: str) -> None:
    assert ofarlig(text) == f"'{text}"
    assert ofarlig("Nord-Syd") == "Nord-Syd"


def test_csv_opens_in_swedish_excel_with_the_words_of_the_template() -> None:
    text = b"".join(som_csv(RADRUBRIKER, i_ord(RADER, IDAG))).decode("utf-8-sig")
    rubrik, forsta, andra = text.splitlines()
    assert rubrik.split(";")[:3] == ["Insats", "Nummer", "Kön"]
    assert forsta.startswith("Nord;1;Kvinna;20–24 år;2026-01-05;2026-06-05;Till arbete;Eget företag;50;")
    assert forsta.endswith(";5")
    assert andra.startswith("'=Syd;2;")


def test_xlsx_holds_days_as_days_and_no_formula() -> None:
    blad = load_workbook(BytesIO(som_xlsx("Deltagare", RADRUBRIKER, i_ord(RADER, IDAG))))["Deltagare"]
    assert blad["E2"].is_date
    assert (blad["A3"].value, blad["A3"].data_type) == ("'=Syd", "s")


def test_spss_has_labels_dates_and_numbers(tmp_path: Path) -> None:
    fil = tmp_path / "a.sav"
    fil.write_bytes(som_sav(RADER, IDAG))
    ram, meta = pyreadstat.read_sav(str(fil), apply_value_formats=True)
    assert list(ram["kon"]) == ["Kvinna", "Vill inte svara eller okänt"]
    assert ram["start"][0] == date(2026, 1, 5)
    assert meta.column_names_to_labels["tid"] == "Tid i offentlig försörjning"
    assert list(ram["manader"]) == [5.0, 1.0]
    assert ram["utfall"].isna().tolist() == [False, True]


def test_spss_of_nothing_is_a_file_too(tmp_path: Path) -> None:
    fil = tmp_path / "a.sav"
    fil.write_bytes(som_sav([], IDAG))
    assert len(pyreadstat.read_sav(str(fil))[0]) == 0
