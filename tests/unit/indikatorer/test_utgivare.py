"""The keys that tell who publishes: what is whole is taken as it is meant, what is not is refused."""

import pytest
from pydantic import ValidationError

from indikatorer.definition import Bokslut


def bokslut(**falt: str) -> Bokslut:
    return Bokslut(forbund="Exemplet", ar=2020, **falt)


@pytest.mark.parametrize(
    ("skriven", "last"),
    [
        ("https://www.exempel.se", "https://www.exempel.se/"),
        ("https://www.exempel.se/bokslut/", "https://www.exempel.se/bokslut/"),
        ("http://localhost:8000/a", "http://localhost:8000/a/"),
    ],
)
def test_an_address_ends_in_one_slash(skriven: str, last: str) -> None:
    assert bokslut(webbadress=skriven).utgivare().webbadress == last


@pytest.mark.parametrize(
    "adress",
    [
        "www.exempel.se",
        "ftp://exempel.se",
        "https://exempel.se/?a=1",
        "https://exempel.se/#a",
        "https://ex empel.se",
        'https://exempel.se/"x',
        "",
    ],
)
def test_what_is_no_whole_address_is_refused(adress: str) -> None:
    with pytest.raises(ValidationError):
        bokslut(webbadress=adress)


@pytest.mark.parametrize("nummer", ["2220000000", "222000-0000", "556036-0793"])
def test_a_number_is_kept_without_its_hyphen(nummer: str) -> None:
    assert bokslut(organisationsnummer=nummer).utgivare().organisationsnummer == nummer.replace("-", "")


@pytest.mark.parametrize("nummer", ["222000-0001", "22200-00000", "222000", "SE2220000000", "２２２０００-００００"])
def test_a_number_with_a_wrong_digit_is_refused(nummer: str) -> None:
    with pytest.raises(ValidationError):
        bokslut(organisationsnummer=nummer)


@pytest.mark.parametrize("kontakt", ["anna", "anna@exempel", "anna @exempel.se", "a@b@exempel.se"])
def test_a_contact_is_an_address_to_write_to(kontakt: str) -> None:
    with pytest.raises(ValidationError):
        bokslut(kontakt=kontakt)
    assert bokslut(kontakt="anna@exempel.se").utgivare().kontakt == "anna@exempel.se"


def test_nothing_needs_to_be_told() -> None:
    assert set(vars_of(bokslut())) == {""}


def vars_of(b: Bokslut) -> list[str]:
    u = b.utgivare()
    return [u.webbadress, u.organisationsnummer, u.kontakt]
