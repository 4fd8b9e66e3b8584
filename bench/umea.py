"""The example Umeå 2020, with the year before, evaluated where imports are done. Run alone: python -m bench.umea."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
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
    yield Rad("Umeå 2020 med 2019, evaluate av det som är läst", ms(svar["evaluate"][1:]), HOGST_MS)
    yield Rad("Umeå 2020 utan året före, från filerna på disk", ms(svar["ensamt från disk"][1:]), HOGST_MS)
    yield Rad("… därav evaluate", ms(svar["ensamt"][1:]))
    yield Rad(
        "Umeå 2020 med 2019, från filerna på disk",
        ms(svar["disk"][1:]),
        HOGST_MS,
        anmarkning=f"två år läses och räknas; median av {GANGER}, allra första gången {forsta['disk']:.0f} ms.",
    )
    yield Rad("… därav att läsa och granska båda", ms(svar["läsa"][1:]))
    yield Rad("… från byte i minnet", ms(svar["minne"][1:]))


def _kor() -> dict[str, list[float]]:
    from bokslut.underlag import las
    from indikatorer.evaluate import evaluate

    ur_minnet = _ur_minnet(_hamtare())
    forberett = las(CONFIG, UNDERLAG)
    ensamt = replace(forberett, foregaende=None)
    with tempfile.TemporaryDirectory(prefix="bokslut-bench-") as mapp:
        utan_fjol = _utan_aret_fore(Path(mapp))
        return _varv(
            {
                "disk": lambda: evaluate(las(CONFIG, UNDERLAG)),
                "ensamt från disk": lambda: evaluate(las(CONFIG, utan_fjol)),
                "minne": ur_minnet,
                "läsa": lambda: las(CONFIG, UNDERLAG),
                "evaluate": lambda: evaluate(forberett),
                "ensamt": lambda: evaluate(ensamt),
            }
        )


def _utan_aret_fore(mapp: Path) -> Path:
    """The example of 2020 in a folder of its own, where it names no year before it."""
    ut = mapp / "umea-2020"
    shutil.copytree(UNDERLAG, ut)
    text = (ut / "underlag.toml").read_text("utf-8")
    ensam, antal = re.subn(r"^foregaende = .*\n", "", text, flags=re.M)
    assert antal == 1
    (ut / "underlag.toml").write_text(ensam, "utf-8")
    return ut


def _varv(vagar: Mapping[str, Callable[[], object]]) -> dict[str, list[float]]:
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
