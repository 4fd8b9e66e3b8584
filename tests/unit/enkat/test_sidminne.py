"""A page that is kept: made once, and each time with the seal of the one who asks."""

from __future__ import annotations

import gzip
import random
import subprocess

import pytest

from enkat.sidminne import FLEST, Sida, Sidminne


def test_a_page_is_made_once_and_carries_each_ones_seal() -> None:
    minne, gjorda = Sidminne(), []

    def gor(sigill: str) -> str:
        gjorda.append(sigill)
        return f"<p>före {sigill} efter"

    assert minne.hamta(("a",), gor).med("ETT") == "<p>före ETT efter"
    assert minne.hamta(("a",), gor).med("TVÅ") == "<p>före TVÅ efter"
    assert len(gjorda) == 1
    assert gjorda[0] not in ("ETT", "TVÅ"), "nobody's seal is kept"


def test_another_key_is_another_page() -> None:
    minne = Sidminne()
    assert minne.hamta(("sv",), lambda s: f"hej {s}").med("x") == "hej x"
    assert minne.hamta(("en",), lambda s: f"hi {s}").med("x") == "hi x"


def test_the_memory_has_an_end() -> None:
    minne = Sidminne()
    for nr in range(3 * FLEST):
        minne.hamta((nr,), lambda s: s)
    assert len(minne._sidor) <= FLEST


@pytest.mark.parametrize("langd", [0, 1, 336, 4096])
def test_a_packed_page_is_the_page(langd: int) -> None:
    slump = random.Random(langd)
    sigill = "".join(slump.choices("ABCdef123-_", k=langd))
    sida = Sida("<p>ÅÄÖ ሰላም " * 500, " سلام</p>" * 300)
    packad = sida.packad(sigill)
    assert gzip.decompress(packad).decode() == sida.med(sigill)
    assert subprocess.run(["gzip", "-dc"], input=packad, capture_output=True, check=True).stdout == gzip.decompress(
        packad
    )
    assert len(packad) < len(sida.med(sigill).encode()) / 3


def test_what_is_packed_once_holds_nobodys_seal() -> None:
    sida = Sida("före " * 100, " efter" * 100)
    delar = sida._delar
    assert sida.packad("A" * 300) != sida.packad("B" * 300)
    assert sida._delar == delar
