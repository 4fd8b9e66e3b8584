"""The accessibility statement that the law asks for, from what was measured: it claims that and nothing more.

Source:
    Lag (2018:1937) om tillgänglighet till digital offentlig service; Digg's list of what a statement holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from bokslut.fras import fogad, fras
from bokslut.matt import Brist, Matt, Telefon
from bokslut.publicering.utgava import Utgava
from bokslut.tal import visat

SIDA: Final = "tillganglighet.html"
TILLSYN: Final = "https://www.digg.se/tdosanmalan"
# What the slow phone shall keep: seconds until there is text to read, and how much that text may move (CLS).
HOGST_SEKUNDER: Final = 2.0
HOGST_SKIFT: Final = 0.0
FARGER: Final = {"ljus": fras("ljusa"), "mork": fras("mörka"), "tvingade": fras("läsarens egna")}
# What tests beside the measurement show when they pass, by the code that the file of measurements has for them.
PROV: Final = {
    "tangentbord": fras(
        "Sidorna går att använda med bara tangentbord. Det syns hela tiden var man är, och menyn, diagrammen och "
        "förklaringarna går att öppna."
    ),
    "utan_skript": fras("Allt går att läsa utan JavaScript."),
    "fingrar": fras("Det man trycker på är minst 44 bildpunkter högt på en telefon."),
    "tabell": fras("Tabellen med mål och resultat läses som en tabell av hjälpmedel, också på en telefon."),
    "pdf": fras("PDF-filerna följer PDF/UA-1 enligt ett granskningsprogram."),
}

Laget = Literal["aktuell", "aldre", "saknas"]
# The law has three degrees. The highest asks for what no machine can see, so it is never claimed here.
_FOLJSAMHET: Final[dict[Laget, str]] = {
    "aktuell": fras(
        "Webbplatsen är delvis förenlig med lagen om tillgänglighet till digital offentlig service. Det beror på "
        "bristerna nedan, och på att program inte kan pröva allt som lagen kräver."
    ),
    "aldre": fras(
        "Det är inte bedömt hur väl den här webbplatsen uppfyller lagen om tillgänglighet till digital offentlig "
        "service. Sidorna har ändrats sedan de mättes, så mätningen nedan gäller hur de såg ut då."
    ),
    "saknas": fras(
        "Det är inte bedömt hur väl den här webbplatsen uppfyller lagen om tillgänglighet till digital offentlig "
        "service. Det finns ingen mätning av sidorna."
    ),
}
_ALLTID: Final = (
    fras(
        "Ingen som till vardags använder skärmläsare, förstoring, röststyrning eller andra hjälpmedel har provat "
        "webbplatsen. Det kan finnas hinder som en mätning inte ser."
    ),
    fras(
        "De interaktiva diagrammen visar en siffra när man pekar på den. Det går inte med tangentbord eller "
        "skärmläsare. Samma siffror står i bilden av diagrammet och i tabellen under den."
    ),
    fras("Ingen har prövat om texterna är lätta att förstå för den som har svårt att läsa."),
    fras(
        "De engelska sidorna är översatta av programmets författare. Ingen som har engelska som modersmål har granskat "
        "dem. Förbundets egna texter finns bara på svenska."
    ),
)
_PDF_PROVAD: Final = fras("Ingen har läst PDF-filerna med skärmläsare. Sidorna på webben visar samma siffror.")
_PDF_OPROVAD: Final = fras("Det är inte prövat om PDF-filerna är tillgängliga. Sidorna på webben visar samma siffror.")


@dataclass(frozen=True, slots=True)
class Redogorelse:
    """The statement, ready to show.

    funna: what is not accessible as the tools found it. kanda: what is known without them. fakta: (term, text).
    resultat: what was measured and held, one sentence each. inte_matt: what was left out of the measurement.
    """

    laget: Laget
    foljsamhet: str
    funna: tuple[str, ...]
    kanda: tuple[str, ...]
    fakta: tuple[tuple[str, str], ...]
    resultat: tuple[str, ...]
    inte_matt: tuple[str, ...]
    kontakt: str
    tillsyn: str = TILLSYN


def build_redogorelse(
    matt: Matt | None, version: str, avtryck: str, kontakt: str, utgava: Utgava | None, med_pdf: bool
) -> Redogorelse:
    """The statement of an edition.

    Args:
        matt: what was measured; None when nothing was.
        version: the program that builds the edition.
        avtryck: the sum of what decides the form of its pages.
        kontakt: where readers write, "" when the config does not tell.
        utgava: the version that is published, None for a site that is not.
        med_pdf: whether the edition has PDF.
    """
    laget = _laget(matt, version, avtryck)
    pdf_provad = laget == "aktuell" and matt is not None and matt.prov.get("pdf", False)
    return Redogorelse(
        laget=laget,
        foljsamhet=_FOLJSAMHET[laget],
        funna=() if matt is None else tuple(_funna(matt)),
        kanda=(*_ALLTID, *([_PDF_PROVAD if pdf_provad else _PDF_OPROVAD] if med_pdf else [])),
        fakta=tuple(_fakta(matt, version, utgava)),
        resultat=() if matt is None else tuple(_resultat(matt)),
        inte_matt=() if matt is None else tuple(_inte_matt(matt)),
        kontakt=kontakt,
    )


def _laget(matt: Matt | None, version: str, avtryck: str) -> Laget:
    if matt is None:
        return "saknas"
    return "aktuell" if (matt.version, matt.avtryck) == (version, avtryck) else "aldre"


def _funna(matt: Matt) -> Iterator[str]:
    """What the tools found, rule by rule, and the tests that did not pass."""
    for regel, namn in _per_regel(matt.axe):
        yield fras("Verktyget axe-core fann felet ”{regel}” på {sidor}.", regel=regel, sidor=_sidor(namn))
    for regel, namn in _per_regel(matt.html or ()):
        yield fras("HTML-granskaren fann felet ”{regel}” på {sidor}.", regel=regel, sidor=_sidor(namn))
    if matt.i_sidled:
        yield fras(
            "På en skärm som är 320 bildpunkter bred måste man rulla i sidled på {sidor}.", sidor=_sidor(matt.i_sidled)
        )
    if matt.utomstaende:
        yield fras("Sidorna hämtar något från någon annan, som då får veta vem som läser.")
    if matt.telefon is not None:
        yield from _telefonens(matt.telefon)
    for kod, text in PROV.items():
        if matt.prov.get(kod) is False:
            yield fras("Det här prövades och höll inte: ”{prov}”", prov=text)


def _telefonens(t: Telefon) -> Iterator[str]:
    if t.sekunder > HOGST_SEKUNDER:
        yield fras("Den längsta sidan tar mer än två sekunder att få fram på en telefon med svag täckning.")
    if t.skift > HOGST_SKIFT:
        yield fras("Texten flyttar sig medan den längsta sidan laddas på en telefon med svag täckning.")


def _per_regel(brister: Sequence[Brist]) -> list[tuple[str, list[str]]]:
    sidor: dict[str, dict[str, None]] = defaultdict(dict)
    for brist in brister:
        sidor[brist.regel][brist.sida] = None
    return [(regel, list(namn)) for regel, namn in sidor.items()]


def _sidor(namn: Sequence[str]) -> str:
    if len(namn) == 1:
        return fras("sidan {namn}", namn=namn[0])
    if len(namn) <= 3:
        return fras("sidorna {namn}", namn=", ".join(namn))
    return fras("{antal} sidor, bland dem {namn}", antal=len(namn), namn=", ".join(namn[:3]))


def _fakta(matt: Matt | None, version: str, utgava: Utgava | None) -> Iterator[tuple[str, str]]:
    """When, on what and with what, and which edition this is."""
    if matt is None:
        yield fras("Senaste bedömningen"), fras("Ingen bedömning är gjord.")
    else:
        exempel = fras("Exemplet {namn}, {antal} sidor", namn=matt.exempel, antal=matt.sidor)
        yield fras("Senaste bedömningen"), matt.datum.isoformat()
        yield fras("Mätningen gjordes på"), exempel
        yield fras("Programmet som mättes"), f"bokslut {matt.version}"
        yield fras("Verktyg"), ", ".join(f"{namn} {nr}" for namn, nr in matt.verktyg.items())
    yield fras("Programmet som byggde sidorna du läser"), f"bokslut {version}"
    yield fras("Utgåvan du läser"), _utgavan(utgava)


def _utgavan(utgava: Utgava | None) -> str:
    if utgava is None:
        return fras("Inte publicerad som version, och har därför inget datum")
    datum = max((g.datum for g in utgava.godkannanden), default="")
    if not datum:
        return fras("Version {nr}", nr=utgava.version)
    return fras("Version {nr}, byggd sedan den godkändes {datum}", nr=utgava.version, datum=datum)


def _resultat(matt: Matt) -> Iterator[str]:
    """What held, as it was done."""
    if not matt.axe:
        yield fras(
            "Verktyget axe-core fann inga fel på någon av de {antal} sidorna. Alla sågs i {farger} färger, på "
            "{bredder} bildpunkters bredd, med allt infällt och med allt utfällt.",
            antal=matt.sidor,
            farger=fogad(*(FARGER[f] for f in matt.farger), skilje=" / "),
            bredder=" / ".join(map(str, matt.bredder)),
        )
    if not matt.i_sidled:
        yield fras("Ingen sida rullar i sidled på en skärm som är 320 bildpunkter bred, som vid 400 % förstoring.")
    if matt.html == ():
        yield fras("HTML-granskaren Nu Html Checker fann inga fel på någon sida.")
    if matt.utomstaende == 0:
        yield fras("Ingen sida hämtar något från någon annan.")
    if matt.telefon is not None and not [*_telefonens(matt.telefon)]:
        yield fras(
            "Den längsta sidan går att läsa efter {tal} sekunder på en telefon med svag täckning, och står sedan "
            "still.",
            tal=visat(f"{matt.telefon.sekunder:.1f}".replace(".", ",")),
        )
    yield from (text for kod, text in PROV.items() if matt.prov.get(kod))


def _inte_matt(matt: Matt) -> Iterator[str]:
    if matt.html is None:
        yield fras("Om sidornas HTML följer standarden.")
    if matt.utomstaende is None:
        yield fras("Om sidorna hämtar något från någon annan.")
    if matt.telefon is None:
        yield fras("Hur lång tid den längsta sidan tar på en telefon med svag täckning.")
    yield from (fras("Detta: ”{prov}”", prov=text) for kod, text in PROV.items() if kod not in matt.prov)
