"""What the gate finds, as a list to work through: grouped by kind, each with a link to the page where it is mended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from bokslut.grind.hinder import KODER, Hinder
from bokslut.text.levande import med_namn
from indikatorer.diagnos import Diagnos
from indikatorer.resultat import Resultat, Utvardering
from kansli.sprak import gettext as _
from kansli.sprak import mark
from kansli.texter.textfil import TITLAR

# A page and its arguments; the view makes an address of it when there is such a page.
Plats = tuple[str, Mapping[str, object]]

FEL_I_FILER: Final = "fel-i-filer"
# What a kind is called, and what to do about it here; "" where each finding says so itself.
I_ORD: Final = {
    FEL_I_FILER: (mark("Fel i mål eller underlag"), mark("Rätta felen: med dem går det inte att räkna säkert.")),
    "fel-i-definitionen": (mark("En indikator går inte att räkna"), mark("Öppna målet och rätta felen.")),
    "mal-utan-text": (mark("Ett mål saknar text"), mark("Skriv målet.")),
    "indikator-utan-kalla": (mark("Det står inte varifrån en siffra kommer"), mark("Ange källan i målet.")),
    "skydd-avstangt": (mark("Skyddet av små grupper är avstängt"), mark("Sätt minsta grupp, till exempel 5.")),
    "liten-cell-synlig": (
        mark("En liten grupp syns"),
        mark("Det är ett fel i programmet. Publicera inte, och anmäl det."),
    ),
    "dold-cell-gar-att-rakna-ut": (
        mark("Ett dolt tal går att räkna ut"),
        mark("Slå ihop grupper, eller visa färre uppdelningar."),
    ),
    "rod-utan-kommentar": (
        mark("Röd signal utan kommentar"),
        mark("Skriv vad som ligger bakom och vad ni gör åt det."),
    ),
    "fel-i-text": (mark("Fel i en text"), ""),
    "text-mot-siffra": (mark("Ett tal i en text stämmer inte"), ""),
    "berattelse-utan-samtycke": (
        mark("Ett gott exempel saknar samtycke"),
        mark("Be om samtycke, eller låt det vänta."),
    ),
    "berattelse-ej-granskad": (
        mark("Ett gott exempel är inte granskat"),
        mark("Låt någon annan än den som skrev granska det."),
    ),
    "berattelse-utan-indikator": (
        mark("Ett gott exempel hör inte till något resultat"),
        mark("Välj vilken indikator det räknas i."),
    ),
    "pdf-saknas": (mark("Bokslutet har inte gjorts som PDF"), ""),
    "pdf-ogiltig": (mark("PDF-filen duger inte"), ""),
    "tredje-part": (mark("En sida hämtar något utifrån"), ""),
    "tidigare-version-andrad": (mark("En publicerad version har ändrats"), ""),
    "rattelse-utan-skal": (mark("Skälet till rättelsen saknas"), mark("Skriv varför: läsaren ska få veta det.")),
    "nara-gransen": (
        mark("Slumpen kan ha avgjort färgen"),
        mark("Förklara det i en kommentar, eller låt märket tala."),
    ),
    "svarsfrekvens-okand": (
        mark("Svarsfrekvensen är okänd"),
        mark("Ange hur många som fick enkäten, om det är känt."),
    ),
    "oversattning-ogranskad": (mark("En översättning är inte granskad"), mark("Låt någon granska den.")),
    "pahittade-svar": (mark("Svaren är påhittade"), ""),
    "berattelse-kan-peka-ut": (
        mark("Ett gott exempel kan peka ut någon"),
        mark("Skriv mer allmänt, eller svara för att det får stå."),
    ),
    "berattelse-ej-genomgangen": (
        mark("Ett gott exempel är inte genomgånget"),
        mark("Gå igenom det för ålder, plats, diagnos och utbildning."),
    ),
    "kontakt-saknas": (
        mark("Läsaren får inte veta vart hen vänder sig"),
        mark("Skriv en kontaktadress i målens text, under [bokslut]."),
    ),
    "extern-lank": (mark("En länk går till någon annans webbplats"), mark("Kontrollera att den leder rätt.")),
}
# What only the built pages can tell.
AV_SIDORNA: Final = ("pdf-saknas", "pdf-ogiltig", "tredje-part", "extern-lank")
_MAL: Final = ("fel-i-definitionen", "indikator-utan-kalla")
_ENKATER: Final = {"svarsfrekvens-okand": "omgangar.lista", "oversattning-ogranskad": "enkater.lista"}
_TEXTER: Final = ("rod-utan-kommentar", "fel-i-text", "text-mot-siffra")
_SKYDD: Final = ("liten-cell-synlig", "dold-cell-gar-att-rakna-ut")


@dataclass(frozen=True)
class Fynd:
    """One finding. plats: where it is mended, the likeliest page first; none when nobody can from here."""

    var: str
    text: str
    platser: tuple[Plats, ...]


@dataclass(frozen=True)
class Grupp:
    """The findings of one kind."""

    kod: str
    rubrik: str
    atgard: str
    fynd: tuple[Fynd, ...]


def gruppera(hinder: Iterable[Hinder], u: Utvardering, ar: int, titlar: Mapping[str, str]) -> list[Grupp]:
    """The findings by kind, in the order they came. titlar: of the good examples, by their files."""
    per_kod: dict[str, list[Fynd]] = {}
    resultat = {_var(r): r for r in u.resultat()}
    for h in hinder:
        fynd = Fynd(_i_ord(h, u, titlar), _text(h), tuple(_platser(h, resultat, ar)))
        per_kod.setdefault(h.kod, []).append(fynd)
    return [Grupp(kod, *_rubrik(kod), tuple(fynd)) for kod, fynd in per_kod.items()]


def _rubrik(kod: str) -> tuple[str, str]:
    """What a kind is called, and what to do; a kind that has no words of its own yet is told by its code."""
    return I_ORD.get(kod, (kod, ""))


def _text(h: Hinder) -> str:
    """What is said of one finding: nothing where its kind says it all, and what to do where its kind does not."""
    if h.kod == "rod-utan-kommentar":
        return ""
    return h.text if _rubrik(h.kod)[1] else f"{h.text} {h.atgard}".strip()


def _i_ord(h: Hinder, u: Utvardering, titlar: Mapping[str, str]) -> str:
    """Where it is, as one who has never seen a file calls it."""
    fil, rad = _fil_och_rad(h.var)
    om = med_namn(fil.stem, u)
    if h.kod in _TEXTER and om:
        namn = f"{om[0].nummer or ''} {om[0].titel}".strip()
    elif h.kod in _TEXTER:
        namn = _(TITLAR.get(fil.stem, fil.name))
    else:
        return titlar.get(fil.name, h.var) if h.kod.startswith("berattelse-") else h.var
    return f"{namn}, {_('rad %(rad)s', rad=rad)}" if rad else namn


def gruppera_fel(fel: Sequence[Diagnos], ar: int) -> list[Grupp]:
    """The faults of goals and underlag, as findings of one kind."""
    fynd = tuple(Fynd(f"{PurePosixPath(d.fil).name}:{d.plats.rad}", d.mening(), tuple(_av_fel(d, ar))) for d in fel)
    return [Grupp(FEL_I_FILER, *I_ORD[FEL_I_FILER], fynd)] if fynd else []


def _av_fel(d: Diagnos, ar: int) -> list[Plats]:
    fil = PurePosixPath(d.fil)
    if fil.suffix == ".md":
        return [("exempel.andra", {"ar": ar, "namn": fil.name}), ("exempel.lista", {"ar": ar})]
    if d.indikator:
        return [("mal.andra", {"ar": ar, "id": d.indikator}), ("mal.lista", {"ar": ar})]
    return [("mal.lista", {"ar": ar})] if fil.parent.name == "mal" else [("omgangar.lista", {})]


def _platser(h: Hinder, titlar: Mapping[str, Resultat], ar: int) -> list[Plats]:
    fil = _fil_och_rad(h.var)[0]
    text = fil.stem
    if h.kod in _TEXTER:
        return [("texter.andra", {"ar": ar, "namn": text}), ("texter.visa", {"ar": ar, "namn": text})]
    if h.kod.startswith("berattelse-"):
        namn = fil.name
        sida = "exempel.visa" if h.kod in ("berattelse-ej-granskad", "berattelse-ej-genomgangen") else "exempel.andra"
        return [(sida, {"ar": ar, "namn": namn}), ("exempel.visa", {"ar": ar, "namn": namn})]
    if h.kod == "nara-gransen" and h.var in titlar:
        id_ = titlar[h.var].id
        return [("texter.andra", {"ar": ar, "namn": id_}), ("texter.visa", {"ar": ar, "namn": id_})]
    if h.kod == "mal-utan-text":
        return [("malomraden.mal", {"ar": ar, "id": h.var}), ("mal.lista", {"ar": ar})]
    if h.kod in _MAL:
        id_ = titlar[h.var].id if h.var in titlar else h.var
        return [("mal.andra", {"ar": ar, "id": id_}), ("mal.lista", {"ar": ar})]
    if h.kod in _SKYDD:
        return [("signaler.visa", {"ar": ar})]
    if h.kod in ("skydd-avstangt", "kontakt-saknas"):
        return [("malversioner.text", {"ar": ar}), ("mal.lista", {"ar": ar})]
    if h.kod == "rattelse-utan-skal":
        return [("publicering.ratta", {"ar": ar})]
    if h.kod == "tidigare-version-andrad":
        return [("utgava.visa", {"ar": ar, "version": int(h.var[1:])})] if h.var[1:].isdecimal() else []
    if h.kod == "extern-lank":
        return [("texter.lista", {"ar": ar})]
    return [(_ENKATER[h.kod], {})] if h.kod in _ENKATER else []


def _fil_och_rad(var: str) -> tuple[PurePosixPath, str]:
    """A file and a line of it from where the gate found something; the line is "" when it is the whole file."""
    fil, _kolon, rad = var.rpartition(":")
    return (PurePosixPath(fil), rad) if rad.isdecimal() else (PurePosixPath(var), "")


def _var(r: Resultat) -> str:
    """As bokslut.grind.provar_resultat names a result."""
    return " ".join(filter(None, (r.nummer, r.titel, f"({r.grupp})" if r.grupp else "")))


def som_data(hinder: Iterable[Hinder]) -> list[dict[str, str]]:
    """Findings to keep."""
    return [{"kod": h.kod, "var": h.var, "text": h.text, "atgard": h.atgard} for h in hinder]


def av_data(rader: Iterable[Mapping[str, str]]) -> list[Hinder]:
    """Findings that were kept; those of a kind that this program no longer knows are left out."""
    return [Hinder(r["kod"], KODER[r["kod"]], r["var"], r["text"], r["atgard"]) for r in rader if r["kod"] in KODER]
