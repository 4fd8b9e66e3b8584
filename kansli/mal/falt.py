"""The fields of an indicator: which each rule has, how each is filled in, and what it means, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from indikatorer.indikator import Indikator
from indikatorer.regler import REGLER
from kansli.sprak import gettext as _
from kansli.sprak import mark, svenska


class Sort(Enum):
    """How a field is filled in. RADER: one per line. URVAL: lines of "column = value, value". TOML: as in the file."""

    TEXT = "text"
    HELTAL = "heltal"
    ETT = "ett"
    FLERA = "flera"
    RADER = "rader"
    URVAL = "urval"
    TOML = "toml"


@dataclass(frozen=True)
class Falt:
    """A key of an indicator. val: what there is to choose among (`utbud`). extra: seldom used, shown folded.

    exempel: what the help gives an example of as it is written, which is Swedish in every language.
    """

    nyckel: str
    sort: Sort
    rubrik: str
    hjalp: str
    val: str = ""
    extra: bool = False
    exempel: str = ""


@dataclass(frozen=True)
class Regel:
    """A rule in words, for the one who chooses among them."""

    namn: str
    vad: str
    exempel: str


REGELORD: Final[Mapping[str, Regel]] = {
    "andel": Regel(
        mark("Andel som svarat så"),
        mark("Hur många procent av dem som svarat på en fråga som gav ett visst svar."),
        mark("Minst 80 % av deltagarna ska svara till stor del eller mer."),
    ),
    "konszon": Regel(
        mark("Könsfördelning"),
        mark("Kvinnornas och männens andelar ska båda ligga i en zon."),
        mark("Mellan 40 och 60 % i styrelsen."),
    ),
    "skillnad": Regel(
        mark("Skillnad mellan kvinnor och män"),
        mark("Hur mycket kvinnors och mäns svar skiljer sig åt i en annan indikator."),
        mark("Högst 20 procentenheter."),
    ),
    "nolltolerans": Regel(
        mark("Nolltolerans"),
        mark("Alla som svarat ska ha gett ett godtagbart svar. Ett enda annat svar ger rött."),
        mark("Samtliga ska svara nej på om de blivit diskriminerade."),
    ),
    "forandring": Regel(
        mark("Förändring mot året före"),
        mark("En andel ur statistik ska bli lägre eller högre än året före, i varje kommun för sig."),
        mark("Andelen helårspersoner ska vara lägre än året före."),
    ),
    "goda_exempel": Regel(
        mark("Antal goda exempel"),
        mark("Hur många publicerade, granskade berättelser som är märkta med indikatorn."),
        mark("Minst 1."),
    ),
    "index": Regel(
        mark("Index"),
        mark("Hur stor andel av några andra indikatorer som är gröna."),
        mark("Minst 80 % av indikatorerna om jämställdhet."),
    ),
    "antal": Regel(
        mark("Antal"), mark("Hur många personer eller svar det är, utan nämnare."), mark("Minst 30 deltagare per år.")
    ),
    "kvot": Regel(
        mark("Kvot mellan två belopp"),
        mark("Summan i en kolumn delad med summan i en annan, till exempel utfall mot budget."),
        mark("Mellan 85 och 100 % av budgeten."),
    ),
    "nulage": Regel(
        mark("Nuläge"),
        mark("Vad varje insats senast svarade på en fråga om hur det går."),
        mark("Insatsen ligger i fas: ja."),
    ),
    "progression": Regel(
        mark("Andel som har stärkts"),
        mark("Hur många procent av personer med minst två mätningar som ligger högre vid den senaste."),
        mark("Minst 50 % har stärkts."),
    ),
    "information": Regel(
        mark("Upplysning utan mål"),
        mark("En andel som visas men inte bedöms. Den får ingen signal."),
        mark("Avbrott av hälsoskäl."),
    ),
}

_GRAN: Final = mark(
    "Skriv gränsen som en fras: %(exempel)s. Lämna tomt om ingen gräns är beslutad än: då blir signalen grå."
)
_GUL: Final = mark("En svagare gräns, för det som nästan når målet. Lämna tomt om det inte ska finnas gult.")
_URVAL: Final = mark("Bara dessa rader räknas. En rad för varje kolumn: %(exempel)s. Lämna tomt för alla.")

FALTEN: Final[Sequence[Falt]] = (
    Falt("titel", Sort.TEXT, mark("Titel"), mark("Vad indikatorn heter i bokslutet. Två får inte heta likadant.")),
    Falt("nummer", Sort.TEXT, mark("Nummer"), mark("Så som det trycks, till exempel 3.1 eller 1.1.a. Får vara tomt.")),
    Falt(
        "mal",
        Sort.ETT,
        mark("Mål"),
        mark(
            "Det sociala mål som indikatorn mäter. Den som hör till en annan indikator får dennas mål om du låter bli."
        ),
        "mal",
    ),
    Falt(
        "under",
        Sort.ETT,
        mark("Räknas som en del av"),
        mark("En annan indikator, vars personer det här är en andel av. Då behövs ingen egen källa. Oftast ingen."),
        "foraldrar",
        extra=True,
    ),
    Falt(
        "bas",
        Sort.ETT,
        mark("Andel av vilka"),
        mark("Av dem som räknades med i den andra indikatorn, eller av alla som den räknade bland."),
        "bas",
        extra=True,
    ),
    Falt(
        "kalla",
        Sort.ETT,
        mark("Källa"),
        mark("Varifrån siffran kommer. Välj, och tryck sedan på Visa frågorna, så kommer källans frågor."),
        "kallor",
    ),
    Falt(
        "kallor",
        Sort.FLERA,
        mark("Flera källor"),
        mark(
            "När samma fråga har ställts till flera grupper: ett resultat och en signal för varje. Lämna då Källa tom."
        ),
        "kallor",
        extra=True,
    ),
    Falt(
        "fraga",
        Sort.ETT,
        mark("Fråga"),
        mark("Frågan som räknas. Tryck sedan på Visa frågorna för att se svaren."),
        "fragor",
    ),
    Falt("svar", Sort.FLERA, mark("Svar som räknas"), mark("Kryssa för de svar som är gynnsamma."), "svar"),
    Falt(
        "svar_minst",
        Sort.ETT,
        mark("eller: det här svaret och allt högre"),
        mark("Räcker när skalan går från sämst till bäst. Välj antingen detta eller svaren ovanför, inte båda."),
        "svar_minst",
    ),
    Falt(
        "av",
        Sort.ETT,
        mark("Indikator att jämföra i"),
        mark("Den andel som delas på kvinnor och män. Den ska ha en enda källa, med kolumnen kon."),
        "andelar",
    ),
    Falt(
        "raknad_pa",
        Sort.ETT,
        mark("Räknas på"),
        mark("Exakta andelar är det rätta. Hela procent finns för att kunna återge ett bokslut som räknade så."),
        "raknad_pa",
    ),
    Falt("redovisa", Sort.ETT, mark("Visa andelen för"), mark("Gränsen gäller ändå båda könen."), "kon"),
    Falt(
        "per",
        Sort.FLERA,
        mark("Ett resultat för varje"),
        mark("Till exempel varje kommun eller insats. Välj högst en."),
        "kolumner",
    ),
    Falt(
        "perioder",
        Sort.RADER,
        mark("Perioder"),
        mark("Två rader: den tidigare perioden och den senare, så som de står i källan. Tomt är året före och året."),
    ),
    Falt("gron", Sort.TEXT, mark("Gräns för grönt"), _GRAN),
    Falt("gul", Sort.TEXT, mark("Gräns för gult"), _GUL),
    Falt(
        "dela_upp",
        Sort.FLERA,
        mark("Dela upp på"),
        mark("Visa också siffran för varje del, om ingen del är för liten. Skyddet avgör vad som kan visas."),
        "kolumner",
    ),
    Falt("urval", Sort.URVAL, mark("Urval"), _URVAL, extra=True, exempel="enhet = Samordningsteamet, Ungdomstorget"),
    Falt("fran", Sort.HELTAL, mark("Gäller från år"), mark("Tomt: den har alltid gällt."), extra=True),
    Falt("till", Sort.HELTAL, mark("Gäller till och med år"), mark("Tomt: tills vidare."), extra=True),
    Falt(
        "anmarkning",
        Sort.TEXT,
        mark("Anmärkning"),
        mark("Trycks tillsammans med resultatet, varje gång det visas."),
        extra=True,
    ),
    Falt(
        "ersatter",
        Sort.ETT,
        mark("Ersätter"),
        mark("Den indikator som mätte det här tidigare, så att förra årets värde kan visas bredvid, med ett märke."),
        "indikatorer",
        extra=True,
    ),
    Falt(
        "raknas_inte",
        Sort.RADER,
        mark("Svar som inte räknas som svar"),
        mark("En rad för varje. Tomt: det som gäller för hela bokslutet."),
        extra=True,
    ),
    Falt(
        "vid_liten_rest",
        Sort.ETT,
        mark("När några få varken är kvinna eller man"),
        mark("Antingen visas inte kvinnor och män var för sig, eller så räknas bara dem vars kön är känt."),
        "rest",
        extra=True,
    ),
    Falt(
        "taljare",
        Sort.TOML,
        mark("Villkor på flera svar"),
        mark("I stället för en fråga: villkor på en och samma persons svar, så som de skrivs i filen."),
        extra=True,
    ),
    Falt(
        "namnare",
        Sort.ETT,
        mark("Andel av"),
        mark("De som svarat på frågan är det vanliga."),
        "namnare",
        extra=True,
    ),
)
_EGNA: Final = {
    ("kvot", "taljare"): Falt(
        "taljare",
        Sort.ETT,
        mark("Summan av"),
        mark("Kolumnen som delas, till exempel %(exempel)s."),
        "kolumner",
        exempel="utfall",
    ),
    ("kvot", "namnare"): Falt(
        "namnare", Sort.ETT, mark("delad med summan av"), mark("Till exempel budget."), "kolumner"
    ),
    ("forandring", "fraga"): Falt(
        "fraga", Sort.ETT, mark("Kolumn"), mark("Den med värdena. Tomt är andel."), "kolumner"
    ),
    ("index", "av"): Falt(
        "av",
        Sort.RADER,
        mark("Indikatorer som ingår"),
        mark("En rad för varje id. En stjärna står för vad som helst: skillnad-* är alla som börjar så."),
    ),
    ("index", "vikt"): Falt(
        "vikt",
        Sort.TOML,
        mark("Vikter"),
        mark("Så som de skrivs i filen, till exempel { stod = 2 }. Tomt: alla väger lika."),
        extra=True,
    ),
    ("nulage", "gron"): Falt(
        "gron",
        Sort.TEXT,
        mark("Svar som ger grönt"),
        mark("Ett av svaren på frågan, till exempel %(exempel)s."),
        exempel="ja",
    ),
    ("nulage", "gul"): Falt(
        "gul",
        Sort.TEXT,
        mark("Svar som ger gult"),
        mark("Till exempel %(exempel)s. Får vara tomt."),
        exempel="ja, i stort sett",
    ),
    ("goda_exempel", "kalla"): Falt(
        "kalla", Sort.ETT, mark("Källa"), mark("Tomt: alla samlingar med berättelser."), "kallor"
    ),
}
_KANDA: Final = {f.nyckel: nr for nr, f in enumerate(FALTEN)}


def falten(regel: str) -> list[Falt]:
    """The fields of a rule, in the order they are filled in. A key without words is filled in as in the file."""
    klass = REGLER[regel]
    nycklar = [
        namn
        for namn, falt in klass.model_fields.items()
        if falt.repr and (namn not in ("gron", "gul") or klass.granser)
    ]
    nycklar.sort(key=lambda namn: _plats(regel, namn))
    alla = [_EGNA.get((regel, namn)) or _vanligt(namn) for namn in nycklar]
    return [*(f for f in alla if not f.extra), *(f for f in alla if f.extra)]


def _plats(regel: str, namn: str) -> int:
    """Where a key comes: what only its rule has stands where others have their question."""
    egen = _EGNA.get((regel, namn))
    return (
        _KANDA["fraga"] if egen is not None and egen.nyckel in ("taljare", "namnare") else _KANDA.get(namn, len(FALTEN))
    )


def regler() -> dict[str, Regel]:
    """The rules in the words of the reader's language."""
    return {kod: Regel(_(r.namn), _(r.vad), _(r.exempel)) for kod, r in REGELORD.items()}


def hjalp(falt: Falt, regel: str) -> str:
    """What a field means, with the phrases that a limit of the rule may be."""
    fraserna = ", ".join(f"”{fras}”" for fras in fraser(REGLER[regel]))
    exempel = fraserna if falt.hjalp == _GRAN else falt.exempel
    return _(falt.hjalp, exempel=svenska(exempel)) if exempel else _(falt.hjalp)


def fraser(klass: type[Indikator]) -> list[str]:
    """The phrases that a limit of the rule may be, with numbers that somebody could have decided."""
    tal = {"minst N": "30", "minst N per år": "30", "högst N procentenheter": "20"}
    return sorted(
        t.value.replace("N", tal.get(t.value, "80")).replace("A", "40").replace("B", "60") for t in klass.granser
    )


def _vanligt(namn: str) -> Falt:
    if namn in _KANDA:
        return FALTEN[_KANDA[namn]]
    return Falt(namn, Sort.TOML, namn, mark("Så som det skrivs i filen."), extra=True)
