import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import NullPool, create_engine
from sqlmodel import Session, func, select

from enkat import koder, store, store_bunt
from enkat.models import Kod, Kuvert, Kvitto
from enkat.store_svarslage import las_svarslage
from grund.db import LagringFel, open_db
from tests.databas.provenkat import EFTER, NU, STANGER, Prov

SVAR = {"stod": "helt", "redo": "ja", "annan": "nej", "kon": "kvinna"}


def rader(prov: Prov) -> tuple[int, int, int]:
    """How many unspent codes, envelopes and receipts there are."""
    with Session(prov.motor) as session:
        kod, kuvert, kvitto = (session.exec(select(func.count()).select_from(t)).one() for t in (Kod, Kuvert, Kvitto))
    return kod, kuvert, kvitto


def test_an_answer_takes_its_code_and_gives_a_receipt(prov: Prov) -> None:
    kod, *_ = prov.bunt("Team A", 12)
    svar = prov.lamna_in(prov.tillstand(kod, SVAR))
    assert svar.utfall == "mottaget"
    assert svar.kvitto is not None
    assert rader(prov) == (11, 1, 1)


def test_the_same_form_again_gets_the_same_receipt_and_stores_nothing(prov: Prov) -> None:
    kod, *_ = prov.bunt("Team A", 12)
    t = prov.tillstand(kod, SVAR)
    forsta, andra = prov.lamna_in(t), prov.lamna_in(t)
    assert (andra.utfall, andra.kvitto) == ("redan_mottaget", forsta.kvitto)
    assert rader(prov) == (11, 1, 1)


def test_another_form_with_a_spent_code_is_told_and_stores_nothing(prov: Prov) -> None:
    kod, *_ = prov.bunt("Team A", 12)
    assert prov.svara(kod, SVAR) == "mottaget"
    assert prov.svara(kod, SVAR) == "koden_anvand"
    assert rader(prov) == (11, 1, 1)


def test_the_same_form_with_another_code_leaves_that_code_unspent(prov: Prov) -> None:
    a, b, *_ = prov.bunt("Team A", 12)
    t = prov.tillstand(a, SVAR)
    prov.lamna_in(t)
    assert prov.lamna_in(prov.tillstand(b, SVAR, nonce=t.nonce)).utfall == "redan_mottaget"
    assert rader(prov) == (11, 1, 1)


def test_an_open_link_is_told_apart_by_the_form_alone(prov: Prov) -> None:
    t = prov.tillstand(None, SVAR)
    assert [prov.lamna_in(x).utfall for x in (t, t, prov.tillstand(None, SVAR))] == [
        "mottaget",
        "redan_mottaget",
        "mottaget",
    ]


@pytest.mark.parametrize(
    ("nu", "utfall"),
    [
        (NU - timedelta(seconds=1), "stangd"),
        (NU, "mottaget"),
        (STANGER, "mottaget"),
        (EFTER - timedelta(seconds=1), "mottaget"),
        (EFTER, "stangd"),
    ],
)
def test_open_pages_are_taken_an_hour_after_the_close(prov: Prov, nu, utfall: str) -> None:  # type: ignore[no-untyped-def]
    assert prov.lamna_in(prov.tillstand(None, SVAR), nu).utfall == utfall


def test_a_lost_receipt_is_given_again_after_the_close(prov: Prov) -> None:
    t = prov.tillstand(None, SVAR)
    forsta = prov.lamna_in(t)
    assert prov.lamna_in(t, EFTER + timedelta(days=1)) == store.Inlamning("redan_mottaget", forsta.kvitto)


@pytest.mark.parametrize("samma_form", [True, False])
def test_of_many_at_once_with_one_code_exactly_one_is_stored(prov: Prov, samma_form: bool) -> None:
    kod, *_ = prov.bunt("Team A", 12)
    nonce = b"n" * 16 if samma_form else None
    former = [prov.tillstand(kod, SVAR, nonce=nonce) for _ in range(8)]
    start = Barrier(len(former))

    def skicka(t: store.Tillstand) -> store.Inlamning:
        with Session(prov.motor) as session:
            start.wait()
            return prov.lamna_in(t, session=session)

    with ThreadPoolExecutor(len(former)) as tradar:
        svar = list(tradar.map(skicka, former))
    andra = "redan_mottaget" if samma_form else "koden_anvand"
    assert sorted(s.utfall for s in svar) == sorted(["mottaget"] + [andra] * 7)
    assert len({s.kvitto for s in svar if s.kvitto}) == 1
    assert rader(prov) == (11, 1, 1)


def test_many_with_codes_of_their_own_all_get_in(prov: Prov) -> None:
    former = [prov.tillstand(kod, SVAR) for kod in prov.bunt("Team A", 40)]

    def skicka(t: store.Tillstand) -> str:
        with Session(prov.motor) as session:
            return prov.lamna_in(t, session=session).utfall

    with ThreadPoolExecutor(8) as tradar:
        assert set(tradar.map(skicka, former)) == {"mottaget"}
    assert rader(prov) == (0, 40, 40)


def test_a_busy_database_is_told_and_the_same_form_gets_in_later(prov: Prov, slag: str) -> None:
    t = prov.tillstand(prov.bunt("Team A", 12)[0], SVAR)
    prov.session.rollback()
    kort, las = {
        "sqlite": ("PRAGMA busy_timeout = 50", "SELECT 1"),
        "postgresql": ("SET lock_timeout = 50", "LOCK TABLE kuvert IN ACCESS EXCLUSIVE MODE"),
    }[slag]
    prov.session.connection().exec_driver_sql(kort)
    prov.session.commit()
    with open_db(prov.motor.url.render_as_string(False)).connect().execution_options(bokslut_skriver=True) as annan:
        annan.exec_driver_sql(las)
        with pytest.raises(LagringFel, match="upptagen"):
            prov.lamna_in(t)
        annan.rollback()
    annan.engine.dispose()
    assert prov.lamna_in(t).utfall == "mottaget"


def test_a_full_disk_is_told_and_the_same_form_gets_in_later(prov: Prov, slag: str) -> None:
    if slag != "sqlite":
        pytest.skip("a full disk cannot be played on PostgreSQL without one")
    former = [prov.tillstand(None, SVAR) for _ in range(40)]
    prov.session.rollback()
    sidor = prov.session.connection().exec_driver_sql("PRAGMA page_count").scalar_one()
    prov.session.connection().exec_driver_sql(f"PRAGMA max_page_count = {sidor + 4}")
    prov.session.commit()
    with pytest.raises(LagringFel, match="full"):
        _ = [prov.lamna_in(t) for t in former]
    antal = rader(prov)[1]
    prov.session.connection().exec_driver_sql("PRAGMA max_page_count = 1000000")
    prov.session.commit()
    assert [prov.lamna_in(t).utfall for t in former] == ["redan_mottaget"] * antal + ["mottaget"] * (40 - antal)


def test_a_database_that_is_away_is_told(prov: Prov, slag: str) -> None:
    url = {"sqlite": "sqlite:////dev/null/borta.db", "postgresql": "postgresql+psycopg://ingen@/x?host=/dev/null"}[slag]
    borta = create_engine(url, poolclass=NullPool)
    with Session(borta) as session, pytest.raises(LagringFel, match="okand"):
        prov.lamna_in(prov.tillstand(None, SVAR), session=session)


def test_what_fails_tells_no_value_in_its_text(prov: Prov) -> None:
    kod, *_ = prov.bunt("Team A", 12)
    t = prov.tillstand(kod, SVAR)
    with pytest.raises(Exception, match=r"kuvert_chiffer|CHECK") as fel:
        store.lamna_in(prov.session, t, b"hemlig" * 10, prov.hemlighet, NU)
    avtryck = koder.avtryck(kod, prov.hemlighet.kod)
    for spar in (kod, koder.visa(kod), avtryck.hex(), repr(avtryck), t.nonce.hex(), "hemlig"):
        assert spar not in str(fel.value)
        assert spar not in repr(fel.value)
    assert rader(prov) == (12, 0, 0)


def test_a_code_is_found_in_its_round_and_told_when_it_is_spent(prov: Prov) -> None:
    kod, annan, *_ = prov.bunt("Team A", 12)
    hemligheter = {prov.omgang.id: prov.hemlighet}
    svar = store.sok_kod(prov.session, kod, hemligheter)
    assert (svar.utfall, svar.omgang_id, svar.enhet) == ("oanvand", prov.omgang.id, "Team A")
    prov.svara(kod, SVAR)
    store_bunt.makulera(prov.session, prov.hemlighet, [annan])
    assert store.sok_kod(prov.session, kod, hemligheter).utfall == "anvand"
    assert store.sok_kod(prov.session, annan, hemligheter).utfall == "makulerad"
    fel = kod[:-1] + str((int(kod[-1]) + 1) % 10)
    assert store.sok_kod(prov.session, fel, hemligheter) == store.Kodsvar("stavning")


def test_voided_codes_are_counted_and_no_longer_work(prov: Prov) -> None:
    a, b, *_ = prov.bunt("Team A", 12)
    prov.svara(a, SVAR)
    assert store_bunt.makulera(prov.session, prov.hemlighet, [a, b]) == 1
    assert prov.svara(b, SVAR) == "koden_makulerad"
    assert prov.svara(a, SVAR) == "koden_anvand"
    [r] = store_bunt.rakna_buntar(prov.session, prov.omgang.id)
    assert (r.bunt.antal, r.bunt.makulerade, r.outnyttjade, r.svar) == (12, 1, 10, 1)
    assert store_bunt.makulera_bunt(prov.session, r.bunt.id) == 10
    [r] = store_bunt.rakna_buntar(prov.session, prov.omgang.id)
    assert (r.bunt.makulerade, r.outnyttjade, r.svar) == (11, 0, 1)


@pytest.mark.parametrize(
    ("buntar", "enheter"),
    [
        ([("Team A", 12, False)], ["Team A"]),
        ([("Liten", 9, False)], ["Övriga enheter"]),
        ([("Team A", 12, False), ("Team A", 3, True)], ["Team A", "Team A"]),
        ([("Liten", 4, False), ("Mini", 3, False)], ["Övriga enheter", "Övriga enheter"]),
        ([("Liten", 4, False), ("Liten", 5, True)], ["Övriga enheter", "Övriga enheter"]),
    ],
)
def test_a_batch_under_ten_never_carries_the_name_of_its_enhet(prov: Prov, buntar, enheter: list[str]) -> None:  # type: ignore[no-untyped-def]
    for enhet, antal, reserv in buntar:
        prov.bunt(enhet, antal, reserv=reserv)
    rakning = store_bunt.rakna_buntar(prov.session, prov.omgang.id)
    assert sorted(r.bunt.enhet for r in rakning) == sorted(enheter)
    assert sorted(r.bunt.beteckning for r in rakning) == sorted(b[0] for b in buntar)


def test_small_enheter_may_be_named_together_from_the_start(prov: Prov) -> None:
    prov.bunt("Liten", 4, tillsammans="Liten och Mini")
    assert store_bunt.las_enheter(prov.session, prov.omgang.id) == ["Liten och Mini"]


def test_staff_see_steps_of_five_once_a_day_and_no_enhet_under_ten(prov: Prov) -> None:
    stora, sma = prov.bunt("Team A", 20), prov.bunt("Liten", 8)
    for kod in (*stora[:7], *sma[:4]):
        prov.svara(kod, SVAR)
    dag = NU.date()
    visat = [(v.enhet, v.svar, v.utdelade) for v in las_svarslage(prov.session, prov.omgang, dag)]
    assert visat == [(None, 10, 28), ("Team A", 5, 20)]
    for kod in stora[7:]:
        prov.svara(kod, SVAR)
    assert [v.svar for v in las_svarslage(prov.session, prov.omgang, dag)] == [10, 5]
    assert [v.svar for v in las_svarslage(prov.session, prov.omgang, dag + timedelta(days=1))] == [20, 20]


def test_nothing_is_told_of_a_round_with_fewer_than_ten(prov: Prov) -> None:
    prov.svara(prov.bunt("Liten", 8)[0], SVAR)
    assert las_svarslage(prov.session, prov.omgang, NU.date()) == []


def test_sqlite_is_opened_as_the_promises_need(prov: Prov, slag: str) -> None:
    if slag != "sqlite":
        pytest.skip("about SQLite")
    with prov.motor.connect() as a:
        svar = {
            p: a.exec_driver_sql(f"PRAGMA {p}").scalar_one() for p in ("secure_delete", "foreign_keys", "synchronous")
        }
        assert svar == {"secure_delete": 1, "foreign_keys": 1, "synchronous": 2}
        assert a.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
    assert sqlite3.sqlite_version_info >= (3, 35)
