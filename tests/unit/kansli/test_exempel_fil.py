"""The file of a good example: what the form writes is what the engine reads, whatever was typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from indikatorer.berattelser import las_berattelse
from kansli.exempel.berattelsefil import AVSNITT, avidentifierad, hitta, nytt_namn, skriv, skriv_kropp, tolka

UPPGIFTER = {"titel": "Ett", "indikator": "i", "samtycke": True, "granskad_av": "", "publicerad": False}
EXEMPEL = Path(__file__).parents[3] / "exempel" / "umea-2020" / "exempel"


@pytest.mark.parametrize("stig", sorted(EXEMPEL.glob("*.md")), ids=lambda stig: stig.stem)
def test_the_worked_examples_come_back_as_they_were(stig: Path) -> None:
    b = tolka("x", stig.read_text("utf-8"))
    igen = tolka("x", skriv(b.text, dict(b.uppgifter), skriv_kropp(b.avsnitt)))
    assert igen.inledning == b.inledning
    assert igen.avsnitt == b.avsnitt
    assert ("# Påhittad berättelse" in b.text) == ("# Påhittad berättelse" in igen.text)


@pytest.mark.parametrize(
    "elakt",
    [
        'citat "inne" och \\ snedstreck',
        "+++\n+++",
        "[kalla]\nfil = 3",
        "'''",
        '"""',
        "å\tä\u2028ö",
        "{{ tal() }}",
        "# nej",
    ],
)
def test_what_is_typed_is_never_front_matter(elakt: str) -> None:
    text = skriv("", UPPGIFTER | {"titel": elakt}, skriv_kropp({"bakgrund": elakt}))
    inledning, _, fel = las_berattelse("x", text)
    assert not fel
    assert inledning is not None
    assert inledning.titel == elakt
    assert not inledning.publicerad
    assert elakt.strip() in tolka("x", text).kropp


def test_other_keys_and_comments_of_a_file_are_kept_and_none_takes_a_key_away() -> None:
    fore = '+++\n# viktigt\ntitel = "Ett"\neget = 3\navidentifierad = { alder = true }\n+++\ntext\n'
    text = skriv(fore, UPPGIFTER | {"avidentifierad": avidentifierad(klar=False)}, "text")
    assert "# viktigt" in text
    assert "eget = 3" in text
    assert "avidentifierad" not in text


def test_a_file_that_cannot_be_read_is_still_shown_and_can_be_written() -> None:
    for trasig in ("bara text", "+++\ntitel = \n+++\n## Stöd\n\nVi var där.", "+++\ntitel = 'x'\nutan slut"):
        b = tolka("x", trasig)
        assert b.fel
        assert any(b.avsnitt[falt] for falt in AVSNITT)
        assert not tolka("x", skriv(trasig, UPPGIFTER, skriv_kropp(b.avsnitt))).fel


def test_sections_that_stand_twice_are_put_together() -> None:
    b = tolka("x", skriv("", UPPGIFTER, "Först.\n\n## Stöd\n\nEtt.\n\n## Stöd\n\nTvå."))
    assert b.avsnitt == {"ingress": "Först.", "bakgrund": "", "stod": "Ett.\n\nTvå.", "framgang": ""}


def test_a_name_is_made_of_the_title_and_never_taken(tmp_path: Path) -> None:
    assert nytt_namn(tmp_path, "Små steg, åter i arbete!") == "sma-steg-ater-i-arbete.md"
    (tmp_path / "sma.md").touch()
    assert nytt_namn(tmp_path, "Små") == "sma-2.md"
    assert nytt_namn(tmp_path, "…") == "exempel.md"


@pytest.mark.parametrize("namn", ["../x.md", "a/b.md", ".dold.md", "x.txt", "x.md\0", "", "x" * 300 + ".md"])
def test_only_a_plain_name_is_a_file(tmp_path: Path, namn: str) -> None:
    assert hitta(tmp_path, 2020, namn) is None
