"""One result as the pages show it: every text finished, so that a template only places them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from bokslut import forklaring_en, ordval, tal
from bokslut.diagram.build import Sammanhang, avstand
from bokslut.fras import Fras, fogad, fras
from indikatorer.resultat import Fragefakta, Kallfakta, Orsak, Resultat, Uppdelningsrad, Utvardering

OVER_AREN = "over-aren.html"
DOLDA = (Orsak.SKYDDAD, Orsak.FOR_FA_SVAR)


@dataclass(frozen=True, slots=True)
class Delvy:
    """One part of a split, or one gender of a difference."""

    namn: str
    antal: str
    visat: str
    signal: str
    ord: str


@dataclass(frozen=True, slots=True)
class Resultatvy:
    """A result. ankare: its id in the page. antal: "64 av 82". fakta: what unfolds, as (term, text).

    delar: the parts that show. dolda_delar: which splits do not. mer: a page that tells more, as (address, words).
    kommentar: what the author says of the indicator, as HTML; with one of its results only.
    over_aren: where it stands year by year; "" when there are no earlier years.
    """

    ankare: str
    sida: str
    nummer: str
    titel: str
    grupp: str
    visat: str
    skyddad: bool
    antal: str
    signal: str
    signal_namn: str
    ord: str
    regel: str
    krav: str
    osaker: bool
    fore: str
    mening: str
    forklaring: str
    fakta: tuple[tuple[str, str], ...]
    delar: tuple[Delvy, ...]
    dolda_delar: str
    mer: tuple[str, str] | None
    anmarkningar: tuple[str, ...]
    kommentar: str = ""
    over_aren: str = ""

    @property
    def lank(self) -> str:
        """Where the result stands, from any page."""
        return f"{self.sida}#{self.ankare}"

    @property
    def namn(self) -> str:
        """Title and group on one line."""
        return f"{self.titel}: {self.grupp}" if self.grupp else self.titel


@dataclass(frozen=True, slots=True)
class Underlagsfakta:
    """What results refer to by id: källor and their questions. mer: the page that tells more, by rule.

    over_aren: the page with earlier years, "" without any.
    """

    kallor: Mapping[str, Kallfakta]
    fragor: Mapping[tuple[str, str], Fragefakta]
    sammanhang: Sammanhang
    mer: Mapping[str, tuple[str, str]]
    over_aren: str = ""


def underlagsfakta(utvardering: Utvardering) -> Underlagsfakta:
    """The källor of an evaluation, by id."""
    kallor = {k.id: k for k in utvardering.kallor}
    fragor = {(k.id, f.id): f for k in utvardering.kallor for f in k.fragor}
    grupper = utvardering.kallas()
    mer = {}
    if utvardering.serier:
        mer["forandring"] = ("helarspersoner.html", fras("Se alla kommuner och år"))
    if utvardering.berattelser:
        mer["goda_exempel"] = ("goda-exempel.html", fras("Läs exemplen"))
    sammanhang = Sammanhang(utvardering.ar, utvardering.minsta_grupp, grupper)
    return Underlagsfakta(kallor, fragor, sammanhang, mer, OVER_AREN if utvardering.aldre else "")


def slugg(text: str) -> str:
    """A text as an id: ASCII letters, digits and hyphens."""
    ascii_ = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return "-".join("".join(t if t.isalnum() else " " for t in ascii_).split())


def ankare(r: Resultat) -> str:
    """The id of a result in its page."""
    return f"r-{slugg(r.id)}{f'-{slugg(r.grupp)}' if r.grupp else ''}"


def arsankare(r: Resultat) -> str:
    """The id of a result's chart over the years."""
    return f"ar-{ankare(r).removeprefix('r-')}"


def build_resultat(r: Resultat, sida: str, fakta: Underlagsfakta) -> Resultatvy:
    """The result, ready to show on `sida`."""
    grupp = "" if r.grupp is None else fakta.sammanhang.grupper.get(r.grupp, r.grupp)
    return Resultatvy(
        ankare=ankare(r),
        sida=sida,
        nummer=r.nummer or "",
        titel=r.titel,
        grupp=grupp,
        visat=tal.visat("–" if r.visat == "-" else r.visat),
        skyddad=r.orsak in DOLDA,
        antal=_antal(r),
        signal=ordval.signal_kod(r.signal),
        signal_namn=ordval.SIGNAL_NAMN[ordval.signal_kod(r.signal)],
        ord=ordval.signal_text(r.signal, r.orsak),
        regel=r.regel,
        krav=tal.visat(r.krav or ""),
        osaker=bool(r.osaker),
        fore=_fore(r),
        mening=r.mening,
        forklaring=forklaring_en.tvasprakig(r),
        fakta=tuple(_fakta(r, fakta)),
        delar=_delar(r),
        dolda_delar=_dolda_delar(r),
        mer=fakta.mer.get(r.regel) if r.varde else None,
        anmarkningar=tuple(f"{a[:1].upper()}{a[1:]}" for a in r.anmarkningar),
        over_aren=f"{fakta.over_aren}#rad-{arsankare(r)}" if fakta.over_aren else "",
    )


def _antal(r: Resultat) -> str:
    if r.taljare is None or r.namnare is None:
        return fras("har svarat något annat") if r.regel == "nolltolerans" and r.visat not in ("", "..") else ""
    return _av(_helt(r.taljare), _helt(r.namnare))


def _av(delen: object, helheten: object) -> Fras:
    return fras("{delen} av {helheten}", delen=delen, helheten=helheten)


def _helt(varde: object) -> str:
    return tal.antal(varde) if isinstance(varde, int) else tal.visat(tal.decimal(varde))  # type: ignore[arg-type]


def _fore(r: Resultat) -> str:
    if r.foregaende is None:
        return ""
    fore = fogad(r.foregaende.ar, ": ", tal.visat(r.foregaende.visat))
    if not r.foregaende.brott:
        return fore
    return fras(
        "{fore}, men {brott}", fore=fore, brott=tal.rakna_upp([ordval.BROTT_ORD[b] for b in r.foregaende.brott])
    )


def _fakta(r: Resultat, fakta: Underlagsfakta) -> list[tuple[str, str]]:
    kalla = fakta.kallor.get(r.kalla or "")
    fraga = fakta.fragor.get((r.kalla or "", r.fraga or ""))
    par = [
        (fras("Regel"), r.mening),
        (fras("Frågan"), f"”{fraga.text}”" if fraga else ""),
        (fras("Antal"), _antal_text(r)),
        (fras("Avstånd till zonen"), avstand(r) if r.regel == "konszon" else ""),
        (fras("Osäkerhet"), _osakerhet(r)),
        (fras("Svarade inte på frågan"), tal.antal(r.bortfall) if r.bortfall else ""),
        (fras("Svarsfrekvens"), "" if r.svarsfrekvens is None else tal.procent(r.svarsfrekvens)),
        (fras("Året före"), _fore_text(r)),
        (fras("Källa"), _kallan(kalla) if kalla else ""),
    ]
    sagt = f"{r.mening} {r.forklaring}"
    return [(term, text) for term, text in par if text and (term == "Regel" or _kort(text) not in sagt)]


def _kallan(k: Kallfakta) -> Fras:
    return fogad(ordval.KALLTYP_ORD.get(k.typ, k.typ), ": ", k.kallas, ", ", k.period)


def _kort(text: str) -> str:
    """What tells whether a fact has been said in the sentences already: a question, a count or an interval."""
    return text.removeprefix("Med 95 procents säkerhet ligger värdet i ").partition(". ")[0].removesuffix(".")


def _antal_text(r: Resultat) -> str:
    if r.taljare is None or r.namnare is None:
        return ""
    if r.regel == "index":
        return fras("{antal} indikatorer når sitt mål", antal=_antal(r))
    return fras("{antal} kronor", antal=_antal(r)) if r.regel == "kvot" else _antal(r)


def _osakerhet(r: Resultat) -> str:
    if r.intervall is None:
        return ""
    enhet = "procentenheter" if r.regel == "skillnad" else "%"
    text = fras("Med 95 procents säkerhet ligger värdet i {intervall}.", intervall=tal.intervall(r.intervall, enhet))
    slut = fras("Signalen är osäker: intervallet omfattar gränsen, så slumpen kan avgöra färgen.")
    return fogad(text, slut, skilje=" ") if r.osaker else text


def _fore_text(r: Resultat) -> str:
    f = r.foregaende
    if f is None:
        return ""
    ord_ = "" if f.signal is None else fogad(" (", ordval.signal_text(f.signal, f.orsak).lower(), ")")
    brott = tal.rakna_upp([ordval.BROTT_ORD[b] for b in f.brott])
    slut = fogad(" ", fras("Jämför med försiktighet: {brott}.", brott=brott)) if brott else ""
    return fogad(f.ar, ": ", tal.visat(f.visat), ord_, ".", slut)


def _delar(r: Resultat) -> tuple[Delvy, ...]:
    egna = [
        Delvy(ordval.KON_ORD.get(k, k), _av(d.taljare, d.namnare), tal.procent(d.varde), "", "")
        for k, d in (r.delar or {}).items()
    ]
    return (*egna, *(_del(u) for u in r.uppdelning if u.orsak not in DOLDA))


def _dolda_delar(r: Resultat) -> str:
    """The splits that are hidden, in a sentence: a split is shown whole or not at all."""
    dolda = dict.fromkeys(u.dimension for u in r.uppdelning if u.orsak in DOLDA)
    namn = tal.rakna_upp([ordval.DIMENSION_ORD.get(d, d).lower() for d in dolda])
    if not namn:
        return ""
    return fras("Uppdelningen efter {namn} visas inte, eftersom den kan avslöja enskilda personer.", namn=namn)


def _del(u: Uppdelningsrad) -> Delvy:
    finns = u.taljare is not None and u.namnare is not None
    return Delvy(
        namn=ordval.KON_ORD.get(u.del_, u.del_) if u.dimension == "kon" else u.del_,
        antal=_av(u.taljare, u.namnare) if finns else "",
        visat=tal.visat(u.visat),
        signal="" if u.signal is None else u.signal.value,
        ord="" if u.signal is None else ordval.signal_text(u.signal, u.orsak),
    )
