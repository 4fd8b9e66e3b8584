"""A small bokslut that holds one of everything: every rule, hidden and open figures, missing and uncertain ones."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from bokslut.sidor import bygg
from indikatorer.gransvarde import las_grans
from indikatorer.resultat import (
    Berattelse,
    Brott,
    Del,
    FardigaOrd,
    Foregaende,
    Fragefakta,
    Kallfakta,
    Mal,
    Malomrade,
    Orsak,
    Resultat,
    Serievarde,
    Signal,
    Tabellcell,
    Uppdelningsrad,
    Utvardering,
)

NB = "\u00a0"


def resultat(nummer: str, regel: str, **falt: Any) -> Resultat:
    """A result with what is given and nothing else."""
    grund: dict[str, Any] = dict.fromkeys(("grupp", "taljare", "namnare", "varde", "krav", "gul", "signal", "orsak"))
    krav = falt.get("krav")
    texter = {
        "titel": f"Titel {nummer}",
        "visat": "-",
        "ord_": FardigaOrd(f"Mening {nummer}.", f"Förklaring {nummer}."),
    }
    gron = las_grans(krav) if isinstance(krav, str) else None
    return Resultat(
        **{
            **grund,
            **texter,
            "id": f"i{nummer.replace('.', '-')}",
            "nummer": nummer,
            "regel": regel,
            "gron": gron,
            **falt,
        }
    )


def andel(nummer: str, taljare: int, namnare: int, visat: str, **falt: Any) -> Resultat:
    """A share of those who answered."""
    varde = Fraction(100 * taljare, namnare)
    krav = {
        "krav": "minst 80 %",
        "signal": Signal.GRON if varde >= 80 else Signal.ROD,
        "kalla": "enkat",
        "fraga": "stod",
    }
    return resultat(
        nummer,
        "andel",
        **{"taljare": taljare, "namnare": namnare, "varde": varde, "visat": f"{visat}{NB}%", **krav, **falt},
    )


def dolt(nummer: str, regel: str, krav: str, **falt: Any) -> Resultat:
    """A result whose signal shows and whose figures do not."""
    return resultat(
        nummer, regel, **{"visat": "..", "krav": krav, "signal": Signal.GRON, "orsak": Orsak.SKYDDAD, **falt}
    )


def zon(nummer: str, taljare: int, namnare: int, visat: str, signal: Signal) -> Resultat:
    """A gender distribution."""
    varde = Fraction(100 * taljare, namnare)
    falt = {"taljare": taljare, "namnare": namnare, "varde": varde, "visat": f"{visat}{NB}%", "signal": signal}
    return resultat(nummer, "konszon", krav="mellan 40 och 60 %", **falt)


FORE = Foregaende(2019, Fraction(7333, 100), f"73{NB}%", Signal.ROD, None, (Brott.SKALA,))
DELNING = (
    Uppdelningsrad("kon", "kvinna", 33, 44, Fraction(75), f"75{NB}%", Signal.ROD, None),
    Uppdelningsrad("kon", "man", 31, 38, Fraction(3100, 38), f"82{NB}%", Signal.GRON, None),
)
DELAR = {"kvinna": Del(33, 44, Fraction(75)), "man": Del(31, 38, Fraction(3100, 38))}
NYTTA = (
    andel("1.1", 64, 82, "78", intervall=(67.9, 85.6), osaker=True, foregaende=FORE, uppdelning=DELNING, bortfall=3),
    andel("1.2", 70, 82, "85", titel="<b>Farlig</b> & titel"),
    dolt(
        "1.3",
        "andel",
        "minst 80 %",
        uppdelning=tuple(
            replace(d, taljare=None, namnare=None, varde=None, visat="..", signal=None, orsak=Orsak.SKYDDAD)
            for d in DELNING
        ),
    ),
    resultat("1.4", "andel", signal=Signal.GRA, orsak=Orsak.INTE_MATT, krav="minst 80 %"),
    resultat("1.5", "goda_exempel", visat="1", varde=Fraction(1), taljare=1, krav="minst 1", signal=Signal.GRON),
    *(
        resultat("1.6", "forandring", grupp=g, varde=Fraction(v), visat=t, krav="lägre än året före", signal=s)
        for g, v, t, s in (
            ("Umeå", "0.6", f"0,6{NB}procentenheter", Signal.ROD),
            ("Vännäs", "-0.8", f"−0,8{NB}procentenheter", Signal.GRON),
        )
    ),
)
JAMLIK = (
    zon("2.1", 415, 914, "45", Signal.GRON),
    zon("2.2", 83, 104, "80", Signal.ROD),
    resultat(
        "2.3",
        "skillnad",
        varde=Fraction(-7),
        visat=f"−7{NB}procentenheter",
        krav="högst 20 procentenheter",
        signal=Signal.GRON,
        delar=DELAR,
    ),
    dolt("2.4", "skillnad", "högst 20 procentenheter"),
    dolt("2.5", "nolltolerans", "samtliga", visat="färre än fem", signal=Signal.ROD),
    *(
        resultat(
            f"2.{n}",
            "nolltolerans",
            taljare=60,
            namnare=60,
            varde=Fraction(100),
            visat=f"100{NB}%",
            krav="samtliga",
            signal=Signal.GRON,
        )
        for n in (6, 7)
    ),
    resultat("2.8", "index", titel="Jämställdhetsindex", taljare=3, namnare=4, varde=Fraction(75), visat=f"75{NB}%"),
)


def cell(
    tabell: str, enhet: str | None, utfall: str, kon: str | None, antal: int | None, av: int | None = None
) -> Tabellcell:
    """A cell of a participant table."""
    procent = Fraction(100 * antal, av) if antal is not None and av else None
    return Tabellcell(
        tabell, enhet, utfall, kon, antal, procent, ".." if antal is None else f"{antal:,}".replace(",", NB)
    )


CELLER = tuple(
    cell(tabell, enhet, utfall, kon, antal, 210 if utfall == "arbete" and kon is None else None)
    for tabell, enhet, utfall, tre in (
        ("1", None, "deltagare", (1415, 499, 1914)),
        ("1", None, "avslutade", (99, 111, 210)),
        ("1", None, "positiv", (71, 79, 150)),
        ("1", None, "arbete", (20, 26, 46)),
        ("1", None, "avbrott_halsa", (15, None, None)),
        ("2", "Torget", "avslutade", (36, 20, 56)),
        ("2", "Torget", "positiv", (28, 15, 43)),
        ("2", "Torget", "avbrott_halsa", (5, None, None)),
    )
    for kon, antal in zip(("kvinna", "man", None), tre, strict=True)
)
SERIER = tuple(
    Serievarde(
        omrade,
        kod,
        period,
        None if v is None else Fraction(v),
        status,
        "saknas" if v is None else f"{v.replace('.', ',')}{NB}%",
    )
    for omrade, kod, tre in (
        ("Umeå", "2480", ((None, "saknas"), ("10.3", "saker"), ("10.9", "saker"))),
        ("Vännäs", "2460", (("16.1", "harledd"), ("14.1", "osaker"), ("13.3", "saker"))),
    )
    for period, (v, status) in zip(("2014", "2019", "2020H1"), tre, strict=True)
)
FRAGA = Fragefakta("stod", "Har du fått stöd?", ("Inte alls", "Helt"), False)
KALLA = Kallfakta(
    "enkat",
    "enkat",
    "personer",
    "deltagarna",
    "2020",
    "deltagare",
    914,
    None,
    82,
    None,
    "Svaren är påhittade.",
    (FRAGA,),
)


@pytest.fixture(scope="session")
def utvardering() -> Utvardering:
    omraden = (
        Malomrade("nytta", 1, "Deltagarnytta", (Mal("m1", "Ett mål.", NYTTA[:4]), Mal("m2", "Ett annat.", NYTTA[4:]))),
        Malomrade("jamlik", 2, "Jämlik samverkan", (Mal("m3", "Jämn representation.", JAMLIK),)),
    )
    berattelse = Berattelse("Rätt stöd", "i1-5", "Torget", "Det gick **bra**.\n\n<script>alert(1)</script>")
    return Utvardering("Förbundet <&>", 2020, "styrelsen § 1", 5, omraden, CELLER, (KALLA,), SERIER, (berattelse,))


@pytest.fixture(scope="session")
def plats(utvardering: Utvardering, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    ut = tmp_path_factory.mktemp("bokslut") / "2020"
    bygg(utvardering, ut)
    return ut
