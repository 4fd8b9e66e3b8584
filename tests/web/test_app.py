"""The built site as the application serves it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bokslut.oppna_data.kort import STIL_SUMMA
from grund.headers import CONTENT_SECURITY_POLICY
from kansli.app import create_app


@pytest.fixture
def klient(tmp_path: Path) -> FlaskClient:
    mapp = tmp_path / "sida"
    mapp.mkdir()
    (mapp / "index.html").write_text("<h1>Å</h1>" * 100, "utf-8")
    (tmp_path / "hemligt.txt").write_text("hemligt", "utf-8")
    return create_app(mapp).test_client()


def test_the_front_page_carries_the_strict_headers(klient: FlaskClient) -> None:
    svar = klient.get("/", buffered=True)
    assert svar.status_code == 200
    policy = svar.headers["Content-Security-Policy"].split("; ")
    assert set(policy) - set(CONTENT_SECURITY_POLICY.split("; ")) == {"connect-src 'self'", "form-action 'none'"}
    assert policy[0] == "default-src 'none'"
    assert "Set-Cookie" not in svar.headers


def test_a_page_is_compressed_for_those_who_take_it(klient: FlaskClient) -> None:
    hel, packad = klient.get("/", buffered=True), klient.get("/", headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert packad.headers["Content-Encoding"] == "gzip"
    assert len(packad.data) < len(hel.data)
    assert gzip.decompress(packad.data) == hel.data


def test_a_page_that_has_not_changed_is_not_sent_again(klient: FlaskClient) -> None:
    huvuden = {"Accept-Encoding": "gzip"}
    etikett = klient.get("/", headers=huvuden, buffered=True).headers["ETag"]
    svar = klient.get("/", headers={**huvuden, "If-None-Match": etikett}, buffered=True)
    assert (svar.status_code, svar.data) == (304, b"")


@pytest.mark.parametrize("stig", ["/finns-inte.html", "/../hemligt.txt", "/%2e%2e/hemligt.txt", "/static/"])
def test_nothing_outside_the_site_is_served(klient: FlaskClient, stig: str) -> None:
    assert klient.get(stig, buffered=True).status_code == 404


def test_only_a_card_may_stand_in_a_frame_and_only_its_own_style_is_let_in(klient: FlaskClient, tmp_path: Path) -> None:
    (tmp_path / "sida" / "badda").mkdir()
    (tmp_path / "sida" / "badda" / "stod.html").write_text("<h1>Kort</h1>", "utf-8")
    kort, sida = (
        klient.get(stig, buffered=True).headers["Content-Security-Policy"] for stig in ("/badda/stod.html", "/")
    )
    assert "frame-ancestors *" in kort.split("; ")
    assert f"style-src '{STIL_SUMMA}'" in kort.split("; ")
    assert "script-src 'none'" in kort.split("; ")
    assert "frame-ancestors 'none'" in sida.split("; ")


def test_a_folder_is_its_first_page(klient: FlaskClient, tmp_path: Path) -> None:
    (tmp_path / "sida" / "en").mkdir()
    (tmp_path / "sida" / "en" / "index.html").write_text("<h1>In English</h1>", "utf-8")
    assert klient.get("/en/", buffered=True).text == "<h1>In English</h1>"
    svar = klient.get("/en")
    assert (svar.status_code, svar.location) == (308, "/en/")
    assert klient.get("/..").status_code == 404
