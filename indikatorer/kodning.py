"""A table held against its questions and scales: every value becomes a code, or a fault with its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indikatorer.beskrivning import Skala
from indikatorer.counts import KodadKolumn, KodadTabell, Koder
from indikatorer.diagnos import Diagnos, Fix, Plats, menar_samma, narmast, sakert
from indikatorer.schema import uppraknat
from indikatorer.tabell import NAMNGIVNA, Kolumn, Tabell, felskriven_rubrik
from indikatorer.tal import las_tal, utan_enhet
from indikatorer.underlag import Kalldata

KON: Final = ("kvinna", "man", "annat", "vill_inte_svara")
JA_NEJ: Final = ("ja", "nej")
# Columns with a vocabulary that CONTRACT section 1 fixes, in any källa.
FASTA: Final[Mapping[str, tuple[str, ...]]] = {"kon": KON, "ny": JA_NEJ, "avslutad": JA_NEJ}
# What people write in those columns, and what they mean by it.
SYNONYMER: Final[Mapping[str, str]] = {
    "k": "kvinna",
    "kvinnor": "kvinna",
    "m": "man",
    "män": "man",
    "j": "ja",
    "n": "nej",
}
# One wrong option may stand on every row; so many of them are shown one by one.
FLEST_PER_VARDE: Final = 10
# A column with more wrong options than this holds something else than answers.
FLEST_VARDEN: Final = 20


def koda(
    data: Kalldata, skalor: Mapping[str, Skala], raknas_inte: Sequence[str], ar: int
) -> tuple[KodadTabell | None, list[Diagnos]]:
    """Code the table of a källa. raknas_inte: answers that every question accepts beside its scale.

    Questions that are not valid in `ar` may be absent. A column that is neither a question nor a background column
    of CONTRACT is kept with the values that it has. None when the källa has no table.
    """
    if data.tabell is None:
        return None, []
    tabell = data.tabell
    fel = [*_saknade_fragor(data, tabell, ar), *_felskrivna_rubriker(data, tabell)]
    kolumner: dict[str, KodadKolumn] = {}
    for namn, kolumn in tabell.kolumner.items():
        tillatna = _tillatna(data, skalor, namn, raknas_inte)
        kolumner[namn] = _koda_kolumn(kolumn, tillatna)
        if tillatna is not None:
            fel += _okanda_varden(tabell, namn, tillatna, _ord(data, skalor, namn))
    antal, antal_fel = _las_antal(tabell)
    return KodadTabell(tabell.rader, kolumner, antal, tabell.raknat), fel + antal_fel


def _tillatna(
    data: Kalldata, skalor: Mapping[str, Skala], namn: str, raknas_inte: Sequence[str]
) -> tuple[str, ...] | None:
    fraga = data.kalla.fraga.get(namn)
    if fraga is None or namn == "kon":
        return FASTA.get(namn)
    skala = skalor.get(fraga.skala)
    return None if skala is None else tuple(dict.fromkeys((*skala.svar, *raknas_inte)))


def _forekommande(kolumn: Kolumn) -> list[str]:
    """The values that some row has: a category of a DataFrame may live on after its rows were taken away."""
    antal = np.bincount(kolumn.koder, minlength=len(kolumn.varden))
    return list(dict.fromkeys(v for v, n in zip(kolumn.varden, antal.tolist(), strict=True) if v and n))


def _koda_kolumn(kolumn: Kolumn, tillatna: tuple[str, ...] | None) -> KodadKolumn:
    etiketter = ("", *(tillatna if tillatna is not None else _forekommande(kolumn)))
    plats = {etikett: kod for kod, etikett in enumerate(etiketter)}
    koder = [plats.get(v, 0) for v in kolumn.varden] or [0]
    karta: Koder = np.array(koder, dtype=np.int8 if len(etiketter) < 128 else np.int32)
    return KodadKolumn(karta.take(kolumn.koder), etiketter)


def _saknade_fragor(data: Kalldata, tabell: Tabell, ar: int) -> Iterator[Diagnos]:
    ovriga = [k for k in tabell.kolumner if k not in data.kalla.fraga]
    for namn, fraga in data.kalla.fraga.items():
        if namn in tabell.kolumner or not fraga.galler(ar):
            continue
        kandidat = narmast(namn, ovriga)
        plats = tabell.rubrik(kandidat)
        yield Diagnos(
            kod="saknad-kolumn",
            fil=data.fil,
            plats=plats,
            fann="Rubrikraden",
            regel=f"saknar kolumnen ”{namn}”, som underlag.toml beskriver som en fråga",
            atgard=f"Är det kolumnen ”{kandidat}” så byt dess rubrik till {namn}."
            if kandidat
            else f"Lägg till kolumnen {namn}.",
            fix=_fix(tabell, plats, namn) if kandidat and sakert(kandidat, namn) else None,
            falt=namn,
        )


def _felskrivna_rubriker(data: Kalldata, tabell: Tabell) -> Iterator[Diagnos]:
    for namn in NAMNGIVNA:
        rubrik = felskriven_rubrik(tabell, namn)
        if rubrik is not None and namn not in data.kalla.fraga and rubrik not in data.kalla.fraga:
            plats = tabell.rubrik(rubrik)
            yield Diagnos(
                kod="saknad-kolumn",
                fil=data.fil,
                plats=plats,
                fann=f"Rubriken ”{rubrik}”",
                regel=f"ska skrivas ”{namn}”",
                atgard=f"Byt den till {namn}.",
                varfor="Annars räknas kolumnen inte.",
                fix=_fix(tabell, plats, namn),
                falt=namn,
            )


def _fix(tabell: Tabell, plats: Plats, text: str | None) -> Fix | None:
    """An edit of a CSV file; a table that is no text has none."""
    return Fix(tabell.fil, plats.start, plats.slut, text) if text is not None and tabell.text is not None else None


def _ord(data: Kalldata, skalor: Mapping[str, Skala], namn: str) -> Mapping[str, str]:
    """What else people write for an answer, in small letters: the words of the scale, and "K" for kvinna."""
    fraga = data.kalla.fraga.get(namn)
    skala = None if fraga is None or namn == "kon" else skalor.get(fraga.skala)
    if skala is None:
        return SYNONYMER
    return {text.casefold(): svar for text, svar in zip(skala.text, skala.svar, strict=False)}


def _okanda_varden(tabell: Tabell, namn: str, tillatna: tuple[str, ...], ord_: Mapping[str, str]) -> Iterator[Diagnos]:
    """Answers that are not on the scale. A mend is offered only where the meaning is certain: this is evidence."""
    kolumn = tabell.kolumner[namn]
    okanda = [(kod, v) for kod, v in enumerate(kolumn.varden) if v and v not in tillatna]
    for kod, varde in okanda[:FLEST_VARDEN]:
        samma = next((t for t in tillatna if menar_samma(varde, t)), ord_.get(varde.casefold()))
        kandidat = samma if samma in tillatna else narmast(varde, tillatna)
        antal = int(np.count_nonzero(kolumn.koder == kod))
        for rad in tabell.forsta_rader(namn, varde, FLEST_PER_VARDE):
            plats = tabell.cell(rad, namn)
            yield Diagnos(
                kod="fel-svar",
                fil=tabell.fil,
                plats=plats,
                fann=f"”{varde}”",
                regel=f"är inget svar som kolumnen ”{namn}” kan ha",
                atgard=f"Svaren är {uppraknat(tillatna)}.{f' Det står så på {antal} rader.' if antal > 1 else ''}",
                kandidat=f"”{kandidat}”" if kandidat else None,
                fix=_fix(tabell, plats, samma if samma in tillatna else None),
                falt=namn,
            )


def _las_antal(tabell: Tabell) -> tuple[NDArray[np.int64] | None, list[Diagnos]]:
    """The column `antal`: whole, ≥ 0. An empty cell is a fault, since 0 and "not counted" are not the same."""
    kolumn = tabell.kolumner.get("antal")
    if kolumn is None:
        return None, []
    tal = [las_tal(v) for v in kolumn.varden]
    fel = [
        _fel_antal(tabell, varde, rad)
        for varde, t in zip(kolumn.varden, tal, strict=True)
        if t is None or t < 0 or t.denominator != 1
        for rad in tabell.forsta_rader("antal", varde, FLEST_PER_VARDE)
    ]
    hela = [int(t) if t is not None and t.denominator == 1 and t >= 0 else 0 for t in tal] or [0]
    return np.array(hela, dtype=np.int64)[kolumn.koder], fel


def _fel_antal(tabell: Tabell, varde: str, rad: int) -> Diagnos:
    plats = tabell.cell(rad, "antal")
    ratt = utan_enhet(varde)
    ratt = ratt if ratt is not None and ratt.isdecimal() else None
    return Diagnos(
        kod="fel-antal",
        fil=tabell.fil,
        plats=plats,
        fann=f"Antalet är ”{varde}” men" if varde else "Cellen är tom men",
        regel="ska vara ett heltal som är 0 eller mer",
        atgard=f"Skriv {ratt}." if ratt else "Skriv antalet med siffror; ingen skrivs 0.",
        fix=_fix(tabell, plats, ratt),
        falt="antal",
    )
