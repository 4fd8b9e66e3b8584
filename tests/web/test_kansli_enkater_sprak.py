"""The translations in the browser: edited beside the Swedish, reviewed by name, kept in the instance."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from enkat import texter
from enkat.oversattningar import anvand
from enkat.sprak import gettext_for, granskning, textsumma
from kansli.enkater import filer, oversattning
from kansli.roller import Roll
from tests.kansliprov import Prov, bygg
from tests.web.test_kansli_enkater import andra, falten, loggen

ADRESS = "/kansli/oversattningar"
SVENSK = "Hur känner du inför framtiden?"
FALT = f"t-{filer.summa(SVENSK)}"
NASTA = f"t-{filer.summa(texter.NASTA)}"
MINST = f"t-{filer.summa(texter.SKRIV_TAL)}"


@pytest.fixture
def prov(tmp_path: Path) -> Iterator[Prov]:
    prov = bygg(tmp_path, exempel=True)
    yield prov
    prov.motor.dispose()
    anvand(None)


@pytest.fixture
def klient(prov: Prov) -> FlaskClient:
    return prov.person(Roll.GRANSKARE)


def granska(klient: FlaskClient, kod: str = "en", **falt: str) -> tuple[int, str]:
    return andra(klient, f"{ADRESS}/{kod}", **{"intygar": "y", "granskad_av": "A. Svensson", **falt})


def test_the_list_says_what_is_whole_and_what_nobody_has_reviewed(klient: FlaskClient) -> None:
    sida = klient.get(ADRESS).text
    assert sida.count("<td>hel</td>") == 28
    assert sida.count("ingen än") == 7
    assert '<span lang="prs" dir="rtl">دری</span>' in sida


def test_a_translation_stands_beside_its_swedish_in_its_own_direction(klient: FlaskClient) -> None:
    sida = klient.get(ADRESS + "/ar/deltagare").text
    par = sida.partition(f'id="{FALT}-sv">')[2].partition('<div class="par')[0]
    assert par.startswith(SVENSK)
    assert 'dir="rtl"' in par
    assert 'lang="ar"' in par
    assert gettext_for("ar")(SVENSK) in par


def test_a_changed_text_is_kept_in_the_instance_and_met_at_once(prov: Prov, klient: FlaskClient) -> None:
    assert andra(klient, ADRESS + "/en/deltagare", **{FALT: "What about the future?"})[0] == 303
    assert gettext_for("en")(SVENSK) == "What about the future?"
    assert "What about the future?" in klient.get("/kansli/enkater/deltagare/telefon?sprak=en&sida=10").text
    po = (prov.mapp.oversattningar / "en" / "LC_MESSAGES" / "enkater.po").read_text("utf-8")
    assert po.count("msgid") == 2
    [rad] = loggen(prov, "oversattning-andrad")
    assert (rad.pa, rad.fore, rad.efter) == (
        "en deltagare",
        "How do you feel about the future?",
        "What about the future?",
    )


def test_an_emptied_text_is_the_programs_own_again(klient: FlaskClient) -> None:
    andra(klient, ADRESS + "/en/deltagare", **{FALT: "What about the future?"})
    assert andra(klient, ADRESS + "/en/deltagare", **{FALT: " "})[0] == 303
    assert gettext_for("en")(SVENSK) == "How do you feel about the future?"


def test_what_lacks_is_marked_and_can_be_filled_in(prov: Prov, klient: FlaskClient) -> None:
    fil = filer.fil_for(prov.mapp, "deltagare")
    fil.write_text(fil.read_text("utf-8").replace(SVENSK, "Hur ser du på framtiden?"), "utf-8")
    assert klient.get(ADRESS).text.count("1 text saknas") == 7
    assert klient.get(ADRESS + "/en/deltagare").text.count(">saknas<") == 1
    ny = f"t-{filer.summa('Hur ser du på framtiden?')}"
    assert andra(klient, ADRESS + "/en/deltagare", **{ny: "How do you see the future?"})[0] == 303
    assert klient.get(ADRESS).text.count("1 text saknas") == 6


@pytest.mark.parametrize(
    ("ny", "mening"),
    [
        ("Write a number.", "ska stå kvar som det är: {minst}, {hogst}."),
        ("From {minst} to {hogst} and {extra}", "ska stå kvar som det är: {minst}, {hogst}."),
        ("From {minst} to {hogst} {", "en klammer för mycket"),
        ("x" * 3001 + "{minst}{hogst}", ""),
    ],
)
def test_what_the_program_fills_in_must_stay(klient: FlaskClient, ny: str, mening: str) -> None:
    fore = gettext_for("en")(texter.SKRIV_TAL)
    status, sida = andra(klient, ADRESS + "/en/programmets-sidor", **{MINST: ny})
    assert status == 422
    assert mening in sida
    assert gettext_for("en")(texter.SKRIV_TAL) == fore


def test_the_pages_own_texts_can_be_changed(klient: FlaskClient) -> None:
    assert andra(klient, ADRESS + "/en/programmets-sidor", **{NASTA: "Onwards"})[0] == 303
    assert ">Onwards</button>" in klient.get("/kansli/enkater/deltagare/telefon?sprak=en&sida=2").text


def test_two_who_change_different_texts_are_both_served_and_the_same_text_is_told(
    prov: Prov, klient: FlaskClient
) -> None:
    bo, sida = prov.person(Roll.KANSLI), ADRESS + "/en/deltagare"
    bos, en_till = falten(bo.get(sida).text), falten(bo.get(sida).text)
    andra(klient, sida, **{FALT: "Annas"})
    annat = f"t-{filer.summa('Hur har du blivit bemött?')}"
    assert bo.post(sida, data={**bos, annat: "Bos"}).status_code == 303
    assert gettext_for("en")(SVENSK) == "Annas"
    assert gettext_for("en")("Hur har du blivit bemött?") == "Bos"
    svar = bo.post(sida, data={**en_till, FALT: "Bos egen"})
    assert svar.status_code == 422
    assert "någon annan har skrivit: Annas" in svar.text
    assert ">Bos egen</textarea>" in svar.text.replace("\r\n", "").replace("\n", "")
    assert gettext_for("en")(SVENSK) == "Annas"


def test_a_review_carries_a_name_and_opens_the_language(prov: Prov, klient: FlaskClient) -> None:
    assert granska(klient)[0] == 303
    lage = granskning()["en"]
    assert lage.granskad_av == "A. Svensson"
    assert lage.granskad(textsumma("en"))
    assert "A. Svensson, " in klient.get(ADRESS).text
    assert "1 granskade" in klient.get("/kansli/enkater").text
    assert len(loggen(prov, "oversattning-granskad")) == 1


def test_a_text_that_is_changed_has_lost_its_review(klient: FlaskClient) -> None:
    granska(klient)
    andra(klient, ADRESS + "/en/deltagare", **{FALT: "What about the future?"})
    assert "A. Svensson, men texter har ändrats sedan dess" in klient.get(ADRESS).text
    assert "1 granskade" not in klient.get("/kansli/enkater").text


@pytest.mark.parametrize(
    ("falt", "mening"),
    [
        ({"intygar": ""}, "Kryssa i att den som granskar kan språket"),
        ({"granskad_av": " "}, "Skriv namnet på den som har läst igenom språket."),
        ({"datum": "igår"}, "Skriv datumet som 2026-03-31."),
        ({"datum": "2999-01-01"}, "dagen har inte varit än"),
        ({"version": "gammal"}, "Någon har ändrat en text sedan du öppnade sidan"),
    ],
)
def test_a_review_that_cannot_be_believed_is_refused(klient: FlaskClient, falt: dict[str, str], mening: str) -> None:
    sida = falten(klient.get(f"{ADRESS}/en").text)
    svar = klient.post(f"{ADRESS}/en", data={**sida, "intygar": "y", "granskad_av": "A. Svensson", **falt})
    assert svar.status_code == 422
    assert mening in svar.text
    assert not granskning()["en"].granskad_av


def test_a_language_that_is_not_whole_cannot_be_reviewed(prov: Prov, klient: FlaskClient) -> None:
    fil = filer.fil_for(prov.mapp, "deltagare")
    fil.write_text(fil.read_text("utf-8").replace(SVENSK, "Hur ser du på framtiden?"), "utf-8")
    status, sida = granska(klient)
    assert status == 422
    assert "1 texter är inte översatta. Översätt dem först." in sida


def test_only_the_chef_makes_an_exception_and_a_review_survives_it(prov: Prov, klient: FlaskClient) -> None:
    granska(klient)
    chef, adress = prov.person(Roll.FORBUNDSCHEF), f"{ADRESS}/en/utan-granskning"
    assert "utan granskning" not in klient.get(f"{ADRESS}/en").text
    assert klient.post(adress, data={"undantag": "x"}).status_code == 403
    token = falten(chef.get(f"{ADRESS}/en").text)["csrf_token"]
    assert chef.post(adress, data={"csrf_token": token, "undantag": "Beslut § 3"}).status_code == 303
    assert granskning()["en"].undantag == "Beslut § 3"
    assert granskning()["en"].granskad(textsumma("en"))
    assert chef.post(adress, data={"csrf_token": token, "undantag": ""}).status_code == 303
    assert granskning()["en"].undantag == ""
    assert len(loggen(prov, "oversattning-undantag")) == 2


@pytest.mark.parametrize("adress", ["/sv", "/xx", "/en/finns_inte", "/..%2F..%2Fetc/deltagare"])
def test_a_language_that_there_is_not_is_a_page_that_says_so(klient: FlaskClient, adress: str) -> None:
    assert klient.get(ADRESS + adress).status_code == 404


def test_the_programs_own_catalogues_are_never_written(klient: FlaskClient) -> None:
    mapp = Path(oversattning.__file__).parents[2] / "translations"
    fore = {fil: fil.read_bytes() for fil in mapp.rglob("*") if fil.is_file() and fil.name != "kansli.po"}
    andra(klient, ADRESS + "/en/deltagare", **{FALT: "What about the future?"})
    granska(klient)
    assert {fil: fil.read_bytes() for fil in fore} == fore
