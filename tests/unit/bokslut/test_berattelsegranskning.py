"""The good examples: their sections and tags, what may point out a person, and what a page shows beside them."""

from dataclasses import replace
from pathlib import Path

import pytest

from bokslut import underlag
from bokslut.sidor import bygg
from bokslut.text.berattelsegranskning import granska_berattelser
from bokslut.text.exempel import dela_avsnitt, saknade_avsnitt
from bokslut.text.igenkanning import hitta_ledtradar
from indikatorer.diagnos import Diagnos, Niva
from indikatorer.evaluate import evaluate
from indikatorer.resultat import Berattelse, Utvardering

CONFIG = """
[bokslut]
forbund = "F"
ar = 2020
beslut = "b"
minsta_grupp = 5
[malomrade.nytta]
nummer = 1
titel = "Nytta"
[mal.stod]
malomrade = "nytta"
text = "Stöd."
[indikator.exempel]
titel = "Goda exempel"
mal = "stod"
regel = "goda_exempel"
gron = "minst 1"
[indikator.andra-exempel]
titel = "Andra goda exempel"
mal = "stod"
regel = "goda_exempel"
gron = "minst 1"
"""
UNDERLAG = '[kalla.b]\ntyp = "berattelser"\nskydd = "offentlig"\nkallas = "berättelserna"\nfil = "exempel"\nperiod = "2020"\npopulation = "alla"\n'
TEXT = "## Bakgrund\nDet var svårt.\n\n## Stöd\nTeamet hjälpte.\n\n## Framgångsfaktorer\nTid.\n"
KLAR = "avidentifierad = { alder = true, plats = true, diagnos = true, utbildning = true }\n"


def mapp(tmp_path: Path, text: str = TEXT, extra: str = KLAR, **falt: str) -> Path:
    varden = {"indikator": '"exempel"', "samtycke": "true", "granskad_av": '"Anna"', "publicerad": "true"} | falt
    huvud = "".join(f"{k} = {v}\n" for k, v in varden.items())
    (tmp_path / "exempel").mkdir(exist_ok=True)
    (tmp_path / "underlag.toml").write_text(UNDERLAG, "utf-8")
    (tmp_path / "indicators.toml").write_text(CONFIG, "utf-8")
    (tmp_path / "exempel/a.md").write_text(
        f'+++\ntitel = "Ett steg"\nenhet = "Torget"\n{huvud}{extra}+++\n{text}', "utf-8"
    )
    return tmp_path


def granska(plats: Path) -> list[Diagnos]:
    forberett = underlag.las(plats / "indicators.toml", plats)
    assert not forberett.fel(), forberett.fel()
    return granska_berattelser(forberett, evaluate(forberett))


def antal(plats: Path) -> dict[str, str]:
    u = evaluate(underlag.las(plats / "indicators.toml", plats))
    return {r.id: r.visat for r in u.resultat()}


def test_a_whole_story_has_nothing_to_remark_on(tmp_path: Path) -> None:
    assert granska(mapp(tmp_path)) == []


@pytest.mark.parametrize(
    ("falt", "kod"),
    [
        ({"samtycke": "false"}, "visas-inte"),
        ({"granskad_av": '""'}, "visas-inte"),
        ({"granskad_av": '" "'}, "visas-inte"),
        ({"extra": ""}, "ej-avidentifierad"),
        ({"extra": "avidentifierad = { alder = true }\n"}, "ej-avidentifierad"),
        ({"text": "Bara text."}, "saknat-avsnitt"),
        ({"text": TEXT + "Hon är 43 år."}, "kan-peka-ut"),
    ],
)
def test_a_story_that_is_not_ready_is_told(tmp_path: Path, falt: dict[str, str], kod: str) -> None:
    [varning] = granska(mapp(tmp_path, **falt))
    assert (varning.kod, varning.niva, varning.fil.endswith("exempel/a.md")) == (kod, Niva.VARNING, True)


def test_a_story_without_consent_is_neither_counted_nor_shown(tmp_path: Path) -> None:
    plats = mapp(tmp_path, samtycke="false")
    assert antal(plats)["exempel"] == "0"
    assert evaluate(underlag.las(plats / "indicators.toml", plats)).berattelser == ()


def test_a_draft_is_asked_for_no_checklist(tmp_path: Path) -> None:
    assert granska(mapp(tmp_path, publicerad="false", samtycke="false", extra="")) == []


def test_a_story_counts_for_every_indicator_that_it_is_tagged_with(tmp_path: Path) -> None:
    assert antal(mapp(tmp_path)) == {"exempel": "1", "andra-exempel": "0"}
    assert antal(mapp(tmp_path, extra='fler_indikatorer = ["andra-exempel", "exempel"]\n')) == {
        "exempel": "1",
        "andra-exempel": "1",
    }


@pytest.mark.parametrize(
    ("extra", "kod", "rad"),
    [
        ('fler_indikatorer = ["andra-exempl"]\n', "okand-indikator", 8),
        ('mal = ["stodd"]\n', "okant-mal", 8),
        ("avidentifierad = { aldr = true }\n", "okand-nyckel", 8),
    ],
)
def test_a_tag_that_leads_nowhere_is_a_fault_at_its_place(tmp_path: Path, extra: str, kod: str, rad: int) -> None:
    plats = mapp(tmp_path, extra=extra)
    [fel] = underlag.las(plats / "indicators.toml", plats).fel()
    assert (fel.kod, fel.plats.rad) == (kod, rad)
    assert fel.kandidat is not None


def test_the_place_of_a_clue_is_its_line_in_the_file(tmp_path: Path) -> None:
    [varning] = granska(mapp(tmp_path, TEXT + "Hon är 43 år."))
    rader = (tmp_path / "exempel/a.md").read_text("utf-8").splitlines()
    assert "43" in rader[varning.plats.rad - 1][varning.plats.kolumn - 1 :]


@pytest.mark.parametrize(
    ("text", "slag"),
    [
        ("en 43-årig kvinna", "alder"),
        ("en tjugofemåring", "alder"),
        ("han är 27 år", "alder"),
        ("hon fyllde femtio.", "alder"),
        ("i trettioårsåldern", "alder"),
        ("född 1985", "alder"),
        ("fick diagnosen adhd", "diagnos"),
        ("efter en utmattning", "diagnos"),
        ("hade ADHD", "diagnos"),
        ("en psykossjukdom", "diagnos"),
        ("läste på Umeå universitet", "utbildning"),
        ("är utbildad undersköterska", "utbildning"),
        ("gick fordonsprogrammet", "utbildning"),
        ("bodde i Bjurholm", "plats"),
        ("Bjurholms kommun", "plats"),
        ("på Ungdomstorget", "plats"),
        ("19850312-1234", "nummer"),
        ("ring 090-16 00 00", "nummer"),
        ("anna@exempel.se", "nummer"),
    ],
)
def test_what_may_point_out_a_person_is_found(text: str, slag: str) -> None:
    assert slag in {led.slag for led in hitta_ledtradar(f"Text: {text} och mer.", ["Bjurholm", "Ungdomstorget"])}


@pytest.mark.parametrize(
    "text",
    [
        "Efter ett år började deltagaren studera på halvtid.",
        "En timme i veckan, två gånger om året, under tre år.",
        "Med en läkare som fick hela bilden.",
        "Sedan 2019 har teamet träffats varje månad.",
        "Ett studiebesök på en yrkesutbildning.",
        "Torget var stängt.",
    ],
)
def test_what_points_out_nobody_passes(text: str) -> None:
    assert hitta_ledtradar(text, ["Bjurholm", "Ungdomstorget"]) == []


@pytest.mark.parametrize("markera", ["## {}\n", "### {}\n", "**{}.** ", "**{}:** ", "**{}** "])
def test_sections_are_told_by_their_headings(markera: str) -> None:
    text = "\n\n".join(f"{markera.format(r)}Text om {r}." for r in ("Bakgrund", "Stöd", "Framgångsfaktorer"))
    assert dela_avsnitt(text) == [(r, f"Text om {r}.") for r in ("Bakgrund", "Stöd", "Framgångsfaktorer")]
    assert saknade_avsnitt(text) == []


def test_a_story_without_sections_is_shown_whole() -> None:
    assert dela_avsnitt("Bara text om stöd.") == [("", "Bara text om stöd.")]
    assert saknade_avsnitt("**Stöd.** x") == ["Bakgrund", "Framgångsfaktorer"]


def test_beside_a_story_stands_which_of_how_many_it_is_and_how_it_went_for_all(
    utvardering: Utvardering, tmp_path: Path
) -> None:
    ena = Berattelse("Ett", "i1-5", "Torget", TEXT, ("i1-1", "i1-3", "i2-5"), ("m3",), "Anna <b>")
    annan = Berattelse("Tre", "i1-6", "", "Räknas i något annat")
    u = replace(utvardering, berattelser=(ena, Berattelse("Två", "i1-5", "", "Text"), annan))
    bygg(u, tmp_path / "ut")
    html = (tmp_path / "ut/goda-exempel.html").read_text("utf-8")
    forsta, andra = (
        html[html.index('id="exempel-1"') : html.index('id="exempel-2"')],
        html[html.index('id="exempel-2"') :],
    )
    assert "Exempel 1 av 2" in forsta
    assert "Exempel 2 av 2" in andra
    assert [r for r in ("Bakgrund", "Stöd", "Framgångsfaktorer") if f"<h4>{r}</h4>" in forsta] == [
        "Bakgrund",
        "Stöd",
        "Framgångsfaktorer",
    ]
    assert "64 av 82" in forsta
    assert "färre än fem" in forsta
    assert "Så gick det för alla" not in andra
    assert "Rör målet ”Jämn representation.”" in forsta
    assert "Granskad av Anna &lt;b&gt;" in forsta
    assert 'goda-exempel.html#exempel-1">Ett</a>' in (tmp_path / "ut/malomrade-jamlik.html").read_text("utf-8")


@pytest.mark.parametrize(
    "tricks",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "{{ 7*7 }}",
        "![x](http://a.se/x.png)",
        "<img src=x onerror=alert(1)>",
    ],
)
def test_a_trick_in_a_story_is_only_text(utvardering: Utvardering, tmp_path: Path, tricks: str) -> None:
    bygg(replace(utvardering, berattelser=(Berattelse("T", "i1-5", "", f"**Stöd.** {tricks}"),)), tmp_path / "ut")
    html = (tmp_path / "ut/goda-exempel.html").read_text("utf-8")
    artikel = html[html.index("<article") : html.index("</article>")]
    assert not [t for t in ("<script", "<img", 'javascript:alert(1)"', "49") if t in artikel]
