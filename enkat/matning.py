"""Whether every indicator about a survey is fed: by a question that exists, with the options that it counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from enkat.felplats import fel_i
from enkat.formular import VILL_INTE_SVARA, Enkat, Fraga, Skala
from enkat.frysning.kallbeskrivning import BAKGRUND, fragor_som_kolumner, kolumner, skalor_i_kolumner
from enkat.lasning import Lasning
from indikatorer.andelsregel import Andelsregel
from indikatorer.beskrivning import Skala as Underlagsskala
from indikatorer.definition import Definitioner
from indikatorer.diagnos import Diagnos, Niva, narmast
from indikatorer.indikator import Indikator, Villkor, Villkorsgrupp
from indikatorer.schema import uppraknat
from indikatorer.svarsandel import Svarsandel
from indikatorer.underlag import Kalldata, Underlag


@dataclass(frozen=True)
class _Kolumn:
    """A column that a questionnaire gives. skala: None for a number or a date."""

    fraga: Fraga
    text: str
    skala_id: str | None
    skala: Skala | None


def kontrollera_matning(
    lasningar: Iterable[Lasning], definitioner: Definitioner, underlag: Underlag | None
) -> Iterator[Diagnos]:
    """Hold every questionnaire against the indicators of the year and the underlag."""
    indikatorer = definitioner.giltiga(definitioner.bokslut.ar)
    for lasning in lasningar:
        if lasning.enkat is None:
            continue
        provning = _Provning(lasning, lasning.enkat)
        for indikator in indikatorer.values():
            if lasning.enkat.kalla in indikator.kallor_(indikatorer):
                yield from provning.indikator(indikator, indikatorer)
        data = underlag.kallor.get(lasning.enkat.kalla) if underlag is not None else None
        if data is not None and underlag is not None:
            yield from provning.underlag(data, underlag.beskrivning.skala)


def matade(enkat: Enkat, definitioner: Definitioner) -> dict[str, tuple[Indikator, ...]]:
    """By the id of each question, the indicators of the year that read it; a question that nobody reads is left out."""
    indikatorer = definitioner.giltiga(definitioner.bokslut.ar)
    lasare: dict[str, list[Indikator]] = {}
    for indikator in indikatorer.values():
        if enkat.kalla in indikator.kallor_(indikatorer):
            fragor = dict.fromkeys(namn.split(".")[0] for namn in _lasta(indikator, indikatorer, enkat.kalla))
            for fraga in fragor:
                lasare.setdefault(fraga, []).append(indikator)
    return {fraga: tuple(alla) for fraga, alla in lasare.items()}


def _lasta(indikator: Indikator, indikatorer: Mapping[str, Indikator], kalla: str) -> tuple[str, ...]:
    """The columns that an indicator reads in a källa, without the background."""
    if isinstance(indikator, Andelsregel):
        fragor = [f for k, egen in indikator.par(indikatorer) if k == kalla for f in indikator.fragor_i(egen)]
    else:
        fragor = list(indikator.fragor_(kalla))
    return tuple(dict.fromkeys(f for f in fragor if f not in BAKGRUND))


class _Provning:
    """One questionnaire. A fault is told once, however many indicators suffer from it."""

    def __init__(self, lasning: Lasning, enkat: Enkat) -> None:
        self._lasning, self._dok, self._enkat = lasning, lasning.dok, enkat
        skalor = skalor_i_kolumner(enkat)
        self._kolumner = {
            namn: _Kolumn(fraga, text, skala, skalor.get(skala or ""))
            for namn, text, skala, fraga in fragor_som_kolumner(enkat)
        }
        self._sagda: set[tuple[str, str]] = set()

    def indikator(self, indikator: Indikator, indikatorer: Mapping[str, Indikator]) -> Iterator[Diagnos]:
        """Every column that an indicator reads, and every answer that it counts."""
        kalla = self._enkat.kalla
        for namn in _lasta(indikator, indikatorer, kalla):
            kolumn = self._kolumner.get(namn)
            if kolumn is None:
                yield from self._saknas(namn, indikator)
            elif kolumn.skala is None:
                yield from self._utan_svar(namn, kolumn, indikator)
            else:
                yield from self._villkorad(namn, kolumn, indikator)
        for villkor in _villkor(indikator, kalla):
            yield from self._svar(villkor, indikator)
        for namn, varden in indikator.urval.items():
            yield from self._urval(namn, varden, indikator)
        yield from self._delas(indikator, indikatorer)

    def _saknas(self, namn: str, indikator: Indikator) -> Iterator[Diagnos]:
        if self._lasning.namns(namn.split(".")[0]) or not self._forsta("saknas", namn):
            return
        # A question that no indicator reads by that name may be the one that was meant.
        kandidat = narmast(namn, self._kolumner)
        fann = f"Indikatorn ”{indikator.id}” räknar på frågan ”{namn}”, och den"
        vag = ("fraga", kandidat) if kandidat and self._dok.finns(("fraga", kandidat)) else ("enkat", "kalla")
        atgard = (
            f"Byt id på frågan till {namn}." if vag[0] == "fraga" else f"Lägg till [fraga.{namn}], eller ändra kalla."
        )
        yield fel_i(
            self._dok,
            vag,
            "indikator-utan-fraga",
            fann,
            f"ska finnas i enkäten, som ger källan ”{self._enkat.kalla}”",
            atgard,
            kandidat=kandidat,
            forslag=namn if vag[0] == "fraga" else None,
            vid_namn=vag[0] == "fraga",
        )

    def _utan_svar(self, namn: str, kolumn: _Kolumn, indikator: Indikator) -> Iterator[Diagnos]:
        if self._forsta("utan-svar", namn):
            regel = f"är av typen {kolumn.fraga.typ}, men indikatorn ”{indikator.id}” räknar svar som går att välja"
            vag = ("fraga", kolumn.fraga.id, "typ")
            yield fel_i(self._dok, vag, "fraga-utan-svar", f"Frågan ”{namn}”", regel, "Ändra typ, och ge den en skala.")

    def _villkorad(self, namn: str, kolumn: _Kolumn, indikator: Indikator) -> Iterator[Diagnos]:
        bas = getattr(indikator, "namnare", None)
        if kolumn.fraga.visas_om is None or bas != "besvarat" or not self._forsta("villkorad", namn):
            return
        regel = f"visas inte för alla, så indikatorn ”{indikator.id}” räknar bara på dem som fick den"
        atgard = "Ta bort visas_om, eller säg med namnare vilka som ska räknas."
        vag = ("fraga", kolumn.fraga.id, "visas_om")
        yield fel_i(self._dok, vag, "fraga-for-nagra", f"Frågan ”{namn}”", regel, atgard, niva=Niva.VARNING)

    def _svar(self, villkor: Villkor, indikator: Indikator) -> Iterator[Diagnos]:
        kolumn = self._kolumner.get(villkor.fraga)
        if kolumn is None or kolumn.skala is None:
            return
        for svar in (*(villkor.svar or ()), *((villkor.svar_minst,) if villkor.svar_minst else ())):
            yield from self._svaret(villkor.fraga, kolumn.skala, svar, indikator)

    def _svaret(self, namn: str, skala: Skala, svar: str, indikator: Indikator) -> Iterator[Diagnos]:
        skala_id = self._kolumner[namn].skala_id
        if svar in (*skala.svar, VILL_INTE_SVARA) or not self._forsta(f"svar {skala_id}", svar):
            return
        fann = f"Indikatorn ”{indikator.id}” räknar svaret ”{svar}” på ”{namn}”, och det"
        atgard = f"Lägg till svaret i skalan, eller ändra indikatorn. Skalans svar är {', '.join(skala.svar)}."
        regel = f"ska finnas i skalan ”{skala_id}”"
        kandidat = narmast(svar, skala.svar)
        vag = ("skala", str(skala_id), "svar")
        yield fel_i(self._dok, vag, "indikator-utan-svar", fann, regel, atgard, kandidat=kandidat)

    def _urval(self, namn: str, varden: Iterable[str], indikator: Indikator) -> Iterator[Diagnos]:
        if namn not in kolumner(self._enkat):
            yield from self._saknas(namn, indikator)
            return
        kolumn = self._kolumner.get(namn)
        if kolumn is not None and kolumn.skala is not None:
            for varde in varden:
                yield from self._svaret(namn, kolumn.skala, varde, indikator)

    def _delas(self, indikator: Indikator, indikatorer: Mapping[str, Indikator]) -> Iterator[Diagnos]:
        """An indicator that tells women from men needs kön, whatever reason there is not to ask."""
        om_kon = "kon" in indikator.dimensioner() or indikator.regel == "konszon"
        jamfors = any(getattr(i, "av", None) == indikator.id and i.regel == "skillnad" for i in indikatorer.values())
        if not (om_kon or jamfors) or self._lasning.namns("kon") or not self._enkat.huvud.utan_kon:
            return
        if self._forsta("kon", ""):
            fann = f"Indikatorn ”{indikator.id}” skiljer på kvinnor och män, så kön"
            atgard = "Lägg till [fraga.kon], eller ta bort kon ur indikatorn."
            yield fel_i(self._dok, ("enkat", "utan_kon"), "kon-behovs", fann, "ska finnas bland frågorna", atgard)

    def underlag(self, data: Kalldata, skalor: Mapping[str, Underlagsskala]) -> Iterator[Diagnos]:
        """What the underlag says of the same källa: answers that are already there must mean the same."""
        if data.kalla.typ != "enkat":
            fann = f"Källan ”{data.id}” är av typen {data.kalla.typ} i underlaget och"
            yield fel_i(
                self._dok, ("enkat", "kalla"), "fel-sorts-kalla", fann, "ges inte av en enkät", "Välj en annan."
            )
            return
        for namn, fraga in data.kalla.fraga.items():
            kolumn = self._kolumner.get(namn)
            if kolumn is None:
                continue
            vag = ("fraga", kolumn.fraga.id)
            if kolumn.text != fraga.text:
                regel = f"har en annan text i underlaget: ”{fraga.text}”"
                atgard = "Skriv samma text, om det är samma fråga. Är den ny märks det ut i bokslutet."
                fann, plats = f"Frågan ”{namn}”", (*vag, "text")
                yield fel_i(self._dok, plats, "ordalydelse-skiljer", fann, regel, atgard, niva=Niva.VARNING)
            yield from self._skala_skiljer(namn, kolumn, fraga.skala, skalor.get(fraga.skala))

    def _skala_skiljer(self, namn: str, kolumn: _Kolumn, id_: str, andra: Underlagsskala | None) -> Iterator[Diagnos]:
        egen = kolumn.skala
        if egen is None or andra is None or not self._forsta("skala", f"{kolumn.skala_id} {id_}"):
            return
        olika = [
            ord_
            for nyckel, ord_ in (("svar", "svaren"), ("text", "texterna"), ("ordnad", "ordningen"))
            if getattr(egen, nyckel) != getattr(andra, nyckel)
        ]
        if olika:
            fann = f"Skalan ”{kolumn.skala_id}” för frågan ”{namn}”"
            regel = f"skiljer sig från underlagets skala ”{id_}”: {uppraknat(olika)} är inte lika"
            atgard = "Gör dem lika, eller ge frågan ett nytt id."
            varfor = "Svar på olika skalor går inte att räkna ihop eller jämföra mellan år."
            vag = ("skala", str(kolumn.skala_id), "svar" if "svaren" in olika else "text")
            yield fel_i(self._dok, vag, "skala-skiljer", fann, regel, atgard, varfor=varfor)

    def _forsta(self, slag: str, namn: str) -> bool:
        if (slag, namn) in self._sagda:
            return False
        self._sagda.add((slag, namn))
        return True


def _villkor(indikator: Indikator, kalla: str) -> Iterator[Villkor]:
    """Every question with the answers that are counted, also those of the denominator."""
    if not isinstance(indikator, Svarsandel):
        return
    egna = [k.fraga for k in indikator.kallor or () if k.kalla == kalla and k.fraga is not None]
    yield from indikator.villkor(egna[0] if egna else indikator.fraga).villkor()
    if isinstance(indikator.namnare, Villkorsgrupp):
        yield from indikator.namnare.villkor()
