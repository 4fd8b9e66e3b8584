"""The command `bokslut`. Each command imports what it needs when it runs, so that the shortest starts fast."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from kansli.kommandon.anvandare import anvandare, kansli
from kansli.kommandon.enkat_omgang import enkat
from kansli.kommandon.enkat_papper import KOMMANDON
from kansli.kommandon.inlasning import FEL, fil_indikatorer, las_in, las_publicerat, mapp_underlag, visa_fel
from kansli.kommandon.kontroll import kontrollera
from kansli.kommandon.publicering import KOMMANDON as PUBLICERING
from kansli.kommandon.redan_publicerat import mapp_publicerat
from kansli.kommandon.rojande import rojandevakt
from kansli.kommandon.sakerhetskopia import aterstall, sakerhetskopiera
from kansli.kommandon.webbplats import KOMMANDON as WEBBPLATS


@click.group(help="Från underlag till socialt bokslut.")
def main() -> None:
    """Group of all commands."""


@main.command(help="Räkna alla indikatorer och skriv resultaten.")
@fil_indikatorer
@mapp_underlag
@mapp_publicerat
@click.option("--minsta-grupp", type=click.IntRange(min=0), help="Minsta grupp som visas; 0 stänger av skyddet.")
@click.option("--forhandsvisa", is_flag=True, help="Räkna det som felen inte rör.")
@click.option("--json", "som_json", is_flag=True, help="Skriv JSON enligt kontraktet.")
def utvardera(
    indikatorer: Path,
    underlag: Path,
    publicerat: Path | None,
    minsta_grupp: int | None,
    forhandsvisa: bool,
    som_json: bool,
) -> None:
    """Evaluate; exit 2 with all faults on stderr when there are any."""
    from indikatorer.resultat import som_json as till_json
    from indikatorer.skydd.rojandevakt import skydda

    forberett = las_in(indikatorer, underlag)
    fel = forberett.fel()
    visa_fel(forberett.alla_diagnoser())
    if fel and not forhandsvisa:
        sys.exit(FEL)
    redan = las_publicerat(forberett, underlag, publicerat, minsta_grupp)
    utvardering = skydda(forberett, minsta_grupp, forhandsvisa, redan.tidigare, redan.fjol)
    if som_json:
        json.dump(till_json(utvardering), sys.stdout, ensure_ascii=False)
        click.echo()
    else:
        from kansli.kommandon.tavla import skriv_tavla

        skriv_tavla(utvardering)
    if fel:
        sys.exit(FEL)


@main.command(help="Ändra en nyckel för en indikator. Kommentarer och ordning i filen behålls.")
@fil_indikatorer
@mapp_underlag
@click.argument("indikator")
@click.argument("nyckel")
@click.argument("varde")
def andra(indikatorer: Path, underlag: Path, indikator: str, nyckel: str, varde: str) -> None:
    """Change a key; the file is written only when the change brings no new fault."""
    from indikatorer.redigera import andra

    fore = las_in(indikatorer, underlag)
    if indikator not in fore.definitioner.indikatorer:
        raise click.ClickException(f"Det finns ingen indikator ”{indikator}”.")
    nytt = andra(fore.definitioner.dok.text, indikator, nyckel, int(varde) if varde.isdecimal() else varde)
    efter = las_in(indikatorer, underlag, nytt)
    nya_fel = [d for d in efter.fel() if d not in fore.fel()]
    if nya_fel:
        visa_fel(nya_fel)
        sys.exit(FEL)
    indikatorer.write_text(nytt, "utf-8", newline="")
    click.echo(f"Före:  {fore.mening(indikator)}\nEfter: {efter.mening(indikator)}")


for kommando in KOMMANDON:
    enkat.add_command(kommando)
for kommando in (
    kontrollera,
    *WEBBPLATS,
    enkat,
    rojandevakt,
    sakerhetskopiera,
    aterstall,
    anvandare,
    kansli,
    *PUBLICERING,
):
    main.add_command(kommando)
