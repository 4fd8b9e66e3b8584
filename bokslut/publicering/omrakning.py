"""Recomputes a published version from its underlag: every figure, every sum, and where it can be done every page."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bokslut.jamforelse.frysta_grannar import MAPP, las_frysta
from bokslut.jamforelse.grannfil import Grannfel
from bokslut.oppna_data.filer_att_hamta import resultat_json
from bokslut.publicering.kontrollsumma import (
    SALT_BYTE,
    TEXTER,
    Akt,
    build_akt,
    gallrade,
    las_textfiler,
    saltkontroll,
    sha256_fil,
)
from bokslut.publicering.manifest import Manifest, program
from bokslut.publicering.publicera import bygg_version, summor
from bokslut.publicering.utgava import Utgava
from bokslut.publicering.verifiera import Avvikelse, jamfor_siffror
from bokslut.publicering.versioner import RESULTAT, Version, las_resultat, versionsmappar
from bokslut.text.texter import Texter, tolka_texter
from indikatorer.forberedelse import Forberett
from indikatorer.resultat import Utvardering
from indikatorer.skydd.rojandevakt import skydda

_AR_OCH_VERSION: Final = re.compile(r"\d{4}/v\d+")
_ATGARD: Final = "Leta upp den fil som bokslutet byggdes av, eller publicera en rättelse."


@dataclass(frozen=True, slots=True)
class Omrakning:
    """What does not come out as published. anmarkningar: what could not be examined, and why, in Swedish."""

    avvikelser: tuple[Avvikelse, ...]
    anmarkningar: tuple[str, ...]


def rakna_om(version: Version, forberett: Forberett, salt: bytes | None) -> Omrakning:
    """Hold a version against the rules and the underlag that it is said to be made of.

    salt: what the underlag was sealed with; None when whoever verifies does not have it.

    Raises:
        UnderlagFel: the rules or the underlag are faulty, so that nothing can be computed.
        ManifestFel: the published results cannot be read.
    """
    manifest = version.manifest
    fore = [m for m in versionsmappar(version.mapp.parent) if int(m.name[1:]) < manifest.version]
    fjol, okanda = _fjol(version)
    utvardering = skydda(forberett, tidigare=[las_resultat(m) for m in fore], fjol=fjol)
    text = resultat_json(utvardering)
    underlag = Path(forberett.underlag.dok.fil).parent
    texter = las_textfiler(underlag)
    akt = build_akt(forberett, texter, text, manifest.version, salt or bytes(SALT_BYTE), manifest.andra, manifest.fjol)
    ratt_salt = salt is not None and saltkontroll(salt) == manifest.saltkontroll
    gallrat = gallrade(forberett)
    avvikelser = [
        *_delar(manifest, akt, ratt_salt, gallrat),
        *jamfor_siffror(las_resultat(version.mapp), json.loads(text)),
    ]
    anmarkningar = [*_utan_jamforelse(manifest, ratt_salt, gallrat), *okanda]
    finns = {m.name for m in fore}
    for nr in range(1, manifest.version):
        if f"v{nr}" not in finns:
            text = "Vad den visade är en del av vad som skyddas i den här, så enstaka dolda siffror kan skilja."
            anmarkningar.append(f"Version {nr} ligger inte bredvid. {text}")
    if avvikelser:
        return Omrakning(tuple(avvikelser), tuple(anmarkningar))  # then every page differs, which tells nobody more
    if manifest.program == program():
        avvikelser += _sidor(version, tolka_texter((underlag / TEXTER).as_posix(), texter), utvardering)
    else:
        anmarkningar.append(
            f"Sidorna är inte byggda på nytt, för det här programmet är inte det som publicerade dem "
            f"(bokslut {manifest.program.version}, eller andra bibliotek). Siffrorna är omräknade ändå."
        )
    return Omrakning(tuple(avvikelser), tuple(anmarkningar))


def _delar(manifest: Manifest, akt: Akt, ratt_salt: bool, gallrat: set[str]) -> Iterator[Avvikelse]:
    if akt.regler != manifest.regler:
        text = "är inte de regler som bokslutet publicerades med."
        yield Avvikelse("regler-andrade", "filen med indikatorer", text, _ATGARD)
    for namn in _skiljer(manifest.texter, akt.texter):
        yield Avvikelse("text-andrad", f"texter/{namn}", "är inte som när bokslutet publicerades.", _ATGARD)
    gamla, nya = ({u.namn: u for u in lista} for lista in (manifest.underlag, akt.underlag))
    for namn in _skiljer(gamla, nya):
        med_salt = any(namn in sida and sida[namn].slag == "hmac-sha256" for sida in (gamla, nya))
        if namn in gallrat or (med_salt and not ratt_salt and namn in gamla and namn in nya):
            continue
        yield Avvikelse("underlag-andrat", namn, "är inte som när bokslutet publicerades.", _ATGARD)


def _fjol(version: Version) -> tuple[list[dict[str, Any]], list[str]]:
    """What last year's versions told when this one was published, and a remark for each that is not there as it was."""
    dokument, okanda = [], []
    for namn, summa in sorted(version.manifest.fjol.items(), key=lambda par: int(par[0].rpartition("v")[2])):
        mapp = version.mapp.parent.parent / namn
        fil = mapp / RESULTAT
        if _AR_OCH_VERSION.fullmatch(namn) and fil.is_file() and sha256_fil(fil) == summa:
            dokument.append(las_resultat(mapp))
        else:
            text = "Vad den visade är en del av vad som skyddas i den här, så enstaka dolda siffror kan skilja."
            okanda.append(f"Fjolårets bokslut {namn} ligger inte bredvid, eller är inte som när versionen kom. {text}")
    return dokument, okanda


def _utan_jamforelse(manifest: Manifest, ratt_salt: bool, gallrat: set[str]) -> Iterator[str]:
    if not ratt_salt:
        yield (
            "Underlagets egna filer är inte jämförda: det behövs det salt som versionen förseglades med (--salt FIL), "
            "och det har bara förbundet och revisorn. Siffrorna är omräknade ändå."
        )
    if namn := sorted(gallrat & {u.namn for u in manifest.underlag}):
        yield f"Svaren har gallrats i {', '.join(namn)}. Antalen som finns kvar räcker för siffrorna."


def _sidor(version: Version, texter: Texter, utvardering: Utvardering) -> Iterator[Avvikelse]:
    """Every published file that the same program makes otherwise of the same underlag, and of what lies beside it."""
    manifest = version.manifest
    try:
        andra = las_frysta(version.mapp, list(manifest.andra))
    except Grannfel as fel:
        text = f"är inte ett bokslut som går att jämföra med: {fel.regel}"
        yield Avvikelse("fil-andrad", f"{MAPP}/", text, "Hämta mappen från säkerhetskopian.")
        return
    with tempfile.TemporaryDirectory() as mapp:
        plats = Path(mapp) / version.mapp.name
        utgava = Utgava(manifest.version, manifest.godkannanden, manifest.rattelser)
        bygg_version(texter, utvardering, plats, utgava, andra=andra)
        for namn in _skiljer(manifest.filer, summor(plats)):
            text = "är inte den fil som programmet bygger av det här underlaget."
            atgard = "Siffrorna stämmer, så någon kan ha ändrat filen och manifestet för hand."
            yield Avvikelse("sida-skiljer", namn, text, atgard)


def _skiljer(a: Mapping[str, object], b: Mapping[str, object]) -> list[str]:
    return [namn for namn in sorted({*a, *b}) if a.get(namn) != b.get(namn)]
