"""What a row of the register may be: the same rules for what is typed in the browser and what comes in a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from datetime import date
from typing import Any, Final, NamedTuple

from insatser.koder import MED_OMFATTNING
from insatser.models import FORSTA_DAG, Deltagare

# What each field is called where people read it: in forms, in the template, in faults and in files.
RUBRIKER: Final = {
    "insats_id": "Insats",
    "nummer": "Nummer",
    "kon": "Kön",
    "alder": "Ålder vid start",
    "start": "Startdatum",
    "slut": "Slutdatum",
    "utfall": "Utfall",
    "anstallning": "Anställning",
    "omfattning": "Omfattning",
    "fore": "Sysselsättning före",
    "tid": "Tid i offentlig försörjning",
    "utbildning": "Utbildning",
    "handlingsplan": "Handlingsplan",
    "plan_klar": "Plan klar",
}
# What the sums are split by, beside gender and insats.
FORDELNINGAR: Final = ("alder", "fore", "tid", "utbildning", "handlingsplan")


@dataclass(frozen=True, slots=True)
class Rad:
    """A deltagare as somebody tells of one; the fields are those of `models.Deltagare`."""

    insats_id: int
    nummer: int
    kon: str
    alder: str
    start: date
    slut: date | None = None
    utfall: str | None = None
    anstallning: str | None = None
    omfattning: int | None = None
    fore: str = "okant"
    tid: str = "okand"
    utbildning: str = "okand"
    handlingsplan: str = "okant"
    plan_klar: date | None = None

    def som_tupel(self) -> tuple[Any, ...]:
        """The values in the order of `FALTEN`."""
        return astuple(self)


class Radfel(NamedTuple):
    """A fault between the fields of a row. falt: the one to mend. orsak: what is wrong. atgard: how to mend it."""

    falt: str
    orsak: str
    atgard: str

    def mening(self) -> str:
        """The fault so that it makes sense alone."""
        return f"{RUBRIKER[self.falt]} {self.orsak}. {self.atgard}"


def ur(deltagare: Deltagare) -> Rad:
    """What a stored row tells."""
    return Rad(**{falt.name: getattr(deltagare, falt.name) for falt in fields(Rad)})


def granska(rad: Rad, idag: date) -> list[Radfel]:
    """All that is wrong between the fields of a row; each field alone has been read already."""
    return [
        *granska_dagar(rad.start, rad.slut, rad.utfall, idag),
        *granska_utfall(rad.utfall, rad.anstallning, rad.omfattning),
        *granska_plan(rad.start, rad.handlingsplan, rad.plan_klar, idag),
    ]


def granska_dagar(start: date, slut: date | None, utfall: str | None, idag: date) -> Iterator[Radfel]:
    """First and last day, and the outcome that belongs to the last."""
    if start < FORSTA_DAG:
        yield Radfel("start", f"är före {FORSTA_DAG}", "Kontrollera årtalet.")
    if start > idag:
        yield Radfel("start", "ligger framåt i tiden", "Registrera deltagaren när insatsen har börjat.")
    if slut is not None and slut < start:
        yield Radfel("slut", f"är före startdatumet {start}", "Rätta det av dem som är fel.")
    if slut is not None and slut > idag:
        yield Radfel("slut", "ligger framåt i tiden", "Lämna det tomt tills deltagaren har slutat.")
    if slut is not None and utfall is None:
        yield Radfel("utfall", "saknas, men deltagaren har slutat", "Välj vad insatsen ledde till.")
    if slut is None and utfall is not None:
        yield Radfel("slut", "saknas, men det finns ett utfall", "Skriv sista dagen, eller ta bort utfallet.")


def granska_utfall(utfall: str | None, anstallning: str | None, omfattning: int | None) -> Iterator[Radfel]:
    """What is told only of some outcomes."""
    if anstallning is not None and utfall != "arbete":
        yield Radfel("anstallning", "hör bara till utfallet Till arbete", "Lämna tomt, eller ändra utfallet.")
    if omfattning is not None and utfall not in MED_OMFATTNING:
        atgard = "Lämna tomt, eller ändra utfallet."
        yield Radfel("omfattning", "hör bara till utfallen Till arbete och Till extratjänster", atgard)


def granska_plan(start: date, handlingsplan: str, plan_klar: date | None, idag: date) -> Iterator[Radfel]:
    """When the plan was made."""
    if plan_klar is None:
        return
    if handlingsplan != "ja":
        yield Radfel("plan_klar", "har en dag, men handlingsplan är inte Ja", "Välj Ja, eller ta bort dagen.")
    if plan_klar < start:
        yield Radfel("plan_klar", f"är före startdatumet {start}", "Rätta det av dem som är fel.")
    if plan_klar > idag:
        yield Radfel("plan_klar", "ligger framåt i tiden", "Lämna det tomt tills planen är gjord.")
