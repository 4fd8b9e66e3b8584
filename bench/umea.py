"""The example Umeå 2020, with the year before, evaluated where imports are done. Run alone: python -m bench.umea."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.matning import ROT, kor_modul, ms, tid
from bench.tabell import Rad

if TYPE_CHECKING:
    from indikatorer.underlag import Innehall

CONFIG: Final = Path("config/indicators.toml")
UNDERLAG: Final = Path("exempel/umea-2020")
GANGER: Final = 50
HOGST_MS: Final = 20


def mat(mapp: Path) -> Iterator[Rad]:
    """The rows of the table. mapp is not used: the example lies in the project."""
    svar = kor_modul("umea")
    forsta = {namn: 1000 * sekunder[0] for namn, sekunder in svar.items() if isinstance(sekunder, list)}
    yield Rad(
        "Umeå 2020 med 2019, från filerna på disk",
        ms(svar["disk"][1:]),
        HOGST_MS,
        anmarkning=f"median av {GANGER}; allra första gången {forsta['disk']:.0f} ms.",
    )
    yield Rad("… från byte i minnet", ms(svar["minne"][1:]))
    yield Rad("… därav att läsa och granska", ms(svar["läsa"][1:]))
    yield Rad("… därav evaluate, båda åren", ms(svar["evaluate"][1:]))
    yield Rad("evaluate av bara 2020", ms(svar["bara 2020"][1:]))


def _kor() -> dict[str, list[float]]:
    from bokslut.underlag import las
    from indikatorer.evaluate import evaluate

    ur_minnet = _ur_minnet(_hamtare())
    forberett = las(CONFIG, UNDERLAG)
    ensamt = replace(forberett, foregaende=None)
    vagar: dict[str, Callable[[], object]] = {
        "disk": lambda: evaluate(las(CONFIG, UNDERLAG)),
        "minne": ur_minnet,
        "läsa": lambda: las(CONFIG, UNDERLAG),
        "evaluate": lambda: evaluate(forberett),
        "bara 2020": lambda: evaluate(ensamt),
    }
    tider: dict[str, list[float]] = {namn: [] for namn in vagar}
    for _ in range(GANGER + 1):
        for namn, vag in vagar.items():
            tider[namn].append(tid(vag))
    return tider


def _hamtare() -> dict[str, Innehall]:
    """All files of both years as they are fetched, by the path that they are asked for."""
    from bokslut.underlag import hamta
    from indikatorer.underlag import las_underlag

    filer: dict[str, Innehall] = {}

    def minns(fil: str) -> Innehall | None:
        innehall = hamta(fil)
        if innehall is not None:
            filer[fil] = innehall
        return innehall

    las_underlag((UNDERLAG / "underlag.toml").as_posix(), minns)
    return filer


def _ur_minnet(filer: dict[str, Innehall]) -> Callable[[], object]:
    from indikatorer.definition import las_definitioner
    from indikatorer.evaluate import evaluate
    from indikatorer.forberedelse import forbered
    from indikatorer.underlag import las_underlag

    config = (ROT / CONFIG).read_bytes()

    def kor() -> object:
        definitioner, fel = las_definitioner(CONFIG.as_posix(), config)
        underlag, fler = las_underlag((UNDERLAG / "underlag.toml").as_posix(), filer.get)
        assert definitioner is not None
        return evaluate(forbered(definitioner, underlag, [*fel, *fler]))

    return kor


if __name__ == "__main__":
    print(json.dumps(_kor()))
