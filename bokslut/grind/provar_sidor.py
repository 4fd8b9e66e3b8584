"""The gate's check of the built pages: nothing in them may fetch anything from anybody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from bokslut.grind.hinder import Hinder, hinder
from bokslut.tillganglighet import TILLSYN

# Attributes that a browser follows by itself. href is one of them, save on a link that somebody must click.
_HAMTAS: Final = (
    "src",
    "srcset",
    "data",
    "poster",
    "background",
    "action",
    "formaction",
    "manifest",
    "ping",
    "href",
    "xlink:href",
)
_KLICKAS: Final = ("a", "area")
_I_STIL: Final = re.compile(r"""url\(\s*["']?([^"')]*)|@import\s+["']([^"']*)""", re.IGNORECASE)
_I_SKRIPT: Final = re.compile(r"""["'`]((?:https?:|wss?:)?//(?!www\.w3\.org/)[^"'`\s]+)""", re.IGNORECASE)
_SCHEMA: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_I_SIDAN: Final = re.compile(r"data:(?:image/|font/|,)", re.IGNORECASE)
# Kept as their authors made them; what they may fetch is switched off where they are used, and tested there.
_ANDRAS: Final = "vendor"


def granska_sidor(mapp: Path) -> Iterator[Hinder]:
    """Every address in the pages, styles, drawings and scripts of a built site that leads out of it."""
    for fil in sorted(mapp.rglob("*")):
        if not fil.is_file() or _ANDRAS in fil.parts:
            continue
        namn = fil.relative_to(mapp).as_posix()
        if fil.suffix in (".html", ".svg"):
            yield from _sida(namn, fil.read_text("utf-8"))
        elif fil.suffix == ".css":
            yield from _hamtade(namn, _i_stil(fil.read_text("utf-8")))
        elif fil.suffix == ".js":
            yield from _hamtade(namn, _I_SKRIPT.findall(fil.read_text("utf-8")))


class _Adresser(HTMLParser):
    """hamtade: what the page fetches by itself. lankar: what a reader may click."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.hamtade: list[str] = []
        self.lankar: list[str] = []
        self._i_stil = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._i_stil = tag == "style"
        for namn, varde in attrs:
            if not varde:
                continue
            if namn == "href" and tag in _KLICKAS:
                self.lankar.append(varde)
            elif namn in _HAMTAS:
                self.hamtade += [d.split()[0] for d in varde.split(",") if d.split()] if namn == "srcset" else [varde]
            elif namn == "style":
                self.hamtade += _i_stil(varde)
            elif namn == "content" and "url=" in varde.lower():
                self.hamtade.append(re.split("url=", varde, flags=re.IGNORECASE)[1].strip("\"' "))

    def handle_data(self, data: str) -> None:
        if self._i_stil:
            self.hamtade += _i_stil(data)

    def handle_endtag(self, tag: str) -> None:
        self._i_stil = self._i_stil and tag != "style"


def _sida(namn: str, html: str) -> Iterator[Hinder]:
    adresser = _Adresser(html)
    yield from _hamtade(namn, adresser.hamtade)
    for adress in dict.fromkeys(adresser.lankar):
        if adress == TILLSYN:  # the law asks for it
            continue
        if urlsplit(adress.strip()).scheme.lower() in ("http", "https") or adress.startswith("//"):
            text = f"Länken går till {adress}, som ni inte råder över."
            yield hinder("extern-lank", namn, text, "Kontrollera att den leder rätt.")
        elif _lamnar(adress) and urlsplit(adress).scheme.lower() not in ("mailto", "tel"):
            yield _fel(namn, adress)


def _hamtade(namn: str, adresser: list[str]) -> Iterator[Hinder]:
    for adress in dict.fromkeys(adresser):
        if _lamnar(adress):
            yield _fel(namn, adress)


def _lamnar(adress: str) -> bool:
    """Whether an address is anything but a place in the page, data in the page or a file beside it."""
    # A browser takes a backslash for a slash, and skips white space and control characters.
    ren = "".join(t for t in adress if t > " ").replace("\\", "/")
    schema = _SCHEMA.match(ren)
    return ren.startswith("/") or (schema is not None and not _I_SIDAN.match(ren))


def _i_stil(text: str) -> list[str]:
    return [a or b for a, b in _I_STIL.findall(text)]


def _fel(namn: str, adress: str) -> Hinder:
    text = f"Sidan hämtar {adress[:200]}, så någon annan får veta vem som läser."
    return hinder("tredje-part", namn, text, "Ta bort adressen, eller lägg filen i bokslutet.")
