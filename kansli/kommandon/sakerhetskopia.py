"""`bokslut sakerhetskopiera` and `aterstall`: an instance in one file, and back. The rounds' keys are never in it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from kansli.enkat_instans import nu
from kansli.kommandon.enkat_filer import FINNS, oppna_ny

INTE_MED: Final = """Nycklarna är inte med, med flit: med dem skulle den som får tag i kopian kunna läsa svaren.
Är en omgång öppen räddas den med papperskopian. Adresslistor är inte heller med.
Det som gallras ska gallras ur kopiorna också."""


@click.command(
    "sakerhetskopiera",
    help="Kopiera instansens databas och frysta svar till en fil. Går bra medan folk svarar. Nycklarna är aldrig med.",
)
@click.argument("ut", metavar="FIL", type=click.Path(path_type=Path, dir_okay=False))
def sakerhetskopiera(ut: Path) -> None:
    """Write a backup; a file that is there is never written over."""
    from grund.sakerhetskopia import KopiaFel, skriv_kopia
    from grund.settings import las_instans

    instans = las_instans()
    if ut.resolve().is_relative_to(instans.mapp.resolve()):
        raise click.ClickException(f"Lägg kopian utanför {instans.mapp}: där försvinner den med det andra.")
    try:
        with oppna_ny(str(ut)) as strom:
            antal = skriv_kopia(strom, instans, nu())
    except KopiaFel as fel:
        raise click.ClickException(str(fel)) from None
    click.echo(f"{antal} filer ur {instans.mapp} är kopierade till {ut}.\n{INTE_MED}")


@click.command("aterstall", help="Lägg tillbaka en säkerhetskopia i en instans som är tom (BOKSLUT_INSTANS).")
@click.argument("fil", metavar="FIL", type=FINNS)
def aterstall(fil: Path) -> None:
    """Restore a backup; nothing that is there is written over."""
    from grund.db import migrera, open_db
    from grund.sakerhetskopia import KopiaFel, aterstall_kopia
    from grund.settings import las_instans

    instans = las_instans()
    try:
        antal = len(aterstall_kopia(fil, instans))
    except KopiaFel as fel:
        raise click.ClickException(str(fel)) from None
    motor = open_db(instans.databas)
    migrera(motor)
    motor.dispose()
    click.echo(f"{antal} filer är tillbaka i {instans.mapp}.")
    for rad in _utan_nyckel():
        click.echo(rad, err=True)


def _utan_nyckel() -> list[str]:
    """The open rounds whose key is not here: nobody can answer them, and they are frozen from the paper copy."""
    from enkat import store
    from kansli.enkat_instans import oppna_session

    with oppna_session() as (session, instans):
        oppna = [rad.id for rad in store.las_omgangar(session) if rad.lage == "oppen"]
        utan = [id_ for id_ in oppna if not (instans.nycklar / f"{id_}.nyckel").exists()]
    return [
        f"{id_} saknar sin nyckel. Stäng den och frys från papperskopian: bokslut enkat frys {id_} --fran-papper"
        for id_ in utan
    ]
