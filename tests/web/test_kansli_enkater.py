"""The questionnaires in the browser: begun with, seen, changed, proved, and never made worse by a mistake."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select

from enkat.lasning import las_enkat
from kansli.enkater import filer, store
from kansli.models import Handelse, Konto
from kansli.roller import Roll
from tests.kansliprov import Prov, bygg, skicka

ADRESS = "/kansli/enkater"
FRAGA = f"{ADRESS}/deltagare/fraga/annan_losning"


@pytest.fixture
def prov(tmp_path: Path) -> Iterator[Prov]:
    prov = bygg(tmp_path, exempel=True)
    yield prov
    prov.motor.dispose()


@pytest.fixture
def klient(prov: Prov) -> FlaskClient:
    return prov.person(Roll.FORBUNDSCHEF)


def text(prov: Prov, enkat_id: str = "deltagare") -> str:
    return filer.las_text(prov.mapp, enkat_id) or ""


def falten(sida: str) -> dict[str, str | list[str]]:
    """What a browser would send of the page's main form, untouched."""
    main = sida[sida.index('<form method="post"', sida.index("<main")) :].partition("</form>")[0]
    falt: dict[str, str | list[str]] = {}
    for tagg in re.findall(r"<input[^>]*>", main):
        namn, varde = re.search(r'name="([^"]*)"', tagg), re.search(r'value="([^"]*)"', tagg)
        if namn is None or ('type="checkbox"' in tagg and " checked" not in tagg):
            continue
        rent = (varde[1] if varde else "").replace("&#34;", '"').replace("&amp;", "&")
        falt[namn[1]] = [*falt.get(namn[1], []), rent] if 'type="checkbox"' in tagg else rent
    for namn_, varde_ in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\r?\n?(.*?)</textarea>', main, re.S):
        falt[namn_] = varde_.replace("&#34;", '"').replace("&gt;", ">").replace("&amp;", "&")
    for namn_, val in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', main, re.S):
        vald = re.search(r'<option selected value="([^"]*)"', val)
        falt[namn_] = vald[1] if vald else ""
    return falt


def andra(klient: FlaskClient, adress: str, **nytt: object) -> tuple[int, str]:
    svar = klient.post(adress, data={**falten(klient.get(adress).text), **nytt})
    return svar.status_code, svar.text


def loggen(prov: Prov, kod: str) -> list[Handelse]:
    with Session(prov.motor) as session:
        return list(session.exec(select(Handelse).where(Handelse.vad == kod)))


# --- The first day ---


def test_the_first_day_begins_with_the_four_that_come_along(tmp_path: Path) -> None:
    prov = bygg(tmp_path)
    klient = prov.person(Roll.FORBUNDSCHEF)
    assert "Börja med de fyra som följer med" in klient.get(ADRESS).text
    svar = klient.post(ADRESS + "/borja", data=falten(klient.get(ADRESS).text))
    assert svar.status_code == 303
    sida = klient.get(ADRESS).text
    assert sida.count("Prövad, inga fel") == 4
    assert "Börja med" not in sida
    for id_, innehall in filer.medfoljande().items():
        assert text(prov, id_) == innehall
        assert (prov.mapp.enkater / f"{id_}.toml").stat().st_mode & 0o077 == 0
    assert len(loggen(prov, "enkat-skapad")) == 4


def test_one_that_is_there_already_is_left_alone(prov: Prov, klient: FlaskClient) -> None:
    (prov.mapp.enkater / "personal.toml").unlink()
    eget = text(prov).replace("Vilket kön har du?", "Vilket är ditt kön?")
    filer.fil_for(prov.mapp, "deltagare").write_text(eget, "utf-8")
    sida = klient.get(ADRESS).text
    assert "Lägg in de som följer med och saknas: personal" in sida
    assert klient.post(ADRESS + "/borja", data=falten(sida)).status_code == 303
    assert text(prov) == eget
    assert text(prov, "personal")


def test_an_empty_one_can_be_made_and_asks_for_kon_from_the_start(prov: Prov, klient: FlaskClient) -> None:
    falt = {
        "id": "arbetsgivare",
        "titel": 'Enkät till "er"',
        "ingress": "Vi vill veta.\r\nHur gick det?",
        "kallas": "arbetsgivarna",
    }
    assert skicka(klient, ADRESS + "/ny", **falt).location == ADRESS + "/arbetsgivare"
    enkat, fel = las_enkat("arbetsgivare.toml", text(prov, "arbetsgivare").encode())
    assert enkat is not None
    assert not fel
    assert (enkat.titel, enkat.ingress, enkat.kalla) == (
        'Enkät till "er"',
        "Vi vill veta. Hur gick det?",
        "arbetsgivare",
    )
    assert [f.id for f in enkat.fragor] == ["kon"]


@pytest.mark.parametrize("id_", ["../hemlighet", "Å", "2027", "deltagare", "ny", "a b", "x" * 41])
def test_a_name_that_cannot_be_a_file_is_refused_beside_its_field(prov: Prov, klient: FlaskClient, id_: str) -> None:
    fore = filer.las_alla(prov.mapp)
    svar = skicka(klient, ADRESS + "/ny", id=id_, titel="T", ingress="I", kallas="k")
    assert svar.status_code == 422
    assert 'id="id-fel"' in svar.text
    assert filer.las_alla(prov.mapp) == fore


# --- See ---


def test_the_list_tells_minutes_indicators_and_languages(klient: FlaskClient) -> None:
    rad = klient.get(ADRESS).text.partition("Enkät till dig som är deltagare")[2].partition("</tr>")[0]
    assert re.findall(r"<td>(\d+)</td>", rad) == ["18", "3", "15"]
    assert "och 7 av 7" in rad
    assert "0 granskade" in rad


def test_the_list_can_be_sorted_and_searched_by_its_address(klient: FlaskClient) -> None:
    titlar = re.findall(r'href="/kansli/enkater/(\w+)">', klient.get(ADRESS + "?sort=fragor&fallande=1").text)
    assert [t for t in titlar if t != "ny"] == ["deltagare", "personal", "styrgrupp", "styrelse"]
    assert "Enkät till dig i personalen" not in klient.get(ADRESS + "?sok=styr").text


def test_a_questionnaire_is_shown_with_scales_conditions_and_what_counts_on_it(klient: FlaskClient) -> None:
    sida = klient.get(ADRESS + "/deltagare").text
    losning = sida.partition('id="fraga-annan_losning"')[2].partition("</li>")[0]
    assert "Jag har hittat en annan lösning som passar mig" in losning
    assert "Visas bara efter ”Nej” / ”Vill inte svara” på ”Jag känner mig mer redo att arbeta eller studera”" in losning
    assert "Räknas i: 3.4" in losning
    assert "<strong>känslig</strong>" in sida.partition('id="fraga-diskriminerad_kon"')[2].partition("</li>")[0]
    assert "Prövad mot målen för 2020, inga fel" in sida


def test_a_fault_stands_at_its_question_in_the_words_of_kontrollera(prov: Prov, klient: FlaskClient) -> None:
    fil = filer.fil_for(prov.mapp, "deltagare")
    fil.write_text(text(prov).replace('[fraga.bestamma]\ntyp = "skala"', '[fraga.bestamma]\ntyp = "skalla"'), "utf-8")
    sida = klient.get(ADRESS + "/deltagare").text
    dar = sida.partition('id="fraga-bestamma"')[2].partition('id="fraga-')[0]
    assert "”typ” är &#34;skalla&#34; men ska vara ”skala”" in dar
    assert "Prövad mot" not in sida


def test_an_indicator_that_is_not_fed_is_told(prov: Prov, klient: FlaskClient) -> None:
    fil = filer.fil_for(prov.mapp, "deltagare")
    fil.write_text(text(prov).replace("[fraga.bestamma]", "[fraga.fa_bestamma]"), "utf-8")
    assert "räknar på frågan ”bestamma”, och den ska finnas i enkäten" in klient.get(ADRESS + "/deltagare").text


def test_a_file_that_is_no_questionnaire_still_has_a_page(prov: Prov, klient: FlaskClient) -> None:
    filer.fil_for(prov.mapp, "trasig").write_bytes(b"[enkat\ntitel = \xe5")
    assert "Filen går inte att läsa" in klient.get(ADRESS + "/trasig").text
    for sida in ("", "/ny-fraga", "/huvud", "/text", "/versioner"):
        assert klient.get(f"{ADRESS}/trasig{sida}").status_code == 200, sida
    assert klient.get(f"{ADRESS}/trasig/forhandsvisa").status_code == 422
    assert klient.get(f"{ADRESS}/trasig/stavning").status_code == 404
    assert klient.get(ADRESS).status_code == 200


@pytest.mark.parametrize("sida", ["/finns_inte", "/deltagare/fraga/x", "/deltagare/skala/x", "/deltagare/versioner/7"])
def test_what_is_not_there_is_a_page_that_says_so(klient: FlaskClient, sida: str) -> None:
    assert klient.get(ADRESS + sida).status_code == 404


# --- Change ---


def test_a_question_is_changed_comments_stay_and_the_version_says_who_and_why(prov: Prov, klient: FlaskClient) -> None:
    fore = text(prov)
    assert andra(klient, FRAGA, text="Jag har hittat ett annat sätt", orsak="Kortare")[0] == 303
    assert text(prov) == fore.replace("Jag har hittat en annan lösning som passar mig", "Jag har hittat ett annat sätt")
    with Session(prov.motor) as session:
        nu, forst = store.versioner(session, "deltagare")
        assert (nu.vem, nu.orsak, nu.text) == ("Forbundschef", "Kortare", text(prov))
        assert (forst.konto_id, forst.text) == (None, fore)
    [rad] = loggen(prov, "enkat-andrad")
    assert (rad.pa, rad.vem) == ("deltagare", "Forbundschef")
    assert rad.fore != rad.efter
    assert "Kortare" in klient.get(ADRESS + "/deltagare/versioner").text


def test_a_form_that_is_saved_untouched_changes_nothing_at_all(prov: Prov, klient: FlaskClient) -> None:
    for enkat_id in filer.las_alla(prov.mapp):
        fore = text(prov, enkat_id)
        for fraga in re.findall(r'id="fraga-(\w+)"', klient.get(f"{ADRESS}/{enkat_id}").text):
            assert andra(klient, f"{ADRESS}/{enkat_id}/fraga/{fraga}")[0] == 303, fraga
        for skala in re.findall(r'id="skala-(\w+)"', klient.get(f"{ADRESS}/{enkat_id}").text):
            assert andra(klient, f"{ADRESS}/{enkat_id}/skala/{skala}")[0] == 303, skala
        for sida in ("huvud", "stavning", "text"):
            assert andra(klient, f"{ADRESS}/{enkat_id}/{sida}")[0] == 303, sida
        assert text(prov, enkat_id) == fore
    assert loggen(prov, "enkat-andrad") == []


@pytest.mark.parametrize(
    ("falt", "mening"),
    [
        ({"text": ""}, "Skriv frågan, som den som svarar ska läsa den."),
        ({"text": "Hur har du blivit bemött?"}, "är redan text till en annan fråga"),
        ({"typ": "tal"}, "är av typen tal och ska ha nyckeln ”minst”"),
        ({"typ": "skala", "skala": "ja_nej"}, "är av typen skala, men dess svar har ingen ordning"),
        ({"minst": "3"}, "”minst” hör till frågor av typen tal"),
        ({"minst": "tre"}, "Minsta tal: skriv ett heltal med siffror."),
        ({"langst": "99999", "typ": "text"}, "”langst” är 99999 men ska vara högst 2000"),
        ({"villkor": ["mer_redo=nej", "bemott=bra"]}, "välj svar på en enda fråga"),
        ({"villkor": ["mer_redo=kanske"]}, "är inget svar på ”mer_redo”"),
        ({"villkor": ["finns_inte=ja"]}, "finns_inte"),
        ({"typ": "hittepa"}, ""),
        ({"skala": "hittepa"}, "hittepa"),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_nothing_is_stored(
    prov: Prov, klient: FlaskClient, falt: dict[str, str], mening: str
) -> None:
    fore = text(prov)
    status, sida = andra(klient, FRAGA, **falt)
    assert status == 422
    assert mening in sida.replace("&#34;", '"')
    assert 'class="felruta"' in sida
    assert "Traceback" not in sida
    assert text(prov) == fore
    assert loggen(prov, "enkat-andrad") == []


def test_an_id_that_goals_count_on_lies_fast(prov: Prov, klient: FlaskClient) -> None:
    sida = klient.get(FRAGA).text
    assert "Frågan heter annan_losning i svaren. Namnet ligger fast" in sida
    assert andra(klient, FRAGA, id="nagot_annat")[0] == 422


def test_an_id_that_nothing_uses_can_be_changed(prov: Prov, klient: FlaskClient) -> None:
    ny = {"text": "Hur gick det?", "typ": "ja_nej"}
    assert andra(klient, ADRESS + "/deltagare/ny-fraga", **ny)[0] == 303
    assert andra(klient, ADRESS + "/deltagare/fraga/hur_gick_det", id="gick")[0] == 303
    assert "[fraga.gick]" in text(prov)


def test_a_new_question_stands_before_the_one_about_kon(prov: Prov, klient: FlaskClient) -> None:
    falt = {"text": "Vad tycker du om", "typ": "matris", "skala": "bra_6", "rader": "Lokalen\r\ntid = Tiderna"}
    assert andra(klient, ADRESS + "/deltagare/ny-fraga", **falt)[0] == 303
    enkat = las_enkat("deltagare.toml", text(prov).encode())[0]
    assert enkat is not None
    assert [f.id for f in enkat.fragor][-2:] == ["vad_tycker_du_om", "kon"]
    assert enkat.fragor[-2].rader == (("lokalen", "Lokalen"), ("tid", "Tiderna"))


def test_a_scale_of_another_questionnaire_comes_along(prov: Prov, klient: FlaskClient) -> None:
    assert "[skala.bra_6]" not in text(prov, "styrelse")
    falt = {"text": "Hur är det?", "typ": "skala", "skala": "bra_6"}
    assert andra(klient, ADRESS + "/styrelse/ny-fraga", **falt)[0] == 303
    enkat, fel = las_enkat("styrelse.toml", text(prov, "styrelse").encode())
    assert enkat is not None
    assert not fel
    assert len(enkat.alternativ(enkat.fraga("hur_ar_det"))) == 6


def test_questions_are_moved_but_not_to_before_what_they_depend_on(prov: Prov, klient: FlaskClient) -> None:
    token = falten(klient.get(FRAGA).text)["csrf_token"]
    klient.post(f"{ADRESS}/deltagare/fraga/bemott/flytta", data={"csrf_token": token, "till": "ner"})
    ordning = re.findall(r'id="fraga-(\w+)"', klient.get(ADRESS + "/deltagare").text)
    assert ordning[:2] == ["person_eller_team", "bemott"]
    fore = text(prov)
    svar = klient.post(FRAGA + "/flytta", data={"csrf_token": token, "till": "upp"}, follow_redirects=True)
    assert "ställs inte före den här frågan, så svaret är inte känt" in svar.text
    assert text(prov) == fore


def test_a_question_is_taken_away_after_one_has_seen_what_counts_on_it(prov: Prov, klient: FlaskClient) -> None:
    sida = klient.get(f"{ADRESS}/deltagare/fraga/bestamma/ta-bort").text
    assert "får inget att räkna på utan den" in sida
    assert klient.post(f"{ADRESS}/deltagare/fraga/bestamma/ta-bort", data=falten(sida)).status_code == 303
    assert "[fraga.bestamma]" not in text(prov)
    efter = klient.get(ADRESS + "/deltagare").text
    assert "räknar på frågan ”bestamma”" in efter


def test_a_question_that_another_depends_on_cannot_be_taken_away(prov: Prov, klient: FlaskClient) -> None:
    sida = klient.get(f"{ADRESS}/deltagare/fraga/mer_redo/ta-bort").text
    svar = klient.post(f"{ADRESS}/deltagare/fraga/mer_redo/ta-bort", data=falten(sida))
    assert svar.status_code == 422
    assert "[fraga.mer_redo]" in text(prov)


def test_a_shared_scale_is_changed_in_all_questionnaires_at_once(prov: Prov, klient: FlaskClient) -> None:
    sida = klient.get(ADRESS + "/deltagare/skala/ja_nej").text
    assert "Skalan finns också i personal" in sida
    assert andra(klient, ADRESS + "/deltagare/skala/ja_nej", **{"rader-0-text": "Javisst"})[0] == 303
    med = [id_ for id_, data in filer.las_alla(prov.mapp).items() if b"[skala.ja_nej]" in data]
    assert len(med) > 1
    assert all('["Javisst", "Nej"]' in text(prov, id_) for id_ in med)
    assert len(loggen(prov, "enkat-andrad")) == len(med)


def test_a_scale_that_is_faulty_is_told_and_not_stored(prov: Prov, klient: FlaskClient) -> None:
    fore = filer.las_alla(prov.mapp)
    status, sida = andra(klient, ADRESS + "/deltagare/skala/ja_nej", **{"rader-0-svar": "JA!"})
    assert status == 422
    assert "ska bestå av små bokstäver" in sida
    assert filer.las_alla(prov.mapp) == fore


def test_a_new_scale_gets_short_names_by_itself_and_goes_when_nothing_uses_it(prov: Prov, klient: FlaskClient) -> None:
    falt = {"id": "fart", "rader-0-text": "Långsamt", "rader-1-text": "Fort", "ordnad": "y"}
    assert andra(klient, ADRESS + "/deltagare/ny-skala", **falt)[0] == 303
    assert '[skala.fart]\nsvar = ["langsamt", "fort"]\ntext = ["Långsamt", "Fort"]\n' in text(prov)
    token = falten(klient.get(FRAGA).text)["csrf_token"]
    klient.post(ADRESS + "/deltagare/skala/fart/ta-bort", data={"csrf_token": token})
    assert "fart" not in text(prov)
    svar = klient.post(ADRESS + "/deltagare/skala/bra_6/ta-bort", data={"csrf_token": token}, follow_redirects=True)
    assert "[skala.bra_6]" in text(prov)
    assert "bra_6" in svar.text


def test_the_head_and_the_question_of_enhet_are_changed(prov: Prov, klient: FlaskClient) -> None:
    assert andra(klient, ADRESS + "/deltagare/huvud", titel="Hej", enhet_text="", enhet_hjalp="")[0] == 303
    enkat = las_enkat("deltagare.toml", text(prov).encode())[0]
    assert enkat is not None
    assert (enkat.titel, enkat.enhet, enkat.huvud.hogst_minuter) == ("Hej", None, 4)
    assert andra(klient, ADRESS + "/deltagare/huvud", hogst_minuter="90")[0] == 422


def test_a_lock_on_the_wording_stops_a_new_wording(prov: Prov, klient: FlaskClient) -> None:
    enkat = las_enkat("deltagare.toml", text(prov).encode())[0]
    assert enkat is not None
    assert andra(klient, ADRESS + "/deltagare/huvud", last=enkat.instrument)[0] == 303
    fore = text(prov)
    status, sida = andra(klient, FRAGA, text="Helt andra ord")
    assert status == 422
    assert "stämmer inte med frågorna: någon fråga eller något svar har skrivits om" in sida
    assert text(prov) == fore
    assert andra(klient, FRAGA, hjalp="Hjälptexten får vi ändra.")[0] == 303


# --- As text ---


def test_the_file_can_be_written_as_text_and_its_faults_have_their_line(prov: Prov, klient: FlaskClient) -> None:
    fore = text(prov)
    status, sida = andra(klient, ADRESS + "/deltagare/text", toml=fore.replace('typ = "skala"', 'typ = "sakal"', 1))
    assert status == 422
    assert re.search(r"Rad \d+: ”typ” är &#34;sakal&#34; men", sida)
    assert 'typ = "sakal"' in sida.replace("&#34;", '"')
    assert text(prov) == fore
    ny = fore.replace("# Nu och framåt", "# Nu, och framåt")
    assert andra(klient, ADRESS + "/deltagare/text", toml=ny.replace("\n", "\r\n"))[0] == 303
    assert text(prov) == ny


@pytest.mark.parametrize("ny", ["", "[enkat", "x" * 400_001, "PK\x03\x04\x00", '[enkat]\ntitel = "a\nb"\n'])
def test_whatever_is_pasted_never_spoils_the_file(prov: Prov, klient: FlaskClient, ny: str) -> None:
    fore = text(prov)
    status, sida = andra(klient, ADRESS + "/deltagare/text", toml=ny)
    assert status == 422
    assert "felruta" in sida
    assert text(prov) == fore


def test_a_version_can_be_seen_and_gone_back_to(prov: Prov, klient: FlaskClient) -> None:
    fore = text(prov)
    andra(klient, FRAGA, text="Kort")
    sida = klient.get(ADRESS + "/deltagare/versioner/2").text
    assert '<span class="till">+text = &#34;Kort&#34;</span>' in sida
    forsta = klient.get(ADRESS + "/deltagare/versioner/1").text
    assert klient.post(ADRESS + "/deltagare/versioner/1/tillbaka", data=falten(forsta)).status_code == 303
    assert text(prov) == fore
    assert "Tillbaka till version 1" in klient.get(ADRESS + "/deltagare/versioner").text


# --- Two at once ---


def test_two_who_change_different_questions_are_both_served(prov: Prov, klient: FlaskClient) -> None:
    bo = prov.person(Roll.KANSLI)
    ena, andra_ = falten(klient.get(FRAGA).text), falten(bo.get(ADRESS + "/deltagare/fraga/bemott").text)
    assert klient.post(FRAGA, data={**ena, "text": "Ett"}).status_code == 303
    assert bo.post(ADRESS + "/deltagare/fraga/bemott", data={**andra_, "text": "Två"}).status_code == 303
    assert 'text = "Ett"' in text(prov)
    assert 'text = "Två"' in text(prov)


def test_the_second_of_two_is_told_and_loses_nothing(prov: Prov, klient: FlaskClient) -> None:
    bo = prov.person(Roll.KANSLI)
    ena, andra_ = falten(klient.get(FRAGA).text), falten(bo.get(FRAGA).text)
    assert klient.post(FRAGA, data={**ena, "text": "Annas ord"}).status_code == 303
    svar = bo.post(FRAGA, data={**andra_, "text": "Bos ord"})
    assert svar.status_code == 422
    assert "Någon annan har ändrat frågan sedan du öppnade den" in svar.text
    assert "Bos ord" in svar.text
    assert 'text = "Annas ord"' in text(prov)
    assert bo.post(FRAGA, data=falten(svar.text)).status_code == 303
    assert 'text = "Bos ord"' in text(prov)


def test_the_second_who_writes_text_sees_what_differs(prov: Prov, klient: FlaskClient) -> None:
    bo, sida = prov.person(Roll.KANSLI), ADRESS + "/deltagare/text"
    bos = falten(bo.get(sida).text)
    andra(klient, FRAGA, text="Annas ord")
    svar = bo.post(sida, data={**bos, "toml": str(bos["toml"]) + "# Bo\n"})
    assert svar.status_code == 422
    assert "+text = &#34;Annas ord&#34;" in svar.text
    assert "-# Bo" in svar.text
    assert "Annas ord" in text(prov)


def test_a_change_from_a_terminal_between_two_saves_is_kept_as_a_version(prov: Prov, klient: FlaskClient) -> None:
    andra(klient, FRAGA, text="Ett")
    utanfor = text(prov).replace('text = "Ett"', 'text = "Utifrån"')
    filer.fil_for(prov.mapp, "deltagare").write_text(utanfor, "utf-8")
    andra(klient, FRAGA, text="Två")
    with Session(prov.motor) as session:
        skal = [v.orsak for v in store.versioner(session, "deltagare")]
    assert skal == ["Ändrad i kansliet", store.UTANFOR, "Ändrad i kansliet", store.UTANFOR]


def test_a_file_that_has_changed_under_a_save_is_not_written_over(prov: Prov) -> None:
    prov.skapa(Roll.KANSLI, "bo")
    fore = text(prov)
    with Session(prov.motor) as session:
        bo = session.exec(select(Konto).where(Konto.namn == "Bo")).one()
        andringar = {"personal": (text(prov, "personal"), "# ny\n"), "deltagare": ("# gammal\n", "# ny\n")}
        with pytest.raises(store.AndradAvAnnan):
            store.spara(session, datetime.now(UTC), bo, prov.mapp, andringar, "skäl")
        assert store.versioner(session, "personal") == []
    assert text(prov) == fore
    assert text(prov, "personal") != "# ny\n"
    assert loggen(prov, "enkat-andrad") == []


# --- Who may ---


@pytest.mark.parametrize("roll", [Roll.STYRELSE, Roll.REVISOR, Roll.GRANSKARE])
def test_one_who_only_reads_sees_no_button_that_changes(prov: Prov, roll: Roll) -> None:
    klient = prov.person(roll)
    for sida in ("", "/deltagare"):
        main = klient.get(ADRESS + sida).text.partition("<main")[2].partition("</main>")[0]
        assert 'method="post"' not in main
        assert "Lägg till" not in main
        assert "Ta bort" not in main


def test_a_post_without_the_token_changes_nothing(prov: Prov, klient: FlaskClient) -> None:
    fore = filer.las_alla(prov.mapp)
    for adress in (FRAGA, FRAGA + "/flytta", FRAGA + "/ta-bort", ADRESS + "/borja", ADRESS + "/deltagare/text"):
        assert klient.post(adress, data={"text": "x", "toml": "x"}).status_code == 400
    assert filer.las_alla(prov.mapp) == fore


def test_goals_that_change_are_what_a_questionnaire_is_held_against(prov: Prov, klient: FlaskClient) -> None:
    fattas = "räknar på frågan ”bestammer”, och den ska finnas i enkäten"
    assert fattas not in klient.get(ADRESS + "/deltagare").text
    mal = prov.mapp.mal(2020)
    assert '"bestamma"' in mal.read_text("utf-8")
    mal.write_text(mal.read_text("utf-8").replace('"bestamma"', '"bestammer"'), "utf-8")
    assert fattas in klient.get(ADRESS + "/deltagare").text
