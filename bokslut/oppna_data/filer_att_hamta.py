"""The files to download: the results as JSON, and everything as CSV that a Swedish Excel opens.

An address is the name of what it holds and stays the same from year to year. Where a number is missing the column
`saknas` says why, in the codes of `saknas`; the number itself is then empty, so that a column of numbers stays one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from bokslut import saknas, tal
from bokslut.diagram import table, words
from bokslut.diagram.spec import ChartSpec
from bokslut.fras import fras
from bokslut.innehall import Innehall
from bokslut.oppna_data import bild
from indikatorer.resultat import Resultat, Utvardering, som_json

MAPP = "data"


@dataclass(frozen=True, slots=True)
class Fil:
    """A file to download."""

    sokvag: str
    innehall: str | bytes

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return self.innehall.encode("utf-8") if isinstance(self.innehall, str) else self.innehall

    @property
    def namn(self) -> str:
        """The name of the file, without its folder."""
        return self.sokvag.rpartition("/")[2]

    @property
    def format(self) -> str:
        """The kind of file, as readers know it."""
        return self.sokvag.rpartition(".")[2].upper()


@dataclass(frozen=True, slots=True)
class Filgrupp:
    """Files with the same content in different forms. vad: what they hold, in words. var: the part of the bokslut.

    dataset: its name in the catalogue of open data; "" is not listed there.
    """

    vad: str
    var: str
    filer: tuple[Fil, ...]
    dataset: str = ""


def build_filer(innehall: Innehall, med_bilder: bool) -> tuple[Filgrupp, ...]:
    """All files, whole sets first, then each chart as figures and as a drawing. med_bilder: as PNG too."""
    u = innehall.utvardering
    hela = (Fil("resultat.json", resultat_json(u)), Fil(f"{MAPP}/resultat.csv", _resultat_csv(u)))
    namn = "Resultat i socialt bokslut"
    grupper = [Filgrupp(fras("Alla resultat, ett per rad, med oavrundade värden"), "", hela, namn)]
    if u.tabeller:
        fil = Fil(f"{MAPP}/deltagare.csv", _tabell_csv(u))
        grupper.append(
            Filgrupp(fras("Deltagartabellerna, en cell per rad"), "", (fil,), "Deltagare i samordnade insatser")
        )
    if u.serier:
        fil = Fil(f"{MAPP}/helarspersoner-alla.csv", _serie_csv(u))
        grupper.append(Filgrupp(fras("Helårspersoner, alla områden och perioder"), "", (fil,), "Helårspersoner"))
    omrade = {d.id: o.titel for o in innehall.omraden for d in o.diagram}
    avsandare = f"{u.forbund}, socialt bokslut {u.ar}"
    alla = innehall.diagram.values()
    return (*grupper, *(_diagramfiler(spec, omrade.get(spec.id, ""), avsandare, med_bilder) for spec in alla))


def _diagramfiler(spec: ChartSpec, var: str, avsandare: str, med_bilder: bool) -> Filgrupp:
    """The stable addresses of a chart: data/ID.csv, .json, .svg and .png."""
    ritad = bild.som_svg(spec, avsandare)
    stam = f"{MAPP}/{spec.id}"
    filer = (
        Fil(f"{stam}.csv", table.to_csv(spec)),
        Fil(f"{stam}.json", diagram_json(spec)),
        Fil(f"{stam}.svg", ritad),
    )
    bilder = (Fil(f"{stam}.png", bild.som_png(ritad)),) if med_bilder else ()
    return Filgrupp(fras("Diagram: {titel}", titel=spec.titel), var, (*filer, *bilder))


def diagram_json(spec: ChartSpec) -> str:
    """What a chart shows: its words, and each row with its figures."""
    rader = [
        {
            "namn": rad.namn,
            "signal": rad.signal or None,
            "signaltext": rad.ord or None,
            "granser": list(rad.grans),
            "intervall": None if rad.intervall is None else list(rad.intervall),
            "varden": [
                {
                    "serie": serie.namn,
                    "varde": v.tal,
                    "visat": v.visat,
                    "saknas": saknas.kod_for_visat(v.tal, v.visat) or None,
                    "anmarkning": v.anm or None,
                }
                for serie, v in zip(spec.serier, rad.varden, strict=False)
            ],
        }
        for rad in spec.rader
    ]
    dokument = {
        "id": spec.id,
        "titel": spec.titel,
        "beskrivning": words.describe(spec),
        "enhet": spec.enhet,
        "kalla": spec.kalla,
        "rader": rader,
    }
    return json.dumps(dokument, ensure_ascii=False, indent=1) + "\n"


def resultat_json(utvardering: Utvardering) -> str:
    """The document of CONTRACT section 3."""
    return json.dumps(som_json(utvardering), ensure_ascii=False, indent=1) + "\n"


def _resultat_csv(u: Utvardering) -> str:
    rader = [
        _resultatrad(r, malomrade=omrade.titel, mal=mal.text)
        for omrade in u.malomraden
        for mal in omrade.mal
        for r in mal.resultat
    ]
    huvud = list(rader[0]) if rader else []
    return table.write_csv([huvud, *(list(rad.values()) for rad in rader)])


def _resultatrad(r: Resultat, **plats: str) -> dict[str, str]:
    """A result by column. A number is empty where there is none; `saknas` tells why."""
    lag, hog = r.intervall or (None, None)
    return plats | {
        "id": r.id,
        "nummer": r.nummer or "",
        "grupp": r.grupp or "",
        "regel": r.regel,
        "titel": r.titel,
        "taljare": tal.decimal(r.taljare),
        "namnare": tal.decimal(r.namnare),
        "varde": tal.decimal(r.varde),
        "visat": r.visat,
        "saknas": saknas.kod(r.varde, r.orsak),
        "krav": r.krav or "",
        "signal": r.signal or "",
        "orsak": r.orsak or "",
        "intervall_lag": tal.decimal(lag),
        "intervall_hog": tal.decimal(hog),
        "osaker": {True: "ja", False: "nej", None: ""}[r.osaker],
        "svarsfrekvens": tal.decimal(r.svarsfrekvens),
        "bortfall": tal.decimal(r.bortfall),
        "foregaende": r.foregaende.visat if r.foregaende else "",
    }


def _tabell_csv(u: Utvardering) -> str:
    celler = [
        [
            c.tabell,
            c.enhet or "",
            c.utfall,
            c.kon or "alla",
            tal.decimal(c.antal),
            tal.decimal(c.procent),
            c.visat,
            saknas.kod_for_visat(c.antal, c.visat),
        ]
        for c in u.tabeller
    ]
    return table.write_csv([["tabell", "enhet", "utfall", "kon", "antal", "procent", "visat", "saknas"], *celler])


def _serie_csv(u: Utvardering) -> str:
    rader = [
        [s.omrade, s.kod, s.period, tal.decimal(s.andel), s.status, s.visat, saknas.kod_for_visat(s.andel, s.visat)]
        for s in u.serier
    ]
    return table.write_csv([["omrade", "kod", "period", "andel", "status", "visat", "saknas"], *rader])
