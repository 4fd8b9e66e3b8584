"""What is published already of a year and of the year before: what readers know, and no later version can hide.

All who protect a year ask here, so that nobody protects it as if nothing had been told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bokslut.grind.hinder import Hinder, hinder
from bokslut.publicering.kontrollsumma import sha256_fil
from bokslut.publicering.manifest import ManifestFel, i_klartext
from bokslut.publicering.verifiera import verifiera_filer
from bokslut.publicering.versioner import RESULTAT, Version, fjolarets_mapp, las_orort, versionsmappar


@dataclass(frozen=True, slots=True)
class Tidigare:
    """What lies in the folder of a year. nummer: of the version to come. hinder: what is wrong with any before it.

    versioner: those whose results are as they were sealed, oldest first; resultat: of each of them. fjol: of those of
    the year before, oldest first; fjolsummor: of each of them, by "2019/v1". alla: whether there is no other of either
    year, so that `las_sagt` reads them too.
    """

    nummer: int
    versioner: tuple[Version, ...]
    resultat: tuple[dict[str, Any], ...]
    hinder: tuple[Hinder, ...]
    alla: bool
    fjol: tuple[dict[str, Any], ...]
    fjolsummor: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sagt:
    """What the versions of a year told, and those of the year before, oldest first: as `skydda` takes them."""

    tidigare: tuple[dict[str, Any], ...]
    fjol: tuple[dict[str, Any], ...]


def las_sagt(ar_mapp: Path) -> Sagt:
    """What has been told, from the results and their sums alone: at once, for pages that are shown again and again.

    Raises:
        ManifestFel: a version cannot be read or has been changed, so nobody knows what it told.
    """
    i_ar, i_fjol = (tuple(map(las_orort, versionsmappar(mapp))) for mapp in (ar_mapp, fjolarets_mapp(ar_mapp)))
    return Sagt(i_ar, i_fjol)


def las_tidigare(ar_mapp: Path) -> Tidigare:
    """Read every version of a year and of the year before. Of this year's each file is held against its manifest."""
    mappar, fjolmappar, fel = versionsmappar(ar_mapp), versionsmappar(fjolarets_mapp(ar_mapp)), list[Hinder]()
    last = [egen for mapp in mappar if (egen := _las_version(mapp, fel)) is not None]
    nummer = int(mappar[-1].name[1:]) + 1 if mappar else 1
    fjol = _las_fjol(fjolmappar, fel)
    summor = {f"{mapp.parent.name}/{mapp.name}": sha256_fil(mapp / RESULTAT) for mapp in fjol}
    versioner, resultat = tuple(version for version, _ in last), tuple(egna for _, egna in last)
    alla = (len(last), len(fjol)) == (len(mappar), len(fjolmappar))
    return Tidigare(nummer, versioner, resultat, tuple(fel), alla, tuple(fjol.values()), summor)


def _las_version(mapp: Path, fel: list[Hinder]) -> tuple[Version, dict[str, Any]] | None:
    """A version and what it tells, and all that is wrong with it; None when what it told cannot be known."""
    try:
        granskad = verifiera_filer(mapp)
        # Of the results themselves it is told below, once.
        avvikelser = (a for a in granskad.avvikelser if a.var != RESULTAT)
        fel += [_andrad(mapp.name, f"{i_klartext(a.var)}: {a.text}") for a in avvikelser]
        return granskad.version, las_orort(mapp)
    except ManifestFel as e:
        fel.append(_andrad(mapp.name, str(e)))
        return None


def _las_fjol(mappar: Sequence[Path], fel: list[Hinder]) -> dict[Path, dict[str, Any]]:
    """What each version of last year's bokslut tells, by its folder; one that cannot be trusted is a fault."""
    funna = {}
    for mapp in mappar:
        try:
            funna[mapp] = las_orort(mapp)
        except ManifestFel as e:
            fel.append(_andrad(f"{mapp.parent.name}/{mapp.name}", str(e)))
    return funna


def _andrad(var: str, text: str) -> Hinder:
    atgard = "En publicerad version ska vara orörd: hämta mappen från säkerhetskopian."
    return hinder("tidigare-version-andrad", var, text, atgard)
