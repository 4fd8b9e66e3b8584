"""The open fonts of pictures and print, so that they look the same whatever fonts a machine has."""

from __future__ import annotations

from pathlib import Path
from typing import Final

MAPP: Final = Path(__file__).resolve().parent.parent / "static" / "tryck" / "vendor" / "typsnitt"
BROD_NAMN: Final = "Inter"
BROD: Final = tuple(MAPP / f"Inter-{vikt}.ttf" for vikt in ("Regular", "Regular-Ext", "Bold", "Bold-Ext"))
