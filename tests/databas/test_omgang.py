from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from enkat import nycklar, omgang, sealed_state, store
from enkat.lage import lage
from enkat.omgang import OmgangFel
from tests.databas.provenkat import EFTER, NU, STANGER, TOML, Prov, ny_omgang

DAG = timedelta(days=1)


def utkast(session: Session, mapp: Path, **val: bool) -> omgang.Omgang:
    """A draft."""
    return omgang.skapa(session, mapp, "prov.toml", TOML.encode(), "2026", minsta_grupp=5, **val)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("nu", "laget"),
    [(NU - DAG, "vantar"), (NU, "oppen"), (STANGER, "nad"), (EFTER, "stangd"), (EFTER + DAG, "stangd")],
)
def test_the_clock_opens_and_closes_a_round_by_itself(prov: Prov, nu, laget: str) -> None:  # type: ignore[no-untyped-def]
    assert lage(prov.omgang, nu) == laget


def test_a_draft_has_keys_for_codes_but_none_to_open_with(session: Session, tmp_path: Path) -> None:
    rad = utkast(session, tmp_path)
    assert lage(rad, NU) == "utkast"
    assert nycklar.las_hemlighet(tmp_path, rad.id)
    assert not nycklar.privat_fil(tmp_path, rad.id).exists()


def test_a_round_is_opened_once(prov: Prov) -> None:
    fore = nycklar.las_privat(prov.nycklar, prov.omgang.id)
    with pytest.raises(OmgangFel, match="bara ett utkast kan öppnas, men den är öppen"):
        omgang.oppna(prov.session, prov.nycklar, prov.omgang, NU, STANGER)
    assert nycklar.las_privat(prov.nycklar, prov.omgang.id) == fore


def test_two_who_open_at_once_make_one_key(session: Session, tmp_path: Path) -> None:
    rad = utkast(session, tmp_path)
    with Session(session.get_bind()) as annan:
        samma = store.las_omgang(annan, rad.id)
        assert samma is not None
        annan.expunge(samma)
        annan.rollback()
        omgang.oppna(session, tmp_path, rad, NU, STANGER)
        with pytest.raises(OmgangFel, match="bara ett utkast"):
            omgang.oppna(annan, tmp_path, samma, NU, STANGER)
    assert nycklar.las_privat(tmp_path, rad.id).nyckel_id == rad.nyckel_id


def test_a_round_must_close_after_it_opens(session: Session, tmp_path: Path) -> None:
    with pytest.raises(OmgangFel, match="ska stänga efter att den öppnar"):
        omgang.oppna(session, tmp_path, utkast(session, tmp_path), NU, NU)


def test_a_closed_round_can_be_extended_and_takes_answers_again(prov: Prov) -> None:
    omgang.forlang(prov.session, prov.omgang, EFTER + DAG, EFTER)
    assert lage(prov.omgang, EFTER) == "oppen"
    assert prov.lamna_in(prov.tillstand(None, {}), EFTER).utfall == "mottaget"
    with pytest.raises(OmgangFel, match="framåt i tiden"):
        omgang.forlang(prov.session, prov.omgang, NU, EFTER)


def test_closing_now_leaves_an_hour_for_open_pages(prov: Prov) -> None:
    omgang.stang(prov.session, prov.omgang, NU + DAG)
    assert lage(prov.omgang, NU + DAG) == "nad"
    assert lage(prov.omgang, NU + DAG + timedelta(hours=1)) == "stangd"
    with pytest.raises(OmgangFel, match="bara en öppen omgång kan stängas"):
        omgang.stang(prov.session, prov.omgang, NU + DAG)


def test_what_becomes_of_the_file_does_not_matter_to_a_round(prov: Prov) -> None:
    rad = store.las_omgang(prov.session, prov.omgang.id)
    assert rad is not None
    assert omgang.enkat_i(rad).fingeravtryck == prov.omgang.fingeravtryck
    assert [f.id for f in omgang.enkat_i(rad).fragor] == ["stod", "redo", "annan", "kon"]


def test_a_spelling_is_corrected_and_open_forms_are_still_taken(prov: Prov) -> None:
    gammal = prov.tillstand(None, {"stod": "helt"})
    sigill = sealed_state.forsegla(gammal, prov.hemlighet, omgang.enkat_i(prov.omgang))
    omgang.ratta_stavning(
        prov.session, prov.omgang, TOML.replace("stödet", "stöd").replace("Är du", "Är Du").encode(), "stort D", NU
    )
    aldre = store.las_aldre_fingeravtryck(prov.session, prov.omgang.id)
    assert aldre == {gammal.fingeravtryck}
    rad = store.las_omgang(prov.session, prov.omgang.id)
    assert rad is not None
    ny = omgang.enkat_i(rad)
    assert ny.fingeravtryck == rad.fingeravtryck != gammal.fingeravtryck
    assert sealed_state.oppna(sigill, prov.hemlighet, rad.id, ny, aldre).svar == gammal.svar


@pytest.mark.parametrize(
    ("ny", "fel"),
    [
        (TOML, "inget skiljer"),
        (TOML.replace('"helt"', '"fullt"'), "frågorna är andra"),
        (TOML.replace("[fraga.annan]", "[fraga.andra]"), "frågorna är andra"),
        (TOML.replace('titel = "Provenkät"', ""), "ska vara utan fel"),
    ],
)
def test_questions_are_locked_while_a_round_is_open(prov: Prov, ny: str, fel: str) -> None:
    with pytest.raises(OmgangFel, match=fel):
        omgang.ratta_stavning(prov.session, prov.omgang, ny.encode(), "prov", NU)


def test_last_years_round_is_copied_in_one_step(prov: Prov) -> None:
    ny = omgang.kopiera(prov.session, prov.nycklar, prov.omgang, "2027")
    assert (ny.id, ny.lage, ny.publik_nyckel) == ("prov-2027", "utkast", None)
    assert (ny.fingeravtryck, ny.minsta_grupp) == (prov.omgang.fingeravtryck, prov.omgang.minsta_grupp)
    assert nycklar.las_hemlighet(prov.nycklar, ny.id).kod != prov.hemlighet.kod


def test_names_that_are_taken_get_a_number(prov: Prov) -> None:
    assert [utkast(prov.session, prov.nycklar).id for _ in range(2)] == ["prov-2026-2", "prov-2026-3"]
    assert utkast(prov.session, prov.nycklar, provomgang=True).id == "prov-2026-prov"


def test_a_trial_is_never_frozen_but_thrown_away_with_everything_in_it(session: Session, tmp_path: Path) -> None:
    from enkat.frysning.frys import frys

    rad = utkast(session, tmp_path / "n", provomgang=True)
    oppnad = omgang.oppna(session, tmp_path / "n", rad, NU, STANGER)
    prov = Prov(
        session.get_bind(), session, tmp_path / "n", oppnad.omgang, "", nycklar.las_hemlighet(tmp_path / "n", rad.id)
    )  # type: ignore[arg-type]
    prov.svara(prov.bunt("Team A", 12)[0], {"stod": "helt"})
    with pytest.raises(OmgangFel, match="provomgång"):
        frys(session, prov.nycklar, oppnad.omgang, nycklar.las_privat(prov.nycklar, rad.id), tmp_path / "ut", EFTER)
    omgang.kasta(session, prov.nycklar, oppnad.omgang, NU)
    assert store.las_omgangar(session) == []
    assert [f.name for f in prov.nycklar.iterdir()] == ["CACHEDIR.TAG"]


def test_a_real_round_that_has_opened_is_never_thrown_away(prov: Prov) -> None:
    with pytest.raises(OmgangFel, match="bara en provomgång eller ett utkast kan kastas"):
        omgang.kasta(prov.session, prov.nycklar, prov.omgang, NU)


def test_a_code_belongs_to_one_of_several_rounds(prov: Prov) -> None:
    andra = ny_omgang(prov.motor, prov.session, prov.nycklar, period="2027")
    hemligheter = {o.omgang.id: o.hemlighet for o in (prov, andra)}
    for o in (prov, andra):
        for kod in o.bunt("Team A", 12):
            assert store.sok_kod(prov.session, kod, hemligheter).omgang_id == o.omgang.id
