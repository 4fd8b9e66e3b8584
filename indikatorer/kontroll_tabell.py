"""Whether the rows that an indicator reads are of the kind that its rule can read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from indikatorer.diagnos import Diagnos, Fix, Plats
from indikatorer.indikator import Indikator
from indikatorer.kodning import FASTA
from indikatorer.sammanslagning import KOLUMN
from indikatorer.tal import las_tal, utan_enhet
from indikatorer.underlag import Kalldata

if TYPE_CHECKING:
    from indikatorer.kontroll import Kontroll


def kontrollera_en_rad_per_person(k: Kontroll, indikator: Indikator, data: Kalldata) -> None:
    """A condition on one respondent cannot be asked of a row that stands for many."""
    tabell = data.tabell
    if tabell is None or "antal" not in tabell.kolumner:
        return
    for varde in tabell.kolumner["antal"].varden:
        tal = las_tal(varde)
        if tal is not None and tal > 1:
            rad = tabell.forsta_rader("antal", varde, 1)[0]
            k.diagnoser.append(
                Diagnos(
                    kod="flera-i-samma-rad",
                    fil=data.fil,
                    plats=tabell.cell(rad, "antal"),
                    fann=f"Raden står för {varde} personer, men",
                    regel=f"”{indikator.titel}” ställer villkor på en och samma persons svar",
                    atgard="Skriv en rad för varje person, eller låt indikatorn handla om en enda fråga.",
                    falt="antal",
                    indikator=indikator.id,
                )
            )
            return


def kontrollera_talkolumn(k: Kontroll, indikator: Indikator, data: Kalldata, kolumn: str) -> None:
    """Every cell of a column must be a number or empty."""
    tabell = data.tabell
    if tabell is None:
        return
    for varde in tabell.kolumner[kolumn].varden:
        if varde and las_tal(varde) is None:
            for rad in tabell.forsta_rader(kolumn, varde, 1):
                _fel_tal(k, indikator, data, tabell.cell(rad, kolumn), varde, kolumn)


def _fel_tal(k: Kontroll, indikator: Indikator, data: Kalldata, plats: Plats, varde: str, kolumn: str) -> None:
    ratt = utan_enhet(varde)
    # A decimal point is read everywhere; a comma could part two cells.
    fix = Fix(data.fil, plats.start, plats.slut, ratt.replace(",", ".")) if ratt and plats.slut else None
    k.diagnoser.append(
        Diagnos(
            kod="inte-tal",
            fil=data.fil,
            plats=plats,
            fann=f"”{varde}”",
            regel=f"är inget tal, och kolumnen ”{kolumn}” räknas",
            atgard=f"Skriv {ratt}." if ratt else "Skriv talet med siffror, eller lämna cellen tom.",
            fix=fix,
            falt=kolumn,
            indikator=indikator.id,
        )
    )


def kontrollera_ett_varde_per_period(k: Kontroll, indikator: Indikator, data: Kalldata, per: Sequence[str]) -> None:
    """A series has one row for each group and period; two would make the figure depend on the order of the file."""
    tabell = data.tabell
    if tabell is None or not all(k in tabell.kolumner for k in ("period", *per)):
        return
    sedda: set[tuple[int, ...]] = set()
    if not per:
        return
    koder = [tabell.kolumner[k].koder for k in (*per, "period")]
    for rad in range(tabell.rader):
        nyckel = tuple(int(k[rad]) for k in koder)
        if nyckel in sedda:
            k.diagnoser.append(
                Diagnos(
                    kod="dubbel-rad",
                    fil=data.fil,
                    plats=tabell.cell(rad, "period"),
                    fann="Samma grupp och period",
                    regel="finns redan på en tidigare rad",
                    atgard="Ta bort den rad som är fel.",
                    falt="period",
                    indikator=indikator.id,
                )
            )
        sedda.add(nyckel)


def kontrollera_urval(k: Kontroll, indikator: Indikator) -> None:
    """Every column that urval names is there, and holds the values that it names."""
    for id_ in indikator.kallor_(k.indikatorer):
        data = k.underlag.kallor.get(id_)
        if data is None:
            continue
        for kolumn, varden in indikator.urval.items():
            if k.kolumn(indikator, ("urval", kolumn), data, kolumn, ar_nyckel=True):
                _urvalsvarden(k, indikator, data, kolumn, varden)


def _urvalsvarden(k: Kontroll, indikator: Indikator, data: Kalldata, kolumn: str, varden: tuple[str, ...]) -> None:
    fraga = data.kalla.fraga.get(kolumn)
    skala = None if fraga is None else k.skala(fraga)
    tabell = data.tabell
    if tabell is None or (skala is None and tabell.rader == 0):
        return
    fasta = FASTA.get(kolumn) if fraga is None or kolumn == "kon" else None
    kanda = fasta or (skala.svar if skala is not None else tuple(v for v in tabell.kolumner[kolumn].varden if v))
    kanda = (*kanda, *k.grupper) if kolumn == KOLUMN else kanda
    for nummer, varde in enumerate(varden):
        if varde not in kanda:
            k.okand(indikator, ("urval", kolumn, nummer), "värde", varde, kanda)
