"""A questionnaire from its file: TOML in, a frozen Enkat out, every fault told at its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final

from enkat.felplats import fel_i
from enkat.formular import Enhetsfraga, Enkat, Fraga, Huvud, Skala
from enkat.fragekontroll import ar_id, kontrollera_fragor, kontrollera_skala
from indikatorer.diagnos import Diagnos, Niva, narmast
from indikatorer.schema import las_modell
from indikatorer.toml.source import TomlDokument, las_bytes, las_toml

TABELLER: Final = ("enkat", "enhet", "skala", "fraga")


@dataclass(frozen=True)
class Lasning:
    """A questionnaire as far as it could be read. enkat: without what is faulty; None when too little is left."""

    dok: TomlDokument
    enkat: Enkat | None
    diagnoser: tuple[Diagnos, ...]

    def felfri(self) -> bool:
        """Whether it may be put to anyone."""
        return self.enkat is not None and all(d.niva is not Niva.FEL for d in self.diagnoser)

    def namns(self, fraga: str) -> bool:
        """Whether the file has something by that id, readable or not, or may have: a faulty line hides what it says."""
        return self.dok.finns(("fraga", fraga)) or self.dok.trasig(("fraga", fraga))


def las_enkat(fil: str, data: bytes) -> tuple[Enkat | None, list[Diagnos]]:
    """Read a questionnaire. Its id is the file's name. None when there is any fault; warnings leave it usable."""
    lasning = las_formular(fil, data)
    return lasning.enkat if lasning.felfri() else None, list(lasning.diagnoser)


def las_formular(fil: str, data: bytes) -> Lasning:
    """The same, with the document and with what could be read in spite of faults."""
    avkodad = las_bytes(fil, data)
    dok = las_toml(fil, avkodad.text)
    fel = [*avkodad.diagnoser, *dok.diagnoser]
    if avkodad.diagnoser:
        return Lasning(dok, None, tuple(fel))
    fel += _okanda_tabeller(dok) + _fel_namn(fil, dok)
    huvud, nya = las_modell(Huvud, dok, ("enkat",), _tabell(dok.data, "enkat"))
    fel += nya
    enhet = _las_enhet(dok, fel)
    skalor = _las_skalor(dok, fel)
    fragor, nya = kontrollera_fragor(dok, _las_fragor(dok, fel), skalor)
    fel += nya
    ordnade = tuple(sorted(fel, key=lambda d: (d.plats.start, d.kod)))
    if huvud is None:
        return Lasning(dok, None, ordnade)
    return Lasning(dok, Enkat(PurePath(fil).stem, huvud, enhet, fragor, skalor), ordnade)


def _tabell(data: Mapping[str, Any], namn: str) -> Mapping[str, Any]:
    varde = data.get(namn, {})
    return varde if isinstance(varde, Mapping) else {}


def _okanda_tabeller(dok: TomlDokument) -> list[Diagnos]:
    fel = []
    for namn, varde in dok.data.items():
        if dok.trasig((namn,)) or (namn in TABELLER and isinstance(varde, Mapping)):
            continue
        if namn in TABELLER:
            atgard = f"Skriv rubriken [{namn}] på en egen rad, och innehållet under den."
            fel.append(fel_i(dok, (namn,), "fel-typ", f"”{namn}”", "ska vara en tabell", atgard))
            continue
        kandidat = narmast(namn, TABELLER)
        atgard = "" if kandidat else f"Delarna är {', '.join(TABELLER)}."
        regel = "är ingen del av en enkät"
        fel.append(
            fel_i(
                dok,
                (namn,),
                "okand-nyckel",
                f"”{namn}”",
                regel,
                atgard,
                kandidat=kandidat,
                forslag=kandidat,
                vid_namn=True,
            )
        )
    return fel


def _fel_namn(fil: str, dok: TomlDokument) -> list[Diagnos]:
    namn = PurePath(fil).stem
    if ar_id(namn):
        return []
    regel = "är enkätens id, och ska bestå av små bokstäver a–z, siffror och understreck"
    return [fel_i(dok, (), "fel-id", f"Filnamnet ”{namn}”", regel, "Döp om filen.")]


def _las_enhet(dok: TomlDokument, fel: list[Diagnos]) -> Enhetsfraga | None:
    if not isinstance(dok.data.get("enhet"), Mapping):
        return None
    enhet, nya = las_modell(Enhetsfraga, dok, ("enhet",), _tabell(dok.data, "enhet"))
    fel += nya
    return enhet


def _las_skalor(dok: TomlDokument, fel: list[Diagnos]) -> dict[str, Skala]:
    skalor = {}
    for id_ in _tabell(dok.data, "skala"):
        vag = ("skala", id_)
        skala, nya = las_modell(Skala, dok, vag, _tabell(_tabell(dok.data, "skala"), id_))
        fel += nya
        if skala is not None:
            nya = list(kontrollera_skala(dok, id_, skala))
            fel += nya
            if len(skala.svar) == len(skala.text):
                skalor[id_] = skala
    return skalor


def _las_fragor(dok: TomlDokument, fel: list[Diagnos]) -> list[Fraga]:
    fragor = []
    for id_ in _tabell(dok.data, "fraga"):
        ra = _tabell(_tabell(dok.data, "fraga"), id_)
        fraga, nya = las_modell(Fraga, dok, ("fraga", id_), {**ra, "id": id_})
        fel += nya
        if fraga is not None:
            fragor.append(fraga)
    if not fragor and not dok.trasig(("fraga",)) and not dok.finns(("fraga",)):
        atgard = "Lägg till en fråga: [fraga.mitt_id] och under den typ och text."
        fel.append(fel_i(dok, (), "inga-fragor", "", "en enkät ska ha minst en fråga", atgard))
    return fragor
