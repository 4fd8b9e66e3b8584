"""Warnings about the stories of an underlag, for whoever writes and reviews them, before they are published.

Nothing here stops a story: consent and review do (CONTRACT section 1), and a person decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bokslut import tal
from bokslut.text.exempel import saknade_avsnitt
from bokslut.text.igenkanning import hitta_ledtradar
from indikatorer.berattelser import Inledning, borjan, innehall, las_berattelse
from indikatorer.diagnos import Diagnos, Niva, ordnade
from indikatorer.forberedelse import Forberett
from indikatorer.resultat import Utvardering
from indikatorer.toml.fel import Rader
from indikatorer.toml.source import TomlDokument

_KONTROLL: Final = {"alder": "ålder", "plats": "plats", "diagnos": "diagnos", "utbildning": "utbildning"}


def granska_berattelser(forberett: Forberett, u: Utvardering) -> list[Diagnos]:
    """What a reviewer should look at in each story, published or not."""
    platser = platsnamn(u)
    ut: list[Diagnos] = []
    for data in forberett.underlag.kallor.values():
        for namn, text in data.texter.items():
            fil = f"{data.fil}/{namn}"
            inledning, dok, fel = las_berattelse(fil, text)
            if inledning is not None and not fel:
                ut += _granska(fil, text, inledning, dok, platser - {inledning.enhet})
    return list(ordnade(ut))


def platsnamn(u: Utvardering) -> frozenset[str]:
    """The kommuner and enheter that the evaluation knows by name."""
    enheter = {c.enhet for c in u.tabeller if c.enhet} | {
        d.del_ for r in u.resultat() for d in r.uppdelning if d.dimension == "enhet"
    }
    enheter |= {enhet for s in u.sammanslagna for enhet in s.enheter}
    return frozenset(
        enheter | {s.omrade for s in u.serier} | {r.grupp for r in u.resultat() if r.grupp and r.regel == "forandring"}
    )


def _granska(fil: str, text: str, i: Inledning, dok: TomlDokument, platser: frozenset[str]) -> Iterator[Diagnos]:
    if i.publicerad:
        yield from _fel_i_gangen(fil, i, dok)
    rader, start = Rader(text), borjan(text)
    saknas = saknade_avsnitt(innehall(text))
    if saknas:
        regel = f"saknar {tal.rakna_upp([f'avsnittet {s}' for s in saknas])}"
        atgard = f"Skriv {' och '.join(f'## {s}' for s in saknas)} på en egen rad före det."
        yield _varning("saknat-avsnitt", fil, rader, start, start, "Berättelsen", regel, atgard)
    for led in hitta_ledtradar(text[start:], platser):
        regel = f"kan vara {led.vad}, som tillsammans med annat kan peka ut en person"
        atgard = "Skriv mer allmänt, eller låt det stå om ni är säkra på att ingen går att känna igen."
        yield _varning("kan-peka-ut", fil, rader, start + led.start, start + led.slut, f"”{led.text}”", regel, atgard)


def _fel_i_gangen(fil: str, i: Inledning, dok: TomlDokument) -> Iterator[Diagnos]:
    """A story that somebody means to publish, and that will not be, or that nobody has gone through."""
    if not i.far_visas():
        saknas = "samtycke" if not i.samtycke else "granskad_av"
        regel = f"är satt till publicerad men saknar {'samtycke' if not i.samtycke else 'granskare'}, så den visas inte"
        atgard = "Be om samtycke" if not i.samtycke else "Låt någon annan granska den"
        plats = dok.plats_nyckel((saknas,))
        hela = f"{atgard}, eller skriv publicerad = false."
        yield Diagnos("visas-inte", fil, plats, f"”{i.titel}”", regel, hela, niva=Niva.VARNING)
    kvar = [_KONTROLL[k] for k in i.avidentifierad.kvar()]
    if kvar:
        plats = dok.plats_nyckel(("avidentifierad",))
        regel = f"har inte gåtts igenom för {tal.rakna_upp(kvar)}"
        atgard = (
            "Skriv avidentifierad = { alder = true, plats = true, diagnos = true, utbildning = true } när det är gjort."
        )
        yield Diagnos("ej-avidentifierad", fil, plats, f"”{i.titel}”", regel, atgard, niva=Niva.VARNING)


def _varning(kod: str, fil: str, rader: Rader, start: int, slut: int, fann: str, regel: str, atgard: str) -> Diagnos:
    return Diagnos(kod, fil, rader.plats(start, slut), fann, regel, atgard, niva=Niva.VARNING)
