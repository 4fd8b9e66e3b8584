"""A kept proof: taken only when it shows that what is hidden is safe, whoever wrote it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bokslut.bevisfil import FIL, las_bevis, skriv_bevis
from bokslut.underlag import las
from indikatorer.evaluate import berakna
from indikatorer.forberedelse import Forberett
from indikatorer.resultat import som_json
from indikatorer.skydd.bevis import Bevis, haller
from indikatorer.skydd.insamling import samla
from indikatorer.skydd.intyg import Skal
from indikatorer.skydd.publicerat import Publicerat
from indikatorer.skydd.rojandevakt import bevis_i, oppna_celler, skydda

UMEA = Path("exempel/umea-2020")
REGISTRET = "2020/deltagare"


@pytest.fixture(scope="module")
def umea() -> Forberett:
    return las(Path("config/indicators.toml"), UMEA)


@pytest.fixture(scope="module")
def registret(umea: Forberett) -> Publicerat:
    _, beraknade = berakna(umea, None, False)
    return samla(beraknade[0], oppna_celler(beraknade[0]))["deltagare"]


@pytest.fixture(scope="module")
def bevis(umea: Forberett) -> Bevis:
    return umea.bevis[REGISTRET]


def test_the_proofs_that_go_with_the_example_hold(umea: Forberett, registret: Publicerat, bevis: Bevis) -> None:
    assert haller(registret, bevis)
    u = skydda(umea)
    assert u.intyg is not None
    assert u.intyg.haller
    assert bevis_i(u) == dict(umea.bevis), "mend with: bokslut rojandevakt --spara"


def test_what_a_proof_gives_is_what_the_search_finds(umea: Forberett) -> None:
    sokt = skydda(replace(umea, bevis={}))
    assert som_json(skydda(umea)) == som_json(sokt)
    assert {n: b.dolda for n, b in bevis_i(sokt).items()} == {n: b.dolda for n, b in umea.bevis.items()}


def _utan_en_som_skyddar(b: Bevis) -> Bevis:
    en = next(d for d in b.dolda if d.skal is Skal.SKYDDAR)
    return replace(b, dolda=tuple(d for d in b.dolda if d != en))


def _utan_en_av_regel(b: Bevis) -> Bevis:
    en = next(d for d in b.dolda if d.skal is Skal.REGEL)
    return replace(b, dolda=tuple(d for d in b.dolda if d != en))


def _med_okand(b: Bevis) -> Bevis:
    return replace(b, dolda=(*b.dolda, replace(b.dolda[0], nyckel=("cell", "99", "avslutade", ""))))


def _med_en_flyttad(b: Bevis) -> Bevis:
    forsta = list(b.varldar[0])
    forsta[0] += 1
    return replace(b, varldar=(tuple(forsta), *b.varldar[1:]))


def _negativ(b: Bevis) -> Bevis:
    """A world less another, many times over, fits every sum and holds fewer than nobody somewhere."""
    forsta, andra = (np.array(v) for v in b.varldar[:2])
    for ganger in range(1, 50):
        varld = forsta + ganger * (forsta - andra)
        if (varld < 0).any():
            return replace(b, varldar=(*b.varldar, tuple(varld.tolist())))
    raise AssertionError("no world with a negative group")


@pytest.mark.parametrize(
    "andra",
    [
        _utan_en_som_skyddar,
        _utan_en_av_regel,
        _med_okand,
        _med_en_flyttad,
        _negativ,
        lambda b: replace(b, varldar=()),
        lambda b: replace(b, varldar=b.varldar[:-1]),
        lambda b: replace(b, varldar=tuple(v[:-1] for v in b.varldar)),
        lambda b: replace(b, dolda=()),
    ],
)
def test_a_proof_that_was_tampered_with_shows_nothing(
    registret: Publicerat, bevis: Bevis, andra: Callable[[Bevis], Bevis]
) -> None:
    assert not haller(registret, andra(bevis))


def test_without_a_proof_that_holds_the_choice_is_made_anew(umea: Forberett, bevis: Bevis) -> None:
    u = skydda(replace(umea, bevis={REGISTRET: _utan_en_som_skyddar(bevis)}))
    assert som_json(u) == som_json(skydda(umea))


def test_a_proof_of_other_figures_is_not_taken(registret: Publicerat, bevis: Bevis) -> None:
    andra = registret.varden.copy()
    andra[int(np.flatnonzero(registret.synliga({n for n, u in enumerate(registret.uppgifter) if u.maste}))[0])] += 1
    assert not haller(replace(registret, varden=andra), bevis)


def test_a_proof_is_kept_and_read_back(tmp_path: Path, umea: Forberett) -> None:
    fil = skriv_bevis(tmp_path, umea.bevis)
    assert fil.stat().st_mode & 0o077 == 0, "it is as secret as the underlag"
    skriv_bevis(tmp_path, umea.bevis)
    assert las_bevis(tmp_path) == dict(umea.bevis)
    assert [f.name for f in tmp_path.iterdir()] == [FIL]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"om": "", "bevis": {"2020/x": {}}}',
        '{"om": "", "bevis": {"2020/x": {"dolda": [], "grupper": 3, "varldar": [[[0, -1]]]}}}',
        '{"om": "", "bevis": {"2020/x": {"dolda": [], "grupper": 3, "varldar": [[[0, 1e40]]]}}}',
        '{"om": "", "bevis": {"2020/x": {"dolda": [], "grupper": 99999999999, "varldar": [[]]}}}',
        '{"om": "", "bevis": {"2020/x": {"dolda": [{"nyckel": "x", "skal": "y"}], "grupper": 1, "varldar": []}}}',
    ],
)
def test_what_is_no_proof_is_as_no_file(tmp_path: Path, text: str) -> None:
    (tmp_path / FIL).write_text(text, "utf-8")
    assert las_bevis(tmp_path) == {}


def test_groups_that_there_are_not_show_nothing(tmp_path: Path) -> None:
    (tmp_path / FIL).write_text(
        '{"om": "", "bevis": {"2020/x": {"dolda": [], "grupper": 2, "varldar": [[[2, 1]]]}}}', "utf-8"
    )
    assert las_bevis(tmp_path)["2020/x"].varldar == ()
