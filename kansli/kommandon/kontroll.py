"""The command that checks everything that a year is made of, and mends what is safe to mend."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kansli.kommandon.inlasning import FEL, bara_fel, fil_indikatorer, las_in, mapp_underlag, visa_fel
from kansli.kommandon.redan_publicerat import mapp_publicerat

if TYPE_CHECKING:
    from indikatorer.diagnos import Diagnos
    from indikatorer.forberedelse import Forberett


@click.command(help="Granska indikatorer och underlag utan att räkna. Visar alla fel på en gång.")
@fil_indikatorer
@mapp_underlag
@mapp_publicerat
@click.option("--ratta", is_flag=True, help="Utför de rättelser som är säkra, och granska igen.")
@click.option(
    "--enkater",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Mappen med enkäter; annars mappen enkater bredvid filen med indikatorer, om den finns.",
)
def kontrollera(indikatorer: Path, underlag: Path, publicerat: Path | None, ratta: bool, enkater: Path | None) -> None:
    """Check; exit 2 when there are faults."""
    from kansli.kommandon.enkat_kontroll import beskriv_enkater, mapp_for

    mapp = mapp_for(indikatorer, enkater)
    forberett, diagnoser = _granska(indikatorer, underlag, publicerat, mapp)
    if ratta:
        from bokslut.underlag import ratta_filer

        for fil, antal in ratta_filer(bara_fel(diagnoser)).items():
            click.echo(f"{fil}: {antal} rättade", err=True)
        forberett, diagnoser = _granska(indikatorer, underlag, publicerat, mapp)
    visa_fel(diagnoser, med_rader=True)
    if fel := bara_fel(diagnoser):
        click.echo(f"{len({str(d) for d in fel})} fel.", err=True)
        sys.exit(FEL)
    antal = len(forberett.definitioner.giltiga(forberett.ar))
    click.echo(f"Allt stämmer: {antal} indikatorer och {len(forberett.underlag.kallor)} källor för {forberett.ar}.")
    for rad in beskriv_enkater(mapp):
        click.echo(rad)


def _granska(
    indikatorer: Path, underlag: Path, publicerat: Path | None, enkater: Path | None
) -> tuple[Forberett, list[Diagnos]]:
    """Indicators and underlag, and the faults and warnings of them, of the questionnaires and of the texts."""
    from kansli.kommandon.enkat_kontroll import prova_enkater
    from kansli.kommandon.text_kontroll import prova_texter

    forberett = las_in(indikatorer, underlag)
    annat = [*prova_enkater(enkater, forberett), *prova_texter(underlag, forberett, publicerat)]
    return forberett, [*forberett.alla_diagnoser(), *annat]
