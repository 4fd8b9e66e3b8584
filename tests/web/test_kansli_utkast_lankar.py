"""The draft, before anything is published: every link of every page of it leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from kansli.publicering.arbeten import utkastmapp
from tests.kansliprov import Prov
from tests.publiceringsprov import bygg_litet, posta, vanta_pa_arbetet

SIDAN = "/kansli/publicering/2020"
HAMTAS = re.compile(r'\s(?:href|src)="([^"]*)"')


@pytest.fixture(scope="module")
def prov(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prov]:
    prov = bygg_litet(tmp_path_factory.mktemp("utkast"))
    assert posta(prov.person("forbundschef"), SIDAN, f"{SIDAN}/utkast").status_code == 303
    vanta_pa_arbetet()
    yield prov
    prov.motor.dispose()


def sidor(prov: Prov) -> list[str]:
    rot: Path = utkastmapp(prov.mapp, 2020)
    return [f"/kansli/utkast/2020/{fil.relative_to(rot).as_posix()}" for fil in sorted(rot.rglob("*.html"))]


def lankar(prov: Prov, adress: str) -> Iterator[str]:
    """Every address on the site that a page leads to or fetches."""
    svar = prov.person("forbundschef").get(adress, buffered=True, follow_redirects=True)
    assert svar.status_code == 200
    for lank in map(unescape, HAMTAS.findall(svar.text)):
        delar = urlsplit(urljoin(f"http://localhost{adress}", lank))
        if delar.scheme == "http" and delar.netloc == "localhost":
            yield delar.path


def test_every_link_of_a_draft_leads_somewhere(prov: Prov) -> None:
    alla = {lank: sida for sida in sidor(prov) for lank in lankar(prov, sida)}
    assert len(sidor(prov)) > 10
    assert "/kansli/utkast/2020/data.html" in alla
    klient = prov.person("forbundschef")
    brutna = [(sida, lank) for lank, sida in sorted(alla.items()) if klient.get(lank, buffered=True).status_code >= 400]
    assert brutna == []


def test_the_versions_of_a_draft_are_those_that_the_staff_see(prov: Prov) -> None:
    html = prov.person("styrelse").get("/kansli/utkast/2020/metod.html", buffered=True).text
    assert re.search(rf'<a href="{SIDAN}">Alla versioner</a>', html)
    assert "versioner.css" not in html
