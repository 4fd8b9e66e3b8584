"""The command that disposes of free text, and what `status` says of it: it has a day of its own to be gone on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kansli.enkat_instans import hamta, oppna_session

if TYPE_CHECKING:
    from datetime import date

    from enkat.models import Omgang


@click.command("gallra-fritext", help="Gallra fritexten i en fryst omgång. De andra svaren rörs inte.")
@click.argument("omgang_id", metavar="OMGÅNG")
@click.option(
    "--ut", type=click.Path(path_type=Path, file_okay=False), help="Underlagets mapp; annars instansens frysta/PERIOD."
)
@click.confirmation_option(prompt="Går inte att ångra. Gallra?")
def gallra_fritext(omgang_id: str, ut: Path | None) -> None:
    """Dispose of the texts."""
    from enkat.frysning import gallring
    from enkat.omgang import enkat_i

    with oppna_session() as (session, instans):
        rad = hamta(session, omgang_id)
        mapp = ut or instans.mapp / "frysta" / rad.period
        if not gallring.gallra_fritext(mapp, rad.id, enkat_i(rad).kalla):
            raise click.ClickException(f"Det finns ingen fritext från {omgang_id} i {mapp}.")
        click.echo(f"Fritexten i {omgang_id} är borta. De andra svaren är kvar.")


def fritext_i_ord(mapp: Path, rad: Omgang, idag: date) -> str:
    """What is frozen of free text, and by when it shall be gone; "" when there is none."""
    from enkat import fritext
    from enkat.frysning import fryst_mapp
    from enkat.omgang import enkat_i

    uppgift = fryst_mapp.las_manifest(mapp).get(fritext.kalla(enkat_i(rad).kalla))
    if uppgift is None or uppgift["omgang"] != rad.id or "gallrad" in uppgift:
        return ""
    antal = "1 text" if uppgift["texter"] == 1 else f"{uppgift['texter']} texter"
    if uppgift["gallras"] < idag.isoformat():
        return f"{antal} skulle ha gallrats {uppgift['gallras']}. Kör bokslut enkat gallra-fritext {rad.id}."
    return f"{antal} i {fritext.fil(rad.enkat_id)}, som gallras senast {uppgift['gallras']}."
