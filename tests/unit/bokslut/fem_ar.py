"""Five years of one förbund, from answers to an evaluation, with everything that can happen to a result in them.

Goals that move, a question that is reworded, a scale that grows, a rule that is replaced, a question that is new, a year
when one enhet was too small, and one answer that must not be told.
"""

from fractions import Fraction
from typing import Final

from indikatorer.resultat import Utvardering
from tests.unit.indikatorer.provunderlag import HUVUD, SKALOR, Prov, csv_text, kalla

AR: Final = (2016, 2017, 2018, 2019, 2020)
CONFIG: Final = """\
[indikator.stod-forst]
nummer = "1.1"
titel = "Stöd mot arbete"
till = 2017
regel = "andel"
kalla = "enkat"
fraga = "stod"
svar_minst = "till_stor_del"
gron = "minst 60 %"
dela_upp = ["kon", "enhet"]

[indikator.stod]
nummer = "1.1"
titel = "Stöd mot arbete"
fran = 2018
ersatter = "stod-forst"
regel = "andel"
kalla = "enkat"
fraga = "stod"
svar_minst = "till_stor_del"
gron = "minst 70 %"
dela_upp = ["kon", "enhet"]

[indikator.lyssnar-forst]
nummer = "1.2"
titel = "Lyssnar på mig"
till = 2018
regel = "andel"
kalla = "enkat"
fraga = "lyssnar"
svar_minst = "delvis"
gron = "minst 60 %"

[indikator.lyssnar]
nummer = "1.2"
titel = "Lyssnar på mig"
fran = 2019
ersatter = "lyssnar-forst"
regel = "andel"
kalla = "enkat"
fraga = "lyssnar"
svar_minst = "till_stor_del"
gron = "minst 60 %"

[indikator.plan]
nummer = "1.3"
titel = "Vi har en plan"
regel = "andel"
kalla = "enkat"
fraga = "plan"
svar = ["ja"]
gron = "minst 50 %"

[indikator.ny]
nummer = "1.4"
titel = "Ny fråga i år"
fran = 2020
regel = "andel"
kalla = "enkat"
fraga = "plan"
svar = ["ja"]
gron = "minst 50 %"

[indikator.lika]
nummer = "1.5"
titel = "Lika behandlad"
regel = "nolltolerans"
kalla = "enkat"
fraga = "lika"
svar = ["nej"]
gron = "samtliga"

[indikator.skillnad]
nummer = "1.6"
titel = "Skillnad i stöd"
regel = "skillnad"
av = "stod"
fran = 2018
gron = "högst 20 procentenheter"

[indikator.forr]
nummer = "1.7"
titel = "Frågades förr"
till = 2019
regel = "andel"
kalla = "enkat"
fraga = "plan"
svar = ["ja"]
gron = "minst 50 %"
"""
# How many of twenty in each of two enheter are content, year by year; women first.
NOJDA: Final = {2016: 12, 2017: 13, 2018: 12, 2019: 15, 2020: 17}
FRAGOR: Final = {"stod": "del_6", "lyssnar": "del_6", "plan": "ja_nej", "lika": "ja_nej!"}


def svar(ar: int) -> str:
    """The answers of a year. Lilla has two of them in 2019; in 2018 one person has been treated otherwise."""
    nojda = NOJDA[ar]
    rader = []
    for enhet, antal in (("Norra", 20), ("Lilla", 2 if ar == 2019 else 20)):
        for nr in range(antal):
            kon = "kvinna" if nr % 2 else "man"
            stod = "till_stor_del" if nr < nojda else "delvis"
            lika = "ja" if (ar, enhet, nr) == (2018, "Norra", 0) else "nej"
            rader.append(f"{enhet},{kon},{stod},{stod},{'ja' if nr < nojda - 2 else 'nej'},{lika}")
    return csv_text("enhet,kon,stod,lyssnar,plan,lika", *rader)


def prov(*valda: int) -> Prov:
    """The years, as an underlag that names the one before it and so on."""
    fore: Prov | None = None
    for ar in valda or AR:
        text = kalla("enkat", uppgifter="utdelade = 45", **FRAGOR)
        if ar < 2018:
            text = text.replace("Fråga plan?", "Har ni någon plan?")
        skalor = SKALOR if ar > 2016 else SKALOR.replace('"Delvis"', '"Delvis, ungefär"')
        huvud = HUVUD if ar == 2020 else HUVUD.replace("2020", str(ar))
        fore = Prov(CONFIG, text, {"enkat.csv": svar(ar)}, f"ar = {ar}\n{skalor}", huvud, fore)
    assert fore is not None
    return fore


def utvarderat(*valda: int, minsta: int = 5) -> Utvardering:
    """The last of the years, with the rest behind it."""
    return prov(*valda).utvarderat(minsta)


def andel(hela: int) -> Fraction:
    """A share of a series: so many percent and a half."""
    return Fraction(2 * hela + 1, 2)
