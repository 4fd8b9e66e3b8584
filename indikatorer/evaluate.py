"""From definitions and underlag to an Utvardering: check, count, judge, protect, tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from indikatorer.berakning import Berakning
from indikatorer.brott import hitta_brott
from indikatorer.definition import Definitioner
from indikatorer.diagnos import Diagnos, UnderlagFel
from indikatorer.fakta import kallfakta, serievarden
from indikatorer.flode import rakna_tabeller
from indikatorer.forberedelse import Forberett
from indikatorer.indikator import Indikator, grunder
from indikatorer.paverkan import paverkade, rorda_kallor
from indikatorer.presentation import Indikatorord, presentera, trasigt_resultat
from indikatorer.resultat import Foregaende, Mal, Malomrade, Orsak, Resultat, Sammanslagen, Tabellcell, Utvardering
from indikatorer.sammanslagning import sla_ihop, visas_som
from indikatorer.utfall import Utfall


def evaluate(forberett: Forberett, minsta_grupp: int | None = None, forhandsvisa: bool = False) -> Utvardering:
    """Evaluate a year, each result protected on its own. What is shown to anybody is `rojandevakt.skydda` of it.

    minsta_grupp: overrides the config's; 0 switches protection off. forhandsvisa: with faults, evaluate what they do
    not touch, the rest as `fel_i_definitionen`.

    Raises:
        UnderlagFel: there are faults, and forhandsvisa is False.
    """
    return berakna(forberett, minsta_grupp, forhandsvisa)[0]


def berakna(
    forberett: Forberett, minsta_grupp: int | None = None, forhandsvisa: bool = False
) -> tuple[Utvardering, tuple[Berakning, ...]]:
    """The same, with what it was computed from: this year, then the years before it, nearest first.

    Raises:
        UnderlagFel: there are faults, and forhandsvisa is False.
    """
    fel = forberett.fel()
    if fel and not forhandsvisa:
        raise UnderlagFel(fel)
    minsta = forberett.definitioner.bokslut.minsta_grupp if minsta_grupp is None else minsta_grupp
    ar = _Ar(forberett, minsta, fel)
    utvardering = ar.utvardera()
    return utvardering, (ar.b, *ar.aldre)


def rakna(forberett: Forberett) -> Berakning:
    """All that an evaluation counts, with protection and without: what must be kept when rows are disposed of.

    Raises:
        UnderlagFel: there are faults.
    """
    fel = forberett.fel()
    if fel:
        raise UnderlagFel(fel)
    # Each enhet on its own: what is shown as one today can be added up later, and not the other way round.
    minsta = forberett.definitioner.bokslut.minsta_grupp
    med, utan = (_Ar(forberett, antal, fel, ihop=False) for antal in (minsta, 0))
    for ar in (med, utan):
        ar.utvardera()
    med.b.raknade |= utan.b.raknade
    return med.b


class _Ar:
    """One year's evaluation, from what was prepared. fel: the faults of all years.

    ihop: whether enheter that the config puts together are shown as one when protection is on.
    """

    def __init__(self, forberett: Forberett, minsta: int, fel: Sequence[Diagnos], ihop: bool = True) -> None:
        d, self.ar = forberett.definitioner, forberett.ar
        self.forberett = forberett
        self.minsta = minsta
        self.giltiga = d.giltiga(self.ar)
        self.fel = fel
        trasiga = paverkade(forberett, self.giltiga, fel)
        self.hela = {id_: i for id_, i in self.giltiga.items() if id_ not in trasiga}
        self.sprak = d.sprak(forberett.underlag, self.ar, minsta)
        self.ihop = ihop and minsta > 1
        kodade = sla_ihop(forberett.kodade, d.sla_ihop, self.ihop)
        self.b = Berakning(self.ar, self.hela, self.sprak.medlemmar, forberett.underlag, kodade, minsta)
        self.aldre: tuple[Berakning, ...] = ()

    def utvardera(self, med_tabeller: bool = True) -> Utvardering:
        """The year and those before it, whose tables are in their own bokslut and not in this one."""
        fore = self.forberett.foregaende
        aldre = () if fore is None else self._utvardera_aldre(fore)
        self.b.rakna_i_forvag()
        self.b.begransa_till_kand_kon(self._fragor_med_liten_rest())
        d, underlag = self.forberett.definitioner, self.forberett.underlag
        ihop = d.sla_ihop if self.ihop else {}
        return Utvardering(
            forbund=d.bokslut.forbund,
            ar=self.ar,
            beslut=d.bokslut.beslut,
            minsta_grupp=self.minsta,
            malomraden=_malomraden(d, self._per_mal(aldre[0] if aldre else None)),
            tabeller=self._tabeller() if med_tabeller else (),
            kallor=tuple(kallfakta(k, self.b) for k in underlag.kallor.values()),
            serier=tuple(s for k in underlag.kallor.values() for s in serievarden(k)),
            berattelser=tuple(visas_som(ihop, b) for k in underlag.kallor for b in self.b.berattelser(k)),
            sammanslagna=tuple(Sammanslagen(s.namn, s.enheter) for s in ihop.values()),
            aldre=aldre,
            pahittat=underlag.beskrivning.pahittat,
            utgivare=d.bokslut.utgivare(),
        )

    def _utvardera_aldre(self, fore: Forberett) -> tuple[Utvardering, ...]:
        ar = _Ar(fore, self.minsta, self.fel, self.ihop)
        utvardering = ar.utvardera(med_tabeller=False)
        self.aldre = (ar.b, *ar.aldre)
        return (utvardering, *utvardering.aldre)

    def _per_mal(self, fore: Utvardering | None) -> dict[str, list[Resultat]]:
        aldre = {} if fore is None else {(r.id, r.grupp): r for r in fore.resultat()}
        per_mal: dict[str, list[Resultat]] = {}
        for id_, ra in self.forberett.definitioner.ra_indikatorer():
            if id_ in self.hela:
                mal, resultat = self.hela[id_].mal, list(self._resultat(self.hela[id_], fore, aldre))
            elif id_ in self.giltiga or id_ not in self.forberett.definitioner.indikatorer:
                titel, mal = str(ra.get("titel", id_)), str(ra.get("mal", ""))
                resultat = [trasigt_resultat(id_, titel, str(ra.get("regel", "")), ra.get("nummer"))]
            else:
                continue
            per_mal.setdefault(mal, []).extend(resultat)
        return per_mal

    def _resultat(
        self, indikator: Indikator, fore: Utvardering | None, aldre: Mapping[tuple[str, str | None], Resultat]
    ) -> Iterator[Resultat]:
        ord_ = Indikatorord(indikator, self.sprak)
        for utfall in self.b.utfall(indikator.id):
            foregaende = None
            # In the year that it takes over the one before has another name; after that it has its own.
            nycklar = [(id_, utfall.grupp) for id_ in (indikator.id, indikator.ersatter) if id_]
            forra = next((aldre[nyckel] for nyckel in nycklar if nyckel in aldre), None)
            if fore is not None and forra is not None and forra.orsak is not Orsak.FEL_I_DEFINITIONEN:
                brott = hitta_brott(indikator, utfall.kalla, self.forberett, forra.id)
                foregaende = Foregaende(fore.ar, forra.varde, forra.visat, forra.signal, forra.orsak, brott, forra.id)
            yield presentera(indikator, utfall, foregaende, ord_, self.b)

    def _fragor_med_liten_rest(self) -> set[tuple[str, str]]:
        """Questions to be counted among known gender only: where a gender split would leave a few over, by choice."""
        fragor = set()
        for indikator in self.hela.values():
            if indikator.vid_liten_rest != "bas_kand_kon" or "kon" not in indikator.dimensioner():
                continue
            for utfall in self.b.utfall(indikator.id):
                if utfall.kalla is not None and 0 < _rest(utfall) < self.minsta:
                    fragor |= {
                        (utfall.kalla, f) for g in grunder(indikator, self.hela) for f in g.fragor_(utfall.kalla)
                    }
        return fragor

    def _tabeller(self) -> tuple[Tabellcell, ...]:
        rorda = {id_ for id_, _ in rorda_kallor(self.forberett, self.fel)}
        for id_, tabell in self.b.tabeller():
            if self.b.data(id_).kalla.typ == "register" and id_ not in rorda:
                celler = rakna_tabeller(tabell, self.minsta, self.b.data(id_).kalla.skydd == "personer")
                if celler:
                    return celler
        return ()


def _rest(utfall: Utfall) -> int:
    """Of those counted, how many a split by gender leaves over."""
    delning = next((d for d in utfall.delningar if d.dimension == "kon"), None)
    return utfall.rest if delning is None else int(utfall.namnare or 0) - int(delning.namnare.sum())


def _malomraden(d: Definitioner, per_mal: Mapping[str, list[Resultat]]) -> tuple[Malomrade, ...]:
    omraden = []
    for omrade_id, omrade in sorted(d.malomraden.items(), key=lambda par: par[1].nummer):
        mal = [
            Mal(id_, m.text, tuple(per_mal.get(id_, ())))
            for id_, m in d.mal.items()
            if m.malomrade == omrade_id and (id_ in per_mal)
        ]
        omraden.append(Malomrade(omrade_id, omrade.nummer, omrade.titel, tuple(mal)))
    placerade = {m.id for omrade in omraden for m in omrade.mal}
    # Only in a preview: what names a goal that is unknown, or cannot be read, is shown all the same.
    hemlosa = tuple(r for mal_id, resultat in per_mal.items() if mal_id not in placerade for r in resultat)
    if hemlosa:
        omraden.append(Malomrade("", 0, "Utan mål", (Mal("", "", hemlosa),)))
    return tuple(omraden)
