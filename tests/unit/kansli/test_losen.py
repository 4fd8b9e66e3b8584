"""Passwords and second factors."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from argon2 import DEFAULT_MEMORY_COST, DEFAULT_TIME_COST, PasswordHasher, Type, extract_parameters

from kansli.konto import losen

NU = datetime(2026, 11, 22, 12, 0, 10, tzinfo=UTC)
HEMLIG = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def kod(om: timedelta = timedelta(0)) -> str:
    return pyotp.TOTP(HEMLIG).at(NU + om)


@pytest.mark.parametrize(
    ("ord_", "varfor"),
    [
        ("kort", "4 tecken"),
        ("elva tecken", "11 tecken"),
        ("a" * 40, "samma tecken"),
        ("abababababababab", "samma tecken"),
        ("Lösenord12345", "lösenord"),
        ("svensson12345", "svensson"),
        ("x" * 100 + "yzåäö" * 21, "högst 200"),
    ],
)
def test_a_password_that_can_be_guessed_is_refused_with_the_reason(ord_: str, varfor: str) -> None:
    fel = losen.brist(ord_, "anna.svensson@exempel.se", "Anna Svensson")
    assert fel is not None
    assert varfor in fel


@pytest.mark.parametrize(
    "ord_", ["fyra gula bussar hoppar", "Xk9#mQ2$vL7p", "lösenord men tillsammans med tre andra ord"]
)
def test_a_long_password_of_any_kind_is_taken(ord_: str) -> None:
    assert losen.brist(ord_, "anna@exempel.se", "Anna") is None


def test_a_hash_says_yes_to_its_password_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(losen, "argon", PasswordHasher())
    hash_ = losen.hasha("fyra gula bussar hoppar")
    varden = extract_parameters(hash_)
    assert (varden.type, varden.memory_cost, varden.time_cost) == (Type.ID, DEFAULT_MEMORY_COST, DEFAULT_TIME_COST)
    assert losen.stammer(hash_, "fyra gula bussar hoppar")
    assert not losen.stammer(hash_, "fyra gula bussar Hoppar")
    assert not losen.stammer(None, "fyra gula bussar hoppar")


def test_a_code_belongs_to_its_half_minute_and_the_ones_beside_it() -> None:
    steg = int(NU.timestamp()) // 30
    for om, vantat in ((0, steg), (-30, steg - 1), (30, steg + 1), (-60, None), (60, None)):
        assert losen.totp_steg(HEMLIG, kod(timedelta(seconds=om)), NU, None) == vantat


def test_a_code_is_not_taken_twice_nor_an_older_one_after_it() -> None:
    steg = losen.totp_steg(HEMLIG, kod(), NU, None)
    assert losen.totp_steg(HEMLIG, kod(), NU, steg) is None
    assert losen.totp_steg(HEMLIG, kod(timedelta(seconds=-30)), NU, steg) is None


def test_a_code_is_read_as_people_type_it() -> None:
    rena = kod()
    arabiska = rena.translate({ord(str(n)): chr(0x660 + n) for n in range(10)})
    assert all(losen.totp_steg(HEMLIG, text, NU, None) for text in (f"{rena[:3]} {rena[3:]}", f" {rena}\n", arabiska))
    assert not any(losen.totp_steg(HEMLIG, text, NU, None) for text in ("", "abc", rena[:5], rena + "0"))


def test_a_sealed_secret_opens_here_and_for_its_account_only() -> None:
    forseglat = losen.forsegla(b"a" * 32, "konto1", HEMLIG)
    assert HEMLIG.encode() not in forseglat
    assert losen.bryt(b"a" * 32, "konto1", forseglat) == HEMLIG
    assert losen.bryt(b"b" * 32, "konto1", forseglat) is None
    assert losen.bryt(b"a" * 32, "konto2", forseglat) is None


def test_reserve_codes_differ_and_are_read_as_people_type_them() -> None:
    koder = losen.nya_reservkoder()
    assert len(set(koder)) == losen.RESERVKODER
    assert {losen.normera_reservkod(f" {k.upper().replace('-', ' ')} ") for k in koder} == set(koder)
