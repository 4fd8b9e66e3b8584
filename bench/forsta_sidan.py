"""What a phone fetches to show the first page, and what Lighthouse says of it, where Chromium and Lighthouse exist."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any, Final

from bench.matning import Matning
from bench.tabell import Rad
from bench.webbplats import build_site

HOGST_KB: Final = 60
# Long enough for whatever starts by itself when a page is idle.
VANTA_MS: Final = 3_000
POANG: Final = {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}


def mat(mapp: Path) -> Iterator[Rad]:
    """The rows of the table."""
    ut = mapp / "forsta-sidan"
    build_site(ut)
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        for vad in ("första sidan på en telefon", "Lighthouse"):
            yield Rad(vad, None, anmarkning="inte mätt: det finns ingen Chromium på PATH.")
        return
    with server(ut) as (adress, hamtat):
        _besok(chromium, adress)
        # Chromium asks for nothing but what the page names; each answer as the server packed it, headers included.
        yield Rad(
            "första sidan på en telefon, allt före första trycket",
            Matning((sum(hamtat.values()) / 1000,), "kB"),
            HOGST_KB,
            anmarkning=", ".join(f"{fil} {antal / 1000:.1f} kB" for fil, antal in hamtat.items()).replace(".", ",", 1),
        )
        yield from _lighthouse(chromium, adress)


@contextmanager
def server(ut: Path) -> Iterator[tuple[str, dict[str, int]]]:
    """The project's own server on a free port, and the bytes that it has sent, by path."""
    from werkzeug.serving import WSGIRequestHandler, make_server

    from kansli.app import create_app

    hamtat: dict[str, int] = {}

    class Tyst(WSGIRequestHandler):
        def log(self, type: str, message: str, *args: Any) -> None:
            """Nothing: the table is what is read."""

    tjanst = make_server("127.0.0.1", 0, _raknande(create_app(ut), hamtat), threaded=True, request_handler=Tyst)
    Thread(target=tjanst.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{tjanst.port}/", hamtat
    finally:
        tjanst.shutdown()


def _raknande(app: Any, hamtat: dict[str, int]) -> Callable[..., Any]:
    """A WSGI application that adds up what another one sends."""

    def svara(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterator[bytes]:
        def starta(status: str, headers: list[tuple[str, str]], *resten: Any) -> Any:
            rubriker = sum(len(namn) + len(varde) + 4 for namn, varde in headers) + len(status) + 11
            hamtat[environ["PATH_INFO"]] = hamtat.get(environ["PATH_INFO"], 0) + rubriker
            return start_response(status, headers, *resten)

        for bit in app(environ, starta):
            hamtat[environ["PATH_INFO"]] += len(bit)
            yield bit

    return svara


def _besok(chromium: str, adress: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        webblasare = p.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        telefon = webblasare.new_context(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
        sida = telefon.new_page()
        sida.goto(adress, wait_until="networkidle")
        sida.wait_for_timeout(VANTA_MS)
        webblasare.close()


def _lighthouse(chromium: str, adress: str) -> Iterator[Rad]:
    """The four scores of a mobile run. Only an installed Lighthouse is used: `make bench` downloads nothing."""
    kommando = _kommando()
    if kommando is None:
        hur = "npm install --prefix MAPP lighthouse, och LIGHTHOUSE=MAPP/node_modules/.bin/lighthouse make bench"
        yield Rad("Lighthouse", None, anmarkning=f"inte mätt: Lighthouse är inte installerat. {hur}.")
        return
    with tempfile.TemporaryDirectory() as mapp:
        fil = Path(mapp) / "svar.json"
        val = ["--quiet", "--output=json", f"--output-path={fil}", "--chrome-flags=--headless=new --no-sandbox"]
        miljo = os.environ | {"CHROME_PATH": chromium}
        svar = subprocess.run([kommando, adress, *val], env=miljo, capture_output=True, text=True, check=False)
        if not fil.is_file():
            yield Rad("Lighthouse", None, anmarkning=f"inte mätt: {svar.stderr.strip().splitlines()[-1:]}")
            return
        rapport = json.loads(fil.read_text("utf-8"))
    poang = {namn: round(100 * (rapport["categories"][namn]["score"] or 0)) for namn in POANG}
    brister = [a["id"] for a in rapport["audits"].values() if a["score"] is not None and a["score"] < 1]
    yield Rad(
        "Lighthouse, mobil",
        Matning((float(sum(max(0, lagst - poang[namn]) for namn, lagst in POANG.items())),), "poäng under målet"),
        0,
        anmarkning=f"{' / '.join(map(str, poang.values()))}, mål {' / '.join(map(str, POANG.values()))}."
        f" Under 1: {', '.join(brister) or 'inget'}.",
    )


def _kommando() -> str | None:
    return os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse")
