"""A version before it is published: evaluated, numbered, summed, and held against the one before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bokslut.grind.hinder import Hinder, hinder
from bokslut.jamforelse.frysta_grannar import FrystGranne
from bokslut.oppna_data.filer_att_hamta import resultat_json
from bokslut.publicering.andringar import jamfor
from bokslut.publicering.godkannande import Post, andrat, giltiga
from bokslut.publicering.kontrollsumma import SIFFROR, Akt, build_akt, sha256
from bokslut.publicering.manifest import ManifestFel, Rattelse, i_klartext
from bokslut.publicering.utgava import Utgava
from bokslut.publicering.verifiera import verifiera_filer
from bokslut.publicering.versioner import Version, las_resultat, versionsmappar
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
    tidigare, fel = _las_tidigare(ar_mapp)
    utvardering = skydda(forberett, forhandsvisa=True, tidigare=[las_resultat(v.mapp) for v in tidigare])
    mappar = versionsmappar(ar_mapp)
    nummer = int(mappar[-1].name[1:]) + 1 if mappar else 1
    text = resultat_json(utvardering)
    akt = build_akt(forberett, text, nummer, salt, {a.sokvag: sha256(a.innehall) for a in andra})
    rattelse = None
    if tidigare and not fel:
        andringar = jamfor(las_resultat(tidigare[-1].mapp), json.loads(text))
        rattelse = Rattelse(
            version=nummer, skal=" ".join(skal.split()), foregaende_manifest=tidigare[-1].summa, andringar=andringar
        )
    return Utkast(forberett, utvardering, akt, tidigare, rattelse, tuple(poster), tuple(fel), andra)


def _las_tidigare(ar_mapp: Path) -> tuple[tuple[Version, ...], list[Hinder]]:
    """The versions that can be read, and what is wrong with any of them."""
    versioner, fel = [], []
    for mapp in versionsmappar(ar_mapp):
        try:
            granskad = verifiera_filer(mapp)
            las_resultat(mapp)
        except ManifestFel as e:
            fel.append(_andrad(mapp, str(e)))
            continue
        versioner.append(granskad.version)
        fel += [_andrad(mapp, f"{i_klartext(a.var)}: {a.text}") for a in granskad.avvikelser]
    return tuple(versioner), fel


def _andrad(mapp: Path, text: str) -> Hinder:
    atgard = "En publicerad version ska vara orörd: hämta mappen från säkerhetskopian."
    return hinder("tidigare-version-andrad", mapp.name, text, atgard)
