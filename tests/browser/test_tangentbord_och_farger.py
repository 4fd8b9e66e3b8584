"""What axe cannot see: a whole questionnaire with the keyboard alone, and what is chosen in a phone's own colours."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from enkat import texter
from tests.browser.phone import SETTINGS, Place, at_the_check, next_page, serve
from tests.enkatprov import bygg

# Where the focus is: how it is drawn, and whether something lies on top of it.
FOKUS = """() => { const e = document.activeElement, syns = e.closest("label") || e, s = getComputedStyle(syns);
  const r = syns.getBoundingClientRect(), x = r.left + r.width / 2, y = Math.max(r.top + 4, Math.min(r.bottom, innerHeight) - 8);
  const framst = document.elementFromPoint(x, y);
  return {vad: e.outerHTML.slice(0, 60), ram: s.outlineStyle === "none" ? 0 : parseFloat(s.outlineWidth),
          syns: r.bottom > 0 && r.top < innerHeight && !!framst && (syns.contains(framst) || framst.contains(syns))}; }"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A questionnaire with every kind of question."""
    yield from serve(bygg(tmp_path_factory.mktemp("tangenter"), **SETTINGS))


@pytest.fixture(scope="module")
def languages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The questionnaire of the deltagare, in all languages."""
    yield from serve(bygg(tmp_path_factory.mktemp("sprak"), "deltagare", **SETTINGS))


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until it is reached; every stop on the way is seen."""
    for _ in range(40):
        page.keyboard.press("Tab")
        fokus = page.evaluate(FOKUS)
        assert fokus["ram"] >= 2, f"no frame around {fokus['vad']}"
        assert fokus["syns"], f"covered or out of sight: {fokus['vad']}"
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"Tab never reaches {selector}")


def answer_with_keys(page: Page) -> None:
    """Choose with Space, or write; then on with Enter on the button."""
    if page.locator("textarea").count():
        tab_to(page, "textarea")
        page.keyboard.type("Tack.")
    elif page.locator(".skriv").count():
        tab_to(page, ".skriv")
        page.keyboard.type("2026-02-01" if "När" in page.locator("h1").inner_text() else "12")
    else:
        for grupp in page.locator("fieldset:not(:has(fieldset))").all():
            tab_to(page, f'[name="{grupp.locator("input").first.get_attribute("name")}"]')
            page.keyboard.press("Space")
    go_on(page)


def go_on(page: Page, button: str = "nasta") -> None:
    tab_to(page, f'.knappar [value="{button}"]')
    with next_page(page):
        page.keyboard.press("Enter")


@pytest.mark.parametrize("viewport", [(360, 740), (1280, 800)])
def test_a_whole_questionnaire_by_keyboard_with_the_focus_always_in_sight(page: Page, place: Place) -> None:
    before = place.prov.antal()
    page.goto(f"{place.address}/e#{next(place.codes)}")
    go_on(page, "borja")
    go_on(page)
    pages = 0
    while not at_the_check(page):
        answer_with_keys(page)
        pages += 1
        assert pages < 12
    go_on(page, "skicka")
    page.wait_for_url("**/kvitto/**")
    expect(page.locator("h1")).to_have_text(texter.MOTTAGET_RUBRIK)
    assert place.prov.antal() == before + 1


def test_the_first_tab_offers_a_way_past_the_top_of_the_page(page: Page, place: Place) -> None:
    page.goto(f"{place.address}/e")
    page.keyboard.press("Tab")
    expect(page.locator(".hoppa")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#kod")).to_be_focused()


def test_a_language_is_chosen_and_changed_by_keyboard(page: Page, languages: Place) -> None:
    page.goto(f"{languages.address}/e#{next(languages.codes)}")
    tab_to(page, '[value="sprak:ar"]')
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    tab_to(page, ".sprak summary")
    page.keyboard.press("Enter")
    tab_to(page, '[value="sprak:uk"]')
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "uk")


def test_a_fault_is_reached_from_the_summary_by_keyboard(page: Page, place: Place) -> None:
    page.goto(f"{place.address}/e#{next(place.codes)}")
    go_on(page, "borja")
    go_on(page)
    go_on(page)
    assert page.title().startswith("Fel: ")
    tab_to(page, ".fel a")
    page.keyboard.press("Enter")
    expect(page.locator("#svar-0")).to_be_focused()


@pytest.mark.parametrize("viewport", [(360, 740)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_forced_colours_the_chosen_answer_and_the_focus_are_told_apart(
    page: Page, place: Place, scheme: str
) -> None:
    page.emulate_media(forced_colors="active", color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{place.address}/e#{next(place.codes)}")
    go_on(page, "borja")
    go_on(page)
    page.check("#svar-1")
    page.evaluate("document.activeElement.blur()")
    assert [drawn(page, nr) for nr in (0, 1)] == ["none", "solid"]
    page.locator("#svar-1").focus()
    page.keyboard.press("ArrowUp")
    assert [drawn(page, nr) for nr in (0, 1)] == ["dashed", "none"]


def drawn(page: Page, nr: int) -> str:
    """The frame around an answer."""
    style: str = page.locator("label.val").nth(nr).evaluate("e => getComputedStyle(e).outlineStyle")
    return style
