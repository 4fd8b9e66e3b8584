"""Invented answers for the demo, so that the newcomer's own is one among others: alone it would be hidden as too few.

They come in the way that everybody's do: with a code, sealed to the round's key, once. Nobody is behind them, and the
folder that they are frozen into says so (`pahittat`), and with it every page of a bokslut that is made of them.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import tomlkit

from enkat.formular import VILL_INTE_SVARA, Enkat, Fraga, Svar
from enkat.mottagning import Mottagning, Oppen
from enkat.svar import rensa

_HUVUD: Final = """# Underlag ur demonstrationens enkäter. Alla svar utom ditt eget är påhittade.

pahittat = true                        # sägs på varje sida av bokslutet
"""
_HOPPAR_OVER: Final = 0.05


def lamna_in_pahittade(mottagning: Mottagning, oppen: Oppen, koder: Sequence[str]) -> None:
    """Answer once with each code; the same round gets the same answers every time."""
    slump = random.Random(oppen.enkat.id)
    for kod in koder:
        t = oppen.ny("sv", None, mottagning.sok_kod(kod, oppen.id))
        inlamning = mottagning.lamna_in(oppen, replace(t, svar=pahitta(oppen.enkat, slump)))
        if inlamning.utfall != "mottaget":
            raise AssertionError(inlamning.utfall)


def pahitta(enkat: Enkat, slump: random.Random) -> Svar:
    """One respondent's answers, mostly content; nobody is discriminated against, and some skip a question."""
    return rensa(enkat, {f.id: _svar(enkat, f, slump) for f in enkat.fragor if f.typ not in ("text", "datum")})


def skriv_underlag(mapp: Path) -> None:
    """The folder that the rounds are frozen into, which says what is in it before anything is."""
    mapp.mkdir(parents=True)
    (mapp / "underlag.toml").write_text(_HUVUD, "utf-8")


def indikatorer_for(kallor: Collection[str], config: dict[str, Any], forbund: str, ar: int) -> str:
    """A config with the indicators that some källor feed by themselves, and the goals that they are about."""
    valda = {id_: rad for id_, i in config["indikator"].items() if (rad := _bara(kallor, i)) is not None}
    valda |= {id_: i for id_, i in config["indikator"].items() if str(i.get("av")) in valda}
    mal = {id_: m for id_, m in config["mal"].items() if any(i["mal"] == id_ for i in valda.values())}
    omraden = {m["malomrade"] for m in mal.values()}
    huvud = {k: v for k, v in config["bokslut"].items() if k != "beslut"} | {"forbund": forbund, "ar": ar}
    delar = {
        "bokslut": huvud,
        "standard": config["standard"],
        "malomrade": {id_: m for id_, m in config["malomrade"].items() if id_ in omraden},
        "mal": mal,
        "indikator": valda,
    }
    vad = ", ".join(sorted(kallor))
    return f"# De indikatorer ur config/indicators.toml som {vad} räcker till.\n\n{tomlkit.dumps(delar)}"


def _bara(kallor: Collection[str], indikator: dict[str, Any]) -> dict[str, Any] | None:
    """An indicator as far as it is about these källor; None when it is about others."""
    if indikator.get("kalla") in kallor:
        return indikator
    egna = [k for k in indikator.get("kallor", []) if (k["kalla"] if isinstance(k, dict) else k) in kallor]
    return {**indikator, "kallor": egna} if egna else None


def _svar(enkat: Enkat, fraga: Fraga, slump: random.Random) -> object:
    if slump.random() < _HOPPAR_OVER:
        return VILL_INTE_SVARA
    if fraga.typ == "tal":
        return str(slump.randint(fraga.minst or 0, fraga.hogst or 0))
    if fraga.typ == "matris":
        return {rad: _val(enkat, fraga, slump) for rad, _ in fraga.rader}
    return [_val(enkat, fraga, slump)] if fraga.typ == "flera_val" else _val(enkat, fraga, slump)


def _val(enkat: Enkat, fraga: Fraga, slump: random.Random) -> str:
    svar = enkat.alternativ(fraga)
    if fraga.kanslig:
        return svar[-1]
    if fraga.id == "kon":
        return slump.choice(svar[:2])
    if fraga.typ == "ja_nej":
        return slump.choices(svar, weights=(3, 1))[0]
    return slump.choices(svar, weights=range(1, len(svar) + 1))[0]
