"""Röjandevakten: decides what is hidden of everything published together, and certifies that nobody can find it.

The rules hide what is small result by result, and cell by cell; here it is made sure that the rest does not give it
back. What anybody is shown comes from here, so page, table, chart and JSON hide the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from indikatorer.berakning import Berakning
from indikatorer.evaluate import berakna
from indikatorer.flode import dolj, rakna_tabeller
from indikatorer.forberedelse import Forberett
from indikatorer.resultat import Mal, Malomrade, Orsak, Resultat, Tabellcell, Uppdelningsrad, Utvardering
from indikatorer.skydd.bevis import Bevis, bevisa, haller, namn
from indikatorer.skydd.insamling import samla
from indikatorer.skydd.intyg import Atkomlig, Dold, Intyg, Nyckel, Skal
from indikatorer.skydd.kvarvarande import mildra
from indikatorer.skydd.tidigare import kanda
from indikatorer.visning import DOLD

if TYPE_CHECKING:
    from indikatorer.skydd.publicerat import Publicerat


def skydda(
    forberett: Forberett,
    minsta_grupp: int | None = None,
    forhandsvisa: bool = False,
    tidigare: Sequence[Mapping[str, Any]] = (),
    fjol: Sequence[Mapping[str, Any]] = (),
) -> Utvardering:
    """Evaluate a year, and hide what must be hidden of it and of the years before it.

    minsta_grupp, forhandsvisa: as in `evaluate`. tidigare: earlier versions of this year's bokslut, as their JSON: what
    they told is known already, and so a correction hides no more and no other than it must. fjol: the versions of last
    year's, oldest first: whoever stayed is in both.

    Raises:
        UnderlagFel: there are faults, and forhandsvisa is False.
    """
    utvardering, beraknade = berakna(forberett, minsta_grupp, forhandsvisa)
    if not utvardering.minsta_grupp:
        return utvardering
    ar = [utvardering, *utvardering.aldre]
    aldre: tuple[Utvardering, ...] = ()
    for nummer in reversed(range(len(ar))):
        kant = (tidigare, fjol) if nummer == 0 else ((), ())
        skyddat = _skydda_ar(ar[nummer], beraknade[nummer], aldre, kant, forberett.bevis)
        aldre = (skyddat, *aldre)
    return aldre[0]


def _skydda_ar(
    u: Utvardering,
    b: Berakning,
    aldre: tuple[Utvardering, ...],
    kant: tuple[Sequence[Mapping[str, Any]], Sequence[Mapping[str, Any]]],
    bevis: Mapping[str, Bevis],
) -> Utvardering:
    """kant: what earlier versions of the year told, and those of the year before it."""
    tidigare, fjol = kant
    # With faults the tables may be left out, and then they are not shown without protection either.
    celler = oppna_celler(b) if u.tabeller else ()
    funna, atkomliga, skyddade = list[Dold](), list[Atkomlig](), 0
    alla_bevis = dict[str, Bevis]()
    for kalla, p in samla(b, celler, tidigare, fjol).items():
        egna, brister, nytt = valj_dolda(kanda(p, tidigare), bevis.get(namn(u.ar, kalla)))
        alla_bevis |= {} if nytt is None else {namn(u.ar, kalla): nytt}
        funna += egna
        atkomliga += brister
        skyddade += len(p.skyddade)
    dolda = {d.nyckel for d in funna}
    tabeller = dolj(celler, {(n[1], n[2], n[3]) for n in dolda if n[0] == "cell"}) if celler else u.tabeller
    return replace(
        u,
        tabeller=tabeller,
        malomraden=tuple(_omrade(omrade, dolda, aldre) for omrade in u.malomraden),
        aldre=aldre,
        intyg=Intyg(
            skyddade,
            tuple(atkomliga),
            tuple(funna),
            len(tabeller),
            sum(c.antal is None for c in tabeller),
            alla_bevis,
        ),
    )


def bevis_i(u: Utvardering) -> dict[str, Bevis]:
    """The proofs of a year and of the years before it, to be kept."""
    ar = (u, *u.aldre)
    return {n: b for intyg in (a.intyg for a in ar) if intyg is not None for n, b in intyg.bevis.items()}


def oppna_celler(b: Berakning) -> tuple[Tabellcell, ...]:
    """The participant tables without protection, enheter as they are shown; empty without a register."""
    registren = (t for id_, t in b.tabeller() if b.data(id_).kalla.typ == "register")
    return next((celler for tabell in registren if (celler := rakna_tabeller(tabell, 0, skyddad=False))), ())


def valj_dolda(p: Publicerat, kant: Bevis | None) -> tuple[list[Dold], list[Atkomlig], Bevis | None]:
    """What is hidden of a källa, what can be found all the same, and the proof. kant: one that was kept."""
    if not p.skyddade:  # a rule may still hide a figure that nobody need be kept from finding
        return [Dold(u.nyckel, Skal.REGEL) for u in p.uppgifter if u.maste], [], None
    if kant is not None and haller(p, kant):
        return list(kant.dolda), [], kant
    # The solver takes time to load, and most källor have nothing to look for.
    from indikatorer.skydd.angripare import Angripare
    from indikatorer.skydd.doljning import valj

    angripare = Angripare(p)
    val = valj(p, angripare)
    while mildare := mildra(p, val.brister):
        p = mildare
        angripare = Angripare(p)
        val = valj(p, angripare)
    atkomliga = [Atkomlig(p.skyddade[b.skyddat].om, p.skyddade[b.skyddat].vad, b.hogsta, b.grans) for b in val.brister]
    return list(val.dolda), atkomliga, bevisa(p, angripare, val.dolda)


def _omrade(omrade: Malomrade, dolda: Collection[Nyckel], aldre: Sequence[Utvardering]) -> Malomrade:
    fore = {(r.id, r.grupp): r for r in aldre[0].resultat()} if aldre else {}
    mal = (Mal(m.id, m.text, tuple(_resultat(_med_fore(r, fore), dolda) for r in m.resultat)) for m in omrade.mal)
    return replace(omrade, mal=tuple(mal))


def _med_fore(r: Resultat, fore: Mapping[tuple[str, str | None], Resultat]) -> Resultat:
    """With last year's figure as that year shows it."""
    if r.foregaende is None:
        return r
    forra = fore[r.foregaende.id, r.grupp]
    return replace(r, foregaende=replace(r.foregaende, varde=forra.varde, visat=forra.visat, orsak=forra.orsak))


def _resultat(r: Resultat, dolda: Collection[Nyckel]) -> Resultat:
    egen = (r.id, r.grupp or "")
    rader = tuple(_dold_rad(u) if ("delning", *egen, u.dimension) in dolda else u for u in r.uppdelning)
    if ("resultat", *egen) not in dolda or r.orsak in (Orsak.SKYDDAD, Orsak.FOR_FA_SVAR):
        return replace(r, uppdelning=rader)
    return replace(
        r,
        taljare=None,
        namnare=None,
        varde=None,
        visat=DOLD,
        orsak=Orsak.SKYDDAD,
        intervall=None,
        osaker=None,
        bortfall=None,
        delar=None,
        uppdelning=rader,
    )


def _dold_rad(rad: Uppdelningsrad) -> Uppdelningsrad:
    return Uppdelningsrad(rad.dimension, rad.del_, None, None, None, DOLD, None, Orsak.SKYDDAD)
