"""A shown result in words. Reads only the Resultat, so what protection took away cannot come back here."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from indikatorer.gransvarde import Grans, Granstyp
from indikatorer.mening import stor_bokstav
from indikatorer.resultat import Del, Orsak, Resultat, Signal
from indikatorer.schema import uppraknat
from indikatorer.visning import avrunda, skriv_tal, talord, visa

if TYPE_CHECKING:
    from indikatorer.mening import Sprak

SIGNALORD: Final = {Signal.GRON: "grön", Signal.GUL: "gul", Signal.ROD: "röd", Signal.GRA: "grå"}


def forklara_andel(r: Resultat, gjorde: str, sprak: Sprak) -> str:
    """gjorde: what the favourable did, in the past tense ("svarade ”Ja” på frågan ”…”")."""
    if r.varde is None:
        return _utan_siffror(r, sprak)
    delar = [f"{_antal(r.taljare)} av {_antal(r.namnare)} {gjorde}."]
    return " ".join([*delar, *_mot_mal(r, r.varde), *_osakerhet(r)])


def forklara_konszon(r: Resultat, redovisa: str, sprak: Sprak) -> str:
    """redovisa: whose share it is."""
    if r.varde is None:
        return _utan_siffror(r, sprak)
    vem = "kvinnor" if redovisa == "kvinna" else "män"
    delar = [f"{_antal(r.taljare)} av {_antal(r.namnare)} är {vem}, {r.visat}."]
    if r.gron is not None:
        delar.append(f"Målet är att både kvinnor och män är {r.gron.text}.")
        delar.append(_zon(r, r.gron, r.varde))
    return " ".join([*delar, *_utan_mal_eller_gul(r), *_osakerhet(r)])


def _zon(r: Resultat, zon: Grans, varde: Fraction) -> str:
    if r.signal is Signal.GRON:
        return "Båda ligger i zonen."
    if zon.nadd(varde):
        return "Det andra könet ligger utanför zonen."
    grans = zon.lag if zon.lag is not None and varde < zon.lag else zon.hog
    return f"Det är {_avstand(r, varde, grans or Fraction(0))} utanför zonen."


def forklara_skillnad(r: Resultat, sprak: Sprak) -> str:
    """Both shares, the difference, and who is ahead."""
    if r.varde is None or r.delar is None:
        return _utan_siffror(r, sprak)
    kvinna, man = r.delar["kvinna"], r.delar["man"]
    delar = [f"Kvinnor {_del(kvinna)}, män {_del(man)}."]
    if r.varde == 0:
        delar.append("Det är ingen skillnad.")
    else:
        hogst, storlek = "Kvinnorna" if r.varde > 0 else "Männen", r.visat.removeprefix("\u2212")
        hur = "mindre än en procentenhet" if storlek.startswith("0\u00a0") else storlek
        delar.append(f"{hogst} ligger {hur} högre.")
    if r.gron is not None:
        delar.append(f"Målet är en skillnad på {r.gron.text}.")
    return " ".join([*delar, *_utan_mal_eller_gul(r), *_osakerhet(r)])


def forklara_antal(r: Resultat, sprak: Sprak) -> str:
    """A count against its limit."""
    if r.varde is None:
        return _utan_siffror(r, sprak)
    delar = [f"Antalet{' goda exempel' if r.regel == 'goda_exempel' else ''} är {r.visat}."]
    if r.gron is not None:
        delar.append(f"Målet är {r.gron.text}, så signalen är {SIGNALORD[r.signal or Signal.GRA]}.")
    return " ".join([*delar, *(_utan_mal_eller_gul(r) if r.gron is None else ())])


def forklara_progression(r: Resultat, sprak: Sprak) -> str:
    """How many of those measured twice went up."""
    if r.varde is None:
        return _utan_siffror(r, sprak)
    antal = f"{_antal(r.taljare)} av {_antal(r.namnare)}"
    borjan = f"{antal} med minst två mätningar låg högre vid den senaste än vid den första."
    return " ".join([borjan, *_mot_mal(r, r.varde), *_osakerhet(r)])


def forklara_kvot(r: Resultat, taljare: str, namnare: str, sprak: Sprak) -> str:
    """Both sums and their quota."""
    if r.varde is None or r.taljare is None or r.namnare is None:
        return _utan_siffror(r, sprak)
    delar = [f"{stor_bokstav(taljare)} {_antal(r.taljare)} delat med {namnare} {_antal(r.namnare)} är {r.visat}."]
    if r.gron is not None:
        delar.append(f"Målet är {r.gron.text}, så signalen är {SIGNALORD[r.signal or Signal.GRA]}.")
    return " ".join([*delar, *(_utan_mal_eller_gul(r) if r.gron is None else ())])


def forklara_nulage(r: Resultat, sprak: Sprak) -> str:
    """The latest answer and what it means."""
    if r.orsak is not None and r.orsak is not Orsak.INGET_MAL:
        return _utan_siffror(r, sprak)
    slut = _utan_mal_eller_gul(r) if r.gron is None else [f"Signalen är {SIGNALORD[r.signal or Signal.GRA]}."]
    return " ".join([f"Det senaste svaret är ”{r.visat}”.", *slut])


def forklara_forandring(r: Resultat, sprak: Sprak) -> str:
    """Which way it went."""
    if r.varde is None:
        return _utan_siffror(r, sprak)
    storlek = r.visat.removeprefix("\u2212")
    if r.varde == 0:
        delar = ["Andelen var oförändrad."]
    else:
        delar = [f"Andelen {'sjönk' if r.varde < 0 else 'steg'} med {storlek}."]
    if r.gron is not None:
        delar.append(f"Målet är att den ska vara {r.gron.text}.")
    return " ".join([*delar, *_utan_mal_eller_gul(r)])


def forklara_index(r: Resultat, sprak: Sprak) -> str:
    """How many of the members are green, and which are meant."""
    if r.varde is None or r.taljare is None or r.namnare is None:
        return _utan_siffror(r, sprak)
    medlemmar = uppraknat([sprak.titel(m) for m in sprak.medlemmar.get(r.id, ())])
    borjan = f"{_antal(r.taljare)} av {_antal(r.namnare)} är gröna bland {medlemmar}."
    return " ".join([borjan, *_mot_mal(r, r.varde)])


def _utan_siffror(r: Resultat, sprak: Sprak) -> str:
    fa = f"färre än {talord(sprak.minsta_grupp)}"
    if r.orsak is Orsak.FOR_FA_SVAR:
        vilka = " av kvinnorna eller av männen" if r.regel == "skillnad" else ""
        return f"{stor_bokstav(fa)}{vilka} har svarat. Då visas varken siffror eller signal."
    if r.orsak is Orsak.SKYDDAD:
        signalen = "" if r.signal is None else f" Signalen är {SIGNALORD[r.signal]}."
        return f"Siffrorna visas inte, för de skulle kunna peka ut någon i en grupp på {fa}.{signalen}"
    if r.orsak is Orsak.FEL_I_DEFINITIONEN:
        return "Indikatorn kan inte räknas, för det är ett fel i hur den är beskriven."
    return "Det finns inga svar eller uppgifter att räkna på, så detta är inte mätt."


def _mot_mal(r: Resultat, varde: Fraction) -> list[str]:
    """The goal, and how far from it the shown figure lies: the same rounding as the figure, so that they add up."""
    if r.gron is None:
        return _utan_mal_eller_gul(r)
    if r.gron.typ is Granstyp.SAMTLIGA:
        return ["Målet är samtliga.", "Målet är nått." if varde == 100 else f"{r.visat} är inte samtliga."]
    grans = r.gron.lag if r.gron.lag is not None else r.gron.hog
    if grans is None:
        return []
    if avrunda(varde, _decimaler(r)) == grans:
        lage = f"{r.visat} är precis på målet."
    else:
        lage = f"{r.visat} är {_avstand(r, varde, grans)} {'över' if varde > grans else 'under'} målet."
    return [f"Målet är {r.gron.text}.", lage, *_utan_mal_eller_gul(r)]


def _utan_mal_eller_gul(r: Resultat) -> list[str]:
    """What to say of a signal that the distance to the green limit does not explain."""
    if r.orsak is Orsak.INGET_MAL:
        return ["Inget mål är beslutat, så signalen är grå."]
    return [f"Gränsen för gult, {r.gul.text}, är nådd."] if r.gul is not None and r.signal is Signal.GUL else []


def _avstand(r: Resultat, varde: Fraction, grans: Fraction) -> str:
    """How far the figure, rounded as it is shown, lies from a limit: so that the two add up."""
    avstand = abs(avrunda(varde, _decimaler(r)) - grans)
    decimaler = next(d for d in range(40) if (avstand * 10**d).denominator == 1)
    return visa(avstand, "procentenheter", decimaler)


def _osakerhet(r: Resultat) -> list[str]:
    if r.intervall is None:
        return []
    lag, hog = (skriv_tal(Fraction(t), 0) for t in r.intervall)
    enhet = "procentenheter" if r.delar is not None else "%"
    antal = sum(d.namnare for d in r.delar.values()) if r.delar is not None else r.namnare
    strack = " till " if r.delar is not None else "–"
    text = f"Med {_antal(antal)} svar är osäkerheten {lag}{strack}{hog}\u00a0{enhet}"
    return [f"{text}, så signalen hade kunnat bli en annan av en slump." if r.osaker else f"{text}."]


def _del(d: Del) -> str:
    return f"{_antal(d.taljare)} av {_antal(d.namnare)} ({visa(d.varde, '%', 0)})"


def _antal(tal: int | Fraction | None) -> str:
    if tal is None:
        return "–"
    hel = Fraction(tal)
    return skriv_tal(hel, 0 if hel.denominator == 1 else 2)


def _decimaler(r: Resultat) -> int:
    """How many decimals the shown figure has."""
    siffror = r.visat.split("\u00a0")[0]
    return len(siffror.partition(",")[2])
