"""Text that goes into a file which a spreadsheet opens: never something that it would compute."""

from __future__ import annotations

from typing import Final

# What a spreadsheet takes for the beginning of a formula, also after a tab or a line break.
_FORMEL: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def ofarlig(text: str) -> str:
    """The text with an apostrophe before what would be a formula; the reading of a file takes no notice of it."""
    return f"'{text}" if text.startswith(_FORMEL) else text
