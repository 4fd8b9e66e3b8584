"""The first person comes in, by the commands that the README names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from kansli.cli import main
from kansli.kommandon.anvandare import skapa_app

ENKAT = 'forbund = "Provförbundet"\nkontakt = "kansliet@exempel.se"\n'


@pytest.fixture
def instans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BOKSLUT_INSTANS", str(tmp_path / "instans"))
    monkeypatch.delenv("BOKSLUT_DATABAS", raising=False)
    return tmp_path / "instans"


def kor(*arg: str) -> tuple[int, str]:
    svar = CliRunner().invoke(main, arg)
    return svar.exit_code, svar.output


def test_the_first_person_is_made_by_a_command_and_chooses_a_password_herself(instans: Path) -> None:
    status, text = kor("anvandare", "--epost", "Chef@Exempel.se", "--namn", "Anna Chef", "--adress", "https://k.se/")
    lank = re.search(r"https://k\.se(/kansli/inbjudan/[\w-]+)", text)
    assert (status, lank is not None) == (0, True)
    (instans / "enkat.toml").write_text(ENKAT, "utf-8")
    sida = skapa_app().test_client().get(lank[1] if lank else "")
    assert (sida.status_code, "Hej Anna Chef!" in sida.text, "Provförbundet" in sida.text) == (200, True, True)


@pytest.mark.parametrize(
    ("arg", "sagt"),
    [
        (("--epost", "anna", "--namn", "Anna"), "ingen e-postadress"),
        (("--epost", "a@exempel.se", "--namn", "Anna", "--roll", "kung"), "'kung'"),
    ],
)
def test_what_cannot_be_an_account_is_told(instans: Path, arg: tuple[str, ...], sagt: str) -> None:
    status, text = kor("anvandare", *arg)
    assert status != 0
    assert sagt in text


def test_the_same_address_twice_is_told_with_what_to_do(instans: Path) -> None:
    kor("anvandare", "--epost", "a@exempel.se", "--namn", "Anna")
    status, text = kor("anvandare", "--epost", "A@exempel.se", "--namn", "Anna")
    assert (status, "glömt lösenordet" in text) == (1, True)


def test_the_pages_are_not_served_without_an_instance(instans: Path) -> None:
    status, text = kor("kansli", "--port", "0")
    assert (status, "BOKSLUT_INSTANS" in text, "Traceback" in text) == (1, True, False)
