"""The command `bokslut rojandevakt`: what is hidden and why, and the certificate that nobody can find it.

For the kansli alone: a reader who knew which figures are hidden for the sake of others would know more of the rest.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from bokslut.rojandevakt import Vakt

# What a program sees: something hidden can be found; nothing could be examined.
ATKOMLIGT: Final = 1
FEL: Final = 2
_FIL: Final = click.Path(path_type=Path, dir_okay=False)
_MAPP: Final = click.Path(path_type=Path, file_okay=False)


@click.command(help="Visa vad som döljs och varför, och intyget på att det inte kan återskapas. Bara för kansliet.")
@click.option("--indikatorer", type=_FIL, default=Path("config/indicators.toml"), show_default=True)
@click.option("--underlag", type=_MAPP, default=Path("exempel/umea-2020"), show_default=True)
@click.option("--minsta-grupp", type=click.IntRange(min=0), help="Minsta grupp som visas.")
@click.option("--spara", is_flag=True, help="Spara beviset bredvid underlaget, så att valet inte behöver räknas om.")
def rojandevakt(indikatorer: Path, underlag: Path, minsta_grupp: int | None, spara: bool) -> None:
    """Exit 0 when the certificate holds, 1 when something can be found, 2 when the input is faulty."""
    from bokslut.bevisfil import skriv_bevis
    from bokslut.rojandevakt import build_vakt
    from bokslut.underlag import las
    from indikatorer.diagnos import UnderlagFel
    from indikatorer.skydd.rojandevakt import bevis_i, skydda

    try:
        utvardering = skydda(las(indikatorer, underlag), minsta_grupp)
    except UnderlagFel as fel:
        for diagnos in dict.fromkeys(map(str, fel.diagnoser)):
            click.echo(diagnos, err=True)
        sys.exit(FEL)
    vakt = build_vakt(utvardering)
    if vakt is None:
        click.echo("Skyddet är avstängt, så ingenting är dolt och ingenting är prövat.")
        return
    _skriv(vakt)
    if spara and vakt.haller:
        click.echo(
            f"\nBeviset ligger i {skriv_bevis(underlag, bevis_i(utvardering))}. Det är lika hemligt som underlaget."
        )
    sys.exit(0 if vakt.haller else ATKOMLIGT)


def _skriv(vakt: Vakt) -> None:
    for rad in (vakt.intyg, vakt.forlust):
        if rad:
            click.echo(rad)
    if vakt.kvar:
        click.echo("\nDet här kan en läsare ta reda på, så bokslutet får inte publiceras:")
        for rad in vakt.kvar:
            click.echo(f"  {rad}")
    if vakt.regel:
        click.echo(f"\nReglerna själva döljer {vakt.regel} uppgifter, som kan säga något om några få personer.")
    if vakt.rader:
        click.echo(f"För deras skull är {len(vakt.rader)} till dolda:")
        for dold in vakt.rader:
            click.echo(f"\n  {dold.dold}\n    {dold.skal}")
