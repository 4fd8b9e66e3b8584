"""The open fonts that go with the program, so that paper looks the same whatever fonts a machine has."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

MAPP: Final = Path(__file__).parents[1] / "static" / "enkat" / "vendor" / "typsnitt"

Skrift = Literal["sans", "arab", "etiop"]
FILER: Final[dict[Skrift, str]] = {"sans": "NotoSans", "arab": "NotoSansArabic", "etiop": "NotoSansEthiopic"}
# Languages, as in `sprak`, that are not written in Latin or Cyrillic letters.
_SKRIFT: Final[dict[str, Skrift]] = {"ar": "arab", "fa_AF": "arab", "ti": "etiop"}


def skrift(kod: str) -> Skrift:
    """The font of a language."""
    return _SKRIFT.get(kod, "sans")


def fil(skrift: Skrift, fet: bool = False) -> Path:
    """The file of a font."""
    return MAPP / f"{FILER[skrift]}-{'Bold' if fet else 'Regular'}.ttf"
