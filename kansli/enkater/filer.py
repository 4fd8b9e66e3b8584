"""The questionnaires of an instance, as files: read, and copied from those that the program brings."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from enkat.fragekontroll import ar_id
from kansli.arbetsmapp import Arbetsmapp

MEDFOLJANDE: Final = Path(__file__).resolve().parents[2] / "config" / "enkater"
# What a new questionnaire holds from the start: what no one can do without, and kön last.
GRUND: Final = """[enkat]
titel = {titel}
ingress = {ingress}
kalla = {kalla}
kallas = {kallas}
population = {population}
hogst_minuter = 5

[skala.ja_nej]
svar = ["ja", "nej"]
text = ["Ja", "Nej"]
bild = "ja_nej"
ordnad = false

[skala.kon]
svar = ["kvinna", "man", "annat"]
text = ["Kvinna", "Man", "Annat"]
ordnad = false

[fraga.kon]
typ = "ett_val"
skala = "kon"
text = "Vilket kön har du?"
hjalp = "Vi frågar för att se om det är lika för kvinnor och män. Du får hoppa över frågan."
"""


def las_alla(mapp: Arbetsmapp) -> dict[str, bytes]:
    """Every questionnaire by its id, in the order of their names."""
    return {fil.stem: fil.read_bytes() for fil in sorted(mapp.enkater.glob("*.toml"))}


def las_text(mapp: Arbetsmapp, enkat_id: str) -> str | None:
    """The file of one, with plain line breaks; None when there is none, or when it is no text."""
    fil = fil_for(mapp, enkat_id)
    if not ar_id(enkat_id) or not fil.is_file():
        return None
    return som_text(fil.read_bytes())


def som_text(data: bytes) -> str:
    """Bytes as the pages edit them."""
    for kodning in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(kodning).replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def fil_for(mapp: Arbetsmapp, enkat_id: str) -> Path:
    """Where a questionnaire lies."""
    return mapp.enkater / f"{enkat_id}.toml"


def medfoljande() -> dict[str, str]:
    """The questionnaires that the program brings, by their id."""
    return {fil.stem: fil.read_text("utf-8") for fil in sorted(MEDFOLJANDE.glob("*.toml"))}


def summa(text: str) -> str:
    """What tells one wording of a file, or of a part of it, from another: what a form remembers that it began from."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
