"""What the log was asked for, read from an address: what cannot be read there is left out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from enkat.omgang import SVENSK_TID
from kansli.logg.store import Urval


def las_urval(fraga: Mapping[str, str]) -> Urval:
    """The choice that the address makes. Days are Swedish days, the last one included."""
    fran, till = _dag(fraga.get("fran", "")), _dag(fraga.get("till", ""))
    return Urval(
        sok=fraga.get("sok", "").strip()[:100],
        vad=fraga.get("vad", ""),
        fran=None if fran is None else _borjan(fran),
        till=None if till is None else _borjan(till + timedelta(days=1)),
        aldst=fraga.get("ordning") == "aldst",
        bortom=_nummer(fraga.get("bortom", "")),
    )


def adress(fraga: Mapping[str, str], **andrat: object) -> dict[str, str]:
    """The arguments of the same choice with something else."""
    delar = {namn: fraga.get(namn, "") for namn in ("sok", "vad", "fran", "till", "ordning")}
    delar |= {namn: str(varde) for namn, varde in andrat.items()}
    return {namn: varde for namn, varde in delar.items() if varde}


def _dag(text: str) -> date | None:
    try:
        dag = date.fromisoformat(text)
    except ValueError:
        return None
    return dag if 1900 <= dag.year <= 2200 else None


def _borjan(dag: date) -> datetime:
    return datetime.combine(dag, time(), SVENSK_TID).astimezone(UTC)


def _nummer(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None
