"""A year as its goals are held against it: its underlag, and where that is not there yet what is planned.

The goals are decided before anything is measured. Until then last year's underlag says which källor and questions
there are, the questionnaires add theirs, and every result is "inte mätt".
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from bokslut.bevisfil import Bevisfil
from bokslut.underlag import hamta, las, las_config
from enkat.formular import Enkat
from enkat.fragor import las_enkat
from enkat.frysning.kallbeskrivning import fragor_som_kolumner, skalor_i_kolumner
from enkat.prove import hitta
from indikatorer.beskrivning import Fraga, Kalla, Skala
from indikatorer.diagnos import UnderlagFel
from indikatorer.forberedelse import Forberett, forbered
from indikatorer.toml.source import las_toml
from indikatorer.underlag import Kalldata, Underlag, las_underlag
from kansli.arbetsmapp import Arbetsmapp
from kansli.aret import Aret, las_aret, med_bevis, stampla
from kansli.vantat import VANLIGA

_FIL: Final = "underlag.toml"
# How many years back an underlag is looked for.
_BAKAT: Final = 5
_FLEST: Final = 8
_minne: dict[tuple[Path, int], Aret] = {}
_las: Final = threading.Lock()


def oppna_aret(mapp: Arbetsmapp, ar: int) -> Aret | None:
    """The year with everything that an indicator may be about; None when it has no goals yet.

    A config that cannot be read far enough to know its year gives the year without goals, so that it can be mended.
    """
    if not mapp.mal(ar).is_file():
        return None
    stampel = stampla(mapp, ar)
    with _las:
        kant = _minne.get((mapp.rot, ar))
    if kant is not None and kant.stampel == stampel:
        return kant
    nytt = _oppna(mapp, ar)
    if nytt.stampel != stampel:  # it is not the year of `las_aret`, which every other page has too
        nytt = replace(nytt, forberett=med_bevis(nytt.forberett, kant), stampel=stampel)
    with _las:
        _minne.pop((mapp.rot, ar), None)
        _minne[mapp.rot, ar] = nytt
        while len(_minne) > _FLEST:
            del _minne[next(iter(_minne))]
    return nytt


def har_underlag(mapp: Arbetsmapp, ar: int) -> bool:
    """Whether anything of the year has been measured."""
    return (mapp.underlag(ar) / _FIL).is_file()


def enkaterna(mapp: Arbetsmapp) -> list[Enkat]:
    """The questionnaires that can be used; until the installation has its own, those that come with the program."""
    filer = hitta(mapp.enkater) or hitta(VANLIGA.parent / "enkater")
    lasta = (las_enkat(fil, data)[0] for fil, data in filer.items())
    return [enkat for enkat in lasta if enkat is not None]


def _oppna(mapp: Arbetsmapp, ar: int) -> Aret:
    publicerat, tillagg = mapp.publicerat / str(ar), _planerade(enkaterna(mapp), ar)
    if not har_underlag(mapp, ar):
        return Aret(ar, _forbered(mapp, ar, _utan_tabeller(mapp, ar, tillagg)), publicerat, ())
    aret = _las_arets(mapp, ar)
    underlag = _komplettera(aret.forberett.underlag, *tillagg)
    if underlag is aret.forberett.underlag:
        return aret
    return replace(aret, forberett=_forbered(mapp, ar, underlag, aret.forberett))


def _las_arets(mapp: Arbetsmapp, ar: int) -> Aret:
    with suppress(UnderlagFel):
        aret = las_aret(mapp, ar)
        if aret is not None:
            return aret
    return Aret(ar, las(mapp.mal(ar), mapp.underlag(ar), _utan_mal(ar)), mapp.publicerat / str(ar), ())


def _forbered(mapp: Arbetsmapp, ar: int, underlag: Underlag, last: Forberett | None = None) -> Forberett:
    """The year with another underlag than its folder holds. last: as it was read, with the faults of its files."""
    definitioner, fel = las_config(mapp.mal(ar))
    if definitioner is None:
        definitioner, fel = las_config(mapp.mal(ar), _utan_mal(ar))
    assert definitioner is not None
    definitioner = replace(definitioner, bokslut=definitioner.bokslut.model_copy(update={"ar": ar}))
    egna = [] if last is None else [d for d in last.diagnoser if d.fil != definitioner.dok.fil and d.indikator is None]
    nytt = forbered(definitioner, underlag, [*fel, *egna])
    # What was proven of last year holds for its figures here too, where nothing has changed.
    forra = underlag.foregaende
    bevis = last.bevis if last is not None else {} if forra is None else Bevisfil(Path(forra.dok.fil).parent)
    return replace(nytt, diagnoser=tuple(dict.fromkeys(nytt.diagnoser)), bevis=bevis)


def _utan_mal(ar: int) -> str:
    return f'[bokslut]\nforbund = "–"\nar = {ar}\n'


def _utan_tabeller(mapp: Arbetsmapp, ar: int, tillagg: tuple[Mapping[str, Kalla], Mapping[str, Skala]]) -> Underlag:
    """The year before it is measured: what last year had, without its answers, and what the questionnaires add."""
    forra = next((_underlag(mapp.underlag(t)) for t in range(ar - 1, ar - _BAKAT, -1) if har_underlag(mapp, t)), None)
    monster = forra or las_underlag(_FIL, lambda fil: VANLIGA.read_bytes() if fil == _FIL else None)[0]
    tomma = {id_: Kalldata(id_, k.kalla, k.fil, None, {}) for id_, k in monster.kallor.items()}
    beskrivning = monster.beskrivning.model_copy(update={"ar": ar, "foregaende": None})
    # The file of last year is no text of this one: no fault may point into it.
    dok = las_toml(monster.dok.fil, "")
    return _komplettera(Underlag(dok, beskrivning, tomma, frozenset(), forra), *tillagg)


def _underlag(mapp: Path) -> Underlag:
    return las_underlag((mapp / _FIL).as_posix(), hamta)[0]


def _planerade(enkater: list[Enkat], ar: int) -> tuple[dict[str, Kalla], dict[str, Skala]]:
    """What the questionnaires will give: their källor, and the scales of those."""
    kallor, skalor = dict[str, Kalla](), dict[str, Skala]()
    for enkat in enkater:
        namn = dict[str, str]()
        for id_, skala in skalor_i_kolumner(enkat).items():
            egen = Skala(svar=skala.svar, text=skala.text, ordnad=skala.ordnad)
            namn[id_] = id_ if skalor.setdefault(id_, egen) == egen else f"{enkat.id}.{id_}"
            skalor[namn[id_]] = egen
        fragor = {k: Fraga(text=t, skala=namn[s], kanslig=f.kanslig) for k, t, s, f in fragor_som_kolumner(enkat) if s}
        kallor[enkat.kalla] = Kalla(
            typ="enkat",
            skydd="personer",
            kallas=enkat.kallas,
            fil=f"{enkat.kalla}.csv",
            period=str(ar),
            population=enkat.population,
            fraga=fragor,
        )
    return kallor, skalor


def _komplettera(underlag: Underlag, kallor: Mapping[str, Kalla], skalor: Mapping[str, Skala]) -> Underlag:
    """The underlag with the källor and questions that only a questionnaire has; itself when there are none."""
    nya = {id_: k for id_, k in kallor.items() if id_ not in underlag.kallor}
    fler = {
        id_: {f: fraga for f, fraga in k.fraga.items() if f not in underlag.kallor[id_].kalla.fraga}
        for id_, k in kallor.items()
        if id_ in underlag.kallor
    }
    if not nya and not any(fler.values()):
        return underlag
    egna, beskrivning = dict(underlag.kallor), underlag.beskrivning
    byten = {s: s if beskrivning.skala.get(s) in (None, v) else f"enkat.{s}" for s, v in skalor.items()}
    for id_, kalla in nya.items():
        fragor = {f: _med_skala(fraga, byten) for f, fraga in kalla.fraga.items()}
        egna[id_] = Kalldata(id_, kalla.model_copy(update={"fraga": fragor}), kalla.fil, None, {})
    for id_, fragor in fler.items():
        kalla = egna[id_].kalla
        alla = kalla.fraga | {f: _med_skala(fraga, byten) for f, fraga in fragor.items()}
        egna[id_] = replace(egna[id_], kalla=kalla.model_copy(update={"fraga": alla}))
    alla_skalor = dict(beskrivning.skala) | {byten[s]: v for s, v in skalor.items()}
    ny = {"skala": alla_skalor, "kalla": {id_: data.kalla for id_, data in egna.items()}}
    return replace(underlag, beskrivning=beskrivning.model_copy(update=ny), kallor=egna)


def _med_skala(fraga: Fraga, byten: Mapping[str, str]) -> Fraga:
    return fraga.model_copy(update={"skala": byten[fraga.skala]})
