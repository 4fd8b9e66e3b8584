"""The command that sends letters to staff and boards."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Literal

import click

from kansli.enkat_instans import hamta, nu, oppna_session
from kansli.kommandon.enkat_filer import FEL, FINNS, har_fel, visa


@click.command("paminn", help="Skicka inbjudan eller påminnelse med e-post till alla på listan. Aldrig till deltagare.")
@click.argument("omgang_id", metavar="OMGÅNG")
@click.argument("slag", type=click.Choice(["inbjudan", "paminnelse"]))
@click.option("--lank", required=True, help="Den öppna länken, likadan för alla.")
@click.option("--forbund", required=True)
@click.option("--kontakt", required=True)
@click.option("--adresser", type=FINNS, help="CSV med kolumnen epost (och sprak) att lägga till i listan.")
@click.option("--osakra-igen", is_flag=True, help="Skicka också till dem där ingen vet om brevet kom fram.")
@click.option("--per-minut", type=click.IntRange(1, 600), default=60, show_default=True)
def paminn(
    omgang_id: str,
    slag: Literal["inbjudan", "paminnelse"],
    lank: str,
    forbund: str,
    kontakt: str,
    adresser: Path | None,
    osakra_igen: bool,
    per_minut: int,
) -> None:
    """Send a letter. The same command again sends to those who have not got it."""
    from enkat.lage import lage
    from enkat.omgang import enkat_i
    from enkat.utskick import paminnelse
    from enkat.utskick.adresslista import Adresslista, las_mottagare
    from enkat.utskick.smtp import EpostFel, las_epost
    from kansli.omgangar.utskick import innehall

    with oppna_session() as (session, instans):
        rad = hamta(session, omgang_id)
        enkat, lista = enkat_i(rad), Adresslista(instans.mapp, omgang_id)
        if lage(rad, nu()) != "oppen" or rad.stanger is None:
            borta = " Adresslistan är raderad." if lista.radera() else ""
            raise click.ClickException(f"{omgang_id} är inte öppen.{borta}")
        if paminnelse.ar_deltagarenkat(enkat):
            raise click.ClickException("Deltagare får inga brev. Påminn på plats, muntligt eller med en affisch.")
        brevet = innehall(rad, lank, forbund, kontakt)
    if adresser is not None:
        mottagare, fel = las_mottagare(adresser.as_posix(), adresser.read_bytes())
        visa(fel)
        if har_fel(fel):
            sys.exit(FEL)
        click.echo(f"{lista.lagg_till(mottagare)} nya adresser. Radera {adresser}.")
    try:
        epost = las_epost()
        utskick = paminnelse.planera(lista, enkat, slag, _i_dag())
    except (EpostFel, paminnelse.UtskickFel) as fel_:
        raise click.ClickException(str(fel_)) from None
    rapport = paminnelse.skicka(lista, utskick, brevet, epost, nu, osakra_igen, per_minut)
    click.echo(f"{rapport.skickade} skickade.")
    for adress, ord_ in rapport.nekade:
        click.echo(f"Togs inte emot: {adress}: {ord_}", err=True)
    for adress in rapport.osakra:
        click.echo(f"Kan ha kommit fram: {adress} (--osakra-igen skickar en gång till)", err=True)
    if not rapport.klar():
        raise click.ClickException(f"{rapport.kvar} är kvar. {rapport.avbrott} Kör kommandot igen.")


def _i_dag() -> date:
    from enkat.omgang import SVENSK_TID

    return nu().astimezone(SVENSK_TID).date()
