"""The command `bokslut`. Each command imports what it needs when it runs, so that the shortest starts fast."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kansli.kommandon.anvandare import anvandare, kansli
from kansli.kommandon.enkat_omgang import enkat
from kansli.kommandon.enkat_papper import KOMMANDON
from kansli.kommandon.publicering import KOMMANDON as PUBLICERING
from kansli.kommandon.rojande import rojandevakt
from kansli.kommandon.sakerhetskopia import aterstall, sakerhetskopiera

if TYPE_CHECKING:
    from bokslut.jamforelse.grannfil import Grannbokslut
    from indikatorer.diagnos import Diagnos
    from indikatorer.forberedelse import Forberett
    from indikatorer.resultat import Utvardering

# CONTRACT section 3: what a program sees when config or underlag is faulty.
FEL = 2

fil_indikatorer = click.option(
    "--indikatorer",
    type=click.Path(path_type=Path),
    default=Path("config/indicators.toml"),
    show_default=True,
    help="Filen med målområden, mål och indikatorer.",
)
mapp_underlag = click.option(
    "--underlag",
    type=click.Path(path_type=Path),
    default=Path("exempel/umea-2020"),
    show_default=True,
    help="Mappen med underlag.toml och filerna som den nämner.",
)


@click.group(help="Från underlag till socialt bokslut.")
def main() -> None:
    """Group of all commands."""


@main.command(help="Räkna alla indikatorer och skriv resultaten.")
@fil_indikatorer
@mapp_underlag
@click.option("--minsta-grupp", type=click.IntRange(min=0), help="Minsta grupp som visas; 0 stänger av skyddet.")
@click.option("--forhandsvisa", is_flag=True, help="Räkna det som felen inte rör.")
@click.option("--json", "som_json", is_flag=True, help="Skriv JSON enligt kontraktet.")
def utvardera(indikatorer: Path, underlag: Path, minsta_grupp: int | None, forhandsvisa: bool, som_json: bool) -> None:
    """Evaluate; exit 2 with all faults on stderr when there are any."""
    from indikatorer.resultat import som_json as till_json
    from indikatorer.skydd.rojandevakt import skydda

    forberett = _las(indikatorer, underlag)
    fel = forberett.fel()
    _visa_fel(forberett.alla_diagnoser())
    if fel and not forhandsvisa:
        sys.exit(FEL)
    utvardering = skydda(forberett, minsta_grupp, forhandsvisa)
    if som_json:
        json.dump(till_json(utvardering), sys.stdout, ensure_ascii=False)
        click.echo()
    else:
        from kansli.kommandon.tavla import skriv_tavla

        skriv_tavla(utvardering)
    if fel:
        sys.exit(FEL)


@main.command(help="Granska indikatorer och underlag utan att räkna. Visar alla fel på en gång.")
@fil_indikatorer
@mapp_underlag
@click.option("--ratta", is_flag=True, help="Utför de rättelser som är säkra, och granska igen.")
@click.option(
    "--enkater",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Mappen med enkäter; annars mappen enkater bredvid filen med indikatorer, om den finns.",
)
def kontrollera(indikatorer: Path, underlag: Path, ratta: bool, enkater: Path | None) -> None:
    """Check; exit 2 when there are faults."""
    from kansli.kommandon.enkat_kontroll import beskriv_enkater, mapp_for

    mapp = mapp_for(indikatorer, enkater)
    forberett, diagnoser = _granska(indikatorer, underlag, mapp)
    if ratta:
        from bokslut.underlag import ratta_filer

        for fil, antal in ratta_filer(_bara_fel(diagnoser)).items():
            click.echo(f"{fil}: {antal} rättade", err=True)
        forberett, diagnoser = _granska(indikatorer, underlag, mapp)
    _visa_fel(diagnoser, med_rader=True)
    if fel := _bara_fel(diagnoser):
        click.echo(f"{len({str(d) for d in fel})} fel.", err=True)
        sys.exit(FEL)
    antal = len(forberett.definitioner.giltiga(forberett.ar))
    click.echo(f"Allt stämmer: {antal} indikatorer och {len(forberett.underlag.kallor)} källor för {forberett.ar}.")
    for rad in beskriv_enkater(mapp):
        click.echo(rad)


@main.command(help="Ändra en nyckel för en indikator. Kommentarer och ordning i filen behålls.")
@fil_indikatorer
@mapp_underlag
@click.argument("indikator")
@click.argument("nyckel")
@click.argument("varde")
def andra(indikatorer: Path, underlag: Path, indikator: str, nyckel: str, varde: str) -> None:
    """Change a key; the file is written only when the change brings no new fault."""
    from indikatorer.redigera import andra

    fore = _las(indikatorer, underlag)
    if indikator not in fore.definitioner.indikatorer:
        raise click.ClickException(f"Det finns ingen indikator ”{indikator}”.")
    nytt = andra(fore.definitioner.dok.text, indikator, nyckel, int(varde) if varde.isdecimal() else varde)
    efter = _las(indikatorer, underlag, nytt)
    nya_fel = [d for d in efter.fel() if d not in fore.fel()]
    if nya_fel:
        _visa_fel(nya_fel)
        sys.exit(FEL)
    indikatorer.write_text(nytt, "utf-8", newline="")
    click.echo(f"Före:  {fore.mening(indikator)}\nEfter: {efter.mening(indikator)}")


@main.command(help="Bygg webbplatsen som filer i en mapp. Den fungerar från disk och från vilken webbserver som helst.")
@fil_indikatorer
@mapp_underlag
@click.option("--minsta-grupp", type=click.IntRange(min=0), help="Minsta grupp som visas; 0 stänger av skyddet.")
@click.option("--ut", type=click.Path(path_type=Path, file_okay=False), required=True, help="Mappen, som ersätts.")
@click.option(
    "--jamfor",
    multiple=True,
    metavar="FIL_ELLER_ADRESS",
    help="Ett annat förbunds resultat.json, som fil eller https-adress, att jämföra med. Kan anges flera gånger.",
)
@click.option("--pdf", is_flag=True, help="Gör också bokslutet som PDF, en sida för styrelsen och diagrammen som PNG.")
def bygg(
    indikatorer: Path, underlag: Path, minsta_grupp: int | None, ut: Path, jamfor: tuple[str, ...], pdf: bool
) -> None:
    """Build the site; nothing is written when there are faults."""
    antal = _bygg(indikatorer, underlag, minsta_grupp, ut, jamfor, pdf)
    click.echo(f"{antal} sidor i {ut}. Öppna {ut / 'index.html'}.")


@main.command(help="Visa en byggd webbplats på den här datorn.")
@click.argument("mapp", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--vard", default="127.0.0.1", show_default=True, help="0.0.0.0 för en telefon på samma nät.")
@click.option("--port", default=8000, show_default=True)
def starta(mapp: Path, vard: str, port: int) -> None:
    """Serve a built site."""
    from kansli.server import starta

    starta(mapp, vard, port)


@main.command(help="Räkna exemplet Umeå 2020, bygg webbplatsen, öppna enkäterna och visa allt.")
@click.option("--vard", default="127.0.0.1", show_default=True, help="0.0.0.0 för en telefon på samma nät.")
@click.option("--port", default=8000, show_default=True)
def demo(vard: str, port: int) -> None:
    """Everything that a newcomer wants to see, in one go."""
    from kansli.kommandon.demo import oppna
    from kansli.server import basadress, starta

    ut = Path("demo/umea-2020")
    _bygg(Path("config/indicators.toml"), Path("exempel/umea-2020"), None, ut)
    click.echo("Öppnar fyra enkäter, lämnar in påhittade svar och skriver ut kort med koder …")
    oppet = oppna(Path("demo/instans"), Path("config"), Path("exempel"), f"{basadress(vard, port)}/e")
    starta(ut, vard, port, oppet)


for kommando in KOMMANDON:
    enkat.add_command(kommando)
main.add_command(enkat)
main.add_command(rojandevakt)
main.add_command(sakerhetskopiera)
main.add_command(aterstall)
main.add_command(anvandare)
main.add_command(kansli)
for kommando in PUBLICERING:
    main.add_command(kommando)


def _bygg(
    indikatorer: Path,
    underlag: Path,
    minsta_grupp: int | None,
    ut: Path,
    jamfor: Sequence[str] = (),
    pdf: bool = False,
) -> int:
    """Read, evaluate and build, telling each step. Returns how many pages there are."""
    from bokslut.sidor import bygg
    from bokslut.text.texter import las_texter
    from indikatorer.skydd.rojandevakt import skydda
    from kansli.kommandon.text_kontroll import granska

    click.echo(f"Läser {underlag} …")
    forberett = _las(indikatorer, underlag)
    _visa_fel(forberett.alla_diagnoser(), med_rader=True)
    if forberett.fel():
        sys.exit(FEL)
    utvardering = skydda(forberett, minsta_grupp)
    click.echo(f"Räknade {len(utvardering.resultat())} resultat för {utvardering.ar}.")
    texter = las_texter(underlag)
    diagnoser = granska(texter, forberett, utvardering)
    _visa_fel(diagnoser, med_rader=True)
    if _bara_fel(diagnoser):
        sys.exit(FEL)
    andra = _hamta_grannar(jamfor, utvardering)
    ut.parent.mkdir(parents=True, exist_ok=True)
    bygge = bygg(utvardering, ut, lambda steg: click.echo(f"  {steg}"), texter=texter, andra=andra, med_pdf=pdf)
    return len(bygge.sidor)


def _hamta_grannar(jamfor: Sequence[str], utvardering: Utvardering) -> tuple[Grannbokslut, ...]:
    """What other förbund have published; exit 2 with all faults when any of it cannot be used."""
    if not jamfor:
        return ()
    from bokslut.jamforelse.hamta_grannar import hamta_alla

    andra, fel = hamta_alla(jamfor, utvardering.forbund, utvardering.ar)
    for f in fel:
        click.echo(str(f), err=True)
    if fel:
        sys.exit(FEL)
    click.echo(f"Jämför med {', '.join(b.namn for b in andra)}.")
    return andra


def _las(indikatorer: Path, underlag: Path, text: str | None = None) -> Forberett:
    """Read and check. text: what the config would hold, in the place of what it holds."""
    from bokslut.underlag import las
    from indikatorer.diagnos import UnderlagFel

    try:
        return las(indikatorer, underlag, text)
    except UnderlagFel as fel:
        _visa_fel(fel.diagnoser)
        sys.exit(FEL)


def _granska(indikatorer: Path, underlag: Path, enkater: Path | None) -> tuple[Forberett, list[Diagnos]]:
    """Indicators and underlag, and the faults and warnings of them, of the questionnaires and of the texts."""
    from kansli.kommandon.enkat_kontroll import prova_enkater
    from kansli.kommandon.text_kontroll import prova_texter

    forberett = _las(indikatorer, underlag)
    annat = [*prova_enkater(enkater, forberett), *prova_texter(underlag, forberett)]
    return forberett, [*forberett.alla_diagnoser(), *annat]


def _bara_fel(diagnoser: Sequence[Diagnos]) -> list[Diagnos]:
    from indikatorer.diagnos import Niva

    return [d for d in diagnoser if d.niva is Niva.FEL]


def _visa_fel(diagnoser: Sequence[Diagnos], med_rader: bool = False) -> None:
    """One line each, as the contract says; with the faulty line marked below it when a person reads."""
    from bokslut.underlag import kalltexter
    from indikatorer.diagnos import utdrag

    texter = kalltexter({d.fil for d in diagnoser}) if med_rader else {}
    # Several indicators may trip on one and the same cell.
    for diagnos in {str(d): d for d in diagnoser}.values():
        click.echo(str(diagnos), err=True)
        if diagnos.fil in texter and diagnos.plats.slut:
            click.echo(utdrag(texter[diagnos.fil], diagnos.plats), err=True)
