"""The demo's own server leaves what it printed in sight."""

import logging
from collections.abc import Iterator
from http.client import HTTPConnection
from threading import Thread
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from werkzeug.serving import BaseWSGIServer, make_server

from kansli.server import BaraFel


def sidor(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    """Answer with the status that the address asks for."""
    start_response(f"{environ['PATH_INFO'].removeprefix('/')} Prov", [("Content-Type", "text/plain")])
    return [b""]


@pytest.fixture
def server() -> Iterator[BaseWSGIServer]:
    server = make_server("127.0.0.1", 0, sidor, threaded=True, request_handler=BaraFel)
    trad = Thread(target=server.serve_forever)
    trad.start()
    yield server
    server.shutdown()
    trad.join()
    server.server_close()


def test_only_a_page_that_failed_is_told_of_in_the_terminal(
    server: BaseWSGIServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "werkzeug")
    for status in (200, 303, 404, 422, 500):
        koppling = HTTPConnection("127.0.0.1", server.port, timeout=10)
        koppling.request("GET", f"/{status}")
        assert koppling.getresponse().status == status
        koppling.close()
    assert [record.getMessage().rpartition("/500 ")[1] for record in caplog.records] == ["/500 "]
