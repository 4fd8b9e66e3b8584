"""The command that verifies: anyone may see that a version is untouched, and with its underlag that it is right."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kansli.kommandon.publiceringsfel import SKILJER, fel_i_ord, las_felfritt

if TYPE_CHECKING:
    from bokslut.publicering.verifiera import Avvikelse

_MAPP: Final = click.Path(path_type=Path, file_okay=False)
_FIL: Final = click.Path(path_type=Path, dir_okay=False)


@click.command(help="Kontrollera att en publicerad version är orörd, och med underlag att varje siffra stämmer.")
@click.argument("katalog", type=click.Path(path_type=Path))
@click.option("--underlag", type=_MAPP, help="Räkna om varje siffra ur det här underlaget.")
@click.option(
    "--indikatorer",
    type=_FIL,
    default=Path("config/indicators.toml"),
    show_default=True,
    help="Reglerna, om det finns underlag.",
)
@click.option(
    "--salt", type=_FIL, help="Saltet, som bara förbundet och revisorn har; annars letas det där underlaget ligger."
)
@click.option("--summa", metavar="SHA256", help="Manifestets kontrollsumma enligt protokollet, att jämföra med.")
def verifiera(katalog: Path, underlag: Path | None, indikatorer: Path, salt: Path | None, summa: str | None) -> None:
    """Verify; exit 0 when all is as published, 1 when something differs, 2 when it cannot be examined."""
    from bokslut.publicering.omrakning import rakna_om
    from bokslut.publicering.verifiera import valj_versioner, verifiera_filer, verifiera_summa, verifiera_vagvisning

    with fel_i_ord():
        mappar = valj_versioner(katalog)
        if len(mappar) > 1 and (underlag or summa):
            raise click.UsageError(f"Ange en version, som {mappar[-1]}: ett underlag eller en summa gäller bara en.")
        avvikelser, versioner = [], []
        for mapp in mappar:
            granskad = verifiera_filer(mapp)
            versioner.append(granskad.version)
            egna = [*granskad.avvikelser, *verifiera_summa(granskad.version, summa)]
            m = granskad.version.manifest
            click.echo(f"{mapp}: version {m.version} av socialt bokslut {m.ar}, {m.forbund}. {len(m.filer)} filer.")
            if underlag is not None:
                omrakning = rakna_om(
                    granskad.version, las_felfritt(indikatorer, underlag), _salt_att_prova(salt, underlag)
                )
                egna += omrakning.avvikelser
                for text in omrakning.anmarkningar:
                    click.echo(f"  Obs: {text}")
            _visa_avvikelser(egna)
            vad = "Varje fil är som den publicerades" + (", och varje siffra stämmer." if underlag else ".")
            click.echo(f"  {len(egna)} avvikelser." if egna else f"  {vad}")
            click.echo(f"  Manifestets kontrollsumma: {granskad.version.summa}")
            avvikelser += egna
        if mappar != [katalog]:
            vagvisning = list(verifiera_vagvisning(katalog, versioner))
            _visa_avvikelser(vagvisning)
            avvikelser += vagvisning
    if summa is None:
        click.echo("Jämför kontrollsumman med den i protokollet: den som ändrat både fil och manifest syns bara så.")
    sys.exit(SKILJER if avvikelser else 0)


def _salt_att_prova(salt: Path | None, underlag: Path) -> bytes | None:
    """The salt that was named, else the one that lies where it would have been made; nothing is made here."""
    from bokslut.publicering.kontrollsumma import SALT, las_salt
    from grund.settings import las_instans

    if salt is not None:
        return las_salt(salt)
    finns = (fil for fil in (underlag / SALT, las_instans().mapp / SALT) if fil.is_file())
    return next((las_salt(fil) for fil in finns), None)


def _visa_avvikelser(avvikelser: Sequence[Avvikelse]) -> None:
    from bokslut.publicering.manifest import i_klartext

    for a in avvikelser:
        click.echo(f"  {a.kod}  {i_klartext(str(a))}", err=True)
