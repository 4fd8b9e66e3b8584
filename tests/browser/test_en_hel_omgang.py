"""A whole round, as it is lived: codes on paper, forty people in eight languages, close, freeze, and what it came to.

Eight answer on phones, one in each language, two of them without JavaScript; the others over HTTP, many at once. Every step
that a person at kansli takes is the command that she would type.
"""

import http.client
import json
import logging
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pandas as pd
import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

from enkat import texter
from enkat.lasning import las_enkat
from enkat.mottagning import Mottagning
from enkat.sprak import gettext_for
from enkat.views_sida import Installning
from grund.db import open_db
from kansli.app import create_app
from kansli.cli import main
from tests.browser.conftest import Guard
from tests.browser.omgangsprov import INDIKATORER, Person, answered_support, count, forty, got_support, read_cards
from tests.browser.phone import SIZE, add_weather, at_the_check, back, choose_language, hand_in, listen, press
from tests.enkatprov import ENKATER, Lasare

OMGANG = "deltagare-2026"
TRYCKTA = {"Vuxentorget": 26, "Ungdomstorget": 20}  # 46 printed; two of the first pile stay in the drawer
UTDELADE = 44
FRAGOR = {fraga.text: fraga.id for fraga in las_enkat("d", (ENKATER / "deltagare.toml").read_bytes())[0].fragor}  # type: ignore[union-attr]
TELEFONER = 8


@dataclass
class Kansli:
    """A person at kansli, who types commands; and the clock on the wall, which only goes forward."""

    mapp: Path
    senare: timedelta = timedelta()
    kort: list[tuple[str, str]] = field(default_factory=list)

    def nu(self) -> datetime:
        return datetime.now(UTC) + self.senare

    def __call__(self, *ord_: str, gar: bool = True) -> str:
        """What the command says. gar: whether it is expected to work."""
        resultat = CliRunner().invoke(main, list(ord_))
        assert (resultat.exit_code == 0) == gar, resultat.output
        return resultat.output

    def tabell(self, fraga: str) -> list[Any]:
        """Rows of the database, read past the program."""
        with sqlite3.connect(self.mapp / "instans" / "bokslut.db") as databas:
            return databas.execute(fraga).fetchall()


@pytest.fixture
def kansli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kansli:
    kansli = Kansli(tmp_path)
    monkeypatch.setenv("BOKSLUT_INSTANS", str(tmp_path / "instans"))
    monkeypatch.delenv("BOKSLUT_DATABAS", raising=False)
    for rum in ("kansli.kommandon.enkat_omgang", "kansli.kommandon.enkat_papper"):
        monkeypatch.setattr(f"{rum}.nu", kansli.nu)
    (tmp_path / "indicators.toml").write_text(INDIKATORER, "utf-8")
    return kansli


@dataclass(frozen=True)
class Webb:
    """The survey's server, and the memory that it would forget by itself in a few seconds."""

    adress: str
    mottagning: Mottagning


@pytest.fixture
def webb(kansli: Kansli) -> Iterator[Webb]:
    """The survey on the web. No translation has been reviewed yet, so the test says that it may be offered."""
    motor = open_db(f"sqlite:///{kansli.mapp / 'instans' / 'bokslut.db'}")
    mottagning = Mottagning(motor, kansli.mapp / "instans" / "nycklar", kansli.nu)
    installning = Installning("Samordningsförbundet Provet", "Kim, 090-12 34 56", "", "/vader", krav_granskad=False)
    app = create_app(kansli.mapp, (mottagning, installning))
    add_weather(app)
    for adress in listen(app):
        yield Webb(adress, mottagning)
    motor.dispose()


def open_the_round(kansli: Kansli, adress: str) -> None:
    """A draft, a pile of cards for each enhet, and the doors open."""
    kansli("enkat", "skapa", str(ENKATER / "deltagare.toml"), "--period", "2026", "--population-antal", "60")
    for enhet, antal in TRYCKTA.items():
        ut = kansli.mapp / f"{enhet}.pdf"
        kansli("enkat", "koder-pdf", OMGANG, enhet, str(antal), "--adress", f"{adress}/e", "--ut", str(ut))
        kansli.kort += [(enhet, kort) for kort in read_cards(ut, antal)]
    kansli("enkat", "oppna", OMGANG, "--stanger", f"{kansli.nu() + timedelta(days=14):%Y-%m-%d}")


def hand_out(kansli: Kansli) -> tuple[list[tuple[Person, str]], list[str]]:
    """Each of the forty gets a card of her enhet: (person, link). And what is left of the piles."""
    hogar = {enhet: [lank for e, lank in kansli.kort if e == enhet] for enhet in TRYCKTA}
    fatt = [(person, hogar[person.enhet].pop()) for person in forty()]
    return fatt, [*hogar["Vuxentorget"], *hogar["Ungdomstorget"]]


# --- On a phone --------------------------------------------------------------------------------------------------------


@contextmanager
def phone(browser: Browser, guard: Guard, scripts: bool = True) -> Iterator[Page]:
    with browser.new_context(viewport=SIZE, locale="sv-SE", has_touch=True, java_script_enabled=scripts) as context:
        context.on("request", lambda request: guard.asked.append(request.url))
        yield context.new_page()


def come_in(page: Page, person: Person, lank: str) -> None:
    """Scan the card. Where scripts are off the digits are typed, in groups as they are printed."""
    page.goto(lank)
    choose_language(page, person.sprak)
    if page.locator("#kod").count():
        kod = urlsplit(lank).fragment
        page.fill("#kod", f"{kod[:5]} {kod[5:10]}-{kod[10:]}")
        press(page, "borja")
    assert page.locator("h1").inner_text() == gettext_for(person.sprak)(texter.FORE_RUBRIK)


def answer_all(page: Page, person: Person, hogst: int = 99) -> None:
    """From the page before question 1 to the check of the answers, or as far as `hogst` questions."""
    fragor = questions_in(person.sprak)
    press(page)
    while hogst and not at_the_check(page):
        svar = person.svar[fragor[page.locator("h1").inner_text()]]
        page.check(f'[name=svar][value="{svar}"]')
        press(page)
        hogst -= 1


def questions_in(sprak: str) -> Mapping[str, str]:
    """The question that each heading asks, in a language."""
    return {gettext_for(sprak)(text): id_ for text, id_ in FRAGOR.items()}


def thanked(page: Page, person: Person, rubrik: str = texter.MOTTAGET_RUBRIK) -> None:
    expect(page.locator("h1")).to_have_text(gettext_for(person.sprak)(rubrik))


def answer_by_phone(browser: Browser, guard: Guard, person: Person, lank: str) -> None:
    """One in each language; two with scripts off; and some to whom something happens on the way."""
    with phone(browser, guard, scripts=person.nr not in (3, 6)) as page:
        come_in(page, person, lank)
        if person.nr == 2:
            be_interrupted(page, person, lank)
        answer_all(page, person)
        if person.nr == 1:
            page.locator("[value=skicka]").dblclick()
            page.wait_for_url("**/kvitto/**")
        else:
            hand_in(page)
        thanked(page, person)
        if person.nr == 4:
            go_back_and_send_again(page)


def be_interrupted(page: Page, person: Person, lank: str) -> None:
    """Somebody comes in when half is answered: the page goes away at once, and later she begins anew."""
    answer_all(page, person, hogst=8)
    page.locator("#ut").click()
    expect(page.locator("h1")).to_have_text("Väder")
    come_in(page, person, lank)


def go_back_and_send_again(page: Page) -> None:
    """The phone's own Back, and whatever can be pressed there."""
    back(page)
    if at_the_check(page):
        page.locator("[value=skicka]").click()
        page.wait_for_load_state()


# --- Over HTTP ---------------------------------------------------------------------------------------------------------


class Uppkopplad:
    """Somebody whose browser is too old for anything but forms."""

    def __init__(self, adress: str) -> None:
        self.linje = http.client.HTTPConnection(urlsplit(adress).netloc, timeout=30)
        self.las = Lasare()

    def ask(self, vag: str, falt: Mapping[str, str] | None = None) -> int:
        """Get, or send a form; what was answered is read. The status."""
        huvud = {"Content-Type": "application/x-www-form-urlencoded"} if falt is not None else {}
        kropp = None if falt is None else urlencode(falt)
        self.linje.request("GET" if falt is None else "POST", vag, kropp, huvud)
        svar = self.linje.getresponse()
        text = svar.read().decode()
        if svar.status == 303:
            return self.ask(svar.headers["Location"])
        self.las = Lasare()
        self.las.feed(text)
        return svar.status

    def press(self, gor: str, **falt: str) -> int:
        """Send the page's form, with what is typed and chosen."""
        till = next(attrs["action"] for tagg, attrs in self.las.taggar if tagg == "form")
        dolda = {a["name"]: a.get("value", "") for tagg, a in self.las.taggar if a.get("type") == "hidden"}
        return self.ask(till, {**dolda, "gor": gor, **falt})

    @property
    def rubrik(self) -> str:
        return self.las.texter["h1"][0].strip()


def answer_over_http(adress: str, person: Person, lank: str) -> str:
    """All of it; the headline of the receipt."""
    dator = answer_up_to_the_check(adress, person, lank)
    return send_and_lose_the_reply(dator) if person.nr % 5 == 0 else send(dator)


def answer_up_to_the_check(adress: str, person: Person, lank: str) -> Uppkopplad:
    dator, fragor = Uppkopplad(adress), questions_in(person.sprak)
    dator.ask("/e")
    dator.press(f"sprak:{person.sprak}", skannad=urlsplit(lank).fragment)
    dator.press("nasta")
    while dator.rubrik in fragor:
        assert dator.press("nasta", svar=person.svar[fragor[dator.rubrik]]) == 200
    return dator


def send(dator: Uppkopplad) -> str:
    assert dator.press("skicka") == 200
    dator.linje.close()
    return dator.rubrik


def send_and_lose_the_reply(dator: Uppkopplad) -> str:
    """Send the same form twice, as a browser does whose first reply never came."""
    formular = dator.las
    forst = send(dator)
    dator.las = formular
    igen = send(dator)
    assert igen != forst
    return forst


# --- The story ---------------------------------------------------------------------------------------------------------


def nothing_is_seen_before_the_close(kansli: Kansli) -> None:
    """Staff see how many, in steps of five; nobody can freeze; and the urn holds sealed envelopes of one size."""
    status = kansli("enkat", "status", OMGANG)
    assert "Alla: minst 35 av 44" in status
    assert not any(ord_ in status for ord_ in ("stod_for_arbete", "%", "kvinna"))
    assert "ska vara stängd, men den är öppen" in kansli("enkat", "frys", OMGANG, gar=False)
    assert not (kansli.mapp / "instans" / "frysta").exists()
    assert kansli.tabell("SELECT count(*) FROM kuvert") == [(39,)]
    assert len({len(kuvert) for (kuvert,) in kansli.tabell("SELECT chiffer FROM kuvert")}) == 1


def close(kansli: Kansli, webb: Webb, sen: tuple[Person, Uppkopplad], lank: str) -> None:
    """A newcomer is turned away; whoever has the last page open is still heard, for an hour."""
    assert "kan frysas" in kansli("enkat", "stang", OMGANG)
    webb.mottagning.glom()
    nykommen = Uppkopplad(webb.adress)
    nykommen.ask("/e")
    assert nykommen.press("sprak:sv", skannad=urlsplit(lank).fragment) == 410
    person, dator = sen
    assert send(dator) == gettext_for(person.sprak)(texter.MOTTAGET_RUBRIK)
    assert "Vänta till" in kansli("enkat", "frys", OMGANG, gar=False)


def freeze(kansli: Kansli) -> Path:
    kansli.senare += timedelta(minutes=61)
    ut = kansli.mapp / "frysta"
    assert "40 svar i källan ”deltagarenkat”" in kansli("enkat", "frys", OMGANG, "--ut", str(ut))
    return ut


def nothing_is_left(kansli: Kansli) -> None:
    """The urn is empty, the codes are gone, and so is the key."""
    for tabell in ("kuvert", "kod", "kvitto"):
        assert kansli.tabell(f"SELECT count(*) FROM {tabell}") == [(0,)]
    assert [fil.name for fil in (kansli.mapp / "instans" / "nycklar").iterdir() if OMGANG in fil.name] == []


def no_code_was_written_down(kansli: Kansli, loggat: str) -> None:
    """Neither in a log nor in any file of the instance."""
    filer = [fil for fil in (kansli.mapp / "instans").rglob("*") if fil.is_file()]
    skrivet = loggat.encode() + b"".join(fil.read_bytes() for fil in filer)
    koder = [urlsplit(lank).fragment for _, lank in kansli.kort]
    assert "GET /e" in loggat
    assert [kod for kod in koder if kod.encode() in skrivet.replace(b" ", b"").replace(b"%20", b"")] == []


def the_frozen_rows_are_what_was_answered(ut: Path) -> None:
    rader = pd.read_parquet(ut / "deltagarenkat.parquet").astype("object").fillna("")
    fryst = Counter(tuple(sorted(rad.items())) for rad in rader.to_dict("records"))
    assert fryst == Counter(tuple(sorted(person.rad().items())) for person in forty())


def the_results_are_what_was_answered(kansli: Kansli, ut: Path) -> None:
    indikatorer = str(kansli.mapp / "indicators.toml")
    svar = json.loads(kansli("utvardera", "--indikatorer", indikatorer, "--underlag", str(ut), "--json"))
    resultat = {r["id"]: r for r in svar["indikatorer"]}
    alla = forty()
    stod = resultat["stod"]
    assert (stod["taljare"], stod["namnare"]) == (count(alla, got_support), count(alla, answered_support)) == (20, 38)
    assert (stod["bortfall"], stod["signal"]) == (2, "gron")
    assert stod["svarsfrekvens"] == pytest.approx(100 * 40 / UTDELADE)
    delar = {rad["del"]: (rad["taljare"], rad["namnare"]) for rad in stod["uppdelning"]}
    assert delar == {del_: part_of(alla, del_) for del_ in ("kvinna", "man", "Vuxentorget", "Ungdomstorget")}
    assert (resultat["framtidstro"]["taljare"], resultat["framtidstro"]["namnare"]) == (33, 40)
    assert (resultat["konszon"]["taljare"], resultat["konszon"]["namnare"]) == (18, 37)
    alder = resultat["diskriminering-alder"]
    assert (alder["signal"], alder["taljare"], alder["visat"]) == ("rod", None, "färre än fem")
    assert resultat["diskriminering-kon"]["signal"] == "gron"


def part_of(alla: list[Person], del_: str) -> tuple[int, int]:
    de = [person for person in alla if del_ in (person.enhet, person.svar["kon"]) and answered_support(person)]
    return count(de, got_support), len(de)


def somebody_types_the_code_as_an_address(adress: str, lank: str) -> None:
    """It opens nothing, and the log does not keep it."""
    assert Uppkopplad(adress).ask("/e/" + urlsplit(lank).fragment) == 404


def count_what_was_handed_out(kansli: Kansli) -> None:
    """Two cards of the first pile stayed in the drawer."""
    [(bunt,)] = kansli.tabell("SELECT id FROM bunt WHERE enhet = 'Vuxentorget'")
    kansli("enkat", "utdelade", bunt, "24")


def everybody_answers(webb: Webb, browser: Browser, guard: Guard, fatt: list[tuple[Person, str]]) -> None:
    """Eight on phones, one after the other, while the others are at it eight at a time."""
    with ThreadPoolExecutor(8) as tradar:
        andra = [tradar.submit(answer_over_http, webb.adress, *fick) for fick in fatt[TELEFONER:]]
        for person, lank in fatt[:TELEFONER]:
            answer_by_phone(browser, guard, person, lank)
        rubriker = {svar.result() for svar in andra}
    assert rubriker == {gettext_for(person.sprak)(texter.MOTTAGET_RUBRIK) for person, _ in fatt[TELEFONER:]}


def test_a_whole_round_from_printed_codes_to_results(
    kansli: Kansli, webb: Webb, browser: Browser, guard: Guard, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    open_the_round(kansli, webb.adress)
    fatt, kvar = hand_out(kansli)
    sist, hennes = fatt.pop()
    sen = sist, answer_up_to_the_check(webb.adress, sist, hennes)
    everybody_answers(webb, browser, guard, fatt)
    somebody_types_the_code_as_an_address(webb.adress, kvar[0])
    count_what_was_handed_out(kansli)
    nothing_is_seen_before_the_close(kansli)
    close(kansli, webb, sen, kvar[0])
    ut = freeze(kansli)
    nothing_is_left(kansli)
    no_code_was_written_down(kansli, caplog.text)
    the_frozen_rows_are_what_was_answered(ut)
    the_results_are_what_was_answered(kansli, ut)
