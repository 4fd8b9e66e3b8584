"""A deltagare answers on a phone: by a scanned code, in her own language, with and without scripts; and the kiosk."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from enkat import texter
from enkat.sprak import SPRAK, gettext_for
from tests.browser.phone import (
    SETTINGS,
    SIZE,
    Place,
    answer,
    back,
    choose_language,
    hand_in,
    next_page,
    press,
    scan,
    serve,
    to_the_check,
)
from tests.enkatprov import ALLA_SLAG, bygg

PHONE = pytest.mark.parametrize("viewport", [(360, 740)])
SCRIPTS = re.compile(r"<script>.*?</script>", re.S)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The questionnaire of the deltagare, in every language that is whole."""
    yield from serve(bygg(tmp_path_factory.mktemp("plats"), "deltagare", **SETTINGS))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A questionnaire with every kind of question."""
    yield from serve(bygg(tmp_path_factory.mktemp("liten"), **SETTINGS))


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Its first two questions and kön, for what happens after the last question."""
    kort = ALLA_SLAG[: ALLA_SLAG.index("[fraga.varfor]")] + ALLA_SLAG[ALLA_SLAG.index("[fraga.kon]") :]
    yield from serve(bygg(tmp_path_factory.mktemp("kort"), toml=kort, **SETTINGS))


@pytest.fixture
def no_scripts(page: Page) -> None:
    """Take our own scripts out of every page: axe, which is put there later, needs the engine to be on."""

    def without(route: Route) -> None:
        if route.request.resource_type != "document" or "/kvitto/" in route.request.url:
            return route.fallback()
        answer = route.fetch(max_redirects=0)
        if answer.status == 303:
            return route.fulfill(response=answer)
        return route.fulfill(response=answer, body=SCRIPTS.sub("", answer.text()))

    page.route("**/*", without)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone whose memory of pages works as usual: `page` watches every request, which turns the cache off."""
    with browser.new_context(viewport=SIZE, locale="sv-SE") as context:
        yield context.new_page()


def shows_answers(page: Page) -> bool:
    return page.locator("dl.svar, :checked").count() > 0


def go_to(page: Page, place: Place, state: str, language: str) -> None:
    """Come as far as the first question ("fraga"), or the check of the answers ("granska")."""
    scan(page, place, language)
    press(page)
    if state == "granska":
        to_the_check(page)


@PHONE
def test_a_deltagare_answers_in_her_own_language(page: Page, place: Place) -> None:
    """One of the eight: test_en_hel_omgang has a phone in each."""
    before, _ = place.prov.antal(), gettext_for("ar")
    scan(page, place, "ar")
    assert urlsplit(page.url).fragment == ""
    expect(page.locator("h1")).to_have_text(_(texter.FORE_RUBRIK))
    press(page)
    assert to_the_check(page) >= 17
    hand_in(page)
    expect(page.locator("h1")).to_have_text(_(texter.MOTTAGET_RUBRIK))
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert place.prov.antal() == before + 1


@PHONE
def test_the_head_that_stays_on_the_screen_takes_less_than_a_tenth_of_it(window: Page, place: Place) -> None:
    heads = {}
    for language in (s.kod for s in SPRAK):
        scan(window, place, language)
        tops = window.locator("header > :is(.sprak, .ut)").evaluate_all("alla => alla.map((e) => e.offsetTop)")
        heads[language] = len(set(tops)), len(tops), window.locator("header").evaluate("e => e.offsetHeight")
    assert {language: head for language, head in heads.items() if head[:2] != (1, 2) or head[2] > 70} == {}


@PHONE
def test_a_page_is_one_request_and_leaves_nothing_on_the_phone(page: Page, place: Place) -> None:
    asked: list[str] = []
    scan(page, place)
    page.on("request", lambda request: asked.append(request.url))
    press(page)
    assert len(asked) == 1
    assert page.context.cookies() == []
    kept = "JSON.stringify([localStorage.length, sessionStorage.length, document.cookie])"
    assert page.evaluate(kept) == '[0,0,""]'


@PHONE
@pytest.mark.usefixtures("no_scripts")
def test_it_works_without_scripts(page: Page, small: Place) -> None:
    before = small.prov.antal()
    scan(page, small)
    press(page)
    to_the_check(page)
    hand_in(page)
    assert small.prov.antal() == before + 1
    page.locator("#ut").click()
    expect(page.locator("h1")).to_have_text("Väder")


def test_it_works_with_javascript_off(browser: Browser, small: Place) -> None:
    with browser.new_context(java_script_enabled=False, viewport=SIZE) as context:
        page = context.new_page()
        scan(page, small)
        press(page)
        to_the_check(page)
        hand_in(page)
        assert page.locator("h1").inner_text() == texter.MOTTAGET_RUBRIK


@PHONE
def test_the_keyboard_is_enough(page: Page, small: Place) -> None:
    scan(page, small)

    def tab_to(selector: str) -> None:
        for _ in range(60):
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            page.keyboard.press("Tab")
        pytest.fail(f"Tab never reaches {selector}")

    tab_to('.knappar [value="nasta"]')
    page.keyboard.press("Enter")
    expect(page.locator("fieldset")).to_be_visible()
    tab_to("[name=svar]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert page.locator("#svar-1").is_checked()
    outline = "getComputedStyle(document.activeElement.closest('label')).outlineWidth"
    assert page.evaluate(outline) == "3px"
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Är du redo?")


@PHONE
def test_enter_in_a_text_field_goes_on_and_does_not_change_the_language(page: Page, small: Place) -> None:
    scan(page, small)
    press(page)
    while not page.locator(".skriv").count():
        answer(page)
    page.locator(".skriv").fill("12")
    with next_page(page):
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("När började du?")


def test_the_phones_own_back_keeps_the_answers(phone: Page, small: Place) -> None:
    scan(phone, small)
    press(phone)
    phone.check("#svar-2")
    press(phone)
    expect(phone.locator("h1")).to_have_text("Är du redo?")
    phone.go_back()
    expect(phone.locator("h1")).to_have_text("Hur har du blivit bemött?")
    expect(phone.locator("#svar-2")).to_be_checked()


@pytest.mark.parametrize("steps", [1, 3])
def test_after_the_receipt_back_shows_no_answer(phone: Page, brief: Place, steps: int) -> None:
    scan(phone, brief)
    press(phone)
    to_the_check(phone)
    hand_in(phone)
    back(phone, steps)
    assert not shows_answers(phone)


@PHONE
def test_a_double_click_stores_one_answer(page: Page, brief: Place) -> None:
    before = brief.prov.antal()
    scan(page, brief)
    press(page)
    to_the_check(page)
    page.locator("[value=skicka]").dblclick()
    page.wait_for_url("**/kvitto/**")
    assert brief.prov.antal() == before + 1


@PHONE
def test_two_tabs_store_one_answer_and_the_second_is_told(page: Page, brief: Place) -> None:
    code, other = next(brief.codes), page.context.new_page()
    for tab in (page, other):
        tab.bring_to_front()  # one that lies behind is drawn once a second
        scan(tab, brief, code=code)
        press(tab)
        to_the_check(tab)
    before = brief.prov.antal()
    hand_in(page)
    hand_in(other)
    expect(page.locator("h1")).to_have_text(texter.MOTTAGET_RUBRIK)
    expect(other.locator("h1")).to_have_text(texter.INTE_SPARAT_RUBRIK)
    assert brief.prov.antal() == before + 1


@PHONE
def test_a_lost_reply_is_asked_for_again_and_stored_once(page: Page, brief: Place) -> None:
    before, lost = brief.prov.antal(), []

    def lose(route: Route) -> None:
        if route.request.method != "POST" or len(lost) > 1:
            return route.fallback()
        lost.append(route.fetch(max_redirects=0).status)  # the server has it; the phone never hears
        return route.abort("connectionreset")

    scan(page, brief)
    press(page)
    to_the_check(page)
    page.route("**/e/**", lose)
    hand_in(page)
    expect(page.locator("h1")).to_have_text(texter.REDAN_MOTTAGET_RUBRIK)
    assert lost == [303, 303]
    assert brief.prov.antal() == before + 1


@PHONE
def test_with_no_line_at_all_the_answers_stay_and_can_be_sent_later(page: Page, brief: Place) -> None:
    scan(page, brief)
    press(page)
    to_the_check(page)
    page.clock.install()
    page.route("**/e/**", lambda route: route.abort("internetdisconnected"))
    page.locator("[value=skicka]").click()
    expect(page.locator("[value=skicka]")).to_have_text(texter.SKICKAR)
    for _ in range(4):
        page.clock.run_for(2000)
        page.wait_for_timeout(50)
    expect(page.locator("#storning")).to_be_visible()
    expect(page.locator("#storning")).to_contain_text(texter.INGEN_KONTAKT)
    page.unroute_all()
    hand_in(page)
    expect(page.locator("h1")).to_have_text(texter.MOTTAGET_RUBRIK)


@pytest.mark.parametrize("state", ["fraga", "granska"])
def test_leaving_in_a_hurry_shows_something_else_and_back_shows_nothing(phone: Page, brief: Place, state: str) -> None:
    go_to(phone, brief, state, "sv")
    phone.locator("#ut").click()
    expect(phone.locator("h1")).to_have_text("Väder")
    back(phone)
    assert not shows_answers(phone)


@PHONE
def test_the_swedish_question_stands_under_a_translation_when_asked_for(page: Page, place: Place) -> None:
    go_to(page, place, "fraga", "ar")
    swedish = page.locator("details.svenska")
    expect(swedish).to_have_attribute("lang", "sv")
    expect(swedish).to_have_attribute("dir", "ltr")
    expect(swedish.locator("p").first).not_to_be_visible()
    swedish.locator("summary").click()
    expect(swedish.locator("p").first).to_have_text("Hur har du blivit bemött?")


@PHONE
def test_another_language_is_two_presses_away_and_keeps_the_answer(page: Page, place: Place) -> None:
    go_to(page, place, "fraga", "sv")
    page.check("#svar-3")
    page.locator(".sprak summary").click()
    page.locator('.sprak [value="sprak:ar"]').click()
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator("#svar-3")).to_be_checked()


def test_a_kiosk_asks_before_it_clears_itself_and_gives_more_time(phone: Page, small: Place) -> None:
    start = small.prov.dorr("kiosk", "Vuxentorget")
    phone.goto(small.address + start)
    choose_language(phone, "sv")
    press(phone)
    phone.check("#svar-1")
    warning = phone.locator("dialog")
    expect(warning).to_be_visible()
    warning.get_by_role("button").click()
    expect(warning).to_be_hidden()
    expect(phone.locator("#svar-1")).to_be_checked()
    phone.wait_for_selector(".spraklista")
    assert urlsplit(phone.url).path == start
    back(phone)
    assert not shows_answers(phone)


def test_a_kiosks_receipt_leads_back_to_the_start(phone: Page, brief: Place) -> None:
    start = brief.prov.dorr("kiosk", "Vuxentorget")
    phone.goto(brief.address + start)
    choose_language(phone, "sv")
    press(phone)
    to_the_check(phone)
    hand_in(phone)
    phone.get_by_role("link", name=texter.KIOSK_NASTA).click()
    expect(phone.locator(".spraklista")).to_be_visible()
    back(phone)
    assert not shows_answers(phone)


def test_a_kiosks_receipt_clears_itself_too_and_asks_first(phone: Page, brief: Place) -> None:
    start = brief.prov.dorr("kiosk", "Vuxentorget")
    phone.goto(brief.address + start)
    choose_language(phone, "sv")
    press(phone)
    to_the_check(phone)
    hand_in(phone)
    expect(phone.locator("dialog")).to_be_visible()
    phone.wait_for_selector(".spraklista")
    assert urlsplit(phone.url).path == start


VOICES = """const tal = new EventTarget();
    Object.assign(tal, {sagt: [], getVoices: () => [%s], speak: (y) => tal.sagt.push(y.text), cancel: () => {}});
    Object.defineProperty(window, "speechSynthesis", {value: tal});
    window.SpeechSynthesisUtterance = function (text) { this.text = text; };"""


@PHONE
@pytest.mark.parametrize("voice", ["", '{lang: "sv-SE", localService: false}', '{lang: "en-GB", localService: true}'])
def test_read_aloud_is_not_offered_without_a_voice_of_the_language_in_the_phone(
    page: Page, small: Place, voice: str
) -> None:
    page.add_init_script(VOICES % voice)
    go_to(page, small, "fraga", "sv")
    expect(page.locator("#las")).to_be_hidden()


@PHONE
def test_read_aloud_says_the_question_and_every_answer(page: Page, small: Place) -> None:
    page.add_init_script(VOICES % '{lang: "sv-SE", localService: true}')
    go_to(page, small, "fraga", "sv")
    page.locator("#las").click()
    said = page.evaluate("speechSynthesis.sagt[0]")
    assert said.startswith("Hur har du blivit bemött?")
    assert said.endswith("Vill inte svara")
    expect(page.locator("#las")).to_have_text(texter.SLUTA_LASA)


def test_the_scripts_are_small() -> None:
    from enkat.stil import SKRIPT, skript

    assert {name: len(skript(name)) <= 1500 for name in SKRIPT} == dict.fromkeys(SKRIPT, True)
