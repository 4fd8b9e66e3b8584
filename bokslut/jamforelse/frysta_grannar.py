"""What other förbund have published, as it was when we compared: their files, byte for byte, kept in our version.

Their address may answer otherwise tomorrow, or not at all. A version is approved, published and verified with the same
bytes, so they lie in it under names of their own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bokslut.fras import fras
from bokslut.jamforelse.grannfil import Grannbokslut, Grannfel, las_grannbokslut, samma
from bokslut.jamforelse.hamta_grannar import Natverk, hamta
from bokslut.oppna_data.filer_att_hamta import Fil, Filgrupp
from bokslut.resultatvy import slugg

MAPP: Final = "andra"
# Two digits in a name keep the order; a page beside more than a handful cannot be read anyway.
FLEST: Final = 99
_ATGARD: Final = "Be förbundet rätta filen; den får inte publiceras en gång till."
_SIFFROR: Final = ("taljare", "namnare", "varde", "intervall", "delar", "bortfall")


@dataclass(frozen=True, slots=True)
class FrystGranne:
    """A file as it was fetched. sokvag: where it lies in the version."""

    sokvag: str
    innehall: bytes
    bokslut: Grannbokslut


def frys(
    var: Sequence[str], forbund: str, ar: int, natverk: Natverk | None = None
) -> tuple[tuple[FrystGranne, ...], list[Grannfel]]:
    """All that kansli names, fetched once, in the order given; and every fault. forbund, ar: of our own bokslut."""
    lasta, fel = list[tuple[str, bytes, Grannbokslut]](), list[Grannfel]()
    for v in var[:FLEST]:
        try:
            innehall = hamta(v, natverk)
            lasta.append((v, innehall, las_grannbokslut(v, innehall)))
            _krav_dolt(v, innehall)
        except Grannfel as f:
            fel.append(f)
    if len(var) > FLEST:
        fel.append(Grannfel(var[FLEST], f"Det är mer än {FLEST} filer.", "Jämför med färre."))
    fel += samma([(v, b) for v, _, b in lasta], forbund, ar)
    return tuple(FrystGranne(_sokvag(nr, b), data, b) for nr, (_, data, b) in enumerate(lasta, 1)), fel


def las_frysta(mapp: Path, sokvagar: Sequence[str]) -> tuple[FrystGranne, ...]:
    """Those that lie in a version, in their order.

    Raises:
        Grannfel: a file is missing, or is no bokslut: somebody has changed it.
    """
    innehall = {s: hamta(str(mapp / s)) for s in sorted(sokvagar)}
    return tuple(FrystGranne(s, data, las_grannbokslut(s, data)) for s, data in innehall.items())


def build_frysta(frysta: Sequence[FrystGranne]) -> tuple[Filgrupp, ...]:
    """Their files among ours, to be listed; no group when there are none."""
    filer = tuple(Fil(f.sokvag, f.innehall) for f in frysta)
    return (Filgrupp(fras("Andras resultat, som de var när vi jämförde"), "", filer),) if filer else ()


def _sokvag(nummer: int, b: Grannbokslut) -> str:
    return f"{MAPP}/{nummer:02}-{slugg(b.namn)[:60] or 'utan-namn'}.json"


def _krav_dolt(var: str, innehall: bytes) -> None:
    """What they hide must be hidden in the file too, since we hand the whole file on."""
    visade = [str(r.get("titel", r.get("id"))) for r in _dolda(json.loads(innehall.decode("utf-8-sig")))]
    if visade:
        regel = f"Filen har kvar siffror i {len(visade)} resultat som den säger är dolda, som ”{visade[0]}”."
        raise Grannfel(var, regel, _ATGARD)


def _dolda(dokument: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Hidden results, and parts of splits, that have a figure all the same."""
    for r in dokument["indikatorer"]:
        rader = [r, *(rad for rad in r.get("uppdelning") or () if isinstance(rad, Mapping))]
        dolda = [rad for rad in rader if rad.get("orsak") in ("skyddad", "for_fa_svar")]
        if any(rad.get(nyckel) is not None for rad in dolda for nyckel in _SIFFROR):
            yield r
