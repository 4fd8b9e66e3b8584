"""The menu: what one may open and no more, and where one is."""

from __future__ import annotations

from kansli.kanslirum import BLUEPRINTS
from kansli.meny import MENYN, Menygrupp, build_meny
from kansli.roller import TILLTRADE, Roll, far

# Pages that belong to no subject: the way in, one's own account.
UTANFOR = {"konto", "oidc"}


def meny(roll: Roll, andpunkt: str = "") -> list[Menygrupp]:
    return build_meny(lambda sida: far(roll, sida), andpunkt)


def test_every_line_is_a_page_and_every_room_belongs_to_one_line() -> None:
    rader = [rad for amne in MENYN for rad in amne.rader]
    assert {rad.sida for rad in rader} <= set(TILLTRADE)
    rum = [namn for rad in rader for namn in rad.rum]
    assert len(rum) == len(set(rum))
    assert {vy.bp.name for vy in BLUEPRINTS} - set(rum) == UTANFOR


def test_one_sees_only_what_one_may_open_and_a_page_alone_has_no_subject() -> None:
    for roll in Roll:
        assert all(far(roll, r.sida) for g in meny(roll) for r in (g, *g.rader))
    assert [(g.namn, [r.namn for r in g.rader]) for g in meny(Roll.INSATSANSVARIG)] == [("Hem", []), ("Registret", [])]
    assert len(meny(Roll.FORBUNDSCHEF)) == 6


def test_where_one_is_is_told_of_the_subject_and_the_line() -> None:
    def har(andpunkt: str) -> list[tuple[str, str]]:
        return [(r.namn, r.nu) for g in meny(Roll.FORBUNDSCHEF, andpunkt) for r in (g, *g.rader) if r.nu]

    assert har("hem.hem") == [("Hem", "page")]
    assert har("omgangar.lista") == [("Frågor och svar", "true"), ("Omgångar", "page")]
    assert har("koder.skriv_ut") == [("Frågor och svar", "true"), ("Omgångar", "true")]
    assert har("helarspersoner.visa") == [("Register", "true"), ("Helårspersoner", "true")]
    assert har("konto.mitt") == har("") == []
