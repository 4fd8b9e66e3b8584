"""Verifies a published version: that its files are as they were sealed, and its figures those that come out again."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bokslut.publicering.andringar import skillnader
from bokslut.publicering.godkannande import samma_person
from bokslut.publicering.kontrollsumma import sha256_fil
from bokslut.publicering.manifest import MANIFEST, Manifest, ManifestFel
from bokslut.publicering.versioner import RESULTAT, Version, beside, las_version, versionsmappar

# What may be found, and what it means. Explained in docs/grind.md.
KODER: Final = (
    "fil-saknas",
    "fil-andrad",
    "fil-tillagd",
    "inte-en-fil",
    "fil-olaslig",
    "manifest-motsager-sig",
    "manifest-utbytt",
    "tidigare-version-utbytt",
    "regler-andrade",
    "text-andrad",
    "underlag-andrat",
    "siffra-skiljer",
    "sida-skiljer",
    "vagvisning-andrad",
)
_ATGARD: Final = "Jämför med säkerhetskopian, och ta reda på vem som har ändrat."


@dataclass(frozen=True, slots=True)
class Avvikelse:
    """One thing that is not as it was sealed. var: the file or the figure."""

    kod: str
    var: str
    text: str
    atgard: str

    def __str__(self) -> str:
        """One line: where, what and what to do."""
        return " ".join(f"{self.var}: {self.text} {self.atgard}".split())


@dataclass(frozen=True, slots=True)
class Granskad:
    """A version and what is wrong with its files."""

    version: Version
    avvikelser: tuple[Avvikelse, ...]


def verifiera_filer(mapp: Path) -> Granskad:
    """Hold every file in a version folder against its manifest. No link is followed, and no other file is opened.

    Raises:
        ManifestFel: the manifest cannot be used.
    """
    version = las_version(mapp)
    avvikelser = [*_filer(mapp, version.manifest), *_motsagelser(version.manifest), *_kedja(version)]
    return Granskad(version, tuple(avvikelser))


def valj_versioner(katalog: Path) -> list[Path]:
    """The folder itself when it is a version, else all versions of the year that it holds.

    Raises:
        ManifestFel: it is neither.
    """
    if not katalog.is_dir():
        regel = "är en fil, men ska vara en mapp." if katalog.exists() else "finns inte."
        raise ManifestFel(katalog, regel, "Peka ut mappen för en version, som publicerat/2020/v1.")
    mappar = [katalog] if os.path.lexists(katalog / MANIFEST) else versionsmappar(katalog)
    if not mappar:
        regel = f"har ingen {MANIFEST}, och inga mappar v1, v2 …"
        raise ManifestFel(katalog, regel, "Peka ut mappen för en version, som publicerat/2020/v1.")
    return mappar


def verifiera_summa(version: Version, summa: str | None) -> Iterator[Avvikelse]:
    """Hold the manifest itself against the sum that somebody kept. None: nobody did."""
    if summa is not None and "".join(summa.split()).lower() != version.summa:
        text = f"har kontrollsumman {version.summa}, inte den som angavs."
        yield Avvikelse("manifest-utbytt", MANIFEST, text, "Versionen är inte den som protokollet talar om.")


def verifiera_vagvisning(ar_mapp: Path, versioner: Sequence[Version]) -> Iterator[Avvikelse]:
    """What lies beside the versions: it is not sealed, but should lead to the newest and tell of it in the others."""
    for namn, data in beside(versioner).items():
        fil = ar_mapp / namn
        if not fil.is_file() or fil.is_symlink() or fil.read_bytes() != data:
            text = "leder inte läsaren rätt: den är inte som programmet skriver den."
            yield Avvikelse("vagvisning-andrad", namn, text, "Kör bokslut publicera igen; då skrivs den på nytt.")


def jamfor_siffror(publicerat: Mapping[str, Any], omraknat: Mapping[str, Any]) -> Iterator[Avvikelse]:
    """Every figure that does not come out as it was published, each by name."""
    atgard = "Kontrollera underlag och regler."
    for del_, nycklar in (("indikatorer", ("id", "grupp")), ("tabeller", ("tabell", "enhet", "utfall", "kon"))):
        gamla, nya = ({tuple(r[n] for n in nycklar): r for r in dok[del_]} for dok in (publicerat, omraknat))
        for plats in dict.fromkeys((*gamla, *nya)):
            gammal, ny = gamla.get(plats), nya.get(plats)
            if gammal == ny:
                continue
            for text in _skiljer(gammal, ny):
                yield Avvikelse("siffra-skiljer", _namn(gammal or ny or {}), text, atgard)
    for nyckel in ("forbund", "ar"):
        if publicerat.get(nyckel) != omraknat.get(nyckel):
            text = f"är {publicerat.get(nyckel)} i bokslutet, men {omraknat.get(nyckel)} i reglerna."
            yield Avvikelse("siffra-skiljer", nyckel, text, atgard)


def _skiljer(gammal: Mapping[str, Any] | None, ny: Mapping[str, Any] | None) -> Iterator[str]:
    if gammal is None or ny is None:
        yield "finns i bokslutet, men inte i underlaget." if ny is None else "finns i underlaget, men inte i bokslutet."
        return
    for nyckel in skillnader(gammal, ny):
        fore, efter = gammal.get(nyckel), ny.get(nyckel)
        if isinstance(fore or efter, list | dict):
            yield f"{nyckel} är en annan i bokslutet än enligt underlaget."
        else:
            yield f"{nyckel} är {_visa(fore)} i bokslutet, men {_visa(efter)} enligt underlaget."


def _namn(rad: Mapping[str, Any]) -> str:
    if "utfall" in rad:
        return ", ".join(str(rad[n]) for n in ("tabell", "enhet", "utfall", "kon") if rad.get(n))
    grupp = f" ({rad['grupp']})" if rad.get("grupp") else ""
    return f"{rad.get('nummer') or ''} {rad.get('titel') or rad.get('id')}{grupp}".strip()


def _visa(varde: object) -> str:
    text = "inget" if varde is None else str(varde)
    return text if len(text) <= 80 else f"{text[:77]}…"


def _filer(mapp: Path, manifest: Manifest) -> Iterator[Avvikelse]:
    finns = dict(_innehall(mapp))
    for namn, summa in sorted(manifest.filer.items()):
        if namn not in finns:
            text = "saknas, fast den publicerades."
            yield Avvikelse("fil-saknas", namn, text, "Hämta den från säkerhetskopian.")
        elif not finns[namn]:
            text = "är en länk eller något annat än en vanlig fil."
            yield Avvikelse("inte-en-fil", namn, text, _ATGARD)
        else:
            yield from _fil(mapp, namn, summa)
    for namn in sorted(finns.keys() - manifest.filer.keys()):
        text = "publicerades inte, men ligger där nu."
        yield Avvikelse("fil-tillagd", namn, text, "Ta bort den, och ta reda på vem som lade dit den.")


def _fil(mapp: Path, namn: str, summa: str) -> Iterator[Avvikelse]:
    try:
        if sha256_fil(mapp / namn) != summa:
            yield Avvikelse("fil-andrad", namn, "är inte som den publicerades: kontrollsumman är en annan.", _ATGARD)
    except OSError as fel:
        yield Avvikelse("fil-olaslig", namn, f"går inte att läsa: {fel.strerror}.", "Rätta rättigheterna.")


def _innehall(mapp: Path) -> Iterator[tuple[str, bool]]:
    """All that lies in the folder but its manifest, by path, and whether it is a plain file."""
    for katalog, mappar, filer in os.walk(mapp):
        for namn in (*filer, *(m for m in mappar if Path(katalog, m).is_symlink())):
            stig = Path(katalog, namn)
            if stig != mapp / MANIFEST:
                yield stig.relative_to(mapp).as_posix(), stat.S_ISREG(stig.lstat().st_mode)


def _motsagelser(manifest: Manifest) -> Iterator[Avvikelse]:
    """What a manifest that bokslut wrote never is: at odds with itself."""
    fel = []
    if manifest.as_akt(manifest.version).summa() != manifest.akt:
        fel.append("det som godkändes är inte det som manifestet räknar upp")
    if manifest.filer.get(RESULTAT) != manifest.siffror:
        fel.append(f"siffrorna som godkändes är inte de i {RESULTAT}")
    if any(manifest.filer.get(namn) != summa for namn, summa in manifest.andra.items()):
        fel.append("jämförelserna som godkändes är inte de som ligger i versionen")
    if len({samma_person(g.av) for g in manifest.godkannanden}) < 2:
        fel.append("två olika personer har inte godkänt det")
    if [r.version for r in manifest.rattelser] != list(range(2, manifest.version + 1)):
        fel.append("rättelserna stämmer inte med versionens nummer")
    for text in fel:
        yield Avvikelse("manifest-motsager-sig", MANIFEST, f"{text}.", _ATGARD)


def _kedja(version: Version) -> Iterator[Avvikelse]:
    """A correction holds the sum of the manifest that it corrects, so that neither can be changed alone."""
    manifest = version.manifest
    fore = version.mapp.resolve().parent / f"v{manifest.version - 1}" / MANIFEST
    if manifest.rattelser and fore.is_file() and sha256_fil(fore) != manifest.rattelser[-1].foregaende_manifest:
        text = f"är inte det manifest som version {manifest.version} rättade."
        yield Avvikelse("tidigare-version-utbytt", f"v{manifest.version - 1}/{MANIFEST}", text, _ATGARD)
