"""What a bokslut says to machines of where it lies: its own address, the map of its pages, and the rules for robots."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bokslut.oppna_data.filer_att_hamta import Fil
from indikatorer.resultat import Utvardering

_KARTA = "http://www.sitemaps.org/schemas/sitemap/0.9"


def bas(u: Utvardering, version: int | None) -> str:
    """The address of the folder that holds this bokslut, with a slash last; "" when the config tells none."""
    if not u.utgivare.webbadress:
        return ""
    return f"{u.utgivare.webbadress}{u.ar}/{f'v{version}/' if version else ''}"


def build_adressfiler(adress: str, sidor: Sequence[str]) -> tuple[Fil, ...]:
    """robots.txt always; sitemap.xml, which must hold whole addresses, only when they are known."""
    karta = (Fil("sitemap.xml", _karta(adress, sidor)),) if adress else ()
    return (Fil("robots.txt", _robotar(adress)), *karta)


def _robotar(adress: str) -> str:
    return "User-agent: *\nAllow: /\n" + (f"Sitemap: {adress}sitemap.xml\n" if adress else "")


def _karta(adress: str, sidor: Sequence[str]) -> str:
    rader = (f"<url><loc>{escape(adress + _kort(s))}</loc></url>" for s in sidor)
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', f'<urlset xmlns="{_KARTA}">', *rader, "</urlset>", ""])


def _kort(sida: str) -> str:
    """A page's address as a reader would write it: a folder stands for the first page in it."""
    return sida.removesuffix("index.html") if sida.rpartition("/")[2] == "index.html" else sida
