"""Publishes a version: built beside its place, sealed, and moved there whole. Then readers are led to it.

Whatever happens on the way, a power cut or a full disk, the version that was served before is served still. Nothing
here depends on the clock: the same input gives the same bytes.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bokslut.grind.granska import granska
from bokslut.grind.hinder import Hinder, stoppar
from bokslut.jamforelse.frysta_grannar import FrystGranne, build_frysta
from bokslut.publicering.godkannande import Post
from bokslut.publicering.kontrollsumma import saltkontroll, sha256_fil
from bokslut.publicering.manifest import FORMAT, MANIFEST, Manifest, Overvagda, Varning, program, skriv
from bokslut.publicering.utgava import Utgava
from bokslut.publicering.utkast import Utkast, build_utkast
from bokslut.publicering.versioner import las_version, peka_om, versionsmappar
from bokslut.sidor import bygg
from bokslut.text.texter import INGA, Texter
from bokslut.text.textgranskning import granska_texter
from grund.settings import synka_mapp
from indikatorer.diagnos import Niva
from indikatorer.forberedelse import Forberett
from indikatorer.resultat import Utvardering

Sag = Callable[[str], None]
_FULLT: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_I_ORD: Final = {
    errno.EACCES: "du saknar rättigheter",
    errno.EPERM: "du saknar rättigheter",
    errno.EROFS: "disken är skrivskyddad",
    errno.EEXIST: "det ligger en fil i vägen",
    errno.ENOTDIR: "det ligger en fil i vägen",
}


class Stoppad(Exception):
    """The gate stopped it. hinder: everything that stands in the way, warnings too."""

    def __init__(self, hinder: Sequence[Hinder]) -> None:
        super().__init__("\n".join(map(str, hinder)))
        self.hinder = tuple(hinder)


class SkrivFel(Exception):
    """The version could not be written; the text says why and what readers meet now, in Swedish."""


@dataclass(frozen=True, slots=True)
class Uppdrag:
    """What to publish. rot: the folder of all years. skal: why a correction. trots: why the warnings may stand.

    andra: what other förbund have published, to stand beside.
    """

    forberett: Forberett
    rot: Path
    salt: bytes
    poster: tuple[Post, ...] = ()
    skal: str = ""
    trots: str = ""
    andra: tuple[FrystGranne, ...] = ()

    def utkast(self) -> Utkast:
        """The version that would come next."""
        return build_utkast(self.forberett, self.ar_mapp, self.salt, self.poster, self.skal, self.andra)

    @property
    def ar_mapp(self) -> Path:
        """The folder of the year."""
        return self.rot / str(self.forberett.ar)


@dataclass(frozen=True, slots=True)
class Publicerad:
    """A version that readers are led to. summa: of its manifest. ny: False when it was there already."""

    mapp: Path
    version: int
    summa: str
    ny: bool


def forhandsvisa(uppdrag: Uppdrag, framsteg: Sag | None = None) -> list[Hinder]:
    """What stands in the way. Everything is built and looked at, and nothing is kept."""
    utkast = uppdrag.utkast()
    with tempfile.TemporaryDirectory() as mapp:
        plats = Path(mapp) / f"v{utkast.akt.version}"
        bygg_version(utkast.texter, utkast.utvardering, plats, utkast.utgava(), framsteg, utkast.andra)
        return granska(utkast, plats)


def publicera(uppdrag: Uppdrag, framsteg: Sag | None = None) -> Publicerad:
    """Publish, or lead readers to what is published already when nothing has changed.

    framsteg: told, in Swedish, what comes next.

    Raises:
        Stoppad: the gate found what blocks, or warnings that nobody has answered for.
        SkrivFel: the disk is full, or the folder cannot be written.
    """
    sag = framsteg or (lambda _: None)
    ar_mapp = uppdrag.ar_mapp
    try:
        ar_mapp.mkdir(parents=True, exist_ok=True)
        with _ensam(ar_mapp):
            _stada(ar_mapp)
            utkast = uppdrag.utkast()
            if not utkast.redan_publicerad():
                _lagg_till(utkast, uppdrag, sag)
            elif utkast.hinder:
                raise Stoppad(utkast.hinder)
            return _visa(ar_mapp, not utkast.redan_publicerad(), sag)
    except OSError as fel:
        raise SkrivFel(f"{_orsak(fel)} Inget har publicerats: {_nu_visas(ar_mapp)}") from fel


def bygg_version(
    texter: Texter,
    utvardering: Utvardering,
    plats: Path,
    utgava: Utgava,
    framsteg: Sag | None = None,
    andra: Sequence[FrystGranne] = (),
) -> None:
    """Build everything that a version holds but its manifest. Faulty texts are left out: the gate tells of them."""
    trasiga = any(d.niva is Niva.FEL for d in granska_texter(texter, utvardering))
    bygg(
        utvardering,
        plats,
        framsteg,
        utgava,
        INGA if trasiga else texter,
        [a.bokslut for a in andra],
        med_pdf=True,
        fler=build_frysta(andra),
    )


def summor(mapp: Path) -> dict[str, str]:
    """The sum of every file of a version that has no manifest yet, by its path from the folder, in order."""
    filer = sorted(f for f in mapp.rglob("*") if f.is_file())
    return {f.relative_to(mapp).as_posix(): sha256_fil(f) for f in filer}


def _lagg_till(utkast: Utkast, uppdrag: Uppdrag, sag: Sag) -> None:
    """Build, examine and seal beside the place, and move it there in one step."""
    ar_mapp, namn = uppdrag.ar_mapp, f"v{utkast.akt.version}"
    bredvid = Path(tempfile.mkdtemp(prefix=f".{namn}-", dir=ar_mapp))
    try:
        plats = bredvid / namn
        bygg_version(utkast.texter, utkast.utvardering, plats, utkast.utgava(), sag, utkast.andra)
        sag("Granskar före publicering")
        hinder = granska(utkast, plats)
        if stoppar(hinder) or (hinder and not uppdrag.trots.strip()):
            raise Stoppad(hinder)
        sag("Räknar kontrollsummor")
        (plats / MANIFEST).write_bytes(skriv(_manifest(utkast, uppdrag, plats, hinder)))
        sag("Skriver till disken")
        _forsegla(plats)
        sag(f"Flyttar {namn} på plats")
        os.rename(plats, ar_mapp / namn)
        synka_mapp(ar_mapp)
    finally:
        shutil.rmtree(bredvid, ignore_errors=True)


def _manifest(utkast: Utkast, uppdrag: Uppdrag, plats: Path, hinder: Sequence[Hinder]) -> Manifest:
    akt, utgava = utkast.akt, utkast.utgava()
    return Manifest(
        format=FORMAT,
        forbund=utkast.utvardering.forbund,
        ar=akt.ar,
        version=akt.version,
        program=program(),
        regler=akt.regler,
        texter=dict(akt.texter),
        underlag=akt.underlag,
        andra=dict(akt.andra),
        fjol=dict(akt.fjol),
        saltkontroll=saltkontroll(uppdrag.salt),
        siffror=akt.siffror,
        akt=akt.summa(),
        godkannanden=utgava.godkannanden,
        overvagt=_overvagda(hinder, uppdrag.trots) if hinder else None,
        rattelser=utgava.rattelser,
        filer=summor(plats),
    )


def _overvagda(hinder: Sequence[Hinder], skal: str) -> Overvagda:
    varningar = tuple(Varning(kod=h.kod, var=h.var, text=h.text) for h in hinder)
    return Overvagda(skal=" ".join(skal.split()), varningar=varningar)


def _visa(ar_mapp: Path, ny: bool, sag: Sag) -> Publicerad:
    """Lead readers to the newest version; also after a crash that came between its place and the way to it."""
    sag("Visar vägen till den nya versionen")
    versioner = [las_version(mapp) for mapp in versionsmappar(ar_mapp)]
    senaste = versioner[-1]
    try:
        peka_om(ar_mapp, versioner)
    except OSError as fel:
        text = f"Version {senaste.manifest.version} ligger på plats, men läsarna leds inte dit än. Kör publicera igen."
        raise SkrivFel(f"{_orsak(fel)} {text}") from fel
    return Publicerad(senaste.mapp, senaste.manifest.version, senaste.summa, ny)


def _forsegla(mapp: Path) -> None:
    """Every byte on the disk, and no file writable by mistake."""
    for stig in sorted(mapp.rglob("*")):
        if stig.is_dir():
            continue
        with stig.open("rb") as fil:
            os.fsync(fil.fileno())
        stig.chmod(0o444)
    for katalog in (mapp, *(s for s in mapp.rglob("*") if s.is_dir())):
        synka_mapp(katalog)


@contextmanager
def _ensam(mapp: Path) -> Iterator[None]:
    """One publication at a time: the folder itself is what is locked."""
    nummer = os.open(mapp, os.O_RDONLY)
    try:
        fcntl.flock(nummer, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise SkrivFel("Någon annan publicerar samma år just nu. Vänta tills det är klart.") from None
    finally:
        os.close(nummer)


def _stada(ar_mapp: Path) -> None:
    """Take away what a publication that was cut off has left beside the versions."""
    for rest in ar_mapp.glob(".v*-*"):
        shutil.rmtree(rest, ignore_errors=True)


def _orsak(fel: OSError) -> str:
    # Copying a folder gathers its faults as texts in one that has no number of its own.
    if fel.errno in _FULLT or any(f"[Errno {nummer}]" in str(fel) for nummer in _FULLT):
        return "Disken är full. Frigör plats och försök igen."
    return f"Det går inte att skriva {fel.filename or 'filerna'}: {_I_ORD.get(fel.errno or 0, fel.strerror)}."


def _nu_visas(ar_mapp: Path) -> str:
    mappar = versionsmappar(ar_mapp)
    return f"version {mappar[-1].name[1:]} visas som förut." if mappar else "ingen version har publicerats för året."
