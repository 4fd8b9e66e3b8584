"""Who came, left and stayed, month by month; and what does not go together, which is told and never evened out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from insatser.koder import KON, UTFALL
from insatser.store_rakna import Rorelse

MANADER: Final = range(1, 13)
# Counts of the tables of a bokslut: (enhet, kön, ny, avslutad, utfall).
Arscell: TypeAlias = tuple[str, str, str, str, str]
Arstabell: TypeAlias = Mapping[Arscell, int]


@dataclass(frozen=True)
class Manad:
    """A month of an insats: how many were there when it began, came, left, and were there when it ended."""

    manad: int
    ingaende: int
    kom: int
    slutade: int
    pagaende: int


@dataclass(frozen=True)
class Flode:
    """A year of an insats. deltagare: all of it. per_kon: by gender, ingående, nya, avslutade and pågående."""

    insats_id: int
    deltagare: int
    ingaende: int
    nya: int
    avslutade: int
    pagaende: int
    per_kon: Mapping[str, tuple[int, int, int, int]]
    manader: Sequence[Manad]


@dataclass(frozen=True)
class Konflikt:
    """Two figures that should be alike. var: the insats or enhet. vad: which sum. har, dar: the figures and whose."""

    var: str
    vad: str
    har: str
    antal_har: int
    dar: str
    antal_dar: int
    insats_id: int | None = None

    @property
    def skillnad(self) -> int:
        """How far apart they are."""
        return self.antal_har - self.antal_dar


def build_flode(rorelser: Sequence[Rorelse]) -> Mapping[int, Flode]:
    """The flow of each insats, from all who took part in a year."""
    per_insats: dict[int, list[Rorelse]] = {}
    for rorelse in rorelser:
        per_insats.setdefault(rorelse.insats_id, []).append(rorelse)
    return {insats_id: _flode(insats_id, rader) for insats_id, rader in per_insats.items()}


def _flode(insats_id: int, rader: Sequence[Rorelse]) -> Flode:
    kom, slutade = Counter[int](), Counter[int]()
    per_kon = {kon: [0, 0, 0, 0] for kon in KON}
    for r in rader:
        kom[r.in_manad] += r.antal
        slutade[r.ut_manad] += r.antal
        tal = per_kon[r.kon]
        tal[0 if r.in_manad == 0 else 1] += r.antal
        tal[3 if r.ut_manad == 0 else 2] += r.antal
    deltagare = sum(r.antal for r in rader)
    return Flode(
        insats_id,
        deltagare,
        kom[0],
        deltagare - kom[0],
        deltagare - slutade[0],
        slutade[0],
        {kon: (tal[0], tal[1], tal[2], tal[3]) for kon, tal in per_kon.items()},
        list(_manader(kom, slutade)),
    )


def _manader(kom: Mapping[int, int], slutade: Mapping[int, int]) -> Iterator[Manad]:
    ingaende = kom.get(0, 0)
    for manad in MANADER:
        in_, ut = kom.get(manad, 0), slutade.get(manad, 0)
        yield Manad(manad, ingaende, in_, ut, ingaende + in_ - ut)
        ingaende += in_ - ut


def prova_registret(
    floden: Mapping[int, Flode],
    namn: Mapping[int, str],
    fore: Mapping[tuple[int, str], int],
    efter: Mapping[tuple[int, str], int],
) -> Iterator[Konflikt]:
    """Hold the flow against who was there the day before the year and on its last day, counted each on its own."""
    for insats_id, flode in floden.items():
        var = namn[insats_id]
        for kon, (ingaende, nya, avslutade, pagaende) in flode.per_kon.items():
            for vad, i_flodet, dag in (
                ("ingående", ingaende, fore.get((insats_id, kon), 0)),
                ("ingående + nya − avslutade", ingaende + nya - avslutade, efter.get((insats_id, kon), 0)),
                ("pågående vid årets slut", pagaende, efter.get((insats_id, kon), 0)),
            ):
                if i_flodet != dag:
                    yield Konflikt(f"{var}, {KON[kon].lower()}", vad, "flödet", i_flodet, "dagen", dag, insats_id)
        per_kon = sum(sum(tal[:2]) for tal in flode.per_kon.values())
        if per_kon != flode.deltagare:
            yield Konflikt(var, "kvinnor + män + annat + okänt", "könen", per_kon, "alla", flode.deltagare, insats_id)


def prova_underlaget(registret: Arstabell, underlaget: Arstabell) -> Iterator[Konflikt]:
    """Hold the register's year against the table that the bokslut is computed from, enhet by enhet."""
    for enhet in sorted({cell[0] for cell in (*registret, *underlaget)}):
        lika = True
        for vad, ny, avslutad in (("deltagare", "", ""), ("nya", "ja", ""), ("avslutade", "", "ja")):
            har, dar = (_summa(tabell, enhet, ny, avslutad) for tabell in (registret, underlaget))
            if har != dar:
                lika = False
                yield Konflikt(enhet, vad, "registret", har, "underlaget", dar)
        if lika:
            yield from _prova_delar(registret, underlaget, enhet)


def _prova_delar(registret: Arstabell, underlaget: Arstabell, enhet: str) -> Iterator[Konflikt]:
    """The genders and the outcomes, where the sums above are the same and hide what differs."""
    for plats, ord_ in ((1, KON), (4, {"": "Har inte slutat"} | dict(UTFALL))):
        delar = [Counter[str](), Counter[str]()]
        for tabell, del_ in zip((registret, underlaget), delar, strict=True):
            for cell, antal in tabell.items():
                if cell[0] == enhet:
                    del_[cell[plats]] += antal
        for kod in sorted({*delar[0], *delar[1]}):
            if delar[0][kod] != delar[1][kod]:
                yield Konflikt(
                    enhet,
                    ord_.get(kod, kod or "Kön saknas").lower(),
                    "registret",
                    delar[0][kod],
                    "underlaget",
                    delar[1][kod],
                )


def prova_aren(forra: Arstabell, detta: Arstabell, ar: int) -> Iterator[Konflikt]:
    """Hold those who were left when last year ended against those who were there when this one began."""
    for enhet in sorted({cell[0] for cell in (*forra, *detta)}):
        kvar = sum(antal for cell, antal in forra.items() if cell[0] == enhet and cell[3] != "ja")
        fran_forra = sum(antal for cell, antal in detta.items() if cell[0] == enhet and cell[2] != "ja")
        if kvar != fran_forra:
            yield Konflikt(enhet, "kvar från året före", f"underlaget {ar - 1}", kvar, f"underlaget {ar}", fran_forra)


def _summa(tabell: Arstabell, enhet: str, ny: str, avslutad: str) -> int:
    return sum(
        antal
        for cell, antal in tabell.items()
        if cell[0] == enhet and ny in ("", cell[2]) and avslutad in ("", cell[3])
    )
