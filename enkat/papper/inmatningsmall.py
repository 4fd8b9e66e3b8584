"""The template that staff type paper answers into: one row per paper, and a header that says what may be typed.

A cell holds the number of the box from the top (1 is the first), the option's id or its words, or v for "Vill inte
svara". Of a flera_val it holds several, with spaces between.
"""

from __future__ import annotations

import csv
import io
import secrets
from collections.abc import Iterator, Sequence
from typing import Final

from enkat.formular import Enkat, Fraga
from enkat.papper.blankett import med_pa_papper
from enkat.papper.papperskopia import ALFABET

PAPPER: Final = "papper"
ENHET: Final = "enhet"
VILL_INTE: Final = "v"


def mall(enkat: Enkat, antal: int, enheter: Sequence[str] = (), marke: str | None = None) -> str:
    """The template as CSV for a Swedish Excel: a header that says what may be typed, and named empty rows.

    enheter: when there is only one, it stands there already. marke: given by tests; else no two templates are alike.
    """
    marke = marke or "".join(secrets.choice(ALFABET) for _ in range(6))
    nycklar = [n for f in med_pa_papper(enkat) for n in f.nycklar]
    rubriker = [PAPPER, ENHET, *(_rubrik(enkat, nummer, f, n) for nummer, f, n in numrerade(enkat))]
    ut = io.StringIO(newline="")
    skrivare = csv.writer(ut, delimiter=";", lineterminator="\r\n")
    skrivare.writerow(rubriker)
    for nummer in range(1, antal + 1):
        skrivare.writerow([f"{marke}-{nummer}", enheter[0] if len(enheter) == 1 else "", *("" for _ in nycklar)])
    return "\ufeff" + ut.getvalue()


def numrerade(enkat: Enkat) -> Iterator[tuple[int, Fraga, str]]:
    """Question number on paper, question, key; a matris has a key for each row."""
    for nummer, fraga in enumerate(med_pa_papper(enkat), start=1):
        for nyckel in fraga.nycklar:
            yield nummer, fraga, nyckel


def _rubrik(enkat: Enkat, nummer: int, fraga: Fraga, nyckel: str) -> str:
    skala = enkat.skala(fraga)
    if skala is None:
        vad = "ÅÅÅÅ-MM-DD" if fraga.typ == "datum" else "tal"
    else:
        vad = " ".join(f"{plats}={text}" for plats, text in enumerate(skala.text, start=1))
    flera = ", flera med mellanrum" if fraga.typ == "flera_val" else ""
    return f"{nummer}. {nyckel}: {vad} {VILL_INTE}=Vill inte svara{flera}"
