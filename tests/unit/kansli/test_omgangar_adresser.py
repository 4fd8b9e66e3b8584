"""Addresses as people paste them, and codes as they type them."""

import pytest

from enkat import koder, nycklar
from kansli.omgangar.makulering import FelKod, las_koder
from kansli.omgangar.utskick import las_inklistrade, radord

HEMLIGHET = nycklar.Hemlighet(b"k" * 32, b"q" * 32, ())
ANNAN = nycklar.Hemlighet(b"a" * 32, b"q" * 32, ())


@pytest.mark.parametrize(
    "text",
    [
        "a@x.se, b@x.se",
        "a@x.se;b@x.se",
        "a@x.se\r\nb@x.se\r\n",
        "<a@x.se>\t<b@x.se>",
        "epost\na@x.se\nb@x.se",
        "A@X.SE b@x.se",
    ],
)
def test_any_way_to_list_addresses_is_read(text: str) -> None:
    mottagare, fel = las_inklistrade(text)
    assert [m.epost for m in mottagare] == ["a@x.se", "b@x.se"]
    assert fel == []


def test_a_fault_has_the_number_of_its_address() -> None:
    _, fel = las_inklistrade('a@x.se, b, "c')
    assert [text.split(":")[0] for text in radord(fel, "Adress")] == ["Adress 2", "Adress 3"]


def test_the_first_code_that_is_not_the_round_s_is_named_by_its_line_alone() -> None:
    min_, annans = koder.skapa(HEMLIGHET.kod, 1)[0], koder.skapa(ANNAN.kod, 1)[0]
    assert las_koder([koder.visa(min_)], HEMLIGHET) == [min_]
    with pytest.raises(FelKod) as fel:
        las_koder([min_, annans], HEMLIGHET)
    assert fel.value.rad == 2
    assert annans not in str(fel.value)
