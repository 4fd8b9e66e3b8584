"""Small answers from servers that the installation names: what is read, and what is refused."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from grund.hamtning import Fraga, HamtningFel, far_hamtas, hamta, hamta_json


class Svarare(BaseHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def do_GET(self) -> None:
        match self.path:
            case "/json":
                self._svara(b'{"a": 1}')
            case "/djupt":
                self._svara(b"[" * 100_000)
            case "/stort":
                self._svara(b" " * 5000)
            case "/vidare":
                self.send_response(302)
                self.send_header("Location", "/json")
                self.end_headers()
            case "/nekar":
                self._svara(b'{"error": "nej"}', 400)
            case "/droppvis":
                self.send_response(200)
                self.end_headers()
                for _ in range(50):
                    self.wfile.write(b" ")
                    time.sleep(0.05)
            case _:
                self._svara(b"", 404)

    def do_POST(self) -> None:
        self._svara(json.dumps(self.rfile.read(int(self.headers["Content-Length"])).decode()).encode())

    def _svara(self, kropp: bytes, kod: int = 200) -> None:
        self.send_response(kod)
        self.send_header("Content-Length", str(len(kropp)))
        self.end_headers()
        self.wfile.write(kropp)


class Tyst(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """One who has heard enough hangs up."""


@pytest.fixture(scope="module")
def rot() -> Iterator[str]:
    server = Tyst(("127.0.0.1", 0), Svarare)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_an_answer_is_read(rot: str) -> None:
    assert hamta_json(Fraga(f"{rot}/json")) == {"a": 1}
    assert hamta_json(Fraga(f"{rot}/json", b"x=1")) == "x=1"


@pytest.mark.parametrize(
    ("vag", "orsak", "kod"),
    [
        ("/djupt", "inte-json", None),
        ("/stort", "for-stort", None),
        ("/vidare", "nekar", 302),
        ("/finns-inte", "nekar", 404),
    ],
)
def test_what_is_no_answer_is_told_apart(rot: str, vag: str, orsak: str, kod: int | None) -> None:
    with pytest.raises(HamtningFel) as fel:
        hamta_json(Fraga(rot + vag, hogst=4000 if vag == "/stort" else 1_000_000))
    assert (fel.value.orsak, fel.value.kod) == (orsak, kod)


def test_what_is_said_with_a_refusal_is_kept(rot: str) -> None:
    with pytest.raises(HamtningFel) as fel:
        hamta(Fraga(f"{rot}/nekar"))
    assert (fel.value.kod, fel.value.innehall) == (400, {"error": "nej"})


def test_an_answer_that_trickles_is_left(rot: str) -> None:
    borjade = time.monotonic()
    with pytest.raises(HamtningFel, match="svarar-inte"):
        hamta(Fraga(f"{rot}/droppvis", sekunder=0.3))
    assert time.monotonic() - borjade < 1.5


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(HamtningFel, match="svarar-inte"):
        hamta(Fraga("http://127.0.0.1:1/"))


@pytest.mark.parametrize(
    ("adress", "far"),
    [
        ("https://exempel.se/x", True),
        ("http://localhost:80/x", True),
        ("http://[::1]/x", True),
        ("http://exempel.se/x", False),
        ("http://127.0.0.1.exempel.se/x", False),
        ("file:///x", False),
        ("https://a:b@exempel.se/", False),
        ("https://exempel.se:port/", False),
        ("https://[", False),
        ("https:///x", False),
        ("https://exämpel.se/", False),
        ("", False),
    ],
)
def test_only_addresses_nobody_listens_in_on_are_asked(adress: str, far: bool) -> None:
    assert far_hamtas(adress) is far
    if not far:
        with pytest.raises(HamtningFel, match="adress"):
            hamta(Fraga(adress))
