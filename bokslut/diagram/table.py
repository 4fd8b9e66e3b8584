"""A chart as rows: for the table beside it, and for a file that a Swedish Excel opens as it is.

CSV is semicolon-separated UTF-8 with a byte order mark and decimal commas: Excel in Swedish needs all three to show
å, ä, ö and numbers without an import dialogue, and every other reader copes with them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from bokslut import saknas, tal
from bokslut.diagram.spec import ChartSpec, Diagramtyp
from bokslut.fras import fogad, fras

BOM: Final = "\ufeff"
_RAD: Final = {
    Diagramtyp.SIGNALTAVLA: fras("Målområde"),
    Diagramtyp.ANDEL: fras("Indikator"),
    Diagramtyp.KONSZON: fras("Indikator"),
    Diagramtyp.SKILLNAD: fras("Jämförelse"),
    Diagramtyp.UTFALL: fras("Utfall"),
    Diagramtyp.SERIE: fras("Område"),
    Diagramtyp.INDEX: fras("Indikator"),
    Diagramtyp.AR: fras("År"),
}


def header(spec: ChartSpec) -> list[str]:
    """The column headings: the row, a column per series, then what else the chart shows."""
    return [
        spec.radnamn or _RAD[spec.typ],
        *(s.namn for s in spec.serier),
        *([fras("95 % intervall")] if _intervall(spec) else []),
        *_signal(spec),
        *_mal(spec),
    ]


def rows(spec: ChartSpec) -> list[list[str]]:
    """The cells, as texts that are shown."""
    ut = []
    for rad in spec.rader:
        celler = [rad.namn, *(_visat(v.visat, v.anm) for v in rad.varden)]
        if _intervall(spec):
            celler.append(rad.intervall_visat or "–")
        if _signal(spec):
            celler.append(rad.ord or "–")
        if _mal(spec):
            celler.append(rad.under or "–")
        ut.append(celler)
    return ut


def to_csv(spec: ChartSpec) -> str:
    """One line per row and series: the text shown, the number behind it, and where there is none the code of why."""
    huvud = ["rad", "serie", "visat", "varde", "enhet", "intervall", "signal", "anmarkning", "saknas"]
    if mal := _mal(spec):
        huvud.append("mal")
    celler = [
        [
            rad.namn,
            s.namn,
            v.visat,
            tal.decimal(v.tal),
            _enhet(spec, s.klass),
            rad.intervall_visat,
            rad.ord,
            v.anm,
            saknas.kod_for_visat(v.tal, v.visat),
        ]
        + ([rad.under] if mal else [])
        for rad in spec.rader
        for s, v in zip(spec.serier, rad.varden, strict=True)
    ]
    return write_csv([huvud, *celler])


def write_csv(rader: Iterable[Sequence[object]]) -> str:
    """Rows as a text that a Swedish Excel opens."""
    ut = io.StringIO(newline="")
    csv.writer(ut, delimiter=";", lineterminator="\r\n").writerows([[_saker(c) for c in rad] for rad in rader])
    return BOM + ut.getvalue()


def _saker(cell: object) -> object:
    """A text that a spreadsheet would run as a formula gets an apostrophe; a number with its sign does not."""
    if (
        isinstance(cell, str)
        and cell[:1] in ("=", "+", "@", "\t", "-")
        and cell != saknas.BORTFALL
        and not cell.lstrip("-").replace(",", "").isdigit()
    ):
        return f"'{cell}"
    return cell


def _enhet(spec: ChartSpec, klass: str) -> str:
    if spec.typ is Diagramtyp.INDEX and klass != "resultat":
        return "resultat"
    return "procentenheter" if klass == "skillnad" else spec.enhet


def _visat(visat: str, anm: str) -> str:
    return fogad(visat or "–", " (", anm, ")") if anm else visat or "–"


def _intervall(spec: ChartSpec) -> bool:
    return any(r.intervall_visat for r in spec.rader)


def _signal(spec: ChartSpec) -> list[str]:
    return [fras("Signal")] if any(r.ord for r in spec.rader) else []


def _mal(spec: ChartSpec) -> list[str]:
    """Over the years the goal may change, so there it has a column of its own."""
    return [fras("Mål")] if spec.typ is Diagramtyp.AR and any(r.under for r in spec.rader) else []
