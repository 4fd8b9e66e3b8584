"""config/indicators.toml: read, inherited and checked. CONTRACT section 2."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import Field

from indikatorer.diagnos import Diagnos, Fix, narmast, sakert
from indikatorer.indikator import Indikator, har_jokrar, traffade
from indikatorer.kontroll import Kontroll
from indikatorer.mening import Sprak
from indikatorer.regler import REGLER
from indikatorer.sammanslagning import Sammanslagning, kontrollera_sammanslagning
from indikatorer.schema import Ar, Lista, Modell, Text, las_modell, skriven, uppraknat
from indikatorer.toml.fel import Vag
from indikatorer.toml.source import TomlDokument, las_bytes, las_toml
from indikatorer.underlag import Underlag, fel_okand, fel_vand
from indikatorer.utgivare import Kontakt, Organisationsnummer, Utgivare, Webbadress

M = TypeVar("M", bound=Modell)
# Every key that some rule takes.
NYCKLAR: Final = ("regel", *dict.fromkeys(namn for klass in REGLER.values() for namn in klass.model_fields))
# How many indicators that may build on one another in a row; two or three is what anybody can follow.
LANGSTA_LED: Final = 50
TABELLER: Final = ("bokslut", "standard", "malomrade", "mal", "indikator", "sla_ihop")


class Bokslut(Modell):
    """What is accounted for. minsta_grupp: the smallest group whose figures are shown; 0 switches protection off."""

    forbund: Text
    ar: Ar
    beslut: str = ""
    minsta_grupp: Annotated[int, Field(ge=0)] = 5
    webbadress: Webbadress | None = None
    organisationsnummer: Organisationsnummer | None = None
    kontakt: Kontakt | None = None
    kommuner: Annotated[tuple[Text, ...], Lista] = ()
    region: Text | None = None

    def utgivare(self) -> Utgivare:
        """Who publishes it and of where, as far as the config tells."""
        omraden = (*self.kommuner, *((self.region,) if self.region else ()))
        return Utgivare(self.webbadress or "", self.organisationsnummer or "", self.kontakt or "", omraden)


class Standard(Modell):
    """Keys that every indicator inherits unless it has its own."""

    raknas_inte: Annotated[tuple[Text, ...], Lista] = ()
    vid_liten_rest: Literal["dolj_uppdelning", "bas_kand_kon"] = "dolj_uppdelning"


class Omrade(Modell):
    """A malomrade, in the order of its nummer."""

    nummer: int
    titel: Text


class Maltext(Modell):
    """A social goal."""

    malomrade: Text
    text: Text


@dataclass(frozen=True)
class Definitioner:
    """A config as it was read.

    indikatorer: those that could be read, with what they inherit; trasiga: ids of the rest. sla_ihop: enheter that are
    shown as one.
    """

    dok: TomlDokument
    bokslut: Bokslut
    standard: Standard
    malomraden: Mapping[str, Omrade]
    mal: Mapping[str, Maltext]
    indikatorer: Mapping[str, Indikator]
    trasiga: tuple[str, ...]
    sla_ihop: Mapping[str, Sammanslagning] = field(default_factory=dict)

    def medlemmar(self, ar: int) -> dict[str, tuple[str, ...]]:
        """For each index: the ids that its `av` means that year, wildcards resolved, in the order of the file."""
        giltiga = [i.id for i in self.indikatorer.values() if i.galler(ar)]
        return {
            i.id: tuple(g for g in traffade(i.beror_av(), giltiga) if g != i.id)
            for i in self.indikatorer.values()
            if i.regel == "index"
        }

    def giltiga(self, ar: int) -> dict[str, Indikator]:
        """The indicators of a year."""
        return {id_: i for id_, i in self.indikatorer.items() if i.galler(ar)}

    def ra_indikatorer(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Every indicator as it is written, also those that could not be read, in the order of the file."""
        for id_, ra in _tabell(self.dok, "indikator").items():
            if isinstance(ra, Mapping):
                yield id_, ra

    def sprak(self, underlag: Underlag, ar: int, minsta_grupp: int) -> Sprak:
        """The words for sentences about a year."""
        return Sprak(
            {id_: data.kalla for id_, data in underlag.kallor.items()},
            underlag.beskrivning.skala,
            self.giltiga(ar),
            self.medlemmar(ar),
            self.standard.raknas_inte,
            self.standard.vid_liten_rest,
            minsta_grupp,
        )


def las_definitioner(fil: str, data: bytes) -> tuple[Definitioner | None, list[Diagnos]]:
    """Read a config. None when not even [bokslut] can be read; otherwise all that can, and every fault in it."""
    avkodad = las_bytes(fil, data)
    dok = las_toml(fil, avkodad.text)
    if avkodad.diagnoser:
        return None, list(avkodad.diagnoser)
    fel = [*dok.diagnoser, *_okanda_tabeller(dok), *_inga_tabeller(dok)]
    bokslut, nya = las_modell(Bokslut, dok, ("bokslut",), _tabell(dok, "bokslut"))
    standard, fler = las_modell(Standard, dok, ("standard",), _tabell(dok, "standard"))
    fel += nya + fler
    omraden = _las_alla(dok, "malomrade", Omrade, fel)
    mal = _las_alla(dok, "mal", Maltext, fel)
    for id_, text in mal.items():
        omrade = ("malomrade", text.malomrade)
        if text.malomrade not in omraden and not dok.trasig(omrade) and not dok.finns(omrade):
            fel.append(fel_okand(dok, ("mal", id_, "malomrade"), "målområde", text.malomrade, list(omraden)))
    indikatorer = dict(_las_indikatorer(dok, standard or Standard(), fel))
    _arv_mal(indikatorer)
    trasiga = tuple(i for i in _tabell(dok, "indikator") if i not in indikatorer)
    bokslut = bokslut or _gissat_bokslut(dok)
    if bokslut is None:
        return None, fel
    ihop = _las_alla(dok, "sla_ihop", Sammanslagning, fel)
    definitioner = Definitioner(dok, bokslut, standard or Standard(), omraden, mal, indikatorer, trasiga, ihop)
    return definitioner, fel + list(_kontrollera_helheten(definitioner))


def kontrollera(definitioner: Definitioner, underlag: Underlag, ar: int) -> list[Diagnos]:
    """Hold the definitions of a year against its underlag."""
    d = definitioner
    fel = Kontroll(d.dok, d.giltiga(ar), underlag, [s.namn for s in d.sla_ihop.values()]).kontrollera()
    return [*fel, *kontrollera_sammanslagning(d.dok, d.sla_ihop, underlag)]


def _tabell(dok: TomlDokument, namn: str) -> Mapping[str, Any]:
    varde = dok.data.get(namn, {})
    return varde if isinstance(varde, Mapping) else {}


def _gissat_bokslut(dok: TomlDokument) -> Bokslut | None:
    """With the year that was plainly meant, so that the rest can be checked too; None when no year is."""
    ra = _tabell(dok, "bokslut")
    ar = str(ra.get("ar", "")).strip().removesuffix(".0")
    rimligt = len(ar) == 4 and ar.isdecimal() and ar.startswith(("19", "20", "21"))
    return Bokslut(forbund=str(ra.get("forbund") or "–"), ar=int(ar)) if rimligt else None


def _inga_tabeller(dok: TomlDokument) -> Iterator[Diagnos]:
    """Where a table with keys is wanted, and something else stands."""
    vagar: list[Vag] = [(namn,) for namn in dok.data if namn in TABELLER]
    vagar += [(namn, id_) for namn in TABELLER[2:] for id_ in _tabell(dok, namn)]
    for vag in vagar:
        varde = dok.data[str(vag[0])] if len(vag) == 1 else _tabell(dok, str(vag[0]))[str(vag[1])]
        if isinstance(varde, Mapping) or dok.trasig(vag):
            continue
        namn = ".".join(map(str, vag))
        yield Diagnos(
            kod="fel-typ",
            fil=dok.fil,
            plats=dok.plats_nyckel(vag),
            fann=f"”{vag[-1]}” har ett eget värde men",
            regel="ska vara en rubrik med nycklar under",
            atgard=f"Skriv [{namn if len(vag) == 2 or vag[0] in TABELLER[:2] else f'{namn}.mitt-id'}] på en egen rad.",
            falt=namn,
            indikator=str(vag[1]) if len(vag) == 2 and vag[0] == "indikator" else None,
        )


def _okanda_tabeller(dok: TomlDokument) -> Iterator[Diagnos]:
    for namn in dok.data:
        if namn in TABELLER or dok.trasig((namn,)):
            continue
        kandidat = narmast(namn, TABELLER)
        plats = dok.plats_nyckel((namn,))
        yield Diagnos(
            kod="okand-nyckel",
            fil=dok.fil,
            plats=plats,
            fann=f"”{namn}”",
            regel="är ingen del av en konfiguration",
            atgard="" if kandidat else f"Delarna är {uppraknat(TABELLER)}.",
            kandidat=f"”{kandidat}”" if kandidat else None,
            fix=Fix(dok.fil, plats.start, plats.slut, kandidat) if kandidat and sakert(namn, kandidat) else None,
            falt=namn,
        )


def _las_alla(dok: TomlDokument, namn: str, modell: type[M], fel: list[Diagnos]) -> dict[str, M]:
    lasta = {}
    for id_, ra in _tabell(dok, namn).items():
        if not isinstance(ra, Mapping):
            continue
        objekt, nya = las_modell(modell, dok, (namn, id_), ra)
        fel += nya
        if objekt is not None:
            lasta[id_] = objekt
    return lasta


def _las_indikatorer(dok: TomlDokument, standard: Standard, fel: list[Diagnos]) -> Iterator[tuple[str, Indikator]]:
    for id_, ra in _tabell(dok, "indikator").items():
        vag = ("indikator", id_)
        if not isinstance(ra, Mapping):
            continue
        klass = REGLER.get(str(ra.get("regel")))
        if klass is None:
            fel += _fel_i_regel(dok, vag, ra)
            continue
        arv = {"raknas_inte": list(standard.raknas_inte), "vid_liten_rest": standard.vid_liten_rest}
        falt = arv | {k: v for k, v in ra.items() if k != "regel"} | {"id": id_}
        indikator, nya = las_modell(klass, dok, vag, falt, id_, {"granser": klass.granser}, {"titel": id_})
        fel += nya
        if "id" in ra:
            fel.append(_fel_eget_id(dok, vag))
        if indikator is not None:
            yield id_, indikator


def _fel_eget_id(dok: TomlDokument, vag: Vag) -> Diagnos:
    plats, regel = dok.plats_nyckel((*vag, "id")), "står redan i rubriken, efter punkten"
    atgard = "Ta bort raden. Ett nummer skrivs som nummer."
    return Diagnos("okand-nyckel", dok.fil, plats, "”id”", regel, atgard, indikator=str(vag[1]))


def _fel_i_regel(dok: TomlDokument, vag: Vag, ra: Mapping[str, Any]) -> list[Diagnos]:
    if dok.trasig((*vag, "regel")):
        return []
    liknar = next((namn for namn in ra if namn != "regel" and narmast(namn, NYCKLAR) == "regel"), None)
    if liknar is not None and "regel" not in ra:
        plats, kandidat = dok.plats_nyckel((*vag, liknar)), "”regel”"
        fix = Fix(dok.fil, plats.start, plats.slut, "regel") if sakert(liknar, "regel") else None
        fann, text, falt = f"”{liknar}”", "är ingen nyckel som kan stå här", ".".join(map(str, (*vag, liknar)))
        return [Diagnos("okand-nyckel", dok.fil, plats, fann, text, "", "", kandidat, fix, falt, str(vag[1]))]
    if "regel" in ra:
        return [fel_okand(dok, (*vag, "regel"), "regel", str(ra["regel"]), list(REGLER), str(vag[1]))]
    plats = dok.plats_nyckel(vag)
    atgard = f"Lägg till regel = och en av {uppraknat(REGLER, 'eller')}."
    fann = f"”{'.'.join(map(str, vag))}”"
    return [Diagnos("saknad-nyckel", dok.fil, plats, fann, "ska ha nyckeln ”regel”", atgard, indikator=str(vag[1]))]


def _arv_mal(indikatorer: dict[str, Indikator]) -> None:
    """An indicator under a parent has the parent's goal, unless it names its own."""
    for id_, indikator in list(indikatorer.items()):
        foralder, steg = indikator, 0
        while not foralder.mal and getattr(foralder, "under", None) in indikatorer and steg < len(indikatorer):
            foralder, steg = indikatorer[foralder.under], steg + 1  # type: ignore[attr-defined]
        if foralder.mal != indikator.mal:
            indikatorer[id_] = indikator.model_copy(update={"mal": foralder.mal})


def _kontrollera_helheten(d: Definitioner) -> Iterator[Diagnos]:
    yield from _mal_finns(d)
    yield from _unika(d, "titel", "så att meningar och rapporter kan skilja dem åt")
    yield from _unika(d, "nummer", "utom när de gäller olika år (fran och till)")
    yield from _cirklar(d)
    for id_, indikator in d.indikatorer.items():
        if indikator.ar_vand():
            yield fel_vand(d.dok, ("indikator", id_), indikator, id_)


def _mal_finns(d: Definitioner) -> Iterator[Diagnos]:
    for id_, indikator in d.indikatorer.items():
        vag = ("indikator", id_, "mal")
        if d.dok.trasig(vag) or d.dok.trasig(("mal", indikator.mal)):
            continue
        if not indikator.mal:
            if getattr(indikator, "under", None) is None and not skriven(d.dok, ("indikator", id_), indikator, "mal"):
                plats = d.dok.plats_nyckel(("indikator", id_))
                atgard = "Lägg till mal = och id på ett av målen."
                fann = f"”indikator.{id_}”"
                yield Diagnos("saknad-nyckel", d.dok.fil, plats, fann, "ska ha nyckeln ”mal”", atgard, indikator=id_)
        elif indikator.mal not in d.mal and d.dok.finns(vag) and not d.dok.finns(("mal", indikator.mal)):
            yield fel_okand(d.dok, vag, "mål", indikator.mal, list(d.mal), id_)


def _unika(d: Definitioner, nyckel: str, varfor: str) -> Iterator[Diagnos]:
    sedda: dict[str, list[Indikator]] = {}
    for id_, indikator in d.indikatorer.items():
        varde = getattr(indikator, nyckel)
        if varde is None:
            continue
        krock = next((annan for annan in sedda.get(varde, ()) if _samma_ar(annan, indikator)), None)
        if krock is not None:
            vag = ("indikator", id_, nyckel)
            yield Diagnos(
                kod="dubbel-titel" if nyckel == "titel" else "dubbelt-nummer",
                fil=d.dok.fil,
                plats=d.dok.plats_varde(vag),
                fann=f"”{varde}”",
                regel=f"används redan av ”{krock.id}”, men ska bara finnas en gång, {varfor}",
                atgard=f"Ge den ena {'en annan titel' if nyckel == 'titel' else 'ett annat nummer'}.",
                falt=".".join(vag),
                indikator=id_,
            )
        sedda.setdefault(varde, []).append(indikator)


def _samma_ar(a: Indikator, b: Indikator) -> bool:
    return max(a.fran or 0, b.fran or 0) <= min(a.till or 9999, b.till or 9999)


def _cirklar(d: Definitioner) -> Iterator[Diagnos]:
    """A result that needs itself. Told once for each circle, at the key that closes it."""
    klara: set[str] = set()
    for start in d.indikatorer:
        yield from _folj(d, start, [], klara)


def _folj(d: Definitioner, id_: str, vagen: list[str], klara: set[str]) -> Iterator[Diagnos]:
    if id_ in vagen:
        cirkel = [*vagen[vagen.index(id_) :], id_]
        sist = vagen[-1]
        nyckel = "under" if getattr(d.indikatorer[sist], "under", None) == id_ else "av"
        vag = ("indikator", sist, nyckel)
        yield Diagnos(
            kod="cirkel",
            fil=d.dok.fil,
            plats=d.dok.plats_varde(vag),
            fann=" → ".join(f"”{i}”" for i in cirkel) if len(cirkel) > 2 else f"”{id_}”",
            regel="går runt i en cirkel, så ingen av dem kan räknas" if len(cirkel) > 2 else "bygger på sig själv",
            atgard=f"Ändra ”{nyckel}” i en av dem." if len(cirkel) > 2 else f"Ändra ”{nyckel}”.",
            falt=".".join(vag),
            indikator=sist,
        )
    elif len(vagen) > LANGSTA_LED:
        yield Diagnos(
            kod="for-langt-led",
            fil=d.dok.fil,
            plats=d.dok.plats_nyckel(("indikator", vagen[-1])),
            fann=f"”{vagen[0]}” bygger på ”{vagen[1]}”, som bygger på en till, och så vidare:",
            regel=f"ett sådant led får vara högst {LANGSTA_LED} långt",
            atgard="Låt några av dem räkna direkt i en källa.",
            indikator=vagen[-1],
        )
    elif id_ not in klara:
        for nasta in _beroenden(d, id_):
            yield from _folj(d, nasta, [*vagen, id_], klara)
        klara.add(id_)


def _beroenden(d: Definitioner, id_: str) -> list[str]:
    monster = d.indikatorer[id_].beror_av() if id_ in d.indikatorer else ()
    jokrar = [m for m in monster if har_jokrar(m)]
    namngivna = [m for m in monster if m in d.indikatorer]
    return namngivna + [i for i in traffade(jokrar, d.indikatorer) if i != id_]
