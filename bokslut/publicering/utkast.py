"""A version before it is published: evaluated, numbered, summed, and held against the one before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bokslut.grind.hinder import Hinder, hinder
from bokslut.jamforelse.frysta_grannar import FrystGranne
from bokslut.oppna_data.filer_att_hamta import resultat_json
from bokslut.publicering.andringar import jamfor
from bokslut.publicering.godkannande import Post, andrat, giltiga
from bokslut.publicering.kontrollsumma import SIFFROR, Akt, build_akt, sha256, sha256_fil
from bokslut.publicering.manifest import ManifestFel, Rattelse, i_klartext
from bokslut.publicering.utgava import Utgava
from bokslut.publicering.verifiera import verifiera_filer
from bokslut.publicering.versioner import RESULTAT, Version, fjolarets_mapp, las_resultat, versionsmappar
from indikatorer.forberedelse import Forberett
from indikatorer.resultat import Utvardering
from indikatorer.skydd.rojandevakt import skydda


@dataclass(frozen=True, slots=True)
class Utkast:
    """tidigare: the published versions, oldest first. rattelse: what this one changes, None in the first.

    poster: the approvals of this year, of whatever content. hinder: what is wrong with the versions before. andra: what
    other förbund have published, to stand beside.
    """

    forberett: Forberett
    utvardering: Utvardering
    akt: Akt
    tidigare: tuple[Version, ...]
    rattelse: Rattelse | None
    poster: tuple[Post, ...]
    hinder: tuple[Hinder, ...]
    andra: tuple[FrystGranne, ...] = ()

    def utgava(self) -> Utgava:
        """The version as its pages tell of it."""
        fore = self.tidigare[-1].manifest.rattelser if self.tidigare else ()
        godkannanden = tuple(p.as_godkannande() for p in giltiga(self.poster, self.akt))
        return Utgava(self.akt.version, godkannanden, (*fore, *([self.rattelse] if self.rattelse else ())))

    @property
    def forra(self) -> int:
        """The number of the version that this one is held against; 0 when there is none."""
        return self.tidigare[-1].manifest.version if self.tidigare else 0

    def redan_publicerad(self) -> bool:
        """Whether the newest version was made of exactly this, and nobody has said why to make another.

        What is hidden may fall out otherwise once a version is known to readers; that alone is no new version.
        The reason that it was made for is no new one: it is given again after a crash.
        """
        if not self.tidigare:
            return False
        senaste = self.tidigare[-1].manifest
        skal = self.rattelse.skal if self.rattelse is not None else ""
        if skal and skal not in [r.skal for r in senaste.rattelser[-1:]]:
            return False
        return not {*andrat(senaste.as_akt(self.akt.version).delar(), self.akt.delar())} - {SIFFROR}


@dataclass(frozen=True, slots=True)
class Tidigare:
    """What lies in the folder of a year. nummer: of the version to come. hinder: what is wrong with any before it.

    versioner: those that can be read, oldest first; resultat: of each of them. alla: whether there is no other.
    fjol: those of the year before, oldest first; fjolsummor: of each of them, by "2019/v1".
    """

    nummer: int
    versioner: tuple[Version, ...]
    resultat: tuple[dict[str, Any], ...]
    hinder: tuple[Hinder, ...]
    alla: bool
    fjol: tuple[dict[str, Any], ...]
    fjolsummor: dict[str, str]


def build_utkast(
    forberett: Forberett,
    ar_mapp: Path,
    salt: bytes,
    poster: Sequence[Post] = (),
    skal: str = "",
    andra: tuple[FrystGranne, ...] = (),
) -> Utkast:
    """Evaluate a year, also with faults, as the version that would come next in its folder.

    skal: why a version that is published needs to be corrected; "" when it does not, or nobody has said. andra:
        what other förbund have published, to stand beside.

    Raises:
        OSError: a file of the underlag cannot be read.
    """
    fore = las_tidigare(ar_mapp)
    utvardering = skydda(forberett, forhandsvisa=True, tidigare=fore.resultat, fjol=fore.fjol)
    return build_av(forberett, utvardering, fore, salt, poster, skal, andra)


def build_av(
    forberett: Forberett,
    utvardering: Utvardering,
    fore: Tidigare,
    salt: bytes,
    poster: Sequence[Post] = (),
    skal: str = "",
    andra: tuple[FrystGranne, ...] = (),
) -> Utkast:
    """As `build_utkast`, of a year that is evaluated already, with what `fore` told known.

    Raises:
        OSError: a file of the underlag cannot be read.
    """
    nummer, tidigare, text = fore.nummer, fore.versioner, resultat_json(utvardering)
    akt = build_akt(forberett, text, nummer, salt, {a.sokvag: sha256(a.innehall) for a in andra}, fore.fjolsummor)
    rattelse = None
    if tidigare and not fore.hinder:
        andringar = jamfor(fore.resultat[-1], json.loads(text))
        rattelse = Rattelse(
            version=nummer, skal=" ".join(skal.split()), foregaende_manifest=tidigare[-1].summa, andringar=andringar
        )
    return Utkast(forberett, utvardering, akt, tidigare, rattelse, tuple(poster), fore.hinder, andra)


def las_tidigare(ar_mapp: Path) -> Tidigare:
    """Read every version of a year, and hold each file of it against its manifest."""
    mappar, versioner, resultat, fel = versionsmappar(ar_mapp), list[Version](), list[dict[str, Any]](), list[Hinder]()
    for mapp in mappar:
        try:
            granskad, egna = verifiera_filer(mapp), las_resultat(mapp)
        except ManifestFel as e:
            fel.append(_andrad(mapp.name, str(e)))
            continue
        versioner.append(granskad.version)
        resultat.append(egna)
        fel += [_andrad(mapp.name, f"{i_klartext(a.var)}: {a.text}") for a in granskad.avvikelser]
    nummer = int(mappar[-1].name[1:]) + 1 if mappar else 1
    fjol = _las_fjol(fjolarets_mapp(ar_mapp), fel)
    summor = {f"{mapp.parent.name}/{mapp.name}": sha256_fil(mapp / RESULTAT) for mapp in fjol}
    alla = len(versioner) == len(mappar)
    return Tidigare(nummer, tuple(versioner), tuple(resultat), tuple(fel), alla, tuple(fjol.values()), summor)


def _las_fjol(ar_mapp: Path, fel: list[Hinder]) -> dict[Path, dict[str, Any]]:
    """What each version of last year's bokslut tells, by its folder; one that cannot be read is a fault."""
    funna = {}
    for mapp in versionsmappar(ar_mapp):
        try:
            funna[mapp] = las_resultat(mapp)
        except ManifestFel as e:
            fel.append(_andrad(f"{ar_mapp.name}/{mapp.name}", str(e)))
    return funna


def _andrad(var: str, text: str) -> Hinder:
    atgard = "En publicerad version ska vara orörd: hämta mappen från säkerhetskopian."
    return hinder("tidigare-version-andrad", var, text, atgard)
