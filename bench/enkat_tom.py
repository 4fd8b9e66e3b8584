"""A bare Flask page under the same gunicorn as the survey: what any page costs."""

from __future__ import annotations

from flask import Flask

from bench.enkat_server import PROCESSER, TRADAR
from kansli.kommandon.enkat_starta import kor

app = Flask("tom")


@app.get("/e")
def tom() -> str:
    """The page."""
    return "<!doctype html><title>Tom</title><p>Hej."


if __name__ == "__main__":
    import socket

    uttag = socket.create_server(("127.0.0.1", 0), backlog=2048)
    print(f"http://127.0.0.1:{uttag.getsockname()[1]}", flush=True)
    kor(app, {"bind": f"fd://{uttag.detach()}", "workers": PROCESSER, "threads": TRADAR})
