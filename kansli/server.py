"""Starts a web server and tells where to click."""

from __future__ import annotations

import socket
from pathlib import Path

import click
from werkzeug.serving import make_server

from kansli.app import create_app


def starta(mapp: Path, vard: str, port: int) -> None:
    """Serve the built site in `mapp` until interrupted.

    Raises:
        click.ClickException: the port is taken, or the host is not this machine's.
    """
    try:
        server = make_server(vard, port, create_app(mapp), threaded=True)
    except (OSError, SystemExit) as fel:
        raise click.ClickException(
            f"Det går inte att lyssna på {vard}:{port}. Prova en annan: PORT={port + 1}."
        ) from fel
    click.echo("\nBokslutet finns på:\n")
    for adress in _adresser(vard, server.port):
        click.echo(f"    {adress}")
    click.echo("\nÖppna adressen i en webbläsare. Avsluta med Ctrl+C.", nl=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("\nAvslutat.")


def _adresser(vard: str, port: int) -> list[str]:
    """Where a reader gets to it; with every interface open also from another machine on the network."""
    if vard not in ("0.0.0.0", "::"):
        return [f"http://{vard}:{port}"]
    utat = _egen_adress()
    return [f"http://127.0.0.1:{port}", *([f"http://{utat}:{port}  (telefon på samma nät)"] if utat else [])]


def _egen_adress() -> str | None:
    """This machine's address on its network. Nothing is sent: a datagram socket only chooses its way out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as uttag:
        try:
            uttag.connect(("192.0.2.1", 9))
        except OSError:
            return None
        adress: str = uttag.getsockname()[0]
    return None if adress.startswith("127.") else adress
