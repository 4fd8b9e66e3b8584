"""The cards: small, on their own, with the page's figures, and a code to copy that leads home."""

import hashlib
import json
import re
from base64 import b64encode
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from bokslut.innehall import build_innehall
from bokslut.oppna_data.kort import STIL_SUMMA, build_kort
from bokslut.sidor import bygg
from indikatorer.resultat import Utvardering
from indikatorer.utgivare import Utgivare

STORST = 8 * 1024


def kortfiler(plats: Path) -> dict[str, str]:
    return {p.name: p.read_text("utf-8") for p in (plats / "badda").glob("*.html")}


def test_there_is_a_card_for_each_result_and_it_shows_the_same_figures(utvardering: Utvardering, plats: Path) -> None:
    filer = kortfiler(plats)
    vyer = [r for o in build_innehall(utvardering).omraden for m in o.mal for r in m.resultat]
    assert len(filer) == len(vyer) == len(json.loads((plats / "resultat.json").read_text("utf-8"))["indikatorer"])
    for r in vyer:
        html = filer[f"{r.ankare.removeprefix('r-')}.html"]
        assert f'<p class="tal">{r.visat}</p>' in html
        assert f"</svg>{r.ord}</p>" in html
        assert re.findall(r'<p class="s">(\d+ av \d+)</p>', html) == [r.antal][: " av " in r.antal]


def test_a_card_is_small_and_needs_nothing(plats: Path) -> None:
    for namn, html in kortfiler(plats).items():
        assert len(html.encode()) < STORST, namn
        assert not re.search(r"<script|<img|<link rel=.style|\son\w+=|\sstyle=|url\(|@import", html), namn
        assert {"../"} == {adress[:3] for adress in re.findall(r'href="([^"]*)"', html)}, namn


def test_the_style_of_a_card_is_the_one_that_a_server_lets_in(plats: Path) -> None:
    for html in kortfiler(plats).values():
        stil = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
        assert stil is not None
        assert f"sha256-{b64encode(hashlib.sha256(stil[1].encode()).digest()).decode()}" == STIL_SUMMA


def test_a_card_leads_to_its_result(plats: Path) -> None:
    for html in kortfiler(plats).values():
        lank = re.search(r'<a href="\.\./([^"#]*)#([^"]*)" target="_top">', html)
        assert lank is not None
        assert f'id="{lank[2]}"' in (plats / lank[1]).read_text("utf-8")


def test_a_hidden_figure_is_hidden_in_its_card_and_its_link(utvardering: Utvardering, plats: Path) -> None:
    assert "färre än fem personer" in kortfiler(plats)["i1-3.html"]
    kort = next(k for k in build_kort(build_innehall(utvardering), "") if k.resultat.ankare == "r-i1-3")
    assert "siffran är skyddad (når målet)" in kort.lankkod


def test_the_code_to_copy_is_shown_as_text_and_holds_the_address(utvardering: Utvardering, tmp_path: Path) -> None:
    med = replace(utvardering, utgivare=Utgivare("https://exempel.se/bokslut/"))
    bygg(med, tmp_path / "ut")
    sida = (tmp_path / "ut" / "data.html").read_text("utf-8")
    koder = [unescape(k) for k in re.findall(r"<pre[^>]*>(.*?)</pre>", sida, re.DOTALL)]
    assert 'src="https://exempel.se/bokslut/2020/badda/i1-1.html"' in koder[0]
    assert 'href="https://exempel.se/bokslut/2020/malomrade-nytta.html#r-i1-1"' in koder[1]
    assert "<iframe" not in sida
    assert "ADRESSEN" not in sida


def test_without_an_address_the_reader_is_told_to_put_it_in(plats: Path) -> None:
    sida = (plats / "data.html").read_text("utf-8")
    assert "Byt ut <code>ADRESSEN/</code>" in sida
    assert "ADRESSEN/badda/i1-1.html" in sida


@pytest.mark.parametrize("farlig", ["<b>Farlig</b>", '"><script>'])
def test_a_title_cannot_break_out_of_the_code(utvardering: Utvardering, farlig: str) -> None:
    omrade = utvardering.malomraden[0]
    mal = replace(omrade.mal[0], resultat=(replace(omrade.mal[0].resultat[0], titel=farlig),))
    u = replace(utvardering, malomraden=(replace(omrade, mal=(mal,)),), berattelser=())
    kort = build_kort(build_innehall(u), "")[0]
    assert farlig not in kort.kod + kort.lankkod
