"""A förbundschef's whole year in the browser: from an empty database to a published bokslut, and its correction.

She has a browser and no terminal, but for the first command that lets her in. Those who answer her surveys do so with the
codes that she printed. Nobody waits: the clock on the wall is put forward when a round has closed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyotp
import pytest
from click.testing import CliRunner
from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect

from enkat.mottagning import Mottagning
from kansli.cli import main
from kansli.kommandon.demo_svar import lamna_in_pahittade
from tests.browser.conftest import Guard
from tests.browser.omgangsprov import read_cards
from tests.browser.phone import listen, next_page
from tests.kansliprov import Prov, bygg

AR = datetime.now(UTC).year
LOSEN = "fyra gula bussar hoppar"
ENKATER = ("deltagare", "personal", "styrgrupp", "styrelse")
SVAR = 12
SKAL = "Kommentaren om personalen var ofullständig."
MAL = "deltagarna-far-det-stod-som-de-behover"


@dataclass
class Klocka:
    """The clock of the server, which only goes forward."""

    senare: timedelta = timedelta()

    def now(self, zon: Any = None) -> datetime:
        return datetime.now(zon) + self.senare

    def __getattr__(self, namn: str) -> Any:
        return getattr(datetime, namn)


@dataclass
class Hus:
    """The office, where it is, and what time it is there."""

    prov: Prov
    adress: str
    klocka: Klocka


@pytest.fixture
def hus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hus]:
    prov, klocka = bygg(tmp_path), Klocka()
    for rum in ("kansli.inne", "kansli.jobb.kor", "kansli.omgangar.frysjobb"):
        monkeypatch.setattr(f"{rum}.datetime", klocka)
    monkeypatch.setenv("BOKSLUT_INSTANS", str(prov.mapp.rot))
    monkeypatch.setenv("BOKSLUT_DATABAS", str(prov.motor.url))
    for adress in listen(prov.app):
        yield Hus(prov, adress, klocka)
    prov.motor.dispose()


@dataclass
class Person:
    """Somebody at a browser of her own."""

    page: Page
    adress: str
    epost: str

    def go(self, stig: str) -> None:
        self.page.goto(f"{self.adress}{stig}")

    def follow(self, namn: str, exakt: bool = False) -> None:
        with next_page(self.page):
            self.page.get_by_role("link", name=namn, exact=exakt).first.click()

    def press(self, namn: str | re.Pattern[str]) -> None:
        with next_page(self.page):
            self.page.get_by_role("button", name=namn).first.click()

    def fill(self, **falt: str) -> None:
        """Fill in fields by their names, whatever they are."""
        for namn, varde in falt.items():
            f = self.page.locator(f"main [name={namn}]").first
            match f.get_attribute("type"):
                case "radio" | "checkbox":
                    self.page.check(f"main [name={namn}][value='{varde}']")
                case _ if f.evaluate("e => e.tagName") == "SELECT":
                    f.select_option(varde)
                case _:
                    f.fill(varde)

    def sees(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.locator("main")).to_contain_text(text)

    def wait(self) -> None:
        """Until long work is over; the page loads itself again."""
        over = re.compile("Klart|Arbetet stannade")
        expect(self.page.get_by_role("heading", level=1)).to_have_text(over, timeout=120_000)
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Klart")


@contextmanager
def person(browser: Browser, guard: Guard, adress: str, epost: str) -> Iterator[Person]:
    with browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="sv-SE", reduced_motion="reduce"
    ) as fonster:
        guard.watch(fonster)
        yield Person(fonster.new_page(), adress, epost)


def come_in(vem: Person, lank: str) -> None:
    """Choose a password, connect an app, and keep the reserve codes that are shown once."""
    vem.go(lank)
    vem.fill(losen=LOSEN, igen=LOSEN)
    vem.press("Spara")
    vem.fill(epost=f"{vem.epost}@exempel.se", losen=LOSEN)
    vem.press("Fortsätt")
    vem.fill(kod=pyotp.TOTP(vem.page.locator(".nyckel").inner_text().replace(" ", "")).now())
    vem.press("Klart")
    vem.sees("eservkoder")


def decide_the_goals(anna: Person) -> None:
    """A målområde, a mål and an indicator of each kind that the year's surveys, register and stories feed."""
    anna.go("/kansli/enkater")
    anna.press("Börja med de fyra som följer med")
    anna.go("/kansli/mal")
    anna.fill(ar=str(AR), fran="tomt")
    anna.press("Lägg in målen")
    anna.follow("Lägg in det första målområdet")
    anna.fill(titel="Deltagarnytta")
    anna.press("Spara")
    anna.follow("Nytt mål", exakt=True)
    anna.fill(text="Deltagarna får det stöd som de behöver.")
    anna.press("Spara")
    share(anna, "Stöd för arbete", "1.1", "deltagarenkat", "stod_for_arbete", "till_stor_del", "minst 10 %")
    share(anna, "Personalen trivs", "1.2", "personalenkat", "trivs", "till_stor_del", "minst 99 %")
    share(anna, "Strategi i styrgruppen", "1.3", "styrgruppsenkat", "strategi", "ja", "minst 10 %")
    share(anna, "Strategi i styrelsen", "1.4", "styrelseenkat", "strategi", "ja", "minst 10 %")
    share(anna, "Till arbete", "1.5", "deltagare", "utfall", "arbete", "minst 10 %")
    anna.follow("Ny indikator")
    anna.follow("Antal goda exempel")
    anna.fill(titel="Goda exempel", nummer="1.6", mal=MAL, kalla="goda_exempel", gron="minst 1")
    anna.press("Spara")


def share(anna: Person, titel: str, nummer: str, kalla: str, fraga: str, svar: str, gron: str) -> None:
    """An indicator that counts favourable answers, chosen step by step from what there is."""
    anna.follow("Ny indikator")
    anna.follow("Andel som svarat så")
    anna.fill(titel=titel, nummer=nummer, mal=MAL, kalla=kalla)
    anna.press("Visa frågorna")
    anna.fill(fraga=fraga)
    anna.press("Visa svaren")
    if anna.page.locator(f"[name=svar_minst] option[value={svar}]").count():
        anna.fill(svar_minst=svar)
    else:
        anna.page.check(f"[name=svar][value={svar}]")
    anna.fill(gron=gron)
    anna.press("Räkna om")
    anna.sees("Inte mätt")
    anna.press("Spara")
    anna.sees(titel)


def hold_the_rounds(hus: Hus, anna: Person) -> None:
    """Each of the four surveys: made, printed, opened, answered, closed and frozen."""
    for enkat in ENKATER:
        anna.go("/kansli/omgangar/ny")
        anna.fill(enkat=enkat, period=str(AR))
        anna.press("Skapa utkastet")
        omgang = f"/kansli/omgangar/{enkat}-{AR}"
        koder = print_codes(anna, omgang)
        anna.go(f"{omgang}/oppna")
        anna.fill(stanger_dag=f"{datetime.now(UTC) + timedelta(days=14):%Y-%m-%d}")
        anna.press("Öppna och visa nyckeln")
        anna.press("Jag har skrivit ut eller sparat den")
        answer(hus, f"{enkat}-{AR}", koder)
        anna.follow("Stäng nu")
        anna.fill(sakert="y")
        anna.press("Stäng nu")
    hus.klocka.senare += timedelta(minutes=61)
    for enkat in ENKATER:
        anna.go(f"/kansli/omgangar/{enkat}-{AR}/frys")
        anna.press("Frys svaren")
        anna.wait()


def print_codes(anna: Person, omgang: str) -> list[str]:
    """The codes that stand on the printed cards, as a phone's camera reads them."""
    anna.go(f"{omgang}/koder")
    anna.fill(enhet="Vuxentorget", antal=str(SVAR), svara_pa="https://exempel.se/e")
    with anna.page.expect_download() as hamtning:
        anna.page.get_by_role("button", name="Gör kort och ladda ner").click()
    return [urlsplit(lank).fragment for lank in read_cards(Path(hamtning.value.path()), SVAR)]


def answer(hus: Hus, omgang: str, koder: Sequence[str]) -> None:
    """Twelve invented persons answer by the survey's own reception."""
    mottagning = Mottagning(hus.prov.motor, hus.prov.mapp.rot / "nycklar")
    lamna_in_pahittade(mottagning, mottagning.omgangar()[omgang], koder)


def fill_the_register(anna: Person, mapp: Path) -> None:
    """An Excel file with a fault in it, told before anything is stored; then the right one, and on to the bokslut."""
    anna.go("/kansli/register/insatser/ny")
    anna.fill(namn="Vuxentorget", enhet="Vuxentorget")
    anna.press("Spara")
    upload(anna, register_file(mapp / "fel.xlsx", "Vuxentorgetx"))
    anna.sees("Vuxentorgetx")
    upload(anna, register_file(mapp / "ratt.xlsx", "Vuxentorget"))
    anna.press("Läs in 40 rader")
    anna.wait()
    anna.go(f"/kansli/register/lamna/{AR}")
    anna.press("Lämna till årets bokslut")


def upload(anna: Person, fil: Path) -> None:
    anna.go("/kansli/register/las-in")
    anna.page.set_input_files("[name=fil]", fil)
    anna.press("Granska filen")


def register_file(fil: Path, sista: str) -> Path:
    """Forty invented deltagare, half of them to work. sista: the insats that stands on the last row."""
    bok = Workbook()
    blad = bok.active
    assert blad is not None
    blad.append(["Insats", "Nummer", "Kön", "Ålder vid start", "Startdatum", "Slutdatum", "Utfall"])
    for nr in range(1, 41):
        utfall = ("Till arbete", "Till studier")[nr % 2]
        kon = ("Kvinna", "Man")[nr // 2 % 2]
        insats = sista if nr == 40 else "Vuxentorget"
        blad.append([insats, str(nr), kon, "25–29", date(AR, 1, 15), date(AR, 9, 30), utfall])
    bok.save(fil)
    return fil


def invite_the_second_person(anna: Person, bo: Person) -> None:
    """The chair of the board, who reads and approves. Without a mail server Anna hands the link over herself."""
    anna.go("/kansli/personer/bjud-in")
    anna.fill(namn="Bo Al", epost="bo@exempel.se", roll="godkannare")
    anna.press("Bjud in")
    lank = anna.page.locator("main code").first.inner_text()
    come_in(bo, urlsplit(lank).path)


def write_and_review_an_example(anna: Person, bo: Person) -> None:
    """Anna writes; somebody else goes through it and says that nobody can be recognised."""
    anna.go(f"/kansli/exempel/{AR}/nytt")
    anna.fill(titel="Ett steg i taget", bakgrund="Hon ville tillbaka.", stod="Ett team.", framgang="Tid och tålamod.")
    anna.fill(indikator="goda-exempel")
    for ruta in ("samtycke", "publicerad"):
        anna.page.check(f"[name={ruta}]")
    anna.press("Spara")
    sida = urlsplit(anna.page.url).path
    anna.sees("Du har själv skrivit i berättelsen")
    bo.go(sida)
    for ruta in ("alder", "plats", "diagnos", "utbildning"):
        bo.page.check(f"[name={ruta}]")
    bo.press("Jag har granskat")


def explain_the_red(anna: Person, text: str) -> None:
    """A red signal is not published without a word about why."""
    anna.go(f"/kansli/texter/{AR}")
    anna.follow("Personalen trivs")
    if not anna.page.url.endswith("/andra"):
        anna.follow("Ändra texten")
    anna.fill(text=text)
    anna.press("Spara")


def approve_and_publish(anna: Person, bo: Person) -> None:
    """Two persons approve exactly this, one with the board's decision; then it is sealed."""
    anna.go(f"/kansli/publicering/{AR}/godkann")
    anna.press("Jag, Anna Ek, godkänner")
    bo.go(f"/kansli/publicering/{AR}/godkann")
    bo.fill(beslutande="styrelsen", datum=f"{AR}-11-20", paragraf="14")
    bo.press("Jag, Bo Al, godkänner")
    anna.go(f"/kansli/publicering/{AR}/publicera")
    if anna.page.locator("[name=trots]").count():
        anna.fill(trots="Det är första året, så det finns inget att jämföra med.")
    anna.press("Publicera version")
    anna.wait()


def sorted_files(ar: Path, version: str) -> list[tuple[str, bytes]]:
    """Every file of a version that readers' links and sums are about."""
    return [(f.name, f.read_bytes()) for f in sorted((ar / version).rglob("*.csv"))]


def what_is_told(version: Path) -> set[str]:
    """The numbers of the results that were measured; of the forty in the register half went to work."""
    resultat = json.loads((version / "resultat.json").read_text("utf-8"))["indikatorer"]
    arbete = next(r for r in resultat if r["nummer"] == "1.5")
    assert (arbete["taljare"], arbete["namnare"]) == (20, 40)
    return {r["nummer"] for r in resultat if r["orsak"] != "inte_matt"}


def test_a_year_from_an_empty_database_to_a_corrected_bokslut(hus: Hus, browser: Browser, guard: Guard) -> None:
    ut = CliRunner().invoke(main, ["anvandare", "--epost", "anna@exempel.se", "--namn", "Anna Ek"]).output
    with person(browser, guard, hus.adress, "anna") as anna, person(browser, guard, hus.adress, "bo") as bo:
        come_in(anna, re.search(r"/kansli/inbjudan/\S+", ut)[0])  # type: ignore[index]
        invite_the_second_person(anna, bo)
        decide_the_goals(anna)
        hold_the_rounds(hus, anna)
        fill_the_register(anna, hus.prov.mapp.rot)
        write_and_review_an_example(anna, bo)
        explain_the_red(anna, 'Bara {{ tal("1.2") }} trivs. Det är för tidigt att säga varför.')
        approve_and_publish(anna, bo)
        forsta = sorted_files(ar := hus.prov.mapp.publicerat / str(AR), "v1")
        assert what_is_told(ar / "v1") == {"1.1", "1.2", "1.3", "1.4", "1.5", "1.6"}
        explain_the_red(anna, "Personalen saknar tid för samverkan.")
        anna.go(f"/kansli/publicering/{AR}/ratta")
        anna.fill(skal=SKAL)
        anna.press("Spara skälet")
        approve_and_publish(anna, bo)
    assert SKAL in (ar / "v2" / "andringar.html").read_text("utf-8")
    assert sorted_files(ar, "v1") == forsta, "a published version is never changed"
    svar = CliRunner().invoke(main, ["verifiera", str(ar)])
    assert svar.exit_code == 0, svar.output
