"""The command that takes in an earlier year, or another tool's answers."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kansli.kommandon.enkat_filer import FEL, FIL, FINNS, las_enkat, visa

if TYPE_CHECKING:
    from enkat.fragor import Enkat
    from enkat.inlasning.tabell import Importtabell


@click.command("importera", help="Läs in ett tidigare års eller ett annat verktygs svar (CSV, Excel) som frysta svar.")
@click.argument("fil", type=FINNS)
@click.option("--enkat", "enkatfil", type=FINNS, required=True, help="Enkätfilen som svaren hör till.")
@click.option("--mappning", type=FIL, required=True, help="Filen som säger vad kolumner och svar betyder.")
@click.option("--foresla", metavar="PERIOD", help="Skriv ett förslag till mappning, att gå igenom.")
@click.option("--blad", help="Bladet i Excelfilen, för förslaget.")
@click.option("--ut", type=click.Path(path_type=Path, file_okay=False), help="Underlagets mapp, som frysta/2019.")
@click.option(
    "--minsta-grupp", type=click.IntRange(min=0), default=5, show_default=True, help="Mindre enheter slås ihop."
)
@click.option("--utan-felaktiga", is_flag=True, help="Lämna de felaktiga raderna utanför.")
@click.option("--ersatt", is_flag=True, help="Ersätt en tidigare import av samma källa.")
def importera(
    fil: Path,
    enkatfil: Path,
    mappning: Path,
    foresla: str | None,
    blad: str | None,
    ut: Path | None,
    minsta_grupp: int,
    utan_felaktiga: bool,
    ersatt: bool,
) -> None:
    """Propose a mapping, preview (without --ut), or import."""
    from enkat.frysning.underlagsfil import UnderlagsfilFel
    from enkat.inlasning import importera as imp
    from enkat.inlasning.mappning import las_mappning

    enkat, data = las_enkat(enkatfil), fil.read_bytes()
    if foresla is not None:
        _foresla(fil, data, enkat, mappning, foresla, blad)
        return
    if not mappning.is_file():
        raise click.ClickException(f"{mappning} finns inte. Gör ett förslag med --foresla 2019 (perioden).")
    karta, fel = las_mappning(mappning.as_posix(), mappning.read_bytes(), enkat)
    visa(fel)
    if karta is None:
        sys.exit(FEL)
    tabell = _las_tabell(fil, data, karta.huvud.blad, karta.huvud.rubrikrader)
    provad = imp.prova(tabell, karta, enkat, minsta_grupp)
    visa(provad.fel)
    if provad.rader is None:
        sys.exit(FEL)
    click.echo(f"{provad.antal} rader, {provad.felrader} med fel.")
    if provad.felrader and not utan_felaktiga:
        click.echo("Inget är skrivet. Rätta, eller lämna dem utanför med --utan-felaktiga.", err=True)
        sys.exit(FEL)
    if ut is None:
        click.echo("Förhandsvisning: ange --ut för att skriva.")
        return
    try:
        skrivet = imp.skriv(ut, provad, karta, enkat, data, ersatt)
    except (imp.FinnsRedan, UnderlagsfilFel) as fel_:
        raise click.ClickException(str(fel_)) from None
    ord_ = {"ny": "är inlästa", "ersatt": "ersatte den tidigare importen", "oforandrad": "fanns redan, inget ändrades"}
    click.echo(f"{len(provad.rader.rader)} svar {ord_[skrivet]}: källan {enkat.kalla} i {ut}.")


def _foresla(fil: Path, data: bytes, enkat: Enkat, mappning: Path, period: str, blad: str | None) -> None:
    from enkat.inlasning.forslag import foresla

    if mappning.exists():
        raise click.ClickException(f"{mappning} finns redan. Ta bort den, eller välj ett annat namn.")
    tabell = _las_tabell(fil, data, blad, None)
    mappning.write_text(foresla(tabell, enkat, period), "utf-8")
    click.echo(f"{mappning} är ett förslag. Gå igenom det, och kör igen utan --foresla.")


def _las_tabell(fil: Path, data: bytes, blad: str | None, rubrikrader: Sequence[int] | None) -> Importtabell:
    from enkat.inlasning.importera import las_tabell

    tabell, fel = las_tabell(fil.as_posix(), data, blad, rubrikrader)
    visa(fel)
    if tabell is None or fel:
        sys.exit(FEL)
    return tabell
