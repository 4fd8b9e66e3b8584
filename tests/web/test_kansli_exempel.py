"""Good examples in the browser: written in a form, gone through by somebody else, counted with consent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from sqlmodel import Session, select

from indikatorer.berattelser import las_berattelse
from kansli.aret import las_aret
from kansli.models import Handelse
from kansli.texter.models import Textversion
from tests.kansliprov import Prov
from tests.publiceringsprov import bygg_litet, handelser, posta

LISTAN = "/kansli/exempel/2020"
ETT = f"{LISTAN}/ett.md"
NYTT = {
    "titel": "Små steg höll",
    "bakgrund": "Deltagaren hade slutat flera gånger.",
    "stod": "Teamet började med en timme i veckan.",
    "framgang": "Att det var tillåtet att stanna kvar.",
    "enhet": "Torget",
    "indikator": "berattelser",
    "samtycke": "y",
    "publicerad": "y",
}
CHECKLISTAN = {"alder": "y", "plats": "y", "diagnos": "y", "utbildning": "y"}


@pytest.fixture
def prov(tmp_path: Path) -> Iterator[Prov]:
    prov = bygg_litet(tmp_path)
    yield prov
    prov.motor.dispose()


def skriv(prov: Prov, vem: str = "anna", **andrat: str) -> str:
    """A new example by somebody; the address of its page."""
    svar = posta(prov.person("kansli", vem), f"{LISTAN}/nytt", **{n: v for n, v in (NYTT | andrat).items() if v})
    assert svar.status_code == 303, svar.text
    return str(svar.location)


def inledning(prov: Prov, sida: str):  # type: ignore[no-untyped-def]  # the engine's own model of a front matter
    fil = prov.mapp.underlag(2020) / "exempel" / sida.rsplit("/", 1)[1]
    lasning, _, fel = las_berattelse(str(fil), fil.read_text("utf-8"))
    assert not fel
    return lasning


def antal(prov: Prov) -> int:
    """How many stories the bokslut would count today."""
    aret = las_aret(prov.mapp, 2020)
    assert aret is not None
    return len(aret.utvardering.berattelser)


def test_an_example_is_written_reviewed_by_another_and_then_counts(prov: Prov) -> None:
    assert antal(prov) == 1
    sida = skriv(prov, mal="stod")
    assert "1 av 2 är med i bokslutet." in prov.person("styrelse").get(LISTAN).text
    assert "Väntar på granskning" in prov.person("styrelse").get(sida).text
    assert antal(prov) == 1
    assert posta(prov.person("granskare"), sida, f"{sida}/granska", godkann="1", **CHECKLISTAN).status_code == 303
    assert antal(prov) == 2
    assert "2 av 2 är med i bokslutet." in prov.person("styrelse").get(LISTAN).text
    i = inledning(prov, sida)
    assert (i.granskad_av, i.samtycke, i.publicerad, i.mal) == ("Granskare", True, True, ("stod",))
    assert i.avidentifierad.kvar() == ()
    assert handelser(prov, "exempel-granskat") == [
        "Granskare: 2020 exempel/sma-steg-holl.md: granskad av Granskare, checklistan klar"
    ]


def test_who_wrote_a_story_does_not_review_it(prov: Prov) -> None:
    sida = skriv(prov, "anna")
    egen = prov.person("kansli", "anna")
    text = egen.get(sida).text
    assert "Du har själv skrivit i berättelsen" in text
    assert "Jag har granskat" not in text
    svar = posta(egen, sida, f"{sida}/granska", godkann="1", **CHECKLISTAN)
    assert svar.status_code == 422
    assert inledning(prov, sida).granskad_av == ""
    assert handelser(prov, "exempel-granskning-nekad") == ["Anna: 2020 exempel/sma-steg-holl.md: "]


def test_a_reviewer_who_changes_the_story_has_written_in_it(prov: Prov) -> None:
    sida = skriv(prov, "anna")
    bo = prov.person("granskare", "bo")
    assert posta(bo, f"{sida}/andra", **(NYTT | {"stod": "Teamet började försiktigt."})).status_code == 303
    assert posta(bo, sida, f"{sida}/granska", godkann="1", **CHECKLISTAN).status_code == 422
    assert (
        posta(prov.person("godkannare", "cia"), sida, f"{sida}/granska", godkann="1", **CHECKLISTAN).status_code == 303
    )


def test_every_part_of_the_checklist_is_gone_through(prov: Prov) -> None:
    sida = skriv(prov)
    svar = posta(prov.person("granskare"), sida, f"{sida}/granska", godkann="1", alder="y", plats="y", diagnos="y")
    assert svar.status_code == 422
    assert "Gå igenom berättelsen för utbildning och yrke" in svar.text
    assert "Gå igenom berättelsen för ålder" not in svar.text
    assert inledning(prov, sida).granskad_av == ""


def test_what_may_point_somebody_out_is_marked_in_the_text_and_in_the_checklist(prov: Prov) -> None:
    sida = skriv(prov, bakgrund="Hon är 43 år och undersköterska.\nHar ADHD. Ring 090-12 34 56.")
    text = prov.person("granskare").get(sida).text
    markta = set(re.findall(r"<mark[^>]*>(.*?)</mark>", text))
    assert {"är 43 år", "undersköterska", "ADHD"} <= markta
    assert 'title="kan vara en diagnos eller sjukdom">ADHD' in text
    checklista = text.split('class="checklista"')[1].split("</ul>")[0]
    assert "Inget funnet." in checklista  # no place
    assert "Ett nummer eller en adress som hör till en person" in text


def test_a_story_that_is_changed_after_its_review_must_be_reviewed_anew(prov: Prov) -> None:
    sida = skriv(prov)
    posta(prov.person("granskare"), sida, f"{sida}/granska", godkann="1", **CHECKLISTAN)
    assert "Berättelsen är granskad av Granskare." in prov.person("kansli").get(f"{sida}/andra").text
    # A tag is no part of what was reviewed; the text is.
    posta(prov.person("kansli", "anna"), f"{sida}/andra", **(NYTT | {"mal": "stod"}))
    assert inledning(prov, sida).granskad_av == "Granskare"
    posta(prov.person("kansli", "anna"), f"{sida}/andra", **(NYTT | {"bakgrund": "En annan bakgrund."}))
    i = inledning(prov, sida)
    assert i.granskad_av == ""
    assert i.avidentifierad.kvar() == ("alder", "plats", "diagnos", "utbildning")
    assert antal(prov) == 1


def test_a_review_of_what_was_changed_meanwhile_records_nothing(prov: Prov) -> None:
    sida = skriv(prov)
    bo = prov.person("granskare", "bo")
    gammal = re.search(r'name="grund"[^>]*value="([0-9a-f]{64})"', bo.get(sida).text)
    assert gammal is not None
    posta(prov.person("kansli", "anna"), f"{sida}/andra", **(NYTT | {"bakgrund": "Hon är 43 år."}))
    svar = posta(bo, sida, f"{sida}/granska", godkann="1", grund=gammal[1], **CHECKLISTAN)
    assert svar.status_code == 422
    assert "Anna ändrade exemplet medan du hade sidan öppen." in svar.text
    assert "är 43 år" in svar.text
    assert inledning(prov, sida).granskad_av == ""


def test_a_story_is_handed_back_with_what_to_change(prov: Prov) -> None:
    sida = skriv(prov)
    granskare = prov.person("granskare")
    tom = posta(granskare, sida, f"{sida}/granska", aterlamna="1")
    assert tom.status_code == 422
    assert "Skriv vad som ska ändras" in tom.text
    assert posta(granskare, sida, f"{sida}/granska", aterlamna="1", anteckning="Ta bort orten.").status_code == 303
    text = prov.person("kansli", "anna").get(sida).text
    assert "lämnade tillbaka exemplet: Ta bort orten." in text
    assert inledning(prov, sida).publicerad is False


def test_a_story_without_consent_is_told_and_not_counted(prov: Prov) -> None:
    sida = skriv(prov, samtycke="")
    posta(prov.person("granskare"), sida, f"{sida}/granska", godkann="1", **CHECKLISTAN)
    assert "Samtycke saknas" in prov.person("styrelse").get(sida).text
    assert antal(prov) == 1
    grinden = prov.person("kansli").get("/kansli/publicering/2020").text
    assert "Ett gott exempel saknar samtycke" in grinden
    assert f'href="{sida}/andra"' in grinden


def test_two_who_write_at_once_lose_nothing(prov: Prov) -> None:
    anna, bo = prov.person("kansli", "anna"), prov.person("kansli", "bo")
    grund = re.search(r'name="grund"[^>]*value="([0-9a-f]{64})"', anna.get(f"{ETT}/andra").text)
    assert grund is not None
    assert posta(bo, f"{ETT}/andra", **(NYTT | {"bakgrund": "Bos bakgrund."})).status_code == 303
    svar = posta(anna, f"{ETT}/andra", grund=grund[1], **(NYTT | {"bakgrund": "Annas bakgrund."}))
    assert svar.status_code == 422
    assert "Bo ändrade exemplet medan du hade sidan öppen." in svar.text
    assert "Annas bakgrund." in svar.text
    assert "Bos bakgrund." in svar.text
    assert "Bos bakgrund." in (prov.mapp.underlag(2020) / "exempel" / "ett.md").read_text("utf-8")


def test_faults_are_told_beside_their_fields_and_nothing_typed_is_lost(prov: Prov) -> None:
    svar = posta(prov.person("kansli"), f"{LISTAN}/nytt", bakgrund="Skriven bakgrund.", indikator="", titel="")
    assert svar.status_code == 422
    assert 'href="#titel">Skriv en rubrik.' in svar.text
    assert 'href="#indikator">Välj den indikator' in svar.text
    assert "Skriven bakgrund." in svar.text
    tom = posta(prov.person("kansli"), f"{LISTAN}/nytt", titel="Tom", indikator="berattelser", publicerad="y")
    assert "Skriv berättelsen innan den sätts att vara med" in tom.text
    pahittad = posta(prov.person("kansli"), f"{LISTAN}/nytt", **(NYTT | {"indikator": "finns-inte"}))
    assert pahittad.status_code == 422


def test_a_story_is_html_nowhere(prov: Prov) -> None:
    sida = skriv(prov, titel="<script>x</script>", bakgrund="<img src=x onerror=y> +++ ok", enhet='"><b>')
    for klient in (prov.person("granskare"), prov.person("kansli", "anna")):
        text = klient.get(sida).text + klient.get(LISTAN).text
        assert "<script>" not in text
        assert "<img" not in text
        assert "<b>" not in text


def test_no_words_of_a_story_are_kept_when_they_have_been_taken_away(prov: Prov) -> None:
    sida = skriv(prov, bakgrund="Kajsa från Byn var 43 år.")
    posta(prov.person("kansli", "anna"), f"{sida}/andra", **NYTT)
    with Session(prov.motor) as session:
        sparat = [repr(rad) for tabell in (Textversion, Handelse) for rad in session.exec(select(tabell)).all()]
    assert len(sparat) > 3
    assert not any("Kajsa" in rad for rad in sparat)


def test_the_first_example_of_a_year_makes_its_own_source(prov: Prov) -> None:
    underlag = prov.mapp.underlag(2020) / "underlag.toml"
    fore = underlag.read_text("utf-8")
    underlag.write_text(fore[: fore.index("[kalla.exempel]")] + "# kvar\n", "utf-8")
    (prov.mapp.underlag(2020) / "exempel" / "ett.md").unlink()
    (prov.mapp.underlag(2020) / "exempel").rmdir()
    assert "Det första tar en kvart att skriva." in prov.person("kansli").get(LISTAN).text
    sida = skriv(prov)
    posta(prov.person("granskare"), sida, f"{sida}/granska", godkann="1", **CHECKLISTAN)
    assert antal(prov) == 1
    assert "# kvar" in underlag.read_text("utf-8")


def test_a_faulty_file_is_shown_and_mended_by_saving(prov: Prov) -> None:
    fil = prov.mapp.underlag(2020) / "exempel" / "ett.md"
    fil.write_text(
        '+++\ntitel = "Ett"\nindikator = "berattelser"\nsamtycke = "kanske"\n+++\n## Stöd\n\nVi var där.\n', "utf-8"
    )
    assert "Har fel" in prov.person("kansli").get(LISTAN).text
    form = prov.person("kansli").get(f"{ETT}/andra").text
    assert "Filen hade fel som rättas när du sparar" in form
    assert "Vi var där." in form
    assert posta(prov.person("kansli"), f"{ETT}/andra", **NYTT).status_code == 303
    assert inledning(prov, ETT).titel == "Små steg höll"


def test_an_example_is_taken_away_after_a_question(prov: Prov) -> None:
    assert "Texten försvinner för gott" in prov.person("kansli").get(f"{ETT}/ta-bort").text
    assert posta(prov.person("kansli"), f"{ETT}/ta-bort").status_code == 303
    assert not (prov.mapp.underlag(2020) / "exempel" / "ett.md").exists()
    assert prov.person("kansli").get(ETT).status_code == 404
    assert handelser(prov, "exempel-borttaget") == ["Kansli: 2020 exempel/ett.md: "]
    assert prov.person("granskare").get(f"{ETT}/ta-bort").status_code == 403


@pytest.mark.parametrize("namn", ["..%2fenkat.csv", "%2e%2e%2funderlag.toml", "finns-inte.md", ".dold.md", "ett.md%00"])
def test_no_name_reaches_another_file(prov: Prov, namn: str) -> None:
    assert prov.person("kansli").get(f"{LISTAN}/{namn}").status_code == 404


def test_unknown_tags_of_a_file_are_kept_and_told(prov: Prov) -> None:
    fil = prov.mapp.underlag(2020) / "exempel" / "ett.md"
    fil.write_text(fil.read_text("utf-8").replace('enhet = "Torget"', 'enhet = "Torget"\nmal = ["borta"]'), "utf-8")
    form = unescape(prov.person("kansli").get(f"{ETT}/andra").text)
    assert 'value="borta"' in form
    assert "Har fel" in prov.person("kansli").get(LISTAN).text
