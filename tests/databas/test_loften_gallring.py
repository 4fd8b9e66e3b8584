"""Promise 7: rows go on the declared day; the counts that the indicators use stay, and give the same bokslut."""

import json
from functools import partial
from pathlib import Path

import pytest

from bokslut.bevisfil import FIL, glom_bevis, las_bevis, skriv_bevis
from bokslut.underlag import las
from enkat.frysning import fryst_mapp
from enkat.frysning.gallring import gallra
from enkat.omgang import OmgangFel
from enkat.store import las_omgang
from indikatorer.evaluate import evaluate
from indikatorer.resultat import som_json
from indikatorer.skydd.bevis import Bevis
from indikatorer.skydd.intyg import Dold, Skal
from tests.databas.provenkat import INDIKATORER, Prov
from tests.databas.test_frys import SVAR, frysta, fyll


@pytest.fixture
def fryst(prov: Prov, tmp_path: Path) -> Path:
    fyll(prov)
    frysta(prov, tmp_path / "ut")
    (tmp_path / "indicators.toml").write_text(INDIKATORER, "utf-8")
    return tmp_path / "ut"


def gallrad(prov: Prov, mapp: Path) -> None:
    omgang = las_omgang(prov.session, prov.omgang.id)
    assert omgang is not None
    forberett = las(mapp.parent / "indicators.toml", mapp)
    gallra(prov.session, omgang, mapp, "deltagarenkat", forberett, partial(glom_bevis, mapp))


def resultat(mapp: Path, minsta: int | None = None, config: str = INDIKATORER) -> object:
    (mapp.parent / "indicators.toml").write_text(config, "utf-8")
    forberett = las(mapp.parent / "indicators.toml", mapp)
    assert forberett.alla_diagnoser() == []
    return som_json(evaluate(forberett, minsta))


@pytest.mark.parametrize("vid_liten_rest", ["dolj_uppdelning", "bas_kand_kon"])
def test_after_disposal_every_figure_is_the_same(prov: Prov, fryst: Path, vid_liten_rest: str) -> None:
    config = INDIKATORER.replace("[standard]", f'[standard]\nvid_liten_rest = "{vid_liten_rest}"')
    fore = [resultat(fryst, minsta, config) for minsta in (None, 0)]
    gallrad(prov, fryst)
    assert [resultat(fryst, minsta, config) for minsta in (None, 0)] == fore
    assert fryst_mapp.andrade(fryst) == []


def test_after_disposal_no_row_is_left_and_no_two_answers_meet(prov: Prov, fryst: Path) -> None:
    gallrad(prov, fryst)
    assert sorted(f.name for f in fryst.iterdir()) == [
        "deltagarenkat.raknat.json",
        "manifest.json",
        "salt",
        "underlag.toml",
    ]
    kvar = json.loads((fryst / "deltagarenkat.raknat.json").read_text("utf-8"))
    assert kvar["rader"] == len(SVAR)
    # The condition on two questions is kept as its outcome; elsewhere a count is about one question.
    fragor = [{ord_[0] for uttryck in json.loads(n) for klausul in uttryck for ord_ in klausul} for n in kvar["tal"]]
    assert sorted(map(sorted, (f - {"kon"} for f in fragor if f - {"kon"}))) in (
        [["annan", "redo"], ["stod"]],
        [["annan", "redo"], ["stod"], ["stod"]],
    )
    omgang = las_omgang(prov.session, prov.omgang.id)
    assert omgang is not None
    assert omgang.lage == "gallrad"


# What is hidden by a rule is about a few persons, and each värld holds as many as there may be of them.
BEVIS = Bevis((Dold(("resultat", "stod", ""), Skal.REGEL),), ((3, 12), (0, 15)))


def test_the_proof_of_what_is_hidden_goes_with_the_rows_also_from_the_year_that_follows(
    prov: Prov, fryst: Path, tmp_path: Path
) -> None:
    (tmp_path / "2027").mkdir()
    skriv_bevis(fryst, {"2026/deltagarenkat": BEVIS})
    skriv_bevis(tmp_path / "2027", {"2026/deltagarenkat": BEVIS, "2027/deltagarenkat": BEVIS, "2026/register": BEVIS})
    gallrad(prov, fryst)
    assert not (fryst / FIL).exists()
    assert sorted(las_bevis(tmp_path / "2027")) == ["2026/register", "2027/deltagarenkat"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"bevis": [3]}', '{"om": "", "bevis": {"2026/deltagarenkat": 3}}'])
def test_a_proof_that_nobody_can_read_goes_too(prov: Prov, fryst: Path, text: str) -> None:
    (fryst / FIL).write_text(text, "utf-8")
    gallrad(prov, fryst)
    assert not (fryst / FIL).exists()


def test_a_disposal_that_is_refused_keeps_the_proof(prov: Prov, fryst: Path) -> None:
    skriv_bevis(fryst, {"2026/deltagarenkat": BEVIS})
    forberett = las(fryst.parent / "indicators.toml", fryst)
    with pytest.raises(OmgangFel, match="fryst i mappen"):
        gallra(prov.session, prov.omgang, fryst, "annan", forberett, partial(glom_bevis, fryst))
    assert (fryst / FIL).exists()


def test_what_was_not_counted_before_is_not_measured_after(prov: Prov, fryst: Path) -> None:
    gallrad(prov, fryst)
    ny = INDIKATORER + (
        '[indikator.ny]\nnummer = "1.5"\nmal = "person"\nregel = "andel"\nkalla = "deltagarenkat"\n'
        'fraga = "redo"\nsvar = ["ja"]\ntitel = "Ny"\ngron = "minst 50 %"\n'
    )
    *_, sista = resultat(fryst, None, ny)["indikatorer"]  # type: ignore[index]
    assert (sista["signal"], sista["orsak"], sista["varde"]) == ("gra", "inte_matt", None)


def test_a_round_is_disposed_of_once_and_only_where_it_is_frozen(prov: Prov, fryst: Path, tmp_path: Path) -> None:
    forberett, annan = las(tmp_path / "indicators.toml", fryst), tmp_path / "annan"
    with pytest.raises(OmgangFel, match="fryst i mappen"):
        gallra(prov.session, prov.omgang, annan, "deltagarenkat", forberett, partial(glom_bevis, annan))
    gallrad(prov, fryst)
    with pytest.raises(OmgangFel, match="fryst i mappen"):
        gallrad(prov, fryst)
