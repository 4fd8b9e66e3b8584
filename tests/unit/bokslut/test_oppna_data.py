"""The files to download: every chart in four forms with the same figures, a schema that holds, and codes for what is missing."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bokslut.innehall import build_innehall
from bokslut.oppna_data.filer_att_hamta import build_filer
from bokslut.oppna_data.resultatschema import build_schema
from indikatorer.resultat import Utvardering

PNG = b"\x89PNG\r\n\x1a\n"


def las_csv(fil: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(fil.read_text("utf-8-sig")), delimiter=";"))


def las_json(plats: Path, namn: str) -> Any:
    return json.loads((plats / namn).read_text("utf-8"))


@pytest.fixture(scope="module")
def schema(plats: Path) -> Draft202012Validator:
    publicerat = las_json(plats, "data/resultat.schema.json")
    Draft202012Validator.check_schema(publicerat)
    return Draft202012Validator(publicerat)


@pytest.fixture(scope="module")
def filer(utvardering: Utvardering) -> dict[str, bytes]:
    """All files to download, the pictures too."""
    return {f.sokvag: f.data for g in build_filer(build_innehall(utvardering), med_bilder=True) for f in g.filer}


def test_every_chart_has_its_four_stable_addresses(utvardering: Utvardering, filer: dict[str, bytes]) -> None:
    for id_ in build_innehall(utvardering).diagram:
        assert {f"data/{id_}.{typ}" for typ in ("csv", "json", "svg", "png")} <= set(filer)


def test_the_site_is_built_without_pictures_until_they_are_asked_for(filer: dict[str, bytes], plats: Path) -> None:
    utan = {f for f in filer if not f.endswith(".png")}
    assert len(utan) < len(filer)
    assert all((plats / f).read_bytes() == filer[f] for f in utan)
    assert not list(plats.rglob("*.png"))


def test_the_four_forms_of_a_chart_hold_the_same_figures(utvardering: Utvardering, plats: Path) -> None:
    for id_, spec in build_innehall(utvardering).diagram.items():
        ur_csv = [(r["rad"], r["serie"], r["visat"], r["saknas"]) for r in las_csv(plats / f"data/{id_}.csv")]
        dokument = las_json(plats, f"data/{id_}.json")
        ur_json = [
            (r["namn"], v["serie"], v["visat"], v["saknas"] or "") for r in dokument["rader"] for v in r["varden"]
        ]
        assert ur_csv == ur_json
        assert [v["varde"] for r in dokument["rader"] for v in r["varden"]] == [
            v.tal for r in spec.rader for v in r.varden
        ]
        bild = (plats / f"data/{id_}.svg").read_text("utf-8")
        assert all(bit in bild for r in spec.rader for bit in r.namn.split(" ") if bit.isalpha())


def test_a_picture_tells_what_it_shows_and_who_made_it(plats: Path) -> None:
    bild = (plats / "data/signaler.svg").read_text("utf-8")
    assert "Signaler per målområde</text>" in bild
    assert "Förbundet &lt;&amp;&gt;, socialt bokslut 2020." in bild


def test_a_png_is_a_picture_of_its_drawing_and_the_same_every_time(filer: dict[str, bytes]) -> None:
    from bokslut.oppna_data.bild import som_png

    for fil in (f for f in filer if f.endswith(".png")):
        data = filer[fil]
        ritad = filer[fil.replace(".png", ".svg")].decode()
        bredd = float(ritad.partition('width="')[2].partition('"')[0])
        assert data[:8] == PNG
        assert int.from_bytes(data[16:20], "big") == round(bredd * 1.5)
        assert data == som_png.__wrapped__(ritad)


def test_the_letters_of_a_png_are_drawn(filer: dict[str, bytes]) -> None:
    from resvg_py import svg_to_bytes

    ritad = filer["data/signaler.svg"].decode()
    utan = svg_to_bytes(svg_string=ritad, zoom=1.5, skip_system_fonts=True)
    assert len(utan) < len(filer["data/signaler.png"]) * 0.8


def test_the_results_hold_to_their_schema(schema: Draft202012Validator, plats: Path) -> None:
    assert [e.message for e in schema.iter_errors(las_json(plats, "resultat.json"))] == []


@pytest.mark.parametrize(
    ("falt", "varde"),
    [
        ("visat", 78),
        ("taljare", "64"),
        ("signal", "bla"),
        ("orsak", "okand"),
        ("intervall", [1]),
        ("regel", "gissning"),
        ("okant", 1),
        ("bortfall", -1),
    ],
)
def test_the_schema_refuses_what_is_no_result(
    schema: Draft202012Validator, plats: Path, falt: str, varde: object
) -> None:
    dokument = las_json(plats, "resultat.json")
    dokument["indikatorer"][0][falt] = varde
    assert list(schema.iter_errors(dokument))


@pytest.mark.parametrize("falt", ["forbund", "ar", "indikatorer", "tabeller"])
def test_the_schema_asks_for_every_part(schema: Draft202012Validator, plats: Path, falt: str) -> None:
    dokument = las_json(plats, "resultat.json")
    del dokument[falt]
    assert list(schema.iter_errors(dokument))


def test_the_schema_names_itself_only_where_it_lies() -> None:
    assert "$id" not in build_schema()
    assert build_schema("https://exempel.se/s.json")["$id"] == "https://exempel.se/s.json"


def test_why_a_figure_is_missing_has_the_codes_of_kolada(plats: Path) -> None:
    resultat = {(r["nummer"], r["grupp"]): r for r in las_csv(plats / "data/resultat.csv")}
    assert resultat["1.1", ""]["saknas"] == ""
    assert (resultat["1.3", ""]["varde"], resultat["1.3", ""]["saknas"]) == ("", "..")
    assert resultat["1.4", ""]["saknas"] == "-"
    assert resultat["2.5", ""]["saknas"] == ".."
    celler = {(r["tabell"], r["utfall"], r["kon"]): r["saknas"] for r in las_csv(plats / "data/deltagare.csv")}
    assert celler["1", "avbrott_halsa", "man"] == ".."
    assert celler["1", "avbrott_halsa", "kvinna"] == ""
    serier = {(r["omrade"], r["period"]): r["saknas"] for r in las_csv(plats / "data/helarspersoner-alla.csv")}
    assert serier["Umeå", "2014"] == "-"
    sida = (plats / "data.html").read_text("utf-8")
    assert all(f"<code>{kod}</code>" in sida for kod in ("-", ".", ".."))


def test_building_the_files_twice_gives_the_same_bytes(utvardering: Utvardering) -> None:
    forsta, andra = (
        [f.data for g in build_filer(build_innehall(utvardering), False) for f in g.filer] for _ in range(2)
    )
    assert forsta == andra
