"""The signals of a year on their page: traced to counts, limited to a choice, held against what is published, and tried."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest

from bokslut.publicering.versioner import las_resultat
from indikatorer.resultat import Orsak, Resultat
from kansli.aret import las_aret
from kansli.publicering.arbeten import utkastmapp
from kansli.roller import LASARE, Roll
from tests.kansliprov import Prov, bygg
from tests.kanslisida import lankar, sida
from tests.publiceringsprov import bygg_litet, posta, vanta_pa_arbetet
from tests.web.test_kansli_sprak import valj

SIDAN = "/kansli/signaler/2020"
TANK = f"{SIDAN}/tank-om"


@pytest.fixture(scope="module")
def prov(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prov]:
    prov = bygg(tmp_path_factory.mktemp("signaler"), exempel=True)
    yield prov
    prov.motor.dispose()


@pytest.fixture
def litet(tmp_path: Path) -> Iterator[Prov]:
    prov = bygg_litet(tmp_path)
    yield prov
    prov.motor.dispose()


def raden(html: str, ankare: str) -> str:
    """One result of the board, as text."""
    rad = re.search(rf'<tr id="{ankare}">(.*?)</tr>\s*(?:<tr id|</tbody>)', html, re.S)
    assert rad is not None, ankare
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", rad[1])).split())


def publicera(prov: Prov) -> None:
    """The first version, by two persons."""
    chef, godkannare = prov.person("forbundschef"), prov.person("godkannare")
    beslut = {"beslutande": "styrelsen", "datum": "2021-03-12", "paragraf": "14"}
    sidan = "/kansli/publicering/2020"
    assert posta(chef, f"{sidan}/godkann").status_code == 303
    assert posta(godkannare, f"{sidan}/godkann", **beslut).status_code == 303
    assert posta(chef, f"{sidan}/publicera", trots="Står i förordet.").status_code == 303
    vanta_pa_arbetet()


@pytest.mark.parametrize("roll", sorted(LASARE))
def test_a_figure_is_traced_down_to_its_counts_its_rule_and_its_table(prov: Prov, roll: Roll) -> None:
    text = raden(sida(prov.person(roll).get(SIDAN)), "r-stod-for-arbete")
    assert "78 %" in text
    assert "64 av 82" in text
    assert "Minst 80 % av deltagarna" in text
    assert "frysta/2020/deltagarenkat.csv" in text
    rad = re.search(r"mal/2020.toml, rad (\d+)", text)
    assert rad is not None
    malen = prov.mapp.mal(2020).read_text("utf-8").splitlines()
    assert malen[int(rad[1]) - 1].startswith("[indikator.stod-for-arbete]")


def test_the_page_shows_every_result_as_it_would_be_published_and_hides_what_is_hidden(prov: Prov) -> None:
    html = sida(prov.person("revisor").get(SIDAN))
    resultat = resultaten(prov)
    assert html.count("<summary>Ner till antalen") == len(resultat) == 68
    dolda = [r for r in resultat if r.orsak is Orsak.SKYDDAD]
    assert dolda
    for r in dolda:
        text = raden(html, f"r-{r.id}" + (f"-{r.grupp}" if r.grupp else ""))
        assert " skyddad" in text or "färre än fem" in text, r.id
        assert not re.search(r"\d+ av \d+|Rader i källan", text), r.id


def test_an_index_leads_to_what_it_counts(prov: Prov) -> None:
    html = sida(prov.person("styrelse").get(SIDAN))
    index = next(r for r in resultaten(prov) if r.regel == "index")
    text = raden(html, f"r-{index.id}")
    assert "91 %" in text
    assert "Det här räknas i indexet:" in text
    assert text.count("Når målet") == 10
    assert text.count("Når inte målet") == 1


def resultaten(prov: Prov) -> tuple[Resultat, ...]:
    aret = las_aret(prov.mapp, 2020)
    assert aret is not None
    return aret.utvardering.resultat()


@pytest.mark.parametrize(
    ("val", "antal"), [("gron", 34), ("rod", 28), ("ingen", 6), ("osakra", 17), ("skyddade", 17), ("", 68), ("x", 68)]
)
def test_the_board_is_limited_by_its_address_and_says_how_many_there_are(prov: Prov, val: str, antal: int) -> None:
    html = sida(prov.person("kansli").get(SIDAN, query_string={"signal": val} if val else {}))
    assert html.count("<summary>Ner till antalen") == antal
    if val not in ("", "x"):
        assert re.search(rf'signal={val}#tavlan" aria-current="true">[^<]*<span class="hur-manga">{antal}<', html)


def test_every_link_of_the_board_leads_somewhere(prov: Prov) -> None:
    klient = prov.person("forbundschef")
    html = sida(klient.get(SIDAN))
    ids = set(re.findall(r' id="([^"]+)"', html))
    egna = {lank for lank in lankar(html) if lank.startswith("/kansli")}
    assert {lank.partition("#")[2] for lank in egna if lank.startswith(f"{SIDAN}#")} <= ids
    assert {lank[1:] for lank in lankar(html) if lank.startswith("#")} <= ids
    en_av_varje = {re.sub(r"/[\w-]+(?=/andra$)|indikator/.*|valj=.*", "", lank): lank for lank in egna}
    for lank in en_av_varje.values():
        assert klient.get(lank, follow_redirects=True, buffered=True).status_code == 200, lank


def test_a_red_result_without_a_comment_says_so_until_it_has_one(tmp_path: Path) -> None:
    prov = bygg_litet(tmp_path, ja=40, nej=60)
    klient = prov.person("kansli")
    html = sida(klient.get(SIDAN))
    assert "Kommentar saknas" in html
    assert "/kansli/texter/2020/stod/andra" in lankar(html)
    text = 'Bara {{ andel("1.1") }} fick stöd.'
    assert posta(klient, "/kansli/texter/2020/stod/andra", text=text, spara="1").status_code == 303
    assert "Kommentar saknas" not in sida(klient.get(SIDAN))
    prov.motor.dispose()


def test_grey_says_why_and_what_would_give_it_a_colour(tmp_path: Path) -> None:
    prov = bygg_litet(tmp_path, ja=2, nej=1)
    html = sida(prov.person("styrelse").get(SIDAN))
    prov.motor.dispose()
    assert "Varför något är grått" in html
    assert "Fler svar behövs" in html
    assert not re.search(r"\b[23] av 3\b", html)


def test_a_year_without_answers_is_grey_and_says_what_it_waits_for(prov: Prov, tmp_path: Path) -> None:
    shutil.copytree(prov.mapp.rot, tmp_path / "instans")
    tomt = bygg(tmp_path)
    for ar in (2019, 2020):
        shutil.rmtree(tomt.mapp.underlag(ar))
    html = sida(tomt.person("kansli").get(SIDAN))
    tomt.motor.dispose()
    assert "Inte mätt" in html
    assert "De kommer när en omgång fryses" in html
    assert "fel i mål eller underlag gör att något inte går att räkna" not in html


def test_what_has_changed_since_the_publication_is_told_figure_by_figure(litet: Prov) -> None:
    publicera(litet)
    styrelse = litet.person("styrelse")
    assert "Varje siffra är densamma som i den publicerade version 1." in sida(styrelse.get(SIDAN))
    svar = next(litet.mapp.underlag(2020).glob("*.csv"))
    assert ",90" in svar.read_text("utf-8")
    fore = las_resultat(litet.mapp.publicerat / "2020" / "v1")["indikatorer"][0]["visat"]
    svar.write_text(svar.read_text("utf-8").replace(",90", ",70"), "utf-8")
    html = sida(styrelse.get(f"{SIDAN}/andringar"))
    aret = las_aret(litet.mapp, 2020)
    assert aret is not None
    nu = aret.utvardering.resultat()[0].visat
    assert fore != nu
    assert re.search(rf"<td>{fore}.*?</td><td>{nu}", html, re.S)
    tavlan = sida(styrelse.get(SIDAN, query_string={"signal": "andrade"}))
    assert tavlan.count("<summary>Ner till antalen") >= 1
    assert "Ändrad sedan publiceringen" in tavlan


def test_without_a_publication_there_is_nothing_to_compare_with(prov: Prov) -> None:
    assert "Inget är publicerat för 2020 än" in sida(prov.person("styrelse").get(f"{SIDAN}/andringar"))


def test_a_published_file_that_cannot_be_read_is_told_and_is_no_crash(litet: Prov) -> None:
    (litet.mapp.publicerat / "2020" / "v1").mkdir(parents=True)
    (litet.mapp.publicerat / "2020" / "v1" / "resultat.json").write_text("{}", "utf-8")
    svar = litet.person("styrelse").get(SIDAN)
    assert svar.status_code == 422
    assert "Det går inte att lita på en fil" in svar.text


def test_a_year_that_there_is_not_is_no_page_and_no_year_leads_on(prov: Prov, tmp_path: Path) -> None:
    assert prov.person("kansli").get("/kansli/signaler/1999").status_code == 404
    assert prov.person("kansli").get("/kansli/signaler/1999/tank-om").status_code == 404
    tomt = bygg(tmp_path)
    html = sida(tomt.person("forbundschef").get("/kansli/signaler"))
    tomt.motor.dispose()
    assert "/kansli/mal/borja" in lankar(html)


# --- Tänk om ---


def tank(prov: Prov, *rader: tuple[str, str, str], roll: str = "styrelse") -> str:
    fraga = urlencode([par for i, g, y in rader for par in (("i", i), ("g", g), ("y", y))])
    svar = prov.person(roll).get(f"{TANK}?{fraga}")
    assert svar.status_code in (200, 422)
    return sida(svar)


def test_a_moved_target_tells_how_many_signals_turn_this_year_and_before(prov: Prov) -> None:
    html = tank(prov, ("stod-for-arbete", "minst 70 %", ""))
    assert "1 av 62 signaler ändras 2020." in html
    assert "Med samma mål: 1 av 56 2019." in html
    assert "Inget sparas här." in html


def test_what_was_tried_stands_in_the_form_so_that_it_can_be_gone_on_with(prov: Prov) -> None:
    html = tank(prov, ("stod-for-arbete", "minst 70 %", ""), ("=minst 90 %", "minst 85 %", "minst 60 %"))
    for varde in ("minst 70 %", "minst 85 %", "minst 60 %"):
        assert f'value="{varde}"' in html
    bort = [lank for lank in lankar(html) if "tank-om?i=" in lank]
    assert any("stod-for-arbete" in lank and "90" not in lank for lank in bort)
    assert any("stod-for-arbete" not in lank and "90" in lank for lank in bort)


def test_a_fault_stands_beside_its_field_and_at_the_top(prov: Prov) -> None:
    fraga = urlencode({"i": "stod-for-arbete", "g": "80", "y": ""})
    svar = prov.person("styrelse").get(f"{TANK}?{fraga}")
    assert svar.status_code == 422
    html = sida(svar)
    assert 'href="#g-0"' in html
    assert 'aria-invalid="true" aria-describedby="g-0-fel1"' in html
    assert 'value="80"' in html
    assert html.count("”minst N %”") == 2


def test_what_is_typed_is_shown_as_text(prov: Prov) -> None:
    html = tank(prov, ("stod-for-arbete", '"><script>alert(1)</script>', ""))
    assert "<script" not in html


def test_nothing_that_is_tried_is_stored(prov: Prov) -> None:
    fore = {fil: fil.read_bytes() for fil in prov.mapp.rot.rglob("*") if fil.is_file()}
    tank(prov, ("=minst 80 %", "minst 70 %", ""), roll="forbundschef")
    assert {fil: fil.read_bytes() for fil in prov.mapp.rot.rglob("*") if fil.is_file()} == fore
    assert prov.person("forbundschef").post(TANK).status_code == 405


def test_saving_is_a_link_to_the_goals_that_carries_the_change_and_saves_nothing_itself(prov: Prov) -> None:
    html = tank(prov, ("stod-for-arbete", "minst 70 %", ""), roll="forbundschef")
    lank = next(lank for lank in lankar(html) if lank.startswith("/kansli/mal/2020/indikator/stod-for-arbete?"))
    fore = prov.mapp.mal(2020).read_bytes()
    malet = prov.person("forbundschef").get(lank)
    assert malet.status_code == 200
    assert 'value="minst 70 %"' in malet.text
    assert "Inget är sparat än." in malet.text
    assert prov.mapp.mal(2020).read_bytes() == fore
    assert "/kansli/mal/2020/indikator/" not in " ".join(lankar(tank(prov, ("stod-for-arbete", "minst 70 %", ""))))


def test_a_hidden_figure_is_not_told_by_moving_its_target(prov: Prov) -> None:
    """Whatever target is tried, the signal of a figure that is hidden is held back or stays as it is."""
    dold = next(r for r in resultaten(prov) if r.orsak is Orsak.SKYDDAD and r.regel == "skillnad")
    for enheter in (1, 50, 99):
        html = tank(prov, (dold.id, f"högst {enheter} procentenheter", ""))
        assert dold.nummer not in re.findall(r'<th scope="row"><span class="nummer">([^<]*)</span>', html)
        assert "hålls tillbaka här" in html


# --- Utkastet ---


def test_a_page_of_the_draft_says_that_it_is_one_and_when_it_is_of_something_older(litet: Prov) -> None:
    chef, styrelse = litet.person("forbundschef"), litet.person("styrelse")
    assert posta(chef, "/kansli/publicering/2020", "/kansli/publicering/2020/utkast").status_code == 303
    vanta_pa_arbetet()
    utkast = styrelse.get("/kansli/utkast/2020/", buffered=True).text
    assert "Utkast. Det här är inte publicerat." in utkast
    assert "av Forbundschef" in utkast
    assert "Något har ändrats" not in utkast
    assert f'href="{SIDAN}"' in utkast
    assert "Utkastet byggdes" in sida(styrelse.get(SIDAN))
    fil = litet.mapp.mal(2020)
    fil.write_text(fil.read_text("utf-8").replace("minst 50 %", "minst 51 %"), "utf-8")
    assert "Något har ändrats sedan dess" in styrelse.get("/kansli/utkast/2020/metod.html", buffered=True).text
    assert "Något har ändrats sedan dess." in sida(styrelse.get(SIDAN))
    fil_ = styrelse.get("/kansli/utkast/2020/resultat.json", buffered=True)
    assert json.loads(fil_.data)["ar"] == 2020


@pytest.mark.parametrize(
    "vag",
    [
        "../../hemlighet",
        "..%2f..%2fhemlighet",
        "%2e%2e/%2e%2e/hemlighet",
        "ut/hemlighet",
        "ut/../hemlighet",
        "..\\..\\mal",
        *("/etc/passwd", "\0", ".dold", "x" * 3000),
    ],
)
def test_nothing_outside_the_draft_can_be_reached(prov: Prov, vag: str) -> None:
    rot = utkastmapp(prov.mapp, 2020)
    rot.mkdir(parents=True, exist_ok=True)
    (rot / "index.html").write_text("<!doctype html><p>Hej", "utf-8")
    (prov.mapp.rot / "hemlighet").write_text("kniven i lådan", "utf-8")
    (rot / ".dold").write_text("kniven i lådan", "utf-8")
    with suppress(FileExistsError):
        (rot / "ut").symlink_to(prov.mapp.rot)
    klient = prov.person("styrelse")
    assert klient.get("/kansli/utkast/2020/", buffered=True).status_code == 200
    svar = klient.get(f"/kansli/utkast/2020/{vag}", buffered=True, follow_redirects=True)
    assert "kniven" not in svar.text
    assert svar.status_code == 404
    shutil.rmtree(rot)


@pytest.mark.parametrize("roll", Roll)
def test_the_draft_is_read_by_those_who_may_and_nobody_else(prov: Prov, roll: Roll) -> None:
    rot = utkastmapp(prov.mapp, 2020)
    rot.mkdir(parents=True, exist_ok=True)
    (rot / "index.html").write_text("<!doctype html><p>Hej", "utf-8")
    svar = prov.person(roll).get("/kansli/utkast/2020/", buffered=True)
    assert svar.status_code == (403 if roll is Roll.INSATSANSVARIG else 200)
    assert prov.app.test_client().get("/kansli/utkast/2020/").status_code == 303
    shutil.rmtree(rot)


def test_the_board_follows_the_answers_also_before_anything_is_published(litet: Prov) -> None:
    styrelse = litet.person("styrelse")
    assert "90\xa0%" in sida(styrelse.get(SIDAN))
    svar = litet.mapp.underlag(2020) / "enkat.csv"
    svar.write_text(svar.read_text("utf-8").replace(",90", ",70"), "utf-8")
    html = sida(styrelse.get(SIDAN))
    assert "88\xa0%" in html
    assert "90\xa0%" not in html


def test_each_reads_the_board_in_her_own_language(litet: Prov) -> None:
    svensk, engelsk = litet.person("styrelse"), litet.person("kansli")
    valj(engelsk, "en")
    for _ in range(2):  # whoever comes first
        assert "The rule stands in" in sida(engelsk.get(SIDAN))
        html = sida(svensk.get(SIDAN))
        assert "Regeln står i" in html
        assert "The rule stands in" not in html
