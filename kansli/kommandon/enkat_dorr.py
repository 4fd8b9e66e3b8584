"""Commands that give the address of an open link or of a kiosk, with its QR to put on a wall."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from kansli.enkat_instans import hamta, oppna_session
from kansli.kommandon.enkat_filer import oppna_ny

if TYPE_CHECKING:
    from enkat.biljett import Ingang

argument_omgang = click.argument("omgang_id", metavar="OMGÅNG")
val_adress = click.option("--adress", required=True, help="Där man svarar, som https://exempel.se/e.")
val_enhet = click.option("--enhet", help="Svaren räknas till den här enheten; annars frågas var och en.")
val_ut = click.option(
    "--ut", metavar="FIL", help="En affisch med QR (.pdf) eller bara QR (.png). Filen får inte finnas."
)
val_avsandare = click.option("--avsandare", default="", help="Vem som frågar, så som det ska stå på affischen.")


@click.command("lank", help="Adressen till en öppen länk: var och en som har den kan svara, utan kod.")
@argument_omgang
@val_adress
@val_enhet
@val_ut
@val_avsandare
def lank(omgang_id: str, adress: str, enhet: str | None, ut: str | None, avsandare: str) -> None:
    """Give the address of an open link."""
    _ge_adress(omgang_id, adress, "lank", enhet, med_kod=False, ut=ut, avsandare=avsandare)
    click.echo(
        "Ingen kod krävs, så samma person kan svara flera gånger. Dela den bara med dem som ska svara.", err=True
    )


@click.command("kiosk", help="Adressen till en kiosk: en surfplatta i receptionen, som tömmer sig efter varje person.")
@argument_omgang
@val_adress
@val_enhet
@click.option("--med-kod", is_flag=True, help="Var och en skriver en kod, så att ingen svarar två gånger.")
@val_ut
@val_avsandare
def kiosk(omgang_id: str, adress: str, enhet: str | None, med_kod: bool, ut: str | None, avsandare: str) -> None:
    """Give the address of a kiosk."""
    if med_kod and enhet is not None:
        raise click.UsageError("En kod vet redan sin enhet. Ange antingen --enhet eller --med-kod.")
    _ge_adress(omgang_id, adress, "kiosk", enhet, med_kod, ut, avsandare)
    click.echo("Öppna adressen på surfplattan, i helskärm. Den står kvar tills omgången stänger.", err=True)


def _ge_adress(
    omgang_id: str, adress: str, slag: Ingang, enhet: str | None, med_kod: bool, ut: str | None, avsandare: str
) -> None:
    from enkat import store_bunt
    from enkat.biljett import Dorr
    from enkat.omgang import enkat_i
    from kansli.omgangar.dorr import fel_i_adress, fel_i_enhet, skriv_adress

    if fel := fel_i_adress(adress):
        raise click.ClickException(fel)
    with oppna_session() as (session, instans):
        rad = hamta(session, omgang_id)
        if fel := fel_i_enhet(enhet, store_bunt.las_enheter(session, rad.id)):
            raise click.ClickException(fel)
        hela = skriv_adress(instans.nycklar, rad.id, adress, Dorr(slag, enhet, med_kod))
        if ut is not None:
            _skriv_qr(ut, hela, enkat_i(rad).titel, avsandare)
    click.echo(hela)


def _skriv_qr(ut: str, adress: str, titel: str, avsandare: str) -> None:
    from enkat.papper.affisch import Affisch, skriv_affisch, som_png

    slag = PurePath(ut).suffix.casefold()
    if slag not in (".pdf", ".png"):
        raise click.ClickException(f"{ut} ska sluta på .pdf (en affisch) eller .png (bara QR).")
    with oppna_ny(ut) as strom:
        if slag == ".pdf":
            skriv_affisch(strom, Affisch(adress, titel, avsandare))
        else:
            strom.write(som_png(adress))
    click.echo(f"{ut} är klar.", err=True)
