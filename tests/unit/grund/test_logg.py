import logging

import pytest

from grund.logg import LOGGAR, UtanKoder, skydda_loggar


@pytest.mark.parametrize(
    "text", ["123456789012345", "123 456 789 012 345", "123%20456%20789%20012%20345", "123-456-789-012"]
)
def test_a_code_is_masked(text: str) -> None:
    rad = logging.LogRecord("x", logging.INFO, "f", 1, "%s", (f"GET /e/{text} HTTP/1.1",), None)
    UtanKoder().filter(rad)
    assert rad.getMessage() == "GET /e/… HTTP/1.1"


def test_digits_of_another_script_are_masked() -> None:
    rad = logging.LogRecord("x", logging.INFO, "f", 1, "GET /e?" + "%D9%A1" * 15, (), None)
    UtanKoder().filter(rad)
    assert rad.getMessage() == "GET /e?…"


def test_the_rest_of_a_line_stays() -> None:
    text = '192.168.100.200 - - [22/Nov/2026 16:25:49] "POST /e/deltagare-2026 HTTP/1.1" 200 12345'
    rad = logging.LogRecord("x", logging.INFO, "f", 1, text, (), None)
    UtanKoder().filter(rad)
    assert rad.getMessage() == text


@pytest.mark.parametrize("adress", ["192.0.2.7", "2001:db8::7"])
def test_whoever_sent_what_cannot_be_read_is_not_named(adress: str) -> None:
    rad = logging.LogRecord("x", logging.INFO, "f", 1, f"Invalid request from ip={adress}: Invalid Header", (), None)
    UtanKoder().filter(rad)
    assert rad.getMessage() == "Invalid request from ip=… Invalid Header"


def test_a_code_in_a_traceback_is_masked_too() -> None:
    try:
        int("123456789012345x")
    except ValueError as fel:
        rad = logging.LogRecord("x", logging.ERROR, "f", 1, "fel", (), (type(fel), fel, fel.__traceback__))
    UtanKoder().filter(rad)
    sagt = logging.Formatter().format(rad)
    assert "invalid literal" in sagt
    assert "123456789012345x" not in sagt.rpartition("ValueError")[2]


def test_protecting_twice_is_protecting_once() -> None:
    skydda_loggar()
    skydda_loggar()
    for namn in LOGGAR:
        assert sum(isinstance(f, UtanKoder) for f in logging.getLogger(namn).filters) == 1


def test_what_opens_an_account_is_masked() -> None:
    rad = logging.LogRecord("x", logging.ERROR, "f", 1, "Exception on %s [GET]", ("/kansli/inbjudan/aB-3_x9",), None)
    UtanKoder().filter(rad)
    assert rad.getMessage() == "Exception on /kansli/inbjudan/… [GET]"
