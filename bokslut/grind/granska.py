"""The gate: everything that may stand in the way of a publication, as one list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bokslut.grind.hinder import Hinder, hinder
from bokslut.grind.provar_pdf import granska_pdf
from bokslut.grind.provar_resultat import (
    granska_berattelser,
    granska_mal,
    granska_osakerhet,
    granska_skydd,
    granska_utgivare,
)
from bokslut.grind.provar_sidor import granska_sidor
from bokslut.grind.provar_texter import granska_igenkanning, granska_text
from bokslut.publicering.godkannande import beslutsdatum, giltiga, inaktuella, racker
from bokslut.publicering.utkast import Utkast
from bokslut.text.textgranskning import Textlasare
from enkat.sprak import granskning, sprak, textsumma


def granska_innehall(utkast: Utkast, lasare: Textlasare | None = None) -> list[Hinder]:
    """What stands in the way in the content itself: goals, figures, protection, stories, earlier versions.

    lasare: one that has read texts against the figures of the draft before.
    """
    u = utkast.utvardering
    return [
        *granska_mal(u),
        *granska_skydd(u),
        *granska_berattelser(utkast.forberett, u),
        *utkast.hinder,
        *_granska_rattelse(utkast),
        *granska_text(utkast.forberett, utkast.texter, u, lasare),
        *granska_osakerhet(u),
        *granska_utgivare(u),
        *granska_igenkanning(utkast.forberett, u),
        *_granska_sprak(),
    ]


def granska(utkast: Utkast, mapp: Path) -> list[Hinder]:
    """Everything that stands in the way, what blocks first. mapp: the built site."""
    alla = [*granska_innehall(utkast), *granska_sidor(mapp), *granska_pdf(mapp), *_granska_godkannanden(utkast)]
    return sorted(alla, key=lambda h: not h.blockerar)


def _granska_rattelse(utkast: Utkast) -> Iterator[Hinder]:
    rattelse = utkast.rattelse
    if rattelse is not None and not rattelse.skal and not utkast.redan_publicerad():
        antal = rattelse.andringar.antal()
        vad = f"{antal} resultat och celler skiljer" if antal else "regler, underlag eller texter skiljer"
        text = f"{vad} sig från version {utkast.forra}, och läsaren ska få veta varför."
        yield hinder("rattelse-utan-skal", f"version {rattelse.version}", text, "Skriv skälet: --rattelse ”…”.")


def _granska_sprak() -> Iterator[Hinder]:
    for kod, lage in granskning().items():
        spraket = sprak(kod)
        if spraket is None or lage.granskad(textsumma(kod)) or not lage.undantag.strip():
            continue
        text = f"Översättningen till {spraket.namn} är inte granskad, men får användas: {lage.undantag}"
        yield hinder("oversattning-ogranskad", "translations/granskning.toml", text, "Låt någon granska den.")


def _granska_godkannanden(utkast: Utkast) -> Iterator[Hinder]:
    if utkast.redan_publicerad():
        return
    poster, akt = utkast.poster, utkast.akt
    givna = giltiga(poster, akt)
    for post, vad in inaktuella(poster, akt):
        text = f"{post.av} godkände {post.datum}, men sedan dess har {_upprakna(vad)} ändrats."
        yield hinder("godkannande-inaktuellt", f"version {akt.version}", text, "Be om ett nytt godkännande.")
    if not racker(givna):
        har = f"Hittills: {', '.join(f'{p.av} ({p.roll})' for p in givna)}." if givna else "Ingen har godkänt det ännu."
        text = f"Två olika personer ska godkänna exakt det här innehållet, den ena som godkannare. {har}"
        atgard = "Kör bokslut godkann, en gång per person."
        yield hinder("godkannande-saknas", f"version {akt.version}", text, atgard)
    if givna and not any(beslutsdatum(p.beslut) for p in givna):
        text = "Ingen av dem som godkänt har angett styrelsens beslut."
        atgard = "Godkänn med --beslut ”styrelsen 2021-03-12 § 14”."
        yield hinder("beslut-saknas", f"version {akt.version}", text, atgard)


def _upprakna(delar: list[str]) -> str:
    return delar[0] if len(delar) == 1 else f"{', '.join(delar[:-1])} och {delar[-1]}"
