"""Promise 6: free text lies by itself, cannot be put together with the other answers, and goes on its own day."""

import csv
import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, func, select

from bokslut.underlag import las
from enkat import fritext, nycklar, store, urna
from enkat.frysning import fryst_mapp
from enkat.frysning.frys import frys
from enkat.frysning.frysta_rader import gor_rader
from enkat.frysning.gallring import gallra, gallra_fritext
from enkat.models import Fritext, Makulerad
from enkat.omgang import OmgangFel, enkat_i
from enkat.store_bunt import makulera
from tests.databas.angripare import ORDNINGAR, Rad
from tests.databas.provenkat import EFTER, INDIKATORER, MED_FRITEXT, Prov, ny_omgang
from tests.databas.test_loften_urnan import ALLA_SVAR, GRUPP, Urnan, data, grupper, snabb

__all__ = ["data", "snabb"]

ORDNING = ("kon", "stod", "redo", "annan")
SVAR = {"stod": "helt", "redo": "ja", "annan": "nej", "kon": "kvinna"}


@pytest.fixture
def prov(motor: Engine, session: Session, tmp_path: Path) -> Prov:
    return ny_omgang(motor, session, tmp_path / "nycklar", toml=MED_FRITEXT)


def frysta(prov: Prov, ut: Path) -> int | None:
    privat = nycklar.las_privat(prov.nycklar, prov.omgang.id)
    return frys(prov.session, prov.nycklar, prov.omgang, privat, ut, EFTER).texter


def skriv(prov: Prov, *texter: Mapping[str, str]) -> None:
    koder = prov.bunt("Team A", max(10, len(texter)))
    for kod, skrivet in zip(koder, texter, strict=False):
        assert prov.svara(kod, {**SVAR, **skrivet}, "Team A") == "mottaget"


def tabell(ut: Path) -> list[list[str]]:
    with (ut / "fritext-prov.csv").open(encoding="utf-8-sig", newline="") as fil:
        return list(csv.reader(fil, delimiter=";"))


class Fritexten(Urnan):
    """The urn for texts, as the thief sees it: what each wrote is their answers in words, so it is theirs alone."""

    koder, svar = "kod", "fritext"

    def personer(self, namn: list[str]) -> dict[str, bytes]:
        with self._prov.motor.begin() as a:
            a.execute(text("DELETE FROM fritext"))
        return super().personer(namn)

    def svara(self, person: str, svar: Mapping[str, str]) -> None:
        assert self._prov.svara(self._kod[person], {**svar, "bra": " ".join(svar.values())}) == "mottaget"

    def frysta(self, svar: list[Mapping[str, str]]) -> list[Rad]:
        enkat, privat = enkat_i(self._prov.omgang), nycklar.las_privat(self._prov.nycklar, self._prov.omgang.id)
        alla = (fritext.oppna(enkat, c, privat, self._prov.omgang.id) for c in self.kopia().values())
        return sorted((skrivet,) for ens in alla for _, skrivet in ens)

    def kopia(self) -> dict[bytes, bytes]:
        with Session(self._prov.motor) as session:
            return dict(session.exec(select(Fritext.id, Fritext.chiffer)).all())

    def ar(self, svar: Mapping[str, str], rad: Rad) -> bool:
        return rad == (" ".join(svar.values()),)


def test_who_wrote_what_cannot_be_told_from_the_files(snabb: Prov, data: Path, request: pytest.FixtureRequest) -> None:
    """The same thief as for the closed answers; fewer groups, since each is as much work."""
    antal = 60
    ratt = grupper(snabb, Fritexten(snabb), data, antal, request)
    print(snabb.motor.dialect.name, dict(ratt))
    ratt.pop("kopior")
    assert set(ratt) == set(ORDNINGAR)
    assert {o: n for o, n in ratt.items() if n > antal + 5 * antal**0.5} == {}


def test_a_text_cannot_be_put_together_with_the_answers_beside_it(snabb: Prov) -> None:
    """Whoever has both frozen tables, and the order in which both urns are read, guesses which goes with which.

    One of eight is right by chance (one a group, variance one). The test holds the key to know the truth.
    """
    slump, ratt, antal = random.Random(1), Counter[str](), 60
    enkat, privat = enkat_i(snabb.omgang), nycklar.las_privat(snabb.nycklar, snabb.omgang.id)
    for _ in range(antal):
        with snabb.motor.begin() as a:
            a.execute(text("DELETE FROM kuvert"))
            a.execute(text("DELETE FROM fritext"))
        hor_ihop = {f"{slump.randrange(10**6)} tack": svar for svar in slump.sample(ALLA_SVAR, GRUPP)}
        for skrivet, svar in hor_ihop.items():
            assert snabb.svara(None, {**svar, "bra": skrivet}) == "mottaget"
        with Session(snabb.motor) as session:
            slutna = [urna.oppna(enkat, c, privat, snabb.omgang.id) for c in store.las_kuvert(session, snabb.omgang.id)]
            fria = store.las_fritext(session, snabb.omgang.id)
        texter = [t for c in fria for t in fritext.oppna(enkat, c, privat, snabb.omgang.id)]
        rader = [tuple(o.svar[k] for k in ORDNING) for o in slutna]
        ratt["urnorna"] += _ratt(hor_ihop, [t for _, t in texter], rader)
        i_filen = [rad.split(";")[1] for rad in fritext.som_csv(enkat, texter).decode("utf-8-sig").splitlines()[1:]]
        ratt["frusna"] += _ratt(hor_ihop, i_filen, [rad[1:] for rad in gor_rader(enkat, slutna, 3).rader])
    print(snabb.motor.dialect.name, dict(ratt))
    assert set(ratt) == {"urnorna", "frusna"}
    assert {o: n for o, n in ratt.items() if n > antal + 5 * antal**0.5} == {}


def _ratt(hor_ihop: Mapping[str, Mapping[str, str]], texter: Sequence[str], rader: Sequence[tuple[object, ...]]) -> int:
    """How many texts stand at the place of their own row."""
    par = zip(texter, rader, strict=True)
    return sum(tuple(hor_ihop[skrivet][k] for k in ORDNING) == rad for skrivet, rad in par)


def test_everyone_leaves_an_envelope_of_one_size_whether_they_wrote_or_not(prov: Prov) -> None:
    skriv(prov, {}, {"bra": "x"}, {"bra": "å" * 500, "battre": "漢" * 500}, {"bra": "vill_inte_svara"})
    with Session(prov.motor) as session:
        assert [len(c) for c in store.las_fritext(session, prov.omgang.id)] == [urna.FRITEXT_BYTE] * 4
        assert len(store.las_kuvert(session, prov.omgang.id)) == 4


def test_a_questionnaire_that_asks_for_no_text_leaves_none(motor: Engine, session: Session, tmp_path: Path) -> None:
    utan = ny_omgang(motor, session, tmp_path / "nycklar")
    assert utan.svara(None, SVAR) == "mottaget"
    assert session.exec(select(func.count()).select_from(Fritext)).one() == 0
    privat = nycklar.las_privat(utan.nycklar, utan.omgang.id)
    assert frys(session, utan.nycklar, utan.omgang, privat, tmp_path / "ut", EFTER).texter is None
    assert not (tmp_path / "ut" / "fritext-prov.csv").exists()


def test_the_texts_are_frozen_by_themselves_and_the_answers_without_them(prov: Prov, tmp_path: Path) -> None:
    ut = tmp_path / "ut"
    skriv(prov, {"bra": "Personalen", "battre": "Lokalen"}, {}, {"bra": "=1+1"}, {"bra": "Bussen\nhit"})
    assert frysta(prov, ut) == 4
    assert tabell(ut) == [
        ["fraga", "text"],
        ["Vad kan bli bättre?", "Lokalen"],
        ["Vad har varit bra?", "'=1+1"],
        ["Vad har varit bra?", "Bussen\nhit"],
        ["Vad har varit bra?", "Personalen"],
    ]
    assert (ut / "fritext-prov.csv").stat().st_mode & 0o777 == 0o400
    assert all(b"Personalen" not in f.read_bytes() for f in ut.iterdir() if f.name != "fritext-prov.csv")
    assert fryst_mapp.andrade(ut) == []
    (tmp_path / "indicators.toml").write_text(INDIKATORER, "utf-8")
    assert las(tmp_path / "indicators.toml", ut).alla_diagnoser() == []


def test_the_soonest_day_that_any_question_says_is_the_day_of_all(prov: Prov, tmp_path: Path) -> None:
    skriv(prov, {}, {}, {})
    frysta(prov, tmp_path / "ut")
    uppgift = fryst_mapp.las_manifest(tmp_path / "ut")["fritext-deltagarenkat"]
    assert (uppgift["gallras"], uppgift["texter"]) == ("2027-04-20", 0)
    assert fritext.gallras(enkat_i(prov.omgang), prov.omgang.stanger) == date(2027, 4, 20)


def test_the_texts_of_fewer_than_the_smallest_group_are_not_kept(prov: Prov, tmp_path: Path) -> None:
    skriv(prov, {"bra": "Ensam"}, {"bra": "Nästan"})
    assert frysta(prov, tmp_path / "ut") is None
    assert not any(b"Ensam" in f.read_bytes() for f in (tmp_path / "ut").iterdir())
    assert "fritext-deltagarenkat" not in fryst_mapp.las_manifest(tmp_path / "ut")


def test_texts_go_on_their_own_and_the_answers_stay(prov: Prov, tmp_path: Path) -> None:
    ut = tmp_path / "ut"
    skriv(prov, {"bra": "Bra"}, {}, {})
    frysta(prov, ut)
    assert not gallra_fritext(ut, "prov-2019", "deltagarenkat")
    assert gallra_fritext(ut, prov.omgang.id, "deltagarenkat")
    assert not (ut / "fritext-prov.csv").exists()
    assert (ut / "deltagarenkat.parquet").exists()
    uppgift = json.loads((ut / "manifest.json").read_text("utf-8"))["kallor"]["fritext-deltagarenkat"]
    assert (uppgift["texter"], uppgift["gallrad"], uppgift["filer"]) == (1, True, {})
    assert fryst_mapp.andrade(ut) == []
    assert not gallra_fritext(ut, prov.omgang.id, "deltagarenkat")


def test_when_the_rows_go_no_text_is_left_behind(prov: Prov, tmp_path: Path) -> None:
    ut = tmp_path / "ut"
    skriv(prov, {"bra": "Bra"}, {}, {})
    frysta(prov, ut)
    (tmp_path / "indicators.toml").write_text(INDIKATORER, "utf-8")
    omgang = store.las_omgang(prov.session, prov.omgang.id)
    assert omgang is not None
    glomda: list[str] = []
    gallra(prov.session, omgang, ut, "deltagarenkat", las(tmp_path / "indicators.toml", ut), glomda.append)
    assert glomda == ["2026/deltagarenkat"]
    assert not (ut / "fritext-prov.csv").exists()


def test_the_freeze_empties_the_urn_of_texts_and_forgets_voided_codes(prov: Prov, tmp_path: Path, slag: str) -> None:
    skriv(prov, {"bra": "Bra"}, {}, {})
    assert makulera(prov.session, prov.hemlighet, prov.koder["Team A"][3:5]) == 2
    with Session(prov.motor) as session:
        spar = [c[:48] for c in store.las_fritext(session, prov.omgang.id)]
        spar += list(session.exec(select(Makulerad.avtryck)))
    assert len(spar) == 5
    frysta(prov, tmp_path / "ut")
    with Session(prov.motor) as session:
        assert [session.exec(select(func.count()).select_from(t)).one() for t in (Fritext, Makulerad)] == [0, 0]
    if slag == "postgresql":
        with prov.motor.connect() as a:
            storlek = text("SELECT pg_relation_size('fritext') + pg_relation_size('makulerad')")
            assert a.execute(storlek).scalar_one() == 0
    else:
        fil = Path(str(prov.motor.url.database))
        allt = b"".join(f.read_bytes() for f in (fil, fil.with_name(fil.name + "-wal")) if f.exists())
        assert [s for s in spar if s in allt] == []


def test_an_envelope_of_answers_does_not_pass_for_one_of_text(prov: Prov) -> None:
    skriv(prov, {"bra": "Bra"})
    enkat, privat = enkat_i(prov.omgang), nycklar.las_privat(prov.nycklar, prov.omgang.id)
    with Session(prov.motor) as session:
        [kuvert], [text_] = store.las_kuvert(session, prov.omgang.id), store.las_fritext(session, prov.omgang.id)
    assert fritext.oppna(enkat, text_, privat, prov.omgang.id) == (("bra", "Bra"),)
    for oppna, chiffer in ((fritext.oppna, kuvert), (urna.oppna, text_)):
        with pytest.raises(urna.KuvertFel):
            oppna(enkat, chiffer, privat, prov.omgang.id)  # type: ignore[operator]


def test_a_text_that_does_not_open_is_never_passed_by_in_silence(prov: Prov, tmp_path: Path) -> None:
    skriv(prov, {"bra": "Bra"}, {}, {})
    with prov.motor.begin() as a:
        a.execute(text("UPDATE fritext SET chiffer = :c"), {"c": bytes(urna.FRITEXT_BYTE)})
    with pytest.raises(OmgangFel, match="3 av 6 går inte"):
        frysta(prov, tmp_path / "ut")
