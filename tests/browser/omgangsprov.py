"""Forty who answer a round, decided beforehand: who they are, how they come in, what they say; and the goals judged.

Nothing here asks the program: what the round must come to is counted from this list alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pypdfium2
import zxingcpp

from enkat.sprak import SPRAK

ENHETER = {"Vuxentorget": 23, "Ungdomstorget": 17}  # how many of the forty belong to each
DEL = ["inte_alls", "till_liten_del", "delvis", "till_stor_del", "till_mycket_stor_del", "helt_och_hallet"]
BRA = ["mycket_daligt", "daligt", "ganska_daligt", "ganska_bra", "bra", "mycket_bra"]
GRUNDER = [
    "kon",
    "alder",
    "etnicitet",
    "religion",
    "funktionsnedsattning",
    "tillganglighet",
    "sexuell_laggning",
    "konsidentitet",
]
INDIKATORER = """
[bokslut]
forbund = "Samordningsförbundet Provet"
ar = 2026
minsta_grupp = 5
[standard]
raknas_inte = ["vill_inte_svara"]
[malomrade.nytta]
nummer = 3
titel = "Deltagarnytta"
[mal.person]
malomrade = "nytta"
text = "Deltagarna får det stöd som de behöver."
[indikator.stod]
nummer = "3.1"
mal = "person"
regel = "andel"
kalla = "deltagarenkat"
fraga = "stod_for_arbete"
svar_minst = "till_stor_del"
titel = "Stöd för arbete"
gron = "minst 50 %"
dela_upp = ["kon", "enhet"]
[indikator.framtidstro]
nummer = "3.4"
mal = "person"
regel = "andel"
kalla = "deltagarenkat"
taljare = { nagon = [ { fraga = "mer_redo", svar = ["ja"] }, { fraga = "annan_losning", svar = ["ja"] } ] }
namnare = "alla"
titel = "Framtidstro"
gron = "minst 90 %"
[indikator.konszon]
nummer = "5.1"
mal = "person"
regel = "konszon"
kalla = "deltagarenkat"
titel = "Könsfördelning"
gron = "mellan 40 och 60 %"
[indikator.diskriminering-alder]
nummer = "5.15"
mal = "person"
regel = "nolltolerans"
kalla = "deltagarenkat"
fraga = "diskriminerad_alder"
svar = ["nej"]
titel = "Ingen diskriminering på grund av ålder"
gron = "samtliga"
[indikator.diskriminering-kon]
nummer = "5.16"
mal = "person"
regel = "nolltolerans"
kalla = "deltagarenkat"
fraga = "diskriminerad_kon"
svar = ["nej"]
titel = "Ingen diskriminering på grund av kön"
gron = "samtliga"
"""


@dataclass(frozen=True)
class Person:
    """One of the forty. svar: by question, and only those that this person is asked."""

    nr: int
    enhet: str
    sprak: str
    svar: Mapping[str, str]

    def rad(self) -> dict[str, str]:
        """The row that this person must become, with the questions that were never asked left empty."""
        return {"enhet": self.enhet, "annan_losning": "", **self.svar}


def forty() -> list[Person]:
    """Everybody, in no order that a unit or a language follows."""
    enheter = [enhet for enhet, antal in ENHETER.items() for _ in range(antal)]
    return [Person(nr, enheter[nr * 7 % 40], SPRAK[nr % len(SPRAK)].kod, answers_of(nr)) for nr in range(40)]


def answers_of(nr: int) -> dict[str, str]:
    """18 women, 15 men, 4 who are neither, 3 who will not say; two have been discriminated against for their age."""
    svar = {"bemott": BRA[nr % 6], "person_eller_team": "ja" if nr % 4 else "nej"}
    svar |= {"stod_for_arbete": "vill_inte_svara" if nr in (6, 13) else DEL[nr * 5 % 6]}
    svar |= {fraga: DEL[(nr + n) % 6] for n, fraga in enumerate(("bestamma", "tillvarata_erfarenheter"))}
    svar |= {"livssituation": DEL[nr // 7], "mer_redo": "vill_inte_svara" if nr == 5 else "ja" if nr % 3 else "nej"}
    if svar["mer_redo"] != "ja":
        svar["annan_losning"] = "ja" if nr % 2 else "nej"
    svar |= {"framtid": BRA[nr * 3 % 6]}
    svar |= {f"diskriminerad_{grund}": "nej" for grund in GRUNDER}
    if nr in (4, 21):
        svar["diskriminerad_alder"] = "ja"
    kon = "kvinna" if nr < 18 else "man" if nr < 33 else "annat" if nr < 37 else "vill_inte_svara"
    return svar | {"kon": kon}


def count(personer: list[Person], villkor: Callable[[Person], bool]) -> int:
    """How many of them it is true of."""
    return sum(map(villkor, personer))


def got_support(person: Person) -> bool:
    """Whether the answer to the question of 3.1 is a good one."""
    return person.svar["stod_for_arbete"] in DEL[3:]


def answered_support(person: Person) -> bool:
    """Whether it is an answer at all."""
    return person.svar["stod_for_arbete"] != "vill_inte_svara"


def read_cards(pdf: Path, antal: int) -> list[str]:
    """What the phone's camera sees on each card; and the digits beside it say the same."""
    dokument = pypdfium2.PdfDocument(pdf.read_bytes())
    lankar = [qr.text for sida in dokument for qr in zxingcpp.read_barcodes(sida.render(scale=3).to_pil())]
    tryckt = "".join(sida.get_textpage().get_text_bounded() for sida in dokument).replace(" ", "")
    assert len(lankar) == antal
    assert all(urlsplit(lank).fragment in tryckt for lank in lankar)
    return lankar
