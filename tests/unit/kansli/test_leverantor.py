"""oidc.toml: what it says, and every fault in it told in Swedish."""

from __future__ import annotations

from pathlib import Path

import pytest

from grund.sakerhetskopia import UTESLUTNA
from indikatorer.diagnos import UnderlagFel
from kansli.konto.leverantor import HEMLIGHETER, Leverantor, las_leverantorer

HEL = """
[leverantor.umea]
namn = "Umeå kommun"
issuer = "https://login.exempel.se/umea"
client_id = "bokslut"
client_secret_fil = "umea.hemlig"
domaner = ["Umea.exempel.se"]
amr = ["mfa"]

[leverantor.region]
namn = "Regionen"
issuer = "https://login.exempel.se/region"
client_id = "bokslut"
domaner = ["region.exempel.se"]
intyg = "xms_edov"
acr = ["urn:stark"]
"""


def las(mapp: Path, text: str) -> dict[str, Leverantor]:
    (mapp / "oidc.toml").write_text(text, "utf-8")
    (mapp / "oidc").mkdir(exist_ok=True)
    return dict(las_leverantorer(mapp))


def lagg_hemlighet(mapp: Path) -> None:
    (mapp / "oidc").mkdir()
    (mapp / "oidc" / "umea.hemlig").write_text("hemlig\n", "utf-8")


def test_the_secrets_are_in_no_backup() -> None:
    assert HEMLIGHETER in UTESLUTNA


def test_an_installation_without_the_file_has_no_provider(tmp_path: Path) -> None:
    assert las_leverantorer(tmp_path) == {}


def test_what_stands_in_the_file_is_what_is_used(tmp_path: Path) -> None:
    lagg_hemlighet(tmp_path)
    alla = las(tmp_path, HEL)
    assert list(alla) == ["umea", "region"]
    assert alla["umea"] == Leverantor(
        "umea",
        "Umeå kommun",
        "https://login.exempel.se/umea",
        "bokslut",
        frozenset({"umea.exempel.se"}),
        "hemlig",
        amr=("mfa",),
    )
    assert (alla["region"].hemlighet, alla["region"].intyg, alla["region"].acr) == (None, "xms_edov", ("urn:stark",))
    assert "hemlig" not in repr(alla)


def test_a_secret_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"umea\.hemlig"):
        las(tmp_path, HEL)


@pytest.mark.parametrize(
    ("fran", "till", "sagt"),
    [
        ("https://login.exempel.se/region", "http://login.exempel.se", "https://"),
        ("https://login.exempel.se/region", "https://a:b@login.exempel.se", "https://"),
        ("https://login.exempel.se/region", "https://login.exempel.se/?x=1", "https://"),
        ('["region.exempel.se"]', "[]", "domaner"),
        ('["region.exempel.se"]', '["anna@region.exempel.se"]', "efter @"),
        ("[leverantor.region]", "[leverantor.Region]", "leverantor"),
        ('namn = "Regionen"', "", "namn"),
        ("intyg", "intygg", "intyg"),
        ('"umea.hemlig"', '"../nycklar/umea.hemlig"', "utan sökväg"),
        ('"umea.hemlig"', '".."', "utan sökväg"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, fran: str, till: str, sagt: str) -> None:
    lagg_hemlighet(tmp_path)
    assert fran in HEL
    with pytest.raises(UnderlagFel) as fel:
        las(tmp_path, HEL.replace(fran, till))
    assert "oidc.toml:" in str(fel.value)
    assert sagt in str(fel.value)


@pytest.mark.parametrize(
    ("epost", "svarar"),
    [
        ("anna@exempel.se", True),
        ("Anna@EXEMPEL.se", True),
        ("anna@under.exempel.se", False),
        ("anna@exempel.se@ond.se", False),
        ("anna@ond.se@exempel.se", False),
        ("exempel.se", False),
        ("", False),
    ],
)
def test_a_provider_speaks_for_its_domains_alone(epost: str, svarar: bool) -> None:
    lev = Leverantor("x", "X", "https://x.se", "b", frozenset({"exempel.se"}))
    assert lev.svarar_for(epost) is svarar
