"""A browser for the journeys: the machine's own Chromium, held to the machine.

A test asks for `page`, and for another window by `@pytest.mark.parametrize("viewport", [(320, 640), (1280, 800)])`.
It fails when the page asks for anything outside the machine, whatever else the test looks at.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from enkat.typsnitt import MAPP

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW_TO = "Browser tests need Chromium on PATH. On Debian: sudo apt-get install chromium"
LOCAL_SCHEMES = {"about", "blob", "data", "file"}
LOCAL_HOSTS = {"127.0.0.1", "localhost"}

# Playwright already turns off the sandbox (every page here is our own). These keep Chromium from calling home.
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",  # /dev/shm is small in a container
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


expect.set_options(timeout=30_000)  # as Playwright's own: what is right comes at last on a busy machine too


def find_chromium() -> str | None:
    """Give the path of the first Chromium on PATH."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def may_install() -> bool:
    """Tell whether this is root on a Debian, as on a CI machine; anyone else decides for themselves."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_chromium() -> None:
    """Install Debian's Chromium. When that fails, the words of apt-get are in the test's captured output."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", "-q", *step], env=environment, check=False)


@pytest.fixture(scope="session")
def chromium() -> str:
    if not find_chromium() and may_install():
        install_chromium()
    if path := find_chromium():
        return path
    if os.environ.get("CI") == "true":
        pytest.fail(HOW_TO)  # a skip there would be a green tick that nobody earned
    pytest.skip(HOW_TO)


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Fonts for every script of the survey, as a phone has them: the machine's own, and those that come with us."""
    fil = tmp_path_factory.mktemp("typsnitt") / "fonts.conf"
    fil.write_text(
        '<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>{MAPP}</dir><cachedir>{fil.parent}</cachedir></fontconfig>",
        "utf-8",
    )
    return str(fil)


@pytest.fixture(scope="session")
def browser(chromium: str, fonts: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        environment = {**os.environ, "FONTCONFIG_FILE": fonts}
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS, env=environment)
        yield browser
        browser.close()


class Guard:
    """Notes every address that a browser context asks for, and stops what would leave the machine."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    @staticmethod
    def is_foreign(url: str) -> bool:
        """Tell what would leave the machine from a file, the test server and what lies in the page itself."""
        parts = urlsplit(url)
        return parts.scheme not in LOCAL_SCHEMES and parts.hostname not in LOCAL_HOSTS

    @property
    def strayed(self) -> list[str]:
        """What should never have been asked for."""
        return list(filter(self.is_foreign, self.asked))

    def watch(self, context: BrowserContext) -> None:
        """Begin. Sockets are noted when they are stopped, since Playwright does not count them as requests."""
        context.on("request", lambda request: self.asked.append(request.url))
        context.route(self.is_foreign, lambda route: route.abort())
        context.route_web_socket(self.is_foreign, lambda socket: self.asked.append(socket.url))


@pytest.fixture
def guard() -> Iterator[Guard]:
    guard = Guard()
    yield guard
    assert guard.strayed == [], "the page asked for something outside the machine"


@pytest.fixture
def viewport() -> tuple[int, int]:
    return 1280, 800


@pytest.fixture
def page(browser: Browser, guard: Guard, viewport: tuple[int, int]) -> Iterator[Page]:
    width, height = viewport
    with browser.new_context(
        viewport={"width": width, "height": height}, locale="sv-SE", reduced_motion="reduce", service_workers="block"
    ) as context:
        guard.watch(context)
        yield context.new_page()


@pytest.fixture(scope="session")
def sole_window(browser: Browser) -> Iterator[tuple[Page, Guard]]:
    with browser.new_context(locale="sv-SE", reduced_motion="reduce", service_workers="block") as context:
        guard = Guard()
        guard.watch(context)
        yield context.new_page(), guard


@pytest.fixture
def window(sole_window: tuple[Page, Guard], viewport: tuple[int, int]) -> Iterator[Page]:
    """The same window for every test that only looks: to open one costs more than to look. `page` is a new one."""
    page, guard = sole_window
    guard.asked.clear()
    page.set_viewport_size({"width": viewport[0], "height": viewport[1]})
    page.emulate_media(media="screen", color_scheme="light", forced_colors="none")
    yield page
    assert guard.strayed == [], "the page asked for something outside the machine"


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Give a function that lists what axe-core finds wrong with a page: "rule (impact): where, where"."""

    script = Axe().axe_script

    def find_violations(page: Page) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(script)
        violations = page.evaluate("axe.run({resultTypes: ['violations']}).then(r => r.violations)")
        return [f"{v['id']} ({v['impact']}): {', '.join(str(n['target']) for n in v['nodes'])}" for v in violations]

    return find_violations
