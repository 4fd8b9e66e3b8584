"""A version before it is published: evaluated, numbered, summed, and held against the one before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bokslut.grind.hinder import Hinder
from bokslut.jamforelse.frysta_grannar import FrystGranne
from bokslut.oppna_data.filer_att_hamta import resultat_json
from bokslut.publicering.andringar import jamfor
from bokslut.publicering.godkannande import Post, andrat, giltiga
from bokslut.publicering.kontrollsumma import SIFFROR, TEXTER, Akt, build_akt, las_textfiler, sha256
from bokslut.publicering.manifest import Rattelse
from bokslut.publicering.tidigare import Tidigare, las_tidigare
from bokslut.publicering.utgava import Utgava
from bokslut.publicering.versioner import Version
from bokslut.text.texter import Texter, tolka_texter
from indikatorer.forberedelse import Forberett
from indikatorer.resultat import Utvardering
from indikatorer.skydd.rojandevakt import skydda


@dataclass(frozen=True, slots=True)
class Utkast:
    """tidigare: the published versions, oldest first. rattelse: what this one changes, None in the first.

    texter: the very ones that `akt` sums, however the files have been changed since.

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
    texter: Texter
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
    underlag, andras = Path(forberett.underlag.dok.fil).parent, {a.sokvag: sha256(a.innehall) for a in andra}
    innehall = las_textfiler(underlag)
    akt = build_akt(forberett, innehall, text, nummer, salt, andras, fore.fjolsummor)
    texter = tolka_texter((underlag / TEXTER).as_posix(), innehall)
    rattelse = None
    if tidigare and not fore.hinder:
        andringar = jamfor(fore.resultat[-1], json.loads(text))
        rattelse = Rattelse(
            version=nummer, skal=" ".join(skal.split()), foregaende_manifest=tidigare[-1].summa, andringar=andringar
        )
    return Utkast(forberett, utvardering, akt, tidigare, rattelse, tuple(poster), fore.hinder, texter, andra)
