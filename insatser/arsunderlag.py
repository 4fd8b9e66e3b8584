"""The register's year as the engine reads it: a table of counts, and its part of underlag.toml."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from insatser.flode import Arscell, Arstabell
from insatser.koder import UTFALL
from insatser.store_rakna import Rorelse

KALLA: Final = "deltagare"
_KOLUMNER: Final = ("enhet", "kon", "ny", "avslutad", "utfall", "antal")


def arstabell(rorelser: Sequence[Rorelse], enheter: Mapping[int, str]) -> Arstabell:
    """The counts of a year. enheter: what each insats is counted under, by its id."""
    ut = Counter[Arscell]()
    for r in rorelser:
        ny, avslutad = ("ja" if manad else "nej" for manad in (r.in_manad, r.ut_manad))
        ut[enheter[r.insats_id], r.kon, ny, avslutad, r.utfall] += r.antal
    return dict(sorted(ut.items()))


def som_csv(tabell: Arstabell) -> str:
    """The table as `exempel/umea-2020/deltagare.csv` is written."""
    ut = io.StringIO()
    skrivare = csv.writer(ut, lineterminator="\n")
    skrivare.writerow(_KOLUMNER)
    skrivare.writerows((*cell, antal) for cell, antal in tabell.items())
    return ut.getvalue()


def filnamn(dag: date) -> str:
    """The file of a snapshot, by its day: an earlier one stays for whoever wants to see what was counted then."""
    return f"{KALLA}-{dag.isoformat()}.csv"


def som_toml(tabell: Arstabell, ar: int, dag: date) -> str:
    """The part of underlag.toml that says what the table is."""
    return f"""[skala.utfall]
svar = {_lista(UTFALL)}
text = {_lista(UTFALL.values())}
ordnad = false

[kalla.{KALLA}]                      # ögonblicksbild ur registret {dag.isoformat()}
typ = "register"
skydd = "personer"
kallas = "deltagarna i registret"
fil = "{filnamn(dag)}"
period = "{ar}"
population = "alla som deltagit i en insats under året"
population_antal = {sum(tabell.values())}

[kalla.{KALLA}.fraga.utfall]
text = "Vad ledde insatsen till när den avslutades?"
skala = "utfall"
"""


def _lista(texter: Iterable[str]) -> str:
    return json.dumps(list(texter), ensure_ascii=False)
