"""What earlier versions of a bokslut have told already: hiding it now would hide nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from indikatorer.counts import Klausul, KodadTabell
from indikatorer.sammanslagning import KOLUMN
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
            if dimension != KOLUMN:  # whose parts may be others today: `Enhetsminne` knows who they were
                rader = [rad for rad in r["uppdelning"] if rad["dimension"] == dimension]
                yield ("delning", *egen, dimension), tuple(rad[t] for rad in rader for t in ("taljare", "namnare"))


def _resultatets(r: Mapping[str, Any]) -> tuple[int | None, ...]:
    if r["delar"] is not None:
        return (*(del_[t] for del_ in r["delar"].values() for t in ("taljare", "namnare")), r["bortfall"])
    if r["namnare"] is None or r["bortfall"] is None:
        return (r["taljare"], r["namnare"])
    return (r["taljare"], r["namnare"], r["namnare"] + r["bortfall"])


class Enhetsminne:
    """What earlier versions told of enheter, as codes of today's table: whom they put together then is told there too.

    Without it a correction that puts two enheter together, or takes them apart, would tell each by subtraction.
    """

    def __init__(self, tabell: KodadTabell, tidigare: Sequence[Mapping[str, Any]]) -> None:
        kolumn = tabell.kolumner.get(KOLUMN)
        self._kod = {} if kolumn is None else {e: kod for kod, e in enumerate(kolumn.etiketter) if kod}
        self._idag = frozenset() if kolumn is None else frozenset(kolumn.delar)
        self._tidigare = tidigare if kolumn is not None else ()

    def celler(self) -> Iterator[tuple[Klausul, str, str, int]]:
        """Of enheter that are others today: who, the row, the gender, and the count told."""
        for dokument in self._tidigare:
            for c in dokument["tabeller"]:
                koder = self._koder(dokument, c["enhet"])
                if koder and c["antal"] is not None and (c["enhet"], koder) not in self._idag:
                    yield ((KOLUMN, koder),), c["utfall"], c["kon"] or "", c["antal"]

    def delar(self, id_: str, grupp: str) -> Iterator[tuple[Klausul, int, int]]:
        """Of a result: who, and the taljare and namnare told of them."""
        for dokument in self._tidigare:
            egna = (r for r in dokument["indikatorer"] if (r["id"], r["grupp"] or "") == (id_, grupp))
            for rad in (rad for r in egna for rad in r["uppdelning"] if rad["dimension"] == KOLUMN):
                koder = self._koder(dokument, rad["del"])
                if koder and rad["namnare"] is not None:
                    yield ((KOLUMN, koder),), rad["taljare"], rad["namnare"]

    def _koder(self, dokument: Mapping[str, Any], namn: str | None) -> frozenset[int]:
        """Who had the name then; nobody where that cannot be known any more."""
        da = {s["namn"]: s["enheter"] for s in dokument.get("sammanslagna", ())}
        return frozenset(self._kod[e] for e in da.get(namn, (namn,)) if e in self._kod)
