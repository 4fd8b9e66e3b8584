"""What protection costs and holds: Umeå, audited and chosen anew each time, and 200 random table sets.

Run alone, it prints what it found as JSON: python -m bench.rojande.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from bench import rojande_slump
from bench.matning import Matning, kor_modul, tid
from bench.rojande_slump import SEKUNDER
from bench.tabell import Rad
from bench.umea import CONFIG, UNDERLAG

GANGER: Final = 5
HOGST_S: Final = 2
HOGST_GANGER_MINST: Final = 1.2


def mat(mapp: Path) -> Iterator[Rad]:
    """The rows of the table. mapp is not used: the example lies in the project."""
    svar = kor_modul("rojande")
    yield Rad(
        "granskning av allt dolt i Umeå 2020",
        Matning(tuple(svar["granska"]), "s"),
        HOGST_S,
        anmarkning=f"{svar['atkomliga']} av {svar['skyddade']} dolda tal kan återskapas.",
    )
    visas = svar["celler"] - svar["dolda"]
    yield Rad(
        "välja vad som döljs, båda åren, och granska",
        Matning(tuple(svar["skydda"]), "s"),
        anmarkning=(
            f"{visas} av {svar['celler']} celler i tabell 1–8 visas ({100 * visas / svar['celler']:.0f} %);"
            f" {svar['kostar'] / svar['minst']:.2f} gånger det bevisat minsta."
        ),
    )
    yield from _slump(svar["slump"])


def _slump(s: dict[str, Any]) -> Iterator[Rad]:
    yield Rad(
        f"dolda tal som kan återskapas, {s['satser']} slumpade tabellsatser",
        Matning((s["atkomliga"],), "st"),
        0,
        anmarkning=f"av {s['skyddade']} skyddade; det tar {s['valja']:.0f} s att välja vad som döljs i alla.",
    )
    yield Rad(
        "dolda celler i dem mot det minsta möjliga, sämst",
        Matning((s["samst"],), "ggr"),
        HOGST_GANGER_MINST,
        anmarkning=(
            f"{s['dolda']} celler mot {s['minst']} som minst, {s['dolda'] / s['minst']:.3f} gånger, i de {s['losta']}"
            f" av {s['satser']} där det minsta är känt inom {SEKUNDER} s; allt tar {s['losa']:.0f} s."
        ),
    )


def _kor() -> dict[str, Any]:
    from bokslut.underlag import las
    from indikatorer.evaluate import berakna
    from indikatorer.flode import rakna_tabeller
    from indikatorer.skydd.angripare import Angripare
    from indikatorer.skydd.doljning import valj
    from indikatorer.skydd.insamling import samla
    from indikatorer.skydd.rojandevakt import skydda

    forberett = las(CONFIG, UNDERLAG)
    utan_bevis = replace(forberett, bevis={})
    utvardering = skydda(utan_bevis)
    intyg = utvardering.intyg
    assert intyg is not None
    b = berakna(forberett)[1][0]
    celler = rakna_tabeller(b.tabell("deltagare"), 0, skyddad=False)
    publicerat = [p for p in samla(b, celler).values() if p.skyddade]
    nycklar = {d.nyckel for d in intyg.dolda}
    dolda = [{nr for nr, u in enumerate(p.uppgifter) if u.nyckel in nycklar} for p in publicerat]

    def granska() -> None:
        for p, egna in zip(publicerat, dolda, strict=True):
            assert not Angripare(p).granska(egna)

    val = [valj(p, Angripare(p)) for p in publicerat]
    return {
        "granska": [tid(granska) for _ in range(GANGER)],
        "skydda": [tid(lambda: skydda(utan_bevis)) for _ in range(GANGER)],
        "skyddade": intyg.skyddade,
        "atkomliga": len(intyg.atkomliga),
        "celler": intyg.celler,
        "dolda": intyg.dolda_celler,
        "kostar": sum(v.kostar for v in val),
        "minst": sum(v.minst for v in val),
        "slump": rojande_slump.kor(),
    }


if __name__ == "__main__":
    print(json.dumps(_kor()))
