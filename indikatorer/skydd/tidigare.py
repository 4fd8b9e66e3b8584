"""What earlier versions of a bokslut have told already: hiding it now would hide nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from indikatorer.skydd.intyg import Nyckel
from indikatorer.skydd.publicerat import Publicerat


def kanda(p: Publicerat, tidigare: Sequence[Mapping[str, Any]]) -> Publicerat:
    """The same, where counts that an earlier version told, and that have not been corrected since, are known.

    tidigare: documents as `som_json` gives them.
    """
    sagda: dict[Nyckel, list[tuple[int | None, ...]]] = {}
    for dokument in tidigare:
        for nyckel, tal in _sagda(dokument):
            sagda.setdefault(nyckel, []).append(tal)
    nya = {
        tal
        for uppgift in p.uppgifter
        for sagt in sagda.get(uppgift.nyckel, ())
        # A count that has been corrected since is about others than the one told then.
        for tal, varde in zip(uppgift.tal, sagt, strict=False)
        if varde == p.varden[tal]
    }
    return replace(p, alltid=p.alltid | nya) if nya else p


def _sagda(dokument: Mapping[str, Any]) -> Iterator[tuple[Nyckel, tuple[int | None, ...]]]:
    """What a document tells, with the counts in the order that an Uppgift has them."""
    for c in dokument["tabeller"]:
        yield ("cell", c["enhet"] or "", c["utfall"], c["kon"] or ""), (c["antal"],)
    for r in dokument["indikatorer"]:
        egen = (r["id"], r["grupp"] or "")
        yield ("resultat", *egen), _resultatets(r)
        for dimension in dict.fromkeys(rad["dimension"] for rad in r["uppdelning"]):
            rader = [rad for rad in r["uppdelning"] if rad["dimension"] == dimension]
            yield ("delning", *egen, dimension), tuple(rad[t] for rad in rader for t in ("taljare", "namnare"))


def _resultatets(r: Mapping[str, Any]) -> tuple[int | None, ...]:
    if r["delar"] is not None:
        return (*(del_[t] for del_ in r["delar"].values() for t in ("taljare", "namnare")), r["bortfall"])
    if r["namnare"] is None or r["bortfall"] is None:
        return (r["taljare"], r["namnare"])
    return (r["taljare"], r["namnare"], r["namnare"] + r["bortfall"])
