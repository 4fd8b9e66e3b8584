"""Files that the commands about surveys read and write, and the faults in them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

import click

if TYPE_CHECKING:
    from enkat.fragor import Enkat
    from indikatorer.diagnos import Diagnos

FEL: Final = 2
FIL: Final = click.Path(path_type=Path, dir_okay=False)
FINNS: Final = click.Path(path_type=Path, dir_okay=False, exists=True)


def las_enkat(fil: Path) -> Enkat:
    """A questionnaire, or its faults and exit 2."""
    from enkat import fragor

    enkat, fel = fragor.las_enkat(fil.as_posix(), fil.read_bytes())
    if enkat is None:
        visa(fel)
        sys.exit(FEL)
    return enkat


@contextmanager
def oppna_ny(ut: str) -> Iterator[BinaryIO]:
    """A new file that its owner alone may read, or the next program. Gone again when it could not be finished."""
    if ut == "-":
        yield sys.stdout.buffer
        return
    try:
        nummer = os.open(ut, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise click.ClickException(f"{ut} finns redan, och skrivs inte över.") from None
    except OSError as fel:
        raise click.ClickException(f"{ut} går inte att skapa: {fel.strerror}.") from None
    klar = False
    try:
        with os.fdopen(nummer, "wb") as strom:
            yield strom
        klar = True
    finally:
        if not klar:
            Path(ut).unlink()


def krav_sprak(koder: Sequence[str]) -> None:
    """Stop at a language that does not exist."""
    from enkat.sprak import SPRAK, sprak

    for kod in koder:
        if sprak(kod) is None:
            raise click.ClickException(f"”{kod}” är inget av språken: {', '.join(s.kod for s in SPRAK)}.")


def visa(fel: Sequence[Diagnos]) -> None:
    """One line each, as the contract says."""
    for d in fel:
        click.echo(str(d), err=True)


def har_fel(fel: Sequence[Diagnos]) -> bool:
    """Whether any of them is more than a warning."""
    from indikatorer.diagnos import Niva

    return any(d.niva is Niva.FEL for d in fel)
