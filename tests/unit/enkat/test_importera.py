"""Earlier years and other tools' answers: what people's files look like, and that nothing is guessed or lost."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bokslut.underlag import hamta
from enkat.frysning import fryst_mapp
from enkat.inlasning import excel as exceltabell
from enkat.inlasning import importera
from enkat.inlasning import tabell as importtabell
from enkat.inlasning.forslag import foresla
from enkat.inlasning.importera import FinnsRedan, Provad, las_tabell, prova, skriv
from enkat.inlasning.mappning import Mappning, las_mappning
from enkat.inlasning.tabell import Importtabell, bokstav, sammanfattad
from indikatorer.diagnos import Diagnos, Niva
from indikatorer.underlag import las_underlag
from tests.unit.enkat.provenkat import enkat

ENKAT = enkat()
KARTA = """\
[import]
enkat = "prov"
period = "2019"
{huvud}
[kolumn]
"Tid" = ""
"Verksamhet" = "enhet"
"Hur trivs du?" = "trivs"
"Kön" = "kon"
{kolumn}
{resten}
"""
RADER = [
    ("Tid", "Verksamhet", "Hur trivs du?", "Kön"),
    ("2019-10-01 09:12", "Nord", "3 - Bra", "Kvinna"),
    ("2019-10-01 09:15", "Nord", "sådär ", "Man"),
    ("2019-10-02 10:00", "Syd", "Bra", "kvinna"),
    ("2019-10-02 10:00", "Syd", "Bra", "kvinna"),
]


def csvtext(rader: list[tuple[str, ...]] = RADER, skilje: str = ",") -> bytes:
    return "\n".join(skilje.join(rad) for rad in rader).encode()


def karta(huvud: str = "", kolumn: str = "", resten: str = "") -> Mappning:
    last, fel = las_mappning("karta.toml", KARTA.format(huvud=huvud, kolumn=kolumn, resten=resten).encode(), ENKAT)
    assert last is not None, [str(d) for d in fel]
    return last


def tabell(data: bytes, **val: Any) -> Importtabell:
    last, fel = las_tabell("svar", data, **val)
    assert last is not None, [str(d) for d in fel]
    assert fel == []
    return last


def fel_i(data: bytes, **val: Any) -> list[Diagnos]:
    return las_tabell("svar", data, **val)[1]


def prov(data: bytes, minsta: int = 0, **val: str) -> Provad:
    k = karta(**val)
    return prova(tabell(data, rubrikrader=k.huvud.rubrikrader, blad=k.huvud.blad), k, ENKAT, minsta)


def riktiga(provad: Provad) -> list[Diagnos]:
    return [d for d in provad.fel if d.niva is Niva.FEL]


def spalt(provad: Provad, namn: str) -> list[str]:
    assert provad.rader is not None
    plats = provad.rader.kolumner.index(namn)
    return [rad[plats] for rad in provad.rader.rader]


def excel(fyll: Callable[[openpyxl.Workbook, Worksheet], None]) -> bytes:
    bok = openpyxl.Workbook()
    blad = bok.active
    assert isinstance(blad, Worksheet)
    fyll(bok, blad)
    ut = io.BytesIO()
    bok.save(ut)
    return ut.getvalue()


def rader_i(blad: Worksheet, rader: list[tuple[Any, ...]]) -> None:
    for rad in rader:
        blad.append(rad)


def test_options_are_known_by_words_with_numbers_spaces_and_case_aside() -> None:
    provad = prov(csvtext())
    assert riktiga(provad) == []
    assert sorted(spalt(provad, "trivs")) == ["bra", "bra", "bra", "sadar"]
    assert sorted(spalt(provad, "kon")) == ["kvinna", "kvinna", "kvinna", "man"]


def test_rows_that_are_alike_are_all_kept() -> None:
    provad = prov(csvtext())
    assert provad.rader is not None
    assert len(provad.rader.rader) == 4


@pytest.mark.parametrize("kodning", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("skilje", [",", ";", "\t"])
def test_csv_of_every_kind(kodning: str, skilje: str) -> None:
    data = csvtext(skilje=skilje).decode().encode(kodning)
    assert sorted(spalt(prov(data), "trivs")) == ["bra", "bra", "bra", "sadar"]


def test_a_bare_number_is_never_taken_for_an_option() -> None:
    data = csvtext([*RADER, ("", "Syd", "3", "Man"), ("", "Syd", "3", "Man")])
    provad = prov(data)
    [fel] = riktiga(provad)
    assert (fel.kod, fel.plats.rad, fel.plats.kolumn, provad.felrader) == ("okant-svar", 6, 3, 2)
    assert "”3” i kolumn C (Hur trivs du?), rad 6 och 7, är inget svar på trivs" in str(fel)
    assert "[skala.trivsel]" in str(fel)


def test_a_number_is_an_option_when_the_mapping_says_so() -> None:
    data = csvtext([*RADER, ("", "Syd", "3", "Man")])
    assert sorted(spalt(prov(data, resten='[skala.trivsel]\n"3" = "daligt"'), "trivs"))[0] == "bra"
    assert "daligt" in spalt(prov(data, resten='[skala.trivsel]\n"3" = "daligt"'), "trivs")


def test_an_unknown_answer_names_the_nearest() -> None:
    [fel] = riktiga(prov(csvtext([*RADER, ("", "Syd", "Dålgt", "Man")])))
    assert fel.kandidat == "”daligt”"


def test_a_question_with_its_own_words_wins_over_the_scale() -> None:
    resten = '[skala.trivsel]\n"x" = "bra"\n[svar.trivs]\n"x" = "sadar"'
    assert "sadar" in spalt(prov(csvtext([*RADER[:1], ("", "Syd", "x", "Man")]), resten=resten), "trivs")


def test_a_column_that_the_mapping_does_not_know_stops_everything() -> None:
    data = csvtext([(*RADER[0], "Trivs i gruppen?"), *((*r, "ja") for r in RADER[1:])])
    provad = prov(data)
    assert provad.rader is None
    assert [d.kod for d in provad.fel] == ["okand-kolumn"]


def test_a_header_that_the_file_lacks_names_the_nearest() -> None:
    data = csvtext([("Tid", "Verksamhet", "Hur trivs du", "Kön"), *RADER[1:]])
    provad = prov(data)
    assert {d.kod for d in provad.fel} == {"okand-kolumn", "saknad-kolumn"}
    [saknad] = [d for d in provad.fel if d.kod == "saknad-kolumn"]
    assert (saknad.fil, saknad.kandidat) == ("karta.toml", "”Hur trivs du”")


def test_a_question_that_was_not_asked_that_year_is_empty_and_told() -> None:
    provad = prov(csvtext())
    assert spalt(provad, "arbetar") == [""] * 4
    assert "arbetar" in [d.falt for d in provad.fel if d.kod == "fraga-saknas" and d.niva is Niva.VARNING]


def test_several_options_in_one_cell() -> None:
    rubrik = (*RADER[0], "Arbetar", "Resor")
    rader = [
        rubrik,
        ("", "N", "Bra", "Man", "Ja", "Buss;Cykel"),
        ("", "N", "Bra", "Man", "ja", "cykel"),
        ("", "N", "", "", "Ja", ""),
    ]
    provad = prov(csvtext(rader, ","), kolumn='"Arbetar" = "arbetar"\n"Resor" = "reser"')
    assert riktiga(provad) == []
    assert sorted(spalt(provad, "reser.buss")) == ["", "ja", "nej"]
    assert sorted(spalt(provad, "reser.inget")) == ["", "nej", "nej"]


def test_options_that_exclude_each_other_are_a_fault() -> None:
    rubrik = (*RADER[0], "Arbetar", "Resor")
    provad = prov(
        csvtext([rubrik, ("", "N", "Bra", "Man", "Ja", "Buss;Inget av det")]),
        kolumn='"Arbetar" = "arbetar"\n"Resor" = "reser"',
    )
    assert [d.falt for d in riktiga(provad)] == ["reser"]


def test_an_option_of_its_own_column_and_what_empty_means() -> None:
    rubrik = (*RADER[0], "Buss")
    provad = prov(
        csvtext([rubrik, ("", "N", "Bra", "Man", "X"), ("", "N", "Bra", "Man", "")]),
        kolumn='"Buss" = "reser.buss"',
        resten='[svar."reser.buss"]\n"X" = "ja"\n"" = "nej"',
    )
    assert sorted(spalt(provad, "reser.buss")) == ["ja", "nej"]


def test_answers_to_a_question_that_did_not_apply_are_taken_out_and_told() -> None:
    rubrik = (*RADER[0], "Arbetar", "Resor")
    provad = prov(
        csvtext([rubrik, ("", "N", "Bra", "Man", "Nej", "Buss"), ("", "N", "Bra", "Man", "Ja", "Buss")]),
        kolumn='"Arbetar" = "arbetar"\n"Resor" = "reser"',
    )
    assert sorted(spalt(provad, "reser.buss")) == ["", "ja"]
    assert next(d.fann for d in provad.fel if d.kod == "dold-fraga") == "Rad 2"


def test_numbers_and_dates_are_checked() -> None:
    rubrik = (*RADER[0], "Restid", "Start")
    rader = [rubrik, ("", "N", "", "", "30", "2019-01-02"), ("", "N", "", "", "900", "i fjol")]
    provad = prov(csvtext(rader), kolumn='"Restid" = "minuter"\n"Start" = "borjade"')
    assert sorted((d.falt, d.plats.rad) for d in riktiga(provad)) == [("borjade", 3), ("minuter", 3)]
    assert provad.felrader == 1
    assert spalt(provad, "minuter") == ["30"]


def test_small_enheter_are_merged_as_when_a_round_is_frozen() -> None:
    rader = [RADER[0], *[("", "Nord", "Bra", "Man")] * 6, *[("", "Syd", "Bra", "Man")] * 2]
    provad = prov(csvtext(rader), minsta=5)
    assert provad.rader is not None
    assert provad.rader.sammanslagna
    assert "Syd" not in spalt(provad, "enhet")


def test_an_enhet_spelt_two_ways_is_warned_of() -> None:
    rader = [RADER[0], ("", "Ungdomstorget", "Bra", "Man"), ("", "Ungdomstorg", "Bra", "Man")]
    assert [d.kod for d in prov(csvtext(rader)).fel if d.kod == "snarlik-enhet"] == ["snarlik-enhet"]
    en = prov(csvtext(rader), resten='[enhet]\n"Ungdomstorg" = "Ungdomstorget"')
    assert spalt(en, "enhet") == ["Ungdomstorget"] * 2


# --- Excel ---


def test_excel_gives_what_csv_gives() -> None:
    assert prov(excel(lambda _, b: rader_i(b, RADER))).rader == prov(csvtext()).rader


def test_typed_numbers_and_dates_where_an_option_should_be() -> None:
    data = excel(
        lambda _, b: rader_i(
            b, [*RADER, ("", "Syd", 3.0, "Man"), ("", "Syd", date(2020, 5, 4), "Man"), ("", "Syd", "#N/A", "Man")]
        )
    )
    assert [(d.kod, d.plats.rad) for d in riktiga(prov(data))] == [
        ("okant-svar", 6),
        ("cell-datum", 7),
        ("cell-felvarde", 8),
    ]


def test_a_date_cell_is_a_date_where_a_date_is_asked_for() -> None:
    data = excel(lambda _, b: rader_i(b, [(*RADER[0], "Start"), ("", "N", "Bra", "Man", date(2019, 1, 2))]))
    assert spalt(prov(data, kolumn='"Start" = "borjade"'), "borjade") == ["2019-01-02"]


def test_a_formula_without_a_value_is_refused_and_one_with_is_read() -> None:
    data = excel(lambda _, b: rader_i(b, [*RADER, ("", "Syd", "=B2", "Man")]))
    assert [(d.kod, d.plats.rad) for d in riktiga(prov(data))] == [("cell-formel", 6)]
    ut = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as fran, zipfile.ZipFile(ut, "w") as till:
        for namn in fran.namelist():
            xml = fran.read(namn)
            if namn.endswith("sheet1.xml"):
                assert b"<f>B2</f>" in xml
                xml = xml.replace(b"<f>B2</f><v />", b"<f>B2</f><v>Bra</v>").replace(
                    b"<f>B2</f><v></v>", b"<f>B2</f><v>Bra</v>"
                )
                xml = xml.replace(b'<c r="C6"', b'<c r="C6" t="str"')
            till.writestr(namn, xml)
    assert riktiga(prov(ut.getvalue())) == []


def test_merged_header_rows() -> None:
    def fyll(_: openpyxl.Workbook, blad: Worksheet) -> None:
        rader_i(
            blad, [("Bakgrund", None, None, "Stöd", None), ("Verksamhet", "Kön", "Hur trivs du?", "Personal", "Chef")]
        )
        rader_i(blad, [("Nord", "Man", "Bra", "Bra", "Dåligt")])
        blad.merge_cells("A1:C1")
        blad.merge_cells("D1:E1")

    last = tabell(excel(fyll))
    assert list(last.kolumner)[-2:] == ["Stöd / Personal", "Stöd / Chef"]
    assert (last.rubrikrader, last.rader) == ([1, 2], 1)


def test_a_merged_header_on_one_row_is_told() -> None:
    data = excel(lambda _, b: rader_i(b, [("Verksamhet", "Stöd", None), ("Nord", "Bra", "Dåligt")]))
    [fel] = fel_i(data, rubrikrader=[1])
    assert (fel.kod, fel.plats.kolumn) == ("fel-antal-celler", 3)
    assert "sammanslagen" in fel.atgard
    data = excel(lambda _, b: rader_i(b, [("Stöd", None, "Kön"), ("Bra", "Dåligt", "Man")]))
    [fel] = fel_i(data, rubrikrader=[1])
    assert (fel.kod, fel.plats.kolumn) == ("kolumn-utan-rubrik", 2)
    assert "sammanslagen" in fel.atgard


def test_a_title_above_the_header_is_not_the_header() -> None:
    data = excel(lambda _, b: rader_i(b, [("Enkät 2019",), (None,), *RADER]))
    last = tabell(data)
    assert (last.rubrikrader, last.rader, last.radnummer[0]) == ([3], 4, 4)


def test_no_row_is_lost_past_the_lines_where_the_header_is_looked_for() -> None:
    rader = [RADER[0], *[("", "Nord", "Bra", str(n)) for n in range(50)]]
    assert list(tabell(csvtext(rader)).kolumner["Kön"].varden[1:]) == [str(n) for n in range(50)]


def test_hidden_sheets_are_not_chosen_by_themselves() -> None:
    def fyll(bok: openpyxl.Workbook, blad: Worksheet) -> None:
        rader_i(blad, RADER)
        gomt = bok.create_sheet("Gömt")
        rader_i(gomt, RADER[:2])
        gomt.sheet_state = "hidden"

    data = excel(fyll)
    assert tabell(data).blad == "Sheet"
    assert tabell(data, blad="Gömt").rader == 1


def test_several_sheets_must_be_chosen_among() -> None:
    def fyll(bok: openpyxl.Workbook, blad: Worksheet) -> None:
        rader_i(blad, RADER)
        rader_i(bok.create_sheet("Fler"), RADER)

    [fel] = fel_i(excel(fyll))
    assert (fel.kod, "Sheet, Fler" in fel.atgard) == ("valj-blad", True)
    [fel] = fel_i(excel(fyll), blad="Flera")
    assert (fel.kod, fel.kandidat) == ("okant-blad", "Fler")


def test_a_file_that_says_it_is_too_large_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    ut = io.BytesIO()
    with zipfile.ZipFile(ut, "w", zipfile.ZIP_DEFLATED) as arkiv, arkiv.open("xl/worksheets/sheet1.xml", "w") as fil:
        for _ in range(600):
            fil.write(b"\0" * (1 << 20))
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *a, **k: pytest.fail("unpacked"))
    assert len(ut.getvalue()) < 1 << 20
    assert [d.kod for d in fel_i(ut.getvalue())] == ["for-stor-fil"]


def test_a_file_that_lies_of_its_size_is_refused_while_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exceltabell, "STORST_UPPACKAD", 3 << 20)
    ut = io.BytesIO()
    with zipfile.ZipFile(ut, "w", zipfile.ZIP_DEFLATED) as arkiv:
        arkiv.writestr("xl/worksheets/sheet1.xml", b"\0" * (4 << 20))
    lognen = ut.getvalue().replace((4 << 20).to_bytes(4, "little"), (1 << 20).to_bytes(4, "little"))
    assert next(d.kod for d in fel_i(lognen)) in ("for-stor-fil", "trasig-excelfil")


def test_a_large_file_of_bytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importtabell, "STORST_BYTE", 100)
    monkeypatch.setattr(exceltabell, "STORST_BYTE", 100)
    assert [d.kod for d in fel_i(csvtext())] == ["for-stor-fil"]
    assert [d.kod for d in fel_i(excel(lambda _, b: rader_i(b, RADER)))] == ["for-stor-fil"]


@pytest.mark.parametrize(
    ("data", "kod"),
    [
        (b"", "tom-fil"),
        (b"\n,,\n,,\n", "ingen-rubrik"),
        (b"a,b\n1," + b"x" * 200_000, "trasig-csv"),
        (b"PK\x03\x04skrap", "trasig-excelfil"),
        (b"\xd0\xcf\x11\xe0gammal", "gammal-excelfil"),
        (b"a\0b", "inte-text"),
        (b"a,b\n1,2,3\n", "fel-antal-celler"),
    ],
)
def test_what_is_no_table_is_told(data: bytes, kod: str) -> None:
    assert [d.kod for d in fel_i(data)] == [kod]


def test_headers_that_come_twice_are_told_apart() -> None:
    assert list(tabell(b"Kommentar,Kommentar,A\n1,2,3\n").kolumner) == ["Kommentar", "Kommentar (2)", "A"]


# --- The mapping ---


def test_a_mapping_is_held_against_the_questionnaire_with_all_faults_at_once() -> None:
    text = '[import]\nenkat = "annan"\nperiod = "2019"\n[kolumn]\n"A" = "?"\n"B" = "triws"\n"C" = "kon"\n"D" = "kon"\n'
    text += '[skala.trivsl]\n"1" = "bra"\n[svar.trivs]\n"1" = "bara"\n"2" = "?"\n'
    last, fel = las_mappning("karta.toml", text.encode(), ENKAT)
    assert last is None
    koder = [d.kod for d in fel]
    assert koder == ["obestamd", "okand-fraga", "dubbel-fraga", "okant-namn", "okant-svar", "obestamd", "fel-enkat"]
    assert [d.plats.rad for d in fel] == [5, 6, 8, 9, 12, 13, 2]
    assert [d.kandidat for d in fel][1] == "”trivs”"


def test_a_proposal_fills_in_what_is_plain_and_leaves_the_rest_open() -> None:
    data = csvtext([*RADER, ("", "Syd", "2", "Man"), ("", "Syd", "Jättebra", "Okänt")])
    forslag = foresla(tabell(data), ENKAT, "2019")
    assert '"Hur trivs du?" = "trivs"' in forslag
    assert '"Kön" = "kon"' in forslag
    assert '"3 - Bra" = "bra"' in forslag
    assert '"2" = "?"   # sadar om 1 är sämst, sadar om 1 är bäst' in forslag
    assert '"Jättebra" = "?"' in forslag
    last, fel = las_mappning("karta.toml", forslag.encode(), ENKAT)
    assert last is None
    assert {d.kod for d in fel} == {"obestamd"}


def test_a_proposal_with_nothing_open_can_be_used_as_it_is() -> None:
    data = csvtext([r[1:] for r in RADER])
    last, fel = las_mappning("karta.toml", foresla(tabell(data), ENKAT, "2019").encode(), ENKAT)
    assert last is not None, [str(d) for d in fel]
    assert prova(tabell(data), last, ENKAT, 0).felfri()


# --- What is written ---


def test_the_result_is_underlag_that_the_engine_reads_as_it_is(tmp_path: Path) -> None:
    k = karta(huvud="utdelade = 40")
    assert skriv(tmp_path, prova(tabell(csvtext()), k, ENKAT, 0), k, ENKAT, csvtext()) == "ny"
    underlag, fel = las_underlag((tmp_path / "underlag.toml").as_posix(), hamta)
    assert [str(d) for d in fel] == []
    assert (underlag.kallor["prov"].kalla.utdelade, underlag.kallor["prov"].kalla.period) == (40, "2019")
    last = underlag.kallor["prov"].tabell
    assert last is not None
    assert last.rader == 4


def test_the_rows_do_not_keep_the_order_in_which_people_answered(tmp_path: Path) -> None:
    k = karta()
    assert (
        prova(tabell(csvtext()), k, ENKAT, 0).rader
        == prova(tabell(csvtext([RADER[0], *RADER[:0:-1]])), k, ENKAT, 0).rader
    )
    skriv(tmp_path, prova(tabell(csvtext()), k, ENKAT, 0), k, ENKAT, csvtext())
    namn = pq.read_table(tmp_path / "prov.parquet").column_names
    assert "Tid" not in namn


def test_the_same_import_again_changes_nothing(tmp_path: Path) -> None:
    k = karta()
    skriv(tmp_path, prova(tabell(csvtext()), k, ENKAT, 0), k, ENKAT, csvtext())
    fore = {f.name: (f.read_bytes(), f.stat().st_mtime_ns) for f in tmp_path.iterdir()}
    assert skriv(tmp_path, prova(tabell(csvtext()), k, ENKAT, 0), k, ENKAT, csvtext()) == "oforandrad"
    assert {f.name: (f.read_bytes(), f.stat().st_mtime_ns) for f in tmp_path.iterdir()} == fore


def test_another_set_is_replaced_only_on_request(tmp_path: Path) -> None:
    k, annan = karta(), csvtext(RADER[:3])
    skriv(tmp_path, prova(tabell(csvtext()), k, ENKAT, 0), k, ENKAT, csvtext())
    with pytest.raises(FinnsRedan, match="--ersatt"):
        skriv(tmp_path, prova(tabell(annan), k, ENKAT, 0), k, ENKAT, annan)
    assert pq.read_metadata(tmp_path / "prov.parquet").num_rows == 4
    assert skriv(tmp_path, prova(tabell(annan), k, ENKAT, 0), k, ENKAT, annan, ersatt=True) == "ersatt"
    assert fryst_mapp.andrade(tmp_path) == []


def test_a_frozen_round_is_never_replaced(tmp_path: Path) -> None:
    k = karta()
    skriv(tmp_path, prova(tabell(csvtext()), k, ENKAT, 0), k, ENKAT, csvtext())
    manifest = json.loads((tmp_path / "manifest.json").read_bytes())
    del manifest["kallor"]["prov"]["importerad"]
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    annan = csvtext(RADER[:3])
    with pytest.raises(FinnsRedan, match="ersätts aldrig"):
        skriv(tmp_path, prova(tabell(annan), k, ENKAT, 0), k, ENKAT, annan, ersatt=True)


def test_faulty_rows_are_left_out_and_counted(tmp_path: Path) -> None:
    data = csvtext([*RADER, ("", "Syd", "Jättebra", "Man")])
    k = karta()
    provad = prova(tabell(data), k, ENKAT, 0)
    assert (provad.antal, provad.felrader, provad.felfri()) == (5, 1, False)
    skriv(tmp_path, provad, k, ENKAT, data)
    uppgift = fryst_mapp.las_manifest(tmp_path)["prov"]
    assert (uppgift["svar"], uppgift["utelamnade_rader"]) == (4, 1)


def test_the_manifest_tells_no_plain_sum_of_the_answers(tmp_path: Path) -> None:
    import hashlib

    k = karta()
    skriv(tmp_path, prova(tabell(csvtext()), k, ENKAT, 0), k, ENKAT, csvtext())
    assert hashlib.sha256(csvtext()).hexdigest() not in (tmp_path / "manifest.json").read_text()


@pytest.mark.parametrize(("nummer", "text"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA")])
def test_columns_are_named_as_excel_names_them(nummer: int, text: str) -> None:
    assert bokstav(nummer) == text


@pytest.mark.parametrize(
    ("rader", "text"),
    [([4], "rad 4"), ([4, 7], "rad 4 och 7"), (list(range(1, 10)), "rad 1, 2, 3, 4, 5 och 4 till")],
)
def test_lines_are_told_in_words(rader: list[int], text: str) -> None:
    assert sammanfattad(rader) == text
    assert importera.__doc__
