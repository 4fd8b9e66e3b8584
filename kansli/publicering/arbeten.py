"""The long work of publishing: building a draft to read, publishing, and verifying what is published."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bokslut.grind.granska import granska
from bokslut.grind.hinder import Hinder
from bokslut.publicering import godkannande, publicera
from bokslut.publicering.godkannande import GodkannandeFel
from bokslut.publicering.kontrollsumma import SaltFel, salt_for
from bokslut.publicering.manifest import ManifestFel
from bokslut.publicering.omrakning import rakna_om
from bokslut.publicering.publicera import SkrivFel, Stoppad, Uppdrag, bygg_version
from bokslut.publicering.verifiera import Avvikelse, verifiera_filer
from indikatorer.diagnos import UnderlagFel
from kansli.arbetsmapp import Arbetsmapp
from kansli.aret import las_aret
from kansli.jobb.besked import Sagt, besked, pa_svenska
from kansli.jobb.kor import Arbete, Framsteg, Stopp, Utfall
from kansli.publicering import store
from kansli.publicering.fynd import AV_SIDORNA, som_data
from kansli.publicering.utkastet import Utkastet, las_utkastet
from kansli.sprak import mark

# A draft can be made again: nothing whose name begins with a dot comes along in a backup.
UTKAST: Final = ".utkast"
_NAGRA: Final = 20
_SKRIVER: Final = "Skriver "
_MOTORNS: Final = (
    mark("Skriver bokslutet som PDF"),
    mark("Granskar före publicering"),
    mark("Räknar kontrollsummor"),
    mark("Skriver till disken"),
    mark("Visar vägen till den nya versionen"),
)
_BORTA: Final = mark("Året har inget underlag längre. Inget har ändrats.")


@dataclass(frozen=True)
class Bestallning:
    """Who asked for the work, about what. till: the page to go on to. skal, trots: reasons that were given."""

    mapp: Arbetsmapp
    ar: int
    konto_id: str
    till: str
    skal: str = ""
    trots: str = ""


def utkastmapp(mapp: Arbetsmapp, ar: int) -> Path:
    """Where the built draft of a year lies: beside what is published, and never a part of it."""
    return mapp.rot / UTKAST / str(ar)


def bygg_utkast(b: Bestallning) -> Arbete:
    """Build everything as it would be published, for those who approve to read, and look at every page."""

    def arbete(sag: Framsteg) -> Utfall:
        with _fel_i_ord(b):
            utkastet = _las(b)
            sag(besked(mark("Räknar och skriver sidorna. Det tar några sekunder.")))
            hinder = _bygg(b, utkastet, sag)
            fynd = som_data(h for h in hinder if h.kod in AV_SIDORNA)
            store.spara_utkast(sag.session, datetime.now(UTC), b.konto_id, b.ar, utkastet.akt, fynd)
        return besked(mark("Utkastet är klart att läsa.")), b.till

    return arbete


def _bygg(b: Bestallning, utkastet: Utkastet, sag: Framsteg) -> list[Hinder]:
    """Build beside the place, and move it there whole; the draft before is read until then."""
    plats = utkastmapp(b.mapp, b.ar)
    plats.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    bredvid = Path(tempfile.mkdtemp(prefix=f".{b.ar}-", dir=plats.parent))
    try:
        utkast = utkastet.utkast
        nytt = bredvid / f"v{utkast.akt.version}"
        bygg_version(utkast.texter, utkast.utvardering, nytt, utkast.utgava(), lambda steg: sag(_steg(steg)))
        sag(besked(mark("Granskar sidorna")))
        hinder = granska(utkast, nytt)
        if plats.exists():
            os.rename(plats, bredvid / "gammalt")
        os.rename(nytt, plats)
        return hinder
    finally:
        shutil.rmtree(bredvid, ignore_errors=True)


def publicera_version(b: Bestallning) -> Arbete:
    """Publish, if nothing stands in the way."""

    def arbete(sag: Framsteg) -> Utfall:
        with _fel_i_ord(b, lambda text: _logga_stopp(b, sag, pa_svenska(text))):
            utkastet = _las(b)
            if utkastet.fel:
                raise UnderlagFel(utkastet.fel)
            salt = salt_for(b.mapp.underlag(b.ar), b.mapp.rot)
            poster = godkannande.las(b.mapp.godkannanden)
            uppdrag = Uppdrag(utkastet.utkast.forberett, b.mapp.publicerat, salt, poster, b.skal, b.trots)
            ut = publicera.publicera(uppdrag, lambda steg: sag(_steg(steg)))
            kod = "bokslut-publicerat" if ut.ny else "bokslut-redan-publicerat"
            store.logga(sag.session, datetime.now(UTC), b.konto_id, kod, f"{b.ar} v{ut.version}", ut.summa)
        if not ut.ny:
            redan = mark("Version %(version)s är redan publicerad med exakt det här innehållet.")
            return besked(redan, version=ut.version), b.till
        shutil.rmtree(utkastmapp(b.mapp, b.ar), ignore_errors=True)
        klart = besked(
            mark("Version %(version)s av socialt bokslut %(ar)s är publicerad."), version=ut.version, ar=str(b.ar)
        )
        summa = mark("Manifestets kontrollsumma, att skriva i styrelsens protokoll: %(summa)s")
        return [klart, besked(summa, summa=ut.summa)], b.till

    return arbete


def verifiera_version(b: Bestallning, version: int) -> Arbete:
    """Hold every file against the manifest, and work out every figure anew from the underlag there is."""

    def arbete(sag: Framsteg) -> Utfall:
        with _fel_i_ord(b):
            sag(besked(mark("Jämför varje fil med manifestet")), 10)
            granskad = verifiera_filer(b.mapp.publicerat / str(b.ar) / f"v{version}")
            sag(besked(mark("Räknar om varje siffra ur underlaget")), 40)
            avvikelser, anmarkningar = list(granskad.avvikelser), []
            aret = las_aret(b.mapp, b.ar)
            if aret is None or aret.forberett.fel():
                anmarkningar.append("Siffrorna är inte omräknade: mål eller underlag går inte att läsa som de är nu.")
            else:
                omraknat = rakna_om(granskad.version, aret.forberett, salt_for(b.mapp.underlag(b.ar), b.mapp.rot))
                avvikelser += omraknat.avvikelser
                anmarkningar += omraknat.anmarkningar
            sparat = _sparat(avvikelser, granskad.version.summa, " ".join(anmarkningar))
            store.spara_verifiering(sag.session, sparat.tid, b.konto_id, (b.ar, version), sparat)
        if avvikelser:
            avviker = mark("%(antal)s avvikelser i version %(version)s. De står på versionens sida.")
            return besked(avviker, antal=len(avvikelser), version=version), b.till
        return [besked(mark("Version %(version)s är som den publicerades."), version=version), *anmarkningar], b.till

    return arbete


def _steg(steg: str) -> Sagt:
    """A step of the engine, which tells it in Swedish: the reader's own words for those that take time."""
    if steg in _MOTORNS:
        return besked(steg)
    return besked(mark("Skriver %(fil)s"), fil=steg.removeprefix(_SKRIVER)) if steg.startswith(_SKRIVER) else steg


def _sparat(avvikelser: list[Avvikelse], stampel: str, anmarkning: str) -> store.Sparat:
    fynd = [{"kod": a.kod, "var": a.var, "text": a.text, "atgard": a.atgard} for a in avvikelser[:200]]
    return store.Sparat(fynd, stampel, anmarkning, "", datetime.now(UTC))


def _las(b: Bestallning) -> Utkastet:
    utkastet = las_utkastet(b.mapp, b.ar, b.skal)
    if utkastet is None:
        raise Stopp(besked(_BORTA), b.till)
    return utkastet


def _logga_stopp(b: Bestallning, sag: Framsteg, text: str) -> None:
    store.logga(sag.session, datetime.now(UTC), b.konto_id, "publicering-stannade", str(b.ar), text[:500])


@contextmanager
def _fel_i_ord(b: Bestallning, fore: Callable[[Sagt], None] = lambda _: None) -> Iterator[None]:
    """Stop with its own words at every fault that somebody can do something about. fore: told the words first."""
    try:
        yield
    except (Stoppad, UnderlagFel, SkrivFel, ManifestFel, SaltFel, GodkannandeFel, OSError) as fel:
        text = _i_ord(fel)
        fore(text)
        raise Stopp(text, b.till) from fel


def _i_ord(fel: Exception) -> Sagt:
    if isinstance(fel, Stoppad):
        hindrar = [h for h in fel.hinder if h.blockerar] or list(fel.hinder)
        return [besked(mark("Inget har publicerats. Det här ska göras först:")), *map(str, hindrar[:_NAGRA])]
    if isinstance(fel, UnderlagFel):
        return [besked(mark("Fel i mål eller underlag:")), *(d.mening() for d in fel.diagnoser[:_NAGRA])]
    if isinstance(fel, OSError):
        olast = mark("Det gick inte att läsa eller skriva filerna: %(orsak)s. Inget halvt har sparats.")
        return besked(olast, orsak=str(fel.strerror))
    return str(fel)
