"""`bokslut anvandare` and `bokslut kansli`: the first person in, and the staff's pages on a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kansli.enkat_instans import nu, oppna_session
from kansli.roller import Roll

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from flask import Flask

    from kansli.konto.leverantor import Leverantor


@click.command(help="Skapa ett konto i kansliet och visa länken där personen väljer lösenord. Så kommer den första in.")
@click.option("--epost", required=True, metavar="ADRESS", help="Personen loggar in med den.")
@click.option("--namn", required=True)
@click.option("--roll", type=click.Choice([r.value for r in Roll]), default=Roll.FORBUNDSCHEF.value, show_default=True)
@click.option("--adress", default="http://127.0.0.1:8090", show_default=True, help="Där kansliet nås, till länken.")
def anvandare(epost: str, namn: str, roll: str, adress: str) -> None:
    """Make an account; the password is chosen by its owner, behind a link that works once."""
    from kansli.konto import store as store_konto

    if "@" not in epost.strip()[1:-1] or not namn.strip():
        raise click.ClickException(f"”{epost}” är ingen e-postadress, eller så saknas namnet.")
    with oppna_session() as (session, _):
        try:
            konto, token = store_konto.skapa(session, nu(), None, epost, namn, roll)
        except store_konto.FinnsRedan:
            raise click.ClickException(
                f"Det finns redan ett konto för {epost}. Har personen glömt lösenordet: använd ”Jag har glömt mitt"
                " lösenord” på inloggningssidan, eller ge ett nytt konto rollen förbundschef."
            ) from None
        click.echo(
            f"{konto.namn} har ett konto. Lämna över länken så att ingen annan ser den; den gäller i sju dagar:\n"
        )
        click.echo(f"    {adress.rstrip('/')}/kansli/inbjudan/{token}")


@click.command(help="Visa kansliets sidor på /kansli tills kommandot avbryts (Ctrl+C eller SIGTERM).")
@click.option("--vard", default="127.0.0.1", show_default=True, help="Adressen att lyssna på.")
@click.option("--port", type=click.IntRange(0, 65535), default=8090, show_default=True, help="0 tar en ledig.")
@click.option("--processer", type=click.IntRange(1, 64), default=1, show_default=True)
@click.option("--tradar", type=click.IntRange(1, 64), default=4, show_default=True, help="Per process.")
@click.option("--proxyer", type=click.IntRange(0, 5), default=0, show_default=True, help="Egna servrar framför.")
def kansli(vard: str, port: int, processer: int, tradar: int, proxyer: int) -> None:
    """Serve the staff's pages, apart from the survey: another process, other cookies, another address if one likes."""
    from kansli.enkat_server import ServerFel
    from kansli.kommandon.enkat_starta import kor, lyssna

    uttag = lyssna(vard, port)
    try:
        app = skapa_app(proxyer)
    except ServerFel as fel:
        uttag.close()
        raise click.ClickException(str(fel)) from None
    namn = f"[{vard}]" if ":" in vard else vard
    click.echo(f"Kansliet finns på http://{namn}:{uttag.getsockname()[1]}/kansli. Avsluta med Ctrl+C.")
    kor(app, {"bind": f"fd://{uttag.detach()}", "workers": processer, "threads": tradar})


def _leverantorer(mapp: Path) -> Mapping[str, Leverantor]:
    """The identity providers of the instance."""
    from indikatorer.diagnos import UnderlagFel
    from kansli.enkat_server import ServerFel
    from kansli.konto.leverantor import FIL, las_leverantorer

    try:
        return las_leverantorer(mapp)
    except UnderlagFel as fel:
        raise ServerFel(str(fel)) from None
    except (OSError, UnicodeError) as fel:
        raise ServerFel(f"En fil som {mapp / FIL} nämner går inte att läsa: {fel}") from None


def skapa_app(proxyer: int = 0) -> Flask:
    """The staff's application of the environment's instance, also for another WSGI server.

    Raises:
        ServerFel: the instance, its enkat.toml, its oidc.toml or its database is missing, faulty or not ready.
    """
    from werkzeug.middleware.proxy_fix import ProxyFix

    from enkat.utskick.smtp import EpostFel, las_epost
    from grund.settings import las_hemlighet, las_instans
    from kansli.arbetsmapp import Arbetsmapp
    from kansli.enkat_server import databas_i, installning_i
    from kansli.kanslirum import Kanslirum, skapa_kansli

    instans = las_instans()
    installning, motor = installning_i(instans), databas_i(instans)
    try:
        epost = las_epost()
    except EpostFel:
        epost = None  # links are then shown to the one who invites
    hemlighet, mapp = las_hemlighet(instans.hemlighet), Arbetsmapp(instans.mapp)
    app = skapa_kansli(motor, Kanslirum(hemlighet, installning.forbund, mapp, epost, _leverantorer(instans.mapp)))
    if proxyer:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxyer, x_proto=proxyer)  # type: ignore[method-assign]
    return app
