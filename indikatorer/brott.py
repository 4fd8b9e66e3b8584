"""What changed between two years, so that a reader is told before comparing."""

from __future__ import annotations

from collections.abc import Iterator

from indikatorer.forberedelse import Forberett
from indikatorer.indikator import Indikator, grunder
from indikatorer.mening import betydelse
from indikatorer.resultat import Brott


def hitta_brott(indikator: Indikator, kalla: str | None, nu: Forberett, forra_id: str) -> tuple[Brott, ...]:
    """The breaks between this result and the year before's, of the indicator `forra_id`."""
    fore = nu.foregaende
    if fore is None:
        return ()
    funna = set(_i_regeln(indikator, nu, fore, forra_id))
    if kalla is not None:
        for grund in grunder(indikator, nu.definitioner.indikatorer):
            for fraga in grund.fragor_(kalla):
                funna |= set(_i_fragan(kalla, fraga, nu, fore))
    return tuple(brott for brott in Brott if brott in funna) if funna else ()


def _i_fragan(kalla: str, fraga: str, nu: Forberett, fore: Forberett) -> Iterator[Brott]:
    nya, gamla = (f.underlag.beskrivning for f in (nu, fore))
    ny = nya.kalla[kalla].fraga.get(fraga)
    gammal = gamla.kalla[kalla].fraga.get(fraga) if kalla in gamla.kalla else None
    if ny is None or gammal is None:
        return
    if ny.text != gammal.text or not ny.galler(fore.ar):
        yield Brott.ORDALYDELSE
    ny_skala, gammal_skala = nya.skala.get(ny.skala), gamla.skala.get(gammal.skala)
    if ny_skala is None or gammal_skala is None:
        return
    if (ny_skala.svar, ny_skala.text) != (gammal_skala.svar, gammal_skala.text) or not ny_skala.galler(fore.ar):
        yield Brott.SKALA


def _i_regeln(indikator: Indikator, nu: Forberett, fore: Forberett, forra_id: str) -> Iterator[Brott]:
    forra = nu.definitioner.indikatorer[forra_id]
    if "perioder" in indikator.model_fields_set:
        yield Brott.PERIOD
    if "index" in (indikator.regel, forra.regel):
        nya, gamla = (nu.definitioner.medlemmar(ar) for ar in (nu.ar, fore.ar))
        if nya.get(indikator.id) != gamla.get(forra_id):
            yield Brott.REGEL
    if forra is indikator:
        return
    ny, gammal = (betydelse(i, nu.definitioner.sprak(nu.underlag, nu.ar, 0)) for i in (indikator, forra))
    granser = {"gron", "gul"}
    if any(ny.get(k) != gammal.get(k) for k in granser):
        yield Brott.GRANS
    if any(ny.get(k) != gammal.get(k) for k in (ny.keys() | gammal.keys()) - granser - {"fran", "till"}):
        yield Brott.REGEL
