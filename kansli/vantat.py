"""What a year still waits for: a survey that nobody has answered yet is a källa without rows, and not an unknown one.

So the goals can be decided before the first round opens, and show "inte mätt" until its answers are frozen; and so with
the register, statistics and stories that a förbund usually has (config/planerade_kallor.toml).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from tomlkit.exceptions import TOMLKitError

from bokslut.underlag import hamta
from enkat.frysning.kallbeskrivning import kolumner, underlag_kalla
from enkat.frysning.underlagsfil import UnderlagsfilFel, har_kalla, lagg_till
from enkat.lasning import las_enkat
from indikatorer.underlag import Hamtare, Innehall, Kalldata, Underlag, las_underlag
from kansli.arbetsmapp import Arbetsmapp

# What there is to choose before anything has been read in.
VANLIGA: Final = Path(__file__).resolve().parents[1] / "config" / "planerade_kallor.toml"
MARKE: Final = "vantas-"
_TOM: Final = "# Inget underlag har kommit in än.\n"


@dataclass(frozen=True)
class Vantad:
    """A källa to come. toml: its part of underlag.toml, where `fil` is its table. kolumner: of that table."""

    kalla: str
    toml: str
    fil: str
    kolumner: tuple[str, ...]


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
    vantade: dict[str, Vantad] = {}

    def hamta_ocksa_vantat(fil: str) -> Innehall | None:
        if fil == underlagsfil:
            text, nya = _med_vantade(hamta(fil), _vantade(mapp, ar))
            vantade.update({(rot / v.fil).as_posix(): v for v in nya})
            return text
        if fil in vantade:
            return ",".join(vantade[fil].kolumner).encode()
        return hamta(fil)

    return hamta_ocksa_vantat


def _med_vantade(innehall: Innehall | None, vantade: Iterator[Vantad]) -> tuple[Innehall, list[Vantad]]:
    """underlag.toml with the källor that it lacks, and which those are. A file that cannot be read stays as it is."""
    try:
        text = innehall.decode("utf-8-sig") if isinstance(innehall, bytes) else _TOM
        nya = []
        for v in vantade:
            try:
                if not har_kalla(text, v.kalla):
                    text = lagg_till(text, v.toml)
                    nya.append(v)
            except UnderlagsfilFel:  # its scale has other answers than one of that name: told when it is frozen
                continue
    except (UnicodeDecodeError, TOMLKitError):
        return innehall or b"", []
    return text.encode(), nya


def _vantade(mapp: Arbetsmapp, ar: int) -> Iterator[Vantad]:
    """The källor of the questionnaires that are whole."""
    for stig in sorted(mapp.enkater.glob("*.toml")):
        enkat, _ = las_enkat(stig.name, stig.read_bytes())
        if enkat is not None:
            fil = f"{MARKE}{enkat.kalla}.csv"
            yield Vantad(enkat.kalla, underlag_kalla(enkat, fil, str(ar)), fil, kolumner(enkat))
