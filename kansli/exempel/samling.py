"""The good examples of a year: where they lie, how each stands, and how many of them count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import tomlkit

from enkat.frysning.fryst_mapp import las_underlag
from enkat.frysning.underlagsfil import lagg_till
from grund.settings import ersatt_privat, skapa_mapp
from indikatorer.diagnos import Niva
from indikatorer.forberedelse import Forberett
from indikatorer.underlag import Kalldata
from kansli.arbetsmapp import Arbetsmapp
from kansli.aret import Aret
from kansli.exempel.berattelsefil import MAPP, Berattelse, Berattelsefil, hitta, tolka
from kansli.lista import Kolumn
from kansli.sprak import gettext as _
from kansli.sprak import mark
from kansli.vantat import ar_vantad

# How an example stands, in the order of the list: what somebody must do something about first.
LAGEN: Final = {
    "fel": mark("Har fel"),
    "samtycke": mark("Samtycke saknas"),
    "granskas": mark("Väntar på granskning"),
    "utkast": mark("Utkast"),
    "granskad": mark("Granskad, inte med i bokslutet"),
    "med": mark("Med i bokslutet"),
}


@dataclass(frozen=True)
class Exempel:
    """A good example. lage: a code of LAGEN. indikator: the title of what counts it, "" when there is none such."""

    fil: Berattelsefil
    berattelse: Berattelse
    lage: str
    titel: str
    enhet: str
    indikator: str
    granskad_av: str


def mapp_for(aret: Aret, mapp: Arbetsmapp) -> Path:
    """The folder of the examples: the one that underlag.toml names, else where it will be."""
    kalla = _kalla(aret.forberett)
    return mapp.underlag(aret.ar) / MAPP if kalla is None else Path(kalla.fil)


def _kalla(forberett: Forberett) -> Kalldata | None:
    alla = forberett.underlag.kallor.values()
    return next((k for k in alla if k.kalla.typ == "berattelser" and not ar_vantad(k)), None)


def alla(aret: Aret, mapp: Arbetsmapp) -> list[Exempel]:
    """Every example of a year, what waits for somebody first."""
    rot = mapp_for(aret, mapp)
    filer = (hitta(rot, aret.ar, stig.name) for stig in sorted(rot.glob("*.md")) if stig.is_file())
    lasta = [las(aret, fil) for fil in filer if fil is not None]
    return sorted(lasta, key=lambda e: (list(LAGEN).index(e.lage), e.titel.casefold()))


def las(aret: Aret, fil: Berattelsefil) -> Exempel:
    """An example as it stands in its file."""
    b = tolka(fil.stig.as_posix(), fil.las() or "")
    av_aret = (d for d in aret.forberett.diagnoser if d.fil == fil.stig.as_posix() and d.niva is Niva.FEL)
    b = replace(b, fel=tuple(dict.fromkeys((*b.fel, *av_aret))))
    titlar = {id_: i.titel for id_, i in aret.forberett.definitioner.giltiga(aret.ar).items()}
    indikator = str(b.uppgifter.get("indikator", ""))
    return Exempel(
        fil=fil,
        berattelse=b,
        lage=_lage(b),
        titel=str(b.uppgifter.get("titel") or fil.namn),
        enhet=str(b.uppgifter.get("enhet", "")),
        indikator=titlar.get(indikator, ""),
        granskad_av=str(b.uppgifter.get("granskad_av", "")).strip(),
    )


def _lage(b: Berattelse) -> str:
    i = b.inledning
    if i is None or b.fel:
        return "fel"
    if not i.publicerad:
        return "granskad" if i.granskad_av.strip() else "utkast"
    if not i.samtycke:
        return "samtycke"
    return "med" if i.far_visas() else "granskas"


def kolumner() -> Sequence[Kolumn[Exempel]]:
    """What the list can be sorted by and searched in."""
    return (
        Kolumn("titel", _("Rubrik"), lambda e: e.titel),
        Kolumn("indikator", _("Räknas i"), lambda e: e.indikator or None),
        Kolumn("enhet", _("Enhet"), lambda e: e.enhet or None),
        Kolumn("lage", _("Läge"), lambda e: list(LAGEN).index(e.lage), sokbar=False),
        Kolumn("granskad_av", _("Granskad av"), lambda e: e.granskad_av or None),
    )


def se_till_kalla(aret: Aret, mapp: Arbetsmapp) -> None:
    """Let underlag.toml know of the examples, so that the first one counts; all else in it stays as it is."""
    if _kalla(aret.forberett) is not None:
        return
    rot = mapp.underlag(aret.ar)
    skapa_mapp(rot / MAPP)
    text = lagg_till(las_underlag(rot), tomlkit.dumps({"kalla": {_id(aret.forberett): _beskrivning(aret.ar)}}))
    ersatt_privat(rot / "underlag.toml", text.encode())


def _id(forberett: Forberett) -> str:
    """The källa that the indicators of good examples ask for."""
    for i in forberett.definitioner.indikatorer.values():
        if i.regel == "goda_exempel":
            fragad: Any = getattr(i, "kalla", None)
            return str(fragad or "goda_exempel")
    return "goda_exempel"


def _beskrivning(ar: int) -> dict[str, str]:
    return {
        "typ": "berattelser",
        "skydd": "offentlig",
        "kallas": "exempelsamlingen",
        "fil": MAPP,
        "period": str(ar),
        "population": "berättelser som verksamheterna har lämnat under året",
    }
