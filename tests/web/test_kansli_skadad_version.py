"""A published version that is broken on the disk: every page of the staff still opens, or says what is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kansli.roller import Roll, far
from tests.kansliprov import Prov
from tests.publiceringsprov import bygg_litet
from tests.unit.bokslut.litet_underlag import Litet
from tests.web.test_kansli_roller import rutter

# Names that there are in the small bokslut, where an address asks for one.
NAMN = {"texter": "stod", "exempel": "ett.md", "mal": "stod", "malversioner": "stod"}


def _klipp(fil: Path) -> None:
    fil.write_bytes(fil.read_bytes()[:200])


def _byt(fil: Path) -> None:
    fil.write_text(fil.read_text("utf-8").replace("90", "91"), "utf-8")


def _tom(fil: Path) -> None:
    fil.write_text("{}", "utf-8")


SKADOR: dict[str, Callable[[Path], None]] = {
    "manifestet är avklippt": lambda v1: _klipp(v1 / "manifest.json"),
    "manifestet är borta": lambda v1: (v1 / "manifest.json").unlink(),
    "manifestet är något annat": lambda v1: _tom(v1 / "manifest.json"),
    "resultaten är avklippta": lambda v1: _klipp(v1 / "resultat.json"),
    "resultaten är borta": lambda v1: (v1 / "resultat.json").unlink(),
    "resultaten är något annat": lambda v1: _tom(v1 / "resultat.json"),
    "en sida är ändrad för hand": lambda v1: _byt(v1 / "index.html"),
    "resultaten är ändrade för hand": lambda v1: _byt(v1 / "resultat.json"),
    "mappen är tom": lambda v1: [f.unlink() for f in v1.rglob("*") if f.is_file()] and None,
}
# What the version told is not known then; a page that was changed tells nothing that the results do not.
OKANDA = [namn for namn in SKADOR if namn != "en sida är ändrad för hand"]


@pytest.fixture(scope="module")
def publicerat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    litet = Litet(tmp_path_factory.mktemp("publicerad"))
    litet.publicerad()
    return litet.publicerat


@pytest.fixture(params=[*((2020, skada) for skada in SKADOR), (2019, OKANDA[0]), (2019, OKANDA[-2])])
def skadad(request: pytest.FixtureRequest, publicerat: Path, tmp_path: Path) -> Iterator[tuple[str, Prov]]:
    ar, skada = request.param
    prov = bygg_litet(tmp_path)
    skada_version(prov, publicerat, ar, skada)
    yield skada, prov
    prov.motor.dispose()


def skada_version(prov: Prov, publicerat: Path, ar: int, skada: str) -> None:
    """Let a year, this one or the one before it, have a version that is damaged."""
    shutil.copytree(publicerat / "2020", prov.mapp.publicerat / str(ar))
    SKADOR[skada](prov.mapp.publicerat / str(ar) / "v1")


def test_no_page_fails(skadad: tuple[str, Prov]) -> None:
    skada, prov = skadad
    klient = prov.person("forbundschef")
    for regel, allmant in rutter(prov):
        adress = allmant.replace("/x/", f"/{NAMN.get(regel.endpoint.split('.')[0], 'x')}/").replace(
            "kansli.css", "stod"
        )
        if "GET" not in (regel.methods or ()) or regel.endpoint == "konto.logga_ut":
            continue
        svar = klient.get(adress, buffered=True)
        assert svar.status_code < 500, (skada, adress, svar.status)
        if svar.status_code == 422:
            assert "Det går inte att lita på en fil" in svar.text, (skada, adress)
            assert str(prov.mapp.rot) not in svar.text, (skada, adress)


def test_the_publishing_page_tells_of_it(skadad: tuple[str, Prov]) -> None:
    _skada, prov = skadad
    sida = prov.person("forbundschef").get("/kansli/publicering/2020")
    assert sida.status_code == 200
    assert "En publicerad version har ändrats" in sida.text


@pytest.mark.parametrize("sida", ["texter/2020/stod", "exempel/2020/ett.md", "signaler/2020", "mal/2020"])
@pytest.mark.parametrize("skada", OKANDA)
@pytest.mark.parametrize("ar", [2019, 2020])
def test_figures_that_may_tell_more_than_before_are_not_shown(
    ar: int, skada: str, sida: str, publicerat: Path, tmp_path: Path
) -> None:
    """What the version told is not known, so nobody knows what must be hidden beside it."""
    prov = bygg_litet(tmp_path)
    skada_version(prov, publicerat, ar, skada)
    for roll in (Roll.FORBUNDSCHEF, Roll.GRANSKARE):
        if far(roll, f"{sida.split('/')[0]}.lista"):
            svar = prov.person(roll).get(f"/kansli/{sida}")
            assert svar.status_code == 422
            assert f"publicerat/{ar}/v1/" in svar.text
            assert "hämta mappen" in svar.text.casefold()
    prov.motor.dispose()


def test_a_version_that_is_mended_is_seen_at_once(publicerat: Path, tmp_path: Path) -> None:
    prov = bygg_litet(tmp_path)
    skada_version(prov, publicerat, 2019, "manifestet är borta")
    chef = prov.person("forbundschef")
    assert "En publicerad version har ändrats" in chef.get("/kansli/publicering/2020").text
    shutil.copy(publicerat / "2020" / "v1" / "manifest.json", prov.mapp.publicerat / "2019" / "v1")
    assert "En publicerad version har ändrats" not in chef.get("/kansli/publicering/2020").text
    assert chef.get("/kansli/signaler/2020").status_code == 200
    prov.motor.dispose()
