import pytest

from enkat.biljett import Dorr, Kvittens, las_dorr, las_kvittens, skriv_dorr, skriv_kvittens
from enkat.nycklar import Hemlighet

NYCKEL = Hemlighet(b"a" * 32, b"b" * 32, ())
DORRAR = [Dorr("lank"), Dorr("kiosk", "Ungdomstorget"), Dorr("kiosk", "", med_kod=True), Dorr("lank", "Å–ä")]


@pytest.mark.parametrize("dorr", DORRAR)
def test_a_ticket_reads_as_it_was_written(dorr: Dorr) -> None:
    assert las_dorr(NYCKEL, "r", skriv_dorr(NYCKEL, "r", dorr)) == dorr


def test_a_receipt_reads_as_it_was_written() -> None:
    k = Kvittens("redan_mottaget", "ABCD-1234", "ti")
    text = skriv_kvittens(NYCKEL, "r", k)
    assert las_kvittens(NYCKEL, "r", text) == k
    assert "ABCD" not in text


@pytest.mark.parametrize("text", ["", "x", "å", "AAAA", "A" * 5000, "!!!!"])
def test_what_is_no_ticket_opens_nothing(text: str) -> None:
    assert las_dorr(NYCKEL, "r", text) is None


def test_a_ticket_holds_for_one_round_one_use_and_one_key() -> None:
    text = skriv_dorr(NYCKEL, "r", Dorr("lank"))
    assert las_dorr(NYCKEL, "annan", text) is None
    assert las_kvittens(NYCKEL, "r", text) is None
    assert las_dorr(Hemlighet(b"a" * 32, b"c" * 32, ()), "r", text) is None
    assert las_dorr(NYCKEL, "r", text[:-4] + "AAAA") is None
