"""Commands about paper: cards with codes, the questionnaire, typing in; and the list of all that `enkat_cli` adds."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from kansli.enkat_instans import hamta, nu, oppna_session
from kansli.kommandon.enkat_brev import paminn
from kansli.kommandon.enkat_dorr import kiosk, lank
from kansli.kommandon.enkat_filer import FEL, FIL, FINNS, har_fel, krav_sprak, las_enkat, oppna_ny, visa
from kansli.kommandon.enkat_fritext import gallra_fritext
from kansli.kommandon.enkat_import import importera
from kansli.kommandon.enkat_starta import starta

DAG: Final = click.DateTime(formats=["%Y-%m-%d"])
RADERA: Final = "Skriv ut den och radera filen. Koderna går inte att få fram igen."
argument_omgang = click.argument("omgang_id", metavar="OMGÅNG")


@click.command("koder-pdf", help="Nya koder för en enhet som kort att klippa ut (PDF). De visas bara den här gången.")
@argument_omgang
@click.argument("enhet")
@click.argument("antal", type=click.IntRange(1, 5000))
@click.option("--adress", required=True, help="Där man svarar, som https://exempel.se/e.")
@click.option("--ut", required=True, metavar="FIL|-", help="Filen, som inte får finnas; - skriver till nästa program.")
@click.option("--sprak", multiple=True, help="Språk på kortet, det största först. Kan anges flera gånger; annars alla.")
@click.option("--reserv", is_flag=True, help="En reservbunt, som inte räknas som utdelad.")
@click.option("--tillsammans", metavar="NAMN", help="Slå ihop med andra små enheter under det här namnet.")
def koder_pdf(
    omgang_id: str,
    enhet: str,
    antal: int,
    adress: str,
    ut: str,
    sprak: tuple[str, ...],
    reserv: bool,
    tillsammans: str | None,
) -> None:
    """Make a batch and write its cards; the file is opened first, so that no codes are made that cannot be printed."""
    from enkat import nycklar, store_bunt
    from enkat.omgang import enkat_i
    from enkat.papper.kodark import ALLA_SPRAK, Kodark, skriv_kodark

    krav_sprak(sprak)
    with oppna_session() as (session, instans), oppna_ny(ut) as strom:
        rad = hamta(session, omgang_id)
        titel, hemlighet = enkat_i(rad).titel, nycklar.las_hemlighet(instans.nycklar, rad.id)
        bunt, nya = store_bunt.skapa_bunt(session, omgang_id, hemlighet, enhet, antal, reserv, tillsammans)
        skriv_kodark(strom, Kodark(adress, nya, enhet, bunt.id, titel, sprak or ALLA_SPRAK))
        click.echo(f"Bunt {bunt.id}: {antal} kort för {enhet}. {RADERA}", err=True)
        if bunt.enhet != enhet:
            click.echo(f"Svaren kommer att räknas till ”{bunt.enhet}”, aldrig till {enhet} för sig.", err=True)


@click.command("pappersenkat", help="Enkäten på papper, som HTML eller PDF efter filens ändelse.")
@click.argument("enkatfil", type=FINNS)
@click.option("--sprak", default="sv", show_default=True)
@click.option("--ut", type=FIL, required=True, help="Filen: .html går att skriva ut överallt, .pdf behöver pango.")
@click.option("--forbund", required=True)
@click.option("--kontakt", required=True, help="Vem man frågar, så som det ska stå.")
@click.option("--gallras", type=DAG, required=True, help="Sista dagen som svaren finns kvar.")
@click.option("--ombud", default="", help="Dataskyddsombudet.")
@click.option("--minsta-grupp", type=click.IntRange(min=0), default=5, show_default=True)
@click.option("--liten-grupp", is_flag=True, help="Gruppen är så liten att svaren läggs ihop med andras.")
@click.option("--retur", default="", help="Hur papperet lämnas; annars kuvert och låda.")
def pappersenkat(
    enkatfil: Path,
    sprak: str,
    ut: Path,
    forbund: str,
    kontakt: str,
    gallras: datetime,
    ombud: str,
    minsta_grupp: int,
    liten_grupp: bool,
    retur: str,
) -> None:
    """Write the printable questionnaire."""
    from enkat.papper import blankett as papper

    krav_sprak((sprak,))
    uppgifter = papper.Uppgifter(forbund, kontakt, gallras.date(), minsta_grupp, ombud, liten_grupp, retur)
    enkat = las_enkat(enkatfil)
    try:
        som_pdf = ut.suffix.casefold() == ".pdf"
        data = papper.som_pdf(enkat, sprak, uppgifter) if som_pdf else papper.som_html(enkat, sprak, uppgifter).encode()
    except papper.PangoSaknas as fel:
        raise click.ClickException(str(fel)) from None
    ut.write_bytes(data)
    click.echo(f"{ut} är klar.")


@click.command("mata-in", help="Skriv in svar på papper: --mall ger en fil att fylla i, --fil läser in den.")
@argument_omgang
@click.option("--mall", type=click.IntRange(1, 1000), metavar="ANTAL", help="Gör en mall för så många papper.")
@click.option("--fil", type=FINNS, help="Den ifyllda mallen.")
@click.option(
    "--ut", type=FIL, default=Path("inmatning.csv"), show_default=True, help="Mallens fil, som inte får finnas."
)
def mata_in(omgang_id: str, mall: int | None, fil: Path | None, ut: Path) -> None:
    """Make a template, or take in one that is filled in; nothing is stored while there is a fault."""
    from enkat import nycklar, store_bunt
    from enkat.omgang import enkat_i
    from enkat.papper import inmatning
    from enkat.papper.inmatningsmall import mall as gor_mall

    if (mall is None) == (fil is None):
        raise click.UsageError("Ange antingen --mall eller --fil.")
    with oppna_session() as (session, instans):
        rad = hamta(session, omgang_id)
        enkat, enheter = enkat_i(rad), store_bunt.las_enheter(session, omgang_id)
        if mall is not None:
            with oppna_ny(str(ut)) as strom:
                strom.write(gor_mall(enkat, mall, enheter).encode())
            click.echo(f"{ut} har {mall} rader. Enheter: {', '.join(enheter) or 'inga'}.")
            return
        assert fil is not None
        papper, fel = inmatning.las_inmatning(fil.as_posix(), fil.read_bytes(), enkat, enheter)
        visa(fel)
        if har_fel(fel):
            click.echo("Inget är inmatat. Rätta filen och kör igen.", err=True)
            sys.exit(FEL)
        hemlighet = nycklar.las_hemlighet(instans.nycklar, rad.id)
        utfall = inmatning.mata_in(session, rad, enkat, hemlighet, papper, nu())
    click.echo(f"{utfall['mottaget']} papper inmatade.")
    if utfall["redan_mottaget"]:
        click.echo(f"{utfall['redan_mottaget']} rader var redan inmatade. Är det andra papper: gör en ny mall åt dem.")
    if utfall["stangd"]:
        raise click.ClickException(
            f"{utfall['stangd']} papper togs inte emot: omgången är inte öppen. Förläng den först."
        )
    click.echo(f"Förstör papperen och radera {fil}.")


KOMMANDON: Final = (koder_pdf, pappersenkat, mata_in, paminn, importera, gallra_fritext, lank, kiosk, starta)
