"""The proof of an instance's questionnaires: the faults that `bokslut kontrollera` tells, each at its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from enkat.formular import Enkat
from enkat.lasning import Lasning, las_formular
from enkat.matning import matade
from enkat.oversattningar import egna
from enkat.prove import prova
from indikatorer.definition import Definitioner
from indikatorer.diagnos import Diagnos, Niva, UnderlagFel
from indikatorer.indikator import Indikator
from indikatorer.underlag import Underlag
from kansli.arbetsmapp import Arbetsmapp
from kansli.aret import Stampel, las_aret

# Faults between a questionnaire and the goals. They are told, and stop nobody from saving: one of the two has to be
# changed first.
MELLAN: Final = frozenset(
    {"indikator-utan-fraga", "indikator-utan-svar", "fraga-utan-svar", "kon-behovs", "fel-sorts-kalla"}
)
# Told on the pages of the translations, language by language.
OM_SPRAK: Final = frozenset({"oversattning-saknas", "granskning-foraldrad", "fel-datum", "okant-sprak"})


_FLEST: Final = 32


@dataclass(frozen=True)
class _Mal:
    """What questionnaires are held against. stampel: of the files it was read from."""

    ar: int | None = None
    stampel: Stampel = ()
    definitioner: Definitioner | None = None
    underlag: Underlag | None = None


@dataclass(frozen=True)
class Provad:
    """One questionnaire, proved. ar: the year of the goals it was held against; None without goals.

    matar: by question, the indicators that count its answers.
    """

    id: str
    lasning: Lasning
    diagnoser: tuple[Diagnos, ...]
    ar: int | None
    matar: Mapping[str, tuple[Indikator, ...]] = field(default_factory=dict)

    @property
    def enkat(self) -> Enkat | None:
        """The questionnaire as far as it can be read."""
        return self.lasning.enkat

    @property
    def titel(self) -> str:
        """What it is called; its id when its file says nothing."""
        return self.enkat.titel if self.enkat is not None else self.id

    @property
    def fel(self) -> tuple[Diagnos, ...]:
        """What must be mended before it is put to anyone."""
        return tuple(d for d in self.diagnoser if d.niva is Niva.FEL)

    @property
    def varningar(self) -> tuple[Diagnos, ...]:
        """What may be as it is; languages apart."""
        return tuple(d for d in self.diagnoser if d.niva is not Niva.FEL and d.kod not in OM_SPRAK)

    def vid(self, *vag: str) -> tuple[Diagnos, ...]:
        """The faults and warnings within a table: ("fraga", "bemott"), ("skala", "del_6"), ("enkat",)."""
        namn = ".".join(vag)
        alla = (*self.fel, *self.varningar)
        return tuple(d for d in alla if d.falt == namn or d.falt.startswith(f"{namn}."))

    def ovriga(self) -> tuple[Diagnos, ...]:
        """Those that are at no table: of the file's form."""
        borjor = ("fraga.", "skala.", "enkat.", "enhet.")
        alla = (*self.fel, *self.varningar)
        return tuple(d for d in alla if not d.falt.startswith(borjor) and d.falt not in ("enkat", "enhet"))


_minne: dict[tuple[object, ...], Mapping[str, Provad]] = {}


def prova_alla(mapp: Arbetsmapp, filer: Mapping[str, bytes]) -> Mapping[str, Provad]:
    """Every questionnaire, held against the others and the goals of the latest year. filer: by id.

    What has been proved is kept until a file of it, of the year or of the translations changes.
    """
    malen = _malen(mapp)
    nyckel = (mapp.rot, tuple(filer.items()), malen.ar, malen.stampel, egna())
    kant = _minne.get(nyckel)
    if kant is None:
        if len(_minne) >= _FLEST:
            _minne.clear()
        kant = _minne[nyckel] = _prova(filer, malen)
    return kant


def _prova(filer: Mapping[str, bytes], malen: _Mal) -> dict[str, Provad]:
    namngivna = {f"{id_}.toml": data for id_, data in filer.items()}
    diagnoser = prova(namngivna, malen.definitioner, malen.underlag)
    provade = {}
    for fil, data in namngivna.items():
        lasning, id_ = las_formular(fil, data), fil.removesuffix(".toml")
        enkat, mal = lasning.enkat, malen.definitioner
        matar = matade(enkat, mal) if enkat is not None and mal is not None else {}
        provade[id_] = Provad(id_, lasning, tuple(d for d in diagnoser if d.fil == fil), malen.ar, matar)
    return provade


def nya_fel(mapp: Arbetsmapp, fore: Mapping[str, bytes], efter: Mapping[str, bytes]) -> list[Diagnos]:
    """The faults that a change would bring, and that were not there before it; those towards the goals left out."""
    kanda = {_marke(d) for d in _fel(prova_alla(mapp, fore))}
    return [d for d in _fel(prova_alla(mapp, efter)) if _marke(d) not in kanda]


def _fel(provade: Mapping[str, Provad]) -> Iterable[Diagnos]:
    return (d for p in provade.values() for d in p.fel if not _ar_mellan(d))


def _ar_mellan(d: Diagnos) -> bool:
    """Whether a fault is towards the goals, or towards what last round's answers are on: then it may be saved."""
    return d.kod in MELLAN or (d.kod == "skala-skiljer" and d.falt.count(".") > 1)


def _marke(d: Diagnos) -> tuple[str, str, str, str]:
    return d.fil, d.kod, d.falt, d.fann


def _malen(mapp: Arbetsmapp) -> _Mal:
    """The latest year's goals and underlag; without goals, or with goals that cannot be read, nothing."""
    for ar in mapp.ar()[:1]:
        try:
            aret = las_aret(mapp, ar)
        except UnderlagFel:
            return _Mal(ar)
        if aret is not None:
            return _Mal(ar, aret.stampel, aret.forberett.definitioner, aret.forberett.underlag)
    return _Mal()
