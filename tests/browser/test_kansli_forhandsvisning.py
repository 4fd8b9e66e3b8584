"""The preview beside an indicator's form: it follows what is written, is never late or lost, and has a button too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from kansli.inne import KAKA
from kansli.roller import Roll
from tests.browser.conftest import Guard
from tests.browser.phone import listen, next_page
from tests.kansliprov import Prov, bygg

STOD: Final = "/kansli/mal/2020/indikator/stod-for-arbete"
FILENS: Final = "2020: ingen av 62 signaler ändras."
ANDRAS: Final = "2020: 1 av 62 signaler ändras."
SYNS: Final = """e => { const r = e.getBoundingClientRect(), f = document.querySelector("#gron").getBoundingClientRect();
  return r.left > f.right && r.top >= 0 && r.top < 100 && r.bottom <= innerHeight; }"""


@dataclass
class Hus:
    """An office with the worked example, where it is, and what the browser of its förbundschef is known by."""

    prov: Prov
    adress: str
    kaka: str
    agent: str


@pytest.fixture(scope="module")
def hus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hus]:
    prov = bygg(tmp_path_factory.mktemp("forhandsvisning"), exempel=True)
    klient = prov.person(Roll.FORBUNDSCHEF)
    kaka = klient.get_cookie(KAKA, path="/kansli")
    assert kaka is not None
    for adress in listen(prov.app):
        yield Hus(prov, adress, kaka.value, klient.environ_base["HTTP_USER_AGENT"])
    prov.motor.dispose()


@pytest.fixture
def oppna(hus: Hus, browser: Browser, guard: Guard) -> Callable[..., Any]:
    @contextmanager
    def sidan(**hur: Any) -> Iterator[Page]:
        """The indicator's page, as the förbundschef has it before her."""
        storlek = {"width": 1280, "height": 900}
        with browser.new_context(viewport=storlek, user_agent=hus.agent, reduced_motion="reduce", **hur) as fonster:
            guard.watch(fonster)
            fonster.set_default_timeout(10_000)
            fonster.add_cookies([{"name": KAKA, "value": hus.kaka, "url": f"{hus.adress}/kansli"}])
            page = fonster.new_page()
            page.goto(f"{hus.adress}{STOD}")
            yield page

    return sidan


def test_the_preview_follows_what_is_written_and_touches_nothing_else(
    hus: Hus, oppna: Callable[..., Any], axe: Callable[[Page], list[str]]
) -> None:
    fore = hus.prov.mapp.mal(2020).read_text("utf-8")
    with oppna() as page:
        prov, gron = page.locator("#prov"), page.locator("#gron")
        expect(prov).to_contain_text(FILENS)
        prov.locator("summary").click()
        gron.fill("")
        gron.press_sequentially("minst 70 %")
        expect(prov).to_contain_text(ANDRAS)
        expect(gron).to_be_focused()
        expect(gron).to_have_value("minst 70 %")
        assert prov.evaluate(SYNS), "it is beside the field that is written in, and whole"
        assert prov.locator("details").evaluate("d => d.open"), "what was folded out stays so"
        expect(prov.locator("[role=status]")).to_have_text(re.compile(rf"78\s% 64 av 82\s+Når målet\. {ANDRAS}"))
        gron.fill("minst 7")
        expect(prov.get_by_role("link", name="passar inte regeln andel")).to_have_attribute("href", "#gron")
        assert page.locator(".formular .feltext").count() == 0, "nothing moves where one writes"
        assert axe(page) == []
        prov.get_by_role("link", name="passar inte regeln andel").click()
        expect(gron).to_be_focused()
        page.locator("#regel").select_option("skillnad")
        expect(prov.get_by_role("link", name="”av”")).to_have_attribute("href", "#regel")
    assert hus.prov.mapp.mal(2020).read_text("utf-8") == fore


def test_an_old_answer_never_stands_in_the_place_of_a_newer_one(oppna: Callable[..., Any]) -> None:
    vantar: list[Route] = []

    def hall_den_forsta(route: Route) -> None:
        if route.request.method == "POST" and not vantar:
            vantar.append(route)
        else:
            route.continue_()

    with oppna() as page:
        page.route(f"**{STOD}", hall_den_forsta)
        page.locator("#gron").fill("minst 60 %")
        page.wait_for_function("document.querySelector('#prov').ariaBusy === 'true'")
        while not vantar:
            page.wait_for_timeout(50)
        page.locator("#gron").fill("minst 70 %")
        expect(page.locator("#prov")).to_contain_text("Minst 70 %")
        vantar[0].fulfill(body="<p>Det här är för sent</p>")
        page.wait_for_timeout(200)
        expect(page.locator("#prov")).to_contain_text("Minst 70 %")
        expect(page.locator("#prov")).not_to_contain_text("för sent")


def test_what_it_comes_to_is_said_when_the_hands_rest_and_not_at_each_key(oppna: Callable[..., Any]) -> None:
    with oppna() as page:
        prov, sagt = page.locator("#prov"), page.locator("#prov [role=status]")
        page.clock.install(time=0)
        page.clock.pause_at(60_000)
        for varde, visas in (("minst 7", "Ett fel att rätta"), ("minst 70 %", ANDRAS)):
            expect(sagt).to_have_text("")
            page.locator("#gron").fill(varde)
            page.clock.run_for(400)
            expect(prov).to_contain_text(visas)
            page.clock.run_for(400)
        expect(sagt).to_have_text("")
        page.clock.run_for(500)
        expect(sagt).to_have_text(re.compile(rf"^78\s% 64 av 82\s+Når målet\. {ANDRAS}$"))
        page.locator("#skal").fill("Därför")
        assert prov.get_attribute("aria-busy") == "false", "why it is changed changes nothing of what it gives"


def test_on_an_english_page_it_is_said_in_english_and_what_is_swedish_in_swedish(oppna: Callable[..., Any]) -> None:
    with oppna() as page:
        sagt = page.locator("#prov [role=status]")
        with next_page(page):
            page.get_by_role("button", name="English").click()
        page.locator("#gron").fill("minst 70 %")
        expect(sagt).to_have_text(re.compile(r"^78\s% 64 of 82\s+Reaches the goal\. 2020: 1 of 62 signals change\.$"))
        page.locator("#gron").fill("minst 7")
        expect(sagt).to_contain_text("A fault to correct")
        expect(sagt.locator("[lang=sv]")).to_contain_text("”minst 7” passar inte regeln andel")
        assert sagt.locator("a").count() == 0, "what is only heard has nothing to stop at"
        page.route(f"**{STOD}", lambda route: route.abort())
        page.locator("#gron").fill("minst 60 %")
        expect(page.locator("#prov .provlage")).to_contain_text("This is not fresh")


def test_without_a_line_the_old_one_stays_and_says_so_and_the_button_works(oppna: Callable[..., Any]) -> None:
    with oppna() as page:
        prov, gron = page.locator("#prov"), page.locator("#gron")
        page.route(f"**{STOD}", lambda route: route.abort())
        gron.fill("minst 60 %")
        expect(prov.locator(".provlage.feltext")).to_contain_text("Det här är inte färskt")
        expect(prov).to_contain_text(FILENS)
        page.unroute(f"**{STOD}")
        gron.fill("minst 70 %")
        expect(prov.locator(".provlage:not(.feltext)")).to_have_text("Räknas om när du skriver. Inget sparas.")
        gron.fill("minst 71 %")
        press_the_button(page)


def test_without_scripts_the_button_gives_the_same(oppna: Callable[..., Any]) -> None:
    with oppna(java_script_enabled=False) as page:
        expect(page.get_by_text("Räknas om när du skriver")).to_be_hidden()
        page.locator("#gron").fill("minst 71 %")
        press_the_button(page)


def press_the_button(page: Page) -> None:
    with next_page(page):
        page.locator("#prov").get_by_role("button", name="Räkna om").click()
    expect(page.locator("#prov")).to_contain_text("Minst 71 %")
    expect(page.locator("#prov")).to_contain_text(ANDRAS)
    expect(page.locator("#gron")).to_have_value("minst 71 %")
