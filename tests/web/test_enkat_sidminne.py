"""Pages that are kept in memory: never what somebody answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.enkatprov import Prov, borja, bygg, skicka, svara_allt


@pytest.fixture
def prov(tmp_path: Path) -> Prov:
    return bygg(tmp_path)


def test_the_next_person_gets_the_same_page_with_a_seal_of_their_own(prov: Prov) -> None:
    ena, andra = (skicka(prov.app.test_client(), borja(prov.app.test_client(), kod)) for kod in prov.koder[:2])
    assert ena.rubrik == andra.rubrik
    assert ena.falt("sigill") != andra.falt("sigill")
    assert ena.html.replace(ena.falt("sigill"), "") == andra.html.replace(andra.falt("sigill"), "")


def test_what_somebody_chose_is_shown_to_them_alone(prov: Prov) -> None:
    klient = prov.app.test_client()
    fraga = skicka(klient, borja(klient, prov.koder[0]))
    tillbaka = skicka(klient, skicka(klient, fraga, svar="bra"), "tillbaka")
    assert tillbaka.valda() == ["bra"]
    assert skicka(klient, borja(klient, prov.koder[1])).valda() == []


def test_no_page_in_memory_holds_an_answer_or_a_fault(prov: Prov) -> None:
    klient = prov.app.test_client()
    granska = svara_allt(klient, borja(klient, prov.koder[0]))
    for sida in range(2, 11):
        skicka(klient, granska, f"sida:{sida}")
    assert 'class="fel"' in skicka(klient, skicka(klient, borja(klient, prov.koder[1]))).html, "nothing was chosen"
    sidor = prov.app.extensions["enkat"].sidminne._sidor.values()
    assert sidor
    for sida in sidor:
        for spar in (" checked", "Tack.", 'class="fel"', "2026-02-01"):
            assert spar not in sida.fore + sida.efter
