"""Paper answers typed in: the template, its faults, and that each paper is in the urn once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from enkat import nycklar, omgang, store, store_bunt, urna
from enkat.models import Omgang
from enkat.nycklar import Hemlighet
from enkat.papper import inmatning
from enkat.papper.inmatningsmall import mall
from grund.db import migrera, open_db
from indikatorer.diagnos import Niva
from tests.unit.enkat.provenkat import TOML, enkat

NU = datetime(2026, 3, 2, 9, tzinfo=UTC)
ENKAT = enkat()
RUBRIKER = "papper;enhet;trivs;arbetar;reser;minuter;borjade;stod.rad_ett;stod.rad_tva;kon"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    motor = open_db(f"sqlite:///{tmp_path / 'prov.db'}")
    migrera(motor)
    with Session(motor) as ny:
        yield ny
    motor.dispose()


@pytest.fixture
def oppnad(session: Session, tmp_path: Path) -> tuple[Omgang, Hemlighet]:
    rad = omgang.skapa(session, tmp_path / "nycklar", "prov.toml", TOML.encode(), "2026", minsta_grupp=0)
    omgang.oppna(session, tmp_path / "nycklar", rad, NU, NU + timedelta(days=7))
    hemlighet = nycklar.las_hemlighet(tmp_path / "nycklar", rad.id)
    store_bunt.skapa_bunt(session, rad.id, hemlighet, "Nord", 12)
    return rad, hemlighet


def las(
    rader: str, enheter: tuple[str, ...] = ("Nord", "Syd")
) -> tuple[list[inmatning.Inmatad], list[tuple[str, int, str]]]:
    papper, fel = inmatning.las_inmatning("in.csv", f"{RUBRIKER}\n{rader}".encode(), ENKAT, enheter)
    return papper, [(d.kod, d.plats.rad, d.falt) for d in fel]


def test_the_template_says_what_may_be_typed_and_names_every_row() -> None:
    rader = mall(ENKAT, 2, ["Nord"], "ABC234").removeprefix("\ufeff").split("\r\n")
    assert "1. trivs: 1=Dåligt 2=Sådär 3=Bra v=Vill inte svara" in rader[0]
    assert rader[1] == "ABC234-1;Nord;;;;;;;;"
    assert [r.split(";")[0] for r in rader[1:3]] == ["ABC234-1", "ABC234-2"]


def test_no_two_templates_name_their_rows_alike() -> None:
    assert mall(ENKAT, 1) != mall(ENKAT, 1)


def test_an_empty_template_is_no_paper_and_no_fault() -> None:
    assert inmatning.las_inmatning("in.csv", mall(ENKAT, 3, ["Nord"]).encode(), ENKAT, ["Nord"]) == ([], [])


def test_boxes_ids_and_words_are_all_read() -> None:
    papper, fel = las(
        "ABC234-1;Nord;3;1;1 2;30;2025-01-31;1;v;2\n"
        "ABC234-2;Syd;Bra;ja;buss, cykel;v;;daligt;Vill inte svara;MAN\n"
        "ABC234-3;Nord;;2;;;;;;\n"
    )
    assert fel == []
    assert papper[0].svar == {
        "trivs": "bra",
        "arbetar": "ja",
        "reser": ("buss", "cykel"),
        "minuter": "30",
        "borjade": "2025-01-31",
        "stod.rad_ett": "daligt",
        "stod.rad_tva": "vill_inte_svara",
        "kon": "man",
    }
    assert (papper[1].svar["trivs"], papper[1].svar["kon"]) == ("bra", "man")
    assert papper[2].svar == {"arbetar": "nej"}, "a question without a cross is no fault"


def test_every_fault_is_told_at_once_with_its_cell() -> None:
    papper, fel = las(
        "ABC234-1;Nord;4;1;;;;;;\n1;Nord;3;;;;;;;\nABC234-3;Nrod;3;;;;;;;\n"
        "ABC234-4;Nord;3;1;1 3;;;;;\nABC234-4;Nord;3;1;1;500;31/1;;;\n"
    )
    assert papper == []
    assert fel == [
        ("fel-svar", 2, "trivs"),
        ("fel-papper", 3, "papper"),
        ("okand-enhet", 4, "enhet"),
        ("fel-svar", 5, "reser"),
        ("fel-svar", 6, "minuter"),
        ("fel-svar", 6, "borjade"),
        ("dubbelt-papper", 6, "papper"),
    ]


def test_a_fault_says_how_to_mend_it() -> None:
    _, fel = inmatning.las_inmatning("in.csv", f"{RUBRIKER}\nABC234-3;Nrod;7;;;;;;;\n".encode(), ENKAT, ["Nord"])
    assert str(fel[0]) == (
        "in.csv:2:15: fel-svar ”7” är inget svar på fråga trivs. "
        "Skriv 1–3, räknat uppifrån på papperet, eller v för Vill inte svara."
    )
    assert "Menade du ”Nord”?" in str(fel[1])


def test_an_answer_that_should_have_been_skipped_is_warned_of_and_left_out() -> None:
    papper, fel = inmatning.las_inmatning("in.csv", f"{RUBRIKER}\nABC234-1;Nord;3;2;1;;;;;\n".encode(), ENKAT, ["Nord"])
    assert [(d.kod, d.niva) for d in fel] == [("dold-fraga", Niva.VARNING)]
    assert "reser" not in papper[0].svar


def test_headers_that_are_wrong_stop_the_reading() -> None:
    _, fel = inmatning.las_inmatning("in.csv", b"papper;enhet;triws;kon\n", ENKAT)
    assert [d.kod for d in fel].count("okand-kolumn") == 1
    assert {d.fann or d.regel for d in fel if d.kod == "saknad-kolumn"} >= {"kolumnen trivs saknas"}


def test_each_paper_is_in_the_urn_as_it_was_typed(
    session: Session, oppnad: tuple[Omgang, Hemlighet], tmp_path: Path
) -> None:
    rad, hemlighet = oppnad
    papper, _ = las("ABC234-1;Nord;3;2;;;;;;\nABC234-2;Nord;1;1;1;5;;;;1\n")
    assert inmatning.mata_in(session, rad, ENKAT, hemlighet, papper, NU) == {"mottaget": 2}
    privat = nycklar.las_privat(tmp_path / "nycklar", rad.id)
    oppna = [urna.oppna(ENKAT, k, privat, rad.id) for k in store.las_kuvert(session, rad.id)]
    assert sorted((i.enhet, i.svar["trivs"]) for i in oppna) == [("Nord", "bra"), ("Nord", "daligt")]


def test_the_same_file_again_stores_nothing(session: Session, oppnad: tuple[Omgang, Hemlighet]) -> None:
    papper, _ = las("ABC234-1;Nord;3;2;;;;;;\nABC234-2;Nord;3;2;;;;;;\n")
    inmatning.mata_in(session, oppnad[0], ENKAT, oppnad[1], papper[:1], NU)
    assert inmatning.mata_in(session, oppnad[0], ENKAT, oppnad[1], papper, NU) == {"mottaget": 1, "redan_mottaget": 1}
    assert store.antal_kuvert(session, oppnad[0].id) == 2, "two papers that say the same are two people"


def test_no_code_is_spent(session: Session, oppnad: tuple[Omgang, Hemlighet]) -> None:
    papper, _ = las("ABC234-1;Nord;3;2;;;;;;\n")
    inmatning.mata_in(session, oppnad[0], ENKAT, oppnad[1], papper, NU)
    assert [r.outnyttjade for r in store_bunt.rakna_buntar(session, oppnad[0].id)] == [12]


def test_a_closed_round_takes_no_paper(session: Session, oppnad: tuple[Omgang, Hemlighet]) -> None:
    papper, _ = las("ABC234-1;Nord;3;2;;;;;;\n")
    sent = NU + timedelta(days=9)
    assert inmatning.mata_in(session, oppnad[0], ENKAT, oppnad[1], papper, sent) == {"stangd": 1}


def test_a_round_without_enheter_takes_none() -> None:
    assert las("ABC234-1;Nord;3;2;;;;;;\n", ())[1] == [("okand-enhet", 2, "enhet")]
    assert las("ABC234-1;;3;2;;;;;;\n", ())[0][0].enhet is None
