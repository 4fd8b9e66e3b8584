"""Style and scripts of the survey: they stand in the page itself, let in by hash, so that a page is one request."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Final

from markupsafe import Markup

MAPP: Final = Path(__file__).resolve().parent.parent / "static" / "enkat"
SKRIPT: Final = ("ut", "kod", "las", "skicka", "kiosk")


@cache
def stil() -> Markup:
    """The style sheet, minified."""
    text = re.sub(r"/\*.*?\*/", "", (MAPP / "enkat.css").read_text("utf-8"), flags=re.S)
    text = re.sub(r"\s+", " ", text)
    return Markup(re.sub(r" ?([{};,>]) ?|(?<=:) ", r"\1", text).replace(";}", "}").strip())


@cache
def skript(namn: str) -> Markup:
    """One script, without comments and indentation."""
    rader = (rad.strip() for rad in (MAPP / f"{namn}.js").read_text("utf-8").splitlines())
    return Markup("\n".join(rad for rad in rader if rad and not rad.startswith("//")))


@cache
def csp(skickar: bool = False) -> str:
    """What the browser may load: our style and scripts by their hash, nothing else. skickar: may call home."""
    regler = {
        "default-src": "'none'",
        "style-src": _hash(stil()),
        "script-src": " ".join(_hash(skript(namn)) for namn in SKRIPT),
        "img-src": "data:",
        "connect-src": "'self'" if skickar else "'none'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{vad} {varifran}" for vad, varifran in regler.items())


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
