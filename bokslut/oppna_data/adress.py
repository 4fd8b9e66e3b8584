"""What a bokslut says to machines of where it lies: its own address, the map of its pages, and the rules for robots."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bokslut.oppna_data.filer_att_hamta import Fil
from bokslut.sprak import Sprak
from bokslut.sprak import alla as alla_sprak
from indikatorer.resultat import Utvardering

_KARTA = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


def bas(u: Utvardering, version: int | None) -> str:
    """The address of the folder that holds this bokslut, with a slash last; "" when the config tells none."""
    if not u.utgivare.webbadress:
        return ""
    return f"{u.utgivare.webbadress}{u.ar}/{f'v{version}/' if version else ''}"


def build_adressfiler(adress: str, sidor: Sequence[str]) -> tuple[Fil, ...]:
    """robots.txt always; sitemap.xml, which must hold whole addresses, only when they are known.

    sidor: the pages of one language; every language has them all.
    """
    karta = (Fil("sitemap.xml", _karta(adress, sidor)),) if adress else ()
    return (Fil("robots.txt", _robotar(adress)), *karta)


def _robotar(adress: str) -> str:
    return "User-agent: *\nAllow: /\n" + (f"Sitemap: {adress}sitemap.xml\n" if adress else "")


def _karta(adress: str, sidor: Sequence[str]) -> str:
    """Every page, in every language. The languages are told here and not in the pages: it takes whole addresses."""
    rader = (
        f"<url><loc>{_hel(adress, sprak, sida)}</loc>{_andra_sprak(adress, sida)}</url>"
        for sprak in alla_sprak()
        for sida in sidor
    )
    huvud = f'<urlset xmlns="{_KARTA}" xmlns:xhtml="{_XHTML}">'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', huvud, *rader, "</urlset>", ""])


def _andra_sprak(adress: str, sida: str) -> str:
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{sprak.kod}" href="{_hel(adress, sprak, sida)}"/>'
        for sprak in alla_sprak()
    )


def _hel(adress: str, sprak: Sprak, sida: str) -> str:
    return escape(adress + _kort(f"{sprak.mapp}{sida}"))


def _kort(sida: str) -> str:
    """A page's address as a reader would write it: a folder stands for the first page in it."""
    return sida.removesuffix("index.html") if sida.rpartition("/")[2] == "index.html" else sida
