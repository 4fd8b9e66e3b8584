"""`bokslut enkat starta`: the survey under gunicorn, with no log of who came."""

from __future__ import annotations

import errno
import gc
import socket
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from flask import Flask

TIDSGRANS: Final = 30
ORSAKER: Final = {
    errno.EADDRINUSE: "porten är upptagen. Prova en annan med --port",
    errno.EACCES: "en port under 1024 kräver rättigheter. Prova --port 8080, med en webbserver framför",
}
# What holds whatever the environment says. No access log: it would tell who came when, down to the second.
ALLTID: Final[dict[str, Any]] = {
    "accesslog": None,
    "control_socket_disable": True,
    "forwarded_allow_ips": "",  # whom to believe about who asks is said by --proxyer, in one place
    "graceful_timeout": TIDSGRANS,
    "keepalive": 5,
    "loglevel": "warning",
    "preload_app": True,
    "syslog": False,
    "timeout": TIDSGRANS,
    "worker_class": "gthread",
}


@click.command(help="Låt folk svara: visa instansens omgångar på /e tills kommandot avbryts (Ctrl+C eller SIGTERM).")
@click.option("--vard", default="127.0.0.1", show_default=True, help="Adressen att lyssna på.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0 tar en ledig.")
@click.option("--processer", type=click.IntRange(1, 64), default=2, show_default=True, help="En per kärna räcker.")
@click.option("--tradar", type=click.IntRange(1, 64), default=4, show_default=True, help="Per process.")
@click.option(
    "--proxyer",
    type=click.IntRange(0, 5),
    default=0,
    show_default=True,
    help="Hur många egna servrar som står framför och säger vem som frågar (X-Forwarded-For, X-Forwarded-Proto).",
)
def starta(vard: str, port: int, processer: int, tradar: int, proxyer: int) -> None:
    """Serve the instance's rounds until told to stop; what is being handed in then is taken first."""
    from kansli.enkat_server import ServerFel, skapa_app

    uttag = lyssna(vard, port)
    try:
        app = skapa_app(proxyer)
    except ServerFel as fel:
        uttag.close()
        raise click.ClickException(str(fel)) from None
    namn = f"[{vard}]" if ":" in vard else vard
    click.echo(f"Man svarar på http://{namn}:{uttag.getsockname()[1]}/e. Avsluta med Ctrl+C.")
    kor(app, {"bind": f"fd://{uttag.detach()}", "workers": processer, "threads": tradar})


def lyssna(vard: str, port: int) -> socket.socket:
    """A socket at the address, taken before anything else is tried."""
    try:
        familj = socket.getaddrinfo(vard, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
        return socket.create_server((vard, port), family=familj, backlog=2048)
    except OSError as fel:
        orsak = ORSAKER.get(fel.errno or 0, "adressen är inte den här datorns")
        raise click.ClickException(f"Det går inte att lyssna på {vard}:{port}: {orsak}.") from None


def kor(app: Flask, val: dict[str, Any]) -> None:
    """Run gunicorn with these settings, and none from files or the environment. Does not return."""
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for namn, varde in (ALLTID | val).items():
                self.cfg.set(namn, varde)

        def load(self) -> Flask:
            return app

    gc.collect()
    gc.freeze()  # the collector leaves alone what the workers share, so that they go on sharing it
    Server().run()
