"""A bokslut so small that it publishes in a moment: two indicators, one survey, one public table, one story."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bokslut.publicering import godkannande, publicera
from bokslut.publicering.kontrollsumma import salt_for, sha256
from bokslut.publicering.manifest import FORMAT, MANIFEST, Manifest, program, skriv
from bokslut.publicering.publicera import Publicerad, Uppdrag
from bokslut.publicering.utkast import Utkast, build_utkast
from bokslut.publicering.versioner import RESULTAT
from bokslut.underlag import las

INDIKATORER = """
[bokslut]
forbund = "Förbundet Exemplet"
ar = 2020
beslut = "styrelsen 2019-12-05 § 41"
minsta_grupp = 5
kontakt = "bokslut@exempel.se"

[malomrade.nytta]
nummer = 1
titel = "Deltagarnytta"

[mal.stod]
malomrade = "nytta"
text = "Deltagarna får det stöd de behöver."

[indikator.stod]
nummer = "1.1"
titel = "Stöd som hjälper"
mal = "stod"
regel = "andel"
kalla = "enkat"
fraga = "stod"
svar = ["ja"]
gron = "minst 50 %"

[indikator.berattelser]
nummer = "1.2"
titel = "Goda exempel"
mal = "stod"
regel = "goda_exempel"
kalla = "exempel"
gron = "minst 1"

[indikator.styrelsen]
nummer = "1.3"
titel = "Jämn styrelse"
mal = "stod"
regel = "konszon"
kalla = "representation"
urval = { grupp = ["styrelse"] }
gron = "mellan 40 och 60 %"
"""
UNDERLAG = """
[skala.ja_nej]
svar = ["ja", "nej"]
text = ["Ja", "Nej"]
ordnad = false

[kalla.enkat]
typ = "enkat"
skydd = "personer"
kallas = "deltagarna"
fil = "enkat.csv"
period = "2020"
utdelade = 120

[kalla.enkat.fraga.stod]
text = "Har du fått stöd?"
skala = "ja_nej"

[kalla.representation]
typ = "register"
skydd = "offentlig"
kallas = "ledamöterna"
fil = "representation.csv"
period = "2020"

[kalla.exempel]
typ = "berattelser"
skydd = "offentlig"
kallas = "berättelserna"
fil = "exempel"
period = "2020"
"""
BERATTELSE = """+++
titel = "Ett steg i taget"
indikator = "berattelser"
enhet = "Torget"
samtycke = true
granskad_av = "Eva Lind"
publicerad = true
avidentifierad = { alder = true, plats = true, diagnos = true, utbildning = true }
+++
**Bakgrund.** Det gick bra.
"""
REPRESENTATION = "grupp,kon,antal\nstyrelse,kvinna,6\nstyrelse,man,6\n"
IDAG = date(2021, 3, 15)
BESLUT = "styrelsen 2021-03-12 § 14"


class Litet:
    """The files of one förbund, and what can be done with them."""

    def __init__(self, rot: Path) -> None:
        self.rot = rot
        self.indikatorer, self.underlag = rot / "indicators.toml", rot / "underlag"
        self.publicerat, self.instans = rot / "publicerat", rot / "instans"
        self.godkannanden = self.instans / "godkannanden.jsonl"
        (self.underlag / "exempel").mkdir(parents=True)
        self.indikatorer.write_text(INDIKATORER, "utf-8")
        (self.underlag / "underlag.toml").write_text(UNDERLAG, "utf-8")
        (self.underlag / "exempel" / "ett.md").write_text(BERATTELSE, "utf-8")
        (self.underlag / "representation.csv").write_text(REPRESENTATION, "utf-8")
        self.svar(ja=90, nej=10)

    def svar(self, ja: int, nej: int) -> None:
        rader = "".join(f"{svar},{antal}\n" for svar, antal in (("ja", ja), ("nej", nej)) if antal)
        (self.underlag / "enkat.csv").write_text(f"stod,antal\n{rader}", "utf-8")

    def byt(self, fil: Path, gammalt: str, nytt: str) -> None:
        text = fil.read_text("utf-8")
        assert gammalt in text
        fil.write_text(text.replace(gammalt, nytt), "utf-8")

    def salt(self) -> bytes:
        return salt_for(self.underlag, self.instans)

    def utkast(self, skal: str = "") -> Utkast:
        poster = godkannande.las(self.godkannanden)
        return build_utkast(las(self.indikatorer, self.underlag), self.publicerat / "2020", self.salt(), poster, skal)

    def godkann(self, av: str = "Anna Ek", roll: str = "forbundschef", beslut: str = "") -> godkannande.Post:
        return godkannande.lagg_till(self.godkannanden, self.utkast().akt, av, roll, beslut, IDAG)

    def godkann_av_tva(self) -> None:
        self.godkann()
        self.godkann("Bo Al", "godkannare", BESLUT)

    def uppdrag(self, skal: str = "", trots: str = "") -> Uppdrag:
        poster = godkannande.las(self.godkannanden)
        return Uppdrag(las(self.indikatorer, self.underlag), self.publicerat, self.salt(), poster, skal, trots)

    def publicera(self, skal: str = "", trots: str = "") -> Publicerad:
        return publicera.publicera(self.uppdrag(skal, trots))

    def publicerad(self) -> Path:
        """The first version, approved and published."""
        self.godkann_av_tva()
        return self.publicera().mapp

    def rattad(self) -> Path:
        """The second version, after a correction of the answers."""
        self.publicerad()
        self.svar(ja=40, nej=60)
        (self.underlag / "texter" / "kommentarer").mkdir(parents=True)
        (self.underlag / "texter" / "kommentarer" / "stod.md").write_text("Vi arbetar vidare.\n", "utf-8")
        self.godkann_av_tva()
        return self.publicera("Svaren var förväxlade.").mapp


def lagg_ut(mapp: Path, dokument: Mapping[str, Any]) -> None:
    """Results as a published version has them, and a manifest that holds their sum; no page of it is there."""
    resultat = json.dumps(dokument).encode()
    summa = sha256(resultat)
    manifest = Manifest(
        format=FORMAT,
        forbund="Förbundet Exemplet",
        ar=int(mapp.parent.name),
        version=int(mapp.name[1:]),
        program=program(),
        regler=summa,
        texter={},
        underlag=(),
        saltkontroll=summa,
        siffror=summa,
        akt=summa,
        godkannanden=(),
        overvagt=None,
        rattelser=(),
        filer={RESULTAT: summa},
    )
    mapp.mkdir(parents=True, exist_ok=True)
    (mapp / RESULTAT).write_bytes(resultat)
    (mapp / MANIFEST).write_bytes(skriv(manifest))


def filer(mapp: Path) -> dict[str, bytes]:
    return {f.relative_to(mapp).as_posix(): f.read_bytes() for f in sorted(mapp.rglob("*")) if f.is_file()}
