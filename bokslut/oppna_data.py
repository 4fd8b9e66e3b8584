"""The files to download: the results as JSON, and everything as CSV that a Swedish Excel opens."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bokslut import tal
from bokslut.diagram import svg, table
from bokslut.diagram.penna import fristaende
from bokslut.diagram.spec import ChartSpec
from bokslut.innehall import Innehall
from indikatorer.resultat import Resultat, Utvardering, som_json

MAPP = "data"


@dataclass(frozen=True, slots=True)
class Fil:
    """A file to download."""

    sokvag: str
    innehall: str

    @property
    def format(self) -> str:
        """The kind of file, as readers know it."""
        return self.sokvag.rpartition(".")[2].upper()


@dataclass(frozen=True, slots=True)
class Filgrupp:
    """Files with the same content in different forms. vad: what they hold, in words. var: the part of the bokslut."""

    vad: str
    var: str
    filer: tuple[Fil, ...]


def build_filer(innehall: Innehall) -> tuple[Filgrupp, ...]:
    """All files, whole sets first, then each chart as figures and as a drawing."""
    u = innehall.utvardering
    hela = (Fil("resultat.json", resultat_json(u)), Fil(f"{MAPP}/resultat.csv", _resultat_csv(u)))
    grupper = [Filgrupp("Alla resultat, ett per rad, med oavrundade värden", "", hela)]
    if u.tabeller:
        grupper.append(
            Filgrupp("Deltagartabellerna, en cell per rad", "", (Fil(f"{MAPP}/deltagare.csv", _tabell_csv(u)),))
        )
    if u.serier:
        fil = Fil(f"{MAPP}/helarspersoner-alla.csv", _serie_csv(u))
        grupper.append(Filgrupp("Helårspersoner, alla områden och perioder", "", (fil,)))
    omrade = {d.id: o.titel for o in innehall.omraden for d in o.diagram}
    return (*grupper, *(_diagramfiler(spec, omrade.get(spec.id, "")) for spec in innehall.diagram.values()))


def _diagramfiler(spec: ChartSpec, var: str) -> Filgrupp:
    bild = fristaende(svg.draw(spec, svg.BRED))
    filer = (Fil(f"{MAPP}/{spec.id}.csv", table.to_csv(spec)), Fil(f"{MAPP}/{spec.id}.svg", bild))
    return Filgrupp(f"Diagram: {spec.titel}", var, filer)


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
    """A result by column. Empty: missing, hidden or not applicable; `visat` and `orsak` tell which."""
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
        [c.tabell, c.enhet or "", c.utfall, c.kon or "alla", tal.decimal(c.antal), tal.decimal(c.procent), c.visat]
        for c in u.tabeller
    ]
    return table.write_csv([["tabell", "enhet", "utfall", "kon", "antal", "procent", "visat"], *celler])


def _serie_csv(u: Utvardering) -> str:
    rader = [[s.omrade, s.kod, s.period, tal.decimal(s.andel), s.status, s.visat] for s in u.serier]
    return table.write_csv([["omrade", "kod", "period", "andel", "status", "visat"], *rader])
