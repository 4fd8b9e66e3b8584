"""What a year still waits for: a survey that nobody has answered yet is a källa without rows, and not an unknown one.

So the goals can be decided before the first round opens, and show "inte mätt" until its answers are frozen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tomlkit.exceptions import TOMLKitError

from bokslut.underlag import hamta
from enkat.frysning.kallbeskrivning import kolumner, underlag_kalla
from enkat.frysning.underlagsfil import UnderlagsfilFel, har_kalla, lagg_till
from enkat.lasning import las_enkat
from indikatorer.underlag import Hamtare, Innehall
from kansli.arbetsmapp import Arbetsmapp

_TOM: str = "# Inget underlag har kommit in än.\n"


@dataclass(frozen=True)
class Vantad:
    """A källa to come. toml: its part of underlag.toml, where `fil` is its table. kolumner: of that table."""

    kalla: str
    toml: str
    fil: str
    kolumner: tuple[str, ...]


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
            fil = f"vantas-{enkat.kalla}.csv"
            yield Vantad(enkat.kalla, underlag_kalla(enkat, fil, str(ar)), fil, kolumner(enkat))
