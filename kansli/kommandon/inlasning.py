"""What the commands that read a year share: where it lies, that it is read, and how its faults are told."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from indikatorer.diagnos import Diagnos
    from indikatorer.forberedelse import Forberett
    from kansli.kommandon.redan_publicerat import Redan

# CONTRACT section 3: what a program sees when config or underlag is faulty.
FEL: Final = 2

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


def las_in(indikatorer: Path, underlag: Path, text: str | None = None) -> Forberett:
    """Read and check. text: what the config would hold, in the place of what it holds."""
    from bokslut.underlag import las
    from indikatorer.diagnos import UnderlagFel

    try:
        return las(indikatorer, underlag, text)
    except UnderlagFel as fel:
        visa_fel(fel.diagnoser)
        sys.exit(FEL)


def las_publicerat(forberett: Forberett, underlag: Path, publicerat: Path | None, minsta_grupp: int | None) -> Redan:
    """What readers know already, and tell of it; exit 2 when a version that they have met cannot be trusted."""
    from indikatorer.diagnos import UnderlagFel
    from kansli.kommandon.redan_publicerat import las_redan

    try:
        redan = las_redan(forberett, underlag, publicerat, minsta_grupp)
    except UnderlagFel as fel:
        visa_fel(fel.diagnoser)
        sys.exit(FEL)
    redan.visa()
    return redan


def bara_fel(diagnoser: Sequence[Diagnos]) -> list[Diagnos]:
    """Without the warnings."""
    from indikatorer.diagnos import Niva

    return [d for d in diagnoser if d.niva is Niva.FEL]


def visa_fel(diagnoser: Sequence[Diagnos], med_rader: bool = False) -> None:
    """One line each, as the contract says; with the faulty line marked below it when a person reads."""
    from bokslut.underlag import kalltexter
    from indikatorer.diagnos import utdrag

    texter = kalltexter({d.fil for d in diagnoser}) if med_rader else {}
    # Several indicators may trip on one and the same cell.
    for diagnos in {str(d): d for d in diagnoser}.values():
        click.echo(str(diagnos), err=True)
        if diagnos.fil in texter and diagnos.plats.slut:
            click.echo(utdrag(texter[diagnos.fil], diagnos.plats), err=True)
