"""What the Nu Html Checker says of every page. Only one that is there is used: `make bench` downloads nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

HUR: Final = "npm install --prefix MAPP vnu-jar, och VNU=MAPP/node_modules/vnu-jar/build/dist/vnu.jar make bench"


@dataclass(frozen=True, slots=True)
class HtmlFel:
    """An error. sida: the file, from the folder. rad: its line."""

    sida: str
    rad: int
    text: str


def saknas() -> str:
    """Why it cannot be measured, as a sentence; "" when it can."""
    if shutil.which("java") is None:
        return "det finns ingen Java på PATH. På Debian och Ubuntu: apt install default-jre-headless."
    if not Path(os.environ.get("VNU", "")).is_file():
        return f"VNU nämner inget granskningsprogram. {HUR}."
    return ""


def version() -> str:
    """The checker's own version."""
    return _kor("--version").split()[0]


def granska_html(mapp: Path) -> list[HtmlFel]:
    """Every error on every page below a folder; what is only a warning is left out."""
    svar = json.loads(_kor("--skip-non-html", "--format", "json", "--exit-zero-always", "--stdout", str(mapp)))
    return [
        HtmlFel(_sidan(m["url"], mapp), m.get("lastLine", 0), m["message"])
        for m in svar["messages"]
        if m["type"] != "info"
    ]


def _sidan(adress: str, mapp: Path) -> str:
    return Path(unquote(urlsplit(adress).path)).relative_to(mapp.resolve()).as_posix()


def _kor(*val: str) -> str:
    kommando = ["java", "-jar", os.environ["VNU"], *val]
    return subprocess.run(kommando, capture_output=True, text=True, check=True).stdout
