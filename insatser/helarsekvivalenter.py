"""Helårsekvivalenter: people supported full-time for a year, in percent of those who live there, per kommun and period.

From SCB's monthly table (TAB1386). Three traps are held off here:
a zero of ekonomiskt bistånd means that the kommun has not told, so that month is missing and its sum too low;
a year is the mean of its twelve months, and a year that is not whole is no year; and the share of several kommuner is
the sum of their people over the sum of those who live there, never a mean of shares.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Final

from insatser.pxweb import Dimension, Kub, PxwebFel

KALLA: Final = "helarsekvivalenter"
RIKET: Final = "00"
# The table is asked for and read by these words, as SCB writes them; codes have changed before.
SUMMA: Final = "summa"
FOLKMANGD: Final = "folkmängd"
BISTAND: Final = "ekonomiskt bistånd"
# Months of a period: the year, and the half that is out when the year is not.
MANADER: Final = {"": range(1, 13), "H1": range(1, 7)}
_MANAD: Final = re.compile(r"(\d{4})M(\d{2})")
_NAMN: Final = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)


@dataclass(frozen=True)
class Omrade:
    """What a row is about. kommuner: the codes that are counted together; 00 is the whole country."""

    namn: str
    kommuner: tuple[str, ...]

    @property
    def kod(self) -> str:
        """The kommun's code; "" for several."""
        return self.kommuner[0] if len(self.kommuner) == 1 else ""


@dataclass(frozen=True)
class Andel:
    """A figure. period: "2020", "2020H1". andel: percent with one decimal; None when it is missing, and then varfor."""

    omrade: Omrade
    period: str
    andel: Decimal | None
    varfor: str = ""


@dataclass(frozen=True)
class Manadstabell:
    """The months of an answer. celler: (people, inhabitants, on ekonomiskt bistånd) by kommun, year and month."""

    namn: Mapping[str, str]
    celler: Mapping[tuple[str, int, int], tuple[Decimal | None, Decimal | None, Decimal | None]]
    aldersgrupp: str
    uppdaterad: str

    @cached_property
    def sista(self) -> tuple[int, int]:
        """The last month that any kommun has all figures for; (0, 0) for none."""
        return max(((ar, manad) for (_, ar, manad), delar in self.celler.items() if all(delar)), default=(0, 0))

    @cached_property
    def ar(self) -> tuple[int, ...]:
        """The years of the table."""
        return tuple(sorted({ar for _, ar, _ in self.celler}))

    def andel(self, omrade: Omrade, ar: int, del_: str) -> Andel:
        """The share of a period; missing when a month of any of its kommuner is."""
        period = f"{ar}{del_}"
        flera = len(omrade.kommuner) > 1
        alla = ((kommun, b) for kommun in omrade.kommuner for b in self._brister(kommun, ar, del_))
        brister = [f"{self.namn.get(kommun, kommun)}: {b}" if flera else b for kommun, b in alla]
        if brister:
            return Andel(omrade, period, None, "; ".join(dict.fromkeys(brister)))
        rader = [self.celler[kommun, ar, m] for kommun in omrade.kommuner for m in MANADER[del_]]
        summa = sum((r[0] for r in rader if r[0] is not None), Decimal(0))
        folk = sum((r[1] for r in rader if r[1] is not None), Decimal(0))
        return Andel(omrade, period, _procent(Fraction(summa) / Fraction(folk)))

    def _brister(self, kommun: str, ar: int, del_: str) -> Iterator[str]:
        """Why a period of a kommun is missing, one reason for each kind."""
        if kommun not in self.namn:
            yield "kommunen finns inte i tabellen"
            return
        tomma, utan_bistand = [], []
        for manad in MANADER[del_]:
            summa, folk, bistand = self.celler.get((kommun, ar, manad), (None, None, None))
            if not summa or not folk or bistand is None:
                tomma.append(manad)
            elif not bistand:
                utan_bistand.append(manad)
        if tomma:
            yield f"uppgift saknas för {_manader(tomma)}"
        if utan_bistand:
            vilka = _manader(utan_bistand)
            yield f"ekonomiskt bistånd är noll i {vilka}, vilket betyder att det saknas"


def las_manader(kub: Kub, aldersgrupp: str) -> Manadstabell:
    """The months of an answer. aldersgrupp: the age group that the goals are about, as "20-64".

    Raises:
        PxwebFel: it is another table, or lacks what is needed to tell what is missing.
    """
    region, tid, innehall = (
        _kravd(kub, "geo", "region"),
        _kravd(kub, "time", "tid"),
        _kravd(kub, "metric", "contentscode"),
    )
    fast = _fasta(kub, {region.id, tid.id, innehall.id}, aldersgrupp)
    delar = [_kod(innehall, ord_) for ord_ in (SUMMA, FOLKMANGD, BISTAND)]
    celler = {}
    for kommun in region.koder:
        for kod in tid.koder:
            if (traff := _MANAD.fullmatch(kod)) is None or not 1 <= int(traff[2]) <= 12:
                raise PxwebFel(f"Tidpunkten ”{kod}” är ingen månad som 2020M01. Hämta månadstabellen TAB1386.")
            val = [{region.id: kommun, tid.id: kod, innehall.id: del_} for del_ in delar]
            summa, folk, bistand = (_summa(kub, fast, v) for v in val)
            celler[kommun, int(traff[1]), int(traff[2])] = (summa, folk, bistand)
    namn = {kod: _utan_kod(kod, region.texter[kod]) for kod in region.koder}
    return Manadstabell(namn, celler, _alder(kub, aldersgrupp), kub.uppdaterad)


def _kravd(kub: Kub, roll: str, id_: str) -> Dimension:
    dimension = kub.dimension(roll, id_)
    if dimension is None:
        finns = ", ".join(d.text for d in kub.dimensioner)
        raise PxwebFel(f"Tabellen saknar {id_}. Den har {finns}. Hämta tabellen TAB1386.")
    return dimension


def _kod(innehall: Dimension, borjar: str) -> str:
    """The code of what is counted, by the word that its text begins with."""
    for kod, text in innehall.texter.items():
        if text.casefold().startswith(borjar):
            return kod
    raise PxwebFel(
        f"Tabellen saknar ”{borjar}”. Ta med summa helårsekvivalenter, folkmängd och ekonomiskt bistånd:"
        " utan dem syns det inte vilka månader som saknas."
    )


def _fasta(kub: Kub, lasta: set[str], aldersgrupp: str) -> Mapping[str, tuple[str, ...]]:
    """The codes to count together in every other dimension, by its id: both genders, and the age group."""
    return {d.id: _valda(d, aldersgrupp) for d in kub.dimensioner if d.id not in lasta}


def _valda(d: Dimension, aldersgrupp: str) -> tuple[str, ...]:
    if d.id.casefold() in ("kon", "kön"):
        return _bada_konen(d)
    if len(d.koder) == 1 and not _ar_alder(d):
        return d.koder
    grupp = [kod for kod in d.koder if aldersgrupp in _streck(f"{kod} {d.texter[kod]}")]
    if not grupp:
        finns = ", ".join(d.texter.values())
        raise PxwebFel(f"{d.text} har {finns}, men målen gäller {aldersgrupp} år. Hämta tabellen med den åldern.")
    return (grupp[0],)


def _bada_konen(d: Dimension) -> tuple[str, ...]:
    """The code for all, else those of women and men, to be added."""
    texter = {kod: d.texter[kod].casefold() for kod in d.koder}
    alla = [kod for kod, text in texter.items() if "totalt" in text or " och " in text]
    bada = [kod for vem in ("kvinnor", "män") for kod, text in texter.items() if text == vem]
    if not alla and len(bada) != 2:
        raise PxwebFel("Tabellen har bara det ena könet. Ta med både kvinnor och män, eller totalt.")
    return (alla[0],) if alla else tuple(bada)


def _alder(kub: Kub, aldersgrupp: str) -> str:
    """The age group as the office writes it."""
    alla = [d.texter[_valda(d, aldersgrupp)[0]] for d in kub.dimensioner if _ar_alder(d)]
    return alla[0] if alla else f"{aldersgrupp} år"


def _ar_alder(d: Dimension) -> bool:
    return "ålder" in d.id.casefold() or "alder" in d.id.casefold()


def _summa(kub: Kub, fast: Mapping[str, tuple[str, ...]], val: Mapping[str, str]) -> Decimal | None:
    """A cell, over what is counted together; None when a part of it is."""
    alla = [dict(val)]
    for id_, koder in fast.items():
        alla = [{**v, id_: kod} for v in alla for kod in koder]
    tal = [kub.varde(v) for v in alla]
    return None if None in tal else sum((t for t in tal if t is not None), Decimal(0))


def perioder(tabell: Manadstabell, ar: int) -> tuple[str, str]:
    """The two periods to compare, of the same kind: the years, or their first halves while the year is not out.

    The half is taken only when the year's last months have not been published; a kommun that has not told is missing.
    """
    del_ = "" if tabell.sista >= (ar, 12) else "H1"
    return f"{ar - 1}{del_}", f"{ar}{del_}"


def rakna(tabell: Manadstabell, omraden: Sequence[Omrade], ar: int) -> list[Andel]:
    """All figures of a bokslut: every whole year, and both first halves when they are what can be compared."""
    jamforda = perioder(tabell, ar)
    delar = [(a, "") for a in tabell.ar if a < ar or jamforda[1] == str(ar)]
    if jamforda[1] != str(ar):
        delar += [(ar - 1, "H1"), (ar, "H1")]
    return [tabell.andel(omrade, a, del_) for omrade in omraden for a, del_ in delar if a <= ar]


def som_csv(andelar: Sequence[Andel]) -> str:
    """The table as an underlag has it."""
    ut = io.StringIO()
    skrivare = csv.writer(ut, lineterminator="\n")
    skrivare.writerow(("kommun", "kommunkod", "period", "andel", "status"))
    for a in andelar:
        varde = ("", "saknas") if a.andel is None else (a.andel, "saker")
        skrivare.writerow((a.omrade.namn, a.omrade.kod, a.period, *varde))
    return ut.getvalue()


def som_toml(andelar: Sequence[Andel], aldersgrupp: str, fil: str, hamtad: str) -> str:
    """The part of underlag.toml that says what the table is. hamtad: the day, as it is to be printed."""
    perioderna = sorted({a.period for a in andelar})
    return f"""[kalla.{KALLA}]                 # SCB, tabell TAB1386, hämtad {hamtad}
typ = "statistik"
skydd = "offentlig"
kallas = "helårspersonernas andel av befolkningen {aldersgrupp}"
fil = "{fil}"
period = "{perioderna[0]}–{perioderna[-1]}"
population = "befolkningen {aldersgrupp}"
"""


def _procent(andel: Fraction) -> Decimal:
    """With one decimal, as SCB prints it; a change that is 0,0 then is no change."""
    return Decimal(math.floor(andel * 1000 + Fraction(1, 2))).scaleb(-1)


def _manader(nummer: Sequence[int]) -> str:
    """Months in words: "mars", "mars och april", "juli–december"."""
    if len(nummer) > 2 and nummer[-1] - nummer[0] == len(nummer) - 1:
        return f"{_NAMN[nummer[0] - 1]}–{_NAMN[nummer[-1] - 1]}"
    namn = [_NAMN[n - 1] for n in nummer]
    return namn[0] if len(namn) == 1 else f"{', '.join(namn[:-1])} och {namn[-1]}"


def _streck(text: str) -> str:
    """Text to compare by: SCB writes both 20-64 and 20–64."""
    return text.casefold().replace("–", "-")


def _utan_kod(kod: str, text: str) -> str:
    """A kommun's name; some answers have the code before it."""
    return text.removeprefix(kod).strip() or kod
