"""A file for the register: read however it was saved, and every fault told with its place and its cure."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from insatser.importera_fil import FilFel, las_fil
from insatser.importera_tolka import Last, tolka
from insatser.mall import skriv_mall
from insatser.models import FALTEN
from tests.unit.insatser.filer import RATT, RUBRIKER, byt_del, csv, spara, xlsx

IDAG = date(2026, 11, 22)
INSATSER = {"Nord": 1, "Syd": 2}


def las(data: bytes, forvald: int | None = None) -> Last:
    return tolka(las_fil("a", data), INSATSER, IDAG, forvald)


def rad(*andrat: tuple[int, Any]) -> list[Any]:
    ut: list[Any] = list(RATT)
    for plats, varde in andrat:
        ut[plats] = varde
    return ut


@pytest.mark.parametrize("kod", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("tecken", [";", ",", "\t"])
def test_csv_is_read_however_excel_saved_it(kod: str, tecken: str) -> None:
    last = las(csv(RATT, kod=kod, tecken=tecken))
    assert last.fel == []
    assert dict(zip(FALTEN, last.rader[0], strict=True)) | {"start": None} == {
        **dict.fromkeys(FALTEN), "insats_id": 1, "nummer": 1, "kon": "kvinna", "alder": "20_24",
        "fore": "okant", "tid": "okand", "utbildning": "okand", "handlingsplan": "okant",
    }  # fmt: skip


@pytest.mark.parametrize("start", [date(2026, 1, 5), datetime(2026, 1, 5), "2026-01-05", 46027, "46027", "5/1 2026"])  # noqa: DTZ001
def test_days_in_excel_are_read_as_dates_texts_and_serials(start: object) -> None:
    [ratt] = las(xlsx(rad((1, 1), (4, start)))).rader
    assert ratt[4] == date(2026, 1, 5)


@pytest.mark.parametrize(("skrivet", "omfattning"), [(50, 50), (0.5, 50), ("50 %", 50), ("50,0", 50), (1, 100)])
def test_working_hours_are_read_with_percent_signs_and_decimal_commas(skrivet: object, omfattning: int) -> None:
    celler = [*rad((5, "2026-06-01"), (6, "Till arbete")), skrivet]
    assert las(xlsx(celler, rubriker=(*RUBRIKER, "Omfattning"))).rader[0][FALTEN.index("omfattning")] == omfattning


def test_all_faults_are_told_at_once_with_their_place() -> None:
    last = las(csv(RATT, rad((0, "Väst"), (2, "qvinna"), (4, "32/1 2026")), rad((1, "2"), (5, "2026-06-01"))))
    assert [(f.rad, f.kolumn, f.rubrik, f.varde) for f in last.fel] == [
        (3, "A", "Insats", "Väst"),
        (3, "C", "Kön", "qvinna"),
        (3, "E", "Startdatum", "32/1 2026"),
        (4, "G", "Utfall", ""),
    ]
    assert (last.felrader, len(last.rader)) == (2, 1)
    assert last.fel[1].atgard == "Menade du Kvinna?"


@pytest.mark.parametrize("cell", ["850312-1234", "198503121234", 198503121234, 8503721234.0])
@pytest.mark.parametrize("plats", [1, 2, 6])
def test_a_personnummer_in_any_cell_stops_its_row_and_is_not_repeated(cell: object, plats: int) -> None:
    last = las(xlsx(rad((plats, cell))))
    assert last.rader == []
    assert "personnummer" in last.fel[0].orsak
    assert not any(tecken.isdigit() for tecken in last.fel[0].varde)


def test_a_personnummer_in_a_column_that_is_not_read_stops_its_row_too() -> None:
    last = las(csv([*RATT, "850312-1234"], [*rad((1, "2")), "x"], rubriker=(*RUBRIKER, "Anteckning")))
    assert [(f.rad, f.kolumn) for f in last.fel] == [(2, "H")]
    assert len(last.rader) == 1


def test_the_same_number_twice_is_told_at_the_second() -> None:
    last = las(csv(RATT, rad((1, "2")), RATT))
    assert [(f.rad, f.orsak) for f in last.fel] == [(4, "står redan på rad 2 för samma insats")]


def test_another_insats_may_have_the_same_number() -> None:
    assert las(csv(RATT, rad((0, "Syd")))).fel == []


def test_rows_without_insats_belong_to_the_one_that_was_chosen() -> None:
    utan = csv(RATT[1:], rubriker=RUBRIKER[1:])
    assert las(utan, forvald=2).rader[0][0] == 2
    assert las(utan).fel[0].rubrik == "Insats"


def test_gender_that_is_left_out_is_a_fault_and_never_unknown() -> None:
    assert las(csv(rad((2, "")))).fel[0].orsak == "saknas"


def test_formulas_are_read_as_their_values_and_told_when_they_have_none() -> None:
    data = xlsx(rad((1, "=1+1")))
    last = las(data)
    assert [(f.rad, f.kolumn, f.orsak) for f in last.fel] == [(2, "B", "saknas")]
    assert any("Formler utan resultat på rad 2" in text for text in last.anmarkningar)
    xml = zipfile.ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml")
    raknad = xml.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>7</v>").replace(b"<f>1+1</f><v/>", b"<f>1+1</f><v>7</v>")
    assert las(byt_del(data, "xl/worksheets/sheet1.xml", raknad)).rader[0][1] == 7


def test_a_formula_in_csv_is_told() -> None:
    assert las(csv(rad((1, "=1+1")))).fel[0].orsak == "är en formel"


def test_merged_cells_are_told() -> None:
    bok = Workbook()
    blad: Any = bok.active
    for celler in (RUBRIKER, RATT, rad((1, "2"))):
        blad.append(list(celler))
    blad.merge_cells("A2:A3")
    last = las(spara(bok))
    assert any("Sammanslagna celler på rad 2" in text for text in last.anmarkningar)
    assert [(f.rad, f.rubrik) for f in last.fel] == [(3, "Insats")]


def test_the_right_sheet_is_found_and_a_wrong_file_says_what_it_has() -> None:
    bok = load_workbook(BytesIO(xlsx(RATT, blad="Januari")))
    bok.create_sheet("Om", 0).append(["Hej"])
    assert len(las(spara(bok)).rader) == 1
    with pytest.raises(FilFel, match=r"Budget: Konto, Kronor"):
        las_fil("a", xlsx(["1", "2"], rubriker=["Konto", "Kronor"], blad="Budget"))


def test_a_row_that_ends_before_the_last_column_has_nothing_there() -> None:
    rubriker = "Insats;Nummer;Kön;Ålder vid start;Startdatum;Slutdatum;Utfall;Omfattning"
    last = las(f"{rubriker}\nNord;1;Kvinna;20–24 år;2026-01-01\n".encode())
    assert (last.fel, last.rader[0][5:9]) == ([], (None, None, None, None))


def test_a_header_further_down_is_found_and_lines_are_those_of_the_file() -> None:
    last = las(xlsx(RUBRIKER, rad((2, "x")), rubriker=["Deltagare i Nord 2026"]))
    assert [f.rad for f in last.fel] == [3]


@pytest.mark.parametrize(
    ("data", "sager"),
    [
        (b"", "tom"),
        (b"PK\x03\x04trasig", "går inte att läsa som en Excelfil"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "äldre Excelfil"),
        (csv(RATT, rubriker=(*RUBRIKER[:2], *RUBRIKER[1:6])), "Samma kolumn finns två gånger: Nummer"),
        (b"x" * (33 << 20), "för stor"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(data: bytes, sager: str) -> None:
    with pytest.raises(FilFel, match=sager):
        las_fil("a", data)


def test_a_zip_bomb_is_not_unpacked() -> None:
    ut = BytesIO()
    delen = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(ut, "w", zipfile.ZIP_DEFLATED) as arkiv, arkiv.open(delen, "w", force_zip64=True) as strom:
        for _ in range(600):
            strom.write(b"0" * (1 << 20))
    with pytest.raises(FilFel, match="för stor när den packas upp"):
        las_fil("a", ut.getvalue())


@pytest.mark.parametrize("cell", [b"XFD2", b"A1048576", b"BA2"])
def test_a_cell_far_away_is_refused_before_it_takes_the_memory(cell: bytes) -> None:
    data = xlsx(RATT)
    xml = zipfile.ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml")
    langt = xml.replace(b'<c r="G2"', b'<c r="' + cell + b'"').replace(b'r="A2"', b'r="' + cell + b'"', 1)
    with pytest.raises(FilFel, match="långt bort"):
        las_fil("a", byt_del(data, "xl/worksheets/sheet1.xml", langt))


def test_the_template_reads_back_without_a_fault_and_explains_every_column() -> None:
    bok = load_workbook(BytesIO(skriv_mall(["Nord"], IDAG)))
    bok["Deltagare"].append(["Nord", 7, "Man", "65 år eller äldre", date(2026, 1, 1)])
    assert las(spara(bok)).rader[0][:4] == (1, 7, "man", "minst_65")
    assert [c.value for c in bok["Deltagare"][1]] == [
        r[0].value for r in bok["Förklaring"].iter_rows(2, len(FALTEN) + 1)
    ]
    assert {str(v.sqref).split(":")[0] for v in bok["Deltagare"].data_validations.dataValidation if v.type == "list"} == {
        "A2", "C2", "D2", "G2", "H2", "J2", "K2", "L2", "M2",
    }  # fmt: skip


def test_every_word_of_every_list_is_read_back_as_its_code() -> None:
    from insatser.rubriker import LISTOR, kod_for

    for falt, lista in LISTOR.items():
        assert [kod_for(falt, ord_) for ord_ in lista.values()] == list(lista)
        assert [kod_for(falt, f" {ord_.upper()} ") for ord_ in lista.values()] == list(lista)
