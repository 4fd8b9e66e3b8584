"""Approvals: two persons, exactly this content, in a file that only grows."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from bokslut.publicering import godkannande
from bokslut.publicering.godkannande import GodkannandeFel, lagg_till, las, racker, samma_person
from bokslut.publicering.kontrollsumma import Akt, Underlagssumma

IDAG = date(2021, 3, 15)
BESLUT = "styrelsen 2021-03-12 § 14"


def akt(regler: str = "a", version: int = 1) -> Akt:
    kalla = Underlagssumma(namn="2020/enkat", skydd="personer", slag="hmac-sha256", summa="c")
    return Akt(2020, version, regler, {"forord.md": "b"}, (kalla,), "d")


@pytest.fixture
def fil(tmp_path: Path) -> Path:
    return tmp_path / "instans" / "godkannanden.jsonl"


def ge(fil: Path, av: str, roll: str = "forbundschef", beslut: str = "", om: Akt | None = None) -> godkannande.Post:
    return lagg_till(fil, om or akt(), av, roll, beslut, IDAG)


def test_two_persons_of_whom_one_is_godkannare_are_enough(fil: Path) -> None:
    ge(fil, "Anna Ek")
    assert not racker(godkannande.giltiga(las(fil), akt()))
    ge(fil, "Bo Al", "godkannare", BESLUT)
    assert racker(godkannande.giltiga(las(fil), akt()))


def test_two_without_a_godkannare_are_not(fil: Path) -> None:
    ge(fil, "Anna Ek")
    ge(fil, "Bo Al")
    assert not racker(godkannande.giltiga(las(fil), akt()))


def test_a_godkannare_alone_is_not(fil: Path) -> None:
    ge(fil, "Bo Al", "godkannare", BESLUT)
    assert not racker(godkannande.giltiga(las(fil), akt()))


@pytest.mark.parametrize("namn", ["anna ek", "ANNA  EK", " Anna\u00a0Ek ", "AnnaEk", "Anna\u200b Ek", "Ａnna Ek"])
def test_the_same_person_twice_is_told(fil: Path, namn: str) -> None:
    ge(fil, "Anna Ek")
    with pytest.raises(GodkannandeFel, match="Anna Ek godkände det här innehållet 2021-03-15"):
        ge(fil, namn, "godkannare", BESLUT)
    assert len(las(fil)) == 1


def test_two_with_like_names_are_two(fil: Path) -> None:
    assert samma_person("Åsa Ek") != samma_person("Asa Ek")
    assert samma_person("A\u030asa Ek") == samma_person("Åsa Ek")


def test_an_approval_is_of_one_content_and_one_version(fil: Path) -> None:
    ge(fil, "Anna Ek")
    assert godkannande.giltiga(las(fil), akt("annat")) == []
    assert godkannande.giltiga(las(fil), akt(version=2)) == []


def test_what_was_changed_after_an_approval_is_named(fil: Path) -> None:
    ge(fil, "Anna Ek")
    ge(fil, "Bo Al", om=akt("annat"))
    [(post, vad)] = godkannande.inaktuella(las(fil), akt("annat"))
    assert (post.av, vad) == ("Anna Ek", ["reglerna"])


@pytest.mark.parametrize(
    ("av", "beslut", "vad"),
    [
        ("", "", "Skriv namnet"),
        (" \u200b ", "", "Skriv namnet"),
        ("Anna\x1b[2J", "", "Skriv namnet"),
        ("A" * 300, "", "Skriv namnet"),
        ("Anna Ek", "styrelsen i mars", "har inget datum"),
        ("Anna Ek", "styrelsen 2021-02-31 § 1", "har inget datum"),
        ("Anna Ek", "styrelsen 2021-04-01 § 1", "efter dagen för godkännandet"),
    ],
)
def test_a_name_or_a_decision_that_will_not_do_is_told(fil: Path, av: str, beslut: str, vad: str) -> None:
    with pytest.raises(GodkannandeFel, match=vad):
        ge(fil, av, "godkannare", beslut)
    assert las(fil) == ()


@pytest.mark.parametrize("rad", [0, 1, 2])
def test_a_line_changed_by_hand_is_found(fil: Path, rad: int) -> None:
    for namn in ("Anna Ek", "Bo Al", "Cia Om"):
        ge(fil, namn)
    rader = fil.read_bytes().split(b"\n")
    rader[rad] = rader[rad].replace(b"2021-03-15", b"2021-03-14")
    fil.write_bytes(b"\n".join(rader))
    if rad == 2:  # the last line is held by nothing but the two sums in it; the sum of the content still is
        assert len(las(fil)) == 3
        return
    with pytest.raises(GodkannandeFel, match=f"rad {rad + 2}: godkännandena har ändrats för hand"):
        las(fil)


@pytest.mark.parametrize("rad", [0, 1])
def test_a_line_taken_away_is_found(fil: Path, rad: int) -> None:
    for namn in ("Anna Ek", "Bo Al", "Cia Om"):
        ge(fil, namn)
    rader = fil.read_bytes().split(b"\n")
    del rader[rad]
    fil.write_bytes(b"\n".join(rader))
    with pytest.raises(GodkannandeFel, match=f"rad {rad + 1}"):
        las(fil)


@pytest.mark.parametrize("data", [b"inte json\n", b"{}\n", b"\xff\n", b"[" * 100_000 + b"\n"])
def test_a_file_of_something_else_is_told(fil: Path, data: bytes) -> None:
    fil.parent.mkdir()
    fil.write_bytes(data)
    with pytest.raises(GodkannandeFel, match="rad 1"):
        las(fil)


def test_a_line_cut_off_by_a_crash_was_never_an_approval(fil: Path) -> None:
    ge(fil, "Anna Ek")
    hel = fil.read_bytes()
    fil.write_bytes(hel + b'{"av":"' + b"B" * 2000)
    assert [p.av for p in las(fil)] == ["Anna Ek"]
    ge(fil, "Bo Al")
    assert [p.av for p in las(fil)] == ["Anna Ek", "Bo Al"]
    assert fil.read_bytes().startswith(hel)


def test_a_full_disk_adds_no_half_approval(fil: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ge(fil, "Anna Ek")
    hel = fil.read_bytes()
    with monkeypatch.context() as m:
        m.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.raises(OSError, match="No space"):
            ge(fil, "Bo Al")
    assert fil.read_bytes() == hel


def test_only_the_owner_may_read_the_file(fil: Path) -> None:
    ge(fil, "Anna Ek")
    assert fil.stat().st_mode & 0o077 == 0
