"""Where a year's versions lie, for the commands: what these told is known, and the next one comes beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from kansli.arbetsmapp import Arbetsmapp

if TYPE_CHECKING:
    from bokslut.grind.hinder import Hinder
    from bokslut.publicering.tidigare import Tidigare
    from indikatorer.diagnos import Diagnos
    from indikatorer.forberedelse import Forberett

# Where the versions of an underlag in no instance are put when nobody says otherwise.
VANLIG: Final = Path("publicerat")

mapp_publicerat = click.option(
    "--publicerat",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Mappen för alla publicerade år, som skyddet räknar med att läsarna känner. Annars publicerat, om den finns, "
    "och för ett underlag i en instans också instansens egen.",
)


@dataclass(frozen=True, slots=True)
class Redan:
    """tidigare, fjol: as `skydda` takes them. versioner: the folders that they come from, as a person finds them."""

    tidigare: tuple[dict[str, Any], ...] = ()
    fjol: tuple[dict[str, Any], ...] = ()
    versioner: tuple[str, ...] = ()

    def visa(self) -> None:
        """Say on stderr what was taken into account; nothing when nothing is published."""
        if self.versioner:
            click.echo(f"Skyddet räknar med det som redan är publicerat: {', '.join(self.versioner)}.", err=True)


def las_redan(forberett: Forberett, underlag: Path, publicerat: Path | None, minsta_grupp: int | None = None) -> Redan:
    """What the versions of this year and last year's have told. publicerat: where they lie, when somebody has said.

    Nothing when protection is switched off: then there is nobody to keep it from.

    Raises:
        UnderlagFel: a version has been changed or cannot be read, so nobody knows what it told.
    """
    minsta = forberett.definitioner.bokslut.minsta_grupp if minsta_grupp is None else minsta_grupp
    platser = [p for p in _platser(underlag, publicerat) if p.is_dir()] if minsta else []
    if not platser:  # the usual case, and then nothing of publishing has to be loaded
        return Redan()
    from bokslut.publicering.tidigare import las_tidigare
    from indikatorer.diagnos import UnderlagFel

    fore = [(p, las_tidigare(p / str(forberett.ar))) for p in platser]
    if fel := [d for plats, t in fore for d in _diagnoser(plats, forberett.ar, t)]:
        raise UnderlagFel(fel)
    return Redan(
        tuple(r for _, t in fore for r in t.resultat),
        tuple(r for _, t in fore for r in t.fjol),
        tuple(v for plats, t in fore for v in _versioner(plats, forberett.ar, t)),
    )


def instansens_mapp(underlag: Path) -> Path | None:
    """Where the kansli publishes the years of the instance that an underlag lies in; None when it lies in none."""
    hel = underlag.resolve()
    instans = Arbetsmapp(hel.parent.parent)
    return instans.publicerat if instans.underlag(hel.name) == hel else None


def _platser(underlag: Path, publicerat: Path | None) -> list[Path]:
    """Where versions may lie: of an instance, which the kansli publishes in, and of a terminal."""
    if publicerat is not None:
        return [publicerat]
    instansens = instansens_mapp(underlag)
    platser = [VANLIG] if instansens is None else [VANLIG, instansens]
    return list({p.resolve(): p for p in platser}.values())


def _versioner(plats: Path, ar: int, t: Tidigare) -> Iterator[str]:
    for namn in (*(f"{ar}/{v.mapp.name}" for v in t.versioner), *t.fjolsummor):
        yield (plats / namn).as_posix()


def _diagnoser(plats: Path, ar: int, t: Tidigare) -> Iterator[Diagnos]:
    """One fault for each version that cannot be trusted; `bokslut verifiera` tells all that is wrong in it."""
    from indikatorer.diagnos import HELA_FILEN, Diagnos

    forsta: dict[str, Hinder] = {}
    for h in t.hinder:
        forsta.setdefault(h.var, h)
    for var, h in forsta.items():
        mapp = plats / (var if "/" in var else f"{ar}/{var}")
        regel = f"går inte att lita på: {h.text.removesuffix('.')}"
        yield Diagnos(h.kod, mapp.as_posix(), HELA_FILEN, "Versionen", regel, h.atgard)
