"""What the measurement says of tests: only those that ran and passed have shown anything."""

import ast
from pathlib import Path

import pytest

from bench import tillganglighet as bench_tillganglighet
from bench.matning import ROT
from bench.sidgranskning import ar_utomstaende
from bench.tillganglighet import PROV, _som_toml, _utfall
from bokslut import matt, tillganglighet


@pytest.mark.parametrize(
    ("antal", "utfall"),
    [
        ({"tests": 3}, True),
        ({"tests": 3, "failures": 1}, False),
        ({"tests": 3, "errors": 1}, False),
        ({"tests": 3, "skipped": 1}, None),
        ({"tests": 0}, None),
    ],
)
def test_a_test_that_did_not_run_has_shown_nothing(antal: dict[str, int], utfall: bool | None) -> None:
    falt = " ".join(f'{namn}="{tal}"' for namn, tal in antal.items())
    assert _utfall(f"<testsuites><testsuite {falt}/></testsuites>") is utfall


def test_every_claim_has_tests_that_exist() -> None:
    assert PROV.keys() == tillganglighet.PROV.keys()
    for test in (t for tester in PROV.values() for t in tester):
        fil, _, namn = test.partition("::")
        funktioner = {
            n.name for n in ast.walk(ast.parse((ROT / fil).read_text("utf-8"))) if isinstance(n, ast.FunctionDef)
        }
        assert not namn or namn in funktioner, test


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    m = matt.las()
    assert m is not None
    fil = tmp_path / "matt.toml"
    fil.write_text(_som_toml(m.model_dump(exclude_none=True)), "utf-8")
    assert matt.las(fil) == m


@pytest.mark.parametrize(
    ("adress", "andras"),
    [("http://127.0.0.1:1/a", False), ("data:,", False), ("https://x.se/a", True), ("wss://x.se", True)],
)
def test_an_address_that_leaves_the_machine_is_told_apart(adress: str, andras: bool) -> None:
    assert ar_utomstaende(adress) is andras


def test_nothing_is_written_when_the_pages_change_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fil = tmp_path / "matt.toml"
    monkeypatch.setattr(matt, "FIL", fil)
    monkeypatch.setattr(bench_tillganglighet, "hitta_chromium", lambda: "chromium")
    monkeypatch.setattr(bench_tillganglighet, "_matt", lambda chromium, ut: {"avtryck": "andra sidor", "axe": []})
    with pytest.raises(SystemExit, match="ändrades medan de mättes"):
        bench_tillganglighet.main()
    assert not fil.exists()
