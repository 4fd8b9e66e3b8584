"""The versions that are published: what each tells of itself, and what is wrong when one cannot be read."""

from __future__ import annotations

from dataclasses import dataclass

from bokslut.publicering.manifest import ManifestFel
from bokslut.publicering.utgava import Rattelsevy, Utgava, build_godkannanden, build_rattelser
from bokslut.publicering.versioner import Version, las_version, versionsmappar
from kansli.arbetsmapp import Arbetsmapp


@dataclass(frozen=True)
class Utgiven:
    """A version. version: None when its manifest cannot be used; then fel says why.

    godkannanden: who approved it, one sentence each. rattelse: what it changed; None in the first.
    """

    nr: int
    version: Version | None
    fel: str = ""
    godkannanden: tuple[str, ...] = ()
    rattelse: Rattelsevy | None = None


def las_utgivna(mapp: Arbetsmapp, ar: int) -> list[Utgiven]:
    """The published versions of a year, the newest first."""
    return [_las(int(stig.name[1:]), mapp, ar) for stig in reversed(versionsmappar(mapp.publicerat / str(ar)))]


def las_utgiven(mapp: Arbetsmapp, ar: int, nr: int) -> Utgiven | None:
    """One version; None when there is no such."""
    finns = [int(stig.name[1:]) for stig in versionsmappar(mapp.publicerat / str(ar))]
    return _las(nr, mapp, ar) if nr in finns else None


def _las(nr: int, mapp: Arbetsmapp, ar: int) -> Utgiven:
    try:
        version = las_version(mapp.publicerat / str(ar) / f"v{nr}")
    except ManifestFel as fel:
        return Utgiven(nr, None, str(fel))
    m = version.manifest
    utgava = Utgava(m.version, m.godkannanden, m.rattelser)
    egen = [r for r in build_rattelser(utgava) if r.version == nr]
    return Utgiven(nr, version, "", tuple(map(str, build_godkannanden(utgava))), egen[0] if egen else None)
