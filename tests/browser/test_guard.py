"""The guards are themselves able to fail."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Guard
from tests.browser.lasare import shut_out

SOUND = '<!doctype html><html lang="sv"><title>Prov</title><main><h1>Prov</h1></main>'


ASKS = {
    "image": '<img src="http://example.org/a.png" alt="">',
    "style": '<link rel="stylesheet" href="https://example.org/a.css">',
    "fetch": "<script>fetch('https://example.org/svar').catch(() => {})</script>",
    "beacon": "<script>navigator.sendBeacon('https://example.org/svar')</script>",
    "socket": "<script>new WebSocket('wss://example.org/svar')</script>",
}


@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)
def test_a_request_that_leaves_the_machine_is_seen(page: Page, guard, ask: str) -> None:
    page.set_content(SOUND + ask)
    for _ in range(100):
        if guard.strayed:
            break
        page.wait_for_timeout(20)  # a script's request may come after the page has loaded
    assert [urlsplit(url).hostname for url in guard.strayed] == ["example.org"]
    guard.asked.clear()


def test_the_window_that_many_share_is_guarded_too(window: Page, sole_window: tuple[Page, Guard]) -> None:
    guard = sole_window[1]
    with window.expect_event("requestfailed"):
        window.set_content(SOUND + ASKS["image"])
    assert [urlsplit(url).hostname for url in guard.strayed] == ["example.org"]
    guard.asked.clear()


FAULTS = {
    "40 px is too small to touch": "<button style='height: 40px'>Visa alla</button>",
    "900 px do not fit in 390": "<p style='width: 900px; margin: -8px'>Brett",
    "color-contrast (serious)": "<p style='color: #bbb'>Svagt",
    "dark, wide: color-contrast (serious)": (
        "<style>@media (prefers-color-scheme: dark) and (min-width: 60em) { p { color: #eee } }</style><p>Ljust"
    ),
}


@pytest.mark.parametrize(("told", "fault"), FAULTS.items())
def test_what_shuts_a_reader_out_is_told(
    window: Page, axe: Callable[[Page], list[str]], tmp_path: Path, told: str, fault: str
) -> None:
    (tmp_path / "a.html").write_text(SOUND.replace("</main>", f"{fault}</main>"))
    assert any(line.startswith(told) for line in shut_out(window, tmp_path / "a.html", axe))


def test_a_sound_page_shuts_nobody_out(window: Page, axe: Callable[[Page], list[str]], tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(SOUND)
    assert shut_out(window, tmp_path / "a.html", axe) == []


def test_a_file_that_asks_for_its_neighbours_passes(page: Page, guard, tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("h1 { color: black }")
    (tmp_path / "a.html").write_text(SOUND + '<link rel="stylesheet" href="a.css"><img src="data:," alt="">')
    page.goto((tmp_path / "a.html").as_uri())
    assert any(url.endswith("/a.css") for url in guard.asked)
    assert guard.strayed == []


def test_axe_finds_what_is_wrong_and_only_that(page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.set_content(SOUND)
    assert axe(page) == []
    page.set_content(SOUND.replace(' lang="sv"', ""))
    assert [line.split()[0] for line in axe(page)] == ["html-has-lang"]


@pytest.mark.parametrize("viewport", [(320, 640), (768, 1024)])
def test_the_window_has_the_size_asked_for(page: Page, viewport: tuple[int, int]) -> None:
    assert page.evaluate("[innerWidth, innerHeight]") == list(viewport)
