"""What the accessibility statement says of the bokslut and no tool measures: the keyboard alone, and the table of goals."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bokslut import underlag
from bokslut.sidor import bygg
from indikatorer.evaluate import evaluate

ROOT = Path(__file__).parents[2]
IN_TABLES = ("table", "row", "cell", "rowheader", "columnheader")

# Where the focus is, how it is drawn, and whether something lies on top of it.
FOKUS = """() => { const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
  const x = r.left + Math.min(r.width / 2, 40), y = Math.max(r.top, 0) / 2 + Math.min(r.bottom, innerHeight) / 2;
  const framst = document.elementFromPoint(Math.min(x, innerWidth - 1), y);
  return {vad: e.outerHTML.slice(0, 70), ram: s.outlineStyle === "none" ? 0 : parseFloat(s.outlineWidth),
          syns: r.bottom > 0 && r.top < innerHeight && !!framst && (e.contains(framst) || framst.contains(e)),
          slut: e === document.body}; }"""


@pytest.fixture(scope="module")
def plats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Umeå 2020."""
    ut = tmp_path_factory.mktemp("bokslut") / "2020"
    bygg(evaluate(underlag.las(ROOT / "config/indicators.toml", ROOT / "exempel/umea-2020")), ut)
    return ut


def tab(page: Page) -> bool:
    """Press Tab; the stop is in sight and framed. False at the end of the page."""
    page.keyboard.press("Tab")
    fokus = page.evaluate(FOKUS)
    if fokus["slut"]:
        return False
    assert fokus["ram"] >= 2, f"no frame around {fokus['vad']}"
    assert fokus["syns"], f"covered or out of sight: {fokus['vad']}"
    return True


def tab_to(page: Page, selector: str) -> None:
    while tab(page):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"Tab never reaches {selector}")


@pytest.mark.parametrize(("namn", "viewport"), [("malomrade-deltagarnytta", (360, 740)), ("index", (1280, 800))])
def test_every_stop_of_a_page_is_seen(window: Page, plats: Path, namn: str) -> None:
    window.goto((plats / f"{namn}.html").as_uri())
    stopp = 0
    while tab(window):
        stopp += 1
        assert stopp < 200, "the focus goes round and round"
    assert stopp >= 8


def test_the_first_tab_leads_past_the_menu(window: Page, plats: Path) -> None:
    window.goto((plats / "malomrade-deltagarnytta.html").as_uri())
    tab_to(window, ".hoppa")
    window.keyboard.press("Enter")
    assert tab(window)
    assert window.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("viewport", [(360, 740)])
def test_menu_explanation_table_and_chart_open_by_keyboard(window: Page, plats: Path) -> None:
    window.goto((plats / "malomrade-deltagarnytta.html").as_uri())
    for selector in (".meny summary", ".utveckla summary", ".somtabell summary"):
        window.evaluate("document.querySelector('h1').scrollIntoView()")
        tab_to(window, selector) if selector == ".meny summary" else window.locator(selector).first.focus()
        window.keyboard.press("Enter")
        assert window.evaluate("document.activeElement.parentElement.open"), selector
    window.locator(".vaxla").first.focus()
    window.keyboard.press("Enter")
    expect(window.locator(".main-svg").first).to_be_visible()


@pytest.mark.parametrize("viewport", [(360, 740), (1280, 800)])
def test_the_table_of_goals_is_read_as_a_table_on_a_phone(window: Page, plats: Path) -> None:
    window.goto((plats / "malomrade-deltagarnytta.html").as_uri())
    rader = window.locator("table.mal > * > tr").count()
    trad = window.context.new_cdp_session(window).send("Accessibility.getFullAXTree")["nodes"]
    # The tables within the rows are folded away, so this is the only one.
    roller = Counter(nod["role"]["value"] for nod in trad if not nod["ignored"] and nod["role"]["value"] in IN_TABLES)
    assert roller["table"] == 1
    assert roller["row"] == rader
    assert roller["columnheader"] == 4
    assert roller["cell"] == 3 * (rader - 1)
    assert roller["rowheader"] == window.locator("table.mal th.socialt").count()


@pytest.mark.parametrize("viewport", [(320, 640)])
@pytest.mark.parametrize("namn", ["data", "metod", "enhet-ungdomstorget", "helarspersoner"])
def test_what_can_be_tapped_is_as_large_as_the_statement_says(window: Page, plats: Path, namn: str) -> None:
    window.goto((plats / f"{namn}.html").as_uri())
    hojder = window.locator("main :is(a, button, summary):visible").evaluate_all(
        "alla => alla.map((e) => [e.textContent.trim().slice(0, 40), e.getBoundingClientRect().height])"
    )
    assert hojder
    assert [text for text, hojd in hojder if hojd < 44] == []


@pytest.mark.parametrize("viewport", [(390, 844)])
def test_the_signals_of_an_enhet_stand_by_its_own_figures_and_are_seen_on_a_phone(window: Page, plats: Path) -> None:
    window.goto((plats / "enhet-ungdomstorget.html").as_uri())
    tabell = window.locator(".rulla:has(.med-lankar)")
    assert tabell.evaluate("e => e.scrollWidth - e.clientWidth") == 0, "columns are hidden beyond the edge"
    huvud = tabell.locator("thead th").all_inner_texts()
    egna = tabell.locator("tbody .signal").evaluate_all("alla => alla.map((e) => e.closest('td').cellIndex)")
    assert len(egna) >= 15
    assert {huvud[i] for i in egna} == {"2020"}


@pytest.mark.parametrize("viewport", [(320, 640)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_statement_itself_shuts_nobody_out(
    window: Page, plats: Path, axe: Callable[[Page], list[str]], scheme: str
) -> None:
    window.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    window.goto((plats / "tillganglighet.html").as_uri())
    assert axe(window) == []
    links = window.locator("main .vidare a").all()
    assert links
    assert min(link.evaluate("e => e.getBoundingClientRect().height") for link in links) >= 44
    assert window.evaluate("document.documentElement.scrollWidth") == 320
