import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from time import sleep

import pyarrow.parquet as pq
import pytest
from sqlmodel import Session, func, select

from bokslut.underlag import las
from enkat import nycklar, omgang
from enkat.frysning import fryst_mapp
from enkat.frysning.frys import Fryst, forstor_spar, frys
from enkat.models import Bunt, Kod, Kuvert, Kvitto, Omgang
from enkat.nycklar import NyckelFel
from enkat.omgang import OmgangFel
from enkat.papper import papperskopia
from enkat.store_bunt import OVRIGA
from grund.db import open_db
from indikatorer.evaluate import evaluate
from indikatorer.resultat import som_json
from tests.databas.provenkat import EFTER, INDIKATORER, NU, STANGER, TOML, Prov, ny_omgang

# enhet, svar to each question; one who answered nothing, one with an answer to a question that is not there.
SVAR = [
    ("Team A", {"stod": "helt", "redo": "ja", "annan": "nej", "kon": "kvinna"}),
    ("Team A", {"stod": "delvis", "redo": "nej", "annan": "ja", "kon": "man"}),
    ("Team A", {"stod": "helt", "redo": "nej", "annan": "nej", "kon": "kvinna"}),
    ("Team A", {"stod": "vill_inte_svara", "redo": "ja", "annan": "ja", "kon": "vill_inte_svara"}),
    ("Team B", {"stod": "till_stor_del", "redo": "ja", "annan": "nej", "kon": "man"}),
    ("Team B", {"stod": "inte_alls", "kon": "kvinna"}),
    ("Team B", {}),
    ("Team C", {"stod": "helt", "kon": "man"}),
    ("Team D", {"stod": "helt", "kon": "man"}),
    ("Team D", {"stod": "inte_alls", "kon": "kvinna"}),
]


def fyll(prov: Prov) -> None:
    """Print codes and answer."""
    for enhet, antal in Counter(enhet for enhet, _ in SVAR).items():
        prov.bunt(enhet, 10 + antal)
    kvar = {enhet: list(koder) for enhet, koder in prov.koder.items()}
    for enhet, svar in SVAR:
        assert prov.svara(kvar[enhet].pop(), svar, enhet) == "mottaget"


def frysta(prov: Prov, ut: Path) -> Fryst:
    """Freeze with the key in its file."""
    privat = nycklar.las_privat(prov.nycklar, prov.omgang.id)
    return frys(prov.session, prov.nycklar, prov.omgang, privat, ut, EFTER)


def rakna(ut: Path, mapp: Path) -> list[dict[str, object]]:
    """What `bokslut utvardera` says of the folder."""
    (mapp / "indicators.toml").write_text(INDIKATORER, "utf-8")
    forberett = las(mapp / "indicators.toml", ut)
    assert forberett.alla_diagnoser() == []
    resultat: list[dict[str, object]] = som_json(evaluate(forberett))["indikatorer"]
    return resultat


def test_a_frozen_round_is_an_underlag_with_no_conversion(prov: Prov, tmp_path: Path) -> None:
    fyll(prov)
    fryst = frysta(prov, tmp_path / "ut")
    assert (fryst.svar, fryst.utdelade, fryst.sammanslagna, fryst.stadat) == (10, 50, ("Team C", "Team D"), True)
    stod, framtidstro, skillnad, konszon = rakna(tmp_path / "ut", tmp_path)
    assert (stod["taljare"], stod["namnare"], stod["bortfall"], stod["svarsfrekvens"]) == (5, 8, 2, 20.0)
    assert (framtidstro["taljare"], framtidstro["namnare"]) == (4, 10)
    assert skillnad["varde"] == 100 * (2 / 4 - 3 / 4)
    assert (konszon["taljare"], konszon["namnare"]) == (4, 8)


def test_hiding_the_second_of_two_questions_does_not_lower_the_count_of_either(prov: Prov, tmp_path: Path) -> None:
    """3.4 of Umeå: yes to mer_redo or annan_losning, of all. Who said yes to the first is not asked the second."""
    svar = [{"redo": "ja"}] * 3 + [{"redo": "nej", "annan": "ja"}] * 2 + [{"redo": "nej", "annan": "nej"}] * 2
    for nr, dold in enumerate((True, False)):
        egen = ny_omgang(prov.motor, prov.session, prov.nycklar, period=f"203{nr}")
        for ett in svar:
            alla = ett if dold else {"annan": "nej", **ett}
            assert egen.svara(None, {"stod": "helt", "kon": "man", **alla}) == "mottaget"
        frysta(egen, tmp_path / str(nr))
        framtidstro = rakna(tmp_path / str(nr), tmp_path)[1]
        assert (framtidstro["id"], framtidstro["taljare"], framtidstro["namnare"]) == ("framtidstro", 5, 7)


def test_the_table_keeps_neither_time_nor_order_nor_small_enheter(prov: Prov, tmp_path: Path) -> None:
    fyll(prov)
    frysta(prov, tmp_path / "ut")
    fil = tmp_path / "ut" / "deltagarenkat.parquet"
    tabell = pq.read_table(fil)
    assert tabell.column_names == ["enhet", "kon", "stod", "redo", "annan"]
    rader = [tuple(v or "" for v in rad.values()) for rad in tabell.to_pylist()]
    assert rader == sorted(rader)
    assert Counter(rad[0] for rad in rader) == {"Team A": 4, "Team B": 3, OVRIGA: 3}
    assert tabell.schema.metadata is None
    assert b"2026" not in fil.read_bytes()
    assert fil.stat().st_mode & 0o222 == 0


def test_the_freeze_leaves_nothing_that_could_open_or_tell(prov: Prov, tmp_path: Path) -> None:
    fyll(prov)
    frysta(prov, tmp_path / "ut")
    with Session(prov.motor) as session:
        assert [session.exec(select(func.count()).select_from(t)).one() for t in (Kuvert, Kod, Kvitto, Bunt)] == [0] * 4
        rad = session.get(Omgang, prov.omgang.id)
        assert rad is not None
        assert (rad.lage, rad.utdelade) == ("fryst", 50)
    assert [f.name for f in prov.nycklar.iterdir()] == ["CACHEDIR.TAG"]
    with pytest.raises(NyckelFel, match="finns inte"):
        nycklar.las_privat(prov.nycklar, prov.omgang.id)


def test_the_manifest_has_salted_sums_that_tell_a_changed_file(prov: Prov, tmp_path: Path) -> None:
    fyll(prov)
    ut = tmp_path / "ut"
    frysta(prov, ut)
    uppgift = json.loads((ut / "manifest.json").read_text("utf-8"))["kallor"]["deltagarenkat"]
    assert (uppgift["svar"], uppgift["utdelade"], uppgift["sammanslagna_enheter"]) == (10, 50, 2)
    assert uppgift["fingeravtryck"] == prov.omgang.fingeravtryck
    assert (ut / "salt").stat().st_size == 32
    assert (ut / "salt").stat().st_mode & 0o077 == 0
    assert fryst_mapp.andrade(ut) == []
    fil = ut / "deltagarenkat.parquet"
    fil.chmod(0o600)
    fil.write_bytes(fil.read_bytes() + b"x")
    assert fryst_mapp.andrade(ut) == [fil.name]


def test_a_second_round_joins_the_same_underlag(prov: Prov, tmp_path: Path) -> None:
    ut = tmp_path / "ut"
    ut.mkdir()
    (ut / "underlag.toml").write_text('# vår egen rad\nforegaende = "../2025"\n', "utf-8")
    fyll(prov)
    frysta(prov, ut)
    annan = TOML.replace("deltagarenkat", "personalenkat").replace("deltagarna", "personalen")
    utkast = omgang.skapa(prov.session, prov.nycklar, "personal.toml", annan.encode(), "2026", minsta_grupp=3)
    oppnad = omgang.oppna(prov.session, prov.nycklar, utkast, NU, STANGER)
    privat = papperskopia.las(oppnad.papper, str(oppnad.omgang.nyckel_id))
    frys(prov.session, prov.nycklar, oppnad.omgang, privat, ut, EFTER)
    text = (ut / "underlag.toml").read_text("utf-8")
    assert text.startswith("# vår egen rad\nforegaende")
    assert text.count("[skala.del_4]") == 1
    assert set(fryst_mapp.las_manifest(ut)) == {"deltagarenkat", "personalenkat"}
    assert fryst_mapp.andrade(ut) == []


def test_a_key_from_its_paper_copy_recovers_a_round(prov: Prov, tmp_path: Path) -> None:
    fyll(prov)
    nycklar.forstor_privat(prov.nycklar, prov.omgang.id)
    with pytest.raises(NyckelFel, match="papperskopian"):
        frysta(prov, tmp_path / "ut")
    skrivet = prov.papper.lower().replace("0", "o").replace("1", "l")
    privat = papperskopia.las(skrivet, str(prov.omgang.nyckel_id))
    assert frys(prov.session, prov.nycklar, prov.omgang, privat, tmp_path / "ut", EFTER).svar == 10


@pytest.mark.parametrize("nu", [NU, STANGER, EFTER - timedelta(seconds=1)])
def test_a_round_is_not_frozen_while_someone_may_have_a_page_open(prov: Prov, tmp_path: Path, nu) -> None:  # type: ignore[no-untyped-def]
    privat = nycklar.las_privat(prov.nycklar, prov.omgang.id)
    with pytest.raises(OmgangFel, match="ska vara stängd"):
        frys(prov.session, prov.nycklar, prov.omgang, privat, tmp_path / "ut", nu)
    assert not (tmp_path / "ut").exists()


def test_another_rounds_key_is_refused_and_nothing_is_touched(prov: Prov, tmp_path: Path) -> None:
    fyll(prov)
    with pytest.raises(NyckelFel, match="hör inte till"):
        frys(prov.session, prov.nycklar, prov.omgang, nycklar.ny_privat(), tmp_path / "ut", EFTER)
    assert prov.svara(None, {}) == "mottaget"


def test_an_envelope_that_does_not_open_is_never_passed_by_in_silence(prov: Prov, tmp_path: Path) -> None:
    fyll(prov)
    with Session(prov.motor) as session:
        rad = session.exec(select(Kuvert)).first()
        assert rad is not None
        rad.chiffer = bytes(len(rad.chiffer))
        session.add(rad)
        session.commit()
    with pytest.raises(OmgangFel, match="1 av 10 går inte"):
        frysta(prov, tmp_path / "ut")
    privat = nycklar.las_privat(prov.nycklar, prov.omgang.id)
    fryst = frys(prov.session, prov.nycklar, prov.omgang, privat, tmp_path / "ut", EFTER, trasiga_godtas=1)
    assert fryst.svar == 9
    assert fryst_mapp.las_manifest(tmp_path / "ut")["deltagarenkat"]["olasliga_kuvert"] == 1


def test_a_freeze_cut_off_after_the_files_can_be_run_again(
    prov: Prov, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fyll(prov)
    with monkeypatch.context() as m:
        m.setattr("enkat.frysning.frys.tom_omgang", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            frysta(prov, tmp_path / "ut")
    assert frysta(prov, tmp_path / "ut").svar == 10
    assert fryst_mapp.andrade(tmp_path / "ut") == []


def test_cleaning_can_be_run_again(prov: Prov, tmp_path: Path) -> None:
    fyll(prov)
    frysta(prov, tmp_path / "ut")
    assert forstor_spar(prov.session, prov.nycklar, prov.omgang.id)


def test_two_rounds_share_a_database_and_only_the_frozen_one_is_emptied(prov: Prov, tmp_path: Path) -> None:
    andra = ny_omgang(prov.motor, prov.session, prov.nycklar, period="2027")
    andra.svara(andra.bunt("Team A", 12)[0], {"stod": "helt"}, "Team A")
    fyll(prov)
    frysta(prov, tmp_path / "ut")
    with Session(prov.motor) as session:
        antal = [session.exec(select(func.count()).select_from(t)).one() for t in (Kuvert, Kod, Kvitto, Bunt)]
    assert antal == [1, 11, 1, 1]


def test_a_frozen_kalla_is_never_written_over(prov: Prov, tmp_path: Path) -> None:
    fyll(prov)
    frysta(prov, tmp_path / "ut")
    fore = (tmp_path / "ut" / "deltagarenkat.parquet").read_bytes()
    andra = ny_omgang(prov.motor, prov.session, prov.nycklar, period="2027")
    with pytest.raises(OmgangFel, match="finns redan"):
        frysta(andra, tmp_path / "ut")
    assert (tmp_path / "ut" / "deltagarenkat.parquet").read_bytes() == fore


def test_who_hands_in_during_the_freeze_is_told_that_it_has_closed(
    prov: Prov, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fyll(prov)
    t = prov.tillstand(None, {"stod": "helt"})

    def skicka() -> str:
        with Session(prov.motor) as session:
            return prov.lamna_in(t, NU, session).utfall  # a server whose clock is late

    with ThreadPoolExecutor(1) as trad:
        skickade = []

        def medan(*_: object) -> None:
            skickade.append(trad.submit(skicka))
            sleep(0.2)
            assert not skickade[0].done()

        monkeypatch.setattr("enkat.frysning.frys._skriv", medan)
        assert frysta(prov, tmp_path / "ut").svar == 10
        assert skickade[0].result() == "stangd"
    with Session(prov.motor) as session:
        assert session.exec(select(func.count()).select_from(Kuvert)).one() == 0


def test_a_database_that_somebody_reads_is_frozen_and_cleaned_later(prov: Prov, tmp_path: Path) -> None:
    fyll(prov)
    annan = open_db(prov.motor.url.render_as_string(False))
    with Session(annan) as lasare:
        lasare.exec(select(Kuvert)).all()
        kort = {"sqlite": "PRAGMA busy_timeout = 50", "postgresql": "SET lock_timeout = 50"}[prov.motor.dialect.name]
        prov.session.rollback()
        prov.session.connection().exec_driver_sql(kort)
        prov.session.commit()
        assert not frysta(prov, tmp_path / "ut").stadat
    annan.dispose()
    assert forstor_spar(prov.session, prov.nycklar, prov.omgang.id)
