"""`bokslut enkat`: a round of a survey from questionnaire to frozen set, and on to its disposal."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kansli.enkat_instans import dagens_slut, hamta, nu, oppna_session, svensk, visa_tid

if TYPE_CHECKING:
    from enkat.models import Omgang
    from enkat.nycklar import Privat
    from grund.settings import Instans

TID: Final = click.DateTime(formats=["%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"])
SPARA_PAPPER: Final = """Skriv ut den här sidan, eller skriv av grupperna för hand.
Lägg papperet i ett förseglat kuvert i kassaskåpet. Med det, och bara med det, kan svaren räddas om nyckelfilen
går förlorad. Förstör papperet när omgången är fryst."""

argument_omgang = click.argument("omgang_id", metavar="OMGÅNG")
val_ut = click.option(
    "--ut", type=click.Path(path_type=Path, file_okay=False), help="Underlagets mapp; annars instansens frysta/PERIOD."
)
argument_bunt = click.argument("bunt_id", metavar="BUNT")


@click.group(name="enkat", help="Enkätomgångar: skapa, öppna, skriv ut koder, stäng och frys.")
def enkat() -> None:
    """Group of the commands about rounds."""


@enkat.command(
    help="Skapa en omgång som utkast, från en enkätfil (config/enkater/….toml) eller från en tidigare omgång."
)
@click.argument("kalla", metavar="FIL|OMGÅNG")
@click.option("--period", required=True, help="Året eller halvåret, så som det ska stå i bokslutet.")
@click.option(
    "--minsta-grupp", type=click.IntRange(min=0), default=5, show_default=True, help="Minsta grupp som visas."
)
@click.option("--population-antal", type=click.IntRange(min=0), help="Hur många populationen är.")
@click.option("--utdelade", type=click.IntRange(min=0), help="Hur många som får enkäten, när det inte är koder.")
@click.option("--prov", is_flag=True, help="En provomgång: svaren blir aldrig underlag.")
def skapa(
    kalla: str, period: str, minsta_grupp: int, population_antal: int | None, utdelade: int | None, prov: bool
) -> None:
    """Make a round."""
    from enkat import omgang, store

    with oppna_session() as (session, instans):
        forra = store.las_omgang(session, kalla)
        if forra is not None:
            ny = omgang.kopiera(session, instans.nycklar, forra, period, prov)
        else:
            val = {"minsta_grupp": minsta_grupp, "population_antal": population_antal, "utdelade": utdelade}
            fil = Path(kalla)
            if not fil.is_file():
                raise click.ClickException(f"Det finns varken en fil eller en omgång som heter ”{kalla}”.")
            ny = omgang.skapa(session, instans.nycklar, fil.name, fil.read_bytes(), period, provomgang=prov, **val)  # type: ignore[arg-type]
        click.echo(f"Skapade {ny.id}. Nästa steg: bokslut enkat koder {ny.id} ENHET ANTAL")


@enkat.command(help="Öppna ett utkast: enkäten låses och omgångens nyckel skapas. Papperskopian visas en gång.")
@argument_omgang
@click.option("--stanger", type=TID, required=True, help="Sista dagen, eller dag och klockslag.")
@click.option("--oppnar", type=TID, help="Första dagen; annars nu.")
@click.option("--losenfras", is_flag=True, help="Lägg nyckeln under en lösenfras, som behövs när omgången fryses.")
def oppna(omgang_id: str, stanger: datetime, oppnar: datetime | None, losenfras: bool) -> None:
    """Open a round."""
    from enkat import omgang

    fras = click.prompt("Lösenfras", hide_input=True, confirmation_prompt="En gång till") if losenfras else None
    with oppna_session() as (session, instans):
        rad = hamta(session, omgang_id)
        fran = nu() if oppnar is None else svensk(oppnar)
        oppnad = omgang.oppna(session, instans.nycklar, rad, fran, dagens_slut(stanger), fras)
        click.echo(f"{oppnad.omgang.id} är öppnad och stänger {visa_tid(oppnad.omgang.stanger)}.\n")
        _visa_papper(oppnad.omgang, oppnad.papper)


@enkat.command(help="Skriv ut nya koder för en enhet, en per rad. De visas bara den här gången.")
@argument_omgang
@click.argument("enhet")
@click.argument("antal", type=click.IntRange(1, 5000))
@click.option("--tillsammans", metavar="NAMN", help="Slå ihop med andra små enheter under det här namnet.")
def koder(omgang_id: str, enhet: str, antal: int, tillsammans: str | None) -> None:
    """Print a batch."""
    _skriv_koder(omgang_id, enhet, antal, reserv=False, tillsammans=tillsammans)


@enkat.command(
    help="Skriv ut reservkoder för en enhet: de räknas som utdelade först när du säger hur många som gick åt."
)
@argument_omgang
@click.argument("enhet")
@click.argument("antal", type=click.IntRange(1, 500))
def reserv(omgang_id: str, enhet: str, antal: int) -> None:
    """Print a reserve batch."""
    _skriv_koder(omgang_id, enhet, antal, reserv=True, tillsammans=None)


@enkat.command(help="Makulera koder som ligger framför dig, eller allt oanvänt i en bunt (--bunt).")
@argument_omgang
@click.argument("kod", nargs=-1)
@click.option("--bunt", "bunt_id", help="Makulera allt som är oanvänt i bunten.")
def makulera(omgang_id: str, kod: tuple[str, ...], bunt_id: str | None) -> None:
    """Void codes. They are asked for when none is given, so that they need not stand in the shell's history."""
    from enkat import nycklar, store_bunt
    from kansli.omgangar.makulering import las_koder

    with oppna_session() as (session, instans):
        rad = hamta(session, omgang_id)
        if bunt_id is not None:
            antal = store_bunt.makulera_bunt(session, bunt_id)
        else:
            hemlighet = nycklar.las_hemlighet(instans.nycklar, rad.id)
            lasta = las_koder(kod or [click.prompt("Kod", hide_input=True)], hemlighet)
            antal = store_bunt.makulera(session, hemlighet, lasta)
        click.echo(f"Makulerade {antal}. Koder som redan var använda eller makulerade räknas inte.")


@enkat.command(help="Säg hur många koder i en bunt som delades ut.")
@argument_bunt
@click.argument("antal", type=click.IntRange(min=0))
def utdelade(bunt_id: str, antal: int) -> None:
    """State how many were handed out."""
    from enkat import store_bunt

    with oppna_session() as (session, _):
        store_bunt.ange_utdelade(session, bunt_id, antal)


@enkat.command(help="Stäng senare än det var sagt.")
@argument_omgang
@click.option("--stanger", type=TID, required=True, help="Nya sista dagen, eller dag och klockslag.")
def forlang(omgang_id: str, stanger: datetime) -> None:
    """Extend a round."""
    from enkat import omgang

    with oppna_session() as (session, _):
        omgang.forlang(session, hamta(session, omgang_id), dagens_slut(stanger), nu())
        click.echo(f"{omgang_id} stänger {visa_tid(dagens_slut(stanger))}.")


@enkat.command(help="Stäng nu. Sidor som redan är öppna tas emot en timme till.")
@argument_omgang
def stang(omgang_id: str) -> None:
    """Close a round."""
    from enkat import omgang
    from enkat.lage import sista

    with oppna_session() as (session, instans):
        omgang.stang(session, hamta(session, omgang_id), nu())
        _radera_adresser(instans, omgang_id)
        click.echo(f"{omgang_id} är stängd. Den kan frysas {visa_tid(sista(hamta(session, omgang_id)))}.")


@enkat.command(
    help="Öppna kuverten, skriv det frysta underlaget, förstör kuvert, koder och nyckel. Går inte att ångra."
)
@argument_omgang
@val_ut
@click.option("--fran-papper", is_flag=True, help="Skriv in nyckeln från papperskopian.")
@click.option("--godta-trasiga", type=click.IntRange(min=0), default=0, help="Så många kuvert får vara oläsliga.")
def frys(omgang_id: str, ut: Path | None, fran_papper: bool, godta_trasiga: int) -> None:
    """Freeze a round; one that is frozen is only cleaned up after."""
    from enkat.frysning import frys as frysning

    with oppna_session() as (session, instans):
        rad = hamta(session, omgang_id)
        if rad.lage == "fryst":
            stadat = frysning.forstor_spar(session, instans.nycklar, rad.id)
        else:
            mapp = ut or instans.mapp / "frysta" / rad.period
            frysning.krav_stangd(rad, nu())
            _radera_adresser(instans, omgang_id)  # a round that closed by the clock had nobody to do it
            privat = _fraga_nyckel(instans, rad, fran_papper)
            fryst = frysning.frys(session, instans.nycklar, rad, privat, mapp, nu(), godta_trasiga)
            stadat = fryst.stadat
            click.echo(f"{fryst.svar} svar i källan ”{fryst.kalla}” i {mapp}. Kuvert, koder och nyckel är förstörda.")
            if fryst.texter is not None:
                fil = f"fritext-{rad.enkat_id}.csv"
                click.echo(f"{fryst.texter} fritexter i {fil}, skilda från svaren. De ska gallras för sig: se status.")
            click.echo("Förstör också papperskopian, och rensa säkerhetskopior av nyckelmappen om det finns några.")
        if not stadat:
            click.echo("Någon hade databasen öppen. Kör kommandot igen, så att den städas.", err=True)


@enkat.command(help="Visa omgångarna. Medan en är öppen: svar i steg om fem, en gång om dagen.")
@click.argument("omgang_id", metavar="[OMGÅNG]", required=False)
def status(omgang_id: str | None) -> None:
    """Show rounds."""
    from enkat import store
    from enkat.lage import LAGE_I_ORD, lage
    from enkat.omgang import SVENSK_TID
    from enkat.store_svarslage import las_svarslage
    from kansli.kommandon.enkat_fritext import fritext_i_ord

    with oppna_session() as (session, instans):
        for rad in [hamta(session, omgang_id)] if omgang_id else store.las_omgangar(session):
            laget = lage(rad, nu())
            slutar = f" (stänger {visa_tid(rad.stanger)})" if laget in ("vantar", "oppen") else ""
            click.echo(f"{rad.id} {LAGE_I_ORD[laget]}{slutar}{', provomgång' if rad.provomgang else ''}")
            if laget in ("oppen", "nad", "stangd"):
                for v in las_svarslage(session, rad, nu().astimezone(SVENSK_TID).date()):
                    click.echo(f"  {v.enhet or 'Alla'}: minst {v.svar} av {v.utdelade} ({v.dag})")
            if text := fritext_i_ord(instans.mapp / "frysta" / rad.period, rad, nu().astimezone(SVENSK_TID).date()):
                click.echo(f"  Fritext: {text}")


@enkat.command(help="Visa nyckeln så att den kan skrivas ut och läggas i ett förseglat kuvert.")
@argument_omgang
def papperskopia(omgang_id: str) -> None:
    """Show the paper copy once more."""
    from enkat.papper import papperskopia as papper

    with oppna_session() as (session, instans):
        rad = hamta(session, omgang_id)
        _visa_papper(rad, papper.skriv(_fraga_nyckel(instans, rad, fran_papper=False)))


@enkat.command(help="Kasta en provomgång eller ett utkast, med allt som finns i den.")
@argument_omgang
@click.confirmation_option(prompt="Går inte att ångra. Kasta?")
def kasta(omgang_id: str) -> None:
    """Throw away a trial or a draft."""
    from enkat import omgang

    with oppna_session() as (session, instans):
        omgang.kasta(session, instans.nycklar, hamta(session, omgang_id), nu())
        _radera_adresser(instans, omgang_id)
        click.echo(f"{omgang_id} är borta.")


@enkat.command(help="Gallra en fryst omgång: raderna tas bort, antalen som indikatorerna använder blir kvar.")
@argument_omgang
@val_ut
@click.option(
    "--indikatorer", type=click.Path(path_type=Path), default=Path("config/indicators.toml"), show_default=True
)
@click.confirmation_option(prompt="Går inte att ångra. Gallra?")
def gallra(omgang_id: str, ut: Path | None, indikatorer: Path) -> None:
    """Dispose of rows."""
    from bokslut.bevisfil import glom_bevis
    from bokslut.underlag import las
    from enkat.frysning import gallring
    from enkat.omgang import enkat_i

    with oppna_session() as (session, instans):
        rad = hamta(session, omgang_id)
        mapp = ut or instans.mapp / "frysta" / rad.period
        gallring.gallra(session, rad, mapp, enkat_i(rad).kalla, las(indikatorer, mapp), partial(glom_bevis, mapp))
        click.echo(f"Raderna i {omgang_id} är borta. Antalen är kvar i {mapp}.")


def _radera_adresser(instans: Instans, omgang_id: str) -> None:
    """Who was written to is of no use once nobody can answer."""
    from enkat.utskick.adresslista import Adresslista

    if Adresslista(instans.mapp, omgang_id).radera():
        click.echo("Listan med e-postadresser är raderad.")


def _skriv_koder(omgang_id: str, enhet: str, antal: int, reserv: bool, tillsammans: str | None) -> None:
    from enkat import koder as enkatkoder
    from enkat import nycklar, store_bunt

    with oppna_session() as (session, instans):
        hemlighet = nycklar.las_hemlighet(instans.nycklar, hamta(session, omgang_id).id)
        bunt, nya = store_bunt.skapa_bunt(session, omgang_id, hemlighet, enhet, antal, reserv, tillsammans)
        for kod in nya:
            click.echo(enkatkoder.visa(kod))
        click.echo(f"Bunt {bunt.id}: {antal} koder för {enhet}.", err=True)
        if bunt.enhet != enhet:
            click.echo(f"Svaren kommer att räknas till ”{bunt.enhet}”, aldrig till {enhet} för sig.", err=True)


def _fraga_nyckel(instans: Instans, rad: Omgang, fran_papper: bool) -> Privat:
    from kansli.omgangar.nyckel import las_nyckel, nyckellage

    if fran_papper:
        return las_nyckel(instans.nycklar, rad, None, click.prompt("Grupperna på papperet"))
    losenfras = nyckellage(instans.nycklar, rad.id) == "losenfras"
    return las_nyckel(instans.nycklar, rad, click.prompt("Lösenfras", hide_input=True) if losenfras else None, None)


def _visa_papper(rad: Omgang, papper: str) -> None:
    click.echo(f"NYCKEL TILL {rad.id}\nNyckelns namn: {rad.nyckel_id}\n\n{papper}\n\n{SPARA_PAPPER}")
