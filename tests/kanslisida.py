"""A page of the staff's in the tests: what every page must be is seen to when it is read."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

from werkzeug.test import TestResponse


def sida(svar: TestResponse) -> str:
    """The page, after what every page must be has been seen to."""
    html = svar.text
    assert svar.mimetype == "text/html"
    assert len(re.findall(r"<h1\b", html)) == 1
    assert re.search(r"<html lang=\"(sv|en)\"", html)
    assert re.search(r"<title>[^<]+ · ", html)
    assert not re.search(r"\bstyle=|<script|\bon\w+=", html), "the policy forbids it"
    ids = re.findall(r'\bid="([^"]*)"', html)
    assert len(ids) == len(set(ids)), sorted({i for i in ids if ids.count(i) > 1})
    pekade = [
        peka for lista in re.findall(r'\baria-(?:labelledby|describedby)="([^"]*)"', html) for peka in lista.split()
    ]
    assert set(pekade) <= set(ids), set(pekade) - set(ids)
    falt = re.findall(r"<(?:input|select|textarea)\b[^>]*>", html)
    etiketter = set(re.findall(r'<label for="([^"]*)"', html))
    for f in falt:
        id_ = re.search(r'\bid="([^"]*)"', f)
        assert 'type="hidden"' in f or (id_ is not None and id_[1] in etiketter), f
    rubriker = [int(niva) for niva in re.findall(r"<h([1-6])\b", html)]
    assert all(b - a <= 1 for a, b in pairwise(rubriker)), rubriker
    return html


def lankar(html: str) -> list[str]:
    """Every address that a page links to."""
    return [unescape(lank) for lank in re.findall(r'<a\b[^>]*\bhref="([^"]*)"', html)]
