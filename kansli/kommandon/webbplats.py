"""Commands that build the site of a year and show it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kansli.kommandon.inlasning import (
    FEL,
    bara_fel,
    fil_indikatorer,
    las_in,
    las_publicerat,
    mapp_underlag,
    visa_fel,
)
from kansli.kommandon.redan_publicerat import mapp_publicerat

if TYPE_CHECKING:
    from bokslut.jamforelse.grannfil import Grannbokslut
    from indikatorer.resultat import Utvardering


@click.command(
    help="Bygg webbplatsen som filer i en mapp. Den fungerar från disk och från vilken webbserver som helst."
)
@fil_indikatorer
@mapp_underlag
@mapp_publicerat
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
    indikatorer: Path,
    underlag: Path,
    publicerat: Path | None,
    minsta_grupp: int | None,
    ut: Path,
    jamfor: tuple[str, ...],
    pdf: bool,
) -> None:
    """Build the site; nothing is written when there are faults."""
    antal = _bygg(indikatorer, underlag, minsta_grupp, ut, jamfor, pdf, publicerat)
    click.echo(f"{antal} sidor i {ut}. Öppna {ut / 'index.html'}.")


@click.command(help="Visa en byggd webbplats på den här datorn.")
@click.argument("mapp", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--vard", default="127.0.0.1", show_default=True, help="0.0.0.0 för en telefon på samma nät.")
@click.option("--port", default=8000, show_default=True)
def starta(mapp: Path, vard: str, port: int) -> None:
    """Serve a built site."""
    from kansli.server import starta

    starta(mapp, vard, port)


@click.command(help="Räkna exemplet Umeå 2020, bygg webbplatsen, öppna enkäterna och visa allt.")
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


KOMMANDON: Final = (bygg, starta, demo)


def _bygg(
    indikatorer: Path,
    underlag: Path,
    minsta_grupp: int | None,
    ut: Path,
    jamfor: Sequence[str] = (),
    pdf: bool = False,
    publicerat: Path | None = None,
) -> int:
    """Read, evaluate and build, telling each step. Returns how many pages there are."""
    from bokslut.sidor import bygg
    from bokslut.text.texter import las_texter
    from indikatorer.skydd.rojandevakt import skydda
    from kansli.kommandon.text_kontroll import granska

    click.echo(f"Läser {underlag} …")
    forberett = las_in(indikatorer, underlag)
    visa_fel(forberett.alla_diagnoser(), med_rader=True)
    if forberett.fel():
        sys.exit(FEL)
    redan = las_publicerat(forberett, underlag, publicerat, minsta_grupp)
    utvardering = skydda(forberett, minsta_grupp, tidigare=redan.tidigare, fjol=redan.fjol)
    click.echo(f"Räknade {len(utvardering.resultat())} resultat för {utvardering.ar}.")
    texter = las_texter(underlag)
    diagnoser = granska(texter, forberett, utvardering)
    visa_fel(diagnoser, med_rader=True)
    if bara_fel(diagnoser):
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
