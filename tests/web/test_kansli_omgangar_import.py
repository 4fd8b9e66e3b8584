"""Earlier years in the browser: a file, a mapping as a form, everything that is wrong at once, and a frozen set."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from kansli.omgangar import importmapp
from tests.kansliprov import Prov, skicka, token
from tests.omgangsprov import bygg_rum, ladda_upp, logg, ren, stangd, vanta

RADER = [
    ("Tid", "Verksamhet", "Har du fått det stöd du behöver?", "Är du mer redo att arbeta?", "Kön"),
    *[("2019-10-01", "Nord", "Helt", "Ja", "Kvinna")] * 6,
    *[("2019-10-02", "Syd", "Delvis", "Nej", "Man")] * 6,
]
IMPORT = "/kansli/omgangar/import"
FALT = {"enkat": "prov", "period": "2019"}


@pytest.fixture
def prov(tmp_path: Path) -> Iterator[Prov]:
    prov = bygg_rum(tmp_path)
    yield prov
    prov.motor.dispose()


def csvtext(rader: list[tuple[str, ...]]) -> str:
    return "\n".join(";".join(rad) for rad in rader)


def excel(rader: list[tuple[object, ...]]) -> bytes:
    bok = openpyxl.Workbook()
    blad = bok.active
    assert blad is not None
    for rad in rader:
        blad.append(rad)
    ut = io.BytesIO()
    bok.save(ut)
    return ut.getvalue()


def falten(html: str) -> MultiDict[str, str]:
    """The mapping's form as it stands, as a browser would send it."""
    ut: MultiDict[str, str] = MultiDict()
    for m in re.finditer(
        r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"|<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.S
    ):
        if m[1] in ("kol_rubrik", "ord_skala", "ord_text", "enh_text", "enh_namn"):
            ut.add(m[1], m[2].replace("&#34;", '"'))
        elif m[3] in ("kol_mal", "ord_svar"):
            vald = re.search(r'value="([^"]*)" selected', m[4])
            ut.add(m[3], vald[1] if vald else "?")
    return ut


def spara(klient: FlaskClient, adress: str, gor: str = "vidare", **andrat: str):  # type: ignore[no-untyped-def]
    """Send the mapping with some choices changed: header or word → choice."""
    sida = klient.get(adress).text
    falt = falten(sida)
    for nyckel, val in (("kol_rubrik", "kol_mal"), ("ord_text", "ord_svar")):
        nya = [andrat.get(n, v) for n, v in zip(falt.getlist(nyckel), falt.getlist(val), strict=True)]
        falt.setlist(val, nya)
    falt["csrf_token"], falt["gor"] = token(klient.get(adress)), gor
    return klient.post(adress, data=falt)


def test_a_year_is_read_in_from_file_to_frozen_set(prov: Prov) -> None:
    klient = prov.person("kansli")
    svar = ladda_upp(klient, IMPORT, csvtext(RADER), **FALT)
    assert svar.status_code == 303, svar.text
    adress = svar.location
    assert "12 rader" in klient.get(adress).text
    fel = spara(klient, adress)
    assert fel.status_code == 422
    assert "”Tid” är ännu inte bestämd" in ren(fel.text)
    klar = spara(klient, adress, Tid="")
    assert klar.location == f"{adress}/prova"
    sida = klient.get(klar.location).text
    assert "Inget är inläst än." in sida
    assert "12 rader" in sida
    assert not prov.mapp.underlag(2019).exists()
    slut = vanta(klient, skicka(klient, klar.location))
    assert "12 svar är inlästa" in slut
    tabell = pq.read_table(prov.mapp.underlag(2019) / "deltagarenkat.parquet").to_pandas()
    assert sorted(tabell["stod"]) == ["delvis"] * 6 + ["helt"] * 6
    assert set(tabell["enhet"]) == {"Nord", "Syd"}
    assert list((prov.mapp.rot / "inlasning").glob("*")) == []
    [rad] = logg(prov, "omgang-import")
    assert (rad.vem, rad.pa, rad.efter) == ("Kansli", "deltagarenkat 2019", "12 rader, ny")


def test_numbers_are_never_guessed_but_filled_in_with_one_press(prov: Prov) -> None:
    klient = prov.person("kansli")
    rader = [RADER[0], *[("", "Nord", str(n), "Ja", "Man") for n in (1, 2, 3, 4)] * 2]
    adress = ladda_upp(klient, IMPORT, csvtext(rader), **FALT).location
    sida = klient.get(adress).text
    assert "inte_alls om 1 är sämst, helt om 1 är bäst" in sida
    assert falten(sida).getlist("ord_svar") == ["?", "?", "?", "?"]
    ifylld = spara(klient, adress, gor="bast:del_4", Tid="")
    assert falten(ifylld.text).getlist("ord_svar") == ["helt", "till_stor_del", "delvis", "inte_alls"]
    assert spara(klient, adress).location == f"{adress}/prova"


def test_a_column_that_is_chosen_now_asks_for_its_words(prov: Prov) -> None:
    klient = prov.person("kansli")
    rader = [("Hjalpen", "Kön"), *[("Mycket", "Man")] * 6]
    adress = ladda_upp(klient, IMPORT, csvtext(rader), **FALT).location
    assert falten(klient.get(adress).text).getlist("ord_text") == []
    nasta = spara(klient, adress, Hjalpen="stod")
    assert nasta.status_code == 422
    assert falten(nasta.text).getlist("ord_text") == ["Mycket"]
    assert spara(klient, adress, Mycket="helt").location == f"{adress}/prova"


def test_formulas_without_a_value_are_told_at_once_and_left_out_only_when_asked(prov: Prov) -> None:
    klient = prov.person("kansli")
    rader = [*RADER, ("2019-10-03", "Nord", "=A1", "Ja", "Man"), ("2019-10-03", "Nord", "Helt", "#N/A", "Man")]
    adress = ladda_upp(klient, IMPORT, excel(rader), "svar.xlsx", **FALT).location
    prova = spara(klient, adress, Tid="").location
    sida = ren(klient.get(prova).text)
    assert "14 rader i svar.xlsx, 2 med fel." in sida
    assert "är en formel utan uträknat värde" in sida
    assert "är ett felvärde" in sida
    assert "rad 14" in sida
    svar = skicka(klient, prova)
    assert svar.status_code == 422
    assert "Rätta raderna i filen" in svar.text
    assert not prov.mapp.underlag(2019).exists()
    assert "12 svar är inlästa" in vanta(klient, skicka(klient, prova, utan_felaktiga="y"))


def test_a_zip_bomb_is_a_clear_page_and_nothing_is_kept(prov: Prov) -> None:
    ut = io.BytesIO()
    with zipfile.ZipFile(ut, "w", zipfile.ZIP_DEFLATED) as arkiv, arkiv.open("xl/worksheets/sheet1.xml", "w") as strom:
        for _ in range(600):
            strom.write(b"\0" * (1 << 20))
    svar = ladda_upp(prov.person("kansli"), IMPORT, ut.getvalue(), "svar.xlsx", **FALT)
    assert svar.status_code == 422
    assert "är större än vad som tas emot" in svar.text
    assert not (prov.mapp.rot / "inlasning").exists()


def test_a_file_of_fifty_megabytes_is_a_clear_page_and_nothing_is_kept(prov: Prov) -> None:
    svar = ladda_upp(prov.person("kansli"), IMPORT, b"x" * (50 << 20), **FALT)
    assert svar.status_code == 413
    assert "Högst 10 MB tas emot. Inget är sparat." in svar.text
    assert not (prov.mapp.rot / "inlasning").exists()


@pytest.mark.parametrize(
    ("data", "falt", "fel"),
    [
        ("", {}, "Filen är tom"),
        (b"PK\x03\x04trasig", {}, "går inte att läsa"),
        (b"\xd0\xcf\x11\xe0gammal", {}, "äldre Excelfil"),
        (csvtext(RADER), {"period": "../x"}, "Perioden ska vara ett år"),
        (csvtext(RADER), {"rubrikrader": "ett"}, "skriv nummer"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(prov: Prov, data: bytes | str, falt: dict[str, str], fel: str) -> None:
    svar = ladda_upp(prov.person("kansli"), IMPORT, data, **(FALT | falt))
    assert svar.status_code == 422
    assert fel in svar.text
    assert not (prov.mapp.rot / "inlasning").exists()


def test_an_import_is_replaced_only_when_asked(prov: Prov) -> None:
    klient = prov.person("kansli")
    for rader, ersatt, vantat in ((RADER, {}, "är inlästa"), (RADER[:12], {"ersatt": "y"}, "ersatte den tidigare")):
        adress = ladda_upp(klient, IMPORT, csvtext(rader), **FALT).location
        prova = spara(klient, adress, Tid="").location
        if ersatt:
            assert "Kryssa i att den ska ersättas" in skicka(klient, prova).text
        assert vantat in vanta(klient, skicka(klient, prova, **ersatt))


def test_a_round_of_ours_is_never_replaced(prov: Prov) -> None:
    klient = prov.person("kansli")
    omgang_id, _ = stangd(prov)
    vanta(klient, skicka(klient, f"/kansli/omgangar/{omgang_id}/frys", hur="fil"))
    fore = (prov.mapp.underlag(2026) / "deltagarenkat.parquet").read_bytes()
    adress = ladda_upp(klient, IMPORT, csvtext(RADER), **(FALT | {"period": "2026"})).location
    prova = spara(klient, adress, Tid="").location
    sida = klient.get(prova)
    assert "De ersätts aldrig." in sida.text
    assert "Läs in 12 svar" not in sida.text
    klient.post(prova, data={"csrf_token": token(sida), "ersatt": "y"})
    assert (prov.mapp.underlag(2026) / "deltagarenkat.parquet").read_bytes() == fore


def test_what_is_given_up_or_forgotten_is_removed(prov: Prov, monkeypatch: pytest.MonkeyPatch) -> None:
    klient = prov.person("kansli")
    adress = ladda_upp(klient, IMPORT, csvtext(RADER), **FALT).location
    klient.post(f"{adress}/kasta", data={"csrf_token": token(klient.get(adress))})
    assert klient.get(adress).status_code == 404
    adress = ladda_upp(klient, IMPORT, csvtext(RADER), **FALT).location
    assert "svar.csv" in klient.get(IMPORT).text
    importmapp.rensa(prov.mapp.rot, datetime.now(UTC) + timedelta(hours=25))
    assert klient.get(adress).status_code == 404
    assert list((prov.mapp.rot / "inlasning").glob("*")) == []


def test_uploads_lie_where_only_their_owner_reads(prov: Prov) -> None:
    ladda_upp(prov.person("kansli"), IMPORT, csvtext(RADER), **FALT)
    [mapp] = (prov.mapp.rot / "inlasning").glob("*")
    assert mapp.stat().st_mode & 0o077 == 0
    assert all(fil.stat().st_mode & 0o077 == 0 for fil in mapp.iterdir())


def test_a_broken_description_of_what_is_frozen_is_told_and_nothing_is_read_in(prov: Prov) -> None:
    klient = prov.person("kansli")
    underlag = prov.mapp.underlag(2019)
    underlag.mkdir(parents=True)
    (underlag / "underlag.toml").write_text("[kalla.a]\nfil = \n", "utf-8")
    prova = spara(klient, ladda_upp(klient, IMPORT, csvtext(RADER), **FALT).location, Tid="").location
    for svar in (klient.get(prova), skicka(klient, prova)):
        assert svar.status_code == 422
        assert "underlag.toml kan inte läsas" in svar.text
    assert [fil.name for fil in underlag.iterdir()] == ["underlag.toml"]
