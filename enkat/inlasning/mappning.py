"""The mapping of another tool's table to a questionnaire: a TOML file that a person edits and keeps for next year.

[import] says what it is, [kolumn] header → column of ours, [skala.*], [svar.*] and [enhet] text → option. "" takes
something out on purpose; "?" is not yet decided, and stops the import.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Final

from pydantic import Field

from enkat.formular import VILL_INTE_SVARA, Enkat, Fraga, Skala
from enkat.frysning.kallbeskrivning import VALD, fragor_som_kolumner
from enkat.inlasning.tabell import Importtabell, rensad
from indikatorer.diagnos import Diagnos, narmast
from indikatorer.schema import Lista, Modell, Text, las_modell
from indikatorer.toml.source import TomlDokument, las_bytes, las_toml

OBESTAMD: Final = "?"
_NUMRERAT: Final = re.compile(r"\d{1,2}\s*[-–—.:)=]\s*(.+)")
_VILL_INTE: Final = frozenset({VILL_INTE_SVARA, "vill inte svara", "vill ej svara", "vill inte uppge", "vill ej uppge"})


class Importhuvud(Modell):
    """[import]. rubrikrader: lines of the header, the last just above the data. fler_svar: between several options."""

    enkat: Text
    period: Text
    blad: str | None = None
    rubrikrader: Annotated[tuple[Annotated[int, Field(ge=1, le=100)], ...], Lista, Field(min_length=1)] = (1,)
    fler_svar: Text = ";"
    population_antal: Annotated[int, Field(ge=0)] | None = None
    utdelade: Annotated[int, Field(ge=0)] | None = None


Ordlista = dict[str, str]


class Innehall(Modell):
    """The whole file."""

    huvud: Importhuvud = Field(alias="import")
    kolumn: Ordlista
    skala: dict[str, Ordlista] = Field(default_factory=dict)
    svar: dict[str, Ordlista] = Field(default_factory=dict)
    enhet: Ordlista = Field(default_factory=dict)


@dataclass(frozen=True)
class Malkolumn:
    """A column of ours that another tool's column can be. skala: its options; None for a tal, datum or enhet.

    flera: it is a whole flera_val, whose cells hold several options.
    """

    namn: str
    text: str
    skala_id: str | None
    skala: Skala | None
    fraga: Fraga | None
    flera: bool = False


@dataclass(frozen=True)
class Mappning:
    """A mapping without faults of its own. dok: where each line stands."""

    dok: TomlDokument
    innehall: Innehall

    @property
    def huvud(self) -> Importhuvud:
        """What is imported."""
        return self.innehall.huvud

    @cached_property
    def kolumner(self) -> Mapping[str, str]:
        """Our column by header as it is compared."""
        return {rensad(rubrik): mal for rubrik, mal in self.innehall.kolumn.items()}

    def ord_for(self, mal: Malkolumn) -> Mapping[str, str]:
        """Text → option id of a column: the scale's words, and its own, which win."""
        if mal.namn == "enhet":
            return _rensade(self.innehall.enhet)
        skala = self.innehall.skala.get(mal.skala_id or "", {})
        return _rensade(skala) | _rensade(self.innehall.svar.get(mal.namn, {}))


def malkolumner(enkat: Enkat) -> dict[str, Malkolumn]:
    """Every column of ours, by name; of a flera_val also the question itself."""
    mal = {"enhet": Malkolumn("enhet", enkat.enhet.text if enkat.enhet else "Enhet", None, None, None)}
    for namn, text, skala_id, fraga in fragor_som_kolumner(enkat):
        if fraga.typ == "flera_val":
            mal[fraga.id] = Malkolumn(fraga.id, fraga.text, fraga.skala_id, enkat.skala(fraga), fraga, flera=True)
            mal[namn] = Malkolumn(namn, text, "ja_nej", VALD, fraga)
        else:
            mal[namn] = Malkolumn(namn, text, skala_id, enkat.skala(fraga), fraga)
    for fraga in enkat.fragor:
        if fraga.id == "kon":
            mal["kon"] = Malkolumn("kon", fraga.text, fraga.skala_id, enkat.skala(fraga), fraga)
    return mal


def las_mappning(fil: str, data: bytes, enkat: Enkat) -> tuple[Mappning | None, list[Diagnos]]:
    """Read a mapping and hold it against the questionnaire. All faults at once; None when there are any."""
    avkodad = las_bytes(fil, data)
    dok = las_toml(fil, avkodad.text)
    fel = [*avkodad.diagnoser, *dok.diagnoser]
    innehall, nya = las_modell(Innehall, dok, (), dok.data)
    fel += nya
    if innehall is not None and not fel:
        mappning = Mappning(dok, innehall)
        fel += _fel_i_kolumner(mappning, enkat) + _fel_i_ord(mappning, enkat)
        if innehall.huvud.enkat != enkat.id:
            regel = f"är inte enkäten som läses ({enkat.id})"
            fel.append(_fel(dok, ("import", "enkat"), "fel-enkat", innehall.huvud.enkat, regel, "Ange rätt enkät.", ()))
        return None if fel else mappning, fel
    return None, fel


def tolka(mal: Malkolumn, ord_: Mapping[str, str], text: str) -> str | None:
    """The option that a text stands for: as the mapping says, else when it is plainly the option. None when unknown."""
    if text in ord_ or not text:
        return ord_.get(text, "")
    if mal.namn == "enhet":
        return text
    if text.casefold() in _VILL_INTE:
        return VILL_INTE_SVARA
    return None if mal.skala is None else _alternativ(mal.skala, text)


def _alternativ(skala: Skala, text: str) -> str | None:
    """An option by its id or words, also with a number before them as in "4 - Till stor del". Never by the number."""
    kanda = {svar.casefold(): svar for svar in skala.svar}
    kanda |= {rensad(ord_).casefold(): svar for svar, ord_ in zip(skala.svar, skala.text, strict=True)}
    traff = _NUMRERAT.fullmatch(text)
    return kanda.get(text.casefold()) or (kanda.get(traff[1].casefold()) if traff else None)


def kandidat(mal: Malkolumn, text: str) -> str | None:
    """The option whose words are nearest, when some are near."""
    if mal.skala is None:
        return None
    ord_ = narmast(text, mal.skala.text)
    return mal.skala.svar[mal.skala.text.index(ord_)] if ord_ is not None else narmast(text, mal.skala.svar)


def saknade_kolumner(mappning: Mappning, tabell: Importtabell) -> list[Diagnos]:
    """Headers that the mapping does not know, or that only the mapping knows."""
    fel = []
    for rubrik in tabell.kolumner:
        if rubrik not in mappning.kolumner:
            regel = "är en kolumn som mappningen inte känner till"
            atgard = f'Skriv en rad för den under [kolumn] i {mappning.dok.fil}; "" om den inte ska med.'
            fel.append(Diagnos("okand-kolumn", tabell.fil, tabell.plats_rubrik(rubrik), f"”{rubrik}”", regel, atgard))
    for rubrik in mappning.innehall.kolumn:
        if rensad(rubrik) not in tabell.kolumner:
            okanda = [r for r in tabell.kolumner if r not in mappning.kolumner]
            regel, atgard = f"är ingen kolumn i {tabell.fil}", "Rätta rubriken, eller ta bort raden."
            fel.append(_fel(mappning.dok, ("kolumn", rubrik), "saknad-kolumn", rubrik, regel, atgard, okanda, True))
    return fel


def _fel_i_kolumner(mappning: Mappning, enkat: Enkat) -> list[Diagnos]:
    kanda = malkolumner(enkat)
    fel, sedda = [], set[str]()
    for rubrik, mal in mappning.innehall.kolumn.items():
        vag = ("kolumn", rubrik)
        if mal == OBESTAMD:
            regel = "är ännu inte bestämd"
            kand = narmast(rubrik, [m.text for m in kanda.values()])
            atgard = 'Skriv vilken kolumn det är, eller "" om den inte ska med.'
            ids = [m.namn for m in kanda.values() if m.text == kand]
            fel.append(_fel(mappning.dok, vag, "obestamd", rubrik, regel, atgard, ids, True))
        elif mal and mal not in kanda:
            atgard = f"Kolumnerna är {', '.join(kanda)}."
            fel.append(_fel(mappning.dok, vag, "okand-fraga", mal, "är ingen fråga i enkäten", atgard, list(kanda)))
        elif mal and (mal in sedda or mal.partition(".")[0] in sedda):
            fel.append(_fel(mappning.dok, vag, "dubbel-fraga", mal, "har redan en kolumn", "Behåll en av dem.", ()))
        sedda.add(mal)
    return fel


def _fel_i_ord(mappning: Mappning, enkat: Enkat) -> list[Diagnos]:
    """Tables of words: their names, and the options on the right."""
    mal = malkolumner(enkat)
    skalor = {m.skala_id: m.skala for m in mal.values() if m.skala_id is not None}
    fel = []
    for del_, tabeller, kanda in (
        ("skala", mappning.innehall.skala, skalor),
        ("svar", mappning.innehall.svar, {namn: m.skala for namn, m in mal.items()}),
    ):
        for namn, ordlista in tabeller.items():
            if namn not in kanda:
                regel = "är ingen skala i enkäten" if del_ == "skala" else "är ingen fråga i enkäten"
                lista = [str(k) for k in kanda]
                fel.append(_fel(mappning.dok, (del_, namn), "okant-namn", namn, regel, "", lista, True))
                continue
            skala = kanda[namn]
            tillatna = (*(skala.svar if skala is not None else ()), VILL_INTE_SVARA, "")
            for text, svar in ordlista.items():
                if svar not in tillatna and (skala is not None or svar == OBESTAMD):
                    fel.append(_fel_svar(mappning.dok, (del_, namn, text), text, svar, tillatna))
    return fel


def _fel_svar(dok: TomlDokument, vag: tuple[str, ...], text: str, svar: str, tillatna: Sequence[str]) -> Diagnos:
    atgard = f'Svaren är {", ".join(t for t in tillatna if t)}, eller "" om det inte är ett svar.'
    if svar == OBESTAMD:
        return _fel(dok, vag, "obestamd", text, "är ännu inte bestämt", atgard, (), True)
    return _fel(dok, vag, "okant-svar", svar, "är inget svar på skalan", atgard, [t for t in tillatna if t])


def _fel(
    dok: TomlDokument,
    vag: tuple[str, ...],
    kod: str,
    fann: str,
    regel: str,
    atgard: str,
    kanda: Sequence[str],
    vid_namn: bool = False,
) -> Diagnos:
    plats = dok.plats_nyckel(vag) if vid_namn else dok.plats_varde(vag)
    nara = kanda[0] if kod == "obestamd" and kanda else narmast(fann, kanda)
    kand = f"”{nara}”" if nara else None
    return Diagnos(kod, dok.fil, plats, f"”{fann}”", regel, atgard, kandidat=kand, falt=".".join(vag))


def _rensade(ordlista: Mapping[str, str]) -> dict[str, str]:
    return {rensad(text): svar for text, svar in ordlista.items()}
