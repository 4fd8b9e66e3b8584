"""Ten times as many indicators on the same answers. Run alone: python -m bench.manga_indikatorer FOLDER."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from bench.matning import Matning, kor_modul, ms, tid
from bench.svarsdata import ENHETER, FRAGOR, SKALA, skriv_underlag
from bench.tabell import Rad

FA, MANGA = 30, 300
RESPONDENTER: Final = 500_000
VARV: Final = 7
HOGST_KVOT: Final = 3

HUVUD: Final = """[bokslut]
forbund = "Bänken"
ar = 2020
[standard]
raknas_inte = ["vill_inte_svara"]
[malomrade.allt]
nummer = 1
titel = "Allt"
[mal.allt]
malomrade = "allt"
text = "Allt."
"""
KALLA: Final = 'kalla = "deltagarenkat"'


def mat(mapp: Path) -> Iterator[Rad]:
    """The row of the table."""
    underlag = skriv_underlag(mapp / "manga-indikatorer", RESPONDENTER)
    for antal in (FA, MANGA):
        (underlag / f"{antal}.toml").write_text(skriv_config(antal), "utf-8")
    svar = kor_modul("manga_indikatorer", underlag)
    hela, raknat = ({antal: svar[f"{vad}{antal}"] for antal in (FA, MANGA)} for vad in ("hela ", ""))
    yield Rad(
        f"{MANGA} indikatorer mot {FA}, från disk till resultat",
        Matning(tuple(b / a for a, b in zip(hela[FA], hela[MANGA], strict=True)), "gånger"),
        HOGST_KVOT,
        anmarkning=f"{ms(hela[FA])} mot {ms(hela[MANGA])} på samma {RESPONDENTER} × {len(FRAGOR)} svar.",
    )
    yield Rad(
        "… därav evaluate, med räkningen",
        Matning(tuple(b / a for a, b in zip(raknat[FA], raknat[MANGA], strict=True)), "gånger"),
        anmarkning=f"{ms(raknat[FA])} mot {ms(raknat[MANGA])}. Att räkna de 20 frågorna är en liten del av det: kvoten"
        " är vad varje indikator kostar för sig, att visas och för var sjätte att två frågor räknas ihop.",
    )


def skriv_config(antal: int) -> str:
    """So many indicators, of the kinds and with the splits that Umeå has: a third of them are split by something."""
    return HUVUD + "".join(_indikator(nummer) for nummer in range(antal))


def _indikator(nummer: int) -> str:
    plats = nummer % 30
    fraga, annan = FRAGOR[nummer * 7 % 20], FRAGOR[(nummer * 7 + 1 + nummer // 30) % 20]
    svar = f'svar_minst = "{SKALA[2 + nummer % 4]}"'
    bas = f'\n[indikator.i{nummer}]\ntitel = "Indikator {nummer}"\nnummer = "{nummer}"\nmal = "allt"\n'
    andel = f'regel = "andel"\n{KALLA}\nfraga = "{fraga}"\n{svar}\ngron = "minst {40 + nummer % 40} %"\n'
    if plats < 14:
        delning = ('["enhet"]',) * 5 + ('["kon", "enhet"]',) * 4 + ('["kon"]',)
        return bas + andel + (f"dela_upp = {delning[plats]}\n" if plats < 10 else "")
    if plats < 18:
        alla = ", ".join(f'"{s}"' for s in SKALA[1:])
        return f'{bas}regel = "nolltolerans"\n{KALLA}\nfraga = "{fraga}"\nsvar = [{alla}]\ngron = "samtliga"\n'
    if plats < 20:
        enheter = f'urval = {{ enhet = ["{ENHETER[nummer % 80]}", "{ENHETER[(nummer + 9) % 80]}"] }}\n'
        return f'{bas}regel = "konszon"\n{KALLA}\ngron = "mellan 40 och 60 %"\n{enheter}'
    if plats < 23:
        return f'{bas}regel = "skillnad"\nav = "i{nummer - 20}"\ngron = "högst 10 procentenheter"\n'
    if plats < 26:
        hur = "nagon" if nummer % 2 else "alla"
        villkor = ", ".join(f'{{ fraga = "{f}", {svar} }}' for f in (fraga, annan))
        taljare = f"taljare = {{ {hur} = [{villkor}] }}\n"
        return f'{bas}regel = "andel"\n{KALLA}\n{taljare}gron = "minst 50 %"\ndela_upp = ["kon"]\n'
    if plats < 28:
        return f'{bas}regel = "andel"\nunder = "i{nummer - 20}"\nfraga = "{annan}"\n{svar}\ngron = "minst 50 %"\n'
    if plats == 28:
        return f'{bas}{andel}urval = {{ enhet = ["{ENHETER[nummer % 80]}"] }}\n'
    return f'{bas}regel = "index"\nav = ["i{nummer - 9}", "i{nummer - 8}", "i{nummer - 7}"]\n'


def _kor(underlag: Path) -> dict[str, list[float]]:
    from bokslut.underlag import las
    from indikatorer.evaluate import evaluate

    tider: dict[str, list[float]] = {f"{hela}{antal}": [] for hela in ("", "hela ") for antal in (FA, MANGA)}
    for _ in range(VARV + 1):
        for antal in (FA, MANGA):
            config = underlag / f"{antal}.toml"
            forberett = las(config, underlag)
            tider[str(antal)].append(tid(partial(evaluate, forberett)))
            tider[f"hela {antal}"].append(tid(partial(_hela, config, underlag)))
    return {namn: sekunder[1:] for namn, sekunder in tider.items()}


def _hela(config: Path, underlag: Path) -> None:
    from bokslut.underlag import las
    from indikatorer.evaluate import evaluate

    evaluate(las(config, underlag))


if __name__ == "__main__":
    print(json.dumps(_kor(Path(sys.argv[1]))))
