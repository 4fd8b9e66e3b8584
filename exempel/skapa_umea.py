"""Write the CSV files of exempel/umea-2020 and exempel/umea-2019.

The rows are synthetic: no real person is behind any of them. Those of 2020 are made so that the
counts printed in "Socialt bokslut 2020" come out; those of 2019 reproduce nothing, they are there
to show a comparison. The counts are in umea_tal.py. The same files, byte for byte, come out on every machine:

    python exempel/skapa_umea.py            writes beside this file
    python exempel/skapa_umea.py KATALOG    writes umea-2020 and umea-2019 in KATALOG
"""

import csv
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from umea_tal import (
    AVSLUTADE_2019,
    DELTAGARE_2020,
    ENKATENHETER,
    ENKATER_2019,
    ENKATER_2020,
    GYNNSAMMA,
    HELARSEKVIVALENTER,
    KON,
    OBESVARAT,
    OVRIGA,
    PERIODER,
    REPRESENTATION_2019,
    REPRESENTATION_2020,
    STATUS,
    UTFALL,
    Enkat,
    Fraga,
    PerKon,
)

T = TypeVar("T")
Rad = Sequence[str | int]
Tabell = list[Rad]  # the header first

SYNTETISKA = "Raderna är påhittade. Ingen verklig person finns bakom dem."


def build_slump(name: str) -> Callable[[int], int]:
    """A generator of its own (linear congruential): the same numbers whatever the Python version."""
    state = zlib.crc32(name.encode())

    def below(limit: int) -> int:
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (state >> 33) % limit

    return below


def spread(antal: int, weights: dict[str, int]) -> list[str]:
    """`antal` options in the proportions of `weights`, largest remainder first."""
    total = sum(weights.values())
    counts = {option: antal * weight // total for option, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda option: -(antal * weights[option] % total))
    for option in by_remainder[: antal - sum(counts.values())]:
        counts[option] += 1
    return [option for option in weights for _ in range(counts[option])]


def build_svar(fraga: Fraga, grupp: int, antal: int) -> list[str]:
    """The answers of one group to one question, worst first, unanswered in front."""
    gynnsamma = fraga.gynnsamma[grupp]
    obesvarade = fraga.obesvarade[grupp] if fraga.obesvarade else 0
    return (
        spread(obesvarade, OBESVARAT)
        + spread(antal - gynnsamma - obesvarade, OVRIGA[fraga.skala])
        + spread(gynnsamma, GYNNSAMMA[fraga.skala])
    )


def build_ja_pa_nagot(counts: tuple[int, int, int], antal: int) -> list[tuple[str, str]]:
    """The answers of one group to mer_redo and annan_losning together."""
    both, mer_redo, annan_losning = counts
    return (
        [("nej", "nej")] * (antal - sum(counts))
        + [("nej", "ja")] * annan_losning
        + [("ja", "nej")] * mer_redo
        + [("ja", "ja")] * both
    )


def deal(svar: list[T], mood: list[int], below: Callable[[int], int]) -> list[T]:
    """Deal answers, worst first, so that a respondent tends to answer alike throughout."""
    luck = [humor + below(250) for humor in mood]
    order = sorted(range(len(svar)), key=lambda respondent: luck[respondent])
    return [svar[order.index(respondent)] for respondent in range(len(svar))]


def build_grupp(namn: str, enkat: Enkat, grupp: int) -> Iterator[list[str]]:
    """The rows of one group in one survey: all questions, in the order of the header."""
    antal = sum(list(enkat.grupper.values())[grupp])
    below = build_slump(f"{namn}/{grupp}")
    mood = [below(100) for _ in range(antal)]
    columns = [deal(build_svar(fraga, grupp, antal), mood, below) for fraga in enkat.fragor]
    if enkat.ja_pa_nagot:
        pairs = deal(build_ja_pa_nagot(enkat.ja_pa_nagot[grupp], antal), mood, below)
        columns += [[pair[0] for pair in pairs], [pair[1] for pair in pairs]]
    for row in zip(*columns, strict=True):
        yield list(row)


def build_enkat(namn: str, enkat: Enkat) -> Tabell:
    """One row per respondent, by enhet and kon where the survey has them."""
    fragor = [fraga.id for fraga in enkat.fragor]
    header = fragor + (["mer_redo", "annan_losning"] if enkat.ja_pa_nagot else [])
    if list(enkat.grupper) == [""]:
        return [header, *build_grupp(namn, enkat, 0)]
    rows = []
    for grupp, (kon, per_enhet) in enumerate(enkat.grupper.items()):
        enheter = [enhet for enhet, n in enumerate(per_enhet) for _ in range(n)]
        svar = build_grupp(namn, enkat, grupp)
        rows += [(enhet, grupp, kon, row) for enhet, row in zip(enheter, svar, strict=True)]
    rows.sort(key=lambda row: row[:2])
    return [["enhet", "kon", *header], *([ENKATENHETER[e], kon, *svar] for e, _, kon, svar in rows)]


def build_deltagare(tables: Mapping[str, Sequence[PerKon]]) -> Tabell:
    """The register as counts; half of an even share of the new finish within the year, or as many as cannot remain."""
    rows: Tabell = [["enhet", "kon", "ny", "avslutad", "utfall", "antal"]]
    for enhet, per_kon in tables.items():
        for kon, (deltagare, nya, utfall) in zip(KON, per_kon, strict=True):
            kvar = deltagare - sum(utfall)
            nya_kvar = nya
            for namn, antal in zip(UTFALL, utfall, strict=True):
                nya_har = max(antal * nya // (2 * deltagare), min(antal, nya_kvar - kvar))
                nya_kvar -= nya_har
                rows += [[enhet, kon, "nej", "ja", namn, antal - nya_har], [enhet, kon, "ja", "ja", namn, nya_har]]
            rows += [[enhet, kon, "nej", "nej", "", kvar - nya_kvar], [enhet, kon, "ja", "nej", "", nya_kvar]]
    return [row for row in rows if row[-1] != 0]


def build_deltagare_2019() -> Tabell:
    """Those finished in 2019, and as remaining those whom 2020 takes over."""
    tables = {}
    for enhet, per_kon in AVSLUTADE_2019.items():
        over = [deltagare - nya for deltagare, nya, _ in DELTAGARE_2020[enhet]]
        alla = [kvar + sum(utfall) for kvar, utfall in zip(over, per_kon, strict=True)]
        tables[enhet] = tuple((n, n * 2 // 5, utfall) for n, utfall in zip(alla, per_kon, strict=True))
    return build_deltagare(tables)


def build_representation(grupper: dict[str, tuple[int, int]]) -> Tabell:
    """Women and men in each grupp, as counts."""
    rows: Tabell = [[grupp, kon, n] for grupp, per_kon in grupper.items() for kon, n in zip(KON, per_kon, strict=True)]
    return [["grupp", "kon", "antal"], *rows]


def build_helarsekvivalenter() -> Tabell:
    """Every area and period; a missing figure is a row with an empty andel."""
    rows: Tabell = [["kommun", "kommunkod", "period", "andel", "status"]]
    for kommun, kod, andelar in HELARSEKVIVALENTER:
        for period, andel in zip(PERIODER, andelar, strict=True):
            status = STATUS.get(andel[-1:], "saker") if andel else "saknas"
            rows.append([kommun, kod, period, andel.rstrip("*?"), status])
    return rows


def build_tables() -> dict[str, Tabell]:
    """Every file by its path under the target folder."""
    tables = {
        "umea-2020/deltagare.csv": build_deltagare(DELTAGARE_2020),
        "umea-2020/representation.csv": build_representation(REPRESENTATION_2020),
        "umea-2020/helarsekvivalenter.csv": build_helarsekvivalenter(),
        "umea-2019/deltagare.csv": build_deltagare_2019(),
        "umea-2019/representation.csv": build_representation(REPRESENTATION_2019),
    }
    for ar, enkater in (("2020", ENKATER_2020), ("2019", ENKATER_2019)):
        for namn, enkat in enkater.items():
            tables[f"umea-{ar}/{namn}.csv"] = build_enkat(f"{ar}/{namn}", enkat)
    return tables


def main(ut: Path) -> None:
    """Write every table as CSV: UTF-8, LF, decimal point."""
    for path, rows in build_tables().items():
        (ut / path).parent.mkdir(parents=True, exist_ok=True)
        with (ut / path).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
    print(f"{len(build_tables())} filer skrivna. {SYNTETISKA}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
