"""What the journeys through the survey share: a server with an open round, and a person's thumb on a page of it."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

from flask import Flask, Response
from playwright.sync_api import Page
from werkzeug.serving import make_server

from tests.enkatprov import Prov

# What an app is set to, so that "Lämna sidan snabbt" stays on this machine, and a kiosk does not keep a test waiting but
# asks for long enough to be answered on a busy one.
SETTINGS: dict[str, Any] = {"lamna_till": "/vader", "kiosk_sekunder": 2, "kiosk_varnar": 5, "antal": 400}
SIZE = {"width": 360, "height": 740}


class Place:
    """A running survey, and codes to use up."""

    def __init__(self, prov: Prov, address: str) -> None:
        self.prov, self.address, self.codes = prov, address, iter(prov.koder)


def add_weather(app: Flask) -> None:
    """Give the app the page that "Lämna sidan snabbt" leads to."""

    @app.get("/vader")
    def vader() -> Response:
        return Response("<!doctype html><html lang=sv><title>Väder</title><link rel=icon href='data:,'><h1>Väder</h1>")


def listen(app: Flask) -> Iterator[str]:
    """Serve an app on loopback from a thread; give its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


def serve(prov: Prov) -> Iterator[Place]:
    """Serve a survey."""
    add_weather(prov.app)
    for address in listen(prov.app):
        yield Place(prov, address)


def next_page(page: Page) -> AbstractContextManager[object]:
    """Do something that leads on, and wait for the page that comes: a busy machine would else be asked about the old one."""
    return page.expect_navigation(wait_until="domcontentloaded")


def press(page: Page, what: str = "nasta") -> None:
    """Press one of the buttons that lead on or back."""
    with next_page(page):
        page.locator(f'#f .knappar [name=gor][value="{what}"]').click()


def choose_language(page: Page, language: str) -> None:
    """Choose on the first page; with one language there is nothing to choose."""
    choice = page.locator(f'.spraklista [value="sprak:{language}"]')
    if choice.count():
        with next_page(page):
            choice.click()


def scan(page: Page, place: Place, language: str = "sv", code: str | None = None) -> None:
    """Scan a code and choose a language; without scripts, type it."""
    code = code or next(place.codes)
    page.goto(f"{place.address}/e#{code}")
    choose_language(page, language)
    if page.locator("#kod").count():
        page.fill("#kod", code)
        press(page, "borja")


def answer(page: Page) -> None:
    """Answer the question on the page, somehow."""
    for group in page.locator("fieldset:not(:has(fieldset))").all():
        group.locator("input").first.check()
    if page.locator("textarea, .skriv").count():
        page.locator(".inte input").check()
    press(page)


def at_the_check(page: Page) -> bool:
    """Whether this is where one looks through one's answers."""
    return page.locator("[value=skicka]").count() > 0


def to_the_check(page: Page) -> int:
    """Answer all that is asked; how many pages it took."""
    pages = 0
    while not at_the_check(page):
        answer(page)
        pages += 1
        assert pages < 40
    return pages


def hand_in(page: Page) -> None:
    """Press "Skicka" and wait for the receipt. The page sends by itself, more than once if the line is bad."""
    page.locator("[value=skicka]").click()
    page.wait_for_url("**/kvitto/**")


def back(page: Page, steps: int = 1) -> None:
    """Press the phone's own Back. It may answer with a question of its own: whether to send a form again."""
    page.evaluate("steps => { setTimeout(() => history.go(-steps), 50); }", steps)
    page.wait_for_timeout(700)
