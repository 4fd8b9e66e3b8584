"""How the commands that publish and verify stop: in one Swedish sentence, with the code that a program goes by."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import click

if TYPE_CHECKING:
    from indikatorer.forberedelse import Forberett

# What a program sees: something differs from what was published, or nothing could be done.
SKILJER: Final = 1
FEL: Final = 2


@contextmanager
def fel_i_ord() -> Iterator[None]:
    """Every fault that somebody can do something about as one Swedish sentence, and exit 2."""
    from bokslut.publicering.godkannande import GodkannandeFel
    from bokslut.publicering.kontrollsumma import SaltFel
    from bokslut.publicering.manifest import ManifestFel
    from bokslut.publicering.publicera import SkrivFel
    from indikatorer.diagnos import UnderlagFel

    try:
        yield
    except UnderlagFel as fel:
        stopp("\n".join(dict.fromkeys(map(str, fel.diagnoser))))
    except (GodkannandeFel, ManifestFel, SaltFel, SkrivFel) as fel:
        stopp(str(fel))
    except OSError as fel:
        stopp(f"{fel.filename or 'En fil'} går inte att läsa eller skriva: {fel.strerror}.")


def stopp(text: str) -> NoReturn:
    """Tell it, and that is the end of it."""
    click.echo(text, err=True)
    sys.exit(FEL)


def las_felfritt(indikatorer: Path, underlag: Path, stoppa: bool = True) -> Forberett:
    """Read and check; with faults they are told, and that is the end of it unless it is a preview."""
    from bokslut.underlag import las
    from indikatorer.diagnos import UnderlagFel

    forberett = las(indikatorer, underlag)
    if fel := forberett.fel():
        if stoppa:
            raise UnderlagFel(fel)
        click.echo("\n".join(dict.fromkeys(map(str, fel))), err=True)
    return forberett
