"""The gate's checks of the figures, the goals and the stories: what can be told before any page is built."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from bokslut.grind.hinder import Hinder, hinder
from indikatorer.berattelser import las_berattelse
from indikatorer.forberedelse import Forberett
from indikatorer.resultat import Kallfakta, Orsak, Resultat, Tal, Utvardering

# Rules whose figures are counts of persons.
_PERSONER = ("andel", "information", "konszon", "nolltolerans", "progression", "antal")


def granska_mal(u: Utvardering) -> Iterator[Hinder]:
    """Goals that say nothing, and results that say nothing of where they come from."""
    for omrade in u.malomraden:
        for mal in omrade.mal:
            if mal.id and not mal.text.strip():
                yield hinder("mal-utan-text", mal.id, "Målet har ingen text.", "Skriv målet i filen med indikatorer.")
    for r in u.resultat():
        if r.orsak is Orsak.FEL_I_DEFINITIONEN:
            atgard = "Rätta felen; bokslut kontrollera visar dem."
            yield hinder("fel-i-definitionen", _var(r), "Indikatorn går inte att räkna.", atgard)
        elif r.kalla is None and r.regel != "index":
            atgard = "Ange kalla eller kallor i filen med indikatorer."
            yield hinder("indikator-utan-kalla", _var(r), "Det står inte var siffran kommer ifrån.", atgard)


def granska_osakerhet(u: Utvardering) -> Iterator[Hinder]:
    """Warnings of what the reader should know: near the limit, unknown response, synthetic answers."""
    for r in u.resultat():
        if r.osaker:
            text = f"Svaren är så få att slumpen kan ha avgjort färgen ({r.visat}, {r.krav})."
            yield hinder("nara-gransen", _var(r), text, "Förklara det i en kommentar, eller låt märket tala.")
    for k in u.kallor:
        if k.typ == "enkat" and k.svarsfrekvens is None:
            atgard = "Skriv utdelade = … i underlag.toml om det är känt."
            yield hinder("svarsfrekvens-okand", k.id, "Det är okänt hur många som fick enkäten.", atgard)
    if u.pahittat:
        atgard = "Ta bort pahittat ur underlag.toml när svaren är riktiga."
        yield hinder("pahittade-svar", "underlag.toml", "Svaren är påhittade, och det står på varje sida.", atgard)


def granska_utgivare(u: Utvardering) -> Iterator[Hinder]:
    """A warning when readers are told of nobody to turn to."""
    if not u.utgivare.kontakt:
        text = "Läsaren får inte veta vart hen vänder sig med frågor, eller när något inte går att använda."
        atgard = 'Skriv kontakt = "namn@exempel.se" under [bokslut].'
        yield hinder("kontakt-saknas", "bokslut.kontakt", text, atgard)


def granska_skydd(u: Utvardering) -> Iterator[Hinder]:
    """Small groups that can be seen as they stand, and what the audit says of those that are hidden."""
    personer = {k.id: k for k in u.kallor if k.skydd == "personer"}
    if not personer:
        return
    if u.minsta_grupp == 0:
        text, atgard = "Skyddet av små grupper är avstängt.", "Sätt minsta_grupp, till exempel 5."
        yield hinder("skydd-avstangt", "bokslut.minsta_grupp", text, atgard)
    elif u.intyg is None or not u.intyg.haller:
        antal = "Det är inte prövat om" if u.intyg is None else f"{len(u.intyg.atkomliga)} gånger visar det sig att"
        text, atgard = f"{antal} ett dolt tal går att räkna fram ur det som visas.", "Se bokslut rojandevakt."
        yield hinder("dold-cell-gar-att-rakna-ut", "röjandevakten", text, atgard)
    for r in u.resultat():
        if r.kalla in personer and any(_liten(tal, u.minsta_grupp) for tal in _antal(r, personer[r.kalla])):
            text = f"Siffran visar en grupp under {u.minsta_grupp}."
            yield hinder("liten-cell-synlig", _var(r), text, "Det är ett fel i programmet. Publicera inte; anmäl det.")
    if any(k.typ == "register" for k in personer.values()):
        for c in u.tabeller:
            if _liten(c.antal, u.minsta_grupp):
                var = ", ".join(filter(None, (f"tabell {c.tabell}", c.enhet, c.utfall, c.kon)))
                text = f"Cellen visar en grupp under {u.minsta_grupp}."
                yield hinder("liten-cell-synlig", var, text, "Det är ett fel i programmet. Publicera inte; anmäl det.")


def granska_berattelser(forberett: Forberett, u: Utvardering) -> Iterator[Hinder]:
    """Stories that somebody means to publish, and that lack what it takes."""
    bedomda = {r.id for r in u.resultat()}
    for data in forberett.underlag.kallor.values():
        for namn, text in data.texter.items():
            inledning, _, _ = las_berattelse(f"{data.fil}/{namn}", text)
            if inledning is None or not inledning.publicerad:
                continue
            if not inledning.samtycke:
                atgard = "Be om samtycke, eller sätt publicerad = false."
                yield hinder(
                    "berattelse-utan-samtycke", namn, "Den som berättelsen handlar om har inte sagt ja.", atgard
                )
            if not inledning.granskad_av.strip():
                atgard = "Skriv vem i granskad_av, eller sätt publicerad = false."
                yield hinder("berattelse-ej-granskad", namn, "Ingen har granskat berättelsen.", atgard)
            if bedomda.isdisjoint((inledning.indikator, *inledning.fler_indikatorer)):
                atgard = "Rätta indikator, eller sätt publicerad = false."
                yield hinder(
                    "berattelse-utan-indikator", namn, "Berättelsen hör inte till något resultat i år.", atgard
                )


def _var(r: Resultat) -> str:
    return " ".join(filter(None, (r.nummer, r.titel, f"({r.grupp})" if r.grupp else "")))


def _antal(r: Resultat, kalla: Kallfakta) -> Iterator[Tal | None]:
    """The counts of persons that a result shows and that may not be small. CONTRACT section 4."""
    if r.regel not in _PERSONER:
        return
    yield r.namnare
    yield from (rad.namnare for rad in r.uppdelning)
    if kalla.typ == "register":
        yield r.taljare
        yield from (rad.taljare for rad in r.uppdelning)
        if r.namnare is not None and r.taljare is not None:
            yield r.namnare - r.taljare


def _liten(tal: Tal | None, minsta: int) -> bool:
    return tal is not None and not isinstance(tal, Fraction) and 0 < tal < minsta
