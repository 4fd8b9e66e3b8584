"""The command `bokslut rojandevakt`: what is hidden and why, and the certificate that nobody can find it.

For the kansli alone: a reader who knew which figures are hidden for the sake of others would know more of the rest.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kansli.kommandon.redan_publicerat import las_redan, mapp_publicerat

if TYPE_CHECKING:
    from bokslut.rojandevakt import Vakt
    from indikatorer.forberedelse import Forberett
    from kansli.kommandon.redan_publicerat import Redan

# What a program sees: something hidden can be found; nothing could be examined.
ATKOMLIGT: Final = 1
FEL: Final = 2
_AVSTANGT: Final = "Skyddet är avstängt, så ingenting är dolt och ingenting är prövat."
_FIL: Final = click.Path(path_type=Path, dir_okay=False)
_MAPP: Final = click.Path(path_type=Path, file_okay=False)


@click.command(help="Visa vad som döljs och varför, och intyget på att det inte kan återskapas. Bara för kansliet.")
@click.option("--indikatorer", type=_FIL, default=Path("config/indicators.toml"), show_default=True)
@click.option("--underlag", type=_MAPP, default=Path("exempel/umea-2020"), show_default=True)
@mapp_publicerat
@click.option("--minsta-grupp", type=click.IntRange(min=0), help="Minsta grupp som visas.")
@click.option("--spara", is_flag=True, help="Spara beviset bredvid underlaget, så att valet inte behöver räknas om.")
@click.option("--forslag", is_flag=True, help="Pröva vilka små enheter som kan redovisas tillsammans, och vad det ger.")
def rojandevakt(
    indikatorer: Path, underlag: Path, publicerat: Path | None, minsta_grupp: int | None, spara: bool, forslag: bool
) -> None:
    """Exit 0 when the certificate holds, 1 when something can be found, 2 when the input is faulty."""
    from bokslut.bevisfil import skriv_bevis
    from bokslut.rojandevakt import build_vakt
    from bokslut.underlag import las
    from indikatorer.diagnos import UnderlagFel
    from indikatorer.skydd.rojandevakt import bevis_i, skydda

    try:
        forberett = las(indikatorer, underlag)
        redan = las_redan(forberett, underlag, publicerat, minsta_grupp)
        redan.visa()
        if forslag:
            _skriv_forslag(forberett, redan, minsta_grupp, indikatorer)
            return
        utvardering = skydda(forberett, minsta_grupp, tidigare=redan.tidigare, fjol=redan.fjol)
    except UnderlagFel as fel:
        for diagnos in dict.fromkeys(map(str, fel.diagnoser)):
            click.echo(diagnos, err=True)
        sys.exit(FEL)
    vakt = build_vakt(utvardering)
    if vakt is None:
        click.echo(_AVSTANGT)
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


def _skriv_forslag(forberett: Forberett, redan: Redan, minsta_grupp: int | None, indikatorer: Path) -> None:
    from bokslut.enhetsforslag import build_rad

    def framsteg(nummer: int, alla: int, namn: str) -> None:
        click.echo(f"  Prövar {nummer + 1} av {alla}: {namn}", err=True)

    rad = build_rad(forberett, minsta_grupp, framsteg, redan.tidigare, redan.fjol)
    if rad is None:
        click.echo(_AVSTANGT)
        return
    click.echo(f"I dag: {rad.i_dag}\n{rad.slutsats}")
    for nummer, f in enumerate(rad.forslag, 1):
        click.echo(f"\n{nummer}. {f.namn}\n   {f.visas}\n   {f.vinst} {f.forlust}\n")
        click.echo("\n".join(f"       {r}" for r in f.toml.splitlines()))
    if rad.forslag:
        click.echo(f"\nSkriv raderna i {indikatorer}, och kör igen om fler ska slås ihop.")
