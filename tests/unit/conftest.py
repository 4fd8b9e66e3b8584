"""A PDF that is drawn once: what a document says is tested where it is made, and drawing takes seconds."""

from __future__ import annotations

import warnings
from datetime import date

import pytest

from bokslut.tryck import pdf

HTML = """<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Bokslutet</title></head>
<body><h1>Bokslutet</h1><p>Det gick bra.</p></body></html>"""


@pytest.fixture(scope="session")
def pdf_data() -> bytes:
    """A small document with all that an archive and a screen reader ask for."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves the colour profile open
        return pdf.rita(HTML, (), date(2020, 12, 31))


@pytest.fixture
def snabb_pdf(monkeypatch: pytest.MonkeyPatch, pdf_data: bytes) -> None:
    """Every document of a site is that one."""
    monkeypatch.setattr(pdf, "rita", lambda *_: pdf_data)
