"""Starts a web server and tells where to click."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click
from werkzeug.serving import WSGIRequestHandler, make_server

from kansli.app import create_app, med_kansli

if TYPE_CHECKING:
    from kansli.kommandon.demo import Oppet


class BaraFel(WSGIRequestHandler):
    """Tells only what went wrong: a line for each page would push codes, passwords and commands out of sight."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Write a line when the server itself failed."""
        if isinstance(code, str) or code >= 500:
            super().log_request(code, size)


def starta(mapp: Path, vard: str, port: int, oppet: Oppet | None = None) -> None:
    """Serve the built site in `mapp`, and the demo's rounds if there are any, until interrupted.

    Raises:
        click.ClickException: the port is taken, or the host is not this machine's.
    """
    try:
        publikt = create_app(mapp, None if oppet is None else (oppet.mottagning, oppet.installning))
        app = publikt if oppet is None else med_kansli(publikt, oppet.kansli)
        server = make_server(vard, port, app, threaded=True, request_handler=BaraFel)
    except (OSError, SystemExit) as fel:
        raise click.ClickException(
            f"Det går inte att lyssna på {vard}:{port}. Prova en annan: PORT={port + 1}."
        ) from fel
    click.echo("\nBokslutet finns på:\n")
    for adress in _adresser(vard, server.port):
        click.echo(f"    {adress}")
    if oppet is not None:
        visa_enkater(oppet, _adresser(vard, server.port)[-1])
        visa_kansli(oppet, _adresser(vard, server.port)[0])
    click.echo("\nÖppna en adress i en webbläsare. Avsluta med Ctrl+C.")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("\nAvslutat.")


def basadress(vard: str, port: int) -> str:
    """The address that a QR should hold: the one that reaches furthest."""
    return _adresser(vard, port)[-1].split()[0]


def visa_enkater(oppet: Oppet, adress: str) -> None:
    """Tell where one answers, with which codes, and how to see the answer counted."""
    click.echo(f"\nEnkäterna svarar man på här:\n\n    {adress.split()[0]}/e\n\nMed en kod ur var och en:\n")
    for titel, kod in oppet.prova:
        click.echo(f"    {kod}   {titel}")
    click.echo(f"\nFler koder, med QR att skanna: {oppet.kort[0].parent}/kort-*.pdf")
    click.echo(
        f"\nI varje enkät ligger redan {oppet.pahittade} påhittade svar, för färre än fem visas aldrig. "
        f"Med ditt blir de {oppet.pahittade + 1}.\n"
        "När du har svarat på den första, skriv det här i en annan terminal, i samma mapp:\n"
    )
    for kommando, vad in oppet.sedan:
        click.echo(f"    # {vad}\n    {kommando}")


def visa_kansli(oppet: Oppet, adress: str) -> None:
    """Tell where the staff logs in, and as whom."""
    click.echo(f"\nKansliet, där en förbundschef sköter allt detta i webbläsaren:\n\n    {adress}/kansli\n")
    for person in oppet.personer:
        click.echo(f"    {person.epost}   lösenord {person.losen}   reservkod {', '.join(person.koder)}")
    click.echo("\nVarje reservkod fungerar en gång. Personerna är påhittade och lösenorden nya vid varje start.")


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
