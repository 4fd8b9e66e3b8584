"""What a year still waits for: a survey that nobody has answered yet is a källa without rows, and not an unknown one.

So the goals can be decided before the first round opens, and show "inte mätt" until its answers are frozen; and so with
the register, statistics and stories that a förbund usually has (config/planerade_kallor.toml).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from bokslut.underlag import hamta
from enkat.formular import Enkat
from enkat.frysning.kallbeskrivning import kolumner, skalor_i_kolumner, underlag_kalla, underlag_skala
from enkat.lasning import las_enkat
from indikatorer.underlag import Hamtare, Innehall, Kalldata, Underlag, las_underlag
from kansli.arbetsmapp import Arbetsmapp

# What there is to choose before anything has been read in.
VANLIGA: Final = Path(__file__).resolve().parents[1] / "config" / "planerade_kallor.toml"
MARKE: Final = "vantas-"
_TOM: Final = "# Inget underlag har kommit in än.\n"


def ar_vantad(data: Kalldata) -> bool:
    """Whether a källa of a year is one that it still waits for."""
    return Path(data.fil).name.startswith(MARKE)


def med_vanliga(underlag: Underlag) -> Underlag:
    """The underlag with the usual källor that it lacks; one whose scale means something else here is left out."""
    monster, egna = _vanliga(), underlag.beskrivning.skala
    krockar = {id_ for id_, skala in monster.beskrivning.skala.items() if egna.get(id_, skala) != skala}
    nya = {
        id_: replace(data, fil=f"{MARKE}{data.fil}", tabell=None)
        for id_, data in monster.kallor.items()
        if id_ not in underlag.kallor and not krockar & {fraga.skala for fraga in data.kalla.fraga.values()}
    }
    skalor = {**monster.beskrivning.skala, **egna}
    kallor = {**underlag.beskrivning.kalla, **{id_: data.kalla for id_, data in nya.items()}}
    beskrivning = underlag.beskrivning.model_copy(update={"skala": skalor, "kalla": kallor})
    return replace(underlag, beskrivning=beskrivning, kallor={**underlag.kallor, **nya})


@cache
def _vanliga() -> Underlag:
    return las_underlag("underlag.toml", lambda fil: VANLIGA.read_bytes() if fil == "underlag.toml" else None)[0]


def hamtare(mapp: Arbetsmapp, ar: int) -> Hamtare:
    """Fetches as `bokslut.underlag.hamta`, with what the year waits for in the place of what has not come."""
    rot = mapp.underlag(ar)
    underlagsfil = (rot / "underlag.toml").as_posix()
    vantade: dict[str, Enkat] = {}

    def hamta_ocksa_vantat(fil: str) -> Innehall | None:
        if fil == underlagsfil:
            text, nya = _med_vantade(hamta(fil), _enkater(mapp), ar)
            vantade.update({(rot / _tabell(enkat)).as_posix(): enkat for enkat in nya})
            return text
        if fil in vantade:
            return ",".join(kolumner(vantade[fil])).encode()
        return hamta(fil)

    return hamta_ocksa_vantat


def _med_vantade(innehall: Innehall | None, enkater: Iterator[Enkat], ar: int) -> tuple[Innehall, list[Enkat]]:
    """underlag.toml with the källor that it lacks, and of which questionnaires those are.

    They stand last, so that a fault in the file is told at the line where it is. A file that cannot be read stays as
    it is: the fault is told when it is read.
    """
    try:
        text = innehall.decode("utf-8-sig") if isinstance(innehall, bytes) else _TOM
        fil = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return innehall or b"", []
    kallor, skalor = fil.get("kalla", {}), fil.get("skala", {})
    if not isinstance(kallor, dict) or not isinstance(skalor, dict):
        return innehall or b"", []
    nya = []
    for enkat in enkater:
        egna = {id_: underlag_skala(skala) for id_, skala in skalor_i_kolumner(enkat).items()}
        # A scale that has other answers than one of that name is told of when the round is frozen.
        if enkat.kalla not in kallor and all(skalor.get(id_, skala) == skala for id_, skala in egna.items()):
            text += "\n" + underlag_kalla(enkat, _tabell(enkat), str(ar), utom=skalor.keys())
            skalor, kallor = skalor | egna, kallor | {enkat.kalla: {}}
            nya.append(enkat)
    return text.encode(), nya


def _tabell(enkat: Enkat) -> str:
    """The name of the table that is awaited."""
    return f"{MARKE}{enkat.kalla}.csv"


def _enkater(mapp: Arbetsmapp) -> Iterator[Enkat]:
    """The questionnaires that are whole."""
    for stig in sorted(mapp.enkater.glob("*.toml")):
        enkat, _ = las_enkat(stig.name, stig.read_bytes())
        if enkat is not None:
            yield enkat
