"""Texts in the browser: what must be written first, figures as they will read, and two editors who lose nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from sqlmodel import Session

from kansli.texter import store
from tests.kansliprov import Prov, bygg
from tests.publiceringsprov import bygg_litet, handelser, posta

LISTAN = "/kansli/texter/2020"
STOD = f"{LISTAN}/stod-for-arbete"


@pytest.fixture(scope="module")
def exemplet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prov]:
    """The worked example; these tests read it and leave it as it is."""
    prov = bygg(tmp_path_factory.mktemp("exemplet"), exempel=True)
    yield prov
    prov.motor.dispose()


@pytest.fixture
def prov(tmp_path: Path) -> Iterator[Prov]:
    prov = bygg(tmp_path, exempel=True)
    yield prov
    prov.motor.dispose()


def filen(prov: Prov, namn: str = "kommentarer/stod-for-arbete.md") -> Path:
    return prov.mapp.underlag(2020) / "texter" / namn


def visat(prov: Prov, text: str, sida: str = STOD) -> str:
    """The editor with a text that is looked at and not stored."""
    svar = posta(prov.person("kansli"), f"{sida}/andra", text=text, visa="1")
    assert svar.status_code == 200
    return svar.text


def test_a_red_signal_without_comment_stands_first_and_leads_to_writing(prov: Prov) -> None:
    filen(prov).unlink()
    text = prov.person("kansli").get(LISTAN).text
    assert "En röd signal väntar på sin kommentar." in text
    forsta = text.split("<tbody>")[1].split("</tr>")[0]
    assert f'href="{STOD}/andra"' in forsta
    assert "Röd utan kommentar" in forsta
    assert (
        posta(prov.person("kansli"), f"{STOD}/andra", text="Vi ringer alla som väntar.", spara="1").status_code == 303
    )
    assert "Röd utan kommentar" not in prov.person("kansli").get(LISTAN).text
    assert filen(prov).read_text("utf-8") == "Vi ringer alla som väntar."


def test_each_indicator_has_one_row_and_the_list_is_sorted_by_its_address(exemplet: Prov) -> None:
    text = exemplet.person("styrelse").get(f"{LISTAN}?sort=nummer").text
    nummer = re.findall(r'<td class="nummer">([\d.a-z]*)</td>', text)
    assert len(nummer) == len(set(filter(None, nummer))) + 2  # foreword and about have none
    assert nummer.index("2.9") < nummer.index("2.10")
    assert "1 rad" in exemplet.person("styrelse").get(f"{LISTAN}?sok=förord").text
    assert "Ingen text passar." in exemplet.person("styrelse").get(f"{LISTAN}?sok=finnsinte").text


def test_live_figures_stand_in_place_and_are_marked(exemplet: Prov) -> None:
    text = visat(exemplet, 'Det blev {{ tal("3.1") }}, mot {{ fore("3.1") }} året före.')
    assert re.search(r'Det blev <span class="tal">\d+\s%</span>, mot <span class="tal">\d+\s%</span>', unescape(text))
    assert "Inget. Varje tal stämmer" in text


def test_a_number_that_no_figure_bears_out_is_told_at_its_line_with_the_nearest(exemplet: Prov) -> None:
    text = unescape(visat(exemplet, "Första raden.\nHela 98,4 % var nöjda."))
    assert "Rad 2" in text
    assert "<mark>98,4 %</mark>" in text
    assert "stämmer inte med någon siffra" in text
    assert 'Menade du {{ tal("3.1") }}?' in text


def test_the_figures_one_may_put_in_are_those_of_the_indicator_with_what_they_say(exemplet: Prov) -> None:
    text = unescape(exemplet.person("granskare").get(f"{STOD}/andra").text)
    anrop = re.findall(r'<code class="anrop">(\{\{ (?!eget).*?\}\})</code>', text)
    assert '{{ tal("3.1") }}' in anrop
    assert '{{ fore("3.1") }}' in anrop
    assert all('"3.1"' in a for a in anrop)
    alla = unescape(exemplet.person("granskare").get(f"{LISTAN}/forord/andra").text)
    assert len(re.findall(r'<code class="anrop">', alla)) > 100


@pytest.mark.parametrize(
    "elakt",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[klicka](javascript:alert(1))",
        "{{ config }} {% for x in y %}{{ ''.__class__ }}",
        "![bild](https://exempel.se/x.png)",
    ],
)
def test_what_is_no_text_is_shown_as_written_and_told(exemplet: Prov, elakt: str) -> None:
    text = visat(exemplet, elakt)
    las = text.split('class="lasyta">')[1].split("</div>")[0] if 'class="lasyta">' in text else ""
    assert not re.search(r"<(script|img|a)\b", las)
    assert "Fel:" in text
    assert not re.search(r'(href|src)="?javascript', text)


def test_links_of_a_text_lead_nowhere_from_here(exemplet: Prov) -> None:
    las = visat(exemplet, "Se [metoden](metod.html) och [lagen](https://exempel.se/lag).").split('class="lasyta">')[1]
    assert '<span class="lanken">metoden</span>' in las
    assert "<a" not in las.split("</div>")[0]


def test_a_template_trick_gives_no_value(exemplet: Prov) -> None:
    text = visat(exemplet, '{{ 7*7 }} {{ tal("3.1")|attr("x") }} {{ self }}')
    assert "49" not in text.split('id="lases"')[1].split("Att rätta")[0]


@pytest.mark.parametrize("tecken", ["\x00", "\ue0003\ue001", "\u202e"])
def test_a_text_with_characters_that_cannot_be_seen_is_not_stored(prov: Prov, tecken: str) -> None:
    fore = filen(prov).read_bytes()
    svar = posta(prov.person("kansli"), f"{STOD}/andra", text=f"Bra{tecken} text", spara="1")
    assert svar.status_code == 422
    assert 'class="feltext" id="text-fel"' in svar.text
    assert filen(prov).read_bytes() == fore


def test_a_megabyte_of_text_is_refused_and_changes_nothing(prov: Prov) -> None:
    fore = filen(prov).read_bytes()
    svar = posta(prov.person("kansli"), f"{STOD}/andra", text="a" * 1_000_000, spara="1")
    assert svar.status_code == 413
    assert "Det är för mycket på en gång" in svar.text
    svar = posta(prov.person("kansli"), f"{STOD}/andra", text="a" * 200_000, spara="1")
    assert svar.status_code == 422
    assert "är större än 100 kB" in svar.text
    assert filen(prov).read_bytes() == fore


def test_two_editors_at_once_lose_nothing(prov: Prov) -> None:
    anna, bo = prov.person("kansli", "anna"), prov.person("granskare", "bo")
    grund = re.search(r'name="grund"[^>]*value="([0-9a-f]{64})"', anna.get(f"{STOD}/andra").text)
    assert grund is not None
    assert posta(bo, f"{STOD}/andra", text="Bos rad om varför.", spara="1").status_code == 303
    svar = posta(anna, f"{STOD}/andra", text="Annas rad om varför.", grund=grund[1], spara="1")
    assert svar.status_code == 422
    assert "Bo sparade en annan version medan du skrev." in svar.text
    assert "Annas rad om varför." in svar.text
    assert "Bos rad om varför." in svar.text
    assert filen(prov).read_text("utf-8") == "Bos rad om varför."
    # Having seen it, she saves what she has put together.
    nya = re.search(r'name="grund"[^>]*value="([0-9a-f]{64})"', svar.text)
    assert nya is not None
    klar = posta(anna, f"{STOD}/andra", text="Bos och Annas rad.", grund=nya[1], spara="1")
    assert klar.status_code == 303
    assert "Bos rad om varför." in prov.person("kansli").get(f"{STOD}/version/2").text


def test_history_tells_who_wrote_what_and_an_old_version_can_be_taken_up(prov: Prov) -> None:
    fore = filen(prov).read_text("utf-8")
    posta(prov.person("kansli", "anna"), f"{STOD}/andra", text="Första raden.\nSamma rad.", spara="1")
    posta(prov.person("granskare", "bo"), f"{STOD}/andra", text="Andra raden.\nSamma rad.", spara="1")
    sida = prov.person("styrelse").get(STOD).text
    assert [vem in sida for vem in ("Anna", "Bo", store.UTANFOR)] == [True, True, True]
    version = prov.person("styrelse").get(f"{STOD}/version/3").text
    assert "<del>Första</del>" in version
    assert "<ins>Andra</ins>" in version
    tillbaka = prov.person("kansli").get(f"{STOD}/andra?version=1").text
    assert fore.split("\n")[0][:40] in unescape(tillbaka)
    assert len(handelser(prov, "text-sparad")) == 2


def test_a_change_from_outside_becomes_a_version_before_it_is_written_over(prov: Prov) -> None:
    posta(prov.person("kansli"), f"{STOD}/andra", text="Här skriven.", spara="1")
    filen(prov).write_text("Skriven i en terminal.\n", "utf-8")
    assert "Filen har ändrats utanför kansliet" in prov.person("kansli").get(STOD).text
    posta(prov.person("kansli"), f"{STOD}/andra", text="Här igen.", spara="1")
    with Session(prov.motor) as session:
        versioner = store.versioner(session, 2020, "texter/kommentarer/stod-for-arbete.md")
    assert [v.text for v in versioner][:3] == ["Här igen.", "Skriven i en terminal.\n", "Här skriven."]


def test_an_empty_text_takes_the_file_away_and_stays_in_history(prov: Prov) -> None:
    assert posta(prov.person("kansli"), f"{LISTAN}/om/andra", text="  \n", spara="1").status_code == 303
    assert not filen(prov, "om.md").exists()
    assert "Texten togs bort" in prov.person("kansli").get(f"{LISTAN}/om").text


def test_a_text_that_was_not_changed_makes_no_version(prov: Prov) -> None:
    text = filen(prov).read_text("utf-8")
    svar = posta(prov.person("kansli"), f"{STOD}/andra", text=text, spara="1")
    assert svar.status_code == 303
    assert handelser(prov, "text-sparad") == []


def test_a_disk_that_cannot_be_written_keeps_what_was_typed_and_no_version(
    prov: Prov, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kansli.texter.textfil.ersatt_privat", full)
    svar = posta(prov.person("kansli"), f"{STOD}/andra", text="Skrivet på en full disk.", spara="1")
    assert svar.status_code == 422
    assert "Texten gick inte att spara" in svar.text
    assert "Skrivet på en full disk." in svar.text
    assert handelser(prov, "text-sparad") == []
    with Session(prov.motor) as session:
        assert store.senaste(session, 2020, "texter/kommentarer/stod-for-arbete.md") is None


def test_a_comment_that_is_named_by_number_is_the_one_that_is_edited(prov: Prov) -> None:
    filen(prov).rename(filen(prov, "kommentarer/3.1.md"))
    posta(prov.person("kansli"), f"{STOD}/andra", text="Samma fil.", spara="1")
    assert filen(prov, "kommentarer/3.1.md").read_text("utf-8") == "Samma fil."
    assert not filen(prov).exists()


def test_a_file_that_is_about_nothing_is_shown_and_can_be_emptied(prov: Prov) -> None:
    filen(prov, "kommentarer/borta.md").write_text("Om något som inte finns.", "utf-8")
    filen(prov, "slarv.md").write_text("Fel namn.", "utf-8")
    text = unescape(prov.person("kansli").get(LISTAN).text)
    assert "borta.md" in text
    assert "är ingen text som bokslutet har plats för" in text
    assert posta(prov.person("kansli"), f"{LISTAN}/borta/andra", text="", spara="1").status_code == 303
    assert not filen(prov, "kommentarer/borta.md").exists()


@pytest.mark.parametrize("namn", ["..%2fhemlighet", "%2e%2e", "finns-inte", ".dold", "a%00b"])
def test_no_name_reaches_another_file(exemplet: Prov, namn: str) -> None:
    assert exemplet.person("kansli").get(f"{LISTAN}/{namn}").status_code == 404


def test_goals_that_cannot_be_read_are_told_and_not_a_crash(prov: Prov) -> None:
    prov.mapp.mal(2020).write_text("[bokslut]\nforbund = 3\n", "utf-8")
    svar = prov.person("kansli").get(LISTAN)
    assert svar.status_code == 422
    assert "Målen går inte att läsa" in svar.text


def test_the_figures_one_may_put_in_follow_the_answers(tmp_path: Path) -> None:
    litet = bygg_litet(tmp_path)
    forord = "/kansli/texter/2020/forord/andra"
    assert "90\xa0%" in unescape(litet.person("kansli").get(forord).text)
    svar = litet.mapp.underlag(2020) / "enkat.csv"
    svar.write_text(svar.read_text("utf-8").replace(",90", ",70"), "utf-8")
    efter = unescape(litet.person("kansli").get(forord).text)
    litet.motor.dispose()
    assert "88\xa0%" in efter
    assert "90\xa0%" not in efter
