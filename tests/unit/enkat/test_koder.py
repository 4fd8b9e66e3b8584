from itertools import combinations, product

import pytest

from enkat import koder
from enkat.koder import KodFel

NYCKEL = bytes(range(32))
KOD = koder.skapa(NYCKEL, 1)[0]


def test_codes_have_fifteen_digits_and_no_two_are_alike() -> None:
    nya = koder.skapa(NYCKEL, 2000)
    assert len(set(nya)) == 2000
    assert all(len(kod) == koder.LANGD and kod.isdecimal() and koder.stavning_ok(kod, NYCKEL) for kod in nya)


@pytest.mark.parametrize(
    "skriv",
    [
        koder.visa,
        lambda kod: "-".join(kod),
        lambda kod: f" \t{kod[:5]}–{kod[5:10]}\u00a0{kod[10:]}\n",
        lambda kod: "\u200f" + "".join(chr(0x0660 + int(s)) for s in kod),  # arabic, after a mark of direction
        lambda kod: "".join(chr(0x06F0 + int(s)) for s in kod),  # dari
        lambda kod: "".join(chr(0xFF10 + int(s)) for s in kod),  # full width
    ],
)
def test_any_scripts_digits_and_any_grouping_are_read(skriv) -> None:  # type: ignore[no-untyped-def]
    assert koder.las(skriv(KOD)) == KOD


@pytest.mark.parametrize(
    ("text", "orsak"),
    [("", "langd"), (KOD[:-1], "langd"), (KOD + "1", "langd"), ("O" + KOD[1:], "tecken"), ("9" * 10**6, "langd")],
    ids=["tom", "for kort", "for lang", "bokstav", "en miljon siffror"],
)
def test_what_is_no_code_is_told_apart(text: str, orsak: str) -> None:
    with pytest.raises(KodFel) as fel:
        koder.las(text)
    assert fel.value.orsak == orsak


def test_every_single_wrong_digit_is_a_misspelling() -> None:
    fel = [KOD[:i] + str(s) + KOD[i + 1 :] for i in range(koder.LANGD) for s in range(10) if str(s) != KOD[i]]
    assert len(fel) == 135
    assert not any(koder.stavning_ok(kod, NYCKEL) for kod in fel)


def test_every_two_digits_that_changed_places_are_a_misspelling() -> None:
    for kod, (i, j) in product(koder.skapa(NYCKEL, 40), combinations(range(koder.SLUMPSIFFROR), 2)):
        bytt = list(kod)
        bytt[i], bytt[j] = bytt[j], bytt[i]
        assert bytt == list(kod) or not koder.stavning_ok("".join(bytt), NYCKEL)


def test_a_code_of_another_round_is_a_misspelling_but_for_one_in_a_thousand() -> None:
    traffar = sum(koder.stavning_ok(kod, bytes(32)) for kod in koder.skapa(NYCKEL, 5000))
    assert traffar < 20  # 5 ± 2.2 by chance


def test_the_weights_of_any_round_are_different_and_never_zero() -> None:
    for nummer in range(300):
        vikter, _ = koder._vikter(nummer.to_bytes(32, "big"))
        assert len(set(vikter)) == koder.SLUMPSIFFROR
        assert 0 not in vikter


def test_an_error_never_holds_what_was_typed() -> None:
    for text in (KOD + "1", KOD[:-1] + "x"):
        with pytest.raises(KodFel) as fel:
            koder.las(text)
        assert KOD[:6] not in f"{fel.value!r} {fel.value} {vars(fel.value)}"


def test_the_stored_hash_hangs_on_the_key() -> None:
    assert koder.avtryck(KOD, NYCKEL) != koder.avtryck(KOD, bytes(32))
    assert len(koder.avtryck(KOD, NYCKEL)) == 32
